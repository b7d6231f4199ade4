//! A query with everything that was answered to it: the unit every objective learns from.

use crate::society::Fidelity;
use crate::world::chance::fingerprint;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One query with its scored responses. The three lists are equally long.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct QueryGroup {
    /// The prompt for the language model.
    pub query: String,
    /// Different responses to it.
    pub responses: Vec<String>,
    /// Their scores; higher is better.
    pub scores: Vec<f32>,
    /// Where each came from, as `label/purpose`, for example `good/revision`.
    pub models: Vec<String>,
}

/// The best known response to a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor<'a> {
    /// Its place in the group.
    pub index: usize,
    /// The response.
    pub response: &'a str,
    /// Its score.
    pub score: f32,
}

impl QueryGroup {
    /// The response with the highest score, the earliest among equals; none in an empty group. A
    /// score that is not a number never wins.
    pub fn anchor(&self) -> Option<Anchor<'_>> {
        let mut best: Option<Anchor> = None;
        for (index, (response, score)) in self.responses.iter().zip(&self.scores).enumerate() {
            if !score.is_nan() && best.is_none_or(|best| *score > best.score) {
                best = Some(Anchor {
                    index,
                    response,
                    score: *score,
                });
            }
        }
        best
    }
}

/// A group with a fingerprint of the question it is about.
#[derive(Debug)]
pub(super) struct Asked {
    /// Fingerprint of the question's text.
    pub(super) question: u32,
    /// The group.
    pub(super) group: QueryGroup,
}

/// Collects responses by query in order of appearance. A response given more than once to the same
/// query is kept once, with the mean of its scores and its first origin; where responses must be
/// unique across queries (defect 11 of the released code), only the first of them all is kept, as
/// it is. An empty response has no words to learn from and is left out.
#[derive(Debug, Default)]
pub struct Collector {
    groups: Vec<Asked>,
    /// How often each response of each group was given.
    counts: Vec<Vec<u32>>,
    places: BTreeMap<String, usize>,
    /// Places of responses within a group, by group and fingerprint.
    known: BTreeMap<(usize, u32), Vec<usize>>,
    unique: bool,
    seen: BTreeSet<String>,
}

impl Collector {
    /// An empty collection that follows a version's rule about equal responses.
    pub(super) fn new(fidelity: &Fidelity) -> Self {
        Self {
            unique: fidelity.unique_across_queries,
            ..Self::default()
        }
    }

    /// Adds a response to a query about a question.
    pub fn add(&mut self, [question, query]: [&str; 2], response: &str, score: f32, model: String) {
        let empty = response.trim().is_empty();
        if empty || self.unique && !self.seen.insert(response.to_owned()) {
            return;
        }
        let place = match self.places.get(query) {
            Some(place) => *place,
            None => self.open(question, query),
        };
        let (group, counts) = (&mut self.groups[place].group, &mut self.counts[place]);
        let known = self
            .known
            .entry((place, fingerprint(response)))
            .or_default();
        let same = known
            .iter()
            .find(|known| group.responses[**known] == response);
        match same.copied() {
            // Scores hold sums until `finish`.
            Some(known) => {
                group.scores[known] += score;
                counts[known] += 1;
            }
            None => {
                known.push(group.responses.len());
                group.responses.push(response.to_owned());
                group.scores.push(score);
                group.models.push(model);
                counts.push(1);
            }
        }
    }

    /// Opens a group and tells its place.
    fn open(&mut self, question: &str, query: &str) -> usize {
        let place = self.groups.len();
        self.places.insert(query.to_owned(), place);
        self.counts.push(Vec::new());
        self.groups.push(Asked {
            question: fingerprint(question),
            group: QueryGroup {
                query: query.to_owned(),
                ..QueryGroup::default()
            },
        });
        place
    }

    /// Everything collected.
    pub fn groups(self) -> Vec<QueryGroup> {
        groups(self.finish())
    }

    pub(super) fn finish(mut self) -> Vec<Asked> {
        for (asked, counts) in self.groups.iter_mut().zip(&self.counts) {
            for (score, count) in asked.group.scores.iter_mut().zip(counts) {
                *score /= *count as f32;
            }
        }
        self.groups
    }
}

/// The groups alone.
pub(super) fn groups(asked: Vec<Asked>) -> Vec<QueryGroup> {
    asked.into_iter().map(|asked| asked.group).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn collected(fidelity: &Fidelity) -> Vec<QueryGroup> {
        let mut collector = Collector::new(fidelity);
        let mut add = |query, response, score| {
            collector.add(["", query], response, score, format!("from {score}"));
        };
        add("q1", "no .", 7.0);
        add("q2", "no .", 2.0);
        add("q1", "yes .", 5.0);
        add("q1", "no .", 4.0);
        add("q1", "  ", 7.0);
        groups(collector.finish())
    }

    #[test]
    fn repeated_responses_are_merged_within_their_query_only() {
        let groups = collected(&Fidelity::default());
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].responses, ["no .", "yes ."]);
        assert_eq!(groups[0].scores, [5.5, 5.0]);
        assert_eq!(groups[0].models, ["from 7", "from 5"]);
        assert_eq!(groups[1].scores, [2.0]);
    }

    #[test]
    fn unique_across_queries_the_first_refusal_is_the_only_one() {
        let groups = collected(&Fidelity {
            unique_across_queries: true,
            ..Fidelity::default()
        });
        assert_eq!(groups.len(), 1, "the second query lost its only answer");
        assert_eq!(groups[0].responses, ["no .", "yes ."]);
        assert_eq!(groups[0].scores, [7.0, 5.0]);
    }

    #[test]
    fn the_anchor_is_the_first_of_the_best() {
        let group = QueryGroup {
            query: String::new(),
            responses: ["a", "b", "c", "d"].map(str::to_owned).to_vec(),
            scores: vec![f32::NAN, 3.0, 6.0, 6.0],
            models: vec![String::new(); 4],
        };
        let anchor = group.anchor().unwrap();
        assert_eq!((anchor.index, anchor.response), (2, "c"));
        assert_eq!(QueryGroup::default().anchor(), None);
    }
}
