//! AdamW over one list: weights and moments are read once and written once.

use super::lanes::widest;

/// What one step multiplies by, as the optimiser's formula names it. A card's is `gpu`'s own, with the clip instead of the
/// scale: it clips by itself, and the two rooms do not know each other.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// What slopes are multiplied by first (clipping).
    pub scale: f32,
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
}

/// Writes the weights after a step to `moved`, and makes the moments those after it. All five lists are as long as each
/// other.
pub fn adamw(
    step: &Step,
    [weights, slopes]: [&[f32]; 2],
    [first, second]: [&mut [f32]; 2],
    moved: &mut [f32],
) {
    widest(
        #[inline(always)]
        || {
            let moments = first.iter_mut().zip(second);
            let numbers = weights.iter().zip(slopes).zip(moments);
            for (moved, ((weight, slope), (first, second))) in moved.iter_mut().zip(numbers) {
                let slope = slope * step.scale;
                *first = *first * step.beta1 + slope * step.rest1;
                *second = *second * step.beta2 + (slope * slope) * step.rest2;
                let under = second.sqrt() * step.root_correction + step.epsilon;
                *moved = weight * step.keep - *first / under * step.step_size;
            }
        },
    );
}
