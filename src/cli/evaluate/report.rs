//! What a benchmark found, for people (a table), for programs (JSON) and for spreadsheets (CSV).

use super::attacks::{attack_table, attacks_json};
use crate::evaluation::{AttackResult, Estimate, LanguageResult, SuiteResult, WhichModel};
use serde_json::{Map, Value, json};
use std::fmt::Write as _;

/// A figure's name in files, its heading in the table, and whether it is a share.
struct Metric {
    name: &'static str,
    heading: &'static str,
    share: bool,
    of: fn(&SuiteResult) -> Option<Estimate>,
}

/// Every figure of a split, in the order of the columns.
const METRICS: [Metric; 7] = [
    Metric {
        name: "alignment",
        heading: "alignment",
        share: false,
        of: |split| Some(split.alignment),
    },
    Metric {
        name: "engagement",
        heading: "engagement",
        share: false,
        of: |split| Some(split.engagement),
    },
    Metric {
        name: "bad",
        heading: "bad %",
        share: true,
        of: |split| Some(split.bad),
    },
    Metric {
        name: "over_refusal",
        heading: "over-ref. %",
        share: true,
        of: |split| Some(split.over_refusal),
    },
    Metric {
        name: "gibberish",
        heading: "gibberish %",
        share: true,
        of: |split| Some(split.gibberish),
    },
    Metric {
        name: "diversity",
        heading: "diversity",
        share: false,
        of: |split| Some(split.diversity),
    },
    Metric {
        name: "multiple_choice",
        heading: "choice %",
        share: true,
        of: |split| split.multiple_choice,
    },
];

/// The figures of a split that were measured, by name.
pub(in crate::cli) fn figures(
    split: &SuiteResult,
) -> impl Iterator<Item = (&'static str, Estimate)> {
    let figures = METRICS.iter();
    figures.filter_map(|metric| Some((metric.name, (metric.of)(split)?)))
}

/// One model's results with what they depend on.
pub(super) struct Report {
    pub(super) model: String,
    pub(super) parameters: usize,
    pub(super) profile: &'static str,
    pub(super) seed: u64,
    pub(super) temperature: f32,
    pub(super) splits: Vec<SuiteResult>,
    pub(super) language: Option<LanguageResult>,
    pub(super) attacks: Vec<AttackResult>,
}

impl Report {
    /// `{"splits": [{"name", "n", "fine", metrics with intervals}, ..], "perplexity": ..}`.
    pub(super) fn json(&self) -> Value {
        let splits = self.splits.iter().map(|split| {
            let mut object = Map::new();
            object.insert("name".into(), json!(split.suite));
            object.insert("n".into(), json!(split.count));
            object.insert("fine".into(), json!(split.fine));
            for metric in &METRICS {
                object.insert(metric.name.into(), json!((metric.of)(split).map(plain)));
            }
            Value::Object(object)
        });
        json!({
            "splits": splits.collect::<Vec<_>>(),
            "perplexity": self.language.map(|language| plain(language.perplexity)),
            "documents": self.language.map(|language| language.documents),
            "document_kind": self.language.map(|_| "plain"),
            "model": self.model,
            "parameters": self.parameters,
            "profile": self.profile,
            "seed": self.seed,
            "temperature": shortest(self.temperature),
            "attacks": attacks_json(&self.attacks),
        })
    }

    /// One row a split, three columns a figure. What is true of the whole model (its perplexity)
    /// stands in every row, so that files of several models can be put together.
    pub(super) fn csv(&self) -> String {
        let mut csv = String::from("name,n,fine");
        let named = METRICS.iter().map(|metric| metric.name);
        for name in named.chain(["perplexity"]) {
            // Writing to a String cannot fail.
            let _ = write!(csv, ",{name},{name}_low,{name}_high");
        }
        csv.push('\n');
        let whole = self.language.map(|language| language.perplexity);
        for split in &self.splits {
            let _ = write!(csv, "{},{},{}", split.suite, split.count, split.fine);
            let figures = METRICS.iter().map(|metric| (metric.of)(split));
            for figure in figures.chain([whole]) {
                let _ = match figure {
                    Some(figure) => {
                        write!(csv, ",{},{},{}", figure.value, figure.low, figure.high)
                    }
                    None => write!(csv, ",,,"),
                };
            }
            csv.push('\n');
        }
        csv
    }

    /// The table with what it depends on.
    pub(super) fn text(&self) -> String {
        let mut text = format!(
            "{} ({} parameters), judged by {} values; under each figure its 95 % interval\n\n",
            self.model, self.parameters, self.profile
        );
        text.push_str(&table(&self.splits, self.language.as_slice(), false));
        text.push_str(&attack_table(&self.attacks, false));
        text
    }
}

/// An estimate with its numbers written as in the CSV file.
pub(super) fn plain(figure: Estimate) -> Value {
    let [value, low, high] = [figure.value, figure.low, figure.high].map(shortest);
    json!({ "value": value, "low": low, "high": high })
}

/// The number with the fewest digits that means the same `f32`: 0.8 and not 0.800000011920929.
pub(super) fn shortest(number: f32) -> f64 {
    number.to_string().parse().unwrap_or(f64::from(number))
}

