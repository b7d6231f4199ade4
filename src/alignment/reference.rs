//! What the model that training began with makes of the answers: asked once for each, then known.

use super::batch::Picked;
use super::error::AlignmentError;
use super::objective::Answer;
use super::passes::log_probabilities;
use crate::model::Llama;
use crate::model::log_probabilities::Example;
use std::collections::BTreeMap;

/// A model that stays as it is, with the log-probabilities it was asked for.
pub struct Reference {
    model: Llama,
    /// By question and answer: one log-probability a response token.
    known: BTreeMap<(usize, usize), Vec<f64>>,
}

impl Reference {
    /// A reference that was asked nothing yet. `model` is on a device that does not differentiate.
    pub fn new(model: Llama) -> Self {
        Self {
            model,
            known: BTreeMap::new(),
        }
    }

    /// The model itself.
    pub fn model(&self) -> &Llama {
        &self.model
    }

    /// Tells each of the picked answers what this model makes of it. `examples` has a row for each,
    /// question after question, as `answers` does.
    ///
    /// # Errors
    /// Those of the model and its device.
    pub async fn compare(
        &mut self,
        picked: &[Picked],
        examples: &[Example],
        answers: &mut [Vec<Answer>],
    ) -> Result<(), AlignmentError> {
        let places = picked.iter().flat_map(|picked| {
            let candidates = picked.candidates.iter();
            candidates.map(|candidate| (picked.question, *candidate))
        });
        let places: Vec<(usize, usize)> = places.collect();
        self.ask(&places, examples).await?;
        for (place, answer) in places.iter().zip(answers.iter_mut().flatten()) {
            if let Some(tokens) = self.known.get(place) {
                answer.reference_sum = Some(tokens.iter().sum());
                answer.reference_tokens.clone_from(tokens);
            }
        }
        Ok(())
    }

    /// How much likelier `model` finds answers than this one does whatever was asked, nats, at least
    /// 0: the mean over answers put under another question's prompt. None of it is kept.
    ///
    /// # Errors
    /// Those of the models and their device.
    pub async fn drift(&self, model: &Llama, swapped: &[Example]) -> Result<f64, AlignmentError> {
        if swapped.is_empty() {
            return Ok(0.0);
        }
        let now = sums(model, swapped).await?;
        let before = sums(&self.model, swapped).await?;
        let gains = now.iter().zip(before).map(|(now, before)| now - before);
        Ok((gains.sum::<f64>() / swapped.len() as f64).max(0.0))
    }

    /// Learns what is not known yet.
    async fn ask(
        &mut self,
        places: &[(usize, usize)],
        examples: &[Example],
    ) -> Result<(), AlignmentError> {
        let rows = places.iter().zip(examples);
        let unknown = rows.filter(|(place, _)| !self.known.contains_key(place));
        let (places, examples): (Vec<_>, Vec<Example>) = unknown
            .map(|(place, example)| (*place, example.clone()))
            .unzip();
        if examples.is_empty() {
            return Ok(());
        }
        let rows = log_probabilities(&self.model, &examples).await?;
        self.known.extend(places.into_iter().zip(rows));
        Ok(())
    }
}

/// Each example's sum of log-probabilities.
async fn sums(model: &Llama, examples: &[Example]) -> Result<Vec<f64>, AlignmentError> {
    let rows = log_probabilities(model, examples).await?;
    Ok(rows.iter().map(|row| row.iter().sum()).collect())
}
