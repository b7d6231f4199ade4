//! Preparing and playing the society: the adapter between its prompts and the model's tokens.

use super::{Engine, SPEECH_BATCH, Society};
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::phase::Phase;
use crate::lab::seed::{self, Purpose};
use crate::model::{Sampling, generate};
use crate::society::{self, Prompt, Simulation, SocietyEvent, Utterance};
use crate::world::corpus::{LONGEST_CRITIQUE, LONGEST_REPLY};
use crate::world::{observer, prompt};

/// Questions embedded in one slice.
const EMBEDDING_BATCH: usize = 48;

/// Longest utterance of a purpose, in tokens; nobody in the corpus speaks longer.
fn most_tokens(purpose: society::Purpose) -> usize {
    match purpose {
        society::Purpose::Draft | society::Purpose::Revision => LONGEST_REPLY,
        society::Purpose::Critique => LONGEST_CRITIQUE,
    }
}

impl Engine {
    /// One slice of preparation: first the society is born, then its questions are embedded.
    pub(super) async fn prepare(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.society.is_none() {
            // Said to be preparing is better than a first interaction that takes long.
            observer::warm();
            let mut rng = self.generator(Purpose::Society);
            let simulation = Simulation::new(self.config.society.clone(), &mut rng)?;
            events.push(Event::Society(simulation.agents()));
            self.society = Some(Society { simulation, rng });
            events.push(Self::progress(
                Stage::Remembering,
                0,
                self.waiting_questions(),
            ));
            return Ok(());
        }
        if self.embed_some(events).await? {
            self.enter(Phase::Simulating, events)?;
        }
        Ok(())
    }

    fn waiting_questions(&self) -> usize {
        self.society
            .as_ref()
            .map_or(0, |society| society.simulation.needs_embedding().len())
    }

    /// Embeds a batch of questions; true once none is waiting.
    async fn embed_some(&mut self, events: &mut Vec<Event>) -> Result<bool, LabError> {
        let Some(society) = self.society.as_mut() else {
            return Ok(true);
        };
        let waiting = society.simulation.needs_embedding();
        let total = waiting.len();
        let batch: Vec<String> = waiting.into_iter().take(EMBEDDING_BATCH).collect();
        if batch.is_empty() {
            return Ok(true);
        }
        let tokens: Vec<Vec<u32>> = batch
            .iter()
            .map(|question| self.tokenizer.encode(&prompt::compared(question)))
            .collect();
        let embeddings = crate::model::embed(&self.base, &tokens).await?;
        let finished = total == batch.len();
        events.push(Self::progress(Stage::Remembering, batch.len(), total));
        society
            .simulation
            .supply_embeddings(batch.into_iter().zip(embeddings).collect())?;
        Ok(finished)
    }

    /// One slice of the society: a batch of utterances, and whatever becomes complete with them.
    pub(super) async fn simulate(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        // The questions of a new round may not be embedded yet.
        if !self.embed_some(events).await? {
            return Ok(());
        }
        let Some(society) = self.society.as_mut() else {
            return Err(LabError::BadCheckpoint("the society is missing".into()));
        };
        let batch: Vec<Prompt> = society
            .simulation
            .pending()
            .into_iter()
            .take(SPEECH_BATCH)
            .collect();
        let Some(first) = batch.first() else {
            return Err(LabError::BadCheckpoint(
                "the society waits for nothing".into(),
            ));
        };
        let stage = match first.purpose {
            society::Purpose::Draft => Stage::Drafting,
            society::Purpose::Critique => Stage::Criticising,
            society::Purpose::Revision => Stage::Revising,
        };
        let sampling =
            Sampling::speaking(self.config.society.temperature, most_tokens(first.purpose));
        let prompts: Vec<Vec<u32>> = batch
            .iter()
            .map(|prompt| self.tokenizer.encode(&prompt.text))
            .collect();
        let mut generators: Vec<_> = batch
            .iter()
            .map(|prompt| seed::stream(self.config.seed, Purpose::Sampling, prompt.id))
            .collect();
        let stop = [self.tokenizer.eos()];
        let generated = generate(&self.base, &prompts, &sampling, &stop, &mut generators).await?;
        let said = batch
            .iter()
            .zip(generated)
            .map(|(prompt, answer)| Utterance {
                id: prompt.id,
                text: self.tokenizer.decode(&answer.tokens),
                log_probability: answer.log_probability,
            })
            .collect();
        let happened = society.simulation.supply(said, &mut society.rng)?;
        let (done, total) = society.simulation.progress();
        events.push(Event::Progress { stage, done, total });
        let mut round_finished = false;
        for event in happened {
            match event {
                SocietyEvent::Drafted {
                    agent,
                    question,
                    draft,
                } => {
                    events.push(Event::Drafted {
                        agent,
                        question,
                        draft,
                    });
                }
                SocietyEvent::Criticised {
                    agent,
                    peer,
                    rating,
                    reason,
                } => {
                    events.push(Event::Criticised {
                        agent,
                        peer,
                        rating,
                        reason,
                    });
                }
                SocietyEvent::Completed(interaction) => events.push(Event::Completed(interaction)),
                SocietyEvent::RoundFinished(statistics) => {
                    self.history.rounds.push(statistics.clone());
                    events.push(Event::Round(statistics));
                    round_finished = true;
                }
            }
        }
        if society.simulation.finished() {
            self.go_on_after_simulation(events).await
        } else if round_finished {
            self.remember(events).await
        } else {
            Ok(())
        }
    }

    /// The record as JSONL, one interaction a line; empty before the first.
    pub(super) fn record_jsonl(&self) -> Result<Vec<u8>, LabError> {
        let record = self
            .society
            .as_ref()
            .map_or(&[][..], |society| society.simulation.record());
        Ok(crate::formats::record::write(record)?)
    }
}
