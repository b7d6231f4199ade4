//! The gate's curve, `silu(x) = x * sigmoid(x)`, cheap enough for a browser's CPU.
//!
//! WebAssembly has no fast exponential: one number costs as much as twenty vector sums or products,
//! and the gates of a training step as much as their matrix products. So there the sigmoid is a
//! quotient of two polynomials. A native processor and a GPU do better with the built-in one.

use burn::tensor::{Device, Tensor, activation};

/// Beyond this the sigmoid is 0 or 1 to single precision.
const EDGE: f32 = 16.0;
/// `sigmoid(x) = 1/2 + x * N(x^2) / D(x^2)`: coefficients of N by rising power, fitted by us with
/// reweighted least squares for the smallest relative error on `[-16, 16]` (6.5e-9 before rounding).
const NUMERATOR: [f64; 5] = [
    0.249999998,
    0.00840283826,
    5.58070208e-05,
    8.55293292e-08,
    1.48746114e-11,
];
/// Coefficients of D by rising power.
const DENOMINATOR: [f64; 5] = [
    1.0,
    0.116944671,
    0.00163528989,
    5.33027494e-06,
    3.32926892e-09,
];

/// `x * sigmoid(x)`, element by element, with a gradient.
///
/// The gradient is attached by hand: the value and the slope are computed once, outside the tape,
/// and `value + (x - x) * slope` hands the slope to it, so going back is a single product.
pub fn silu<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let tracked = x.device().is_autodiff();
    let fixed = x.clone().without_autodiff();
    let sigmoid = sigmoid(fixed.clone());
    let value = fixed.clone() * sigmoid.clone();
    if !tracked {
        return value;
    }
    let slope = sigmoid.clone() + value.clone() - value.clone() * sigmoid;
    (x - fixed) * slope + value
}

/// `1 / (1 + exp(-x))` of a plain tensor.
fn sigmoid<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    if cfg!(target_family = "wasm") && x.device() == Device::flex() {
        rational_sigmoid(x)
    } else {
        activation::sigmoid(x)
    }
}

/// `1 / (1 + exp(-x))` to 2e-7, from sums and products alone.
fn rational_sigmoid<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    let x = x.clamp(-EDGE, EDGE);
    let square = x.clone() * x.clone();
    let quotient = x * polynomial(&square, NUMERATOR) / polynomial(&square, DENOMINATOR);
    quotient.add_scalar(0.5)
}

/// Horner's scheme.
fn polynomial<const D: usize>(x: &Tensor<D>, coefficients: [f64; 5]) -> Tensor<D> {
    let [c0, c1, c2, c3, c4] = coefficients;
    let mut sum = x.clone().mul_scalar(c4).add_scalar(c3);
    for coefficient in [c2, c1, c0] {
        sum = (sum * x.clone()).add_scalar(coefficient);
    }
    sum
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use burn::tensor::TensorData;

    fn points() -> (Vec<f64>, Tensor<1>) {
        let points: Vec<f32> = (-4000..=4000).map(|i| i as f32 * 0.005).collect();
        let data = TensorData::new(points.clone(), [points.len()]);
        let tensor = Tensor::from_data(data, &Device::flex());
        (points.into_iter().map(f64::from).collect(), tensor)
    }

    fn values(tensor: Tensor<1>) -> Vec<f64> {
        let values = tensor.into_data().try_into_vec::<f32>().unwrap();
        values.into_iter().map(f64::from).collect()
    }

    fn exact(x: f64) -> f64 {
        1.0 / (1.0 + (-x).exp())
    }

    #[test]
    fn the_rational_sigmoid_is_the_sigmoid() {
        let (points, x) = points();
        for (x, y) in points.into_iter().zip(values(rational_sigmoid(x))) {
            assert!((y - exact(x)).abs() < 2e-7, "{x} {y}");
        }
    }

    #[test]
    fn value_and_slope_follow_the_definition() {
        let (points, x) = points();
        let x = x.autodiff().require_grad();
        let y = silu(x.clone());
        let slope = x.grad(&y.clone().sum().backward()).unwrap();
        let (y, slope) = (values(y.without_autodiff()), values(slope));
        for ((x, y), slope) in points.into_iter().zip(y).zip(slope) {
            let sigmoid = exact(x);
            assert!((y - x * sigmoid).abs() < 2e-6, "{x} {y}");
            let exact = sigmoid * (1.0 + x * (1.0 - sigmoid));
            assert!((slope - exact).abs() < 2e-6, "{x} {slope} {exact}");
        }
    }
}
