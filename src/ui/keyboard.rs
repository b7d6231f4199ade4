//! Keys that work everywhere, except where somebody types or a control needs the key itself.

use super::help;
use super::state::Page;
use super::wishes::Part;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// Listens for as long as the page lives.
pub fn listen(page: Page) {
    let listener = window_event_listener(leptos::ev::keydown, move |event| press(page, &event));
    on_cleanup(move || listener.remove());
}

fn press(page: Page, event: &KeyboardEvent) {
    if event.ctrl_key()
        || event.alt_key()
        || event.meta_key()
        || event.repeat()
        || help::is_covered()
    {
        return;
    }
    let place: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let within = |selector: &str| {
        place
            .as_ref()
            .is_some_and(|place| place.closest(selector).is_ok_and(|found| found.is_some()))
    };
    if within("input, textarea, select, [contenteditable]") {
        return;
    }
    match event.key().as_str() {
        // A focused button is pressed by the same key.
        " " if !within("button, summary, a, [role=button]") => {
            event.prevent_default();
            page.toggle();
        }
        // What a link leaves out can't be pressed by its key either.
        "." if !page
            .wishes
            .with_untracked(|wishes| wishes.hides(Part::Step)) =>
        {
            page.step()
        }
        "," => page.step_beat(),
        ";" => page.beat_back(),
        "p" | "P" if page.seat_taken().is_none() => page.play_scene(),
        // Whoever types on after "Say it" does not mean to lose the run.
        "r" | "R"
            if page.seat_taken().is_none()
                && !page
                    .wishes
                    .with_untracked(|wishes| wishes.hides(Part::Reset)) =>
        {
            page.reset();
        }
        "?" => help::show(),
        _ => {}
    }
}
