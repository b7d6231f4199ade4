//! What a run looks like from outside: a pure function of its events.
//!
//! The page, the canvas and `window.mores.state()` read this and nothing else.

use super::config::{Happening, RunConfig};
pub use super::look::{LearningData, Look};
use super::message::{Event, Failure, Stage};
use super::phase::Phase;
use super::receipt::{EngineUsed, Receipt};
use super::saved::Standing;
// Passed on, so that the page need not look into the rooms below.
pub use crate::alignment::TrainingMetrics;
pub use crate::evaluation::paired;
pub use crate::evaluation::{
    Attack, AttackResult, Estimate, Example, LanguageResult, SuiteResult, WhichModel,
};
pub use crate::society::Seat as TakenSeat;
pub use crate::society::grid::within;
pub use crate::society::statistics;
pub use crate::society::{
    AgentView, Asked, Critique, GroupStatistics, Interaction, Label, Purpose, Role,
    RoundStatistics, Voice,
};
pub use crate::world::display::prose;

/// How far the work on hand has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being worked on.
    pub stage: Stage,
    /// Units finished.
    pub done: u32,
    /// Units in all.
    pub total: u32,
}

/// What an agent on the canvas shows.
#[derive(Clone, Debug, PartialEq)]
pub struct Villager {
    /// Who it is.
    pub agent: AgentView,
    /// Alignment of the last revision, 1 to 7, as the observers scored it.
    pub alignment: Option<u8>,
    /// Engagement of the last revision, 1 to 7.
    pub engagement: Option<u8>,
    /// Interactions as the author.
    pub spoken: u32,
}

impl Villager {
    /// Somebody who has not spoken yet.
    pub(super) fn new(agent: &AgentView) -> Self {
        Self {
            agent: agent.clone(),
            alignment: None,
            engagement: None,
            spoken: 0,
        }
    }

    /// Takes over what an interaction of theirs came to.
    pub(super) fn show(&mut self, interaction: &Interaction) {
        self.alignment = interaction.alignment()[1];
        self.engagement = interaction.engagement()[1];
        self.spoken += 1;
    }
}

/// The interaction being worked on, as far as it is known.
#[derive(Clone, Debug, PartialEq)]
pub struct OnStage {
    /// The author.
    pub agent: u16,
    /// The question.
    pub question: String,
    /// The draft.
    pub draft: String,
    /// Neighbour, rating and reason, in the order they came.
    pub comments: Vec<(u16, Option<u8>, String)>,
}

/// A training step with the time it took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimedStep {
    /// The step's figures.
    pub metrics: TrainingMetrics,
    /// Seconds of computing since training began.
    pub seconds: f32,
}

/// What a run looks like from outside.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct RunView {
    /// The configuration in force, once accepted.
    pub config: Option<RunConfig>,
    /// The file this record was brought in, where it is no run of the engine's: its settings are
    /// not known then, but for the size of the village and the number of rounds.
    pub imported: Option<String>,
    /// Where the run stands.
    pub phase: Option<Phase>,
    /// Whether it waits between two slices.
    pub paused: bool,
    /// What computes.
    pub engine: Option<EngineUsed>,
    /// Adapter or processor.
    pub adapter: String,
    /// Why the engine is not the one asked for.
    pub note: Option<String>,
    /// How far the work on hand has come.
    pub progress: Option<Progress>,
    /// The agents, in grid order.
    pub villagers: Vec<Villager>,
    /// The agents as they were born.
    pub founders: Vec<AgentView>,
    /// Everybody as they were after each change, with the length of the record at that moment.
    pub changes: Vec<(usize, Vec<AgentView>)>,
    /// What came from outside, with the length of the record at that moment.
    pub happened: Vec<(usize, Happening)>,
    /// How many of the settings' happenings were announced while the run was on.
    pub announced: usize,
    /// The seat that the person left while the run was on.
    pub stood_up: Option<TakenSeat>,
    /// For every place, the places it is linked to.
    pub links: Vec<Vec<u16>>,
    /// What the person in the seat is asked, while the run waits for them.
    pub waiting: Option<Asked>,
    /// Interactions that ended without a record, as the released code does.
    pub lost: u32,
    /// Drafts that are waiting for feedback or revision.
    pub stage: Vec<OnStage>,
    /// The record so far.
    pub interactions: Vec<Interaction>,
    /// The round that is being played, counted from 0; the number of rounds once none is left. Not
    /// the number of figures below: a round without a record has none.
    pub reached: Option<u16>,
    /// Figures of the rounds finished.
    pub rounds: Vec<RoundStatistics>,
    /// Training steps made.
    pub training: Vec<TimedStep>,
    /// What each stage learns from.
    pub lessons: Vec<LearningData>,
    /// Looks at the model between steps.
    pub looks: Vec<Look>,
    /// Training steps in all.
    pub training_steps: u32,
    /// Results of the test.
    pub tests: Vec<SuiteResult>,
    /// What alignment did to the models' language; one figure a model, after its suites.
    pub languages: Vec<LanguageResult>,
    /// What attacks came to, on one model after the other.
    pub attacks: Vec<AttackResult>,
    /// How far the run had come when it could last be taken up from.
    pub kept: Option<Standing>,
    /// What the run came to.
    pub receipt: Option<Receipt>,
    /// Why it failed.
    pub failure: Option<Failure>,
}

