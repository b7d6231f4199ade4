//! What training differentiates: the log-probability of every response token.
//!
//! Prompts are read but not learnt from, so the head is applied only where a response token is
//! predicted: for the usual prompts that saves most of the largest product of the network.

use burn::tensor::{Int, Tensor, TensorData, activation};

use super::card::reader;
use super::computing::Computing;
use super::error::ModelError;
use super::llama::Llama;
use super::plain::pass::{Pass, Text};

/// A text to learn from: a prompt and the response that follows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Prompt, response, and the end token if it is to be learnt.
    pub tokens: Vec<u32>,
    /// How many of the tokens are prompt, at least one; the rest is the response.
    pub prompt: usize,
}

/// Log-probabilities of all response tokens of a batch.
#[derive(Clone, Debug)]
pub struct TokenLogProbabilities {
    /// `[all response tokens]`, example after example. Carries gradients if the model does.
    pub values: Tensor<1>,
    /// Response tokens of each example; their sum is the length of `values`.
    pub lengths: Vec<usize>,
}

impl TokenLogProbabilities {
    /// The mean over each example's response tokens, `[examples]`.
    pub fn means(&self) -> Tensor<1> {
        self.reduced(|length| 1.0 / length as f32)
    }

    /// The sum over each example's response tokens, `[examples]`.
    pub fn sums(&self) -> Tensor<1> {
        self.reduced(|_| 1.0)
    }

    fn reduced(&self, share: impl Fn(usize) -> f32) -> Tensor<1> {
        let (rows, columns) = (self.lengths.len(), self.lengths.iter().sum());
        let mut shares = vec![0.0f32; rows * columns];
        let mut start = 0;
        for (row, &length) in self.lengths.iter().enumerate() {
            let begin = row * columns + start;
            shares[begin..begin + length].fill(share(length));
            start += length;
        }
        let device = self.values.device().without_autodiff();
        let shares = Tensor::<2>::from_data(TensorData::new(shares, [rows, columns]), &device);
        shares
            .matmul(self.values.clone().reshape([columns, 1]))
            .reshape([rows])
    }
}

/// Computes the log-probability of every response token given all tokens before it.
///
/// # Errors
/// An example without a prompt or a response, one longer than the context, an unknown token.
pub fn token_log_probabilities(
    model: &Llama,
    examples: &[Example],
) -> Result<TokenLogProbabilities, ModelError> {
    let of_all = next_word_log_probabilities(model, examples)?;
    let said = examples
        .iter()
        .flat_map(|example| &example.tokens[example.prompt..]);
    let said: Vec<i32> = said.map(|token| *token as i32).collect();
    let count = said.len();
    let device = model.device().clone().without_autodiff();
    let said = Tensor::<2, Int>::from_data(TensorData::new(said, [count, 1]), &device);
    let lengths = examples
        .iter()
        .map(|example| example.tokens.len() - example.prompt)
        .collect();
    Ok(TokenLogProbabilities {
        values: of_all.gather(1, said).reshape([count]),
        lengths,
    })
}

/// The same without gradients, read back: one list an example. By our own passes.
///
/// # Errors
/// As [`token_log_probabilities`], and a device that failed.
pub async fn response_log_probabilities(
    model: &Llama,
    examples: &[Example],
) -> Result<Vec<Vec<f32>>, ModelError> {
    check(model, examples)?;
    let texts: Vec<Text> = examples.iter().map(text).collect();
    let values = match model.computing().await? {
        Computing::Plain(weights) => Pass::log_probabilities_of(&weights, &texts),
        Computing::Card(card) => reader::log_probabilities(&card, &texts).await?,
    };
    let mut values = values.into_iter();
    let lengths = examples.iter().map(|one| one.tokens.len() - one.prompt);
    Ok(lengths
        .map(|length| values.by_ref().take(length).collect())
        .collect())
}

/// The log-probabilities of all words at the place of every response token, read back: rows of the vocabulary's size,
/// example after example.
///
/// # Errors
/// As [`response_log_probabilities`].
pub async fn next_words(model: &Llama, examples: &[Example]) -> Result<Vec<f32>, ModelError> {
    check(model, examples)?;
    let texts: Vec<Text> = examples.iter().map(text).collect();
    match model.computing().await? {
        Computing::Plain(weights) => Ok(Pass::next_words(&weights, &texts)),
        Computing::Card(card) => reader::next_words(&card, &texts).await,
    }
}

/// An example as our own passes read it.
pub fn text(example: &Example) -> Text<'_> {
    Text {
        tokens: &example.tokens,
        asked: example.prompt,
    }
}

/// What of each example is read, after checking that all of them can be.
///
/// # Errors
/// As [`token_log_probabilities`].
pub fn check<'a>(model: &Llama, examples: &'a [Example]) -> Result<Vec<&'a [u32]>, ModelError> {
    if examples.is_empty() {
        return Err(ModelError::EmptyText { index: 0 });
    }
    let mut inputs = Vec::with_capacity(examples.len());
    for (index, example) in examples.iter().enumerate() {
        let (length, prompt) = (example.tokens.len(), example.prompt);
        if prompt == 0 || prompt >= length {
            return Err(ModelError::NoResponse {
                index,
                prompt,
                length,
            });
        }
        // The last token is predicted, never read.
        inputs.push(&example.tokens[..length - 1]);
    }
    let targets = examples
        .iter()
        .flat_map(|example| &example.tokens[example.prompt..]);
    let vocabulary = model.config().vocab_size;
    let mut targets = targets.copied();
    if let Some(token) = targets.find(|token| *token as usize >= vocabulary) {
        return Err(ModelError::UnknownToken { token, vocabulary });
    }
    model.check(&inputs)?;
    Ok(inputs)
}

/// Log-probabilities of all words of the vocabulary at the place of every response token,
/// `[response tokens, vocabulary]`, example after example.
///
/// # Errors
/// As [`token_log_probabilities`].
fn next_word_log_probabilities(
    model: &Llama,
    examples: &[Example],
) -> Result<Tensor<2>, ModelError> {
    let inputs = check(model, examples)?;
    let batch = model.batch(&inputs)?;
    let width = batch.dims()[1];
    let rows = examples.iter().enumerate().flat_map(|(row, example)| {
        let predicting = example.prompt - 1..example.tokens.len() - 1;
        predicting.map(move |column| (row * width + column) as i32)
    });
    let rows: Vec<i32> = rows.collect();
    let count = rows.len();
    let device = model.device().clone().without_autodiff();
    let rows = Tensor::<1, Int>::from_data(TensorData::new(rows, [count]), &device);
    let logits = model.project(model.hidden(batch).select(0, rows));
    Ok(activation::log_softmax(logits, 1))
}
