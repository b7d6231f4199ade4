//! The gpu room: opening the device that computes, and kernels of our own, one folder each.
//!
//! A kernel's folder holds a twin in plain Rust that says what is right, the kernel in WGSL, and a
//! safe function that picks between them by engine. Kernels run on burn's own device and queue. All of
//! it that needs a card is behind the feature `webgpu`; without it the twins compute, and [`open`] says
//! that there is no WebGPU in this program.

pub mod device;
pub mod error;
pub mod nearest;
#[cfg(feature = "webgpu")]
mod transfer;

pub use device::{EngineKind, Opened, open};
pub use error::GpuError;
