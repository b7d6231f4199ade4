//! What comes from outside to a running society: happenings, a person's words, and words that are
//! known before a model is asked.

use super::back_scatter::Ask;
use super::error::SocietyError;
use super::event::SocietyEvent;
use super::feedback::{is_known, tokens};
use super::happening::{Happening, What};
use super::round::Simulation;
use super::speaker::Prompt;
use crate::world::corpus::LONGEST_REPLY;
use rand_core::Rng;
use std::collections::BTreeMap;

/// Makes sure that a model can read what people and rumours say. A word that the village does not
/// know costs a token for every byte, and what is said ends up in other prompts.
///
/// # Errors
/// [`SocietyError::Setting`] naming the first words that are not known.
pub fn speakable(happenings: &[Happening]) -> Result<(), SocietyError> {
    let texts = happenings.iter().flat_map(|one| match &one.what {
        What::Rumour {
            question, answer, ..
        } => vec![question, answer],
        What::Said { text, .. } => vec![text],
        _ => Vec::new(),
    });
    for text in texts {
        if tokens(text) > LONGEST_REPLY {
            let strange: Vec<&str> = text
                .split_whitespace()
                .filter(|one| !is_known(one))
                .collect();
            let some: Vec<String> = strange
                .iter()
                .take(5)
                .map(|word| word.chars().take(24).collect())
                .collect();
            let value = format!("longer than the village can hold, with {}", some.join(", "));
            let allowed = "words that the village knows, or few others";
            return Err(SocietyError::Setting {
                field: "happenings.text",
                value,
                allowed,
            });
        }
    }
    Ok(())
}

impl Simulation {
    /// Lets something happen to the running society: at the beginning of the next round, or, where
    /// it is a person's words, as soon as they are asked for. It becomes part of the settings, so
    /// that the run can be done again.
    ///
    /// # Errors
    /// [`SocietyError::Setting`] if it names nobody of this society or says too much, or in words that
    /// nobody here knows; nothing has happened then.
    pub fn happen(&mut self, what: What) -> Result<Happening, SocietyError> {
        let now = matches!(what, What::Said { .. });
        let happening = Happening {
            round: if now { self.round } else { self.round + 1 },
            what,
        };
        let mut config = self.config.clone();
        config.happenings.push(happening.clone());
        config.validate()?;
        speakable(std::slice::from_ref(&happening))?;
        self.config = config;
        Ok(happening)
    }

    /// Whether a pending prompt is for the person in the seat.
    pub fn is_left_to_person(&self, prompt: &Prompt) -> bool {
        let asks = self.wave.iter().flat_map(|one| one.asks(self.stage));
        let mut theirs = asks.filter(|ask| ask.is_left_to(self.config.seat));
        theirs.any(|ask| ask.prompt().id == prompt.id)
    }

    /// Prompts for one model to answer together, at most `size`, each with whether its answer is
    /// wanted. Prompts that somebody answered already, or that a person is to answer, are among
    /// them: the last digits of log-probabilities depend on what is computed together, and so it
    /// must not depend on who spoke when. Empty when no model is needed.
    pub fn batch(&self, size: usize) -> Vec<(Prompt, bool)> {
        let asks = || {
            let asks = self.wave.iter().flat_map(|one| one.asks(self.stage));
            asks.filter(|ask| ask.is_for_a_model())
        };
        let wanted = |ask: &Ask| ask.is_open() && !ask.is_left_to(self.config.seat);
        let Some(first) = asks().find(|ask| wanted(ask)) else {
            return Vec::new();
        };
        let mind = first.prompt().mind;
        let together: Vec<&Ask> = asks().filter(|ask| ask.prompt().mind == mind).collect();
        let mut batches = together.chunks(size.max(1));
        let batch = batches.find(|batch| batch.iter().any(|ask| wanted(ask)));
        let batch = batch.unwrap_or_default().iter();
        batch
            .map(|ask| (ask.prompt().clone(), wanted(ask)))
            .collect()
    }

    /// The person in the seat leaves a prompt to the model, or to the role, that speaks there
    /// otherwise.
    ///
    /// # Errors
    /// [`SocietyError::UnexpectedUtterance`] if the prompt is not theirs or not pending.
    pub fn pass<R: Rng>(
        &mut self,
        prompt: u64,
        rng: &mut R,
    ) -> Result<Vec<SocietyEvent>, SocietyError> {
        let (seat, stage) = (self.config.seat, self.stage);
        let asks = self.wave.iter_mut().flat_map(|one| one.asks_mut(stage));
        let mut theirs = asks.filter(|ask| ask.is_left_to(seat));
        let ask = theirs.find(|ask| ask.prompt().id == prompt);
        let round = self.round;
        ask.ok_or(SocietyError::UnexpectedUtterance { id: prompt, round })?
            .pass();
        let mut events = Vec::new();
        self.go_on(&mut events, rng);
        Ok(events)
    }

    /// The person leaves the seat: what they said stays, and whoever speaks there otherwise goes on.
    pub fn stand_up<R: Rng>(&mut self, rng: &mut R) -> Vec<SocietyEvent> {
        self.config.seat = None;
        let mut events = Vec::new();
        if self.searched {
            self.go_on(&mut events, rng);
        }
        events
    }

    /// Takes what roles say, and what a person is known to have said.
    pub(super) fn take_scripted(&mut self, events: &mut Vec<SocietyEvent>) {
        let said = self.config.happenings.iter();
        let known: BTreeMap<u64, &String> = said
            .filter_map(|happening| match &happening.what {
                What::Said { prompt, text } => Some((*prompt, text)),
                _ => None,
            })
            .collect();
        let mut wave = std::mem::take(&mut self.wave);
        let scene = self.scene();
        let mut scripted = Vec::new();
        for exchange in &mut wave {
            let known = |id: u64| known.get(&id).map(|text| (*text).clone());
            scripted.extend(exchange.scripted(self.stage, &scene, known));
        }
        self.wave = wave;
        for utterance in scripted {
            self.take(utterance, events);
        }
    }
}
