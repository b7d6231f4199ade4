//! `mores data`: the record as data sets that others can train on, and any such file checked.

use super::error::CliError;
use super::files;
use super::output::print;
use crate::alignment::ScoreKind;
use crate::alignment::data::{Counts, DataConfig, mixture};
use crate::formats::any_row::AnyRows;
use crate::formats::data_sets::{self, Kind};
use crate::formats::external_memory::{Entries, Entry};
use crate::formats::stream::{self, Layout, Reader, Report, RowFormat};
use crate::lab::seed::{self, Purpose};
use crate::society::{Fidelity, Mode};
use clap::ValueEnum;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Bytes read at a time.
const PIECE: usize = 64 * 1024;

/// Arguments of `mores data`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The record: record.jsonl, or an external memory with or without our own key
    #[arg(required_unless_present = "check", requires = "out")]
    record: Option<PathBuf>,
    /// Folder the data go to: train and dev, or external_memory.json
    #[arg(long)]
    out: Option<PathBuf>,
    /// What is written
    #[arg(long, value_enum, default_value = "authors")]
    format: FormatArgument,
    /// Version of the method: paper, official or corrected
    #[arg(long, value_parser = mode, default_value = "corrected")]
    mode: Mode,
    /// Parts of imitation, self-critic and realignment; 5:1:1 as published
    #[arg(long, value_parser = mix, default_value = "1:0:0")]
    mix: [u8; 3],
    /// Share of the questions kept apart, 0 to 0.5
    #[arg(long, default_value_t = 0.0)]
    dev: f32,
    /// What answers are scored by
    #[arg(long, value_enum, default_value = "both")]
    score: ScoreArgument,
    /// Seed of what is drawn where a set is larger than its part
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Leave our own key out of an external memory; it can't be read back whole then
    #[arg(long)]
    published_only: bool,
    /// Count the rows of a data set, an external memory or a record, and tell the broken ones
    #[arg(long, conflicts_with_all = ["record", "out"])]
    check: Option<PathBuf>,
    /// Print the account as JSON
    #[arg(long)]
    json: bool,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum FormatArgument {
    /// The authors' training file: query, responses, scores, models
    Authors,
    /// TRL: prompt, chosen, rejected
    Preference,
    /// TRL: prompt, completion
    Sft,
    /// TRL: prompt, completion, label
    Kto,
    /// The authors' external memory: the record itself
    ExternalMemory,
}

/// What answers are scored by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum ScoreArgument {
    /// Alignment alone
    Moral,
    /// The mean of alignment and engagement
    Both,
}

fn mode(name: &str) -> Result<Mode, String> {
    let known = Mode::ALL.into_iter().find(|mode| mode.name() == name);
    known.ok_or_else(|| "paper, official or corrected".to_owned())
}

fn mix(text: &str) -> Result<[u8; 3], String> {
    let parts = text.split(':').map(|part| part.parse::<u8>());
    let parts: Option<Vec<u8>> = parts.map(Result::ok).collect();
    let parts = parts.and_then(|parts| parts.try_into().ok());
    parts.ok_or_else(|| "three whole numbers such as 5:1:1".to_owned())
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    match (&arguments.check, &arguments.record, &arguments.out) {
        (Some(file), _, _) => check(file, arguments.json),
        (None, Some(record), Some(out)) => export(record, out, arguments),
        _ => Err(CliError::Usage("a record and --out, or --check".to_owned())),
    }
}

/// Reads a file piece by piece, handing rows over as they come.
fn each_row<F: RowFormat>(
    path: &Path,
    format: F,
    mut take: impl FnMut(F::Row),
) -> Result<Report, CliError> {
    let failed = |source| CliError::File {
        path: path.to_owned(),
        source,
    };
    let mut file = File::open(path).map_err(failed)?;
    let mut reader = Reader::of(format);
    let mut piece = vec![0; PIECE];
    loop {
        let length = file.read(&mut piece).map_err(failed)?;
        if length == 0 {
            break;
        }
        reader
            .push(&piece[..length])
            .into_iter()
            .for_each(&mut take);
    }
    let (last, report) = reader
        .finish()
        .map_err(|error| CliError::Failed(format!("{}: {error}", path.display())))?;
    last.into_iter().for_each(take);
    Ok(report)
}

/// The broken rows, one a line, and how many more there are.
fn told(report: &Report) -> String {
    let mut text = String::new();
    for broken in &report.told {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  line {}: {}", broken.line, broken.reason);
    }
    let more = report.broken - report.told.len() as u64;
    if more > 0 {
        let _ = writeln!(text, "  and {more} more");
    }
    text
}

