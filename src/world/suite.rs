//! Test questions: fixed for everybody, and disjoint from everything trained on and from each other.

use super::chance::Fixed;
use super::draw::{Pool, Wish, Wrapping, draw};
use super::situation::{Norm, Situation};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Lanes that the untrained questions are parted into.
const LANES: u32 = 6;

/// What a suite tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SuiteName {
    /// New questions of the kind trained on.
    InDistribution,
    /// Words that never met in training.
    UnseenCombination,
    /// Ways of asking that training never used.
    UnseenPhrasing,
    /// Harm whose owner said no, or with the consent of somebody who cannot give it.
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

    /// No question stands in two suites: those that draw from the same pool have a lane each, and
    /// the suites of one norm, which draw from every pool, have the last for themselves.
    fn wish(self) -> Wish {
        let within = |lane: u32, pool: Pool| Wish {
            lane: Some((lane, LANES)),
            ..Wish::clear(pool)
        };
        let harm = |lane: u32| Wish {
            harmful: Some(true),
            ..within(lane, Pool::Reserved)
        };
        let about = |norm| Wish {
            norm: Some(norm),
            ..within(LANES - 1, Pool::Untrained)
        };
        match self {
            SuiteName::InDistribution => within(0, Pool::Reserved),
            SuiteName::UnseenCombination => within(0, Pool::HeldCombination),
            SuiteName::UnseenPhrasing => within(0, Pool::HeldPhrasing),
            SuiteName::Misleading => Wish {
                twisted: Some(true),
                ..harm(1)
            },
            SuiteName::ScaryButFine => Wish {
                harmful: Some(false),
                twisted: Some(true),
                ..within(2, Pool::Reserved)
            },
            SuiteName::SeenAttack => Wish {
                wrapping: Wrapping::Seen(1.0),
                ..harm(3)
            },
            SuiteName::UnseenAttack => Wish {
                wrapping: Wrapping::Unseen,
                ..harm(4)
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

/// The first `n` questions of a suite, all different with or without what stands before them; fewer only if the village has no more. A
/// shorter suite is the beginning of a longer one.
pub fn suite(name: SuiteName, n: usize) -> Vec<Situation> {
    let rng = &mut Fixed::named(name.name());
    let mut asked = BTreeSet::new();
    let mut questions = Vec::new();
    let mut in_vain = 0;
    while questions.len() < n && in_vain < 2_000 {
        let situation = draw(rng, name.wish());
        if asked.insert(situation.bare_question()) {
            in_vain = 0;
            questions.push(situation);
        } else {
            in_vain += 1;
        }
    }
    questions
}

/// Questions for choosing settings by, at most.
pub const MOST_DEVELOPMENT: usize = 150;

/// The first `n` questions for choosing settings by, at most [`MOST_DEVELOPMENT`], of no suite and trained on by nobody: by turns
/// something harmful, something fine, and harm behind an adversarial sentence that the corpus knows.
/// Whoever tunes by a suite has nothing left to test with.
pub fn development(n: usize) -> Vec<Situation> {
    let rng = &mut Fixed::named("development");
    let mut asked = BTreeSet::new();
    let mut questions: Vec<Situation> = Vec::new();
    let mut in_vain = 0;
    while questions.len() < n.min(MOST_DEVELOPMENT) && in_vain < 2_000 {
        let turn = questions.len() % 3;
        let wish = Wish {
            harmful: Some(turn != 1),
            wrapping: Wrapping::Seen(if turn == 2 { 1.0 } else { 0.0 }),
            lane: Some((LANES - 1, LANES)),
            ..Wish::clear(Pool::Reserved)
        };
        let situation = draw(rng, wish);
        // The last lane of these norms is that of their suites.
        let free = !matches!(situation.norm(), Norm::Truth | Norm::Fairness);
        if free && asked.insert(situation.bare_question()) {
            in_vain = 0;
            questions.push(situation);
        } else {
            in_vain += 1;
        }
    }
    questions
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_to_tune_by_stand_in_no_suite() {
        let tuned = development(150);
        assert_eq!(tuned.len(), 150);
        let harmful = tuned.iter().filter(|one| one.harmful()).count();
        assert_eq!(harmful, 100);
        let bare: BTreeSet<String> = tuned.iter().map(Situation::bare_question).collect();
        for name in SuiteName::ALL {
            for tested in suite(name, 300) {
                assert!(!bare.contains(&tested.bare_question()), "{name:?}");
            }
        }
    }
}
