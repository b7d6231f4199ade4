//! `mores objective`: any loss on log-probabilities and scores that somebody gives, so that others can
//! check it against their own.

use super::error::CliError;
use super::files;
use super::output::print;
use crate::alignment::objective::{Answer, Contrast, Flow, Leash, Objective, Prospect, Unit};
use clap::ValueEnum;
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

/// Which loss.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Name {
    /// Imitation of every response
    SftAll,
    /// Imitation of the best response
    SftBest,
    /// Stable Alignment's contrast
    SaCpo,
    /// Direct preference optimisation
    Dpo,
    /// Identity preference optimisation
    Ipo,
    /// Ranking, and imitation of the best
    Rrhf,
    /// Sequence likelihood calibration
    Slic,
    /// Imitation and an odds ratio
    Orpo,
    /// Simple preference optimisation
    Simpo,
    /// Kahneman-Tversky optimisation
    Kto,
    /// Imitation of the best, and no token of the worse
    Unlikelihood,
    /// Group-relative policy optimisation, with the scores as rewards
    Grpo,
}

/// Which version of SA-CPO.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Version {
    /// The paper's text: the mean of the pairs is clamped
    Paper,
    /// The released code: as the paper, with the wrong rank and scores cut to whole numbers
    Official,
    /// Ours: every pair has its own hinge
    Corrected,
}

/// How pairs become one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FlowArgument {
    /// All count alike
    Mean,
    /// The one that falls short most
    Max,
}

/// Arguments of `mores objective`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Which loss
    #[arg(value_enum)]
    name: Name,
    /// JSON file: {"responses": [{"mean_logprob", "sum_logprob", "reference_sum_logprob", "score"}, ..]};
    /// instead of sums and means also "token_logprobs", "reference_token_logprobs" and
    /// "sampled_token_logprobs", lists of as many numbers
    #[arg(long)]
    input: PathBuf,
    /// Print {"loss", "gradient", "by"} as JSON
    #[arg(long)]
    json: bool,
    /// sa-cpo: which version
    #[arg(long, value_enum, default_value = "corrected")]
    mode: Version,
    /// sa-cpo: how pairs become one number
    #[arg(long, value_enum, default_value = "mean")]
    flow: FlowArgument,
    /// sa-cpo: nats a token asked for over the whole scale (10 if not given); slic: nats (1)
    #[arg(long)]
    margin: Option<f64>,
    /// sa-cpo: weight of the pairs
    #[arg(long, default_value_t = 0.2)]
    ratio: f64,
    /// sa-cpo: what score differences are divided by
    #[arg(long, default_value_t = 7.0)]
    scale: f64,
    /// dpo, ipo, kto: how far the model may leave the reference (0.1); simpo: scale (2)
    #[arg(long)]
    beta: Option<f64>,
    /// simpo: what the scaled difference should exceed
    #[arg(long, default_value_t = 0.5)]
    gamma: f64,
    /// slic: weight of imitation (0.1); orpo: of the odds ratio (0.1); unlikelihood: of the worse (1)
    #[arg(long)]
    weight: Option<f64>,
    /// kto: scores from this one on are desirable
    #[arg(long, default_value_t = 4.0)]
    threshold: f64,
    /// kto: weight of desirable responses
    #[arg(long, default_value_t = 1.0)]
    desirable: f64,
    /// kto: weight of undesirable responses
    #[arg(long, default_value_t = 1.0)]
    undesirable: f64,
    /// kto: the gain that counts as none, nats
    #[arg(long, default_value_t = 0.0)]
    reference_point: f64,
    /// grpo: how far a token's probability ratio may move
    #[arg(long, default_value_t = 0.2)]
    clip: f64,
    /// grpo: weight of the divergence from the reference
    #[arg(long, default_value_t = 0.0)]
    kl_weight: f64,
}

