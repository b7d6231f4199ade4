//! A multinomial naive Bayes listener for words and adjacent word pairs.
//!
//! It is taught sentences of which it is told what they do, counts their words and pairs, and
//! later says what a new sentence most probably does, how many of its pairs it has ever heard, and
//! how many it has heard from people who do that. Sums run in a fixed order and logarithms come
//! from `libm`, so that it hears the same on every platform.

use super::ear::Token;
use std::collections::{BTreeMap, BTreeSet};

/// Counted for a word or pair that was never heard, so that nothing is impossible.
const UNHEARD: f64 = 0.02;
/// How many different words and pairs it reckons with; the same for all, so that scores of
/// several listeners can be compared.
const REPERTOIRE: f64 = 5_000.0;

/// One sentence to learn from.
#[derive(Clone, Debug)]
pub(super) struct Lesson<C> {
    pub(super) cell: C,
    pub(super) tokens: Vec<Token<'static>>,
    pub(super) weight: f64,
}

/// What a sentence probably does.
#[derive(Clone, Copy, Debug)]
pub(super) struct Guess<C> {
    pub(super) cell: C,
    pub(super) score: f64,
    /// How many of its pairs were heard from people who do that.
    pub(super) typical: usize,
}

/// What one of the cells has heard of a word or pair.
#[derive(Clone, Copy, Debug)]
struct Memory {
    cell: u16,
    /// How much likelier it is than something unheard, in nats.
    gain: f64,
}

/// The counts, compiled.
#[derive(Debug)]
pub(super) struct Listener<C> {
    cells: Vec<C>,
    /// Nats of something unheard, by cell.
    unheard: Vec<f64>,
    words: BTreeMap<Token<'static>, u32>,
    pairs: BTreeMap<(u32, u32), u32>,
    /// What is remembered of each word and pair.
    memories: Vec<Vec<Memory>>,
}

impl<C: Copy + Ord> Listener<C> {
    /// Learns.
    pub(super) fn taught(lessons: &[Lesson<C>]) -> Self {
        let cells: BTreeSet<C> = lessons.iter().map(|lesson| lesson.cell).collect();
        let mut listener = Self {
            cells: cells.into_iter().collect(),
            unheard: Vec::new(),
            words: BTreeMap::new(),
            pairs: BTreeMap::new(),
            memories: Vec::new(),
        };
        let mut next = 0;
        let mut counts: BTreeMap<(u32, u16), f64> = BTreeMap::new();
        let mut totals = vec![0.0_f64; listener.cells.len()];
        for lesson in lessons {
            let cell = listener.cells.partition_point(|cell| *cell < lesson.cell);
            let mut count = |feature: u32| {
                *counts.entry((feature, cell as u16)).or_default() += lesson.weight;
                totals[cell] += lesson.weight;
            };
            let mut before = None;
            for token in &lesson.tokens {
                let word = *listener
                    .words
                    .entry(*token)
                    .or_insert_with(|| number(&mut next));
                if let Some(before) = before {
                    count(word);
                    let pair = listener.pairs.entry((before, word));
                    count(*pair.or_insert_with(|| number(&mut next)));
                }
                before = Some(word);
            }
        }
        listener.memories = vec![Vec::new(); next as usize];
        for ((feature, cell), count) in counts {
            let gain = libm::log((count + UNHEARD) / UNHEARD);
            listener.memories[feature as usize].push(Memory { cell, gain });
        }
        let share = |total: &f64| UNHEARD / (total + UNHEARD * REPERTOIRE);
        listener.unheard = totals.iter().map(|total| libm::log(share(total))).collect();
        listener
    }

    /// What the sentence most probably does, among the cells that may be; `None` if none may.
    /// `known` is told of every pair, in order, that somebody was heard to say.
    pub(super) fn hear(
        &self,
        tokens: &[Token<'_>],
        may_be: impl Fn(&C) -> bool,
        known: &mut [bool],
    ) -> Option<Guess<C>> {
        let mut gains = vec![0.0_f64; self.cells.len()];
        let mut typical = vec![0_usize; self.cells.len()];
        let mut before: Option<&u32> = None;
        for (place, token) in tokens.iter().enumerate() {
            let word = self.words.get(token);
            if place > 0 {
                for memory in word
                    .into_iter()
                    .flat_map(|word| &self.memories[*word as usize])
                {
                    gains[usize::from(memory.cell)] += memory.gain;
                }
                let pair = before
                    .zip(word)
                    .and_then(|(b, w)| self.pairs.get(&(*b, *w)));
                if let (Some(_), Some(known)) = (pair, known.get_mut(place - 1)) {
                    *known = true;
                }
                for memory in pair
                    .into_iter()
                    .flat_map(|pair| &self.memories[*pair as usize])
                {
                    gains[usize::from(memory.cell)] += memory.gain;
                    typical[usize::from(memory.cell)] += 1;
                }
            }
            before = word;
        }
        let features = 2.0 * tokens.len().saturating_sub(1) as f64;
        let mut best: Option<Guess<C>> = None;
        for (index, cell) in self
            .cells
            .iter()
            .enumerate()
            .filter(|(_, cell)| may_be(cell))
        {
            let score = gains[index] + features * self.unheard[index];
            if best.is_none_or(|best| score > best.score) {
                best = Some(Guess {
                    cell: *cell,
                    score,
                    typical: typical[index],
                });
            }
        }
        best
    }
}

fn number(next: &mut u32) -> u32 {
    *next += 1;
    *next - 1
}
