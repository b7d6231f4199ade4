//! The trainer: one micro-batch at a time, so that whoever drives it can pause between any two.
//!
//! A step picks its questions and runs them in micro-batches while gradients add up: forwards, the
//! log-probabilities to the host, what the objective makes of them, backwards. Then it moves the
//! weights. A graphics card does all of it in one piece where it can work out the objective itself. State is
//! checkpointed as it was at the beginning of the step in progress: resuming repeats its
//! micro-batches and arrives at the same bytes.

use super::batch::{self, MicroBatch, Picked, Picker, Question, micro_batches};
use super::config::{ObjectiveKind, TrainingConfig};
use super::data::QueryGroup;
use super::error::AlignmentError;
use super::groups;
use super::learning::{Learning, Read};
use super::lessons::sorted;
use super::metrics::{Lessons, TrainingMetrics};
use super::objective::{Answer, Objective, Outcome, Prospect, Slope};
use super::optimizer::{AdamWSettings, AdamWState};
use super::reference::Reference;
use super::rollout::Rollouts;
use super::schedule::Schedule;
use crate::model::{Llama, NamedTensor};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// Decay of the second moment: short, because runs are of tens of steps, not of thousands.
const BETA2: f64 = 0.98;

/// Everything needed to go on training, as plain data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainerState {
    /// Steps finished.
    step: u32,
    /// Where the data order stood when the step in progress began.
    picker: Picker,
    /// The weights.
    weights: Vec<NamedTensor>,
    /// The optimiser's memory.
    optimizer: AdamWState,
}

/// What the micro-batches of the step in progress have come to.
#[derive(Default)]
struct Progress {
    waiting: Vec<Vec<Picked>>,
    questions: usize,
    outcomes: Vec<Outcome>,
    tokens: u32,
    /// Of the model's own answers.
    rewards: Vec<f64>,
}

/// A model in training.
pub struct Trainer {
    config: TrainingConfig,
    objective: Objective,
    schedule: Schedule,
    questions: Vec<Question>,
    lessons: Lessons,
    picker: Picker,
    before: Picker,
    step: u32,
    learning: Learning,
    /// What the model is compared with, if the objective does: the one it began with.
    reference: Option<Reference>,
    /// Where the model learns from answers of its own.
    rollouts: Option<Rollouts>,
    progress: Option<Progress>,
}

impl Trainer {
    /// A trainer that begins with `base`, which stays as it is.
    ///
    /// # Errors
    /// A setting out of range, no data, or data that can't be learnt from.
    pub fn new(
        base: &Llama,
        groups: &[QueryGroup],
        tokenizer: &Tokenizer,
        config: TrainingConfig,
        rng: ChaCha8Rng,
    ) -> Result<Self, AlignmentError> {
        config.validate()?;
        if groups.is_empty() {
            return Err(AlignmentError::NoData);
        }
        let context = base.config().max_position_embeddings;
        let (questions, lessons) = sorted(groups, tokenizer, context, &config);
        if questions.is_empty() {
            let skipped = lessons.skipped.into_iter().next();
            return Err(skipped.map_or(AlignmentError::NoData, AlignmentError::NothingFits));
        }
        let plain = base.device().clone().without_autodiff();
        let model = base.on(&plain);
        let settings = AdamWSettings {
            beta2: BETA2,
            weight_decay: f64::from(config.weight_decay),
            ..AdamWSettings::default()
        };
        let schedule = Schedule {
            peak: f64::from(config.learning_rate),
            steps: u32::from(config.steps),
            warm_up: f64::from(config.warm_up),
            floor: 0.0,
        };
        let rollouts = match config.objective {
            ObjectiveKind::PolicyGradient => {
                let (count, end) = (questions.len(), tokenizer.eos());
                let rollouts = Rollouts::new(&model, count, settings, schedule, rng.clone(), end);
                Some(rollouts?)
            }
            _ => None,
        };
        let picker = Picker::new(questions.len(), rng);
        let objective = Objective::of(&config);
        Ok(Self {
            schedule,
            rollouts,
            before: picker.clone(),
            picker,
            questions,
            lessons,
            config,
            step: 0,
            reference: objective
                .needs_reference()
                .then(|| Reference::new(model.clone())),
            objective,
            learning: Learning::new(model, settings),
            progress: None,
        })
    }

    /// Whether all steps are done.
    pub fn finished(&self) -> bool {
        self.step >= u32::from(self.config.steps)
    }

    /// Whether micro-batches of the step on hand are still to come.
    pub fn is_amid_a_step(&self) -> bool {
        self.progress.is_some()
    }

    /// Steps done.
    pub fn step(&self) -> u32 {
        self.step
    }

    /// What is learnt from and what is left out.
    pub fn lessons(&self) -> &Lessons {
        &self.lessons
    }

    /// The model as it is after the last step.
    pub fn model(&self) -> &Llama {
        self.learning.model()
    }

    /// The trained model.
    pub fn into_model(self) -> Llama {
        self.learning.into_model()
    }

