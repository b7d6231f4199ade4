//! The network on the CPU engine: the same Llama as [`super::llama`], written out by hand over plain lists
//! with the kernels of [`crate::cpu`], because nothing general is as fast. `tests.rs` holds the two
//! against each other.
//!
//! [`weights`] is how it keeps its numbers, [`pass`] and `layer` how it is read and slopes are found, [`workspace`] what
//! that computes in, [`learner`] what training does with it, [`reader`] and [`writer`] how it says something.

mod layer;
pub mod learner;
pub mod pass;
pub mod reader;
#[cfg(all(test, feature = "cli"))]
mod tests;
pub mod weights;
pub mod workspace;
pub mod writer;

pub use weights::Weights;
