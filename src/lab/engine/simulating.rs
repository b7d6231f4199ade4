//! Preparing and playing the society: the adapter between its prompts and the model's tokens.

use super::{Engine, SPEECH_BATCH, Society};
use crate::gpu::{self, Opened};
use crate::lab::error::LabError;
use crate::lab::message::{Event, Stage};
use crate::lab::phase::Phase;
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, Sampling, generate};
use crate::society::{self, Found, Prompt, Search, Simulation, SocietyEvent, Utterance, Voice};
use crate::world::corpus::{LONGEST_CRITIQUE, LONGEST_REPLY};
use crate::world::{observer, prompt};
use std::collections::BTreeMap;

/// Questions embedded in one slice.
const EMBEDDING_BATCH: usize = 48;

/// Longest utterance of a purpose, in tokens; nobody in the corpus speaks longer.
fn most_tokens(purpose: society::Purpose) -> usize {
    match purpose {
        society::Purpose::Draft | society::Purpose::Revision => LONGEST_REPLY,
        society::Purpose::Critique => LONGEST_CRITIQUE,
    }
}

/// What comes to mind, found by the kernel on a graphics card and by its twin on the CPU.
///
/// # Errors
/// Those of [`gpu::nearest::find`].
pub async fn nearest(opened: &Opened, search: &Search) -> Result<Vec<Option<Found>>, LabError> {
    let lists = gpu::nearest::Search {
        width: search.width,
        embeddings: &search.embeddings,
        starts: &search.starts,
        memories: &search.memories,
        asked: &search.asked,
    };
    let found = gpu::nearest::find(&opened.site, &lists).await?;
    let found = found.into_iter().map(|nearest| {
        nearest.map(|gpu::nearest::Found { place, distance }| Found { place, distance })
    });
    Ok(found.collect())
}

fn stage_of(purpose: Option<society::Purpose>) -> Stage {
    match purpose {
        None | Some(society::Purpose::Draft) => Stage::Drafting,
        Some(society::Purpose::Critique) => Stage::Criticising,
        Some(society::Purpose::Revision) => Stage::Revising,
    }
}

impl From<SocietyEvent> for Event {
    fn from(event: SocietyEvent) -> Self {
        match event {
            SocietyEvent::Drafted {
                agent,
                question,
                draft,
            } => Event::Drafted {
                agent,
                question,
                draft,
            },
            SocietyEvent::Criticised {
                agent,
                peer,
                rating,
                reason,
            } => Event::Criticised {
                agent,
                peer,
                rating,
                reason,
            },
            SocietyEvent::Completed(interaction) => Event::Completed(interaction),
            SocietyEvent::Lost { agent } => Event::Lost { agent },
            SocietyEvent::Changed(agents) => Event::Changed(agents),
            SocietyEvent::Happened(happening) => Event::Happened(happening),
            SocietyEvent::RoundReached(round) => Event::RoundReached(round),
            SocietyEvent::RoundFinished(statistics) => Event::Round(statistics),
        }
    }
}

