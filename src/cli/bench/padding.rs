//! `mores bench padding`: how much of what training computes is padding, on a data set.
//!
//! The steps are picked as the trainer picks them; nothing is computed. Beside what is done (rows of
//! like length together) stands what would be, were a step's rows one padded array.

use crate::alignment::ObjectiveKind;
use crate::alignment::batch::{MicroBatch, Picker, Question, by_length};
use crate::alignment::data::QueryGroup;
use crate::cli::error::CliError;
use crate::cli::files;
use crate::cli::output::print;
use crate::lab::seed::{self, Purpose};
use crate::world::tokenizer::Tokenizer;
use std::path::PathBuf;

/// Longest answer with its question, in tokens: that of the shipped models.
const CONTEXT: usize = 256;

/// Arguments of `mores bench padding`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A data set as `mores data` writes it in the authors' format
    data: PathBuf,
    /// Steps that are picked
    #[arg(long, default_value_t = 40)]
    steps: u16,
    /// Questions of a step
    #[arg(long, default_value_t = 8)]
    questions: usize,
    /// Answers of a question
    #[arg(long, default_value_t = 3)]
    candidates: usize,
}

/// Tokens that mean something, and places of the arrays that hold them.
#[derive(Default)]
struct Filled {
    tokens: usize,
    together: usize,
    by_length: usize,
    passes: usize,
}

impl Filled {
    fn add(&mut self, batch: &MicroBatch) {
        let lengths: Vec<usize> = batch.examples.iter().map(|row| row.tokens.len()).collect();
        let padded = |rows: &[usize]| rows.len() * rows.iter().copied().max().unwrap_or(0);
        let groups = by_length(&lengths);
        self.tokens += lengths.iter().sum::<usize>();
        self.together += padded(&lengths);
        self.passes += groups.len();
        for group in groups {
            let rows = group.iter().filter_map(|row| lengths.get(*row).copied());
            self.by_length += padded(&rows.collect::<Vec<usize>>());
        }
    }

    /// Per cent of so many places that are padding.
    fn waste(&self, places: usize) -> f64 {
        100.0 * (1.0 - self.tokens as f64 / places.max(1) as f64)
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let text = files::read_text(&arguments.data)?;
    let groups: Vec<QueryGroup> = serde_json::from_str(&text)
        .map_err(|error| CliError::Usage(format!("the data set: {error}")))?;
    let tokenizer = Tokenizer::village();
    let questions: Vec<Question> = groups
        .iter()
        .filter_map(|group| Question::of(group, &tokenizer, CONTEXT, true).ok())
        .collect();
    let mut table = format!(
        "{} questions, {} steps of {}\n{:<17} {:>11} {:>15} {:>12} {:>12}\n",
        questions.len(),
        arguments.steps,
        arguments.questions,
        "objective",
        "tokens/step",
        "one array, %",
        "by length, %",
        "passes/step"
    );
    for kind in [
        ObjectiveKind::SupervisedBest,
        ObjectiveKind::SupervisedAll,
        ObjectiveKind::SaCpoAnchored,
    ] {
        let mut picker = Picker::new(questions.len(), seed::generator(1, Purpose::DataOrder));
        let mut filled = Filled::default();
        for _ in 0..arguments.steps {
            let (count, most) = (arguments.questions, arguments.candidates);
            let picked = picker.pick(&questions, kind, count, most);
            filled.add(&MicroBatch::of(&questions, &picked));
        }
        let steps = f64::from(arguments.steps.max(1));
        table += &format!(
            "{:<17} {:>11.0} {:>15.1} {:>12.1} {:>12.1}\n",
            format!("{kind:?}"),
            filled.tokens as f64 / steps,
            filled.waste(filled.together),
            filled.waste(filled.by_length),
            filled.passes as f64 / steps
        );
    }
    print(&table)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::log_probabilities::Example;

    #[test]
    fn padding_is_counted_as_the_trainer_lays_rows_out() {
        let row = |length: usize| Example {
            tokens: vec![1; length],
            prompt: 1,
        };
        let mut filled = Filled::default();
        filled.add(&MicroBatch {
            examples: vec![row(10), row(40), row(38), row(10)],
            scores: Vec::new(),
            tokens: 98,
        });
        assert_eq!((filled.tokens, filled.together), (98, 160));
        assert_eq!((filled.by_length, filled.passes), (100, 2));
        assert!((filled.waste(filled.together) - 38.75).abs() < 1e-9);
        assert!((filled.waste(filled.by_length) - 2.0).abs() < 1e-9);
    }
}