    /// Computes one micro-batch; the last one of a step also moves the weights and returns the
    /// step's figures. Does nothing once finished.
    ///
    /// # Errors
    /// [`AlignmentError::NonFinite`] when loss or gradient are no numbers: the weights are then as
    /// they were before the step. Otherwise errors of the model or its device.
    pub async fn advance(&mut self) -> Result<Option<TrainingMetrics>, AlignmentError> {
        if self.finished() {
            return Ok(None);
        }
        if let Some(rollouts) = self.rollouts.as_mut().filter(|one| !one.ready()) {
            rollouts.prepare(&self.questions, &self.config).await?;
            return Ok(None);
        }
        let mut progress = match self.progress.take() {
            Some(progress) => progress,
            None => self.begin_step(),
        };
        let picked = progress.waiting.pop().unwrap_or_default();
        let norm = match self.at_once(&picked, &mut progress).await? {
            Some(norm) => norm,
            None => {
                self.micro_batch(&picked, &mut progress).await?;
                None
            }
        };
        if progress.waiting.is_empty() {
            self.end_step(progress, norm).await.map(Some)
        } else {
            self.progress = Some(progress);
            Ok(None)
        }
    }

    /// The state at the beginning of the step in progress.
    ///
    /// # Errors
    /// The device failed while weights were read back.
    pub async fn checkpoint(&self) -> Result<TrainerState, AlignmentError> {
        let picker = if self.progress.is_some() {
            &self.before
        } else {
            &self.picker
        };
        let (weights, optimizer) = self.learning.state().await?;
        Ok(TrainerState {
            step: self.step,
            picker: picker.clone(),
            weights,
            optimizer,
        })
    }

    /// A trainer made of the same settings and data, set to where a checkpoint was.
    ///
    /// # Errors
    /// [`AlignmentError::Checkpoint`] when the checkpoint belongs to other data, another model or
    /// other settings.
    pub fn resume(mut self, state: TrainerState) -> Result<Self, AlignmentError> {
        if !state.picker.fits(self.questions.len()) {
            return Err(AlignmentError::Checkpoint(
                "it was made with other training data".into(),
            ));
        }
        if state.step > u32::from(self.config.steps) || state.optimizer.steps != state.step {
            return Err(AlignmentError::Checkpoint(
                "its number of steps does not fit the settings".into(),
            ));
        }
        self.learning.restore(state.weights, state.optimizer)?;
        self.step = state.step;
        self.before = state.picker.clone();
        self.picker = state.picker;
        self.progress = None;
        Ok(self)
    }

    fn begin_step(&mut self) -> Progress {
        self.before = self.picker.clone();
        let candidates = usize::from(self.config.candidates);
        let mut count = usize::from(self.config.questions_per_step);
        if self.config.objective == ObjectiveKind::Hindsight {
            // Its questions have one answer each.
            count *= candidates;
        }
        let picked = self
            .picker
            .pick(&self.questions, self.config.objective, count, candidates);
        self.learning.forget();
        let questions = picked.len();
        let mut waiting = micro_batches(picked, usize::from(self.config.accumulation));
        waiting.reverse();
        Progress {
            waiting,
            questions,
            ..Progress::default()
        }
    }

    /// A micro-batch from which a card learns without the host's help, where there is one that can: with the last one of a
    /// step the weights move, and the norm is known.
    async fn at_once(
        &mut self,
        picked: &[Picked],
        progress: &mut Progress,
    ) -> Result<Option<Option<f64>>, AlignmentError> {
        if !groups::can_be_told(&self.objective) || !self.learning.is_on_a_card().await? {
            return Ok(None);
        }
        let batch = MicroBatch::of(&self.questions, picked);
        let Some((rule, groups)) = groups::groups(&self.objective, &batch, progress.questions)
        else {
            return Ok(None);
        };
        let step = (f64::from(self.config.clip), self.schedule.rate(self.step));
        let step = progress.waiting.is_empty().then_some(step);
        let pass = self.learning.pass(&batch.examples, (rule, &groups), step);
        let Some((rows, norm)) = pass.await? else {
            return Ok(None);
        };
        self.note(&batch.answers(rows), &self.objective, progress)?;
        progress.tokens += batch.tokens;
        Ok(Some(norm))
    }

    /// Works out what answers come to, and notes it. Gives where it begins among the outcomes.
    fn note(
        &self,
        answers: &[Vec<Answer>],
        objective: &Objective,
        progress: &mut Progress,
    ) -> Result<usize, AlignmentError> {
        let outcomes: Vec<Outcome> = answers
            .iter()
            .map(|answers| objective.outcome(answers))
            .collect();
        // On a card too nothing has moved then: it finds no slopes where there is no loss.
        if outcomes.iter().any(|outcome| !outcome.loss.is_finite()) {
            return Err(self.non_finite("a loss"));
        }
        let first = progress.outcomes.len();
        progress.outcomes.extend(outcomes);
        Ok(first)
    }

