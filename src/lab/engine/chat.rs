//! Answering what a visitor types.

use super::Engine;
use crate::evaluation::{Manner, WhichModel};
use crate::lab::error::LabError;
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, Sampling, generate};
use crate::world::corpus::LONGEST_REPLY;
use crate::world::tokenizer::Tokenizer;
use crate::world::{display, prompt};

/// Longest text a visitor may ask, in characters.
const MOST_CHARACTERS: usize = 400;

/// One answer of a model to a text as people type it, in the village's spelling.
///
/// The random numbers depend on the seed and the question alone: two models asked the same thing
/// differ by what they learned and not by luck, and asking again gives the same answer.
///
/// # Errors
/// [`LabError::Setting`] for an empty or over-long text or one in words nobody here knows, or an error of the model.
pub async fn answer(
    model: &Llama,
    tokenizer: &Tokenizer,
    seed: u64,
    manner: Manner,
    text: &str,
) -> Result<String, LabError> {
    if text.chars().count() > MOST_CHARACTERS {
        return Err(LabError::Setting(format!(
            "a question may have at most {MOST_CHARACTERS} characters"
        )));
    }
    let question = display::village_form(text);
    if question.is_empty() {
        return Err(LabError::Setting("there is no question".into()));
    }
    let words = question.split(' ').count();
    let strange: Vec<&str> = question
        .split(' ')
        .filter(|word| !tokenizer.is_known(word))
        .collect();
    // A village that does not know what is spoken of would only talk nonsense. One odd word among
    // many does no harm.
    if 3 * strange.len() >= words {
        let some = strange[..strange.len().min(5)].join(", ");
        return Err(LabError::Setting(format!(
            "the village knows about a thousand words, and not these: {some}"
        )));
    }
    let asked = prompt::draft(None, &question);
    let tokens = tokenizer.encode(&if manner.hindsight {
        prompt::rated(prompt::BEST_RATING, &asked)
    } else {
        asked
    });
    let item = u64::from(crate::world::chance::fingerprint(&question));
    let mut generators = [seed::stream(seed, Purpose::Chat, item)];
    let sampling = Sampling::speaking(manner.temperature, manner.min_p, LONGEST_REPLY);
    let stop = [tokenizer.eos()];
    let generated = generate(model, &[tokens], &sampling, &stop, &mut generators).await?;
    let tokens = generated.into_iter().next().map(|answer| answer.tokens);
    Ok(tokenizer.decode(&tokens.unwrap_or_default()))
}

impl Engine {
    /// One answer of a model to a visitor's text, in the village's spelling: see [`answer`].
    ///
    /// # Errors
    /// [`LabError::Setting`] for an empty, over-long or foreign text, or an error of the model.
    pub async fn ask(&mut self, which: WhichModel, text: &str) -> Result<String, LabError> {
        let testing = &self.config.testing;
        let learnt = which == WhichModel::Trained && self.trained.is_some();
        let manner = Manner {
            temperature: testing.temperature,
            min_p: testing.min_p,
            hindsight: learnt && self.config.asks_by_hindsight(),
        };
        answer(
            self.model(which),
            &self.tokenizer,
            self.config.seed,
            manner,
            text,
        )
        .await
    }
}
