//! Choosing the next token from logits, on the host.
//!
//! The softmax runs here with the CPU engine's kernels, not on the device, so that the same logits and the same
//! generator choose the same token on every engine.

use crate::cpu::lanes::{exponential, widest};
use crate::cpu::softmax::log_sum_exp;
use rand_core::Rng;

use super::error::ModelError;

/// How texts are continued.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sampling {
    /// Divides the logits; 0 always takes the likeliest token.
    pub temperature: f32,
    /// Only this many likeliest tokens are candidates; 0 means all.
    pub top_k: usize,
    /// Only tokens at least this many times as likely as the likeliest one, after temperature, are
    /// candidates; 0 means all (min-p sampling, Nguyen et al. 2024).
    pub min_p: f32,
    /// At most this many new tokens.
    pub max_new_tokens: usize,
}

impl Sampling {
    /// [`Sampling::min_p`] where nobody chose another.
    ///
    /// A small model smooths what it learned: a per cent or so of each choice goes to words nobody
    /// would say there, and thirty choices in a row make that many spoilt sentences. Cutting the
    /// tail takes the smoothing back (Hewitt et al. 2022) and leaves real choices alone.
    pub const MIN_P: f32 = 0.05;

    /// How the village's people speak.
    pub fn speaking(temperature: f32, min_p: f32, max_new_tokens: usize) -> Self {
        Self {
            temperature,
            top_k: 0,
            min_p,
            max_new_tokens,
        }
    }

    /// Checks the temperature.
    ///
    /// # Errors
    /// [`ModelError::Temperature`] unless it is zero or a positive number.
    pub fn validate(&self) -> Result<(), ModelError> {
        if self.temperature.is_finite() && self.temperature >= 0.0 {
            Ok(())
        } else {
            Err(ModelError::Temperature(self.temperature))
        }
    }
}

/// A chosen token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice {
    /// The token.
    pub token: u32,
    /// Natural logarithm of the probability the model itself gave it, before temperature, top-k
    /// and min-p.
    pub log_probability: f32,
}

/// Chooses a token. A positive temperature draws exactly one 32-bit number from the generator,
/// zero draws none. Equal logits are ordered by token.
///
/// # Errors
/// [`ModelError::NotANumber`] if a logit is not finite.
pub fn choose(
    logits: &[f32],
    sampling: &Sampling,
    rng: &mut impl Rng,
) -> Result<Choice, ModelError> {
    if logits.is_empty() || logits.iter().any(|logit| !logit.is_finite()) {
        return Err(ModelError::NotANumber);
    }
    let best = likeliest(logits);
    let token = if sampling.temperature <= 0.0 {
        best
    } else {
        draw(logits, best, sampling, rng)
    };
    let log_probability = logits[token] - log_sum_exp(logits);
    Ok(Choice {
        token: token as u32,
        log_probability,
    })
}

fn likeliest(logits: &[f32]) -> usize {
    let mut best = 0;
    for (index, &logit) in logits.iter().enumerate() {
        if logit > logits[best] {
            best = index;
        }
    }
    best
}

fn draw(logits: &[f32], best: usize, sampling: &Sampling, rng: &mut impl Rng) -> usize {
    let mut candidates: Vec<usize> = (0..logits.len()).collect();
    if sampling.top_k > 0 && sampling.top_k < candidates.len() {
        let order = |a: &usize, b: &usize| logits[*b].total_cmp(&logits[*a]).then(a.cmp(b));
        candidates.select_nth_unstable_by(sampling.top_k - 1, order);
        candidates.truncate(sampling.top_k);
        candidates.sort_unstable();
    }
    let top = logits[best];
    let weights = widest(
        #[inline(always)]
        || {
            let weights = candidates.iter().map(|&index| {
                let weight = exponential((logits[index] - top) / sampling.temperature);
                // The likeliest weighs 1.
                if weight < sampling.min_p { 0.0 } else { weight }
            });
            weights.collect::<Vec<f32>>()
        },
    );
    let total: f32 = weights.iter().sum();
    // 24 random bits make a number in [0, 1) that a float holds exactly.
    let mut rest = (rng.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0) * total;
    for (index, weight) in candidates.into_iter().zip(weights) {
        if rest < weight {
            return index;
        }
        rest -= weight;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn sampling(temperature: f32, top_k: usize) -> Sampling {
        Sampling {
            temperature,
            top_k,
            min_p: 0.0,
            max_new_tokens: 1,
        }
    }

    #[test]
    fn frequencies_follow_the_softmax() {
        let logits = [0.0f32, 1.0, 2.0, -1.0];
        let mut rng = ChaCha8Rng::seed_from_u64(3);
        let mut counts = [0u32; 4];
        for _ in 0..20_000 {
            let choice = choose(&logits, &sampling(0.5, 0), &mut rng).unwrap();
            counts[choice.token as usize] += 1;
        }
        let weights = logits.map(|logit| (logit / 0.5).exp());
        let total: f32 = weights.iter().sum();
        for (count, weight) in counts.iter().zip(weights) {
            assert!(
                (*count as f32 / 20_000.0 - weight / total).abs() < 0.01,
                "{counts:?}"
            );
        }
    }

    #[test]
    fn min_p_cuts_the_tail_and_nothing_else() {
        // Shares 1, 0.5, 0.049 and 0.051 of the likeliest.
        let logits = [1.0f32, 0.5, 0.049, 0.051].map(f32::ln);
        let cut = Sampling {
            min_p: 0.05,
            ..sampling(1.0, 0)
        };
        let mut rng = ChaCha8Rng::seed_from_u64(4);
        let mut counts = [0u32; 4];
        for _ in 0..20_000 {
            counts[choose(&logits, &cut, &mut rng).unwrap().token as usize] += 1;
        }
        assert_eq!(counts[2], 0);
        let share = |count: u32| f64::from(count) / 20_000.0;
        assert!((share(counts[1]) - 0.5 / 1.551).abs() < 0.01, "{counts:?}");
        assert!(
            (share(counts[3]) - 0.051 / 1.551).abs() < 0.005,
            "{counts:?}"
        );
    }

    #[test]
    fn top_k_and_zero_temperature_limit_the_choice() {
        let logits = [1.0f32, 3.0, 2.0, 3.0];
        let mut rng = ChaCha8Rng::seed_from_u64(1);
        assert_eq!(
            choose(&logits, &sampling(0.0, 0), &mut rng).unwrap().token,
            1
        );
        let mut seen = [false; 4];
        for _ in 0..200 {
            seen[choose(&logits, &sampling(2.0, 2), &mut rng).unwrap().token as usize] = true;
        }
        assert_eq!(seen, [false, true, false, true]);
        let choice = choose(&[0.0, 0.0], &sampling(0.7, 0), &mut rng).unwrap();
        assert!((choice.log_probability - 0.5f32.ln()).abs() < 1e-6);
        let bad = choose(&[0.0, f32::NAN], &sampling(1.0, 0), &mut rng);
        assert_eq!(bad, Err(ModelError::NotANumber));
    }
}
