//! The tables compiled once: a speaker that fills gaps, and a parser that reads sentences back.
//!
//! A sentence is read by comparing it with every pattern of its length, gap by gap against the
//! words that gap allows. That is exact, cannot fail on any text, and its cost is bounded by the
//! number of patterns times the number of words.

use super::chance::choose;
use super::sentences::SENTENCES;
use super::situation::{Norm, Situation};
use super::vocabulary::*;
use rand_core::Rng;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// What a sentence does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A warm first word.
    Open,
    /// A warm last word.
    Close,
    /// Declines to help.
    Refuse,
    /// Says that a claim is not so.
    Deny,
    /// Gives in after having declined.
    Yield,
    /// Insults the asker.
    Insult,
    /// Sends the asker away after an answer.
    Rude,
    /// Speaks of something else.
    Off,
    /// Waves the asker on.
    Curt,
    /// Says yes and nothing more.
    Yes,
    /// A worry without a reason.
    Vague,
    /// Says why the deed breaks a norm.
    Reason(Norm),
    /// Offers something better to do.
    Alternative(Norm),
    /// Sly advice before the deed.
    Sneak,
    /// Sly advice after the deed.
    Cover,
    /// Backs up a claim.
    Agree,
    /// Tells how to do the deed, or says yes to the claim.
    Do(Form),
    /// Names what the work needs.
    Tool,
    /// A good first step.
    Prepare,
    /// A kind step towards the other person.
    Thank,
    /// A kind step towards oneself.
    Rest,
    /// More about a claim that is so.
    Detail(Form),
}

/// The shape of a deed or of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// Something done to a thing.
    Handle,
    /// Something done to a living being.
    Treat,
    /// Something said to somebody about a matter.
    Talk,
    /// Something done with a promise.
    Promise,
    /// A thing given to somebody.
    Give,
    /// The claim that a group is bad at a skill.
    Failing,
    /// The claim that a group can learn a skill.
    Learning,
    /// The claim that something is good for an ailment.
    Curing,
}

/// A gap of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    Verb,
    Thing,
    Who,
    Target,
    Remedy,
    Tool,
    Treat,
    Animal,
}

impl Gap {
    fn named(name: &str) -> Option<Gap> {
        Some(match name {
            "verb" | "group" | "cure" => Gap::Verb,
            "thing" | "skill" | "ailment" => Gap::Thing,
            "who" => Gap::Who,
            "target" => Gap::Target,
            "remedy" => Gap::Remedy,
            "tool" => Gap::Tool,
            "treat" => Gap::Treat,
            "animal" => Gap::Animal,
            _ => return None,
        })
    }

    /// How many words fill the gap.
    fn width(self) -> usize {
        if self == Gap::Target { 2 } else { 1 }
    }

    /// What fits the situation; empty if nothing does.
    fn fillings(self, situation: &Situation) -> Vec<String> {
        let one = |word: &str| match word {
            "" => Vec::new(),
            _ => vec![word.to_owned()],
        };
        let all = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect();
        match self {
            Gap::Verb => one(&situation.verb),
            Gap::Thing => one(&situation.thing),
            Gap::Who => one(situation.person().unwrap_or_default()),
            Gap::Target => vec![situation.target()],
            Gap::Remedy => all(cures(&situation.thing)),
            Gap::Tool => one(tool(&situation.verb).unwrap_or_default()),
            Gap::Treat => all(TREATS),
            Gap::Animal => all(ANIMALS),
        }
    }
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Word(&'static str),
    Gap(Gap),
}

#[derive(Debug)]
struct Pattern {
    class: Class,
    pieces: Vec<Piece>,
    width: usize,
}

/// One way to read a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) class: Class,
    gaps: Vec<(Gap, String)>,
}

impl Reading {
    /// Whether every gap holds what the situation is about.
    pub(crate) fn fits(&self, situation: &Situation) -> bool {
        self.gaps
            .iter()
            .all(|(gap, word)| gap.fillings(situation).contains(word))
    }
}

/// The compiled language.
#[derive(Debug)]
pub struct Grammar {
    patterns: Vec<Pattern>,
    verbs: BTreeSet<&'static str>,
    things: BTreeSet<&'static str>,
    people: BTreeSet<&'static str>,
    remedies: BTreeSet<&'static str>,
    tools: BTreeSet<&'static str>,
}

/// The grammar of the village, compiled at first use.
pub fn grammar() -> &'static Grammar {
    static GRAMMAR: OnceLock<Grammar> = OnceLock::new();
    GRAMMAR.get_or_init(Grammar::compile)
}

