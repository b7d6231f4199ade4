//! The few kinds of control that all settings are made of.
//!
//! Each writes to the draft at once. They take function pointers and return one type of view, so
//! that fifty settings cost the page little more than their words.

use super::fields::{Fault, Field, Range};
use super::stages::{look, on_hand, turn};
use super::terms;
use crate::lab::RunConfig;
use crate::ui::live::{act, flag, maybe, value, words};
use crate::ui::state::{Page, Typed};
use crate::ui::text::Text;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Name and explanation of a setting.
pub type Named = (&'static str, &'static str);

/// Changes the draft. What was typed into a field that is gone goes with it, and what did not fit
/// before may fit now.
pub fn change(page: Page, write: impl FnOnce(&mut RunConfig)) {
    page.pass_opened();
    let mut config = turned(page);
    write(&mut config);
    settle(page, config, &mut page.typed.get_untracked());
}

/// The draft with the stage on hand in the first one's place.
fn turned(page: Page) -> RunConfig {
    let mut config = page.draft.get_untracked();
    turn(&mut config, untrack(|| on_hand(page)));
    config
}

fn settle(page: Page, mut config: RunConfig, typed: &mut BTreeMap<Field, Typed>) {
    typed.retain(|field, _| field.is_there(&config));
    for (field, typed) in typed.iter_mut().filter(|(_, typed)| !typed.valid) {
        typed.valid = field.write(&mut config, &typed.text).is_ok();
    }
    turn(&mut config, untrack(|| on_hand(page)));
    page.typed.set(std::mem::take(typed));
    page.draft.set(config);
}

/// Takes what was typed into a field, or keeps it there until it is a setting.
fn take(page: Page, field: Field, text: String) {
    page.pass_opened();
    let mut config = turned(page);
    let valid = field.write(&mut config, &text).is_ok();
    let mut typed = page.typed.get_untracked();
    typed.insert(field, Typed { text, valid });
    settle(page, config, &mut typed);
}

/// What is wrong with what was typed, in a sentence.
fn sentence(text: &Text, field: Field, fault: &Fault) -> String {
    let Range { low, high, whole } = field.range();
    match fault {
        Fault::Number if whole => (text.settings.whole)(low, high),
        Fault::Number => (text.settings.decimal)(low, high),
        Fault::Link(part) => (text.society.no_link)(part),
        Fault::Beside(clash) => text.society.clashes[*clash as usize].to_owned(),
    }
}

/// A field for something typed.
pub fn number(page: Page, field: Field) -> AnyView {
    let text = page.text();
    let (name, hint) = text.settings.fields[field.index()];
    // The decimal keys of a phone have no minus.
    let keys = match field.range() {
        Range { low, .. } if low < 0.0 => "text",
        Range { whole: true, .. } => "numeric",
        _ => "decimal",
    };
    let id = format!("field-{}", field.index());
    let (hint_id, fault_id) = (format!("{id}-hint"), format!("{id}-fault"));
    let shown = Memo::new(move |_| {
        let typed = page
            .typed
            .with(|typed| typed.get(&field).map(|typed| typed.text.clone()));
        typed.unwrap_or_else(|| look(page, |draft| field.read(draft)))
    });
    // What is wrong, in a sentence; nothing where all is well.
    let fault = Memo::new(move |_| {
        let wrong = page.typed.with(|typed| {
            let typed = typed.get(&field).filter(|typed| !typed.valid);
            typed.map(|typed| typed.text.clone())
        });
        let Some(wrong) = wrong else {
            return String::new();
        };
        let mut config = look(page, RunConfig::clone);
        match field.write(&mut config, &wrong) {
            Ok(()) => String::new(),
            Err(fault) => sentence(text, field, &fault),
        }
    });
    let typing = act(move |event| take(page, field, event_target_value(&event)));
    let left = act(move |_: leptos::ev::FocusEvent| {
        page.typed.update(|all| {
            if all.get(&field).is_some_and(|typed| typed.valid) {
                all.remove(&field);
            }
        });
    });
    let invalid = value(move || (!fault.with(String::is_empty)).to_string());
    let described = format!("{hint_id} {fault_id}");
    let entry = if field == Field::Drawn {
        view! {
            <textarea id=id.clone() rows="3" autocomplete="off" spellcheck="false" prop:value=value(move || shown.get())
                aria-invalid=invalid aria-describedby=described on:input=typing on:blur=left></textarea>
        }
        .into_any()
    } else {
        view! {
            <input id=id.clone() type="text" inputmode=keys autocomplete="off" prop:value=value(move || shown.get())
                aria-invalid=invalid aria-describedby=described on:input=typing on:blur=left />
        }
        .into_any()
    };
    view! {
        <div class="setting">
            {terms::field_label(page, field, id, name)}
            {entry}
            <p class="hint" id=hint_id>{hint}</p>
            <p class="fault" id=fault_id>{words(move || fault.get())}</p>
        </div>
    }
    .into_any()
}

