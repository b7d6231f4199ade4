//! The network on the CPU engine: the same Llama as [`super::llama`], written out by hand over plain lists
//! with the kernels of [`crate::cpu`], because nothing general is as fast. `tests.rs` holds the two
//! against each other.
//!
//! [`weights`] is how it keeps its numbers, [`pass`] what training does with it, [`reader`] and
//! [`writer`] how it says something.

pub mod pass;
pub mod reader;
#[cfg(all(test, feature = "cli"))]
mod tests;
pub mod weights;
pub mod writer;

pub use weights::Weights;
