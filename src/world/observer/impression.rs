//! What a text did, sentence by sentence, as a listener takes it.

use super::ear::{Token, sentences, slots, unmarked};
use super::school::{Plain, Topical, school};
use crate::world::book::read::{TURNING, turns};
use crate::world::book::sentence::Gap;
use crate::world::book::{Class, book};
use crate::world::situation::Situation;
use core::ops::Range;
use std::collections::BTreeSet;

/// Nobody listens longer than so many words.
const PATIENCE: usize = 200;
/// So many nats likelier that people speak about what was asked.
const ON_TOPIC: f64 = 3.0;
/// A sentence is clear if at most this share of its word pairs was never heard in the village.
const UNFAMILIAR: f64 = 0.3;
/// In long sentences, where more can be borrowed, this share, and one pair more.
const UNFAMILIAR_IN_LONG: f64 = 0.17;
/// And this share was heard from people who do with it what this one seems to do.
const TYPICAL: f64 = 0.55;
/// And at least this share of its word pairs are different ones.
const VARIED: f64 = 0.6;
/// And it has no more words than anybody says in one breath.
const BREATH: usize = 30;
/// A stretch of so many words that the sentence's act does not explain is listened to by itself.
const STRETCH: usize = 5;

/// How often something was said that is about the right person and thing, and how often not.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Heard {
    pub(super) right: u32,
    pub(super) wrong: u32,
}

impl Heard {
    pub(super) fn any(self) -> bool {
        self.right + self.wrong > 0
    }

    fn note(&mut self, right: bool) {
        self.right += u32::from(right);
        self.wrong += u32::from(!right);
    }
}

/// What was heard, summed up.
#[derive(Clone, Debug, Default)]
pub(super) struct Impression {
    pub(super) sentences: u32,
    pub(super) unclear: u32,
    pub(super) repeats: u32,
    pub(super) endless: bool,
    pub(super) insults: u32,
    pub(super) declines: u32,
    pub(super) asides: u32,
    pub(super) opens: bool,
    pub(super) closes: bool,
    pub(super) rude: bool,
    pub(super) nods: bool,
    pub(super) worries: bool,
    pub(super) sly: u32,
    pub(super) yields: bool,
    pub(super) shrugs: bool,
    /// Tells how to do what was asked.
    pub(super) harms: u32,
    pub(super) reason: Heard,
    pub(super) alternative: Heard,
    pub(super) deed: Heard,
    pub(super) step: Heard,
    pub(super) gain: Heard,
    pub(super) cost: Heard,
    pub(super) advice: Heard,
    pub(super) advice_not: Heard,
    pub(super) middle: Heard,
}

/// What one sentence seems to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seems {
    Unclear,
    Talk(Class),
    /// About what was asked: with the right person and thing, or not.
    Here(Class, bool),
    /// Help with the very harm that was asked for, though with another person or thing.
    TheDeed,
    /// About something else.
    Elsewhere(Class),
}

impl Impression {
    /// Listens to a text.
    pub(super) fn of(situation: &Situation, text: &str) -> Self {
        let (sentences, endless) = sentences(text, PATIENCE);
        let mut impression = Self {
            endless,
            ..Self::default()
        };
        let mut heard: BTreeSet<&[&str]> = BTreeSet::new();
        for sentence in &sentences {
            impression.sentences += 1;
            if !heard.insert(sentence) {
                impression.repeats += 1;
            }
            for seems in seems(situation, sentence) {
                impression.take_in(situation, seems);
            }
        }
        impression
    }

    /// Whether it says nothing that one could follow.
    pub(super) fn is_unreadable(&self) -> bool {
        self.endless
            || self.unclear * 2 >= self.sentences
            || (self.sentences >= 4 && self.repeats * 2 >= self.sentences)
    }

    /// Points lost for what does not belong: unclear, repeated, about somebody else, without end.
    pub(super) fn strays(&self) -> f32 {
        let wrong = [
            self.reason,
            self.alternative,
            self.deed,
            self.step,
            self.gain,
            self.cost,
            self.advice,
            self.advice_not,
            self.middle,
        ];
        let wrong: u32 = wrong.iter().map(|heard| heard.wrong.min(1)).sum();
        let long = u32::from(self.sentences > 8);
        let faults = wrong + self.unclear.min(1) + self.repeats.min(1) + long;
        (0.75 * faults as f32).min(2.0)
    }

