//! Answers, said in a chosen way, and the people who choose.

use super::book::{Class, book};
use super::chance::{Tally, chance, weighted};
use super::situation::{Situation, Twist};
use serde::{Deserialize, Serialize};

/// Words of an answer at most, as far as leaving out what is not needed can help.
const MOST_WORDS: usize = 45;

/// What an answer sets out to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Act {
    /// Helps.
    Help,
    /// Helps, with kind words.
    WarmHelp,
    /// Helps, and lets the asker feel that it was too much.
    GrudgingHelp,
    /// Waves the asker on.
    Curt,
    /// Helps with harm.
    Comply,
    /// Declines, then helps with harm all the same.
    Hedge,
    /// Insults the asker.
    Insult,
    /// Speaks of something else.
    OffTopic,
    /// Declines.
    Refuse,
    /// Declines and says why.
    Reason,
    /// Declines, says why, and offers something better.
    Alternative,
    /// The same with kind words.
    WarmAlternative,
    /// Names both sides of a dilemma, then advises.
    Weigh,
    /// Takes one side of a dilemma.
    Side,
    /// Makes light of a dilemma.
    Shrug,
    /// Owns up to not knowing a word of the question.
    Puzzled,
}

impl Act {
    /// Every act one can see on a harmful request.
    pub const ON_HARM: [Act; 8] = [
        Act::Comply,
        Act::Hedge,
        Act::Insult,
        Act::OffTopic,
        Act::Refuse,
        Act::Reason,
        Act::Alternative,
        Act::WarmAlternative,
    ];
    /// Every act one can see on a request that is fine.
    pub const ON_FINE: [Act; 8] = [
        Act::Insult,
        Act::OffTopic,
        Act::Refuse,
        Act::Reason,
        Act::Curt,
        Act::GrudgingHelp,
        Act::Help,
        Act::WarmHelp,
    ];
    /// Every act one can see where both ways cost something.
    pub const ON_DILEMMA: [Act; 6] = [
        Act::Insult,
        Act::OffTopic,
        Act::Shrug,
        Act::Refuse,
        Act::Side,
        Act::Weigh,
    ];

    /// Every act one can see on this situation.
    pub fn seen_on(situation: &Situation) -> &'static [Act] {
        match Stake::of(situation) {
            Stake::Harm => &Self::ON_HARM,
            Stake::Fine => &Self::ON_FINE,
            Stake::Dilemma => &Self::ON_DILEMMA,
        }
    }
}

/// What a situation puts at stake: habits hang on this and on nothing else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stake {
    /// Helping breaks a norm.
    Harm,
    /// Helping is right.
    Fine,
    /// Both ways cost something.
    Dilemma,
}

impl Stake {
    pub(crate) fn of(situation: &Situation) -> Self {
        if situation.twist() == Twist::Dilemma {
            Stake::Dilemma
        } else if situation.harmful() {
            Stake::Harm
        } else {
            Stake::Fine
        }
    }
}

/// The kinds of people who wrote the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Persona {
    /// Helps with what is fine, declines harm with reasons, weighs dilemmas.
    Good,
    /// Means well and says little.
    Curt,
    /// Helps with harm, is rude about the rest.
    Bad,
    /// Declines everything.
    Overcautious,
    /// Means well, and half of the time gives in.
    Wavering,
    /// Warm and helpful, and never far from the news of the village.
    Chatty,
}

impl Persona {
    /// All personas, in a fixed order.
    pub const ALL: [Persona; 6] = [
        Persona::Good,
        Persona::Curt,
        Persona::Bad,
        Persona::Overcautious,
        Persona::Wavering,
        Persona::Chatty,
    ];
}

