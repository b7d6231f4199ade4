//! `mores evaluate --probes`: does a base model behave as a society needs?

use crate::cli::error::CliError;
use crate::cli::output::print;
use crate::cli::progress::Progress;
use crate::evaluation::probe::report::table;
use crate::evaluation::probe::{Probes, Probing, people};
use crate::lab::LabError;
use crate::lab::seed::{self, Purpose};
use crate::model::Llama;
use crate::world::tokenizer::Tokenizer;

/// Puts the probes to a model.
pub(in crate::cli) fn probe(
    model: &Llama,
    tokenizer: &Tokenizer,
    seed: u64,
) -> Result<Probes, CliError> {
    let mut probing = Probing::new();
    let generator = |prompt: u64| seed::stream(seed, Purpose::Evaluation, prompt);
    let mut progress = Progress::new();
    let found = pollster::block_on(async {
        loop {
            if let Some(found) = probing.advance(model, tokenizer, &generator).await? {
                return Ok::<Probes, LabError>(found);
            }
            let (done, total) = probing.progress();
            progress.say(&format!("{done} of {total} probes"));
        }
    })?;
    progress.end();
    Ok(found)
}

/// Prints what was found beside what the village's own people would do, and the gates.
pub(super) fn report(found: &Probes, json: bool) -> Result<(), CliError> {
    let people = people();
    if !json {
        return print(&table(found, Some(&people)));
    }
    let gates = found.gates();
    print(&serde_json::json!({ "probes": found, "people": people, "gates": gates }).to_string())
}
