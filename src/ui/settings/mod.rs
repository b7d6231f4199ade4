//! The settings: few in sight, the rest behind "More settings".
//!
//! Every change goes to the draft at once, and from there to the engine while it is idle. While a
//! run is on, changes wait for a restart, and [`pending`] says which. [`undo`] takes them back.

pub mod controls;
pub mod drawn;
pub mod fidelity;
pub mod fields;
pub mod happenings;
pub mod methods;
mod more;
pub mod named;
pub mod network;
mod pending;
pub mod people;
pub mod stages;
mod terms;
pub mod undo;
pub mod values;

use super::live::{act, flag, maybe, words};
use super::state::Page;
use crate::lab::config::{BaseModel, InitialSetting};
use crate::lab::{Preset, RunConfig};
use controls::{choice, numbers, places};
use fields::Field;
use leptos::prelude::*;

const WHO: [InitialSetting; 4] = [
    InitialSetting::AllGood,
    InitialSetting::AllBad,
    InitialSetting::HalfHalf,
    InitialSetting::MixedHalfHalf,
];
fn preset(page: Page) -> AnyView {
    let text = &page.text().settings;
    let option = |(preset, words): (Preset, &'static str)| {
        view! { <option value=preset.name() prop:selected=flag(move || page.preset.get() == preset)>{words}</option> }
    };
    let change = move |event| {
        if let Some(preset) = Preset::from_name(&event_target_value(&event)) {
            page.begin_with(preset);
        }
    };
    let line = move || {
        let preset = page.preset.get();
        let place = Preset::ALL
            .into_iter()
            .position(|one| one == preset)
            .unwrap_or(0);
        let changed = page.draft.with(|draft| {
            RunConfig {
                engine: draft.engine,
                ..preset.config()
            } != *draft
        });
        format!(
            "{}{}",
            text.preset_lines[place],
            if changed {
                format!(" ({})", text.changed)
            } else {
                String::new()
            }
        )
    };
    view! {
        <div class="setting preset">
            <label for="preset">{text.preset}</label>
            <select id="preset" on:change=act(change)>{Preset::ALL.into_iter().zip(text.preset_names).map(option).collect_view()}</select>
            <p class="hint">{words(line)}</p>
            <button type="button" class="quiet" id="see-societies" on:click=act(move |_| page.sheets.gallery.set(true))>{text.gallery}</button>
        </div>
    }
    .into_any()
}

#[component]
pub fn Settings() -> impl IntoView {
    let page = Page::here();
    let text = &page.text().settings;
    let faulty = Memo::new(move |_| {
        page.typed
            .with(|typed| typed.values().any(|typed| !typed.valid))
    });
    let (read, write) = places!(WHO, society.setting);
    let who = choice(page, "who", text.who, &text.who_names, &[], read, write);
    let read = |config: &RunConfig| BaseModel::ALL.iter().position(|one| *one == config.model);
    let write = |config: &mut RunConfig, place: usize| {
        if let Some(model) = BaseModel::ALL.get(place) {
            config.speak_with(*model);
        }
    };
    let model = choice(
        page,
        "model",
        text.model,
        &text.model_names,
        &text.model_lines,
        read,
        write,
    );
    use Field::{Rounds, Seed, Size};
    view! {
        <section class="panel settings" aria-labelledby="settings-title">
            <div class="panel-head">
            <h2 id="settings-title" tabindex="-1">{text.title}</h2>
            <div class="settings-note" role="status">
                {maybe(move || faulty.get().then(|| view! { <p class="fault">{page.opening().frame.mend}</p> }.into_any()))}
            </div>
            {undo::buttons(page)}
            </div>
            <div class="settings-grid">{preset(page)}{who}{model}{numbers(page, &[Size, Rounds, Seed])}</div>
            {values::whose(page)}
            <details class="more">
                <summary>{text.more}</summary>
                {more::groups(page)}
            </details>
            {pending::changes_that_wait(page)}
        </section>
    }
    .into_any()
}
