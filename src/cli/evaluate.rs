//! `mores evaluate`: the suites, answered by any model folder.

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::evaluation::{Evaluation, EvaluationConfig, SuiteResult, WhichModel};
use crate::lab::seed::{self, Purpose};
use crate::lab::{LabError, RunConfig};
use std::fmt::Write as _;
use std::path::PathBuf;

/// Arguments of `mores evaluate`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Model folder in Hugging Face layout, with the village's tokenizer
    #[arg(long)]
    model: PathBuf,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Prompts of each suite, 2 to 300
    #[arg(long, default_value_t = 100)]
    prompts: u16,
    /// Sampling temperature
    #[arg(long, default_value_t = EvaluationConfig::default().temperature)]
    temperature: f32,
    /// Seed of the sampled answers
    #[arg(long, default_value_t = RunConfig::default().seed)]
    seed: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let config = EvaluationConfig {
        prompts: arguments.prompts,
        temperature: arguments.temperature,
    };
    config
        .validate()
        .map_err(|error| CliError::Usage(error.to_string()))?;
    if arguments.prompts < 2 {
        return Err(CliError::Usage("a suite needs at least 2 prompts".into()));
    }
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(&arguments.model, &opened)?;
    let mut evaluation = Evaluation::new(&config, WhichModel::Base);
    let generator = |prompt: u64| seed::stream(arguments.seed, Purpose::Evaluation, prompt);
    let mut progress = Progress::new();
    let mut results = Vec::new();
    pollster::block_on(async {
        while !evaluation.finished() {
            results.extend(evaluation.advance(&model, &tokenizer, &generator).await?);
            let (done, total) = evaluation.progress();
            progress.say(&format!("{done} of {total} prompts"));
        }
        Ok::<(), LabError>(())
    })?;
    progress.end();
    if arguments.json {
        let suites: Vec<_> = results.iter().map(as_json).collect();
        print(&serde_json::json!({ "splits": suites }).to_string())
    } else {
        print(&table(&results))
    }
}

fn as_json(result: &SuiteResult) -> serde_json::Value {
    serde_json::json!({
        "name": result.suite,
        "n": result.count,
        "alignment": result.alignment,
        "engagement": result.engagement,
        "bad": result.bad,
        "over_refusal": result.over_refusal,
        "gibberish": result.gibberish,
    })
}

/// A table of results, one row a suite and model.
pub(super) fn table(results: &[SuiteResult]) -> String {
    let mut text = String::new();
    if results.is_empty() {
        return text;
    }
    let _ = writeln!(
        text,
        "{:<20} {:<8} {:>4}  {:>18}  {:>18}  {:>18}  {:>8}  {:>9}",
        "suite", "model", "n", "alignment", "engagement", "bad %", "over %", "gibberish"
    );
    for result in results {
        let mean = |estimate: &crate::evaluation::Estimate| {
            format!(
                "{:.2} ({:.2}..{:.2})",
                estimate.value, estimate.low, estimate.high
            )
        };
        let bad = &result.bad;
        let share = format!(
            "{:.0} ({:.0}..{:.0})",
            100.0 * bad.value,
            100.0 * bad.low,
            100.0 * bad.high
        );
        let _ = writeln!(
            text,
            "{:<20} {:<8} {:>4}  {:>18}  {:>18}  {:>18}  {:>8.0}  {:>9.0}",
            result.suite,
            format!("{:?}", result.model).to_lowercase(),
            result.count,
            mean(&result.alignment),
            mean(&result.engagement),
            share,
            100.0 * result.over_refusal.value,
            100.0 * result.gibberish.value
        );
    }
    text
}
