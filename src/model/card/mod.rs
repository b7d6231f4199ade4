//! The network on a graphics card: the same Llama as [`super::llama`], written out by hand with the kernels
//! of [`crate::gpu`], because nothing general is as fast. `tests.rs` holds it against the CPU engine's.
//!
//! `layout` is how its weights lie, `batch` what is read at a time, `forward` and `backward` how that is
//! written down for the card, [`learner`] what training does with it, [`reader`] and [`writer`] how it answers, `warm` how kernels
//! are there before they are needed.

mod backward;
mod batch;
mod forward;
mod layout;
pub mod learner;
mod network;
pub mod reader;
#[cfg(all(test, feature = "cli"))]
mod tests;
mod warm;
pub mod writer;

pub use network::Card;
