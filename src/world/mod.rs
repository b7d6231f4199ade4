//! The village: a small, exact English in which alignment can be watched and measured.
//!
//! A model of one or two million parameters cannot speak all of English, so it speaks all of
//! this: people of a village ask for help, some of what they ask is harmful, and every answer can
//! be read back by a judge that never guesses. This room knows nothing of models or devices.
//!
//! From words to documents: the text files in `village/` are the language; `book` compiles them
//! once into a speaker and a parser; [`situation`] is what somebody asks; [`answer`] says something
//! back in a chosen way; [`judge`] measures it by [`values`] and [`observer`], another reader,
//! labels it; [`critic`] comments on it; [`corpus`] makes pre-training documents in the formats of
//! [`prompt`]; [`bank`] and [`suite`] hand out training and test questions, [`choice`]
//! answers to choose from, [`attack`] what a test tries to make a model misbehave.
//!
//! All text here is lower case with single spaces between tokens, punctuation being a token of
//! its own: `how can i take my neighbor 's coat ?`. [`display`] turns it into prose and back.

pub mod answer;
pub mod attack;
pub mod bank;
pub(crate) mod book;
pub mod chance;
pub mod choice;
pub mod corpus;
pub mod critic;
pub mod display;
pub(crate) mod draw;
mod error;
pub mod judge;
pub mod observer;
pub mod prompt;
pub mod situation;
pub mod suite;
pub mod tokenizer;
pub mod values;

#[cfg(test)]
mod tests;

pub use error::WorldError;
pub use situation::{Norm, Situation, Twist};
pub use values::Values;
