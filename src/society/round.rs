//! The society at work: rounds played in waves, as a state machine that never computes a model.
//!
//! A driver asks what is needed ([`Simulation::needs_embedding`], [`Simulation::pending`]) and
//! supplies it, in portions of any size and order. A round is played in waves of a dozen agents
//! (their drafts, then all critiques, then the revisions), so that something can be shown early.
//! Memories are written when the round ends, and everything left to chance is drawn when it
//! begins: waves and portions are scheduling and never change a result. The whole state is plain
//! data; a run can be put away after any portion and taken up again to the same final record.

use super::agent::{Agent, populate};
use super::back_scatter::{Ask, Exchange, Plan, Scene};
use super::config::SocietyConfig;
use super::error::SocietyError;
use super::event::{AgentView, SocietyEvent};
use super::feedback;
use super::luck::Luck;
use super::memory::{Library, remember};
use super::peers;
use super::record::Interaction;
use super::speaker::{Prompt, Purpose, Utterance};
use super::statistics::RoundStatistics;
use crate::world::bank;
use crate::world::situation::Situation;
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Agents that play at the same time, unless told otherwise.
pub const WAVE: u16 = 12;

/// A society and everything that happened in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    config: SocietyConfig,
    bank: Vec<Situation>,
    agents: Vec<Agent>,
    library: Library,
    round: u16,
    /// One plan an agent for the round being played.
    plans: Vec<Plan>,
    /// How many of the plans have been taken into a wave.
    taken: u16,
    wave: Vec<Exchange>,
    stage: Purpose,
    wave_size: u16,
    record: Vec<Interaction>,
    statistics: Vec<RoundStatistics>,
}

impl Simulation {
    /// Founds a society: draws the question bank, the lessons and the agents, and plans the first
    /// round.
    ///
    /// # Errors
    /// [`SocietyError::Setting`] for a setting out of range.
    pub fn new<R: Rng>(config: SocietyConfig, rng: &mut R) -> Result<Self, SocietyError> {
        config.validate()?;
        let bank = bank::questions(rng, config.questions.into());
        let mut library = Library::default();
        let agents = populate(&config, &mut library, rng);
        let mut simulation = Self {
            config,
            bank,
            agents,
            library,
            round: 0,
            plans: Vec::new(),
            taken: 0,
            wave: Vec::new(),
            stage: Purpose::Draft,
            wave_size: WAVE,
            record: Vec::new(),
            statistics: Vec::new(),
        };
        simulation.begin_round(rng);
        Ok(simulation)
    }

    /// Sets how many agents play at the same time, from the next wave on; at least one. This
    /// changes how soon something can be shown and how large a batch is, never a result.
    pub fn set_wave_size(&mut self, agents: u16) {
        self.wave_size = agents.max(1);
        // A wave that nobody has answered yet can still be dealt anew.
        let untouched = self.stage == Purpose::Draft
            && self
                .wave
                .iter()
                .flat_map(|e| e.asks(Purpose::Draft))
                .all(Ask::is_open);
        if untouched {
            self.taken -= (self.wave.len() as u16).min(self.taken);
            self.wave.clear();
            self.open_wave();
        }
    }

    /// Questions that need an embedding before anything can be asked; empty when there are none.
    pub fn needs_embedding(&self) -> Vec<String> {
        if self.finished() {
            return Vec::new();
        }
        self.library.missing()
    }

    /// Takes embeddings of questions listed by [`Simulation::needs_embedding`], all or some.
    ///
    /// # Errors
    /// For an unknown question or an embedding that is empty, of another length than the others or
    /// not finite; the embeddings before it in the list are kept.
    pub fn supply_embeddings(
        &mut self,
        embeddings: Vec<(String, Vec<f32>)>,
    ) -> Result<(), SocietyError> {
        for (question, embedding) in embeddings {
            self.library.supply(&question, embedding)?;
        }
        self.open_wave();
        Ok(())
    }

