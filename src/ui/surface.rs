//! Surfaces that come in files of their own, so that nobody waits for them before the stage is lit.
//!
//! `.lab/split.mjs` takes everything that only a function marked `wasm_split` can reach out of the
//! page's WebAssembly and puts it into the file named there. A surface asks for its file when it is
//! first shown, keeps its place until then, and says so with a way to try again where the file
//! can't be fetched. An [`Errand`] is done there and not shown. Whatever the main file reaches stays in the main file: a surface that is
//! mentioned anywhere but here comes with it.

use super::autosave::Interrupted;
use super::data::read;
use super::home::HomePanel;
use super::live::{act, live};
use super::notices::Notice;
use super::replay::Replay;
use super::seat::SeatPanel;
use super::settings::Settings;
use super::simulate::{Curve, SimulatePanel};
use super::state::{Act, Chosen, Page};
use super::term::Term;
use super::test::TestPanel;
use super::train::TrainPanel;
use super::{
    api, autosave, builds, findings, help, inspector, interrupted, kept, lessons, library, links,
    promise, runs, share, vote,
};
use leptos::prelude::*;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

/// A surface in a file of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Surface {
    /// The settings.
    Settings,
    /// The strip of the run, below the stage.
    Replay,
    /// The curve by rounds, below the conversation.
    Curve,
    /// What is to be said and done in somebody's seat.
    Seat,
    /// What an act shows.
    Act(Act),
    /// What the help sheet says.
    Help,
    /// What was found in many societies.
    Findings,
    /// Runs side by side.
    Runs,
    /// What the page is, and the glossary.
    Library,
    /// What a word means.
    Entry(Term),
    /// How to cite the run.
    Cite,
    /// The blind vote.
    Vote,
    /// The lessons.
    Lessons,
    /// The closer look.
    Closer(Chosen),
    /// A run that was interrupted.
    Interrupted,
    /// What this browser keeps.
    Kept,
    /// News of builds of this page.
    Builds,
    /// A result that came with a link.
    Promise,
    /// The sheet for sharing.
    Share,
    /// The gallery of societies.
    Gallery,
    /// The way out of a frame.
    WholePage,
}

/// A file of the page beside its main one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum File {
    /// Seen at first, if only below.
    Settings,
    /// Not before a run, or a click.
    Later,
    /// Not before somebody keeps or compares runs.
    Runs,
    /// Not before somebody keeps something else, or looks what is kept.
    Kept,
    /// Not before somebody asks what something means, or cites.
    Library,
    /// Not before somebody judges for themselves.
    Vote,
    /// Not before somebody shares a run or looks for another.
    Share,
    /// Not before somebody opens the lessons.
    Lessons,
}

/// Whether a file is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Arrival {
    /// Nobody asked for it.
    #[default]
    Unasked,
    /// It is being fetched.
    OnItsWay,
    /// It is there.
    Here,
    /// It can't be fetched.
    Missed,
}

/// The state of every [`File`].
pub type Arrivals = [RwSignal<Arrival>; File::ALL.len()];

type Part = Result<AnyView, SplitLoaderError>;

#[wasm_split(settings, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_settings))]
fn in_settings() -> Part {
    Ok(view! { <Settings /> }.into_any())
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_later))]
fn in_later(which: Surface) -> Part {
    Ok(match which {
        Surface::Replay => view! { <Replay /> }.into_any(),
        Surface::Curve => view! { <Curve /> }.into_any(),
        Surface::Seat => view! { <SeatPanel /> }.into_any(),
        Surface::Act(Act::Simulate) => view! { <SimulatePanel /> }.into_any(),
        Surface::Act(Act::Train) => view! { <TrainPanel /> }.into_any(),
        Surface::Act(Act::Test) => view! { <TestPanel /> }.into_any(),
        Surface::Act(Act::TakeHome) => view! { <HomePanel /> }.into_any(),
        Surface::Help => help::inside(),
        Surface::Findings => findings::inside(Page::here()),
        Surface::Closer(chosen) => inspector::inside(chosen),
        Surface::Interrupted => interrupted::inside(Page::here()),
        Surface::Builds => builds::inside(Page::here()),
        Surface::Promise => promise::inside(Page::here()),
        // In files of their own.
        _ => ().into_any(),
    })
}

#[wasm_split(library, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_library))]
fn in_library(which: Surface) -> Part {
    let page = Page::here();
    Ok(match which {
        Surface::Entry(term) => library::entry(page, term),
        Surface::Cite => library::cite(page),
        _ => library::inside(page),
    })
}

