//! Base and trained model answer the suites, a batch of prompts a slice.

use super::Engine;
use crate::evaluation::{Evaluation, EvaluationConfig, WhichModel};
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::seed::{self, Purpose};

/// Two evaluations, one after the other.
pub(super) struct Testing {
    base: Evaluation,
    trained: Evaluation,
}

impl Testing {
    pub(super) fn new(config: &EvaluationConfig) -> Self {
        Self {
            base: Evaluation::new(config, WhichModel::Base),
            trained: Evaluation::new(config, WhichModel::Trained),
        }
    }
}

impl Engine {
    /// One batch of test prompts.
    pub(super) async fn test(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        let mut testing = match self.testing.take() {
            Some(testing) => testing,
            None => Testing::new(&self.config.testing),
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
        let results = evaluation
            .advance(self.model(which), &self.tokenizer, &generator)
            .await?;
        let (done, total) = evaluation.progress();
        events.push(Self::progress(stage, done, total));
        for result in results {
            self.history.tests.push(result.clone());
            events.push(Event::Tested(Box::new(result)));
        }
        if testing.base.finished() && testing.trained.finished() {
            self.finish(events).await
        } else {
            self.testing = Some(testing);
            Ok(())
        }
    }
}
