//! A network that learns on the card: weights, slopes and moments stay there from step to step. What comes back
//! is the log-probabilities, which objectives and people want to see, and a step's norm.

use super::Card;
use super::backward::Seeking;
use super::batch::Batch;
use super::forward::{Keeping, Trace};
use crate::gpu::adamw::{self, Step};
use crate::gpu::contrast::{Group, Rule, contrast};
use crate::gpu::likelihood::Given;
use crate::gpu::memory::{Memory, Place, Script, Shelf, all_of, filled};
use crate::model::error::ModelError;
use crate::model::llama::unfit;
use crate::model::plain::pass::Text;

/// A network in training.
#[derive(Debug)]
pub struct Learner {
    card: Card,
    memory: Memory,
    /// Whether slopes of this step are there already.
    begun: bool,
    /// A pass backwards that was written down and not handed over: the step that follows goes with it.
    pending: Option<(Script, Shelf)>,
}

/// Texts that were read and can be learnt from.
#[derive(Debug)]
pub struct Reading {
    batch: Batch,
    trace: Trace,
    numbers: Vec<u32>,
    shelf: Shelf,
    /// Of every word asked for, text after text.
    pub log_probabilities: Vec<f32>,
}

impl Learner {
    /// Begins with a network, which stays as it is.
    ///
    /// # Errors
    /// Weights that are too many to learn on this card, or one that failed.
    pub async fn new(card: &Card) -> Result<Self, ModelError> {
        Self::with_moments(card, None).await
    }

    /// The same, with moments that an earlier one had: lists in the order and layout of `Llama::parameters`.
    ///
    /// # Errors
    /// Moments of another network, and as [`Self::new`].
    pub async fn restored(
        card: &Card,
        first: &[Vec<f32>],
        second: &[Vec<f32>],
    ) -> Result<Self, ModelError> {
        let together = |lists| card.layout.together(lists, card.config.head_dim);
        let moments = [first, second].map(|lists| together(lists).ok_or_else(unfit));
        let [first, second] = moments;
        Self::with_moments(card, Some([first?, second?].concat())).await
    }

    async fn with_moments(card: &Card, moments: Option<Vec<f32>>) -> Result<Self, ModelError> {
        let (count, webgpu) = (card.layout.count, card.webgpu.clone());
        webgpu.fits("slopes of this model", webgpu.shares() * count)?;
        webgpu.fits("moments of this model", 2 * count)?;
        Ok(webgpu.made(|| Self::made(card, moments)).await?)
    }

    fn made(card: &Card, moments: Option<Vec<f32>>) -> Self {
        let card = card.copied();
        let (count, webgpu) = (card.layout.count, card.webgpu.clone());
        // Moments are as many zeros; so are slopes, once a step begins.
        let moments = moments.map(|moments| filled(&webgpu, "moments", &moments));
        let slopes = webgpu.shares() * count;
        let memory = Memory::learning(webgpu, card.lists.clone(), slopes, 2 * count, moments);
        Self {
            card,
            memory,
            begun: false,
            pending: None,
        }
    }

