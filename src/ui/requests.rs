//! What is asked of the engine and answered: by a model, from memory, as a file, or by doing it.
//!
//! Every request gets one answer or the reason why there is none, whatever becomes of the engine.

use super::notices::Notice;
use super::session::Session;
use super::state::{Act, Page};
use crate::lab::Event;
use crate::lab::figures::SocietyFigures;
use crate::lab::imported::{Found, Step, Told};
use crate::lab::message::{Command, ExportKind, Failure, SpokenToken, UtteranceOf, What};
use crate::lab::view::WhichModel;
use leptos::prelude::{Set, Update, WithUntracked};

/// A file to take home.
pub struct Parcel {
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: ExportKind,
    /// Its bytes in pieces, each a `Uint8Array`.
    pub pieces: js_sys::Array,
}

/// What the engine answers to a request.
pub enum Answer {
    /// What a model said.
    Words(String),
    /// A file.
    Parcel(Parcel),
    /// The words of an utterance with their probabilities.
    Tokens(Vec<SpokenToken>),
    /// What somebody remembers: question and answer, in the order learnt.
    Memories(Vec<(String, String)>),
    /// The society in figures.
    Figures(Box<SocietyFigures>),
    /// What became of a step with a file.
    Import(Told),
    /// What was found in a file.
    Found(Found),
    /// It is done.
    Done,
}

/// Takes an answer, or why there is none.
pub type Reply = Box<dyn FnOnce(Result<Answer, Failure>)>;

impl Session {
    /// Asks a model something.
    pub fn ask(&self, model: WhichModel, text: String, reply: Reply) {
        self.request(|id| Command::Ask { id, model, text }, reply);
    }

    /// Orders something to take home.
    pub fn order(&self, kind: ExportKind, reply: Reply) {
        self.request(|id| Command::Export { id, kind }, reply);
    }

    /// Asks how likely the words of an utterance were.
    pub fn inspect(&self, interaction: u32, utterance: UtteranceOf, reply: Reply) {
        let command = |id| Command::Inspect {
            id,
            interaction,
            utterance,
        };
        self.request(command, reply);
    }

    /// Asks what somebody remembers.
    pub fn recollect(&self, agent: u16, reply: Reply) {
        self.request(|id| Command::Recollect { id, agent }, reply);
    }

    /// Asks for the society in figures.
    pub fn count(&self, rounds: u16, reply: Reply) {
        self.request(|id| Command::Statistics { id, rounds }, reply);
    }

    /// A person's words in their seat.
    pub fn say(&self, prompt: u64, rating: Option<u8>, text: String, reply: Reply) {
        let command = |id| Command::Say {
            id,
            prompt,
            rating,
            text,
        };
        self.request(command, reply);
    }

    /// Lets something happen to the society.
    pub fn happen(&self, what: What, reply: Reply) {
        self.request(|id| Command::Happen { id, what }, reply);
    }

    /// The person leaves a prompt to the model.
    pub fn pass(&self, prompt: u64) {
        self.send(Command::Pass { prompt });
    }

    /// The person leaves the seat.
    pub fn stand_up(&self) {
        self.send(Command::StandUp);
    }
}

impl Page {
    /// Asks a model something.
    pub fn ask(
        self,
        model: WhichModel,
        text: String,
        reply: impl FnOnce(Result<String, Failure>) + 'static,
    ) {
        let reply = expect(reply, |answer| match answer {
            Answer::Words(text) => Some(text),
            _ => None,
        });
        self.session().ask(model, text, reply);
    }

    /// Orders something to take home.
    pub fn order(self, kind: ExportKind, reply: impl FnOnce(Result<Parcel, Failure>) + 'static) {
        let reply = expect(reply, |answer| match answer {
            Answer::Parcel(parcel) => Some(parcel),
            _ => None,
        });
        self.session().order(kind, reply);
    }

