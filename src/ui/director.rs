//! Decides what is on stage: a pure function of the run, so that every page shows the same play.
//!
//! The engine answers in waves, far faster than anybody reads. The director shows one interaction
//! at a time, lets each be played to its end, follows it from draft to revision, and skips ahead
//! rather than fall behind. A visitor who turns to an interaction holds it there.

use crate::lab::RunView;

/// Milliseconds a scene stays once it was played.
const LINGER: f64 = 300.0;
/// Milliseconds a scene is waited for that is not over yet.
const WAIT: f64 = 2600.0;
/// Milliseconds between the last scene of a recording and the first one.
const INTERVAL: f64 = 2500.0;
/// How many finished interactions may wait to be shown; older ones are skipped.
const QUEUE: usize = 3;

/// An interaction, finished or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Somebody has answered and waits for the neighbours.
    Draft(u16),
    /// By its place in the record.
    Done(usize),
    /// By its place in what is played before the first run.
    Recorded(usize),
}

/// What is on stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Focus {
    /// The interaction.
    pub item: Option<Item>,
    /// The visitor turned to it: the director keeps his hands off.
    pub held: bool,
    /// Interactions of the record that were shown or skipped.
    pub shown: usize,
}

impl Focus {
    /// Turns to an interaction of the record and holds it.
    pub fn hold(self, index: usize) -> Self {
        Self {
            item: Some(Item::Done(index)),
            held: true,
            ..self
        }
    }

    fn on(self, item: Item) -> Self {
        Self {
            item: Some(item),
            ..self
        }
    }
}

/// What of a recording is on stage: one scene after the other, and then from the first again.
/// `rested`: milliseconds since the scene on stage was played to its end; none before that.
pub fn parade(focus: Focus, count: usize, rested: Option<f64>) -> Focus {
    match focus.item {
        Some(Item::Recorded(index)) => {
            let last = index + 1 >= count;
            let stays = if last { INTERVAL } else { LINGER };
            let next = if last { 0 } else { index + 1 };
            let over = rested.is_some_and(|rested| rested >= stays);
            if over {
                focus.on(Item::Recorded(next))
            } else {
                focus
            }
        }
        _ => focus.on(Item::Recorded(0)),
    }
}

/// What is on stage now. `rested`: milliseconds since all that is known of the scene on stage was
/// played; none before that.
pub fn direct(view: &RunView, focus: Focus, rested: Option<f64>) -> Focus {
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
                shown: index + 1,
                ..focus.on(Item::Done(index))
            };
        }
    }
    let stays = match focus.item {
        Some(Item::Draft(_)) => WAIT,
        _ => LINGER,
    };
    if focus.item.is_some() && rested.is_none_or(|rested| rested < stays) {
        return focus;
    }
    if count > focus.shown {
        let index = focus.shown.max(count.saturating_sub(QUEUE));
        return Focus {
            shown: index + 1,
            ..focus.on(Item::Done(index))
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
        Some(scene) => focus.on(Item::Draft(scene.agent)),
        None => focus,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Event;
    use crate::lab::view::Interaction;

    fn drafted(view: &mut RunView, agent: u16) {
        view.apply(&Event::Drafted {
            agent,
            question: "why ?".into(),
            draft: "so .".into(),
        });
    }

    fn completed(view: &mut RunView, agent_id: u16) {
        view.apply(&Event::Completed(Box::new(Interaction {
            agent_id,
            ..Interaction::example()
        })));
    }

    #[test]
    fn drafts_take_turns_and_a_held_scene_stays() {
        let mut view = RunView::default();
        assert_eq!(direct(&view, Focus::default(), None), Focus::default());
        drafted(&mut view, 4);
        drafted(&mut view, 7);
        let first = direct(&view, Focus::default(), None);
        assert_eq!(first.item, Some(Item::Draft(4)));
        assert_eq!(direct(&view, first, None), first, "it is being played");
        assert_eq!(
            direct(&view, first, Some(WAIT - 1.0)),
            first,
            "it is waited for"
        );
        let second = direct(&view, first, Some(WAIT));
        assert_eq!(second.item, Some(Item::Draft(7)));
        assert_eq!(direct(&view, second, Some(WAIT)).item, Some(Item::Draft(4)));
        let held = second.hold(3);
        assert_eq!(direct(&view, held, Some(1e9)), held);
    }

    #[test]
    fn a_scene_is_followed_to_its_end_and_then_the_newest_are_shown() {
        let mut view = RunView::default();
        drafted(&mut view, 4);
        let draft = direct(&view, Focus::default(), None);
        for agent in [1, 2, 4, 5, 6, 7, 8] {
            completed(&mut view, agent);
        }
        let done = direct(&view, draft, None);
        assert_eq!(
            done.item,
            Some(Item::Done(2)),
            "the same scene, not over yet"
        );
        assert_eq!(direct(&view, done, None), done);
        let items = |mut focus: Focus| {
            [(); 4].map(|()| {
                focus = direct(&view, focus, Some(LINGER));
                focus.item
            })
        };
        let newest = [4, 5, 6, 6].map(|index| Some(Item::Done(index)));
        assert_eq!(
            items(done),
            newest,
            "older ones are skipped, and the last one stays"
        );
    }

    #[test]
    fn a_recording_goes_round() {
        let begin = parade(Focus::default(), 2, Some(f64::INFINITY));
        assert_eq!(begin.item, Some(Item::Recorded(0)));
        assert_eq!(parade(begin, 2, None), begin);
        let second = parade(begin, 2, Some(LINGER));
        assert_eq!(second.item, Some(Item::Recorded(1)));
        assert_eq!(
            parade(second, 2, Some(LINGER)),
            second,
            "the last one stays longer"
        );
        assert_eq!(
            parade(second, 2, Some(INTERVAL)).item,
            Some(Item::Recorded(0))
        );
    }
}
