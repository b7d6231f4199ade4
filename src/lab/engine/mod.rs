//! The engine: the only owner of a run's state, the same in a browser worker and in a terminal.
//!
//! [`Engine::advance`] computes one bounded slice (a mini-batch of utterances, a micro-batch of
//! training, a batch of test prompts) and pushes what happened as events. Nothing else moves a run
//! forward, so pausing is simply not calling it.

pub mod chat;
mod checkpoint;
mod export;
mod inspecting;
mod person;
mod simulating;
mod taking_over;
mod testing;
mod training;
mod watching;

pub use checkpoint::Checkpoint;
pub use simulating::nearest;

use super::config::{BaseModel, RunConfig};
use super::digest::Digest;
use super::error::LabError;
use super::look::{LearningData, Look};
use super::message::{Event, Stage};
use super::phase::Phase;
use super::receipt::{EngineUsed, Headline, Receipt};
use super::seed::{self, Purpose};
use super::session::Computing;
use crate::alignment::TrainingMetrics;
use crate::alignment::trainer::Trainer;
use crate::evaluation::{AttackResult, LanguageResult, SuiteResult, WhichModel};
use crate::formats::{self, Folder};
use crate::model::Llama;
use crate::society::{self, Interaction, RoundStatistics, Simulation, Utterance};
use crate::world::tokenizer::Tokenizer;
use rand_chacha::ChaCha8Rng;

/// Utterances computed in one slice: enough to fill a batch, few enough that Pause arrives soon.
pub const SPEECH_BATCH: usize = 16;

/// What a run has shown so far, kept to be written to files and to be told again after a restore.
#[derive(Clone, Debug, Default, serde::Serialize, serde::Deserialize)]
pub struct History {
    /// The settings the run began with.
    pub begun: Option<Box<RunConfig>>,
    /// What happened to the society beside its interactions, with the length of the record then.
    pub past: Vec<(u32, Event)>,
    /// Figures of finished rounds.
    pub rounds: Vec<RoundStatistics>,
    /// Training steps, with seconds of computing since training began.
    pub training: Vec<(TrainingMetrics, f32)>,
    /// What each stage learns from.
    pub lessons: Vec<LearningData>,
    /// Looks at the model between steps.
    pub looks: Vec<Look>,
    /// Test results.
    pub tests: Vec<SuiteResult>,
    /// The models' language, measured after their suites.
    pub languages: Vec<LanguageResult>,
    /// What attacks came to.
    pub attacks: Vec<AttackResult>,
}

/// The society at work, with the generator of its luck.
struct Society {
    simulation: Simulation,
    rng: ChaCha8Rng,
}

/// One run and everything that computes it.
pub struct Engine {
    computing: Computing,
    config: RunConfig,
    base: Llama,
    /// The second minds' model, and which one it is.
    second: Option<(BaseModel, Llama)>,
    tokenizer: Tokenizer,
    phase: Phase,
    society: Option<Society>,
    trainer: Option<Trainer>,
    trained: Option<Llama>,
    watching: Option<watching::Watching>,
    /// What a run that begins over may take over from the ones before it.
    played: Option<taking_over::Played>,
    base_tests: Option<taking_over::BaseTests>,
    /// The stage of learning on hand.
    stage: usize,
    testing: Option<testing::Testing>,
    history: History,
    receipt: Option<Receipt>,
    digests: Option<(Digest, Digest)>,
    training_seconds: f64,
    /// What was said since the last checkpoint, by models and by a person.
    journal: Vec<Utterance>,
    /// The run waits for the person in the seat.
    waiting: bool,
}

impl Engine {
    /// An engine with the base model on its device and an idle run.
    ///
    /// # Errors
    /// [`LabError::BaseModel`] when the checkpoint is not one this build can use.
    pub fn new(
        config: RunConfig,
        computing: Computing,
        folder: &Folder,
        second: Option<(BaseModel, &Folder)>,
    ) -> Result<Self, LabError> {
        let loaded = formats::hugging_face::read_folder(folder)
            .map_err(|error| LabError::BaseModel(error.to_string()))?;
        let tokenizer = match &loaded.tokenizer {
            Some(json) => Tokenizer::from_json(json)
                .map_err(|error| LabError::BaseModel(error.to_string()))?,
            None => return Err(LabError::BaseModel("its tokenizer.json is missing".into())),
        };
        if tokenizer.vocab_size() > loaded.config.vocab_size {
            return Err(LabError::BaseModel(format!(
                "its tokenizer has {} words, but the model only {}",
                tokenizer.vocab_size(),
                loaded.config.vocab_size
            )));
        }
        let base = Llama::from_tensors(loaded.config, loaded.tensors, &computing.opened.site)?;
        let second = match second {
            Some((model, folder)) => {
                let loaded = formats::hugging_face::read_folder(folder)
                    .map_err(|error| LabError::BaseModel(error.to_string()))?;
                // Everybody here speaks one language: the words have the same numbers.
                if loaded.config.vocab_size != base.config().vocab_size {
                    let why = "the second model knows other words than the first".into();
                    return Err(LabError::BaseModel(why));
                }
                let site = &computing.opened.site;
                let llama = Llama::from_tensors(loaded.config, loaded.tensors, site)?;
                Some((model, llama))
            }
            None => None,
        };
        Ok(Self {
            computing,
            config,
            base,
            second,
            tokenizer,
            phase: Phase::Idle,
            society: None,
            trainer: None,
            trained: None,
            watching: None,
            played: None,
            base_tests: None,
            stage: 0,
            testing: None,
            history: History::default(),
            receipt: None,
            digests: None,
            training_seconds: 0.0,
            journal: Vec::new(),
            waiting: false,
        })
    }

