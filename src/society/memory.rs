//! What agents remember, and which of it comes to mind.
//!
//! A memory is a question, the answer given, and the number of the question in the [`Library`].
//! The library holds every question once, with its embedding, for the whole society: a checkpoint
//! stays small, and a question is embedded once however many agents remember it. Question, answer
//! and embedding travel together, so a memory can never be recalled under another's embedding, and
//! answering a known question again replaces the old answer.

use super::error::SocietyError;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One remembered question and the answer that was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Memory {
    /// Number of the question in the library.
    pub question: u32,
    /// The answer.
    pub answer: String,
}

/// A memory that came to mind, with how far its question is from the one being asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Recall {
    /// The remembered question.
    pub question: String,
    /// The remembered answer.
    pub answer: String,
    /// Cosine distance between the two questions, 0 to 2.
    pub distance: f32,
}

/// Every question anybody knows, numbered in order of appearance, with its embedding once supplied.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Library {
    numbers: BTreeMap<String, u32>,
    questions: Vec<String>,
    /// L2-normalised; empty until supplied.
    embeddings: Vec<Vec<f32>>,
    /// Length of every embedding, 0 until the first arrives.
    width: u32,
    missing: u32,
}

impl Library {
    /// The number of `question`, added if it is new.
    pub fn number(&mut self, question: &str) -> u32 {
        if let Some(number) = self.numbers.get(question) {
            return *number;
        }
        let number = self.questions.len() as u32;
        self.numbers.insert(question.to_owned(), number);
        self.questions.push(question.to_owned());
        self.embeddings.push(Vec::new());
        self.missing += 1;
        number
    }

    /// The question of a number; empty for a number that was never given out.
    pub fn question(&self, number: u32) -> &str {
        let known = self.questions.get(number as usize);
        known.map_or("", String::as_str)
    }

    /// Questions still without an embedding, in order of appearance.
    pub fn missing(&self) -> Vec<String> {
        if self.complete() {
            return Vec::new();
        }
        let all = self.questions.iter().zip(&self.embeddings);
        all.filter(|(_, embedding)| embedding.is_empty())
            .map(|(question, _)| question.clone())
            .collect()
    }

    /// Whether every question has its embedding.
    pub fn complete(&self) -> bool {
        self.missing == 0
    }

    /// Stores the embedding of a question, normalised to length 1 (a zero vector stays zero and is
    /// at distance 1 from everything). Supplying one a second time changes nothing.
    ///
    /// # Errors
    /// For a question nobody knows, and for an embedding that is empty, of another length than the
    /// first, or not finite.
    pub fn supply(&mut self, question: &str, embedding: Vec<f32>) -> Result<(), SocietyError> {
        let bad = |reason: String| SocietyError::BadEmbedding {
            question: question.to_owned(),
            reason,
        };
        let Some(number) = self.numbers.get(question) else {
            return Err(SocietyError::UnexpectedEmbedding {
                question: question.to_owned(),
            });
        };
        if embedding.is_empty() {
            return Err(bad("it is empty".to_owned()));
        }
        let width = embedding.len() as u32;
        if self.width != 0 && self.width != width {
            return Err(bad(format!(
                "it has {width} numbers, the others have {}",
                self.width
            )));
        }
        let length = libm::sqrtf(dot(&embedding, &embedding));
        if !length.is_finite() {
            return Err(bad("it holds a number that is not finite".to_owned()));
        }
        let Some(place) = self.embeddings.get_mut(*number as usize) else {
            return Ok(());
        };
        if place.is_empty() {
            *place = embedding;
            if length > 0.0 {
                for value in place.iter_mut() {
                    *value /= length;
                }
            }
            self.width = width;
            self.missing -= 1;
        }
        Ok(())
    }

    /// Cosine distance of two questions, 0 to 2; 1 where an embedding is missing.
    pub fn distance(&self, one: u32, other: u32) -> f32 {
        if one == other {
            return 0.0;
        }
        let of = |number: u32| self.embeddings.get(number as usize);
        match (of(one), of(other)) {
            (Some(one), Some(other)) => (1.0 - dot(one, other)).clamp(0.0, 2.0),
            _ => 1.0,
        }
    }

    /// The memory nearest to a question, with its distance; the earliest one among equals.
    pub fn nearest<'a>(&self, memories: &'a [Memory], asked: u32) -> Option<(&'a Memory, f32)> {
        let mut best: Option<(&Memory, f32)> = None;
        for memory in memories {
            let distance = self.distance(memory.question, asked);
            if best.is_none_or(|(_, nearest)| distance < nearest) {
                best = Some((memory, distance));
            }
        }
        best
    }
}

/// Keeps `answer` under `question`, in place of an older answer to the same question.
pub fn remember(memories: &mut Vec<Memory>, question: u32, answer: &str) {
    let known = memories.iter_mut().find(|m| m.question == question);
    if let Some(memory) = known {
        answer.clone_into(&mut memory.answer);
    } else {
        memories.push(Memory {
            question,
            answer: answer.to_owned(),
        });
    }
}

/// Summed from the first element to the last, so that the result is the same everywhere.
fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_memory_comes_to_mind_with_its_distance() {
        let mut library = Library::default();
        let mut memories = Vec::new();
        for question in ["east", "north", "nowhere"] {
            let number = library.number(question);
            remember(&mut memories, number, question);
        }
        let asked = library.number("asked");
        assert_eq!(library.missing().len(), 4);
        library.supply("east", vec![2.0, 0.0]).unwrap();
        library.supply("north", vec![0.0, 5.0]).unwrap();
        library.supply("nowhere", vec![0.0, 0.0]).unwrap();
        library.supply("asked", vec![3.0, 4.0]).unwrap();
        assert!(library.complete());
        let (memory, distance) = library.nearest(&memories, asked).unwrap();
        assert_eq!(memory.answer, "north");
        assert!((distance - 0.2).abs() < 1e-6, "{distance}");
        assert_eq!(library.distance(2, asked), 1.0);
        assert_eq!(library.distance(asked, asked), 0.0);
    }

    #[test]
    fn a_known_question_is_updated_in_place() {
        let mut memories = Vec::new();
        remember(&mut memories, 0, "old");
        remember(&mut memories, 1, "other");
        remember(&mut memories, 0, "new");
        let answers: Vec<&str> = memories.iter().map(|m| m.answer.as_str()).collect();
        assert_eq!(answers, ["new", "other"]);
    }

    #[test]
    fn bad_embeddings_are_refused_and_change_nothing() {
        let mut library = Library::default();
        library.number("a");
        library.number("b");
        let before = library.clone();
        assert!(library.supply("c", vec![1.0]).is_err());
        assert!(library.supply("a", vec![]).is_err());
        assert!(library.supply("a", vec![f32::NAN, 1.0]).is_err());
        assert_eq!(library, before);
        library.supply("a", vec![1.0, 0.0]).unwrap();
        let message = library.supply("b", vec![1.0]).unwrap_err().to_string();
        assert!(
            message.contains("1 numbers, the others have 2"),
            "{message}"
        );
    }
}
