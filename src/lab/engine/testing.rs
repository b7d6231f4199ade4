//! Base and trained model answer the suites and are attacked, a short slice at a time.

use super::Engine;
use super::taking_over::BaseTests;
use crate::evaluation::{Evaluation, Finding, WhichModel};
use crate::lab::config::RunConfig;
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::seed::{self, Purpose};

/// Two evaluations, one after the other.
pub(super) struct Testing {
    /// The one on hand: the base model's, then the trained one's, put to the same questions.
    evaluation: Evaluation,
    which: WhichModel,
    /// What the base model's came to so far.
    base: Vec<Finding>,
}

impl Testing {
    pub(super) fn new(config: &RunConfig) -> Self {
        let which = WhichModel::Base;
        Self {
            evaluation: Evaluation::new(&config.testing, which, &config.society.values),
            which,
            base: Vec::new(),
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
        let begins = testing.which == WhichModel::Base && testing.evaluation.progress().0 == 0;
        let fits = |known: &mut BaseTests| begins && known.fits(&self.config);
        if let Some(known) = self.base_tests.take_if(fits) {
            testing.evaluation = known.evaluation;
            self.tell_findings(&known.found, events);
            testing.base = known.found;
        }
        if testing.evaluation.finished() && testing.which == WhichModel::Base {
            testing.which = WhichModel::Trained;
            let found = std::mem::take(&mut testing.base);
            let base = BaseTests::new(&self.config, testing.evaluation.clone(), found);
            self.base_tests = Some(base);
            testing.evaluation = testing
                .evaluation
                .again(testing.which)
                .by_hindsight(self.config.asks_by_hindsight());
        }
        let stage = match testing.which {
            WhichModel::Base => Stage::TestingBase,
            WhichModel::Trained => Stage::TestingTrained,
        };
        let (which, evaluation) = (testing.which, &mut testing.evaluation);
        let seed = self.config.seed;
        // Base and trained draw the same numbers for the same prompt: what differs is the model.
        let generator = |prompt: u64| seed::stream(seed, Purpose::Evaluation, prompt);
        let findings = evaluation
            .advance(self.model(which), &self.tokenizer, &generator)
            .await?;
        let (done, total) = evaluation.progress();
        events.push(Self::progress(stage, done, total));
        let finished = evaluation.finished();
        self.tell_findings(&findings, events);
        if which == WhichModel::Base {
            testing.base.extend(findings);
        }
        if finished && which == WhichModel::Trained {
            self.finish(events).await
        } else {
            self.testing = Some(testing);
            Ok(())
        }
    }
    fn tell_findings(&mut self, findings: &[Finding], events: &mut Vec<Event>) {
        for finding in findings {
            match finding {
                Finding::Suite(result) => {
                    self.history.tests.push(result.clone());
                    events.push(Event::Tested(Box::new(result.clone())));
                }
                Finding::Language(result) => {
                    self.history.languages.push(*result);
                    events.push(Event::Language(*result));
                }
                Finding::Attack(result) => {
                    self.history.attacks.push(result.clone());
                    events.push(Event::Attacked(Box::new(result.clone())));
                }
            }
        }
    }
}
