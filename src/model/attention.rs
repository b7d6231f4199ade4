//! Grouped-query attention over rotated queries and keys, with an additive mask.

use burn::tensor::{Device, Tensor, TensorData, activation};

use super::config::LlamaConfig;

/// Added to the score of a forbidden key. Finite, so that a row of padding that may look at
/// nothing stays a number.
const FORBIDDEN: f32 = -1e9;

/// The mask of a batch that starts at position 0: every token sees itself and what came before.
/// Shape `[1, 1, length, length]`, added to the scores.
pub fn causal_mask(length: usize, device: &Device) -> Tensor<4> {
    let mut mask = vec![0.0f32; length * length];
    for (row, entries) in mask.chunks_exact_mut(length).enumerate() {
        entries[row + 1..].fill(FORBIDDEN);
    }
    Tensor::from_data(TensorData::new(mask, [1, 1, length, length]), device)
}

/// Cuts `[rows * new, heads * head_dim]` into `[rows, heads, new, head_dim]`.
pub fn split_heads(x: Tensor<2>, rows: usize, heads: usize) -> Tensor<4> {
    let [tokens, width] = x.dims();
    x.reshape([rows, tokens / rows, heads, width / heads])
        .swap_dims(1, 2)
}

/// Mixes the values by the softmax of the scores. Queries `[rows * new, heads * head_dim]`
/// (already rotated and scaled), keys and values `[rows, key heads, slots, head_dim]`, mask
/// `[rows or 1, 1, new, slots]`; returns `[rows * new, heads * head_dim]`.
///
/// Heads that share a key head are stacked below each other as more query rows, so keys and
/// values are never repeated.
pub fn attend(
    config: &LlamaConfig,
    queries: Tensor<2>,
    keys: Tensor<4>,
    values: Tensor<4>,
    mask: Tensor<4>,
) -> Tensor<2> {
    let [rows, shared, slots, width] = keys.dims();
    let tokens = queries.dims()[0];
    let (new, heads) = (tokens / rows, config.num_attention_heads);
    let group = heads / shared;
    let queries = split_heads(queries, rows, heads);
    let stacked = |x: Tensor<4>, last: usize| x.reshape([rows, shared, group * new, last]);
    let queries = if group == 1 {
        queries
    } else {
        stacked(queries, width)
    };
    let scores = queries.matmul(keys.swap_dims(2, 3));
    let scores = if group == 1 {
        scores
    } else {
        scores.reshape([rows, heads, new, slots])
    };
    let weights = activation::softmax(scores + mask, 3);
    let weights = if group == 1 {
        weights
    } else {
        stacked(weights, slots)
    };
    let mixed = weights.matmul(values);
    let mixed = if group == 1 {
        mixed
    } else {
        mixed.reshape([rows, heads, new, width])
    };
    mixed.swap_dims(1, 2).reshape([tokens, heads * width])
}
