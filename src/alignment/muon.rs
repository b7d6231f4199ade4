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

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::world::chance::{Fixed, unit};
    use burn::tensor::{Device, TensorData};

    fn random(rows: usize, columns: usize) -> Tensor<2> {
        let rng = &mut Fixed::named("muon");
        let values: Vec<f32> = (0..rows * columns).map(|_| unit(rng) - 0.5).collect();
        let data = TensorData::new(values, [rows, columns]);
        Tensor::from_data(data, &Device::flex())
    }

    fn values(tensor: Tensor<2>) -> Vec<f32> {
        tensor.into_data().try_to_vec().unwrap()
    }

    #[test]
    fn every_direction_is_about_as_long_as_every_other() {
        for (rows, columns) in [(12, 40), (40, 12), (16, 16)] {
            let x = orthogonal(random(rows, columns));
            assert_eq!(x.dims(), [rows, columns]);
            let x = if rows > columns { x.transpose() } else { x };
            let small = rows.min(columns);
            let gram = values(x.clone().matmul(x.transpose()));
            // Singular values within 0.6 and 1.3: the trace of the Gram matrix and of its square
            // would leave these bounds if any of them did by much.
            let trace: f32 = (0..small).map(|i| gram[i * small + i]).sum::<f32>() / small as f32;
            let squares: f32 = gram.iter().map(|v| v * v).sum::<f32>() / small as f32;
            assert!((0.5..1.35).contains(&trace), "{rows}x{columns}: {trace}");
            assert!(
                squares - trace * trace < 0.12,
                "{rows}x{columns}: {squares}"
            );
            // The plain matrix is far from that.
            let plain = random(rows, columns);
            let plain = if rows > columns {
                plain.transpose()
            } else {
                plain
            };
            let gram = values(plain.clone().matmul(plain.transpose()));
            let trace: f32 = (0..small).map(|i| gram[i * small + i]).sum::<f32>() / small as f32;
            let squares: f32 = gram.iter().map(|v| v * v).sum::<f32>() / small as f32;
            assert!(squares / (trace * trace) - 1.0 > 0.2);
        }
    }

    #[test]
    fn the_size_of_a_gradient_does_not_matter_and_zeros_stay_zeros() {
        let (small, large) = (random(8, 24), random(8, 24).mul_scalar(1e3));
        let pairs = values(orthogonal(small))
            .into_iter()
            .zip(values(orthogonal(large)));
        assert!(pairs.map(|(a, b)| (a - b).abs()).all(|apart| apart < 1e-3));
        let zeros = orthogonal(Tensor::zeros([4, 6], &Device::flex()));
        assert!(values(zeros).iter().all(|value| *value == 0.0));
    }

    #[test]
    fn momentum_is_kept_and_the_step_is_of_adamws_size() {
        let gradient = random(10, 30);
        let (first, momentum) = direction(gradient.clone(), gradient.zeros_like());
        let (_, second) = direction(gradient.clone(), momentum);
        let wanted = values(gradient.mul_scalar(1.95));
        let pairs = values(second).into_iter().zip(wanted);
        assert!(pairs.map(|(a, b)| (a - b).abs()).all(|apart| apart < 1e-5));
        let squares: f32 = values(first).iter().map(|v| v * v).sum::<f32>() / 300.0;
        let root = libm::sqrtf(squares);
        assert!((0.14..0.26).contains(&root), "root mean square {root}");
    }
}
