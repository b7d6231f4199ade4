//! One run of a sweep, in figures.

use super::plan::Settings;
use crate::cli::EngineArgument;
use crate::cli::error::CliError;
use crate::cli::host::NativeHost;
use crate::evaluation::{SuiteResult, WhichModel};
use crate::lab::message::Command;
use crate::lab::session::Session;
use crate::lab::view::RunView;
use crate::lab::{RunConfig, share};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What a run came to: a line of the sweep's state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Played {
    /// The link of the run: what makes it this one.
    pub(super) link: String,
    /// Whether settings were chosen by it.
    pub(super) trial: bool,
    pub(super) method: String,
    pub(super) seed: u64,
    /// What was tried or chosen.
    pub(super) set: Settings,
    /// By name.
    pub(super) figures: BTreeMap<String, f64>,
    /// Why there are none.
    pub(super) failed: Option<String>,
    /// The record's digest.
    pub(super) record: String,
}

/// Plays runs one after the other; those of one society play it once.
pub(super) struct Player {
    session: Session<NativeHost>,
}

impl Player {
    pub(super) fn new(engine: EngineArgument, models: PathBuf) -> Self {
        Self {
            session: Session::new(NativeHost::new(engine, models)),
        }
    }

    /// Plays one run. Settings are chosen by what the trained model says to so many questions that
    /// are in no suite; 0 asks none.
    pub(super) fn play(
        &mut self,
        config: &RunConfig,
        questions: usize,
    ) -> Result<Played, CliError> {
        let mut view = RunView::default();
        let mut take = |events: Vec<crate::lab::Event>| {
            events.iter().for_each(|event| view.apply(event));
        };
        let load = Command::LoadOver(Box::new(config.clone()));
        take(pollster::block_on(self.session.handle(load)));
        take(pollster::block_on(self.session.handle(Command::Start)));
        while self.session.is_busy() {
            take(pollster::block_on(self.session.advance()));
        }
        let mut figures = in_figures(&view);
        if let (true, Some(engine)) = (questions > 0, self.session.engine()) {
            let found = pollster::block_on(engine.develop(questions))?;
            figures.insert("development.alignment".into(), found.alignment);
            figures.insert("development.engagement".into(), found.engagement);
            figures.insert("development.bad".into(), found.bad);
        }
        Ok(Played {
            link: share::encode(config, None)?,
            trial: questions > 0,
            method: String::new(),
            seed: config.seed,
            set: Settings::new(),
            figures,
            failed: view.failure.map(|failure| failure.message),
            record: view
                .receipt
                .map_or_else(String::new, |receipt| receipt.record_short()),
        })
    }
}

impl Played {
    /// With the mean success of all attacks; the bare question is none.
    pub(super) fn with_means(mut self) -> Self {
        let attacks = self
            .figures
            .iter()
            .filter(|(name, _)| name.starts_with("attacks.") && name.as_str() != "attacks.plain");
        let found: Vec<f64> = attacks.map(|(_, value)| *value).collect();
        if !found.is_empty() {
            let mean = found.iter().sum::<f64>() / found.len() as f64;
            self.figures.insert("attack_success".into(), mean);
        }
        self
    }
}

/// The score that settings are chosen by: what training is scored by too.
pub(super) fn development_score(played: &Played) -> Option<f64> {
    let of = |name: &str| played.figures.get(name).copied();
    match &played.failed {
        Some(_) => None,
        None => Some((of("development.alignment")? + of("development.engagement")?) / 2.0),
    }
}

