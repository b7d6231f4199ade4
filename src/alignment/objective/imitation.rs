//! Learning by likelihood: of good answers alone, or of good answers against bad tokens.

use super::answer::{Answer, Outcome, best};

/// Supervised fine-tuning on the best answer: `L = -m_best`, with `m` the mean log-probability a
/// token. With one sampled answer a question this is imitation of everything.
pub fn supervised_best(answers: &[Answer]) -> Outcome {
    let mut outcome = Outcome::begin(answers);
    outcome.loss = outcome.imitation;
    if let Some(slope) = outcome.slopes.get_mut(best(answers)) {
        slope.by_mean = -1.0;
    }
    outcome
}

/// Supervised fine-tuning on every answer whatever its score: `L = -1/n sum_i m_i`.
pub fn supervised_all(answers: &[Answer]) -> Outcome {
    let mut outcome = Outcome::begin(answers);
    let share = 1.0 / answers.len().max(1) as f64;
    for (answer, slope) in answers.iter().zip(&mut outcome.slopes) {
        outcome.loss -= share * answer.mean;
        slope.by_mean = -share;
    }
    outcome
}

/// How near to 1 a probability may come before `1 - p` is taken to be this.
const LEAST: f64 = 1e-6;

/// Unlikelihood (Welleck et al., "Neural Text Generation with Unlikelihood Training", ICLR 2020),
/// with the worse answers of a question as the negative examples:
///
/// `L = -m_best - weight / (n - 1) * sum_{i != best} 1/T_i sum_t ln(1 - p_it)`
///
/// over the answers with a lower score than the best. Below 1e-6, `1 - p` is taken to be 1e-6.
pub fn unlikelihood(weight: f64, answers: &[Answer]) -> Outcome {
    let mut outcome = supervised_best(answers);
    let Some(first) = answers.get(best(answers)) else {
        return outcome;
    };
    let worse: Vec<usize> = worse(answers).collect();
    let share = weight / worse.len().max(1) as f64;
    for place in worse {
        let answer = &answers[place];
        outcome.pair(first, answer, true);
        if answer.tokens.is_empty() {
            let (loss, slope) = unlikely(answer.mean);
            outcome.loss += share * loss;
            outcome.slopes[place].by_mean = share * slope;
            continue;
        }
        let each = share / answer.tokens.len() as f64;
        let found = answer.tokens.iter().map(|token| unlikely(*token));
        let (losses, slopes): (Vec<f64>, Vec<f64>) = found.unzip();
        outcome.loss += each * losses.iter().sum::<f64>();
        outcome.slopes[place].by_token = slopes.iter().map(|slope| each * slope).collect();
    }
    outcome
}

/// `-ln(1 - p)` and its slope by `ln p`.
fn unlikely(log_probability: f64) -> (f64, f64) {
    let probability = libm::exp(log_probability);
    let rest = 1.0 - probability;
    if rest <= LEAST {
        return (-libm::log(LEAST), 0.0);
    }
    (-libm::log(rest), probability / rest)
}

/// Places of the answers with a lower score than the best.
pub(super) fn worse(answers: &[Answer]) -> impl Iterator<Item = usize> + '_ {
    let best = answers.get(best(answers)).map(|best| best.score);
    let lower = move |score: f64| best.is_some_and(|best| score < best);
    let places = answers.iter().enumerate();
    places
        .filter(move |(_, answer)| lower(answer.score))
        .map(|(place, _)| place)
}
