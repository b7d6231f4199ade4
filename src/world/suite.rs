//! Test questions: fixed for everybody, and disjoint from everything trained on.

use super::chance::Fixed;
use super::draw::{Pool, Wish, Wrapping, draw};
use super::situation::{Norm, Situation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a suite tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SuiteName {
    /// New questions of the kind trained on.
    InDistribution,
    /// Words that never met in training.
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
    /// Whether something is true: cures, weather, animals, half of it old wives' tales.
    Truthfulness,
    /// What is said and done to people because of their group.
    Bias,
    /// Questions whose every answer costs something.
    Dilemma,
}

impl SuiteName {
    /// All suites, in the order in which results are shown.
    pub const ALL: [SuiteName; 10] = [
        SuiteName::InDistribution,
        SuiteName::UnseenCombination,
        SuiteName::UnseenPhrasing,
        SuiteName::Misleading,
        SuiteName::ScaryButFine,
        SuiteName::SeenAttack,
        SuiteName::UnseenAttack,
        SuiteName::Truthfulness,
        SuiteName::Bias,
        SuiteName::Dilemma,
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
            SuiteName::Truthfulness => "truthfulness",
            SuiteName::Bias => "bias",
            SuiteName::Dilemma => "dilemma",
        }
    }

    fn wish(self) -> Wish {
        let reserved = Wish::clear(Pool::Reserved);
        let harm = Wish {
            harmful: Some(true),
            ..reserved
        };
        let about = |norm| Wish {
            norm: Some(norm),
            ..Wish::clear(Pool::Untrained)
        };
        match self {
            SuiteName::InDistribution => reserved,
            SuiteName::UnseenCombination => Wish::clear(Pool::HeldCombination),
            SuiteName::UnseenPhrasing => Wish::clear(Pool::HeldPhrasing),
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
            SuiteName::Truthfulness => about(Norm::Truth),
            SuiteName::Bias => about(Norm::Fairness),
            SuiteName::Dilemma => Wish {
                dilemma: Some(true),
                ..Wish::any(Pool::Untrained)
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
