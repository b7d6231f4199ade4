//! `config.json` as `transformers` 4 and 5 write it.
//!
//! Version 4 keeps `rope_theta` at the top and calls the precision `torch_dtype`; version 5 keeps
//! `rope_theta` in `rope_parameters` and calls it `dtype`. What is written here carries both. What
//! is absent takes the default of `transformers`; what would change the computation is refused.

use crate::formats::error::FormatError;
use crate::formats::safetensors::Precision;
use crate::model::LlamaConfig;
use serde_json::{Map, Value, json};

/// Reads `config.json`.
///
/// # Errors
/// [`FormatError::Json`] if it is damaged or a field has an impossible value,
/// [`FormatError::Unsupported`] if it describes a model that this program can't compute.
pub fn read(text: &str) -> Result<LlamaConfig, FormatError> {
    let fields: Map<String, Value> =
        serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    let fields = Fields(&fields);
    refuse(&fields)?;
    let hidden_size = fields
        .size("hidden_size")?
        .ok_or_else(|| absent("hidden_size"))?;
    let heads = fields
        .size("num_attention_heads")?
        .ok_or_else(|| absent("num_attention_heads"))?;
    let head_dim = match fields.size("head_dim")? {
        Some(width) => width,
        None if heads > 0 && hidden_size.is_multiple_of(heads) => hidden_size / heads,
        None => {
            return Err(wrong(format!(
                "hidden_size {hidden_size} can't be shared by {heads} heads"
            )));
        }
    };
    let vocab_size = fields
        .size("vocab_size")?
        .ok_or_else(|| absent("vocab_size"))?;
    let known = |id: u32| (id as usize) < vocab_size;
    let config = LlamaConfig {
        vocab_size,
        hidden_size,
        intermediate_size: fields
            .size("intermediate_size")?
            .ok_or_else(|| absent("intermediate_size"))?,
        num_hidden_layers: fields
            .size("num_hidden_layers")?
            .ok_or_else(|| absent("num_hidden_layers"))?,
        num_attention_heads: heads,
        num_key_value_heads: fields.size("num_key_value_heads")?.unwrap_or(heads),
        head_dim,
        max_position_embeddings: fields.size("max_position_embeddings")?.unwrap_or(2048),
        rms_norm_eps: fields.number("rms_norm_eps")?.unwrap_or(1e-6),
        rope_theta: rope_theta(&fields)?,
        tie_word_embeddings: fields.flag("tie_word_embeddings")?,
        bos_token_id: match fields.0.get("bos_token_id") {
            None => Some(1).filter(|id| known(*id)),
            Some(_) => fields.tokens("bos_token_id")?.first().copied(),
        },
        eos_token_id: match fields.0.get("eos_token_id") {
            None => [2].into_iter().filter(|id| known(*id)).collect(),
            Some(_) => fields.tokens("eos_token_id")?,
        },
        pad_token_id: fields.tokens("pad_token_id")?.first().copied(),
    };
    config.validate()?;
    Ok(config)
}

/// Says what this program can't compute, before any number is looked at.
fn refuse(fields: &Fields<'_>) -> Result<(), FormatError> {
    let unsupported = |what: String| Err(FormatError::Unsupported { what });
    match fields.word("model_type") {
        Some("llama") => {}
        Some(other) => {
            return unsupported(format!(
                "it is a \"{other}\" model; only \"llama\" models can be loaded"
            ));
        }
        None => {
            return unsupported(
                "it does not say its \"model_type\"; only \"llama\" models can be loaded".into(),
            );
        }
    }
    for bias in ["attention_bias", "mlp_bias"] {
        if fields.flag(bias)? {
            return unsupported(format!("\"{bias}\" is on, and layers here have no biases"));
        }
    }
    match fields.word("hidden_act") {
        None | Some("silu" | "swish") => {}
        Some(other) => {
            return unsupported(format!(
                "its activation is \"{other}\"; only \"silu\" can be computed"
            ));
        }
    }
    if fields.present("quantization_config") {
        return unsupported("its weights are quantised; only f32, f16 and bf16 can be read".into());
    }
    if let Some(part) = fields
        .number("partial_rotary_factor")?
        .filter(|part| *part != 1.0)
    {
        return unsupported(format!(
            "only {part} of each head is rotated, and here all of it is"
        ));
    }
    for rope in fields.ropes()? {
        match rope.word("rope_type").or(rope.word("type")) {
            None | Some("default") => {}
            Some(other) => {
                return unsupported(format!(
                    "its positions are scaled (\"{other}\"); only plain rotary positions can be computed"
                ));
            }
        }
    }
    Ok(())
}

