//! A loss's gradient on the device.
//!
//! Every objective knows its slope by every token's log-probability on the host. The sum of slopes
//! times log-probabilities has the same gradient as the loss, so that sum is what the device
//! differentiates: one product and one sum, whatever the objective. The price is that the
//! log-probabilities are read back in the middle of a step, a few thousand numbers.

use super::Outcome;
use burn::tensor::{Device, Tensor, TensorData};

/// A tensor of shape `[1]` whose gradient is that of the mean loss over `questions` questions,
/// which is more than `outcomes.len()` where several micro-batches make up a step. Its value is no
/// loss.
///
/// `log_probabilities` `[tokens]` are those of all answers' tokens, question after question;
/// `lengths` says how many each answer has, in the same order.
pub fn linearised(
    log_probabilities: Tensor<1>,
    lengths: &[usize],
    outcomes: &[Outcome],
    questions: usize,
    device: &Device,
) -> Tensor<1> {
    let share = 1.0 / questions.max(1) as f64;
    let slopes = outcomes.iter().flat_map(|outcome| &outcome.slopes);
    let each: Vec<f32> = slopes
        .zip(lengths)
        .flat_map(|(slope, count)| {
            (0..*count).map(move |token| (share * slope.of_token(token, *count)) as f32)
        })
        .collect();
    let count = each.len();
    let each = Tensor::<1>::from_data(TensorData::new(each, [count]), device);
    (log_probabilities * each).sum()
}

#[cfg(test)]
mod tests {
    use super::super::{Answer, Contrast, Objective};
    use super::*;

    #[test]
    fn its_gradient_is_the_slopes() {
        let objective = Objective::SaCpo(Contrast::CORRECTED);
        let rows = [vec![-0.5, -1.5], vec![-0.25, -2.0, -0.75], vec![-3.0]];
        let answers: Vec<Answer> = rows
            .iter()
            .zip([3.0, 6.5, 1.0])
            .map(|(row, score)| Answer::of(row.clone(), score))
            .collect();
        let (one, two) = answers.split_at(2);
        let outcomes = [objective.outcome(one), objective.outcome(two)];
        let values: Vec<f32> = rows.iter().flatten().map(|value| *value as f32).collect();
        let device = Device::flex();
        let values = Tensor::<1>::from_data(TensorData::new(values, [6]), &device)
            .autodiff()
            .require_grad();
        let sum = linearised(values.clone(), &[2, 3, 1], &outcomes, 4, &device);
        let gradient = values.grad(&sum.backward()).unwrap().into_data();
        let gradient: Vec<f32> = gradient.try_to_vec().unwrap();
        let expected = outcomes
            .iter()
            .zip([&[2, 3][..], &[1]])
            .flat_map(|(outcome, lengths)| {
                let pairs = outcome.slopes.iter().zip(lengths);
                pairs
                    .flat_map(|(slope, count)| (0..*count).map(|t| slope.of_token(t, *count) / 4.0))
            });
        for (found, expected) in gradient.iter().zip(expected) {
            assert!(
                (f64::from(*found) - expected).abs() < 1e-7,
                "{found} and {expected}"
            );
        }
    }
}
