//! SwiGLU: `silu(gate) * up` (Shazeer, 2020). A row holds its gates first, then as many ups.

use super::lanes::{exponential, widest};

fn sigmoid(x: f32) -> f32 {
    1.0 / (1.0 + exponential(-x))
}

/// Writes `silu(gate) * up` of every row of `x`, `[rows, 2 * width]`, to `to`, `[rows, width]`.
pub fn gated(x: &[f32], width: usize, to: &mut [f32]) {
    widest(
        #[inline(always)]
        || {
            for (x, to) in x.chunks_exact(2 * width).zip(to.chunks_exact_mut(width)) {
                let (gates, ups) = x.split_at(width);
                for ((to, gate), up) in to.iter_mut().zip(gates).zip(ups) {
                    *to = gate * sigmoid(*gate) * up;
                }
            }
        },
    );
}

/// Replaces gates and ups in `x` by the slopes by them, given the slope by the result.
pub fn gated_gradient(x: &mut [f32], width: usize, of_result: &[f32]) {
    widest(
        #[inline(always)]
        || {
            let rows = x.chunks_exact_mut(2 * width);
            for (x, slopes) in rows.zip(of_result.chunks_exact(width)) {
                let (gates, ups) = x.split_at_mut(width);
                for ((gate, up), slope) in gates.iter_mut().zip(ups).zip(slopes) {
                    let open = sigmoid(*gate);
                    let of_up = slope * *gate * open;
                    *gate = slope * *up * open * (1.0 + *gate * (1.0 - open));
                    *up = of_up;
                }
            }
        },
    );
}
