//! A model folder as Hugging Face's `transformers` keeps it, in memory: name of a file to its bytes.
//!
//! Reading takes `config.json` and the weights, in one file or in shards, and `tokenizer.json` if
//! there is one. Writing adds what `transformers` needs to load the folder unchanged.

pub mod config;

use super::Folder;
use super::error::FormatError;
use super::safetensors::{self, Precision};
use crate::model::weights::arrange;
use crate::model::{LlamaConfig, NamedTensor};
use crate::world::tokenizer::Tokenizer;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

const CONFIG: &str = "config.json";
const GENERATION: &str = "generation_config.json";
const WEIGHTS: &str = "model.safetensors";
const SHARDS: &str = "model.safetensors.index.json";
const TOKENIZER: &str = "tokenizer.json";
const TOKENIZER_CONFIG: &str = "tokenizer_config.json";

/// What was found in a model folder.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// The shape of the model.
    pub config: LlamaConfig,
    /// Its weights: complete, of the right shapes, in the model's order.
    pub tensors: Vec<NamedTensor>,
    /// Its `tokenizer.json`, if it has one.
    pub tokenizer: Option<String>,
}

/// Reads a model folder.
///
/// # Errors
/// A missing or damaged file, a model of a kind that this program can't compute, or weights that
/// don't fit the configuration.
pub fn read_folder(folder: &Folder) -> Result<Loaded, FormatError> {
    let config = config::read(text(folder, CONFIG)?)?;
    let tensors = match (folder.get(WEIGHTS), folder.get(SHARDS)) {
        (Some(bytes), _) => safetensors::read(WEIGHTS, bytes)?,
        (None, Some(_)) => read_shards(folder)?,
        (None, None) => return Err(missing(WEIGHTS)),
    };
    let tensors = arrange(&config, tensors)?;
    let tokenizer = match folder.contains_key(TOKENIZER) {
        true => Some(text(folder, TOKENIZER)?.to_owned()),
        false => None,
    };
    Ok(Loaded {
        config,
        tensors,
        tokenizer,
    })
}

/// Reads the shards an index names; each tensor from the shard the index gives it to.
fn read_shards(folder: &Folder) -> Result<Vec<NamedTensor>, FormatError> {
    let wrong = |reason: String| FormatError::Json {
        file: SHARDS.to_owned(),
        reason,
    };
    let index: Value =
        serde_json::from_str(text(folder, SHARDS)?).map_err(|error| wrong(error.to_string()))?;
    let map = index.get("weight_map").and_then(Value::as_object);
    let map = map.ok_or_else(|| wrong("\"weight_map\" is missing".into()))?;
    let mut place: BTreeMap<&str, &str> = BTreeMap::new();
    for (name, file) in map {
        let file = file
            .as_str()
            .ok_or_else(|| wrong(format!("the file of \"{name}\" is not a name")))?;
        place.insert(name, file);
    }
    let mut tensors = Vec::with_capacity(place.len());
    for file in place.values().copied().collect::<BTreeSet<_>>() {
        let bytes = folder.get(file).ok_or_else(|| missing(file))?;
        let shard = safetensors::read(file, bytes)?;
        tensors.extend(
            shard
                .into_iter()
                .filter(|tensor| place.get(tensor.name.as_str()) == Some(&file)),
        );
    }
    if tensors.len() != place.len() {
        let found: BTreeSet<&str> = tensors.iter().map(|tensor| tensor.name.as_str()).collect();
        let lost = place.iter().find(|(name, _)| !found.contains(*name));
        let (name, file) = lost.unwrap_or((&"", &""));
        return Err(wrong(format!("tensor \"{name}\" is not in {file}")));
    }
    Ok(tensors)
}

/// Writes a model folder that `transformers` loads unchanged.
///
/// # Errors
/// Weights that can't be written in this precision.
pub fn write_folder(
    config: &LlamaConfig,
    tensors: &[NamedTensor],
    tokenizer: &Tokenizer,
    precision: Precision,
) -> Result<Folder, FormatError> {
    let mut folder = Folder::new();
    folder.insert(WEIGHTS.to_owned(), safetensors::write(tensors, precision)?);
    folder.insert(CONFIG.to_owned(), pretty(&config::write(config, precision)));
    folder.insert(
        GENERATION.to_owned(),
        pretty(&config::write_generation(config)),
    );
    folder.insert(TOKENIZER.to_owned(), tokenizer.to_json().into_bytes());
    let word = |id: u32| tokenizer.word(id).unwrap_or_default();
    let about_tokenizer = json!({
        "tokenizer_class": "PreTrainedTokenizerFast",
        "pad_token": word(tokenizer.pad()),
        "eos_token": word(tokenizer.eos()),
        "unk_token": word(tokenizer.unk()),
        "model_max_length": config.max_position_embeddings,
        "padding_side": "left",
        "clean_up_tokenization_spaces": false,
    });
    folder.insert(TOKENIZER_CONFIG.to_owned(), pretty(&about_tokenizer));
    Ok(folder)
}

