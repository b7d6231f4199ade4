//! The only place where generators are made.
//!
//! One seed gives one ChaCha8 stream for each purpose, so that drawing more numbers for one
//! purpose never changes another. What a sequence of tokens draws depends on its own identity and
//! not on the batch it happens to share.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

/// What random numbers are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Initial weights.
    Weights = 1,
    /// Memories at birth, peers, questions, observer noise.
    Society = 2,
    /// Order of the training data and choice of candidates.
    DataOrder = 3,
    /// Tokens of the society's utterances; one sub-stream an utterance.
    Sampling = 4,
    /// Tokens of the answers to test prompts; one sub-stream a prompt.
    Evaluation = 5,
    /// Tokens of the answers to what a visitor asks.
    Chat = 6,
    /// Looks at the model while it learns.
    Watching = 7,
    /// Which questions are put to a blind vote, in which order, and which answer stands first.
    Voting = 8,
}

/// The generator of a purpose.
pub fn generator(seed: u64, purpose: Purpose) -> ChaCha8Rng {
    stream(seed, purpose, 0)
}

/// The generator of one item (an utterance, a test prompt) within a purpose.
pub fn stream(seed: u64, purpose: Purpose, item: u64) -> ChaCha8Rng {
    // The key holds seed, purpose and item, each in its own bytes: no two streams can meet.
    let mut key = [0u8; 32];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    key[8..16].copy_from_slice(&(purpose as u64).to_le_bytes());
    key[16..24].copy_from_slice(&item.to_le_bytes());
    key[24..].copy_from_slice(b"mores-v1");
    ChaCha8Rng::from_seed(key)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::Rng;

    #[test]
    fn streams_differ_by_seed_purpose_and_item_and_never_change() {
        let first = |seed, purpose, item| stream(seed, purpose, item).next_u64();
        let reference = first(1, Purpose::Society, 0);
        assert_ne!(reference, first(2, Purpose::Society, 0));
        assert_ne!(reference, first(1, Purpose::Sampling, 0));
        assert_ne!(reference, first(1, Purpose::Society, 1));
        assert_eq!(reference, generator(1, Purpose::Society).next_u64());
    }
}