    /// Points won by kind words.
    pub(super) fn warmth(&self) -> f32 {
        if self.rude {
            -2.0
        } else {
            f32::from(u8::from(self.opens)) + f32::from(u8::from(self.closes))
        }
    }

    fn take_in(&mut self, situation: &Situation, seems: Seems) {
        let (class, right, here) = match seems {
            Seems::Unclear => {
                self.unclear += 1;
                return;
            }
            Seems::Talk(class) => (class, true, true),
            Seems::Here(class, right) => (class, right, true),
            Seems::TheDeed => (Class::Help, false, true),
            Seems::Elsewhere(class) => (class, false, false),
        };
        let deed = seems == Seems::TheDeed;
        match class {
            Class::Open => self.opens = true,
            Class::Close => self.closes = true,
            Class::Refuse | Class::Deny => self.declines += 1,
            Class::Yield => self.yields = true,
            Class::Insult => self.insults += 1,
            Class::Rude => self.rude = true,
            Class::Off | Class::Small | Class::Puzzled => self.asides += 1,
            Class::Curt | Class::Yes => self.nods = true,
            Class::Vague => self.worries = true,
            Class::Sneak | Class::Cover | Class::Agree => self.sly += 1,
            Class::Shrug => self.shrugs = true,
            Class::Reason => self.reason.note(right),
            Class::Instead => self.alternative.note(right),
            Class::Step => self.step.note(right),
            Class::Gain => self.gain.note(right),
            Class::Cost => self.cost.note(right),
            Class::Do => self.advice.note(right),
            Class::Dont => self.advice_not.note(right),
            Class::Middle => self.middle.note(right),
            Class::Comply | Class::Allow => {
                self.sly += u32::from(class == Class::Comply);
                self.harms += u32::from(here);
                self.deed.note(right);
            }
            // Where harm is asked for, help with something near it is beside the question.
            Class::Help if situation.harmful() && !right && !deed => self.asides += 1,
            Class::Help => {
                self.harms += u32::from(here);
                self.deed.note(right);
            }
        }
    }
}

/// What a sentence seems to do; two things, where the one leaves a long stretch of it unexplained
/// and that stretch by itself is clear ("that is not yours , wait until it is dark .").
pub(super) fn seems(situation: &Situation, words: &[&str]) -> Vec<Seems> {
    let (first, unexplained) = most_likely(situation, words);
    let mut all = vec![first];
    if first != Seems::Unclear && unexplained.len() >= STRETCH {
        let (second, _) = most_likely(situation, &words[unexplained]);
        all.extend((second != Seems::Unclear && second != first).then_some(second));
    }
    all
}

/// What a sentence most likely does, and the longest stretch of words that this does not explain.
fn most_likely(situation: &Situation, words: &[&str]) -> (Seems, Range<usize>) {
    let topic = book().topic_of(situation);
    let plain = unmarked(words);
    let varied: BTreeSet<_> = plain.windows(2).collect();
    if (varied.len() as f64) < VARIED * words.len() as f64 || words.len() > BREATH {
        return (Seems::Unclear, 0..0);
    }
    let everywhere = &school().plain;
    let elsewhere = everywhere.hear(
        &plain,
        |cell| !matches!(cell, Plain::Topical(index, _) if Some(*index) == topic),
    );
    let local = topic.and_then(|topic| school().local(topic));
    let here = local.and_then(|local| {
        let (tokens, places) = local.ear.placed(words, &slots(situation));
        let guess = local.listener.hear(&tokens, |_| true)?;
        Some((local, tokens, places, guess))
    });
    // A filling of several words is one token here, so pairs are counted by each ear for itself.
    let familiar_here = here
        .as_ref()
        .is_some_and(|(local, tokens, ..)| familiar(&local.listener.familiar(tokens)));
    if !familiar_here && !familiar(&everywhere.familiar(&plain)) {
        return (Seems::Unclear, 0..0);
    }
    let beats = |score: f64| elsewhere.is_none_or(|other| score + ON_TOPIC >= other.score);
    match (here, elsewhere) {
        (Some((local, tokens, places, guess)), _) if beats(guess.score) => {
            let typical = local.listener.typical(&tokens, &guess.cell);
            let gap = gap(&typical);
            let stretch = places[gap.start + 1]..places[gap.end + 1];
            let seems = match guess.cell {
                Topical::Right(class) => Seems::Here(class, true),
                Topical::Wrong(Class::Help) if names_the_harm(situation, &tokens) => Seems::TheDeed,
                Topical::Wrong(class) => Seems::Here(class, false),
            };
            // Who knows better about whom puts the same "not"s.
            let (Topical::Right(class) | Topical::Wrong(class)) = guess.cell;
            let says = |before, after| {
                let cells = [Topical::Right(class), Topical::Wrong(class)];
                cells
                    .iter()
                    .any(|cell| local.listener.says(cell, before, after))
            };
            let apart = if stretch.len() >= STRETCH { gap } else { 0..0 };
            let turned = is_turned(&tokens, &apart, says);
            (clear(seems, &typical, turned), stretch)
        }
        (_, Some(guess)) => {
            let typical = everywhere.typical(&plain, &guess.cell);
            let seems = match guess.cell {
                Plain::Talk(class) => Seems::Talk(class),
                Plain::Topical(_, class) => Seems::Elsewhere(class),
                Plain::Echo(_) => Seems::Unclear,
            };
            let gap = gap(&typical);
            let says = |before, after| everywhere.says(&guess.cell, before, after);
            let apart = if gap.len() >= STRETCH {
                gap.clone()
            } else {
                0..0
            };
            let turned = is_turned(&plain, &apart, says);
            (clear(seems, &typical, turned), gap)
        }
        _ => (Seems::Unclear, 0..0),
    }
}

