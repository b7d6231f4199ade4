//! Which questions a step learns from, and which of their answers are compared.
//!
//! Questions come in a shuffled order, each once before any comes again. Anchored, a question
//! brings its best known answer and sampled others; as published, it brings sampled answers only,
//! so its best one is often missing; supervised, the best one alone.

use super::config::{Candidates, ObjectiveKind};
use super::data::QueryGroup;
use super::error::AlignmentError;
use super::objective::{Answer, best_of};
use crate::model::log_probabilities::Example;
use crate::world::chance;
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;
use serde::{Deserialize, Serialize};

/// A question group as tokens.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The model prompt.
    pub prompt: Vec<u32>,
    /// The answers.
    pub responses: Vec<Vec<u32>>,
    /// What each answer is worth.
    pub scores: Vec<f32>,
}

impl Question {
    /// Checks a group and turns it into tokens, each answer closed by the end token if `ends` says so.
    ///
    /// # Errors
    /// Uneven or empty lists, a score that is not finite, an empty prompt, or an answer that does
    /// not fit a context of `context` tokens.
    pub fn of(
        group: &QueryGroup,
        tokenizer: &Tokenizer,
        context: usize,
        ends: bool,
    ) -> Result<Self, AlignmentError> {
        let query = || group.query.clone();
        if group.responses.is_empty() || group.responses.len() != group.scores.len() {
            let (responses, scores) = (group.responses.len(), group.scores.len());
            return Err(AlignmentError::UnevenGroup {
                query: query(),
                responses,
                scores,
            });
        }
        if let Some(&score) = group.scores.iter().find(|score| !score.is_finite()) {
            return Err(AlignmentError::BadScore {
                query: query(),
                score,
            });
        }
        let prompt = tokenizer.encode(&group.query);
        if prompt.is_empty() {
            return Err(AlignmentError::EmptyQuery);
        }
        let mut responses = Vec::with_capacity(group.responses.len());
        for response in &group.responses {
            let mut tokens = tokenizer.encode(response);
            if ends {
                tokens.push(tokenizer.eos());
            }
            let length = prompt.len() + tokens.len();
            if length > context {
                return Err(AlignmentError::TooLong {
                    query: query(),
                    length,
                    context,
                });
            }
            responses.push(tokens);
        }
        Ok(Self {
            prompt,
            responses,
            scores: group.scores.clone(),
        })
    }
}

impl Question {
    /// Place of the best answer.
    pub fn best(&self) -> usize {
        best(&self.scores)
    }
}

/// A question picked for a step and the answers it brings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    /// Place of the question.
    pub question: usize,
    /// Places of its answers.
    pub candidates: Vec<usize>,
}

/// Picks questions and candidates, reproducibly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Picker {
    rng: ChaCha8Rng,
    order: Vec<u32>,
    cursor: u32,
}

impl Picker {
    /// A picker over `questions` questions that has not begun.
    pub fn new(questions: usize, rng: ChaCha8Rng) -> Self {
        let order: Vec<u32> = (0..questions as u32).collect();
        let cursor = order.len() as u32;
        Self { rng, order, cursor }
    }

    /// How many questions it picks from.
    pub fn questions(&self) -> usize {
        self.order.len()
    }

    /// Whether this state could have come from a picker over `questions` questions.
    pub fn fits(&self, questions: usize) -> bool {
        let mut sorted = self.order.clone();
        sorted.sort_unstable();
        sorted.into_iter().eq(0..questions as u32) && self.cursor as usize <= questions
    }

    /// Picks the next `count` questions (repeating them when there are fewer) with up to
    /// `candidates` answers each.
    pub fn pick(
        &mut self,
        questions: &[Question],
        kind: ObjectiveKind,
        count: usize,
        candidates: usize,
    ) -> Vec<Picked> {
        let mut picked = Vec::with_capacity(count);
        while picked.len() < count && !self.order.is_empty() {
            if self.cursor as usize >= self.order.len() {
                chance::shuffle(&mut self.rng, &mut self.order);
                self.cursor = 0;
            }
            let question = self.order[self.cursor as usize] as usize;
            self.cursor += 1;
            let candidates = self.candidates(&questions[question].scores, kind, candidates);
            picked.push(Picked {
                question,
                candidates,
            });
        }
        picked
    }

