//! One visitor's dealings with the engine: commands in, events out.
//!
//! The session owns the engine and knows nothing of workers, files or clocks; those are the
//! [`Host`]'s. A driver calls [`Session::handle`] for each command and, while
//! [`Session::is_busy`], [`Session::advance`] for one bounded slice of work, letting the outside
//! world breathe in between: that is why Pause always arrives.

use super::bytes::Bytes;
use super::config::{BaseModel, EngineChoice, RunConfig};
use super::engine::Engine;
use super::error::LabError;
use super::imported::{Desk, Told};
use super::message::{Command, Event, Failure};
use super::phase::Phase;
use super::receipt::EngineUsed;
use crate::society::{Interaction, Utterance};

/// What hosts open devices and hand over checkpoints with, so that they need no other room.
pub use crate::formats::Folder;
pub use crate::gpu::{EngineKind, GpuError, Opened, open as open_device};

/// A device that was opened, and what the visitor should know about it.
pub struct Computing {
    /// The device.
    pub opened: Opened,
    /// What kind of engine that is.
    pub engine: EngineUsed,
    /// Why it is not what was asked for.
    pub note: Option<String>,
}

/// Bytes of a file in one message.
const PIECE: usize = 1 << 20;

/// What a session needs from the place it runs in.
#[expect(
    async_fn_in_trait,
    reason = "one task owns the session; nothing is sent between threads"
)]
pub trait Host {
    /// The files of a base checkpoint.
    ///
    /// # Errors
    /// [`LabError::BaseModel`] when they can't be read.
    async fn base_model(&self, model: BaseModel) -> Result<Folder, LabError>;

    /// Opens the engine of that choice, or the CPU with a note why.
    ///
    /// # Errors
    /// When not even the CPU engine can be opened, or WebGPU was asked for where nothing else may
    /// take its place.
    async fn open(&self, choice: EngineChoice) -> Result<Computing, LabError>;

    /// Seconds on a clock that never goes back.
    fn seconds(&self) -> f64;
}

/// One visitor's dealings with the engine.
pub struct Session<H: Host> {
    host: H,
    engine: Option<Engine>,
    config: Option<RunConfig>,
    opened_for: Option<EngineChoice>,
    paused: bool,
    started: bool,
    single_step: bool,
    desk: Desk,
}

impl<H: Host> Session<H> {
    /// A session with nothing loaded.
    pub fn new(host: H) -> Self {
        Self {
            host,
            engine: None,
            config: None,
            opened_for: None,
            paused: false,
            started: false,
            single_step: false,
            desk: Desk::default(),
        }
    }

    /// Whether [`Session::advance`] has something to do.
    pub fn is_busy(&self) -> bool {
        self.started && !self.paused && self.engine.as_ref().is_some_and(Engine::has_work)
    }

    /// While nobody waits: gets ready a little of what a run will compute with. Whether there may be more to do.
    pub async fn warm(&self) -> bool {
        match &self.engine {
            Some(engine) => engine.warm().await,
            None => false,
        }
    }

    /// The engine, once loaded.
    pub fn engine(&self) -> Option<&Engine> {
        self.engine.as_ref()
    }

