//! Rows of whatever file somebody brings: of a data set or of a record, told by their keys.

use super::data_sets::{Kind, Row, Rows};
use super::external_memory::{Entries, Entry};
use super::stream::{self, RowFormat};
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// A row of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum AnyRow {
    /// A row of a data set.
    Data(Row),
    /// An interaction.
    Entry(Entry),
}

/// What a row of any kind is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RowKind {
    /// A row of a data set.
    Data(Kind),
    /// An interaction with everything there is to know.
    Interaction,
    /// An interaction with the published fields only.
    ExternalMemory,
}

impl RowKind {
    /// A short name, for the command line.
    pub fn name(self) -> &'static str {
        match self {
            RowKind::Data(kind) => kind.name(),
            RowKind::Interaction => "interaction",
            RowKind::ExternalMemory => "external-memory",
        }
    }
}

impl AnyRow {
    /// What it is.
    pub fn kind(&self) -> RowKind {
        match self {
            AnyRow::Data(row) => RowKind::Data(row.kind()),
            AnyRow::Entry(Entry::Whole(_)) => RowKind::Interaction,
            AnyRow::Entry(Entry::Published(_)) => RowKind::ExternalMemory,
        }
    }
}

/// Reads rows of any kind: those with an `agent_id` are interactions.
#[derive(Clone, Copy, Debug, Default)]
pub struct AnyRows;

#[derive(Deserialize)]
struct Keys {
    agent_id: Option<IgnoredAny>,
}

impl RowFormat for AnyRows {
    type Row = AnyRow;

    fn parse(&self, object: &[u8]) -> Result<AnyRow, String> {
        let keys: Keys = stream::object(object)?;
        if keys.agent_id.is_none() {
            return Rows::of_any_kind().parse(object).map(AnyRow::Data);
        }
        Entries.parse(object).map(AnyRow::Entry)
    }
}
