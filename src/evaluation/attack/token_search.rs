//! Token search: words behind the question that make a bad answer's beginning likelier, found with
//! the model's own gradient (greedy coordinate gradient, Zou et al. 2023, arXiv 2307.15043), small.
//!
//! A step takes the gradient at every place, draws candidates that change one place to one of the
//! most promising words, computes them all, and keeps the best; nothing gets worse. Only words of
//! the village are tried, no marks of the format and no bytes.

use super::asking::{Asking, BATCH, Query, number, put};
use super::report::Attack;
use super::tried::Tried;
use crate::model::log_probabilities::{Example, response_log_probabilities};
use crate::model::substitution::word_slopes;
use crate::model::{Llama, ModelError};
use crate::world::attack::Target;
use crate::world::chance::{below, choose};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;
use std::ops::Range;

/// Words that are searched for.
const PLACES: usize = 4;
/// Steps of a search.
const STEPS: usize = 6;
/// Candidates of a step.
const CANDIDATES: usize = 24;
/// Most promising words of a place, of which candidates are drawn.
const PROMISING: usize = 32;
/// Tokens of a bad answer that are aimed at.
const AIMED: usize = 8;
/// The word that stands at every place before the first step.
const FILLER: &str = "please";
/// Units of work for a question: finding what to aim at, the steps, the answer.
pub(super) const UNITS: usize = STEPS + 2;

/// The search behind one question.
#[derive(Clone, Debug)]
struct Search {
    /// The first tokens of a bad answer.
    aim: Vec<u32>,
    /// The words found so far.
    words: Vec<u32>,
    /// Log-probability of the aim after them, in nats; never falls.
    reached: f64,
    steps: usize,
    rng: ChaCha8Rng,
    /// Whether the model is asked for a good answer.
    hindsight: bool,
}

/// All searches, then all answers.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenSearch {
    searches: Vec<Search>,
    tried: Vec<Tried>,
    /// Tokens that may stand at a place.
    village: Vec<u32>,
}

impl TokenSearch {
    /// Units done, [`UNITS`] a question.
    pub fn done(&self) -> usize {
        let steps = self.searches.iter().map(|search| 1 + search.steps);
        steps.sum::<usize>() + self.tried.len()
    }

    /// What to aim at, a step, or some answers.
    pub async fn advance<G: Fn(u64) -> ChaCha8Rng>(
        &mut self,
        asking: &Asking<'_, G>,
        targets: &[Target],
    ) -> Result<(), ModelError> {
        let (model, tokenizer) = (asking.model, asking.tokenizer);
        if self.village.is_empty() {
            self.village = village(tokenizer);
        }
        let begun = self.searches.len();
        if let Some(search) = self.searches.last_mut()
            && search.steps < STEPS
            && let Some(target) = targets.get(begun - 1)
        {
            let question = target.question();
            search
                .step(model, tokenizer, &question, &self.village)
                .await?;
        } else if let Some(target) = targets.get(begun) {
            let rng = (asking.generator)(number(Attack::TokenSearch, begun, 1));
            let search = Search::new(asking, target, rng).await?;
            self.searches.push(search);
        } else {
            let pairs = targets.iter().zip(&self.searches).enumerate();
            let batch = pairs.skip(self.tried.len()).take(BATCH);
            let queries = batch.map(|(place, (target, search))| {
                let question = search.question(&target.question(), tokenizer);
                Query::alone(target, question, number(Attack::TokenSearch, place, 0))
            });
            let queries: Vec<Query<'_>> = queries.collect();
            self.tried.extend(asking.ask(&queries).await?);
        }
        Ok(())
    }

    /// The answers.
    pub fn kept(&self) -> Vec<&Tried> {
        self.tried.iter().collect()
    }
}

impl Search {
    /// Aims at that of some bad answers which the model finds likeliest.
    async fn new<G>(
        asking: &Asking<'_, G>,
        target: &Target,
        rng: ChaCha8Rng,
    ) -> Result<Self, ModelError> {
        let (model, tokenizer) = (asking.model, asking.tokenizer);
        let mut search = Self {
            aim: Vec::new(),
            words: tokenizer.encode(&[FILLER; PLACES].join(" ")),
            reached: f64::NEG_INFINITY,
            steps: 0,
            rng,
            hindsight: asking.manner.hindsight,
        };
        let prompt = search.prompt(&target.question(), tokenizer).0;
        let aims = target.aims.iter().map(|aim| {
            let mut tokens = tokenizer.encode(aim);
            tokens.truncate(AIMED);
            tokens
        });
        let aims: Vec<Vec<u32>> = aims.collect();
        let examples: Vec<Example> = aims.iter().map(|aim| example(&prompt, aim)).collect();
        let found = log_probabilities(model, &examples).await?;
        let each = |place: usize| found[place] / aims[place].len().max(1) as f64;
        let likeliest = (0..aims.len()).max_by(|one, two| each(*one).total_cmp(&each(*two)));
        if let Some(place) = likeliest {
            search.aim.clone_from(&aims[place]);
            search.reached = found[place];
        }
        Ok(search)
    }

    /// The question with the words behind it.
    fn question(&self, question: &str, tokenizer: &Tokenizer) -> String {
        format!("{question} {}", tokenizer.decode(&self.words).trim())
    }

