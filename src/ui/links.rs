//! Runs that come from outside: the address, a change of its fragment, what is dropped or pasted.
//!
//! Whatever comes is opened or explained in one sentence; nothing of it ever starts a run.

use super::autosave;
use super::data::read;
use super::foreign;
use super::lessons::Place;
use super::memory;
use super::notices::Notice;
use super::state::Page;
use super::surface::{Errand, RunsErrand, run, with_runs};
use super::vote;
use super::why::Why;
use super::wishes::{self, Wishes};
use crate::lab::Phase;
use crate::lab::{saved, share};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Opens the sheet that an address names, if it names one; then it is no run.
fn leads_to_a_sheet(page: Page, fragment: &str) -> bool {
    page.follow_to_library(fragment) || vote::open_address(page, fragment)
}

/// Settings and wishes from the address the page was opened with.
pub fn read_address(page: Page) {
    let whole = memory::fragment();
    let (place, fragment) = Place::take(&whole);
    page.lesson.set(place);
    let asked = wishes::read(&whole);
    let notice = if leads_to_a_sheet(page, &fragment) {
        None
    } else if wishes::read(&fragment).has_run {
        match share::decode(&fragment) {
            Ok(shared) => {
                page.adopt_shared(shared);
                opened(page)
            }
            Err(error) => Some(Notice::BadLink(error.into())),
        }
    } else {
        None
    };
    page.notice.set(not_understood(&asked).or(notice));
    page.heed(asked.wishes);
    if let Some(name) = memory::parameter("engine") {
        match share::engine_from_name(&name) {
            Some(engine) => page.draft.update(|draft| draft.engine = engine),
            None => {
                page.notice.set(Some(Notice::BadLink(Why::NoSuchEngine)));
            }
        }
    }
}

/// What is said when a run was opened; a receipt that came with it says more, in a place of its own.
fn opened(page: Page) -> Option<Notice> {
    let has_receipt = page.promised.with_untracked(Option::is_some);
    // A chapter has a Run of its own, and would begin something else.
    let lesson = page.lesson.get_untracked();
    let in_chapter = lesson.is_some_and(Place::has_its_own_village);
    (!has_receipt && !in_chapter).then_some(Notice::Opened)
}

/// The wishes that make no sense, if there are any.
fn not_understood(asked: &wishes::Read) -> Option<Notice> {
    let told = asked
        .faults
        .iter()
        .map(|fault| format!("{} ({})", fault.said, fault.known));
    let told: Vec<String> = told.collect();
    (!told.is_empty()).then(|| Notice::BadWish(told.join("; ")))
}

/// Listens to the address and to files dropped on the page.
pub fn listen(page: Page) {
    let address = window_event_listener(leptos::ev::hashchange, move |_| fragment_changed(page));
    let over = window_event_listener(leptos::ev::dragover, |event| {
        event.prevent_default();
        mark_dragging(true);
    });
    let leave = window_event_listener(leptos::ev::dragleave, |event| {
        if event.related_target().is_none() {
            mark_dragging(false);
        }
    });
    let drop = window_event_listener(leptos::ev::drop, move |event| {
        event.prevent_default();
        mark_dragging(false);
        if let Some(data) = event.data_transfer() {
            open_data(page, &data);
        }
    });
    let paste = window_event_listener(leptos::ev::paste, move |event| pasted(page, &event));
    on_cleanup(move || {
        paste.remove();
        address.remove();
        over.remove();
        leave.remove();
        drop.remove();
    });
}

/// Opens what is pasted outside of any field.
fn pasted(page: Page, event: &web_sys::Event) {
    let place: Option<web_sys::Element> = event.target().and_then(|target| target.dyn_into().ok());
    let within =
        |place: web_sys::Element| place.closest("input, textarea, select, [contenteditable]");
    if place.and_then(|place| within(place).ok()?).is_some() {
        return;
    }
    let data = foreign::part(event, "clipboardData");
    let Some(data) = data.and_then(|data| data.dyn_into::<web_sys::DataTransfer>().ok()) else {
        return;
    };
    open_data(page, &data);
}

