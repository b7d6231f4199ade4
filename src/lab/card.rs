//! Which engine computes beside which graphics card.
//!
//! One rule for the page, which decides by it which of the engine's two programs it fetches, and for
//! the worker, which opens the engine and tells why it is not another.

use super::config::EngineChoice;

/// What a browser offers of a graphics card, by way of WebGPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Nothing.
    Missing,
    /// A program on the processor that imitates one.
    Imitated,
    /// One, or what can't be told from it.
    There,
}

/// What adapters call themselves that compute on the processor.
const IMITATIONS: [&str; 5] = [
    "swiftshader",
    "llvmpipe",
    "lavapipe",
    "warp",
    "basic render",
];

impl Card {
    /// By what an adapter says of itself, in words and by its own mark for imitations.
    pub fn of(words: &[String], fallback: bool) -> Self {
        let imitates = |word: &String| {
            let word = word.to_ascii_lowercase();
            IMITATIONS.iter().any(|name| word.contains(name))
        };
        match fallback || words.iter().any(imitates) {
            true => Self::Imitated,
            false => Self::There,
        }
    }
}

impl EngineChoice {
    /// Whether this choice comes to WebGPU beside such a card. An imitation is many times slower than the
    /// CPU engine (measured: 59 against 1,160 tokens a second), so it is used only when WebGPU is asked
    /// for by name.
    pub fn takes(self, card: Card) -> bool {
        match self {
            Self::Cpu => false,
            Self::Auto => card == Card::There,
            Self::WebGpu => card != Card::Missing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imitations_are_known_by_their_names_and_by_their_mark() {
        let of = |word: &str| Card::of(&["google".into(), word.into()], false);
        assert_eq!(of("SwiftShader Device (LLVM 10.0.0)"), Card::Imitated);
        assert_eq!(of("Microsoft Basic Render Driver"), Card::Imitated);
        assert_eq!(of("ampere"), Card::There);
        assert_eq!(Card::of(&[], false), Card::There);
        assert_eq!(Card::of(&[], true), Card::Imitated);
    }

    #[test]
    fn an_imitation_computes_only_when_it_is_asked_for_by_name() {
        use Card::{Imitated, Missing, There};
        let taken =
            |choice: EngineChoice| [Missing, Imitated, There].map(|card| choice.takes(card));
        assert_eq!(taken(EngineChoice::Cpu), [false, false, false]);
        assert_eq!(taken(EngineChoice::Auto), [false, false, true]);
        assert_eq!(taken(EngineChoice::WebGpu), [false, true, true]);
    }
}
