//! A sheet over the page: a dialog that is empty until it is opened, with a way out of it. The dialog
//! element keeps the keyboard inside and gives it back.

use super::help::dialog;
use super::icons;
use super::live::{act, maybe};
use super::state::Page;
use super::surface::{Surface, surface};
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Which sheets lie over the page. Those with more to them than being open or not ([`super::library`],
/// [`super::vote`]) have a state of their own.
#[derive(Clone, Copy, Default)]
pub struct Sheets {
    /// The sheet for sharing.
    pub sharing: RwSignal<bool>,
    /// The gallery of societies.
    pub gallery: RwSignal<bool>,
    /// The findings.
    pub findings: RwSignal<bool>,
    /// The runs side by side.
    pub runs: RwSignal<bool>,
    /// What this browser keeps.
    pub kept: RwSignal<bool>,
}

/// Closes a sheet that is pressed beside: on what lies around it.
pub fn press_beside(event: &web_sys::PointerEvent) {
    let sheet = event.target();
    let Some(sheet) = sheet.and_then(|sheet| sheet.dyn_into::<web_sys::HtmlDialogElement>().ok())
    else {
        return;
    };
    let edges = sheet.get_bounding_client_rect();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let inside =
        (edges.left()..=edges.right()).contains(&x) && (edges.top()..=edges.bottom()).contains(&y);
    if !inside {
        sheet.close();
    }
}

/// A wide sheet that is there while `open` says so; `titled` is the id of its heading.
pub fn sheet(
    page: Page,
    [id, titled]: [&'static str; 2],
    open: RwSignal<bool>,
    inside: Surface,
) -> AnyView {
    let close_it = page.opening().frame.close;
    let is_open = Memo::new(move |_| open.get());
    Effect::new(move || {
        let Some(dialog) = dialog(id) else {
            return;
        };
        if !is_open.get() {
            dialog.close();
        } else if !dialog.open() {
            // Only a dialog outside the document refuses.
            let _ = dialog.show_modal();
        }
    });
    view! {
        <dialog id=id class="sheet wide" aria-labelledby=titled on:close=move |_| open.set(false) on:pointerdown=act(|event| press_beside(&event))>
            <button type="button" class="plain close" on:click=act(move |_| open.set(false))>{icons::cross()}<span class="hidden">{close_it}</span></button>
            {maybe(move || is_open.get().then(|| surface(page, inside)))}
        </dialog>
    }
    .into_any()
}
