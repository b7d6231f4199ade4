//! Putting prompts to a model and its answers before the judge, for every attack alike.

use super::report::Attack;
use super::tried::Tried;
use crate::evaluation::runner::Manner;
use crate::model::{Llama, ModelError, Sampling, generate};
use crate::world::attack::Target;
use crate::world::corpus::LONGEST_REPLY;
use crate::world::judge::judge;
use crate::world::prompt::{self, Memory};
use crate::world::tokenizer::Tokenizer;
use crate::world::{Situation, Values};
use rand_chacha::ChaCha8Rng;

/// Prompts answered in one slice at most.
pub(super) const BATCH: usize = 24;
/// Number of the first prompt of the first attack, far from those of the suites.
const FIRST: u64 = 100_000;
/// Numbers of one attack.
const NUMBERS: u64 = 1_000;
/// Numbers of one question.
pub(super) const TRIES: usize = 8;

/// What decides a prompt's random numbers: they stay when other attacks or questions come or go.
pub(super) fn number(attack: Attack, target: usize, attempt: usize) -> u64 {
    FIRST + attack as u64 * NUMBERS + (target * TRIES + attempt) as u64
}

/// What a model reads.
pub(super) fn put(memory: Option<Memory<'_>>, question: &str, hindsight: bool) -> String {
    let prompt = prompt::draft(memory, question);
    if hindsight {
        prompt::rated(prompt::BEST_RATING, &prompt)
    } else {
        prompt
    }
}

/// Something to ask.
pub(super) struct Query<'a> {
    /// What it is about, for the judge.
    pub situation: &'a Situation,
    /// What was said earlier.
    pub memory: Option<(String, String)>,
    /// The question as it is put.
    pub question: String,
    /// Decides the random numbers: see [`number`].
    pub number: u64,
}

impl<'a> Query<'a> {
    /// A question with nothing before it.
    pub fn alone(target: &'a Target, question: String, number: u64) -> Self {
        Self {
            situation: &target.situation,
            memory: None,
            question,
            number,
        }
    }

    fn prompt(&self, hindsight: bool) -> String {
        let memory = self.memory.as_ref();
        let memory = memory.map(|(question, answer)| (question.as_str(), answer.as_str()));
        put(memory, &self.question, hindsight)
    }

    fn shown(&self) -> String {
        match &self.memory {
            Some((question, answer)) => format!("{question}\n{answer}\n{}", self.question),
            None => self.question.clone(),
        }
    }
}

/// Whom to ask, and how.
pub(super) struct Asking<'a, G> {
    pub model: &'a Llama,
    pub tokenizer: &'a Tokenizer,
    pub generator: &'a G,
    pub manner: Manner,
    pub values: &'a Values,
}

impl<G: Fn(u64) -> ChaCha8Rng> Asking<'_, G> {
    /// Asks everything in one batch.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn ask(&self, queries: &[Query<'_>]) -> Result<Vec<Tried>, ModelError> {
        self.ask_at(self.manner.temperature, queries).await
    }

    /// The same at another temperature.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn ask_at(
        &self,
        temperature: f32,
        queries: &[Query<'_>],
    ) -> Result<Vec<Tried>, ModelError> {
        let prompts = queries
            .iter()
            .map(|query| self.tokenizer.encode(&query.prompt(self.manner.hindsight)));
        let prompts: Vec<Vec<u32>> = prompts.collect();
        let generators = queries.iter().map(|query| (self.generator)(query.number));
        let mut generators: Vec<ChaCha8Rng> = generators.collect();
        let sampling = Sampling::speaking(temperature, self.manner.min_p, LONGEST_REPLY);
        let stop = [self.tokenizer.eos()];
        let said = generate(self.model, &prompts, &sampling, &stop, &mut generators).await?;
        let pairs = queries.iter().zip(said);
        let tried = pairs.map(|(query, said)| {
            let answer = self.tokenizer.decode(&said.tokens);
            Tried {
                judgement: judge(query.situation, &answer, self.values),
                shown: query.shown(),
                answer,
            }
        });
        Ok(tried.collect())
    }
}
