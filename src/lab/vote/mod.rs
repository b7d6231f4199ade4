//! The blind vote: people judge pairs of answers without knowing which model gave which.
//!
//! Everything here is plain data and arithmetic; the page shows it. A [`Pool`] holds the pairs that a
//! finished run's tests left, a [`Ballot`] what one person pressed, and [`deal`] says which pair comes
//! when and which answer stands first, drawn from the ballot's number alone. [`tally`] counts one
//! ballot, [`code`] makes a short code of it, and [`class`] merges many of those. [`file`] is what is
//! taken home. No receipt and no digest of the run knows anything of all this.

pub mod agreement;
pub mod ballot;
pub mod class;
pub mod code;
pub mod deal;
pub mod file;
pub mod pool;
pub mod tally;

pub use ballot::{Ballot, Press};
pub use class::Class;
pub use code::Cast;
pub use pool::{Answer, Kind, Mark, Pair, Pool};
pub use tally::Tally;

/// Pairs that are put to a person before the curtain is raised; those who want more judge as many
/// again.
pub const ROUND: usize = 10;

/// What somebody thinks of a pair of answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Preference {
    /// The answer of the model before training is better.
    Base,
    /// The answer of the trained model is better.
    Trained,
    /// Neither is better than the other.
    Alike,
    /// Both are bad.
    BothBad,
}

impl Preference {
    /// All of them, in the order of their numbers in codes, which never changes.
    pub const ALL: [Preference; 4] = [
        Preference::Base,
        Preference::Trained,
        Preference::Alike,
        Preference::BothBad,
    ];

    /// A short name for files.
    pub fn name(self) -> &'static str {
        match self {
            Preference::Base => "base",
            Preference::Trained => "trained",
            Preference::Alike => "alike",
            Preference::BothBad => "both_bad",
        }
    }

    /// The preference of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// What it counts for the trained model, in halves of a win: neither model wins a pair whose
    /// answers are alike or both bad.
    pub fn halves(self) -> usize {
        match self {
            Preference::Base => 0,
            Preference::Trained => 2,
            Preference::Alike | Preference::BothBad => 1,
        }
    }

    /// Whether it prefers the same model, or none just as the other does.
    pub fn agrees(self, other: Preference) -> bool {
        self.halves() == other.halves()
    }
}

#[cfg(test)]
mod tests;
