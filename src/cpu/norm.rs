//! RMSNorm: every row divided by its root mean square, times a learnt scale (Zhang and Sennrich, 2019).

use super::lanes::{sum_of, widest};

/// Writes the normed rows of `x` to `to`, and one over each row's root mean square to `inverse`.
pub fn norm(x: &[f32], scale: &[f32], epsilon: f32, to: &mut [f32], inverse: &mut [f32]) {
    let width = scale.len();
    widest(
        #[inline(always)]
        || {
            let rows = x.chunks_exact(width).zip(to.chunks_exact_mut(width));
            for ((x, to), inverse) in rows.zip(inverse) {
                let mean = sum_of(x, x, |a, b| a * b) / width as f32;
                *inverse = 1.0 / (mean + epsilon).sqrt();
                for ((to, x), scale) in to.iter_mut().zip(x).zip(scale) {
                    *to = x * *inverse * scale;
                }
            }
        },
    );
}

/// What `of_normed`, the slope by the normed rows, means for the rows and, if it is asked for, for the scale; both are added
/// to what is there. `inverse` is what [`norm`] found.
pub fn norm_gradient(
    x: &[f32],
    scale: &[f32],
    inverse: &[f32],
    of_normed: &[f32],
    of_x: &mut [f32],
    mut of_scale: Option<&mut [f32]>,
) {
    let width = scale.len();
    let mut scaled = vec![0.0f32; width];
    widest(
        #[inline(always)]
        || {
            let rows = x.chunks_exact(width).zip(of_normed.chunks_exact(width));
            for (((x, slope), of_x), inverse) in rows.zip(of_x.chunks_exact_mut(width)).zip(inverse)
            {
                if let Some(of_scale) = of_scale.as_deref_mut() {
                    for ((of_scale, slope), x) in of_scale.iter_mut().zip(slope).zip(x) {
                        *of_scale += slope * x * inverse;
                    }
                }
                for ((scaled, slope), scale) in scaled.iter_mut().zip(slope).zip(scale) {
                    *scaled = slope * scale;
                }
                let along = sum_of(&scaled, x, |a, b| a * b) * inverse * inverse / width as f32;
                for i in 0..width {
                    of_x[i] += inverse * (scaled[i] - x[i] * along);
                }
            }
        },
    );
}
