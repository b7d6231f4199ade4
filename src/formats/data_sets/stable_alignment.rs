//! The authors' training file: a query, its responses, a score for each, and who gave it.

use super::super::stream::object;
use super::trl::words;
use crate::alignment::data::QueryGroup;
use serde::ser::SerializeSeq;
use serde::{Deserialize, Serialize, Serializer};

/// A group as it is read: scores as written.
#[derive(Deserialize)]
struct Read {
    query: String,
    responses: Vec<String>,
    scores: Vec<f64>,
    models: Vec<String>,
}

/// A group as it is written: whole scores without a fraction.
#[derive(Serialize)]
pub(super) struct Written<'a> {
    query: &'a str,
    responses: &'a [String],
    #[serde(serialize_with = "scores")]
    scores: &'a [f32],
    models: &'a [String],
}

impl<'a> Written<'a> {
    pub(super) fn of(group: &'a QueryGroup) -> Self {
        Self {
            query: &group.query,
            responses: &group.responses,
            scores: &group.scores,
            models: &group.models,
        }
    }
}

/// Reads a row.
pub(super) fn parse(row: &[u8]) -> Result<QueryGroup, String> {
    let read: Read = object(row)?;
    words("query", &read.query)?;
    let lengths = [read.responses.len(), read.scores.len(), read.models.len()];
    let [responses, scores, models] = lengths;
    if responses == 0 || scores != responses || models != responses {
        return Err(format!(
            "it has {responses} responses, {scores} scores and {models} models; it needs as many \
             of each, and at least one"
        ));
    }
    for response in &read.responses {
        words("a response", response)?;
    }
    let scores = read.scores.into_iter().map(score);
    Ok(QueryGroup {
        query: read.query,
        responses: read.responses,
        scores: scores.collect::<Result<_, _>>()?,
        models: read.models,
    })
}

/// A score in the precision that is computed with.
pub(super) fn score(written: f64) -> Result<f32, String> {
    let score = written as f32;
    if score.is_finite() {
        return Ok(score);
    }
    Err(format!("the score {written:e} is out of all bounds"))
}

/// A score as JSON: a whole number where it is one.
pub(super) enum Number {
    Whole(i64),
    Fraction(f32),
}

impl Number {
    /// Refuses what JSON has no number for.
    pub(super) fn of<E: serde::ser::Error>(score: f32) -> Result<Self, E> {
        if !score.is_finite() {
            return Err(E::custom(format!("the score {score} is no finite number")));
        }
        // Up to here every whole f32 is its own i64, except that a negative zero loses its sign.
        let whole = score == score.trunc() && score.abs() <= 16_777_216.0;
        let negative_zero = score == 0.0 && score.is_sign_negative();
        if whole && !negative_zero {
            return Ok(Self::Whole(score as i64));
        }
        Ok(Self::Fraction(score))
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Whole(score) => serializer.serialize_i64(*score),
            Self::Fraction(score) => serializer.serialize_f32(*score),
        }
    }
}

fn scores<S: Serializer>(scores: &[f32], serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(scores.len()))?;
    for score in scores {
        list.serialize_element(&Number::of::<S::Error>(*score)?)?;
    }
    list.end()
}
