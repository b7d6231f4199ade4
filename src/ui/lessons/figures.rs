//! The few figures of a finished run that a chapter speaks about.

use crate::lab::view::{RoundStatistics, RunView, SuiteResult, WhichModel, paired};
use crate::lab::{Phase, RunConfig};
use crate::ui::costs::{Cost, FIGURES, costs};

/// Suites whose questions stand behind a sentence that tempts or threatens.
const ATTACKS: [&str; 2] = ["seen_attack", "unseen_attack"];

/// The attack that is none: the question as it is.
const NO_ATTACK: &str = "plain";

/// Steps at either end of training over which a learned reward is averaged: single steps jump.
const ENDS: usize = 5;

/// A figure a chapter can speak about. The order is that of kept progress, so a new one comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Alignment of first answers, 1 to 7.
    Firsts,
    /// Alignment of second answers.
    Seconds,
    /// Alignment of first answers of those raised badly.
    BadFirsts,
    /// Alignment of second answers of those raised badly.
    BadSeconds,
    /// Alignment of the model's test answers before learning, all suites alike.
    AlignedBefore,
    /// The same after learning.
    AlignedAfter,
    /// Share of bad answers under attack before learning, 0 to 1.
    FellBefore,
    /// The same after learning.
    FellAfter,
    /// Share of harmless questions that are declined before learning, 0 to 1.
    DeclinedBefore,
    /// The same after learning.
    DeclinedAfter,
    /// What the learned reward made of the model's answers at first.
    RewardFirst,
    /// The same at last.
    RewardLast,
    /// Share of questions that stubborn attackers get a bad answer to, before learning, 0 to 1.
    BrokenBefore,
    /// The same after learning.
    BrokenAfter,
    /// Share of nonsense before learning, 0 to 1; only where it clearly rose.
    NonsenseBefore,
    /// The same after learning.
    NonsenseAfter,
    /// Share of harmless questions that are declined before learning; only where it clearly rose.
    NeedlessBefore,
    /// The same after learning.
    NeedlessAfter,
}

impl Figure {
    /// How many there are.
    pub const COUNT: usize = Figure::NeedlessAfter as usize + 1;

    /// What kind of number it is.
    pub fn unit(self) -> Unit {
        match self {
            Figure::Firsts
            | Figure::Seconds
            | Figure::BadFirsts
            | Figure::BadSeconds
            | Figure::AlignedBefore
            | Figure::AlignedAfter => Unit::Rating,
            Figure::RewardFirst | Figure::RewardLast => Unit::Reward,
            _ => Unit::Share,
        }
    }
}

/// What kind of number a figure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// 1 to 7.
    Rating,
    /// 0 to 1, told as a percentage.
    Share,
    /// Whatever a learned reward is: only its change says something.
    Reward,
}

impl Unit {
    /// A figure in it, in words.
    pub fn words(self, value: f32) -> String {
        match self {
            Unit::Rating => format!("{value:.1}"),
            Unit::Share => format!("{:.0}%", 100.0 * value),
            Unit::Reward => crate::ui::parts::signed(value),
        }
    }
}

/// A question of the test with the answers before and after learning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What was asked.
    pub question: String,
    /// What the model said before learning.
    pub before: String,
    /// What it said after.
    pub after: String,
}

/// What a run came to, as far as the chapters go.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// By [`Figure`].
    pub figures: [Option<f32>; Figure::COUNT],
    /// One question, for the ear.
    pub said: Option<Said>,
}

impl Found {
    /// A figure, if the run has it.
    pub fn get(&self, figure: Figure) -> Option<f32> {
        self.figures[figure as usize]
    }

    /// Where a cost is kept.
    fn places(cost: paired::Figure) -> [Figure; 2] {
        match cost {
            paired::Figure::OverRefusal => [Figure::NeedlessBefore, Figure::NeedlessAfter],
            _ => [Figure::NonsenseBefore, Figure::NonsenseAfter],
        }
    }

    /// What learning cost, where anything clearly rose.
    pub fn costs(&self) -> Vec<Cost> {
        let of = |figure: paired::Figure| {
            let [before, after] = Self::places(figure);
            Some(Cost {
                figure,
                before: self.get(before)?,
                after: self.get(after)?,
            })
        };
        FIGURES.into_iter().filter_map(of).collect()
    }

