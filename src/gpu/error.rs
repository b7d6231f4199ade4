//! Why there is no device, in plain words.

use thiserror::Error;

/// Why an engine could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum GpuError {
    /// Neither the browser nor the system offers an adapter.
    #[error("no WebGPU adapter was found here ({reason}); the CPU engine works everywhere")]
    NoAdapter {
        /// What the system said.
        reason: String,
    },
    /// There is an adapter, but it would not give a device.
    #[error(
        "the graphics adapter refused to open a device ({reason}); the CPU engine works everywhere"
    )]
    Refused {
        /// What the system said.
        reason: String,
    },
}
