//! A run that was interrupted, or came as a file of another build: what can be done about it.

use super::autosave::{self, Interrupted};
use super::builds;
use super::links;
use super::live::{act, maybe};
use super::state::Page;
use super::text::Text;
use crate::lab::saved::Standing;
use leptos::prelude::*;

/// How far a run had come, in words.
pub fn words(text: &Text, standing: Standing) -> String {
    match standing {
        Standing::Preparing => text.keeping.at_start.to_owned(),
        Standing::Round(round, rounds) => (text.frame.round_of)(round, rounds),
        Standing::Step(step, steps) => (text.frame.step_of)(step, steps),
        Standing::Testing => text.keeping.at_test.to_owned(),
        Standing::Done => text.keeping.at_end.to_owned(),
    }
}

/// The notice, while no other run is on.
pub fn inside(page: Page) -> AnyView {
    let idle = Memo::new(move |_| !page.view.with(|view| view.phase().is_working()));
    maybe(move || {
        let found = page.interrupted.get().filter(|_| idle.get())?;
        Some(notice(page, found))
    })
}

fn notice(page: Page, found: Interrupted) -> AnyView {
    let text = page.text();
    let keeping = &text.keeping;
    let place = words(text, found.head.standing);
    let told = if found.place.is_some() {
        (keeping.interrupted)(&place)
    } else {
        (keeping.came)(&place)
    };
    let ours = found.head.is_of_this_build();
    let why = (!ours).then(|| view! { <span class="why">{keeping.other_build}</span> }.into_any());
    let link = found.head.link.clone();
    let (again, away) = (found.clone(), found);
    let go_on = if ours {
        let act = act(move |_| autosave::go_on(page, again.clone()));
        view! { <button type="button" class="primary" id="go-on" on:click=act>{text.frame.go_on}</button> }.into_any()
    } else if link.is_empty() {
        ().into_any()
    } else {
        let anew = act(move |_| {
            autosave::throw_away(page, again.clone());
            links::open_link(page, &link);
        });
        view! { <button type="button" class="primary" on:click=anew>{keeping.anew}</button> }
            .into_any()
    };
    let there = builds::address_of(&away.head.build).filter(|_| !ours);
    let there = there.map(|address| {
        view! { <a href=address>{(keeping.open_build)(&away.head.build)}</a> }.into_any()
    });
    let throw = act(move |_| autosave::throw_away(page, away.clone()));
    view! {
        <div class="notice" id="interrupted"><p>{told}{why}</p>{there}{go_on}<button type="button" id="throw-away" on:click=throw>{keeping.throw_away}</button></div>
    }
    .into_any()
}
