//! What each chapter runs, what it shows of it, and which of the answers to its question came true.
//!
//! Settings were chosen so that the point shows whatever the seed (three seeds each were tried, and
//! the effect was there in each); what is said in the end follows from the figures of
//! the visitor's own runs, also where they show the contrary.

use super::figures::{Figure, Found};
use super::place;
use crate::lab::config::{BaseModel, InitialSetting, Network, ObjectiveKind, Profile};
use crate::lab::{Preset, RunConfig};

/// A change of settings.
pub type Change = fn(&mut RunConfig);

/// A bar of the reveal: which run, and which of its figures. Its name is in the texts.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    /// Which of the chapter's runs.
    pub run: usize,
    /// What it shows.
    pub figure: Figure,
}

/// A chapter. What it says is in `super::super::text`.
pub struct Chapter {
    /// Its runs, as changes of the village, one after the other.
    pub runs: &'static [Change],
    /// Seconds they take together in a browser on two cores, about.
    pub seconds: u32,
    /// What is shown of them.
    pub bars: &'static [Bar],
    /// Which answer to the chapter's question came true; none while a figure is missing.
    pub came_true: fn(&[Found]) -> Option<usize>,
    /// What to try next, as further changes of the chapter's last run.
    pub tries: &'static [Change],
}

impl Chapter {
    /// The settings of one of its runs, so many villages on.
    pub fn config(&self, run: usize, again: u32) -> RunConfig {
        let mut config = Preset::Village.config();
        config.seed += u64::from(again);
        if let Some(change) = self.runs.get(run) {
            change(&mut config);
        }
        config
    }

    /// The settings of something to try.
    pub fn suggestion(&self, at: usize) -> RunConfig {
        let mut config = self.config(self.runs.len().saturating_sub(1), 0);
        if let Some(change) = self.tries.get(at) {
            change(&mut config);
        }
        config
    }
}

/// Of three answers, "clearly more", "about the same" and "clearly less" by their places, the one that
/// a difference makes true.
fn more_same_less(difference: f32, clear: f32) -> usize {
    if difference >= clear {
        0
    } else if difference > -clear {
        1
    } else {
        2
    }
}

/// A figure of a run.
fn figure(found: &[Found], run: usize, figure: Figure) -> Option<f32> {
    found.get(run)?.get(figure)
}

/// A bar.
const fn bar(run: usize, figure: Figure) -> Bar {
    Bar { run, figure }
}

/// Everybody answers in three rounds, and nothing is learnt or tested.
fn only_talk(config: &mut RunConfig) {
    config.training.steps = 0;
    config.testing.prompts = 0;
}

/// A village raised like this talks, and nothing else.
fn raised(config: &mut RunConfig, setting: InitialSetting) {
    only_talk(config);
    config.society.setting = setting;
}

/// Copies every answer.
fn copy_all(config: &mut RunConfig) {
    config.training.learn_with(ObjectiveKind::SupervisedAll);
}

/// Copies the best known answer to each question.
fn copy_best(config: &mut RunConfig) {
    config.training.learn_with(ObjectiveKind::SupervisedBest);
}

/// Holds good answers against bad ones. The hinge weight is the one that the ladder chose.
fn compare(config: &mut RunConfig) {
    config.training.learn_with(ObjectiveKind::SaCpoAnchored);
    config.training.hinge_weight = 1.0;
}

/// Is tested by tricks, and by attackers who try several times.
fn attacked(config: &mut RunConfig) {
    config.testing.prompts = 20;
    config.testing.attacks = 8;
}

/// Chases a learned reward on a long leash, in large steps.
fn chase(config: &mut RunConfig) {
    let training = &mut config.training;
    training.learn_with(ObjectiveKind::PolicyGradient);
    training.candidates = 4;
    training.beta = 0.001;
    training.learning_rate = 1e-3;
    training.steps = 20;
    config.testing.prompts = 20;
}

/// The whole of it by the values of somebody.
fn by_values(config: &mut RunConfig, profile: Profile) {
    compare(config);
    config.society.values = profile.values();
}

