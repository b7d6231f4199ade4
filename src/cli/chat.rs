//! `mores chat`: ask a model, line by line or once.

use super::EngineArgument;
use super::error::CliError;
use super::{files, host};
use crate::lab::seed::{self, Purpose};
use crate::model::{Sampling, generate};
use crate::world::{display, prompt};
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
    /// Ask this one question and end; without it, questions are read line by line
    question: Option<String>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(&arguments.model, &opened)?;
    let sampling = Sampling {
        temperature: arguments.temperature,
        top_k: 0,
        max_new_tokens: 56,
    };
    let answer = |number: u64, text: &str| -> Result<String, CliError> {
        let question = display::village_form(text);
        let tokens = tokenizer.encode(&prompt::draft(None, &question));
        let mut generators = [seed::stream(arguments.seed, Purpose::Chat, number)];
        let stop = [tokenizer.eos()];
        let generated = pollster::block_on(generate(
            &model,
            &[tokens],
            &sampling,
            &stop,
            &mut generators,
        ))?;
        Ok(generated
            .first()
            .map(|said| display::prose(&tokenizer.decode(&said.tokens)))
            .unwrap_or_default())
    };
    if let Some(question) = &arguments.question {
        println!("{}", answer(0, question)?);
        return Ok(());
    }
    let prompted = std::io::stdin().is_terminal();
    let ask = || {
        if prompted {
            print!("> ");
            let _ = std::io::stdout().flush();
        }
    };
    ask();
    for (number, line) in (0u64..).zip(std::io::stdin().lock().lines()) {
        let line = line.map_err(|source| CliError::File {
            path: PathBuf::from("standard input"),
            source,
        })?;
        if !line.trim().is_empty() {
            println!("{}", answer(number, &line)?);
        }
        ask();
    }
    Ok(())
}
