//! Keeping the run on stage, and the way to the runs that are kept.

use super::live::{act, maybe, words};
use super::state::Page;
use super::surface::{RunsErrand, with_runs};
use crate::lab::Phase;
use leptos::prelude::*;

/// Both buttons; the first only when there is a run to keep.
pub fn row(page: Page) -> AnyView {
    let home = &page.text().home;
    let told = RwSignal::new(String::new());
    let ready = Memo::new(move |_| {
        let done = |view: &crate::lab::RunView| view.phase() == Phase::Done;
        page.view.with(|view| done(view) && view.imported.is_none())
    });
    let keep = move |_| {
        let tell = move |kept: Result<String, String>| {
            let line = kept.map_or_else(|why| why, |name| (home.kept)(&name));
            // The panel may be gone by now; the run is kept all the same.
            told.try_set(line);
        };
        with_runs(page, RunsErrand::Keep(None, Box::new(tell)));
    };
    let button = move || {
        let keep = act(keep);
        let made = view! {
            <button type="button" id="keep-run" on:click=keep>{home.keep}</button>
            <span class="aside">{home.keep_hint}</span>
        };
        ready.get().then(|| made.into_any())
    };
    let compare = act(move |_| page.runs.set(true));
    view! {
        <div class="keep-row">
            {maybe(button)}
            <button type="button" class="quiet" on:click=compare>{page.opening().frame.compare}</button>
            <p role="status">{words(move || told.get())}</p>
        </div>
    }
    .into_any()
}
