//! What a society tells while it plays, and what of an agent can be seen from outside.

use super::agent::Agent;
use super::grid::Label;
use super::record::Interaction;
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
    /// A round is over and remembered.
    RoundFinished(RoundStatistics),
}

/// An agent as seen from outside.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentView {
    /// Its number, row by row from 0.
    pub id: u16,
    /// Row on the grid, from 0.
    pub row: u8,
    /// Column on the grid, from 0.
    pub column: u8,
    /// How it was raised.
    pub label: Label,
    /// How many questions it remembers.
    pub memories: u32,
}

impl AgentView {
    pub(crate) fn of(agent: &Agent) -> Self {
        Self {
            id: agent.id,
            row: agent.row,
            column: agent.column,
            label: agent.label,
            memories: agent.memories.len() as u32,
        }
    }
}