fn pretty(value: &Value) -> Vec<u8> {
    format!("{value:#}\n").into_bytes()
}

fn text<'a>(folder: &'a Folder, file: &str) -> Result<&'a str, FormatError> {
    let bytes = folder.get(file).ok_or_else(|| missing(file))?;
    std::str::from_utf8(bytes).map_err(|error| FormatError::Json {
        file: file.to_owned(),
        reason: error.to_string(),
    })
}

fn missing(file: &str) -> FormatError {
    FormatError::Missing {
        file: file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::weights::expected;

    fn model() -> (LlamaConfig, Vec<NamedTensor>, Tokenizer) {
        let tokenizer = Tokenizer::village();
        let config = LlamaConfig {
            vocab_size: tokenizer.vocab_size(),
            hidden_size: 8,
            intermediate_size: 12,
            num_hidden_layers: 2,
            num_attention_heads: 2,
            num_key_value_heads: 1,
            head_dim: 6,
            max_position_embeddings: 32,
            rms_norm_eps: 1e-5,
            rope_theta: 12_345.0,
            tie_word_embeddings: true,
            bos_token_id: None,
            eos_token_id: vec![tokenizer.eos()],
            pad_token_id: Some(tokenizer.pad()),
        };
        let tensors = expected(&config)
            .into_iter()
            .enumerate()
            .map(|(at, weight)| {
                let count: usize = weight.shape.iter().product();
                let values = (0..count).map(|i| (i % 17) as f32 - at as f32).collect();
                NamedTensor {
                    name: weight.name,
                    shape: weight.shape,
                    values,
                }
            });
        let tensors = tensors.collect();
        (config, tensors, tokenizer)
    }

    #[test]
    fn a_written_folder_reads_back() {
        let (config, tensors, tokenizer) = model();
        let folder = write_folder(&config, &tensors, &tokenizer, Precision::F32).unwrap();
        let names: Vec<&str> = folder.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [CONFIG, GENERATION, WEIGHTS, TOKENIZER, TOKENIZER_CONFIG]
        );
        let loaded = read_folder(&folder).unwrap();
        assert_eq!((&loaded.config, &loaded.tensors), (&config, &tensors));
        let again = Tokenizer::from_json(&loaded.tokenizer.unwrap()).unwrap();
        assert_eq!(again.to_json(), tokenizer.to_json());
    }

    #[test]
    fn shards_are_put_together_and_gaps_are_named() {
        let (config, tensors, tokenizer) = model();
        let mut folder = write_folder(&config, &tensors, &tokenizer, Precision::F32).unwrap();
        folder.remove(WEIGHTS);
        let mut map = serde_json::Map::new();
        for (number, part) in tensors.chunks(7).enumerate() {
            let file = format!("model-{number}.safetensors");
            folder.insert(
                file.clone(),
                safetensors::write(part, Precision::F32).unwrap(),
            );
            map.extend(part.iter().map(|tensor| (tensor.name.clone(), json!(file))));
        }
        folder.insert(
            SHARDS.into(),
            pretty(&json!({ "metadata": {}, "weight_map": map })),
        );
        assert_eq!(read_folder(&folder).unwrap().tensors, tensors);

        let says = |folder: &Folder| read_folder(folder).unwrap_err().to_string();
        let mut lost = folder.clone();
        lost.remove("model-1.safetensors");
        assert!(says(&lost).contains("model-1.safetensors"));
        let swapped = folder["model-0.safetensors"].clone();
        folder.insert("model-1.safetensors".into(), swapped);
        assert!(
            says(&folder).contains("is not in model-1.safetensors"),
            "{}",
            says(&folder)
        );
    }

    #[test]
    fn every_missing_or_unfitting_part_is_named() {
        let (config, tensors, tokenizer) = model();
        let folder = write_folder(&config, &tensors, &tokenizer, Precision::F16).unwrap();
        let says = |change: &dyn Fn(&mut Folder)| {
            let mut changed = folder.clone();
            change(&mut changed);
            read_folder(&changed).unwrap_err().to_string()
        };
        for file in [CONFIG, WEIGHTS] {
            assert!(says(&|folder| drop(folder.remove(file))).contains(file));
        }
        assert!(says(&|folder| drop(folder.insert(CONFIG.into(), b"{".to_vec()))).contains(CONFIG));
        assert!(says(&|folder| drop(folder.insert(CONFIG.into(), vec![0xff]))).contains(CONFIG));
        let short = safetensors::write(&tensors[1..], Precision::F32).unwrap();
        let text = says(&|folder| drop(folder.insert(WEIGHTS.into(), short.clone())));
        assert!(text.contains("model.embed_tokens.weight"), "{text}");
    }
}
