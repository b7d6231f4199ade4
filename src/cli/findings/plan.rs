//! Which societies are compared: one setting changed at a time, everything else the default.

use crate::lab::RunConfig;
use crate::lab::config::{
    BaseModel, FeedbackOrder, Fidelity, InitialSetting, Mode, Network, QuestionSchedule, Roles,
    SecondMind,
};

/// A society to be played with several seeds.
#[derive(Clone, Copy)]
pub(super) struct Setting {
    /// Stable name.
    pub(super) name: &'static str,
    /// What is different, in one phrase.
    pub(super) about: &'static str,
    /// Makes the difference.
    pub(super) change: fn(&mut RunConfig),
    /// Whether it is also played on the large grid.
    pub(super) decisive: bool,
}

/// How large and how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(super) struct Scale {
    /// Side of the grid.
    pub(super) size: u8,
    /// Rounds.
    pub(super) rounds: u16,
}

/// The whole plan.
pub(super) const SMALL: Scale = Scale {
    size: 6,
    rounds: 12,
};
/// The decisive settings.
pub(super) const LARGE: Scale = Scale {
    size: 10,
    rounds: 20,
};

const fn small(name: &'static str, about: &'static str, change: fn(&mut RunConfig)) -> Setting {
    Setting {
        name,
        about,
        change,
        decisive: false,
    }
}

const fn both(name: &'static str, about: &'static str, change: fn(&mut RunConfig)) -> Setting {
    Setting {
        name,
        about,
        change,
        decisive: true,
    }
}

/// What was learnt is of use only when something near it is asked again: twelve rounds through a
/// bank of hundreds of questions hardly come back to anything.
fn ask_again(run: &mut RunConfig) {
    run.society.questions = 24;
    run.society.schedule = QuestionSchedule::Random;
}

/// Every setting, the decisive ones first.
pub(super) const SETTINGS: &[Setting] = &[
    both(
        "mixed",
        "half raised badly, at random places: the default",
        |_| {},
    ),
    both("all_good", "everybody raised well", |run| {
        run.society.setting = InitialSetting::AllGood;
    }),
    both("all_bad", "everybody raised badly", |run| {
        run.society.setting = InitialSetting::AllBad;
    }),
    both(
        "alone",
        "everybody comments on their own drafts only",
        |run| {
            run.society.network = Network::Alone;
        },
    ),
    both(
        "asked_again",
        "24 questions that come again and again",
        ask_again,
    ),
    small(
        "asked_again_bad",
        "24 questions again and again, everybody raised badly",
        |run| {
            ask_again(run);
            run.society.setting = InitialSetting::AllBad;
        },
    ),
    small(
        "asked_again_no_feedback",
        "24 questions again and again, nobody comments",
        |run| {
            ask_again(run);
            run.society.local = false;
        },
    ),
    small("half_half", "two camps along the diagonal", |run| {
        run.society.setting = InitialSetting::HalfHalf;
    }),
    small("pool", "peers from anywhere, no neighbourhood", |run| {
        (run.society.local, run.society.global) = (false, true);
    }),
    small(
        "local_and_global",
        "half neighbours, half strangers",
        |run| {
            // Of eight neighbours dropout leaves two, and strangers are the rest of four peers.
            run.society.global = true;
            run.society.dropout = 0.75;
        },
    ),
    small("size_3", "9 agents", |run| run.society.size = 3),
    small("size_9", "81 agents", |run| run.society.size = 9),
    small("weak", "the weak model behind everybody", |run| {
        run.speak_with(BaseModel::Weak);
    }),
    small("strong", "the strong model behind everybody", |run| {
        run.speak_with(BaseModel::Strong);
    }),
    small(
        "weak_among_strong",
        "the strong model, the weak one behind half",
        |run| {
            run.speak_with(BaseModel::Strong);
            run.second_model = BaseModel::Weak;
            run.society.second_mind = SecondMind::Share(0.5);
        },
    ),
    small(
        "score_only",
        "authors are told the rating and no reasons",
        |run| {
            run.society.score_only = true;
        },
    ),
    small("median_last", "the median comment is read last", |run| {
        run.society.feedback_order = FeedbackOrder::MedianLast;
    }),
    small(
        "rating_weighted",
        "approving comments tend to be read last",
        |run| {
            run.society.feedback_order = FeedbackOrder::RatingWeighted;
        },
    ),
    small("random_order", "comments in any order", |run| {
        run.society.feedback_order = FeedbackOrder::Random;
    }),
    small("one_peer", "one comment instead of four", |run| {
        run.society.peers = 1;
    }),
    small("ring", "a ring, two neighbours on each side", |run| {
        run.society.network = Network::Ring { reach: 2 };
    }),
    small(
        "small_world",
        "that ring with a fifth of its links anywhere",
        |run| {
            run.society.network = Network::SmallWorld {
                reach: 2,
                rewiring: 0.2,
            };
        },
    ),
    small("scale_free", "hubs: two links a newcomer", |run| {
        run.society.network = Network::ScaleFree { links: 2 };
    }),
    small(
        "communities",
        "four closed circles, two bridges each",
        |run| {
            run.society.network = Network::Communities {
                count: 4,
                bridges: 2,
            };
        },
    ),
    small("trolls", "six trolls among thirty-six", |run| {
        run.society.roles = Roles {
            trolls: 6,
            ..Roles::default()
        };
    }),
    small(
        "fact_checkers",
        "six fact-checkers among thirty-six",
        |run| {
            run.society.roles = Roles {
                fact_checkers: 6,
                ..Roles::default()
            };
        },
    ),
    small(
        "official",
        "with the mistakes of the released code",
        |run| {
            run.society.fidelity = Fidelity::of(Mode::Official);
            run.society.memory_distance = 0.3;
        },
    ),
];

/// The setting of that name.
pub(super) fn setting(name: &str) -> Option<&'static Setting> {
    SETTINGS.iter().find(|setting| setting.name == name)
}

impl Setting {
    /// The run of a scale and a seed. A setting that is about the size keeps its own.
    pub(super) fn config(&self, scale: Scale, seed: u64) -> RunConfig {
        let mut config = RunConfig {
            seed,
            ..RunConfig::default()
        };
        config.society.size = scale.size;
        config.society.rounds = scale.rounds;
        config.training.steps = 0;
        config.testing.prompts = 0;
        (self.change)(&mut config);
        config
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn settings_are_valid_and_differ() {
        let mut names = BTreeSet::new();
        let default = SETTINGS[0].config(SMALL, 1);
        for (place, setting) in SETTINGS.iter().enumerate() {
            assert!(names.insert(setting.name));
            for scale in [SMALL, LARGE] {
                let config = setting.config(scale, 1);
                assert!(config.validate().is_ok(), "{}", setting.name);
            }
            assert_eq!(setting.config(SMALL, 1) == default, place == 0);
        }
    }
}
