//! One member of the society, and how the society is populated.

use super::config::SocietyConfig;
use super::grid::{self, Label};
use super::memory::{Library, Memory, remember};
use crate::world::bank::{self, Lesson, Upbringing};
use crate::world::chance;
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// How many lessons the whole society shares for each upbringing. Agents are born with some of
/// these, so that only a few hundred questions need an embedding before the first round.
pub(crate) const LESSONS: usize = 120;

/// An agent: a place on the grid, an upbringing and what it remembers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agent {
    /// Its number, row by row from 0.
    pub id: u16,
    /// Row on the grid, from 0.
    pub row: u8,
    /// Column on the grid, from 0.
    pub column: u8,
    /// How it was raised.
    pub label: Label,
    /// What it remembers, in the order learnt.
    pub memories: Vec<Memory>,
}

/// Draws the lessons of both upbringings and then every agent, in agent order.
pub(crate) fn populate<R: Rng>(
    config: &SocietyConfig,
    library: &mut Library,
    rng: &mut R,
) -> Vec<Agent> {
    let good = bank::lessons(rng, Upbringing::Good, LESSONS);
    let bad = bank::lessons(rng, Upbringing::Bad, LESSONS);
    let labels = grid::layout(config.size, config.setting, rng);
    let born = |(id, label): (u16, Label)| {
        let (row, column) = grid::location(config.size, id);
        let pool = match label {
            Label::Good => &good,
            Label::Bad => &bad,
        };
        Agent {
            id,
            row,
            column,
            label,
            memories: raise(pool, config.memories_at_birth.into(), library, rng),
        }
    };
    (0..).zip(labels).map(born).collect()
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
        remember(&mut memories, question, &lesson.answer);
    }
    memories
}
