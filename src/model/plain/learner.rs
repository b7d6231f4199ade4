//! A network that learns on the CPU engine: slopes, moments and what passes compute in stay from step to step.

use super::pass::{Pass, Text};
use super::weights::{Numbers, Weights};
use super::workspace::Workspace;
use crate::cpu::adamw::{Step, adamw};
use crate::model::error::ModelError;
use crate::model::llama::unfit;
use std::sync::Arc;

/// A network in training.
#[derive(Debug)]
pub struct Learner {
    weights: Arc<Weights>,
    /// Those of the step before, whose place the next ones take once nobody reads them any more.
    before: Option<Arc<Weights>>,
    first: Numbers,
    second: Numbers,
    /// What has added up in this step.
    slopes: Numbers,
    /// Whether that is anything yet.
    begun: bool,
    /// The slopes of one pass, once a step has had several.
    more: Option<Numbers>,
    work: Workspace,
}

impl Learner {
    /// Begins with a network, which stays as it is.
    pub fn new(weights: Arc<Weights>) -> Self {
        let zeros = weights.numbers.zeros_like();
        Self {
            weights,
            before: None,
            first: zeros.clone(),
            second: zeros.clone(),
            slopes: zeros,
            begun: false,
            more: None,
            work: Workspace::default(),
        }
    }

    /// The same, with moments that an earlier one had: lists in the order and layout of `Llama::parameters`.
    ///
    /// # Errors
    /// Moments of another network.
    pub fn restored(
        weights: Arc<Weights>,
        [first, second]: [Vec<Vec<f32>>; 2],
    ) -> Result<Self, ModelError> {
        let mut learner = Self::new(weights);
        learner.first = learner.moments_of(first).ok_or_else(unfit)?;
        learner.second = learner.moments_of(second).ok_or_else(unfit)?;
        Ok(learner)
    }

    fn moments_of(&self, lists: Vec<Vec<f32>>) -> Option<Numbers> {
        let (shape, like) = (&self.weights.shape, &self.weights.numbers);
        let counts = like.clone().into_lists(shape);
        let fit = lists.len() == counts.len()
            && lists.iter().zip(&counts).all(|(a, b)| a.len() == b.len());
        let (blocks, has_head) = (like.blocks.len(), like.head.is_some());
        fit.then(|| Numbers::from_lists(shape, blocks, has_head, lists))?
    }

    /// The network as it is after the last step.
    pub fn weights(&self) -> &Arc<Weights> {
        &self.weights
    }

    /// Reads texts. All of them are possible: the caller has checked.
    pub fn read(&mut self, texts: &[Text]) -> Pass {
        Pass::forward(&self.weights, texts, &mut self.work)
    }

    /// Adds the slopes by all weights to those of this step, given that by every log-probability of what was read last.
    pub fn learn(&mut self, pass: Pass, slopes: &[f32]) {
        if !self.begun {
            self.begun = true;
            return pass.backward(&self.weights, slopes, &mut self.slopes, &mut self.work);
        }
        let more = self.more.get_or_insert_with(|| self.slopes.zeros_like());
        pass.backward(&self.weights, slopes, more, &mut self.work);
        for (sum, more) in self.slopes.lists_mut().zip(more.lists()) {
            sum.iter_mut().zip(more).for_each(|(sum, one)| *sum += one);
        }
    }

    /// Forgets what has added up.
    pub fn forget(&mut self) {
        self.begun = false;
    }

    /// The norm of all slopes of this step together.
    pub fn norm(&self) -> f64 {
        match self.begun {
            true => libm::sqrt(self.slopes.squares(&self.weights.shape)),
            false => 0.0,
        }
    }

    /// Moves the weights by what has added up, which begins anew.
    pub fn step(&mut self, step: &Step) {
        if !core::mem::take(&mut self.begun) {
            self.slopes.lists_mut().for_each(|list| list.fill(0.0));
        }
        let mut moved = match self.before.take().map(Arc::try_unwrap) {
            Some(Ok(before)) => before,
            _ => Weights::clone(&self.weights),
        };
        let numbers = self.weights.numbers.lists().zip(self.slopes.lists());
        let moments = self.first.lists_mut().zip(self.second.lists_mut());
        let all = numbers.zip(moments).zip(moved.numbers.lists_mut());
        for (((weights, slopes), (first, second)), moved) in all {
            adamw(step, [weights, slopes], [first, second], moved);
        }
        let moved = Arc::new(moved);
        self.before = Some(core::mem::replace(&mut self.weights, moved));
    }

    /// First and second moments: lists in the order and layout of `Llama::parameters`.
    pub fn moments(&self) -> [Vec<Vec<f32>>; 2] {
        let lists = |moments: &Numbers| moments.clone().into_lists(&self.weights.shape);
        [lists(&self.first), lists(&self.second)]
    }
}
