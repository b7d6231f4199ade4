//! `mores opening`: the recording that the page plays before the first click.
//!
//! It is an excerpt of a run that was really done, taken from what `mores run --out` wrote:
//!
//! ```sh
//! mores run village --out made && mores opening made
//! ```

use super::error::CliError;
use super::files;
use super::output::print;
use crate::formats::record;
use crate::lab::recording::Recording;
use crate::lab::run_file::RunFile;
use std::path::PathBuf;

/// Arguments of `mores opening`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder with run.json and record.jsonl of a run that is over
    folder: PathBuf,
    /// Place of the first scene in the record, from 0: in the default village the third round
    /// begins there, when everybody has a past
    #[arg(long, default_value_t = 72)]
    from: usize,
    /// How many scenes
    #[arg(long, default_value_t = 12)]
    scenes: usize,
    /// Where the recording is written
    #[arg(long, default_value = "public/opening/village.recording")]
    out: PathBuf,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let run = files::read_text(&arguments.folder.join("run.json"))?;
    let run = RunFile::from_json(&run)?;
    let record = record::read(&files::read(&arguments.folder.join("record.jsonl"))?);
    if let Some(broken) = record.broken.first() {
        return Err(CliError::Usage(format!(
            "line {} of record.jsonl is no interaction: {}",
            broken.line, broken.reason
        )));
    }
    let part = arguments.from..arguments.from.saturating_add(arguments.scenes);
    let recording = Recording::of(&run, &record.interactions, part)?;
    let bytes = recording.to_bytes()?;
    files::replace(&arguments.out, &bytes)?;
    print(&format!(
        "{}: {} scenes from place {} of the record of {}, {} bytes",
        arguments.out.display(),
        recording.scenes.len(),
        recording.from,
        recording.link,
        bytes.len()
    ))
}