impl Arguments {
    fn objective(&self) -> Objective {
        let beta = self.beta;
        let weight = |usual: f64| self.weight.unwrap_or(usual);
        match self.name {
            Name::SftAll => Objective::SupervisedAll,
            Name::SftBest => Objective::SupervisedBest,
            Name::SaCpo => {
                let version = match self.mode {
                    Version::Paper => Contrast::PAPER,
                    Version::Official => Contrast::OFFICIAL,
                    Version::Corrected => Contrast::CORRECTED,
                };
                Objective::SaCpo(Contrast {
                    margin: self.margin.unwrap_or(version.margin),
                    weight: self.ratio,
                    scale: self.scale,
                    flow: match self.flow {
                        FlowArgument::Mean => Flow::Mean,
                        FlowArgument::Max => Flow::Max,
                    },
                    ..version
                })
            }
            Name::Dpo => Objective::Dpo {
                beta: beta.unwrap_or(0.1),
            },
            Name::Ipo => Objective::Ipo {
                beta: beta.unwrap_or(0.1),
            },
            Name::Rrhf => Objective::Rrhf,
            Name::Slic => Objective::Slic {
                margin: self.margin.unwrap_or(1.0),
                weight: weight(0.1),
            },
            Name::Orpo => Objective::Orpo {
                weight: weight(0.1),
            },
            Name::Simpo => Objective::SimPo {
                beta: beta.unwrap_or(2.0),
                gamma: self.gamma,
            },
            Name::Kto => Objective::Kto(Prospect {
                beta: beta.unwrap_or(0.1),
                desirable: self.desirable,
                undesirable: self.undesirable,
                threshold: self.threshold,
                reference_point: self.reference_point,
            }),
            Name::Unlikelihood => Objective::Unlikelihood {
                weight: weight(1.0),
            },
            Name::Grpo => Objective::PolicyGradient(Leash {
                clip: self.clip,
                kl_weight: self.kl_weight,
            }),
        }
    }

    /// Numbers that make no loss.
    fn check(&self) -> Result<(), CliError> {
        let named = [
            ("--margin", self.margin.unwrap_or(0.0)),
            ("--ratio", self.ratio),
            ("--gamma", self.gamma),
            ("--weight", self.weight.unwrap_or(0.0)),
            ("--threshold", self.threshold),
            ("--desirable", self.desirable),
            ("--undesirable", self.undesirable),
            ("--reference-point", self.reference_point),
            ("--clip", self.clip),
            ("--kl-weight", self.kl_weight),
        ];
        for (name, value) in named {
            if !value.is_finite() || value < 0.0 {
                let why = format!("{name} is {value}, but it must be a number of at least 0");
                return Err(CliError::Usage(why));
            }
        }
        for (name, value) in [
            ("--scale", self.scale),
            ("--beta", self.beta.unwrap_or(1.0)),
        ] {
            if !value.is_finite() || value <= 0.0 {
                let why = format!("{name} is {value}, but it must be a number above 0");
                return Err(CliError::Usage(why));
            }
        }
        Ok(())
    }
}

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    responses: Vec<Response>,
}

/// A response as somebody gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Response {
    mean_logprob: Option<f64>,
    sum_logprob: Option<f64>,
    reference_sum_logprob: Option<f64>,
    score: f64,
    token_logprobs: Option<Vec<f64>>,
    reference_token_logprobs: Option<Vec<f64>>,
    sampled_token_logprobs: Option<Vec<f64>>,
}

