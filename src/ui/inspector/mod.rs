//! A closer look at a person or at an interaction: what was really sent, and what came back.

mod interaction;
mod likelihood;
mod memories;
mod person;

use super::help::dialog;
use super::icons;
use super::live::{act, maybe};
use super::state::{Chosen, Page};
use super::surface::{Surface, surface};
use crate::lab::config::BaseModel;
use leptos::prelude::*;

/// The dialog's id.
pub const ID: &str = "inspector";

/// Whether the record on stage was brought: then nobody knows more than it says.
fn is_guest(page: Page) -> bool {
    page.view.with_untracked(|view| view.imported.is_some())
}

/// The name of the model behind a mind: 0 the first, 1 the second.
fn model_name(page: Page, mind: u8) -> &'static str {
    if is_guest(page) {
        return page.text().data.not_known;
    }
    let model = page.view.with_untracked(|view| {
        let config = view.config.as_ref();
        config.map_or(BaseModel::default(), |config| {
            if mind > 0 {
                config.second_model
            } else {
                config.model
            }
        })
    });
    let place = BaseModel::ALL.iter().position(|one| *one == model);
    page.text().settings.model_names[place.unwrap_or(0)]
}

/// What is looked at closely.
pub fn inside(chosen: Chosen) -> AnyView {
    let page = Page::here();
    match chosen {
        Chosen::Person(id) => person::person(page, id),
        Chosen::Interaction(index) => page
            .view
            .with_untracked(|view| view.interactions.get(index).cloned())
            .map(|one| interaction::interaction(page, index, &one))
            .into_any(),
    }
}

#[component]
pub fn Inspector() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    Effect::new(move || {
        let Some(dialog) = dialog(ID) else {
            return;
        };
        match page.chosen.get() {
            Some(_) if !dialog.open() => {
                // Only a dialog outside the document refuses.
                let _ = dialog.show_modal();
            }
            // One thing leads to another: each begins at its top.
            Some(_) => {
                dialog.set_scroll_top(0);
                request_animation_frame(|| super::app::focus("inspector-title"));
            }
            None if dialog.open() => dialog.close(),
            None => {}
        }
    });
    let shown = Memo::new(move |_| page.chosen.get());
    let close = move |_| page.chosen.set(None);
    view! {
        <dialog id=ID class="sheet wide" aria-labelledby="inspector-title" on:close=move |_| page.chosen.set(None) on:pointerdown=act(|event| crate::ui::sheet::press_beside(&event))>
            <button type="button" class="plain close" on:click=act(close)>{icons::cross()}<span class="hidden">{text.frame.close}</span></button>
            {maybe(move || shown.get().map(|chosen| surface(page, Surface::Closer(chosen))))}
        </dialog>
    }
    .into_any()
}
