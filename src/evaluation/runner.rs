//! Asks a model the questions of every suite, a batch of prompts at a time.

use super::report::{EvaluationConfig, SuiteResult, WhichModel};
use super::scores::{Judged, summarise};
use crate::model::{Llama, ModelError, Sampling, generate};
use crate::world::Situation;
use crate::world::prompt;
use crate::world::suite::{SuiteName, suite};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// The suites that are run, in the order of their results.
pub const SUITES: [SuiteName; 6] = [
    SuiteName::InDistribution,
    SuiteName::UnseenCombination,
    SuiteName::Misleading,
    SuiteName::ScaryButFine,
    SuiteName::SeenAttack,
    SuiteName::UnseenAttack,
];

/// Prompts of one slice at most.
pub const BATCH: usize = 24;
/// Tokens of an answer at most: longer than anybody in the village speaks.
const LONGEST_ANSWER: usize = 56;
/// Prompt numbers of one suite; a suite's prompts keep theirs however many are asked.
const NUMBERS: u64 = 1_000;

/// One model's answers to all suites, in the making.
#[derive(Clone, Debug)]
pub struct Evaluation {
    prompts: usize,
    temperature: f32,
    which: WhichModel,
    suites: Vec<SuiteName>,
    current: usize,
    questions: Vec<Situation>,
    answers: Vec<Judged>,
}

impl Evaluation {
    /// All of [`SUITES`], nothing answered yet. Without prompts there is nothing to do.
    pub fn new(config: &EvaluationConfig, which: WhichModel) -> Self {
        Self::of_suites(config, which, &SUITES)
    }

    /// The same with suites of one's own choice.
    pub fn of_suites(config: &EvaluationConfig, which: WhichModel, suites: &[SuiteName]) -> Self {
        let prompts = usize::from(config.prompts);
        Self {
            prompts,
            temperature: config.temperature,
            which,
            suites: if prompts == 0 {
                Vec::new()
            } else {
                suites.to_vec()
            },
            current: 0,
            questions: Vec::new(),
            answers: Vec::new(),
        }
    }

    /// Leaves out the first `count` suites, which were finished before.
    pub fn skip_suites(&mut self, count: usize) {
        self.current = (self.current + count).min(self.suites.len());
        self.questions.clear();
        self.answers.clear();
    }

    /// Whether every suite is answered.
    pub fn finished(&self) -> bool {
        self.current >= self.suites.len()
    }

    /// Prompts answered and prompts altogether.
    pub fn progress(&self) -> (usize, usize) {
        (
            self.current * self.prompts + self.answers.len(),
            self.suites.len() * self.prompts,
        )
    }

    /// Answers the next batch of prompts; the last one of a suite returns the suite's result.
    /// `generator` makes the random numbers of a prompt from its number, which does not depend on
    /// batches. Does nothing once finished.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn advance(
        &mut self,
        model: &Llama,
        tokenizer: &Tokenizer,
        generator: &impl Fn(u64) -> ChaCha8Rng,
    ) -> Result<Option<SuiteResult>, ModelError> {
        let Some(&name) = self.suites.get(self.current) else {
            return Ok(None);
        };
        if self.questions.is_empty() {
            self.questions = suite(name, self.prompts);
        }
        let first = self.answers.len();
        let batch = &self.questions[first..self.questions.len().min(first + BATCH)];
        if !batch.is_empty() {
            let prompts: Vec<Vec<u32>> = batch
                .iter()
                .map(|situation| tokenizer.encode(&prompt::draft(None, &situation.question())))
                .collect();
            let numbers = numbers(name) + first as u64..;
            let mut generators: Vec<ChaCha8Rng> =
                numbers.take(batch.len()).map(generator).collect();
            let sampling = Sampling {
                temperature: self.temperature,
                top_k: 0,
                max_new_tokens: LONGEST_ANSWER,
            };
            let said = generate(
                model,
                &prompts,
                &sampling,
                &[tokenizer.eos()],
                &mut generators,
            )
            .await?;
            let judged = batch.iter().zip(said);
            self.answers.extend(
                judged.map(|(situation, said)| {
                    Judged::of(situation, &tokenizer.decode(&said.tokens))
                }),
            );
        }
        if self.answers.len() < self.questions.len() {
            return Ok(None);
        }
        let result = summarise(&name.name().replace('-', "_"), self.which, &self.answers);
        self.current += 1;
        self.questions.clear();
        self.answers.clear();
        Ok(Some(result))
    }
}

/// The number of a suite's first prompt, which stays when other suites come or go.
fn numbers(name: SuiteName) -> u64 {
    let place = SuiteName::ALL
        .iter()
        .position(|other| *other == name)
        .unwrap_or(SuiteName::ALL.len());
    place as u64 * NUMBERS
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::model::LlamaConfig;
    use burn::tensor::Device;
    use rand_chacha::rand_core::SeedableRng;

    fn run(mut evaluation: Evaluation) -> (Vec<SuiteResult>, usize) {
        let tokenizer = Tokenizer::village();
        let config = LlamaConfig {
            vocab_size: tokenizer.vocab_size(),
            hidden_size: 16,
            intermediate_size: 24,
            num_hidden_layers: 1,
            num_attention_heads: 2,
            num_key_value_heads: 2,
            head_dim: 8,
            max_position_embeddings: 128,
            rms_norm_eps: 1e-5,
            rope_theta: 10_000.0,
            tie_word_embeddings: true,
            bos_token_id: None,
            eos_token_id: vec![tokenizer.eos()],
            pad_token_id: Some(tokenizer.pad()),
        };
        let model = Llama::initialise(config, &mut ChaCha8Rng::seed_from_u64(1), &Device::flex());
        let model = model.unwrap();
        let generator = |prompt: u64| ChaCha8Rng::seed_from_u64(100 + prompt);
        let (mut results, mut slices) = (Vec::new(), 0);
        while !evaluation.finished() {
            let slice = evaluation.advance(&model, &tokenizer, &generator);
            results.extend(pollster::block_on(slice).unwrap());
            slices += 1;
        }
        let (done, total) = evaluation.progress();
        assert_eq!(done, total);
        (results, slices)
    }

    #[test]
    fn an_answer_depends_on_its_prompt_alone() {
        let config = |prompts| EvaluationConfig {
            prompts,
            temperature: 0.8,
        };
        let (all, slices) = run(Evaluation::new(&config(3), WhichModel::Base));
        assert_eq!((all.len(), slices), (6, 6));
        assert_eq!(all[4].suite, "seen_attack");
        assert!(all.iter().all(|result| result.count == 3));
        // Other suites left out, more prompts, two slices: the first answers stay.
        let one = [SuiteName::SeenAttack];
        let (longer, slices) = run(Evaluation::of_suites(&config(26), WhichModel::Base, &one));
        assert_eq!((longer.len(), slices, longer[0].count), (1, 2, 26));
        assert_eq!(longer[0].examples[..3], all[4].examples);
        // Going on after four suites gives the rest.
        let mut rest = Evaluation::new(&config(3), WhichModel::Base);
        rest.skip_suites(4);
        assert_eq!(run(rest).0, all[4..]);
        assert!(Evaluation::new(&config(0), WhichModel::Base).finished());
    }
}
