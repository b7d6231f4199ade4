//! AdamW with decoupled weight decay, and clipping by the global gradient norm, as
//! `torch.optim.AdamW` and `torch.nn.utils.clip_grad_norm_` compute them.
//!
//! With gradient `g`, step `t` from 1, rate `a`:
//! `p -= a * decay * p`, `m = b1 m + (1 - b1) g`, `v = b2 v + (1 - b2) g^2`,
//! `p -= a / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + epsilon)`.
//! All scalars are worked out on the host in f64; nothing is read back from the device here.
//! Where the settings say so, the matrices of layers move by [`super::muon`] instead.

use super::error::AlignmentError;
use super::muon;
use crate::cpu::adamw::Step;
use crate::cpu::lanes::{sum_of, widest};
use crate::gpu::adamw::Step as CardStep;
use crate::model::Parameter;
use crate::model::parameter::{flat, shaped_like};
use burn::tensor::{Device, Gradients, Tensor};
use serde::{Deserialize, Serialize};

/// The constants of AdamW.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdamWSettings {
    /// Decay of the first moment.
    pub beta1: f64,
    /// Decay of the second moment.
    pub beta2: f64,
    /// Keeps the division finite.
    pub epsilon: f64,
    /// Decoupled weight decay, on every parameter.
    pub weight_decay: f64,
    /// Whether the matrices of layers (not embedding and head) move by [`super::muon`] instead.
    pub muon: bool,
}

impl Default for AdamWSettings {
    fn default() -> Self {
        Self {
            beta1: 0.9,
            beta2: 0.999,
            epsilon: 1e-8,
            weight_decay: 0.0,
            muon: false,
        }
    }
}

/// The optimiser's memory as plain numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AdamWState {
    /// Steps taken.
    pub steps: u32,
    /// First moments, one list a parameter in the model's order.
    pub first: Vec<Vec<f32>>,
    /// Second moments.
    pub second: Vec<Vec<f32>>,
}

/// The optimiser.
#[derive(Clone, Debug)]
pub struct AdamW {
    settings: AdamWSettings,
    steps: u32,
    first: Vec<Parameter>,
    second: Vec<Parameter>,
}

impl AdamW {
    /// An optimiser that has seen nothing, for parameters like these.
    pub fn new(settings: AdamWSettings, parameters: &[Parameter]) -> Self {
        let zeros = || parameters.iter().map(zeros_like).collect();
        Self {
            settings,
            steps: 0,
            first: zeros(),
            second: zeros(),
        }
    }

    /// Steps taken.
    pub fn steps(&self) -> u32 {
        self.steps
    }

    /// One step: the parameters after it. Gradients are multiplied by `scale` first (clipping).
    /// All three lists are in the model's order, on its plain device.
    pub fn step(
        &mut self,
        parameters: Vec<Parameter>,
        gradients: Vec<Parameter>,
        scale: f64,
        rate: f64,
    ) -> Vec<Parameter> {
        self.steps += 1;
        let numbers = numbers(&self.settings, self.steps, scale, rate);
        let first = core::mem::take(&mut self.first);
        let second = core::mem::take(&mut self.second);
        let moments = first.into_iter().zip(second);
        let mut moved = Vec::with_capacity(parameters.len());
        let last = parameters.len() - 1;
        let all = parameters.into_iter().zip(gradients).zip(moments);
        for (place, ((parameter, gradient), moments)) in all.enumerate() {
            // The embedding comes first; a head of its own comes last.
            let muon = self.settings.muon && place > 0 && place < last;
            let (parameter, first, second) = match (parameter, gradient, moments) {
                (Parameter::Two(p), Parameter::Two(g), (Parameter::Two(m), second)) if muon => {
                    let (direction, m) = muon::direction(g.mul_scalar(numbers.scale), m);
                    let p = p.mul_scalar(numbers.keep) - direction.mul_scalar(rate as f32);
                    (Parameter::Two(p), Parameter::Two(m), second)
                }
                (Parameter::One(p), Parameter::One(g), (Parameter::One(m), Parameter::One(v))) => {
                    let (p, m, v) = apply(&numbers, [p, g, m, v]);
                    (Parameter::One(p), Parameter::One(m), Parameter::One(v))
                }
                (Parameter::Two(p), Parameter::Two(g), (Parameter::Two(m), Parameter::Two(v))) => {
                    let (p, m, v) = apply(&numbers, [p, g, m, v]);
                    (Parameter::Two(p), Parameter::Two(m), Parameter::Two(v))
                }
                // Gradients come from these very parameters, so ranks always agree.
                (parameter, _, (first, second)) => (parameter, first, second),
            };
            moved.push(parameter);
            self.first.push(first);
            self.second.push(second);
        }
        moved
    }

