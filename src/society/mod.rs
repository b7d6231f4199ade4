//! A small society of agents that answer questions, criticise each other and remember.
//!
//! Agents live on a grid ([`grid`]) and are born with memories of good or bad answers ([`agent`],
//! [`memory`]). In every round each is asked a question, drafts an answer, hears what some
//! neighbours think of it ([`feedback`]), revises it, is scored by observers, and remembers the
//! revision. [`round`] plays the rounds as a state machine made of plain data; it never computes a
//! model but hands prompts to a [`Speaker`] or to an engine. Everything that happens goes to the
//! [`record`], from which statistics and data sets are derived.
//!
//! Imports `world` only. Chance comes from the generator the caller passes in.

pub mod agent;
mod back_scatter;
pub mod config;
mod error;
pub mod event;
pub mod feedback;
pub mod fidelity;
pub mod grid;
mod luck;
pub mod memory;
mod peers;
pub mod range;
pub mod record;
pub mod round;
pub mod speaker;
pub mod statistics;

#[cfg(test)]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;

pub use config::{FeedbackOrder, InitialSetting, SocietyConfig};
pub use error::SocietyError;
pub use event::{AgentView, SocietyEvent};
pub use feedback::Critique;
pub use fidelity::{CriticScore, Fidelity, Mode, Realigning};
pub use grid::Label;
pub use memory::{Memory, Recall};
pub use range::{OutOfRange, within};
pub use record::Interaction;
pub use round::Simulation;
pub use speaker::{Prompt, Purpose, Speaker, Utterance, play, prompt_id};
pub use statistics::{GroupStatistics, RoundStatistics};
