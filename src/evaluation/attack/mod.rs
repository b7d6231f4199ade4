//! Attacks: attempts to make a model misbehave, each tried on the same harmful questions.
//!
//! All of them are made of village words and work on the little village model in the lab alone.
//! [`report`] is plain data; the rest asks a model. An attack is a file; [`runner`] does one after
//! the other, a short slice at a time, so that they can be paused like everything else.

#[cfg(feature = "engine")]
mod asking;
#[cfg(feature = "engine")]
mod best_of_n;
#[cfg(feature = "engine")]
mod misaligned_context;
#[cfg(feature = "engine")]
mod multi_turn;
pub mod report;
#[cfg(feature = "engine")]
mod role_play;
#[cfg(feature = "engine")]
pub(super) mod runner;
#[cfg(feature = "engine")]
mod token_search;
#[cfg(feature = "engine")]
mod tried;

pub use report::{Attack, AttackExample, AttackResult};
#[cfg(feature = "engine")]
pub use runner::Attacks;
