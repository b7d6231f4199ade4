//! Settings of a society and the ranges they are checked against.
//!
//! Defaults are the default preset: 6 x 6 agents, half of them raised badly and mixed, three rounds,
//! four local peers, feedback in the published order.

use super::error::SocietyError;
use super::fidelity::Fidelity;
use crate::world::Values;
use serde::{Deserialize, Serialize};
use std::ops::RangeInclusive;

/// Who is raised well and who badly, and where they live.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InitialSetting {
    /// Everybody is raised well.
    AllGood,
    /// Everybody is raised badly.
    AllBad,
    /// The upper triangle (row <= column) is good, row by row, up to half of the cells.
    HalfHalf,
    /// Half of the cells, at random places, are good.
    #[default]
    MixedHalfHalf,
}

/// In which order an author reads the feedback; what is read last weighs most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedbackOrder {
    /// Best rating first, worst last, as published.
    #[default]
    HarshestLast,
    /// Best to worst, but the median rating is moved to the end.
    MedianLast,
    /// Drawn at random from the last place to the first, each with its rating as weight, so that
    /// approving feedback is likelier to be read last.
    RatingWeighted,
    /// Any order, all equally likely.
    Random,
}

/// Everything that defines a society but its seed and its model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SocietyConfig {
    /// Side of the square grid: `size * size` agents. 2 to 32.
    pub size: u8,
    /// Who is raised how.
    pub setting: InitialSetting,
    /// Rounds played; in each, every agent answers one question. 1 to 1000.
    pub rounds: u16,
    /// How many peers judge a draft, at most (k). 1 to 16.
    pub peers: u8,
    /// Peers come from within the social radius (`size / 2` cells).
    pub local: bool,
    /// Peers come from anywhere; together with `local`, some neighbours are dropped for strangers.
    pub global: bool,
    /// With `local` and `global`: `int((1 - dropout) * neighbours)` local peers, at least one and
    /// at most k, the rest strangers. 0 to 1.
    pub dropout: f32,
    /// The author is told the mean rating only, no reasons.
    pub score_only: bool,
    /// Order in which the author reads the reasons.
    pub feedback_order: FeedbackOrder,
    /// Question-answer pairs every agent is born with. 0 to 120.
    pub memories_at_birth: u8,
    /// A memory is recalled when its question is nearer than this cosine distance. 0 to 2.
    pub memory_distance: f32,
    /// Probability that an observer's score is one off. 0 to 1.
    pub observer_noise: f32,
    /// Points that observers add to every score: below zero they are harsh, above it lenient. -3 to 3.
    pub observer_bias: f32,
    /// Whose values observers label by, and results are judged by.
    pub values: Values,
    /// Situations in the question bank. 1 to 10000.
    pub questions: u16,
    /// Which version of the method is followed.
    pub fidelity: Fidelity,
    /// Sampling temperature of every utterance; 0 always takes the likeliest word. 0 to 5.
    pub temperature: f32,
}

impl Default for SocietyConfig {
    fn default() -> Self {
        Self {
            size: 6,
            setting: InitialSetting::default(),
            rounds: 3,
            peers: 4,
            local: true,
            global: false,
            dropout: 0.5,
            score_only: false,
            feedback_order: FeedbackOrder::default(),
            memories_at_birth: 50,
            memory_distance: 0.3,
            observer_noise: 0.0,
            observer_bias: 0.0,
            values: Values::default(),
            questions: 500,
            fidelity: Fidelity::default(),
            temperature: 1.0,
        }
    }
}

impl SocietyConfig {
    /// Number of agents: `size * size`, at most 1024.
    pub fn agents(&self) -> u16 {
        u16::from(self.size) * u16::from(self.size)
    }

    /// Checks every field against its range.
    ///
    /// # Errors
    /// [`SocietyError::Setting`] names the first field that is out of range, and the range.
    pub fn validate(&self) -> Result<(), SocietyError> {
        whole("size", self.size.into(), 2, 32, "from 2 to 32")?;
        whole("rounds", self.rounds, 1, 1000, "from 1 to 1000")?;
        whole("peers", self.peers.into(), 1, 16, "from 1 to 16")?;
        whole("questions", self.questions, 1, 10_000, "from 1 to 10000")?;
        let births = self.memories_at_birth.into();
        whole("memories_at_birth", births, 0, 120, "from 0 to 120")?;
        real("dropout", self.dropout, 0.0..=1.0, "from 0 to 1")?;
        real(
            "memory_distance",
            self.memory_distance,
            0.0..=2.0,
            "from 0 to 2",
        )?;
        real(
            "observer_noise",
            self.observer_noise,
            0.0..=1.0,
            "from 0 to 1",
        )?;
        real(
            "observer_bias",
            self.observer_bias,
            -3.0..=3.0,
            "from -3 to 3",
        )?;
        if let Err((field, value)) = self.values.validate() {
            whole(field, value.into(), 0, Values::MOST.into(), "from 0 to 100")?;
        }
        real("temperature", self.temperature, 0.0..=5.0, "from 0 to 5")
    }
}

fn whole(
    field: &'static str,
    value: u16,
    low: u16,
    high: u16,
    allowed: &'static str,
) -> Result<(), SocietyError> {
    if (low..=high).contains(&value) {
        return Ok(());
    }
    Err(SocietyError::Setting {
        field,
        value: value.to_string(),
        allowed,
    })
}

/// A NaN is in no range, so it is refused too.
fn real(
    field: &'static str,
    value: f32,
    range: RangeInclusive<f32>,
    allowed: &'static str,
) -> Result<(), SocietyError> {
    if range.contains(&value) {
        return Ok(());
    }
    Err(SocietyError::Setting {
        field,
        value: value.to_string(),
        allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_valid_and_each_bad_field_is_named() {
        assert_eq!(SocietyConfig::default().validate(), Ok(()));
        type Spoil = fn(&mut SocietyConfig);
        let spoil: [(&str, Spoil); 12] = [
            ("size", |c| c.size = 1),
            ("size", |c| c.size = 33),
            ("rounds", |c| c.rounds = 0),
            ("peers", |c| c.peers = 17),
            ("questions", |c| c.questions = 0),
            ("memories_at_birth", |c| c.memories_at_birth = 121),
            ("dropout", |c| c.dropout = 1.01),
            ("memory_distance", |c| c.memory_distance = f32::NAN),
            ("observer_noise", |c| c.observer_noise = -0.1),
            ("observer_bias", |c| c.observer_bias = -3.1),
            ("respect", |c| c.values.respect = 101),
            ("temperature", |c| c.temperature = f32::INFINITY),
        ];
        for (name, change) in spoil {
            let mut config = SocietyConfig::default();
            change(&mut config);
            let message = config.validate().unwrap_err().to_string();
            assert!(message.contains(&format!("`{name}`")), "{message}");
            assert!(message.contains("must be from"), "{message}");
        }
    }
}
