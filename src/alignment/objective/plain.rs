//! The loss of one question on the host, in f64, with its gradient by hand.

use super::{Objective, best};

/// What one question's candidates come to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The loss, nats.
    pub loss: f64,
    /// `l_best`, nats a token.
    pub imitation: f64,
    /// Sum over the others of `l_other - l_best`, nats a token.
    pub margin_sum: f64,
    /// Pairs whose asked-for margin is not met.
    pub active: usize,
    /// Pairs altogether.
    pub pairs: usize,
    /// Derivative of the loss by each `l`.
    pub gradient: Vec<f64>,
}

/// The loss of one question.
///
/// `losses` are the candidates' mean cross-entropies (nats a token), `scores` their ratings, as
/// many of one as of the other and at least one (nothing comes of nothing: empty input gives a
/// loss of 0).
pub fn outcome(objective: &Objective, losses: &[f64], scores: &[f32]) -> Outcome {
    let mut gradient = vec![0.0; losses.len()];
    let pairs = losses.len().saturating_sub(1);
    let (Some(first), true) = (losses.get(best(scores)), losses.len() == scores.len()) else {
        return Outcome {
            loss: 0.0,
            imitation: 0.0,
            margin_sum: 0.0,
            active: 0,
            pairs: 0,
            gradient,
        };
    };
    let (imitation, best) = (*first, best(scores));
    let share = if pairs == 0 {
        0.0
    } else {
        objective.weight() / pairs as f64
    };
    let (mut loss, mut margin_sum, mut active) = (imitation, 0.0, 0);
    gradient[best] = 1.0;
    for (index, other) in losses
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != best)
    {
        let asked = objective.asked(f64::from(scores[best]) - f64::from(scores[index]));
        let short = imitation - other + asked;
        margin_sum += other - imitation;
        if short > 0.0 {
            active += 1;
            loss += share * short;
            gradient[best] += share;
            gradient[index] -= share;
        }
    }
    Outcome {
        loss,
        imitation,
        margin_sum,
        active,
        pairs,
        gradient,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Contrast;
    use super::*;

    const PUBLISHED: Objective = Objective::SaCpo(Contrast {
        margin: 10.0,
        weight: 0.2,
        scale: 7.0,
    });

    #[test]
    fn three_candidates_by_hand() {
        // asked: (7-3)/7*10 = 5.714286 and (7-6)/7*10 = 1.428571
        // short: 1.5-2.0+5.714286 = 5.214286 and 1.5-4.0+1.428571 = -1.071429 (closed)
        let outcome = outcome(&PUBLISHED, &[2.0, 1.5, 4.0], &[3.0, 7.0, 6.0]);
        assert!(
            (outcome.loss - (1.5 + 0.1 * 5.214_285_714)).abs() < 1e-8,
            "{}",
            outcome.loss
        );
        assert_eq!(outcome.gradient, vec![-0.1, 1.1, 0.0]);
        assert_eq!((outcome.active, outcome.pairs), (1, 2));
        assert_eq!(outcome.imitation, 1.5);
        assert_eq!(outcome.margin_sum, 3.0);
    }

    #[test]
    fn each_pair_has_its_own_hinge() {
        // A mean of hinges, not a hinge of the mean: the pair that is far ahead pays for nobody.
        let outcome = outcome(&PUBLISHED, &[1.0, 1.0, 90.0], &[7.0, 0.0, 0.0]);
        assert!(
            (outcome.loss - (1.0 + 0.1 * 10.0)).abs() < 1e-12,
            "{}",
            outcome.loss
        );
    }

    #[test]
    fn one_candidate_is_imitation_and_ties_go_to_the_first() {
        assert_eq!(outcome(&PUBLISHED, &[2.5], &[1.0]).loss, 2.5);
        let tie = outcome(&PUBLISHED, &[1.0, 3.0], &[5.0, 5.0]);
        assert_eq!((tie.imitation, tie.loss), (1.0, 1.0));
        let supervised = outcome(&Objective::Supervised, &[2.0, 0.5], &[7.0, 1.0]);
        assert_eq!(
            (supervised.loss, supervised.gradient),
            (2.0, vec![1.0, 0.0])
        );
    }

    #[test]
    fn the_gradient_is_the_slope() {
        let losses = [2.1, 1.4, 3.3, 0.2, 2.9];
        let scores = [3.0, 6.5, 1.0, 4.0, 6.0];
        for objective in [
            PUBLISHED,
            Objective::SaCpo(Contrast {
                margin: 1.0,
                weight: 0.5,
                scale: 7.0,
            }),
        ] {
            let analytic = outcome(&objective, &losses, &scores).gradient;
            for index in 0..losses.len() {
                let at = |step: f64| {
                    let mut moved = losses;
                    moved[index] += step;
                    outcome(&objective, &moved, &scores).loss
                };
                let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                assert!(
                    (slope - analytic[index]).abs() < 1e-9,
                    "{index}: {slope} and {}",
                    analytic[index]
                );
            }
        }
    }
}
