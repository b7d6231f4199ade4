//! Answers of the model's own, as a policy gradient needs them: said by the model as it is, rated by a
//! reward model that has learnt from the record before.

use super::batch::{Picked, Picker, Question};
use super::config::{ObjectiveKind, TrainingConfig};
use super::error::AlignmentError;
use super::objective::Answer;
use super::optimizer::AdamWSettings;
use super::passes::log_probabilities;
use super::reward::RewardModel;
use super::schedule::Schedule;
use crate::model::log_probabilities::Example;
use crate::model::{Llama, Sampling, generate};
use crate::world::corpus::LONGEST_REPLY;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// Room for rows of one step in the numbers of the random streams.
const ROWS: u64 = 1 << 16;

/// What rates, and what the model's own answers are drawn with.
pub struct Rollouts {
    reward: RewardModel,
    picker: Picker,
    schedule: Schedule,
    /// Steps of the reward model: as many as the policy's own.
    learnt: u32,
    /// Tokens they took.
    tokens: u32,
    key: [u8; 32],
    end: u32,
}

/// One micro-batch of a policy gradient.
pub struct Rollout {
    /// A row for each answer, question after question.
    pub examples: Vec<Example>,
    /// Rewards, one list a question.
    pub rewards: Vec<Vec<f64>>,
    /// Tokens of all rows.
    pub tokens: u32,
}

impl Rollouts {
    /// With a reward model that has learnt nothing yet. `end` is the end token.
    ///
    /// # Errors
    /// Those of [`RewardModel::new`].
    pub fn new(
        base: &Llama,
        questions: usize,
        settings: AdamWSettings,
        schedule: Schedule,
        mut rng: ChaCha8Rng,
        end: u32,
    ) -> Result<Self, AlignmentError> {
        let mut key = [0; 32];
        rng.fill_bytes(&mut key);
        Ok(Self {
            reward: RewardModel::new(base, settings)?,
            picker: Picker::new(questions, rng),
            schedule,
            learnt: 0,
            tokens: 0,
            key,
            end,
        })
    }

    /// Whether the reward model has learnt all it will.
    pub fn ready(&self) -> bool {
        self.learnt >= self.schedule.steps
    }

    /// The share of the reward model's tokens that one of the policy's steps answers for.
    pub fn tokens_a_step(&self) -> u32 {
        self.tokens / self.schedule.steps.max(1)
    }

    /// One step of the reward model, on the best known answers and others.
    ///
    /// # Errors
    /// [`AlignmentError::NonFinite`], and those of the model and its device.
    pub async fn prepare(
        &mut self,
        questions: &[Question],
        config: &TrainingConfig,
    ) -> Result<(), AlignmentError> {
        let picked = self.picker.pick(
            questions,
            ObjectiveKind::SaCpoAnchored,
            usize::from(config.questions_per_step),
            usize::from(config.candidates),
        );
        let rate = self.schedule.rate(self.learnt);
        let clip = f64::from(config.clip);
        let (loss, tokens) = self.reward.learn(questions, &picked, rate, clip).await?;
        if !loss.is_finite() {
            return Err(AlignmentError::NonFinite {
                step: self.learnt + 1,
                kept: self.learnt,
                what: "a loss or gradient of the reward model",
            });
        }
        self.learnt += 1;
        self.tokens += tokens;
        Ok(())
    }

    /// What the model says to the picked questions, `count` times each, and what it gets for it. The
    /// draws depend on the step and on the row's number in it, which begins at `first`.
    ///
    /// # Errors
    /// Those of the models and their device.
    pub async fn roll(
        &self,
        model: &Llama,
        questions: &[Question],
        picked: &[Picked],
        count: usize,
        (step, first): (u32, usize),
    ) -> Result<Rollout, AlignmentError> {
        let prompts = picked.iter().flat_map(|picked| {
            let prompt = questions[picked.question].prompt.clone();
            std::iter::repeat_n(prompt, count)
        });
        let prompts: Vec<Vec<u32>> = prompts.collect();
        let mut generators: Vec<ChaCha8Rng> = (0..prompts.len())
            .map(|row| {
                let mut generator = ChaCha8Rng::from_seed(self.key);
                generator.set_stream(u64::from(step) * ROWS + (first + row) as u64);
                generator
            })
            .collect();
        // The policy itself: anything else would be another distribution than the gradient's.
        let sampling = Sampling::speaking(1.0, 0.0, LONGEST_REPLY);
        let said = generate(model, &prompts, &sampling, &[self.end], &mut generators).await?;
        let mut rollout = Rollout {
            examples: Vec::with_capacity(said.len()),
            rewards: Vec::new(),
            tokens: 0,
        };
        for (prompt, said) in prompts.iter().zip(said) {
            let mut tokens = [prompt.as_slice(), &said.tokens].concat();
            if said.finished || said.tokens.is_empty() {
                tokens.push(self.end);
            }
            rollout.tokens += tokens.len() as u32;
            rollout.examples.push(Example {
                tokens,
                prompt: prompt.len(),
            });
        }
        let texts: Vec<&[u32]> = rollout.examples.iter().map(|one| &one.tokens[..]).collect();
        let rewards = self.reward.rewards(&texts).await?;
        rollout.rewards = rewards.chunks(count.max(1)).map(<[f64]>::to_vec).collect();
        Ok(rollout)
    }
}

impl Rollout {
    /// The answers of each question as an objective sees them, with what the reference makes of them.
    ///
    /// # Errors
    /// Those of the reference and its device.
    pub async fn answers(
        &self,
        rows: Vec<Vec<f64>>,
        reference: Option<&Llama>,
    ) -> Result<Vec<Vec<Answer>>, AlignmentError> {
        let mut before = match reference {
            Some(model) => log_probabilities(model, &self.examples).await?,
            None => Vec::new(),
        }
        .into_iter();
        let mut rows = rows.into_iter();
        let mut answer = |reward: &f64| {
            let answer = Answer::of(rows.next().unwrap_or_default(), *reward);
            match before.next() {
                Some(tokens) => answer.with_reference(tokens),
                None => answer,
            }
        };
        let questions = self.rewards.iter();
        Ok(questions
            .map(|rewards| rewards.iter().map(&mut answer).collect())
            .collect())
    }
}