fn rope_theta(fields: &Fields<'_>) -> Result<f64, FormatError> {
    for rope in fields.ropes()? {
        if let Some(theta) = rope.number("rope_theta")? {
            return Ok(theta);
        }
    }
    Ok(fields.number("rope_theta")?.unwrap_or(10_000.0))
}

/// Writes `config.json` for both versions.
pub fn write(config: &LlamaConfig, precision: Precision) -> Value {
    json!({
        "architectures": ["LlamaForCausalLM"],
        "model_type": "llama",
        "attention_bias": false,
        "attention_dropout": 0.0,
        "bos_token_id": config.bos_token_id,
        "dtype": precision.torch_name(),
        "eos_token_id": ends(config),
        "head_dim": config.head_dim,
        "hidden_act": "silu",
        "hidden_size": config.hidden_size,
        "initializer_range": 0.02,
        "intermediate_size": config.intermediate_size,
        "max_position_embeddings": config.max_position_embeddings,
        "mlp_bias": false,
        "num_attention_heads": config.num_attention_heads,
        "num_hidden_layers": config.num_hidden_layers,
        "num_key_value_heads": config.num_key_value_heads,
        "pad_token_id": config.pad_token_id,
        "pretraining_tp": 1,
        "rms_norm_eps": config.rms_norm_eps,
        "rope_parameters": { "rope_theta": config.rope_theta, "rope_type": "default" },
        "rope_scaling": null,
        "rope_theta": config.rope_theta,
        "tie_word_embeddings": config.tie_word_embeddings,
        "torch_dtype": precision.torch_name(),
        "use_cache": true,
        "vocab_size": config.vocab_size,
    })
}

/// Writes `generation_config.json`: where texts end, what fills short rows, and how the benchmark
/// samples unless told otherwise, so that others hear the model that was measured.
pub fn write_generation(config: &LlamaConfig) -> Value {
    json!({
        "bos_token_id": config.bos_token_id,
        "do_sample": true,
        "eos_token_id": ends(config),
        // `Sampling::MIN_P`, which is not there in a page without an engine; a test compares them.
        "min_p": 0.05,
        "pad_token_id": config.pad_token_id,
        // The default of the benchmark, a room this one may not look into.
        "temperature": 0.8,
    })
}

fn ends(config: &LlamaConfig) -> Value {
    match config.eos_token_id.as_slice() {
        [] => Value::Null,
        [one] => json!(one),
        several => json!(several),
    }
}

/// A JSON object read field by field; `null` counts as absent.
struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    fn get(&self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    fn present(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    fn word(&self, name: &str) -> Option<&'a str> {
        self.get(name).map(|value| value.as_str().unwrap_or("?"))
    }

    fn flag(&self, name: &str) -> Result<bool, FormatError> {
        match self.get(name) {
            None => Ok(false),
            Some(value) => value.as_bool().ok_or_else(|| impossible(name, value)),
        }
    }

    fn size(&self, name: &str) -> Result<Option<usize>, FormatError> {
        let size = |value: &Value| {
            let size = value.as_u64().and_then(|size| usize::try_from(size).ok());
            size.ok_or_else(|| impossible(name, value))
        };
        self.get(name).map(size).transpose()
    }

    fn number(&self, name: &str) -> Result<Option<f64>, FormatError> {
        self.get(name)
            .map(|value| value.as_f64().ok_or_else(|| impossible(name, value)))
            .transpose()
    }

    /// One token or several.
    fn tokens(&self, name: &str) -> Result<Vec<u32>, FormatError> {
        let token = |value: &Value| {
            let token = value.as_u64().and_then(|token| u32::try_from(token).ok());
            token.ok_or_else(|| impossible(name, value))
        };
        match self.get(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(several)) => several.iter().map(token).collect(),
            Some(value) => Ok(vec![token(value)?]),
        }
    }

    /// The objects that describe rotary positions, the newest name first.
    fn ropes(&self) -> Result<Vec<Fields<'a>>, FormatError> {
        let names = ["rope_parameters", "rope_scaling"].into_iter();
        let present = names.filter_map(|name| self.get(name).map(|value| (name, value)));
        let objects = present.map(|(name, value)| {
            value
                .as_object()
                .map(Fields)
                .ok_or_else(|| impossible(name, value))
        });
        objects.collect()
    }
}

fn wrong(reason: String) -> FormatError {
    FormatError::Json {
        file: super::CONFIG.to_owned(),
        reason,
    }
}

fn absent(field: &str) -> FormatError {
    wrong(format!("\"{field}\" is missing"))
}

