//! Query groups as rows of any kind, and rows gathered into query groups.

use super::trl::{Completion, Judged, Preference};
use super::{GOOD_ABOVE, Kind, stable_alignment};
use crate::alignment::data::{Collector, QueryGroup};
use serde::{Serialize, Serializer};

/// The score of a good response where a file doesn't say: the top of the scale.
const GOOD: f32 = 7.0;
/// The score of a bad one: its bottom.
const BAD: f32 = 1.0;

/// A row of a data set.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A query with scored responses.
    Group(QueryGroup),
    /// A better and a worse response.
    Preference(Preference),
    /// A response to imitate.
    Completion(Completion),
    /// A good or bad response.
    Judged(Judged),
}

impl Row {
    /// The rows of a kind that a query group becomes, see [the table](super). There is none where
    /// the group is empty, or where all responses are equally good and a preference is asked for.
    pub fn of(group: &QueryGroup, kind: Kind) -> Vec<Row> {
        let prompt = || group.query.clone();
        let Some(best) = group.anchor() else {
            return Vec::new();
        };
        let scored = group.responses.iter().zip(&group.scores);
        match kind {
            Kind::StableAlignment => vec![Row::Group(group.clone())],
            Kind::Preference => scored
                .filter(|(_, score)| **score < best.score)
                .map(|(response, score)| {
                    Row::Preference(Preference {
                        prompt: prompt(),
                        chosen: best.response.to_owned(),
                        rejected: response.clone(),
                        score_chosen: Some(best.score),
                        score_rejected: Some(*score),
                    })
                })
                .collect(),
            Kind::Completion => vec![Row::Completion(Completion {
                prompt: prompt(),
                completion: best.response.to_owned(),
                score: Some(best.score),
            })],
            Kind::Judged => scored
                .map(|(response, score)| {
                    Row::Judged(Judged {
                        prompt: prompt(),
                        completion: response.clone(),
                        label: *score > GOOD_ABOVE,
                        score: Some(*score),
                    })
                })
                .collect(),
        }
    }

    /// What the row says.
    pub fn kind(&self) -> Kind {
        match self {
            Row::Group(_) => Kind::StableAlignment,
            Row::Preference(_) => Kind::Preference,
            Row::Completion(_) => Kind::Completion,
            Row::Judged(_) => Kind::Judged,
        }
    }
}

impl Serialize for Row {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Row::Group(group) => stable_alignment::Written::of(group).serialize(serializer),
            Row::Preference(row) => row.serialize(serializer),
            Row::Completion(row) => row.serialize(serializer),
            Row::Judged(row) => row.serialize(serializer),
        }
    }
}

/// Makes query groups of rows: everything about one query stands together, in order of appearance,
/// and a response that comes more than once has the mean of its scores. Where a row has no score,
/// a good response gets 7 and a bad one 1.
#[derive(Debug, Default)]
pub struct Gathering(Collector);

impl Gathering {
    /// Adds a row.
    pub fn add(&mut self, row: &Row) {
        let mut add = |query: &str, response: &str, score: f32, model: &str| {
            // What is asked can't be told from the rest of a stranger's prompt.
            self.0
                .add([query, query], response, score, model.to_owned());
        };
        let or = |score: Option<f32>, otherwise| score.unwrap_or(otherwise);
        match row {
            Row::Group(group) => {
                let responses = group.responses.iter().zip(&group.scores);
                for ((response, score), model) in responses.zip(&group.models) {
                    add(&group.query, response, *score, model);
                }
            }
            Row::Preference(row) => {
                add(
                    &row.prompt,
                    &row.chosen,
                    or(row.score_chosen, GOOD),
                    "chosen",
                );
                let score = or(row.score_rejected, BAD);
                add(&row.prompt, &row.rejected, score, "rejected");
            }
            Row::Completion(row) => {
                add(
                    &row.prompt,
                    &row.completion,
                    or(row.score, GOOD),
                    "completion",
                );
            }
            Row::Judged(row) => {
                let otherwise = if row.label { GOOD } else { BAD };
                add(
                    &row.prompt,
                    &row.completion,
                    or(row.score, otherwise),
                    "completion",
                );
            }
        }
    }

    /// The query groups.
    pub fn finish(self) -> Vec<QueryGroup> {
        self.0.groups()
    }
}
