//! How much of the corpus nobody can foretell: the floor against which a model's loss is read.

use super::{DocumentKind, EVERYTHING, surprising_document};
use crate::world::chance::Tally;

/// What the completions of one kind of document cost the generator itself, in nats a token (words,
/// and one for the end).
///
/// The generator adds up −ln p of each choice it makes. What a model can reach at best is the
/// entropy of the completion given the prompt alone, and that lies between two such sums:
///
/// * `knowing` counts the choices made while writing, as if the reader knew who is speaking, or
///   whose advice they take. No model is told that, so it pays at least about this much. About:
///   where two ways of choosing end in the same words, the sum counts only the one that was taken,
///   and it counts sentences too that are drawn and then left out of a long answer; so it comes
///   out a little above what the words themselves are worth.
/// * `at_most` adds the choice of the speaker, or of the advice, as if the prompt gave no hint of
///   it. A reader who knows the village and nothing of the speaker pays no more on average, for
///   choices and words together cannot be less surprising than the words alone.
///
/// Where a memory tells who speaks, the best possible loss is nearer to `knowing`; where nothing
/// does, nearer to `at_most`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Entropy {
    /// What the documents teach.
    pub kind: DocumentKind,
    /// How many were drawn.
    pub documents: u32,
    /// Tokens of their completions.
    pub tokens: u64,
    /// Nats a token, speaker known.
    pub knowing: f64,
    /// Nats a token, choice of the speaker included.
    pub at_most: f64,
}

/// Measures the entropy over `documents` documents, by kind, in the order of
/// [`DocumentKind::ALL`]; kinds without documents are left out.
pub fn entropy(documents: usize, rng: &mut impl Tally) -> Vec<Entropy> {
    let mut found: Vec<Entropy> = DocumentKind::ALL
        .into_iter()
        .map(|kind| Entropy {
            kind,
            documents: 0,
            tokens: 0,
            knowing: 0.0,
            at_most: 0.0,
        })
        .collect();
    for _ in 0..documents {
        let drawn = surprising_document(rng, &EVERYTHING);
        let Some(entry) = found.iter_mut().find(|e| e.kind == drawn.document.kind) else {
            continue;
        };
        entry.documents += 1;
        entry.tokens += drawn.document.completion.split(' ').count() as u64 + 1;
        entry.knowing += drawn.writing;
        entry.at_most += drawn.writing + drawn.hidden;
    }
    found.retain(|entry| entry.documents > 0);
    for entry in &mut found {
        entry.knowing /= entry.tokens as f64;
        entry.at_most /= entry.tokens as f64;
    }
    found
}
