//! What can go wrong with a run, worded for the person who meets it.

use thiserror::Error;

/// An error of the lab.
#[derive(Debug, Error)]
pub enum LabError {
    /// A setting or a question is not one that can be used.
    #[error("that can't be done: {0}")]
    Setting(String),
    /// The fragment is not a link of this program.
    #[error("this link is damaged: {0}")]
    BadLink(String),
    /// The link was made by a newer build.
    #[error(
        "this link needs version {found} of the link format, and this build reads version {known}: open it in a newer build"
    )]
    LinkVersion {
        /// Version in the link.
        found: u32,
        /// Newest version this build reads.
        known: u32,
    },
    /// Some settings don't fit into a link.
    #[error(
        "these settings need {length} characters, more than the {most} a link may have: share the run file instead"
    )]
    LinkTooLong {
        /// Characters needed.
        length: usize,
        /// Characters allowed.
        most: usize,
    },
    /// A run file can't be read.
    #[error("this is not a run file: {0}")]
    BadRunFile(String),
    /// A file that was brought can't be used.
    #[error("{0}")]
    Import(String),
    /// A message between page and worker can't be read.
    #[error("page and worker don't understand each other: {0}")]
    BadMessage(String),
    /// A checkpoint can't be read.
    #[error("this checkpoint can't be continued: {0}")]
    BadCheckpoint(String),
    /// The command makes no sense now.
    #[error("{command} is not possible while the run is {phase}")]
    NotNow {
        /// What was asked for.
        command: &'static str,
        /// Where the run stands.
        phase: &'static str,
    },
    /// The base checkpoint can't be used.
    #[error("the base model can't be loaded: {0}")]
    BaseModel(String),
    /// The society stopped.
    #[error("the society stopped: {0}")]
    Society(#[from] crate::society::SocietyError),
    /// A file format could not be written or read.
    #[error(transparent)]
    Format(#[from] crate::formats::FormatError),
    /// The model could not compute.
    #[error("the model can't go on: {0}")]
    Model(#[from] crate::model::ModelError),
    /// Training stopped.
    #[cfg(feature = "engine")]
    #[error("training stopped: {0}")]
    Training(#[from] crate::alignment::AlignmentError),
    /// The accelerator failed.
    #[cfg(feature = "engine")]
    #[error(transparent)]
    Device(#[from] crate::gpu::GpuError),
}

impl LabError {
    /// Whether the device failed, so that going on elsewhere can help.
    #[cfg(feature = "engine")]
    pub fn is_of_the_device(&self) -> bool {
        use crate::alignment::AlignmentError;
        use crate::model::ModelError;
        matches!(
            self,
            LabError::Device(_)
                | LabError::Model(ModelError::Device { .. })
                | LabError::Training(AlignmentError::Model(ModelError::Device { .. }))
        )
    }

    /// A short stable code for the wire and for tests.
    pub fn code(&self) -> &'static str {
        match self {
            LabError::Setting(_) => "setting",
            LabError::BadLink(_) => "bad-link",
            LabError::LinkVersion { .. } => "link-version",
            LabError::LinkTooLong { .. } => "link-too-long",
            LabError::BadRunFile(_) => "bad-run-file",
            LabError::Import(_) => "import",
            LabError::BadMessage(_) => "bad-message",
            LabError::BadCheckpoint(_) => "bad-checkpoint",
            LabError::NotNow { .. } => "not-now",
            LabError::BaseModel(_) => "base-model",
            LabError::Society(_) => "society",
            LabError::Format(_) => "format",
            LabError::Model(_) => "model",
            #[cfg(feature = "engine")]
            LabError::Training(_) => "training",
            #[cfg(feature = "engine")]
            LabError::Device(_) => "device",
        }
    }
}