    /// Asks how likely the words of an utterance were.
    pub fn inspect(
        self,
        interaction: usize,
        utterance: UtteranceOf,
        reply: impl FnOnce(Result<Vec<SpokenToken>, Failure>) + 'static,
    ) {
        let reply = expect(reply, |answer| match answer {
            Answer::Tokens(tokens) => Some(tokens),
            _ => None,
        });
        // A record has at most a hundred thousand entries.
        let interaction = u32::try_from(interaction).unwrap_or(u32::MAX);
        self.session().inspect(interaction, utterance, reply);
    }

    /// Asks what somebody remembers: question and answer, in the order learnt.
    pub fn recollect(
        self,
        agent: u16,
        reply: impl FnOnce(Result<Vec<(String, String)>, Failure>) + 'static,
    ) {
        let reply = expect(reply, |answer| match answer {
            Answer::Memories(memories) => Some(memories),
            _ => None,
        });
        self.session().recollect(agent, reply);
    }

    /// Asks for the first rounds of the society in figures.
    pub fn count(
        self,
        rounds: u16,
        reply: impl FnOnce(Result<Box<SocietyFigures>, Failure>) + 'static,
    ) {
        let reply = expect(reply, |answer| match answer {
            Answer::Figures(figures) => Some(figures),
            _ => None,
        });
        self.session().count(rounds, reply);
    }

    /// Says something in the seat.
    pub fn say(
        self,
        prompt: u64,
        rating: Option<u8>,
        text: String,
        reply: impl FnOnce(Result<(), Failure>) + 'static,
    ) {
        let reply = expect(reply, |_| Some(()));
        self.session().say(prompt, rating, text, reply);
    }

    /// Lets something happen to the society on stage.
    pub fn happen(self, what: What, reply: impl FnOnce(Result<(), Failure>) + 'static) {
        self.session().happen(what, expect(reply, |_| Some(())));
    }

    /// Leaves a prompt to the model.
    pub fn pass(self, prompt: u64) {
        self.session().pass(prompt);
    }

    /// Leaves the seat.
    pub fn stand_up(self) {
        self.session().stand_up();
    }

    /// Does something about a file that was brought.
    pub fn import(self, step: Step, reply: impl FnOnce(Result<Told, Failure>) + 'static) {
        let reply = expect(reply, |answer| match answer {
            Answer::Import(told) => Some(told),
            _ => None,
        });
        let command = |id| Command::Import { id, step };
        self.session().request(command, reply);
    }

    /// Looks through the file that was brought.
    pub fn browse(
        self,
        words: String,
        skip: u32,
        reply: impl FnOnce(Result<Found, Failure>) + 'static,
    ) {
        let reply = expect(reply, |answer| match answer {
            Answer::Found(found) => Some(found),
            _ => None,
        });
        let command = |id| Command::Browse { id, words, skip };
        self.session().request(command, reply);
    }

    /// Shows the record that was brought in place of the run.
    pub fn open_brought(self) {
        let session = self.session();
        session.leave_run();
        // An empty stage meanwhile, so that all on it is made anew, however alike the two may be.
        let config = self.view.with_untracked(|view| view.config.clone());
        let empty = Event::Loaded(Box::new(config.unwrap_or_default()));
        self.view.update(|view| view.apply(&empty));
        self.act.set(Some(Act::Simulate));
        let reply = move |answer: Result<Told, Failure>| {
            if let Err(failure) = answer {
                self.load_draft();
                self.notice.set(Some(Notice::Refused(failure.message)));
            }
        };
        let reply = expect(reply, |answer| match answer {
            Answer::Import(told) => Some(told),
            _ => None,
        });
        session.request(|id| Command::OpenImported { id }, reply);
    }
}

/// A reply that takes one kind of answer. The engine never gives another kind.
fn expect<T: 'static>(
    reply: impl FnOnce(Result<T, Failure>) + 'static,
    read: fn(Answer) -> Option<T>,
) -> Reply {
    Box::new(move |answer| match answer.map(read) {
        Ok(Some(found)) => reply(Ok(found)),
        Ok(None) => {}
        Err(failure) => reply(Err(failure)),
    })
}
