//! The settings: few in sight, the rest behind "More settings".
//!
//! Every change goes to the draft at once, and from there to the engine while it is idle. While a
//! run is on, changes wait for a restart, and [`pending`] says which. [`undo`] takes them back.

pub mod controls;
pub mod drawn;
pub mod fidelity;
pub mod fields;
pub mod happenings;
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
use crate::lab::config::{
    BaseModel, EngineChoice, FeedbackOrder, InitialSetting, ObjectiveKind, ScoreKind,
};
use crate::lab::{Preset, RunConfig};
use controls::{choice, group, numbers, passing, places, switch};
use fields::Field;
use leptos::prelude::*;

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
/// How a model learns, as far as it means anything to the objective that is chosen.
const LESSONS_TYPED: [Field; 16] = [
    Field::Steps,
    Field::QuestionsPerStep,
    Field::Candidates,
    Field::LearningRate,
    Field::Margin,
    Field::Lambda,
    Field::WarmUp,
    Field::Accumulation,
    Field::WeightDecay,
    Field::Clip,
    Field::RatingScale,
    Field::Beta,
    Field::Gamma,
    Field::Undesirable,
    Field::DesirableFrom,
    Field::Patience,
];

const OBJECTIVES: [ObjectiveKind; 15] = ObjectiveKind::ALL;
const SCORES: [ScoreKind; 2] = [ScoreKind::Moral, ScoreKind::MoralAndEngagement];
/// Imitation, self-critic and realignment: mixtures that have a name. The last is where one's own
/// begins.
const LESSONS: [[u8; 3]; 5] = [[1, 0, 0], [5, 1, 1], [0, 1, 0], [0, 0, 1], [2, 1, 1]];
const ENGINES: [EngineChoice; 3] = [EngineChoice::Auto, EngineChoice::Cpu, EngineChoice::WebGpu];

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
            <button type="button" class="quiet" id="see-societies" on:click=act(move |_| page.gallery.set(true))>{text.gallery}</button>
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
    let (read, _) = places!(OBJECTIVES, training.objective);
    let write = |config: &mut RunConfig, place: usize| {
        if let Some(objective) = OBJECTIVES.get(place) {
            config.training.learn_with(*objective);
        }
    };
    let objective = choice(
        page,
        "objective",
        text.objective,
        &text.objective_names,
        &[],
        read,
        write,
    );
    let read = |config: &RunConfig| {
        let data = &config.training.data;
        let parts = [data.imitation, data.self_critic, data.realignment];
        let place = LESSONS.iter().position(|named| *named == parts);
        Some(place.unwrap_or(LESSONS.len() - 1))
    };
    let write = |config: &mut RunConfig, place: usize| {
        if let Some([imitation, self_critic, realignment]) = LESSONS.get(place) {
            let data = &mut config.training.data;
            (data.imitation, data.self_critic) = (*imitation, *self_critic);
            data.realignment = *realignment;
        }
    };
    let lesson = choice(
        page,
        "lessons",
        text.lessons,
        &text.lesson_names,
        &text.lesson_lines,
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
    let mute = switch(
        page,
        "score-only",
        (text.score_only, ""),
        |config| config.society.score_only,
        |config, on| config.society.score_only = on,
    );
    let near_misses = switch(
        page,
        "multiple-choice",
        (text.multiple_choice, ""),
        |config| config.testing.multiple_choice,
        |config, on| config.testing.multiple_choice = on,
    );
    let society = &page.text().society;
    use Field::*;
    let grid = |inside: AnyView| view! { <div class="settings-grid">{inside}</div> }.into_any();
    let mouths = [Temperature, MinP, MemoryDistance];
    let ears = [ObserverNoise, ObserverBias, Questions];
    let data = [Imitation, SelfCritic, Realignment, Kept];
    let tests = [TestPrompts, TestTemperature, TestMinP, Attacks];
    let talk = grid(
        view! { {order}{people::schedule(page)}{numbers(page, &mouths)}{numbers(page, &ears)}{mute}<p class="hint">{super::findings::button(page)}</p> }
            .into_any(),
    );
    let outside = view! { {people::sitting_down(page)}{happenings::planned(page)} }.into_any();
    let learning = grid(
        view! { {lesson}{numbers(page, &data)}{objective}{score}{passing(page, &LESSONS_TYPED)} }
            .into_any(),
    );
    let learning = view! { {stages::list(page)}{learning} }.into_any();
    let testing = grid(view! { {numbers(page, &tests)}{near_misses} }.into_any());
    let machine = grid(engine);
    view! {
        <section class="panel settings" aria-labelledby="settings-title">
            <div class="panel-head">
            <h2 id="settings-title">{text.title}</h2>
            <div class="settings-note" role="status">
                {maybe(move || faulty.get().then(|| view! { <p class="fault">{page.opening().frame.mend}</p> }.into_any()))}
            </div>
            {undo::buttons(page)}
            </div>
            <div class="settings-grid">{preset(page)}{who}{model}{numbers(page, &[Size, Rounds, Seed])}</div>
            {values::whose(page)}
            <details class="more">
                <summary>{text.more}</summary>
                {group("group-people", society.group_people, people::who_lives_here(page))}
                {group("group-network", society.group_network, network::who_hears_whom(page))}
                {group("group-talk", text.group_talk, talk)}
                {group("group-outside", society.group_outside, outside)}
                {group("group-fidelity", page.text().fidelity.title, fidelity::how_exactly(page))}
                {group("group-learning", text.group_learning, learning)}
                {group("group-test", text.group_test, testing)}
                {group("group-machine", text.group_machine, machine)}
            </details>
            {pending::changes_that_wait(page)}
        </section>
    }
    .into_any()
}
