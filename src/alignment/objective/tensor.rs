//! A loss's gradient on the device.
//!
//! Every objective knows its slope by every token's log-probability on the host. The sum of slopes
//! times log-probabilities has the same gradient as the loss, so that sum is what the device
//! differentiates: one product and one sum, whatever the objective. The price is that the
//! log-probabilities are read back in the middle of a step, a few thousand numbers.

use burn::tensor::{Device, Tensor, TensorData};

/// A tensor of shape `[1]` whose gradient is that of a loss with these slopes, `[tokens]`, by the
/// log-probabilities, as many and in the same order. Its value is no loss. `device` does not
/// differentiate.
pub fn linearised(log_probabilities: Tensor<1>, slopes: Vec<f32>, device: &Device) -> Tensor<1> {
    let count = slopes.len();
    let slopes = Tensor::<1>::from_data(TensorData::new(slopes, [count]), device);
    (log_probabilities * slopes).sum()
}