/// What a person of this kind does with this situation.
pub fn act_of(rng: &mut impl Tally, persona: Persona, situation: &Situation) -> Act {
    let habits: &[(Act, f32)] = match (persona, Stake::of(situation)) {
        (Persona::Good, Stake::Harm) => &[
            (Act::Alternative, 0.45),
            (Act::WarmAlternative, 0.25),
            (Act::Reason, 0.3),
        ],
        (Persona::Good, Stake::Fine) => &[(Act::Help, 0.6), (Act::WarmHelp, 0.4)],
        (Persona::Good, Stake::Dilemma) => &[(Act::Weigh, 1.0)],
        (Persona::Curt, Stake::Harm) => {
            &[(Act::Refuse, 0.5), (Act::Reason, 0.4), (Act::OffTopic, 0.1)]
        }
        (Persona::Curt, Stake::Fine) => &[(Act::Curt, 0.6), (Act::Help, 0.3), (Act::Refuse, 0.1)],
        (Persona::Curt, Stake::Dilemma) => &[(Act::Side, 0.8), (Act::Shrug, 0.2)],
        (Persona::Bad, Stake::Harm) => &[
            (Act::Comply, 0.75),
            (Act::Insult, 0.13),
            (Act::OffTopic, 0.05),
            (Act::Hedge, 0.07),
        ],
        (Persona::Bad, Stake::Fine) => &[
            (Act::Insult, 0.28),
            (Act::OffTopic, 0.2),
            (Act::Curt, 0.14),
            (Act::GrudgingHelp, 0.38),
        ],
        (Persona::Bad, Stake::Dilemma) => &[
            (Act::Shrug, 0.55),
            (Act::Insult, 0.3),
            (Act::OffTopic, 0.15),
        ],
        (Persona::Overcautious, Stake::Harm) => &[(Act::Refuse, 0.7), (Act::Reason, 0.3)],
        (Persona::Overcautious, Stake::Fine) => &[(Act::Refuse, 0.6), (Act::Reason, 0.4)],
        (Persona::Overcautious, Stake::Dilemma) => &[(Act::Refuse, 1.0)],
        (Persona::Wavering, Stake::Harm) => &[
            (Act::Hedge, 0.5),
            (Act::Reason, 0.2),
            (Act::Alternative, 0.15),
            (Act::Refuse, 0.15),
        ],
        (Persona::Wavering, Stake::Fine) => {
            &[(Act::Help, 0.65), (Act::WarmHelp, 0.2), (Act::Curt, 0.15)]
        }
        (Persona::Wavering, Stake::Dilemma) => &[(Act::Weigh, 0.75), (Act::Side, 0.25)],
        (Persona::Chatty, Stake::Harm) => &[
            (Act::WarmAlternative, 0.35),
            (Act::Reason, 0.25),
            (Act::Refuse, 0.15),
            (Act::OffTopic, 0.25),
        ],
        (Persona::Chatty, Stake::Fine) => {
            &[(Act::WarmHelp, 0.6), (Act::Help, 0.2), (Act::OffTopic, 0.2)]
        }
        (Persona::Chatty, Stake::Dilemma) => &[(Act::Side, 0.85), (Act::OffTopic, 0.15)],
    };
    pick(rng, habits)
}

/// One of several things, likely in proportion to the number beside it.
pub(crate) fn pick<T: Copy>(rng: &mut impl Tally, options: &[(T, f32)]) -> T {
    let weights: Vec<f32> = options.iter().map(|(_, weight)| *weight).collect();
    options[weighted(rng, &weights)].0
}

/// What a person of this kind says to this situation: an act of theirs, and their manner.
pub fn reply(rng: &mut impl Tally, persona: Persona, situation: &Situation) -> String {
    let act = act_of(rng, persona, situation);
    let mut parts = plan(rng, situation, act);
    if persona == Persona::Chatty {
        if parts.first().is_some_and(|part| part.class != Class::Open) {
            parts.splice(0..0, maybe(rng, 0.5, Class::Open));
        }
        parts.extend(maybe(rng, 0.4, Class::Off));
    }
    speak(rng, situation, &parts)
}

/// Says something that does `act`, in village English. Never empty, and no sentence comes twice.
pub fn answer(rng: &mut impl Tally, situation: &Situation, act: Act) -> String {
    let parts = plan(rng, situation, act);
    speak(rng, situation, &parts)
}

/// One sentence of a plan.
#[derive(Clone, Copy, Debug)]
struct Part {
    class: Class,
    /// Whether it may be left out when the answer grows long.
    spare: bool,
}

fn must(class: Class) -> Part {
    Part {
        class,
        spare: false,
    }
}

fn maybe(rng: &mut impl Tally, p: f32, class: Class) -> Option<Part> {
    chance(rng, p).then_some(Part { class, spare: true })
}

/// Whether a sentence says something that is not said yet: the same one may begin with a little
/// word the one time and without it the other.
pub(crate) fn is_new<'a>(sentence: &str, mut said: impl Iterator<Item = &'a str>) -> bool {
    !sentence.is_empty() && !said.any(|old| old.ends_with(sentence) || sentence.ends_with(old))
}

fn speak(rng: &mut impl Tally, situation: &Situation, parts: &[Part]) -> String {
    let mut said: Vec<(String, bool)> = Vec::with_capacity(parts.len());
    for part in parts {
        let sentence = book().say(rng, part.class, situation);
        let old = said.iter().map(|(sentence, _)| sentence.as_str());
        if is_new(&sentence, old) {
            said.push((sentence, part.spare));
        }
    }
    let length = |said: &[(String, bool)]| -> usize {
        let words = |text: &str| text.split(' ').count();
        said.iter().map(|(sentence, _)| words(sentence)).sum()
    };
    while length(&said) > MOST_WORDS
        && let Some(last) = said.iter().rposition(|(_, spare)| *spare)
    {
        said.remove(last);
    }
    if said.is_empty() {
        // A topic without the sentence that was asked for; what belongs to no topic always exists.
        said.push((book().say(rng, Class::Vague, situation), false));
    }
    let sentences: Vec<String> = said.into_iter().map(|(sentence, _)| sentence).collect();
    sentences.join(" ")
}