impl RunView {
    /// The phase, idle before anything was said.
    pub fn phase(&self) -> Phase {
        self.phase.unwrap_or(Phase::Idle)
    }

    /// The round being played, counted from 1, or the last one that was; 0 before the first.
    pub fn round(&self) -> u32 {
        let before_the_end = |reached: u16| u32::from(reached) + 1;
        let rounds = self.config.as_ref();
        let rounds = rounds.map_or(0, |config| u32::from(config.society.rounds));
        self.reached.map_or(0, before_the_end).min(rounds)
    }

    /// Whether all rounds were played.
    pub fn has_been_simulated(&self) -> bool {
        let rounds = self.config.as_ref().map(|config| config.society.rounds);
        self.reached >= rounds && rounds.is_some()
    }

    /// Whether a round has begun.
    pub fn has_reached(&self, round: u16) -> bool {
        self.reached >= Some(round)
    }

    /// The settings the run began with: those in force without what was done to it since.
    pub fn begun_with(&self) -> Option<RunConfig> {
        let mut config = self.config.clone()?;
        let happenings = &mut config.society.happenings;
        happenings.truncate(happenings.len().saturating_sub(self.announced));
        config.society.seat = config.society.seat.or(self.stood_up);
        Some(config)
    }

    /// Whether the run began with other settings; false before any were accepted. Asked with every
    /// event, so nothing is copied where nothing was done to the run.
    pub fn began_otherwise(&self, config: &RunConfig) -> bool {
        if self.announced == 0 && self.stood_up.is_none() {
            self.config.as_ref().is_some_and(|begun| begun != config)
        } else {
            self.begun_with().is_some_and(|begun| begun != *config)
        }
    }

    /// Whether a run of this configuration after the one on hand, which is done, differs from it in
    /// what is learnt or tested and in nothing else: its society would be the same.
    pub fn learns_again(&self, config: &RunConfig) -> bool {
        let untouched = self.announced == 0 && self.stood_up.is_none() && self.imported.is_none();
        let Some(begun) = self.config.as_ref().filter(|_| untouched) else {
            return false;
        };
        let same_society = RunConfig {
            training: begun.training.clone(),
            then: begun.then.clone(),
            testing: begun.testing.clone(),
            ..config.clone()
        };
        let complete = self.receipt.is_some() && self.phase() == Phase::Done;
        complete && same_society == *begun && config != begun
    }

    /// Tokens per second of training so far.
    pub fn tokens_per_second(&self) -> Option<f32> {
        let last = self.training.last()?;
        let tokens: u32 = self.training.iter().map(|step| step.metrics.tokens).sum();
        (last.seconds > 0.0).then(|| tokens as f32 / last.seconds)
    }

