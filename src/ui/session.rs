//! The page's end of the wire: a worker, the commands it is sent, and the events it sends back.
//!
//! Knows messages, not what they mean for the page: events go to whoever listens, in order and in
//! portions of one animation frame. Each load, reset and restore begins a new run; what an older
//! run still says is not passed on, except for replies, which name the request they belong to.
//! Commands wait until the worker has said that it listens. A worker that breaks down is ended and
//! replaced, and what the run can go on from is kept for the new one: see [`kept`]. Which program a
//! worker runs is decided before it is fetched: see [`program`].

pub mod arriving;
pub mod kept;
mod orders;
mod program;

use super::requests::{Answer, Parcel, Reply};
use crate::canvas::beside;
use crate::lab::build;
use crate::lab::config::BaseModel;
use crate::lab::message::{Command, Envelope, Event, Failure};
use crate::lab::{Phase, RunConfig};
use arriving::Arriving;
use kept::Kept;
use leptos::prelude::{request_animation_frame, set_timeout};
use program::{Need, Program};
use std::cell::RefCell;
use std::collections::{BTreeMap, VecDeque};
use std::rc::{Rc, Weak};
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{MessageEvent, Worker};

/// How long a worker may be silent while it is fetched before the page says so.
const PATIENCE: Duration = Duration::from_secs(60);
/// In a hidden tab there are no animation frames.
const LATEST: Duration = Duration::from_millis(200);

/// What can go wrong between page and worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The worker never listened.
    Unreachable,
    /// The worker broke down; why, in words.
    Broke(String),
    /// Page and worker are of different builds.
    OtherBuild,
}

type Ear<E> = Closure<dyn FnMut(E)>;

struct Line {
    worker: Worker,
    // Kept alive as long as the worker is listened to.
    _ears: [Ear<MessageEvent>; 2],
    _alarm: Ear<web_sys::Event>,
}

#[derive(Default)]
struct State {
    line: Option<Line>,
    /// Somebody looks for a graphics card, to know which program the next worker runs.
    looking: bool,
    /// Which program the worker was asked to run.
    program: Program,
    /// For what it was started, and for which model.
    need: Need,
    model: BaseModel,
    /// Counts workers, so that a late word of an ended one is not taken for the new one's.
    generation: u32,
    listening: bool,
    /// More of it came since somebody looked.
    arrived: bool,
    waiting: Vec<Vec<u8>>,
    run: u32,
    sequence: u64,
    next_id: u32,
    replies: BTreeMap<u32, Reply>,
    /// Files on their way, in pieces.
    packed: BTreeMap<u32, js_sys::Array>,
    /// Requests to do something. What was done is told without their numbers, in their order.
    deeds: VecDeque<u32>,
    heard: Vec<Event>,
    frame_wanted: bool,
    kept: Option<Kept>,
    /// A run is being taken up again.
    taking_up: Option<kept::TakingUp>,
    /// What the engine was last told to load.
    loaded: Option<RunConfig>,
    /// The engine was told to begin that, and has not said yet that it does.
    told_to_begin: bool,
}

/// The connection with the engine.
pub struct Session {
    state: RefCell<State>,
    listener: Box<dyn Fn(Vec<Event>)>,
    trouble: Box<dyn Fn(Trouble)>,
    arriving: Box<dyn Fn(Arriving)>,
}

impl Session {
    /// A session without a worker; [`Session::open`] starts one.
    pub fn new(
        listener: impl Fn(Vec<Event>) + 'static,
        trouble: impl Fn(Trouble) + 'static,
        arriving: impl Fn(Arriving) + 'static,
    ) -> Rc<Self> {
        Rc::new(Self {
            state: RefCell::default(),
            listener: Box::new(listener),
            trouble: Box::new(trouble),
            arriving: Box::new(arriving),
        })
    }

    fn wait(self: &Rc<Self>, generation: u32) {
        let session = Rc::downgrade(self);
        set_timeout(
            move || {
                if let Some(session) = session.upgrade() {
                    session.lose_patience(generation);
                }
            },
            PATIENCE,
        );
    }

