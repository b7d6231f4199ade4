//! What this browser keeps, on a sheet of its own: one list of runs, models, checkpoints and runs that
//! were interrupted; how much room there is; and the page itself, as its service worker keeps it.
//!
//! Small things lie in the [`super::vault`], [`large`] ones in files where there are any. Several tabs
//! may show the list: each tells the [`others`] when something changed.

mod copies;
mod large;
mod list;
mod measure;
pub mod others;
pub mod room;
mod rows;
mod things;

use super::sheet::sheet;
use super::state::Page;
use super::surface::{KeptErrand, Surface};
use leptos::prelude::*;

pub use rows::inside;

/// The dialog's id.
pub const ID: &str = "kept";

#[component]
pub fn Kept() -> impl IntoView {
    let page = Page::here();
    sheet(page, [ID, "kept-title"], page.sheets.kept, Surface::Kept)
}

/// Does something that has to do with what is kept.
pub fn go(page: Page, errand: KeptErrand) {
    match errand {
        KeptErrand::Model(told) => things::keep_model(page, told),
        KeptErrand::Checkpoint(told) => things::keep_checkpoint(page, told),
    }
}

fn refresh(page: Page) {
    // Nobody sees the list before it was opened once.
    if list::here().with_untracked(|list| list.items.is_some()) {
        leptos::task::spawn_local(list::read(page));
    }
}

/// Something is kept, or no longer.
fn changed(page: Page) {
    refresh(page);
    others::tell();
}