    /// Carries out one command.
    pub async fn handle(&mut self, command: Command) -> Vec<Event> {
        let mut events = Vec::new();
        let result = match command {
            Command::Load(config) => self.load(*config, false, &mut events).await,
            Command::LoadOver(config) => self.load(*config, true, &mut events).await,
            Command::Restore {
                state,
                record,
                said,
            } => self.restore(&state, record, said, &mut events).await,
            Command::Cancel => self.cancel(&mut events),
            Command::Reset => self.reset(&mut events),
            Command::Start => self.start(&mut events, false),
            Command::Step => self.start(&mut events, true),
            Command::Pause => {
                self.pause(&mut events);
                Ok(())
            }
            Command::Ask { id, model, text } => {
                let answer = match self.engine.as_mut() {
                    Some(engine) => engine.ask(model, &text).await,
                    None => Err(not_now("asking", Phase::Idle)),
                };
                events.push(match answer {
                    Ok(text) => Event::Answered { id, model, text },
                    Err(error) => Event::Refused {
                        id,
                        failure: Failure::from_error(&error, true),
                    },
                });
                Ok(())
            }
            Command::Say {
                id,
                prompt,
                rating,
                text,
            } => {
                let said = match self.engine.as_mut() {
                    Some(engine) => engine.say(prompt, rating, &text, &mut events).await,
                    None => Err(not_now("saying something", Phase::Idle)),
                };
                refuse(id, said, &mut events);
                Ok(())
            }
            Command::Happen { id, what } => {
                let happened = match self.engine.as_mut() {
                    Some(engine) => engine.happen(what, &mut events).await,
                    None => Err(not_now("changing the society", Phase::Idle)),
                };
                refuse(id, happened, &mut events);
                Ok(())
            }
            Command::Pass { prompt } => match self.engine.as_mut() {
                Some(engine) => engine.pass(prompt, &mut events).await,
                None => Ok(()),
            },
            Command::StandUp => match self.engine.as_mut() {
                Some(engine) => engine.stand_up(&mut events).await,
                None => Ok(()),
            },
            Command::Inspect {
                id,
                interaction,
                utterance,
            } => {
                let seen = match self.engine.as_ref() {
                    Some(engine) => engine.inspect(interaction, utterance).await,
                    None => Err(not_now("inspecting", Phase::Idle)),
                };
                let seen = seen.map(|tokens| events.push(Event::Inspected { id, tokens }));
                refuse(id, seen, &mut events);
                Ok(())
            }
            Command::Recollect { id, agent } => {
                let engine = self.engine.as_ref();
                let memories = engine.map_or_else(Vec::new, |engine| engine.recollect(agent));
                events.push(Event::Recollected { id, memories });
                Ok(())
            }
            Command::Statistics { id, rounds } => {
                let figures = self
                    .engine
                    .as_ref()
                    .and_then(|engine| engine.figures(rounds));
                let figures = figures.ok_or_else(|| not_now("counting", Phase::Idle));
                let told = figures.map(|figures| {
                    let figures = Box::new(figures);
                    events.push(Event::Statistics { id, figures });
                });
                refuse(id, told, &mut events);
                Ok(())
            }
            Command::Export { id, kind } => {
                let made = match self.engine.as_mut() {
                    Some(engine) => engine.export(kind, &self.desk).await,
                    None => Err(not_now("exporting", Phase::Idle)),
                };
                let made = made.map(|(file_name, bytes)| {
                    pack(id, &bytes, &mut events);
                    events.push(Event::Exported {
                        id,
                        kind,
                        file_name,
                    });
                });
                refuse(id, made, &mut events);
                Ok(())
            }
            Command::Import { id, step } => {
                let told = self.desk.take(step);
                let told = told.map(|told| events.push(Event::Import { id, told }));
                refuse(id, told, &mut events);
                Ok(())
            }
            Command::Browse { id, words, skip } => {
                let found = self.desk.find(&words, skip);
                let found = found.map(|found| events.push(Event::Browsed { id, found }));
                refuse(id, found, &mut events);
                Ok(())
            }
            Command::OpenImported { id } => {
                let opened = self.open_imported(&mut events);
                let told = Told::Nothing;
                let opened = opened.map(|()| events.push(Event::Import { id, told }));
                refuse(id, opened, &mut events);
                Ok(())
            }
        };
        if let Err(error) = result {
            self.fail(&error, false, &mut events);
        }
        events
    }

    /// Computes one slice.
    pub async fn advance(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        let Some(engine) = self.engine.as_mut() else {
            return events;
        };
        let seconds = self.host.seconds();
        let outcome = engine.advance(&mut events).await;
        let spent = self.host.seconds() - seconds;
        engine.account(spent, &mut events);
        match outcome {
            Ok(()) => {
                let seen = events.iter().any(is_milestone);
                if self.single_step && seen && self.engine.as_ref().is_some_and(Engine::has_work) {
                    self.paused = true;
                    events.push(Event::Paused(true));
                }
            }
            Err(error) => {
                // Only another device can help; anything else would fail again in the same way, and
                // this engine still holds what the run made so far.
                let recoverable = error.is_of_the_device();
                self.fail(&error, recoverable, &mut events);
            }
        }
        events
    }

    async fn load(
        &mut self,
        config: RunConfig,
        over: bool,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        config.validate()?;
        self.ensure_engine(&config, events).await?;
        if let Some(engine) = self.engine.as_mut() {
            match over {
                true => engine.begin_over(config.clone())?,
                false => engine.begin(config.clone())?,
            }
        }
        self.config = Some(config.clone());
        self.rest();
        events.push(Event::Loaded(Box::new(config)));
        events.push(Event::Phase(Phase::Idle));
        events.push(Event::Paused(false));
        Ok(())
    }

    /// Says again what was said after the checkpoint that was just restored.
    pub async fn say_again(&mut self, journal: Vec<Utterance>) -> Vec<Event> {
        let mut events = Vec::new();
        if let Some(engine) = self.engine.as_mut()
            && let Err(error) = engine.say_again(journal, &mut events).await
        {
            self.fail(&error, false, &mut events);
        }
        events
    }

    async fn restore(
        &mut self,
        bytes: &[u8],
        record: Vec<Interaction>,
        said: Vec<Utterance>,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let checkpoint = super::engine::Checkpoint::from_bytes(bytes)?;
        checkpoint.config().validate()?;
        self.ensure_engine(checkpoint.config(), events).await?;
        // What was done to it since is told again after this.
        let begun = checkpoint.begun_with().clone();
        self.config = Some(begun.clone());
        events.push(Event::Loaded(Box::new(begun)));
        if let Some(engine) = self.engine.as_mut() {
            engine.restore(checkpoint, record, events)?;
            engine.say_again(said, events).await?;
        }
        self.rest();
        self.started = true;
        self.paused = true;
        events.push(Event::Paused(true));
        Ok(())
    }

