//! Everything that can go wrong with a model, worded for the person who brought it.

use thiserror::Error;

/// Why a model could not be built, read or asked.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum ModelError {
    /// A field of the configuration is impossible.
    #[error("the model configuration is not usable: {0}")]
    Config(String),
    /// A weight named by the configuration is absent.
    #[error("the model has no tensor named \"{name}\", which its configuration asks for")]
    MissingTensor {
        /// Hugging Face name of the tensor.
        name: String,
    },
    /// A weight nobody asked for.
    #[error("the model has a tensor named \"{name}\", which its configuration has no place for")]
    UnexpectedTensor {
        /// Name as found.
        name: String,
    },
    /// The same name twice.
    #[error("the model has two tensors named \"{name}\"")]
    RepeatedTensor {
        /// Name as found.
        name: String,
    },
    /// A weight of another shape than the configuration says.
    #[error(
        "tensor \"{name}\" has the shape {found:?}, but the configuration asks for {expected:?}"
    )]
    Shape {
        /// Hugging Face name of the tensor.
        name: String,
        /// Shape asked for by the configuration.
        expected: Vec<usize>,
        /// Shape found.
        found: Vec<usize>,
    },
    /// The number of values does not fit the tensor's own shape.
    #[error("tensor \"{name}\" of shape {shape:?} should hold {expected} values and holds {found}")]
    Length {
        /// Hugging Face name of the tensor.
        name: String,
        /// Its shape.
        shape: Vec<usize>,
        /// Product of the shape.
        expected: usize,
        /// Values found.
        found: usize,
    },
    /// A weight is infinite or not a number.
    #[error("tensor \"{name}\" contains a value that is not a finite number, at index {index}")]
    NotFinite {
        /// Hugging Face name of the tensor.
        name: String,
        /// Flat index of the first such value.
        index: usize,
    },
    /// A text has no tokens at all.
    #[error("text number {index} of the batch is empty; the model needs at least one token")]
    EmptyText {
        /// Place in the batch, from 0.
        index: usize,
    },
    /// A text does not fit the context.
    #[error(
        "text number {index} of the batch has {length} tokens, but this model's context holds {context}"
    )]
    TooLong {
        /// Place in the batch, from 0.
        index: usize,
        /// Tokens in the text.
        length: usize,
        /// Tokens the model can look at.
        context: usize,
    },
    /// A prompt fills the context and leaves no room for an answer.
    #[error(
        "prompt number {index} of the batch has {length} tokens; with a context of {context} no room is left for an answer"
    )]
    NoRoom {
        /// Place in the batch, from 0.
        index: usize,
        /// Tokens in the prompt.
        length: usize,
        /// Tokens the model can look at.
        context: usize,
    },
    /// A token outside the vocabulary.
    #[error(
        "token {token} does not exist: this model's vocabulary has {vocabulary} entries, counted from 0"
    )]
    UnknownToken {
        /// The token.
        token: u32,
        /// Size of the vocabulary.
        vocabulary: usize,
    },
    /// The response of a training example is empty or starts before the second token.
    #[error(
        "training example number {index} has no response to learn from ({prompt} prompt tokens of {length})"
    )]
    NoResponse {
        /// Place in the batch, from 0.
        index: usize,
        /// Tokens of the prompt.
        prompt: usize,
        /// Tokens altogether.
        length: usize,
    },
    /// One random generator per sequence is needed.
    #[error(
        "{prompts} prompts came with {generators} random generators; each prompt needs its own"
    )]
    Generators {
        /// Number of prompts.
        prompts: usize,
        /// Number of generators.
        generators: usize,
    },
    /// Temperature out of range.
    #[error("the sampling temperature must be zero or a positive number, not {0}")]
    Temperature(f32),
    /// Logits that cannot be sampled from.
    #[error(
        "the model produced numbers that are not finite; its weights are probably damaged or training diverged"
    )]
    NotANumber,
    /// The device failed while computing or reading back.
    #[error("the device that computes failed: {0}")]
    Device(String),
}
