//! What comes from outside while a society lives: changed norms, rumours, silence, a person's words.
//!
//! Happenings are part of the settings, so they travel with the run file and, while they are few,
//! with the link; whoever plays the run again sees the same. What is done to a running society is
//! added to the list at the moment it is done.

use super::role::Role;
use crate::world::values::Values;
use serde::{Deserialize, Serialize};

/// Longest question, answer or comment of a person or a rumour, in village words.
pub const MOST_WORDS: usize = 70;
/// Happenings of one run.
pub const MOST_HAPPENINGS: usize = 1000;

/// Something that happens, and when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    /// The round, from 0, at whose beginning it happens.
    pub round: u16,
    /// What.
    pub what: What,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// From now on, observers score by other values.
    Norms(Values),
    /// An answer goes round: those who hear it remember it as their own.
    Rumour {
        /// What it is an answer to, as typed; it is heard in the village's spelling.
        question: String,
        /// What is said, as typed; it is heard in the village's spelling.
        answer: String,
        /// Who hears it; nobody named means everybody.
        hearers: Vec<u16>,
    },
    /// Somebody neither answers nor comments for some rounds.
    Silence {
        /// Who.
        agent: u16,
        /// For how many rounds; 0 lets somebody speak again.
        rounds: u16,
    },
    /// Somebody behaves otherwise from now on.
    Role {
        /// Who.
        agent: u16,
        /// How.
        role: Role,
    },
    /// A person answered a prompt in somebody's seat. It is used when that prompt is asked.
    Said {
        /// The prompt's id: see [`super::prompt_id`].
        prompt: u64,
        /// The words, in the village's spelling.
        text: String,
    },
}

impl Happening {
    /// What is wrong with it in a society of so many agents, as field, value and what is allowed.
    pub(crate) fn fault(&self, agents: u16) -> Option<(&'static str, String, &'static str)> {
        let nobody = |agent: u16| {
            let allowed = "the number of somebody in this society";
            (agent >= agents).then(|| ("happenings.agent", agent.to_string(), allowed))
        };
        let wordy = |text: &str, least: usize| {
            let words = text.split_whitespace().count();
            let fits = (least..=MOST_WORDS).contains(&words);
            let count = format!("{words} words");
            (!fits).then_some(("happenings.text", count, "from 1 to 70 words"))
        };
        match &self.what {
            What::Norms(values) => {
                let (field, value) = values.validate().err()?;
                Some((field, value.to_string(), "from 0 to 100"))
            }
            What::Rumour {
                question,
                answer,
                hearers,
            } => wordy(question, 1)
                .or_else(|| wordy(answer, 1))
                .or_else(|| hearers.iter().find_map(|agent| nobody(*agent))),
            What::Silence { agent, .. } | What::Role { agent, .. } => nobody(*agent),
            What::Said { text, .. } => wordy(text, 0),
        }
    }
}

/// A person in somebody's place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seat {
    /// In whose place.
    pub agent: u16,
    /// Whether the society waits for the person's words however long that takes; if not, the page
    /// passes their turn on to the model after a while.
    pub waits: bool,
}
