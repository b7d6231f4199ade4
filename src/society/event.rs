//! What a society tells while it plays, and what of an agent can be seen from outside.

use super::agent::Agent;
use super::grid::{self, Label};
use super::happening::Happening;
use super::record::Interaction;
use super::role::Role;
use super::statistics::RoundStatistics;
use serde::{Deserialize, Serialize};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SocietyEvent {
    /// An agent wrote its first answer.
    Drafted {
        /// The author.
        agent: u16,
        /// The question it was asked.
        question: String,
        /// Its answer.
        draft: String,
    },
    /// A peer commented on a draft.
    Criticised {
        /// The author of the draft.
        agent: u16,
        /// Who commented.
        peer: u16,
        /// The rating, 1 to 7; none if the words could not be read as a critique.
        rating: Option<u8>,
        /// The reason; all the words if they could not be read.
        reason: String,
    },
    /// An interaction is closed and in the record.
    Completed(Box<Interaction>),
    /// An interaction ended without a record, because nobody's comment could be read and the society
    /// follows the released code.
    Lost {
        /// The author.
        agent: u16,
    },
    /// Somebody moved, left, fell silent or changed: everybody as they are now.
    Changed(Vec<AgentView>),
    /// Something from outside happened to the society.
    Happened(Happening),
    /// A round begins in which somebody speaks, counted from 0; the number of rounds where none is
    /// left. A round in which nobody takes part is never told of.
    RoundReached(u16),
    /// A round is over and remembered.
    RoundFinished(RoundStatistics),
}

/// An agent as seen from outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentView {
    /// Its number, row by row from 0.
    pub id: u16,
    /// The place where it lives, row by row from 0.
    pub place: u16,
    /// Row of that place on the grid, from 0.
    pub row: u8,
    /// Column of that place on the grid, from 0.
    pub column: u8,
    /// How it was raised.
    pub label: Label,
    /// Which model is behind it: 0 the first, 1 the second.
    pub mind: u8,
    /// How it behaves.
    pub role: Role,
    /// Whether it takes part in the round being played.
    pub present: bool,
    /// How many questions it remembers.
    pub memories: u32,
}

#[cfg(test)]
impl AgentView {
    /// Somebody ordinary who lives there, for tests of what reads agents.
    pub(crate) fn example(id: u16, place: u16) -> Self {
        Self {
            id,
            place,
            row: 0,
            column: 0,
            label: Label::Good,
            mind: 0,
            role: Role::Ordinary,
            present: true,
            memories: 0,
        }
    }
}

impl AgentView {
    pub(crate) fn of(agent: &Agent, size: u8, round: u16) -> Self {
        let (row, column) = grid::location(size, agent.place);
        Self {
            id: agent.id,
            place: agent.place,
            row,
            column,
            label: agent.label,
            mind: agent.mind,
            role: agent.role,
            present: agent.takes_part(round),
            memories: agent.memories.len() as u32,
        }
    }
}
