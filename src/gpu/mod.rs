//! The gpu room: opening the device that computes, and kernels of our own, one folder each.
//!
//! A kernel's folder holds a twin in plain Rust that says what is right, the kernel in WGSL, and a
//! safe function that picks between them by engine. Kernels run on burn's own device and queue.

pub mod device;
pub mod error;
pub mod nearest;
mod transfer;

pub use device::{EngineKind, Opened, open};
pub use error::GpuError;
