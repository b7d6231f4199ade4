//! Why there is no device, or why it did not compute, in plain words.

use thiserror::Error;

/// Why an engine could not be opened, or a kernel of ours not run.
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
    /// The lists of a search do not fit together.
    #[error("the memories cannot be searched: {reason}")]
    Search {
        /// What is wrong with them.
        reason: String,
    },
    /// A list is larger than the device lets one be.
    #[error(
        "the {what} take {bytes} bytes, and this graphics adapter allows {most}; the CPU engine has no such limit"
    )]
    TooLarge {
        /// Which list.
        what: &'static str,
        /// Its size, bytes.
        bytes: u64,
        /// The adapter's limit, bytes.
        most: u64,
    },
    /// The device gave up while computing.
    #[error("the graphics adapter failed while it computed ({reason})")]
    Failed {
        /// What it said.
        reason: String,
    },
}

impl GpuError {
    /// An adapter would not give a device.
    pub(super) fn refused(said: &str) -> Self {
        GpuError::Refused {
            reason: one_line(said),
        }
    }

    /// The device failed, and said so in as many lines as it liked.
    pub(super) fn failed(said: &str) -> Self {
        GpuError::Failed {
            reason: one_line(said),
        }
    }
}

/// A text without its line breaks.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
