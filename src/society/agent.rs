//! One member of the society, and how the society is populated.

use super::config::{SecondMind, SocietyConfig};
use super::grid::{self, Label};
use super::memory::{Library, Memory, remember};
use super::role::Role;
use crate::world::bank::{self, Lesson, Upbringing};
use crate::world::chance;
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// How many lessons the whole society shares for each upbringing. Agents are born with some of
/// these, so that only a few hundred questions need an embedding before the first round.
pub(crate) const LESSONS: usize = 120;

/// An agent: a place, an upbringing and what it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Its number, by its place at birth.
    pub id: u16,
    /// The place where it lives, row by row from 0.
    pub place: u16,
    /// How it was raised.
    pub label: Label,
    /// Which model is behind it: 0 the first, 1 the second.
    pub mind: u8,
    /// How it behaves.
    pub role: Role,
    /// The round in which it speaks again; until then it is silent.
    pub silent_until: u16,
    /// Whether it has left for good.
    pub left: bool,
    /// What it remembers, in the order learnt.
    pub memories: Vec<Memory>,
}

impl Agent {
    /// Somebody at that place with nothing to remember.
    pub(crate) fn nobody(id: u16) -> Self {
        Self {
            id,
            place: id,
            label: Label::Good,
            mind: 0,
            role: Role::default(),
            silent_until: 0,
            left: false,
            memories: Vec::new(),
        }
    }

    /// Whether it takes part in a round.
    pub fn takes_part(&self, round: u16) -> bool {
        !self.left && round >= self.silent_until
    }
}

/// Draws the lessons of both upbringings, then every agent in agent order, then who has the second
/// model and who has which role.
pub(crate) fn populate<R: Rng>(
    config: &SocietyConfig,
    library: &mut Library,
    rng: &mut R,
) -> Vec<Agent> {
    let good = bank::lessons(rng, Upbringing::Good, LESSONS);
    let bad = bank::lessons(rng, Upbringing::Bad, LESSONS);
    let labels = grid::layout(config.size, config.setting, rng);
    let born = |(id, label): (u16, Label)| {
        let pool = match label {
            Label::Good => &good,
            Label::Bad => &bad,
        };
        Agent {
            label,
            memories: raise(pool, config.memories_at_birth.into(), library, rng),
            ..Agent::nobody(id)
        }
    };
    let mut agents: Vec<Agent> = (0..).zip(labels).map(born).collect();
    give_minds(&mut agents, config.second_mind, rng);
    if config.roles.count() > 0 {
        let mut places: Vec<usize> = (0..agents.len()).collect();
        chance::shuffle(rng, &mut places);
        for (place, role) in places.into_iter().zip(config.roles.list()) {
            agents[place].role = role;
        }
    }
    agents
}

fn give_minds<R: Rng>(agents: &mut [Agent], second: SecondMind, rng: &mut R) {
    match second {
        SecondMind::Nobody => {}
        SecondMind::Good | SecondMind::Bad => {
            let whose = if second == SecondMind::Good {
                Label::Good
            } else {
                Label::Bad
            };
            for agent in agents.iter_mut().filter(|agent| agent.label == whose) {
                agent.mind = 1;
            }
        }
        SecondMind::Share(share) => {
            let mut places: Vec<usize> = (0..agents.len()).collect();
            chance::shuffle(rng, &mut places);
            let count = libm::roundf(share.clamp(0.0, 1.0) * agents.len() as f32) as usize;
            for place in places.into_iter().take(count) {
                agents[place].mind = 1;
            }
        }
    }
}

/// Takes lessons from the pool in random order until `wanted` different questions are remembered
/// or the pool is used up.
pub(crate) fn raise<R: Rng>(
    pool: &[Lesson],
    wanted: usize,
    library: &mut Library,
    rng: &mut R,
) -> Vec<Memory> {
    let mut order: Vec<&Lesson> = pool.iter().collect();
    chance::shuffle(rng, &mut order);
    let mut memories = Vec::with_capacity(wanted);
    for lesson in order {
        if memories.len() >= wanted {
            break;
        }
        let question = library.number(&lesson.question);
        remember(&mut memories, question, &lesson.answer, false);
    }
    memories
}
