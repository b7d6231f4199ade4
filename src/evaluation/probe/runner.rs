//! Puts the probes to a model, a batch of prompts at a time.

use super::report::{Probes, sum_up};
use super::task::{Task, tasks};
use crate::model::{Llama, ModelError, Sampling, generate};
use crate::society::SocietyConfig;
use crate::world::corpus::LONGEST_REPLY;
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// Prompts of one slice.
const BATCH: usize = 50;

/// One model's probes, in the making.
pub struct Probing {
    tasks: Vec<Task>,
    said: Vec<String>,
}

impl Probing {
    /// Nothing asked yet.
    #[expect(clippy::new_without_default, reason = "making it is seconds of work")]
    pub fn new() -> Self {
        Self {
            tasks: tasks(),
            said: Vec::new(),
        }
    }

    /// Prompts answered, and all there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.said.len(), self.tasks.len())
    }

    /// Answers the next batch of prompts, at the temperature of a society; what was found, once
    /// all are answered. `generator` makes the random numbers of a prompt from its number.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn advance(
        &mut self,
        model: &Llama,
        tokenizer: &Tokenizer,
        generator: &impl Fn(u64) -> ChaCha8Rng,
    ) -> Result<Option<Probes>, ModelError> {
        let first = self.said.len();
        let end = self.tasks.len().min(first + BATCH);
        if let Some(batch) = self.tasks.get(first..end).filter(|batch| !batch.is_empty()) {
            let prompts: Vec<Vec<u32>> = batch
                .iter()
                .map(|task| tokenizer.encode(&task.prompt))
                .collect();
            let mut generators: Vec<ChaCha8Rng> = (first..end)
                .map(|number| generator(number as u64))
                .collect();
            let society = SocietyConfig::default();
            let sampling = Sampling::speaking(society.temperature, society.min_p, LONGEST_REPLY);
            let stop = [tokenizer.eos()];
            let said = generate(model, &prompts, &sampling, &stop, &mut generators).await?;
            let texts = said.iter().map(|said| tokenizer.decode(&said.tokens));
            self.said.extend(texts);
        }
        if end < self.tasks.len() {
            return Ok(None);
        }
        let said: Vec<&str> = self.said.iter().map(String::as_str).collect();
        Ok(Some(sum_up(&self.tasks, &said)))
    }
}