    /// Forgets the run and takes a new configuration; idle afterwards.
    ///
    /// # Errors
    /// [`LabError::Setting`] when it is out of range.
    pub fn begin(&mut self, config: RunConfig) -> Result<(), LabError> {
        config.validate()?;
        society::speakable(&config.society.happenings)?;
        self.history = History {
            begun: Some(Box::new(config.clone())),
            ..History::default()
        };
        self.config = config;
        self.phase = Phase::Idle;
        self.society = None;
        self.trainer = None;
        self.trained = None;
        self.watching = None;
        self.played = None;
        self.base_tests = None;
        self.stage = 0;
        self.testing = None;
        self.receipt = None;
        self.digests = None;
        self.training_seconds = 0.0;
        self.journal.clear();
        self.waiting = false;
        Ok(())
    }

    /// Whether the checkpoints a configuration needs are loaded.
    pub fn has_models_of(&self, config: &RunConfig) -> bool {
        let second = self.second.as_ref().map(|(model, _)| *model);
        self.config.model == config.model && config.second().is_none_or(|m| second == Some(m))
    }

    /// Where the run stands.
    pub fn phase(&self) -> Phase {
        self.phase
    }

    /// The configuration in force.
    pub fn config(&self) -> &RunConfig {
        &self.config
    }

    /// What the run came to, once done.
    pub fn receipt(&self) -> Option<&Receipt> {
        self.receipt.as_ref()
    }

    /// What the run has shown so far.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Gets ready a little of what a run will compute with; whether there may be more to get ready. What goes wrong here is
    /// told when it is needed.
    pub async fn warm(&self) -> bool {
        match self.base.card().await {
            Ok(Some(card)) => card.warm().await.unwrap_or(false),
            _ => false,
        }
    }

    /// Whether [`Engine::advance`] has something to do (an idle run begins with it).
    pub fn has_work(&self) -> bool {
        !self.waiting && (self.phase == Phase::Idle || self.phase.is_working())
    }

    /// Marks the run as failed.
    pub fn fail(&mut self) {
        self.phase = Phase::Failed;
    }

    /// Books the seconds the last slice took, and completes the training events with them.
    pub fn account(&mut self, seconds: f64, events: &mut [Event]) {
        if self.trainer.is_none()
            && !events
                .iter()
                .any(|event| matches!(event, Event::Trained { .. }))
        {
            return;
        }
        // Looking at the model is not learning.
        if !events
            .iter()
            .any(|event| matches!(event, Event::Watched(_)))
        {
            self.training_seconds += seconds;
        }
        for event in events {
            if let Event::Trained { seconds, .. } = event {
                *seconds = self.training_seconds as f32;
                if let Some(last) = self.history.training.last_mut() {
                    last.1 = *seconds;
                }
            }
        }
    }

    /// Computes one slice of whatever is due.
    ///
    /// # Errors
    /// Any error of the rooms below; the run's last checkpoint stays good.
    pub async fn advance(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        match self.phase {
            Phase::Idle => self.enter(Phase::Preparing, events),
            Phase::Preparing => self.prepare(events).await,
            Phase::Simulating => self.simulate(events).await,
            Phase::Training => self.train(events).await,
            Phase::Testing => self.test(events).await,
            Phase::Done | Phase::Failed => Ok(()),
        }
    }

    fn enter(&mut self, next: Phase, events: &mut Vec<Event>) -> Result<(), LabError> {
        if !self.phase.may_become(next) {
            return Err(LabError::NotNow {
                command: next.name(),
                phase: self.phase.name(),
            });
        }
        self.phase = next;
        events.push(Event::Phase(next));
        Ok(())
    }