impl Grammar {
    fn compile() -> Self {
        let patterns = SENTENCES
            .iter()
            .flat_map(|(class, texts)| texts.iter().map(|text| Pattern::compile(*class, text)))
            .collect();
        let join = |lists: &[&[&'static str]]| lists.concat().into_iter().collect::<BTreeSet<_>>();
        let mut verbs = join(&[
            TAKING, PRYING, HURTING, CARING, DECEIVING, TALKING, FAILING, HONOURING, GROUPS, HERDS,
            NO_CURES, GIVING,
        ]);
        let mut things = join(&[
            BELONGINGS, SECRETS, ANIMALS, MATTERS, SURPRISES, PROMISED, SKILLS, DANGERS, TREATS,
        ]);
        let mut remedies = BTreeSet::new();
        for (ailment, cures) in AILMENTS {
            things.insert(*ailment);
            remedies.extend(cures.iter().copied());
        }
        verbs.extend(remedies.iter().copied());
        verbs.extend(CHORES.iter().map(|(chore, _)| *chore));
        for (verb, thing) in GARDENING {
            verbs.insert(*verb);
            things.insert(*thing);
        }
        let tools = CHORES.iter().map(|(_, tool)| *tool).collect();
        Self {
            patterns,
            verbs,
            things,
            people: join(&[PEOPLE, CHILDREN]),
            remedies,
            tools,
        }
    }

    /// A sentence of a class that fits the situation; empty if the class has none that does.
    pub(crate) fn say(&self, rng: &mut impl Rng, class: Class, about: &Situation) -> String {
        let usable: Vec<&Pattern> = self
            .patterns
            .iter()
            .filter(|pattern| pattern.class == class && pattern.can_speak_of(about))
            .collect();
        if usable.is_empty() {
            return String::new();
        }
        let pattern = *choose(rng, &usable);
        let mut words = Vec::with_capacity(pattern.pieces.len());
        for piece in &pattern.pieces {
            words.push(match piece {
                Piece::Word(word) => (*word).to_owned(),
                Piece::Gap(gap) => choose(rng, &gap.fillings(about)).clone(),
            });
        }
        words.join(" ")
    }

    /// Every way to read one sentence (its words, the closing mark included). Several readings
    /// are rare: they share all words and differ in what a gap is taken for.
    pub(crate) fn read(&self, words: &[&str]) -> Vec<Reading> {
        self.patterns
            .iter()
            .filter(|pattern| pattern.width == words.len())
            .filter_map(|pattern| self.match_pattern(pattern, words))
            .collect()
    }

    fn match_pattern(&self, pattern: &Pattern, words: &[&str]) -> Option<Reading> {
        let mut gaps = Vec::new();
        let mut at = 0;
        for piece in &pattern.pieces {
            match piece {
                Piece::Word(word) => {
                    if words.get(at) != Some(word) {
                        return None;
                    }
                    at += 1;
                }
                Piece::Gap(gap) => {
                    let filling = words.get(at..at + gap.width())?;
                    if !self.allows(*gap, filling) {
                        return None;
                    }
                    gaps.push((*gap, filling.join(" ")));
                    at += gap.width();
                }
            }
        }
        Some(Reading {
            class: pattern.class,
            gaps,
        })
    }

    fn allows(&self, gap: Gap, words: &[&str]) -> bool {
        match (gap, words) {
            (Gap::Target, ["the", thing]) => self.things.contains(thing),
            (Gap::Target, ["your", person]) => self.people.contains(person),
            (Gap::Verb, [word]) => self.verbs.contains(word),
            (Gap::Thing, [word]) => self.things.contains(word),
            (Gap::Who, [word]) => self.people.contains(word),
            (Gap::Remedy, [word]) => self.remedies.contains(word),
            (Gap::Tool, [word]) => self.tools.contains(word),
            (Gap::Treat, [word]) => TREATS.contains(word),
            (Gap::Animal, [word]) => ANIMALS.contains(word),
            _ => false,
        }
    }

    /// All words that can fill a gap.
    pub(crate) fn gap_words(&self) -> impl Iterator<Item = &'static str> {
        [
            &self.verbs,
            &self.things,
            &self.people,
            &self.remedies,
            &self.tools,
        ]
        .into_iter()
        .flatten()
        .copied()
    }
}

impl Pattern {
    fn compile(class: Class, text: &'static str) -> Self {
        let pieces: Vec<Piece> = text
            .split(' ')
            .map(|word| {
                word.strip_prefix('{')
                    .and_then(|rest| rest.strip_suffix('}'))
                    .and_then(Gap::named)
                    .map_or(Piece::Word(word), Piece::Gap)
            })
            .collect();
        let width = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Word(_) => 1,
                Piece::Gap(gap) => gap.width(),
            })
            .sum();
        Self {
            class,
            pieces,
            width,
        }
    }

    fn can_speak_of(&self, situation: &Situation) -> bool {
        self.pieces.iter().all(|piece| match piece {
            Piece::Word(_) => true,
            Piece::Gap(gap) => !gap.fillings(situation).is_empty(),
        })
    }
}
