//! Muon (Jordan et al., 2024): momentum, made orthogonal, as the step of a layer's matrices.
//!
//! A gradient of a matrix is mostly a few directions; Adam follows those and neglects the rest.
//! Muon replaces the momentum `M = U S V^T` by about `U V^T`, so that all directions are learnt at
//! the same speed, by five Newton-Schulz steps `X <- a X + (b A + c A A) X` with `A = X X^T`.
//! The step is scaled by `0.2 sqrt(max(rows, columns))` (Liu et al., 2025), which gives it the size
//! of one of AdamW, so that rate and weight decay mean the same for both.

use burn::tensor::Tensor;

/// Decay of the momentum.
pub const MOMENTUM: f64 = 0.95;

/// The coefficients of the iteration: they lift small singular values fastest, to within about
/// 0.7 to 1.2.
const COEFFICIENTS: [f32; 3] = [3.4445, -4.775, 2.0315];
/// Iterations.
const ITERATIONS: usize = 5;

/// The nearly orthogonal matrix nearest to this one, `[rows, columns]`; zeros stay zeros.
pub fn orthogonal(matrix: Tensor<2>) -> Tensor<2> {
    let [rows, columns] = matrix.dims();
    let wide = rows <= columns;
    let mut x = if wide { matrix } else { matrix.transpose() };
    let norm = (x.clone() * x.clone()).sum().sqrt().add_scalar(1e-7);
    x = x / norm.reshape([1, 1]);
    let [a, b, c] = COEFFICIENTS;
    for _ in 0..ITERATIONS {
        let square = x.clone().matmul(x.clone().transpose());
        let mix = square.clone().mul_scalar(b) + square.clone().matmul(square).mul_scalar(c);
        x = x.clone().mul_scalar(a) + mix.matmul(x);
    }
    if wide { x } else { x.transpose() }
}

/// A step of Muon for a gradient and the momentum so far: the direction, scaled to the size of a
/// step of AdamW with rate one, and the momentum after it.
pub fn direction(gradient: Tensor<2>, momentum: Tensor<2>) -> (Tensor<2>, Tensor<2>) {
    let keep = MOMENTUM as f32;
    let momentum = momentum.mul_scalar(keep) + gradient.clone();
    // Nesterov's look ahead.
    let ahead = gradient + momentum.clone().mul_scalar(keep);
    let [rows, columns] = ahead.dims();
    let size = 0.2 * libm::sqrt(rows.max(columns) as f64);
    (orthogonal(ahead).mul_scalar(size as f32), momentum)
}
