//! Everything that decides a run. Two runs of one configuration on one engine give the same bytes.

use super::error::LabError;
// Passed on, so that the page need not look into the rooms below.
pub use crate::alignment::config::{Clamp, Flow, Ranks};
pub use crate::alignment::data::DataConfig;
pub use crate::alignment::{ObjectiveKind, ScoreKind, TrainingConfig};
pub use crate::evaluation::EvaluationConfig;
pub use crate::society::{
    CriticScore, FeedbackOrder, Fidelity, Happening, InitialSetting, Mode, Network,
    QuestionSchedule, Realigning, Role, Roles, Seat, SecondMind, SocietyConfig, What,
};
pub use crate::world::values::{Profile, Values};
use serde::{Deserialize, Serialize};

/// Interactions one record can hold: about 3 kB each, in a tab's memory several times.
const MOST_INTERACTIONS: u32 = 100_000;

/// Stages of learning a run can have.
pub const MOST_STAGES: usize = 4;

/// Which engine to compute with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineChoice {
    /// WebGPU where there is an adapter, else the CPU.
    #[default]
    Auto,
    /// The CPU engine.
    Cpu,
    /// WebGPU, falling back to the CPU with a plain sentence why.
    WebGpu,
}

/// A base checkpoint that ships with the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BaseModel {
    /// The village model of about a million parameters.
    #[default]
    Standard,
    /// A small one, quick and a little simple: under half a million parameters.
    Weak,
    /// A large one, slow and a little wiser: three to four million parameters.
    Strong,
}

impl BaseModel {
    /// All of them, smallest first.
    pub const ALL: [BaseModel; 3] = [BaseModel::Weak, BaseModel::Standard, BaseModel::Strong];

    /// Its folder under `models/`.
    pub fn folder(self) -> &'static str {
        match self {
            BaseModel::Weak => "weak",
            BaseModel::Standard => "standard",
            BaseModel::Strong => "strong",
        }
    }

    /// How near a memory must be to be worth recalling for this model: what `mores calibrate` found,
    /// `public/findings/memory_distance.json`. The published 0.3 belongs to another embedder.
    pub fn memory_distance(self) -> f32 {
        match self {
            BaseModel::Weak => 0.015,
            BaseModel::Standard => 0.081,
            BaseModel::Strong => 0.083,
        }
    }
}

/// Everything that decides a run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RunConfig {
    /// The seed all random numbers come from.
    pub seed: u64,
    /// Which engine to compute with.
    pub engine: EngineChoice,
    /// Which checkpoint the agents speak with and training begins at.
    pub model: BaseModel,
    /// Which checkpoint the second minds speak with, where a society has them.
    pub second_model: BaseModel,
    /// The society.
    pub society: SocietyConfig,
    /// Learning from its record.
    pub training: TrainingConfig,
    /// Learning on, one stage after the other, each with data, objective and length of its own and
    /// beginning with the model the one before it ends with; at most [`MOST_STAGES`] with the first.
    pub then: Vec<TrainingConfig>,
    /// Testing base against trained.
    pub testing: EvaluationConfig,
}

impl Default for RunConfig {
    fn default() -> Self {
        Self {
            seed: 1,
            engine: EngineChoice::Auto,
            model: BaseModel::Standard,
            second_model: BaseModel::Weak,
            society: SocietyConfig::default(),
            training: TrainingConfig::default(),
            then: Vec::new(),
            testing: EvaluationConfig::default(),
        }
    }
}

impl RunConfig {
    /// The second checkpoint, where somebody speaks with it.
    pub fn second(&self) -> Option<BaseModel> {
        (self.society.second_mind != SecondMind::Nobody).then_some(self.second_model)
    }

    /// The stages of learning, in order.
    pub fn stages(&self) -> impl Iterator<Item = &TrainingConfig> {
        std::iter::once(&self.training).chain(&self.then)
    }

    /// Whether a reward model is learnt on the way, for a policy gradient.
    pub fn learns_rewards(&self) -> bool {
        let by_rewards = |stage: &TrainingConfig| {
            stage.steps > 0 && stage.objective == ObjectiveKind::PolicyGradient
        };
        self.stages().any(by_rewards)
    }

    /// Optimiser steps of the stages before one; of all of them where there is none of that number.
    pub fn steps_before(&self, stage: usize) -> u32 {
        let before = self.stages().take(stage);
        before.map(|stage| u32::from(stage.steps)).sum()
    }

    /// Whether the trained model is to be asked for good answers, because it learnt by hindsight last.
    pub fn asks_by_hindsight(&self) -> bool {
        let learnt = self.stages().filter(|stage| stage.steps > 0).last();
        learnt.is_some_and(|stage| stage.objective == ObjectiveKind::Hindsight)
    }

