//! Runs side by side, on a sheet of its own: what differs between them, what they came to and how sure
//! that is, their curves, and all of it to take home. And what sweeps found about methods.
//!
//! [`Runs`] is only the empty sheet; everything else comes in a file of the page's own
//! (`super::surface`), and only markup and figures are read there, so that few shapes of view exist.

mod bars;
mod curves;
mod differs;
mod plane;
mod results;
mod shelf;
mod sweep;
mod take;

use super::kept::others;
use super::live::{act, live};
use super::parts;
use super::sheet::sheet;
use super::state::Page;
use super::surface::{RunsErrand, Surface};
use super::term::Term;
use super::text::RunsText;
use crate::lab::kept::KeptRun;
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog's id.
pub const ID: &str = "runs";

/// Looks that lines and marks can have, classes of the style sheet. More runs share them.
const LOOKS: [&str; 8] = [
    "run-0", "run-1", "run-2", "run-3", "run-4", "run-5", "run-6", "run-7",
];

/// The look of the run at a place of the shelf.
fn look(place: usize) -> &'static str {
    LOOKS[place % LOOKS.len()]
}

/// A run that is compared, with its place on the shelf.
#[derive(Clone, PartialEq)]
struct Shown {
    place: usize,
    run: Arc<KeptRun>,
}

/// The runs that are compared, in the order of the shelf.
type Compared = Memo<Vec<Shown>>;

/// What a figure is called in the glossary, by its stable name.
fn figure_term(name: &str) -> Option<Term> {
    Some(match name {
        "alignment" => Term::Alignment,
        "engagement" => Term::Engagement,
        "bad" => Term::BadAnswer,
        "bad_attacked" => Term::Attack,
        "over_refusal" => Term::OverRefusal,
        "gibberish" => Term::Gibberish,
        "perplexity_ratio" => Term::Perplexity,
        "tokens" => Term::Token,
        _ => return None,
    })
}

/// What is said here, in the visitor's language.
fn words(page: Page) -> &'static RunsText {
    page.language.get_untracked().runs()
}

/// Does something with the runs that are kept.
pub fn go(page: Page, errand: RunsErrand) {
    match errand {
        RunsErrand::Keep(name, told) => shelf::keep(page, name, told),
        RunsErrand::All(told) => shelf::all(page, told),
        RunsErrand::Bring(text, told) => shelf::bring(page, text, told),
    }
}

/// What the sheet shows.
pub fn inside(page: Page) -> AnyView {
    let text = words(page);
    others::heed(page, shelf::fetch);
    shelf::fetch(page);
    let compared: Compared = Memo::new(|_| shelf::compared());
    let any = Memo::new(move |_| compared.with(|runs| !runs.is_empty()));
    let sections = move || {
        if !any.get() {
            return ().into_any();
        }
        // Two runs are mostly kept to be compared with each other.
        let several = compared.with_untracked(|runs| runs.len() > 1);
        let reference = RwSignal::new(usize::from(several));
        let sections = vec![
            differs::differs(page, compared),
            results::results(page, compared, reference),
            plane::of_runs(page, compared),
            curves::curves(page, compared),
            bars::bars_of(page, compared),
            take::take(page, compared, reference),
        ];
        sections.into_any()
    };
    let inside = vec![
        view! { <h2 id="runs-title">{text.title}</h2> }.into_any(),
        parts::line("aside", text.lead),
        shelf::shelf(page),
        all_that_is_kept(page),
        live(sections),
        sweep::sweeps(page),
    ];
    inside.into_any()
}

/// The way to the list of everything that is kept, of which runs are a part.
fn all_that_is_kept(page: Page) -> AnyView {
    let go = act(move |_| {
        page.sheets.runs.set(false);
        page.sheets.kept.set(true);
    });
    let title = page.language.get_untracked().kept().title;
    view! { <p><button type="button" class="quiet" on:click=go>{title}</button></p> }.into_any()
}

#[component]
pub fn Runs() -> impl IntoView {
    let page = Page::here();
    sheet(page, [ID, "runs-title"], page.sheets.runs, Surface::Runs)
}
