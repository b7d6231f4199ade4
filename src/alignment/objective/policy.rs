//! Policy gradients towards a reward, with a leash, and the loss that a reward model learns by: what
//! Stable Alignment sets out to do without.

use super::answer::{Answer, Outcome, best, log_sigmoid, sigmoid};

/// The numbers of [`policy_gradient`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leash {
    /// How far a token's probability may move from what it was when it was said before its push ends.
    pub clip: f64,
    /// Weight of the distance from the reference model.
    pub kl_weight: f64,
}

/// Spread of rewards below which they say nothing.
const FLAT: f64 = 1e-8;

/// Group-relative policy optimisation (Shao et al., "DeepSeekMath", 2024), with an answer's score as
/// its reward. With the advantage `A_i = (r_i - mean r) / std r` (the standard deviation of the
/// group as a whole; 0 where all rewards are equal) and the ratio `q = e^(lp - lp_sampled)`:
///
/// `L = -1/n sum_i 1/T_i sum_t [ min(q A_i, clamp(q, 1 - clip, 1 + clip) A_i) - kl_weight * k ]`
///
/// `k = e^(ref - lp) - (ref - lp) - 1` estimates the divergence from the reference model and is
/// never negative. Tokens without a record of how they were sampled are taken to be just sampled.
pub fn policy_gradient(leash: &Leash, answers: &[Answer]) -> Outcome {
    let mut outcome = Outcome::begin(answers);
    let advantages = advantages(answers);
    let share = 1.0 / answers.len().max(1) as f64;
    let first = best(answers);
    for (place, (answer, advantage)) in answers.iter().zip(advantages).enumerate() {
        let each = share / answer.tokens.len().max(1) as f64;
        let mut slopes = Vec::with_capacity(answer.tokens.len());
        for (token, log_probability) in answer.tokens.iter().enumerate() {
            let sampled = answer.sampled_tokens.get(token);
            let ratio = libm::exp(log_probability - sampled.unwrap_or(log_probability));
            let clamped = ratio.clamp(1.0 - leash.clip, 1.0 + leash.clip);
            let (free, held) = (ratio * advantage, clamped * advantage);
            // Where clamping decides, nothing pushes any more.
            let (gain, push) = if free <= held {
                (free, free)
            } else {
                (held, 0.0)
            };
            let (divergence, pull) = match answer.reference_tokens.get(token) {
                Some(reference) => {
                    let gap = reference - log_probability;
                    (libm::expm1(gap) - gap, 1.0 - libm::exp(gap))
                }
                None => (0.0, 0.0),
            };
            outcome.loss -= each * (gain - leash.kl_weight * divergence);
            slopes.push(-each * (push - leash.kl_weight * pull));
        }
        outcome.slopes[place].by_token = slopes;
        if place != first {
            outcome.pair(&answers[first], answer, advantage != 0.0);
        }
    }
    outcome
}

/// How much better each answer's score is than its group's, in standard deviations.
pub fn advantages(answers: &[Answer]) -> Vec<f64> {
    let count = answers.len().max(1) as f64;
    let mean = answers.iter().map(|answer| answer.score).sum::<f64>() / count;
    let variance = answers
        .iter()
        .map(|answer| (answer.score - mean) * (answer.score - mean))
        .sum::<f64>()
        / count;
    let spread = libm::sqrt(variance);
    answers
        .iter()
        .map(|answer| {
            if spread > FLAT {
                (answer.score - mean) / spread
            } else {
                0.0
            }
        })
        .collect()
}

/// The loss of a reward model (Bradley and Terry, 1952; Ouyang et al., 2022), the mean of
/// `-ln sigmoid(p_i - p_j)` over all pairs whose scores say that `i` is better, with its slopes by
/// each predicted reward. 0 where no score differs. `predicted` and `scores` are equally long.
pub fn reward_model(predicted: &[f64], scores: &[f64]) -> (f64, Vec<f64>) {
    let mut slopes = vec![0.0; predicted.len()];
    let (mut loss, mut pairs) = (0.0, 0usize);
    for (i, better) in scores.iter().enumerate().take(predicted.len()) {
        for (j, worse) in scores.iter().enumerate().take(predicted.len()) {
            if better <= worse {
                continue;
            }
            let ahead = predicted[i] - predicted[j];
            let push = sigmoid(-ahead);
            loss -= log_sigmoid(ahead);
            slopes[i] -= push;
            slopes[j] += push;
            pairs += 1;
        }
    }
    let share = 1.0 / pairs.max(1) as f64;
    slopes.iter_mut().for_each(|slope| *slope *= share);
    (loss * share, slopes)
}