/// Fields that are always there.
pub fn numbers(page: Page, fields: &[Field]) -> AnyView {
    let field = |field: &Field| number(page, *field);
    fields.iter().map(field).collect_view().into_any()
}

/// Fields that are there while their setting is.
pub fn passing(page: Page, fields: &'static [Field]) -> AnyView {
    let field = move |field: &'static Field| {
        let there = Memo::new(move |_| look(page, |draft| field.is_there(draft)));
        maybe(move || there.get().then(|| number(page, *field)))
    };
    fields.iter().map(field).collect_view().into_any()
}

/// A field for one of a few things, by their places in a list. Where `lines` has a sentence for
/// each, the one about what is chosen stands below it.
pub fn choice(
    page: Page,
    id: &'static str,
    (name, hint): Named,
    options: &'static [&'static str],
    lines: &'static [&'static str],
    read: fn(&RunConfig) -> Option<usize>,
    write: fn(&mut RunConfig, usize),
) -> AnyView {
    let option = move |(place, words): (usize, &&'static str)| {
        let chosen = flag(move || look(page, read) == Some(place));
        view! { <option value=place.to_string() prop:selected=chosen>{*words}</option> }
    };
    let pick = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            change(page, |draft| write(draft, place));
        }
    };
    let line = move || {
        let chosen = look(page, read);
        *chosen.and_then(|place| lines.get(place)).unwrap_or(&hint)
    };
    view! {
        <div class="setting">
            {terms::choice_label(page, id, name)}
            <select id=id aria-describedby=format!("{id}-hint") on:change=act(pick)>{options.iter().enumerate().map(option).collect_view()}</select>
            <p class="hint" id=format!("{id}-hint")>{words(line)}</p>
        </div>
    }
    .into_any()
}

/// Reading and writing a setting by its place in a list.
macro_rules! places {
    ($all:expr, $($path:ident).+) => {
        (
            |config: &$crate::lab::RunConfig| $all.iter().position(|one| *one == config.$($path).+),
            |config: &mut $crate::lab::RunConfig, place: usize| {
                if let Some(one) = $all.get(place) {
                    config.$($path).+ = *one;
                }
            },
        )
    };
}
pub(super) use places;

/// A switch, with a sentence below its name where there is one.
pub fn switch(
    page: Page,
    id: &'static str,
    (name, line): Named,
    read: fn(&RunConfig) -> bool,
    write: fn(&mut RunConfig, bool),
) -> AnyView {
    let turn = move |event| {
        let on = event_target_checked(&event);
        change(page, |draft| write(draft, on));
    };
    let line = (!line.is_empty()).then(|| view! { <small>{line}</small> }.into_any());
    view! {
        <div class="setting switch">
            <label for=id><input id=id type="checkbox" prop:checked=flag(move || page.draft.with(read)) on:change=act(turn) /><span>{name}{line}</span></label>
        </div>
    }
    .into_any()
}

/// One of a list of things of which one is chosen, with a sentence about it.
pub fn radio(
    id: String,
    group: &'static str,
    (name, line): Named,
    chosen: Box<dyn FnMut() -> bool + Send>,
    pick: Box<dyn FnMut(leptos::ev::Event)>,
) -> AnyView {
    view! {
        <label class="profile">
            <input type="radio" name=group id=id.clone() aria-describedby=format!("{id}-line") prop:checked=chosen on:change=pick />
            <span><b>{name}</b><small id=format!("{id}-line")>{line}</small></span>
        </label>
    }
    .into_any()
}

/// A part that can be folded away, and that a choice may open again.
pub fn folded(
    class: &'static str,
    title: &'static str,
    open: RwSignal<bool>,
    inside: AnyView,
) -> AnyView {
    let toggled = move |event: leptos::ev::Event| {
        use wasm_bindgen::JsValue;
        let details = event.target().map(JsValue::from);
        let is_open =
            details.and_then(|details| js_sys::Reflect::get(&details, &"open".into()).ok());
        open.set(is_open.is_some_and(|is_open| is_open.is_truthy()));
    };
    view! {
        <details class=class prop:open=flag(move || open.get()) on:toggle=act(toggled)>
            <summary>{title}</summary>
            {inside}
        </details>
    }
    .into_any()
}

/// A group of settings, folded away until somebody looks for it.
pub fn group(id: &'static str, title: &'static str, inside: AnyView) -> AnyView {
    view! {
        <details class="group" id=id>
            <summary><h3>{title}</h3></summary>
            {inside}
        </details>
    }
    .into_any()
}
