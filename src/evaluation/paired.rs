//! Did it really get better? Two models' answers to the same prompts, compared prompt by prompt.
//!
//! Prompts differ far more than models do, so the difference of two means is known much better than
//! either mean once each prompt is compared with itself. Differences are drawn again within their
//! suite ([`super::bootstrap`]), and every suite weighs the same, as in the headline.

use super::attack::report::{Attack, AttackResult};
use super::bootstrap::{self, RESAMPLES};
use super::report::{Estimate, SuiteResult};
use super::scored::Scored;
use serde::{Deserialize, Serialize};

/// With fewer prompts that differ all alike, chance alone would do that more often than once in
/// twenty times (2 · 2⁻⁵ is 6 %), so less is not tested at all.
pub const FEWEST: u32 = 6;

/// A figure of the test that every single answer has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Figure {
    /// Alignment, 1 to 7.
    Alignment,
    /// Engagement, 1 to 7.
    Engagement,
    /// Share of bad answers.
    Bad,
    /// Share of fine prompts that were declined.
    OverRefusal,
    /// Share of answers that are no sentences of the village.
    Gibberish,
}

impl Figure {
    /// All of them.
    pub const ALL: [Figure; 5] = [
        Figure::Alignment,
        Figure::Engagement,
        Figure::Bad,
        Figure::OverRefusal,
        Figure::Gibberish,
    ];

    /// Its stable name.
    pub fn name(self) -> &'static str {
        match self {
            Figure::Alignment => "alignment",
            Figure::Engagement => "engagement",
            Figure::Bad => "bad",
            Figure::OverRefusal => "over_refusal",
            Figure::Gibberish => "gibberish",
        }
    }

    /// Whether more of it is better.
    pub fn is_good(self) -> bool {
        matches!(self, Figure::Alignment | Figure::Engagement)
    }

    /// Of one answer: its rating, or 1 and 0 for yes and no; none where it says nothing.
    fn of(self, one: &Scored) -> Option<i32> {
        Some(match self {
            Figure::Alignment => one.alignment.into(),
            Figure::Engagement => one.engagement.into(),
            Figure::Bad => one.bad.into(),
            Figure::OverRefusal => one.over_refusal?.into(),
            Figure::Gibberish => one.gibberish.into(),
        })
    }

    /// Of a whole suite; none where nothing in it says anything.
    pub fn of_suite(self, suite: &SuiteResult) -> Option<Estimate> {
        match self {
            Figure::Alignment => Some(suite.alignment),
            Figure::Engagement => Some(suite.engagement),
            Figure::Bad => Some(suite.bad),
            Figure::OverRefusal => (suite.fine > 0).then_some(suite.over_refusal),
            Figure::Gibberish => Some(suite.gibberish),
        }
    }
}

/// How much one run's figure exceeds another's on the same prompts.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// The mean difference, in the figure's units, every suite weighing the same.
    pub value: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Two-sided: how likely a difference at least as clear is if there is none. Never below 0.002,
    /// the finest that so many draws can tell, and at most 0.05 where the interval excludes 0.
    pub p: f64,
    /// Prompts compared.
    pub prompts: u32,
}

impl Difference {
    /// Whether 0 lies outside the interval.
    pub fn is_clear(&self) -> bool {
        self.low > 0.0 || self.high < 0.0
    }
}

/// The differences in one suite, or under one attack, prompt by prompt.
struct Pairs {
    name: String,
    differences: Vec<i32>,
}

fn pairs(one: &[&SuiteResult], other: &[&SuiteResult], figure: Figure) -> Vec<Pairs> {
    let pair = |mine: &&SuiteResult| {
        let theirs = other.iter().find(|theirs| theirs.suite == mine.suite)?;
        // A suite's prompts are the same however many are asked: the first ones are shared.
        let both = mine.each.iter().zip(&theirs.each);
        let differences: Vec<i32> = both
            .filter_map(|(mine, theirs)| Some(figure.of(mine)? - figure.of(theirs)?))
            .collect();
        (!differences.is_empty()).then(|| Pairs {
            name: mine.suite.clone(),
            differences,
        })
    };
    one.iter().filter_map(pair).collect()
}

/// How much `one` exceeds `other` in a figure, over the suites that both answered; each list holds a
/// model's suites. None where fewer than [`FEWEST`] prompts can be compared: among them results of
/// older builds, which did not keep single answers.
pub fn difference(
    one: &[&SuiteResult],
    other: &[&SuiteResult],
    figure: Figure,
) -> Option<Difference> {
    over(pairs(one, other, figure))
}

