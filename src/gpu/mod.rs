//! The gpu room: opening the device that computes, and kernels of our own, one folder each.
//!
//! A kernel's folder holds the kernel in WGSL, the safe function that writes it down, its gradient where it has one,
//! and tests against sums in double precision, which say what is right. [`nearest`] also holds a twin in plain Rust and
//! picks between the two by engine; the network's kernels have theirs in `cpu`, and `model` picks. What no kernel of ours
//! does, burn computes, on the same device where the program has burn-wgpu ([`Site::tensors`]).
//!
//! What the network's kernels share: `memory` is where its numbers lie and how a step is handed over, `programs` keeps
//! what was compiled, `template` writes registers out.
//!
//! Variants are chosen by what an adapter is: lanes, shares of long sums and tiles differ between cards and imitations
//! (`device`). Not there, and why (30 November 2026): subgroups, because wgpu 30.0.1 has no word for them in a browser
//! (none of the sixteen features that it passes on is theirs), though Chromium's software adapter offers them; numbers
//! of half the size, because no adapter at hand offers `shader-f16`, so that not even one right result could be seen.

pub mod adamw;
pub mod attention;
pub mod contrast;
pub mod device;
pub mod embedding;
pub mod error;
pub mod likelihood;
pub mod memory;
pub mod nearest;
pub mod norm;
pub mod product;
mod programs;
mod room;
pub mod sample;
mod template;
#[cfg(all(test, feature = "cli"))]
pub(crate) mod testing;
mod transfer;

pub use device::{EngineKind, Opened, Site, WebGpu, open};
pub use error::GpuError;
