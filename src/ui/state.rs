//! What the page knows, and what can be done from anywhere on it.
//!
//! [`Page`] is a handful of signals that every component may read, plus the actions behind buttons,
//! keys and `window.mores`. What the run looks like is the [`RunView`] and nothing else; settings
//! are a draft until the engine has accepted them.

mod act;
mod engine;
mod sharing;

pub use act::Act;

use super::autosave::Interrupted;
use super::data::Files;
use super::director::Focus;
use super::history::History;
use super::lessons::Place;
use super::lessons::progress::Course;
use super::library::Library;
use super::memory;
use super::notices::Notice;
use super::session::Session;
use super::session::arriving::Arriving;
use super::settings::fields::Field;
use super::settings::happenings::Plan;
use super::settings::undo::Moment;
use super::sheet::Sheets;
use super::surface::Arrivals;
use super::text::{Language, Opening, Text};
use super::theatre::Theatre;
use super::theme::Theme;
use super::vote::Voting;
use super::wishes::Wishes;

use crate::canvas::Colouring;
use crate::lab::view::Villager;
use crate::lab::{Command, Event, Phase, Preset, Receipt, RunConfig, RunView};
use leptos::prelude::*;
use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;

/// Whether there is an engine to talk to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It is being fetched, or it opens its device.
    Fetching,
    /// It is there.
    Ready,
    /// It can't be fetched.
    Unreachable,
    /// It broke down; whether there is a checkpoint.
    Broken(bool),
    /// It is of another build.
    OtherBuild,
}

/// What the visitor looks at closely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Somebody.
    Person(u16),
    /// An interaction, by its place in the record.
    Interaction(usize),
}

/// A text in a field of the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Typed {
    /// As it was typed.
    pub text: String,
    /// Whether the draft took it.
    pub valid: bool,
}

/// Somebody who hears what the engine says: the programs behind `window.mores`.
pub trait Listener {
    /// An event, after the page took it in.
    fn tell(&self, page: Page, event: &Event);
    /// The engine broke down: why.
    fn fail(&self, why: &str);
}

/// What the page knows. Copies share everything.
#[derive(Clone, Copy)]
pub struct Page {
    /// The run as it looks from outside.
    pub view: RwSignal<RunView>,
    /// The settings as the visitor wants them.
    pub draft: RwSignal<RunConfig>,
    /// The preset they began with.
    pub preset: RwSignal<Preset>,
    /// Texts in fields, while they are being typed or are not valid.
    pub typed: RwSignal<BTreeMap<Field, Typed>>,
    /// The stage of learning that the settings show.
    pub stage: RwSignal<usize>,
    /// What is being planned to happen.
    pub plan: RwSignal<Plan>,
    /// Run was pressed while a field was not valid.
    pub balked: RwSignal<bool>,
    /// The result that a link promised, with the settings it belongs to.
    pub promised: RwSignal<Option<(RunConfig, Receipt)>>,
    /// Whether there is an engine.
    pub link: RwSignal<Link>,
    /// What the visitor should know.
    pub notice: RwSignal<Option<Notice>>,
    /// The act the visitor turned to; none: the one that is on.
    pub act: RwSignal<Option<Act>>,
    /// What is on stage.
    pub focus: RwSignal<Focus>,
    /// How it is played.
    pub theatre: Theatre,
    /// What the visitor looks at closely.
    pub chosen: RwSignal<Option<Chosen>>,
    /// What the link wishes of the page.
    pub wishes: RwSignal<Wishes>,
    /// The settings as they were, to go back to.
    pub history: RwSignal<History<Moment>>,
    /// Which sheets lie over the page.
    pub sheets: Sheets,
    /// What is read about the page, and about its words.
    pub library: Library,
    /// The blind vote.
    pub voting: Voting,
    /// Where in the lessons the visitor is; none: they are not open.
    pub lesson: RwSignal<Option<Place>>,
    /// What they have done of them.
    pub course: RwSignal<Course>,
    /// A file of a sweep that was brought: its name and its text.
    pub brought: RwSignal<Option<(String, String)>>,
    /// The moment of the run that is looked at, as a length of the record; none: now.
    pub moment: RwSignal<Option<usize>>,
    /// Everybody as they were at that moment.
    pub then: RwSignal<Option<Arc<Vec<Villager>>>>,
    /// What the colours of people say.
    pub colouring: RwSignal<Colouring>,
    /// The question for both models.
    pub question: RwSignal<String>,
    /// The question they were asked.
    pub asked: RwSignal<String>,
    /// Their answers: base, trained.
    pub answers: RwSignal<[Option<Result<String, String>>; 2]>,
    /// Language.
    pub language: RwSignal<Language>,
    /// Light or dark.
    pub theme: RwSignal<Theme>,
    /// When the work on hand began to count: stage, then milliseconds and units done.
    pub pace: RwSignal<Option<(crate::lab::message::Stage, f64, u32)>>,
    /// Which of the page's files are there.
    pub arrivals: Arrivals,
    /// The files that people bring.
    pub files: Files,
    /// What has come so far of something that takes long; none once the engine speaks.
    pub arriving: RwSignal<Option<Arriving>>,
    /// A run that was interrupted and lies in the browser.
    pub interrupted: RwSignal<Option<Interrupted>>,
    session: StoredValue<Rc<Session>, LocalStorage>,
    listeners: StoredValue<Vec<Rc<dyn Listener>>, LocalStorage>,
}