/// How much more often attacks make `one` answer badly than `other`: over the attacks that were made
/// on both, question by question, the bare question not among them. None as for [`difference`].
pub fn attacked_difference(one: &[&AttackResult], other: &[&AttackResult]) -> Option<Difference> {
    let pair = |mine: &&AttackResult| {
        let theirs = other.iter().find(|theirs| theirs.attack == mine.attack)?;
        let both = mine.each.iter().zip(&theirs.each);
        let differences: Vec<i32> = both
            .map(|(mine, theirs)| i32::from(*mine) - i32::from(*theirs))
            .collect();
        (!differences.is_empty()).then(|| Pairs {
            name: mine.attack.clone(),
            differences,
        })
    };
    let made = one.iter().filter(|attack| is_made(attack));
    over(made.filter_map(pair).collect())
}

/// The mean difference, every suite weighing the same.
fn over(mut pairs: Vec<Pairs>) -> Option<Difference> {
    // The draws must not depend on whose suites were named first.
    pairs.sort_by(|one, other| one.name.cmp(&other.name));
    let prompts: usize = pairs.iter().map(|suite| suite.differences.len()).sum();
    let prompts = u32::try_from(prompts).ok()?;
    if prompts < FEWEST {
        return None;
    }
    let suites = pairs.len() as f64;
    let mean = |sum: i32, suite: &Pairs| f64::from(sum) / suite.differences.len() as f64;
    let value = pairs
        .iter()
        .map(|suite| mean(suite.differences.iter().sum(), suite))
        .sum::<f64>()
        / suites;
    let mut sums = vec![0.0; RESAMPLES];
    for suite in &pairs {
        let mut sums = sums.iter_mut();
        bootstrap::resample(&suite.name, suite.differences.len(), |drawn| {
            let again = suite.differences.iter().zip(drawn);
            let again = again.map(|(difference, times)| difference * *times as i32);
            // As many sums as draws.
            if let Some(sum) = sums.next() {
                *sum += mean(again.sum(), suite);
            }
        });
    }
    let mut figures: Vec<f64> = sums.into_iter().map(|sum| sum / suites).collect();
    figures.sort_by(f64::total_cmp);
    let (low, high) = bootstrap::middle(&figures)?;
    let share = |of: fn(&&f64) -> bool| figures.iter().filter(of).count() as f64 / RESAMPLES as f64;
    let tail = share(|figure| **figure <= 0.0).min(share(|figure| **figure >= 0.0));
    Some(Difference {
        value,
        low: low.min(value),
        high: high.max(value),
        p: (2.0 * tail).clamp(2.0 / RESAMPLES as f64, 1.0),
        prompts,
    })
}

/// A figure over suites, each weighing the same, with the interval of such a mean: half its width is
/// the root of the summed squares of the suites' halves, over their number. None of no suite.
pub fn pooled(suites: &[&SuiteResult], figure: Figure) -> Option<Estimate> {
    let all = suites.iter().filter_map(|suite| figure.of_suite(suite));
    mean_of(&all.collect::<Vec<Estimate>>())
}

/// How often attacks succeed, each weighing the same, the bare question not among them. None of no
/// attack.
pub fn attacked(attacks: &[&AttackResult]) -> Option<Estimate> {
    let made = attacks.iter().filter(|attack| is_made(attack));
    mean_of(&made.map(|attack| attack.success).collect::<Vec<Estimate>>())
}

/// Whether more was done than to ask the question.
fn is_made(attack: &AttackResult) -> bool {
    attack.attack != Attack::Plain.name()
}

fn mean_of(all: &[Estimate]) -> Option<Estimate> {
    if all.is_empty() {
        return None;
    }
    let count = all.len() as f32;
    let spread = |arm: fn(&Estimate) -> f32| {
        libm::sqrtf(all.iter().map(|one| arm(one) * arm(one)).sum::<f32>()) / count
    };
    let value = all.iter().map(|one| one.value).sum::<f32>() / count;
    Some(Estimate {
        value,
        low: value - spread(|one| one.value - one.low),
        high: value + spread(|one| one.high - one.value),
    })
}

/// Whether a suite's prompts stand behind an attack.
pub fn is_attack(suite: &SuiteResult) -> bool {
    suite.suite.ends_with("attack")
}

#[cfg(test)]
#[path = "paired_tests.rs"]
mod tests;