fn impossible(field: &str, value: &Value) -> FormatError {
    let shown: String = value.to_string().chars().take(60).collect();
    wrong(format!("\"{field}\" can't be {shown}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn minimal() -> Value {
        json!({
            "model_type": "llama", "vocab_size": 50, "hidden_size": 12, "intermediate_size": 20,
            "num_hidden_layers": 1, "num_attention_heads": 3,
        })
    }

    fn with(changes: Value) -> Result<LlamaConfig, FormatError> {
        let mut config = minimal();
        for (name, value) in changes.as_object().unwrap() {
            config[name.as_str()] = value.clone();
        }
        read(&config.to_string())
    }

    #[test]
    fn both_generations_say_the_same() {
        let four = with(json!({ "rope_theta": 5e5, "rope_scaling": null, "torch_dtype": "bfloat16", "eos_token_id": 3 })).unwrap();
        let five = with(json!({
            "rope_parameters": { "rope_theta": 5e5, "rope_type": "default" }, "dtype": "bfloat16", "eos_token_id": [3],
        })).unwrap();
        assert_eq!(four, five);
        assert_eq!(
            (four.rope_theta, four.head_dim, four.num_key_value_heads),
            (5e5, 4, 3)
        );
        assert_eq!(
            (four.max_position_embeddings, four.rms_norm_eps),
            (2048, 1e-6)
        );
        assert_eq!(
            (four.bos_token_id, four.eos_token_id, four.pad_token_id),
            (Some(1), vec![3], None)
        );
        let scaling =
            with(json!({ "rope_scaling": { "rope_theta": 7.0, "type": "default" } })).unwrap();
        assert_eq!(scaling.rope_theta, 7.0);
        let wide =
            with(json!({ "head_dim": 8, "bos_token_id": null, "eos_token_id": [4, 5] })).unwrap();
        assert_eq!(
            (wide.head_dim, wide.bos_token_id, wide.eos_token_id),
            (8, None, vec![4, 5])
        );
    }

    #[test]
    fn what_is_written_reads_back() {
        for eos in [vec![], vec![3], vec![3, 4]] {
            let config = LlamaConfig {
                eos_token_id: eos,
                bos_token_id: None,
                ..with(json!({ "rms_norm_eps": 1e-5 })).unwrap()
            };
            let text = write(&config, Precision::F16).to_string();
            assert_eq!(read(&text).unwrap(), config);
        }
    }

    #[cfg(feature = "engine")]
    #[test]
    fn others_are_told_to_sample_as_the_lab_does() {
        let written = write_generation(&with(json!({})).unwrap());
        assert_eq!(written["do_sample"], json!(true));
        let given = |name: &str| written[name].as_f64().unwrap() as f32;
        let sampling = crate::model::Sampling::speaking(0.8, 0.05, 1);
        assert_eq!(
            (given("min_p"), given("temperature")),
            (sampling.min_p, sampling.temperature)
        );
    }

    #[test]
    fn refusals_say_what_and_why() {
        let cases = [
            (json!({ "model_type": "gpt2" }), "\"gpt2\" model"),
            (json!({ "attention_bias": true }), "attention_bias"),
            (json!({ "mlp_bias": true }), "mlp_bias"),
            (json!({ "hidden_act": "gelu" }), "\"gelu\""),
            (
                json!({ "rope_scaling": { "rope_type": "llama3", "factor": 8.0 } }),
                "llama3",
            ),
            (
                json!({ "rope_parameters": { "rope_type": "yarn", "rope_theta": 1.0 } }),
                "yarn",
            ),
            (json!({ "partial_rotary_factor": 0.5 }), "0.5"),
            (json!({ "quantization_config": { "bits": 4 } }), "quantised"),
            (json!({ "hidden_size": null }), "\"hidden_size\" is missing"),
            (json!({ "hidden_size": 13 }), "13"),
            (json!({ "vocab_size": -4 }), "\"vocab_size\" can't be -4"),
            (json!({ "eos_token_id": [3, "x"] }), "eos_token_id"),
            (json!({ "num_attention_heads": 0 }), "0 heads"),
            (json!({ "vocab_size": 1e19 as u64 }), "vocab_size"),
        ];
        for (change, part) in cases {
            let text = with(change.clone()).unwrap_err().to_string();
            assert!(text.contains(part), "{change}: {text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(text in "\\PC{0,80}", size in any::<i64>(), name in 0usize..6) {
            let _ = read(&text);
            let names = ["vocab_size", "hidden_size", "num_attention_heads", "head_dim", "num_key_value_heads", "eos_token_id"];
            let mut changes = Map::new();
            changes.insert(names[name].to_owned(), json!(size));
            let _ = with(Value::Object(changes));
        }
    }
}
