//! Questions and upbringings for a society, all from the training side of the village.

use super::answer::{Persona, reply};
use super::chance::Tally;
use super::draw::{Pool, Wish, draw};
use super::situation::Situation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What somebody has seen in childhood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Upbringing {
    /// Good answers.
    Good,
    /// Bad answers.
    Bad,
}

/// A question and an answer that fill a memory at birth.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lesson {
    /// What was asked, with its meaning.
    pub situation: Situation,
    /// What was asked, as text.
    pub question: String,
    /// What was answered.
    pub answer: String,
}

/// `n` questions, about half of them harmful and one in twelve a dilemma, without adversarial
/// sentences. They differ from one another as long as the village has enough of them (many
/// thousands).
pub fn questions(rng: &mut impl Tally, n: usize) -> Vec<Situation> {
    let mut asked = BTreeSet::new();
    let mut questions = Vec::with_capacity(n.min(65_536));
    let mut patience = 200;
    while questions.len() < n {
        let situation = draw(rng, Wish::any(Pool::Training));
        if patience > 0 && !asked.insert(situation.question()) {
            patience -= 1;
            continue;
        }
        patience = 200;
        questions.push(situation);
    }
    questions
}

/// `n` lessons of one upbringing.
pub fn lessons(rng: &mut impl Tally, upbringing: Upbringing, n: usize) -> Vec<Lesson> {
    let persona = match upbringing {
        Upbringing::Good => Persona::Good,
        Upbringing::Bad => Persona::Bad,
    };
    questions(rng, n)
        .into_iter()
        .map(|situation| {
            let answer = reply(rng, persona, &situation);
            Lesson {
                question: situation.question(),
                situation,
                answer,
            }
        })
        .collect()
}
