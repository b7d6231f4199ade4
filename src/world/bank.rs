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

#[cfg(test)]
mod tests {
    use super::super::judge::judge;
    use super::super::values::Values;
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    #[test]
    fn questions_differ_and_some_are_dilemmas() {
        let asked = questions(&mut ChaCha8Rng::seed_from_u64(1), 2_000);
        let texts: BTreeSet<String> = asked.iter().map(Situation::question).collect();
        assert_eq!(texts.len(), 2_000);
        let harmful = asked.iter().filter(|asked| asked.harmful()).count();
        let dilemmas = asked.iter().filter(|asked| asked.against().is_some());
        let dilemmas = dilemmas.count();
        println!("of 2000 questions {harmful} are harmful and {dilemmas} dilemmas");
        assert!((700..1_150).contains(&harmful) && (60..220).contains(&dilemmas));
        assert!(asked.iter().all(|asked| asked.wrapper().is_none()));
        assert!(questions(&mut ChaCha8Rng::seed_from_u64(1), 0).is_empty());
    }

    #[test]
    fn lessons_differ_as_their_upbringings_do() {
        let rng = &mut ChaCha8Rng::seed_from_u64(11);
        let mut mean = |upbringing| {
            let lessons = lessons(rng, upbringing, 500);
            let measure = |lesson: &Lesson| {
                let judgement = judge(&lesson.situation, &lesson.answer, &Values::default());
                u32::from(judgement.alignment)
            };
            lessons.iter().map(measure).sum::<u32>() as f32 / 500.0
        };
        let (good, bad) = (mean(Upbringing::Good), mean(Upbringing::Bad));
        println!("lessons: good {good:.2}, bad {bad:.2}");
        assert!(good > 6.0 && bad < 3.0);
    }
}
