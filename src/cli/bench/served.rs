//! `mores bench served`: does the measured work when it is asked to, so that it can take turns with a peer.
//!
//! `./lab bench native` asks. A request is a line of JSON on standard input, its answer a line on standard
//! output: `{"result": ..}` or `{"error": ".."}`. `tests/bench/native/peer.py` answers the same requests,
//! as `src/bench/` does in a browser.

use crate::cli::error::CliError;
use crate::cli::output::print;
use crate::cli::{EngineArgument, files, host};
use crate::lab::workload::{STEPS, Trainer, Workload};
use serde_json::{Value, json};
use std::io::BufRead as _;
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `mores bench served`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
}

/// What can be asked for. Peers are also given the tokens; ours makes them.
#[derive(serde::Deserialize)]
#[serde(tag = "call", rename_all = "lowercase")]
enum Request {
    Open {
        model: PathBuf,
    },
    Sequences {
        batch: u8,
    },
    Prompts {
        batch: usize,
        round: u64,
    },
    Train {
        batch: u8,
    },
    Step,
    Decode {
        batch: usize,
        round: u64,
        temperature: f32,
    },
}

/// What has been opened and begun.
#[derive(Default)]
struct Served {
    work: Option<Workload>,
    trainer: Option<Trainer>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let mut served = Served::default();
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(|source| CliError::File {
            path: PathBuf::from("standard input"),
            source,
        })?;
        let asked = serde_json::from_str(&line).map_err(|error| CliError::Usage(error.to_string()));
        let answer = match asked.and_then(|asked| served.answer(asked, arguments.engine)) {
            Ok(result) => json!({ "result": result }),
            Err(error) => json!({ "error": error.to_string() }),
        };
        print(&answer.to_string())?;
    }
    Ok(())
}

impl Served {
    fn answer(&mut self, request: Request, engine: EngineArgument) -> Result<Value, CliError> {
        match request {
            Request::Open { model } => {
                let opened = host::open(engine)?;
                let (model, tokenizer) = files::load_speaking_model(&model, &opened)?;
                let work = Workload::new(model, tokenizer);
                let result = json!({
                    "parameters": work.parameters(), "adapter": opened.adapter,
                    "threads": rayon::current_num_threads(),
                });
                (self.trainer, self.work) = (None, Some(work));
                Ok(result)
            }
            Request::Sequences { batch } => Ok(json!(self.work()?.sequences(batch)?)),
            Request::Prompts { batch, round } => {
                Ok(json!(self.work()?.prompts(batch, round).concat()))
            }
            Request::Train { batch } => {
                // The old one's memory first.
                self.trainer = None;
                self.trainer = Some(self.work()?.training(batch, STEPS, 0.0)?);
                Ok(Value::Null)
            }
            Request::Step => self.step(),
            Request::Decode {
                batch,
                round,
                temperature,
            } => {
                let work = self.work()?;
                let prompts = work.prompts(batch, round);
                let begun = Instant::now();
                let said = pollster::block_on(work.decode(&prompts, round, temperature))?;
                let seconds = begun.elapsed().as_secs_f64();
                let tokens: Vec<u32> = said.into_iter().flat_map(|one| one.tokens).collect();
                Ok(json!({ "seconds": seconds, "tokens": tokens }))
            }
        }
    }

    /// A training step, until its loss is known.
    fn step(&mut self) -> Result<Value, CliError> {
        let nothing = || CliError::Usage("nothing trains".into());
        let trainer = self.trainer.as_mut().ok_or_else(nothing)?;
        let begun = Instant::now();
        while !trainer.finished() {
            if let Some(metrics) = pollster::block_on(trainer.advance())? {
                let seconds = begun.elapsed().as_secs_f64();
                return Ok(json!({ "seconds": seconds, "loss": metrics.loss }));
            }
        }
        Err(nothing())
    }

    fn work(&self) -> Result<&Workload, CliError> {
        let missing = || CliError::Usage("no model is open".into());
        self.work.as_ref().ok_or_else(missing)
    }
}
