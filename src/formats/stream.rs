//! Files of JSON rows that arrive in pieces, as JSON Lines or as one array.
//!
//! A page can't wait for a file of 169,000 rows and can't hold it twice, so it feeds a
//! [`Reader`] piece by piece, cut anywhere, and gets rows back; no more than one row is kept in
//! between. What can't be read is counted and told with its line, never skipped in silence.

mod split;

use super::error::FormatError;
pub use super::record::BrokenLine;
use serde::Serialize;
use split::Splitter;

/// Bytes a row may have; longer ones are broken.
pub const LONGEST_ROW: usize = 1_000_000;

/// Broken rows told one by one; all are counted.
pub const MOST_TOLD: usize = 100;

/// How rows stand in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// One a line.
    Lines,
    /// One JSON array of all, here with a row a line too.
    Array,
}

/// What rows are made of.
pub trait RowFormat {
    /// A row.
    type Row;

    /// Reads a JSON object.
    ///
    /// # Errors
    /// Why it is not a row, for the person who chose the file.
    fn parse(&self, object: &[u8]) -> Result<Self::Row, String>;
}

/// The account of a file so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Rows read.
    pub rows: u64,
    /// Rows that could not be.
    pub broken: u64,
    /// The first [`MOST_TOLD`] of those, with the lines they begin in.
    pub told: Vec<BrokenLine>,
}

/// Reads rows from pieces of a file.
#[derive(Debug)]
pub struct Reader<F> {
    format: F,
    splitter: Splitter,
    report: Report,
}

impl<F: RowFormat> Reader<F> {
    /// A reader at the beginning of a file. Whether that is an array or lines is told by its first
    /// byte.
    pub fn of(format: F) -> Self {
        Self {
            format,
            splitter: Splitter::default(),
            report: Report::default(),
        }
    }

    /// Takes the next piece of the file, of any length and cut anywhere, and gives the rows that
    /// end in it.
    pub fn push(&mut self, piece: &[u8]) -> Vec<F::Row> {
        let mut rows = Vec::new();
        let Self {
            format,
            splitter,
            report,
        } = self;
        splitter.push(piece, &mut |line, found| {
            rows.extend(read(format, report, line, found));
        });
        rows
    }

    /// Ends the file: gives the row that was still open, if any, and the whole account.
    ///
    /// # Errors
    /// [`FormatError::NoRows`] if there was not one row in all of the file.
    pub fn finish(mut self) -> Result<(Vec<F::Row>, Report), FormatError> {
        let mut rows = Vec::new();
        let (format, report) = (&self.format, &mut self.report);
        self.splitter.finish(&mut |line, found| {
            rows.extend(read(format, report, line, found));
        });
        if report.rows > 0 {
            return Ok((rows, self.report));
        }
        let reason = match report.told.first() {
            None => "it is empty".to_owned(),
            Some(first) => format!(
                "{} rows were tried and none is a row of a data set; the first, in line {}: {}",
                report.broken, first.line, first.reason
            ),
        };
        Err(FormatError::NoRows { reason })
    }

    /// The account so far.
    pub fn report(&self) -> &Report {
        &self.report
    }
}

/// Reads what the splitter found and keeps account of it.
fn read<F: RowFormat>(
    format: &F,
    report: &mut Report,
    line: usize,
    found: Result<&[u8], &str>,
) -> Option<F::Row> {
    let parsed = match found {
        // A list would pass for an object of the same values in order.
        Ok(row) if !row.trim_ascii_start().starts_with(b"{") => {
            Err("it is not a JSON object".to_owned())
        }
        Ok(row) => format.parse(row),
        Err(reason) => Err(reason.to_owned()),
    };
    match parsed {
        Ok(row) => {
            report.rows += 1;
            Some(row)
        }
        Err(reason) => {
            report.broken += 1;
            if report.told.len() < MOST_TOLD {
                report.told.push(BrokenLine { line, reason });
            }
            None
        }
    }
}

/// Reads a JSON object as a type, with a reason that doesn't speak of lines: those of a row are
/// not those of the file.
///
/// # Errors
/// What is wrong with it, in the words of serde_json.
pub fn object<'a, T: serde::Deserialize<'a>>(row: &'a [u8]) -> Result<T, String> {
    serde_json::from_slice(row).map_err(|error| {
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or_default();
        if error.is_data() || error.line() != 1 {
            return reason.to_owned();
        }
        format!("{reason}, at byte {} of the row", error.column())
    })
}

/// Writes rows.
///
/// # Errors
/// [`FormatError::Unwritable`] naming the first row that can't be written.
pub fn write<T: Serialize>(
    rows: impl IntoIterator<Item = T>,
    layout: Layout,
) -> Result<Vec<u8>, FormatError> {
    let mut bytes = Vec::new();
    let between: &[u8] = match layout {
        Layout::Lines => b"\n",
        Layout::Array => b",\n",
    };
    if layout == Layout::Array {
        bytes.extend_from_slice(b"[\n");
    }
    let mut number = 0;
    for row in rows {
        number += 1;
        if number > 1 {
            bytes.extend_from_slice(between);
        }
        serde_json::to_writer(&mut bytes, &row).map_err(|error| FormatError::Unwritable {
            reason: format!("row {number}: {error}"),
        })?;
    }
    if number > 0 {
        bytes.push(b'\n');
    }
    if layout == Layout::Array {
        bytes.extend_from_slice(b"]\n");
    }
    Ok(bytes)
}
