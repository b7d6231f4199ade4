//! Which pair is put when, and which of its answers stands first: drawn from a ballot's number.
//!
//! Each round of ten is dealt by itself, so that whoever wants more keeps the ten they have judged.
//! Within a round the trained model stands first in half of the pairs, in an order drawn anew: whoever
//! always chooses the first answer prefers neither model.

use super::{Pool, ROUND};
use crate::lab::seed::{self, Purpose};
use crate::world::chance::{chance, shuffle};

/// A pair as it is put to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dealt {
    /// Its place in the pool.
    pub pair: usize,
    /// Whether the trained model's answer stands first.
    pub trained_first: bool,
}

/// Every pair of a pool in the order in which the ballot of that number has them.
pub fn deal(pool: &Pool, number: u32) -> Vec<Dealt> {
    let seed = u64::from(pool.mark.number()) << 32 | u64::from(number);
    let mut dealt = Vec::with_capacity(pool.pairs.len());
    for begin in (0..pool.pairs.len()).step_by(ROUND) {
        let rng = &mut seed::stream(seed, Purpose::Voting, begin as u64);
        let mut round: Vec<usize> = (begin..pool.pairs.len().min(begin + ROUND)).collect();
        shuffle(rng, &mut round);
        // Of an odd number, either may be first once more than the other.
        let odd = usize::from(chance(rng, 0.5));
        let mut firsts: Vec<bool> = (0..round.len()).map(|at| (at + odd) % 2 == 0).collect();
        shuffle(rng, &mut firsts);
        let pairs = round.into_iter().zip(firsts);
        dealt.extend(pairs.map(|(pair, trained_first)| Dealt {
            pair,
            trained_first,
        }));
    }
    dealt
}
