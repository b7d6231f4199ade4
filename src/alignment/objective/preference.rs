//! Objectives over pairs of a better and a worse answer, and over ranks.
//!
//! A question's pairs are its best answer with each one that has a lower score; a loss is the mean
//! over them. Where no score is lower there is nothing to prefer, and the loss is 0.
//! `S_i` is the sum of an answer's log-probabilities, `R_i` that under the reference model, `m_i`
//! the mean a token.

use super::answer::{Answer, Outcome, best, log_sigmoid, sigmoid};
use super::imitation::{supervised_best, worse};

/// The mean over a question's pairs. `pair` gives the loss of one and its slopes by a whole answer's
/// log-probability: of the better, of the worse. `by_sum` says in which unit.
fn over_pairs(
    answers: &[Answer],
    by_sum: bool,
    pair: impl Fn(&Answer, &Answer) -> (f64, f64, f64),
) -> Outcome {
    let mut outcome = Outcome::begin(answers);
    let first = best(answers);
    let worse: Vec<usize> = worse(answers).collect();
    let share = 1.0 / worse.len().max(1) as f64;
    for place in worse {
        let (better, other) = (&answers[first], &answers[place]);
        let (loss, up, down) = pair(better, other);
        outcome.pair(better, other, up != 0.0);
        outcome.loss += share * loss;
        for (place, slope) in [(first, up), (place, down)] {
            let slopes = &mut outcome.slopes[place];
            let part = if by_sum {
                &mut slopes.by_sum
            } else {
                &mut slopes.by_mean
            };
            *part += share * slope;
        }
    }
    outcome
}

/// Direct preference optimisation (Rafailov et al., NeurIPS 2023):
/// `-ln sigmoid(beta * ((S_w - R_w) - (S_l - R_l)))`.
pub fn dpo(beta: f64, answers: &[Answer]) -> Outcome {
    over_pairs(answers, true, |better, worse| {
        let ahead = beta * (better.gain() - worse.gain());
        let push = beta * sigmoid(-ahead);
        (-log_sigmoid(ahead), -push, push)
    })
}

/// Identity preference optimisation (Azar et al., AISTATS 2024): `(h - 1 / (2 beta))^2`, with `h` the
/// difference that [`dpo`] looks at.
pub fn ipo(beta: f64, answers: &[Answer]) -> Outcome {
    over_pairs(answers, true, |better, worse| {
        let off = better.gain() - worse.gain() - 0.5 / beta;
        (off * off, 2.0 * off, -2.0 * off)
    })
}

/// Sequence likelihood calibration (Zhao et al., "SLiC-HF", 2023):
/// `max(0, margin - S_w + S_l) - weight * S_w`. The regularisation is towards the best known answer.
pub fn slic(margin: f64, weight: f64, answers: &[Answer]) -> Outcome {
    let mut outcome = over_pairs(answers, true, |better, worse| {
        let short = margin - better.sum + worse.sum;
        if short > 0.0 {
            (short, -1.0, 1.0)
        } else {
            (0.0, 0.0, 0.0)
        }
    });
    let first = best(answers);
    if let Some(best) = answers.get(first) {
        outcome.loss -= weight * best.sum;
        outcome.slopes[first].by_sum -= weight;
    }
    outcome
}

/// Odds-ratio preference optimisation (Hong et al., EMNLP 2024):
/// `-m_w - weight * ln sigmoid(o_w - o_l)`, with the log-odds `o = m - ln(1 - e^m)` of a token.
pub fn orpo(weight: f64, answers: &[Answer]) -> Outcome {
    let mut outcome = over_pairs(answers, false, |better, worse| {
        let (up, by_up) = log_odds(better.mean);
        let (down, by_down) = log_odds(worse.mean);
        let push = weight * sigmoid(down - up);
        (
            -weight * log_sigmoid(up - down),
            -push * by_up,
            push * by_down,
        )
    });
    let imitation = supervised_best(answers);
    outcome.loss += imitation.loss;
    for (slope, more) in outcome.slopes.iter_mut().zip(imitation.slopes) {
        slope.by_mean += more.by_mean;
    }
    outcome
}

/// How near to certain a token may be before its odds are taken to be no higher.
const CERTAIN: f64 = -1e-6;

/// The log-odds of a mean log-probability, and their slope by it.
fn log_odds(mean: f64) -> (f64, f64) {
    let mean = mean.min(CERTAIN);
    let rest = -libm::expm1(mean);
    (mean - libm::log(rest), 1.0 / rest)
}

/// Simple preference optimisation (Meng et al., NeurIPS 2024):
/// `-ln sigmoid(beta * (m_w - m_l) - gamma)`.
pub fn simpo(beta: f64, gamma: f64, answers: &[Answer]) -> Outcome {
    over_pairs(answers, false, |better, worse| {
        let ahead = beta * (better.mean - worse.mean) - gamma;
        let push = beta * sigmoid(-ahead);
        (-log_sigmoid(ahead), -push, push)
    })
}

/// Rank responses to align human feedback (Yuan et al., NeurIPS 2023):
/// `sum_{r_i < r_j} max(0, m_i - m_j) - m_best`, over all pairs of different scores.
pub fn rrhf(answers: &[Answer]) -> Outcome {
    let mut outcome = supervised_best(answers);
    for (i, low) in answers.iter().enumerate() {
        for (j, high) in answers.iter().enumerate() {
            if low.score >= high.score {
                continue;
            }
            let short = low.mean - high.mean;
            outcome.pair(high, low, short > 0.0);
            if short > 0.0 {
                outcome.loss += short;
                outcome.slopes[i].by_mean += 1.0;
                outcome.slopes[j].by_mean -= 1.0;
            }
        }
    }
    outcome
}

/// The numbers of [`kto`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prospect {
    /// How far the model may leave the reference.
    pub beta: f64,
    /// Weight of desirable answers.
    pub desirable: f64,
    /// Weight of undesirable ones.
    pub undesirable: f64,
    /// Scores from this one on are desirable.
    pub threshold: f64,
    /// How much likelier answers are than under the reference model whatever was asked, nats, at
    /// least 0: what a gain is compared with. It carries no gradient.
    pub reference_point: f64,
}

/// Kahneman-Tversky optimisation (Ethayarajh et al., ICML 2024), the mean over all answers of
/// `w * (1 - sigmoid(beta * (g - z)))` for desirable and `w * (1 - sigmoid(beta * (z - g)))` for
/// undesirable ones, with the gain `g = S - R` and the reference point `z`.
pub fn kto(prospect: &Prospect, answers: &[Answer]) -> Outcome {
    let mut outcome = Outcome::begin(answers);
    let share = 1.0 / answers.len().max(1) as f64;
    let first = best(answers);
    for (place, answer) in answers.iter().enumerate() {
        let (sign, weight) = if answer.score >= prospect.threshold {
            (1.0, prospect.desirable)
        } else {
            (-1.0, prospect.undesirable)
        };
        let value = sigmoid(sign * prospect.beta * (answer.gain() - prospect.reference_point));
        outcome.loss += share * weight * (1.0 - value);
        let slope = -share * weight * sign * prospect.beta * value * (1.0 - value);
        outcome.slopes[place].by_sum += slope;
        if place != first {
            outcome.pair(&answers[first], answer, slope != 0.0);
        }
    }
    outcome
}