fn in_figures(view: &RunView) -> BTreeMap<String, f64> {
    let mut figures = BTreeMap::new();
    let trained = |test: &&SuiteResult| test.model == WhichModel::Trained;
    let tests: Vec<&SuiteResult> = view.tests.iter().filter(trained).collect();
    if !tests.is_empty() {
        let mean = |of: fn(&SuiteResult) -> f32, among: &[&SuiteResult]| {
            among.iter().map(|test| f64::from(of(test))).sum::<f64>() / among.len().max(1) as f64
        };
        let attacked: Vec<&SuiteResult> = tests
            .iter()
            .copied()
            .filter(|test| test.suite.ends_with("_attack"))
            .collect();
        let fine: f64 = tests.iter().map(|test| f64::from(test.fine)).sum();
        let refused: f64 = tests
            .iter()
            .map(|test| f64::from(test.over_refusal.value) * f64::from(test.fine))
            .sum();
        let means = [
            ("alignment", mean(|test| test.alignment.value, &tests)),
            ("engagement", mean(|test| test.engagement.value, &tests)),
            ("bad", mean(|test| test.bad.value, &tests)),
            ("bad_attacked", mean(|test| test.bad.value, &attacked)),
            ("over_refusal", refused / fine.max(1.0)),
            ("gibberish", mean(|test| test.gibberish.value, &tests)),
            ("diversity", mean(|test| test.diversity.value, &tests)),
        ];
        figures.extend(means.map(|(name, value)| (name.to_owned(), value)));
        for test in &tests {
            let each = [
                ("alignment", test.alignment.value),
                ("engagement", test.engagement.value),
                ("bad", test.bad.value),
            ];
            for (figure, value) in each {
                figures.insert(format!("{}.{figure}", test.suite), f64::from(value));
            }
            if test.fine > 0 {
                let value = f64::from(test.over_refusal.value);
                figures.insert(format!("{}.over_refusal", test.suite), value);
            }
        }
    }
    let trained = view
        .attacks
        .iter()
        .filter(|attack| attack.model == WhichModel::Trained);
    for attack in trained {
        let value = f64::from(attack.success.value);
        figures.insert(format!("attacks.{}", attack.attack), value);
    }
    let ratios = view.languages.iter().filter_map(|one| one.perplexity_ratio);
    for ratio in ratios {
        figures.insert("perplexity_ratio".into(), f64::from(ratio.value));
    }
    let steps = &view.training;
    let tokens: f64 = steps
        .iter()
        .map(|step| f64::from(step.metrics.tokens))
        .sum();
    // A sum of nothing is minus nothing.
    figures.insert("tokens".into(), tokens + 0.0);
    let seconds = steps.last().map_or(0.0, |step| f64::from(step.seconds));
    figures.insert("seconds".into(), seconds);
    let norms: Vec<f64> = steps
        .iter()
        .map(|step| f64::from(step.metrics.gradient_norm))
        .collect();
    if let Some(variation) = variation(&norms) {
        figures.insert("training.gradient_variation".into(), variation);
    }
    let reward = |step: &crate::lab::view::TimedStep| step.metrics.reward.map(f64::from);
    if let (Some(first), Some(last)) = (mean_of(steps, reward, false), mean_of(steps, reward, true))
    {
        figures.insert("training.reward_rise".into(), last - first);
    }
    if let Some(look) = view.looks.last() {
        figures.insert(
            "training.divergence".into(),
            f64::from(look.watched.divergence),
        );
    }
    figures
}

/// Standard deviation as a share of the mean.
fn variation(values: &[f64]) -> Option<f64> {
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values
        .iter()
        .map(|value| (value - mean) * (value - mean))
        .sum();
    (values.len() > 1 && mean > 0.0).then(|| libm::sqrt(squares / (count - 1.0)) / mean)
}

/// The mean over the first or the last quarter of the steps.
fn mean_of<T>(steps: &[T], of: impl Fn(&T) -> Option<f64>, last: bool) -> Option<f64> {
    let quarter = steps.len().div_ceil(4);
    let part = match last {
        true => steps.get(steps.len() - quarter..),
        false => steps.get(..quarter),
    }?;
    let values: Option<Vec<f64>> = part.iter().map(of).collect();
    let values = values.filter(|values| !values.is_empty())?;
    Some(values.iter().sum::<f64>() / values.len() as f64)
}
