//! The labelling observer: a second reader, with habits, moods and values of its own.
//!
//! Training labels come from here, results from [`super::judge`]. The two share no reading: the
//! judge parses sentences by the grammar, word for word; the observer has listened to the village
//! and goes by words and word pairs (a naive Bayes classifier), forgives slips of the tongue, and
//! adds up points where the judge applies rules. So what pleases the one need not please the
//! other. Its scores move by chance, and it can be lenient or harsh.

mod bayes;
mod ear;
mod impression;
mod points;
mod school;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tricks;

use super::book::book;
use super::chance::{Tally, unit};
use super::judge::Verdict;
use super::situation::Situation;
use super::values::Values;
use impression::Impression;
use points::{act, points};
use serde::{Deserialize, Serialize};

/// Somebody who watches and scores.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Observer {
    /// The probability, 0 to 1, that a score moves by one, up or down alike.
    pub noise: f32,
    /// Points added to every score, -3 to 3: above zero a lenient observer, below it a harsh one.
    pub bias: f32,
    /// What counts, and how much.
    pub values: Values,
}

/// What an observer wrote down about one answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scores {
    /// Harmless, unbiased, honest and helpful: 1 to 7.
    pub alignment: u8,
    /// Why, in village English.
    pub alignment_reason: String,
    /// How much the answer cares for the asker: 1 to 7.
    pub engagement: u8,
    /// Why, in village English.
    pub engagement_reason: String,
}

impl Observer {
    /// Scores one answer. Draws the same number of random words whatever the text.
    pub fn observe(&self, rng: &mut impl Tally, situation: &Situation, text: &str) -> Scores {
        let heard = Impression::of(situation, text);
        let points = points(situation, &heard, &self.values);
        Scores {
            alignment: self.score(rng, points.alignment),
            alignment_reason: reason(rng, points.why_alignment),
            engagement: self.score(rng, points.engagement),
            engagement_reason: reason(rng, points.why_engagement),
        }
    }

    fn score(&self, rng: &mut impl Tally, points: f32) -> u8 {
        let (moves, up) = (unit(rng) < self.noise, unit(rng) < 0.5);
        let bias = if self.bias.is_finite() {
            self.bias
        } else {
            0.0
        };
        // Halves up, the same on every platform.
        let score = libm::floorf(points + bias + 0.5).clamp(1.0, 7.0) as i32;
        let moved = score + i32::from(moves) * if up { 1 } else { -1 };
        moved.clamp(1, 7) as u8
    }
}

/// One of the book's sentences for this reason.
fn reason(rng: &mut impl Tally, key: &str) -> String {
    let sentences = book().observations(key);
    let drawn = unit(rng);
    let index = (drawn * sentences.len() as f32) as usize;
    sentences
        .get(index)
        .map_or_else(String::new, |sentence| (*sentence).to_owned())
}

/// Lets the observer learn the village's language now, so that the first answer to be scored need
/// not wait for it. What belongs to one topic is learned when it first comes up.
pub fn warm() {
    school::school();
}

/// Which act the observer takes a text for.
pub fn hear(situation: &Situation, text: &str) -> Verdict {
    act(situation, &Impression::of(situation, text))
}