/// Opens the first file of what was dropped or pasted, or else its text.
fn open_data(page: Page, data: &web_sys::DataTransfer) {
    if let Some(file) = data.files().and_then(|files| files.get(0)) {
        run(page, Errand::OpenFile(file));
    } else if let Ok(text) = data.get_data("text/plain") {
        run(page, Errand::Open(text));
    }
}

fn mark_dragging(on: bool) {
    if let Some(body) = document().body() {
        let _ = body.class_list().toggle_with_force("dragging", on);
    }
}

fn fragment_changed(page: Page) {
    let (place, fragment) = Place::take(&memory::fragment());
    if leads_to_a_sheet(page, &fragment) {
        return;
    }
    if page.lesson.get_untracked() != place {
        page.lesson.set(place);
    }
    let asked = wishes::read(&fragment);
    if !asked.has_run {
        if let Some(notice) = not_understood(&asked) {
            page.notice.set(Some(notice));
        }
        // Turning the pages of the lessons takes nothing back that a link wished.
        if asked.wishes != Wishes::default() {
            page.heed(asked.wishes);
        }
    } else if page.view.with_untracked(|view| view.phase() == Phase::Idle) {
        run(page, Errand::OpenLink(fragment));
    } else {
        page.notice.set(Some(Notice::OtherLink(fragment)));
    }
}

/// Opens a link, does what it wishes of the page, and says so, or why not.
pub fn open_link(page: Page, link: &str) {
    let notice = match page.open_text(link) {
        Ok(_) => {
            let (_, fragment) = link.rsplit_once('#').unwrap_or_default();
            let asked = wishes::read(fragment.trim());
            let notice = not_understood(&asked).or_else(|| opened(page));
            page.heed(asked.wishes);
            notice
        }
        Err(error) => Some(Notice::BadFile(error.into())),
    };
    page.notice.set(notice);
}

/// Whether a text says of itself, at its beginning, that it is of that format.
fn is_of(format: &str, text: &str) -> bool {
    const BEGINNING: usize = 200;
    let beginning: String = text.chars().take(BEGINNING).collect();
    beginning.contains(format)
}

/// Opens a link or the text of a run file, or lays a kept run beside others; or says why not.
pub fn open(page: Page, text: &str) {
    if is_of("\"mores-kept-run\"", text) {
        let told = move |kept: Result<String, String>| match kept {
            Ok(_) => page.sheets.runs.set(true),
            Err(why) => page.notice.set(Some(Notice::BadFile(Why::Other(why)))),
        };
        with_runs(page, RunsErrand::Bring(text.to_owned(), Box::new(told)));
        return;
    }
    if !text.trim_start().starts_with('{') && !text.contains("#v") {
        page.notice
            .set(Some(Notice::BadFile(Why::NeitherRunNorLink)));
        return;
    }
    open_link(page, text);
}

/// Opens a run file, shows a sweep's results, or takes in a data file.
pub fn open_file(page: Page, file: web_sys::File) {
    /// A run file of a long run has a few hundred kilobytes.
    const LARGEST: f64 = 64e6;
    leptos::task::spawn_local(async move {
        if file.name().ends_with(saved::ENDING) {
            let bytes = JsFuture::from(file.array_buffer()).await;
            let bytes = bytes.map(|bytes| js_sys::Uint8Array::new(&bytes).to_vec());
            // What can't be read is like a file with nothing in it.
            autosave::open(page, &bytes.unwrap_or_default());
            return;
        }
        // Whoever has the runs before them brings a sweep to lay beside them.
        let comparing = page.sheets.runs.get_untracked() && file.size() <= LARGEST;
        if !comparing && read::is_data(&file, LARGEST).await {
            read::read(page, file);
            return;
        }
        match JsFuture::from(file.text())
            .await
            .ok()
            .and_then(|text| text.as_string())
        {
            Some(text)
                if !is_of("\"mores-kept-run\"", &text)
                    && (comparing || is_of("\"mores-sweep\"", &text)) =>
            {
                page.brought.set(Some((file.name(), text)));
                page.sheets.runs.set(true);
            }
            Some(text) => open(page, &text),
            None => {
                page.notice.set(Some(Notice::BadFile(Why::Unreadable)));
            }
        }
    });
}