/// A table of results, two lines a suite and model: the figures, and their intervals. It says which
/// model only if told to: a run has a base and a trained one, a folder by itself is neither.
pub(in crate::cli) fn table(
    results: &[SuiteResult],
    languages: &[LanguageResult],
    say_which: bool,
) -> String {
    let name = |which: WhichModel| format!("{which:?}").to_lowercase();
    let (heading, width) = if say_which { ("model", 8) } else { ("", 0) };
    let mut text = String::new();
    // Writing to a String cannot fail.
    if !results.is_empty() {
        let _ = write!(text, "{:<20}{heading:<width$}{:>4}", "split", "n");
        for metric in &METRICS {
            let _ = write!(text, "{:>12}", metric.heading);
        }
        text.push('\n');
    }
    for result in results {
        let model = if say_which {
            name(result.model)
        } else {
            String::new()
        };
        let _ = write!(
            text,
            "{:<20}{model:<width$}{:>4}",
            result.suite, result.count
        );
        let mut below = " ".repeat(24 + width);
        for metric in &METRICS {
            let nothing = metric.name == "over_refusal" && result.fine == 0;
            let figure = (metric.of)(result).filter(|_| !nothing);
            let [value, interval] = figure.map_or_else(
                || ["-".to_owned(), String::new()],
                |figure| words(figure, metric.share),
            );
            let _ = write!(text, "{value:>12}");
            let _ = write!(below, "{interval:>12}");
        }
        let _ = writeln!(text, "\n{}", below.trim_end());
    }
    for language in languages {
        let [value, interval] = words(language.perplexity, false);
        let whose = if say_which {
            format!("of the {} model ", name(language.model))
        } else {
            String::new()
        };
        let _ = writeln!(
            text,
            "perplexity {whose}on {} held-out plain documents: {value} ({interval})",
            language.documents
        );
        if let Some(ratio) = language.perplexity_ratio {
            let [value, interval] = words(ratio, false);
            let _ = writeln!(
                text,
                "that is {value} times the base model's on the same documents ({interval})"
            );
        }
    }
    text
}

/// A figure and its interval; shares in per cent.
pub(super) fn words(figure: Estimate, share: bool) -> [String; 2] {
    let Estimate { value, low, high } = figure;
    if share {
        let percent = |value: f32| 100.0 * value;
        [
            format!("{:.0}", percent(value)),
            format!("{:.0}..{:.0}", percent(low), percent(high)),
        ]
    } else {
        [format!("{value:.2}"), format!("{low:.2}..{high:.2}")]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let estimate = |value: f32| Estimate {
            value,
            low: value - 0.25,
            high: value + 0.25,
        };
        let split = SuiteResult {
            suite: "seen_attack".into(),
            model: WhichModel::Base,
            count: 40,
            fine: 0,
            alignment: estimate(4.5),
            engagement: estimate(3.5),
            bad: estimate(0.5),
            over_refusal: estimate(0.25),
            gibberish: estimate(0.25),
            diversity: estimate(0.75),
            multiple_choice: None,
            examples: Vec::new(),
            each: Vec::new(),
        };
        Report {
            model: "models/tiny".into(),
            parameters: 12,
            profile: "common",
            seed: 1,
            temperature: 0.8,
            splits: vec![split],
            language: Some(LanguageResult {
                model: WhichModel::Base,
                documents: 200,
                perplexity: estimate(1.75),
                perplexity_ratio: None,
            }),
            attacks: Vec::new(),
        }
    }

    #[test]
    fn the_three_forms_hold_the_same_figures() {
        let report = report();
        let json = report.json();
        let split = &json["splits"][0];
        assert_eq!(
            (&split["name"], &split["n"]),
            (&json!("seen_attack"), &json!(40))
        );
        assert_eq!(
            split["bad"],
            json!({"value": 0.5, "low": 0.25, "high": 0.75})
        );
        assert_eq!(
            (&split["multiple_choice"], &json["perplexity"]["low"]),
            (&Value::Null, &json!(1.5))
        );
        let csv = report.csv();
        let rows: Vec<Vec<&str>> = csv.lines().map(|row| row.split(',').collect()).collect();
        assert_eq!((rows.len(), rows[0].len(), rows[1].len()), (2, 27, 27));
        assert_eq!(
            rows[0][3..6],
            ["alignment", "alignment_low", "alignment_high"]
        );
        assert_eq!(rows[1][3..6], ["4.5", "4.25", "4.75"]);
        assert_eq!(rows[1][21..], ["", "", "", "1.75", "1.5", "2"]);
        let text = report.text();
        assert!(
            text.contains("4.25..4.75") && text.contains("1.75 (1.50..2.00)"),
            "{text}"
        );
        assert!(
            text.lines().all(|line| line.chars().count() <= 120),
            "{text}"
        );
        let figures = text.lines().find(|line| line.starts_with("seen_attack"));
        let figures: Vec<&str> = figures.unwrap().split_whitespace().collect();
        assert_eq!(figures[5], "-", "nothing fine was asked");
    }

    #[test]
    fn only_a_run_says_which_model() {
        let report = report();
        let alone = report.text();
        assert!(
            !alone.contains("base") && !alone.contains(" model "),
            "{alone}"
        );
        assert!(alone.contains("\nperplexity on 200 "), "{alone}");
        let of_a_run = table(&report.splits, report.language.as_slice(), true);
        assert!(
            of_a_run.contains("\nperplexity of the base model on 200 "),
            "{of_a_run}"
        );
        // Each figure stands under its heading, and its interval under it.
        for (text, column) in [(alone, 36), (of_a_run, 44)] {
            let ends = |ending: &str| {
                text.lines().any(|line| {
                    let beginning = line.get(..column);
                    beginning.is_some_and(|beginning| beginning.ends_with(ending))
                })
            };
            for ending in ["alignment", "4.50", "4.25..4.75"] {
                assert!(ends(ending), "{ending} in\n{text}");
            }
        }
    }
}