    async fn micro_batch(
        &mut self,
        picked: &[Picked],
        progress: &mut Progress,
    ) -> Result<(), AlignmentError> {
        let (read, answers) = match self.rollouts.is_some() {
            true => self.own_answers(picked, progress).await?,
            false => self.known_answers(picked, progress).await?,
        };
        let objective = self.objective_now(picked).await?;
        let first = self.note(&answers, &objective, progress)?;
        let outcomes = progress.outcomes[first..].iter();
        let slopes: Vec<&Slope> = outcomes.flat_map(|one| &one.slopes).collect();
        let share = 1.0 / progress.questions.max(1) as f64;
        let slope = |row: usize, token, count| share * slopes[row].of_token(token, count);
        self.learning.learn(read, slope);
        Ok(())
    }

    /// The record's answers to the picked questions, as the model finds them.
    async fn known_answers(
        &mut self,
        picked: &[Picked],
        progress: &mut Progress,
    ) -> Result<(Read, Vec<Vec<Answer>>), AlignmentError> {
        let batch = MicroBatch::of(&self.questions, picked);
        let read = self.learning.read(&batch.examples).await?;
        let mut answers = batch.answers(read.log_probabilities());
        if let Some(reference) = &mut self.reference {
            reference
                .compare(picked, &batch.examples, &mut answers)
                .await?;
        }
        progress.tokens += batch.tokens;
        Ok((read, answers))
    }

    /// The model's own answers to the picked questions, rated by the reward model.
    async fn own_answers(
        &mut self,
        picked: &[Picked],
        progress: &mut Progress,
    ) -> Result<(Read, Vec<Vec<Answer>>), AlignmentError> {
        let Some(rollouts) = &self.rollouts else {
            return Err(AlignmentError::NoData);
        };
        let count = usize::from(self.config.candidates);
        let place = (self.step, progress.rewards.len());
        let rollout = rollouts
            .roll(self.learning.model(), &self.questions, picked, count, place)
            .await?;
        let read = self.learning.read(&rollout.examples).await?;
        let reference = self.reference.as_ref().map(Reference::model);
        let rows = read.log_probabilities();
        let answers = rollout.answers(rows, reference).await?;
        progress.tokens += rollout.tokens;
        if progress.rewards.is_empty() {
            progress.tokens += rollouts.tokens_a_step();
        }
        progress.rewards.extend(rollout.rewards.concat());
        Ok((read, answers))
    }

    /// The objective, with what it has to know of the model as it is.
    async fn objective_now(&self, picked: &[Picked]) -> Result<Objective, AlignmentError> {
        let (Objective::Kto(prospect), Some(reference)) = (self.objective, &self.reference) else {
            return Ok(self.objective);
        };
        let mut swapped = batch::swapped(&self.questions, picked);
        let context = self.learning.model().config().max_position_embeddings;
        swapped.retain(|example| example.tokens.len() <= context);
        Ok(Objective::Kto(Prospect {
            reference_point: reference.drift(self.learning.model(), &swapped).await?,
            ..prospect
        }))
    }

    /// Ends a step; the weights move now if they have not, by gradients of that `norm`.
    async fn end_step(
        &mut self,
        progress: Progress,
        norm: Option<f64>,
    ) -> Result<TrainingMetrics, AlignmentError> {
        let rate = self.schedule.rate(self.step);
        let norm = match norm {
            Some(norm) => norm,
            None => {
                let clip = f64::from(self.config.clip);
                self.learning.step(clip, rate).await?
            }
        };
        if !norm.is_finite() {
            return Err(self.non_finite("a gradient"));
        }
        self.step += 1;
        Ok(TrainingMetrics {
            gradient_norm: norm as f32,
            learning_rate: rate as f32,
            ..self.metrics(&progress)
        })
    }

    fn non_finite(&self, what: &'static str) -> AlignmentError {
        AlignmentError::NonFinite {
            step: self.step + 1,
            kept: self.step,
            what,
        }
    }

    fn metrics(&self, progress: &Progress) -> TrainingMetrics {
        let sum = |of: fn(&Outcome) -> f64| progress.outcomes.iter().map(of).sum::<f64>();
        let questions = progress.questions.max(1) as f64;
        let pairs = sum(|outcome| outcome.pairs as f64).max(1.0);
        TrainingMetrics {
            step: self.step,
            stage: 0,
            loss: (sum(|outcome| outcome.loss) / questions) as f32,
            imitation: (sum(|outcome| outcome.imitation) / questions) as f32,
            margin: (sum(|outcome| outcome.margin_sum) / pairs) as f32,
            active: (sum(|outcome| outcome.active as f64) / pairs) as f32,
            gradient_norm: 0.0,
            learning_rate: 0.0,
            tokens: progress.tokens,
            reward: (!progress.rewards.is_empty()).then(|| {
                let count = progress.rewards.len() as f64;
                (progress.rewards.iter().sum::<f64>() / count) as f32
            }),
        }
    }
}