/// The chapters, in order.
pub static CHAPTERS: [Chapter; place::CHAPTERS] = [
    Chapter {
        runs: &[copy_all],
        seconds: 60,
        bars: &[bar(0, Figure::AlignedBefore), bar(0, Figure::AlignedAfter)],
        came_true: |found| {
            let before = figure(found, 0, Figure::AlignedBefore)?;
            let after = figure(found, 0, Figure::AlignedAfter)?;
            Some(more_same_less(after - before, 0.4))
        },
        tries: &[copy_best, |config| {
            copy_all(config);
            config.society.setting = InitialSetting::AllBad;
        }],
    },
    Chapter {
        runs: &[only_talk],
        seconds: 30,
        bars: &[
            bar(0, Figure::Firsts),
            bar(0, Figure::Seconds),
            bar(0, Figure::BadFirsts),
            bar(0, Figure::BadSeconds),
        ],
        came_true: |found| {
            let first = figure(found, 0, Figure::Firsts)?;
            let second = figure(found, 0, Figure::Seconds)?;
            Some(more_same_less(second - first, 0.2))
        },
        tries: &[
            |config| config.society.network = Network::Alone,
            |config| config.society.score_only = true,
        ],
    },
    Chapter {
        runs: &[
            |config| raised(config, InitialSetting::AllBad),
            |config| raised(config, InitialSetting::HalfHalf),
            |config| raised(config, InitialSetting::MixedHalfHalf),
        ],
        seconds: 80,
        bars: &[
            bar(0, Figure::Firsts),
            bar(0, Figure::Seconds),
            bar(1, Figure::Firsts),
            bar(1, Figure::Seconds),
            bar(2, Figure::Firsts),
            bar(2, Figure::Seconds),
        ],
        came_true: |found| {
            let bad = figure(found, 0, Figure::Seconds)?;
            let mixed = figure(found, 2, Figure::Seconds)?;
            Some(more_same_less(mixed - bad, 0.2))
        },
        tries: &[
            |config| config.society.roles.trolls = 6,
            |config| {
                config.society.roles.fact_checkers = 6;
            },
        ],
    },
    Chapter {
        runs: &[copy_all, compare],
        seconds: 80,
        bars: &[
            bar(0, Figure::AlignedBefore),
            bar(0, Figure::AlignedAfter),
            bar(1, Figure::AlignedAfter),
        ],
        came_true: |found| {
            let copied = figure(found, 0, Figure::AlignedAfter)?;
            let compared = figure(found, 1, Figure::AlignedAfter)?;
            Some(more_same_less(compared - copied, 0.4))
        },
        tries: &[
            |config| config.training.steps = 10,
            |config| config.society.setting = InitialSetting::AllGood,
        ],
    },
    Chapter {
        runs: &[
            |config| {
                copy_best(config);
                attacked(config);
            },
            |config| {
                compare(config);
                attacked(config);
            },
        ],
        seconds: 150,
        bars: &[
            bar(0, Figure::FellBefore),
            bar(0, Figure::FellAfter),
            bar(1, Figure::FellAfter),
            bar(0, Figure::BrokenBefore),
            bar(0, Figure::BrokenAfter),
            bar(1, Figure::BrokenAfter),
        ],
        came_true: |found| {
            let copied = figure(found, 0, Figure::BrokenAfter)?;
            let compared = figure(found, 1, Figure::BrokenAfter)?;
            Some(more_same_less(copied - compared, 0.03))
        },
        tries: &[
            |config| config.training.learn_with(ObjectiveKind::Kto),
            |config| config.society.size = 4,
        ],
    },
    Chapter {
        runs: &[chase],
        seconds: 90,
        bars: &[
            bar(0, Figure::RewardFirst),
            bar(0, Figure::RewardLast),
            bar(0, Figure::AlignedBefore),
            bar(0, Figure::AlignedAfter),
        ],
        came_true: |found| {
            let reward =
                figure(found, 0, Figure::RewardLast)? - figure(found, 0, Figure::RewardFirst)?;
            let judged =
                figure(found, 0, Figure::AlignedAfter)? - figure(found, 0, Figure::AlignedBefore)?;
            Some(match (reward > 0.2, judged < -0.2) {
                (true, false) => 0,
                (true, true) => 1,
                (false, _) => 2,
            })
        },
        tries: &[
            |config| {
                config.training.beta = 0.2;
                config.training.learning_rate = 2.5e-4;
            },
            |config| config.training.learning_rate = 2.5e-4,
        ],
    },
    Chapter {
        runs: &[
            |config| by_values(config, Profile::Careful),
            |config| by_values(config, Profile::Frank),
        ],
        seconds: 120,
        bars: &[
            bar(0, Figure::AlignedBefore),
            bar(1, Figure::AlignedBefore),
            bar(0, Figure::DeclinedBefore),
            bar(0, Figure::DeclinedAfter),
            bar(1, Figure::DeclinedAfter),
        ],
        came_true: |found| {
            let careful = figure(found, 0, Figure::DeclinedAfter)?;
            let frank = figure(found, 1, Figure::DeclinedAfter)?;
            Some(more_same_less(careful - frank, 0.02))
        },
        tries: &[
            |config| config.society.values = Profile::Kin.values(),
            |config| config.society.values = Profile::Common.values(),
        ],
    },
    Chapter {
        runs: &[],
        seconds: 0,
        bars: &[],
        came_true: |_| None,
        tries: &[
            |config| config.society.roles.trolls = 6,
            |config| {
                config.society.network = Network::SmallWorld {
                    reach: 2,
                    rewiring: 0.2,
                }
            },
            |config| config.speak_with(BaseModel::Strong),
            |config| config.training.learn_with(ObjectiveKind::Kto),
            |config| config.society.values = Profile::Kin.values(),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// Runs with these figures, for a chapter's bars in their order.
    fn runs(chapter: usize, values: &[f32]) -> Vec<Found> {
        let plan = &CHAPTERS[chapter];
        let mut found = vec![Found::default(); plan.runs.len()];
        for (bar, value) in plan.bars.iter().zip(values) {
            found[bar.run].figures[bar.figure as usize] = Some(*value);
        }
        found
    }

    #[test]
    fn what_came_true_follows_from_the_figures_and_from_nothing_else() {
        let told: [(usize, &[f32], usize); 15] = [
            (0, &[4.0, 4.5], 0),
            (0, &[4.0, 3.7], 1),
            (0, &[4.0, 3.5], 2),
            (1, &[3.8, 5.1, 3.2, 5.0], 0),
            (1, &[3.8, 3.5, 3.2, 3.0], 2),
            (2, &[3.4, 4.7, 4.0, 5.1, 3.8, 5.1], 0),
            (2, &[3.4, 5.1, 4.0, 5.1, 3.8, 5.0], 1),
            (3, &[4.0, 3.9, 5.2], 0),
            (4, &[0.4, 0.12, 0.05, 0.65, 0.47, 0.22], 0),
            (4, &[0.4, 0.12, 0.05, 0.65, 0.2, 0.4], 2),
            (5, &[0.3, 1.6, 4.0, 4.5], 0),
            (5, &[0.3, 1.6, 4.0, 1.0], 1),
            (5, &[0.3, 0.2, 4.0, 1.0], 2),
            (6, &[4.3, 3.5, 0.19, 0.12, 0.02], 0),
            (6, &[4.3, 3.5, 0.19, 0.12, 0.11], 1),
        ];
        for (chapter, values, came) in told {
            let found = runs(chapter, values);
            assert_eq!(
                (CHAPTERS[chapter].came_true)(&found),
                Some(came),
                "{chapter} {values:?}"
            );
        }
        for plan in &CHAPTERS {
            assert_eq!((plan.came_true)(&[]), None, "nothing follows from nothing");
        }
    }

    #[test]
    fn every_run_and_every_suggestion_is_a_run_of_its_own() {
        for plan in &CHAPTERS {
            let mut all = BTreeSet::new();
            let runs = (0..plan.runs.len()).map(|run| plan.config(run, 0));
            let tries = (0..plan.tries.len()).map(|at| plan.suggestion(at));
            for config in runs.chain(tries) {
                config.validate().unwrap();
                let link = crate::lab::share::encode(&config, None).unwrap();
                assert!(all.insert(link), "twice the same");
            }
        }
        assert_eq!(CHAPTERS[3].config(1, 2).seed, 3, "another village");
    }

    #[test]
    fn what_is_compared_comes_from_one_record() {
        for chapter in [3, 4] {
            let [one, other] = [0, 1].map(|run| CHAPTERS[chapter].config(run, 0));
            assert_eq!((one.seed, &one.society), (other.seed, &other.society));
            assert_eq!(one.testing, other.testing);
            assert_eq!(one.training.steps, other.training.steps);
            assert_eq!(one.training.learning_rate, other.training.learning_rate);
        }
    }
}
