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
pub mod asked;
mod back_scatter;
pub mod config;
mod dealing;
mod error;
pub mod event;
pub mod feedback;
pub mod fidelity;
pub mod grid;
pub mod happening;
mod luck;
pub mod memory;
pub mod network;
mod outside;
mod peers;
pub mod range;
pub mod record;
pub mod role;
pub mod round;
pub mod speaker;
pub mod statistics;

#[cfg(test)]
mod fidelity_tests;
#[cfg(test)]
mod outside_tests;
#[cfg(test)]
mod prompt_tests;
#[cfg(test)]
pub(crate) mod scripted;
#[cfg(test)]
mod tests;

pub use asked::Asked;
pub use config::{FeedbackOrder, InitialSetting, QuestionSchedule, SecondMind, SocietyConfig};
pub use error::SocietyError;
pub use event::{AgentView, SocietyEvent};
pub use feedback::Critique;
pub use fidelity::{CriticScore, Fidelity, Mode, Realigning};
pub use grid::Label;
pub use happening::{Happening, Seat, What};
pub use memory::{Found, Memory, Recall, Search};
pub use network::Network;
pub use outside::speakable;
pub use range::{OutOfRange, within};
pub use record::Interaction;
pub use role::{Role, Roles, Voice};
pub use round::Simulation;
pub use speaker::{Prompt, Purpose, Speaker, Utterance, play, prompt_id};
pub use statistics::{GroupStatistics, RoundStatistics};
