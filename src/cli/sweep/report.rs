//! What a sweep found, for the page and for tables.

use super::plan::{Claim, Expect, Plan, Settings};
use super::play::{Played, development_score};
use crate::society::statistics::{Measured, mean_over_seeds};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// Figures of which less is better.
const LOWER: [&str; 9] = [
    "bad",
    "bad_attacked",
    "over_refusal",
    "gibberish",
    "perplexity_ratio",
    "attack_success",
    "tokens",
    "seconds",
    "gradient_variation",
];

/// The figures that are asked for first.
const COLUMNS: [&str; 10] = [
    "alignment",
    "engagement",
    "bad",
    "bad_attacked",
    "attack_success",
    "over_refusal",
    "gibberish",
    "perplexity_ratio",
    "tokens",
    "seconds",
];

/// The whole of it.
#[derive(Serialize)]
pub(super) struct Findings {
    format: &'static str,
    version: u32,
    command: String,
    build: &'static str,
    machine: String,
    figures: Vec<FigureName>,
    methods: Vec<Found>,
    claims: Vec<Outcome>,
}

#[derive(Serialize)]
struct FigureName {
    name: String,
    better: &'static str,
}

/// A method with what was chosen for it and what it came to.
#[derive(Serialize)]
struct Found {
    name: String,
    about: String,
    link: String,
    chosen: Settings,
    trials: Vec<Trial>,
    seeds: Vec<u64>,
    failed: Vec<String>,
    figures: BTreeMap<String, Over>,
}

#[derive(Serialize)]
struct Trial {
    set: Settings,
    score: Option<f64>,
}

/// A figure over seeds.
#[derive(Clone, Serialize)]
struct Over {
    mean: f32,
    low: Option<f32>,
    high: Option<f32>,
    each: Vec<f64>,
}

/// A claim with what the runs say to it.
#[derive(Serialize)]
struct Outcome {
    #[serde(flatten)]
    claim: Claim,
    verdict: &'static str,
    difference: Option<Over>,
    links: Vec<String>,
}

fn over(values: Vec<f64>) -> Option<Over> {
    let Measured {
        value, interval, ..
    } = mean_over_seeds(&values)?;
    Some(Over {
        mean: value,
        low: interval.map(|(low, _)| low),
        high: interval.map(|(_, high)| high),
        each: values,
    })
}

/// The settings that did best, the first of them where several did; nothing where there is nothing
/// to choose or nothing was tried.
pub(super) fn chosen(plan: &Plan, method: &str, played: &[Played]) -> Settings {
    let Some(method) = plan.method(method) else {
        return Settings::new();
    };
    let mut best: Option<(f64, Settings)> = None;
    for set in method.tries() {
        let tried = played
            .iter()
            .find(|run| run.trial && run.method == method.name && run.set == set);
        if let Some(score) = tried.and_then(development_score)
            && best.as_ref().is_none_or(|(highest, _)| score > *highest)
        {
            best = Some((score, set));
        }
    }
    let first = || method.tries().into_iter().next();
    best.map(|(_, set)| set).or_else(first).unwrap_or_default()
}

impl Findings {
    pub(super) fn new(plan: &Plan, played: &[Played], command: String, machine: String) -> Self {
        // What was not run yet has nothing to say.
        let was_run = |name: &str| !measured(plan, name, played).is_empty();
        let methods: Vec<Found> = plan
            .methods()
            .iter()
            .filter(|method| was_run(&method.name))
            .map(|method| {
                let chosen = chosen(plan, &method.name, played);
                // What another plan tried is none of its trials.
                let tries = method.tries();
                let trials = played.iter().filter(|run| {
                    run.trial && run.method == method.name && tries.contains(&run.set)
                });
                let runs = measured(plan, &method.name, played);
                let names: BTreeSet<&String> =
                    runs.iter().flat_map(|run| run.figures.keys()).collect();
                let figure = |name: &String| {
                    let each = runs.iter().filter_map(|run| run.figures.get(name).copied());
                    Some((name.clone(), over(each.collect())?))
                };
                Found {
                    name: method.name.clone(),
                    about: method.about.clone(),
                    link: runs
                        .first()
                        .map_or_else(String::new, |run| run.link.clone()),
                    chosen,
                    trials: trials
                        .map(|run| Trial {
                            set: run.set.clone(),
                            score: development_score(run),
                        })
                        .collect(),
                    seeds: runs.iter().map(|run| run.seed).collect(),
                    failed: runs.iter().filter_map(|run| run.failed.clone()).collect(),
                    figures: names.into_iter().filter_map(figure).collect(),
                }
            })
            .collect();
        let names: BTreeSet<&String> = methods.iter().flat_map(|one| one.figures.keys()).collect();
        let mut figures: Vec<FigureName> = names
            .into_iter()
            .map(|name| {
                let own = name.rsplit('.').next().unwrap_or(name);
                let lower = LOWER.contains(&own) || name.starts_with("attacks.");
                FigureName {
                    name: name.clone(),
                    better: if lower { "lower" } else { "higher" },
                }
            })
            .collect();
        // What is asked for first stands first.
        let place = |figure: &FigureName| COLUMNS.iter().position(|name| *name == figure.name);
        figures.sort_by_key(|figure| place(figure).unwrap_or(COLUMNS.len()));
        Self {
            format: "mores-sweep",
            version: 1,
            command,
            build: crate::lab::build::id(),
            machine,
            figures,
            claims: plan
                .claims
                .iter()
                .filter(|claim| was_run(&claim.method) && was_run(&claim.against))
                .map(|claim| outcome(plan, claim, played))
                .collect(),
            methods,
        }
    }

