//! The canvas in words, for keyboards and screen readers: a list, one page of it at a time. It shows
//! itself when it is reached or asked for.

use super::icons;
use super::live::{act, flag, live, value, words};
use super::state::{Chosen, Page};
use crate::canvas::{Arrangement, Role};
use crate::lab::view::Label;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// People on a page of the list: it costs as much with a thousand as with a dozen.
const PAGE: usize = 24;
/// Neighbours that are named; the others are counted.
const NAMED: usize = 6;

#[component]
pub fn PeopleList(arrangement: Memo<Laid>, listed: RwSignal<bool>) -> impl IntoView {
    let page = Page::here();
    let (scene, text) = (&page.opening().scene, &page.opening().canvas);
    let close = page.opening().frame.close;
    let people = Memo::new(move |_| page.view.with(|view| view.villagers.len()));
    // Where the page of the list begins, and the one stop for the keyboard; arrows go on from there.
    let (first, current) = (RwSignal::new(0usize), RwSignal::new(0usize));
    Effect::new(move || {
        people.get();
        first.set(0);
        current.set(0);
    });
    let turn_to = move |place: usize| {
        let place = place.min(people.get_untracked().saturating_sub(1));
        let begin = place / PAGE * PAGE;
        if first.get_untracked() != begin {
            first.set(begin);
        }
        current.set(place);
    };
    let go = move |place: usize| {
        turn_to(place);
        // Rows of a last page that was short are made first.
        let slot = current.get_untracked() % PAGE;
        request_animation_frame(move || super::app::focus(&format!("person-{slot}")));
    };
    let walk = move |event: KeyboardEvent| {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let at = current.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => at + 1,
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "PageDown" => at + PAGE,
            "PageUp" => at.saturating_sub(PAGE),
            "Home" => 0,
            "End" => people.get_untracked(),
            _ => return,
        };
        event.prevent_default();
        go(next);
    };
    let fold = move || {
        listed.set(false);
        super::app::focus("list");
    };
    // Wherever the keyboard is: the list may have been opened by its button.
    let escape = window_event_listener(leptos::ev::keydown, move |event| {
        let within = || {
            let active = document().active_element();
            active
                .is_some_and(|active| active.closest("#people").is_ok_and(|found| found.is_some()))
        };
        if event.key() == "Escape"
            && !super::help::is_covered()
            && (listed.get_untracked() || within())
        {
            fold();
        }
    });
    on_cleanup(move || escape.remove());
    let rows = Memo::new(move |_| people.get().saturating_sub(first.get()).min(PAGE));
    let number = move |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let range = move || {
        let (from, all) = (first.get(), people.get());
        (text.listed)(
            number(from + 1),
            number((from + PAGE).min(all)),
            number(all),
        )
    };
    let heads = [
        text.number,
        scene.raised,
        text.role,
        scene.alignment,
        scene.engagement,
        text.neighbours,
    ];
    view! {
        <div class="mirror" id="people" class:listed=flag(move || listed.get())>
            <table>
                <caption>{text.list_caption}<button type="button" class="plain" id="close-list" on:click=act(move |_| fold())>{icons::cross()}<span class="hidden">{close}</span></button></caption>
                <thead><tr>{heads.map(|head| view! { <th scope="col">{head}</th> }).collect_view()}</tr></thead>
                <tbody on:keydown=act(walk)>{live(move || (0..rows.get()).map(|slot| row(slot, first, current, arrangement)).collect_view().into_any())}</tbody>
            </table>
            {super::live::maybe(move || (people.get() > PAGE).then(|| view! {
                <div class="pages">
                    <button type="button" disabled=flag(move || first.get() == 0) on:click=act(move |_| turn_to(first.get_untracked().saturating_sub(PAGE)))>{text.earlier}</button>
                    <output>{words(range)}</output>
                    <button type="button" disabled=flag(move || first.get() + PAGE >= people.get()) on:click=act(move |_| turn_to(first.get_untracked() + PAGE))>{text.later}</button>
                </div>
            }.into_any()))}
        </div>
    }
    .into_any()
}

/// Where everybody stands, cheap to hand around.
#[derive(Clone, Debug, Default)]
pub struct Laid(pub Arc<Arrangement>);

impl PartialEq for Laid {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// One line of the list: whoever comes so many places after its beginning.
fn row(
    slot: usize,
    first: RwSignal<usize>,
    current: RwSignal<usize>,
    arrangement: Memo<Laid>,
) -> AnyView {
    let page = Page::here();
    let (scene, text) = (&page.opening().scene, &page.opening().canvas);
    let villager = Memo::new(move |_| {
        let place = first.get() + slot;
        page.villager(place)
    });
    let score = move |score: Option<u8>| {
        score.map_or_else(|| scene.not_yet.to_owned(), |score| score.to_string())
    };
    let id = move || villager.with(|villager| villager.as_ref().map(|villager| villager.agent.id));
    let label = move || {
        villager.with(|villager| {
            villager
                .as_ref()
                .map(|villager| match villager.agent.label {
                    Label::Good => scene.raised_well,
                    Label::Bad => scene.raised_badly,
                })
        })
    };
    let role = move || {
        let agent = villager.with(|villager| {
            let agent = villager.as_ref().map(|villager| &villager.agent)?;
            Some((agent.role, agent.present))
        });
        let (role, present) = agent?;
        let name = text.roles.get(Role::of(role, false).index())?;
        Some(if present {
            (*name).to_owned()
        } else {
            format!("{name} · {}", text.away)
        })
    };
    let neighbours = move || {
        let id = id()?;
        Some(arrangement.with(|laid| {
            let all = laid.0.neighbours(id);
            let named = all.iter().take(NAMED).map(u16::to_string);
            let mut said = named.collect::<Vec<_>>().join(", ");
            if all.is_empty() {
                said.push_str(text.neighbours_none);
            } else if let Ok(more @ 1..) = u32::try_from(all.len().saturating_sub(NAMED)) {
                said.push(' ');
                said.push_str(&(text.neighbours_more)(more));
            }
            said
        }))
    };
    let choose = move |_| {
        if let Some(id) =
            villager.with_untracked(|villager| villager.as_ref().map(|villager| villager.agent.id))
        {
            page.chosen.set(Some(Chosen::Person(id)));
        }
    };
    let stop = move || {
        let here = current.get() == first.get() + slot;
        if here { "0" } else { "-1" }.to_owned()
    };
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="plain" id=format!("person-{slot}") tabindex=value(stop)
                    on:focus=act(move |_| current.set(first.get_untracked() + slot)) on:click=act(choose)>{words(move || id().map(|id| (scene.person)(u32::from(id))))}</button>
            </th>
            <td>{words(label)}</td>
            <td>{words(role)}</td>
            <td>{words(move || score(villager.with(|villager| villager.as_ref().and_then(|villager| villager.alignment))))}</td>
            <td>{words(move || score(villager.with(|villager| villager.as_ref().and_then(|villager| villager.engagement))))}</td>
            <td>{words(neighbours)}</td>
        </tr>
    }
    .into_any()
}
