//! Learning from the record, one micro-batch a slice.

use super::Engine;
use crate::alignment::trainer::Trainer;
use crate::lab::data_file;
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::seed::Purpose;

/// Optimiser steps between two checkpoints.
const STEPS_BETWEEN_CHECKPOINTS: u32 = 10;

impl Engine {
    /// Turns the record into data and sets up the trainer.
    pub(super) fn begin_training(&mut self) -> Result<(), LabError> {
        let training = &self.config.training;
        let data = data_file::data_set(
            self.record(),
            &training.data,
            training.score,
            &self.config.society.fidelity,
            self.config.seed,
        )?;
        let trainer = Trainer::new(
            &self.base,
            &data.train,
            &self.tokenizer,
            training.clone(),
            self.generator(Purpose::DataOrder),
        )?;
        self.trainer = Some(trainer);
        Ok(())
    }

    /// One micro-batch.
    pub(super) async fn train(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.trainer.is_none() {
            self.begin_training()?;
        }
        let steps = u32::from(self.config.training.steps);
        let Some(trainer) = self.trainer.as_mut() else {
            return Err(LabError::BadCheckpoint("the trainer is missing".into()));
        };
        if let Some(metrics) = trainer.advance().await? {
            // The driver's clock fills in the seconds: see `Engine::account`.
            self.history.training.push((metrics, 0.0));
            events.push(Event::Trained {
                metrics,
                steps,
                seconds: 0.0,
            });
            events.push(Self::progress(
                Stage::Training,
                metrics.step as usize,
                steps as usize,
            ));
            if metrics.step < steps && metrics.step.is_multiple_of(STEPS_BETWEEN_CHECKPOINTS) {
                self.remember(events).await?;
            }
        }
        if self.trainer.as_ref().is_some_and(Trainer::finished) {
            self.trained = self.trainer.take().map(Trainer::into_model);
            self.go_on_after_training(events).await?;
        }
        Ok(())
    }
}
