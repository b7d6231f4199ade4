//! The search in plain Rust: what the CPU engine runs, and what the kernel is held against.

use super::{Found, Search};

/// The nearest memory for every asked pair of a search that was checked.
pub(super) fn find(search: &Search<'_>) -> Vec<Option<Found>> {
    let asked = search.asked.iter();
    asked
        .map(|(agent, question)| nearest(search, *agent, *question))
        .collect()
}

fn nearest(search: &Search<'_>, agent: u32, question: u32) -> Option<Found> {
    let mut best: Option<Found> = None;
    for (place, memory) in (0..).zip(remembered(search, agent)) {
        let distance = distance(search, *memory, question);
        if best.is_none_or(|best| distance < best.distance) {
            best = Some(Found { place, distance });
        }
    }
    best
}

/// Question numbers of one agent's memories.
fn remembered<'a>(search: &Search<'a>, agent: u32) -> &'a [u32] {
    let start = |agent: usize| search.starts.get(agent).copied().unwrap_or(0) as usize;
    let agent = agent as usize;
    let share = start(agent)..start(agent + 1);
    search.memories.get(share).unwrap_or_default()
}

/// Cosine distance of two questions, 0 to 2.
pub(super) fn distance(search: &Search<'_>, one: u32, other: u32) -> f32 {
    if one == other {
        return 0.0;
    }
    (1.0 - dot(embedding(search, one), embedding(search, other))).clamp(0.0, 2.0)
}

fn embedding<'a>(search: &Search<'a>, question: u32) -> &'a [f32] {
    let start = question as usize * search.width;
    let place = start..start + search.width;
    search.embeddings.get(place).unwrap_or_default()
}

/// Summed from the first element to the last, so that the result is the same everywhere.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}
