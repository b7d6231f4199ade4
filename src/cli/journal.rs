//! A run that can be taken up again: its state, its record and what was said since, in a folder.
//!
//! `state.bin` is the engine's last checkpoint (after each round, and every few steps of training),
//! `record.jsonl` grows by a line an interaction, and `said.jsonl` by a line an utterance since that
//! checkpoint. Whatever moment the program is killed at, all three together lead to the word it
//! stopped at, and from there to the same bytes as a run that was never interrupted.

use super::error::CliError;
use super::files;
use crate::formats::record;
use crate::lab::engine::Checkpoint;
use crate::lab::message::{Command, Event};
use crate::lab::{RunConfig, session::Host, session::Session};
use crate::society::{Interaction, Utterance};
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// The folder of a run.
pub(super) struct Journal {
    folder: PathBuf,
    record: File,
    said: File,
    /// Utterances of the engine's journal that are written.
    written: usize,
}

/// What an earlier program left behind.
struct Kept {
    state: Vec<u8>,
    record: Vec<Interaction>,
    said: Vec<Utterance>,
}

impl Journal {
    /// Opens the folder and, if it holds this run, takes the session to where it stopped.
    ///
    /// # Errors
    /// [`CliError::File`] where it can't be read or written, [`CliError::Usage`] where it holds
    /// another run.
    pub(super) fn open<H: Host>(
        folder: &Path,
        config: &RunConfig,
        session: &mut Session<H>,
        mut take: impl FnMut(Vec<Event>),
    ) -> Result<Self, CliError> {
        let kept = read(folder, config)?;
        let Some(kept) = kept else {
            let load = Command::Load(Box::new(config.clone()));
            take(pollster::block_on(session.handle(load)));
            return Self::begin(folder, &[]);
        };
        let record = kept.record.clone();
        let restore = Command::Restore {
            state: kept.state,
            record: kept.record,
            // Said again below, once it is known how much of the record counts.
            said: Vec::new(),
        };
        take(pollster::block_on(session.handle(restore)));
        let recorded = session.engine().map_or(0, |engine| engine.record().len());
        // What was written after the checkpoint is written again as it is said again.
        let mut journal = Self::begin(folder, record.get(..recorded).unwrap_or_default())?;
        let events = pollster::block_on(session.say_again(kept.said));
        journal.note(session, &events)?;
        take(events);
        Ok(journal)
    }

    /// Both growing files, the record beginning with these interactions.
    fn begin(folder: &Path, interactions: &[Interaction]) -> Result<Self, CliError> {
        let path = folder.join("record.jsonl");
        files::replace(&path, &record::write(interactions)?)?;
        let said = folder.join("said.jsonl");
        files::write(&said, b"")?;
        Ok(Self {
            record: append(&path)?,
            said: append(&said)?,
            folder: folder.to_owned(),
            written: 0,
        })
    }

    /// Writes down what a slice brought.
    ///
    /// # Errors
    /// [`CliError::File`] where it can't be written.
    pub(super) fn note<H: Host>(
        &mut self,
        session: &Session<H>,
        events: &[Event],
    ) -> Result<(), CliError> {
        let completed: Vec<Interaction> = events
            .iter()
            .filter_map(|event| match event {
                Event::Completed(interaction) => Some((**interaction).clone()),
                _ => None,
            })
            .collect();
        self.put(&record::write(&completed)?, true)?;
        let checkpoint = events.iter().rev().find_map(|event| match event {
            Event::Checkpoint(bytes) => Some(bytes),
            _ => None,
        });
        if let Some(bytes) = checkpoint {
            files::replace(&self.folder.join("state.bin"), bytes)?;
            // Should the program end just here, utterances of the round before fit nothing.
            let failed = |source| self.failed("said.jsonl", source);
            self.said.set_len(0).map_err(failed)?;
            self.written = 0;
        }
        let said = session.engine().map_or(&[][..], |engine| engine.journal());
        let new = said.get(self.written..).unwrap_or_default();
        let mut lines = Vec::new();
        for utterance in new {
            let line = serde_json::to_vec(utterance);
            lines.extend(line.map_err(|error| CliError::Failed(error.to_string()))?);
            lines.push(b'\n');
        }
        self.written = said.len();
        self.put(&lines, false)
    }

    fn put(&mut self, bytes: &[u8], to_record: bool) -> Result<(), CliError> {
        if bytes.is_empty() {
            return Ok(());
        }
        let (file, name) = if to_record {
            (&mut self.record, "record.jsonl")
        } else {
            (&mut self.said, "said.jsonl")
        };
        let written = file.write_all(bytes);
        written.map_err(|source| self.failed(name, source))
    }

    fn failed(&self, name: &str, source: std::io::Error) -> CliError {
        CliError::File {
            path: self.folder.join(name),
            source,
        }
    }
}

fn append(path: &Path) -> Result<File, CliError> {
    let opened = OpenOptions::new().append(true).create(true).open(path);
    opened.map_err(|source| CliError::File {
        path: path.to_owned(),
        source,
    })
}

/// What the folder holds of this run; none if it is new, or nothing was worth keeping yet.
fn read(folder: &Path, config: &RunConfig) -> Result<Option<Kept>, CliError> {
    let path = folder.join("state.bin");
    if !path.exists() {
        return Ok(None);
    }
    let state = files::read(&path)?;
    let checkpoint = Checkpoint::from_bytes(&state)?;
    if checkpoint.begun_with() != config {
        return Err(CliError::Usage(format!(
            "{} holds another run; name an empty folder",
            folder.display()
        )));
    }
    let kept = |name: &str| {
        let path = folder.join(name);
        if path.exists() {
            files::read(&path)
        } else {
            Ok(Vec::new())
        }
    };
    // A last line that was cut off is computed again.
    let record = record::read(&kept("record.jsonl")?).interactions;
    let said = kept("said.jsonl")?;
    let lines = said.split(|byte| *byte == b'\n');
    let said = lines.map_while(|line| serde_json::from_slice(line).ok());
    Ok(Some(Kept {
        state,
        record,
        said: said.collect(),
    }))
}
