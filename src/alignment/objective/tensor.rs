//! The loss of a whole micro-batch on the device, differentiable.
//!
//! All questions at once: a handful of operations however many there are, because on a GPU the
//! number of operations is the price. Only the cross-entropies carry a graph; scores, margins and
//! weights are constants made on the host.

use super::{Objective, best};
use burn::tensor::{Device, Int, Tensor, TensorData, activation};

/// The loss of a micro-batch.
///
/// `losses` `[rows]` are mean cross-entropies of all candidates, question after question;
/// `scores` holds one list a question, in the same order, `rows` scores together. The sum over
/// the questions is divided by `questions`, which is larger than `scores.len()` when several
/// micro-batches make up one step. Returns a tensor of shape `[1]`.
pub fn loss(
    objective: &Objective,
    losses: Tensor<1>,
    scores: &[Vec<f32>],
    questions: usize,
    device: &Device,
) -> Tensor<1> {
    let share = 1.0 / questions.max(1) as f64;
    let (mut best_row, mut asked) = (Vec::new(), Vec::new());
    let (mut imitation, mut hinge) = (Vec::new(), Vec::new());
    for scores in scores {
        let first = best_row.len();
        let best = best(scores);
        let pair = share * objective.weight() / scores.len().saturating_sub(1).max(1) as f64;
        for (index, score) in scores.iter().enumerate() {
            best_row.push((first + best) as i32);
            asked.push(objective.asked(f64::from(scores[best]) - f64::from(*score)) as f32);
            imitation.push(if index == best { share as f32 } else { 0.0 });
            hinge.push(if index == best { 0.0 } else { pair as f32 });
        }
    }
    let rows = best_row.len();
    let constant =
        |values: Vec<f32>| Tensor::<1>::from_data(TensorData::new(values, [rows]), device);
    let contrasted = hinge.iter().any(|weight| *weight > 0.0);
    let imitation = (losses.clone() * constant(imitation)).sum();
    if !contrasted {
        return imitation;
    }
    let best_row = Tensor::<1, Int>::from_data(TensorData::new(best_row, [rows]), device);
    let ahead = losses.clone().select(0, best_row) - losses;
    imitation + (activation::relu(ahead + constant(asked)) * constant(hinge)).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{Contrast, plain};
    use super::*;

    #[test]
    fn loss_and_gradient_are_those_of_the_plain_twin() {
        let objective = Objective::SaCpo(Contrast {
            margin: 10.0,
            weight: 0.2,
            scale: 7.0,
        });
        let values = [2.1f32, 1.4, 3.3, 0.7, 9.0, 1.0, 2.0];
        let scores = vec![vec![3.0, 6.5, 1.0], vec![4.0], vec![2.0, 2.5, 2.5]];
        let device = Device::flex();
        let losses = Tensor::<1>::from_data(TensorData::new(values.to_vec(), [7]), &device)
            .autodiff()
            .require_grad();
        let loss = loss(&objective, losses.clone(), &scores, 4, &device);
        let gradients = loss.backward();
        let found: Vec<f32> = losses
            .grad(&gradients)
            .unwrap()
            .into_data()
            .try_to_vec()
            .unwrap();
        let (mut expected, mut expected_loss, mut first) = (Vec::new(), 0.0, 0);
        for scores in &scores {
            let l: Vec<f64> = values[first..first + scores.len()]
                .iter()
                .map(|v| f64::from(*v))
                .collect();
            let outcome = plain::outcome(&objective, &l, scores);
            expected.extend(outcome.gradient.iter().map(|g| g / 4.0));
            expected_loss += outcome.loss / 4.0;
            first += scores.len();
        }
        for (found, expected) in found.iter().zip(&expected) {
            assert!(
                (f64::from(*found) - expected).abs() < 1e-6,
                "{found} and {expected}"
            );
        }
        let loss: f32 = loss.inner().into_scalar();
        assert!(
            (f64::from(loss) - expected_loss).abs() < 1e-5,
            "{loss} and {expected_loss}"
        );
    }
}
