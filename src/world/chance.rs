//! Drawing by chance, the same on every platform.
//!
//! Everything is built from 32-bit words of a generator the caller owns, so a 64-bit desktop and
//! a 32-bit browser draw the same village from the same seed.

use core::convert::Infallible;
use rand_core::{Rng, TryRng};

/// A uniform whole number below `n`, without bias. Returns 0 when `n` is 0.
pub fn below(rng: &mut impl Rng, n: u32) -> u32 {
    if n <= 1 {
        return 0;
    }
    // Values under this threshold would make some results more frequent than others.
    let threshold = n.wrapping_neg() % n;
    loop {
        let product = u64::from(rng.next_u32()) * u64::from(n);
        if (product & 0xffff_ffff) >= u64::from(threshold) {
            return (product >> 32) as u32;
        }
    }
}

/// One item, each equally likely.
///
/// # Panics
/// When `items` is empty: that is a mistake of the calling code, never of a user's input.
pub fn choose<'a, T>(rng: &mut impl Rng, items: &'a [T]) -> &'a T {
    &items[below(rng, items.len() as u32) as usize]
}

/// The index of one weight, likely in proportion to it; weights need not sum to one. Weights that
/// are negative or not finite count as zero; without any positive weight the answer is 0.
pub fn weighted(rng: &mut impl Rng, weights: &[f32]) -> usize {
    let clean = |w: f32| if w.is_finite() && w > 0.0 { w } else { 0.0 };
    let total: f32 = weights.iter().fold(0.0, |sum, &w| sum + clean(w));
    let mut left = unit(rng) * total;
    let mut last = 0;
    for (index, &weight) in weights.iter().enumerate() {
        let weight = clean(weight);
        if weight > 0.0 {
            last = index;
            if left < weight {
                return index;
            }
            left -= weight;
        }
    }
    last
}

/// True with probability `p` (0 or less: never; 1 or more: always).
pub fn chance(rng: &mut impl Rng, p: f32) -> bool {
    unit(rng) < p
}

/// Puts the items in random order (Fisher and Yates).
pub fn shuffle<T>(rng: &mut impl Rng, items: &mut [T]) {
    for last in (1..items.len()).rev() {
        items.swap(last, below(rng, last as u32 + 1) as usize);
    }
}

/// A uniform number from 0 (included) to 1 (excluded), in steps of 2 to the power of -24.
pub fn unit(rng: &mut impl Rng) -> f32 {
    (rng.next_u32() >> 8) as f32 * (1.0 / 16_777_216.0)
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
}
