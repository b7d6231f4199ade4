//! A model that learns, wherever it computes: rows are read, slopes by their log-probabilities add up, and a step
//! moves the weights.
//!
//! On a graphics card everything stays there, weights and moments too; elsewhere they are lists of tensors.

use super::error::AlignmentError;
use super::optimizer::{self, AdamW, AdamWSettings, AdamWState, clip_scale, global_norm, numbers};
use super::passes::{Passes, in_rows, parameters};
use crate::gpu::contrast::{Group, Rule};
use crate::model::card::learner::{Learner, Reading};
use crate::model::log_probabilities::{Example, check, text};
use crate::model::plain::pass::Text;
use crate::model::{Llama, NamedTensor, Parameter};

/// A model in training.
pub struct Learning {
    model: Llama,
    settings: AdamWSettings,
    optimizer: AdamW,
    gradients: Option<Vec<Parameter>>,
    /// Where a card does it: the learner, and the steps it has taken.
    card: Option<(Box<Learner>, u32)>,
}

/// Rows that were read and can be learnt from.
pub enum Read {
    /// On a card; of each row, how many tokens it has.
    Card(Box<Reading>, Vec<usize>),
    /// Elsewhere.
    Lists(Box<Passes>),
}

impl Read {
    /// The log-probabilities of response tokens: one list a row, in the rows' order.
    ///
    /// # Errors
    /// The device failed.
    pub async fn log_probabilities(&self) -> Result<Vec<Vec<f64>>, AlignmentError> {
        match self {
            Self::Card(reading, lengths) => {
                let rows: Vec<(usize, usize)> = lengths.iter().copied().enumerate().collect();
                Ok(in_rows(&reading.log_probabilities, &rows))
            }
            Self::Lists(passes) => passes.read().await,
        }
    }
}

impl Learning {
    /// A model that has taken no step yet. `model` is on a device that does not differentiate.
    pub fn new(model: Llama, settings: AdamWSettings) -> Self {
        Self {
            optimizer: AdamW::new(settings, &parameters(&model)),
            model,
            settings,
            gradients: None,
            card: None,
        }
    }

    /// The model as it is after the last step.
    pub fn model(&self) -> &Llama {
        &self.model
    }

    /// The model as it is after the last step.
    pub fn into_model(self) -> Llama {
        self.model
    }

    /// Reads rows so that they can be learnt from.
    ///
    /// # Errors
    /// A row without a prompt or a response, one longer than the context, an unknown token, a device that failed.
    pub async fn read(&mut self, examples: &[Example]) -> Result<Read, AlignmentError> {
        self.settle_on_a_card().await?;
        let Some((learner, _)) = &mut self.card else {
            let passes = Passes::of(&self.model, examples).await?;
            return Ok(Read::Lists(Box::new(passes)));
        };
        check(&self.model, examples)?;
        let texts: Vec<Text> = examples.iter().map(text).collect();
        let reading = learner.read(&texts).await?;
        let lengths = examples.iter().map(|one| one.tokens.len() - one.prompt);
        Ok(Read::Card(Box::new(reading), lengths.collect()))
    }

    /// Whether slopes can be found where log-probabilities are: see [`Self::pass`].
    ///
    /// # Errors
    /// The device failed.
    pub async fn is_on_a_card(&mut self) -> Result<bool, AlignmentError> {
        self.settle_on_a_card().await?;
        Ok(self.card.is_some())
    }

    /// Reads rows, which answer the questions of `groups` one after another, and adds the slopes by all weights, in one
    /// piece of work; if it is a step's last, told by its clip and rate, it moves the weights too, as [`Self::step`]
    /// does. Gives the rows' log-probabilities and the norm; nothing where there is no card.
    ///
    /// # Errors
    /// As [`Self::read`] and [`Self::step`].
    pub async fn pass(
        &mut self,
        examples: &[Example],
        (rule, groups): (Rule, &[Group]),
        step: Option<(f64, f64)>,
    ) -> Result<Option<(Vec<Vec<f64>>, Option<f64>)>, AlignmentError> {
        check(&self.model, examples)?;
        let Some((learner, steps)) = &mut self.card else {
            return Ok(None);
        };
        let texts: Vec<Text> = examples.iter().map(text).collect();
        let step = step.map(|(clip, rate)| numbers(&self.settings, *steps + 1, rate, clip));
        let pass = learner.pass(&texts, (rule, groups), step.as_ref()).await?;
        let (said, norm) = pass;
        if norm.is_some_and(f32::is_finite) {
            *steps += 1;
        }
        let lengths = examples.iter().map(|one| one.tokens.len() - one.prompt);
        let rows: Vec<(usize, usize)> = lengths.enumerate().collect();
        Ok(Some((in_rows(&said, &rows), norm.map(f64::from))))
    }