    /// Prompts of the current wave that are still to be answered; empty when the society is
    /// finished or waits for embeddings.
    pub fn pending(&self) -> Vec<Prompt> {
        let asks = self
            .wave
            .iter()
            .flat_map(|exchange| exchange.asks(self.stage));
        let open = asks.filter(|ask| ask.is_open());
        open.map(|ask| ask.prompt().clone()).collect()
    }

    /// Takes answers to some or all pending prompts and goes on as far as they reach. The generator
    /// is used only when a new round is planned.
    ///
    /// # Errors
    /// [`SocietyError::UnexpectedUtterance`] if an id is not pending or comes twice; nothing is
    /// taken then.
    pub fn supply<R: Rng>(
        &mut self,
        utterances: Vec<Utterance>,
        rng: &mut R,
    ) -> Result<Vec<SocietyEvent>, SocietyError> {
        self.check(&utterances)?;
        let mut events = Vec::new();
        for utterance in utterances {
            self.take(utterance, &mut events);
        }
        while !self.wave.is_empty() && self.stage_is_done() {
            let Self {
                config,
                agents,
                library,
                round,
                ..
            } = self;
            let scene = Scene {
                config,
                agents,
                library,
                round: *round,
            };
            match self.stage {
                Purpose::Draft => {
                    self.wave
                        .iter_mut()
                        .for_each(|exchange| exchange.ask_peers(&scene));
                    self.stage = Purpose::Critique;
                }
                Purpose::Critique => {
                    self.wave
                        .iter_mut()
                        .for_each(|exchange| exchange.ask_revision(&scene));
                    self.stage = Purpose::Revision;
                }
                Purpose::Revision => {
                    for exchange in std::mem::take(&mut self.wave) {
                        let interaction = exchange.complete(&scene);
                        events.push(SocietyEvent::Completed(Box::new(interaction.clone())));
                        self.record.push(interaction);
                    }
                    self.stage = Purpose::Draft;
                    if usize::from(self.taken) >= self.plans.len() {
                        self.end_round(&mut events, rng);
                    }
                    self.open_wave();
                }
            }
        }
        Ok(events)
    }

    /// The settings.
    pub fn config(&self) -> &SocietyConfig {
        &self.config
    }

    /// The round being played, from 0; the number of rounds once all are played.
    pub fn round(&self) -> u16 {
        self.round
    }

    /// Whether all rounds are played.
    pub fn finished(&self) -> bool {
        self.round >= self.config.rounds
    }

    /// Interactions completed and interactions in all.
    pub fn progress(&self) -> (u32, u32) {
        let all = u32::from(self.config.rounds) * u32::from(self.config.agents());
        (self.record.len() as u32, all)
    }

    /// Every interaction so far, by round and within it by agent.
    pub fn record(&self) -> &[Interaction] {
        &self.record
    }

    /// The agents, row by row.
    pub fn agents(&self) -> Vec<AgentView> {
        self.agents.iter().map(AgentView::of).collect()
    }

    /// What an agent remembers, as question and answer, in the order learnt; empty for a number
    /// nobody has.
    pub fn memories(&self, agent: u16) -> Vec<(String, String)> {
        let agent = self.agents.get(usize::from(agent));
        let memories = agent.map_or(&[][..], |agent| &agent.memories);
        let spelt = memories.iter().map(|memory| {
            let question = self.library.question(memory.question).to_owned();
            (question, memory.answer.clone())
        });
        spelt.collect()
    }

    /// Statistics of the rounds finished, in order.
    pub fn statistics(&self) -> &[RoundStatistics] {
        &self.statistics
    }

