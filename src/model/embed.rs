//! A text as one vector: what the society compares memories with.

use burn::tensor::{Tensor, TensorData};

use super::error::ModelError;
use super::llama::Llama;
use super::parameter::read;

/// The mean of the final hidden states over each text's tokens, scaled to length one; one vector
/// of the hidden size a text.
///
/// # Errors
/// An empty or too long text, an unknown token, or a device that failed.
pub async fn embed(model: &Llama, texts: &[Vec<u32>]) -> Result<Vec<Vec<f32>>, ModelError> {
    if texts.is_empty() {
        return Ok(Vec::new());
    }
    let device = model.device().clone().without_autodiff();
    let batch = model.batch(texts)?;
    let [count, length] = batch.dims();
    let width = model.config().hidden_size;
    let mut shares = vec![0.0f32; count * length];
    for (row, text) in shares.chunks_exact_mut(length).zip(texts) {
        row[..text.len()].fill(1.0 / text.len() as f32);
    }
    let shares = Tensor::<3>::from_data(TensorData::new(shares, [count, 1, length]), &device);
    let hidden = model
        .hidden(batch)
        .without_autodiff()
        .reshape([count, length, width]);
    let values = read(shares.matmul(hidden)).await?;
    Ok(values.chunks_exact(width).map(unit).collect())
}

fn unit(vector: &[f32]) -> Vec<f32> {
    let square: f32 = vector.iter().map(|value| value * value).sum();
    let length = libm::sqrtf(square).max(1e-12);
    vector.iter().map(|value| value / length).collect()
}
