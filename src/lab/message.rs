//! What page and engine say to each other: one enum a direction, postcard on the wire.
//!
//! Every message travels in an [`Envelope`] that names protocol, build, run and sequence number, so
//! that a page never listens to a worker of another build or to the leftovers of a run that was
//! reset. Events are lossless and in order; none may be dropped, because [`super::RunView`] is
//! built from all of them.

use super::build;
use super::bytes::Bytes;
use super::config::RunConfig;
use super::data_file;
use super::error::LabError;
use super::figures::SocietyFigures;
use super::imported::{self, Kind};
use super::look::{LearningData, Look};
use super::phase::Phase;
use super::receipt::{EngineUsed, Receipt};
use crate::alignment::TrainingMetrics;
use crate::evaluation::{AttackResult, LanguageResult, SuiteResult, WhichModel};
pub use crate::society::{AgentView, Asked, Happening, What};
use crate::society::{Interaction, RoundStatistics};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What the page asks of the engine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Make ready for this configuration; the run is then idle.
    Load(Box<RunConfig>),
    /// The same, but what the run before has in common with it is taken over: its society where the
    /// settings of that are the same, and the base model's test.
    LoadOver(Box<RunConfig>),
    /// Begin, or go on after a pause.
    Start,
    /// Stop after the slice being computed; nothing is lost.
    Pause,
    /// Compute one slice and pause again.
    Step,
    /// End the run here and keep what there is: record, weights, tests.
    Cancel,
    /// Back to idle with the same configuration; what the run made is gone.
    Reset,
    /// Answer a visitor's text.
    Ask {
        /// Returned with the answer.
        id: u32,
        /// Who shall answer.
        model: WhichModel,
        /// What was typed.
        text: String,
    },
    /// A person's words in the seat they have taken.
    Say {
        /// Returned with a refusal.
        id: u32,
        /// The prompt they answer: see [`Asked`].
        prompt: u64,
        /// The rating, where a draft is rated.
        rating: Option<u8>,
        /// What was typed.
        text: String,
    },
    /// The person leaves a prompt to whoever speaks in their seat otherwise.
    Pass {
        /// The prompt.
        prompt: u64,
    },
    /// The person leaves the seat; from now on the model speaks there.
    StandUp,
    /// Something happens to the society from the next round on.
    Happen {
        /// Returned with a refusal.
        id: u32,
        /// What; texts as they were typed.
        what: What,
    },
    /// Show the words of an utterance with their probabilities.
    Inspect {
        /// Returned with the answer.
        id: u32,
        /// Place of the interaction in the record.
        interaction: u32,
        /// Which of its utterances.
        utterance: UtteranceOf,
    },
    /// Show what somebody remembers now.
    Recollect {
        /// Returned with the answer.
        id: u32,
        /// Who.
        agent: u16,
    },
    /// Put the society into figures.
    Statistics {
        /// Returned with the answer.
        id: u32,
        /// Over how many of its first rounds.
        rounds: u16,
    },
    /// Make something to take home.
    Export {
        /// Returned with the bytes.
        id: u32,
        /// What.
        kind: ExportKind,
    },
    /// A file that somebody brings, step by step.
    Import {
        /// Returned with what became of the step.
        id: u32,
        /// What is done about it.
        step: imported::Step,
    },
    /// Look through the file that was brought.
    Browse {
        /// Returned with what was found.
        id: u32,
        /// Words to look for.
        words: String,
        /// How many of those found were shown already.
        skip: u32,
    },
    /// Show the record that was brought as a run that is over, in place of the run there is.
    OpenImported {
        /// Returned with a refusal.
        id: u32,
    },
    /// Go on from a checkpoint, paused.
    Restore {
        /// The checkpoint's bytes.
        state: Vec<u8>,
        /// The record as it was then, or longer: what a checkpoint leaves out.
        record: Vec<Interaction>,
    },
}

/// An utterance of an interaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum UtteranceOf {
    /// The draft.
    Draft,
    /// A critique, by its place in the order the author read them.
    Critique(u8),
    /// The revision.
    Revision,
}

/// One token of an utterance, and what else could have been said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpokenToken {
    /// The token.
    pub token: String,
    /// Its probability at temperature 1, 0 to 1.
    pub probability: f32,
    /// The likeliest tokens there, with theirs, most likely first.
    pub likeliest: Vec<(String, f32)>,
}

