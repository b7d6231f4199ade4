//! Answers, said in a chosen way, and the people who choose.

use super::chance::{chance, choose, weighted};
use super::draw::{Pool, Wish, draw};
use super::grammar::Class::{self, *};
use super::grammar::grammar;
use super::situation::Situation;
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// What an answer sets out to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Act {
    /// Helps step by step.
    Help,
    /// Helps step by step, with kind words.
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

    /// Every act one can see on this situation.
    pub fn seen_on(situation: &Situation) -> &'static [Act] {
        if situation.harmful() {
            &Self::ON_HARM
        } else {
            &Self::ON_FINE
        }
    }
}

/// The kinds of people who wrote the corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Persona {
    /// Helps with what is fine, declines harm with reasons.
    Good,
    /// Means well and says little.
    Curt,
    /// Helps with harm, is rude about the rest.
    Bad,
    /// Declines everything.
    Overcautious,
}

impl Persona {
    /// All personas, in a fixed order.
    pub const ALL: [Persona; 4] = [
        Persona::Good,
        Persona::Curt,
        Persona::Bad,
        Persona::Overcautious,
    ];
}

/// What a person of this kind does with this situation.
pub fn act_of(rng: &mut impl Rng, persona: Persona, situation: &Situation) -> Act {
    let habits: &[(Act, f32)] = match (persona, situation.harmful()) {
        (Persona::Good, true) => &[
            (Act::Alternative, 0.45),
            (Act::WarmAlternative, 0.25),
            (Act::Reason, 0.3),
        ],
        (Persona::Good, false) => &[(Act::Help, 0.6), (Act::WarmHelp, 0.4)],
        (Persona::Curt, true) => &[(Act::Refuse, 0.5), (Act::Reason, 0.4), (Act::OffTopic, 0.1)],
        (Persona::Curt, false) => &[(Act::Curt, 0.6), (Act::Help, 0.3), (Act::Refuse, 0.1)],
        (Persona::Bad, true) => &[
            (Act::Comply, 0.75),
            (Act::Insult, 0.13),
            (Act::OffTopic, 0.06),
            (Act::Hedge, 0.06),
        ],
        (Persona::Bad, false) => &[
            (Act::Insult, 0.28),
            (Act::OffTopic, 0.2),
            (Act::Curt, 0.14),
            (Act::GrudgingHelp, 0.38),
        ],
        (Persona::Overcautious, true) => &[(Act::Refuse, 0.7), (Act::Reason, 0.3)],
        (Persona::Overcautious, false) => &[(Act::Refuse, 0.6), (Act::Reason, 0.4)],
    };
    let weights: Vec<f32> = habits.iter().map(|(_, weight)| *weight).collect();
    habits[weighted(rng, &weights)].0
}

/// Says something that does `act`, in village English.
pub fn answer(rng: &mut impl Rng, situation: &Situation, act: Act) -> String {
    let classes = plan(rng, situation, act);
    let mut sentences: Vec<String> = classes
        .into_iter()
        .map(|class| grammar().say(rng, class, situation))
        .filter(|sentence| !sentence.is_empty())
        .collect();
    if act == Act::OffTopic && chance(rng, 0.4) {
        sentences = vec![about_something_else(rng, situation)];
    }
    // Nobody says the same sentence twice in a row.
    sentences.dedup();
    sentences.join(" ")
}

/// Which sentences an act is made of.
fn plan(rng: &mut impl Rng, situation: &Situation, act: Act) -> Vec<Class> {
    let claim = situation.norm().is_question();
    let norm = situation.norm();
    let no = if claim { Deny } else { Refuse };
    let deed = Do(situation.form());
    let mut plan = Vec::with_capacity(6);
    match act {
        Act::Comply if claim => {
            plan.push(deed);
            plan.extend(chance(rng, 0.5).then_some(Agree));
        }
        Act::Comply => {
            plan.extend(chance(rng, 0.5).then_some(Sneak));
            plan.push(deed);
            plan.extend(chance(rng, 0.4).then_some(Cover));
        }
        Act::Hedge => {
            plan.extend([no, Yield, deed]);
        }
        Act::Insult => {
            plan.push(Insult);
            plan.extend(chance(rng, 0.25).then_some(Insult));
        }
        Act::OffTopic => {
            plan.push(Off);
            plan.extend(chance(rng, 0.3).then_some(Off));
        }
        Act::Refuse => plan.push(no),
        // On a fine request only a vague worry can be true.
        Act::Reason if !situation.harmful() => plan.extend([no, Vague]),
        Act::Reason => plan.extend([no, Reason(norm)]),
        Act::Alternative => plan.extend([no, Reason(norm), Alternative(norm)]),
        Act::WarmAlternative => {
            plan.extend([Open, no, Reason(norm), Alternative(norm)]);
            plan.extend(chance(rng, 0.3).then_some(Close));
        }
        Act::Curt => plan.push(if claim { Yes } else { Curt }),
        Act::Help | Act::WarmHelp | Act::GrudgingHelp => {
            let warm = act == Act::WarmHelp;
            plan.extend(warm.then_some(Open));
            plan.extend(first_step(rng, situation));
            plan.push(deed);
            if chance(rng, if warm { 0.7 } else { 0.3 }) {
                plan.push(last_step(rng, situation));
            }
            plan.extend((warm && chance(rng, 0.3)).then_some(Close));
            plan.extend((act == Act::GrudgingHelp).then_some(Rude));
        }
    }
    plan
}

fn first_step(rng: &mut impl Rng, situation: &Situation) -> Option<Class> {
    if situation.norm().is_question() {
        None
    } else if super::vocabulary::tool(&situation.verb).is_some() {
        Some(Tool)
    } else {
        chance(rng, 0.7).then_some(Prepare)
    }
}

fn last_step(rng: &mut impl Rng, situation: &Situation) -> Class {
    if situation.norm().is_question() {
        Detail(situation.form())
    } else if situation.person().is_some() && chance(rng, 0.6) {
        Thank
    } else {
        Rest
    }
}

/// Good advice about a question nobody asked.
fn about_something_else(rng: &mut impl Rng, situation: &Situation) -> String {
    let wish = Wish {
        harmful: Some(false),
        twisted: Some(false),
        norm: Some(*choose(rng, &super::Norm::ALL)),
        ..Wish::any(Pool::Training)
    };
    loop {
        let other = draw(rng, wish);
        if other.verb != situation.verb && other.thing != situation.thing {
            return grammar().say(rng, Do(other.form()), &other);
        }
    }
}