    /// Takes in one event.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Ready {
                engine,
                adapter,
                note,
            } => {
                self.engine = Some(*engine);
                self.adapter.clone_from(adapter);
                self.note.clone_from(note);
            }
            Event::Loaded(config) => {
                *self = RunView {
                    config: Some((**config).clone()),
                    phase: Some(Phase::Idle),
                    engine: self.engine,
                    adapter: std::mem::take(&mut self.adapter),
                    note: self.note.take(),
                    ..RunView::default()
                };
            }
            Event::Phase(phase) => {
                self.phase = Some(*phase);
                self.progress = None;
                if *phase != Phase::Simulating {
                    self.stage.clear();
                    self.waiting = None;
                }
            }
            Event::Paused(paused) => self.paused = *paused,
            Event::Progress { stage, done, total } => {
                self.progress = Some(Progress {
                    stage: *stage,
                    done: *done,
                    total: *total,
                });
            }
            Event::Society { agents, links } => {
                self.links.clone_from(links);
                self.founders.clone_from(agents);
                self.villagers = agents.iter().map(Villager::new).collect();
            }
            Event::Drafted {
                agent,
                question,
                draft,
            } => {
                self.stage.retain(|scene| scene.agent != *agent);
                let (question, draft) = (question.clone(), draft.clone());
                self.stage.push(OnStage {
                    agent: *agent,
                    question,
                    draft,
                    comments: Vec::new(),
                });
            }
            Event::Criticised {
                agent,
                peer,
                rating,
                reason,
            } => {
                if let Some(scene) = self.stage.iter_mut().find(|scene| scene.agent == *agent) {
                    scene.comments.push((*peer, *rating, reason.clone()));
                }
            }
            Event::Completed(interaction) => self.complete(interaction),
            Event::RoundReached(round) => self.reached = Some(*round),
            Event::Round(statistics) => self.rounds.push(statistics.clone()),
            Event::Trained {
                metrics,
                steps,
                seconds,
            } => {
                self.training_steps = *steps;
                self.training.push(TimedStep {
                    metrics: *metrics,
                    seconds: *seconds,
                });
            }
            Event::Learning(told) => self.lessons.push((**told).clone()),
            Event::Watched(look) => self.looks.push((**look).clone()),
            Event::Tested(result) => self.tests.push((**result).clone()),
            Event::Language(result) => self.languages.push(*result),
            Event::Attacked(result) => self.attacks.push((**result).clone()),
            Event::Finished(receipt) => self.receipt = Some(receipt.clone()),
            Event::Failed(failure) => {
                self.phase = Some(Phase::Failed);
                self.failure = Some(failure.clone());
            }
            Event::Changed(agents) => {
                for (villager, agent) in self.villagers.iter_mut().zip(agents) {
                    villager.agent = agent.clone();
                }
                self.changes.push((self.interactions.len(), agents.clone()));
            }
            Event::Waiting(asked) => self.waiting = asked.as_deref().cloned(),
            Event::StoodUp => {
                if let Some(config) = &mut self.config {
                    self.stood_up = config.society.seat.take();
                }
            }
            Event::Announced(happening) => {
                if let Some(config) = &mut self.config {
                    config.society.happenings.push(happening.clone());
                    self.announced += 1;
                }
            }
            Event::Happened(happening) => {
                let happened = (self.interactions.len(), happening.clone());
                self.happened.push(happened);
            }
            Event::Checkpoint(_) => self.kept = Some(Standing::of(self)),
            Event::Imported(name) => self.imported = Some(name.clone()),
            Event::Lost { agent } => {
                self.stage.retain(|scene| scene.agent != *agent);
                self.lost += 1;
            }
            Event::Hello
            | Event::Inspected { .. }
            | Event::Recollected { .. }
            | Event::Statistics { .. }
            | Event::Answered { .. }
            | Event::Packed { .. }
            | Event::Exported { .. }
            | Event::Import { .. }
            | Event::Browsed { .. }
            | Event::Refused { .. }
            | Event::Said(_) => {}
        }
    }

    fn complete(&mut self, interaction: &Interaction) {
        self.stage
            .retain(|scene| scene.agent != interaction.agent_id);
        if let Some(villager) = self.villagers.get_mut(usize::from(interaction.agent_id)) {
            villager.show(interaction);
        }
        self.interactions.push(interaction.clone());
    }
}
