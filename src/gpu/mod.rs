//! The gpu room: opening the device that computes. Kernels of our own will live here too, one
//! folder each.

pub mod device;
pub mod error;

pub use device::{EngineKind, Opened, open};
pub use error::GpuError;
