//! What explains the page: what it is and is not, the glossary, and how to cite it.
//!
//! Here is what the page's first file needs to open any of it: a sheet, a note beside a word, and the
//! links `#about`, `#glossary`, `#glossary=margin` and `#cite`. Everything that is read comes in a file
//! of its own (`super::surface`), texts included.

mod about;
mod citation;
mod cite;
mod glossary;
mod note;

use super::live::{act, live};
use super::sheet::sheet;
use super::state::{Act, Page};
use super::surface::Surface;
use super::term::Term;
use super::text::LibraryText;
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

pub use note::{ID as NOTE, Note};

/// The dialog's id.
pub const ID: &str = "library";

/// What is read on the sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reading {
    /// What the page is, and what it is not.
    #[default]
    About,
    /// The glossary, at a term.
    Glossary(Option<Term>),
}

/// What somebody reads. Copies share everything.
#[derive(Clone, Copy, Default)]
pub struct Library {
    /// Whether the sheet lies over the page.
    pub open: RwSignal<bool>,
    /// What it shows.
    pub reading: RwSignal<Reading>,
    /// The term whose note is open.
    pub noted: RwSignal<Option<Term>>,
    /// Somebody wants to cite, and the part for it may not be there yet.
    pub citing: RwSignal<bool>,
}

/// What a link asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Reading(Reading),
    Cite,
}

/// What a fragment asks for, if it is one of these.
fn asked(fragment: &str) -> Option<Asked> {
    let fragment = fragment.strip_prefix('#').unwrap_or(fragment);
    Some(match fragment {
        "about" => Asked::Reading(Reading::About),
        "cite" => Asked::Cite,
        "glossary" => Asked::Reading(Reading::Glossary(None)),
        // A name that this build does not know still leads to the list.
        _ => Asked::Reading(Reading::Glossary(Term::of_name(
            fragment.strip_prefix("glossary=")?,
        ))),
    })
}

impl Library {
    /// Opens the sheet.
    pub fn read(self, reading: Reading) {
        // One after the other, so that the keyboard goes back to where it was before the note.
        note::close();
        self.noted.set(None);
        self.reading.set(reading);
        self.open.set(true);
    }
}

impl Page {
    /// Does what a fragment asks for; false if it asks for something else.
    pub fn follow_to_library(self, fragment: &str) -> bool {
        match asked(fragment) {
            Some(Asked::Reading(reading)) => self.library.read(reading),
            Some(Asked::Cite) => self.cite(),
            None => return false,
        }
        true
    }

    /// Turns to where the run can be cited.
    pub fn cite(self) {
        self.library.open.set(false);
        self.act.set(Some(Act::TakeHome));
        self.library.citing.set(true);
    }
}

/// Takes a fragment that asks for the library off the address, so that the same link can be followed
/// again and a reload shows the page.
fn forget_fragment() {
    if asked(&super::memory::fragment()).is_none() {
        return;
    }
    let plain = super::memory::address_without_fragment();
    let of = |owner: &JsValue, name: &str| js_sys::Reflect::get(owner, &name.into()).ok();
    let history = web_sys::window().and_then(|window| of(&window, "history"));
    let replace = history
        .as_ref()
        .and_then(|history| of(history, "replaceState"));
    let replace = replace.and_then(|found| found.dyn_into::<js_sys::Function>().ok());
    if let Some((history, replace)) = history.zip(replace) {
        // A browser that refuses keeps the fragment, which does no harm.
        let _ = replace.call3(&history, &JsValue::NULL, &"".into(), &plain.into());
    }
}

/// What is said here, in the visitor's language.
fn words(page: Page) -> &'static LibraryText {
    page.language.get_untracked().library()
}

/// What the sheet shows.
pub fn inside(page: Page) -> AnyView {
    let text = words(page);
    let is_about = Memo::new(move |_| page.library.reading.get() == Reading::About);
    let tab = |reading: Reading, name: &'static str, wanted: bool| {
        let current = move || (is_about.get() == wanted).then_some("page");
        let turn = act(move |_| page.library.reading.set(reading));
        view! { <button type="button" class="quiet" aria-current=current on:click=turn>{name}</button> }.into_any()
    };
    let tabs = [
        tab(Reading::About, text.about_short, true),
        tab(Reading::Glossary(None), text.glossary, false),
    ];
    let shown = move || {
        if is_about.get() {
            about::about(page)
        } else {
            glossary::glossary(page)
        }
    };
    view! {
        <nav class="library-tabs" aria-label=text.library>{tabs}</nav>
        {live(shown)}
    }
    .into_any()
}

/// A term's note.
pub fn entry(page: Page, term: Term) -> AnyView {
    glossary::note(page, term)
}

/// How to cite the run.
pub fn cite(page: Page) -> AnyView {
    cite::cite(page)
}

/// The sheet.
#[component]
pub fn LibrarySheet() -> impl IntoView {
    let page = Page::here();
    let library = page.library;
    let was_open = StoredValue::new(false);
    Effect::new(move || {
        let open = library.open.get();
        if was_open.get_value() && !open {
            forget_fragment();
        }
        was_open.set_value(open);
    });
    sheet(page, [ID, "library-title"], library.open, Surface::Library)
}

/// The last line of the page: what explains it, and which build it is.
#[component]
pub fn Colophon() -> impl IntoView {
    let page = Page::here();
    let frame = &page.opening().frame;
    let link = |fragment: &'static str, name: &'static str| {
        let go = move |event: leptos::ev::MouseEvent| {
            // The address stays that of the run; the link is there to be copied.
            if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
                event.prevent_default();
                page.follow_to_library(fragment);
            }
        };
        view! { <li><a href=fragment on:click=act(go)>{name}</a></li> }.into_any()
    };
    let links = [
        link("#about", frame.about),
        link("#glossary", frame.glossary),
        link("#cite", frame.cite),
    ];
    let build = (frame.version)(env!("CARGO_PKG_VERSION"), crate::lab::build::id());
    view! {
        <footer class="colophon">
            <ul>{links}</ul>
            <p>{build}</p>
        </footer>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_what_they_name_and_runs_stay_runs() {
        let glossary = |term| Some(Asked::Reading(Reading::Glossary(term)));
        assert_eq!(asked("#about"), Some(Asked::Reading(Reading::About)));
        assert_eq!(asked("#cite"), Some(Asked::Cite));
        assert_eq!(asked("#glossary"), glossary(None));
        assert_eq!(asked("#glossary=margin"), glossary(Some(Term::Margin)));
        assert_eq!(asked("#glossary=moon"), glossary(None));
        for other in ["", "#", "#v1.Y2RgAAA", "#aboutness", "#stage"] {
            assert_eq!(asked(other), None, "{other}");
        }
    }
}
