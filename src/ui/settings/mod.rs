//! The settings: few in sight, the rest behind "More settings".
//!
//! Every change goes to the draft at once, and from there to the engine while it is idle. While a
//! run is on, changes wait for Reset, and the panel says so.

pub mod fields;
pub mod values;

use super::live::{act, flag, maybe, value, words};
use super::state::{Page, Typed};
use crate::lab::config::{
    BaseModel, EngineChoice, FeedbackOrder, InitialSetting, ObjectiveKind, ScoreKind,
};
use crate::lab::{Phase, Preset, RunConfig};
use fields::{Field, Range};
use leptos::prelude::*;
use std::time::Duration;

/// Milliseconds without another change before the engine is told.
const CALM: Duration = Duration::from_millis(400);

/// A field for a number.
fn number(page: Page, field: Field) -> AnyView {
    let text = &page.text().settings;
    let (name, hint) = text.fields[field.index()];
    let range = field.range();
    // The decimal keys of a phone have no minus.
    let keys = match range {
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
        typed.unwrap_or_else(|| page.draft.with(|draft| field.read(draft)))
    });
    let fault = Memo::new(move |_| {
        page.typed
            .with(|typed| typed.get(&field).is_some_and(|typed| !typed.valid))
    });
    let typing = move |event| {
        let typed = event_target_value(&event);
        page.pass_opened();
        let mut config = page.draft.get_untracked();
        let valid = field.write(&mut config, &typed);
        page.typed.update(|all| {
            all.insert(field, Typed { text: typed, valid });
        });
        if valid {
            page.draft.set(config);
        }
    };
    let left = move |_| {
        page.typed.update(|all| {
            if all.get(&field).is_some_and(|typed| typed.valid) {
                all.remove(&field);
            }
        });
    };
    let sentence = move || {
        let words = if range.whole {
            text.whole
        } else {
            text.decimal
        };
        fault.get().then(|| words(range.low, range.high))
    };
    view! {
        <div class="setting">
            <label for=id.clone()>{name}</label>
            <input id=id type="text" inputmode=keys autocomplete="off"
                prop:value=value(move || shown.get()) aria-invalid=value(move || fault.get().to_string())
                aria-describedby=format!("{hint_id} {fault_id}") on:input=act(typing) on:blur=act(left) />
            <p class="hint" id=hint_id>{hint}</p>
            <p class="fault" id=fault_id>{words(sentence)}</p>
        </div>
    }
    .into_any()
}

/// A field for one of a few things, by their places in a list. Where `lines` has a sentence for
/// each, the one about what is chosen stands below it.
fn choice(
    page: Page,
    id: &'static str,
    (name, hint): (&'static str, &'static str),
    options: &'static [&'static str],
    lines: &'static [&'static str],
    read: fn(&RunConfig) -> Option<usize>,
    write: fn(&mut RunConfig, usize),
) -> AnyView {
    let option = move |(place, words): (usize, &&'static str)| {
        let chosen = flag(move || page.draft.with(read) == Some(place));
        view! { <option value=place.to_string() selected=chosen>{*words}</option> }
    };
    let change = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            page.pass_opened();
            page.draft.update(|draft| write(draft, place));
        }
    };
    let line = move || {
        let chosen = page.draft.with(read);
        *chosen.and_then(|place| lines.get(place)).unwrap_or(&hint)
    };
    view! {
        <div class="setting">
            <label for=id>{name}</label>
            <select id=id aria-describedby=format!("{id}-hint") on:change=act(change)>{options.iter().enumerate().map(option).collect_view()}</select>
            <p class="hint" id=format!("{id}-hint")>{words(line)}</p>
        </div>
    }
    .into_any()
}

/// Reading and writing a setting by its place in a list.
macro_rules! places {
    ($all:expr, $($path:ident).+) => {
        (
            |config: &RunConfig| $all.iter().position(|one| *one == config.$($path).+),
            |config: &mut RunConfig, place: usize| {
                if let Some(one) = $all.get(place) {
                    config.$($path).+ = *one;
                }
            },
        )
    };
}

const WHO: [InitialSetting; 4] = [
    InitialSetting::AllGood,
    InitialSetting::AllBad,
    InitialSetting::HalfHalf,
    InitialSetting::MixedHalfHalf,
];
const ORDERS: [FeedbackOrder; 4] = [
    FeedbackOrder::HarshestLast,
    FeedbackOrder::MedianLast,
    FeedbackOrder::RatingWeighted,
    FeedbackOrder::Random,
];
const OBJECTIVES: [ObjectiveKind; 3] = [
    ObjectiveKind::SaCpoAnchored,
    ObjectiveKind::SaCpo,
    ObjectiveKind::SupervisedBest,
];
const SCORES: [ScoreKind; 2] = [ScoreKind::Moral, ScoreKind::MoralAndEngagement];
const ENGINES: [EngineChoice; 3] = [EngineChoice::Auto, EngineChoice::Cpu, EngineChoice::WebGpu];

