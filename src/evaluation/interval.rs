//! How far a figure from a few answers may be from the truth: 95 % intervals.
//!
//! Every interval resamples prompts ([`super::bootstrap`]). Where all answers agree there is
//! nothing to resample, and a bootstrap would claim certainty after three prompts; there Wilson's
//! interval says how seldom the other answer may be: none of 300 is still compatible with 1.3 %.

use super::bootstrap;
use super::report::Estimate;

/// The normal quantile of a two-sided 95 % interval.
const Z: f64 = 1.959_963_984_540_054;

/// A share. Of nothing at all: 0, and anything is possible.
pub fn share(name: &str, hits: &[bool]) -> Estimate {
    let (count, hit) = (hits.len(), hits.iter().filter(|hit| **hit).count());
    if count == 0 {
        return Estimate::of(0.0, 0.0, 1.0);
    }
    let value = hit as f64 / count as f64;
    let (low, high) = if hit == 0 || hit == count {
        wilson(hit, count)
    } else {
        let resampled = bootstrap::interval(name, count, |drawn| {
            let times = hits.iter().zip(drawn).filter(|(hit, _)| **hit);
            let sum: u32 = times.map(|(_, times)| *times).sum();
            Some(f64::from(sum) / count as f64)
        });
        resampled.unwrap_or((0.0, 1.0))
    };
    Estimate::of(value, low, high)
}

/// A mean of ratings on the scale `least..=most`. Of nothing at all: the least, and anything is
/// possible. Where all ratings are the same, others may be as frequent as Wilson's interval
/// allows, and anywhere on the scale.
pub fn mean(name: &str, ratings: &[u8], least: u8, most: u8) -> Estimate {
    let (count, bottom, top) = (ratings.len(), f64::from(least), f64::from(most));
    let Some(first) = ratings.first() else {
        return Estimate::of(bottom, bottom, top);
    };
    let sum: u32 = ratings.iter().map(|rating| u32::from(*rating)).sum();
    let value = f64::from(sum) / count as f64;
    let (low, high) = if ratings.iter().all(|rating| rating == first) {
        let others = wilson(0, count).1;
        let towards = |end: f64| value + others * (end - value);
        (towards(bottom), towards(top))
    } else {
        let resampled = bootstrap::interval(name, count, |drawn| {
            let pairs = ratings.iter().zip(drawn);
            let sum: u32 = pairs
                .map(|(rating, times)| u32::from(*rating) * times)
                .sum();
            Some(f64::from(sum) / count as f64)
        });
        resampled.unwrap_or((bottom, top))
    };
    Estimate::of(value, low, high)
}

/// The perplexity of texts: the exponential of their mean nats a token, every token weighing the
/// same, with texts resampled. `texts` holds nats and tokens of each.
pub fn perplexity(name: &str, texts: &[(f64, u32)]) -> Estimate {
    let figure = |drawn: &[u32]| each_token(texts, drawn).map(libm::exp);
    // A model that gives every next token its due has perplexity 1, and none can be better.
    let value = figure(&vec![1; texts.len()]).unwrap_or(1.0);
    let (low, high) = bootstrap::interval(name, texts.len(), figure).unwrap_or((value, value));
    Estimate::of(value, low, high)
}

/// Mean nats a token of texts, each of which was drawn so many times.
pub(super) fn each_token(texts: &[(f64, u32)], drawn: &[u32]) -> Option<f64> {
    let (mut nats, mut tokens) = (0.0, 0.0);
    for ((cost, length), times) in texts.iter().zip(drawn) {
        nats += cost * f64::from(*times);
        tokens += f64::from(*length) * f64::from(*times);
    }
    (tokens > 0.0).then_some(nats / tokens)
}

/// A share of cases of which some count half: a comparison that ended in a draw. Of nothing at all:
/// one half, and anything is possible.
///
/// Wilson's interval (E. B. Wilson, Journal of the American Statistical Association 22, 1927) with
/// the draws entered as half a hit each, as the Mann-Whitney statistic counts them. A case that can
/// be a half varies less than one that is a hit or none, by a quarter of the share of draws: the
/// interval is a little wider than it need be, never narrower.
pub fn share_with_halves(halves: usize, count: usize) -> Estimate {
    if count == 0 {
        return Estimate::of(0.5, 0.0, 1.0);
    }
    let value = halves.min(2 * count) as f64 / (2 * count) as f64;
    let (low, high) = wilson_of(value, count);
    Estimate::of(value, low, high)
}

