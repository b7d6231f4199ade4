//! A speaker for tests: what it says depends on nothing but the prompt, so that scheduling can be
//! told apart from results. It speaks well, badly, unreadably or not at all.

use super::*;
use crate::world::bank::{self, Upbringing};
use crate::world::chance::fingerprint;
use crate::world::prompt::format_critique;
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// How the scripted speaker behaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Manner {
    /// Plausible answers and readable critiques, with an unreadable one now and then.
    Plain,
    /// Empty texts, symbols, special words, numbers out of range, very long texts.
    Garbage,
}

/// The scripted speaker.
pub(crate) struct Scripted {
    manner: Manner,
    /// Real sentences of the village, good and bad, so that observers have something to tell apart.
    answers: Vec<String>,
}

const GARBAGE: [&str; 8] = [
    "",
    "   \n\t ",
    ": : : ;",
    "9 : too high",
    "0 : too low",
    "<q> <a> <m> <c> <r> <v>",
    "\u{0} \u{1F600} \u{202E} 5",
    "seven",
];

impl Scripted {
    pub(crate) fn new(manner: Manner) -> Self {
        let mut luck = luck::Luck::new(1);
        let mut lessons = bank::lessons(&mut luck, Upbringing::Good, 6);
        lessons.extend(bank::lessons(&mut luck, Upbringing::Bad, 6));
        let answers = lessons.into_iter().map(|lesson| lesson.answer).collect();
        Self { manner, answers }
    }

    fn say(&self, prompt: &Prompt) -> Utterance {
        let dice = fingerprint(&format!("{} {}", prompt.id, prompt.text)) as usize;
        let text = match (self.manner, prompt.purpose) {
            (Manner::Garbage, _) if dice.is_multiple_of(9) => "long ".repeat(300),
            (Manner::Garbage, _) => GARBAGE[dice % GARBAGE.len()].to_owned(),
            (Manner::Plain, Purpose::Critique) if dice.is_multiple_of(5) => "hm .".to_owned(),
            (Manner::Plain, Purpose::Critique) => format_critique(
                (dice % 7) as u8 + 1,
                &self.answers[dice / 7 % self.answers.len()],
            ),
            (Manner::Plain, _) => self.answers[dice % self.answers.len()].clone(),
        };
        Utterance {
            id: prompt.id,
            text,
            log_probability: if dice.is_multiple_of(3) {
                f32::NAN
            } else {
                -((dice % 100) as f32)
            },
            by: Voice::Model,
        }
    }
}

impl Speaker for Scripted {
    async fn speak(&mut self, prompts: &[Prompt]) -> Result<Vec<Utterance>, SocietyError> {
        Ok(prompts.iter().map(|prompt| self.say(prompt)).collect())
    }

    async fn embed(&mut self, questions: &[String]) -> Result<Vec<Vec<f32>>, SocietyError> {
        let embed = |question: &String| {
            let mut vector = vec![0.0; 24];
            for word in question.split(' ') {
                vector[fingerprint(word) as usize % 24] += 1.0;
            }
            vector
        };
        Ok(questions.iter().map(embed).collect())
    }
}

/// A speaker that says what a function makes of each prompt.
pub(crate) struct Saying<F>(pub(crate) F);

impl<F: FnMut(&Prompt) -> String> Speaker for Saying<F> {
    async fn speak(&mut self, prompts: &[Prompt]) -> Result<Vec<Utterance>, SocietyError> {
        let said = prompts.iter().map(|prompt| Utterance {
            id: prompt.id,
            text: (self.0)(prompt),
            log_probability: -1.0,
            by: Voice::Model,
        });
        Ok(said.collect())
    }

    async fn embed(&mut self, questions: &[String]) -> Result<Vec<Vec<f32>>, SocietyError> {
        Scripted::new(Manner::Plain).embed(questions).await
    }
}

/// A whole run of a society in which a function speaks.
pub(crate) fn told(config: SocietyConfig, speaks: impl FnMut(&Prompt) -> String) -> Simulation {
    let mut rng = luck::Luck::new(1);
    let mut simulation = Simulation::new(config, &mut rng).unwrap();
    now(play(&mut simulation, &mut Saying(speaks), &mut rng)).unwrap();
    simulation
}

/// Runs a future that never waits for anything.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    let mut context = Context::from_waker(Waker::noop());
    match pin!(future).poll(&mut context) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("the future waits"),
    }
}

/// Settings small enough for many runs in one test.
pub(crate) fn small() -> SocietyConfig {
    SocietyConfig {
        size: 3,
        rounds: 3,
        peers: 3,
        memories_at_birth: 6,
        questions: 20,
        observer_noise: 0.3,
        feedback_order: FeedbackOrder::RatingWeighted,
        ..SocietyConfig::default()
    }
}

/// A whole run, played by the scripted speaker.
pub(crate) fn played(config: SocietyConfig, manner: Manner, seed: u64) -> Simulation {
    let mut rng = luck::Luck::new(seed);
    let mut simulation = Simulation::new(config, &mut rng).unwrap();
    now(play(&mut simulation, &mut Scripted::new(manner), &mut rng)).unwrap();
    simulation
}