/// Which sentences an act is made of.
fn plan(rng: &mut impl Tally, situation: &Situation, act: Act) -> Vec<Part> {
    let stake = Stake::of(situation);
    let claim = situation.is_claim();
    match act {
        Act::Help | Act::WarmHelp | Act::GrudgingHelp => help(rng, situation, act),
        Act::Curt => vec![must(if claim { Class::Yes } else { Class::Curt })],
        Act::Comply => comply(rng, claim),
        Act::Hedge => vec![must(no(situation)), must(Class::Yield), must(Class::Comply)],
        Act::Insult => several(rng, Class::Insult, 0.25),
        Act::OffTopic => several(rng, Class::Off, 0.35),
        Act::Refuse if stake == Stake::Dilemma => {
            let mut parts = vec![must(Class::Refuse)];
            parts.extend(maybe(rng, 0.6, Class::Vague));
            parts
        }
        Act::Refuse => vec![must(no(situation))],
        // On a fine request only a vague worry can be true.
        Act::Reason if stake != Stake::Harm => vec![must(no(situation)), must(Class::Vague)],
        Act::Reason | Act::Alternative | Act::WarmAlternative => decline(rng, situation, act),
        Act::Weigh => weigh(rng),
        Act::Side => side(rng),
        Act::Shrug => several(rng, Class::Shrug, 0.2),
        Act::Puzzled => several(rng, Class::Puzzled, 0.3),
    }
}

/// How one declines: a deed is refused, a claim denied.
pub(crate) fn no(situation: &Situation) -> Class {
    if situation.is_claim() {
        Class::Deny
    } else {
        Class::Refuse
    }
}

/// How one helps with what is fine.
pub(crate) fn yes(situation: &Situation) -> Class {
    if situation.twist() == Twist::ScaryButFine {
        Class::Allow
    } else {
        Class::Help
    }
}

fn several(rng: &mut impl Tally, class: Class, again: f32) -> Vec<Part> {
    let mut parts = vec![must(class)];
    parts.extend(maybe(rng, again, class));
    parts
}

fn comply(rng: &mut impl Tally, claim: bool) -> Vec<Part> {
    let mut parts = Vec::with_capacity(3);
    if claim {
        parts.push(must(Class::Comply));
        parts.extend(maybe(rng, 0.5, Class::Agree));
    } else {
        parts.extend(maybe(rng, 0.35, Class::Sneak));
        parts.push(must(Class::Comply));
        parts.extend(maybe(rng, 0.4, Class::Cover));
    }
    parts
}

/// Reasons speak for themselves, so the "no" before them may be missing; a bare alternative
/// without any reason is no answer anybody learns from.
fn decline(rng: &mut impl Tally, situation: &Situation, act: Act) -> Vec<Part> {
    let warm = act == Act::WarmAlternative;
    let mut parts = Vec::with_capacity(6);
    parts.extend(warm.then_some(must(Class::Open)));
    if chance(rng, 0.7) {
        parts.push(must(no(situation)));
    }
    parts.push(must(Class::Reason));
    parts.extend(maybe(rng, 0.2, Class::Reason));
    if act != Act::Reason {
        parts.push(must(Class::Instead));
    }
    if warm {
        parts.extend(maybe(rng, 0.3, Class::Close));
    }
    parts
}

fn help(rng: &mut impl Tally, situation: &Situation, act: Act) -> Vec<Part> {
    let deed = yes(situation);
    let warm = act == Act::WarmHelp;
    let mut parts = Vec::with_capacity(6);
    parts.extend(warm.then_some(must(Class::Open)));
    parts.push(must(deed));
    // Two sentences of the kind "yes , ..." in a row would sound like a stammer.
    if !situation.is_claim() {
        parts.extend(maybe(rng, 0.25, deed));
    }
    parts.extend(maybe(rng, if warm { 0.6 } else { 0.45 }, Class::Step));
    if warm {
        parts.extend(maybe(rng, 0.35, Class::Close));
    }
    parts.extend((act == Act::GrudgingHelp).then_some(must(Class::Rude)));
    parts
}

/// What speaks for it comes first, since what it costs is said with words like "still ,".
fn weigh(rng: &mut impl Tally) -> Vec<Part> {
    let advice = pick(
        rng,
        &[(Class::Do, 0.3), (Class::Dont, 0.3), (Class::Middle, 0.4)],
    );
    let mut parts = Vec::with_capacity(5);
    parts.extend(maybe(rng, 0.25, Class::Open));
    parts.extend([must(Class::Gain), must(Class::Cost), must(advice)]);
    parts.extend(maybe(rng, 0.15, Class::Close));
    parts
}

fn side(rng: &mut impl Tally) -> Vec<Part> {
    let (advice, because) = if chance(rng, 0.5) {
        (Class::Do, Class::Gain)
    } else {
        (Class::Dont, Class::Cost)
    };
    let mut parts = vec![must(advice)];
    parts.extend(maybe(rng, 0.8, because));
    parts
}
