//! `mores bench`: tokens per second of training and of batched decoding.
//!
//! The same work as `tests/reference/bench.py` does with PyTorch, so that a ratio can be taken in
//! one run: a training step is forward, SA-CPO over groups of candidates, backward, clipping and
//! AdamW on full sequences; decoding is one token a step for all sequences, with a KV cache.
//! `mores bench society` times interactions instead (see [`society`]), `mores bench padding` counts
//! what of a training step is padding (see [`padding`]).

mod padding;
mod society;

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::alignment::data::QueryGroup;
use crate::alignment::trainer::Trainer;
use crate::alignment::{ObjectiveKind, TrainingConfig};
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, Sampling, generate};
use crate::world::chance;
use crate::world::tokenizer::Tokenizer;
use std::path::PathBuf;
use std::time::Instant;

/// Tokens of a training sequence.
const CONTEXT: usize = 128;
/// Tokens of a prompt, and tokens decoded after it.
const PROMPT: usize = 32;
const NEW: usize = 32;

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
    /// Interactions a second by size of the society, and where the time goes
    Society(society::Arguments),
    /// How much of what training computes is padding
    Padding(padding::Arguments),
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
    let mut progress = Progress::new();
    let mut rows = Vec::new();
    for batch in &arguments.training {
        progress.say(&format!("training, batch {batch}"));
        let tokens_per_second = training(&model, &tokenizer, *batch, arguments.steps)?;
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
            tokens_per_second: decoding(&model, *batch)?,
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
            "engine": engine, "adapter": opened.adapter, "parameters": model.config().parameter_count(), "rows": rows,
        });
        print(&value.to_string())
    } else {
        let parameters = model.config().parameter_count();
        let mut table = format!("{engine} ({}), {parameters} parameters\n", opened.adapter);
        table += &format!("{:<10} {:>6} {:>12}\n", "work", "batch", "tokens/s");
        for row in rows {
            let rate = row.tokens_per_second;
            table += &format!("{:<10} {:>6} {rate:>12.0}\n", row.work, row.batch);
        }
        print(&table)
    }
}

/// Median over the timed steps. Sequences come in groups of up to four candidates of one question.
fn training(model: &Llama, tokenizer: &Tokenizer, batch: u8, steps: u16) -> Result<f64, CliError> {
    let mut rng = seed::generator(1, Purpose::DataOrder);
    let candidates = batch.clamp(1, 4);
    let questions = batch / candidates;
    let mut word = || {
        // Any ordinary word does; special ones come first in the vocabulary.
        let first = 16;
        let count = u32::try_from(tokenizer.vocab_size()).unwrap_or(u32::MAX) - first;
        tokenizer.decode(&[first + chance::below(&mut rng, count)])
    };
    let mut text = |words: usize| (0..words).map(|_| word()).collect::<Vec<_>>().join(" ");
    let groups: Vec<QueryGroup> = (0..questions)
        .map(|_| QueryGroup {
            query: text(1),
            // The end mark is the last token of the sequence.
            responses: (0..candidates).map(|_| text(CONTEXT - 2)).collect(),
            scores: (0..candidates).map(|place| f32::from(7 - place)).collect(),
            models: vec!["bench".into(); usize::from(candidates)],
        })
        .collect();
    let config = TrainingConfig {
        objective: ObjectiveKind::SaCpoAnchored,
        steps: steps + 1,
        questions_per_step: questions,
        candidates: candidates.max(2),
        learning_rate: 1e-4,
        ..TrainingConfig::default()
    };
    let mut trainer = Trainer::new(
        model,
        &groups,
        tokenizer,
        config,
        seed::generator(2, Purpose::DataOrder),
    )?;
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

/// Median over three timed rounds after one that warms up; nothing stops a sequence early.
fn decoding(model: &Llama, batch: usize) -> Result<f64, CliError> {
    let mut rng = seed::generator(3, Purpose::Sampling);
    let vocabulary = u32::try_from(model.config().vocab_size).unwrap_or(u32::MAX);
    let sampling = Sampling {
        temperature: 1.0,
        top_k: 0,
        min_p: 0.0,
        max_new_tokens: NEW,
    };
    let mut rates = Vec::new();
    for round in 0..4u64 {
        let prompts: Vec<Vec<u32>> = (0..batch)
            .map(|_| {
                (0..PROMPT)
                    .map(|_| chance::below(&mut rng, vocabulary))
                    .collect()
            })
            .collect();
        let mut generators: Vec<_> = (0..batch as u64)
            .map(|row| seed::stream(round, Purpose::Sampling, row))
            .collect();
        let begun = Instant::now();
        let said = pollster::block_on(generate(model, &prompts, &sampling, &[], &mut generators))?;
        let tokens: usize = said.iter().map(|sequence| sequence.tokens.len()).sum();
        if round > 0 {
            rates.push(tokens as f64 / begun.elapsed().as_secs_f64());
        }
    }
    Ok(median(rates))
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
