//! A small private stream of chance for each interaction.
//!
//! All seeds of a round are drawn from the society's generator when the round begins, one per
//! agent in agent order. What happens within an interaction (order of feedback, observers' noise)
//! draws from its own stream, so it cannot depend on how many agents play at the same time or on
//! the order in which their texts arrive. The generator itself is made by whoever owns the seed.

use rand_core::{Infallible, TryRng};
use serde::{Deserialize, Serialize};

/// SplitMix64: one 64-bit word of state, enough for the few dozen numbers an interaction needs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Luck(u64);

impl Luck {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn step(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }
}

impl TryRng for Luck {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        // The upper half is the better mixed one.
        Ok((self.step() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.step())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.step().to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_core::Rng;

    #[test]
    fn the_stream_is_the_published_one() {
        // First outputs of SplitMix64 from the seed 0.
        let mut luck = Luck::new(0);
        assert_eq!(luck.next_u64(), 0xe220_a839_7b1d_cdaf);
        assert_eq!(luck.next_u64(), 0x6e78_9e6a_a1b9_65f4);
        assert_eq!(luck.next_u32(), 0x06c4_5d18);
    }
}
