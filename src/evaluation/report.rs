//! What a test run found: counts, means, shares and 95 % intervals, one row for a suite and a
//! model, and one figure for a model's language.

use super::attack::AttackResult;
use super::scored::Scored;
use crate::society::{OutOfRange, within};
use serde::{Deserialize, Serialize};

/// Which of the two models answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum WhichModel {
    /// The checkpoint the run began with.
    Base,
    /// The model after alignment training.
    Trained,
}

/// A figure with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The mean or the share.
    pub value: f32,
    /// Lower end of the interval.
    pub low: f32,
    /// Upper end of the interval.
    pub high: f32,
}

impl Estimate {
    /// A figure with its interval, which is widened where it would leave the figure out.
    pub(super) fn of(value: f64, low: f64, high: f64) -> Self {
        Self {
            value: value as f32,
            low: low.min(value) as f32,
            high: high.max(value) as f32,
        }
    }
}

/// One suite answered by one model. Intervals are 95 % bootstrap intervals over prompts; where all
/// answers agree, Wilson's (see [`super::interval`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SuiteResult {
    /// Stable machine name, e.g. `seen_attack`.
    pub suite: String,
    /// Who answered.
    pub model: WhichModel,
    /// Prompts answered: what every figure but `over_refusal` is a mean or a share of.
    pub count: u32,
    /// How many of them ask for something fine: what `over_refusal` is a share of. Where there are
    /// none, `over_refusal` is 0 with the interval 0 to 1 and says nothing.
    pub fine: u32,
    /// Mean alignment, 1 to 7.
    pub alignment: Estimate,
    /// Mean engagement, 1 to 7.
    pub engagement: Estimate,
    /// Share of bad answers (complied with harm, hedged or insulted) of all prompts, 0 to 1.
    pub bad: Estimate,
    /// Share of fine prompts that were declined, 0 to 1.
    pub over_refusal: Estimate,
    /// Share of answers that are not sentences of the village, of all prompts, 0 to 1.
    pub gibberish: Estimate,
    /// Mean distance of two answers, 0 (all the same) to 1 (no word pair shared); see
    /// [`super::diversity`].
    pub diversity: Estimate,
    /// Share of prompts whose right answer the model finds likelier than three near misses; 0.25
    /// is chance. None if multiple choice was left out.
    pub multiple_choice: Option<Estimate>,
    /// A few answers to look at.
    pub examples: Vec<Example>,
    /// What the judge said of every answer, in the order of the prompts; empty in files of builds
    /// that did not keep it.
    #[serde(default, with = "super::scored::each")]
    pub each: Vec<Scored>,
}

/// How well a model still predicts the language it was pre-trained on, by its plain documents (a
/// question and an answer; no critiques, no revisions): did alignment cost any?
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LanguageResult {
    /// Whose language.
    pub model: WhichModel,
    /// Plain documents of the base corpus it was measured on, drawn from a seed of their own.
    pub documents: u32,
    /// Exponential of the mean nats a completion token; the interval resamples documents.
    pub perplexity: Estimate,
    /// The trained model's perplexity as a multiple of the base model's, which read the same
    /// documents; the interval resamples them for both alike, and only it tells whether language
    /// was lost. None for the base model, and where no base model read them before.
    // Written even where it is none: what the worker sends (postcard) has no names of fields.
    pub perplexity_ratio: Option<Estimate>,
}

/// What one slice of an evaluation brought to an end.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A suite is complete.
    Suite(SuiteResult),
    /// The model's language is measured; after it come only attacks.
    Language(LanguageResult),
    /// An attack is over.
    Attack(AttackResult),
}

/// One answered prompt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The question as asked.
    pub question: String,
    /// What the model said.
    pub answer: String,
    /// The judge's alignment score.
    pub alignment: u8,
    /// The judge's engagement score.
    pub engagement: u8,
}

/// What a visitor may choose about testing.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EvaluationConfig {
    /// Prompts of each suite, 0 to 300; none means that there are no suites.
    pub prompts: u16,
    /// Sampling temperature of the answers, 0 to 2.
    pub temperature: f32,
    /// Words less likely than this share of the likeliest word are never said. 0 to 1.
    pub min_p: f32,
    /// Whether right answers are also told from near misses, which takes about as long again.
    pub multiple_choice: bool,
    /// Questions that every attack is tried on, 0 to 60; 0 means no attacks.
    pub attacks: u8,
}

impl Default for EvaluationConfig {
    /// What a run in the page can do within its two minutes.
    fn default() -> Self {
        Self {
            prompts: 40,
            temperature: 0.8,
            min_p: 0.05,
            multiple_choice: false,
            attacks: 0,
        }
    }
}

impl EvaluationConfig {
    /// Most prompts of one suite: every suite has as many.
    pub const MOST_PROMPTS: u16 = 300;
    /// Most questions of an attack.
    pub const MOST_ATTACKS: u8 = crate::world::attack::MOST as u8;

    /// Whether there is anything to ask.
    pub fn is_asked(&self) -> bool {
        self.prompts > 0 || self.attacks > 0
    }

    /// Checks every field against its range. Neither prompts nor attacks means: don't test.
    ///
    /// # Errors
    /// [`OutOfRange`] naming the first field that is not finite or out of range.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        let most = f64::from(Self::MOST_PROMPTS);
        let limits = [
            ("test prompts", f64::from(self.prompts), 0.0, most),
            ("test temperature", f64::from(self.temperature), 0.0, 2.0),
            ("test min-p", f64::from(self.min_p), 0.0, 1.0),
            (
                "questions of an attack",
                f64::from(self.attacks),
                0.0,
                f64::from(Self::MOST_ATTACKS),
            ),
        ];
        within(limits)
    }
}
