//! A query with everything that was answered to it: the unit every objective learns from.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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

/// Collects responses by query in order of appearance. A response given more than once to the same
/// query is kept once, with the mean of its scores and its first origin; an empty response has no
/// words to learn from and is left out.
#[derive(Default)]
pub(super) struct Collector {
    groups: Vec<QueryGroup>,
    /// How often each response of each group was given.
    counts: Vec<Vec<u32>>,
    places: BTreeMap<String, usize>,
}

impl Collector {
    pub(super) fn add(&mut self, query: &str, response: &str, score: f32, model: String) {
        if response.trim().is_empty() {
            return;
        }
        let place = match self.places.get(query) {
            Some(place) => *place,
            None => {
                self.places.insert(query.to_owned(), self.groups.len());
                self.groups.push(QueryGroup {
                    query: query.to_owned(),
                    ..QueryGroup::default()
                });
                self.counts.push(Vec::new());
                self.groups.len() - 1
            }
        };
        let (group, counts) = (&mut self.groups[place], &mut self.counts[place]);
        match group.responses.iter().position(|known| known == response) {
            // Scores hold sums until `finish`.
            Some(known) => {
                group.scores[known] += score;
                counts[known] += 1;
            }
            None => {
                group.responses.push(response.to_owned());
                group.scores.push(score);
                group.models.push(model);
                counts.push(1);
            }
        }
    }

    pub(super) fn finish(mut self) -> Vec<QueryGroup> {
        for (group, counts) in self.groups.iter_mut().zip(&self.counts) {
            for (score, count) in group.scores.iter_mut().zip(counts) {
                *score /= *count as f32;
            }
        }
        self.groups
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_responses_are_merged_within_their_query_only() {
        let mut collector = Collector::default();
        let mut add = |query, response, score| {
            collector.add(query, response, score, format!("from {score}"));
        };
        add("q1", "no .", 7.0);
        add("q2", "no .", 2.0);
        add("q1", "yes .", 5.0);
        add("q1", "no .", 4.0);
        add("q1", "  ", 7.0);
        let groups = collector.finish();
        assert_eq!(groups.len(), 2);
        assert_eq!(groups[0].responses, ["no .", "yes ."]);
        assert_eq!(groups[0].scores, [5.5, 5.0]);
        assert_eq!(groups[0].models, ["from 7", "from 5"]);
        assert_eq!(groups[1].scores, [2.0]);
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