/// What can be taken home.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum ExportKind {
    /// The trained model (the base model before training) as a zip in Hugging Face layout.
    Model,
    /// The record as JSONL, one interaction a line.
    Record,
    /// The run: configuration, metrics, tests and receipt as JSON.
    Run,
    /// The record as the authors' external memory, with everything there is to know.
    ExternalMemory,
    /// A data set made of the record.
    DataSet(data_file::Wanted),
    /// A data set made of the interactions that somebody brought.
    ImportedDataSet(data_file::Wanted),
    /// The data rows that somebody brought, as rows of another kind.
    Converted(Kind),
}

/// What is being worked on, for the progress line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Stage {
    /// Computing the embeddings of questions; on WebGPU this compiles most kernels.
    Remembering,
    /// Agents of a wave answer.
    Drafting,
    /// Neighbours rate and give reasons.
    Criticising,
    /// Authors answer again.
    Revising,
    /// Optimiser steps.
    Training,
    /// The base model answers the suites.
    TestingBase,
    /// The trained model answers the suites.
    TestingTrained,
}

/// What the engine tells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Event {
    /// The worker runs and listens; the envelope says which build it is.
    Hello,
    /// The engine is there.
    Ready {
        /// What it computes with.
        engine: EngineUsed,
        /// Adapter or processor, as the system names it.
        adapter: String,
        /// Why it is not what was asked for, in one sentence.
        note: Option<String>,
    },
    /// A configuration was accepted; the run is idle and empty.
    Loaded(Box<RunConfig>),
    /// The run entered a phase.
    Phase(Phase),
    /// The run stopped between two slices, or goes on.
    Paused(bool),
    /// How far the work on hand has come.
    Progress {
        /// What is being worked on.
        stage: Stage,
        /// Units finished.
        done: u32,
        /// Units in all.
        total: u32,
    },
    /// The agents of the society at birth.
    Society {
        /// Everybody, by number.
        agents: Vec<AgentView>,
        /// For every place, the places it is linked to.
        links: Vec<Vec<u16>>,
    },
    /// Somebody moved, left, fell silent or changed: everybody as they are now.
    Changed(Vec<AgentView>),
    /// The run waits for the person in the seat, or no longer does.
    Waiting(Option<Box<Asked>>),
    /// The person left the seat; the run's settings say so from now on.
    StoodUp,
    /// Something will happen, or a person said something: it is part of the run's settings now.
    Announced(Happening),
    /// Something from outside happened.
    Happened(Happening),
    /// An interaction ended without a record, as the released code does.
    Lost {
        /// The author.
        agent: u16,
    },
    /// The words of an utterance with their probabilities.
    Inspected {
        /// The command's id.
        id: u32,
        /// Its tokens in order, the end token last if it was said.
        tokens: Vec<SpokenToken>,
    },
    /// What somebody remembers.
    Recollected {
        /// The command's id.
        id: u32,
        /// Question and answer, in the order learnt.
        memories: Vec<(String, String)>,
    },
    /// The society in figures.
    Statistics {
        /// The command's id.
        id: u32,
        /// The figures.
        figures: Box<SocietyFigures>,
    },
    /// An agent said what it would answer.
    Drafted {
        /// Who.
        agent: u16,
        /// Asked what.
        question: String,
        /// Answered what.
        draft: String,
    },
    /// A neighbour rated a draft.
    Criticised {
        /// The author.
        agent: u16,
        /// The neighbour.
        peer: u16,
        /// 1 to 7, or none where it can't be read.
        rating: Option<u8>,
        /// The neighbour's words.
        reason: String,
    },
    /// An interaction is complete and in the record.
    Completed(Box<Interaction>),
    /// A round begins in which somebody speaks, counted from 0; the number of rounds where none is
    /// left.
    RoundReached(u16),
    /// A round is over.
    Round(RoundStatistics),
    /// An optimiser step was made.
    Trained {
        /// Its figures.
        metrics: TrainingMetrics,
        /// Steps in all.
        steps: u32,
        /// Seconds of computing so far, for tokens per second; never part of a digest.
        seconds: f32,
    },
    /// A stage of learning begins, with what it learns from.
    Learning(Box<LearningData>),
    /// Somebody looked at the model between two steps.
    Watched(Box<Look>),
    /// A suite was answered by a model.
    Tested(Box<SuiteResult>),
    /// A model's language was measured, after its suites.
    Language(LanguageResult),
    /// An attack on a model is over.
    Attacked(Box<AttackResult>),
    /// An answer to a visitor.
    Answered {
        /// The command's id.
        id: u32,
        /// Who answered.
        model: WhichModel,
        /// The answer, in the village's spelling.
        text: String,
    },
    /// The next piece of something to take home.
    Packed {
        /// The command's id.
        id: u32,
        /// Bytes of the file.
        piece: Bytes,
    },
    /// Something to take home is complete.
    Exported {
        /// The command's id.
        id: u32,
        /// What.
        kind: ExportKind,
        /// A name for the file.
        file_name: String,
    },
    /// What became of a step with a file that somebody brings.
    Import {
        /// The command's id.
        id: u32,
        /// How it stands.
        told: imported::Told,
    },
    /// What was found in a file that somebody brought.
    Browsed {
        /// The command's id.
        id: u32,
        /// Some of it.
        found: imported::Found,
    },
    /// What follows is a record that was brought, not a run of this engine's.
    Imported(String),
    /// Enough to go on from here after a crash, together with the record.
    Checkpoint(Vec<u8>),
    /// The run is done.
    Finished(Receipt),
    /// A request (a question, an export) could not be served; the run is unharmed.
    Refused {
        /// The command's id.
        id: u32,
        /// Why.
        failure: Failure,
    },
    /// The run failed.
    Failed(Failure),
}

