//! What can be wrong with a file, worded for the person who chose it.

use thiserror::Error;

/// A file that cannot be written or read.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum FormatError {
    /// An interaction cannot be written as JSON.
    #[error("interaction {interaction} of the record cannot be written: {reason}")]
    Record {
        /// Its place in the record, from 1.
        interaction: usize,
        /// What is wrong with it.
        reason: String,
    },
}
