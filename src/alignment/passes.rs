//! Many rows through the network, those of like length together, so that little of what is computed
//! is padding. Whoever asks sees rows in their own order.

use super::batch::by_length;
use super::error::AlignmentError;
use super::optimizer;
use crate::model::log_probabilities::{Example, token_log_probabilities};
use crate::model::{Llama, ModelError};
use burn::tensor::Tensor;

/// Log-probabilities of all response tokens of some rows.
pub struct Passes {
    /// `[all response tokens]`, pass after pass. Carries gradients if the model does.
    pub values: Tensor<1>,
    /// Which row stands where in `values`, and how many response tokens it has.
    rows: Vec<(usize, usize)>,
}

impl Passes {
    /// Computes them.
    ///
    /// # Errors
    /// As [`token_log_probabilities`].
    pub fn of(model: &Llama, examples: &[Example]) -> Result<Self, ModelError> {
        let lengths: Vec<usize> = examples.iter().map(|one| one.tokens.len()).collect();
        let groups = by_length(&lengths);
        if groups.len() <= 1 {
            let found = token_log_probabilities(model, examples)?;
            return Ok(Self {
                values: found.values,
                rows: found.lengths.into_iter().enumerate().collect(),
            });
        }
        let (mut values, mut rows) = (Vec::with_capacity(groups.len()), Vec::new());
        for group in groups {
            let together: Vec<Example> = group.iter().map(|row| examples[*row].clone()).collect();
            let found = token_log_probabilities(model, &together)?;
            values.push(found.values);
            rows.extend(group.into_iter().zip(found.lengths));
        }
        Ok(Self {
            values: Tensor::cat(values, 0),
            rows,
        })
    }

    /// Reads the log-probabilities back: one list a row, in the rows' order.
    ///
    /// # Errors
    /// The device failed.
    pub async fn read(&self) -> Result<Vec<Vec<f64>>, AlignmentError> {
        let values = optimizer::read(self.values.clone().without_autodiff()).await?;
        let mut values = values.into_iter().map(f64::from);
        let mut rows = vec![Vec::new(); self.rows.len()];
        for (row, length) in &self.rows {
            rows[*row] = values.by_ref().take(*length).collect();
        }
        Ok(rows)
    }

    /// A number for every response token, in the order of `values`; `number` is told row, token, and
    /// how many tokens the row has.
    pub fn weights(&self, number: impl Fn(usize, usize, usize) -> f64) -> Vec<f32> {
        let number = &number;
        let rows = self.rows.iter();
        rows.flat_map(|(row, count)| {
            (0..*count).map(move |token| number(*row, token, *count) as f32)
        })
        .collect()
    }
}
