//! What training does to questions that nobody learns from.

use super::batch::{MicroBatch, Picked, Picker, Question};
use super::config::{ObjectiveKind, TrainingConfig};
use super::data::QueryGroup;
use super::error::AlignmentError;
use super::lessons::sorted;
use super::metrics::Watched;
use super::objective::{Objective, Outcome};
use super::passes::log_probabilities;
use super::reference::Reference;
use crate::model::Llama;
use crate::model::log_probabilities::{Example, next_words};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// Questions looked at; more would cost as much as learning.
const MOST_QUESTIONS: usize = 12;

/// Questions kept for measuring, with the answers that are compared, and what training began with.
pub struct Watch {
    questions: Vec<Question>,
    picked: Vec<Picked>,
    objective: Objective,
    reference: Reference,
    /// What the reference makes of every next word of the best answers.
    before: Option<Vec<f32>>,
}

impl Watch {
    /// Some of the groups kept for measuring; none where there are none.
    ///
    /// # Errors
    /// A group that can't be learnt from.
    pub fn new(
        base: &Llama,
        groups: &[QueryGroup],
        tokenizer: &Tokenizer,
        config: &TrainingConfig,
        rng: ChaCha8Rng,
    ) -> Result<Option<Self>, AlignmentError> {
        let context = base.config().max_position_embeddings;
        let (questions, _) = sorted(groups, tokenizer, context, config);
        if questions.is_empty() {
            return Ok(None);
        }
        let count = questions.len().min(MOST_QUESTIONS);
        let picked = Picker::new(questions.len(), rng).pick(
            &questions,
            config.objective,
            count,
            usize::from(config.candidates),
        );
        let plain = base.device().clone().without_autodiff();
        Ok(Some(Self {
            questions,
            picked,
            // A policy gradient has no loss of its own on answers that others gave.
            objective: match config.objective {
                ObjectiveKind::PolicyGradient => Objective::SupervisedBest,
                _ => Objective::of(config),
            },
            reference: Reference::new(base.on(&plain)),
            before: None,
        }))
    }

    /// What a model makes of them now.
    ///
    /// # Errors
    /// Those of the model and its device.
    pub async fn look(&mut self, model: &Llama) -> Result<Watched, AlignmentError> {
        let batch = MicroBatch::of(&self.questions, &self.picked);
        let rows = log_probabilities(model, &batch.examples).await?;
        let mut answers = batch.answers(rows);
        if self.objective.needs_reference() {
            self.reference
                .compare(&self.picked, &batch.examples, &mut answers)
                .await?;
        }
        let outcomes = answers.iter().map(|one| self.objective.outcome(one));
        let outcomes: Vec<Outcome> = outcomes.collect();
        let sum = |of: fn(&Outcome) -> f64| outcomes.iter().map(of).sum::<f64>();
        let (count, pairs) = (outcomes.len() as f64, sum(|one| one.pairs as f64).max(1.0));
        Ok(Watched {
            loss: (sum(|one| one.loss) / count) as f32,
            imitation: (sum(|one| one.imitation) / count) as f32,
            margin: (sum(|one| one.margin_sum) / pairs) as f32,
            divergence: self.divergence(model).await?,
        })
    }

    async fn divergence(&mut self, model: &Llama) -> Result<f32, AlignmentError> {
        let best = self.picked.iter().filter_map(|picked| {
            let question = self.questions.get(picked.question)?;
            let response = question.responses.get(question.best())?;
            Some(Example {
                tokens: [question.prompt.as_slice(), response].concat(),
                prompt: question.prompt.len(),
            })
        });
        let best: Vec<Example> = best.collect();
        let now = next_words(model, &best).await?;
        let before = match self.before.take() {
            Some(known) => known,
            None => next_words(self.reference.model(), &best).await?,
        };
        let each = now.iter().zip(&before).map(|(now, before)| {
            let (now, before) = (f64::from(*now), f64::from(*before));
            libm::exp(now) * (now - before)
        });
        let places: usize = best.iter().map(|one| one.tokens.len() - one.prompt).sum();
        let divergence = each.sum::<f64>() / places.max(1) as f64;
        self.before = Some(before);
        Ok(divergence as f32)
    }
}
