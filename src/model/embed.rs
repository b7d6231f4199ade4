//! A text as one vector: what the society compares memories with.
//!
//! The vector is what the model knows when it has read the last word. Cut off where an answer
//! would begin, a question's vector says what it is about and whether it deserves help, far better
//! than a mean over its words does: `mores calibrate` measures how often the nearest memory is
//! about the same thing.

use super::card::reader;
use super::computing::Computing;
use super::error::ModelError;
use super::llama::Llama;
use super::plain::pass::Pass;

/// The final hidden state at each text's last token, scaled to length one; one vector of the
/// hidden size a text.
///
/// # Errors
/// An empty or too long text, an unknown token, or a device that failed.
pub async fn embed(model: &Llama, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, ModelError> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    model.check(texts)?;
    let states = match model.computing().await? {
        Computing::Plain(weights) => Pass::last_states(&weights, texts),
        Computing::Card(card) => reader::last_states(&card, texts).await?,
    };
    let width = model.config().hidden_size;
    Ok(states.chunks_exact(width).map(unit).collect())
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let square: f32 = vector.iter().map(|value| value * value).sum();
    let length = libm::sqrtf(square).max(1e-12);
    vector.iter().map(|value| value / length).collect()
}