/// A switch.
fn switch(
    page: Page,
    id: &'static str,
    name: &'static str,
    read: fn(&RunConfig) -> bool,
    write: fn(&mut RunConfig, bool),
) -> AnyView {
    let change = move |event| {
        let on = event_target_checked(&event);
        page.pass_opened();
        page.draft.update(|draft| write(draft, on));
    };
    view! {
        <div class="setting switch">
            <label for=id><input id=id type="checkbox" prop:checked=flag(move || page.draft.with(read)) on:change=act(change) /><span>{name}</span></label>
        </div>
    }
    .into_any()
}

fn preset(page: Page) -> AnyView {
    let text = &page.text().settings;
    let option = |(preset, words): (Preset, &'static str)| {
        view! { <option value=preset.name() selected=flag(move || page.preset.get() == preset)>{words}</option> }
    };
    let change = move |event| {
        if let Some(preset) = Preset::from_name(&event_target_value(&event)) {
            let mut config = preset.config();
            // The machine stays the visitor's choice.
            config.engine = page.draft.with_untracked(|draft| draft.engine);
            page.adopt(preset, config);
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
        </div>
    }
    .into_any()
}

/// Tells an idle engine about changes, once the visitor pauses.
fn keep_engine_informed(page: Page) {
    let turn = StoredValue::new(0u32);
    Effect::new(move || {
        page.draft.track();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        set_timeout(
            move || {
                if turn.try_get_value() == Some(mine) {
                    page.sync();
                }
            },
            CALM,
        );
    });
}

#[component]
pub fn Settings() -> impl IntoView {
    let page = Page::here();
    let text = &page.text().settings;
    keep_engine_informed(page);
    let waiting =
        Memo::new(move |_| page.is_changed() && page.view.with(|view| view.phase() != Phase::Idle));
    let faulty = Memo::new(move |_| {
        page.typed
            .with(|typed| typed.values().any(|typed| !typed.valid))
    });
    let numbers = move |fields: &[Field]| {
        fields
            .iter()
            .map(|field| number(page, *field))
            .collect_view()
    };
    let (read, write) = places!(WHO, society.setting);
    let who = choice(page, "who", text.who, &text.who_names, &[], read, write);
    let (read, write) = places!(BaseModel::ALL, model);
    let model = choice(
        page,
        "model",
        text.model,
        &text.model_names,
        &text.model_lines,
        read,
        write,
    );
    let (read, write) = places!(ORDERS, society.feedback_order);
    let order = choice(
        page,
        "order",
        text.order,
        &text.order_names,
        &[],
        read,
        write,
    );
    let (read, write) = places!(OBJECTIVES, training.objective);
    let objective = choice(
        page,
        "objective",
        text.objective,
        &text.objective_names,
        &[],
        read,
        write,
    );
    let (read, write) = places!(SCORES, training.score);
    let score = choice(
        page,
        "score",
        text.score,
        &text.score_names,
        &[],
        read,
        write,
    );
    let (read, write) = places!(ENGINES, engine);
    let engine = choice(
        page,
        "engine",
        text.engine,
        &text.engine_names,
        &[],
        read,
        write,
    );
    let local = switch(
        page,
        "local",
        text.local,
        |config| config.society.local,
        |config, on| config.society.local = on,
    );
    let global = switch(
        page,
        "global",
        text.global,
        |config| config.society.global,
        |config, on| config.society.global = on,
    );
    let mute = switch(
        page,
        "score-only",
        text.score_only,
        |config| config.society.score_only,
        |config, on| config.society.score_only = on,
    );
    let near_misses = switch(
        page,
        "multiple-choice",
        text.multiple_choice,
        |config| config.testing.multiple_choice,
        |config, on| config.testing.multiple_choice = on,
    );
    use Field::*;
    view! {
        <section class="panel settings" aria-labelledby="settings-title">
            <div class="panel-head">
            <h2 id="settings-title">{text.title}</h2>
            <div class="settings-note" role="status">
                {maybe(move || waiting.get().then(|| view! {
                    <p>{text.after_reset}" "<button type="button" class="quiet" on:click=act(move |_| { page.reset(); })>{text.reset_now}</button></p>
                }.into_any()))}
                {maybe(move || faulty.get().then(|| view! { <p class="fault">{text.mend}</p> }.into_any()))}
            </div>
            </div>
            <div class="settings-grid">{preset(page)}{who}{model}{numbers(&[Size, Rounds, Seed])}</div>
            {values::whose(page)}
            <details class="more">
                <summary>{text.more}</summary>
                <h3>{text.group_talk}</h3>
                <div class="settings-grid">
                    {order}{numbers(&[Peers, Temperature, Memories, MemoryDistance, Dropout, ObserverNoise, ObserverBias, Questions])}{local}{global}{mute}
                </div>
                <h3>{text.group_learning}</h3>
                <div class="settings-grid">
                    {objective}{score}{numbers(&[Steps, QuestionsPerStep, Candidates, LearningRate, Margin, Lambda, WarmUp, Accumulation, WeightDecay, Clip, RatingScale])}
                </div>
                <h3>{text.group_test}</h3>
                <div class="settings-grid">{numbers(&[TestPrompts, TestTemperature])}{near_misses}</div>
                <h3>{text.group_machine}</h3>
                <div class="settings-grid">{engine}</div>
            </details>
        </section>
    }
    .into_any()
}
