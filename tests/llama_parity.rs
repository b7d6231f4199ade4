//! Holds the network to Hugging Face's: same weights, same tokens, logits within 1e-4.
//!
//! The fixtures and what is in them come from `tests/reference/llama.py`.
#![cfg(feature = "cli")]

use std::path::PathBuf;

use mores::gpu::Site;
use mores::model::{Llama, LlamaConfig, NamedTensor};
use safetensors::SafeTensors;
use serde_json::Value;

fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures/llama")
        .join(name)
}

fn json(path: PathBuf) -> Value {
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

fn config(value: &Value) -> LlamaConfig {
    let size = |key: &str| value[key].as_u64().unwrap() as usize;
    LlamaConfig {
        vocab_size: size("vocab_size"),
        hidden_size: size("hidden_size"),
        intermediate_size: size("intermediate_size"),
        num_hidden_layers: size("num_hidden_layers"),
        num_attention_heads: size("num_attention_heads"),
        num_key_value_heads: size("num_key_value_heads"),
        head_dim: size("head_dim"),
        max_position_embeddings: size("max_position_embeddings"),
        rms_norm_eps: value["rms_norm_eps"].as_f64().unwrap(),
        rope_theta: value["rope_parameters"]["rope_theta"].as_f64().unwrap(),
        tie_word_embeddings: value["tie_word_embeddings"].as_bool().unwrap(),
        bos_token_id: None,
        eos_token_id: vec![size("eos_token_id") as u32],
        pad_token_id: None,
    }
}

fn tensors(path: PathBuf) -> Vec<NamedTensor> {
    let bytes = std::fs::read(path).unwrap();
    let file = SafeTensors::deserialize(&bytes).unwrap();
    let tensors = file.tensors().into_iter().map(|(name, view)| {
        assert_eq!(view.dtype(), safetensors::Dtype::F32);
        let bytes = view.data().chunks_exact(4);
        let values = bytes
            .map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]]))
            .collect();
        NamedTensor {
            name,
            shape: view.shape().to_vec(),
            values,
        }
    });
    tensors.collect()
}

fn floats(value: &Value) -> Vec<f32> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|number| number.as_f64().unwrap() as f32)
        .collect()
}

#[test]
fn logits_equal_those_of_transformers() {
    for name in ["gqa_untied", "mha_tied"] {
        let folder = folder(name);
        let config = config(&json(folder.join("config.json")));
        let weights = tensors(folder.join("model.safetensors"));
        let model = Llama::from_tensors(config, weights, &Site::Cpu).unwrap();
        let expected = json(folder.join("expected.json"));
        let tokens: Vec<u32> = floats(&expected["tokens"])
            .iter()
            .map(|&t| t as u32)
            .collect();
        let logits = pollster::block_on(model.logits(&tokens)).unwrap();
        let rows = expected["logits"].as_array().unwrap();
        assert_eq!(logits.len(), rows.len());
        let mut worst = 0.0f32;
        for (ours, theirs) in logits.iter().zip(rows) {
            let theirs = floats(theirs);
            assert_eq!(ours.len(), theirs.len());
            for (ours, theirs) in ours.iter().zip(theirs) {
                worst = worst.max((ours - theirs).abs());
            }
        }
        println!("{name}: largest difference {worst:.1e}");
        assert!(worst < 1e-4, "{name}: logits differ by {worst}");
    }
}
