//! Everything that decides a run. Two runs of one configuration on one engine give the same bytes.

use super::error::LabError;
// Passed on, so that the page need not look into the rooms below.
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
            testing: EvaluationConfig::default(),
        }
    }
}

impl RunConfig {
    /// The second checkpoint, where somebody speaks with it.
    pub fn second(&self) -> Option<BaseModel> {
        (self.society.second_mind != SecondMind::Nobody).then_some(self.second_model)
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
        self.training
            .validate()
            .map_err(|error| LabError::Setting(error.to_string()))?;
        self.testing
            .validate()
            .map_err(|error| LabError::Setting(error.to_string()))
    }
}
