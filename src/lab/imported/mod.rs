//! Files that people bring: read piece by piece beside a run, summed up, looked through, written
//! otherwise, and, where they are a whole record, opened as a run to look at.
//!
//! A [`Desk`] holds at most one file that is being read and one that was. A file that can't be read
//! leaves the one before it where it was. The rest of the lab takes what was read from
//! [`Desk::file`]: [`File::groups`] to learn from, [`File::entries`] to make data sets of.

mod look;
mod open;
mod read;
#[cfg(test)]
mod tests;

pub use look::{Found, Response, Shown};
pub use read::Reading;

use super::bytes::Bytes;
use super::error::LabError;
use crate::alignment::data::QueryGroup;
pub use crate::formats::any_row::RowKind;
pub use crate::formats::data_sets::Kind;
use crate::formats::external_memory::Entry;
use serde::{Deserialize, Serialize};

/// Bytes a file may have: what is read of it must fit into the worker's memory beside the engine.
pub const LARGEST_FILE: u64 = 1_000_000_000;
/// Models named in a summary, those with most responses first.
const MOST_MODELS: usize = 20;

/// What is done about a file, in this order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Step {
    /// A file is about to come.
    Begin {
        /// Its name.
        name: String,
        /// Its length in bytes.
        size: u64,
    },
    /// Its next piece.
    Piece(Bytes),
    /// That was all of it.
    End,
    /// The file being read is no longer wanted; what was read before stays.
    Cancel,
    /// What was read is no longer wanted.
    Forget,
}

/// What became of a step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Told {
    /// Rows so far.
    Reading {
        /// Those that could be read.
        rows: u64,
        /// Those that could not.
        broken: u64,
    },
    /// The file was read.
    Read(Box<Summary>),
    /// There is nothing (more) to tell.
    Nothing,
}

/// What a file came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The file's name.
    pub name: String,
    /// Rows of each kind.
    pub rows: Vec<(RowKind, u64)>,
    /// Rows that could not be read.
    pub broken: u64,
    /// The first of those: the line they begin in, and why.
    pub told: Vec<(u64, String)>,
    /// Different queries, or questions of a record.
    pub queries: u32,
    /// Different responses to them; of a record, drafts and revisions.
    pub responses: u32,
    /// Responses that a query had already, and that count for its score only.
    pub merged: u64,
    /// Responses by score, rounded: 1 to 7.
    pub scores: [u32; 7],
    /// Responses whose score is missing or rounds to less than 1 or more than 7.
    pub off_scale: u32,
    /// Mean of all scores there are.
    pub mean: Option<f32>,
    /// Responses by origin, most first; at most twenty.
    pub models: Vec<(String, u32)>,
    /// Origins that are not named.
    pub more_models: u32,
    /// Why it can't be opened as a run; nothing where it can.
    pub unopened: Option<String>,
}

/// A file that was read.
#[derive(Debug)]
pub struct File {
    groups: Vec<QueryGroup>,
    entries: Vec<Entry>,
    summary: Summary,
}

impl File {
    /// The query groups its data rows make.
    pub fn groups(&self) -> &[QueryGroup] {
        &self.groups
    }

    /// Its interactions.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What it came to.
    pub fn summary(&self) -> &Summary {
        &self.summary
    }
}

/// Where files are read.
#[derive(Debug, Default)]
pub struct Desk {
    reading: Option<Reading>,
    file: Option<File>,
}

impl Desk {
    /// What was read last.
    ///
    /// # Errors
    /// [`LabError::Import`] if there is nothing.
    pub fn file(&self) -> Result<&File, LabError> {
        let none = || LabError::Import("the file is no longer there: choose it again".into());
        self.file.as_ref().ok_or_else(none)
    }

    /// Does a step.
    ///
    /// # Errors
    /// [`LabError::Import`] if the file is too large or was never begun, and
    /// [`LabError::Format`] if there is not one row in it. What was read before stays.
    pub fn take(&mut self, step: Step) -> Result<Told, LabError> {
        match step {
            Step::Begin { name, size } => {
                self.reading = None;
                fits(size)?;
                self.reading = Some(Reading::new(name));
                Ok(Told::Reading { rows: 0, broken: 0 })
            }
            Step::Piece(Bytes(piece)) => {
                let reading = self.reading.as_mut().ok_or_else(never_begun)?;
                reading.push(&piece);
                if let Err(error) = fits(reading.bytes()) {
                    self.reading = None;
                    return Err(error);
                }
                Ok(reading.told())
            }
            Step::End => {
                let reading = self.reading.take().ok_or_else(never_begun)?;
                let file = reading.finish()?;
                let summary = Box::new(file.summary.clone());
                self.file = Some(file);
                Ok(Told::Read(summary))
            }
            Step::Cancel => {
                self.reading = None;
                Ok(Told::Nothing)
            }
            Step::Forget => {
                *self = Self::default();
                Ok(Told::Nothing)
            }
        }
    }
}

fn never_begun() -> LabError {
    LabError::Import("this file was not read from its beginning: choose it again".into())
}

fn fits(bytes: u64) -> Result<(), LabError> {
    if bytes <= LARGEST_FILE {
        return Ok(());
    }
    Err(LabError::Import(format!(
        "it has {} MB, and a browser can take in {} MB: divide it first",
        bytes / 1_000_000,
        LARGEST_FILE / 1_000_000
    )))
}
