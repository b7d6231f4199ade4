//! Answering what a visitor types.

use super::Engine;
use crate::evaluation::WhichModel;
use crate::lab::error::LabError;
use crate::lab::seed::{self, Purpose};
use crate::model::{Sampling, generate};
use crate::world::{display, prompt};

/// Longest text a visitor may ask, in characters.
const MOST_CHARACTERS: usize = 400;

impl Engine {
    /// One answer of a model to a visitor's text, in the village's spelling.
    ///
    /// The n-th question of a run draws the same numbers whoever answers, so that two models asked
    /// the same thing differ by what they learned and not by luck.
    ///
    /// # Errors
    /// [`LabError::Setting`] for an empty or over-long text, or an error of the model.
    pub async fn ask(&mut self, which: WhichModel, text: &str) -> Result<String, LabError> {
        let question = display::village_form(text);
        if question.is_empty() {
            return Err(LabError::Setting("there is no question".into()));
        }
        if text.chars().count() > MOST_CHARACTERS {
            return Err(LabError::Setting(format!(
                "a question may have at most {MOST_CHARACTERS} characters"
            )));
        }
        let tokens = self.tokenizer.encode(&prompt::draft(None, &question));
        // The numbers depend on the question itself, so that asking again later gives the same.
        let item = question.bytes().fold(0u64, |hash, byte| {
            hash.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte)
        });
        let mut generators = [seed::stream(self.config.seed, Purpose::Chat, item)];
        let sampling = Sampling {
            temperature: self.config.testing.temperature,
            top_k: 0,
            max_new_tokens: 56,
        };
        let stop = [self.tokenizer.eos()];
        let generated = generate(
            self.model(which),
            &[tokens],
            &sampling,
            &stop,
            &mut generators,
        )
        .await?;
        let tokens = generated
            .into_iter()
            .next()
            .map(|answer| answer.tokens)
            .unwrap_or_default();
        Ok(self.tokenizer.decode(&tokens))
    }
}