impl Page {
    /// A page with its engine being fetched, for the settings of the address it was opened with.
    pub fn open() -> Self {
        // The session speaks to the page, and the page to the session: it is filled in below.
        let slot: Rc<std::cell::OnceCell<Page>> = Rc::default();
        let [to_page, to_page_too, here] = std::array::from_fn(|_| Rc::clone(&slot));
        let session = Session::new(
            move |events| {
                if let Some(page) = to_page.get() {
                    page.receive(&events);
                }
            },
            move |trouble| {
                if let Some(page) = to_page_too.get() {
                    page.meet(trouble);
                }
            },
            move |arriving| {
                if let Some(page) = here.get() {
                    // What is compiled while nobody waits is nobody's business.
                    let waited = page.view.with_untracked(|view| view.phase().is_working());
                    if waited || matches!(arriving, Arriving::Bytes { .. }) {
                        page.arriving.set(Some(arriving));
                    }
                }
            },
        );
        let page = Self {
            view: RwSignal::default(),
            draft: RwSignal::default(),
            preset: RwSignal::default(),
            typed: RwSignal::default(),
            stage: RwSignal::default(),
            plan: RwSignal::default(),
            balked: RwSignal::default(),
            promised: RwSignal::default(),
            link: RwSignal::new(Link::Fetching),
            arriving: RwSignal::default(),
            notice: RwSignal::default(),
            act: RwSignal::default(),
            focus: RwSignal::default(),
            theatre: Theatre::default(),
            chosen: RwSignal::default(),
            wishes: RwSignal::default(),
            history: RwSignal::default(),
            sheets: Sheets::default(),
            library: Library::default(),
            voting: Voting::default(),
            lesson: RwSignal::default(),
            course: RwSignal::default(),
            brought: RwSignal::default(),
            moment: RwSignal::default(),
            then: RwSignal::default(),
            colouring: RwSignal::default(),
            question: RwSignal::default(),
            asked: RwSignal::default(),
            answers: RwSignal::default(),
            language: RwSignal::new(memory::language()),
            theme: RwSignal::new(memory::theme()),
            pace: RwSignal::default(),
            arrivals: Default::default(),
            files: Files::default(),
            session: StoredValue::new_local(session),
            interrupted: RwSignal::default(),
            listeners: StoredValue::new_local(Vec::new()),
        };
        // Nobody filled it before.
        let _ = slot.set(page);
        page
    }

    /// The page of the component that asks.
    pub fn here() -> Self {
        expect_context::<Self>()
    }

