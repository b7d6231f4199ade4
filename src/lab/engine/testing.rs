//! Base and trained model answer the suites, a short slice at a time.

use super::Engine;
use crate::evaluation::{Evaluation, Finding, WhichModel};
use crate::lab::config::RunConfig;
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::seed::{self, Purpose};

/// Two evaluations, one after the other.
pub(super) struct Testing {
    base: Evaluation,
    trained: Evaluation,
}

impl Testing {
    pub(super) fn new(config: &RunConfig) -> Self {
        let of = |which| Evaluation::new(&config.testing, which, &config.society.values);
        Self {
            base: of(WhichModel::Base),
            trained: of(WhichModel::Trained),
        }
    }
}

impl Engine {
    /// One slice of an evaluation.
    pub(super) async fn test(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        let mut testing = match self.testing.take() {
            Some(testing) => testing,
            None => Testing::new(&self.config),
        };
        let (stage, which) = if testing.base.finished() {
            (Stage::TestingTrained, WhichModel::Trained)
        } else {
            (Stage::TestingBase, WhichModel::Base)
        };
        let evaluation = if which == WhichModel::Base {
            &mut testing.base
        } else {
            &mut testing.trained
        };
        let seed = self.config.seed;
        // Base and trained draw the same numbers for the same prompt: what differs is the model.
        let generator = |prompt: u64| seed::stream(seed, Purpose::Evaluation, prompt);
        let findings = evaluation
            .advance(self.model(which), &self.tokenizer, &generator)
            .await?;
        let (done, total) = evaluation.progress();
        events.push(Self::progress(stage, done, total));
        for finding in findings {
            match finding {
                Finding::Suite(result) => {
                    self.history.tests.push(result.clone());
                    events.push(Event::Tested(Box::new(result)));
                }
                Finding::Language(result) => {
                    self.history.languages.push(result);
                    events.push(Event::Language(result));
                }
            }
        }
        if testing.base.finished() && testing.trained.finished() {
            self.finish(events).await
        } else {
            self.testing = Some(testing);
            Ok(())
        }
    }
}