    /// Methods as rows, the most asked-for figures as columns.
    pub(super) fn table(&self) -> String {
        let mut table = format!("| method | {} |\n", COLUMNS.join(" | "));
        let _ = writeln!(table, "|---|{}", "---|".repeat(COLUMNS.len()));
        for method in &self.methods {
            let _ = write!(table, "| {} |", method.name);
            for column in COLUMNS {
                let _ = match method.figures.get(column) {
                    Some(Over {
                        mean,
                        low: Some(low),
                        high: Some(high),
                        ..
                    }) => {
                        write!(table, " {mean:.3} ({low:.3} to {high:.3}) |")
                    }
                    Some(one) => write!(table, " {:.3} |", one.mean),
                    None => write!(table, " |"),
                };
            }
            table.push('\n');
        }
        for one in &self.claims {
            let _ = write!(table, "{}: {}", one.claim.name, one.verdict);
            if let Some(Over {
                mean,
                low: Some(low),
                high: Some(high),
                ..
            }) = &one.difference
            {
                let _ = write!(table, " ({mean:+.3}, {low:+.3} to {high:+.3})");
            }
            table.push('\n');
        }
        table
    }
}

/// The runs a method is measured by, by seed.
fn measured<'a>(plan: &Plan, method: &str, played: &'a [Played]) -> Vec<&'a Played> {
    let chosen = chosen(plan, method, played);
    let of = |seed: &u64| {
        played.iter().find(|run| {
            !run.trial && run.method == method && run.seed == *seed && run.set == chosen
        })
    };
    plan.seeds.iter().filter_map(of).collect()
}

/// One method's figure less another's, seed by seed.
fn outcome(plan: &Plan, claim: &Claim, played: &[Played]) -> Outcome {
    let ours = measured(plan, &claim.method, played);
    let theirs = measured(plan, &claim.against, played);
    let pairs = ours.iter().filter_map(|one| {
        let other = theirs.iter().find(|other| other.seed == one.seed)?;
        Some(one.figures.get(&claim.figure)? - other.figures.get(&claim.figure)?)
    });
    let difference = over(pairs.collect());
    let sign = match claim.expect {
        Expect::Higher => 1.0,
        Expect::Lower => -1.0,
    };
    let ends = difference
        .as_ref()
        .and_then(|one| Some((one.low?, one.high?)));
    let verdict = match ends {
        Some((low, high)) if low * sign > 0.0 && high * sign > 0.0 => "replicated",
        Some((low, high)) if low * sign < 0.0 && high * sign < 0.0 => "opposite",
        _ => "undecided",
    };
    let links = [&ours, &theirs].into_iter().filter_map(|runs| runs.first());
    Outcome {
        claim: claim.clone(),
        verdict,
        difference,
        links: links.map(|run| run.link.clone()).collect(),
    }
}

/// Every figure of every run in a row of its own.
pub(super) fn tidy(played: &[Played]) -> String {
    let mut csv = String::from("method,kind,seed,settings,figure,value\n");
    for run in played {
        let kind = if run.trial { "trial" } else { "run" };
        let settings: Vec<String> = run
            .set
            .iter()
            .map(|(path, value)| format!("{path}={value}"))
            .collect();
        let settings = settings.join(" ").replace('"', "'");
        for (figure, value) in &run.figures {
            let method = run.method.replace('"', "'");
            let _ = writeln!(
                csv,
                "\"{method}\",{kind},{},\"{settings}\",{figure},{value}",
                run.seed
            );
        }
    }
    csv
}
