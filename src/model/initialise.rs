//! The weights of a model that has learnt nothing yet.

use rand_core::Rng;

use super::config::LlamaConfig;
use super::error::ModelError;
use super::llama::Llama;
use super::weights::{NamedTensor, Role, expected};
use crate::gpu::Site;

impl Llama {
    /// Draws a new model: matrices from a normal distribution of deviation 0.02, those that write
    /// into the residual stream divided by `sqrt(2 * layers)`, norms at one; in the order of
    /// [`expected`] and Hugging Face's layout, so the same generator gives the same weights
    /// everywhere.
    ///
    /// # Errors
    /// [`ModelError::Config`] if the configuration is impossible.
    pub fn initialise(
        config: LlamaConfig,
        rng: &mut impl Rng,
        site: &Site,
    ) -> Result<Self, ModelError> {
        config.validate()?;
        let shrink = 1.0 / libm::sqrtf(2.0 * config.num_hidden_layers as f32);
        let mut normal = Normal { rng, spare: None };
        let tensors = expected(&config)
            .into_iter()
            .map(|weight| {
                let count = weight.shape.iter().product();
                let values = match weight.role {
                    Role::Norm => vec![1.0; count],
                    Role::Matrix => (0..count).map(|_| 0.02 * normal.draw()).collect(),
                    Role::Residual => (0..count).map(|_| 0.02 * shrink * normal.draw()).collect(),
                };
                NamedTensor {
                    name: weight.name,
                    shape: weight.shape,
                    values,
                }
            })
            .collect();
        Self::from_tensors(config, tensors, site)
    }
}

/// Standard normal numbers by Box and Muller's method, in pure Rust so that every machine draws
/// the same ones.
struct Normal<'a, R: Rng> {
    rng: &'a mut R,
    spare: Option<f32>,
}

impl<R: Rng> Normal<'_, R> {
    fn draw(&mut self) -> f32 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        const UNIT: f64 = 1.0 / 4_294_967_296.0;
        let first = (f64::from(self.rng.next_u32()) + 0.5) * UNIT;
        let second = (f64::from(self.rng.next_u32()) + 0.5) * UNIT;
        let radius = libm::sqrt(-2.0 * libm::log(first));
        let angle = 2.0 * std::f64::consts::PI * second;
        self.spare = Some((radius * libm::sin(angle)) as f32);
        (radius * libm::cos(angle)) as f32
    }
}
