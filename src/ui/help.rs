//! The help sheet. The dialog element keeps the keyboard inside and gives it back.

use super::icons;
use super::library::Reading;
use super::state::Page;
use super::surface::{Surface, surface};
use super::term::linked_line;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

const ID: &str = "help";

/// A dialog of this page.
pub fn dialog(id: &str) -> Option<HtmlDialogElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Opens the sheet.
pub fn show() {
    if let Some(dialog) = dialog(ID).filter(|dialog| !dialog.open()) {
        // Only a dialog outside the document refuses.
        let _ = dialog.show_modal();
    }
}

/// Whether a dialog lies over the page.
pub fn is_covered() -> bool {
    [
        ID,
        super::inspector::ID,
        super::findings::ID,
        super::runs::ID,
        super::kept::ID,
        super::library::ID,
        super::library::NOTE,
        super::vote::ID,
        super::share::SHARE,
        super::share::GALLERY,
    ]
    .into_iter()
    .any(|id| dialog(id).is_some_and(|dialog| dialog.open()))
}

/// What the sheet says.
pub fn inside() -> AnyView {
    let page = Page::here();
    let text = page.text();
    let help = &text.help;
    let acts = text
        .frame
        .act_names
        .iter()
        .zip(help.acts)
        .map(|(name, line)| view! { <dt>{*name}</dt><dd>{line}</dd> });
    let keys = help
        .key_lines
        .iter()
        .map(|(key, line)| view! { <dt><kbd>{*key}</kbd></dt><dd>{*line}</dd> });
    let about = move |_| page.library.read(Reading::About);
    view! {
        <h2 id="help-title">{help.title}</h2>
        {linked_line("", help.what)}
        <dl class="programme">{acts.collect_view()}</dl>
        <p>{help.colours}</p>
        <h3>{help.keys}</h3>
        <dl class="keys">{keys.collect_view()}</dl>
        <p class="aside">{help.honest}</p>
        <p class="help-ways">{super::findings::button(page)}<button type="button" class="quiet" on:click=super::live::act(about)>{text.frame.about}</button></p>
    }
    .into_any()
}

#[component]
pub fn Help() -> impl IntoView {
    let page = Page::here();
    let close = move |_| {
        if let Some(dialog) = dialog(ID) {
            dialog.close();
        }
    };
    view! {
        <dialog id=ID class="sheet" aria-labelledby="help-title" on:pointerdown=super::live::act(|event| super::sheet::press_beside(&event))>
            <button type="button" class="plain close" on:click=super::live::act(close)>{icons::cross()}<span class="hidden">{page.opening().frame.close}</span></button>
            {surface(page, Surface::Help)}
        </dialog>
    }
    .into_any()
}
