//! Any moment of a run, made again from what is known of it: nothing is computed anew.
//!
//! A moment is a position in the record: so many interactions are over. Seats show what everybody
//! had said by then, in the places and roles they had by then.

use super::view::{RunView, Villager};

/// Everybody as they were when so many interactions were over; as they are now for a position at
/// the end of the record or beyond.
pub fn villagers(view: &RunView, position: usize) -> Vec<Villager> {
    let position = position.min(view.interactions.len());
    let mut villagers: Vec<Villager> = view.founders.iter().map(Villager::new).collect();
    for interaction in view.interactions.iter().take(position) {
        if let Some(villager) = villagers.get_mut(usize::from(interaction.agent_id)) {
            villager.show(interaction);
        }
    }
    let by_then = view.changes.iter().rev().find(|(at, _)| *at <= position);
    if let Some((_, agents)) = by_then {
        for (villager, agent) in villagers.iter_mut().zip(agents) {
            villager.agent = agent.clone();
        }
    }
    villagers
}

/// The interaction that had just ended, by its place in the record; none before the first.
pub fn current(view: &RunView, position: usize) -> Option<usize> {
    position.min(view.interactions.len()).checked_sub(1)
}

/// The round, from 0, of the interaction that had just ended; the first round before it.
pub fn round(view: &RunView, position: usize) -> u16 {
    let current = current(view, position).and_then(|at| view.interactions.get(at));
    current.map_or(0, |interaction| interaction.iteration)
}

/// How many of the first rounds were over at a position; at none, how many are over now.
pub fn whole_rounds(view: &RunView, position: Option<usize>) -> u16 {
    let over = view.rounds.last().map_or(0, |round| round.round + 1);
    let next = position.and_then(|position| view.interactions.get(position));
    next.map_or(over, |next| next.iteration.min(over))
}

/// The positions at which each round begins, in order, as far as the record goes.
pub fn rounds(view: &RunView) -> Vec<usize> {
    let rounds = view.interactions.last().map_or(0, |one| one.iteration + 1);
    (0..rounds).map(|round| beginning(view, round)).collect()
}

/// The position at which a round begins. The record is in the order of rounds.
fn beginning(view: &RunView, round: u16) -> usize {
    view.interactions
        .partition_point(|interaction| interaction.iteration < round)
}

/// The position one round before or after: beginnings of rounds, and the end of the record.
pub fn turn_round(view: &RunView, position: usize, forwards: bool) -> usize {
    let end = view.interactions.len();
    let mut stops = rounds(view);
    stops.push(end);
    let found = if forwards {
        stops.into_iter().find(|stop| *stop > position)
    } else {
        stops.into_iter().rev().find(|stop| *stop < position)
    };
    found.unwrap_or(if forwards { end } else { 0 })
}

/// Positions in the record when the run is over, as far as can be foreseen; exact once it is.
pub fn extent(view: &RunView) -> usize {
    let known = view.interactions.len();
    let simulates = view.phase() == super::Phase::Simulating;
    let config = view.config.as_ref().filter(|_| simulates);
    let planned = config.map_or(0, |config| {
        usize::from(config.society.rounds) * usize::from(config.society.agents())
    });
    planned.saturating_sub(view.lost as usize).max(known)
}

