//! The page's data surface: data sets to take home, and files that people bring.
//!
//! Files are made and read in the worker; the page sees pieces of them, sums and excerpts.

mod bring;
mod browse;
mod make;
pub mod read;

pub use read::Files;

use super::live::{act, value};
use super::notices::Notice;
use super::parcel;
use super::state::Page;
use crate::lab::message::ExportKind;
use leptos::prelude::*;

/// Both halves.
#[component]
pub fn DataPanel() -> impl IntoView {
    let page = Page::here();
    view! {
        <div class="data">
            {make::data_sets(page)}
            {bring::bring(page)}
            {bring::brought(page)}
        </div>
    }
    .into_any()
}

/// A choice of one of a few things, by its place in the list.
fn pick(
    id: &'static str,
    name: &'static str,
    options: &[&'static str],
    chosen: RwSignal<usize>,
) -> AnyView {
    let option = |(place, words): (usize, &&'static str)| {
        view! { <option value=place.to_string()>{*words}</option> }.into_any()
    };
    let change = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            chosen.set(place);
        }
    };
    let options = options.iter().enumerate().map(option).collect_view();
    let chosen = value(move || chosen.get().to_string());
    view! { <label class="field"><span>{name}</span><select id=id prop:value=chosen on:change=act(change)>{options}</select></label> }
        .into_any()
}

/// Orders a file and saves it. `busy` is true until it is there.
fn order(page: Page, kind: ExportKind, busy: RwSignal<bool>) {
    if busy.get_untracked() {
        return;
    }
    busy.set(true);
    page.order(kind, move |made| {
        // The panel may be gone by the time the file is there; it comes all the same.
        busy.try_set(false);
        match made {
            Ok(made) => {
                if parcel::save(&made).is_none() {
                    page.notice.set(Some(Notice::Refused(String::new())));
                }
            }
            Err(failure) => page.notice.set(Some(Notice::Refused(failure.message))),
        }
    });
}