/// An error on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Short stable code.
    pub code: String,
    /// One sentence.
    pub message: String,
    /// What lies behind it, outermost first.
    pub causes: Vec<String>,
    /// Whether going on from the last checkpoint can help.
    pub recoverable: bool,
}

impl Failure {
    /// Describes an error of the lab.
    pub fn from_error(error: &LabError, recoverable: bool) -> Self {
        let mut causes = Vec::new();
        let mut source = std::error::Error::source(error);
        while let Some(cause) = source {
            causes.push(cause.to_string());
            source = cause.source();
        }
        Self {
            code: error.code().to_owned(),
            message: error.to_string(),
            causes,
            recoverable,
        }
    }
}

/// A message with what is needed to trust it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Envelope<T> {
    /// [`build::PROTOCOL`] of the sender.
    pub protocol: u16,
    /// [`build::id`] of the sender.
    pub build: String,
    /// Counts loads and resets; events of an older run are not applied.
    pub run: u32,
    /// Counts messages of one sender.
    pub sequence: u64,
    /// The message.
    pub body: T,
}

impl<T: Serialize + DeserializeOwned> Envelope<T> {
    /// Wraps a message of this build.
    pub fn new(run: u32, sequence: u64, body: T) -> Self {
        Self {
            protocol: build::PROTOCOL,
            build: build::id().to_owned(),
            run,
            sequence,
            body,
        }
    }

    /// The bytes on the wire.
    ///
    /// # Errors
    /// [`LabError::BadMessage`] if the message can't be serialised.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LabError> {
        postcard::to_allocvec(self).map_err(|error| LabError::BadMessage(error.to_string()))
    }

    /// Reads bytes of the same protocol and build.
    ///
    /// # Errors
    /// [`LabError::BadMessage`] if they come from another build or make no sense.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, LabError> {
        // Protocol and build come first, so that they can be read whatever follows.
        let (protocol, rest) = postcard::take_from_bytes::<u16>(bytes)
            .map_err(|error| LabError::BadMessage(error.to_string()))?;
        let (build, _) = postcard::take_from_bytes::<String>(rest)
            .map_err(|error| LabError::BadMessage(error.to_string()))?;
        if protocol != build::PROTOCOL || build != build::id() {
            return Err(LabError::BadMessage(format!(
                "one side is build {} and the other build {build}; reload the page",
                build::id()
            )));
        }
        postcard::from_bytes(bytes).map_err(|error| LabError::BadMessage(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_survive_the_wire() {
        let sent = Envelope::new(
            3,
            9,
            Command::Ask {
                id: 7,
                model: WhichModel::Trained,
                text: "why ?".into(),
            },
        );
        let bytes = sent.to_bytes().expect("serialises");
        assert_eq!(
            Envelope::<Command>::from_bytes(&bytes).expect("reads"),
            sent
        );
    }

    #[test]
    fn another_build_is_refused_before_its_body_is_read() {
        let mut stranger = Envelope::new(0, 0, Command::Start);
        stranger.build = "another".into();
        let error = Envelope::<Event>::from_bytes(&stranger.to_bytes().expect("serialises"))
            .expect_err("refused");
        assert!(error.to_string().contains("another"), "{error}");
    }

    #[test]
    fn garbage_is_an_error_and_not_a_panic() {
        for length in 0..64u8 {
            let bytes: Vec<u8> = (0..length).map(|i| i.wrapping_mul(37)).collect();
            assert!(Envelope::<Event>::from_bytes(&bytes).is_err());
        }
    }
}
