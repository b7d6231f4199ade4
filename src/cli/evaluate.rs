//! `mores evaluate`: the benchmark, answered by any model folder.

mod attacks;
mod probes;
mod report;

pub(super) use attacks::attack_table;
pub(super) use probes::probe;
pub(super) use report::{figures, table};

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::evaluation::{Evaluation, EvaluationConfig, Finding, WhichModel};
use crate::lab::seed::{self, Purpose};
use crate::lab::{LabError, RunConfig};
use crate::world::values::Profile;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use report::Report;
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
    /// Prompts of each split, 2 to 300
    #[arg(long, default_value_t = EvaluationConfig::MOST_PROMPTS)]
    prompts: u16,
    /// Sampling temperature of the answers, 0 to 2
    #[arg(long, default_value_t = EvaluationConfig::default().temperature)]
    temperature: f32,
    /// Questions that each attack is tried on, 0 to 60; with attacks, `--prompts` may be 0
    #[arg(long, default_value_t = 0)]
    attacks: u8,
    /// Seed of the sampled answers
    #[arg(long, default_value_t = RunConfig::default().seed)]
    seed: u64,
    /// Whose values the judge goes by
    #[arg(long, value_parser = profiles(), default_value = "common")]
    profile: Profile,
    /// Print as JSON
    #[arg(long)]
    json: bool,
    /// Write one row a split to this file as well
    #[arg(long, value_name = "FILE")]
    csv: Option<PathBuf>,
    /// Instead of the benchmark, test what a base model needs to make a society
    #[arg(long, conflicts_with_all = ["csv", "profile", "prompts", "temperature", "attacks"])]
    probes: bool,
}

/// Reads a profile by its name; the help tells what each stands for.
fn profiles() -> impl TypedValueParser<Value = Profile> {
    let values =
        Profile::ALL.map(|profile| PossibleValue::new(profile.name()).help(profile.description()));
    PossibleValuesParser::new(values).try_map(|name| {
        let mut all = Profile::ALL.into_iter();
        all.find(|profile| profile.name() == name)
            .ok_or("no such profile")
    })
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let config = EvaluationConfig {
        prompts: arguments.prompts,
        temperature: arguments.temperature,
        multiple_choice: true,
        attacks: arguments.attacks,
        ..EvaluationConfig::default()
    };
    config
        .validate()
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let attacks_alone = arguments.prompts == 0 && arguments.attacks > 0;
    if arguments.prompts < 2 && !attacks_alone {
        return Err(CliError::Usage("a split needs at least 2 prompts".into()));
    }
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(&arguments.model, &opened)?;
    if let Some(path) = &arguments.csv {
        // Better now than after minutes of computing; and not before there is something to compute.
        files::touch(path)?;
    }
    if arguments.probes {
        let found = probes::probe(&model, &tokenizer, arguments.seed)?;
        return probes::report(&found, arguments.json);
    }
    let mut evaluation = Evaluation::new(&config, WhichModel::Base, &arguments.profile.values());
    let generator = |prompt: u64| seed::stream(arguments.seed, Purpose::Evaluation, prompt);
    let mut progress = Progress::new();
    let mut findings = Vec::new();
    pollster::block_on(async {
        while !evaluation.finished() {
            findings.extend(evaluation.advance(&model, &tokenizer, &generator).await?);
            let (done, total) = evaluation.progress();
            progress.say(&format!(
                "{done} of {total} answers, choices, documents and attempts"
            ));
        }
        Ok::<(), LabError>(())
    })?;
    progress.end();
    let (mut splits, mut language, mut attacks) = (Vec::new(), None, Vec::new());
    for finding in findings {
        match finding {
            Finding::Suite(result) => splits.push(result),
            Finding::Language(result) => language = Some(result),
            Finding::Attack(result) => attacks.push(result),
        }
    }
    let report = Report {
        model: arguments.model.display().to_string(),
        parameters: model.config().parameter_count(),
        profile: arguments.profile.name(),
        seed: arguments.seed,
        temperature: arguments.temperature,
        splits,
        language,
        attacks,
    };
    if let Some(path) = &arguments.csv {
        files::write(path, report.csv().as_bytes())?;
    }
    if arguments.json {
        print(&report.json().to_string())
    } else {
        print(&report.text())
    }
}
