//! What is behind "More settings": eight groups, closed at first, each built in a turn of its own.

use super::super::turns::in_turns;
use super::controls::{choice, group, numbers, passing, places, switch};
use super::fields::Field;
use super::{fidelity, happenings, network, people, stages};
use crate::lab::RunConfig;
use crate::lab::config::{EngineChoice, FeedbackOrder, ObjectiveKind, ScoreKind};
use crate::ui::state::Page;
use leptos::prelude::*;

pub(super) const ORDERS: [FeedbackOrder; 4] = [
    FeedbackOrder::HarshestLast,
    FeedbackOrder::MedianLast,
    FeedbackOrder::RatingWeighted,
    FeedbackOrder::Random,
];
/// How a model learns, as far as it means anything to the objective that is chosen.
pub(super) const LESSONS_TYPED: [Field; 16] = [
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

pub(super) const OBJECTIVES: [ObjectiveKind; 15] = ObjectiveKind::ALL;
pub(super) const SCORES: [ScoreKind; 2] = [ScoreKind::Moral, ScoreKind::MoralAndEngagement];
/// Imitation, self-critic and realignment: mixtures that have a name. The last is where one's own
/// begins.
pub(super) const LESSONS: [[u8; 3]; 5] = [[1, 0, 0], [5, 1, 1], [0, 1, 0], [0, 0, 1], [2, 1, 1]];
pub(super) const ENGINES: [EngineChoice; 3] =
    [EngineChoice::Auto, EngineChoice::Cpu, EngineChoice::WebGpu];

/// The groups.
pub fn groups(page: Page) -> AnyView {
    in_turns(
        0,
        [
            Box::new(move || {
                named(page, "group-people", |page| {
                    (
                        page.text().society.group_people,
                        people::who_lives_here(page),
                    )
                })
            }),
            Box::new(move || {
                named(page, "group-network", |page| {
                    (
                        page.text().society.group_network,
                        network::who_hears_whom(page),
                    )
                })
            }),
            Box::new(move || {
                named(page, "group-talk", |page| {
                    (page.text().settings.group_talk, talk(page))
                })
            }),
            Box::new(move || {
                named(page, "group-outside", |page| {
                    (page.text().society.group_outside, outside(page))
                })
            }),
            Box::new(move || {
                named(page, "group-fidelity", |page| {
                    (page.text().fidelity.title, fidelity::how_exactly(page))
                })
            }),
            Box::new(move || {
                named(page, "group-learning", |page| {
                    (page.text().settings.group_learning, learning(page))
                })
            }),
            Box::new(move || {
                named(page, "group-test", |page| {
                    (page.text().settings.group_test, testing(page))
                })
            }),
            Box::new(move || {
                named(page, "group-machine", |page| {
                    (page.text().settings.group_machine, machine(page))
                })
            }),
        ],
    )
}

fn named(page: Page, id: &'static str, of: fn(Page) -> (&'static str, AnyView)) -> AnyView {
    let (title, inside) = of(page);
    group(id, title, inside)
}

fn grid(inside: AnyView) -> AnyView {
    view! { <div class="settings-grid">{inside}</div> }.into_any()
}

fn talk(page: Page) -> AnyView {
    use Field::{MemoryDistance, MinP, ObserverBias, ObserverNoise, Questions, Temperature};
    let text = &page.text().settings;
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
    let mute = switch(
        page,
        "score-only",
        (text.score_only, ""),
        |config| config.society.score_only,
        |config, on| config.society.score_only = on,
    );
    let mouths = [Temperature, MinP, MemoryDistance];
    let ears = [ObserverNoise, ObserverBias, Questions];
    grid(
        view! { {order}{people::schedule(page)}{numbers(page, &mouths)}{numbers(page, &ears)}{mute}<p class="hint">{crate::ui::findings::button(page)}</p> }
            .into_any(),
    )
}

fn outside(page: Page) -> AnyView {
    view! { {people::sitting_down(page)}{happenings::planned(page)} }.into_any()
}

fn learning(page: Page) -> AnyView {
    use Field::{Imitation, Kept, Realignment, SelfCritic};
    let text = &page.text().settings;
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
    let data = [Imitation, SelfCritic, Realignment, Kept];
    let learning = grid(
        view! { {lesson}{numbers(page, &data)}{objective}{score}{passing(page, &LESSONS_TYPED)} }
            .into_any(),
    );
    view! { {stages::list(page)}{learning} }.into_any()
}

fn testing(page: Page) -> AnyView {
    use Field::{Attacks, TestMinP, TestPrompts, TestTemperature};
    let text = &page.text().settings;
    let near_misses = switch(
        page,
        "multiple-choice",
        (text.multiple_choice, ""),
        |config| config.testing.multiple_choice,
        |config, on| config.testing.multiple_choice = on,
    );
    let tests = [TestPrompts, TestTemperature, TestMinP, Attacks];
    grid(view! { {numbers(page, &tests)}{near_misses} }.into_any())
}

fn machine(page: Page) -> AnyView {
    let text = &page.text().settings;
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
    grid(engine)
}
