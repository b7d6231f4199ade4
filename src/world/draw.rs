//! Drawing situations that meet a wish: harmful or not, trained or held out, wrapped or bare.

use super::chance::{below, chance, choose};
use super::sentences::{REQUESTS, TRAINED_PHRASINGS, TRAINED_WRAPPERS, WRAPPERS};
use super::situation::{Consent, Norm, Situation, Twist, Word};
use super::vocabulary::*;
use rand_core::Rng;

/// How often a situation is not what it seems, unless the wish says.
const TWISTED: f32 = 0.4;

/// Which part of the village's language a situation may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    /// Everything people train on.
    Training,
    /// Trained words and phrasings, in questions kept for tests.
    Reserved,
    /// Verbs and things that never meet in training.
    HeldCombination,
    /// Ways of asking that training never uses.
    HeldPhrasing,
}

/// Adversarial sentences before the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wrapping {
    /// One that the corpus knows, with this probability.
    Seen(f32),
    /// One that only tests know.
    Unseen,
}

/// What is wanted of a situation; `None` leaves it to chance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) pool: Pool,
    pub(crate) harmful: Option<bool>,
    pub(crate) twisted: Option<bool>,
    pub(crate) norm: Option<Norm>,
    pub(crate) wrapping: Wrapping,
}

impl Wish {
    /// Anything of a pool, nothing put before the question.
    pub(crate) fn any(pool: Pool) -> Self {
        Self {
            pool,
            harmful: None,
            twisted: None,
            norm: None,
            wrapping: Wrapping::Seen(0.0),
        }
    }
}

/// Draws until a situation meets the wish. Ends for every wish made in this room: each pool holds
/// situations of every norm, and twists are left out where a norm has none.
pub(crate) fn draw(rng: &mut impl Rng, wish: Wish) -> Situation {
    loop {
        let harmful = wish.harmful.unwrap_or_else(|| chance(rng, 0.5));
        let twisted = wish.twisted.unwrap_or_else(|| chance(rng, TWISTED));
        let norm = wish.norm.unwrap_or_else(|| *choose(rng, &Norm::ALL));
        let Some(mut situation) = sketch(rng, norm, harmful, twisted) else {
            if wish.norm.is_none() || wish.twisted.is_none() {
                continue;
            }
            // A wish that no situation can meet: the norm is kept, the twist given up.
            return draw(
                rng,
                Wish {
                    twisted: None,
                    ..wish
                },
            );
        };
        situation.phrasing = phrasing(rng, wish.pool);
        if !fits(&situation, wish.pool) {
            if wish.pool == Pool::HeldCombination && norm == Norm::Truth && wish.norm.is_some() {
                return draw(rng, Wish { norm: None, ..wish });
            }
            continue;
        }
        situation.wrapper = match wish.wrapping {
            Wrapping::Seen(p) => chance(rng, p).then(|| below(rng, TRAINED_WRAPPERS as u32) as u8),
            Wrapping::Unseen => {
                let unseen = (WRAPPERS.len() - TRAINED_WRAPPERS) as u32;
                Some(TRAINED_WRAPPERS as u8 + below(rng, unseen) as u8)
            }
        };
        return situation;
    }
}

fn phrasing(rng: &mut impl Rng, pool: Pool) -> u8 {
    let (first, count) = match pool {
        Pool::HeldPhrasing => (TRAINED_PHRASINGS, REQUESTS.len() - TRAINED_PHRASINGS),
        _ => (0, TRAINED_PHRASINGS),
    };
    first as u8 + below(rng, count as u32) as u8
}

fn fits(situation: &Situation, pool: Pool) -> bool {
    match pool {
        Pool::Training => situation.is_for_training(),
        Pool::Reserved => situation.is_trained_combination() && situation.is_reserved(),
        Pool::HeldCombination => !situation.is_trained_combination(),
        Pool::HeldPhrasing => situation.is_trained_combination(),
    }
}

/// The content of a situation, phrasing and wrapper not chosen yet; `None` where a norm has no
/// such twist.
fn sketch(rng: &mut impl Rng, norm: Norm, harmful: bool, twisted: bool) -> Option<Situation> {
    let twist = match (twisted, harmful) {
        (false, _) => Twist::Plain,
        (true, true) => Twist::Misleading,
        (true, false) => Twist::ScaryButFine,
    };
    let mut consent = match twist {
        Twist::Misleading => Consent::OtherYes,
        _ => Consent::Unsaid,
    };
    let mut who = *choose(rng, PEOPLE);
    let (verb, thing): (&str, &str) = match norm {
        Norm::Property | Norm::Privacy => {
            let (things, verbs) = match norm {
                Norm::Property => (BELONGINGS, TAKING),
                _ => (SECRETS, PRYING),
            };
            let verb = match (harmful, twisted) {
                (false, false) => choose(rng, CHORES).0,
                _ => choose(rng, verbs),
            };
            if twisted {
                consent = match (harmful, chance(rng, 0.5)) {
                    (true, true) => Consent::No,
                    (true, false) => Consent::OtherYes,
                    (false, true) => Consent::Yes,
                    (false, false) => Consent::Own,
                };
            }
            (verb, *choose(rng, things))
        }
        Norm::Harm => match (harmful, twisted) {
            (true, _) if chance(rng, 0.25) => (*choose(rng, HURTING), ""),
            (true, _) => (*choose(rng, HURTING), *choose(rng, ANIMALS)),
            (false, true) => *choose(rng, GARDENING),
            (false, false) => (*choose(rng, CARING), *choose(rng, ANIMALS)),
        },
        Norm::Honesty => match (harmful, twisted) {
            (true, _) => (*choose(rng, DECEIVING), *choose(rng, MATTERS)),
            (false, true) => (*choose(rng, DECEIVING), *choose(rng, SURPRISES)),
            (false, false) => {
                let things = if chance(rng, 0.5) { MATTERS } else { SURPRISES };
                (*choose(rng, TALKING), *choose(rng, things))
            }
        },
        Norm::Promises => {
            if twisted && (!harmful || chance(rng, 0.5)) {
                consent = if harmful { Consent::No } else { Consent::Yes };
            }
            let verbs = if harmful || twisted {
                FAILING
            } else {
                HONOURING
            };
            (*choose(rng, verbs), *choose(rng, PROMISED))
        }
        Norm::Fairness => {
            if harmful && twisted {
                return None;
            }
            who = "";
            let groups = if twisted { HERDS } else { GROUPS };
            (*choose(rng, groups), *choose(rng, SKILLS))
        }
        Norm::Truth => {
            if twisted {
                return None;
            }
            who = "";
            let (ailment, cures) = *choose(rng, AILMENTS);
            (
                *choose(rng, if harmful { NO_CURES } else { cures }),
                ailment,
            )
        }
        Norm::Safety => {
            let child = *choose(rng, CHILDREN);
            let things = if harmful || twisted { DANGERS } else { TREATS };
            if harmful || !twisted {
                who = child;
            }
            (*choose(rng, GIVING), *choose(rng, things))
        }
    };
    if consent == Consent::Own {
        who = "";
    }
    let other = match consent {
        Consent::OtherYes => loop {
            let person = *choose(rng, PEOPLE);
            if person != who {
                break person;
            }
        },
        _ => "",
    };
    Some(Situation {
        norm,
        harmful,
        twist,
        verb: Word::Borrowed(verb),
        thing: Word::Borrowed(thing),
        who: Word::Borrowed(who),
        other: Word::Borrowed(other),
        consent,
        phrasing: 0,
        wrapper: None,
    })
}
