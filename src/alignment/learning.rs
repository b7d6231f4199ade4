//! A model that learns, wherever it computes: rows are read, slopes by their log-probabilities add up, and a step
//! moves the weights.
//!
//! Each engine has a learner of its own, where weights and moments stay from step to step; it begins with the first rows.

use super::error::AlignmentError;
use super::optimizer::{AdamWSettings, AdamWState, clip_scale, numbers, numbers_for_a_card};
use super::passes::{in_rows, parameters};
use crate::gpu::contrast::{Group, Rule};
use crate::model::card;
use crate::model::log_probabilities::{Example, check, text};
use crate::model::plain;
use crate::model::plain::pass::{Pass, Text};
use crate::model::{Computing, Llama, NamedTensor, Parameter};

/// A model in training.
pub struct Learning {
    model: Llama,
    settings: AdamWSettings,
    /// Steps taken.
    steps: u32,
    /// Moments that a learner is still to take over.
    moments: Option<[Vec<Vec<f32>>; 2]>,
    learner: Option<Learner>,
}

enum Learner {
    Card(Box<card::learner::Learner>),
    Plain(Box<plain::learner::Learner>),
}

/// Rows that were read and can be learnt from; of each, how many tokens it has.
pub struct Read {
    by: ReadBy,
    lengths: Vec<usize>,
}

enum ReadBy {
    Card(Box<card::learner::Reading>),
    Plain(Box<Pass>),
}

impl Read {
    /// The log-probabilities of response tokens: one list a row, in the rows' order.
    pub fn log_probabilities(&self) -> Vec<Vec<f64>> {
        let said = match &self.by {
            ReadBy::Card(reading) => &reading.log_probabilities,
            ReadBy::Plain(pass) => &pass.log_probabilities,
        };
        let rows: Vec<(usize, usize)> = self.lengths.iter().copied().enumerate().collect();
        in_rows(said, &rows)
    }
}

