//! How the base model learns the village's language: the trainer's parts over whole documents.
//!
//! A document is `prompt completion end`. Completion tokens weigh 1, prompt tokens as much as the
//! settings say: at first 1 too, for prompts are full of sentences to learn from, then less, and
//! nothing once the language is learned ([`PretrainConfig::language`]).
//! Documents are drawn sixteen batches at a time and sorted by length, so that a batch holds equals
//! and padding costs nothing. One step is one batch; a checkpoint taken between two steps continues with the same bytes.

mod config;

pub use config::{PretrainConfig, Recipe, architecture};

use super::error::AlignmentError;
use super::optimizer::{AdamW, AdamWSettings, AdamWState, clip_scale, global_norm};
use super::passes::{Passes, parameters};
use super::schedule::Schedule;
use crate::model::log_probabilities::{Example, response_log_probabilities};
use crate::model::{Llama, NamedTensor, Parameter};
use crate::world::chance;
use crate::world::corpus::{self, Document, DocumentKind};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Batches drawn, sorted and cut together.
const POOL: usize = 16;
/// Documents of one held-out batch.
const HELD_OUT_BATCH: usize = 32;

/// Figures of one pre-training step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PretrainMetrics {
    /// 1 for the first step.
    pub step: u32,
    /// Weighted mean cross-entropy, nats a token.
    pub loss: f32,
    /// Global gradient norm before clipping.
    pub gradient_norm: f32,
    /// Learning rate of the step.
    pub learning_rate: f32,
    /// Tokens of the step, padding excluded.
    pub tokens: u32,
    /// Tokens since the beginning.
    pub tokens_so_far: u64,
}

/// How well held-out documents of one kind are predicted.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct HeldOut {
    /// What the documents teach.
    pub kind: DocumentKind,
    /// Documents.
    pub documents: u32,
    /// Mean cross-entropy of a completion token, nats.
    pub completion: f64,
}

/// Everything needed to go on, as plain data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PretrainState {
    config: PretrainConfig,
    step: u32,
    tokens: u64,
    /// The generator as it was when the pool in use was drawn.
    pool_began: ChaCha8Rng,
    /// Batches taken from that pool.
    taken: u32,
    weights: Vec<NamedTensor>,
    optimizer: AdamWState,
}

impl PretrainState {
    /// The settings it was made with.
    pub fn config(&self) -> &PretrainConfig {
        &self.config
    }
}

/// A document as tokens, with what each of its predicted tokens weighs.
#[derive(Clone, Debug, PartialEq)]
struct Row {
    tokens: Vec<u32>,
    prompt: usize,
    kind: DocumentKind,
}

/// A base model in training.
pub struct Pretrainer {
    config: PretrainConfig,
    schedule: Schedule,
    tokenizer: Tokenizer,
    rng: ChaCha8Rng,
    pool_began: ChaCha8Rng,
    pool: Vec<Vec<Row>>,
    step: u32,
    tokens: u64,
    model: Llama,
    optimizer: AdamW,
}

impl Pretrainer {
    /// Begins with `model`; `rng` draws the documents.
    ///
    /// # Errors
    /// A setting out of range.
    pub fn new(
        config: PretrainConfig,
        model: &Llama,
        tokenizer: &Tokenizer,
        rng: ChaCha8Rng,
    ) -> Result<Self, AlignmentError> {
        config.validate()?;
        let model = model.on(&model.tensors()?);
        let settings = AdamWSettings {
            beta2: 0.98,
            weight_decay: config.weight_decay,
            muon: true,
            ..AdamWSettings::default()
        };
        Ok(Self {
            schedule: Schedule {
                peak: config.learning_rate,
                steps: config.steps,
                warm_up: config.warm_up,
                floor: config.floor,
            },
            config,
            tokenizer: tokenizer.clone(),
            pool_began: rng.clone(),
            rng,
            pool: Vec::new(),
            step: 0,
            tokens: 0,
            optimizer: AdamW::new(settings, &parameters(&model)),
            model,
        })
    }

    /// Whether all steps are done.
    pub fn finished(&self) -> bool {
        self.step >= self.config.steps
    }

    /// Steps done.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// Tokens learnt from since the beginning, padding excluded.
    pub fn tokens(&self) -> u64 {
        self.tokens
    }

