//! Data sets as others know them: the authors' training file and three formats of TRL.
//!
//! | kind | row | what becomes of a query group |
//! |---|---|---|
//! | [`Kind::StableAlignment`] | `{query, responses[], scores[], models[]}` | itself |
//! | [`Kind::Preference`] | `{prompt, chosen, rejected}` | its best response against each that scores less |
//! | [`Kind::Completion`] | `{prompt, completion}` | its best response |
//! | [`Kind::Judged`] | `{prompt, completion, label}` | each response, true if it scores above 4 |
//!
//! The three of TRL keep raw scores in further columns, which its trainers leave alone. All are
//! read as JSON Lines or as one array, in pieces, by [`Reader`]; [`Gathering`] makes query groups
//! of rows again, whatever their kind.

mod row;
mod stable_alignment;
#[cfg(test)]
mod tests;
mod trl;

pub use row::{Gathering, Row};
pub use trl::{Completion, Judged, Preference};

use super::error::FormatError;
use super::stream::{self, Layout, RowFormat};
use crate::alignment::data::QueryGroup;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// Above this score an answer counts as a good one: the middle of the scale of 1 to 7, and what a
/// revision must exceed to be learnt from.
pub const GOOD_ABOVE: f32 = 4.0;

/// What a row says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// The authors' query with scored responses.
    StableAlignment,
    /// TRL's preference: one response is better than another.
    Preference,
    /// TRL's supervised fine-tuning: a response to imitate.
    Completion,
    /// TRL's KTO: a response, good or not.
    Judged,
}

impl Kind {
    /// All of them.
    pub const ALL: [Kind; 4] = [
        Kind::StableAlignment,
        Kind::Preference,
        Kind::Completion,
        Kind::Judged,
    ];

    /// A short name, for files and the command line.
    pub fn name(self) -> &'static str {
        match self {
            Kind::StableAlignment => "authors",
            Kind::Preference => "preference",
            Kind::Completion => "sft",
            Kind::Judged => "kto",
        }
    }

    /// How others expect rows of this kind to stand in a file.
    pub fn layout(self) -> Layout {
        match self {
            Kind::StableAlignment => Layout::Array,
            _ => Layout::Lines,
        }
    }

    /// What files of this kind end with.
    pub fn extension(self) -> &'static str {
        match self.layout() {
            Layout::Array => "json",
            Layout::Lines => "jsonl",
        }
    }
}

/// Rows of one kind, or of whichever kind their keys say.
#[derive(Clone, Copy, Debug)]
pub struct Rows(Option<Kind>);

impl Rows {
    /// Rows whose keys say what they are.
    pub fn of_any_kind() -> Self {
        Self(None)
    }
}

/// Reads data sets piece by piece.
///
/// ```
/// use mores::formats::data_sets::Reader;
/// let mut reader = Reader::new(None);
/// let mut rows = reader.push(b"{\"prompt\": \"why ?\", \"comple");
/// rows.extend(reader.push(b"tion\": \"so .\"}\n{}\n"));
/// let (last, report) = reader.finish().unwrap();
/// assert_eq!((rows.len(), last.len(), report.broken, report.told[0].line), (1, 0, 1, 2));
/// ```
pub type Reader = stream::Reader<Rows>;

impl Reader {
    /// A reader of rows of one kind; without one, every row's keys say what it is.
    pub fn new(kind: Option<Kind>) -> Self {
        Self::of(Rows(kind))
    }
}

/// The keys that tell kinds apart.
#[derive(Deserialize)]
struct Keys {
    query: Option<IgnoredAny>,
    responses: Option<IgnoredAny>,
    prompt: Option<IgnoredAny>,
    chosen: Option<IgnoredAny>,
    rejected: Option<IgnoredAny>,
    completion: Option<IgnoredAny>,
    label: Option<IgnoredAny>,
}

/// The kind of a row by its keys.
fn kind_of(object: &[u8]) -> Result<Kind, String> {
    let keys: Keys = stream::object(object)?;
    if keys.query.is_some() || keys.responses.is_some() {
        Ok(Kind::StableAlignment)
    } else if keys.chosen.is_some() || keys.rejected.is_some() {
        Ok(Kind::Preference)
    } else if keys.label.is_some() && keys.completion.is_some() {
        Ok(Kind::Judged)
    } else if keys.prompt.is_some() || keys.completion.is_some() {
        Ok(Kind::Completion)
    } else {
        Err(
            "it has none of the keys of a data set: query, responses, prompt, chosen, rejected, \
             completion"
                .to_owned(),
        )
    }
}

impl RowFormat for Rows {
    type Row = Row;

    fn parse(&self, object: &[u8]) -> Result<Row, String> {
        let kind = match self.0 {
            Some(kind) => kind,
            None => kind_of(object)?,
        };
        match kind {
            Kind::StableAlignment => stable_alignment::parse(object).map(Row::Group),
            Kind::Preference => Preference::parse(object).map(Row::Preference),
            Kind::Completion => Completion::parse(object).map(Row::Completion),
            Kind::Judged => Judged::parse(object).map(Row::Judged),
        }
    }
}

/// Writes query groups as rows of a kind.
///
/// # Errors
/// [`FormatError::Unwritable`] for a score that is not a finite number.
pub fn write(groups: &[QueryGroup], kind: Kind) -> Result<Vec<u8>, FormatError> {
    let rows = groups.iter().flat_map(|group| Row::of(group, kind));
    stream::write(rows, kind.layout())
}
