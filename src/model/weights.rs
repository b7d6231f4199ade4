//! Weights as plain numbers with Hugging Face's names: the boundary between files and the network.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::config::LlamaConfig;
use super::error::ModelError;

/// One weight by its Hugging Face name, in Hugging Face's layout (`[out, in]` for matrices),
/// values in row-major order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NamedTensor {
    /// Such as `model.layers.0.self_attn.q_proj.weight`.
    pub name: String,
    /// One or two sizes.
    pub shape: Vec<usize>,
    /// As many values as the product of the shape.
    pub values: Vec<f32>,
}

/// Name of the token embedding.
pub const EMBEDDING: &str = "model.embed_tokens.weight";
/// Name of the last norm.
pub const FINAL_NORM: &str = "model.norm.weight";
/// Name of the output head, absent when tied.
pub const HEAD: &str = "lm_head.weight";

/// What a weight does, which decides how it is initialised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Reads from the residual stream or is a table.
    Matrix,
    /// Writes into the residual stream.
    Residual,
    /// Scale of a norm.
    Norm,
}

/// A weight the configuration asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Hugging Face name.
    pub name: String,
    /// Hugging Face shape.
    pub shape: Vec<usize>,
    /// What it does.
    pub role: Role,
}

/// The nine weights of a block in Hugging Face's order: suffix of the name, role.
const BLOCK: [(&str, Role); 9] = [
    ("self_attn.q_proj", Role::Matrix),
    ("self_attn.k_proj", Role::Matrix),
    ("self_attn.v_proj", Role::Matrix),
    ("self_attn.o_proj", Role::Residual),
    ("mlp.gate_proj", Role::Matrix),
    ("mlp.up_proj", Role::Matrix),
    ("mlp.down_proj", Role::Residual),
    ("input_layernorm", Role::Norm),
    ("post_attention_layernorm", Role::Norm),
];

/// All weights of a model in Hugging Face's order: embedding, blocks, final norm, and the head
/// unless it is tied.
pub fn expected(config: &LlamaConfig) -> Vec<Expected> {
    let d = config.hidden_size;
    let queries = config.num_attention_heads * config.head_dim;
    let keys = config.num_key_value_heads * config.head_dim;
    let inner = config.intermediate_size;
    let shapes: [Vec<usize>; 9] = [
        vec![queries, d],
        vec![keys, d],
        vec![keys, d],
        vec![d, queries],
        vec![inner, d],
        vec![inner, d],
        vec![d, inner],
        vec![d],
        vec![d],
    ];
    let one = |name: String, shape: Vec<usize>, role: Role| Expected { name, shape, role };
    let mut all = vec![one(
        EMBEDDING.into(),
        vec![config.vocab_size, d],
        Role::Matrix,
    )];
    for layer in 0..config.num_hidden_layers {
        for ((suffix, role), shape) in BLOCK.iter().zip(&shapes) {
            let name = format!("model.layers.{layer}.{suffix}.weight");
            all.push(one(name, shape.clone(), *role));
        }
    }
    all.push(one(FINAL_NORM.into(), vec![d], Role::Norm));
    if !config.tie_word_embeddings {
        all.push(one(HEAD.into(), vec![config.vocab_size, d], Role::Matrix));
    }
    all
}

/// Checks names, shapes and values against the configuration and returns the weights in
/// [`expected`]'s order. A head that repeats a tied embedding is dropped, and so are the rotary
/// frequency tables old exporters wrote.
///
/// # Errors
/// A missing, repeated or unexpected name, a wrong shape or length, a value that is not finite.
pub fn arrange(
    config: &LlamaConfig,
    tensors: Vec<NamedTensor>,
) -> Result<Vec<NamedTensor>, ModelError> {
    let mut by_name = BTreeMap::new();
    for tensor in tensors {
        let name = tensor.name.clone();
        if by_name.insert(name.clone(), tensor).is_some() {
            return Err(ModelError::RepeatedTensor { name });
        }
    }
    let mut arranged = Vec::new();
    for Expected { name, shape, .. } in expected(config) {
        let Some(tensor) = by_name.remove(&name) else {
            return Err(ModelError::MissingTensor { name });
        };
        check(&tensor, shape)?;
        arranged.push(tensor);
    }
    if config.tie_word_embeddings {
        by_name.remove(HEAD);
    }
    match by_name
        .into_keys()
        .find(|name| !name.ends_with("rotary_emb.inv_freq"))
    {
        Some(name) => Err(ModelError::UnexpectedTensor { name }),
        None => Ok(arranged),
    }
}

