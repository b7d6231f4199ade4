//! What can go wrong in the village, worded for the reader.

use thiserror::Error;

/// Errors of the room `world`; all of them come from reading a foreign `tokenizer.json`.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum WorldError {
    /// The text is not JSON, or a required field is missing or of the wrong type.
    #[error("the tokenizer file could not be read: {0}")]
    Malformed(String),
    /// A tokenizer of a kind this program does not run.
    #[error(
        "this tokenizer's {part} is \"{found}\", but only \"{wanted}\" is supported: \
         use the tokenizer.json that came with a village model"
    )]
    Unsupported {
        /// The part of the file: model, normalizer or pre-tokenizer.
        part: &'static str,
        /// What the file names there.
        found: String,
        /// What would be accepted.
        wanted: &'static str,
    },
    /// Token ids have gaps or repeat.
    #[error("the tokenizer's ids must run from 0 to {last} without gaps, but id {id} does not fit")]
    Ids {
        /// The id that does not fit.
        id: u32,
        /// The last id expected.
        last: u32,
    },
    /// A special token the village formats need is absent.
    #[error("the tokenizer lacks the special token {0}")]
    MissingSpecial(&'static str),
}
