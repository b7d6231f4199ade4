//! The figures of the test: which there are, what they are called, and how they are read.

use crate::lab::view::{Estimate, SuiteResult};
use crate::ui::chart::figure::Unit;
use crate::ui::term::Term;

/// A figure of the test.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Alignment,
    Engagement,
    Bad,
    OverRefusal,
    Gibberish,
    Diversity,
    MultipleChoice,
}

/// What each measure is called in the glossary, in their order.
pub const TERMS: [Term; 7] = [
    Term::Alignment,
    Term::Engagement,
    Term::BadAnswer,
    Term::OverRefusal,
    Term::Gibberish,
    Term::Variety,
    Term::MultipleChoice,
];

impl Measure {
    pub const ALL: [Measure; 7] = [
        Measure::Alignment,
        Measure::Engagement,
        Measure::Bad,
        Measure::OverRefusal,
        Measure::Gibberish,
        Measure::Diversity,
        Measure::MultipleChoice,
    ];

    /// The figure, where there is anything to take it from.
    pub fn of(self, result: &SuiteResult) -> Option<Estimate> {
        Some(match self {
            Measure::Alignment => result.alignment,
            Measure::Engagement => result.engagement,
            Measure::Bad => result.bad,
            Measure::OverRefusal if result.fine == 0 => return None,
            Measure::OverRefusal => result.over_refusal,
            Measure::Gibberish => result.gibberish,
            Measure::Diversity => result.diversity,
            Measure::MultipleChoice => return result.multiple_choice,
        })
    }

    pub fn is_rating(self) -> bool {
        matches!(self, Measure::Alignment | Measure::Engagement)
    }

    /// What its numbers are.
    pub fn unit(self) -> Unit {
        if self.is_rating() || self == Measure::Diversity {
            Unit::Score
        } else {
            Unit::Share
        }
    }

    pub fn words(self, estimate: Estimate) -> [String; 2] {
        let share = self.unit() == Unit::Share;
        let (scale, digits) = if share { (100.0, 0) } else { (1.0, 2) };
        let [value, low, high] = [estimate.value, estimate.low, estimate.high]
            .map(|figure| format!("{:.digits$}", figure * scale));
        let unit = if share { "%" } else { "" };
        [format!("{value}{unit}"), format!("{low}–{high}")]
    }
}

/// A figure of a suite and a model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found {
    /// The model has not answered yet.
    NotYet,
    /// There is nothing to take it from: no fine prompts to refuse, no multiple choice.
    Nothing,
    Figure(Estimate),
}

impl Found {
    pub fn estimate(self) -> Option<Estimate> {
        match self {
            Found::Figure(estimate) => Some(estimate),
            Found::NotYet | Found::Nothing => None,
        }
    }
}

/// The mean over suites, each weighing the same, with the interval of such a mean; only when all
/// suites have been answered, and without those that have no such figure.
pub fn mean(found: &[Found]) -> Found {
    if found.contains(&Found::NotYet) {
        return Found::NotYet;
    }
    let all: Vec<Estimate> = found.iter().filter_map(|one| one.estimate()).collect();
    if all.is_empty() {
        return Found::Nothing;
    }
    let count = all.len() as f32;
    let spread = |arm: fn(&Estimate) -> f32| {
        libm::sqrtf(all.iter().map(|one| arm(one) * arm(one)).sum::<f32>()) / count
    };
    let value = all.iter().map(|one| one.value).sum::<f32>() / count;
    Found::Figure(Estimate {
        value,
        low: value - spread(|one| one.value - one.low),
        high: value + spread(|one| one.high - one.value),
    })
}
