//! The gpu room: opening the device that computes, and kernels of our own, one folder each.
//!
//! A kernel's folder holds the kernel in WGSL, the safe function that writes it down, its gradient where it has one,
//! and tests against sums in double precision, which say what is right. [`nearest`] also holds a twin in plain Rust and
//! picks between the two by engine; the network's kernels have theirs in `cpu`, and `model` picks. Kernels run on burn's
//! own device and queue. All of it that needs a card is behind the feature `webgpu`; without it [`open`] says that there
//! is no WebGPU in this program.
//!
//! What the network's kernels share: `memory` is where its numbers lie and how a step is handed over, `programs` keeps
//! what was compiled, `template` writes registers out.

pub mod adamw;
#[cfg(feature = "webgpu")]
pub mod attention;
pub mod contrast;
pub mod device;
#[cfg(feature = "webgpu")]
pub mod embedding;
pub mod error;
#[cfg(feature = "webgpu")]
pub mod likelihood;
#[cfg(feature = "webgpu")]
pub mod memory;
pub mod nearest;
#[cfg(feature = "webgpu")]
pub mod norm;
#[cfg(feature = "webgpu")]
pub mod product;
#[cfg(feature = "webgpu")]
mod programs;
#[cfg(feature = "webgpu")]
mod room;
#[cfg(feature = "webgpu")]
pub mod sample;
#[cfg(feature = "webgpu")]
mod template;
#[cfg(all(test, feature = "cli"))]
pub(crate) mod testing;
#[cfg(feature = "webgpu")]
mod transfer;

pub use device::{EngineKind, Opened, open};
#[cfg(feature = "webgpu")]
pub use device::{WebGpu, webgpu_of};
pub use error::GpuError;
