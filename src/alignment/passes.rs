//! Many rows through the network: their log-probabilities, and what a slope by each means for the
//! weights. Whoever asks sees rows in their own order.
//!
//! Who pretrains needs it, because the learners of `learning.rs` know AdamW alone. The CPU engine reads rows as long as
//! they are. On any other device the network in tensors does it, and rows of like length go together, so that little of
//! what is computed is padding: it is slow.

use super::batch::by_length;
use super::error::AlignmentError;
use super::objective::tensor;
use super::optimizer;
use crate::gpu::Site;
use crate::model::log_probabilities::{
    Example, check, response_log_probabilities, text, token_log_probabilities,
};
use crate::model::parameter::shaped_like;
use crate::model::plain::Weights;
use crate::model::plain::pass::{Pass, Text};
use crate::model::plain::workspace::Workspace;
use crate::model::{Llama, ModelError, Parameter};
use burn::tensor::{Device, Tensor};
use std::sync::Arc;

/// Rows that were read by a model in training.
pub struct Passes {
    read: Read,
    /// Which row stands where among the log-probabilities, and how many response tokens it has.
    rows: Vec<(usize, usize)>,
    parameters: Vec<Parameter>,
    device: Device,
}

enum Read {
    /// On the CPU engine.
    Plain {
        weights: Arc<Weights>,
        pass: Box<Pass>,
        work: Workspace,
    },
    /// In tensors, wherever they lie: `[all response tokens]`, with gradients.
    Tracked(Box<Tensor<1>>),
}

impl Passes {
    /// Reads rows so that gradients can be had afterwards.
    ///
    /// # Errors
    /// A row without a prompt or a response, one longer than the context, an unknown token, a device that failed.
    pub async fn of(model: &Llama, examples: &[Example]) -> Result<Self, AlignmentError> {
        let device = model.device().clone().without_autodiff();
        if let Site::Cpu = model.site() {
            let weights = model.plain().await?;
            check(model, examples)?;
            let texts: Vec<Text> = examples.iter().map(text).collect();
            let mut work = Workspace::default();
            let pass = Box::new(Pass::forward(&weights, &texts, &mut work));
            let rows = examples.iter().map(|one| one.tokens.len() - one.prompt);
            return Ok(Self {
                rows: rows.enumerate().collect(),
                read: Read::Plain {
                    weights,
                    pass,
                    work,
                },
                parameters: parameters(model),
                device,
            });
        }
        let model = model.on(&device.clone().autodiff());
        let (values, rows) = in_groups(&model, examples)?;
        Ok(Self {
            rows,
            read: Read::Tracked(Box::new(values)),
            parameters: parameters(&model),
            device,
        })
    }

    /// The log-probabilities of response tokens: one list a row, in the rows' order.
    ///
    /// # Errors
    /// The device failed.
    pub async fn read(&self) -> Result<Vec<Vec<f64>>, AlignmentError> {
        let values = match &self.read {
            Read::Plain { pass, .. } => pass.log_probabilities.clone(),
            Read::Tracked(values) => {
                optimizer::read(values.as_ref().clone().without_autodiff()).await?
            }
        };
        Ok(in_rows(&values, &self.rows))
    }

    /// The slopes by all weights, given that by every log-probability: `slope` is told row, token, and how many
    /// tokens the row has.
    pub fn gradients(self, slope: impl Fn(usize, usize, usize) -> f64) -> Vec<Parameter> {
        let slope = &slope;
        let slopes = self.rows.iter().flat_map(|(row, count)| {
            (0..*count).map(move |token| slope(*row, token, *count) as f32)
        });
        let slopes: Vec<f32> = slopes.collect();
        match self.read {
            Read::Plain {
                weights,
                pass,
                mut work,
            } => {
                let mut found = weights.numbers.zeros_like();
                pass.backward(&weights, &slopes, &mut found, &mut work);
                let each = self.parameters.iter().zip(found.into_lists(&weights.shape));
                each.map(|(like, values)| shaped_like(like, values, &self.device))
                    .collect()
            }
            Read::Tracked(values) => {
                let loss = tensor::linearised(*values, slopes, &self.device);
                optimizer::gradients_of(&self.parameters, &mut loss.backward())
            }
        }
    }
}

/// The log-probabilities of response tokens for a model that is not in training: one list a row.
///
/// # Errors
/// As [`Passes::of`].
pub async fn log_probabilities(
    model: &Llama,
    examples: &[Example],
) -> Result<Vec<Vec<f64>>, AlignmentError> {
    let rows = response_log_probabilities(model, examples).await?;
    let exact = |row: Vec<f32>| row.into_iter().map(f64::from).collect();
    Ok(rows.into_iter().map(exact).collect())
}

/// Rows of like length together.
fn in_groups(
    model: &Llama,
    examples: &[Example],
) -> Result<(Tensor<1>, Vec<(usize, usize)>), ModelError> {
    let lengths: Vec<usize> = examples.iter().map(|one| one.tokens.len()).collect();
    let (mut values, mut rows) = (Vec::new(), Vec::new());
    for group in by_length(&lengths) {
        let together: Vec<Example> = group.iter().map(|row| examples[*row].clone()).collect();
        let found = token_log_probabilities(model, &together)?;
        values.push(found.values);
        rows.extend(group.into_iter().zip(found.lengths));
    }
    if values.is_empty() {
        return Err(ModelError::EmptyText { index: 0 });
    }
    Ok((Tensor::cat(values, 0), rows))
}

/// Lists of the rows, in their order.
pub(super) fn in_rows(values: &[f32], rows: &[(usize, usize)]) -> Vec<Vec<f64>> {
    let mut values = values.iter().copied().map(f64::from);
    let mut lists = vec![Vec::new(); rows.len()];
    for (row, length) in rows {
        lists[*row] = values.by_ref().take(*length).collect();
    }
    lists
}

/// A model's weights, in the order of [`Llama::parameters`].
pub fn parameters(model: &Llama) -> Vec<Parameter> {
    let named = model.parameters().into_iter();
    named.map(|(_, parameter)| parameter).collect()
}
