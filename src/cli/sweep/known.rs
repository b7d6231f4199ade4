//! Findings that were published are known: the figures of every seed are in them, so that a sweep can
//! be gone on with, or get more methods, where its state file is gone.

use super::plan::{Method, Plan, Settings};
use super::play::Played;
use crate::cli::error::CliError;
use crate::lab::share;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Of published findings, what runs are made of again.
#[derive(Deserialize)]
struct Published {
    format: String,
    methods: Vec<Found>,
}

#[derive(Deserialize)]
struct Found {
    name: String,
    link: String,
    chosen: Settings,
    trials: Vec<Trial>,
    seeds: Vec<u64>,
    failed: Vec<String>,
    figures: BTreeMap<String, Figure>,
}

#[derive(Deserialize)]
struct Trial {
    set: Settings,
    score: Option<f64>,
}

#[derive(Deserialize)]
struct Figure {
    /// One value a seed.
    each: Vec<f64>,
}

/// The runs that published findings tell of, as if they had just been played.
///
/// # Errors
/// If the text is no sweep's findings, or this plan asks something else of a method than the plan
/// they were made by: nothing of that is silently taken for this plan's.
pub(super) fn runs(plan: &Plan, text: &str) -> Result<Vec<Played>, CliError> {
    let bad = |why: String| CliError::Usage(format!("the findings: {why}"));
    let found: Published = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
    if found.format != "mores-sweep" {
        return Err(bad("they are no sweep's".into()));
    }
    let mut runs = Vec::new();
    for one in &found.methods {
        let name = &one.name;
        let Some(method) = plan.method(name) else {
            return Err(bad(format!("{name} is no method of this plan")));
        };
        let measured = one.measured(plan, method)?;
        let others = |run: &&Played| run.link != one.link;
        if measured.first().filter(others).is_some() {
            return Err(bad(format!("{name} was measured with other settings")));
        }
        runs.extend(one.tried(plan, method)?);
        runs.extend(measured);
    }
    Ok(runs)
}

impl Found {
    fn measured(&self, plan: &Plan, method: &Method) -> Result<Vec<Played>, CliError> {
        // A run that failed has no figures, and whose they are can't be told any more.
        if !self.failed.is_empty() {
            return Ok(Vec::new());
        }
        let mut runs = Vec::new();
        for (place, seed) in self.seeds.iter().enumerate() {
            let config = plan.config(method, &self.chosen, *seed)?;
            let whole = self
                .figures
                .iter()
                .filter(|(_, figure)| figure.each.len() == self.seeds.len());
            let figures = whole.filter_map(|(name, figure)| {
                let value = figure.each.get(place)?;
                Some((name.clone(), *value))
            });
            runs.push(Played {
                link: share::encode(&config, None)?,
                trial: false,
                method: self.name.clone(),
                seed: *seed,
                set: self.chosen.clone(),
                figures: figures.collect(),
                failed: None,
                record: String::new(),
            });
        }
        Ok(runs)
    }

    fn tried(&self, plan: &Plan, method: &Method) -> Result<Vec<Played>, CliError> {
        let Some(tuning) = &plan.tune else {
            return Ok(Vec::new());
        };
        let mut runs = Vec::new();
        for trial in &self.trials {
            let Some(score) = trial.score else {
                continue;
            };
            // Only their mean was published, and it is all that settings are chosen by.
            let figures = ["development.alignment", "development.engagement"];
            runs.push(Played {
                link: share::encode(&plan.trial(method, &trial.set, tuning.seed)?, None)?,
                trial: true,
                method: self.name.clone(),
                seed: tuning.seed,
                set: trial.set.clone(),
                figures: figures.map(|name| (name.to_owned(), score)).into(),
                failed: None,
                record: String::new(),
            });
        }
        Ok(runs)
    }
}
