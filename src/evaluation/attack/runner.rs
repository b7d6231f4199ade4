//! One attack after the other on one model, a short slice at a time.

use super::asking::{Asking, BATCH, Query, number};
use super::best_of_n::{BestOfN, SAMPLES};
use super::multi_turn::{MultiTurn, TURNS};
use super::report::{Attack, AttackResult};
use super::token_search::{TokenSearch, UNITS};
use super::tried::{Tried, summarise};
use super::{misaligned_context, role_play};
use crate::evaluation::report::{EvaluationConfig, WhichModel};
use crate::evaluation::runner::Manner;
use crate::model::{Llama, ModelError};
use crate::world::Values;
use crate::world::attack::{Target, targets};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// All attacks on one model, in the making.
#[derive(Clone, Debug)]
pub struct Attacks {
    manner: Manner,
    which: WhichModel,
    values: Values,
    targets: Vec<Target>,
    /// Attacks that are over.
    over: usize,
    course: Course,
}

/// The attack on hand, as far as it has come.
#[derive(Clone, Debug)]
enum Course {
    /// Attacks that ask once.
    Once(Vec<Tried>),
    Turns(MultiTurn),
    Samples(BestOfN),
    Search(TokenSearch),
}

impl Course {
    fn of(attack: Option<Attack>, targets: usize) -> Self {
        match attack {
            Some(Attack::MultiTurn) => Course::Turns(MultiTurn::new(targets)),
            Some(Attack::BestOfN) => Course::Samples(BestOfN::default()),
            Some(Attack::TokenSearch) => Course::Search(TokenSearch::default()),
            _ => Course::Once(Vec::new()),
        }
    }

    /// Units of work done.
    fn done(&self) -> usize {
        match self {
            Course::Once(tried) => tried.len(),
            Course::Turns(turns) => turns.done(),
            Course::Samples(samples) => samples.done(),
            Course::Search(search) => search.done(),
        }
    }

    fn kept(&self) -> Vec<&Tried> {
        match self {
            Course::Once(tried) => tried.iter().collect(),
            Course::Turns(turns) => turns.kept(),
            Course::Samples(samples) => samples.kept(),
            Course::Search(search) => search.kept(),
        }
    }

    fn curve(&self) -> Vec<(u8, f32)> {
        match self {
            Course::Once(_) | Course::Search(_) => Vec::new(),
            Course::Turns(turns) => turns.curve(),
            Course::Samples(samples) => samples.curve(),
        }
    }
}

/// Units of work that an attack is for one question.
fn units(attack: Attack) -> usize {
    match attack {
        Attack::Plain | Attack::RolePlay | Attack::MisalignedContext => 1,
        Attack::MultiTurn => TURNS,
        Attack::BestOfN => SAMPLES,
        Attack::TokenSearch => UNITS,
    }
}

impl Attacks {
    /// All attacks, judged by somebody's values, nothing tried yet. None if none are wished for.
    pub fn new(config: &EvaluationConfig, which: WhichModel, values: &Values) -> Self {
        let targets = targets(usize::from(config.attacks));
        Self {
            manner: Manner {
                temperature: config.temperature,
                min_p: config.min_p,
                hindsight: false,
            },
            which,
            values: *values,
            over: 0,
            course: Course::of(Attack::ALL.first().copied(), targets.len()),
            targets,
        }
    }

    /// Asks for good answers, as one asks a model that learnt by hindsight.
    pub fn by_hindsight(mut self, hindsight: bool) -> Self {
        self.manner.hindsight = hindsight;
        self
    }

    /// The same questions for another model, nothing tried yet.
    pub fn again(&self, which: WhichModel) -> Self {
        Self {
            which,
            over: 0,
            course: Course::of(Attack::ALL.first().copied(), self.targets.len()),
            ..self.clone()
        }
    }

    /// Whether all attacks are over, or there is nothing to try them on.
    pub fn finished(&self) -> bool {
        self.targets.is_empty() || self.attack().is_none()
    }

    /// Units of work done, and all there are.
    pub fn progress(&self) -> (usize, usize) {
        let sum = |attacks: &[Attack]| {
            let each = attacks.iter().map(|attack| units(*attack));
            each.sum::<usize>() * self.targets.len()
        };
        let over = Attack::ALL.get(..self.over).unwrap_or(&Attack::ALL);
        (sum(over) + self.course.done(), sum(&Attack::ALL))
    }

    fn attack(&self) -> Option<Attack> {
        Attack::ALL.get(self.over).copied()
    }

