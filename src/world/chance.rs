//! Drawing by chance, the same on every platform.
//!
//! Everything is built from 32-bit words of a generator the caller owns, so a 64-bit desktop and
//! a 32-bit browser draw the same village from the same seed. Every draw tells the generator how
//! likely its outcome was: an ordinary one does not listen, a [`Ledger`] keeps the account.

use core::convert::Infallible;
use rand_core::{Rng, TryRng};

/// Where draws come from: any generator of random words, or a [`Ledger`] around one.
pub trait Tally {
    /// The next random word.
    fn word(&mut self) -> u32;

    /// Hears how likely the outcome of a draw was, 0 to 1. Only a [`Ledger`] cares.
    fn note(&mut self, _probability: f32) {}
}

impl<R: Rng + ?Sized> Tally for R {
    fn word(&mut self) -> u32 {
        self.next_u32()
    }
}

/// Draws from another generator, and adds up how surprising the draws were. That is how the corpus
/// knows its own entropy, against which a model's loss is read.
#[derive(Debug)]
pub struct Ledger<'a, R: Tally> {
    source: &'a mut R,
    nats: f64,
}

impl<'a, R: Tally> Ledger<'a, R> {
    /// An empty account over a generator. What is drawn is what the generator would have drawn.
    pub fn new(source: &'a mut R) -> Self {
        Self { source, nats: 0.0 }
    }

    /// The nats spent since the last settling, or since the beginning; the account is empty then.
    pub fn settle(&mut self) -> f64 {
        core::mem::take(&mut self.nats)
    }
}

impl<R: Tally> Tally for Ledger<'_, R> {
    fn word(&mut self) -> u32 {
        self.source.word()
    }

    fn note(&mut self, probability: f32) {
        // Rounding may put a certainty a little above one, and nothing impossible is ever drawn.
        self.nats -= libm::log(f64::from(probability).clamp(f64::MIN_POSITIVE, 1.0));
        self.source.note(probability);
    }
}

/// A uniform whole number below `n`, without bias. Returns 0 when `n` is 0.
pub fn below(rng: &mut impl Tally, n: u32) -> u32 {
    if n <= 1 {
        return 0;
    }
    // Values under this threshold would make some results more frequent than others.
    let threshold = n.wrapping_neg() % n;
    loop {
        let product = u64::from(rng.word()) * u64::from(n);
        if (product & 0xffff_ffff) >= u64::from(threshold) {
            rng.note(1.0 / n as f32);
            return (product >> 32) as u32;
        }
    }
}

/// One item, each equally likely.
///
/// # Panics
/// When `items` is empty: that is a mistake of the calling code, never of a user's input.
pub fn choose<'a, T>(rng: &mut impl Tally, items: &'a [T]) -> &'a T {
    &items[below(rng, items.len() as u32) as usize]
}

/// The index of one weight, likely in proportion to it; weights need not sum to one. Weights that
/// are negative or not finite count as zero; without any positive weight the answer is 0.
pub fn weighted(rng: &mut impl Tally, weights: &[f32]) -> usize {
    let clean = |w: f32| if w.is_finite() && w > 0.0 { w } else { 0.0 };
    let total: f32 = weights.iter().fold(0.0, |sum, &w| sum + clean(w));
    let mut left = unit(rng) * total;
    let mut drawn = 0;
    for (index, &weight) in weights.iter().enumerate() {
        let weight = clean(weight);
        if weight > 0.0 {
            drawn = index;
            if left < weight {
                break;
            }
            left -= weight;
        }
    }
    if total > 0.0 {
        rng.note(clean(weights[drawn]) / total);
    }
    drawn
}

/// True with probability `p` (0 or less: never; 1 or more: always).
pub fn chance(rng: &mut impl Tally, p: f32) -> bool {
    let happens = unit(rng) < p;
    rng.note(if happens { p } else { 1.0 - p });
    happens
}

/// Puts the items in random order (Fisher and Yates).
pub fn shuffle<T>(rng: &mut impl Tally, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last as u32 + 1) as usize);
    }
}