    fn candidates(&mut self, scores: &[f32], kind: ObjectiveKind, most: usize) -> Vec<usize> {
        let best = best(scores);
        let everybody = 0..scores.len();
        match kind.candidates() {
            Candidates::Best => vec![best],
            Candidates::Sampled => self.sample(everybody.collect(), most),
            Candidates::Anchored => {
                let others = everybody.filter(|index| *index != best).collect();
                let mut chosen = vec![best];
                chosen.extend(self.sample(others, most.saturating_sub(1)));
                chosen
            }
        }
    }

    /// Up to `most` of the places, each at most once, in ascending order.
    fn sample(&mut self, mut places: Vec<usize>, most: usize) -> Vec<usize> {
        if places.len() > most {
            chance::shuffle(&mut self.rng, &mut places);
            places.truncate(most);
            places.sort_unstable();
        }
        places
    }
}

fn best(scores: &[f32]) -> usize {
    best_of(scores.iter().copied().map(f64::from))
}

/// The rows of a micro-batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MicroBatch {
    /// One row a candidate, question after question.
    pub examples: Vec<Example>,
    /// The candidates' scores, one list a question.
    pub scores: Vec<Vec<f32>>,
    /// Tokens of all rows, padding excluded.
    pub tokens: u32,
}

impl MicroBatch {
    /// The answers of each question as an objective sees them, of each row's log-probabilities of its
    /// response tokens.
    pub fn answers(&self, rows: Vec<Vec<f64>>) -> Vec<Vec<Answer>> {
        let mut rows = rows.into_iter();
        let mut answer =
            |score: &f32| Answer::of(rows.next().unwrap_or_default(), f64::from(*score));
        let questions = self.scores.iter();
        questions
            .map(|scores| scores.iter().map(&mut answer).collect())
            .collect()
    }

    /// Lays the picked answers out as rows.
    pub fn of(questions: &[Question], picked: &[Picked]) -> Self {
        let mut batch = Self::default();
        for Picked {
            question,
            candidates,
        } in picked
        {
            let question = &questions[*question];
            for &candidate in candidates {
                let tokens = [question.prompt.as_slice(), &question.responses[candidate]].concat();
                batch.tokens += tokens.len() as u32;
                batch.examples.push(Example {
                    tokens,
                    prompt: question.prompt.len(),
                });
            }
            batch.scores.push(
                candidates
                    .iter()
                    .map(|candidate| question.scores[*candidate])
                    .collect(),
            );
        }
        batch
    }
}

/// Most of a padded array that may be padding.
pub const MOST_WASTE: f64 = 0.15;

/// Rows of like length together: places of `lengths` in groups, the longest rows first, such that in
/// no group more than [`MOST_WASTE`] of the padded tokens is padding. As few groups as a greedy cut
/// needs, for each is a pass of its own through the network.
pub fn by_length(lengths: &[usize]) -> Vec<Vec<usize>> {
    let mut places: Vec<usize> = (0..lengths.len()).collect();
    places.sort_by_key(|place| (std::cmp::Reverse(lengths[*place]), *place));
    let mut groups: Vec<Vec<usize>> = Vec::new();
    let (mut longest, mut tokens) = (0, 0);
    for place in places {
        let length = lengths[place];
        let group = groups.last_mut();
        let rows = group.as_ref().map_or(0, |group| group.len()) + 1;
        let padded = (longest * rows) as f64;
        match group {
            Some(group) if padded - (tokens + length) as f64 <= MOST_WASTE * padded => {
                group.push(place);
                tokens += length;
            }
            _ => {
                groups.push(vec![place]);
                (longest, tokens) = (length, length);
            }
        }
    }
    groups
}

/// Every picked question's first answer under the next one's prompt; none where there is only one
/// question.
pub fn swapped(questions: &[Question], picked: &[Picked]) -> Vec<Example> {
    let next = picked.iter().cycle().skip(1);
    let pairs = picked.iter().zip(next);
    let others = pairs.filter(|(one, other)| one.question != other.question);
    let example = |(one, other): (&Picked, &Picked)| {
        let response = questions[one.question]
            .responses
            .get(*one.candidates.first()?)?;
        let prompt = &questions[other.question].prompt;
        Some(Example {
            tokens: [prompt.as_slice(), response].concat(),
            prompt: prompt.len(),
        })
    };
    others.filter_map(example).collect()
}