    /// Reads texts. All of them are possible: the caller has checked.
    ///
    /// # Errors
    /// The device failed.
    pub async fn read(&mut self, texts: &[Text<'_>]) -> Result<Reading, ModelError> {
        self.hand_over().await?;
        let batch = Batch::of(texts);
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let trace = self
            .card
            .forward(&mut script, &mut shelf, &batch, Keeping::All);
        let known = trace.likelihood.known;
        let answer = self.memory.run(&script, shelf.taken, &[known]).await?;
        let known = answer.read().await?;
        Ok(Reading {
            batch,
            trace,
            numbers: script.numbers,
            shelf,
            log_probabilities: known.chunks_exact(4).map(|quad| quad[0]).collect(),
        })
    }

    /// Adds the slopes by all weights to those of this step, given that by every log-probability of what was read last.
    pub fn learn(&mut self, reading: Reading, slopes: &[f32]) {
        let Reading {
            batch,
            trace,
            numbers,
            mut shelf,
            ..
        } = reading;
        let mut script = Script::default();
        script.numbers = numbers;
        script.fresh_slopes = !self.begun;
        let read = (&batch, &trace);
        let given = Given::Noted(script.note(slopes.iter().map(|slope| slope.to_bits())));
        let card = &self.card;
        card.backward(&mut script, &mut shelf, read, given, Seeking::Weights);
        self.begun = true;
        self.pending = Some((script, shelf));
    }

    /// Reads texts and adds the slopes by all weights to those of this step, in one piece: `groups` say which texts answer
    /// the same question, one after another, and what is asked of them. With a `step` the weights move too, as by
    /// [`Self::step`]. Gives the log-probabilities of every word asked for, text after text, and the step's norm.
    ///
    /// Where the card has no room for all texts at once they are read in several portions, each question in one.
    ///
    /// # Errors
    /// The device failed.
    pub async fn pass(
        &mut self,
        texts: &[Text<'_>],
        groups: (Rule, &[Group]),
        step: Option<&Step>,
    ) -> Result<(Vec<f32>, Option<f32>), ModelError> {
        let room = self.card.webgpu.comfortable();
        self.pass_within(room, texts, groups, step).await
    }

    /// The same with so many numbers of a desk.
    pub(super) async fn pass_within(
        &mut self,
        room: usize,
        texts: &[Text<'_>],
        (rule, groups): (Rule, &[Group]),
        step: Option<&Step>,
    ) -> Result<(Vec<f32>, Option<f32>), ModelError> {
        self.hand_over().await?;
        let mut said = Vec::new();
        let (mut texts, mut groups) = (texts, groups);
        loop {
            let (count, mut script, mut shelf, known) = self.portion(room, texts, (rule, groups));
            let (these, later) = groups.split_at(count);
            let read = these.iter().map(|group| group.answers.len()).sum();
            (groups, texts) = (later, texts.get(read..).unwrap_or_default());
            let (webgpu, count) = (&self.card.webgpu, self.card.layout.count);
            let step = step.filter(|_| groups.is_empty());
            let norm = step.map(|step| adamw::step(webgpu, &mut script, &mut shelf, count, step));
            script.fresh_slopes = !self.begun;
            // Slopes of which a part is missing are none, and a step uses them up.
            self.begun = false;
            let asked: Vec<Place> = [known].into_iter().chain(norm).collect();
            let answer = self.memory.run(&script, shelf.taken, &asked).await?;
            self.begun = norm.is_none();
            let found = answer.read().await?;
            let (known, norm) = found.split_at(known.count.min(found.len()));
            said.extend(known.chunks_exact(4).map(|quad| quad[0]));
            if groups.is_empty() {
                return Ok((said, step.map(|_| norm_of(norm))));
            }
        }
    }

    /// Writes down as many questions as there is room for, at least one: how many, the work, and where the
    /// log-probabilities will be.
    fn portion(
        &self,
        room: usize,
        texts: &[Text<'_>],
        (rule, groups): (Rule, &[Group]),
    ) -> (usize, Script, Shelf, Place) {
        let mut count = groups.len();
        loop {
            let groups = &groups[..count];
            let read: usize = groups.iter().map(|group| group.answers.len()).sum();
            let batch = Batch::of(&texts[..read]);
            let (mut script, mut shelf) = (Script::default(), Shelf::default());
            let (card, webgpu) = (&self.card, &self.card.webgpu);
            let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::All);
            let known = trace.likelihood.known;
            contrast(webgpu, &mut script, (rule, groups), known);
            let (read, given) = ((&batch, &trace), Given::Beside);
            card.backward(&mut script, &mut shelf, read, given, Seeking::Weights);
            if shelf.taken <= room || count < 2 {
                return (count, script, shelf, known);
            }
            // What is written down is host's work, and cheap beside the card's.
            count /= 2;
        }
    }

    /// Hands over a pass backwards before the desk is needed for something else.
    async fn hand_over(&mut self) -> Result<(), ModelError> {
        if let Some((script, shelf)) = self.pending.take() {
            let done = self.memory.run(&script, shelf.taken, &[]).await;
            // Slopes of which a part is missing are none.
            self.begun &= done.is_ok();
            done?;
        }
        Ok(())
    }

    /// Forgets the slopes of this step.
    pub fn forget(&mut self) {
        self.pending = None;
        self.begun = false;
    }

    /// Moves the weights by the slopes of this step. Gives the norm of these before clipping; where it is no number,
    /// nothing has moved.
    ///
    /// # Errors
    /// The device failed.
    pub async fn step(&mut self, step: &Step) -> Result<f32, ModelError> {
        let (mut script, mut shelf) = self.pending.take().unwrap_or_default();
        script.fresh_slopes |= !self.begun;
        let count = self.card.layout.count;
        let norm = adamw::step(&self.card.webgpu, &mut script, &mut shelf, count, step);
        self.begun = false;
        let answer = self.memory.run(&script, shelf.taken, &[norm]).await?;
        Ok(norm_of(&answer.read().await?))
    }

    /// The network, which goes on learning.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// First and second moments, read back: lists in the order and layout of `Llama::parameters`, as long as `counts`
    /// says.
    ///
    /// # Errors
    /// The device was lost.
    pub async fn moments(&self, counts: &[usize]) -> Result<[Vec<Vec<f32>>; 2], ModelError> {
        let all = all_of(&self.card.webgpu, self.memory.moments()).await?;
        let layout = &self.card.layout;
        let (first, second) = all.split_at(layout.count);
        let width = self.card.config.head_dim;
        let lists = |all: &[f32]| layout.apart(all, counts.iter().copied(), width);
        Ok([lists(first), lists(&second[..layout.count])])
    }
}

/// A step's norm, as the card tells it; no number where nothing has moved.
fn norm_of(found: &[f32]) -> f32 {
    match *found {
        [norm, _, finite, _] if finite != 0.0 => norm,
        _ => f32::NAN,
    }
}

#[cfg(test)]
impl Learner {
    /// What each task of a pass forwards and backwards takes: names and seconds.
    pub(super) fn timed(&mut self, texts: &[Text<'_>]) -> Vec<(&'static str, f64)> {
        let batch = Batch::of(texts);
        let (mut script, mut shelf) = (Script::default(), Shelf::default());
        let card = self.card.clone();
        let trace = card.forward(&mut script, &mut shelf, &batch, Keeping::All);
        let slopes = vec![0.1f32.to_bits(); batch.targets.len()];
        let given = Given::Noted(script.note(slopes));
        let read = (&batch, &trace);
        card.backward(&mut script, &mut shelf, read, given, Seeking::Weights);
        self.memory.timed(&script, shelf.taken)
    }
}