fn export(record: &Path, out: &Path, arguments: &Arguments) -> Result<(), CliError> {
    let [imitation, self_critic, realignment] = arguments.mix;
    let config = DataConfig {
        imitation,
        self_critic,
        realignment,
        dev: arguments.dev,
    };
    let wrong = |error: crate::society::OutOfRange| CliError::Usage(error.to_string());
    config.validate().map_err(wrong)?;
    let mut entries: Vec<Entry> = Vec::new();
    let report = each_row(record, Entries, |entry| entries.push(entry))?;
    if report.broken > 0 {
        eprintln!(
            "mores: {} of {} rows are broken and left out:\n{}",
            report.broken,
            report.broken + report.rows,
            told(&report).trim_end()
        );
    }
    let kind = match arguments.format {
        FormatArgument::Authors => Kind::StableAlignment,
        FormatArgument::Preference => Kind::Preference,
        FormatArgument::Sft => Kind::Completion,
        FormatArgument::Kto => Kind::Judged,
        FormatArgument::ExternalMemory => {
            let whole = !arguments.published_only;
            let memories = entries.iter().map(|entry| entry.memory(whole));
            let bytes = stream::write(memories, Layout::Array)?;
            files::write(&out.join("external_memory.json"), &bytes)?;
            return told_memory(&entries, &report, arguments.json);
        }
    };
    let score = match arguments.score {
        ScoreArgument::Moral => ScoreKind::Moral,
        ScoreArgument::Both => ScoreKind::MoralAndEngagement,
    };
    let fidelity = Fidelity::of(arguments.mode);
    // A stream of its own: what is drawn here never changes the order of training.
    let rng = &mut seed::stream(arguments.seed, Purpose::DataOrder, 1);
    let data = mixture(&entries, &config, score, &fidelity, rng).map_err(wrong)?;
    let mut sides = vec![("train", &data.train)];
    if config.dev > 0.0 {
        sides.push(("dev", &data.dev));
    }
    for (name, groups) in sides {
        let name = format!("{name}.{}", kind.extension());
        files::write(&out.join(name), &data_sets::write(groups, kind)?)?;
    }
    print(&account(&data.counts, &report, arguments.json))
}

fn told_memory(entries: &[Entry], report: &Report, json: bool) -> Result<(), CliError> {
    let whole = entries
        .iter()
        .filter(|entry| matches!(entry, Entry::Whole(_)))
        .count();
    if json {
        let account = serde_json::json!({
            "rows": report.rows, "broken": report.broken, "whole": whole,
        });
        return print(&account.to_string());
    }
    print(&format!(
        "{} interactions, {whole} of them with everything there is to know",
        report.rows
    ))
}

/// What a mixture is made of.
fn account(counts: &Counts, report: &Report, json: bool) -> String {
    if json {
        return serde_json::json!({
            "rows": report.rows, "broken": report.broken, "sets": counts,
        })
        .to_string();
    }
    let mut text = format!("{} interactions\n", report.rows);
    let sets = [
        ("imitation", counts.imitation),
        ("self-critic", counts.self_critic),
        ("realignment", counts.realignment),
    ];
    for (name, set) in sets {
        let _ = writeln!(
            text,
            "{name}: {} queries with {} responses; {} to learn from, {} kept apart",
            set.groups, set.responses, set.train, set.dev
        );
    }
    text
}

fn check(path: &Path, json: bool) -> Result<(), CliError> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    let report = each_row(path, AnyRows, |row| {
        *counts.entry(row.kind().name()).or_default() += 1;
    })?;
    if json {
        let lines: Vec<_> = report
            .told
            .iter()
            .map(|broken| serde_json::json!({ "line": broken.line, "reason": broken.reason }))
            .collect();
        let account = serde_json::json!({
            "rows": counts, "broken": report.broken, "lines": lines,
        });
        print(&account.to_string())?;
    } else {
        let mut text = String::new();
        for (kind, count) in &counts {
            let _ = writeln!(text, "{kind}: {count} rows");
        }
        let _ = writeln!(text, "broken: {}", report.broken);
        print(&(text + &told(&report)))?;
    }
    if report.broken == 0 {
        return Ok(());
    }
    Err(CliError::Failed(format!(
        "{} of {} rows are broken",
        report.broken,
        report.broken + report.rows
    )))
}
