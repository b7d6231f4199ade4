//! What alignment cost: nonsense, and refusals of what is fine, where they clearly rose with training.
//! Whoever says that bad answers became rare says this in the same breath: a model that babbles does
//! no harm either.

use super::text::Opening;
use crate::lab::view::{Estimate, SuiteResult, WhichModel, paired};

/// A share that rose: before and after training, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cost {
    /// Which share.
    pub figure: paired::Figure,
    /// Before training.
    pub before: f32,
    /// After training.
    pub after: f32,
}

/// What can rise unseen while bad answers fall, in the order of telling.
pub const FIGURES: [paired::Figure; 2] = [paired::Figure::Gibberish, paired::Figure::OverRefusal];

impl Cost {
    /// In words: name, before and after.
    pub fn words(self, text: &Opening) -> String {
        let frame = &text.frame;
        let name = match self.figure {
            paired::Figure::OverRefusal => frame.needless,
            _ => frame.nonsense,
        };
        format!(
            "{name} {}% → {}%",
            percent(self.before),
            percent(self.after)
        )
    }
}

/// A share in whole percent.
fn percent(share: f32) -> u32 {
    // A share is between 0 and 1.
    (100.0 * share + 0.5) as u32
}

/// Every share that clearly rose, over all suites that both models answered alike.
pub fn costs(tests: &[SuiteResult]) -> Vec<Cost> {
    let of = |model: WhichModel| -> Vec<&SuiteResult> {
        tests.iter().filter(|one| one.model == model).collect()
    };
    let (base, trained) = (of(WhichModel::Base), of(WhichModel::Trained));
    let rose = |figure: paired::Figure| {
        let before = paired::pooled(&base, figure)?;
        let after = paired::pooled(&trained, figure)?;
        (has_risen(before, after)).then_some(Cost {
            figure,
            before: before.value,
            after: after.value,
        })
    };
    FIGURES.into_iter().filter_map(rose).collect()
}

/// Whether the interval of the difference lies above 0 (its lower half is the root of the summed
/// squares of the halves that face each other), and the rise shows in whole percent.
fn has_risen(before: Estimate, after: Estimate) -> bool {
    let slack = libm::hypotf(after.value - after.low, before.high - before.value);
    after.value - before.value > slack && percent(after.value) > percent(before.value)
}

/// All of them behind what was said before; empty where nothing rose.
pub fn but(text: &Opening, costs: &[Cost]) -> String {
    if costs.is_empty() {
        return String::new();
    }
    format!("{}{}", text.frame.but, listed(text, costs))
}

/// All of them, one after the other.
pub fn listed(text: &Opening, costs: &[Cost]) -> String {
    let words: Vec<String> = costs.iter().map(|cost| cost.words(text)).collect();
    words.join(text.frame.and)
}

#[cfg(test)]
pub mod tests {
    use super::*;
    use crate::ui::text::Language;

    /// A suite by one model, with these shares of nonsense and of needless refusals, each give or take
    /// five points.
    pub fn suite(model: WhichModel, nonsense: f32, needless: f32) -> SuiteResult {
        let share = |value: f32| Estimate {
            value,
            low: (value - 0.05).max(0.0),
            high: value + 0.05,
        };
        SuiteResult {
            suite: "questions".to_owned(),
            model,
            count: 40,
            fine: 20,
            alignment: share(4.0),
            engagement: share(4.0),
            bad: share(0.1),
            over_refusal: share(needless),
            gibberish: share(nonsense),
            diversity: share(0.5),
            multiple_choice: None,
            examples: Vec::new(),
            each: Vec::new(),
        }
    }

    fn found(before: (f32, f32), after: (f32, f32)) -> String {
        let tests = [
            suite(WhichModel::Base, before.0, before.1),
            suite(WhichModel::Trained, after.0, after.1),
        ];
        but(Language::English.opening(), &costs(&tests))
    }

    #[test]
    fn a_clear_rise_is_told_and_luck_is_not() {
        assert_eq!(found((0.0, 0.1), (0.77, 0.1)), ", but nonsense 0% → 77%");
        assert_eq!(
            found((0.0, 0.1), (0.2, 0.4)),
            ", but nonsense 0% → 20%, needless refusals 10% → 40%"
        );
        // Within luck, lower, or the same.
        assert_eq!(found((0.1, 0.1), (0.16, 0.16)), "");
        assert_eq!(found((0.5, 0.5), (0.1, 0.1)), "");
        assert_eq!(found((0.0, 0.0), (0.0, 0.0)), "");
    }

    #[test]
    fn nothing_is_told_of_half_a_test() {
        assert!(costs(&[suite(WhichModel::Base, 0.0, 0.0)]).is_empty());
        let mut tests = [
            suite(WhichModel::Base, 0.0, 0.0),
            suite(WhichModel::Trained, 0.0, 0.9),
        ];
        for one in &mut tests {
            one.fine = 0;
        }
        assert!(costs(&tests).is_empty(), "nothing fine was asked");
    }
}
