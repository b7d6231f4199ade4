//! The blind vote, on a sheet of its own: the visitor judges pairs of answers, the curtain is raised, and
//! where they and the judge differ is shown; and the votes of a class, merged from codes.
//!
//! [`Vote`] is only the empty sheet and [`entry`] the way to it; everything else comes in a file of the
//! page's own (`super::surface`). What is counted is `lab::vote`; here it is put before people.

mod class;
mod judging;
mod pairs;
mod rates;
mod result;
mod store;
mod take;

use super::live::{act, live, maybe};
use super::memory;
use super::parts;
use super::sheet::sheet;
use super::state::Page;
use super::surface::Surface;
use super::text::VoteText;
use crate::lab::Phase;
use crate::lab::vote::{Ballot, Pool};
use leptos::prelude::*;
use std::sync::Arc;

/// The dialog's id.
pub const ID: &str = "vote";
/// The fragment of an address that opens the votes of a class.
const ADDRESS: &str = "#vote";
/// The sides of the sheet.
const OWN: usize = 0;
const CLASS: usize = 1;

/// What the page knows of the vote before its file is there.
#[derive(Clone, Copy, Default)]
pub struct Voting {
    /// Whether the sheet lies over the page.
    pub open: RwSignal<bool>,
    /// Which of its two sides is up: the visitor's own vote, or a class's.
    side: RwSignal<usize>,
}

/// Opens the votes of a class, if that is what the fragment says.
pub fn open_address(page: Page, fragment: &str) -> bool {
    let is_meant = fragment == ADDRESS;
    if is_meant {
        open_class(page);
    }
    is_meant
}

/// Opens the votes of a class.
pub fn open_class(page: Page) {
    page.voting.side.set(CLASS);
    page.voting.open.set(true);
}

/// What is said here, in the visitor's language.
fn words(page: Page) -> &'static VoteText {
    page.language.get_untracked().vote()
}

/// Whether both models of the run on stage have been tested.
fn is_ready(page: Page) -> bool {
    page.view
        .with(|view| view.phase() == Phase::Done && !view.tests.is_empty())
}

/// The way here: once there is something to judge, a button.
pub fn entry(page: Page) -> AnyView {
    let figures = &page.text().figures;
    let ready = Memo::new(move |_| is_ready(page));
    let open = move |_| {
        page.voting.side.set(OWN);
        page.voting.open.set(true);
    };
    let button = move || {
        let open = act(open);
        let made = view! {
            <button type="button" id="open-vote" on:click=open>{figures.vote}</button>
            <span class="aside">{figures.vote_hint}</span>
        };
        ready.get().then(|| made.into_any())
    };
    view! { <div class="keep-row vote-row">{maybe(button)}</div> }.into_any()
}

/// The pairs of the run on stage; none before it is over.
fn pool_on_stage(page: Page) -> Memo<Option<Arc<Pool>>> {
    // Asked with every event of a run; the pairs are only put together when it ends.
    let ready = Memo::new(move |_| is_ready(page));
    Memo::new(move |_| {
        let pool = || page.view.with_untracked(|view| Pool::of(&view.tests));
        let pool = ready.get().then(pool).flatten();
        pool.map(Arc::new)
    })
}

/// Where a ballot stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Judging,
    Complete,
    Open,
}

impl Stage {
    fn of(ballot: &Ballot) -> Self {
        if ballot.is_open() {
            Stage::Open
        } else if ballot.is_complete() {
            Stage::Complete
        } else {
            Stage::Judging
        }
    }
}

/// The visitor's own vote on a pool.
fn own(page: Page, pool: &Arc<Pool>) -> AnyView {
    if pool.pairs.is_empty() {
        return parts::line("empty-line", words(page).no_difference);
    }
    let ballot = RwSignal::new(store::newest(pool));
    let stage = Memo::new(move |_| ballot.with(Stage::of));
    let pool = Arc::clone(pool);
    live(move || match stage.get() {
        Stage::Judging => judging::judging(page, &pool, ballot),
        Stage::Complete => judging::curtain(page, &pool, ballot),
        Stage::Open => result::result(page, &pool, ballot),
    })
}

/// What the sheet shows.
pub fn inside(page: Page) -> AnyView {
    let text = words(page);
    let pool = pool_on_stage(page);
    let side = page.voting.side;
    let sides = vec![text.own.to_owned(), text.class.to_owned()];
    let content = move || {
        if side.get() == CLASS {
            return class::class(page, pool);
        }
        match pool.get() {
            Some(pool) => own(page, &pool),
            None => parts::line("empty-line", text.early),
        }
    };
    // Left and right belong to the two answers, and not to a choice that a pointer has just made. Who
    // chooses by the keyboard stays where they are.
    let clicked = act(move |event: leptos::ev::MouseEvent| {
        // On the other side there is no question.
        if event.detail() > 0 {
            request_animation_frame(|| super::app::focus("vote-question"));
        }
    });
    let sides = parts::radios("vote-whose", text.whose, sides, side, ().into_any());
    let inside = vec![
        view! { <h2 id="vote-title">{text.title}</h2> }.into_any(),
        view! { <div on:click=clicked>{sides}</div> }.into_any(),
        live(content),
    ];
    inside.into_any()
}

#[component]
pub fn Vote() -> impl IntoView {
    let page = Page::here();
    // The address would not open it a second time as long as it says so already.
    Effect::new(move || {
        if !page.voting.open.get() && memory::fragment() == ADDRESS {
            memory::clear_fragment();
        }
    });
    sheet(page, [ID, "vote-title"], page.voting.open, Surface::Vote)
}
