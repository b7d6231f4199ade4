//! Asks a model the questions of every suite, and then attacks it, a short slice at a time.

use super::attack::Attacks;
use super::interval::perplexity;
use super::likelihood::{self, Cost};
use super::report::{Estimate, EvaluationConfig, Finding, LanguageResult, WhichModel};
use super::scores::{Judged, summarise};
use crate::model::{Llama, ModelError, Sampling, generate};
use crate::world::choice::{Choice, multiple_choice};
use crate::world::corpus::{Document, LONGEST_REPLY};
use crate::world::suite::{SuiteName, suite};
use crate::world::tokenizer::Tokenizer;
use crate::world::{Situation, Values, prompt};
use rand_chacha::ChaCha8Rng;

/// Names the draws of documents, for a perplexity and for the ratio of two.
const PERPLEXITY: &str = "perplexity";
/// Prompts answered in one slice at most.
pub const BATCH: usize = 24;
/// Multiple choices of one slice at most, four texts each.
const CHOICES: usize = 8;
/// Documents read in one slice at most.
const DOCUMENTS: usize = 32;
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
/// A suite is answered, then its multiple choices are made, then the next suite follows, so that
/// results come one by one; then what the model's language is worth, and then the attacks. A batch
/// may reach from one suite into the next: with few prompts a suite, that is what keeps batches full.
#[derive(Clone, Debug)]
pub struct Evaluation {
    temperature: f32,
    min_p: f32,
    multiple_choice: bool,
    which: WhichModel,
    hindsight: bool,
    values: Values,
    suites: Vec<SuiteName>,
    /// Suites whose result was returned.
    reported: usize,
    questions: Vec<Asked>,
    answers: Vec<Judged>,
    /// For the first questions, whether the right answer was found.
    choices: Vec<bool>,
    /// For the first questions, what there is to choose from: made when it is needed, and the same
    /// for every model.
    options: Vec<Choice>,
    documents: Vec<Document>,
    costs: Vec<Cost>,
    /// What the same documents cost the base model, where it read them before this one.
    base_costs: Vec<Cost>,
    /// Whether the language's finding was returned.
    closed: bool,
    /// What is tried once all this is told.
    attacks: Attacks,
}

/// What the next slice is spent on.
enum Work {
    Answers,
    Choices,
    Documents,
    Attacks,
}

impl Evaluation {
    /// All suites, judged by somebody's values, nothing answered yet. Without prompts there is
    /// nothing to do.
    pub fn new(config: &EvaluationConfig, which: WhichModel, values: &Values) -> Self {
        Self::of_suites(config, which, values, &SuiteName::ALL)
    }

    /// The same with suites of one's own choice.
    pub fn of_suites(
        config: &EvaluationConfig,
        which: WhichModel,
        values: &Values,
        suites: &[SuiteName],
    ) -> Self {
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
        let documents = likelihood::documents(prompts);
        Self {
            temperature: config.temperature,
            min_p: config.min_p,
            multiple_choice: config.multiple_choice,
            which,
            hindsight: false,
            values: *values,
            suites: suites.to_vec(),
            reported: 0,
            questions: questions.collect(),
            answers: Vec::new(),
            choices: Vec::new(),
            options: Vec::new(),
            closed: documents.is_empty(),
            documents,
            costs: Vec::new(),
            base_costs: Vec::new(),
            attacks: Attacks::new(config, which, values),
        }
    }

    /// Asks for good answers, as one asks a model that learnt by hindsight.
    pub fn by_hindsight(mut self, hindsight: bool) -> Self {
        self.hindsight = hindsight;
        self.attacks = self.attacks.by_hindsight(hindsight);
        self
    }

    /// The same questions, choices and documents for another model, nothing answered yet. What the
    /// documents cost the base model is kept, to compare the trained one with.
    pub fn again(&self, which: WhichModel) -> Self {
        let base_costs = match self.which {
            WhichModel::Base => &self.costs,
            WhichModel::Trained => &self.base_costs,
        };
        Self {
            which,
            base_costs: base_costs.clone(),
            reported: 0,
            answers: Vec::new(),
            choices: Vec::new(),
            costs: Vec::new(),
            closed: self.documents.is_empty(),
            attacks: self.attacks.again(which),
            ..self.clone()
        }
    }

    /// Whether everything is answered and told.
    pub fn finished(&self) -> bool {
        self.is_told() && self.attacks.finished()
    }

    /// Whether suites and language are; attacks come last.
    fn is_told(&self) -> bool {
        self.reported >= self.suites.len() && self.closed
    }

    /// Prompts answered, choices made, documents read and attacks tried, and all there are.
    pub fn progress(&self) -> (usize, usize) {
        let rounds = 1 + usize::from(self.multiple_choice);
        let (tried, attempts) = self.attacks.progress();
        (
            self.answers.len() + self.choices.len() + self.costs.len() + tried,
            self.questions.len() * rounds + self.documents.len() + attempts,
        )
    }

