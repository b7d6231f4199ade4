//! Undo and redo of settings: what is watched, the keys, and the two buttons.
//!
//! [`crate::ui::history`] is the logic. Whatever changes the settings is noted: a field, a preset, a
//! link, a file, a program; all of it can be taken back.

use super::fields::Field;
use super::named;
use crate::lab::{Preset, RunConfig};
use crate::ui::live::{act, flag, words};
use crate::ui::state::{Page, Typed};
use crate::ui::text::Text;
use crate::ui::wishes::Part;
use crate::ui::{help, icons, memory};
use leptos::prelude::*;
use std::collections::BTreeMap;
use wasm_bindgen::JsCast;

/// The settings at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    preset: Preset,
    /// All settings.
    pub config: RunConfig,
    /// What was typed and is no setting.
    typed: BTreeMap<Field, Typed>,
}

impl Moment {
    /// The preset that settings began with, if it is known of these.
    pub fn preset_of(&self, config: &RunConfig) -> Option<Preset> {
        (self.config == *config).then_some(self.preset)
    }
}

/// The way a step leads.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Back,
    Forth,
}

/// The field that is being typed into or slid along; empty for none. Where the keyboard is says not
/// enough: a link that is opened meanwhile is no typing.
fn hand(typed: &BTreeMap<Field, Typed>) -> String {
    let Some(field) = document().active_element() else {
        return String::new();
    };
    let id = field.id();
    let types = typed
        .keys()
        .any(|field| format!("field-{}", field.index()) == id);
    let slides = field
        .matches(".settings input[type=range]")
        .unwrap_or(false);
    if types || slides { id } else { String::new() }
}

/// Notes every change from now on; what was said of a step is over then.
fn watch(page: Page, told: RwSignal<String>) {
    Effect::new(move || {
        let mut typed = page.typed.get();
        let hand = hand(&typed);
        // What is valid is in the settings.
        typed.retain(|_, typed| !typed.valid);
        let moment = Moment {
            preset: page.preset.get(),
            config: page.draft.get(),
            typed,
        };
        let mut is_new = false;
        page.history.maybe_update(|history| {
            is_new = history.note(moment, &hand, memory::milliseconds());
            is_new
        });
        if is_new {
            told.set(String::new());
        }
    });
}

/// Takes a step, and says what it changed; nothing where there is no step.
fn step(page: Page, way: Way) -> Option<String> {
    let before = page
        .history
        .with_untracked(|history| history.now().cloned())?;
    let moment = page.history.try_update(|history| match way {
        Way::Back => history.undo(),
        Way::Forth => history.redo(),
    })??;
    page.pass_opened();
    page.typed.set(moment.typed.clone());
    page.preset.set(moment.preset);
    let stages = moment.config.then.len();
    page.stage.update(|stage| *stage = (*stage).min(stages));
    page.draft.set(moment.config.clone());
    let text = page.text();
    let what = told_of(text, &before, &moment);
    Some(match way {
        Way::Back => (text.waiting.undone)(&what),
        Way::Forth => (text.waiting.redone)(&what),
    })
}

/// What is other in the later of two moments: the name of the preset, or the settings as they are.
fn told_of(text: &Text, before: &Moment, after: &Moment) -> String {
    if before.preset != after.preset {
        let place = Preset::ALL.iter().position(|one| *one == after.preset);
        let name = place.and_then(|place| text.settings.preset_names.get(place));
        return name.copied().unwrap_or_default().to_owned();
    }
    let changes = named::changes(text, &before.config, &after.config);
    let names = changes.into_iter().map(|change| match change.values {
        Some([_, to]) => format!("{} {to}", change.name),
        None => change.name,
    });
    names.collect::<Vec<String>>().join(text.waiting.separator)
}

/// The way that keys ask for: Ctrl or Cmd with Z, back; with Shift as well, or with Y, forth.
fn way(event: &web_sys::KeyboardEvent) -> Option<Way> {
    let one = event.ctrl_key() ^ event.meta_key();
    if !one || event.alt_key() {
        return None;
    }
    match (event.key().as_str(), event.shift_key()) {
        ("z", false) => Some(Way::Back),
        ("z" | "Z", true) | ("y", false) => Some(Way::Forth),
        _ => None,
    }
}

/// Whether somebody types something that is no setting: there, the browser undoes.
fn types_elsewhere(event: &web_sys::KeyboardEvent) -> bool {
    let place = event.target();
    let place = place.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let within = |selector: &str| {
        place
            .as_ref()
            .is_some_and(|place| place.closest(selector).ok().flatten().is_some())
    };
    let text =
        "input:not([type=range], [type=checkbox], [type=radio]), textarea, [contenteditable]";
    within(text) && !within(".settings .setting")
}

fn listen(page: Page, told: RwSignal<String>) {
    let pressed = window_event_listener(leptos::ev::keydown, move |event| {
        let hidden = page
            .wishes
            .with_untracked(|wishes| wishes.hides(Part::Settings));
        if hidden || help::is_covered() || types_elsewhere(&event) {
            return;
        }
        if let Some(way) = way(&event) {
            event.prevent_default();
            if let Some(words) = step(page, way) {
                told.set(words);
            }
        }
    });
    on_cleanup(move || pressed.remove());
}

/// The two buttons, and what the last step did.
pub fn buttons(page: Page) -> AnyView {
    let text = &page.text().waiting;
    let told = RwSignal::new(String::new());
    watch(page, told);
    listen(page, told);
    let go = move |way: Way| {
        act(move |_: leptos::ev::MouseEvent| {
            if let Some(words) = step(page, way) {
                told.set(words);
            }
        })
    };
    let none_back = flag(move || !page.history.with(|history| history.can_undo()));
    let none_forth = flag(move || !page.history.with(|history| history.can_redo()));
    view! {
        <div class="undoing">
            <p class="undone" role="status">{words(move || told.get())}</p>
            <button type="button" class="plain" id="undo" title=text.undo aria-label=text.undo aria-keyshortcuts="Control+Z Meta+Z" disabled=none_back on:click=go(Way::Back)>{icons::undo()}</button>
            <button type="button" class="plain" id="redo" title=text.redo aria-label=text.redo aria-keyshortcuts="Control+Shift+Z Meta+Shift+Z" disabled=none_forth on:click=go(Way::Forth)>{icons::redo()}</button>
        </div>
    }
    .into_any()
}
