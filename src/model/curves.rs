//! The gate's curve, `silu(x) = x * sigmoid(x)`, cheap enough for a CPU.
//!
//! The CPU engine evaluates exponentials one number at a time, which makes them cost as much as a
//! matrix product; sums and products run on vectors. So on the CPU the sigmoid is a quotient of two
//! polynomials, built from those alone (which also makes it the same on every machine). On a GPU the
//! built-in sigmoid is one kernel and stays.

use burn::tensor::{Device, Tensor, activation};

/// Beyond this the sigmoid is 0 or 1 to single precision.
const EDGE: f32 = 16.0;
/// `sigmoid(x) = 1/2 + x * N(x^2) / D(x^2)`: coefficients of N by rising power, fitted by us with
/// reweighted least squares for the smallest relative error on `[-16, 16]` (6.5e-9 before rounding).
const NUMERATOR: [f64; 5] = [
    0.249_999_998_408_904_1,
    0.008_402_838_257_543_018,
    0.000_055_807_020_762_037_53,
    8.552_932_920_925_65e-8,
    1.487_461_135_553_953_5e-11,
];
/// Coefficients of D by rising power.
const DENOMINATOR: [f64; 5] = [
    1.0,
    0.116_944_671_396_461_84,
    0.001_635_289_885_992_486_7,
    5.330_274_941_931_110_5e-6,
    3.329_268_922_970_599e-9,
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

/// `1 / (1 + exp(-x))` of a plain tensor, to 2e-7.
fn sigmoid<const D: usize>(x: Tensor<D>) -> Tensor<D> {
    if x.device() != Device::flex() {
        return activation::sigmoid(x);
    }
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

    #[test]
    fn value_and_slope_follow_the_definition() {
        let points: Vec<f32> = (-4000..=4000).map(|i| i as f32 * 0.005).collect();
        let count = points.len();
        let data = TensorData::new(points.clone(), [count]);
        let x = Tensor::<1>::from_data(data, &Device::flex())
            .autodiff()
            .require_grad();
        let y = silu(x.clone());
        let slope = x.grad(&y.clone().sum().backward()).unwrap();
        let y = y
            .without_autodiff()
            .into_data()
            .try_into_vec::<f32>()
            .unwrap();
        let slope = slope.into_data().try_into_vec::<f32>().unwrap();
        for ((x, y), slope) in points.into_iter().zip(y).zip(slope) {
            let x = f64::from(x);
            let sigmoid = 1.0 / (1.0 + (-x).exp());
            assert!(
                (f64::from(y) - x * sigmoid).abs() < 3e-7 * (1.0 + x.abs()),
                "{x} {y}"
            );
            let exact = sigmoid * (1.0 + x * (1.0 - sigmoid));
            assert!(
                (f64::from(slope) - exact).abs() < 3e-7 * (1.0 + x.abs()),
                "{x} {slope} {exact}"
            );
        }
    }
}
