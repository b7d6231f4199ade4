//! Rotary positions in Hugging Face's rotate-half convention.
//!
//! A head is seen as two halves `a` and `b`; position `p` turns every pair `(a_i, b_i)` by the
//! angle `p / theta^(2i / head_dim)`. Written as `x * cos + rotate(x) * sin`, where `rotate` is a
//! product with a constant matrix of zeros and ±1: exact, and its gradient is another product.
//! The tables are computed on the host with `libm`, so they are the same on every machine, and
//! hold whole rows (`heads * head_dim` wide) so that turning needs no broadcast.

use burn::tensor::{Device, Int, Tensor, TensorData};

use super::config::LlamaConfig;

/// Constant tables of a model on one device; they never carry gradients.
#[derive(Clone, Debug)]
pub struct Rope {
    query_cos: Tensor<2>,
    query_sin: Tensor<2>,
    key_cos: Tensor<2>,
    key_sin: Tensor<2>,
    rotate: Tensor<2>,
}

/// The rows of the tables that belong to the positions of one batch, shared by all layers.
#[derive(Clone, Debug)]
pub struct Turn {
    query_cos: Tensor<2>,
    query_sin: Tensor<2>,
    key_cos: Tensor<2>,
    key_sin: Tensor<2>,
    rotate: Tensor<2>,
}

impl Rope {
    /// Computes the tables for every position of the context. The query tables also carry
    /// attention's `1 / sqrt(head_dim)`, which saves scaling the scores.
    pub fn new(config: &LlamaConfig, device: &Device) -> Self {
        let width = config.head_dim;
        let half = width / 2;
        let scale = 1.0 / libm::sqrt(width as f64);
        let table = |heads: usize, scale: f64, function: fn(f64) -> f64| {
            let mut rows = Vec::with_capacity(config.max_position_embeddings * heads * width);
            for position in 0..config.max_position_embeddings {
                let turn: Vec<f32> = (0..width)
                    .map(|i| {
                        let exponent = 2.0 * (i % half) as f64 / width as f64;
                        // Hugging Face computes frequencies and angles in single precision.
                        let frequency = (1.0 / libm::pow(config.rope_theta, exponent)) as f32;
                        let angle = position as f32 * frequency;
                        (function(f64::from(angle)) * scale) as f32
                    })
                    .collect();
                (0..heads).for_each(|_| rows.extend_from_slice(&turn));
            }
            let shape = [config.max_position_embeddings, heads * width];
            Tensor::from_data(TensorData::new(rows, shape), device)
        };
        let mut rotate = vec![0.0f32; width * width];
        for i in 0..half {
            // output i = -b_i, output half + i = a_i
            rotate[(half + i) * width + i] = -1.0;
            rotate[i * width + half + i] = 1.0;
        }
        let (queries, keys) = (config.num_attention_heads, config.num_key_value_heads);
        Self {
            query_cos: table(queries, scale, libm::cos),
            query_sin: table(queries, scale, libm::sin),
            key_cos: table(keys, 1.0, libm::cos),
            key_sin: table(keys, 1.0, libm::sin),
            rotate: Tensor::from_data(TensorData::new(rotate, [width, width]), device),
        }
    }

    /// Picks the rows of `positions` (one a token of the flattened batch).
    pub fn at(&self, positions: Tensor<1, Int>) -> Turn {
        let pick = |table: &Tensor<2>| table.clone().select(0, positions.clone());
        Turn {
            query_cos: pick(&self.query_cos),
            query_sin: pick(&self.query_sin),
            key_cos: pick(&self.key_cos),
            key_sin: pick(&self.key_sin),
            rotate: self.rotate.clone(),
        }
    }
}

impl Turn {
    /// Turns and scales queries `[tokens, heads * head_dim]`.
    pub fn queries(&self, x: Tensor<2>) -> Tensor<2> {
        turned(x, &self.query_cos, &self.query_sin, &self.rotate)
    }

    /// Turns keys `[tokens, key heads * head_dim]`.
    pub fn keys(&self, x: Tensor<2>) -> Tensor<2> {
        turned(x, &self.key_cos, &self.key_sin, &self.rotate)
    }
}

fn turned(x: Tensor<2>, cos: &Tensor<2>, sin: &Tensor<2>, rotate: &Tensor<2>) -> Tensor<2> {
    let [tokens, width] = x.dims();
    let head = rotate.dims()[0];
    let rotated = x
        .clone()
        .reshape([tokens * width / head, head])
        .matmul(rotate.clone())
        .reshape([tokens, width]);
    x * cos.clone() + rotated * sin.clone()
}
