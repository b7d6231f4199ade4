//! The page: one screen, one story, like a stage.
//!
//! [`state`] is what the page knows and can do; [`session`] is its end of the wire to the engine;
//! everything else shows something. In order of weight: [`stage`] (the society), [`conversation`]
//! (what is on stage), the panels of the four acts ([`simulate`], [`train`], [`test`], [`home`])
//! with their [`chart`]s, and the [`settings`]. [`theatre`] plays what is on stage, [`lessons`] lead
//! through it all. [`statistics`] and [`findings`] are for those who want to know exactly, [`runs`] for
//! those who compare, [`vote`] for those who judge for themselves, [`share`] for those who pass a run on,
//! [`kept`] for what this browser keeps, [`library`] for those who ask what it means. [`text`] holds every
//! word in every language, and
//! [`api`] is `window.mores`, the page for programs.
//!
//! May import `lab` and `canvas`.
//!
//! Components and text tables are described by their names and their words; the rest has docs.
#![allow(
    missing_docs,
    reason = "components expand to undocumented property structs; text tables say themselves"
)]

mod acts;
pub mod api;
mod app;
mod ask;
mod attacks;
mod autosave;
mod before_after;
mod builds;
mod chart;
mod clipboard;
mod conversation;
mod costs;
mod data;
pub mod director;
mod easel;
mod fault;
mod findings;
pub mod foreign;
mod happenings;
mod header;
mod help;
mod history;
mod home;
mod icons;
mod inspector;
mod interrupted;
mod keep;
mod kept;
mod keyboard;
mod legend;
mod lessons;
mod library;
pub mod links;
mod live;
mod locks;
pub mod memory;
mod notices;
pub mod open;
pub mod parcel;
mod parts;
mod people;
mod promise;
mod receipt;
mod record;
mod replay;
pub mod requests;
mod runs;
mod score;
pub mod search;
mod seat;
pub mod session;
pub mod settings;
mod share;
mod sheet;
mod simulate;
mod stage;
pub mod state;
mod statistics;
mod surface;
mod term;
mod test;
pub mod text;
pub mod theatre;
pub mod theme;
mod title;
mod train;
mod transport;
mod turns;
pub mod vault;
mod vote;
mod watched;
pub mod why;
mod wishes;
mod words;

pub use app::App;
use leptos::prelude::{document, set_timeout};

/// Opens the page in the document.
pub fn run() {
    console_error_panic_hook::set_once();
    leptos::mount::mount_to_body(App);
    // The few words that stood there until now; see `index.html`. They make room at once and are gone a moment
    // later: what was seen first counts as seen only once the browser has put it on the screen.
    if let Some(words) = document().get_element_by_id("until-then") {
        words.set_class_name("masthead gone");
        set_timeout(
            move || words.remove(),
            std::time::Duration::from_millis(100),
        );
    }
}
