//! Softmax and its logarithm over rows of numbers.

use super::lanes::{exponential, largest, sum, widest};

/// Replaces scores by the softmax of `scale` times the scores.
pub fn softmax(scores: &mut [f32], scale: f32) {
    widest(
        #[inline(always)]
        || {
            let most = largest(scores);
            for score in scores.iter_mut() {
                *score = exponential((*score - most) * scale);
            }
            let share = 1.0 / sum(scores);
            for score in scores.iter_mut() {
                *score *= share;
            }
        },
    );
}

/// The logarithm of the sum of the exponentials of a row.
pub fn log_sum_exp(logits: &[f32]) -> f32 {
    let most = largest(logits);
    let mut shares = 0.0;
    widest(
        #[inline(always)]
        || shares = super::lanes::sum_of(logits, logits, |logit, _| exponential(logit - most)),
    );
    most + libm::logf(shares)
}

/// Log-probabilities of one entry of each row: `logits` is `[rows, width]`. Also gives each row's
/// [`log_sum_exp`].
pub fn log_probabilities(logits: &[f32], targets: &[u32]) -> (Vec<f32>, Vec<f32>) {
    let width = logits.len() / targets.len().max(1);
    let rows = logits.chunks_exact(width.max(1)).zip(targets);
    rows.map(|(row, target)| {
        let all = log_sum_exp(row);
        (row[*target as usize] - all, all)
    })
    .unzip()
}

/// Replaces logits by the slopes by them, given the slope by each row's log-probability of its target.
pub fn log_probabilities_gradient(
    logits: &mut [f32],
    targets: &[u32],
    log_sums: &[f32],
    slopes: &[f32],
) {
    let width = logits.len() / targets.len().max(1);
    widest(
        #[inline(always)]
        || {
            let rows = logits.chunks_exact_mut(width.max(1)).zip(targets);
            for ((row, target), (all, slope)) in rows.zip(log_sums.iter().zip(slopes)) {
                for logit in row.iter_mut() {
                    *logit = -slope * exponential(*logit - all);
                }
                row[*target as usize] += slope;
            }
        },
    );
}
