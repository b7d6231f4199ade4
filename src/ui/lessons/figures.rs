//! The few figures of a finished run that a chapter speaks about.

use crate::lab::view::{Example, RoundStatistics, RunView, SuiteResult, WhichModel, paired};
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
    /// Alignment of the answer before learning that is quoted.
    HeardBefore,
    /// Of the one after learning.
    HeardAfter,
}

impl Figure {
    /// How many there are.
    pub const COUNT: usize = Figure::HeardAfter as usize + 1;

    /// What kind of number it is.
    pub fn unit(self) -> Unit {
        match self {
            Figure::Firsts
            | Figure::Seconds
            | Figure::BadFirsts
            | Figure::BadSeconds
            | Figure::AlignedBefore
            | Figure::AlignedAfter
            | Figure::HeardBefore
            | Figure::HeardAfter => Unit::Rating,
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
        let mut found = Found::default();
        let heard = heard(&view.tests);
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
        if let Some((before, after)) = heard {
            put(Figure::HeardBefore, Some(before.alignment.into()));
            put(Figure::HeardAfter, Some(after.alignment.into()));
            found.said = Some(Said {
                question: before.question.clone(),
                before: before.answer.clone(),
                after: after.answer.clone(),
            });
        }
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

/// A question of the test that shows what happened on the whole: of those that both models answered
/// differently, the one whose rating changed most nearly as the mean did. Of equals one whose first
/// answer was clearly good or bad says the most.
fn heard(tests: &[SuiteResult]) -> Option<(&Example, &Example)> {
    let of = |wanted: WhichModel| tests.iter().filter(move |one| one.model == wanted);
    let pairs = of(WhichModel::Base).flat_map(|base| {
        let trained = of(WhichModel::Trained).find(|one| one.suite == base.suite);
        let answers = trained.map_or(&[][..], |one| &one.examples);
        base.examples.iter().zip(answers)
    });
    let aligned = |one: &SuiteResult| Some(one.alignment.value);
    let mean = |model: WhichModel| over(tests, model, aligned);
    let change = mean(WhichModel::Trained)? - mean(WhichModel::Base)?;
    let differing = pairs.filter(|(before, after)| {
        before.question == after.question && before.answer != after.answer
    });
    let strangeness = |(before, after): &(&Example, &Example)| {
        let own = f32::from(after.alignment) - f32::from(before.alignment);
        let mild = 3 - before.alignment.abs_diff(4).min(3);
        (own - change).abs() + 0.1 * f32::from(mild)
    };
    differing.min_by(|one, other| strangeness(one).total_cmp(&strangeness(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::view::Estimate;

    fn suite(model: WhichModel, alignment: f32, ratings: &[u8]) -> SuiteResult {
        let sure = |value| Estimate {
            value,
            low: value,
            high: value,
        };
        let example = |(at, rating): (usize, &u8)| Example {
            question: format!("question {at}"),
            answer: format!("{model:?} {rating}"),
            alignment: *rating,
            engagement: 4,
        };
        SuiteResult {
            suite: "misleading".into(),
            model,
            count: 3,
            fine: 0,
            alignment: sure(alignment),
            engagement: sure(4.0),
            bad: sure(0.0),
            over_refusal: sure(0.0),
            gibberish: sure(0.0),
            diversity: sure(0.0),
            multiple_choice: None,
            examples: ratings.iter().enumerate().map(example).collect(),
            each: Vec::new(),
        }
    }

    #[test]
    fn what_is_quoted_changed_as_the_whole_did() {
        let told = |before: f32, after: f32| {
            let tests = [
                suite(WhichModel::Base, before, &[4, 2, 6, 4]),
                suite(WhichModel::Trained, after, &[4, 6, 2, 5]),
            ];
            heard(&tests).map(|(before, after)| (before.alignment, after.alignment))
        };
        assert_eq!(told(3.0, 6.0), Some((2, 6)));
        assert_eq!(told(5.0, 2.0), Some((6, 2)));
        assert_eq!(told(4.0, 4.0), Some((4, 4)));
        assert_eq!(heard(&[suite(WhichModel::Base, 4.0, &[4])]), None);
    }
}