    /// Adds the slopes by all weights, given that by every log-probability: `slope` is told row, token, and how many
    /// tokens the row has.
    pub fn learn(&mut self, read: Read, slope: impl Fn(usize, usize, usize) -> f64) {
        match (read, &mut self.card) {
            (Read::Card(reading, lengths), Some((learner, _))) => {
                let slope = &slope;
                let slopes = lengths.iter().enumerate().flat_map(|(row, count)| {
                    (0..*count).map(move |token| slope(row, token, *count) as f32)
                });
                learner.learn(*reading, &slopes.collect::<Vec<f32>>());
            }
            (Read::Lists(passes), _) => {
                let gradients = passes.gradients(slope);
                self.gradients = Some(match self.gradients.take() {
                    Some(sum) => optimizer::sum(sum, gradients),
                    None => gradients,
                });
            }
            // What a card has read comes from the card that is here.
            (Read::Card(..), None) => {}
        }
    }

    /// Moves the weights by what has added up, no more than `clip` together before the rate. Gives the norm before
    /// clipping; where it is no number, nothing has moved.
    ///
    /// # Errors
    /// The device failed.
    pub async fn step(&mut self, clip: f64, rate: f64) -> Result<f64, AlignmentError> {
        if let Some((learner, steps)) = &mut self.card {
            let step = numbers(&self.settings, *steps + 1, rate, clip);
            let norm = learner.step(&step).await?;
            if norm.is_finite() {
                *steps += 1;
            }
            return Ok(f64::from(norm));
        }
        let gradients = self.gradients.take().unwrap_or_default();
        let norm = global_norm(&gradients).await?;
        if norm.is_finite() {
            let scale = clip_scale(norm, clip);
            let before = parameters(&self.model);
            let moved = self.optimizer.step(before, gradients, scale, rate);
            self.model = self.model.with_parameters(moved)?;
        }
        Ok(norm)
    }

    /// Forgets what has added up.
    pub fn forget(&mut self) {
        self.gradients = None;
        if let Some((learner, _)) = &mut self.card {
            learner.forget();
        }
    }

    /// Weights and the optimiser's memory as plain numbers.
    ///
    /// # Errors
    /// The device failed while they were read back.
    pub async fn state(&self) -> Result<(Vec<NamedTensor>, AdamWState), AlignmentError> {
        let weights = self.model.to_tensors().await?;
        let Some((learner, steps)) = &self.card else {
            return Ok((weights, self.optimizer.state().await?));
        };
        let [first, second] = learner.moments(&counts(&self.model)).await?;
        let state = AdamWState {
            steps: *steps,
            first,
            second,
        };
        Ok((weights, state))
    }

    /// Takes over what was read back earlier.
    ///
    /// # Errors
    /// [`AlignmentError::Checkpoint`] when it belongs to another model.
    pub fn restore(
        &mut self,
        weights: Vec<NamedTensor>,
        state: AdamWState,
    ) -> Result<(), AlignmentError> {
        let device = self.model.device().clone();
        let model = Llama::from_tensors(self.model.config().clone(), weights, &device)
            .map_err(|error| AlignmentError::Checkpoint(error.to_string()))?;
        self.optimizer.restore(state, &device)?;
        self.model = model;
        self.card = None;
        self.gradients = None;
        Ok(())
    }

    /// Hands weights and moments to a card, where the model's device is one and has not got them yet.
    async fn settle_on_a_card(&mut self) -> Result<(), AlignmentError> {
        // A card's own learner knows AdamW alone.
        if self.card.is_some() || self.settings.muon {
            return Ok(());
        }
        let Some(card) = self.model.card().await? else {
            return Ok(());
        };
        let state = self.optimizer.state().await?;
        let learner = match state.steps {
            0 => Learner::new(&card).await?,
            _ => Learner::restored(&card, &state.first, &state.second).await?,
        };
        self.model = self.model.led_by(learner.card().clone());
        self.card = Some((Box::new(learner), state.steps));
        Ok(())
    }
}

fn counts(model: &Llama) -> Vec<usize> {
    parameters(model).iter().map(Parameter::count).collect()
}
