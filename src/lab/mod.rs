//! One run, from settings to receipt.
//!
//! Flow, one way: draft settings → validated [`RunConfig`] → [`Command`] → the engine, the only
//! owner of state → [`Event`] → [`RunView::apply`] → whatever shows it. The browser worker and the
//! terminal drive the same engine; the page knows only the configuration, the link, the messages
//! and the view, and is built without burn.
//!
//! May import every room below; `worker`, `cli`, `canvas` and `ui` import it.

pub mod build;
pub mod bytes;
pub mod card;
pub mod config;
pub mod data_file;
pub mod digest;
pub mod drawing;
pub mod error;
pub mod figures;
pub mod imported;
pub mod inhabitants;
pub mod kept;
pub mod look;
pub mod message;
pub mod phase;
pub mod pipeline;
pub mod preset;
pub mod receipt;
pub mod recording;
pub mod replay;
pub mod run_file;
pub mod saved;
pub mod script;
pub mod seed;
#[cfg(feature = "engine")]
pub mod session;
pub mod share;
pub mod view;
pub mod vote;

#[cfg(feature = "engine")]
pub mod engine;
#[cfg(feature = "engine")]
pub mod workload;

pub use config::{EngineChoice, RunConfig};
pub use error::LabError;
pub use message::{Command, Event, Failure};
pub use phase::Phase;
pub use preset::Preset;
pub use receipt::Receipt;
pub use view::RunView;