    fn dial(self: &Rc<Self>, generation: u32, asked: &str) -> Option<Line> {
        let address = beside::worker("worker_loader.js", Some(asked))?;
        let worker = Worker::new(&address).ok()?;
        let weak = Rc::downgrade(self);
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
            let Some(session) = current(&weak, generation) else {
                return;
            };
            let data = message.data();
            if let Some(arriving) = Arriving::of(&data) {
                session.state.borrow_mut().arrived = true;
                (session.arriving)(arriving);
            } else {
                session.hear(&js_sys::Uint8Array::new(&data).to_vec());
            }
        });
        let weak = Rc::downgrade(self);
        let fail = Closure::<dyn FnMut(web_sys::Event)>::new(move |error: web_sys::Event| {
            // It is told on the page, in words; the console need not repeat it.
            error.prevent_default();
            if let Some(session) = current(&weak, generation) {
                // A script that can't be fetched gives an event without a message.
                let message = js_sys::Reflect::get(&error, &"message".into())
                    .ok()
                    .and_then(|words| words.as_string());
                session.broke(message.unwrap_or_default());
            }
        });
        let weak = Rc::downgrade(self);
        let garble = Closure::<dyn FnMut(MessageEvent)>::new(move |_| {
            if let Some(session) = current(&weak, generation) {
                session.broke("a message of the engine could not be read".into());
            }
        });
        worker.set_onmessage(Some(hear.as_ref().unchecked_ref()));
        worker.set_onerror(Some(fail.as_ref().unchecked_ref()));
        worker.set_onmessageerror(Some(garble.as_ref().unchecked_ref()));
        Some(Line {
            worker,
            _ears: [hear, garble],
            _alarm: fail,
        })
    }

    /// Ends the worker. Whoever still waits for a reply is told why there will be none.
    fn close(&self, why: &str) {
        let replies = {
            let mut state = self.state.borrow_mut();
            if let Some(line) = state.line.take() {
                line.worker.terminate();
            }
            state.looking = false;
            state.listening = false;
            state.waiting.clear();
            state.loaded = None;
            state.told_to_begin = false;
            state.deeds.clear();
            state.packed.clear();
            std::mem::take(&mut state.replies)
        };
        for reply in replies.into_values() {
            reply(Err(gone(why)));
        }
    }

    fn lose_patience(self: &Rc<Self>, generation: u32) {
        let (waits, arrived) = {
            let mut state = self.state.borrow_mut();
            let waits = state.generation == generation && !state.listening && state.line.is_some();
            (waits, std::mem::take(&mut state.arrived))
        };
        if waits && arrived {
            self.wait(generation);
        } else if waits {
            self.close("the engine never answered");
            (self.trouble)(Trouble::Unreachable);
        }
    }

    fn broke(self: &Rc<Self>, why: String) {
        // What it said before counts.
        deliver(&Rc::downgrade(self));
        let listened = self.state.borrow().listening;
        self.close("the engine broke down");
        (self.trouble)(if listened {
            Trouble::Broke(why)
        } else {
            Trouble::Unreachable
        });
    }

    fn hear(self: &Rc<Self>, bytes: &[u8]) {
        let envelope = match Envelope::<Event>::from_bytes(bytes) {
            Ok(envelope) => envelope,
            Err(_) if is_of_other_build(bytes) => {
                self.close("page and engine are of different builds");
                (self.trouble)(Trouble::OtherBuild);
                return;
            }
            Err(error) => {
                self.broke(error.to_string());
                return;
            }
        };
        let is_current = envelope.run == self.state.borrow().run;
        match envelope.body {
            Event::Hello => self.greet(),
            Event::Answered { id, text, .. } => self.reply(id, Ok(Answer::Words(text))),
            Event::Inspected { id, tokens } => self.reply(id, Ok(Answer::Tokens(tokens))),
            Event::Recollected { id, memories } => self.reply(id, Ok(Answer::Memories(memories))),
            Event::Statistics { id, figures } => self.reply(id, Ok(Answer::Figures(figures))),
            Event::Exported {
                id,
                kind,
                file_name: name,
            } => {
                let pieces = self.state.borrow_mut().packed.remove(&id);
                let pieces = pieces.unwrap_or_default();
                self.reply(id, Ok(Answer::Parcel(Parcel { name, kind, pieces })));
            }
            Event::Packed { id, piece } => {
                let piece = js_sys::Uint8Array::from(piece.0.as_slice());
                let packed = &mut self.state.borrow_mut().packed;
                packed.entry(id).or_default().push(&piece);
            }
            Event::Import { id, told } => self.reply(id, Ok(Answer::Import(told))),
            Event::Browsed { id, found } => self.reply(id, Ok(Answer::Found(found))),
            Event::Refused { id, failure } => self.reply(id, Err(failure)),
            Event::Failed(failure) if failure.recoverable => self.broke(failure.message),
            Event::Announced(happening) if is_current => {
                let deed = self.state.borrow_mut().deeds.pop_front();
                self.pass_on(Event::Announced(happening));
                if let Some(id) = deed {
                    self.reply(id, Ok(Answer::Done));
                }
            }
            // An engine that is there stays there, whatever run it was opened for.
            event if is_current || matches!(event, Event::Ready { .. }) => {
                if is_current && is_answer_to_start(&event) {
                    self.state.borrow_mut().told_to_begin = false;
                }
                if is_current {
                    self.notice_taken_up(&event);
                }
                self.pass_on(event)
            }
            _ => {}
        }
    }

    /// The worker listens: it gets what was meant for it.
    fn greet(&self) {
        let waiting = {
            let mut state = self.state.borrow_mut();
            state.listening = true;
            std::mem::take(&mut state.waiting)
        };
        for bytes in waiting {
            self.post(&bytes);
        }
    }

    fn reply(&self, id: u32, answer: Result<Answer, Failure>) {
        let reply = {
            let mut state = self.state.borrow_mut();
            state.deeds.retain(|deed| *deed != id);
            state.replies.remove(&id)
        };
        if let Some(reply) = reply {
            reply(answer);
        }
    }

    fn pass_on(self: &Rc<Self>, event: Event) {
        let ask = {
            let mut state = self.state.borrow_mut();
            state.heard.push(event);
            !std::mem::replace(&mut state.frame_wanted, true)
        };
        if ask {
            let (soon, late) = (Rc::downgrade(self), Rc::downgrade(self));
            request_animation_frame(move || deliver(&soon));
            set_timeout(move || deliver(&late), LATEST);
        }
    }

    pub(super) fn send(&self, command: Command) {
        let bytes = {
            let mut state = self.state.borrow_mut();
            state.sequence += 1;
            Envelope::new(state.run, state.sequence, command).to_bytes()
        };
        // Commands are plain data; they always serialise.
        let Ok(bytes) = bytes else {
            return;
        };
        let listening = self.state.borrow().listening;
        if listening {
            self.post(&bytes);
        } else {
            self.state.borrow_mut().waiting.push(bytes);
        }
    }

    fn post(&self, bytes: &[u8]) {
        let Some(worker) = self
            .state
            .borrow()
            .line
            .as_ref()
            .map(|line| line.worker.clone())
        else {
            return;
        };
        let array = js_sys::Uint8Array::from(bytes);
        let transfer = js_sys::Array::of1(&array.buffer());
        // A fresh buffer can always be transferred.
        let _ = worker.post_message_with_transfer(&array, &transfer);
    }

    /// Sends what wants an answer. Without an engine the answer comes at once.
    pub(super) fn request(&self, command: impl FnOnce(u32) -> Command, reply: Reply) {
        let (id, is_there) = {
            let mut state = self.state.borrow_mut();
            state.next_id += 1;
            (state.next_id, state.line.is_some() || state.looking)
        };
        if is_there {
            let command = command(id);
            let mut state = self.state.borrow_mut();
            if matches!(command, Command::Say { .. } | Command::Happen { .. }) {
                state.deeds.push_back(id);
            }
            state.replies.insert(id, reply);
            drop(state);
            self.send(command);
        } else {
            reply(Err(gone("there is no engine")));
        }
    }
}

