//! Data sets of a record as files to take home, made as training makes them.

use super::error::LabError;
use super::seed::{self, Purpose};
use crate::alignment::ScoreKind;
use crate::alignment::data::{DataConfig, DataSet, QueryGroup, Remembered, mixture};
use crate::formats::Folder;
use crate::formats::archive;
// Passed on, so that the page need not look into the rooms below.
pub use crate::formats::data_sets::Kind;
use crate::formats::data_sets::{self, Row};
use crate::society::{Fidelity, Mode};
use serde::{Deserialize, Serialize};

/// Number of the stream that the mixture of data sets is drawn with.
pub const MIXTURE_STREAM: u64 = 1;

/// Which data set is wanted, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wanted {
    /// Which sets in which ratio, and what is kept for measuring.
    pub sets: DataConfig,
    /// What answers are scored by.
    pub score: ScoreKind,
    /// The version of the method that says how sets are made; none: the run's own.
    pub mode: Option<Mode>,
    /// What a row looks like.
    pub rows: Kind,
}

impl Wanted {
    /// The only set that is asked for, or the mixture.
    fn name(&self) -> &'static str {
        let DataConfig {
            imitation,
            self_critic,
            realignment,
            ..
        } = self.sets;
        match (imitation, self_critic, realignment) {
            (_, 0, 0) => "imitation",
            (0, _, 0) => "self-critic",
            (0, 0, _) => "realignment",
            _ => "mixture",
        }
    }
}

/// The data set that training would make of a record with this seed.
///
/// # Errors
/// [`LabError::Setting`] if the mixture is out of range.
pub fn data_set<R: Remembered>(
    record: &[R],
    sets: &DataConfig,
    score: ScoreKind,
    fidelity: &Fidelity,
    run_seed: u64,
) -> Result<DataSet, LabError> {
    // Of a stream of its own, so that another mixture does not change the order of the data.
    let mut drawn = seed::stream(run_seed, Purpose::DataOrder, MIXTURE_STREAM);
    mixture(record, sets, score, fidelity, &mut drawn)
        .map_err(|error| LabError::Setting(error.to_string()))
}

/// A file name and its bytes: one file, or a zip with `train` and `dev` where questions are kept
/// for measuring.
///
/// # Errors
/// [`LabError::Setting`] if the mixture is out of range or nothing comes of it, and an error of the
/// format.
pub fn write<R: Remembered>(
    record: &[R],
    wanted: &Wanted,
    own: &Fidelity,
    run_seed: u64,
) -> Result<(String, Vec<u8>), LabError> {
    let fidelity = wanted.mode.map_or(*own, Fidelity::of);
    let data = data_set(record, &wanted.sets, wanted.score, &fidelity, run_seed)?;
    some_rows(data.train.iter().chain(&data.dev), wanted.rows)?;
    let (name, extension) = (wanted.name(), wanted.rows.extension());
    if wanted.sets.dev <= 0.0 {
        let bytes = data_sets::write(&data.train, wanted.rows)?;
        return Ok((format!("mores-{name}.{extension}"), bytes));
    }
    let mut folder = Folder::new();
    for (side, groups) in [("train", &data.train), ("dev", &data.dev)] {
        let bytes = data_sets::write(groups, wanted.rows)?;
        folder.insert(format!("{side}.{extension}"), bytes);
    }
    Ok((format!("mores-{name}.zip"), archive::zip(&folder)?))
}

/// Query groups as rows of a kind: a file name and its bytes.
///
/// # Errors
/// [`LabError::Setting`] if nothing comes of them, and an error of the format.
pub fn converted(groups: &[QueryGroup], rows: Kind) -> Result<(String, Vec<u8>), LabError> {
    some_rows(groups.iter(), rows)?;
    let name = format!("mores-{}.{}", rows.name(), rows.extension());
    Ok((name, data_sets::write(groups, rows)?))
}

/// Refuses to write a file without a row: there is no use for it, and it could not be read again.
fn some_rows<'a>(
    mut groups: impl Iterator<Item = &'a QueryGroup>,
    rows: Kind,
) -> Result<(), LabError> {
    if groups.any(|group| !Row::of(group, rows).is_empty()) {
        return Ok(());
    }
    Err(LabError::Setting(
        "there is nothing for this data set yet".into(),
    ))
}
