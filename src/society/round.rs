//! The society at work: rounds played in waves, as a state machine that never computes a model.
//!
//! A driver asks what is needed ([`Simulation::needs_embedding`], [`Simulation::needs_search`],
//! [`Simulation::pending`]) and supplies it, in portions of any size and order. A round is played in waves of a dozen agents
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
use super::memory::{Found, Library, Search};
use super::record::Interaction;
use super::speaker::{Prompt, Purpose, Utterance};
use super::statistics::RoundStatistics;
use crate::world::bank;
use crate::world::situation::Situation;
use crate::world::values::Values;
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Agents that play at the same time, unless told otherwise.
pub const WAVE: u16 = 12;

/// A society and everything that happened in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Simulation {
    pub(super) config: SocietyConfig,
    pub(super) bank: Vec<Situation>,
    pub(super) agents: Vec<Agent>,
    /// For every place, the places it is linked to.
    pub(super) links: Vec<Vec<u16>>,
    pub(super) library: Library,
    /// What observers score by now.
    pub(super) values: Values,
    pub(super) round: u16,
    /// One plan for everybody who takes part in the round being played.
    pub(super) plans: Vec<Plan>,
    /// Whether the plans know what comes to mind.
    pub(super) searched: bool,
    /// How many of the plans have been taken into a wave.
    pub(super) taken: u16,
    pub(super) wave: Vec<Exchange>,
    pub(super) stage: Purpose,
    wave_size: u16,
    pub(super) record: Vec<Interaction>,
    /// Interactions that ended without a record, as the released code does.
    pub(super) lost: u32,
    pub(super) statistics: Vec<RoundStatistics>,
    /// Told once, before anything is asked.
    #[serde(skip)]
    beginning: Vec<SocietyEvent>,
}

impl Simulation {
    /// Founds a society: draws the question bank, the lessons, the agents and their links, and plans
    /// the first round.
    ///
    /// # Errors
    /// [`SocietyError::Setting`] for a setting out of range.
    pub fn new<R: Rng>(config: SocietyConfig, rng: &mut R) -> Result<Self, SocietyError> {
        config.validate()?;
        let bank = bank::questions(rng, config.questions.into());
        let mut library = Library::default();
        let agents = populate(&config, &mut library, rng);
        let links = config
            .network
            .links(config.size, config.social_radius(), rng);
        let mut simulation = Self {
            values: config.values,
            config,
            bank,
            agents,
            links,
            library,
            round: 0,
            plans: Vec::new(),
            searched: false,
            taken: 0,
            wave: Vec::new(),
            stage: Purpose::Draft,
            wave_size: WAVE,
            record: Vec::new(),
            lost: 0,
            statistics: Vec::new(),
            beginning: Vec::new(),
        };
        let mut beginning = Vec::new();
        simulation.begin_round(&mut beginning, rng);
        simulation.beginning = beginning;
        Ok(simulation)
    }

    /// What happened before anybody could be asked anything; empty when asked again. Whom it changed
    /// is there to be seen in [`Simulation::agents`].
    pub fn take_beginning(&mut self) -> Vec<SocietyEvent> {
        let beginning = std::mem::take(&mut self.beginning).into_iter();
        beginning
            .filter(|event| !matches!(event, SocietyEvent::Changed(_)))
            .collect()
    }

    /// Sets how many agents play at the same time, from the next wave on; at least one. This
    /// changes how soon something can be shown and how large a batch is, never a result.
    pub fn set_wave_size(&mut self, agents: u16) {
        self.wave_size = agents.max(1);
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
        Ok(())
    }

    /// The search for memories that the round waits for, once every question has its embedding:
    /// first each author's, then their peers', plan after plan.
    pub fn needs_search(&self) -> Option<Search> {
        if self.searched || self.finished() || !self.library.complete() {
            return None;
        }
        let asked = self.plans.iter().flat_map(|plan| {
            let everybody = std::iter::once(plan.agent).chain(plan.peers.iter().copied());
            everybody.map(|agent| (u32::from(agent), plan.question))
        });
        let everybody = self.agents.iter().map(|agent| &agent.memories);
        Some(self.library.search(everybody, asked.collect()))
    }

    /// Takes what [`Simulation::needs_search`] asked for.
    ///
    /// # Errors
    /// [`SocietyError::BadSearch`] if nothing was asked for, or another number of answers.
    pub fn supply_found<R: Rng>(
        &mut self,
        found: Vec<Option<Found>>,
        rng: &mut R,
    ) -> Result<Vec<SocietyEvent>, SocietyError> {
        let bad = |reason| Err(SocietyError::BadSearch { reason });
        if self.searched || self.finished() || !self.library.complete() {
            return bad("no search was waiting for an answer");
        }
        let asked: usize = self.plans.iter().map(|plan| 1 + plan.peers.len()).sum();
        if found.len() != asked {
            return bad("there are more or fewer answers than questions");
        }
        let mut found = found.into_iter();
        for plan in &mut self.plans {
            plan.found = found.by_ref().take(1 + plan.peers.len()).collect();
        }
        self.searched = true;
        let mut events = Vec::new();
        self.go_on(&mut events, rng);
        Ok(events)
    }