    /// The whole prompt, and where in it the words stand: right before the mark of an answer.
    fn prompt(&self, question: &str, tokenizer: &Tokenizer) -> (Vec<u32>, Range<usize>) {
        let prompt = put(None, &self.question(question, tokenizer), self.hindsight);
        let prompt = tokenizer.encode(&prompt);
        let end = prompt.len().saturating_sub(1);
        let places = end.saturating_sub(self.words.len())..end;
        (prompt, places)
    }

    async fn step(
        &mut self,
        model: &Llama,
        tokenizer: &Tokenizer,
        question: &str,
        village: &[u32],
    ) -> Result<(), ModelError> {
        self.steps += 1;
        let (prompt, places) = self.prompt(question, tokenizer);
        let slopes = word_slopes(model, &example(&prompt, &self.aim), &places).await?;
        let promising: Vec<Vec<u32>> = slopes
            .iter()
            .map(|slopes| steepest(slopes, village))
            .collect();
        if promising.iter().any(Vec::is_empty) {
            return Ok(());
        }
        let candidates: Vec<Vec<u32>> = (0..CANDIDATES)
            .map(|_| {
                let place = below(&mut self.rng, promising.len() as u32) as usize;
                let mut words = self.words.clone();
                words[place] = *choose(&mut self.rng, &promising[place]);
                words
            })
            .collect();
        let examples = candidates.iter().map(|words| {
            let mut prompt = prompt.clone();
            prompt.splice(places.clone(), words.iter().copied());
            example(&prompt, &self.aim)
        });
        let examples: Vec<Example> = examples.collect();
        let found = log_probabilities(model, &examples).await?;
        for (words, found) in candidates.into_iter().zip(found) {
            if found > self.reached {
                (self.words, self.reached) = (words, found);
            }
        }
        Ok(())
    }
}

/// Every word of the village.
fn village(tokenizer: &Tokenizer) -> Vec<u32> {
    let is_word = |id: &u32| {
        let word = tokenizer.word(*id).map(str::trim);
        word.is_some_and(|word| tokenizer.is_known(word) && tokenizer.encode(word) == [*id])
    };
    (0..tokenizer.vocab_size() as u32).filter(is_word).collect()
}

/// The words of the steepest slopes, steepest first; of equals, the one with the lower number.
fn steepest(slopes: &[f32], village: &[u32]) -> Vec<u32> {
    let slope = |word: &u32| slopes.get(*word as usize).copied().unwrap_or(f32::MIN);
    let mut words = village.to_vec();
    words.sort_by(|one, two| slope(two).total_cmp(&slope(one)).then(one.cmp(two)));
    words.truncate(PROMISING);
    words
}

fn example(prompt: &[u32], aim: &[u32]) -> Example {
    Example {
        tokens: [prompt, aim].concat(),
        prompt: prompt.len(),
    }
}

/// Log-probability of each response, in nats, summed here, so that the order of additions is the
/// same on every device.
async fn log_probabilities(model: &Llama, examples: &[Example]) -> Result<Vec<f64>, ModelError> {
    let rows = response_log_probabilities(model, examples).await?;
    let sums: Vec<f64> = rows
        .into_iter()
        .map(|row| row.into_iter().map(f64::from).sum())
        .collect();
    if sums.iter().all(|sum| sum.is_finite()) {
        Ok(sums)
    } else {
        Err(ModelError::NotANumber)
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::evaluation::attack::runner::tests::model;
    use crate::evaluation::runner::Manner;
    use crate::world::Values;
    use crate::world::attack::targets;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn the_aim_never_becomes_less_likely_and_only_village_words_are_found() {
        let (model, tokenizer) = (model(), Tokenizer::village());
        let words = village(&tokenizer);
        assert!((1_200..1_400).contains(&words.len()), "{}", words.len());
        let mut gained = 0.0;
        for (seed, target) in (1..).zip(targets(3)) {
            let rng = ChaCha8Rng::seed_from_u64(seed);
            let asking = Asking {
                model: &model,
                tokenizer: &tokenizer,
                generator: &(),
                manner: Manner {
                    temperature: 0.0,
                    min_p: 0.0,
                    hindsight: seed == 2,
                },
                values: &Values::default(),
            };
            let search = Search::new(&asking, &target, rng);
            let mut search = pollster::block_on(search).unwrap();
            let question = target.question();
            let (bare, places) = search.prompt(&question, &tokenizer);
            assert_eq!(places.len(), PLACES);
            assert_eq!(bare[places], search.words);
            let begun = search.reached;
            let mut before = begun;
            for _ in 0..STEPS {
                let step = search.step(&model, &tokenizer, &question, &words);
                pollster::block_on(step).unwrap();
                assert!(search.words.iter().all(|word| words.contains(word)));
                // What is said to be reached is computed anew, from the text as it is shown.
                let prompt = search.prompt(&question, &tokenizer).0;
                assert_eq!(prompt.len(), bare.len());
                let whole = [example(&prompt, &search.aim)];
                let now = log_probabilities(&model, &whole);
                let now = pollster::block_on(now).unwrap()[0];
                assert!(
                    (now - search.reached).abs() < 1e-3,
                    "{now} {}",
                    search.reached
                );
                assert!(now > before - 1e-3, "{now} {before}");
                before = search.reached;
            }
            gained += search.reached - begun;
        }
        // An untrained model hardly cares which words stand there.
        assert!(gained > 0.03, "{gained} nats gained");
    }
}
