//! Ready-made runs. A link says only what differs from one of them.

use super::config::RunConfig;
use crate::society::InitialSetting;
use serde::{Deserialize, Serialize};

/// A ready-made run. Links carry the position in this list, so entries are only ever added at its
/// end, and what an entry expands to never changes (a changed idea is a new entry).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// 36 agents, good and bad ones mixed, 3 rounds, 40 steps: the whole path in a minute or two.
    #[default]
    Village,
    /// 4 agents, 1 round, 2 steps: the whole path in the shortest time, to see that it works.
    Mini,
    /// Everybody was brought up well.
    GoodNeighbors,
    /// Everybody was brought up badly.
    BadCompany,
    /// Two camps, divided along the diagonal.
    TwoCamps,
}

impl Preset {
    /// All of them, in the order of their numbers.
    pub const ALL: [Preset; 5] = [
        Preset::Village,
        Preset::Mini,
        Preset::GoodNeighbors,
        Preset::BadCompany,
        Preset::TwoCamps,
    ];

    /// Stable name for run files, the command line and page elements.
    pub fn name(self) -> &'static str {
        match self {
            Preset::Village => "village",
            Preset::Mini => "mini",
            Preset::GoodNeighbors => "good_neighbors",
            Preset::BadCompany => "bad_company",
            Preset::TwoCamps => "two_camps",
        }
    }

    /// The preset of that name.
    pub fn from_name(name: &str) -> Option<Preset> {
        Preset::ALL.into_iter().find(|preset| preset.name() == name)
    }

    /// The whole configuration.
    pub fn config(self) -> RunConfig {
        let mut config = RunConfig::default();
        config.society.setting = match self {
            Preset::Village | Preset::Mini => InitialSetting::MixedHalfHalf,
            Preset::GoodNeighbors => InitialSetting::AllGood,
            Preset::BadCompany => InitialSetting::AllBad,
            Preset::TwoCamps => InitialSetting::HalfHalf,
        };
        if self == Preset::Mini {
            config.society.size = 2;
            config.society.rounds = 1;
            config.society.memories_at_birth = 4;
            config.training.steps = 2;
            config.training.questions_per_step = 2;
            config.testing.prompts = 2;
        }
        config
    }
}