    /// Its memory, read back.
    ///
    /// # Errors
    /// The device failed.
    pub async fn state(&self) -> Result<AdamWState, AlignmentError> {
        let (mut first, mut second) = (Vec::new(), Vec::new());
        for (m, v) in self.first.iter().zip(&self.second) {
            first.push(read(flat(m.clone())).await?);
            second.push(read(flat(v.clone())).await?);
        }
        Ok(AdamWState {
            steps: self.steps,
            first,
            second,
        })
    }

    /// Takes over a memory that was read back earlier.
    ///
    /// # Errors
    /// [`AlignmentError::Checkpoint`] when it belongs to other parameters.
    pub fn restore(&mut self, state: AdamWState, device: &Device) -> Result<(), AlignmentError> {
        let load =
            |old: &[Parameter], new: Vec<Vec<f32>>| -> Result<Vec<Parameter>, AlignmentError> {
                if old.len() != new.len() {
                    return Err(unfit(
                        "the optimiser's memory has another number of parameters",
                    ));
                }
                old.iter()
                    .zip(new)
                    .map(|(old, values)| reshaped(old, values, device))
                    .collect()
            };
        let first = load(&self.first, state.first)?;
        let second = load(&self.second, state.second)?;
        (self.first, self.second, self.steps) = (first, second, state.steps);
        Ok(())
    }
}

/// The scalars of one step as a card takes them, which clips by itself.
pub fn numbers_for_a_card(settings: &AdamWSettings, step: u32, rate: f64, clip: f64) -> CardStep {
    let numbers = numbers(settings, step, 1.0, rate);
    CardStep {
        keep: numbers.keep,
        beta1: numbers.beta1,
        rest1: numbers.rest1,
        beta2: numbers.beta2,
        rest2: numbers.rest2,
        step_size: numbers.step_size,
        root_correction: numbers.root_correction,
        epsilon: numbers.epsilon,
        clip: clip as f32,
    }
}

/// The scalars of one step.
pub fn numbers(settings: &AdamWSettings, step: u32, scale: f64, rate: f64) -> Step {
    let exponent = f64::from(step);
    let correction1 = 1.0 - libm::pow(settings.beta1, exponent);
    let correction2 = 1.0 - libm::pow(settings.beta2, exponent);
    Step {
        scale: scale as f32,
        keep: (1.0 - rate * settings.weight_decay) as f32,
        beta1: settings.beta1 as f32,
        beta2: settings.beta2 as f32,
        rest1: (1.0 - settings.beta1) as f32,
        rest2: (1.0 - settings.beta2) as f32,
        step_size: (rate / correction1) as f32,
        root_correction: (1.0 / libm::sqrt(correction2)) as f32,
        epsilon: settings.epsilon as f32,
    }
}

/// [`crate::cpu::adamw`] in tensors.
fn apply<const D: usize>(
    step: &Step,
    [p, g, m, v]: [Tensor<D>; 4],
) -> (Tensor<D>, Tensor<D>, Tensor<D>) {
    let g = if step.scale == 1.0 {
        g
    } else {
        g.mul_scalar(step.scale)
    };
    let m = m.mul_scalar(step.beta1) + g.clone().mul_scalar(step.rest1);
    let v = v.mul_scalar(step.beta2) + (g.clone() * g).mul_scalar(step.rest2);
    let p = if step.keep == 1.0 {
        p
    } else {
        p.mul_scalar(step.keep)
    };
    let under = v
        .clone()
        .sqrt()
        .mul_scalar(step.root_correction)
        .add_scalar(step.epsilon);
    let p = p - (m.clone() / under).mul_scalar(step.step_size);
    (p, m, v)
}

/// Gradients of leaves, in their order; zeros where the loss does not depend on one.
pub fn gradients_of(leaves: &[Parameter], gradients: &mut Gradients) -> Vec<Parameter> {
    let found = leaves.iter().map(|leaf| match leaf {
        Parameter::One(tensor) => tensor
            .grad_remove(gradients)
            .map(Parameter::One)
            .unwrap_or_else(|| zeros_like(leaf)),
        Parameter::Two(tensor) => tensor
            .grad_remove(gradients)
            .map(Parameter::Two)
            .unwrap_or_else(|| zeros_like(leaf)),
    });
    found.collect()
}

