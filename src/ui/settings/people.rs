//! Who lives here: roles, a second model, coming and going; and the visitor's own seat.

use super::controls::{choice, numbers, passing, places};
use super::fields::Field;
use crate::lab::RunConfig;
use crate::lab::config::{BaseModel, QuestionSchedule, Seat, SecondMind};
use crate::ui::live::maybe;
use crate::ui::state::Page;
use leptos::prelude::*;

const SCHEDULES: [QuestionSchedule; 3] = [
    QuestionSchedule::Sequential,
    QuestionSchedule::Random,
    QuestionSchedule::Shared,
];

/// Half of all, where a share begins.
const HALF: f32 = 0.5;

fn second_mind(config: &RunConfig) -> Option<usize> {
    Some(match config.society.second_mind {
        SecondMind::Nobody => 0,
        SecondMind::Share(_) => 1,
        SecondMind::Good => 2,
        SecondMind::Bad => 3,
    })
}

fn set_second_mind(config: &mut RunConfig, place: usize) {
    config.society.second_mind = match place {
        1 => SecondMind::Share(HALF),
        2 => SecondMind::Good,
        3 => SecondMind::Bad,
        _ => SecondMind::Nobody,
    };
}

/// Nobody's seat, one that is waited for, one that is not.
fn seat(config: &RunConfig) -> Option<usize> {
    Some(match config.society.seat {
        None => 0,
        Some(seat) if seat.waits => 1,
        Some(_) => 2,
    })
}

fn set_seat(config: &mut RunConfig, place: usize) {
    let agent = config.society.seat.map_or(0, |seat| seat.agent);
    config.society.seat = (place > 0).then_some(Seat {
        agent,
        waits: place == 1,
    });
}

/// The whole group.
pub fn who_lives_here(page: Page) -> AnyView {
    let text = page.text();
    let society = &text.society;
    let second = choice(
        page,
        "second-mind",
        society.second_mind,
        &society.second_mind_names,
        &[],
        second_mind,
        set_second_mind,
    );
    let there = Memo::new(move |_| page.draft.with(|draft| draft.second().is_some()));
    let model = move || {
        let (read, write) = places!(BaseModel::ALL, second_model);
        choice(
            page,
            "second-model",
            society.second_model,
            &text.settings.model_names,
            &text.settings.model_lines,
            read,
            write,
        )
    };
    use Field::*;
    view! {
        <div class="settings-grid">
            {numbers(page, &[Trolls, Stubborn, FactCheckers, Memories])}
            {second}
            {passing(page, &[SecondShare])}
            {maybe(move || there.get().then(model))}
            {numbers(page, &[Moving, Leaving])}
        </div>
    }
    .into_any()
}

/// Which question is whose.
pub fn schedule(page: Page) -> AnyView {
    let text = &page.text().society;
    let (read, write) = places!(SCHEDULES, society.schedule);
    choice(
        page,
        "schedule",
        text.schedule,
        &text.schedule_names,
        &text.schedule_lines,
        read,
        write,
    )
}

/// The visitor's own seat.
pub fn sitting_down(page: Page) -> AnyView {
    let text = &page.text().society;
    let sits = choice(
        page,
        "seat",
        text.seat,
        &text.seat_names,
        &text.seat_lines,
        seat,
        set_seat,
    );
    view! { <div class="settings-grid">{sits}{passing(page, &[Field::SeatAgent])}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_read_back_what_was_written() {
        let mut config = RunConfig::default();
        for place in [1, 2, 3, 0] {
            set_second_mind(&mut config, place);
            assert_eq!(second_mind(&config), Some(place));
            assert!(config.validate().is_ok());
        }
        set_seat(&mut config, 1);
        assert_eq!(Field::SeatAgent.write(&mut config, "7"), Ok(()));
        for place in [2, 1, 0] {
            set_seat(&mut config, place);
            assert_eq!(seat(&config), Some(place));
            let agent = config.society.seat.map(|seat| seat.agent);
            assert_eq!(agent, (place > 0).then_some(7), "the place is kept");
        }
        let (read, write) = places!(SCHEDULES, society.schedule);
        for place in 0..3 {
            write(&mut config, place);
            assert_eq!(read(&config), Some(place));
        }
    }
}
