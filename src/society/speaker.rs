//! The seam between the society and whoever puts words into its agents' mouths.
//!
//! The society only ever hands out prompts and takes texts back. A language model in the browser,
//! a remote endpoint, a script in a test or a person at the keyboard can stand behind [`Speaker`];
//! an engine that wants to schedule the work itself talks to the simulation directly instead.

use super::error::SocietyError;
use super::role::Voice;
use super::round::Simulation;
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use std::future::Future;

/// What an utterance is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Purpose {
    /// An agent's first answer.
    Draft,
    /// A peer's rating and reason.
    Critique,
    /// The author's second answer.
    Revision,
}

/// Something an agent is asked to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prompt {
    /// Unique within the run and independent of scheduling: use it as the number of the random
    /// stream that samples the answer. Below 2^53.
    pub id: u64,
    /// What the answer is for.
    pub purpose: Purpose,
    /// The author of the interaction.
    pub agent: u16,
    /// Who speaks, if it is not the author: the peer of a critique.
    pub peer: Option<u16>,
    /// Which model is behind whoever speaks: 0 the first, 1 the second.
    pub mind: u8,
    /// The text for the language model.
    pub text: String,
}

impl Prompt {
    /// Who is asked to speak.
    pub fn speaker(&self) -> u16 {
        self.peer.unwrap_or(self.agent)
    }
}

/// What was said to a prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Utterance {
    /// The prompt's id.
    pub id: u64,
    /// The text; white space at both ends is dropped.
    pub text: String,
    /// Sum of the log-probabilities of its tokens, in nats; NaN where the speaker has none.
    pub log_probability: f32,
    /// Whose words it is.
    pub by: Voice,
}

/// The stable id of a prompt: round, author, purpose and place of the peer, each in its own bits.
pub fn prompt_id(round: u16, agent: u16, purpose: Purpose, slot: u8) -> u64 {
    u64::from(round) << 32 | u64::from(agent) << 16 | (purpose as u64) << 8 | u64::from(slot)
}

/// Answers prompts and embeds questions.
pub trait Speaker {
    /// Answers some or all of the prompts, in any order.
    fn speak(
        &mut self,
        prompts: &[Prompt],
    ) -> impl Future<Output = Result<Vec<Utterance>, SocietyError>>;

    /// One embedding a question, in the same order, all of the same length.
    fn embed(
        &mut self,
        questions: &[String],
    ) -> impl Future<Output = Result<Vec<Vec<f32>>, SocietyError>>;
}

/// Plays a simulation to its end.
///
/// # Errors
/// Passes on what the speaker or the simulation refuses; [`SocietyError::Silent`] if the speaker
/// leaves everything open. The simulation stays valid and can be played on.
pub async fn play<S: Speaker, R: Rng>(
    simulation: &mut Simulation,
    speaker: &mut S,
    rng: &mut R,
) -> Result<(), SocietyError> {
    while !simulation.finished() {
        let questions = simulation.needs_embedding();
        if !questions.is_empty() {
            let embeddings = speaker.embed(&questions).await?;
            if embeddings.is_empty() {
                let asked = questions.len();
                return Err(SocietyError::Silent { asked });
            }
            simulation.supply_embeddings(questions.into_iter().zip(embeddings).collect())?;
            continue;
        }
        if let Some(search) = simulation.needs_search() {
            simulation.supply_found(search.answer(), rng)?;
            continue;
        }
        let prompts = simulation.pending();
        let utterances = speaker.speak(&prompts).await?;
        if utterances.is_empty() {
            let asked = prompts.len();
            return Err(SocietyError::Silent { asked });
        }
        simulation.supply(utterances, rng)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompt_ids_never_meet() {
        let purposes = [Purpose::Draft, Purpose::Critique, Purpose::Revision];
        let mut ids = Vec::new();
        for round in [0, 1, u16::MAX] {
            for agent in [0, 1, 255, 256, 1023] {
                for purpose in purposes {
                    ids.extend([0, 1, 15].map(|slot| prompt_id(round, agent, purpose, slot)));
                }
            }
        }
        let count = ids.len();
        assert!(ids.iter().all(|id| *id < 1 << 53));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count);
    }
}
