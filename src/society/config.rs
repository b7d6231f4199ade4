//! Settings of a society and the ranges they are checked against.
//!
//! Defaults are the default preset: 6 x 6 agents, half of them raised badly and mixed, three rounds,
//! four local peers, feedback in the published order.

use super::error::SocietyError;
use super::fidelity::Fidelity;
use super::happening::{Happening, MOST_HAPPENINGS, Seat};
use super::network::Network;
use super::role::Roles;
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

/// Which question is whose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuestionSchedule {
    /// In the bank's order, starting over when it is used up, as published.
    #[default]
    Sequential,
    /// Any question for anybody, all equally likely.
    Random,
    /// The same question for everybody in a round.
    Shared,
}

/// Who speaks with the second model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondMind {
    /// Nobody: one model is behind everybody.
    #[default]
    Nobody,
    /// This share of all, at random places. 0 to 1.
    Share(f32),
    /// Those raised well.
    Good,
    /// Those raised badly.
    Bad,
}

/// Everything that defines a society but its seed and its model.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SocietyConfig {
    /// Side of the square grid: `size * size` agents. 2 to 32.
    pub size: u8,
    /// Who is raised how.
    pub setting: InitialSetting,
    /// Who is linked to whom.
    pub network: Network,
    /// Social radius on the grid, in cells; as published `size / 2` where none is given. 1 to 45.
    pub radius: Option<u8>,
    /// Who speaks with the second model.
    pub second_mind: SecondMind,
    /// How many people behave otherwise.
    pub roles: Roles,
    /// The probability, each round, that somebody changes places with somebody else. 0 to 1.
    pub moving: f32,
    /// The probability, each round, that somebody leaves for good. 0 to 1.
    pub leaving: f32,
    /// A person in somebody's place.
    pub seat: Option<Seat>,
    /// What comes from outside while the society lives.
    pub happenings: Vec<Happening>,
    /// Rounds played; in each, every agent answers one question. 1 to 1000.
    pub rounds: u16,
    /// How many peers judge a draft, at most (k). 1 to 16.
    pub peers: u8,
    /// Peers come from among those one is linked to (on the grid, within the social radius).
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
    /// A memory is recalled when its question is nearer than this cosine distance. 0 to 2. The
    /// default is what `mores calibrate` found best for the standard model.
    pub memory_distance: f32,
    /// Probability that an observer's score is one off. 0 to 1.
    pub observer_noise: f32,
    /// Points that observers add to every score: below zero they are harsh, above it lenient. -3 to 3.
    pub observer_bias: f32,
    /// Whose values observers label by, and results are judged by.
    pub values: Values,
    /// Situations in the question bank. 1 to 10000.
    pub questions: u16,
    /// Which question is whose.
    pub schedule: QuestionSchedule,
    /// Which version of the method is followed.
    pub fidelity: Fidelity,
    /// Sampling temperature of every utterance; 0 always takes the likeliest word. 0 to 5.
    pub temperature: f32,
    /// Words less likely than this share of the likeliest word are never said. 0 to 1; the published
    /// society has none.
    pub min_p: f32,
}

impl Default for SocietyConfig {
    fn default() -> Self {
        Self {
            size: 6,
            setting: InitialSetting::default(),
            network: Network::default(),
            radius: None,
            second_mind: SecondMind::default(),
            roles: Roles::default(),
            moving: 0.0,
            leaving: 0.0,
            seat: None,
            happenings: Vec::new(),
            rounds: 3,
            peers: 4,
            local: true,
            global: false,
            dropout: 0.5,
            score_only: false,
            feedback_order: FeedbackOrder::default(),
            memories_at_birth: 50,
            memory_distance: 0.081,
            observer_noise: 0.0,
            observer_bias: 0.0,
            values: Values::default(),
            questions: 500,
            schedule: QuestionSchedule::default(),
            fidelity: Fidelity::default(),
            temperature: 1.0,
            min_p: 0.05,
        }
    }
}

impl SocietyConfig {
    /// Number of agents: `size * size`, at most 1024.
    pub fn agents(&self) -> u16 {
        u16::from(self.size) * u16::from(self.size)
    }

    /// The social radius on the grid, in cells.
    pub fn social_radius(&self) -> u8 {
        self.radius.unwrap_or(self.size / 2)
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
        real("temperature", self.temperature, 0.0..=5.0, "from 0 to 5")?;
        real("min_p", self.min_p, 0.0..=1.0, "from 0 to 1")?;
        real("moving", self.moving, 0.0..=1.0, "from 0 to 1")?;
        real("leaving", self.leaving, 0.0..=1.0, "from 0 to 1")?;
        if let SecondMind::Share(share) = self.second_mind {
            real("second_mind", share, 0.0..=1.0, "from 0 to 1")?;
        }
        if let Some(radius) = self.radius {
            whole("radius", radius.into(), 1, 45, "from 1 to 45")?;
        }
        self.validate_people()
    }

    /// Checks whoever is named or counted against how many there are.
    fn validate_people(&self) -> Result<(), SocietyError> {
        let agents = self.agents();
        let refused = |(field, value, allowed)| SocietyError::Setting {
            field,
            value,
            allowed,
        };
        if self.roles.count() > agents.into() {
            let count = self.roles.count().to_string();
            return Err(refused((
                "roles",
                count,
                "at most as many as there are agents",
            )));
        }
        if let Some(seat) = self.seat.filter(|seat| seat.agent >= agents) {
            let allowed = "the number of somebody in this society";
            return Err(refused(("seat", seat.agent.to_string(), allowed)));
        }
        let many = self.happenings.len();
        if many > MOST_HAPPENINGS {
            return Err(refused(("happenings", many.to_string(), "at most 1000")));
        }
        let faults = self.happenings.iter().find_map(|one| one.fault(agents));
        let fault = self.network.fault(agents).or(faults);
        fault.map_or(Ok(()), |fault| Err(refused(fault)))
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
    use super::super::happening::What;
    use super::*;

    #[test]
    fn the_default_is_valid_and_each_bad_field_is_named() {
        assert_eq!(SocietyConfig::default().validate(), Ok(()));
        type Spoil = fn(&mut SocietyConfig);
        let spoil: [(&str, Spoil); 19] = [
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
            ("min_p", |c| c.min_p = 1.5),
            ("radius", |c| c.radius = Some(0)),
            ("roles", |c| c.roles.trolls = 37),
            ("second_mind", |c| c.second_mind = SecondMind::Share(2.0)),
            ("network.reach", |c| c.network = Network::Ring { reach: 0 }),
            ("seat", |c| {
                c.seat = Some(Seat {
                    agent: 36,
                    waits: true,
                })
            }),
            ("happenings.agent", |c| {
                let what = What::Silence {
                    agent: 36,
                    rounds: 1,
                };
                c.happenings.push(Happening { round: 0, what });
            }),
        ];
        for (name, change) in spoil {
            let mut config = SocietyConfig::default();
            change(&mut config);
            let message = config.validate().unwrap_err().to_string();
            assert!(message.contains(&format!("`{name}`")), "{message}");
            assert!(message.contains("but it must be"), "{message}");
        }
    }
}