    /// Follows a version of the method: all its switches, and the numbers in which the sources
    /// disagree. Paper and official take those of the authors' README (margin 10, hinge weight 0.2, 4
    /// peers, memories within 0.3), corrected takes ours, among them how near a memory must be for
    /// the model that speaks; everything else stays.
    pub fn follow(&mut self, mode: Mode) {
        let ours = RunConfig::default();
        let (margin, hinge_weight, peers, distance) = match mode {
            Mode::Paper | Mode::Official => (10.0, 0.2, 4, 0.3),
            Mode::Corrected => (
                ours.training.margin,
                ours.training.hinge_weight,
                ours.society.peers,
                self.model.memory_distance(),
            ),
        };
        self.society.fidelity = Fidelity::of(mode);
        for stage in std::iter::once(&mut self.training).chain(&mut self.then) {
            // Others have numbers of their own.
            if stage.objective.matters().scale {
                (stage.margin, stage.hinge_weight) = (margin, hinge_weight);
            }
            (stage.clamp, stage.ranks, stage.end_token) = match mode {
                Mode::Paper => (Clamp::TheMean, Ranks::Own, true),
                Mode::Official => (Clamp::TheMean, Ranks::ByPlace, false),
                Mode::Corrected => (Clamp::EachPair, Ranks::Own, true),
            };
        }
        self.society.peers = peers;
        self.society.memory_distance = distance;
    }

    /// The version of the method that is followed, with the numbers that belong to it; none for a
    /// mixture.
    pub fn followed(&self) -> Option<Mode> {
        let mode = self.society.fidelity.mode()?;
        let mut config = self.clone();
        config.follow(mode);
        (config == *self).then_some(mode)
    }

    /// Lets `model` speak. Memories then have to be as near as suits it, unless another distance was
    /// chosen than the one that suited the model before.
    pub fn speak_with(&mut self, model: BaseModel) {
        if self.society.memory_distance == self.model.memory_distance() {
            self.society.memory_distance = model.memory_distance();
        }
        self.model = model;
    }

    /// Checks every setting against its range, and that the record stays within what a tab can hold.
    ///
    /// # Errors
    /// [`LabError::Setting`] naming the first setting that is out of range.
    pub fn validate(&self) -> Result<(), LabError> {
        self.society
            .validate()
            .map_err(|error| LabError::Setting(error.to_string()))?;
        let interactions = u32::from(self.society.agents()) * u32::from(self.society.rounds);
        if interactions > MOST_INTERACTIONS {
            return Err(LabError::Setting(format!(
                "{interactions} interactions are more than the {MOST_INTERACTIONS} a record can hold: take fewer rounds or a smaller village"
            )));
        }
        if self.then.len() >= MOST_STAGES {
            return Err(LabError::Setting(format!(
                "{} stages of learning are more than the {MOST_STAGES} there can be",
                self.then.len() + 1
            )));
        }
        for stage in self.stages() {
            stage
                .validate()
                .map_err(|error| LabError::Setting(error.to_string()))?;
        }
        self.testing
            .validate()
            .map_err(|error| LabError::Setting(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_brings_its_switches_and_its_four_numbers_and_nothing_else() {
        let mut own = RunConfig {
            seed: 9,
            ..RunConfig::default()
        };
        own.society.rounds = 7;
        own.society.peers = 11;
        own.society.memory_distance = 1.5;
        own.society.fidelity.unsorted_targets = true;
        own.training.margin = 3.0;
        own.training.hinge_weight = 2.0;
        own.training.steps = 5;
        for mode in Mode::ALL {
            let mut config = own.clone();
            config.follow(mode);
            assert_eq!(config.society.fidelity.mode(), Some(mode));
            let numbers = (config.training.margin, config.training.hinge_weight);
            assert_eq!(numbers, (10.0, 0.2), "{mode:?}");
            let reach = (config.society.peers, config.society.memory_distance);
            let distance = if mode == Mode::Corrected { 0.081 } else { 0.3 };
            assert_eq!(reach, (4, distance), "{mode:?}");
            assert_eq!(config.followed(), Some(mode));
            config.training.margin = 1.0;
            assert_eq!(config.followed(), None, "another number is another method");
            let kept = (config.seed, config.society.rounds, config.training.steps);
            assert_eq!(kept, (9, 7, 5));
        }
        let mut back = RunConfig::default();
        back.follow(Mode::Official);
        assert_ne!(back, RunConfig::default());
        back.follow(Mode::Corrected);
        assert_eq!(back, RunConfig::default());
    }

    #[test]
    fn a_model_brings_its_own_memory_distance_unless_another_was_chosen() {
        let mut config = RunConfig::default();
        assert_eq!(config.society.memory_distance, 0.081);
        config.speak_with(BaseModel::Weak);
        assert_eq!(config.society.memory_distance, 0.015);
        config.speak_with(BaseModel::Standard);
        assert_eq!(config, RunConfig::default());
        config.society.memory_distance = 0.3;
        config.speak_with(BaseModel::Strong);
        assert_eq!(
            (config.model, config.society.memory_distance),
            (BaseModel::Strong, 0.3)
        );
        config.follow(Mode::Corrected);
        assert_eq!(config.society.memory_distance, 0.083);
    }
}
