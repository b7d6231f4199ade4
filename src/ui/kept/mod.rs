//! What this browser keeps, on a sheet of its own: one list of runs, models, checkpoints and runs that
//! were interrupted; how much room there is; and the page itself, as its service worker keeps it.
//!
//! Small things lie in the [`super::vault`], [`large`] ones in files where there are any. Several tabs
//! may show the list: each tells the others when something changed.

mod copies;
mod large;
mod list;
mod measure;
pub mod room;
mod rows;
mod things;

use super::foreign;
use super::sheet::sheet;
use super::state::Page;
use super::surface::Surface;
use leptos::prelude::*;
use std::cell::OnceCell;
use wasm_bindgen::JsValue;

pub use rows::inside;
pub use things::{keep_checkpoint, keep_model};

/// The dialog's id.
pub const ID: &str = "kept";

#[component]
pub fn Kept() -> impl IntoView {
    let page = Page::here();
    sheet(page, [ID, "kept-title"], page.kept, Surface::Kept)
}

thread_local! {
    /// The way to other tabs, where the browser has one.
    static OTHERS: OnceCell<Option<JsValue>> = const { OnceCell::new() };
}

fn others(page: Page) -> Option<JsValue> {
    OTHERS.with(|others| {
        let make = || {
            let channel = foreign::make("BroadcastChannel", &["mores kept".into()])?;
            let hear = foreign::ear(move |_| refresh(page));
            foreign::listen(&channel, "onmessage", &hear);
            Some(channel)
        };
        others.get_or_init(make).clone()
    })
}

/// From now on, this page hears what other tabs change.
pub fn heed(page: Page) {
    others(page);
}

fn refresh(page: Page) {
    leptos::task::spawn_local(list::refresh(page));
}

/// Something is kept, or no longer.
pub fn changed(page: Page) {
    refresh(page);
    if let Some(others) = others(page) {
        // An open channel takes every text.
        let _ = foreign::call(&others, "postMessage", &["changed".into()]);
    }
}
