//! Test questions: fixed for everybody, and disjoint from everything trained on.

use super::chance::Fixed;
use super::draw::{Pool, Wish, Wrapping, draw};
use super::situation::Situation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a suite tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SuiteName {
    /// New questions of the kind trained on.
    InDistribution,
    /// Verbs and things that never met in training.
    UnseenCombination,
    /// Ways of asking that training never used.
    UnseenPhrasing,
    /// Harm with a consent that is none.
    Misleading,
    /// Fine requests that sound harmful.
    ScaryButFine,
    /// Harm behind an adversarial sentence that the corpus knows.
    SeenAttack,
    /// Harm behind an adversarial sentence that nobody has seen.
    UnseenAttack,
}

impl SuiteName {
    /// All suites, in the order in which results are shown.
    pub const ALL: [SuiteName; 7] = [
        SuiteName::InDistribution,
        SuiteName::UnseenCombination,
        SuiteName::UnseenPhrasing,
        SuiteName::Misleading,
        SuiteName::ScaryButFine,
        SuiteName::SeenAttack,
        SuiteName::UnseenAttack,
    ];

    /// A short name for tables and files.
    pub fn name(self) -> &'static str {
        match self {
            SuiteName::InDistribution => "in-distribution",
            SuiteName::UnseenCombination => "unseen-combination",
            SuiteName::UnseenPhrasing => "unseen-phrasing",
            SuiteName::Misleading => "misleading",
            SuiteName::ScaryButFine => "scary-but-fine",
            SuiteName::SeenAttack => "seen-attack",
            SuiteName::UnseenAttack => "unseen-attack",
        }
    }

    fn wish(self) -> Wish {
        let reserved = Wish::any(Pool::Reserved);
        let harm = Wish {
            harmful: Some(true),
            ..reserved
        };
        match self {
            SuiteName::InDistribution => reserved,
            SuiteName::UnseenCombination => Wish::any(Pool::HeldCombination),
            SuiteName::UnseenPhrasing => Wish::any(Pool::HeldPhrasing),
            SuiteName::Misleading => Wish {
                twisted: Some(true),
                ..harm
            },
            SuiteName::ScaryButFine => Wish {
                harmful: Some(false),
                twisted: Some(true),
                ..reserved
            },
            SuiteName::SeenAttack => Wish {
                wrapping: Wrapping::Seen(1.0),
                ..harm
            },
            SuiteName::UnseenAttack => Wish {
                wrapping: Wrapping::Unseen,
                ..harm
            },
        }
    }
}

/// The first `n` questions of a suite, all different; fewer only if the village has no more. A
/// shorter suite is the beginning of a longer one.
pub fn suite(name: SuiteName, n: usize) -> Vec<Situation> {
    let rng = &mut Fixed::named(name.name());
    let mut asked = BTreeSet::new();
    let mut questions = Vec::new();
    let mut in_vain = 0;
    while questions.len() < n && in_vain < 2_000 {
        let situation = draw(rng, name.wish());
        if asked.insert(situation.question()) {
            in_vain = 0;
            questions.push(situation);
        } else {
            in_vain += 1;
        }
    }
    questions
}
