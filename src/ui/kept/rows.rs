//! The sheet: how much room there is, the list with what can be done about each thing, and the page's
//! own copies.

use super::super::live::{act, live, maybe, value, words};
use super::super::parts::{line, named_line};
use super::super::state::Page;
use super::copies::{self, Copy};
use super::list::{self, Item};
use super::measure::{moment, size};
use super::others;
use super::room::{self, Room};
use crate::lab::build;
use leptos::prelude::*;

/// What the sheet shows.
pub fn inside(page: Page) -> AnyView {
    let text = page.language.get_untracked().kept();
    others::heed(page, super::refresh);
    leptos::task::spawn_local(list::read(page));
    let trouble = Memo::new(|_| list::here().with(|list| list.trouble.clone()));
    let inside = vec![
        view! { <h2 id="kept-title">{text.title}</h2> }.into_any(),
        line("aside", text.lead),
        usage(page),
        named_line("kept-trouble", "fault", words(move || trouble.get())),
        things(page),
        deleted(page),
        page_itself(page),
    ];
    inside.into_any()
}

/// How much of the room is used, and what the browser promises.
fn usage(page: Page) -> AnyView {
    let text = page.language.get_untracked().kept();
    let room = RwSignal::new(None::<Room>);
    let promised = RwSignal::new(None::<bool>);
    let declined = RwSignal::new(false);
    // Again whenever the list changes.
    let weight = Memo::new(|_| {
        let sizes = |items: &Vec<Item>| items.iter().map(|item| item.bytes).sum::<f64>();
        list::here().with(|list| list.items.as_ref().map(sizes))
    });
    Effect::new(move || {
        let _ = weight.get();
        leptos::task::spawn_local(async move {
            // The sheet may be closed by now.
            room.try_set(room::look().await);
            promised.try_set(room::is_promised().await);
        });
    });
    let told = move || {
        let room = room.get()?;
        let [used, quota] = [room.used, room.quota].map(|bytes| size(text, bytes));
        Some((text.used)(&used, &quota))
    };
    let full = move || {
        let share = room.get().map_or(0.0, |room| room.used / room.quota);
        format!("{:.1}%", (100.0 * share).clamp(0.0, 100.0))
    };
    let bar = move || {
        room.get()?;
        let bar = view! { <div class="track" aria-hidden="true"><div class="fill" style:width=value(full)></div></div> };
        Some(bar.into_any())
    };
    let promise = move || {
        if promised.get()? {
            return Some(line("aside", text.promised));
        }
        let ask = act(move |_| {
            leptos::task::spawn_local(async move {
                let answer = room::promise().await;
                declined.try_set(answer != Some(true));
                promised.try_set(answer);
            });
        });
        let asked = declined.get();
        let button = (!asked).then(|| view! { <button type="button" class="quiet" id="kept-ask" on:click=ask>{text.ask}</button> }.into_any());
        let words = if asked {
            text.declined
        } else {
            text.unpromised
        };
        Some(view! { <p class="aside kept-promise"><span>{words}</span>{button}</p> }.into_any())
    };
    view! {
        <div class="kept-room" aria-live="polite">
            <p id="kept-used">{words(told)}</p>
            {maybe(bar)}
            {maybe(promise)}
        </div>
    }
    .into_any()
}