#[wasm_split(runs, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_runs))]
fn in_runs() -> Part {
    Ok(runs::inside(Page::here()))
}

#[wasm_split(kept, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_kept))]
fn in_kept() -> Part {
    Ok(kept::inside(Page::here()))
}

#[wasm_split(kept, wasm_split_path = ::leptos::wasm_split, fallible)]
fn do_with_kept(page: Page, errand: KeptErrand) -> Result<(), SplitLoaderError> {
    kept::go(page, errand);
    Ok(())
}

#[wasm_split(vote, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_vote))]
fn in_vote() -> Part {
    Ok(vote::inside(Page::here()))
}

#[wasm_split(share, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_share))]
fn in_share(which: Surface) -> Part {
    Ok(share::inside(Page::here(), which))
}

#[wasm_split(lessons, wasm_split_path = ::leptos::wasm_split, fallible, preload(fetch_lessons))]
fn in_lessons() -> Part {
    Ok(lessons::inside(Page::here()))
}

#[wasm_split(runs, wasm_split_path = ::leptos::wasm_split, fallible)]
fn do_with_runs(page: Page, errand: RunsErrand) -> Result<(), SplitLoaderError> {
    runs::go(page, errand);
    Ok(())
}

/// Something that is done in a file of its own, and not shown.
pub enum Errand {
    /// Puts `window.mores` up, and keeps the run in the browser from now on.
    Programs,
    /// Opens a link or the text of a run file.
    Open(String),
    /// Opens a link.
    OpenLink(String),
    /// Opens a file.
    OpenFile(web_sys::File),
    /// Opens the bytes of a checkpoint's file.
    OpenSaved(Vec<u8>),
    /// Goes on with a run that was interrupted.
    GoOn(Interrupted),
    /// Looks for a run that was interrupted.
    LookForInterrupted,
    /// Hands the file that was brought to an engine that is new.
    BringAgain,
}

#[wasm_split(later, wasm_split_path = ::leptos::wasm_split, fallible)]
fn go(page: Page, errand: Errand) -> Result<(), SplitLoaderError> {
    match errand {
        Errand::Programs => {
            api::install(page);
            autosave::begin(page);
            builds::begin(page);
        }
        Errand::Open(text) => links::open(page, &text),
        Errand::OpenLink(link) => links::open_link(page, &link),
        Errand::OpenFile(file) => links::open_file(page, file),
        Errand::OpenSaved(bytes) => autosave::open(page, &bytes),
        Errand::GoOn(interrupted) => autosave::offer(page, interrupted),
        Errand::LookForInterrupted => autosave::look(page),
        Errand::BringAgain => read::again(page),
    }
    Ok(())
}

/// Something that is done with the runs that are kept. Answers are sentences of trouble, or what was
/// asked for.
pub enum RunsErrand {
    /// Keeps the run on stage under a name, or under one that is found for it; told is the name.
    Keep(Option<String>, Told<String>),
    /// Tells all kept runs, each as JSON.
    All(Told<Vec<String>>),
    /// Takes in a run that was kept elsewhere, as JSON; told is its name.
    Bring(String, Told<String>),
}

/// Something that is kept in this browser; told is its name, or why it can't be.
pub enum KeptErrand {
    /// The trained model.
    Model(Told<String>),
    /// What the run can go on from.
    Checkpoint(Told<String>),
}

/// Takes an answer, or why there is none.
pub type Told<T> = Box<dyn FnOnce(Result<T, String>)>;

/// Does something with the runs that are kept, as soon as their file is there.
pub fn with_runs(page: Page, errand: RunsErrand) {
    leptos::task::spawn_local(async move {
        if fetch_runs().await.is_ok() {
            // The file is there.
            let _ = do_with_runs(page, errand).await;
            return;
        }
        let why = page.opening().trouble.part_missed.to_owned();
        match errand {
            RunsErrand::All(told) => told(Err(why)),
            RunsErrand::Keep(_, told) | RunsErrand::Bring(_, told) => told(Err(why)),
        }
    });
}

/// Keeps something, as soon as the file that can is there.
pub fn with_kept(page: Page, errand: KeptErrand) {
    leptos::task::spawn_local(async move {
        if fetch_kept().await.is_ok() {
            // The file is there.
            let _ = do_with_kept(page, errand).await;
            return;
        }
        let (KeptErrand::Model(told) | KeptErrand::Checkpoint(told)) = errand;
        told(Err(page.opening().trouble.part_missed.to_owned()));
    });
}

/// Does something as soon as its file is there, or says that it can't be fetched.
pub fn run(page: Page, errand: Errand) {
    leptos::task::spawn_local(async move {
        if go(page, errand).await.is_err() {
            let why = page.opening().trouble.part_missed.to_owned();
            page.notice.set(Some(Notice::Refused(why)));
        }
    });
}