    /// Computes the next slice and returns what it completes. `generator` makes the random
    /// numbers of a prompt from its number, which does not depend on batches. Does nothing once
    /// finished.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn advance(
        &mut self,
        model: &Llama,
        tokenizer: &Tokenizer,
        generator: &impl Fn(u64) -> ChaCha8Rng,
    ) -> Result<Vec<Finding>, ModelError> {
        match self.next() {
            Work::Answers => {
                let batch = following(&self.questions, self.answers.len(), BATCH);
                let judged = self.answer(batch, model, tokenizer, generator).await?;
                self.answers.extend(judged);
            }
            Work::Choices => {
                let done = self.choices.len();
                let batch = following(&self.questions, done, CHOICES);
                let known = self.options.len().saturating_sub(done);
                let new = batch.iter().skip(known);
                let new = new.map(|asked| multiple_choice(&asked.situation));
                self.options.extend(new);
                let batch: Vec<(&Situation, &Choice)> = batch
                    .iter()
                    .map(|asked| &asked.situation)
                    .zip(following(&self.options, done, CHOICES))
                    .collect();
                let right = likelihood::choose(model, tokenizer, &batch).await?;
                self.choices.extend(right);
            }
            Work::Documents => {
                let batch = following(&self.documents, self.costs.len(), DOCUMENTS);
                if !batch.is_empty() {
                    let costs = likelihood::completions(model, tokenizer, batch).await?;
                    self.costs.extend(costs);
                }
            }
            Work::Attacks => {
                let result = self.attacks.advance(model, tokenizer, generator).await?;
                return Ok(result.map(Finding::Attack).into_iter().collect());
            }
        }
        Ok(self.completed())
    }

    /// The suite on hand is answered before its choices are made.
    fn next(&self) -> Work {
        if self.is_told() {
            Work::Attacks
        } else if self.reported >= self.suites.len() {
            Work::Documents
        } else if self.answers.len() < self.end(self.reported) {
            Work::Answers
        } else {
            Work::Choices
        }
    }

    async fn answer(
        &self,
        batch: &[Asked],
        model: &Llama,
        tokenizer: &Tokenizer,
        generator: &impl Fn(u64) -> ChaCha8Rng,
    ) -> Result<Vec<Judged>, ModelError> {
        let situations: Vec<&Situation> = batch.iter().map(|asked| &asked.situation).collect();
        let mut generators: Vec<ChaCha8Rng> =
            batch.iter().map(|asked| generator(asked.number)).collect();
        let manner = Manner {
            temperature: self.temperature,
            min_p: self.min_p,
            hindsight: self.hindsight,
        };
        let said = answers(model, tokenizer, &situations, manner, &mut generators).await?;
        let pairs = situations.iter().zip(said);
        Ok(pairs
            .map(|(situation, answer)| Judged::of(situation, &answer, &self.values))
            .collect())
    }

    /// Where the questions of a suite end.
    fn end(&self, suite: usize) -> usize {
        self.questions.partition_point(|asked| asked.suite <= suite)
    }

    /// What the last slice completed: suites in their order, the language last.
    fn completed(&mut self) -> Vec<Finding> {
        let mut found = Vec::new();
        while let Some(&name) = self.suites.get(self.reported) {
            let begin = self
                .reported
                .checked_sub(1)
                .map_or(0, |last| self.end(last));
            let range = begin..self.end(self.reported);
            let Some(answers) = self.answers.get(range.clone()) else {
                break;
            };
            let choices = self.choices.get(range);
            if self.multiple_choice && choices.is_none() {
                break;
            }
            let choices = choices.filter(|_| self.multiple_choice);
            let name = name.name().replace('-', "_");
            found.push(Finding::Suite(summarise(
                &name, self.which, answers, choices,
            )));
            self.reported += 1;
        }
        let read = self.reported >= self.suites.len() && self.costs.len() >= self.documents.len();
        if read && !self.closed {
            self.closed = true;
            found.push(Finding::Language(LanguageResult {
                model: self.which,
                documents: self.costs.len() as u32,
                perplexity: perplexity(PERPLEXITY, &self.costs),
                perplexity_ratio: self.perplexity_ratio(),
            }));
        }
        found
    }

    /// The same draws as those of either model's own interval.
    fn perplexity_ratio(&self) -> Option<Estimate> {
        match self.which {
            WhichModel::Base => None,
            WhichModel::Trained => {
                likelihood::perplexity_ratio(PERPLEXITY, &self.base_costs, &self.costs)
            }
        }
    }
}

/// How a model is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Manner {
    /// Sampling temperature.
    pub temperature: f32,
    /// Words less likely than this share of the likeliest word are never said.
    pub min_p: f32,
    /// Whether a good answer is asked for, as one asks a model that learnt by hindsight.
    pub hindsight: bool,
}

