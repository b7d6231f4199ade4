//! A file that comes in pieces, and the account of it.

use super::{File, MOST_MODELS, Summary, Told, open};
use crate::formats::FormatError;
use crate::formats::any_row::{AnyRow, AnyRows, RowKind};
use crate::formats::data_sets::{Gathering, Row};
use crate::formats::external_memory::Entry;
use crate::formats::stream::{Reader, Report};
use std::collections::{BTreeMap, BTreeSet};

/// A file that is being read.
#[derive(Debug)]
pub struct Reading {
    name: String,
    bytes: u64,
    reader: Reader<AnyRows>,
    gathered: Gathered,
}

#[derive(Debug, Default)]
struct Gathered {
    kinds: BTreeMap<RowKind, u64>,
    /// Responses in all data rows.
    responses: u64,
    gathering: Gathering,
    entries: Vec<Entry>,
}

impl Gathered {
    fn take(&mut self, row: AnyRow) {
        *self.kinds.entry(row.kind()).or_default() += 1;
        match row {
            AnyRow::Data(row) => {
                self.responses += match &row {
                    Row::Group(group) => group.responses.len() as u64,
                    Row::Preference(_) => 2,
                    Row::Completion(_) | Row::Judged(_) => 1,
                };
                self.gathering.add(&row);
            }
            AnyRow::Entry(entry) => self.entries.push(entry),
        }
    }
}

impl Reading {
    /// At the beginning of a file of that name.
    pub fn new(name: String) -> Self {
        Self {
            name,
            bytes: 0,
            reader: Reader::of(AnyRows),
            gathered: Gathered::default(),
        }
    }

    /// Takes the next piece, cut anywhere.
    pub fn push(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        for row in self.reader.push(piece) {
            self.gathered.take(row);
        }
    }

    /// Bytes taken so far.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// The account so far.
    pub fn told(&self) -> Told {
        let report = self.reader.report();
        Told::Reading {
            rows: report.rows,
            broken: report.broken,
        }
    }

    /// Ends the file.
    ///
    /// # Errors
    /// [`FormatError::NoRows`] if there was not one row in it.
    pub fn finish(self) -> Result<File, FormatError> {
        let (last, report) = self.reader.finish()?;
        let mut gathered = self.gathered;
        last.into_iter().for_each(|row| gathered.take(row));
        let groups = gathered.gathering.finish();
        let mut file = File {
            groups,
            entries: gathered.entries,
            summary: Summary::default(),
        };
        let kept: u64 = file.groups.iter().map(|g| g.responses.len() as u64).sum();
        file.summary = Summary {
            name: self.name,
            rows: gathered.kinds.into_iter().collect(),
            merged: gathered.responses - kept,
            ..figures(&file, report)
        };
        file.summary.unopened = open::record(&file).err();
        Ok(file)
    }
}

/// The figures of what was read.
fn figures(file: &File, report: Report) -> Summary {
    let mut summary = Summary {
        broken: report.broken,
        told: report
            .told
            .into_iter()
            .map(|broken| (broken.line as u64, broken.reason))
            .collect(),
        ..Summary::default()
    };
    let mut models: BTreeMap<String, u32> = BTreeMap::new();
    let (mut sum, mut scored) = (0.0f64, 0u32);
    let mut count = |score: Option<f32>, model: &str| {
        summary.responses += 1;
        match models.get_mut(model) {
            Some(count) => *count += 1,
            None => {
                models.insert(model.to_owned(), 1);
            }
        }
        let Some(score) = score else {
            summary.off_scale += 1;
            return;
        };
        (sum, scored) = (sum + f64::from(score), scored + 1);
        // Half up, as everywhere.
        let rounded = libm::floorf(score + 0.5);
        let place = (1.0..=7.0)
            .contains(&rounded)
            .then_some(rounded as usize - 1);
        match place.and_then(|place| summary.scores.get_mut(place)) {
            Some(bar) => *bar += 1,
            None => summary.off_scale += 1,
        }
    };
    for group in &file.groups {
        for (score, model) in group.scores.iter().zip(&group.models) {
            count(Some(*score), model);
        }
    }
    let mut questions = BTreeSet::new();
    for entry in &file.entries {
        let said = super::look::said(entry);
        questions.insert(said.question);
        for (_, score, purpose) in said.answers {
            count(score, &format!("{}/{purpose}", said.label));
        }
    }
    summary.queries = (file.groups.len() + questions.len()) as u32;
    summary.mean = (scored > 0).then(|| (sum / f64::from(scored)) as f32);
    let mut models: Vec<(String, u32)> = models.into_iter().collect();
    models.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    summary.more_models = models.len().saturating_sub(MOST_MODELS) as u32;
    models.truncate(MOST_MODELS);
    summary.models = models;
    summary
}