/// Cuts a step's questions into at most `parts` micro-batches, as even as can be, none empty.
pub fn micro_batches(picked: Vec<Picked>, parts: usize) -> Vec<Vec<Picked>> {
    let parts = parts.clamp(1, picked.len().max(1));
    let (each, more) = (picked.len() / parts, picked.len() % parts);
    let mut rest = picked.into_iter();
    (0..parts)
        .map(|part| {
            rest.by_ref()
                .take(each + usize::from(part < more))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::rand_core::SeedableRng;

    fn questions() -> Vec<Question> {
        let question = |id: u32, scores: &[f32]| Question {
            prompt: vec![id; 3],
            responses: (0..scores.len())
                .map(|index| vec![10 + index as u32, 1])
                .collect(),
            scores: scores.to_vec(),
        };
        vec![
            question(2, &[1.0, 7.0, 3.0, 7.0, 2.0]),
            question(3, &[4.0]),
            question(4, &[2.0, 1.0]),
            question(5, &[1.0, 2.0, 3.0, 4.0]),
        ]
    }

    #[test]
    fn every_question_once_before_any_comes_again() {
        let questions = questions();
        let mut picker = Picker::new(4, ChaCha8Rng::seed_from_u64(1));
        let all = picker.pick(&questions, ObjectiveKind::SaCpo, 12, 3);
        for epoch in all.chunks(4) {
            let mut seen: Vec<usize> = epoch.iter().map(|picked| picked.question).collect();
            seen.sort_unstable();
            assert_eq!(seen, [0, 1, 2, 3]);
        }
        assert!(picker.fits(4) && !picker.fits(5));
    }

    #[test]
    fn anchored_always_brings_the_best_and_published_sometimes() {
        let questions = questions();
        let mut picker = Picker::new(4, ChaCha8Rng::seed_from_u64(2));
        let anchored = picker.pick(&questions, ObjectiveKind::SaCpoAnchored, 80, 3);
        for picked in &anchored {
            let known = &questions[picked.question].scores;
            assert_eq!(picked.candidates[0], best(known));
            assert_eq!(picked.candidates.len(), known.len().min(3));
            let mut unique = picked.candidates.clone();
            unique.sort_unstable();
            unique.dedup();
            assert_eq!(unique.len(), picked.candidates.len());
        }
        let published = picker.pick(&questions, ObjectiveKind::SaCpo, 400, 3);
        let with_best = published
            .iter()
            .filter(|p| p.question == 3 && p.candidates.contains(&3))
            .count();
        assert!(
            (55..=95).contains(&with_best),
            "three of four answers hold the best in 75 of 100: {with_best}"
        );
        let supervised = picker.pick(&questions, ObjectiveKind::SupervisedBest, 4, 3);
        assert!(
            supervised
                .iter()
                .all(|p| p.candidates == [best(&questions[p.question].scores)])
        );
    }

    #[test]
    fn rows_of_like_length_go_together_and_little_is_padding() {
        let mut lengths = Vec::new();
        let mut state = 7u32;
        for _ in 0..200 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            lengths.push(12 + (state >> 16) as usize % 140);
        }
        for count in [0, 1, 2, 24, 200] {
            let groups = by_length(&lengths[..count]);
            let mut all: Vec<usize> = groups.concat();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..count), "each row once");
            for group in &groups {
                let longest = group.iter().map(|place| lengths[*place]).max().unwrap();
                let tokens: usize = group.iter().map(|place| lengths[*place]).sum();
                let waste = 1.0 - tokens as f64 / (longest * group.len()) as f64;
                assert!(waste <= MOST_WASTE, "{waste}");
            }
        }
        assert_eq!(by_length(&[9, 10, 9, 10]), [vec![1, 3, 0, 2]]);
        assert_eq!(by_length(&[10, 100]), [vec![1], vec![0]]);
    }

    #[test]
    fn rows_and_micro_batches() {
        let questions = questions();
        let picked = vec![
            Picked {
                question: 0,
                candidates: vec![1, 4],
            },
            Picked {
                question: 1,
                candidates: vec![0],
            },
            Picked {
                question: 2,
                candidates: vec![0, 1],
            },
        ];
        let parts = micro_batches(picked.clone(), 2);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(micro_batches(picked, 16).len(), 3);
        let batch = MicroBatch::of(&questions, &parts[0]);
        assert_eq!(batch.scores, [vec![7.0, 2.0], vec![4.0]]);
        assert_eq!(
            batch.examples[1],
            Example {
                tokens: vec![2, 2, 2, 14, 1],
                prompt: 3
            }
        );
        assert_eq!((batch.examples.len(), batch.tokens), (3, 15));
    }
}