    /// The model after the last step.
    pub fn model(&self) -> &Llama {
        &self.model
    }

    /// The settings.
    pub fn config(&self) -> &PretrainConfig {
        &self.config
    }

    /// One step over one batch; nothing once finished.
    ///
    /// # Errors
    /// [`AlignmentError::NonFinite`] with the weights as they were, a document that does not fit
    /// the context, or an error of the model or its device.
    pub async fn advance(&mut self) -> Result<Option<PretrainMetrics>, AlignmentError> {
        if self.finished() {
            return Ok(None);
        }
        if self.pool.is_empty() {
            self.pool = self.draw_pool(self.step)?;
        }
        let Some(rows) = self.pool.pop() else {
            return Ok(None);
        };
        let (loss, gradients) = self.loss(&rows).await?;
        let norm = global_norm(&gradients).await?;
        for (what, value) in [("a loss", loss), ("a gradient", norm)] {
            if !value.is_finite() {
                return Err(AlignmentError::NonFinite {
                    step: self.step + 1,
                    kept: self.step,
                    what,
                });
            }
        }
        let rate = self.schedule.rate(self.step);
        let scale = clip_scale(norm, self.config.clip);
        let moved = self
            .optimizer
            .step(parameters(&self.model), gradients, scale, rate);
        self.model = self.model.with_parameters(moved)?;
        self.step += 1;
        let tokens: usize = rows.iter().map(|row| row.tokens.len()).sum();
        self.tokens += tokens as u64;
        Ok(Some(PretrainMetrics {
            step: self.step,
            loss: loss as f32,
            gradient_norm: norm as f32,
            learning_rate: rate as f32,
            tokens: tokens as u32,
            tokens_so_far: self.tokens,
        }))
    }

    /// Mean cross-entropy of completion tokens over `documents` documents drawn from `rng`, by
    /// kind, in the order of [`DocumentKind::ALL`]; kinds without documents are left out.
    ///
    /// # Errors
    /// A document that does not fit the context, or an error of the model or its device.
    pub async fn held_out(
        &self,
        documents: usize,
        rng: &mut ChaCha8Rng,
    ) -> Result<Vec<HeldOut>, AlignmentError> {
        let rows = (0..documents).map(|_| self.row(corpus::document(rng)));
        let mut rows = rows.collect::<Result<Vec<_>, _>>()?;
        rows.sort_by_key(|row| row.tokens.len());
        let mut found: Vec<(DocumentKind, u32, f64, f64)> = DocumentKind::ALL
            .iter()
            .map(|kind| (*kind, 0, 0.0, 0.0))
            .collect();
        for batch in rows.chunks(HELD_OUT_BATCH) {
            let examples: Vec<Example> = batch.iter().map(|row| row.example(row.prompt)).collect();
            let said = response_log_probabilities(&self.model, &examples).await?;
            for (row, said) in batch.iter().zip(said) {
                let Some(entry) = found.iter_mut().find(|entry| entry.0 == row.kind) else {
                    continue;
                };
                entry.1 += 1;
                entry.2 -= said.into_iter().map(f64::from).sum::<f64>();
                entry.3 += (row.tokens.len() - row.prompt) as f64;
            }
        }
        let found = found
            .into_iter()
            .filter(|(_, documents, _, _)| *documents > 0);
        Ok(found
            .map(|(kind, documents, nats, tokens)| HeldOut {
                kind,
                documents,
                completion: nats / tokens,
            })
            .collect())
    }

    /// The state between two steps.
    ///
    /// # Errors
    /// The device failed while weights were read back.
    pub async fn checkpoint(&self) -> Result<PretrainState, AlignmentError> {
        let taken = if self.pool.is_empty() {
            POOL
        } else {
            POOL - self.pool.len()
        };
        let (pool_began, taken) = match self.pool.is_empty() {
            // The pool is used up: the next one begins where the generator stands now.
            true => (self.rng.clone(), 0),
            false => (self.pool_began.clone(), taken),
        };
        Ok(PretrainState {
            config: self.config,
            step: self.step,
            tokens: self.tokens,
            pool_began,
            taken: taken as u32,
            weights: self.model.to_tensors().await?,
            optimizer: self.optimizer.state().await?,
        })
    }