    /// Prompts of the current wave that are still to be answered; empty when the society is
    /// finished or waits for embeddings or a search.
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
        self.go_on(&mut events, rng);
        Ok(events)
    }

    /// Answers and asks as far as it goes without anybody from outside.
    pub(super) fn go_on<R: Rng>(&mut self, events: &mut Vec<SocietyEvent>, rng: &mut R) {
        self.open_wave();
        while !self.wave.is_empty() {
            self.take_scripted(events);
            if !self.stage_is_done() {
                return;
            }
            self.close_stage(events, rng);
        }
    }

    pub(super) fn scene(&self) -> Scene<'_> {
        Scene {
            config: &self.config,
            agents: &self.agents,
            library: &self.library,
            values: self.values,
            round: self.round,
        }
    }

    /// Everything of a stage was said: the next one is asked for.
    fn close_stage<R: Rng>(&mut self, events: &mut Vec<SocietyEvent>, rng: &mut R) {
        let mut wave = std::mem::take(&mut self.wave);
        let scene = self.scene();
        match self.stage {
            Purpose::Draft => {
                wave.iter_mut().for_each(|one| one.ask_peers(&scene));
                self.wave = wave;
                self.stage = Purpose::Critique;
            }
            Purpose::Critique => {
                wave.iter_mut().for_each(|one| one.ask_revision(&scene));
                self.wave = wave;
                self.stage = Purpose::Revision;
            }
            Purpose::Revision => {
                let mut completed = Vec::with_capacity(wave.len());
                for exchange in wave {
                    let agent = exchange.agent();
                    completed.push((agent, exchange.complete(&scene)));
                }
                for (agent, interaction) in completed {
                    if let Some(interaction) = interaction {
                        events.push(SocietyEvent::Completed(Box::new(interaction.clone())));
                        self.record.push(interaction);
                    } else {
                        self.lost += 1;
                        events.push(SocietyEvent::Lost { agent });
                    }
                }
                self.stage = Purpose::Draft;
                if usize::from(self.taken) >= self.plans.len() {
                    self.end_round(events, rng);
                }
                self.open_wave();
            }
        }
    }

    /// The exchange of the current wave whose author that is.
    pub(super) fn exchange(&self, author: u16) -> Option<&Exchange> {
        self.wave.iter().find(|one| one.agent() == author)
    }

    /// The settings, with everything that happened.
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

    /// Interactions completed and interactions in all, as far as can be foreseen: who is silent or
    /// leaves takes part in fewer.
    pub fn progress(&self) -> (u32, u32) {
        let done = self.record.len() as u32 + self.lost;
        if self.finished() {
            return (done, done);
        }
        let open = self.plans.len() as u32 * u32::from(self.config.rounds - self.round);
        let begun = self.plans_done();
        (done, done - begun + open)
    }

    /// How many of the round's plans are in the record, or lost.
    fn plans_done(&self) -> u32 {
        u32::from(self.taken) - self.wave.len() as u32
    }

    /// Every interaction so far, by round and within it by agent.
    pub fn record(&self) -> &[Interaction] {
        &self.record
    }

    /// The agents, by number.
    pub fn agents(&self) -> Vec<AgentView> {
        self.agents_in(self.round)
    }

    /// The agents with what their present settings mean in a round: who is silent in it.
    pub(super) fn agents_in(&self, round: u16) -> Vec<AgentView> {
        let of = |agent| AgentView::of(agent, self.config.size, round);
        self.agents.iter().map(of).collect()
    }

    /// For every place, the places it is linked to.
    pub fn links(&self) -> &[Vec<u16>] {
        &self.links
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

    /// The state without its record, which only grows and is better kept beside it.
    pub fn without_record(&self) -> Self {
        Self {
            config: self.config.clone(),
            bank: self.bank.clone(),
            agents: self.agents.clone(),
            links: self.links.clone(),
            library: self.library.clone(),
            plans: self.plans.clone(),
            wave: self.wave.clone(),
            record: Vec::new(),
            statistics: self.statistics.clone(),
            beginning: Vec::new(),
            ..*self
        }
    }

    /// Gives a state its record back.
    pub fn set_record(&mut self, record: Vec<Interaction>) {
        self.record = record;
    }

    /// Statistics of the rounds finished, in order.
    pub fn statistics(&self) -> &[RoundStatistics] {
        &self.statistics
    }

    /// Opens the next wave of the round, if none is open and everything it needs is known.
    fn open_wave(&mut self) {
        if !self.wave.is_empty() || self.finished() || !self.searched {
            return;
        }
        let scene = self.scene();
        let waiting = self.plans.iter().skip(self.taken.into());
        let dealt = waiting.take(self.wave_size.into());
        let wave: Vec<Exchange> = dealt
            .map(|plan| Exchange::begin(plan.clone(), &scene))
            .collect();
        self.taken += wave.len() as u16;
        self.wave = wave;
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
    pub(super) fn take(&mut self, utterance: Utterance, events: &mut Vec<SocietyEvent>) {
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
                    let (rating, reason) = feedback::read(ask.text(), &self.config.fidelity);
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
