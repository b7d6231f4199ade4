//! Everything needed to go on after a crash, in bytes.

use super::testing::Testing;
use super::watching::Watching;
use super::{Engine, History, Society};
use crate::alignment::trainer::TrainerState;
use crate::lab::build;
use crate::lab::config::RunConfig;
use crate::lab::digest::Digest;
use crate::lab::error::LabError;
use crate::lab::message::Event;
use crate::lab::phase::Phase;
use crate::lab::receipt::Receipt;
use crate::model::Llama;
use crate::model::weights::NamedTensor;
use crate::society::{Interaction, Simulation};
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// A run's state between two slices.
#[derive(Serialize, Deserialize)]
pub struct Checkpoint {
    build: String,
    config: RunConfig,
    phase: Phase,
    /// Without its record, which whoever keeps the checkpoint has already.
    society: Option<(Simulation, ChaCha8Rng)>,
    /// How long the record was.
    recorded: u32,
    trainer: Option<TrainerState>,
    trained: Option<Vec<NamedTensor>>,
    watching: Option<super::watching::State>,
    stage: u8,
    history: History,
    receipt: Option<Receipt>,
    digests: Option<(Digest, Digest)>,
    training_seconds: f64,
}

impl Checkpoint {
    /// The configuration of the run.
    pub fn config(&self) -> &RunConfig {
        &self.config
    }

    /// The configuration it began with, before anything was done to it.
    pub fn begun_with(&self) -> &RunConfig {
        self.history.begun.as_deref().unwrap_or(&self.config)
    }

    /// Its bytes.
    ///
    /// # Errors
    /// [`LabError::BadCheckpoint`] if it can't be serialised.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LabError> {
        postcard::to_allocvec(self).map_err(|error| LabError::BadCheckpoint(error.to_string()))
    }

    /// Reads a checkpoint of this build.
    ///
    /// # Errors
    /// [`LabError::BadCheckpoint`] if the bytes come from another build or are damaged.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LabError> {
        let (made_by, _) = postcard::take_from_bytes::<String>(bytes)
            .map_err(|error| LabError::BadCheckpoint(error.to_string()))?;
        if made_by != build::id() {
            return Err(LabError::BadCheckpoint(format!(
                "build {made_by} made it, and this is build {}",
                build::id()
            )));
        }
        postcard::from_bytes(bytes).map_err(|error| LabError::BadCheckpoint(error.to_string()))
    }
}

impl Engine {
    /// The state between two slices.
    ///
    /// # Errors
    /// An error of the device while weights are read back.
    pub async fn checkpoint(&self) -> Result<Checkpoint, LabError> {
        let trainer = match &self.trainer {
            Some(trainer) => Some(trainer.checkpoint().await?),
            None => None,
        };
        let trained = match &self.trained {
            Some(model) => Some(model.to_tensors().await?),
            None => None,
        };
        Ok(Checkpoint {
            build: build::id().to_owned(),
            config: self.config.clone(),
            phase: self.phase,
            society: self
                .society
                .as_ref()
                .map(|society| (society.simulation.without_record(), society.rng.clone())),
            recorded: self.record().len() as u32,
            trainer,
            trained,
            watching: self.watching.as_ref().map(Watching::state),
            stage: self.stage as u8,
            history: self.history.clone(),
            receipt: self.receipt.clone(),
            digests: self.digests,
            training_seconds: self.training_seconds,
        })
    }

    /// Takes over a checkpoint's state and tells again what had happened until then.
    ///
    /// # Errors
    /// [`LabError::BadCheckpoint`] and errors of the rooms below when its parts don't fit together.
    pub fn restore(
        &mut self,
        checkpoint: Checkpoint,
        mut record: Vec<Interaction>,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let recorded = checkpoint.recorded as usize;
        if record.len() < recorded {
            return Err(LabError::BadCheckpoint(format!(
                "it needs a record of {recorded} interactions, and there are {}",
                record.len()
            )));
        }
        record.truncate(recorded);
        self.begin(checkpoint.config)?;
        let site = &self.computing.opened.site;
        self.society = checkpoint
            .society
            .map(|(simulation, rng)| Society { simulation, rng });
        if let Some(society) = self.society.as_mut() {
            society.simulation.set_record(record);
        }
        if let Some(tensors) = checkpoint.trained {
            self.trained = Some(Llama::from_tensors(
                self.base.config().clone(),
                tensors,
                site,
            )?);
        }
        self.stage = usize::from(checkpoint.stage);
        if let Some(state) = checkpoint.trainer {
            // What it says was said when the stage began, and is told again below.
            self.begin_training(&mut Vec::new())?;
            if let Some(trainer) = self.trainer.take() {
                self.trainer = Some(trainer.resume(state)?);
            }
            if let (Some(watching), Some(state)) = (&mut self.watching, checkpoint.watching) {
                watching.resume(state);
            }
        }
        self.phase = checkpoint.phase;
        self.history = checkpoint.history;
        self.receipt = checkpoint.receipt;
        self.digests = checkpoint.digests;
        self.training_seconds = checkpoint.training_seconds;
        if self.phase == Phase::Testing {
            // Checkpoints are made when a test begins, so it begins anew.
            self.testing = Some(Testing::new(&self.config));
        }
        self.tell_again(events);
        Ok(())
    }

    /// Everything that happened to the society, in its order.
    pub(super) fn tell_society(&self, events: &mut Vec<Event>) {
        let mut past = self.history.past.iter().peekable();
        let mut completed = self.record().iter();
        for recorded in 0.. {
            while let Some((_, event)) = past.next_if(|(at, _)| *at == recorded) {
                events.push(event.clone());
            }
            let Some(interaction) = completed.next() else {
                break;
            };
            events.push(Event::Completed(Box::new(interaction.clone())));
        }
        events.extend(self.history.rounds.iter().cloned().map(Event::Round));
    }

    fn tell_again(&self, events: &mut Vec<Event>) {
        self.tell_society(events);
        let steps = self.config.steps_before(usize::MAX);
        for (metrics, seconds) in &self.history.training {
            events.push(Event::Trained {
                metrics: *metrics,
                steps,
                seconds: *seconds,
            });
        }
        let lessons = self.history.lessons.iter().cloned();
        events.extend(lessons.map(|told| Event::Learning(Box::new(told))));
        let looks = self.history.looks.iter().cloned();
        events.extend(looks.map(|look| Event::Watched(Box::new(look))));
        events.extend(
            self.history
                .tests
                .iter()
                .cloned()
                .map(|test| Event::Tested(Box::new(test))),
        );
        events.extend(self.history.languages.iter().copied().map(Event::Language));
        let attacks = self.history.attacks.iter().cloned();
        events.extend(attacks.map(|attack| Event::Attacked(Box::new(attack))));
        events.push(Event::Phase(self.phase));
        if let Some(receipt) = &self.receipt {
            events.push(Event::Finished(receipt.clone()));
        }
    }
}
