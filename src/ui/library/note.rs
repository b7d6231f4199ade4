//! A note beside a word: what a term means, without leaving the place where it stands.
//!
//! It is a dialog, so that the keyboard is kept inside and given back, and so that it lies above
//! whatever other sheet is open.

use super::{ID as SHEET, Library, Reading};
use crate::ui::help::dialog;
use crate::ui::icons;
use crate::ui::live::{act, maybe};
use crate::ui::state::Page;
use crate::ui::surface::{Surface, surface};
use crate::ui::term::Term;
use leptos::prelude::*;
use web_sys::Element;

/// The dialog's id.
pub const ID: &str = "note";

/// Pixels between a word and its note.
const GAP: f64 = 6.0;
/// Below this share of the window's height, a note stands above its word.
const LOW: f64 = 0.55;

/// Closes the dialog at once.
pub fn close() {
    if let Some(dialog) = dialog(ID) {
        dialog.close();
    }
}

/// Puts the note beside a word: below it, or above where there is more room.
fn place_beside(word: &Element) {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()?.as_f64());
    let (Some(note), Some(height)) = (dialog(ID), height) else {
        return;
    };
    let found = word.get_bounding_client_rect();
    let is_low = found.bottom() > height * LOW;
    let (side, distance) = if is_low {
        ("above", height - found.top() + GAP)
    } else {
        ("below", found.bottom() + GAP)
    };
    // Names and values are our own.
    let _ = note.set_attribute("data-side", side);
    let style = web_sys::HtmlElement::style(&note);
    let _ = style.set_property("--word-x", &format!("{}px", found.left()));
    let _ = style.set_property("--word-y", &format!("{distance}px"));
}

impl Library {
    /// Shows what a term means, asked for by a button.
    pub fn look_up(self, term: Term, asked_by: &Element) {
        let within = |id: &str| asked_by.closest(id).is_ok_and(|found| found.is_some());
        if within(&format!("#{SHEET} .glossary")) {
            self.reading.set(Reading::Glossary(Some(term)));
            return;
        }
        if !within(&format!("#{ID}")) {
            place_beside(asked_by);
        }
        self.noted.set(Some(term));
    }
}

/// The note, empty until a word is asked for.
#[component]
pub fn Note() -> impl IntoView {
    let page = Page::here();
    let frame = &page.opening().frame;
    let noted = page.library.noted;
    let is_open = Memo::new(move |_| noted.get().is_some());
    Effect::new(move || {
        let Some(dialog) = dialog(ID) else {
            return;
        };
        if !is_open.get() {
            dialog.close();
        } else if !dialog.open() {
            // Only a dialog outside the document refuses.
            let _ = dialog.show_modal();
        }
    });
    // All of the dialog is covered by what is inside: whatever hits the dialog itself hit beside it.
    let beside = move |event: leptos::ev::MouseEvent| {
        let hit = event.target().map(wasm_bindgen::JsValue::from);
        let dialog = dialog(ID).map(wasm_bindgen::JsValue::from);
        if hit == dialog {
            noted.set(None);
        }
    };
    view! {
        <dialog id=ID class="note" aria-label=frame.glossary on:close=move |_| noted.set(None) on:click=act(beside)>
            <div class="note-inside">
                <button type="button" class="plain close" on:click=act(move |_| noted.set(None))>{icons::cross()}<span class="hidden">{frame.close}</span></button>
                <div aria-live="polite">{maybe(move || noted.get().map(|term| surface(page, Surface::Entry(term))))}</div>
            </div>
        </dialog>
    }
    .into_any()
}
