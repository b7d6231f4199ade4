//! `mores bench`: tokens per second of training and of batched decoding.
//!
//! The work is [`crate::lab::workload`]'s, which a browser does beside its peers (`./lab bench browser`), and
//! the native program beside PyTorch (`./lab bench native`; see [`served`]), so that a ratio can be taken in one run.
//! `mores bench society` times rounds of interactions instead (see [`society`]), `mores bench padding`
//! counts what of a training step is padding (see [`padding`]).

mod padding;
mod served;
mod society;

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::lab::workload::{Workload, median};
use std::path::PathBuf;
use std::time::Instant;

/// Share of the steps whose rate still grows, as in a run.
const WARM_UP: f32 = 0.1;

/// Arguments of `mores bench`.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// Model folder
    #[arg(long, default_value = "public/models/standard")]
    model: PathBuf,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Timed training steps; one more warms up
    #[arg(long, default_value_t = 5)]
    steps: u16,
    /// Sequences of a training step
    #[arg(long, value_delimiter = ',', default_values_t = [1, 8, 24])]
    training: Vec<u8>,
    /// Sequences decoded together
    #[arg(long, value_delimiter = ',', default_values_t = [1, 16, 100])]
    decoding: Vec<usize>,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Other work than the model's.
#[derive(clap::Subcommand)]
enum What {
    /// A whole round by size of the society, where its time goes, and how it grows
    Society(society::Arguments),
    /// How much of what training computes is padding
    Padding(padding::Arguments),
    /// Do such work when asked on standard input: `./lab bench native` asks, in turn with PyTorch
    Served(served::Arguments),
}

struct Row {
    work: &'static str,
    batch: usize,
    tokens_per_second: f64,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    match &arguments.what {
        Some(What::Society(arguments)) => return society::run(arguments),
        Some(What::Padding(arguments)) => return padding::run(arguments),
        Some(What::Served(arguments)) => return served::run(arguments),
        None => {}
    }
    let training_fits =
        |batch: &u8| (1..=4).contains(batch) || (batch.is_multiple_of(4) && *batch <= 64);
    if !arguments.training.iter().all(training_fits) {
        return Err(CliError::Usage(
            "a training batch is 1 to 4, or a multiple of 4 up to 64: questions have 4 candidates"
                .into(),
        ));
    }
    if !arguments
        .decoding
        .iter()
        .all(|batch| (1..=1024).contains(batch))
    {
        return Err(CliError::Usage("a decoding batch is 1 to 1024".into()));
    }
    if !(1..=1000).contains(&arguments.steps) {
        return Err(CliError::Usage("1 to 1000 steps can be timed".into()));
    }
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(&arguments.model, &opened)?;
    let work = Workload::new(model, tokenizer);
    let mut progress = Progress::new();
    let mut rows = Vec::new();
    for batch in &arguments.training {
        progress.say(&format!("training, batch {batch}"));
        let tokens_per_second = training(&work, *batch, arguments.steps)?;
        rows.push(Row {
            work: "training",
            batch: usize::from(*batch),
            tokens_per_second,
        });
    }
    for batch in &arguments.decoding {
        progress.say(&format!("decoding, batch {batch}"));
        rows.push(Row {
            work: "decoding",
            batch: *batch,
            tokens_per_second: decoding(&work, *batch)?,
        });
    }
    progress.end();
    let engine = if arguments.engine == EngineArgument::Cpu {
        "mores-cpu"
    } else {
        "mores-wgpu"
    };
    if arguments.json {
        let rows: Vec<_> = rows
            .iter()
            .map(|row| {
                serde_json::json!({
                    "work": row.work, "batch": row.batch, "tokens_per_second": row.tokens_per_second,
                })
            })
            .collect();
        let value = serde_json::json!({
            "engine": engine, "adapter": opened.adapter, "parameters": work.parameters(), "rows": rows,
        });
        print(&value.to_string())
    } else {
        let parameters = work.parameters();
        let mut table = format!("{engine} ({}), {parameters} parameters\n", opened.adapter);
        table += &format!("{:<10} {:>6} {:>12}\n", "work", "batch", "tokens/s");
        for row in rows {
            let rate = row.tokens_per_second;
            table += &format!("{:<10} {:>6} {rate:>12.0}\n", row.work, row.batch);
        }
        print(&table)
    }
}

/// Median over the timed steps, after one that warms up.
fn training(work: &Workload, batch: u8, steps: u16) -> Result<f64, CliError> {
    let mut trainer = work.training(batch, steps + 1, WARM_UP)?;
    let mut rates = Vec::new();
    while !trainer.finished() {
        let begun = Instant::now();
        if let Some(metrics) =
            pollster::block_on(trainer.advance())?.filter(|metrics| metrics.step > 1)
        {
            rates.push(f64::from(metrics.tokens) / begun.elapsed().as_secs_f64());
        }
    }
    Ok(median(rates))
}

/// Median over three timed rounds after one that warms up.
fn decoding(work: &Workload, batch: usize) -> Result<f64, CliError> {
    let mut rates = Vec::new();
    for round in 0..4 {
        let prompts = work.prompts(batch, round);
        let begun = Instant::now();
        let said = pollster::block_on(work.decode(&prompts, round, 1.0))?;
        let tokens: usize = said.iter().map(|sequence| sequence.tokens.len()).sum();
        if round > 0 {
            rates.push(tokens as f64 / begun.elapsed().as_secs_f64());
        }
    }
    Ok(median(rates))
}
