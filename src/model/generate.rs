//! Continuing a batch of prompts, one token at a time for all of them.
//!
//! The CPU engine does it in [`super::plain::writer`]; what follows is for every other device.
//! Prompts are padded on the left and read once; then every step feeds one token a row, with
//! earlier keys and values from the [`Cache`]. Only the logits of the newest position travel back
//! to the host. A row that has finished costs nothing once half of the rows have: the batch is
//! then rebuilt from the others. Every sequence has its own random generator, so what a prompt
//! becomes never depends on its neighbours beyond rounding.

use burn::tensor::{Device, Int, Tensor, TensorData};
use rand_chacha::ChaCha8Rng;

use super::attention::cached_mask;
use super::cache::Cache;
use super::card;
use super::error::ModelError;
use super::llama::{Llama, Place};
use super::parameter::read;
use super::plain::writer;
use super::sampling::{Sampling, choose};

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

/// A row still being written.
struct Row {
    /// Place in the caller's list.
    index: usize,
    /// Slots of padding before its prompt.
    padding: usize,
    /// New tokens it may still get.
    left: usize,
    /// Token to feed next.
    next: u32,
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
    let longest = model.check(prompts)?;
    let context = model.config().max_position_embeddings;
    let mut rows = Vec::with_capacity(prompts.len());
    for (index, prompt) in prompts.iter().enumerate() {
        let length = prompt.len();
        if length == context {
            return Err(ModelError::NoRoom {
                index,
                length,
                context,
            });
        }
        let left = sampling.max_new_tokens.min(context - length);
        rows.push(Row {
            index,
            padding: longest - length,
            left,
            next: 0,
        });
    }
    let mut texts = vec![Generated::default(); prompts.len()];
    if prompts.is_empty() || sampling.max_new_tokens == 0 {
        return Ok(texts);
    }
    if let Some(weights) = model.plain().await? {
        let rooms: Vec<usize> = rows.iter().map(|row| row.left).collect();
        return writer::write(&weights, prompts, &rooms, sampling, stop, generators);
    }
    if let Some(card) = model.card().await? {
        let rooms: Vec<usize> = rows.iter().map(|row| row.left).collect();
        return card::writer::write(&card, prompts, &rooms, sampling, stop, generators).await;
    }

    let device = model.device().clone().without_autodiff();
    let frozen;
    let model = if model.device().is_autodiff() {
        frozen = model.on(&device);
        &frozen
    } else {
        model
    };
    // The last new token is never fed, hence one slot less than tokens.
    let slots = longest + sampling.max_new_tokens - 1;
    let mut cache = Cache::new(model.config(), rows.len(), slots, &device);
    let padded = prompts.iter().flat_map(|prompt| {
        let padding = std::iter::repeat_n(0, longest - prompt.len());
        padding.chain(prompt.iter().map(|&token| token as i32))
    });
    let tokens = TensorData::new(padded.collect::<Vec<i32>>(), [rows.len(), longest]);
    let mut tokens = Tensor::<2, Int>::from_data(tokens, &device);
    loop {
        let logits = step(model, &rows, tokens, &mut cache, &device).await?;
        let width = model.config().vocab_size;
        for (row, logits) in rows.iter_mut().zip(logits.chunks_exact(width)) {
            if row.left == 0 {
                continue;
            }
            let choice = choose(logits, sampling, &mut generators[row.index])?;
            let text = &mut texts[row.index];
            text.log_probability += choice.log_probability;
            if stop.contains(&choice.token) {
                text.finished = true;
                row.left = 0;
            } else {
                text.tokens.push(choice.token);
                row.next = choice.token;
                row.left -= 1;
            }
        }
        let alive = rows.iter().filter(|row| row.left > 0).count();
        if alive == 0 {
            return Ok(texts);
        }
        if alive * 2 <= rows.len() {
            drop_finished(&mut rows, &mut cache, &device);
        }
        let next: Vec<i32> = rows.iter().map(|row| row.next as i32).collect();
        tokens = Tensor::from_data(TensorData::new(next, [rows.len(), 1]), &device);
    }
}

/// Feeds `[rows, new]` tokens and returns the logits of the newest position, row after row.
async fn step(
    model: &Llama,
    rows: &[Row],
    tokens: Tensor<2, Int>,
    cache: &mut Cache,
    device: &Device,
) -> Result<Vec<f32>, ModelError> {
    let [count, new] = tokens.dims();
    let filled = cache.length();
    let last = model.config().max_position_embeddings - 1;
    // Padding and finished rows may stand outside the context; any position does for them.
    let positions = rows.iter().flat_map(|row| {
        (filled..filled + new).map(|slot| slot.saturating_sub(row.padding).min(last) as i32)
    });
    let positions = TensorData::new(positions.collect::<Vec<i32>>(), [count * new]);
    let padding: Vec<usize> = rows.iter().map(|row| row.padding).collect();
    let place = Place {
        turn: model.rope().at(Tensor::from_data(positions, device)),
        mask: cached_mask(&padding, filled, new, cache.visible(new), device),
    };
    let width = model.config().hidden_size;
    let hidden = model
        .run(tokens, &place, Some(cache))
        .reshape([count, new, width]);
    let newest = hidden.narrow(1, new - 1, 1).reshape([count, width]);
    read(model.project(newest)).await
}

/// Rebuilds the batch from the rows still being written.
fn drop_finished(rows: &mut Vec<Row>, cache: &mut Cache, device: &Device) {
    let alive = rows.iter().enumerate().filter(|(_, row)| row.left > 0);
    let alive: Vec<i32> = alive.map(|(place, _)| place as i32).collect();
    let count = alive.len();
    cache.keep(&Tensor::from_data(TensorData::new(alive, [count]), device));
    rows.retain(|row| row.left > 0);
}