/// The run at a glance: its record cut into so many stretches of the same length, each with the mean
/// alignment of its second answers, rounded; none where nothing is known yet.
pub fn stretches(view: &RunView, count: usize) -> Vec<Option<u8>> {
    let extent = extent(view);
    let count = count.min(extent);
    let stretch = |place: usize| {
        let (from, to) = (place * extent / count, (place + 1) * extent / count);
        let known = view.interactions.iter().take(to).skip(from);
        let scores = known.filter_map(|one| one.alignment()[1]);
        let (sum, number) = scores.fold((0u32, 0u32), |(sum, number), score| {
            (sum + u32::from(score), number + 1)
        });
        // A mean of scores from 1 to 7.
        (number > 0).then(|| ((2 * sum + number) / (2 * number)) as u8)
    };
    (0..count).map(stretch).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::view::AgentView;
    use crate::lab::{Event, RunConfig};
    use crate::society::{Happening, Role, What};
    use proptest::prelude::*;

    /// A run of three people as its events tell it: rounds of those who speak, with their scores,
    /// and after each round somebody who changes places or not.
    fn events(rounds: &[(Vec<(u16, i8)>, bool)]) -> Vec<Event> {
        let born: Vec<AgentView> = (0..3).map(|id| AgentView::example(id, id)).collect();
        let mut events = vec![
            Event::Loaded(Box::default()),
            Event::Society {
                agents: born.clone(),
                links: vec![Vec::new(); 3],
            },
            Event::Phase(crate::lab::Phase::Preparing),
            Event::Phase(crate::lab::Phase::Simulating),
        ];
        let mut agents = born;
        for (iteration, (said, changes)) in (0..).zip(rounds) {
            for (agent_id, score) in said {
                let mut one = crate::society::Interaction::example();
                one.agent_id = *agent_id;
                one.iteration = iteration;
                one.gen_moral_score_after = *score;
                events.push(Event::Completed(Box::new(one)));
            }
            if *changes {
                let places: Vec<u16> = agents.iter().map(|agent| agent.place).collect();
                for (agent, place) in agents.iter_mut().zip([places[1], places[2], places[0]]) {
                    agent.place = place;
                    agent.role = Role::Troll;
                }
                events.push(Event::Changed(agents.clone()));
            }
        }
        events
    }

    fn rounds() -> impl Strategy<Value = Vec<(Vec<(u16, i8)>, bool)>> {
        let said = proptest::collection::vec((0u16..3, -1i8..8), 0..5);
        proptest::collection::vec((said, any::<bool>()), 0..5)
    }

    proptest! {
        /// Every moment is what the page showed then, in whatever order moments are looked at.
        #[test]
        fn every_moment_is_what_was_seen_then(rounds in rounds()) {
            let events = events(&rounds);
            let (mut view, mut seen) = (RunView::default(), Vec::new());
            for event in &events {
                view.apply(event);
                let moment = (view.interactions.len(), view.villagers.clone());
                // Of several events at one position, the last one counts.
                seen.retain(|(at, _)| *at != moment.0);
                seen.push(moment);
            }
            let end = view.interactions.len();
            prop_assert_eq!(villagers(&view, end), view.villagers.clone());
            prop_assert_eq!(villagers(&view, end + 9), view.villagers.clone());
            let backwards = seen.iter().rev();
            for (at, then) in seen.iter().chain(backwards) {
                prop_assert_eq!(&villagers(&view, *at), then, "position {}", at);
            }
        }

        /// Rounds forwards and rounds backwards meet the same stops.
        #[test]
        fn rounds_are_the_same_stops_both_ways(rounds in rounds()) {
            let mut view = RunView::default();
            events(&rounds).iter().for_each(|event| view.apply(event));
            let walk = |from: usize, forwards: bool| {
                let mut stops = vec![from];
                while let Some(last) = stops.last().copied() {
                    let next = turn_round(&view, last, forwards);
                    if next == last {
                        break;
                    }
                    stops.push(next);
                }
                stops
            };
            let there = walk(0, true);
            let mut back = walk(view.interactions.len(), false);
            back.reverse();
            prop_assert_eq!(&there, &back);
            prop_assert_eq!(there.last().copied(), Some(view.interactions.len()));
        }
    }

    #[test]
    fn a_run_at_a_glance() {
        let said = vec![(0, 1), (1, 2), (2, -1), (0, 7)];
        let mut view = RunView::default();
        for event in &events(&[(said, false)]) {
            view.apply(event);
        }
        // Under way, three rounds of 36 are foreseen; the first of four stretches holds what is known.
        assert_eq!(extent(&view), 108);
        assert_eq!(stretches(&view, 4), [Some(3), None, None, None]);
        view.apply(&Event::Phase(crate::lab::Phase::Done));
        assert_eq!(extent(&view), 4);
        assert_eq!(stretches(&view, 4), [Some(1), Some(2), None, Some(7)]);
        assert_eq!(stretches(&view, 2), [Some(2), Some(7)]);
        assert_eq!(stretches(&RunView::default(), 8), []);
    }

    #[test]
    fn only_whole_rounds_are_over() {
        let mut view = RunView::default();
        assert_eq!(whole_rounds(&view, None), 0);
        let said = || (vec![(0, 4), (1, 5), (2, 6)], false);
        for event in &events(&[said(), said(), said()]) {
            view.apply(event);
        }
        // The third round is still on.
        for round in 0..2 {
            let played = view
                .interactions
                .iter()
                .filter(|one| one.iteration == round);
            let played: Vec<crate::society::Interaction> = played.cloned().collect();
            let statistics = crate::society::RoundStatistics::of(round, &played);
            view.apply(&Event::Round(statistics.expect("somebody spoke")));
        }
        let at = [Some(0), Some(2), Some(3), Some(5), Some(6), Some(8), None];
        let over = at.map(|position| whole_rounds(&view, position));
        assert_eq!(over, [0, 0, 1, 1, 2, 2, 2]);
    }

    #[test]
    fn what_was_done_to_a_run_is_in_its_settings_and_not_in_those_it_began_with() {
        let mut config = RunConfig::default();
        config.society.seat = Some(crate::society::Seat {
            agent: 3,
            waits: true,
        });
        let mut view = RunView::default();
        view.apply(&Event::Loaded(Box::new(config.clone())));
        let what = What::Silence {
            agent: 1,
            rounds: 2,
        };
        let happening = Happening { round: 2, what };
        view.apply(&Event::Announced(happening.clone()));
        view.apply(&Event::StoodUp);
        let in_force = view.config.clone().map(|config| config.society);
        let in_force = in_force.expect("loaded");
        assert_eq!(in_force.happenings, [happening]);
        assert_eq!(in_force.seat, None);
        assert_eq!(view.begun_with(), Some(config));
    }
}
