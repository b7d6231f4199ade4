//! The network on a graphics card: the same Llama as [`super::llama`], written out by hand with the kernels
//! of [`crate::gpu`], because nothing general is as fast. `tests.rs` holds it against the CPU engine's.
//!
//! `layout` is how its weights lie, `batch` what is read at a time, `forward` and `backward` how that is
//! written down for the card, [`learner`] what training does with it, [`reader`] and [`writer`] how it answers, `warm` how kernels
//! are there before they are needed. A program
//! without the feature `webgpu` has none of it: there is never a card then, and nothing else has to know.

#[cfg(not(feature = "webgpu"))]
mod absent;
#[cfg(feature = "webgpu")]
mod backward;
#[cfg(feature = "webgpu")]
mod batch;
#[cfg(feature = "webgpu")]
mod forward;
#[cfg(feature = "webgpu")]
mod layout;
#[cfg(feature = "webgpu")]
pub mod learner;
#[cfg(feature = "webgpu")]
mod network;
#[cfg(feature = "webgpu")]
pub mod reader;
#[cfg(all(test, feature = "cli"))]
mod tests;
#[cfg(feature = "webgpu")]
mod warm;
#[cfg(feature = "webgpu")]
pub mod writer;

#[cfg(not(feature = "webgpu"))]
pub use absent::{Card, learner, reader, writer};
#[cfg(feature = "webgpu")]
pub use network::Card;
