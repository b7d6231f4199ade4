//! Learning again from the same record: a run whose society is the one before it takes that society
//! over instead of playing it once more, and what the base model said in the tests with it. Both are
//! functions of the settings, so nothing comes out differently; it only comes sooner.

use super::{Engine, Society};
use crate::evaluation::{Evaluation, EvaluationConfig, Finding};
use crate::lab::config::{BaseModel, RunConfig};
use crate::lab::error::LabError;
use crate::lab::message::Event;
use crate::lab::phase::Phase;
use crate::society::{RoundStatistics, SocietyConfig};
use crate::world::Values;

/// A society that was played to its end, with everything that decided it.
pub(super) struct Played {
    decided_by: (u64, BaseModel, BaseModel, SocietyConfig),
    society: Society,
    rounds: Vec<RoundStatistics>,
    past: Vec<(u32, Event)>,
}

/// What the base model said in the tests, with everything that decided it.
pub(super) struct BaseTests {
    decided_by: (u64, BaseModel, EvaluationConfig, Values),
    pub(super) evaluation: Evaluation,
    pub(super) found: Vec<Finding>,
}

fn decides_society(config: &RunConfig) -> (u64, BaseModel, BaseModel, SocietyConfig) {
    let society = config.society.clone();
    (config.seed, config.model, config.second_model, society)
}

fn decides_tests(config: &RunConfig) -> (u64, BaseModel, EvaluationConfig, Values) {
    let testing = config.testing.clone();
    (config.seed, config.model, testing, config.society.values)
}

impl BaseTests {
    pub(super) fn new(config: &RunConfig, evaluation: Evaluation, found: Vec<Finding>) -> Self {
        let decided_by = decides_tests(config);
        Self {
            decided_by,
            evaluation,
            found,
        }
    }

    pub(super) fn fits(&self, config: &RunConfig) -> bool {
        self.decided_by == decides_tests(config)
    }
}

impl Engine {
    /// As [`Engine::begin`], but what the run before it has in common with the new one is not
    /// computed again.
    ///
    /// # Errors
    /// [`LabError::Setting`] when the configuration is out of range.
    pub fn begin_over(&mut self, config: RunConfig) -> Result<(), LabError> {
        // Checked first, so that a refusal loses nothing.
        config.validate()?;
        let played = self.take_played();
        let base_tests = self.base_tests.take();
        self.begin(config)?;
        (self.played, self.base_tests) = (played, base_tests);
        Ok(())
    }

    /// The society of the run on hand if it is finished and the settings alone decided it, else the
    /// one that was taken aside before.
    fn take_played(&mut self) -> Option<Played> {
        let untouched = self.history.begun.as_deref().is_some_and(|begun| {
            begun.society == self.config.society && begun.society.seat.is_none()
        });
        let finished = |society: &Society| society.simulation.finished();
        if !untouched || !self.society.as_ref().is_some_and(finished) {
            return self.played.take();
        }
        Some(Played {
            decided_by: decides_society(&self.config),
            society: self.society.take()?,
            rounds: std::mem::take(&mut self.history.rounds),
            past: std::mem::take(&mut self.history.past),
        })
    }

    /// Takes over a society that fits the settings, if there is one, and goes on after it.
    pub(super) async fn take_over(&mut self, events: &mut Vec<Event>) -> Result<bool, LabError> {
        let decides = decides_society(&self.config);
        let Some(played) = self.played.take_if(|one| one.decided_by == decides) else {
            return Ok(false);
        };
        self.society = Some(played.society);
        self.history.rounds = played.rounds;
        self.history.past = played.past;
        self.tell_society(events);
        self.enter(Phase::Simulating, events)?;
        self.go_on_after_simulation(events).await?;
        Ok(true)
    }
}