    /// After a phase: the next one that has something to do, or the end.
    async fn go_on_after_simulation(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        // Everything that was said is in the settings, so whoever does the run again is not asked.
        if self.config.society.seat.take().is_some() {
            self.note(Event::StoodUp, events);
        }
        if self.next_stage(0) {
            self.enter(Phase::Training, events)?;
            self.begin_training(events)?;
            self.remember(events).await
        } else {
            self.go_on_after_training(events).await
        }
    }

    async fn go_on_after_training(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.config.testing.is_asked() {
            self.enter(Phase::Testing, events)?;
            self.testing = Some(testing::Testing::new(&self.config));
            self.remember(events).await
        } else {
            self.finish(events).await
        }
    }

    async fn finish(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        // Line by line: a large record in one piece would need its size once more.
        let lines = self.record().chunks(1).map(formats::record::write);
        let record = Digest::of_parts(lines)?;
        let weights = self.model(WhichModel::Trained).to_tensors().await?;
        let digests = (record, Digest::of_weights(&weights));
        let receipt = Receipt {
            build: Receipt::fit_build(super::build::id()),
            engine: self.computing.engine,
            adapter: Receipt::fit_adapter(&self.computing.opened.adapter),
            record: Receipt::shorten(&digests.0),
            weights: Receipt::shorten(&digests.1),
            headline: headline(&self.history.tests),
        };
        self.digests = Some(digests);
        self.receipt = Some(receipt.clone());
        self.enter(Phase::Done, events)?;
        self.remember(events).await?;
        events.push(Event::Finished(receipt));
        Ok(())
    }

    /// The model that answers as `which`: before training both are the base, and during training
    /// the trained one is the model after its last step.
    fn model(&self, which: WhichModel) -> &Llama {
        if which == WhichModel::Base {
            return &self.base;
        }
        let learning = self.trainer.as_ref().map(Trainer::model);
        learning.or(self.trained.as_ref()).unwrap_or(&self.base)
    }

    /// Ends the run where it stands and keeps what there is: the record, the model after its last
    /// step, the tests. Such a run has no receipt, because doing its link again gives more.
    ///
    /// # Errors
    /// [`LabError::NotNow`] when nothing is being worked on.
    pub fn cancel(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if !self.phase.is_working() {
            return Err(LabError::NotNow {
                command: "cancelling",
                phase: self.phase.name(),
            });
        }
        let learning = self.trainer.take().map(Trainer::into_model);
        self.trained = learning.or(self.trained.take());
        self.testing = None;
        self.enter(Phase::Done, events)
    }

    /// What was said since the last checkpoint: with both, a run goes on at the very word it stopped
    /// at. See [`Engine::say_again`].
    pub fn journal(&self) -> &[Utterance] {
        &self.journal
    }

    /// The record so far.
    pub fn record(&self) -> &[Interaction] {
        let society = self.society.as_ref();
        society.map_or(&[], |society| society.simulation.record())
    }

    /// Pushes a checkpoint in the middle of a round, for what can't be computed again.
    async fn remember_midway(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        if self.phase == Phase::Simulating {
            self.remember(events).await?;
        }
        Ok(())
    }

    /// Tells what happened to the society, and keeps it to be told again.
    fn note(&mut self, event: Event, events: &mut Vec<Event>) {
        self.history
            .past
            .push((self.record().len() as u32, event.clone()));
        events.push(event);
    }

    /// Pushes a checkpoint from which a crash can be survived.
    async fn remember(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        self.journal.clear();
        events.push(Event::Checkpoint(self.checkpoint().await?.to_bytes()?));
        Ok(())
    }

    fn generator(&self, purpose: Purpose) -> ChaCha8Rng {
        seed::generator(self.config.seed, purpose)
    }

    fn progress(stage: Stage, done: usize, total: usize) -> Event {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        Event::Progress {
            stage,
            done: count(done),
            total: count(total),
        }
    }

    /// Which engine computes.
    pub fn engine_used(&self) -> EngineUsed {
        self.computing.engine
    }
}

/// Means over all suites, each suite weighing the same, rounded for the receipt.
fn headline(tests: &[SuiteResult]) -> Headline {
    let mean = |which: WhichModel, pick: fn(&SuiteResult) -> f32, scale: f32| -> u16 {
        let values: Vec<f32> = tests
            .iter()
            .filter(|test| test.model == which)
            .map(pick)
            .collect();
        if values.is_empty() {
            return 0;
        }
        // At most 7 x 100 or 1 x 1,000: always fits.
        (values.iter().sum::<f32>() / values.len() as f32 * scale + 0.5) as u16
    };
    Headline {
        alignment_base: mean(WhichModel::Base, |test| test.alignment.value, 100.0),
        alignment_trained: mean(WhichModel::Trained, |test| test.alignment.value, 100.0),
        bad_base: mean(WhichModel::Base, |test| test.bad.value, 1000.0),
        bad_trained: mean(WhichModel::Trained, |test| test.bad.value, 1000.0),
    }
}
