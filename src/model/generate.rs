//! Continuing many prompts at once: what may be asked, and who writes.
//!
//! The CPU engine writes in [`super::plain::writer`], a graphics card in [`super::card::writer`]. Every sequence has
//! its own random generator, so what a prompt becomes never depends on its neighbours beyond rounding.

use rand_chacha::ChaCha8Rng;

use super::card;
use super::computing::Computing;
use super::error::ModelError;
use super::llama::Llama;
use super::plain;
use super::sampling::Sampling;

/// A continuation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Generated {
    /// New tokens, without the one that ended the text.
    pub tokens: Vec<u32>,
    /// Sum over the new tokens, the ending one included, of the logarithm of the probability the
    /// model itself gave them (before temperature and top-k).
    pub log_probability: f32,
    /// Whether a stop token ended it, rather than the limit of new tokens or of the context.
    pub finished: bool,
}

/// Continues every prompt until a `stop` token, `max_new_tokens` or the end of the context.
/// Gradients are never tracked.
///
/// # Errors
/// An empty prompt, one that fills the context, an unknown token, generators that do not match
/// the prompts, logits that are not finite, or a device that failed.
pub async fn generate(
    model: &Llama,
    prompts: &[Vec<u32>],
    sampling: &Sampling,
    stop: &[u32],
    generators: &mut [ChaCha8Rng],
) -> Result<Vec<Generated>, ModelError> {
    sampling.validate()?;
    if prompts.len() != generators.len() {
        let (prompts, generators) = (prompts.len(), generators.len());
        return Err(ModelError::Generators {
            prompts,
            generators,
        });
    }
    model.check(prompts)?;
    let context = model.config().max_position_embeddings;
    let mut rooms = Vec::with_capacity(prompts.len());
    for (index, prompt) in prompts.iter().enumerate() {
        let length = prompt.len();
        if length == context {
            return Err(ModelError::NoRoom {
                index,
                length,
                context,
            });
        }
        rooms.push(sampling.max_new_tokens.min(context - length));
    }
    if prompts.is_empty() || sampling.max_new_tokens == 0 {
        return Ok(vec![Generated::default(); prompts.len()]);
    }
    match model.computing().await? {
        Computing::Plain(weights) => {
            plain::writer::write(&weights, prompts, &rooms, sampling, stop, generators)
        }
        Computing::Card(card) => {
            card::writer::write(&card, prompts, &rooms, sampling, stop, generators).await
        }
    }
}