/// Puts `window.mores` up once its file is there.
pub fn programs(page: Page) {
    let up = StoredValue::new(false);
    Effect::new(move || {
        let here = page.arrivals[File::Later as usize].get() == Arrival::Here;
        if here && !up.get_value() {
            up.set_value(true);
            run(page, Errand::Programs);
        }
    });
}

impl Surface {
    fn file(self) -> File {
        match self {
            Surface::Settings => File::Settings,
            Surface::Runs => File::Runs,
            Surface::Kept => File::Kept,
            Surface::Library | Surface::Entry(_) | Surface::Cite => File::Library,
            Surface::Vote => File::Vote,
            Surface::Share | Surface::Gallery | Surface::WholePage => File::Share,
            Surface::Lessons => File::Lessons,
            _ => File::Later,
        }
    }

    /// The surface, once its file is there.
    fn make(self) -> Option<AnyView> {
        match self.file() {
            File::Settings => at_once(in_settings()),
            File::Runs => at_once(in_runs()),
            File::Kept => at_once(in_kept()),
            File::Library => at_once(in_library(self)),
            File::Vote => at_once(in_vote()),
            File::Share => at_once(in_share(self)),
            File::Lessons => at_once(in_lessons()),
            File::Later => at_once(in_later(self)),
        }?
        .ok()
    }

    /// The look of its place while it is empty; none where there mostly is nothing.
    fn place(self) -> Option<&'static str> {
        match self {
            Surface::Settings => Some("panel settings vacant"),
            Surface::Replay => Some("reel vacant"),
            Surface::Curve => Some("panel curve vacant"),
            Surface::Act(_) => Some("act-inside vacant"),
            Surface::Cite => Some("cite vacant"),
            Surface::Entry(_) => Some("entry vacant"),
            Surface::Promise => Some("promise-card vacant"),
            Surface::Seat | Surface::Interrupted | Surface::Builds | Surface::WholePage => None,
            _ => Some("vacant"),
        }
    }
}

/// What a future gives without waiting. The functions above wait for their file and nothing else.
fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

impl File {
    const ALL: [File; 8] = [
        File::Settings,
        File::Later,
        File::Runs,
        File::Kept,
        File::Library,
        File::Vote,
        File::Share,
        File::Lessons,
    ];
}

impl Page {
    /// Fetches all files that could not be fetched before.
    fn fetch_again(self) {
        let missed = |file: &File| self.arrivals[*file as usize].get_untracked() == Arrival::Missed;
        File::ALL
            .into_iter()
            .filter(missed)
            .for_each(|file| self.fetch(file));
    }

    /// Fetches a file, unless it is there or on its way.
    fn fetch(self, file: File) {
        let arrival = self.arrivals[file as usize];
        if matches!(arrival.get_untracked(), Arrival::Here | Arrival::OnItsWay) {
            return;
        }
        arrival.set(Arrival::OnItsWay);
        leptos::task::spawn_local(async move {
            let fetched = match file {
                File::Settings => fetch_settings().await,
                File::Later => fetch_later().await,
                File::Runs => fetch_runs().await,
                File::Kept => fetch_kept().await,
                File::Library => fetch_library().await,
                File::Vote => fetch_vote().await,
                File::Share => fetch_share().await,
                File::Lessons => fetch_lessons().await,
            };
            if fetched.is_ok() {
                arrival.set(Arrival::Here);
                // What can be fetched again is all fetched again.
                self.fetch_again();
            } else {
                arrival.set(Arrival::Missed);
            }
        });
    }
}

/// A surface, or its place until it is there.
pub fn surface(page: Page, which: Surface) -> AnyView {
    let file = which.file();
    let arrival = page.arrivals[file as usize];
    page.fetch(file);
    live(move || {
        let arrival = arrival.get();
        let made = (arrival == Arrival::Here).then(|| which.make()).flatten();
        match (made, which.place()) {
            (Some(made), _) => made,
            (None, None) => ().into_any(),
            (None, Some(place)) if arrival == Arrival::OnItsWay => {
                view! { <div class=place aria-busy="true"></div> }.into_any()
            }
            (None, Some(place)) => {
                let trouble = &page.opening().trouble;
                view! {
                    <div class=place>
                        <p class="fault" role="alert">{trouble.part_missed}</p>
                        <button type="button" on:click=act(move |_| page.fetch_again())>{trouble.retry}</button>
                    </div>
                }
                .into_any()
            }
        }
    })
}