    /// What is said first, in the visitor's language; nothing else is in the page's first file.
    pub fn opening(self) -> &'static Opening {
        self.language.get_untracked().opening()
    }

    /// Everything said in the visitor's language. Components are made anew when it changes.
    pub fn text(self) -> &'static Text {
        self.language.get_untracked().text()
    }

    pub(super) fn session(self) -> Rc<Session> {
        self.session.get_value()
    }

    /// From now on, somebody hears everything.
    pub fn listen(self, listener: Rc<dyn Listener>) {
        self.listeners.update_value(|all| all.push(listener));
    }

    // ---- the run ----

    /// Whether the settings differ from those in force.
    pub fn is_changed(self) -> bool {
        self.view
            .with(|view| self.draft.with(|draft| view.began_otherwise(draft)))
    }

    /// Sends the settings to an engine that has nothing to do, unless it has them. One that was told
    /// to begin has something to do, also while it still fetches a model.
    pub fn sync(self) {
        let busy = self.session().is_told_to_begin()
            || self.view.with_untracked(|view| view.phase() != Phase::Idle);
        let draft = self.draft.get_untracked();
        if !busy && self.can_talk() && self.session().loaded().as_ref() != Some(&draft) {
            self.hand_over(Command::Load, draft);
        }
    }

    fn can_talk(self) -> bool {
        matches!(self.link.get_untracked(), Link::Fetching | Link::Ready)
    }

    /// Loads the settings, whatever the engine is doing; gives the number of the run.
    pub fn load_draft(self) -> u32 {
        self.end_recording();
        let draft = self.draft.get_untracked();
        let run = if self.takes_over(&draft) {
            self.notice.set(Some(Notice::TakenOver));
            self.hand_over(Command::LoadOver, draft)
        } else {
            self.hand_over(Command::Load, draft)
        };
        if self.view.with_untracked(|view| view.phase() != Phase::Idle) {
            self.act.set(None);
        }
        run
    }

    /// Whether the engine at hand goes on from the society it has, because only what is learnt differs. Another program
    /// of the engine's has none.
    pub fn takes_over(self, config: &RunConfig) -> bool {
        self.view.with_untracked(|view| view.learns_again(config)) && self.session().suits(config)
    }

    /// Whether a field holds something that is not a setting.
    pub fn has_fault(self) -> bool {
        self.typed
            .with_untracked(|typed| typed.values().any(|typed| !typed.valid))
    }

    /// Turns to the first field that is not a setting, if there is one.
    pub fn balks(self) -> bool {
        let faulty = self.typed.with_untracked(|typed| {
            let faulty = typed.iter().find(|(_, typed)| !typed.valid);
            faulty.map(|(field, _)| field.index())
        });
        self.balked.set(faulty.is_some());
        if let Some(index) = faulty {
            super::app::focus(&format!("field-{index}"));
        }
        faulty.is_some()
    }

    /// The settings are no longer those that were opened, or they are in use.
    pub fn pass_opened(self) {
        if self.notice.get_untracked() == Some(Notice::Opened) {
            self.notice.set(None);
        }
    }

    /// Old answers go; what is still being thought of is not shown.
    pub fn forget_answers(self) {
        self.asked.set(String::new());
        self.answers.set([None, None]);
    }

    /// Begins, or goes on.
    pub fn start(self) {
        if !self.can_talk() || self.balks() {
            return;
        }
        self.pass_opened();
        self.end_recording();
        match self.view.with_untracked(RunView::phase) {
            Phase::Idle => self.sync(),
            Phase::Done | Phase::Failed => {
                self.load_draft();
            }
            _ => {}
        }
        self.session().start();
    }

    /// Stops between two slices.
    pub fn pause(self) {
        if self.is_running() {
            self.session().pause();
        }
    }

    /// Ends the run where it stands; record, model and tests stay.
    pub fn cancel(self) {
        if self.view.with_untracked(|view| view.phase().is_working()) {
            self.session().cancel();
        }
    }

    /// Whether the engine computes.
    pub fn is_running(self) -> bool {
        self.view
            .with_untracked(|view| view.phase().is_working() && !view.paused)
    }

    /// Run or pause.
    pub fn toggle(self) {
        if self.is_running() {
            self.pause()
        } else {
            self.start()
        }
    }

    /// One slice.
    pub fn step(self) {
        let done = self
            .view
            .with_untracked(|view| matches!(view.phase(), Phase::Done | Phase::Failed));
        if self.can_talk() && !done && !self.is_running() && !self.balks() {
            self.pass_opened();
            self.end_recording();
            self.sync();
            self.session().step();
        }
    }

    /// Back to idle, with the settings as they are now.
    pub fn reset(self) -> Option<u32> {
        if !self.can_talk() {
            return None;
        }
        self.act.set(None);
        self.end_recording();
        let draft = self.draft.get_untracked();
        if self.session().loaded().as_ref() == Some(&draft) {
            Some(self.session().reset())
        } else {
            Some(self.hand_over(Command::Load, draft))
        }
    }

    // ---- settings, links, files ----

    /// Takes over whole settings.
    pub fn adopt(self, preset: Preset, config: RunConfig) {
        self.typed.set(BTreeMap::new());
        self.pass_opened();
        self.preset.set(preset);
        self.stage.set(0);
        self.draft.set(config);
    }
}
