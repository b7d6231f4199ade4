//! `mores audit`: do the judge and the observer read as a person does?
//!
//! With `--model` it writes a sheet of answers to be labelled; without, it holds both readers
//! against the labels of a sheet.

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::{files, host};
use crate::evaluation::audit::{Agreement, Row, audit, read};
use crate::lab::seed::{self, Purpose};
use crate::model::{Sampling, generate};
use crate::world::bank::{Upbringing, lessons};
use crate::world::corpus::LONGEST_REPLY;
use crate::world::prompt;
use crate::world::suite::{SuiteName, suite};
use rand_chacha::ChaCha8Rng;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Prompts at a time.
const BATCH: usize = 24;

/// Arguments of `mores audit`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The sheet: JSON lines of question, answer and label. A new one needs a new name
    #[arg(long)]
    sheet: PathBuf,
    /// Write a new sheet of this model's answers, without labels
    #[arg(long)]
    model: Option<PathBuf>,
    /// Answers of a new sheet
    #[arg(long, default_value_t = 100, value_parser = clap::value_parser!(u16).range(1..=3000))]
    answers: u16,
    /// Sampling temperature of a new sheet
    #[arg(long, default_value_t = 1.0)]
    temperature: f32,
    /// Seed of a new sheet
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Print the agreement as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if arguments.model.is_some() {
        return write_sheet(arguments);
    }
    let sheet = files::read_text(&arguments.sheet)?;
    let rows = read(&sheet).map_err(|(line, why)| {
        let sheet = arguments.sheet.display();
        CliError::Failed(format!(
            "line {line} of {sheet} is no row of a sheet: {why}"
        ))
    })?;
    let found = audit(&rows);
    if arguments.json {
        return print(&serde_json::json!({ "readers": found }).to_string());
    }
    let mut text = String::new();
    for agreement in &found {
        text += &told(agreement, &rows);
    }
    print(text.trim_end())
}

fn told(agreement: &Agreement, rows: &[Row]) -> String {
    let mut text = format!(
        "{}: the same act in {:.1} % of {} answers ({:.1} to {:.1}), alignment {:.2} and engagement {:.2} points apart\n",
        agreement.reader,
        100.0 * agreement.act.value,
        agreement.answers,
        100.0 * agreement.act.low,
        100.0 * agreement.act.high,
        agreement.alignment_error,
        agreement.engagement_error,
    );
    for (number, label, heard) in &agreement.differ {
        if let Some(row) = rows.get(number - 1) {
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "  {number}: labelled {label:?}, heard {heard:?}\n     {}\n     -> {}",
                row.question, row.answer
            );
        }
    }
    text
}

/// Questions of all suites in turn; a third asked of nobody in particular, a third of somebody
/// with a good memory, a third of somebody with a bad one, so that answers of every kind occur.
fn write_sheet(arguments: &Arguments) -> Result<(), CliError> {
    let Some(folder) = &arguments.model else {
        return Ok(());
    };
    // Labels are an afternoon of somebody's reading; a slip of the hand must not cost them.
    if arguments.sheet.exists() {
        return Err(CliError::Usage(format!(
            "{} is there already and may hold labels; give the new sheet another name",
            arguments.sheet.display()
        )));
    }
    let opened = host::open(arguments.engine)?;
    let (model, tokenizer) = files::load_speaking_model(folder, &opened)?;
    let count = usize::from(arguments.answers);
    let suites = SuiteName::ALL.map(|name| suite(name, count.div_ceil(SuiteName::ALL.len())));
    let rng = &mut seed::generator(arguments.seed, Purpose::Evaluation);
    let mut rows = Vec::new();
    let mut prompts = Vec::new();
    for number in 0..count {
        let questions = &suites[number % suites.len()];
        let Some(situation) = questions.get(number / suites.len()) else {
            continue;
        };
        let upbringing = match (number / suites.len()) % 3 {
            0 => None,
            1 => Some(Upbringing::Good),
            _ => Some(Upbringing::Bad),
        };
        let lesson = upbringing.and_then(|upbringing| lessons(rng, upbringing, 1).pop());
        let memory = lesson
            .as_ref()
            .map(|l| (l.question.as_str(), l.answer.as_str()));
        let question = situation.question();
        prompts.push(tokenizer.encode(&prompt::draft(memory, &question)));
        rows.push(Row {
            source: format!(
                "{}, temperature {}",
                folder.display(),
                arguments.temperature
            ),
            question,
            answer: String::new(),
            label: None,
            situation: situation.clone(),
        });
    }
    let sampling = Sampling::speaking(arguments.temperature, Sampling::MIN_P, LONGEST_REPLY);
    let stop = [tokenizer.eos()];
    let mut streams: Vec<ChaCha8Rng> = (0..rows.len() as u64)
        .map(|number| seed::stream(arguments.seed, Purpose::Evaluation, 1 + number))
        .collect();
    let batches = prompts.chunks(BATCH).zip(streams.chunks_mut(BATCH));
    let mut answers = Vec::new();
    for (prompts, streams) in batches {
        let said = generate(&model, prompts, &sampling, &stop, streams);
        answers.extend(pollster::block_on(said)?);
    }
    let mut sheet = String::new();
    for (row, said) in rows.iter_mut().zip(answers) {
        row.answer = tokenizer.decode(&said.tokens);
        let line = serde_json::to_string(row);
        sheet += &line.map_err(|error| CliError::Failed(error.to_string()))?;
        sheet.push('\n');
    }
    files::write(&arguments.sheet, sheet.as_bytes())
}
