//! `mores chat`: ask a model, line by line or once.

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::{files, host};
use crate::evaluation::Manner;
use crate::lab::engine::chat;
use crate::model::Sampling;
use crate::world::display;
use std::io::{BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;

/// Arguments of `mores chat`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Model folder in Hugging Face layout, with the village's tokenizer
    #[arg(long)]
    model: PathBuf,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Sampling temperature; 0 takes the likeliest word
    #[arg(long, default_value_t = 0.8)]
    temperature: f32,
    /// Seed of the sampled answers
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Ask for a good answer, as one asks a model that learnt by hindsight
    #[arg(long)]
    hindsight: bool,
    /// Ask this one question and end; without it, questions are read line by line
    question: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(&arguments.model, &opened)?;
    let answer = |text: &str| -> Result<String, CliError> {
        let said = pollster::block_on(chat::answer(
            &model,
            &tokenizer,
            arguments.seed,
            Manner {
                temperature: arguments.temperature,
                min_p: Sampling::MIN_P,
                hindsight: arguments.hindsight,
            },
            text,
        ))?;
        Ok(display::prose(&said))
    };
    if let Some(question) = &arguments.question {
        return print(&answer(question)?);
    }
    let prompted = std::io::stdin().is_terminal();
    let ask = || {
        if prompted {
            print!("> ");
            let _ = std::io::stdout().flush();
        }
    };
    ask();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|source| CliError::File {
            path: PathBuf::from("standard input"),
            source,
        })?;
        if !line.trim().is_empty() {
            print(&answer(&line)?)?;
        }
        ask();
    }
    Ok(())
}
