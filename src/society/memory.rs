//! What agents remember, and which of it comes to mind.
//!
//! A memory is a question, the answer given, and the number of the question in the [`Library`].
//! The library holds every question once, with its embedding, for the whole society: a checkpoint
//! stays small, and a question is embedded once however many agents remember it. Question, answer
//! and embedding travel together, so a memory can never be recalled under another's embedding, and
//! answering a known question again replaces the old answer.
//!
//! Looking for the nearest memory is asked of the outside ([`Search`]): it is arithmetic, and an
//! engine may have a faster way than [`Search::answer`].

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

    /// The search for what comes to mind of each agent's memories, for (agent, question) pairs.
    pub(crate) fn search<'a>(
        &self,
        agents: impl Iterator<Item = &'a Vec<Memory>>,
        asked: Vec<(u32, u32)>,
    ) -> Search {
        let mut starts = vec![0];
        let mut memories = Vec::new();
        for remembered in agents {
            memories.extend(remembered.iter().map(|memory| memory.question));
            starts.push(memories.len() as u32);
        }
        Search {
            width: self.width as usize,
            embeddings: self.embeddings.concat(),
            starts,
            memories,
            asked,
        }
    }
}

/// A search for nearest memories, in flat lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// Numbers of one embedding.
    pub width: usize,
    /// Every question's embedding, `[questions, width]`, of length 1 each (or all zero).
    pub embeddings: Vec<f32>,
    /// Where each agent's memories begin, and the end, `[agents + 1]`.
    pub starts: Vec<u32>,
    /// The questions remembered, agent after agent, each in the order learnt.
    pub memories: Vec<u32>,
    /// Pairs of an agent and the question it is asked.
    pub asked: Vec<(u32, u32)>,
}

/// The nearest memory of an agent.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Its place among the agent's memories; the earliest one among equals.
    pub place: u32,
    /// Cosine distance of the questions, 0 to 2.
    pub distance: f32,
}

impl Search {
    /// The plain answer, one for each pair asked; none where an agent remembers nothing.
    pub fn answer(&self) -> Vec<Option<Found>> {
        let asked = self.asked.iter();
        asked
            .map(|(agent, question)| self.nearest(*agent as usize, *question))
            .collect()
    }

    fn nearest(&self, agent: usize, question: u32) -> Option<Found> {
        let range = *self.starts.get(agent)? as usize..*self.starts.get(agent + 1)? as usize;
        let mut best: Option<Found> = None;
        for (place, memory) in (0..).zip(self.memories.get(range)?) {
            let distance = self.distance(*memory, question);
            if best.is_none_or(|best| distance < best.distance) {
                best = Some(Found { place, distance });
            }
        }
        best
    }

    /// Cosine distance of two questions, 0 to 2.
    pub(crate) fn distance(&self, one: u32, other: u32) -> f32 {
        if one == other {
            return 0.0;
        }
        let of = |number: u32| {
            let begin = number as usize * self.width;
            self.embeddings.get(begin..begin + self.width)
        };
        match (of(one), of(other)) {
            (Some(one), Some(other)) => (1.0 - dot(one, other)).clamp(0.0, 2.0),
            _ => 1.0,
        }
    }
}

/// Keeps `answer` under `question`, in place of an older answer to the same question, unless the
/// first one is to stay.
pub fn remember(memories: &mut Vec<Memory>, question: u32, answer: &str, first_stays: bool) {
    let known = memories.iter_mut().find(|m| m.question == question);
    if let Some(memory) = known {
        if !first_stays {
            answer.clone_into(&mut memory.answer);
        }
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
            remember(&mut memories, number, question, false);
        }
        let asked = library.number("asked");
        assert_eq!(library.missing().len(), 4);
        library.supply("east", vec![2.0, 0.0]).unwrap();
        library.supply("north", vec![0.0, 5.0]).unwrap();
        library.supply("nowhere", vec![0.0, 0.0]).unwrap();
        library.supply("asked", vec![3.0, 4.0]).unwrap();
        assert!(library.complete());
        let pairs = vec![(0, asked), (1, asked), (0, 0)];
        let search = library.search([memories, Vec::new()].iter(), pairs);
        let found = search.answer();
        assert!((found[0].unwrap().distance - 0.2).abs() < 1e-6, "{found:?}");
        assert_eq!(found[0].unwrap().place, 1);
        assert_eq!(found[1], None, "nothing remembered");
        assert_eq!(
            found[2],
            Some(Found {
                place: 0,
                distance: 0.0
            })
        );
        assert_eq!(search.distance(2, asked), 1.0);
    }

    #[test]
    fn a_known_question_is_updated_in_place() {
        let mut memories = Vec::new();
        remember(&mut memories, 0, "old", false);
        remember(&mut memories, 1, "other", false);
        remember(&mut memories, 0, "new", false);
        // Defect 8: what is known already is never learnt again.
        remember(&mut memories, 1, "newer", true);
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
