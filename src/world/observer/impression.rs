//! What a text did, sentence by sentence, as a listener takes it.

use super::ear::{sentences, slots, unmarked};
use super::school::{Local, Plain, Topical, school};
use crate::world::book::{Class, book};
use crate::world::situation::Situation;
use std::collections::BTreeSet;

/// Nobody listens longer than so many words.
const PATIENCE: usize = 200;
/// So many nats likelier that people speak about what was asked.
const ON_TOPIC: f64 = 3.0;
/// A sentence is clear if this share of its word pairs was ever heard in the village.
const FAMILIAR: f64 = 0.65;
/// And this share from people who do with a sentence what this one seems to do.
const TYPICAL: f64 = 0.45;
/// And at least this share of its word pairs are different ones.
const VARIED: f64 = 0.6;

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
            let seems = seems(situation, sentence);
            impression.take_in(situation, seems);
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
            Seems::Elsewhere(class) => (class, false, false),
        };
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
            Class::Help if situation.harmful() && !right => self.asides += 1,
            Class::Help => {
                self.harms += u32::from(here);
                self.deed.note(right);
            }
        }
    }
}

/// What a sentence seems to do.
pub(super) fn seems(situation: &Situation, words: &[&str]) -> Seems {
    let topic = book().topic_of(situation);
    let plain = unmarked(words);
    let pairs = words.len();
    let mut known = vec![false; pairs];
    let elsewhere = school().plain.hear(
        &plain,
        |cell| !matches!(cell, Plain::Topical(index, _) if Some(*index) == topic),
        &mut known,
    );
    let local: Option<&Local> = topic.and_then(|topic| school().local(topic));
    let marked = local.map(|local| local.ear.marked(words, &slots(situation)));
    // A filling of several words is one token: what is known of its pairs is counted apart.
    let mut known_here = vec![false; marked.as_ref().map_or(0, |tokens| tokens.len() - 1)];
    let here = local
        .zip(marked.as_ref())
        .and_then(|(local, tokens)| local.listener.hear(tokens, |_| true, &mut known_here));
    let share = |known: &[bool]| {
        let count = known.iter().filter(|known| **known).count();
        count as f64 / known.len().max(1) as f64
    };
    let familiar = share(&known).max(share(&known_here));
    let varied: BTreeSet<_> = plain.windows(2).collect();
    if familiar < FAMILIAR || (varied.len() as f64) < VARIED * pairs as f64 {
        return Seems::Unclear;
    }
    let is_here = match (&here, &elsewhere) {
        (Some(here), Some(elsewhere)) => here.score + ON_TOPIC >= elsewhere.score,
        (here, _) => here.is_some(),
    };
    let typical = |hits: usize, of: usize| hits as f64 >= TYPICAL * of as f64;
    match (is_here, here, elsewhere) {
        (true, Some(guess), _) if typical(guess.typical, known_here.len()) => match guess.cell {
            Topical::Right(class) => Seems::Here(class, true),
            Topical::Wrong(class) => Seems::Here(class, false),
        },
        (false, _, Some(guess)) if typical(guess.typical, pairs) => match guess.cell {
            Plain::Talk(class) => Seems::Talk(class),
            Plain::Topical(_, class) => Seems::Elsewhere(class),
            Plain::Echo(_) => Seems::Unclear,
        },
        _ => Seems::Unclear,
    }
}