impl Engine {
    /// One slice of preparation: first the society is born, then its questions are embedded.
    pub(super) async fn prepare(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.society.is_none() && self.take_over(events).await? {
            return Ok(());
        }
        if self.society.is_none() {
            // Said to be preparing is better than a first interaction that takes long.
            observer::warm();
            let mut rng = self.generator(Purpose::Society);
            let mut simulation = Simulation::new(self.config.society.clone(), &mut rng)?;
            let beginning = simulation.take_beginning();
            let born = Event::Society {
                agents: simulation.agents(),
                links: simulation.links().to_vec(),
            };
            self.society = Some(Society { simulation, rng });
            self.note(born, events);
            for event in beginning {
                self.note(event.into(), events);
            }
            events.push(Self::progress(
                Stage::Remembering,
                0,
                self.waiting_questions(),
            ));
            return Ok(());
        }
        if self.embed_some(events).await? {
            self.enter(Phase::Simulating, events)?;
            self.remember(events).await?;
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
        if society.simulation.finished() {
            // Nobody took part in a single round.
            return self.go_on_after_simulation(events).await;
        }
        if let Some(search) = society.simulation.needs_search() {
            let found = nearest(&self.computing.opened, &search).await?;
            let happened = society.simulation.supply_found(found, &mut society.rng)?;
            return self.tell(happened, events).await;
        }
        let Some(batch) = self.next_batch(events) else {
            return Ok(());
        };
        let said = self.speak(&batch).await?;
        let stage = stage_of(batch.first().map(|(prompt, _)| prompt.purpose));
        let Some(society) = self.society.as_mut() else {
            return Ok(());
        };
        Self::write_down(&mut self.journal, &said, events);
        let happened = society.simulation.supply(said, &mut society.rng)?;
        let (done, total) = society.simulation.progress();
        events.push(Event::Progress { stage, done, total });
        self.tell(happened, events).await
    }

    /// The next prompts for one model, each with whether its answer is wanted. None where only the
    /// person in the seat can go on, who is then asked.
    fn next_batch(&mut self, events: &mut Vec<Event>) -> Option<Vec<(Prompt, bool)>> {
        let simulation = &self.society.as_ref()?.simulation;
        let batch = simulation.batch(SPEECH_BATCH);
        if batch.is_empty() {
            let pending = simulation.pending();
            let theirs = pending
                .iter()
                .find(|prompt| simulation.is_left_to_person(prompt));
            if let Some(prompt) = theirs {
                let prompt = prompt.clone();
                self.ask_person(&prompt, events);
            }
            return None;
        }
        Some(batch)
    }

    /// What a model says to prompts of one purpose and mind, as far as it is wanted.
    async fn speak(&self, batch: &[(Prompt, bool)]) -> Result<Vec<Utterance>, LabError> {
        let Some((first, _)) = batch.first() else {
            return Ok(Vec::new());
        };
        let society = &self.config.society;
        let most = most_tokens(first.purpose);
        let sampling = Sampling::speaking(society.temperature, society.min_p, most);
        let model = self.mind(first.mind);
        let room = model.config().max_position_embeddings.saturating_sub(most);
        // Nobody can read what is longer than anything they have ever read. It is answered like
        // anything that is not understood: with nothing. Settings and people are kept from writing
        // such prompts; a society at a high temperature may babble one.
        let encoded = batch
            .iter()
            .map(|(prompt, _)| self.tokenizer.encode(&prompt.text));
        let (readable, prompts): (Vec<bool>, Vec<Vec<u32>>) = encoded
            .map(|tokens| {
                let fits = tokens.len() <= room;
                (
                    fits,
                    if fits {
                        tokens
                    } else {
                        vec![self.tokenizer.eos()]
                    },
                )
            })
            .unzip();
        let mut generators: Vec<_> = batch
            .iter()
            .map(|(prompt, _)| seed::stream(self.config.seed, Purpose::Sampling, prompt.id))
            .collect();
        let stop = [self.tokenizer.eos()];
        let generated = generate(model, &prompts, &sampling, &stop, &mut generators).await?;
        let said = batch.iter().zip(generated).zip(readable);
        Ok(said
            .filter(|(((_, wanted), _), _)| *wanted)
            .map(|(((prompt, _), answer), readable)| Utterance {
                id: prompt.id,
                text: if readable {
                    self.tokenizer.decode(&answer.tokens)
                } else {
                    String::new()
                },
                log_probability: answer.log_probability,
                by: Voice::Model,
            })
            .collect())
    }

    /// The model behind a mind: 0 the first, 1 the second.
    pub(super) fn mind(&self, mind: u8) -> &Llama {
        let second = self.second.as_ref().filter(|_| mind > 0);
        second.map_or(&self.base, |(_, model)| model)
    }

    /// Passes on what happened in the society, and goes on to the next act when it is finished.
    pub(super) async fn tell(
        &mut self,
        happened: Vec<SocietyEvent>,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let mut round_finished = false;
        let completed = |event: &&SocietyEvent| matches!(event, SocietyEvent::Completed(_));
        let mut recorded = self.record().len() - happened.iter().filter(completed).count();
        for event in happened {
            recorded += usize::from(completed(&&event));
            if let SocietyEvent::RoundFinished(statistics) = &event {
                self.history.rounds.push(statistics.clone());
                round_finished = true;
            }
            let event = Event::from(event);
            let is_past = matches!(
                event,
                Event::Changed(_)
                    | Event::Happened(_)
                    | Event::Lost { .. }
                    | Event::RoundReached(_)
            );
            if is_past {
                self.history.past.push((recorded as u32, event.clone()));
            }
            events.push(event);
        }
        let finished = |society: &Society| society.simulation.finished();
        if self.society.as_ref().is_some_and(finished) {
            self.go_on_after_simulation(events).await
        } else if round_finished {
            self.remember(events).await
        } else {
            Ok(())
        }
    }

    /// Says again what is known to have been said after a checkpoint, as far as it fits; what is
    /// missing is computed.
    ///
    /// # Errors
    /// Errors of the rooms below.
    pub async fn say_again(
        &mut self,
        journal: Vec<Utterance>,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let mut known: BTreeMap<u64, Utterance> =
            journal.into_iter().map(|said| (said.id, said)).collect();
        while self.phase == Phase::Simulating && !known.is_empty() {
            if !self.embed_some(events).await? {
                continue;
            }
            let Some(society) = self.society.as_mut() else {
                break;
            };
            if let Some(search) = society.simulation.needs_search() {
                let found = nearest(&self.computing.opened, &search).await?;
                let happened = society.simulation.supply_found(found, &mut society.rng)?;
                self.tell(happened, events).await?;
                continue;
            }
            let pending = society.simulation.pending().into_iter();
            let said: Vec<Utterance> = pending.filter_map(|p| known.remove(&p.id)).collect();
            if said.is_empty() {
                break;
            }
            Self::write_down(&mut self.journal, &said, events);
            let happened = society.simulation.supply(said, &mut society.rng)?;
            self.tell(happened, events).await?;
        }
        Ok(())
    }

    /// Keeps what was said until the next checkpoint, and passes it on to be kept elsewhere.
    pub(super) fn write_down(
        journal: &mut Vec<Utterance>,
        said: &[Utterance],
        events: &mut Vec<Event>,
    ) {
        journal.extend(said.iter().cloned());
        events.push(Event::Said(said.to_vec()));
    }

    /// The record as JSONL, one interaction a line; empty before the first.
    pub(super) fn record_jsonl(&self) -> Result<Vec<u8>, LabError> {
        Ok(crate::formats::record::write(self.record())?)
    }
}
