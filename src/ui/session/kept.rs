//! What a run can be taken up from again: after a breakdown, after a reload, or from a file.

use super::Session;
use crate::lab::message::Utterance;
use crate::lab::message::{Command, Event};
use crate::lab::saved::Saved;
use crate::lab::view::Interaction;
use std::rc::Rc;

/// The newest checkpoint, and what was said since.
#[derive(Clone)]
pub struct Kept {
    /// The checkpoint's bytes.
    pub state: Rc<Vec<u8>>,
    /// What was said since.
    pub said: Vec<Utterance>,
}

/// Takes over what an event brings of it; who hears the event after that hears only that there is
/// something.
pub(super) fn take(kept: &mut Option<Kept>, event: &mut Event) {
    match event {
        Event::Checkpoint(bytes) => {
            let state = Rc::new(std::mem::take(bytes));
            let said = Vec::new();
            *kept = Some(Kept { state, said });
        }
        Event::Said(said) => {
            if let Some(kept) = kept {
                kept.said.append(said);
            }
        }
        _ => {}
    }
}

/// How a run is taken up again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TakingUp {
    /// It stands where it stood.
    Paused,
    /// It goes on at once.
    GoingOn,
}

impl Session {
    /// What the run can be taken up from.
    pub fn kept(&self) -> Option<Kept> {
        self.state.borrow().kept.clone()
    }

    /// Whether there is something to go on from.
    pub fn has_checkpoint(&self) -> bool {
        self.state.borrow().kept.is_some()
    }

    /// After a breakdown: takes the run up again; false if there is nothing to do it from.
    pub fn restore(&self, record: Vec<Interaction>) -> bool {
        let Some(kept) = self.kept() else {
            return false;
        };
        self.take_up(kept, record);
        true
    }

    /// Takes up a run that was kept elsewhere. Its settings come with [`Event::Loaded`]; what they ask of
    /// the engine is to be [suited](Session::suits) before.
    pub fn open_saved(&self, saved: Saved, how: TakingUp) {
        let kept = Kept {
            state: Rc::new(saved.state.0),
            said: saved.said,
        };
        self.take_up(kept, saved.record);
        let mut state = self.state.borrow_mut();
        state.taking_up = Some(how);
        // Until it answers, no settings are sent to it.
        state.told_to_begin = true;
    }

    fn take_up(&self, kept: Kept, record: Vec<Interaction>) {
        self.begin_run();
        self.send(Command::Restore {
            state: kept.state.to_vec(),
            record,
            said: kept.said,
        });
        // What was said since is told again.
        let said = Vec::new();
        self.state.borrow_mut().kept = Some(Kept { said, ..kept });
    }

    /// Whether the run on stage was kept elsewhere.
    pub fn is_taken_up(&self) -> bool {
        self.state.borrow().taking_up.is_some()
    }

    /// Once it stands where it stood, it goes on if it shall.
    pub(super) fn notice_taken_up(&self, event: &Event) {
        let how = self.state.borrow().taking_up;
        match (how, event) {
            (Some(_), Event::Loaded(config)) => {
                self.state.borrow_mut().loaded = Some((**config).clone());
            }
            (Some(TakingUp::GoingOn), Event::Paused(true)) => {
                self.state.borrow_mut().taking_up = Some(TakingUp::Paused);
                self.start();
            }
            _ => {}
        }
    }
}
