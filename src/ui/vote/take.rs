//! What a vote becomes: a code to be given away, and files.

use super::super::clipboard;
use super::super::live::{act, words as text_of};
use super::super::state::Page;
use super::super::{parcel, parts};
use super::words;
use crate::lab::share;
use crate::lab::vote::file::{VotesFile, csv};
use crate::lab::vote::{Ballot, Pool};
use leptos::prelude::*;
use std::sync::Arc;

/// The code, large, to be read across a room and copied.
pub fn code(page: Page, pool: &Pool, ballot: &Ballot) -> AnyView {
    let text = words(page);
    let Some(code) = ballot.cast(pool).map(|cast| cast.to_code()) else {
        return ().into_any();
    };
    let told = RwSignal::new("");
    let shown = code.clone();
    let copy = act(move |_| {
        let code = code.clone();
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&code).await;
            // The sheet may be closed by now.
            told.try_set(if copied {
                text.copied
            } else {
                text.copy_by_hand
            });
        });
    });
    let inside = vec![
        parts::line("aside", text.code_hint),
        view! {
            <div class="vote-code-row">
                <code id="vote-code" class="vote-code">{shown}</code>
                <button type="button" id="vote-copy" on:click=copy>{text.copy}</button>
                <span role="status">{text_of(move || told.get())}</span>
            </div>
        }
        .into_any(),
    ];
    parts::section("vote-code-part", text.code, inside)
}

/// The vote as files.
pub fn files(page: Page, pool: &Arc<Pool>, ballot: &Ballot) -> AnyView {
    let text = words(page);
    let refused = RwSignal::new(false);
    let (of_json, of_csv) = (
        (Arc::clone(pool), ballot.clone()),
        (Arc::clone(pool), ballot.clone()),
    );
    let json = act(move |_| {
        let (pool, ballot) = &of_json;
        let made = page.view.with_untracked(|view| {
            let receipt = view.receipt.clone();
            let config = view.config.as_ref();
            let link = config.and_then(|config| share::encode(config, receipt.as_ref()).ok());
            VotesFile::of(pool, ballot, link, receipt)?.to_json().ok()
        });
        let saved =
            made.and_then(|made| parcel::save_text(&made, "application/json", "votes.json"));
        refused.set(saved.is_none());
    });
    let lines = act(move |_| {
        let (pool, ballot) = &of_csv;
        let cast: Vec<_> = ballot.cast(pool).into_iter().collect();
        let saved = parcel::save_text(&csv(&cast, Some(pool)), "text/csv", "votes.csv");
        refused.set(saved.is_none());
    });
    let inside =
        vec![
        view! {
            <div class="takes">
                <button type="button" id="take-votes-json" on:click=json>{text.take_json}</button>
                <button type="button" id="take-votes-csv" on:click=lines>{text.take_csv}</button>
            </div>
        }
        .into_any(),
        parts::line("fault", text_of(move || refused.get().then_some(text.refused))),
    ];
    parts::section("vote-take", text.take, inside)
}
