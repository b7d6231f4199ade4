//! The page and its engine: fetched, heard, replaced.

use super::super::director::Focus;
use super::super::memory;
use super::super::session::Trouble;
use super::super::surface::{Errand, run};
use super::{Link, Page};
use crate::lab::{Command, Event, RunConfig};
use leptos::prelude::*;

impl Page {
    /// Fetches the engine and makes it ready for the draft.
    pub fn connect(self) {
        self.link.set(Link::Fetching);
        let session = self.session();
        let draft = self.draft.get_untracked();
        session.open(&draft);
        if self.link.get_untracked() == Link::Fetching {
            session.load(draft);
        }
    }

    pub(super) fn receive(self, events: &[Event]) {
        if self.arriving.with_untracked(Option::is_some) {
            self.arriving.set(None);
        }
        for event in events {
            if matches!(event, Event::Ready { .. }) || matches!(event, Event::Loaded(_)) {
                self.link.set(Link::Ready);
            }
            if let Event::Loaded(config) = event {
                if self.session().is_taken_up() {
                    self.adopt(self.preset.get_untracked(), (**config).clone());
                }
                // A recording goes on while the engine gets ready.
                if self.theatre.recording.with_untracked(Option::is_none) {
                    self.focus.set(Focus::default());
                }
                self.chosen.set(None);
                self.moment.set(None);
                self.then.set(None);
                self.forget_answers();
            }
            if let Event::Progress { stage, done, .. } = event {
                let same = self.pace.with_untracked(|pace| {
                    pace.is_some_and(|(known, _, from)| known == *stage && from <= *done)
                });
                if !same {
                    self.pace.set(Some((*stage, memory::milliseconds(), *done)));
                }
            }
        }
        self.view
            .update(|view| events.iter().for_each(|event| view.apply(event)));
        for listener in self.listeners.get_value() {
            events.iter().for_each(|event| listener.tell(self, event));
        }
    }

    pub(super) fn meet(self, trouble: Trouble) {
        let session = self.session();
        match trouble {
            Trouble::Unreachable => self.link.set(Link::Unreachable),
            Trouble::OtherBuild => self.link.set(Link::OtherBuild),
            Trouble::Broke(why) => {
                self.link.set(Link::Broken(session.has_checkpoint()));
                for listener in self.listeners.get_value() {
                    listener.fail(&why);
                }
                // The next engine is fetched while the visitor reads what happened.
                session.open_again();
                self.bring_again();
            }
        }
    }

    /// After a breakdown: goes on from the newest checkpoint.
    pub fn go_on_from_checkpoint(self) {
        self.link.set(Link::Fetching);
        let record = self.view.with_untracked(|view| view.interactions.clone());
        if !self.session().restore(record) {
            self.start_over();
        }
    }

    /// After a breakdown: begins anew with the same settings.
    pub fn start_over(self) {
        self.link.set(Link::Fetching);
        self.load_draft();
    }

    /// Fetches the engine's other program where the one at hand can't do what is asked of it.
    pub fn fit(self, config: &RunConfig) {
        let session = self.session();
        if !session.suits(config) {
            self.link.set(Link::Fetching);
            session.open(config);
            self.bring_again();
        }
    }

    /// Makes an engine that can do it ready for a configuration; gives the number of the run.
    pub(super) fn hand_over(
        self,
        command: fn(Box<RunConfig>) -> Command,
        config: RunConfig,
    ) -> u32 {
        self.fit(&config);
        self.session().load_by(command, config)
    }

    /// A new worker knows nothing of the file that the one before had read.
    fn bring_again(self) {
        if self.files.brought.with_untracked(Option::is_some) {
            run(self, Errand::BringAgain);
        }
    }
}
