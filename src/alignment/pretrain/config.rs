//! What pre-training may be told, and the shape of the models it makes.

use crate::model::LlamaConfig;
use crate::society::{OutOfRange, within};
use crate::world::tokenizer::Tokenizer;
use serde::{Deserialize, Serialize};

/// What pre-training needs to know.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PretrainConfig {
    /// Optimiser steps, 1 to 1,000,000.
    pub steps: u32,
    /// Documents of one step, 1 to 1,024.
    pub documents: u32,
    /// Learning rate after warm-up.
    pub learning_rate: f64,
    /// Share of the steps spent warming up.
    pub warm_up: f64,
    /// Share of the learning rate the cosine ends at.
    pub floor: f64,
    /// Decoupled weight decay.
    pub weight_decay: f64,
    /// Global gradient norm above which gradients are scaled down.
    pub clip: f64,
    /// Weight of a prompt token at the beginning, where a completion token weighs 1.
    pub prompt_weight: f32,
    /// The value the straight line from `prompt_weight` would reach at the last step; from
    /// `language` on prompts weigh 0, so with less than all steps on the language it stays out of
    /// reach.
    pub last_prompt_weight: f32,
    /// Share of the steps spent on the language itself. From then on prompts weigh nothing, and
    /// most documents are those that ask for close reading: answers after a memory, critiques,
    /// revisions.
    pub language: f64,
}

impl Default for PretrainConfig {
    /// About eight million tokens; the recipes say how many the shipped models see.
    ///
    /// Tried on 1.4 million tokens with the standard model, nats a completion token of plain
    /// documents: 16 documents a step, prompts at a tenth, AdamW: 1.68; prompts in full: 1.36, for
    /// prompts are full of sentences too. With Muon instead, the loss over all tokens was 1.12
    /// where AdamW's was 1.58 (step 700 of 1,200), at 0.85 times the speed. 48 documents a step
    /// with prompts at a tenth, 6.9 million tokens: 0.55, and no memory was heeded yet. Muon with
    /// prompts in full, 8.1 million tokens: 0.40, still none; so twice as many. Twice the learning
    /// rate changed nothing; 8 documents a step learnt more slowly for each token.
    fn default() -> Self {
        Self {
            steps: 7_000,
            documents: 16,
            learning_rate: 3e-3,
            warm_up: 0.02,
            floor: 0.05,
            weight_decay: 0.05,
            clip: 1.0,
            prompt_weight: 1.0,
            last_prompt_weight: 0.1,
            language: 0.5,
        }
    }
}

impl PretrainConfig {
    /// Checks every field against its range.
    ///
    /// # Errors
    /// [`OutOfRange`] naming the first field that is out of it.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        let limits = [
            ("steps", f64::from(self.steps), 1.0, 1e6),
            ("documents", f64::from(self.documents), 1.0, 1024.0),
            ("learning rate", self.learning_rate, 1e-7, 1.0),
            ("warm-up", self.warm_up, 0.0, 1.0),
            ("floor", self.floor, 0.0, 1.0),
            ("weight decay", self.weight_decay, 0.0, 10.0),
            ("gradient clip", self.clip, 1e-3, 1e3),
            ("prompt weight", f64::from(self.prompt_weight), 0.0, 1.0),
            (
                "last prompt weight",
                f64::from(self.last_prompt_weight),
                0.0,
                1.0,
            ),
            ("share of language", self.language, 0.0, 1.0),
        ];
        within(limits)
    }

    /// Whether the language is learned first, and close reading not yet.
    pub fn is_about_language(&self, step: u32) -> bool {
        f64::from(step) < self.language * f64::from(self.steps)
    }

    /// What a prompt token weighs at a step, where a completion token weighs 1.
    pub fn prompt_weight_at(&self, step: u32) -> f32 {
        if !self.is_about_language(step) {
            return 0.0;
        }
        let done = step as f32 / self.steps.max(1) as f32;
        self.prompt_weight + (self.last_prompt_weight - self.prompt_weight) * done
    }
}

/// How a shipped base model is made: its shape, how long it learns, and how fast.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recipe {
    /// Its name, which is its folder's.
    pub name: &'static str,
    /// Width.
    pub hidden: usize,
    /// Layers.
    pub layers: usize,
    /// Attention heads.
    pub heads: usize,
    /// Optimiser steps.
    pub steps: u32,
    /// Learning rate after warm-up.
    pub learning_rate: f64,
}

impl Recipe {
    /// The shipped models, smallest first: under half a million, one to one and a half million,
    /// and three to four million parameters. Wider models learn with smaller steps.
    pub const ALL: [Recipe; 3] = [
        Recipe {
            name: "weak",
            hidden: 80,
            layers: 3,
            heads: 4,
            steps: 7_000,
            learning_rate: 4e-3,
        },
        Recipe {
            name: "standard",
            hidden: 144,
            layers: 4,
            heads: 4,
            steps: 17_000,
            learning_rate: 3e-3,
        },
        Recipe {
            name: "strong",
            hidden: 216,
            layers: 5,
            heads: 6,
            steps: 9_000,
            learning_rate: 2e-3,
        },
    ];

    /// The recipe of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|recipe| recipe.name == name)
    }
}

/// The shape of the shipped base models: context 256, tied embeddings, as many key heads as query
/// heads.
///
/// `hidden` is the width, a multiple of `2 * heads`; the feed-forward layer is 2.75 times as wide.
pub fn architecture(
    tokenizer: &Tokenizer,
    hidden: usize,
    layers: usize,
    heads: usize,
) -> LlamaConfig {
    LlamaConfig {
        vocab_size: tokenizer.vocab_size(),
        hidden_size: hidden,
        intermediate_size: hidden * 11 / 4,
        num_hidden_layers: layers,
        num_attention_heads: heads,
        num_key_value_heads: heads,
        head_dim: hidden / heads.max(1),
        max_position_embeddings: 256,
        rms_norm_eps: 1e-5,
        rope_theta: 10_000.0,
        tie_word_embeddings: true,
        bos_token_id: None,
        eos_token_id: vec![tokenizer.eos()],
        pad_token_id: Some(tokenizer.pad()),
    }
}
