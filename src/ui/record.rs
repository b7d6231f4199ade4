//! The record as a list: newest first, searchable, each line a way to look closer.

use super::live::{act, maybe, value, words};
use super::memory::milliseconds;
use super::score::score;
use super::state::{Chosen, Page};
use crate::lab::view::prose;
use leptos::prelude::*;

/// Lines shown at first, and added at a time.
const PORTION: usize = 40;

#[component]
pub fn Record() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let scene = &text.scene;
    let wanted = RwSignal::new(String::new());
    let most = RwSignal::new(PORTION);
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
    let found = Memo::new(move |_| {
        count.track();
        // The village writes plain English; the letters of other scripts have no place in its record.
        let wanted = wanted.get().to_ascii_lowercase();
        page.view.with_untracked(|view| {
            let has = |text: &str| {
                wanted.is_empty()
                    || text.contains(&wanted)
                    || prose(text).to_ascii_lowercase().contains(&wanted)
            };
            let matching = view
                .interactions
                .iter()
                .enumerate()
                .rev()
                .filter(|(_, one)| {
                    has(&one.question)
                        || has(&one.draft_answer)
                        || has(&one.revised_answer)
                        || one.feedback.iter().any(|reason| has(reason))
                });
            matching.map(|(index, _)| index).collect::<Vec<usize>>()
        })
    });
    let line = move |index: usize| {
        let one = page
            .view
            .with_untracked(|view| view.interactions.get(index).cloned());
        let Some(one) = one else {
            return ().into_any();
        };
        let open = move |_| {
            page.focus
                .update(|focus| *focus = focus.hold(index, milliseconds()));
            page.chosen.set(Some(Chosen::Interaction(index)));
        };
        view! {
            <li>
                <button type="button" on:click=act(open)>
                    <span class="record-who">{(scene.person)(u32::from(one.agent_id))}<small>{(scene.round)(u32::from(one.iteration) + 1)}</small></span>
                    <span class="record-words" lang="en">{prose(&one.question)}<small>{prose(&one.revised_answer)}</small></span>
                    <span class="record-scores">{one.alignment().map(score).collect_view()}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let lines = move || {
        found
            .get()
            .into_iter()
            .take(most.get())
            .collect::<Vec<usize>>()
    };
    let rest = move || found.with(|found| found.len().saturating_sub(most.get()).min(PORTION));
    view! {
        <div class="record">
            <div class="record-head">
                <h3>{scene.record}</h3>
                <span class="aside">{words(move || (scene.record_count)(found.with(Vec::len) as u32))}</span>
                <label>
                    <span class="hidden">{scene.search}</span>
                    <input type="search" placeholder=scene.search prop:value=value(move || wanted.get()) on:input=act(move |event| wanted.set(event_target_value(&event))) />
                </label>
            </div>
            <div class="record-list" tabindex="0" role="region" aria-label=scene.record>
                {maybe(move || (count.get() == 0).then(|| view! { <p class="aside">{scene.record_empty}</p> }.into_any()))}
                {maybe(move || (count.get() > 0 && found.with(Vec::is_empty)).then(|| view! { <p class="aside">{scene.record_none}</p> }.into_any()))}
                <ol><For each=lines key=|index| *index let:index>{line(index)}</For></ol>
                {maybe(move || (rest() > 0).then(|| view! {
                    <button type="button" class="quiet" on:click=act(move |_| most.update(|most| *most += PORTION))>{(scene.record_more)(rest() as u32)}</button>
                }.into_any()))}
            </div>
        </div>
    }
    .into_any()
}