impl Response {
    /// As an objective sees it, or what it lacks.
    fn answer(self, objective: &Objective) -> Result<Answer, String> {
        let tokens = self.token_logprobs.unwrap_or_default();
        let of_tokens = |list: Option<Vec<f64>>, name: &str| match list {
            Some(list) if list.len() != tokens.len() => Err(format!(
                "has {} {name}, but {} token_logprobs",
                list.len(),
                tokens.len()
            )),
            list => Ok(list.unwrap_or_default()),
        };
        let reference_tokens =
            of_tokens(self.reference_token_logprobs, "reference_token_logprobs")?;
        let sampled_tokens = of_tokens(self.sampled_token_logprobs, "sampled_token_logprobs")?;
        let known = Answer::of(tokens, self.score);
        let by_token = !known.tokens.is_empty();
        let given = |value: Option<f64>, of_tokens: f64| value.or(by_token.then_some(of_tokens));
        let mean = given(self.mean_logprob, known.mean);
        let sum = given(self.sum_logprob, known.sum);
        let of_reference = reference_tokens.iter().sum();
        let reference_sum = self
            .reference_sum_logprob
            .or((!reference_tokens.is_empty()).then_some(of_reference));
        let lacks = |name: &str| Err(format!("has no {name}, which this objective looks at"));
        match objective.unit() {
            Unit::Mean if mean.is_none() => return lacks("mean_logprob"),
            Unit::Sum if sum.is_none() => return lacks("sum_logprob"),
            Unit::Token if !by_token && matches!(objective, Objective::PolicyGradient(_)) => {
                return lacks("token_logprobs");
            }
            Unit::Token if mean.is_none() => return lacks("token_logprobs"),
            _ => {}
        }
        let refers = match objective {
            Objective::PolicyGradient(_) => !reference_tokens.is_empty(),
            _ => reference_sum.is_some(),
        };
        if objective.needs_reference() && !refers {
            return lacks(if matches!(objective, Objective::PolicyGradient(_)) {
                "reference_token_logprobs"
            } else {
                "reference_sum_logprob"
            });
        }
        let all = [mean, sum, reference_sum].into_iter().flatten();
        let lists = [&known.tokens, &reference_tokens, &sampled_tokens];
        for value in all.chain(lists.into_iter().flatten().copied()) {
            if !value.is_finite() || value > 0.0 {
                return Err(format!(
                    "has a log-probability of {value}, but none is above 0"
                ));
            }
        }
        if !self.score.is_finite() {
            return Err(format!("has the score {}, which is no number", self.score));
        }
        Ok(Answer {
            mean: mean.unwrap_or(0.0),
            sum: sum.unwrap_or(0.0),
            reference_sum,
            reference_tokens,
            sampled_tokens,
            ..known
        })
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    arguments.check()?;
    let objective = arguments.objective();
    let path = arguments.input.display();
    let bad = |why: String| CliError::Usage(format!("{path}: {why}"));
    let text = files::read_text(&arguments.input)?;
    let input: Input = serde_json::from_str(&text).map_err(|error| bad(error.to_string()))?;
    if input.responses.is_empty() {
        return Err(bad("there are no responses".into()));
    }
    let answers = (1..)
        .zip(input.responses)
        .map(|(number, response)| {
            let answer = response.answer(&objective);
            answer.map_err(|why| bad(format!("response {number} {why}")))
        })
        .collect::<Result<Vec<Answer>, _>>()?;
    let outcome = objective.outcome(&answers);
    let imitates = matches!(
        objective,
        Objective::SupervisedAll | Objective::SupervisedBest
    );
    if outcome.pairs == 0 && !imitates {
        eprintln!(
            "mores: {path}: no response has a lower score than the best: nothing is compared"
        );
    }
    let unit = match objective.unit() {
        Unit::Token if answers.iter().all(|answer| answer.tokens.is_empty()) => Unit::Mean,
        unit => unit,
    };
    let gradient: Vec<f64> = outcome
        .slopes
        .iter()
        .map(|slope| slope.in_unit(unit))
        .collect();
    let by = match unit {
        Unit::Mean => "mean_logprob",
        Unit::Sum => "sum_logprob",
        Unit::Token => "token_logprobs",
    };
    if arguments.json {
        let tokens = (unit == Unit::Token).then(|| {
            let each = outcome.slopes.iter().zip(&answers);
            let each = each.map(|(slope, answer)| {
                let count = answer.tokens.len();
                (0..count)
                    .map(|token| slope.of_token(token, count))
                    .collect::<Vec<f64>>()
            });
            each.collect::<Vec<_>>()
        });
        let mut found = json!({ "loss": outcome.loss, "gradient": gradient, "by": by });
        if let Some(tokens) = tokens {
            found["token_gradient"] = json!(tokens);
        }
        return print(&found.to_string());
    }
    let mut lines = vec![format!("loss      {:.6}", outcome.loss)];
    lines.extend(
        gradient
            .iter()
            .enumerate()
            .map(|(place, slope)| format!("response {:<3} {slope:+.6} by {by}", place + 1)),
    );
    print(&lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response(text: &str, objective: &Objective) -> Result<Answer, String> {
        serde_json::from_str::<Response>(text)
            .map_err(|error| error.to_string())?
            .answer(objective)
    }

    #[test]
    fn what_is_missing_or_impossible_is_named() {
        let sa_cpo = Objective::SaCpo(Contrast::CORRECTED);
        let dpo = Objective::Dpo { beta: 0.1 };
        for (text, objective, words) in [
            (r#"{"score": 3}"#, &sa_cpo, "no mean_logprob"),
            (
                r#"{"mean_logprob": -1, "score": 3}"#,
                &dpo,
                "no sum_logprob",
            ),
            (
                r#"{"sum_logprob": -9, "score": 3}"#,
                &dpo,
                "no reference_sum_logprob",
            ),
            (r#"{"mean_logprob": 0.5, "score": 3}"#, &sa_cpo, "above 0"),
            (r#"{"mean_logprob": -1}"#, &sa_cpo, "score"),
            (r#"{"mean": -1, "score": 3}"#, &sa_cpo, "unknown field"),
            (
                r#"{"token_logprobs": [-1], "reference_token_logprobs": [-1, -2], "score": 3}"#,
                &dpo,
                "2 reference_token_logprobs, but 1",
            ),
        ] {
            let why = response(text, objective).unwrap_err();
            assert!(why.contains(words), "{text}: {why}");
        }
        let tokens =
            r#"{"token_logprobs": [-1, -2], "reference_token_logprobs": [-1, -3], "score": 3}"#;
        let answer = response(tokens, &dpo).unwrap();
        assert_eq!((answer.sum, answer.reference_sum), (-3.0, Some(-4.0)));
    }
}
