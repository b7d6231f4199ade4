//! The shape of a Llama, in Hugging Face's own field names, and what makes a shape possible.
//!
//! Reading and writing `config.json` is the business of the formats room; here are the numbers
//! themselves and their validation, so that no layer has to doubt them later.

use super::error::ModelError;

/// The shape of a Llama. Field names and meaning are those of Hugging Face's `LlamaConfig`.
#[derive(Clone, Debug, PartialEq)]
pub struct LlamaConfig {
    /// Entries in the vocabulary.
    pub vocab_size: usize,
    /// Width of the residual stream.
    pub hidden_size: usize,
    /// Width of the gated feed-forward layer.
    pub intermediate_size: usize,
    /// Number of blocks.
    pub num_hidden_layers: usize,
    /// Query heads a block.
    pub num_attention_heads: usize,
    /// Key and value heads a block; divides the query heads.
    pub num_key_value_heads: usize,
    /// Width of one head; even, because rotations pair its two halves.
    pub head_dim: usize,
    /// Tokens the model can look at.
    pub max_position_embeddings: usize,
    /// Added to the mean square inside RMSNorm.
    pub rms_norm_eps: f64,
    /// Base of the rotary frequencies.
    pub rope_theta: f64,
    /// Whether the output head is the embedding itself.
    pub tie_word_embeddings: bool,
    /// Token that opens a text, if the model has one.
    pub bos_token_id: Option<u32>,
    /// Tokens that end a text.
    pub eos_token_id: Vec<u32>,
    /// Token that fills short rows of a batch, if the model has one.
    pub pad_token_id: Option<u32>,
}

/// Largest number of weights accepted: 2^31, beyond what a page can hold anyway.
const MOST_WEIGHTS: usize = 1 << 31;

impl LlamaConfig {
    /// Checks every field against the others.
    ///
    /// # Errors
    /// [`ModelError::Config`] names the first field that cannot be.
    pub fn validate(&self) -> Result<(), ModelError> {
        let positive = [
            ("vocab_size", self.vocab_size),
            ("hidden_size", self.hidden_size),
            ("intermediate_size", self.intermediate_size),
            ("num_hidden_layers", self.num_hidden_layers),
            ("num_attention_heads", self.num_attention_heads),
            ("num_key_value_heads", self.num_key_value_heads),
            ("head_dim", self.head_dim),
            ("max_position_embeddings", self.max_position_embeddings),
        ];
        for (name, value) in positive {
            if value == 0 {
                return wrong(format!("{name} is 0"));
            }
            if value > 1 << 20 {
                return wrong(format!(
                    "{name} is {value}, more than this program can hold"
                ));
            }
        }
        if !self
            .num_attention_heads
            .is_multiple_of(self.num_key_value_heads)
        {
            return wrong(format!(
                "num_attention_heads ({}) is not a multiple of num_key_value_heads ({})",
                self.num_attention_heads, self.num_key_value_heads
            ));
        }
        if !self.head_dim.is_multiple_of(2) {
            return wrong(format!(
                "head_dim is {}, but rotary positions need an even number",
                self.head_dim
            ));
        }
        if !(self.rms_norm_eps.is_finite() && self.rms_norm_eps >= 0.0) {
            return wrong(format!("rms_norm_eps is {}", self.rms_norm_eps));
        }
        if !(self.rope_theta.is_finite() && self.rope_theta > 0.0) {
            return wrong(format!("rope_theta is {}", self.rope_theta));
        }
        let special = self
            .eos_token_id
            .iter()
            .map(|&id| ("eos_token_id", id))
            .chain(self.bos_token_id.map(|id| ("bos_token_id", id)))
            .chain(self.pad_token_id.map(|id| ("pad_token_id", id)));
        for (name, id) in special {
            if id as usize >= self.vocab_size {
                return wrong(format!(
                    "{name} is {id}, outside a vocabulary of {}",
                    self.vocab_size
                ));
            }
        }
        match self.checked_parameter_count() {
            Some(count) if count <= MOST_WEIGHTS => Ok(()),
            _ => wrong("it describes more weights than this program can hold".into()),
        }
    }

    /// Number of weights; a tied head counts once.
    pub fn parameter_count(&self) -> usize {
        self.checked_parameter_count().unwrap_or(usize::MAX)
    }

    fn checked_parameter_count(&self) -> Option<usize> {
        let d = self.hidden_size;
        let queries = d.checked_mul(self.query_width()?)?;
        let keys = d.checked_mul(self.key_width()?)?;
        let feed_forward = d.checked_mul(self.intermediate_size)?;
        let block = queries
            .checked_mul(2)?
            .checked_add(keys.checked_mul(2)?)?
            .checked_add(feed_forward.checked_mul(3)?)?
            .checked_add(d.checked_mul(2)?)?;
        let embedding = self.vocab_size.checked_mul(d)?;
        let tables = if self.tie_word_embeddings { 1 } else { 2 };
        block
            .checked_mul(self.num_hidden_layers)?
            .checked_add(embedding.checked_mul(tables)?)?
            .checked_add(d)
    }

    fn query_width(&self) -> Option<usize> {
        self.num_attention_heads.checked_mul(self.head_dim)
    }

    fn key_width(&self) -> Option<usize> {
        self.num_key_value_heads.checked_mul(self.head_dim)
    }
}

fn wrong(text: String) -> Result<(), ModelError> {
    Err(ModelError::Config(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> LlamaConfig {
        LlamaConfig {
            vocab_size: 97,
            hidden_size: 32,
            intermediate_size: 45,
            num_hidden_layers: 2,
            num_attention_heads: 4,
            num_key_value_heads: 2,
            head_dim: 8,
            max_position_embeddings: 64,
            rms_norm_eps: 1e-5,
            rope_theta: 10_000.0,
            tie_word_embeddings: false,
            bos_token_id: None,
            eos_token_id: vec![2],
            pad_token_id: Some(0),
        }
    }

    #[test]
    fn counts_weights() {
        // block: 2*32*32 + 2*32*16 + 3*32*45 + 2*32 = 7456; two tables of 97*32; final norm 32
        assert_eq!(small().parameter_count(), 2 * 7456 + 2 * 3104 + 32);
        let tied = LlamaConfig {
            tie_word_embeddings: true,
            ..small()
        };
        assert_eq!(tied.parameter_count(), 2 * 7456 + 3104 + 32);
    }

    #[test]
    fn refuses_what_cannot_be() {
        assert_eq!(small().validate(), Ok(()));
        let bad = [
            LlamaConfig {
                vocab_size: 0,
                ..small()
            },
            LlamaConfig {
                num_key_value_heads: 3,
                ..small()
            },
            LlamaConfig {
                head_dim: 7,
                ..small()
            },
            LlamaConfig {
                rms_norm_eps: f64::NAN,
                ..small()
            },
            LlamaConfig {
                rope_theta: 0.0,
                ..small()
            },
            LlamaConfig {
                eos_token_id: vec![97],
                ..small()
            },
            LlamaConfig {
                hidden_size: 1 << 20,
                intermediate_size: 1 << 20,
                ..small()
            },
        ];
        for config in bad {
            assert!(config.validate().is_err(), "{config:?}");
        }
    }
}