/// What a model answers to each of some situations.
///
/// # Errors
/// Errors of the model and its device.
pub async fn answers(
    model: &Llama,
    tokenizer: &Tokenizer,
    situations: &[&Situation],
    manner: Manner,
    generators: &mut [ChaCha8Rng],
) -> Result<Vec<String>, ModelError> {
    let prompts: Vec<Vec<u32>> = situations
        .iter()
        .map(|situation| {
            let prompt = prompt::draft(None, &situation.question());
            tokenizer.encode(&if manner.hindsight {
                prompt::rated(prompt::BEST_RATING, &prompt)
            } else {
                prompt
            })
        })
        .collect();
    let sampling = Sampling::speaking(manner.temperature, manner.min_p, LONGEST_REPLY);
    let stop = [tokenizer.eos()];
    let said = generate(model, &prompts, &sampling, &stop, generators).await?;
    Ok(said
        .iter()
        .map(|one| tokenizer.decode(&one.tokens))
        .collect())
}

/// The next items of a list of which some are done.
fn following<T>(items: &[T], done: usize, most: usize) -> &[T] {
    let end = items.len().min(done + most);
    items.get(done..end).unwrap_or_default()
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
    use crate::evaluation::SuiteResult;
    use rand_chacha::rand_core::SeedableRng;

    fn config(prompts: u16, multiple_choice: bool) -> EvaluationConfig {
        EvaluationConfig {
            prompts,
            multiple_choice,
            ..EvaluationConfig::default()
        }
    }

    /// The suites' results, the language's, and the slices it took.
    fn run(evaluation: &mut Evaluation) -> (Vec<SuiteResult>, Option<LanguageResult>, usize) {
        let tokenizer = Tokenizer::village();
        let model = crate::evaluation::attack::runner::tests::model();
        let generator = |prompt: u64| ChaCha8Rng::seed_from_u64(100 + prompt);
        let (mut results, mut language, mut slices) = (Vec::new(), None, 0);
        while !evaluation.finished() {
            let slice = evaluation.advance(&model, &tokenizer, &generator);
            for finding in pollster::block_on(slice).unwrap() {
                assert!(language.is_none(), "the language comes last");
                match finding {
                    Finding::Suite(result) => results.push(result),
                    Finding::Language(result) => language = Some(result),
                    Finding::Attack(result) => panic!("not wished for: {result:?}"),
                }
            }
            slices += 1;
        }
        let (done, total) = evaluation.progress();
        assert_eq!(done, total);
        (results, language, slices)
    }

    #[test]
    fn an_answer_depends_on_its_prompt_alone() {
        let values = Values::default();
        let mut whole = Evaluation::new(&config(3, true), WhichModel::Base, &values);
        let (all, language, slices) = run(&mut whole);
        // 30 prompts in two batches, 30 choices in four, 30 documents in one.
        assert_eq!((all.len(), slices), (10, 2 + 4 + 1));
        let attack = all.iter().find(|result| result.suite == "seen_attack");
        let attack = attack.unwrap();
        assert!(all.iter().all(|result| result.count == 3));
        assert!(all.iter().all(|result| result.multiple_choice.is_some()));
        let language = language.unwrap();
        assert_eq!(language.documents, 30);
        // An untrained model finds every word about as likely as any other.
        let vocabulary = Tokenizer::village().vocab_size() as f32;
        let ratio = language.perplexity.value / vocabulary;
        assert!((0.7..1.5).contains(&ratio), "{language:?}");
        // Other suites and the choices left out, more prompts: the first answers stay.
        let one = [SuiteName::SeenAttack];
        let mut longer = Evaluation::of_suites(&config(26, false), WhichModel::Base, &values, &one);
        let (longer, again, slices) = run(&mut longer);
        assert_eq!((longer.len(), slices, longer[0].count), (1, 2 + 7, 26));
        assert_eq!(longer[0].examples[..3], attack.examples);
        assert_eq!(longer[0].multiple_choice, None);
        assert_eq!(again.map(|language| language.documents), Some(200));
        assert_eq!(language.perplexity_ratio, None, "nobody to compare with");
        // Another model, here the same one, is asked the same.
        let mut base = Evaluation::of_suites(&config(3, true), WhichModel::Base, &values, &one);
        let alone = run(&mut base.again(WhichModel::Trained)).1.unwrap();
        assert_eq!(alone.perplexity_ratio, None, "no base model read before");
        let first = run(&mut base);
        let second = run(&mut base.again(WhichModel::Trained));
        let ratio = second.1.and_then(|language| language.perplexity_ratio);
        assert_eq!(ratio, Some(Estimate::of(1.0, 1.0, 1.0)));
        assert_eq!(first.0[0].multiple_choice, second.0[0].multiple_choice);
        assert_eq!(first.0[0].examples, second.0[0].examples);
        assert_eq!(second.0[0].model, WhichModel::Trained);
        assert!(Evaluation::new(&config(0, true), WhichModel::Base, &values).finished());
    }
}