    /// Computes the next slice and returns the attack it completes. Does nothing once finished.
    /// `generator` makes the random numbers of a prompt from its number.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn advance(
        &mut self,
        model: &Llama,
        tokenizer: &Tokenizer,
        generator: &impl Fn(u64) -> ChaCha8Rng,
    ) -> Result<Option<AttackResult>, ModelError> {
        let Some(attack) = self.attack().filter(|_| !self.finished()) else {
            return Ok(None);
        };
        let asking = Asking {
            model,
            tokenizer,
            generator,
            manner: self.manner,
            values: &self.values,
        };
        match &mut self.course {
            Course::Once(tried) => {
                let batch = self.targets.iter().enumerate();
                let batch = batch.skip(tried.len()).take(BATCH);
                let queries = batch.map(|(place, target)| {
                    let number = number(attack, place, 0);
                    match attack {
                        Attack::RolePlay => role_play::query(target, number),
                        Attack::MisalignedContext => misaligned_context::query(target, number),
                        _ => Query::alone(target, target.question(), number),
                    }
                });
                let queries: Vec<Query<'_>> = queries.collect();
                tried.extend(asking.ask(&queries).await?);
            }
            Course::Turns(turns) => turns.advance(&asking, &self.targets).await?,
            Course::Samples(samples) => samples.advance(&asking, &self.targets).await?,
            Course::Search(search) => search.advance(&asking, &self.targets).await?,
        }
        if self.course.done() < units(attack) * self.targets.len() {
            return Ok(None);
        }
        let (kept, curve) = (self.course.kept(), self.course.curve());
        let result = summarise(attack, self.which, &kept, curve);
        self.over += 1;
        self.course = Course::of(self.attack(), self.targets.len());
        Ok(Some(result))
    }
}

#[cfg(all(test, feature = "cli"))]
pub(in crate::evaluation) mod tests {
    use super::*;
    use crate::model::LlamaConfig;
    use crate::model::Site;
    use rand_chacha::rand_core::SeedableRng;

    /// An untrained model.
    pub fn model() -> Llama {
        let tokenizer = Tokenizer::village();
        let config = LlamaConfig {
            vocab_size: tokenizer.vocab_size(),
            hidden_size: 16,
            intermediate_size: 24,
            num_hidden_layers: 1,
            num_attention_heads: 2,
            num_key_value_heads: 2,
            head_dim: 8,
            max_position_embeddings: 256,
            rms_norm_eps: 1e-5,
            rope_theta: 10_000.0,
            tie_word_embeddings: true,
            bos_token_id: None,
            eos_token_id: vec![tokenizer.eos()],
            pad_token_id: Some(tokenizer.pad()),
        };
        Llama::initialise(config, &mut ChaCha8Rng::seed_from_u64(1), &Site::Cpu).unwrap()
    }

    fn run(attacks: &mut Attacks) -> Vec<AttackResult> {
        let (model, tokenizer) = (model(), Tokenizer::village());
        let generator = |prompt: u64| ChaCha8Rng::seed_from_u64(100 + prompt);
        let (mut results, mut before) = (Vec::new(), 0);
        while !attacks.finished() {
            let slice = attacks.advance(&model, &tokenizer, &generator);
            results.extend(pollster::block_on(slice).unwrap());
            let (done, total) = attacks.progress();
            assert!(before < done && done <= total, "{before} {done} {total}");
            before = done;
        }
        let (done, total) = attacks.progress();
        assert_eq!(done, total);
        results
    }

    #[test]
    fn every_attack_is_tried_on_every_question_and_fewer_questions_are_the_first_of_more() {
        let config = |attacks: u8| EvaluationConfig {
            attacks,
            ..EvaluationConfig::default()
        };
        let of = |attacks: u8| Attacks::new(&config(attacks), WhichModel::Base, &Values::default());
        assert!(of(0).finished());
        assert_eq!(of(0).progress(), (0, 0));
        let mut attacks = of(5);
        let all = run(&mut attacks);
        let names: Vec<&str> = all.iter().map(|result| result.attack.as_str()).collect();
        assert_eq!(names, Attack::ALL.map(Attack::name));
        for result in &all {
            assert_eq!(
                (result.count, result.each.len(), result.examples.len()),
                (5, 5, 4)
            );
        }
        let lengths: Vec<usize> = all.iter().map(|result| result.curve.len()).collect();
        assert_eq!(lengths, [0, 0, 0, 3, 4, 0]);
        assert_eq!(all[3].examples[0].question.lines().count(), 3);
        let fewer = run(&mut of(2));
        for (few, many) in fewer.iter().zip(&all) {
            assert_eq!(few.examples[..], many.examples[..2], "{}", few.attack);
        }
        let again = run(&mut attacks.again(WhichModel::Trained));
        assert!(
            again
                .iter()
                .zip(&all)
                .all(|(one, other)| { one.model == WhichModel::Trained && one.each == other.each })
        );
    }
}
