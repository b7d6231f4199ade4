//! What can go wrong in the society room, worded for the person who chose the settings or wrote
//! the speaker.

use thiserror::Error;

/// Everything the society refuses to go on with.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum SocietyError {
    /// A setting is outside what a society can be.
    #[error("the setting `{field}` is {value}, but it must be {allowed}")]
    Setting {
        /// Name of the field in the run file.
        field: &'static str,
        /// The value that was given.
        value: String,
        /// The allowed range, in words.
        allowed: &'static str,
    },
    /// An utterance answers a prompt that is not open.
    #[error(
        "an utterance came for prompt {id}, which is not waiting for one in round {round}; \
         answer only what `pending` lists, each prompt once"
    )]
    UnexpectedUtterance {
        /// The prompt it claims to answer.
        id: u64,
        /// The round being played, counted from 0.
        round: u16,
    },
    /// An embedding came for a question nobody knows.
    #[error("an embedding came for a question that this society never asked for: {question:?}")]
    UnexpectedEmbedding {
        /// The question.
        question: String,
    },
    /// An embedding is empty, of the wrong length or not finite.
    #[error("the embedding of {question:?} cannot be used: {reason}")]
    BadEmbedding {
        /// The question.
        question: String,
        /// What is wrong with it.
        reason: String,
    },
    /// The answer to a search for memories does not fit what was asked.
    #[error("the search for memories came back with something else than was asked for: {reason}")]
    BadSearch {
        /// What does not fit.
        reason: &'static str,
    },
    /// The speaker could not answer.
    #[error("the speaker could not answer: {message}")]
    Speaker {
        /// What the speaker said about it.
        message: String,
    },
    /// The speaker left open everything it was asked, so that playing on would never end.
    #[error("the speaker answered none of the {asked} prompts or questions it was given")]
    Silent {
        /// How many it was given.
        asked: usize,
    },
}
