//! Clipping by the norm of all gradients together, and AdamW, over all weights at once in three dispatches.

mod kernel;
#[cfg(all(test, feature = "cli"))]
mod tests;

pub use kernel::step;

/// What one step multiplies by, as the optimiser's formula names it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What of each weight is kept: 1 minus rate times decay.
    pub keep: f32,
    /// Decay of the first moment.
    pub beta1: f32,
    /// 1 minus that.
    pub rest1: f32,
    /// Decay of the second moment.
    pub beta2: f32,
    /// 1 minus that.
    pub rest2: f32,
    /// The rate over the first moment's correction.
    pub step_size: f32,
    /// One over the root of the second moment's correction.
    pub root_correction: f32,
    /// Keeps the division finite.
    pub epsilon: f32,
    /// The largest norm that gradients may have.
    pub clip: f32,
}
