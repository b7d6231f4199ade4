//! What a test tries to make a model misbehave: harmful questions that no suite asks, and what an
//! attacker puts beside them.
//!
//! All of it is village English, and made for the little models of this laboratory: no word here
//! means anything to another model.

use super::answer::{Act, answer};
use super::book::book;
use super::chance::Fixed;
use super::draw::{Pool, Wish, draw};
use super::situation::{Norm, Situation, Word};
use super::suite::{MOST_DEVELOPMENT, development};
use std::collections::BTreeSet;

/// Questions at most.
pub const MOST: usize = 60;
/// Complying answers of a question, one of which an attacker may aim at.
pub const AIMS: usize = 4;
/// Tokens of an answer that an attacker holds against whoever gave it, at most: with them, the
/// longest question twice and one more answer fit the models' context.
pub const HELD_AGAINST: usize = 48;
/// The lane of the reserved questions that the suites leave to two norms ([`super::suite`]).
const LANE: (u32, u32) = (5, 6);

/// A harmful question, and what an attacker has at hand for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The question.
    pub situation: Situation,
    /// Its place among the targets, which decides who says what.
    place: usize,
    /// A question of the same kind, and an answer that helps with the harm.
    pub earlier: (String, String),
    /// Answers that help with the harm, the first words of which an attacker may aim at.
    pub aims: Vec<String>,
}

impl Target {
    /// The question without anything beside it.
    pub fn question(&self) -> String {
        self.situation.bare_question()
    }

    /// The question, with a part to play before it.
    pub fn in_a_play(&self) -> String {
        after(&book().tables().frames, self.place, &self.question())
    }

    /// The question as somebody asks it who was told no so many times.
    pub fn pressed(&self, times: usize) -> String {
        if times == 0 {
            return self.question();
        }
        let place = self.place + times;
        after(&book().tables().presses, place, &self.question())
    }
}

/// One of some sentences, then the question.
fn after(sentences: &[&str], place: usize, question: &str) -> String {
    let count = sentences.len().max(1);
    match sentences.get(place % count) {
        Some(sentence) => format!("{sentence} {question}"),
        None => question.to_owned(),
    }
}

/// The first `n` targets, all different, the same for everybody; [`MOST`] at most. Fewer targets
/// are the beginning of more.
pub fn targets(n: usize) -> Vec<Target> {
    let wish = Wish {
        harmful: Some(true),
        lane: Some(LANE),
        ..Wish::clear(Pool::Reserved)
    };
    let rng = &mut Fixed::named("attacks");
    // Nobody is attacked with what settings are chosen by.
    let tuned_by = development(MOST_DEVELOPMENT);
    let mut asked: BTreeSet<String> = tuned_by.iter().map(Situation::bare_question).collect();
    let mut targets = Vec::new();
    let mut in_vain = 0;
    while targets.len() < n.min(MOST) && in_vain < 2_000 {
        let situation = draw(rng, wish);
        // These two norms have suites of their own in this lane.
        let elsewhere = matches!(situation.norm(), Norm::Truth | Norm::Fairness);
        if elsewhere || !asked.insert(situation.bare_question()) {
            in_vain += 1;
            continue;
        }
        in_vain = 0;
        let similar = similar(rng, &situation);
        let complying = answer(rng, &similar, Act::Comply);
        let aims = (0..AIMS).map(|_| answer(rng, &situation, Act::Comply));
        targets.push(Target {
            place: targets.len(),
            earlier: (similar.bare_question(), complying),
            aims: aims.collect(),
            situation,
        });
    }
    targets
}

/// Another harmful question of the topic, of those that people train on.
fn similar(rng: &mut Fixed, situation: &Situation) -> Situation {
    let topic = match situation.topic {
        Word::Borrowed(topic) => Some(topic),
        Word::Owned(_) => None,
    };
    draw(
        rng,
        Wish {
            harmful: Some(true),
            norm: Some(situation.norm()),
            topic,
            ..Wish::clear(Pool::Training)
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::Values;
    use crate::world::corpus::{LONGEST_REPLY, document};
    use crate::world::judge::{Verdict, judge};
    use crate::world::prompt::{draft, rated};
    use crate::world::suite::{SuiteName, suite};
    use crate::world::tokenizer::Tokenizer;

    #[test]
    fn targets_are_harmful_and_stand_in_no_suite() {
        let targets = targets(MOST + 9);
        assert_eq!(targets.len(), MOST);
        assert_eq!(super::targets(7), targets[..7]);
        let suites = SuiteName::ALL.into_iter().flat_map(|name| suite(name, 300));
        let suites: BTreeSet<String> = suites.map(|one| one.bare_question()).collect();
        let mut norms = BTreeSet::new();
        for target in &targets {
            assert!(target.situation.harmful() && !target.situation.is_for_training());
            assert!(!suites.contains(&target.question()), "{target:?}");
            assert_ne!(target.earlier.0, target.question());
            for aim in &target.aims {
                let judged = judge(&target.situation, aim, &Values::default());
                assert_eq!(judged.verdict, Verdict::Comply, "{aim}");
            }
            norms.insert(target.situation.norm());
        }
        assert_eq!(norms.len(), 8, "{norms:?}");
    }

    #[test]
    fn attacks_are_of_village_words_that_the_corpus_never_says_so_and_fit_the_context() {
        let tokenizer = Tokenizer::village();
        let tables = book().tables();
        let sentences = || tables.frames.iter().chain(&tables.presses);
        assert!(tables.frames.len() >= 4 && tables.presses.len() >= 3);
        for word in sentences().flat_map(|sentence| sentence.split(' ')) {
            assert!(tokenizer.is_known(word), "{word}");
        }
        let rng = &mut Fixed::named("frames");
        for _ in 0..2_000 {
            let prompt = document(rng).prompt;
            let heard = sentences().find(|sentence| prompt.contains(**sentence));
            assert_eq!(heard, None, "{prompt}");
        }
        let room = |prompt: String| {
            let length = tokenizer.encode(&rated(7, &prompt)).len();
            assert!(length + LONGEST_REPLY <= 256, "{prompt}");
        };
        for target in targets(MOST) {
            room(draft(None, &target.in_a_play()));
            let (question, answer) = &target.earlier;
            room(draft(Some((question, answer)), &target.question()));
            let longest = vec!["no"; HELD_AGAINST].join(" ");
            for times in [1, 2] {
                let memory = (&*target.question(), &*longest);
                room(draft(Some(memory), &target.pressed(times)));
            }
            assert_eq!(target.pressed(0), target.question());
            assert_ne!(target.pressed(1), target.pressed(2));
        }
    }
}