fn check(tensor: &NamedTensor, expected: Vec<usize>) -> Result<(), ModelError> {
    let name = tensor.name.clone();
    if tensor.shape != expected {
        let found = tensor.shape.clone();
        return Err(ModelError::Shape {
            name,
            expected,
            found,
        });
    }
    let count = expected.iter().product();
    if tensor.values.len() != count {
        return Err(ModelError::Length {
            name,
            shape: expected,
            expected: count,
            found: tensor.values.len(),
        });
    }
    match tensor.values.iter().position(|value| !value.is_finite()) {
        Some(index) => Err(ModelError::NotFinite { name, index }),
        None => Ok(()),
    }
}

/// Turns a row-major `[rows, columns]` matrix into a row-major `[columns, rows]` one.
pub fn transposed(values: &[f32], rows: usize, columns: usize) -> Vec<f32> {
    let mut turned = Vec::with_capacity(values.len());
    for column in 0..columns {
        turned.extend((0..rows).map(|row| values[row * columns + column]));
    }
    turned
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(tied: bool) -> LlamaConfig {
        LlamaConfig {
            vocab_size: 5,
            hidden_size: 4,
            intermediate_size: 6,
            num_hidden_layers: 1,
            num_attention_heads: 2,
            num_key_value_heads: 1,
            head_dim: 2,
            max_position_embeddings: 8,
            rms_norm_eps: 1e-5,
            rope_theta: 10_000.0,
            tie_word_embeddings: tied,
            bos_token_id: None,
            eos_token_id: vec![],
            pad_token_id: None,
        }
    }

    fn all(config: &LlamaConfig) -> Vec<NamedTensor> {
        let tensors = expected(config).into_iter().map(|e| {
            let values = vec![0.5; e.shape.iter().product()];
            NamedTensor {
                name: e.name,
                shape: e.shape,
                values,
            }
        });
        tensors.collect()
    }

    #[test]
    fn order_and_count_are_those_of_the_configuration() {
        for tied in [false, true] {
            let config = config(tied);
            let mut shuffled = all(&config);
            shuffled.reverse();
            let arranged = arrange(&config, shuffled).unwrap();
            assert_eq!(arranged, all(&config));
            let values: usize = arranged.iter().map(|t| t.values.len()).sum();
            assert_eq!(values, config.parameter_count());
        }
    }

    #[test]
    fn every_fault_is_named() {
        let config = config(false);
        let mut missing = all(&config);
        missing.remove(3);
        let name = "model.layers.0.self_attn.v_proj.weight".to_string();
        assert_eq!(
            arrange(&config, missing),
            Err(ModelError::MissingTensor { name })
        );

        let mut shape = all(&config);
        shape[1].shape = vec![2, 8];
        assert!(matches!(
            arrange(&config, shape),
            Err(ModelError::Shape { .. })
        ));

        let mut nan = all(&config);
        nan[0].values[7] = f32::NAN;
        assert!(matches!(
            arrange(&config, nan),
            Err(ModelError::NotFinite { index: 7, .. })
        ));

        let mut extra = all(&config);
        extra.push(NamedTensor {
            name: "bias".into(),
            shape: vec![1],
            values: vec![0.0],
        });
        assert!(matches!(
            arrange(&config, extra),
            Err(ModelError::UnexpectedTensor { .. })
        ));
    }

    #[test]
    fn transposing_turns_rows_into_columns() {
        assert_eq!(
            transposed(&[1., 2., 3., 4., 5., 6.], 2, 3),
            [1., 4., 2., 5., 3., 6.]
        );
    }
}