impl Learning {
    /// A model that has taken no step yet. `model` is on a device that does not differentiate.
    pub fn new(model: Llama, settings: AdamWSettings) -> Self {
        Self {
            model,
            settings,
            steps: 0,
            moments: None,
            learner: None,
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
        check(&self.model, examples)?;
        let texts: Vec<Text> = examples.iter().map(text).collect();
        let by = match self.learner().await? {
            Learner::Card(learner) => ReadBy::Card(Box::new(learner.read(&texts).await?)),
            Learner::Plain(learner) => ReadBy::Plain(Box::new(learner.read(&texts))),
        };
        Ok(Read {
            by,
            lengths: lengths(examples).collect(),
        })
    }

    /// Whether slopes can be found where log-probabilities are: see [`Self::pass`].
    ///
    /// # Errors
    /// The device failed.
    pub async fn is_on_a_card(&mut self) -> Result<bool, AlignmentError> {
        Ok(matches!(self.learner().await?, Learner::Card(_)))
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
        let Some(Learner::Card(learner)) = &mut self.learner else {
            return Ok(None);
        };
        let texts: Vec<Text> = examples.iter().map(text).collect();
        let next = self.steps + 1;
        let step = step.map(|(clip, rate)| numbers_for_a_card(&self.settings, next, rate, clip));
        let pass = learner.pass(&texts, (rule, groups), step.as_ref()).await?;
        let (said, norm) = pass;
        if norm.is_some_and(f32::is_finite) {
            self.steps = next;
        }
        let rows: Vec<(usize, usize)> = lengths(examples).enumerate().collect();
        Ok(Some((in_rows(&said, &rows), norm.map(f64::from))))
    }

    /// Adds the slopes by all weights, given that by every log-probability: `slope` is told row, token, and how many
    /// tokens the row has.
    pub fn learn(&mut self, read: Read, slope: impl Fn(usize, usize, usize) -> f64) {
        let slope = &slope;
        let slopes = read.lengths.iter().enumerate().flat_map(|(row, count)| {
            (0..*count).map(move |token| slope(row, token, *count) as f32)
        });
        let slopes: Vec<f32> = slopes.collect();
        match (&mut self.learner, read.by) {
            (Some(Learner::Card(learner)), ReadBy::Card(reading)) => {
                learner.learn(*reading, &slopes);
            }
            (Some(Learner::Plain(learner)), ReadBy::Plain(pass)) => learner.learn(*pass, &slopes),
            // What was read comes from the learner that is here.
            _ => {}
        }
    }

    /// Moves the weights by what has added up, no more than `clip` together before the rate. Gives the norm before
    /// clipping; where it is no number, nothing has moved.
    ///
    /// # Errors
    /// The device failed.
    pub async fn step(&mut self, clip: f64, rate: f64) -> Result<f64, AlignmentError> {
        let (settings, next) = (self.settings, self.steps + 1);
        let (norm, weights) = match self.learner().await? {
            Learner::Card(learner) => {
                let step = numbers_for_a_card(&settings, next, rate, clip);
                (f64::from(learner.step(&step).await?), None)
            }
            Learner::Plain(learner) => {
                let norm = learner.norm();
                if norm.is_finite() {
                    learner.step(&numbers(&settings, next, clip_scale(norm, clip), rate));
                }
                (norm, Some(learner.weights().clone()))
            }
        };
        if norm.is_finite() {
            self.steps = next;
        }
        if let Some(weights) = weights {
            self.model = self.model.led_by_numbers(weights);
        }
        Ok(norm)
    }

    /// Forgets what has added up.
    pub fn forget(&mut self) {
        match &mut self.learner {
            Some(Learner::Card(learner)) => learner.forget(),
            Some(Learner::Plain(learner)) => learner.forget(),
            None => {}
        }
    }

    /// Weights and the optimiser's memory as plain numbers.
    ///
    /// # Errors
    /// The device failed while they were read back.
    pub async fn state(&self) -> Result<(Vec<NamedTensor>, AdamWState), AlignmentError> {
        let counts = counts(&self.model);
        let [first, second] = match (&self.learner, &self.moments) {
            (Some(Learner::Card(learner)), _) => learner.moments(&counts).await?,
            (Some(Learner::Plain(learner)), _) => learner.moments(),
            (None, Some(moments)) => moments.clone(),
            (None, None) => {
                let zeros = || counts.iter().map(|count| vec![0.0; *count]).collect();
                [zeros(), zeros()]
            }
        };
        let state = AdamWState {
            steps: self.steps,
            first,
            second,
        };
        Ok((self.model.to_tensors().await?, state))
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
        let (config, site) = (self.model.config().clone(), self.model.site());
        let model = Llama::from_tensors(config, weights, site)
            .map_err(|error| AlignmentError::Checkpoint(error.to_string()))?;
        let counts = counts(&model);
        let fits = |lists: &[Vec<f32>]| lists.iter().map(Vec::len).eq(counts.iter().copied());
        if !fits(&state.first) || !fits(&state.second) {
            let why = "the optimiser's memory belongs to a model of another shape";
            return Err(AlignmentError::Checkpoint(why.into()));
        }
        self.model = model;
        self.steps = state.steps;
        self.moments = Some([state.first, state.second]);
        self.learner = None;
        Ok(())
    }

    /// Who learns: on the card if the model computes on one, with the moments that there are.
    async fn learner(&mut self) -> Result<&mut Learner, AlignmentError> {
        let learner = match self.learner.take() {
            Some(learner) => learner,
            None => self.begun().await?,
        };
        Ok(self.learner.insert(learner))
    }

    async fn begun(&mut self) -> Result<Learner, AlignmentError> {
        let moments = self.moments.as_ref();
        let learner = match (self.model.computing().await?, moments) {
            (Computing::Plain(weights), None) => {
                Learner::Plain(Box::new(plain::learner::Learner::new(weights)))
            }
            (Computing::Plain(weights), Some([first, second])) => {
                let moments = [first.clone(), second.clone()];
                Learner::Plain(Box::new(plain::learner::Learner::restored(
                    weights, moments,
                )?))
            }
            (Computing::Card(card), None) => {
                Learner::Card(Box::new(card::learner::Learner::new(&card).await?))
            }
            (Computing::Card(card), Some([first, second])) => {
                let learner = card::learner::Learner::restored(&card, first, second).await?;
                Learner::Card(Box::new(learner))
            }
        };
        if let Learner::Card(learner) = &learner {
            self.model = self.model.led_by(learner.card().clone());
        }
        self.moments = None;
        Ok(learner)
    }
}

fn lengths(examples: &[Example]) -> impl Iterator<Item = usize> {
    examples.iter().map(|one| one.tokens.len() - one.prompt)
}

fn counts(model: &Llama) -> Vec<usize> {
    parameters(model).iter().map(Parameter::count).collect()
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::alignment::optimizer::{AdamW, global_norm};
    use crate::alignment::passes::Passes;
    use crate::model::tests::{text as words, tiny};
    use pollster::block_on;

    fn bits(lists: &[Vec<f32>]) -> Vec<Vec<u32>> {
        let bits = |list: &Vec<f32>| list.iter().map(|one| one.to_bits()).collect();
        lists.iter().map(bits).collect()
    }

    /// Its learner against the optimiser in tensors, to the bit: steps of two micro-batches and of one, with clipping.
    #[test]
    fn the_cpu_engine_moves_weights_as_tensors_would() {
        let settings = AdamWSettings {
            weight_decay: 0.01,
            ..AdamWSettings::default()
        };
        let slope = |row: usize, token: usize, count: usize| {
            (row as f64 + 1.0) * 0.7 - token as f64 / count as f64
        };
        for tied in [true, false] {
            let mut model = tiny(tied);
            let mut learning = Learning::new(model.clone(), settings);
            let mut optimizer = AdamW::new(settings, &parameters(&model));
            for step in 0..4u64 {
                let mut sum: Option<Vec<Parameter>> = None;
                for batch in 0..1 + step % 2 {
                    let one = |seed, prompt| Example {
                        tokens: words(10 * step + 2 * batch + seed, 12 + 5 * seed as usize),
                        prompt,
                    };
                    let examples = [one(0, 3), one(1, 16)];
                    let read = block_on(learning.read(&examples)).unwrap();
                    let passes = block_on(Passes::of(&model, &examples)).unwrap();
                    assert_eq!(read.log_probabilities(), block_on(passes.read()).unwrap());
                    learning.learn(read, slope);
                    let found = passes.gradients(slope);
                    sum = Some(match sum {
                        None => found,
                        Some(sum) => sum.into_iter().zip(found).map(added).collect(),
                    });
                }
                let gradients = sum.unwrap();
                let norm = block_on(global_norm(&gradients)).unwrap();
                let before = parameters(&model);
                let scale = clip_scale(norm, 1.0);
                let moved = optimizer.step(before, gradients, scale, 1e-2);
                model = model.with_parameters(moved).unwrap();
                assert_eq!(block_on(learning.step(1.0, 1e-2)).unwrap(), norm);
                assert!(scale < 1.0, "clipping has something to do");
            }
            let (weights, state) = block_on(learning.state()).unwrap();
            let wanted = block_on(model.to_tensors()).unwrap();
            for (ours, wanted) in weights.iter().zip(&wanted) {
                let name = &wanted.name;
                let pair = [ours, wanted].map(|one| bits(std::slice::from_ref(&one.values)));
                assert!(pair[0] == pair[1], "{name}");
            }
            let wanted = block_on(optimizer.state()).unwrap();
            assert_eq!(state.steps, 4);
            assert!(bits(&state.first) == bits(&wanted.first));
            assert!(bits(&state.second) == bits(&wanted.second));
        }
    }

    fn added(pair: (Parameter, Parameter)) -> Parameter {
        match pair {
            (Parameter::One(a), Parameter::One(b)) => Parameter::One(a + b),
            (Parameter::Two(a), Parameter::Two(b)) => Parameter::Two(a + b),
            (a, _) => a,
        }
    }
}
