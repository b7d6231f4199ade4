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

/// One question of the test.
#[derive(Clone, Debug)]
struct Asked {
    /// Position of its suite among those that are run.
    suite: usize,
    /// Number of the prompt, which decides its random numbers.
    number: u64,
    situation: Situation,
}

/// One model's answers to all suites, in the making.
///
/// A batch may reach from one suite into the next: with few prompts a suite, that is what keeps
/// batches full.
#[derive(Clone, Debug)]
pub struct Evaluation {
    temperature: f32,
    which: WhichModel,
    suites: Vec<SuiteName>,
    /// Suites whose result was returned.
    reported: usize,
    questions: Vec<Asked>,
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
        let suites = if prompts == 0 { &[] } else { suites };
        let questions = suites.iter().enumerate().flat_map(|(place, name)| {
            let situations = (numbers(*name)..).zip(suite(*name, prompts));
            situations.map(move |(number, situation)| Asked {
                suite: place,
                number,
                situation,
            })
        });
        Self {
            temperature: config.temperature,
            which,
            suites: suites.to_vec(),
            reported: 0,
            questions: questions.collect(),
            answers: Vec::new(),
        }
    }

    /// Whether every suite is answered.
    pub fn finished(&self) -> bool {
        self.reported >= self.suites.len()
    }

    /// Prompts answered and prompts altogether.
    pub fn progress(&self) -> (usize, usize) {
        (self.answers.len(), self.questions.len())
    }

    /// Answers the next batch of prompts and returns the results of the suites it completes.
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
    ) -> Result<Vec<SuiteResult>, ModelError> {
        let first = self.answers.len();
        let batch = &self.questions[first..self.questions.len().min(first + BATCH)];
        if !batch.is_empty() {
            let prompts: Vec<Vec<u32>> = batch
                .iter()
                .map(|asked| tokenizer.encode(&prompt::draft(None, &asked.situation.question())))
                .collect();
            let mut generators: Vec<ChaCha8Rng> =
                batch.iter().map(|asked| generator(asked.number)).collect();
            let sampling = Sampling {
                temperature: self.temperature,
                top_k: 0,
                max_new_tokens: LONGEST_ANSWER,
            };
            let stop = [tokenizer.eos()];
            let said = generate(model, &prompts, &sampling, &stop, &mut generators).await?;
            let judged = batch
                .iter()
                .zip(said)
                .map(|(asked, said)| Judged::of(&asked.situation, &tokenizer.decode(&said.tokens)));
            self.answers.extend(judged.collect::<Vec<_>>());
        }
        Ok(self.completed())
    }

    /// Results of the suites whose last prompt has been answered since the last call.
    fn completed(&mut self) -> Vec<SuiteResult> {
        let mut results = Vec::new();
        while let Some(&name) = self.suites.get(self.reported) {
            let begin = self
                .questions
                .partition_point(|asked| asked.suite < self.reported);
            let end = self
                .questions
                .partition_point(|asked| asked.suite <= self.reported);
            let Some(answers) = self.answers.get(begin..end) else {
                break;
            };
            let name = name.name().replace('-', "_");
            results.push(summarise(&name, self.which, answers));
            self.reported += 1;
        }
        results
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
        // 18 prompts fit one batch.
        assert_eq!((all.len(), slices), (6, 1));
        assert_eq!(all[4].suite, "seen_attack");
        assert!(all.iter().all(|result| result.count == 3));
        // Other suites left out, more prompts, two slices: the first answers stay.
        let one = [SuiteName::SeenAttack];
        let (longer, slices) = run(Evaluation::of_suites(&config(26), WhichModel::Base, &one));
        assert_eq!((longer.len(), slices, longer[0].count), (1, 2, 26));
        assert_eq!(longer[0].examples[..3], all[4].examples);
        assert!(Evaluation::new(&config(0), WhichModel::Base).finished());
    }
}
