//! What can go wrong in a terminal.

use crate::lab::LabError;
use std::path::PathBuf;
use std::process::ExitCode;
use thiserror::Error;

/// An error of the native program.
#[derive(Debug, Error)]
pub enum CliError {
    /// The command line makes no sense.
    #[error("{0}")]
    Usage(String),
    /// A file can't be read or written.
    #[error("{path}: {source}", path = path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The run failed.
    #[error(transparent)]
    Lab(#[from] LabError),
    /// The run stopped with a failure that the engine reported.
    #[error("{0}")]
    Failed(String),
}

impl CliError {
    /// 2 for a usage error, 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            CliError::Usage(_) => ExitCode::from(2),
            CliError::Lab(LabError::Model(crate::model::ModelError::Temperature { .. })) => {
                ExitCode::from(2)
            }
            // A link, a run file or a setting that makes no sense was typed by the caller.
            CliError::Lab(
                LabError::BadLink(_)
                | LabError::LinkVersion { .. }
                | LabError::LinkTooLong { .. }
                | LabError::BadRunFile(_)
                | LabError::Setting(_),
            ) => ExitCode::from(2),
            _ => ExitCode::from(1),
        }
    }
}

/// Any error of a lower room, as the lab tells it.
impl From<crate::model::ModelError> for CliError {
    fn from(error: crate::model::ModelError) -> Self {
        CliError::Lab(error.into())
    }
}

impl From<crate::formats::FormatError> for CliError {
    fn from(error: crate::formats::FormatError) -> Self {
        CliError::Lab(error.into())
    }
}

impl From<crate::gpu::GpuError> for CliError {
    fn from(error: crate::gpu::GpuError) -> Self {
        CliError::Lab(error.into())
    }
}

impl From<crate::alignment::AlignmentError> for CliError {
    fn from(error: crate::alignment::AlignmentError) -> Self {
        CliError::Lab(error.into())
    }
}
