//! Decides what is on stage: a pure function of the run, so that every page shows the same play.
//!
//! The engine answers in waves, far faster than anybody reads. The director shows one interaction
//! at a time, lets each stay a moment, follows it from draft to revision, and skips ahead rather
//! than fall behind. A visitor who turns to an interaction holds it there.

use crate::lab::RunView;

/// Milliseconds an interaction stays before the next may take its place.
const STAY: f64 = 2600.0;
/// How many finished interactions may wait to be shown; older ones are skipped.
const QUEUE: usize = 3;

/// An interaction, finished or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Somebody has answered and waits for the neighbours.
    Draft(u16),
    /// By its place in the record.
    Done(usize),
}

/// What is on stage.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Focus {
    /// The interaction.
    pub item: Option<Item>,
    /// The visitor turned to it: the director keeps his hands off.
    pub held: bool,
    /// Interactions of the record that were shown or skipped.
    pub shown: usize,
    /// When the spotlight turned to it, in milliseconds.
    pub since: f64,
}

impl Focus {
    /// Turns to an interaction of the record and holds it.
    pub fn hold(self, index: usize, now: f64) -> Self {
        Self {
            item: Some(Item::Done(index)),
            held: true,
            since: now,
            ..self
        }
    }
}

/// What is on stage now.
pub fn direct(view: &RunView, focus: Focus, now: f64) -> Focus {
    let count = view.interactions.len();
    if focus.held {
        return focus;
    }
    // The scene on stage goes on: its draft has become an interaction.
    if let Some(Item::Draft(agent)) = focus.item {
        let fresh = view.interactions.iter().enumerate().skip(focus.shown);
        let ended = fresh
            .rev()
            .find(|(_, one)| one.agent_id == agent)
            .map(|(index, _)| index);
        if let Some(index) = ended {
            return Focus {
                item: Some(Item::Done(index)),
                since: now,
                ..focus
            };
        }
    }
    if focus.item.is_some() && now - focus.since < STAY {
        return focus;
    }
    if count > focus.shown {
        let index = focus.shown.max(count.saturating_sub(QUEUE));
        let shown = index + 1;
        if focus.item == Some(Item::Done(index)) {
            return Focus { shown, ..focus };
        }
        return Focus {
            item: Some(Item::Done(index)),
            shown,
            since: now,
            ..focus
        };
    }
    if view.paused {
        return focus;
    }
    let place = match focus.item {
        Some(Item::Draft(agent)) => view
            .stage
            .iter()
            .position(|scene| scene.agent == agent)
            .map_or(0, |at| at + 1),
        _ => 0,
    };
    match view.stage.get(place).or(view.stage.first()) {
        Some(scene) if focus.item != Some(Item::Draft(scene.agent)) => Focus {
            item: Some(Item::Draft(scene.agent)),
            since: now,
            ..focus
        },
        _ => focus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Event;

    fn drafted(view: &mut RunView, agent: u16) {
        view.apply(&Event::Drafted {
            agent,
            question: "why ?".into(),
            draft: "so .".into(),
        });
    }

    #[test]
    fn drafts_take_turns_and_a_held_scene_stays() {
        let mut view = RunView::default();
        assert_eq!(direct(&view, Focus::default(), 0.0), Focus::default());
        drafted(&mut view, 4);
        drafted(&mut view, 7);
        let first = direct(&view, Focus::default(), 10.0);
        assert_eq!((first.item, first.since), (Some(Item::Draft(4)), 10.0));
        assert_eq!(direct(&view, first, 11.0), first, "it may stay");
        let second = direct(&view, first, 10.0 + STAY);
        assert_eq!(second.item, Some(Item::Draft(7)));
        assert_eq!(
            direct(&view, second, 20.0 + 2.0 * STAY).item,
            Some(Item::Draft(4))
        );
        let held = second.hold(3, 0.0);
        assert_eq!(direct(&view, held, 1e9), held);
    }
}
