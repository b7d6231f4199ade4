//! A multinomial naive Bayes listener for words and adjacent word pairs.
//!
//! It is taught sentences of which it is told what they do, counts their words and pairs, and
//! later says what a new sentence most probably does, which of its pairs it has ever heard, and
//! which it has heard from people who do that. Sums run in a fixed order and logarithms come
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
        let mut counts: Vec<((u32, u16), f64)> = Vec::new();
        let mut totals = vec![0.0_f64; listener.cells.len()];
        for lesson in lessons {
            let cell = listener.cells.partition_point(|cell| *cell < lesson.cell);
            let mut count = |feature: u32| {
                counts.push(((feature, cell as u16), lesson.weight));
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
        // Sorted in a stable way, so that sums run in the order of the lessons.
        counts.sort_by_key(|(key, _)| *key);
        for same in counts.chunk_by(|one, other| one.0 == other.0) {
            let (feature, cell) = same[0].0;
            let count = same.iter().fold(0.0, |sum, (_, weight)| sum + weight);
            let gain = libm::log((count + UNHEARD) / UNHEARD);
            listener.memories[feature as usize].push(Memory { cell, gain });
        }
        let share = |total: &f64| UNHEARD / (total + UNHEARD * REPERTOIRE);
        listener.unheard = totals.iter().map(|total| libm::log(share(total))).collect();
        listener
    }

    /// The numbers of a sentence's words and of the pairs they make; `None` for what nobody says.
    fn known(&self, tokens: &[Token<'_>]) -> Vec<(Option<u32>, Option<u32>)> {
        let words: Vec<Option<u32>> = tokens.iter().map(|t| self.words.get(t).copied()).collect();
        let pairs = words.windows(2).map(|two| {
            let pair = two[0].zip(two[1]);
            (two[1], pair.and_then(|pair| self.pairs.get(&pair).copied()))
        });
        pairs.collect()
    }

    /// For each pair of the sentence, whether anybody was heard to say it.
    pub(super) fn familiar(&self, tokens: &[Token<'_>]) -> Vec<bool> {
        let known = self.known(tokens).into_iter();
        known.map(|(_, pair)| pair.is_some()).collect()
    }

    /// For each pair of the sentence, whether somebody was heard to say it who does this.
    pub(super) fn typical(&self, tokens: &[Token<'_>], cell: &C) -> Vec<bool> {
        let pairs = tokens.windows(2);
        pairs.map(|two| self.says(cell, two[0], two[1])).collect()
    }

    /// Whether somebody who does this was heard to say the one right after the other.
    pub(super) fn says(&self, cell: &C, before: Token<'_>, after: Token<'_>) -> bool {
        let word = |token: Token<'_>| self.words.get(&token).copied();
        let pair = word(before).zip(word(after));
        let Some(pair) = pair.and_then(|pair| self.pairs.get(&pair)) else {
            return false;
        };
        let mut memories = self.memories[*pair as usize].iter();
        memories.any(|memory| self.cells[usize::from(memory.cell)] == *cell)
    }

    /// What the sentence most probably does, among the cells that may be; `None` if none may.
    pub(super) fn hear(
        &self,
        tokens: &[Token<'_>],
        may_be: impl Fn(&C) -> bool,
    ) -> Option<Guess<C>> {
        let mut gains = vec![0.0_f64; self.cells.len()];
        for (word, pair) in self.known(tokens) {
            for feature in word.into_iter().chain(pair) {
                for memory in &self.memories[feature as usize] {
                    gains[usize::from(memory.cell)] += memory.gain;
                }
            }
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
                best = Some(Guess { cell: *cell, score });
            }
        }
        best
    }
}

fn number(next: &mut u32) -> u32 {
    *next += 1;
    *next - 1
}