/// The norm of all gradients together. On the CPU engine it is summed in an order that is the same everywhere; on
/// any other device the sums of squares are made there, and only they are read back.
///
/// # Errors
/// The device failed.
pub async fn global_norm(gradients: &[Parameter]) -> Result<f64, AlignmentError> {
    let mut squares = 0.0;
    if gradients.iter().all(is_on_the_cpu) {
        for gradient in gradients {
            let values = read(flat(gradient.clone())).await?;
            squares += f64::from(widest(|| sum_of(&values, &values, |a, b| a * b)));
        }
    } else {
        let each = gradients.iter().map(|gradient| match gradient {
            Parameter::One(tensor) => (tensor.clone() * tensor.clone()).sum(),
            Parameter::Two(tensor) => (tensor.clone() * tensor.clone()).sum(),
        });
        let found = read(Tensor::cat(each.collect(), 0)).await?;
        squares += found.into_iter().map(f64::from).sum::<f64>();
    }
    Ok(libm::sqrt(squares))
}

fn is_on_the_cpu(parameter: &Parameter) -> bool {
    let device = match parameter {
        Parameter::One(tensor) => tensor.device(),
        Parameter::Two(tensor) => tensor.device(),
    };
    device == Device::flex()
}

/// What gradients of norm `norm` are multiplied by so that none is longer than `most`.
pub fn clip_scale(norm: f64, most: f64) -> f64 {
    (most / (norm + 1e-6)).min(1.0)
}

/// Reads a plain vector back.
///
/// # Errors
/// The device failed.
pub async fn read(tensor: Tensor<1>) -> Result<Vec<f32>, AlignmentError> {
    let failed = |error: String| AlignmentError::Model(crate::model::ModelError::Device(error));
    let data = tensor
        .into_data_async()
        .await
        .map_err(|error| failed(format!("{error:?}")))?;
    data.try_into_vec::<f32>()
        .map_err(|error| failed(format!("{error:?}")))
}

fn zeros_like(parameter: &Parameter) -> Parameter {
    match parameter {
        Parameter::One(tensor) => Parameter::One(tensor.clone().without_autodiff().zeros_like()),
        Parameter::Two(tensor) => Parameter::Two(tensor.clone().without_autodiff().zeros_like()),
    }
}

fn reshaped(
    like: &Parameter,
    values: Vec<f32>,
    device: &Device,
) -> Result<Parameter, AlignmentError> {
    let shape = match like {
        Parameter::One(tensor) => tensor.dims().to_vec(),
        Parameter::Two(tensor) => tensor.dims().to_vec(),
    };
    if values.len() != shape.iter().product::<usize>() {
        return Err(unfit(
            "the optimiser's memory belongs to a model of another shape",
        ));
    }
    Ok(shaped_like(like, values, device))
}

fn unfit(why: &str) -> AlignmentError {
    AlignmentError::Checkpoint(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use burn::tensor::TensorData;

    #[test]
    fn two_steps_by_hand() {
        // p = 1, gradients 0.5 then -0.25, rate 0.1, decay 0.01, betas 0.9 and 0.99.
        let device = Device::flex();
        let one = |value: f32| {
            vec![Parameter::One(Tensor::from_data(
                TensorData::new(vec![value], [1]),
                &device,
            ))]
        };
        let settings = AdamWSettings {
            beta1: 0.9,
            beta2: 0.99,
            epsilon: 1e-8,
            weight_decay: 0.01,
            muon: false,
        };
        let mut optimizer = AdamW::new(settings, &one(1.0));
        let (mut p, mut m, mut v) = (1.0f64, 0.0, 0.0);
        let mut parameters = one(1.0);
        for (t, g) in [(1, 0.5f64), (2, -0.25)] {
            p -= 0.1 * 0.01 * p;
            m = 0.9 * m + 0.1 * g;
            v = 0.99 * v + 0.01 * g * g;
            p -= 0.1 / (1.0 - 0.9f64.powi(t)) * m / ((v / (1.0 - 0.99f64.powi(t))).sqrt() + 1e-8);
            parameters = optimizer.step(parameters, one(2.0 * g as f32), 0.5, 0.1);
            let found: f32 = match parameters[0].clone() {
                Parameter::One(tensor) => tensor.into_scalar(),
                Parameter::Two(_) => f32::NAN,
            };
            assert!(
                (f64::from(found) - p).abs() < 1e-6,
                "step {t}: {found} and {p}"
            );
        }
        assert!((clip_scale(4.0, 1.0) - 0.25).abs() < 1e-6 && clip_scale(0.5, 1.0) == 1.0);
    }
}
