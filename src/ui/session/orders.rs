//! What the engine is told to do with a run: make one ready, begin it, halt it, leave it.

use super::Session;
use crate::lab::RunConfig;
use crate::lab::message::{Command, Event};

impl Session {
    /// Begins a new run: what an older one still says is not passed on.
    pub(super) fn begin_run(&self) -> u32 {
        let mut state = self.state.borrow_mut();
        state.run += 1;
        state
            .heard
            .retain(|event| matches!(event, Event::Ready { .. }));
        state.kept = None;
        state.taking_up = None;
        state.told_to_begin = false;
        state.deeds.clear();
        state.run
    }

    /// Makes the engine ready for a configuration; gives the number of the run.
    pub fn load(&self, config: RunConfig) -> u32 {
        self.load_by(Command::Load, config)
    }

    /// The same by another command, one that takes over what the run before has in common with it.
    pub fn load_by(&self, command: fn(Box<RunConfig>) -> Command, config: RunConfig) -> u32 {
        let run = self.begin_run();
        self.state.borrow_mut().loaded = Some(config.clone());
        self.send(command(Box::new(config)));
        run
    }

    /// Back to idle.
    pub fn reset(&self) -> u32 {
        let run = self.begin_run();
        self.send(Command::Reset);
        run
    }

    /// What the engine still says of its run is not listened to.
    pub(in crate::ui) fn leave_run(&self) {
        self.begin_run();
    }

    /// What the engine was last told to load.
    pub fn loaded(&self) -> Option<RunConfig> {
        self.state.borrow().loaded.clone()
    }

    /// Whether it was told to begin what it loaded, and its answer is still on its way: it may be
    /// fetching a model. Whoever loads something else then takes that back.
    pub fn is_told_to_begin(&self) -> bool {
        self.state.borrow().told_to_begin
    }

    /// Begins or goes on.
    pub fn start(&self) {
        self.state.borrow_mut().told_to_begin = true;
        self.send(Command::Start);
    }

    /// Stops after the slice on hand.
    pub fn pause(&self) {
        self.send(Command::Pause);
    }

    /// Ends the run where it stands and keeps what there is.
    pub fn cancel(&self) {
        self.send(Command::Cancel);
    }

    /// Computes one slice.
    pub fn step(&self) {
        self.state.borrow_mut().told_to_begin = true;
        self.send(Command::Step);
    }
}