    /// Questions are dealt in the bank's order, starting over when it is used up.
    fn begin_round<R: Rng>(&mut self, rng: &mut R) {
        self.plans.clear();
        self.taken = 0;
        let first = usize::from(self.round) * self.agents.len();
        for agent in &self.agents {
            let turn = first + usize::from(agent.id);
            let Some(situation) = self.bank.get(turn % self.bank.len().max(1)) else {
                continue;
            };
            self.plans.push(Plan {
                agent: agent.id,
                label: agent.label,
                situation: situation.clone(),
                question: self.library.number(&situation.question()),
                peers: peers::choose(&self.config, agent.id, rng),
                luck: Luck::new(rng.next_u64()),
            });
        }
        self.open_wave();
    }

    /// Opens the next wave of the round, if none is open and every question has its embedding.
    fn open_wave(&mut self) {
        if !self.wave.is_empty() || self.finished() || !self.library.complete() {
            return;
        }
        let Self {
            config,
            agents,
            library,
            round,
            ..
        } = self;
        let scene = Scene {
            config,
            agents,
            library,
            round: *round,
        };
        let waiting = self.plans.iter().skip(self.taken.into());
        let dealt = waiting.take(self.wave_size.into());
        self.wave = dealt
            .map(|plan| Exchange::begin(plan.clone(), &scene))
            .collect();
        self.taken += self.wave.len() as u16;
    }

    /// Every author remembers the revision; the next round is planned if there is one.
    fn end_round<R: Rng>(&mut self, events: &mut Vec<SocietyEvent>, rng: &mut R) {
        let begun = self.record.len().saturating_sub(self.plans.len());
        let played = &self.record[begun..];
        for (plan, interaction) in self.plans.iter().zip(played) {
            if let Some(agent) = self.agents.get_mut(usize::from(plan.agent)) {
                remember(
                    &mut agent.memories,
                    plan.question,
                    &interaction.revised_answer,
                );
            }
        }
        if let Some(statistics) = RoundStatistics::of(self.round, played) {
            events.push(SocietyEvent::RoundFinished(statistics.clone()));
            self.statistics.push(statistics);
        }
        self.plans.clear();
        self.taken = 0;
        self.round += 1;
        if !self.finished() {
            self.begin_round(rng);
        }
    }

    fn stage_is_done(&self) -> bool {
        let mut asks = self
            .wave
            .iter()
            .flat_map(|exchange| exchange.asks(self.stage));
        !asks.any(Ask::is_open)
    }

    fn check(&self, utterances: &[Utterance]) -> Result<(), SocietyError> {
        let asks = self
            .wave
            .iter()
            .flat_map(|exchange| exchange.asks(self.stage));
        let open = asks.filter(|ask| ask.is_open());
        let mut expected: BTreeSet<u64> = open.map(|ask| ask.prompt().id).collect();
        for utterance in utterances {
            if !expected.remove(&utterance.id) {
                return Err(SocietyError::UnexpectedUtterance {
                    id: utterance.id,
                    round: self.round,
                });
            }
        }
        Ok(())
    }

    /// Puts an utterance in its place and tells what it was.
    fn take(&mut self, utterance: Utterance, events: &mut Vec<SocietyEvent>) {
        let stage = self.stage;
        for exchange in &mut self.wave {
            let question = exchange.question();
            let asks = exchange.asks_mut(stage).iter_mut();
            let Some(ask) = asks.into_iter().find(|ask| ask.prompt().id == utterance.id) else {
                continue;
            };
            ask.answer(utterance);
            let agent = ask.prompt().agent;
            match stage {
                Purpose::Draft => events.push(SocietyEvent::Drafted {
                    agent,
                    question: self.library.question(question).to_owned(),
                    draft: ask.text().to_owned(),
                }),
                Purpose::Critique => {
                    let peer = ask.prompt().peer.unwrap_or(agent);
                    let (rating, reason) = feedback::read(ask.text());
                    events.push(SocietyEvent::Criticised {
                        agent,
                        peer,
                        rating,
                        reason,
                    });
                }
                Purpose::Revision => {}
            }
            return;
        }
    }
}
