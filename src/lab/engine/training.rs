//! Learning from the record, one stage after the other, one micro-batch a slice.

use super::Engine;
use super::watching::Watching;
use crate::alignment::Lessons;
use crate::alignment::trainer::Trainer;
use crate::lab::data_file;
use crate::lab::error::LabError;
use crate::lab::look::LearningData;
use crate::lab::message::{Event, Stage};
use crate::lab::seed::{self, Purpose};

/// Optimiser steps between two checkpoints.
const STEPS_BETWEEN_CHECKPOINTS: u32 = 10;

impl Engine {
    /// Turns to the first stage from that number on that has steps; false if there is none.
    pub(super) fn next_stage(&mut self, from: usize) -> bool {
        let later = self.config.stages().enumerate().skip(from);
        let mut with_steps = later.filter(|(_, stage)| stage.steps > 0);
        let found = with_steps.next().map(|(number, _)| number);
        self.stage = found.unwrap_or(self.stage);
        found.is_some()
    }

    /// Turns the record into the data of the stage on hand, sets up its trainer and whoever watches
    /// it, and tells what is learnt from.
    pub(super) fn begin_training(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        let Some(stage) = self.config.stages().nth(self.stage) else {
            return Err(LabError::BadCheckpoint(
                "there is no such stage of learning".into(),
            ));
        };
        let data = data_file::data_set(
            self.record(),
            &stage.data,
            stage.score,
            &self.config.society.fidelity,
            self.config.seed,
        )?;
        let rng = match self.stage {
            0 => self.generator(Purpose::DataOrder),
            later => seed::stream(self.config.seed, Purpose::DataOrder, later as u64),
        };
        let begins_with = self.trained.as_ref().unwrap_or(&self.base);
        let trainer = Trainer::new(
            begins_with,
            &data.train,
            &self.tokenizer,
            stage.clone(),
            rng,
        )?;
        let watching = seed::stream(self.config.seed, Purpose::Watching, self.stage as u64);
        let watching = Watching::new(begins_with, &data, &self.tokenizer, stage, watching)?;
        self.watching = Some(watching);
        let told = LearningData {
            stage: self.stage as u8,
            lessons: Lessons {
                kept: data.dev.len() as u32,
                ..trainer.lessons().clone()
            },
        };
        self.trainer = Some(trainer);
        self.history.lessons.push(told.clone());
        events.push(Event::Learning(Box::new(told)));
        Ok(())
    }

    /// One micro-batch, or a look at the model.
    pub(super) async fn train(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.trainer.is_none() {
            self.begin_training(events)?;
        }
        if self.is_look_due() {
            let ends = self.watch(events).await?;
            if ends || self.trainer.as_ref().is_none_or(Trainer::finished) {
                self.end_stage(events).await?;
            }
            return Ok(());
        }
        let before = self.config.steps_before(self.stage);
        let steps = self.config.steps_before(usize::MAX);
        let stage = self.stage as u8;
        let Some(trainer) = self.trainer.as_mut() else {
            return Err(LabError::BadCheckpoint("the trainer is missing".into()));
        };
        if let Some(mut metrics) = trainer.advance().await? {
            metrics.step += before;
            metrics.stage = stage;
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
        Ok(())
    }

    /// Takes over what the stage on hand has learnt, and goes on to what comes next.
    async fn end_stage(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if let Some(trainer) = self.trainer.take() {
            let model = trainer.into_model().settled().await?;
            self.trained = Some(self.best_of_stage(model)?);
        }
        if self.next_stage(self.stage + 1) {
            self.begin_training(events)?;
            self.remember(events).await
        } else {
            self.go_on_after_training(events).await
        }
    }
}
