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
    /// A file of a model folder is absent.
    #[error("the model folder has no {file}")]
    Missing {
        /// Its name.
        file: String,
    },
    /// A JSON file is damaged or says something impossible.
    #[error("{file} can't be used: {reason}")]
    Json {
        /// Its name.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A safetensors file is damaged or of a kind that can't be read.
    #[error("{file} is not a safetensors file that can be read: {reason}")]
    Safetensors {
        /// Its name.
        file: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A model of a kind that this program can't compute.
    #[error("this model can't be loaded: {what}")]
    Unsupported {
        /// What is in the way.
        what: String,
    },
    /// Not one row of a data set could be read.
    #[error("nothing in this file can be used: {reason}")]
    NoRows {
        /// What was found instead.
        reason: String,
    },
    /// Something can't be put into a file.
    #[error("the file can't be written: {reason}")]
    Unwritable {
        /// What is in the way.
        reason: String,
    },
    /// Configuration and weights don't fit.
    #[error(transparent)]
    Model(#[from] crate::model::ModelError),
}