/// Whether the engine says with it what came of being told to begin or to go on.
fn is_answer_to_start(event: &Event) -> bool {
    match event {
        Event::Phase(phase) => *phase != Phase::Idle,
        Event::Paused(_) | Event::Failed(_) => true,
        _ => false,
    }
}

/// Why a request gets no answer.
fn gone(why: &str) -> Failure {
    Failure {
        code: "gone".into(),
        message: why.into(),
        causes: Vec::new(),
        recoverable: true,
    }
}

/// The session, if it still lives and still listens to that worker.
fn current(session: &Weak<Session>, generation: u32) -> Option<Rc<Session>> {
    let session = session.upgrade()?;
    let state = session.state.borrow();
    let is_current = state.generation == generation && state.line.is_some();
    drop(state);
    is_current.then_some(session)
}

fn deliver(session: &Weak<Session>) {
    let Some(session) = session.upgrade() else {
        return;
    };
    let events = {
        let mut state = session.state.borrow_mut();
        state.frame_wanted = false;
        let mut heard = std::mem::take(&mut state.heard);
        // Together with the record it belongs to, which whoever listens keeps.
        for event in &mut heard {
            kept::take(&mut state.kept, event);
        }
        heard
    };
    if !events.is_empty() {
        (session.listener)(events);
    }
}

/// Whether a message that could not be read names another protocol or build at its beginning.
fn is_of_other_build(bytes: &[u8]) -> bool {
    let Ok((protocol, rest)) = postcard::take_from_bytes::<u16>(bytes) else {
        return false;
    };
    let Ok((build, _)) = postcard::take_from_bytes::<String>(rest) else {
        return false;
    };
    protocol != build::PROTOCOL || build != build::id()
}