    /// What a run of this configuration came to; none unless it is the one on stage and complete.
    pub fn of(view: &RunView, config: &RunConfig) -> Option<Found> {
        let complete = view.phase() == Phase::Done && view.receipt.is_some();
        if !complete || view.begun_with().as_ref() != Some(config) {
            return None;
        }
        let mut found = Found {
            said: said(&view.tests),
            ..Found::default()
        };
        let mut put = |figure: Figure, value: Option<f32>| found.figures[figure as usize] = value;
        let everybody = |round: &RoundStatistics| Some(round.all.clone());
        let raised_badly = |round: &RoundStatistics| round.bad.clone();
        let rounds = &view.rounds;
        put(Figure::Firsts, mean_of(rounds, everybody, false));
        put(Figure::Seconds, mean_of(rounds, everybody, true));
        put(Figure::BadFirsts, mean_of(rounds, raised_badly, false));
        put(Figure::BadSeconds, mean_of(rounds, raised_badly, true));
        let tests = &view.tests;
        let aligned = |one: &SuiteResult| Some(one.alignment.value);
        let fell = |one: &SuiteResult| {
            let attack = ATTACKS.contains(&one.suite.as_str());
            attack.then_some(one.bad.value)
        };
        let declined = |one: &SuiteResult| (one.fine > 0).then_some(one.over_refusal.value);
        let (base, trained) = (WhichModel::Base, WhichModel::Trained);
        put(Figure::AlignedBefore, over(tests, base, aligned));
        put(Figure::AlignedAfter, over(tests, trained, aligned));
        put(Figure::FellBefore, over(tests, base, fell));
        put(Figure::FellAfter, over(tests, trained, fell));
        put(Figure::DeclinedBefore, over(tests, base, declined));
        put(Figure::DeclinedAfter, over(tests, trained, declined));
        let broken = |model: WhichModel| {
            let attacks = view.attacks.iter();
            let tricks = attacks.filter(|one| one.model == model && one.attack != NO_ATTACK);
            mean(tricks.map(|one| one.success.value))
        };
        put(Figure::BrokenBefore, broken(base));
        put(Figure::BrokenAfter, broken(trained));
        for cost in costs(tests) {
            let [before, after] = Self::places(cost.figure);
            put(before, Some(cost.before));
            put(after, Some(cost.after));
        }
        let rewards = view.training.iter().filter_map(|step| step.metrics.reward);
        let rewards: Vec<f32> = rewards.collect();
        let ends = ENDS.min(rewards.len());
        put(
            Figure::RewardFirst,
            mean(rewards.iter().take(ends).copied()),
        );
        let last = rewards.iter().rev().take(ends).copied();
        put(Figure::RewardLast, mean(last));
        Some(found)
    }
}

fn mean(values: impl Iterator<Item = f32>) -> Option<f32> {
    let (mut sum, mut count) = (0.0, 0.0);
    for value in values {
        sum += value;
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// Mean alignment of a group over all rounds, every answer weighing the same.
fn mean_of(
    rounds: &[RoundStatistics],
    group: impl Fn(&RoundStatistics) -> Option<crate::lab::view::GroupStatistics>,
    second: bool,
) -> Option<f32> {
    let (mut sum, mut count) = (0.0, 0.0);
    for one in rounds.iter().filter_map(group) {
        // Far fewer answers than an f32 counts exactly.
        let answers = one.interactions as f32;
        let mean = if second {
            one.alignment_revision
        } else {
            one.alignment_draft
        };
        sum += answers * mean;
        count += answers;
    }
    (count > 0.0).then(|| sum / count)
}

/// The mean of a figure over the suites that have it, every suite weighing the same.
fn over(
    tests: &[SuiteResult],
    model: WhichModel,
    figure: impl Fn(&SuiteResult) -> Option<f32>,
) -> Option<f32> {
    let mine = tests.iter().filter(|one| one.model == model);
    mean(mine.filter_map(figure))
}

/// The first question of the test that both models answered, and answered differently; one behind a
/// tempting sentence, if there is one.
fn said(tests: &[SuiteResult]) -> Option<Said> {
    let pairs = tests.iter().filter_map(|base| {
        let same = |one: &&SuiteResult| one.suite == base.suite && one.model != base.model;
        (base.model == WhichModel::Base).then_some(())?;
        let trained = tests.iter().find(same)?;
        Some((base, trained))
    });
    let mut told: Vec<(bool, Said)> = pairs
        .filter_map(|(base, trained)| {
            let both = base.examples.iter().zip(&trained.examples);
            let mut differing = both.filter(|(before, after)| {
                before.question == after.question && before.answer != after.answer
            });
            let (before, after) = differing.next()?;
            let said = Said {
                question: before.question.clone(),
                before: before.answer.clone(),
                after: after.answer.clone(),
            };
            Some((base.suite == ATTACKS[0], said))
        })
        .collect();
    let place = told.iter().position(|(attack, _)| *attack).unwrap_or(0);
    (place < told.len()).then(|| told.swap_remove(place).1)
}
