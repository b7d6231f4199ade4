//! Work to measure engines by: the same natively (`mores bench`, and beside PyTorch by `./lab bench
//! native`) and in a browser's worker beside its peers (`./lab bench browser`).
//!
//! A training step is forward, SA-CPO over groups of candidates, backward, clipping and AdamW on
//! full sequences; decoding is one token a step for all sequences, with a KV cache; [`society`] is a whole
//! round of interactions. There is no clock here: whoever measures has one.

pub mod society;

use super::error::LabError;
use super::seed::{self, Purpose};
use crate::alignment::batch::Question;
use crate::alignment::data::QueryGroup;
use crate::alignment::{ObjectiveKind, TrainingConfig};
use crate::formats::{Folder, hugging_face};
use crate::gpu::Opened;
use crate::model::{Generated, Llama, Sampling, generate};
use crate::world::chance;
use crate::world::tokenizer::Tokenizer;

/// What trains, so that whoever measures needs no other room.
pub use crate::alignment::trainer::Trainer;

/// Tokens of a training sequence.
pub const CONTEXT: usize = 128;
/// Tokens of a prompt.
pub const PROMPT: usize = 32;
/// Tokens decoded after it.
pub const NEW: usize = 32;
/// Steps that a trainer is made for where nobody knows how many will be timed: more than anybody times, so
/// that the rate hardly falls.
pub const STEPS: u16 = 2000;
/// Peak learning rate.
const RATE: f32 = 1e-4;

/// A model that works.
pub struct Workload {
    model: Llama,
    tokenizer: Tokenizer,
}

impl Workload {
    /// With a model that was loaded already.
    pub fn new(model: Llama, tokenizer: Tokenizer) -> Self {
        Self { model, tokenizer }
    }

    /// With a model folder.
    ///
    /// # Errors
    /// Files that are no model, or none that speaks the village's words.
    pub fn of(folder: &Folder, opened: &Opened) -> Result<Self, LabError> {
        let loaded = hugging_face::read_folder(folder)?;
        let model = Llama::from_tensors(loaded.config, loaded.tensors, &opened.site)?;
        let tokenizer = loaded
            .tokenizer
            .and_then(|text| Tokenizer::from_json(&text).ok())
            .ok_or_else(|| LabError::BaseModel("it has no tokenizer of the village".into()))?;
        Ok(Self { model, tokenizer })
    }

    /// How many numbers the model has.
    pub fn parameters(&self) -> usize {
        self.model.config().parameter_count()
    }

    /// A trainer whose every step reads `batch` full sequences (1 to 4, or a multiple of 4: a question
    /// has up to four candidates).
    ///
    /// # Errors
    /// As [`Trainer::new`].
    pub fn training(&self, batch: u8, steps: u16, warm_up: f32) -> Result<Trainer, LabError> {
        // That the sequences are full ones is what makes two engines' figures comparable.
        self.sequences(batch)?;
        let groups = self.groups(batch);
        let config = TrainingConfig {
            objective: ObjectiveKind::SaCpoAnchored,
            steps,
            questions_per_step: batch / candidates(batch),
            candidates: candidates(batch).max(2),
            learning_rate: RATE,
            warm_up,
            ..TrainingConfig::default()
        };
        let order = seed::generator(2, Purpose::DataOrder);
        let tokenizer = &self.tokenizer;
        Ok(Trainer::new(
            &self.model,
            &groups,
            tokenizer,
            config,
            order,
        )?)
    }

    /// What such a trainer reads, sequence after sequence, each of [`CONTEXT`] tokens: candidates of one
    /// question stand together, the best one first. The first token alone is the question.
    ///
    /// # Errors
    /// The tokenizer doesn't know the words, or they are not as many tokens.
    pub fn sequences(&self, batch: u8) -> Result<Vec<u32>, LabError> {
        let mut sequences = Vec::new();
        for group in self.groups(batch) {
            let question = Question::of(&group, &self.tokenizer, CONTEXT, true)?;
            for response in &question.responses {
                sequences.extend(question.prompt.iter().chain(response));
            }
        }
        if sequences.len() == usize::from(batch) * CONTEXT {
            return Ok(sequences);
        }
        let why = format!("its words are {} tokens", sequences.len());
        Err(LabError::BaseModel(why))
    }

    /// Random words. Groups of up to four candidates of one question, scored from 7 downwards.
    fn groups(&self, batch: u8) -> Vec<QueryGroup> {
        let mut rng = seed::generator(1, Purpose::DataOrder);
        // Any ordinary word does that is a token of its own; special ones come first in the vocabulary.
        let vocabulary = u32::try_from(self.tokenizer.vocab_size()).unwrap_or(u32::MAX);
        let words = (16..vocabulary).map(|token| (token, self.tokenizer.decode(&[token])));
        let words = words.filter(|(token, word)| self.tokenizer.encode(word) == [*token]);
        let words: Vec<String> = words.map(|(_, word)| word).collect();
        let count = u32::try_from(words.len()).unwrap_or(u32::MAX).max(1);
        let mut word = || {
            let chosen = words.get(chance::below(&mut rng, count) as usize);
            chosen.map(String::as_str).unwrap_or_default()
        };
        let mut text = |words: usize| (0..words).map(|_| word()).collect::<Vec<_>>().join(" ");
        let candidates = candidates(batch);
        (0..batch / candidates)
            .map(|_| QueryGroup {
                query: text(1),
                // The end mark is the last token of the sequence.
                responses: (0..candidates).map(|_| text(CONTEXT - 2)).collect(),
                scores: (0..candidates).map(|place| f32::from(7 - place)).collect(),
                models: vec!["bench".into(); usize::from(candidates)],
            })
            .collect()
    }

    /// Random prompts, other ones each round.
    pub fn prompts(&self, batch: usize, round: u64) -> Vec<Vec<u32>> {
        let mut rng = seed::stream(3, Purpose::Sampling, round);
        let vocabulary = u32::try_from(self.model.config().vocab_size).unwrap_or(u32::MAX);
        let mut prompt = || {
            (0..PROMPT)
                .map(|_| chance::below(&mut rng, vocabulary))
                .collect()
        };
        (0..batch).map(|_| prompt()).collect()
    }

    /// Continues a round's prompts by [`NEW`] tokens each; nothing stops a sequence early. Temperature 0
    /// takes the likeliest token, so that what two engines say can be compared.
    ///
    /// # Errors
    /// As [`generate`].
    pub async fn decode(
        &self,
        prompts: &[Vec<u32>],
        round: u64,
        temperature: f32,
    ) -> Result<Vec<Generated>, LabError> {
        let sampling = Sampling {
            temperature,
            top_k: 0,
            min_p: 0.0,
            max_new_tokens: NEW,
        };
        let mut generators: Vec<_> = (0..prompts.len() as u64)
            .map(|row| seed::stream(round, Purpose::Sampling, row))
            .collect();
        Ok(generate(&self.model, prompts, &sampling, &[], &mut generators).await?)
    }
}

/// Candidates of a question in a batch of that size.
fn candidates(batch: u8) -> u8 {
    batch.clamp(1, 4)
}

/// The value in the middle; NaN of nothing.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