/// A share that so many units all have: other units may be as frequent as Wilson's interval allows.
pub fn share_of_units(share: f64, units: usize) -> Estimate {
    if units == 0 {
        return Estimate::of(share, 0.0, 1.0);
    }
    let (low, high) = wilson_of(share, units);
    Estimate::of(share, low, high)
}

/// Wilson's interval of a share, which stays inside 0..1 and is honest about 0 of n.
pub(super) fn wilson(hits: usize, count: usize) -> (f64, f64) {
    wilson_of(hits.min(count) as f64 / count as f64, count)
}

/// The same for a share that may lie between two whole numbers of hits.
fn wilson_of(p: f64, count: usize) -> (f64, f64) {
    let n = count as f64;
    let under = 1.0 + Z * Z / n;
    let middle = (p + Z * Z / (2.0 * n)) / under;
    let half = Z / under * libm::sqrt(p * (1.0 - p) / n + Z * Z / (4.0 * n * n));
    // At the ends the formula meets p exactly; rounding must not put p outside.
    ((middle - half).clamp(0.0, p), (middle + half).clamp(p, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: Estimate, value: f32, low: f32, high: f32, slack: f32) {
        assert!((found.value - value).abs() < 1e-5, "{found:?} and {value}");
        for (found, wanted) in [(found.low, low), (found.high, high)] {
            assert!((found - wanted).abs() < slack, "{found} and {wanted}");
        }
    }

    fn hits(yes: usize, count: usize) -> Vec<bool> {
        (0..count).map(|place| place < yes).collect()
    }

    #[test]
    fn shares_are_resampled_and_unanimous_ones_follow_wilson() {
        // Normal interval of 60 of 300: 0.2 -+ 1.96 * sqrt(0.16 / 300) = 0.2 -+ 0.0453.
        close(share("s", &hits(60, 300)), 0.2, 0.1547, 0.2453, 0.008);
        close(share("s", &hits(0, 40)), 0.0, 0.0, 0.0876, 5e-4);
        close(share("s", &hits(40, 40)), 1.0, 0.9124, 1.0, 5e-4);
        close(share("s", &[]), 0.0, 0.0, 1.0, 1e-6);
        close(share("s", &hits(0, 300)), 0.0, 0.0, 0.0126, 5e-4);
    }

    #[test]
    fn wilson_as_in_the_books() {
        let (low, high) = wilson(8, 40);
        assert!((low - 0.105).abs() < 5e-4 && (high - 0.348).abs() < 5e-4);
    }

    #[test]
    fn draws_count_half() {
        // Seven and a half of ten, by hand: middle (0.75 + 0.19207) / 1.38415 = 0.68063, half
        // 1.96 / 1.38415 * sqrt(0.01875 + 0.0096037) = 0.23844.
        close(share_with_halves(15, 10), 0.75, 0.4422, 0.9191, 5e-4);
        close(share_with_halves(16, 20), 0.4, 0.2188, 0.6134, 5e-4);
        close(share_with_halves(20, 10), 1.0, 0.7225, 1.0, 5e-4);
        close(share_with_halves(0, 0), 0.5, 0.0, 1.0, 1e-6);
    }

    #[test]
    fn means_and_their_limits() {
        // 1..7 evenly, 20 times: deviation 2.0, so half is 1.96 * 2.0 / sqrt(140) = 0.331.
        let even: Vec<u8> = (0..140).map(|place| place % 7 + 1).collect();
        close(mean("m", &even, 1, 7), 4.0, 3.669, 4.331, 0.05);
        let steep = mean("m", &[7, 7, 7, 1], 1, 7);
        assert!((steep.value - 5.5).abs() < 1e-6 && steep.low < 5.5 && steep.high <= 7.0);
        // Wilson allows 8.76 % others after 40 equal ones: 5 - 0.0876 * 4, and 5 + 0.0876 * 2.
        close(mean("m", &[5; 40], 1, 7), 5.0, 4.6496, 5.1752, 1e-3);
        close(mean("m", &[], 1, 7), 1.0, 1.0, 7.0, 1e-6);
    }

    #[test]
    fn perplexity_weighs_tokens_and_resamples_texts() {
        let two = libm::log(2.0);
        let coin = perplexity("p", &[(2.0 * two, 2), (5.0 * two, 5)]);
        close(coin, 2.0, 2.0, 2.0, 1e-5);
        let texts: Vec<(f64, u32)> = (0..200).map(|i| (f64::from(i % 5), 10)).collect();
        let found = perplexity("p", &texts);
        close(found, 1.221_403, 1.198, 1.245, 0.004);
        close(perplexity("p", &[]), 1.0, 1.0, 1.0, 1e-6);
    }
}