/// A uniform number from 0 (included) to 1 (excluded), in steps of 2 to the power of -24. It is
/// not noted: how surprising it was depends on what the caller makes of it.
pub fn unit(rng: &mut impl Tally) -> f32 {
    (rng.word() >> 8) as f32 * (1.0 / 16_777_216.0)
}

/// A stable 32-bit fingerprint of a text (FNV-1a, bits mixed once more at the end). The splits
/// between training and test hang on it, so it must never change.
pub fn fingerprint(text: &str) -> u32 {
    let mut hash = 0x811c_9dc5_u32;
    for byte in text.bytes() {
        hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    hash ^= hash >> 16;
    hash = hash.wrapping_mul(0x85eb_ca6b);
    hash ^ (hash >> 13)
}

/// A tiny generator (SplitMix64) for what must be the same in every run, such as the test suites.
/// Runs draw from the laboratory's seeded streams instead.
#[derive(Clone, Debug)]
pub(crate) struct Fixed(u64);

impl Fixed {
    /// A generator that depends on a name only.
    pub(crate) fn named(name: &str) -> Self {
        Self(u64::from(fingerprint(name)))
    }
}

impl TryRng for Fixed {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = self.0;
        word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(word ^ (word >> 31))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_are_in_range_and_even() {
        let rng = &mut Fixed::named("even");
        let mut counts = [0_u32; 7];
        for _ in 0..70_000 {
            counts[below(rng, 7) as usize] += 1;
        }
        assert!(
            counts.iter().all(|c| (9_600..10_400).contains(c)),
            "{counts:?}"
        );
        assert_eq!(below(rng, 0), 0);
        assert!((0..10_000).all(|_| (0.0..1.0).contains(&unit(rng))));
    }

    #[test]
    fn weights_are_obeyed() {
        let rng = &mut Fixed::named("weights");
        let mut counts = [0_u32; 4];
        for _ in 0..40_000 {
            counts[weighted(rng, &[1.0, f32::NAN, 3.0, -2.0])] += 1;
        }
        assert_eq!((counts[1], counts[3]), (0, 0));
        assert!((9_500..10_500).contains(&counts[0]), "{counts:?}");
        assert_eq!(weighted(rng, &[]), 0);
    }

    #[test]
    fn shuffling_keeps_every_item_and_fingerprints_stay() {
        let mut items: Vec<u32> = (0..50).collect();
        shuffle(&mut Fixed::named("deck"), &mut items);
        assert_ne!(items, (0..50).collect::<Vec<_>>());
        items.sort_unstable();
        assert_eq!(items, (0..50).collect::<Vec<_>>());
        assert_ne!(fingerprint("coat"), fingerprint("boat"));
    }

    #[test]
    fn a_ledger_counts_the_surprise_and_changes_nothing() {
        let draws = |rng: &mut dyn FnMut() -> u32| (0..6).map(|_| rng()).collect::<Vec<_>>();
        let (mut plain, mut source) = (Fixed::named("ledger"), Fixed::named("ledger"));
        let mut ledger = Ledger::new(&mut source);
        let expected = draws(&mut || below(&mut plain, 8));
        assert_eq!(draws(&mut || below(&mut ledger, 8)), expected);
        assert!((ledger.settle() - 6.0 * 8_f64.ln()).abs() < 1e-6);
        assert_eq!(ledger.settle(), 0.0);

        // A fair average over many draws is the entropy of the weights.
        let weights = [0.5, 0.25, 0.25, f32::NAN];
        for _ in 0..20_000 {
            weighted(&mut ledger, &weights);
        }
        let mean = ledger.settle() / 20_000.0;
        assert!((mean - 1.5 * 2_f64.ln()).abs() < 0.01, "{mean}");

        chance(&mut ledger, 1.0);
        chance(&mut ledger, 0.0);
        chance(&mut ledger, 7.0);
        below(&mut ledger, 1);
        weighted(&mut ledger, &[]);
        assert_eq!(ledger.settle(), 0.0, "what is certain costs nothing");
        shuffle(&mut ledger, &mut [1, 2, 3]);
        assert!((ledger.settle() - 6_f64.ln()).abs() < 1e-6);
    }
}