    /// Goes on where a checkpoint was taken. `shape` is a model of the same configuration.
    ///
    /// # Errors
    /// [`AlignmentError::Checkpoint`] when it belongs to a model of another shape.
    pub fn resume(
        state: PretrainState,
        shape: &Llama,
        tokenizer: &Tokenizer,
    ) -> Result<Self, AlignmentError> {
        let model = Llama::from_tensors(shape.config().clone(), state.weights, shape.site())
            .map_err(|error| AlignmentError::Checkpoint(error.to_string()))?;
        let mut trainer = Self::new(state.config, &model, tokenizer, state.pool_began)?;
        let device = trainer.model.device();
        trainer.optimizer.restore(state.optimizer, device)?;
        trainer.step = state.step;
        trainer.tokens = state.tokens;
        if state.taken > 0 {
            trainer.pool = trainer.draw_pool(state.step - state.taken.min(state.step))?;
            trainer
                .pool
                .truncate(POOL.saturating_sub(state.taken as usize));
        }
        Ok(trainer)
    }

    /// Sixteen batches of documents of like length, in shuffled order, the first for this step.
    fn draw_pool(&mut self, step: u32) -> Result<Vec<Vec<Row>>, AlignmentError> {
        self.pool_began = self.rng.clone();
        let documents = self.config.documents as usize;
        let mix = match self.config.is_about_language(step) {
            true => &corpus::EVERYTHING,
            false => &corpus::CLOSE_READING,
        };
        let mut rows = Vec::with_capacity(POOL * documents);
        for _ in 0..POOL * documents {
            let document = corpus::document_of(&mut self.rng, mix);
            rows.push(self.row(document)?);
        }
        rows.sort_by_key(|row| row.tokens.len());
        let mut pool: Vec<Vec<Row>> = rows.chunks(documents).map(<[Row]>::to_vec).collect();
        chance::shuffle(&mut self.rng, &mut pool);
        Ok(pool)
    }

    fn row(&self, document: Document) -> Result<Row, AlignmentError> {
        let mut tokens = self.tokenizer.encode(&document.prompt);
        let prompt = tokens.len();
        if prompt == 0 {
            return Err(AlignmentError::EmptyQuery);
        }
        tokens.extend(self.tokenizer.encode(&document.completion));
        tokens.push(self.tokenizer.eos());
        let (length, context) = (tokens.len(), self.model.config().max_position_embeddings);
        if length > context {
            return Err(AlignmentError::TooLong {
                query: document.prompt,
                length,
                context,
            });
        }
        Ok(Row {
            tokens,
            prompt,
            kind: document.kind,
        })
    }

    /// The weighted mean cross-entropy of a batch, `[1]`.
    /// The loss of a batch and its slopes by the weights.
    async fn loss(&self, rows: &[Row]) -> Result<(f64, Vec<Parameter>), AlignmentError> {
        // Language is learnt from all there is to read, and what to say with it from completions.
        let prompt_weight = f64::from(self.config.prompt_weight_at(self.step));
        // Without weight on prompts the head is only needed behind them.
        let read_from = |row: &Row| {
            if prompt_weight > 0.0 { 1 } else { row.prompt }
        };
        let examples: Vec<Example> = rows.iter().map(|row| row.example(read_from(row))).collect();
        let weights = rows.iter().map(|row| {
            let of = |token: usize| {
                if token < row.prompt {
                    prompt_weight
                } else {
                    1.0
                }
            };
            (read_from(row)..row.tokens.len())
                .map(of)
                .collect::<Vec<f64>>()
        });
        let weights: Vec<Vec<f64>> = weights.collect();
        let total: f64 = weights.iter().flatten().sum();
        let passes = Passes::of(&self.model, &examples).await?;
        let said = passes.read().await?;
        let pairs = said.iter().flatten().zip(weights.iter().flatten());
        let loss = -pairs.map(|(said, weight)| said * weight).sum::<f64>() / total;
        Ok((
            loss,
            passes.gradients(|row, token, _| -weights[row][token] / total),
        ))
    }
}

impl Row {
    fn example(&self, prompt: usize) -> Example {
        Example {
            tokens: self.tokens.clone(),
            prompt,
        }
    }
}