/// One thing: what it is, its name, when it was kept and how large it is, and what can be done with it.
fn row(page: Page, item: &Item) -> AnyView {
    let text = page.language.get_untracked().kept();
    let kind = text.kinds[item.kind()];
    let name = item.name.clone();
    let date = item
        .date
        .map(|date| moment(page.language.get_untracked(), date));
    let other = item.build().filter(|build| *build != build::id());
    let facts = [
        date,
        Some(size(text, item.bytes)),
        other.map(|build| (text.build)(build)),
    ];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let named = if item.has_name() {
        let renamed = item.clone();
        let typed =
            act(move |event| list::rename(page, renamed.clone(), event_target_value(&event)));
        view! { <input type="text" id=format!("kept-{}", item.key) autocomplete="off" aria-label=(text.name)(kind, &name) value=name.clone() on:change=typed /> }.into_any()
    } else {
        view! { <span class="kept-name">{name.clone()}</span> }.into_any()
    };
    let button = |words: &'static str, named: String, does: fn(Page, Item)| {
        let item = item.clone();
        let act = act(move |_| does(page, item.clone()));
        view! { <button type="button" class="quiet" aria-label=named on:click=act>{words}</button> }
            .into_any()
    };
    let open = item
        .opens()
        .then(|| button(text.open, (text.open_named)(&name), list::open));
    let download = item
        .downloads()
        .then(|| button(text.download, (text.download_named)(&name), list::download));
    let delete = button(text.delete, (text.delete_named)(&name), list::delete);
    view! {
        <li>
            <span class="kept-kind">{kind}</span>
            {named}
            <span class="kept-facts">{facts.join(" · ")}</span>
            <span class="kept-acts">{open}{download}{delete}</span>
        </li>
    }
    .into_any()
}

/// The list.
fn things(page: Page) -> AnyView {
    let text = page.language.get_untracked().kept();
    // Names are left out: a field must not be made anew while somebody types in it.
    let keys = Memo::new(|_| {
        let key = |item: &Item| item.key.clone();
        let keys = |items: &Vec<Item>| items.iter().map(key).collect::<Vec<String>>();
        list::here().with(|list| list.items.as_ref().map(keys))
    });
    live(move || {
        // Read and not only tracked: a memo that nobody reads hears of no change.
        if keys.with(Option::is_none) {
            return view! { <div class="kept-list vacant" aria-busy="true"></div> }.into_any();
        }
        let items = list::here().with_untracked(|list| list.items.clone().unwrap_or_default());
        if items.is_empty() {
            return line("empty-line", text.empty);
        }
        let rows: Vec<AnyView> = items.iter().map(|item| row(page, item)).collect();
        view! { <ol class="kept-list">{rows}</ol> }.into_any()
    })
}

/// What was deleted last, and the way back.
fn deleted(page: Page) -> AnyView {
    let text = page.language.get_untracked().kept();
    let deleted = Memo::new(|_| list::here().with(list::List::deleted));
    let gone = move || {
        let name = deleted.get()?;
        let back = act(move |_| list::undo(page));
        let inside = view! {
            <span>{(text.deleted)(&name)}</span>
            <button type="button" id="kept-undo" on:click=back>{text.undo}</button>
        };
        Some(inside.into_any())
    };
    view! { <p class="kept-deleted" role="status">{maybe(gone)}</p> }.into_any()
}

/// The page itself, as it is kept for when there is no network.
fn page_itself(page: Page) -> AnyView {
    let text = page.language.get_untracked().kept();
    let found = RwSignal::new(None::<Vec<Copy>>);
    let look = move || {
        leptos::task::spawn_local(async move {
            // The sheet may be closed by now.
            found.try_set(Some(copies::all().await));
        });
    };
    look();
    let line = move |copy: &Copy| {
        let bytes = size(text, copy.bytes);
        if copy.own {
            return view! { <li>{(text.page_kept)(&bytes)}</li> }.into_any();
        }
        let words = (text.other)(&copy.build, &bytes);
        let removed = copy.clone();
        let remove = act(move |_| {
            let copy = removed.clone();
            leptos::task::spawn_local(async move {
                copies::remove(&copy).await;
                look();
            });
        });
        // What another tab shows, or what will be shown next, must stay.
        let button = (!copy.needed).then(|| {
            view! { <button type="button" class="quiet" on:click=remove>{text.remove}</button> }
                .into_any()
        });
        view! { <li>{words}" "{button}</li> }.into_any()
    };
    let inside = move || {
        let found = found.get()?;
        let none = !found.iter().any(|copy| copy.own);
        let none = none.then(|| view! { <li>{text.page_not_kept}</li> }.into_any());
        let lines: Vec<AnyView> = found.iter().map(line).collect();
        Some(view! { <ul>{none}{lines}</ul> }.into_any())
    };
    view! { <section class="kept-page" id="kept-page"><h3>{text.page}</h3>{maybe(inside)}</section> }
        .into_any()
}