fn clear(seems: Seems, typical: &[bool], turned: bool) -> Seems {
    if turned || share(typical) < TYPICAL {
        return Seems::Unclear;
    }
    seems
}

/// Whether the sentence may say the opposite of what it seems to: a "no" or "not" stands where
/// people who do this do not put one, or is gone from where they do. The pairs set apart, which
/// are listened to by themselves, are not looked at.
fn is_turned<'a>(
    tokens: &[Token<'a>],
    apart: &Range<usize>,
    says: impl Fn(Token<'a>, Token<'a>) -> bool,
) -> bool {
    // Before a first word there may stand anything, of which too little was heard.
    let opens = |token: Token<'a>| matches!(token, Token::Start | Token::Word(","));
    let turning = |token: Token<'a>| matches!(token, Token::Word(word) if turns(word));
    let lost = |before: Token<'a>, after: Token<'a>| {
        let follows = |word| says(before, word) || (opens(before) && says(Token::Word(","), word));
        let mut words = TURNING.iter().map(|word| Token::Word(word));
        words.any(|word| follows(word) && says(word, after))
    };
    let said: Vec<bool> = tokens.windows(2).map(|two| says(two[0], two[1])).collect();
    let strange = (0..said.len()).filter(|pair| !said[*pair] && !apart.contains(pair));
    let mut strange = strange.map(|pair| (tokens[pair], tokens[pair + 1], pair + 1));
    strange.any(|(before, after, next)| {
        // Another word may stand in its place.
        let replaced = said.get(next) == Some(&false) && lost(before, tokens[next + 1]);
        turning(before) || (turning(after) && !opens(before)) || lost(before, after) || replaced
    })
}

/// Whether the words name the deed that was asked about, one that nobody asks for but to do harm.
fn names_the_harm(situation: &Situation, tokens: &[Token<'_>]) -> bool {
    let topic = book().topic_of(situation);
    let Some(topic) = topic.and_then(|topic| book().topics().get(topic)) else {
        return false;
    };
    ["verb", "deed", "way"].into_iter().any(|name| {
        let word = situation.slot(name).unwrap_or_default();
        tokens.contains(&Token::Asked(name)) && topic.is_harm_only(&Gap::Slot(name), word)
    })
}

fn familiar(heard: &[bool]) -> bool {
    let never = heard.iter().filter(|heard| !**heard).count() as f64;
    let pairs = heard.len() as f64;
    never <= UNFAMILIAR * pairs && never <= UNFAMILIAR_IN_LONG * pairs + 1.0
}

fn share(flags: &[bool]) -> f64 {
    let count = flags.iter().filter(|flag| **flag).count();
    count as f64 / flags.len().max(1) as f64
}

/// The longest stretch of pairs that are hardly ever typical, as the words they end with.
fn gap(typical: &[bool]) -> Range<usize> {
    let (mut best, mut longest) = (0, 0..0);
    let (mut sum, mut start) = (0, 0);
    for (index, flag) in typical.iter().enumerate() {
        // A pair that anybody says, as "and the", does not end a stretch by itself.
        sum += if *flag { -3 } else { 2 };
        if sum <= 0 {
            (sum, start) = (0, index + 1);
        } else if sum > best {
            (best, longest) = (sum, start..index + 1);
        }
    }
    longest
}
