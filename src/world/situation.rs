//! What somebody of the village asks, and whether it would harm anybody.
//!
//! Harm is relational: the same deed is fine with the owner's yes, and wrong with somebody
//! else's. That is why a situation keeps who is concerned, who spoke, and what they said. Its
//! texts are kept as they were drawn, so that a record stays readable when the village's files
//! grow.

use super::book::book;
use super::chance::fingerprint;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// One question in so many is kept for tests.
const RESERVED: u32 = 8;

/// A word of a situation: borrowed from the tables when drawn, owned when read back from a file.
pub(crate) type Word = Cow<'static, str>;

/// What an answer must respect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Norm {
    /// Other people's things are theirs.
    Property,
    /// Other people's secrets are theirs.
    Privacy,
    /// Nobody should be hurt, no animal either.
    Harm,
    /// Nobody should be deceived to their cost.
    Honesty,
    /// A word given is kept.
    Promises,
    /// People are not judged by their group.
    Fairness,
    /// What is said is true.
    Truth,
    /// Nobody is put in danger, children least of all.
    Safety,
    /// Who needs somebody is not left alone.
    Care,
    /// Nobody is mocked or shamed.
    Respect,
}

impl Norm {
    /// All norms, in a fixed order.
    pub const ALL: [Norm; 10] = [
        Norm::Property,
        Norm::Privacy,
        Norm::Harm,
        Norm::Honesty,
        Norm::Promises,
        Norm::Fairness,
        Norm::Truth,
        Norm::Safety,
        Norm::Care,
        Norm::Respect,
    ];

    /// A short lower-case name.
    pub fn name(self) -> &'static str {
        match self {
            Norm::Property => "property",
            Norm::Privacy => "privacy",
            Norm::Harm => "harm",
            Norm::Honesty => "honesty",
            Norm::Promises => "promises",
            Norm::Fairness => "fairness",
            Norm::Truth => "truth",
            Norm::Safety => "safety",
            Norm::Care => "care",
            Norm::Respect => "respect",
        }
    }
}

/// Whether a situation is what it seems.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Twist {
    /// It is.
    Plain,
    /// Harmful: the owner said no, or somebody agreed whose consent is none.
    Misleading,
    /// Fine, although the words sound harmful.
    ScaryButFine,
    /// Both ways cost something.
    Dilemma,
}

/// One request or question of one person of the village.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    pub(crate) norm: Norm,
    /// In a dilemma: the norm that the deed breaks.
    #[serde(default)]
    pub(crate) against: Option<Norm>,
    pub(crate) harmful: bool,
    pub(crate) twist: Twist,
    pub(crate) topic: Word,
    /// What the gaps of this situation hold; `who` is the person concerned.
    pub(crate) slots: BTreeMap<Word, Word>,
    /// The two words whose meeting may be kept from training: see [`Situation::key`].
    #[serde(default)]
    pub(crate) pair: Word,
    /// Why it is asked: a sentence, or nothing.
    pub(crate) lead: Word,
    /// Who agreed, or did not: a sentence, or nothing.
    pub(crate) leave: Word,
    /// The deed ("take my sister 's coat"), the claim turned round ("are hens bad at chess"), or a
    /// dilemma's whole question.
    pub(crate) asks: Word,
    /// The claim straight; nothing where a deed is asked about.
    pub(crate) claims: Word,
    pub(crate) phrasing: u8,
    pub(crate) wrapper: Option<u8>,
}

impl Situation {
    /// The whole text a person says, with whatever they put before the question.
    pub fn question(&self) -> String {
        let wrappers = &book().tables().wrappers.texts;
        match self.wrapper.and_then(|w| wrappers.get(usize::from(w))) {
            Some(wrapper) => format!("{wrapper} {}", self.bare_question()),
            None => self.bare_question(),
        }
    }

    /// Whether helping, or saying yes, would break the norm. Dilemmas are not harmful.
    pub fn harmful(&self) -> bool {
        self.harmful
    }

    /// The norm this is about; in a dilemma, the one that the deed keeps.
    pub fn norm(&self) -> Norm {
        self.norm
    }

    /// In a dilemma: the norm that the deed breaks.
    pub fn against(&self) -> Option<Norm> {
        self.against
    }

    /// Whether it is what it seems.
    pub fn twist(&self) -> Twist {
        self.twist
    }

    /// The adversarial sentence before the question, if there is one.
    pub fn wrapper(&self) -> Option<&'static str> {
        let index = usize::from(self.wrapper?);
        book().tables().wrappers.texts.get(index).copied()
    }

    /// What a gap of this name holds.
    pub(crate) fn slot(&self, name: &str) -> Option<&str> {
        self.slots.get(name).map(|word| &**word)
    }

    /// True where people ask whether something is so, not how to do it.
    pub(crate) fn is_claim(&self) -> bool {
        !self.claims.is_empty()
    }

    /// The same for every situation of the topic in which the same two words meet: those that
    /// stand first in the question and are chosen apart, people aside: a deed and a thing, a group
    /// and a skill. What fills further gaps does not matter, so that a pair kept from training
    /// never meets there, whatever else is said.
    pub(crate) fn key(&self) -> String {
        format!("{}/{}", self.topic, self.pair)
    }

    /// The question without an adversarial sentence before it.
    pub fn bare_question(&self) -> String {
        let mut parts: Vec<&str> = Vec::new();
        let tables = book().tables();
        let wordings = if self.is_claim() {
            &tables.claims
        } else {
            &tables.requests
        };
        let phrase = match wordings.texts.len() {
            0 => "{request}",
            count => wordings.texts[usize::from(self.phrasing) % count],
        };
        let asked = match self.twist {
            Twist::Dilemma => self.asks.to_string(),
            _ => phrase
                .replace("{request}", &self.asks)
                .replace("{ask}", &self.asks)
                .replace("{claim}", &self.claims),
        };
        parts.extend([&*self.lead, &*self.leave, &asked]);
        parts.retain(|part| !part.is_empty());
        parts.join(" ")
    }

    /// Whether people here may train on this; if not, it belongs to the test suites. Split by
    /// fingerprints, so the answer is the same for everybody, always.
    pub fn is_for_training(&self) -> bool {
        let trained_wrappers = book().tables().wrappers.trained;
        self.is_trained_combination()
            && self.has_trained_phrasing()
            && self
                .wrapper
                .is_none_or(|w| usize::from(w) < trained_wrappers)
            && !self.is_reserved()
    }

    /// Whether these words may meet in training. Truths are never held out: nobody can know a cure
    /// without being told.
    pub(crate) fn is_trained_combination(&self) -> bool {
        self.norm == Norm::Truth || !fingerprint(&self.key()).is_multiple_of(7)
    }

    /// Whether the question is put in one of the ways used in training.
    pub(crate) fn has_trained_phrasing(&self) -> bool {
        let tables = book().tables();
        let wordings = if self.is_claim() {
            &tables.claims
        } else {
            &tables.requests
        };
        self.twist == Twist::Dilemma || usize::from(self.phrasing) < wordings.trained
    }

    /// Whether this very question is kept for tests, although all its parts are trained on.
    pub(crate) fn is_reserved(&self) -> bool {
        fingerprint(&self.bare_question()).is_multiple_of(RESERVED)
    }

    /// Which of so many suites that draw from the same questions this one may stand in.
    pub(crate) fn lane(&self, lanes: u32) -> u32 {
        fingerprint(&self.bare_question()) / RESERVED % lanes.max(1)
    }
}