    /// What was brought takes the stage, and the engine forgets its run.
    fn open_imported(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        let told = self.desk.open()?;
        if let (Some(engine), Some(config)) = (self.engine.as_mut(), self.config.clone()) {
            engine.begin(config)?;
        }
        self.rest();
        events.extend(told);
        events.push(Event::Paused(false));
        Ok(())
    }

    /// Opens device and base model unless the ones at hand will do.
    async fn ensure_engine(
        &mut self,
        config: &RunConfig,
        events: &mut Vec<Event>,
    ) -> Result<(), LabError> {
        let fits = self.opened_for == Some(config.engine)
            && self
                .engine
                .as_ref()
                .is_some_and(|engine| engine.has_models_of(config));
        if !fits {
            let computing = self.host.open(config.engine).await?;
            let folder = self.host.base_model(config.model).await?;
            let second = match config.second() {
                Some(model) => Some((model, self.host.base_model(model).await?)),
                None => None,
            };
            let second = second.as_ref().map(|(model, folder)| (*model, folder));
            let (engine, adapter, note) = (
                computing.engine,
                computing.opened.adapter.clone(),
                computing.note.clone(),
            );
            self.engine = Some(Engine::new(config.clone(), computing, &folder, second)?);
            self.opened_for = Some(config.engine);
            events.push(Event::Ready {
                engine,
                adapter,
                note,
            });
        }
        Ok(())
    }

    fn reset(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        let (Some(engine), Some(config)) = (self.engine.as_mut(), self.config.clone()) else {
            return Err(not_now("reset", Phase::Idle));
        };
        engine.begin(config.clone())?;
        self.rest();
        events.push(Event::Loaded(Box::new(config)));
        events.push(Event::Phase(Phase::Idle));
        events.push(Event::Paused(false));
        Ok(())
    }

    fn cancel(&mut self, events: &mut Vec<Event>) -> Result<(), LabError> {
        // The run may have come to its end while the command was on its way.
        let Some(engine) = self
            .engine
            .as_mut()
            .filter(|engine| engine.phase().is_working())
        else {
            return Ok(());
        };
        engine.cancel(events)?;
        self.rest();
        events.push(Event::Paused(false));
        Ok(())
    }

    fn start(&mut self, events: &mut Vec<Event>, single_step: bool) -> Result<(), LabError> {
        let Some(engine) = self.engine.as_ref() else {
            return Err(not_now("starting", Phase::Idle));
        };
        if !engine.has_work() {
            return Ok(());
        }
        self.started = true;
        self.single_step = single_step;
        if self.paused {
            self.paused = false;
            events.push(Event::Paused(false));
        }
        Ok(())
    }

    fn pause(&mut self, events: &mut Vec<Event>) {
        // Also while a person thinks: nothing goes on behind their answer then.
        let working =
            |engine: &Engine| engine.phase() == Phase::Idle || engine.phase().is_working();
        if self.started && !self.paused && self.engine.as_ref().is_some_and(working) {
            self.paused = true;
            events.push(Event::Paused(true));
        }
    }

    fn rest(&mut self) {
        self.started = false;
        self.paused = false;
        self.single_step = false;
    }

    fn fail(&mut self, error: &LabError, working: bool, events: &mut Vec<Event>) {
        self.rest();
        if let Some(engine) = self.engine.as_mut().filter(|_| working) {
            engine.fail();
        }
        events.push(Event::Failed(Failure::from_error(error, working)));
    }
}

/// Tells why a request was not served; the run is unharmed.
fn refuse(id: u32, outcome: Result<(), LabError>, events: &mut Vec<Event>) {
    if let Err(error) = outcome {
        let failure = Failure::from_error(&error, true);
        events.push(Event::Refused { id, failure });
    }
}

/// A file in pieces that nobody has to wait for.
fn pack(id: u32, bytes: &[u8], events: &mut Vec<Event>) {
    let piece = |piece: &[u8]| Event::Packed {
        id,
        piece: Bytes(piece.to_vec()),
    };
    events.extend(bytes.chunks(PIECE).map(piece));
}

/// Something a visitor who steps wants to look at before going on.
fn is_milestone(event: &Event) -> bool {
    matches!(
        event,
        Event::Drafted { .. }
            | Event::Criticised { .. }
            | Event::Completed(_)
            | Event::Trained { .. }
            | Event::Tested(_)
            | Event::Attacked(_)
            | Event::Finished(_)
    )
}

fn not_now(command: &'static str, phase: Phase) -> LabError {
    LabError::NotNow {
        command,
        phase: phase.name(),
    }
}
