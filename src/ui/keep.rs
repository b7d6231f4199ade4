//! Keeping what is on stage in this browser, and the ways to what is kept.

use super::kept::room;
use super::live::{act, flag, words};
use super::state::Page;
use super::surface::{KeptErrand, RunsErrand, Told, with_kept, with_runs};
use crate::lab::Phase;
use leptos::prelude::*;

/// The buttons, each when there is something to keep.
pub fn row(page: Page) -> AnyView {
    let (home, keeping) = (&page.text().home, &page.text().keeping);
    let told = RwSignal::new(String::new());
    let own = move || page.view.with(|view| view.imported.is_none());
    let done = Memo::new(move |_| own() && page.view.with(|view| view.phase() == Phase::Done));
    let stands = Memo::new(move |_| {
        let begun = page.view.with(|view| view.phase.is_some());
        own() && begun && page.session().has_checkpoint()
    });
    let keep = move |errand: fn(Page, Told<String>), said: fn(&str) -> String| {
        move |_| {
            let tell = move |kept: Result<String, String>| {
                leptos::task::spawn_local(async move {
                    let line = match kept {
                        Ok(name) => {
                            // The first time, the browser is asked to hold on to it.
                            let promise = match room::promise().await {
                                Some(true) => keeping.promised,
                                _ => keeping.unpromised,
                            };
                            format!("{} {promise}", said(&name))
                        }
                        Err(why) => why,
                    };
                    // The panel may be gone by now; it is kept all the same.
                    told.try_set(line);
                });
            };
            errand(page, Box::new(tell));
        }
    };
    let run = |page, told| with_runs(page, RunsErrand::Keep(None, told));
    let model = |page, told| with_kept(page, KeptErrand::Model(told));
    let checkpoint = |page, told| with_kept(page, KeptErrand::Checkpoint(told));
    let run = act(keep(run, home.kept));
    let model = act(keep(model, keeping.kept));
    let checkpoint = act(keep(checkpoint, keeping.kept));
    let compare = act(move |_| page.sheets.runs.set(true));
    let list = act(move |_| page.sheets.kept.set(true));
    let off = move |there: Memo<bool>| flag(move || !there.get());
    view! {
        <div class="keep-row">
            <h3>{keeping.title}</h3>
            <p class="aside">{keeping.hint}</p>
            <button type="button" id="keep-run" disabled=off(done) on:click=run>{home.keep}</button>
            <button type="button" id="keep-model" disabled=off(done) on:click=model>{keeping.keep_model}</button>
            <button type="button" id="keep-checkpoint" disabled=off(stands) on:click=checkpoint>{keeping.keep_checkpoint}</button>
            <p class="keep-ways">
                <button type="button" class="quiet" id="see-kept" on:click=list>{keeping.list}</button>
                <button type="button" class="quiet" on:click=compare>{page.opening().frame.compare}</button>
            </p>
            <p role="status">{words(move || told.get())}</p>
        </div>
    }
    .into_any()
}
