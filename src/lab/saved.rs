//! A run that can be taken up again, as one file or as what a browser keeps of it.
//!
//! A checkpoint is the engine's own state and fits one build only. What it leaves out (the record,
//! and what was said since) lies beside it, and a [`Head`] that every build can read says which
//! build made it, how far the run had come, and with which settings another build can begin anew.

use super::build;
use super::bytes::Bytes;
use super::digest::Digest;
use super::error::LabError;
use super::phase::Phase;
use super::share;
use super::view::RunView;
use crate::society::{Interaction, Utterance};
use serde::{Deserialize, Serialize};

/// What every such file begins with; the digit is the version of [`Head`] and of what follows.
const MAGIC: &[u8] = b"mores-checkpoint 1\n";
/// How their names end.
pub const ENDING: &str = ".mores-checkpoint";

/// How far a run had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// It was made ready.
    Preparing,
    /// This round, counted from 1, of so many.
    Round(u32, u32),
    /// This many optimiser steps, of so many.
    Step(u32, u32),
    /// The models were being tested.
    Testing,
    /// It was over.
    Done,
}

impl Standing {
    /// How far a run has come.
    pub fn of(view: &RunView) -> Self {
        let config = view.config.as_ref();
        match view.phase() {
            Phase::Idle | Phase::Preparing => Self::Preparing,
            Phase::Simulating => {
                let rounds = config.map_or(0, |config| u32::from(config.society.rounds));
                Self::Round(view.round(), rounds)
            }
            Phase::Training => {
                let steps = config.map_or(0, |config| config.steps_before(usize::MAX));
                let made = view.training.last().map_or(0, |step| step.metrics.step);
                Self::Step(made, steps)
            }
            Phase::Testing => Self::Testing,
            Phase::Done | Phase::Failed => Self::Done,
        }
    }
}

/// What is known of a kept run without its state, whichever build kept it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// [`build::id`] of the build that can go on.
    pub build: String,
    /// The link of its settings; empty where they don't fit into one.
    pub link: String,
    /// How far it had come.
    pub standing: Standing,
}

impl Head {
    /// Of the run on stage. While it talks it goes on at the very word; otherwise from the newest
    /// checkpoint.
    pub fn of(view: &RunView) -> Self {
        let begun = view.begun_with();
        let now = Standing::of(view);
        let standing = match now {
            Standing::Step(..) => view.kept.unwrap_or(now),
            _ => now,
        };
        Self {
            build: build::id().to_owned(),
            link: begun
                .and_then(|begun| share::encode(&begun, None).ok())
                .unwrap_or_default(),
            standing,
        }
    }

    /// Whether this build can go on.
    pub fn is_of_this_build(&self) -> bool {
        self.build == build::id()
    }
}

/// A run that can be taken up again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Saved {
    /// What it is.
    pub head: Head,
    /// The engine's checkpoint.
    pub state: Bytes,
    /// The record as it was then, or longer.
    pub record: Vec<Interaction>,
    /// What was said since.
    pub said: Vec<Utterance>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq)]
pub enum Opened {
    /// This build can go on.
    Whole(Box<Saved>),
    /// Only the build it names can.
    OfAnotherBuild(Head),
}

impl Saved {
    /// The bytes of the file: its kind, their digest, and the run.
    ///
    /// # Errors
    /// [`LabError::BadCheckpoint`] if it can't be serialised.
    pub fn to_bytes(&self) -> Result<Vec<u8>, LabError> {
        let run = postcard::to_allocvec(self);
        let run = run.map_err(|error| LabError::BadCheckpoint(error.to_string()))?;
        Ok([MAGIC, &Digest::of(&run).0, &run].concat())
    }

    /// Whether bytes are, or begin like, such a file.
    pub fn looks_like(bytes: &[u8]) -> bool {
        bytes.starts_with(MAGIC)
    }

    /// Reads a file.
    ///
    /// # Errors
    /// [`LabError::BadCheckpoint`] if it is another kind of file, or damaged or cut off.
    pub fn read(bytes: &[u8]) -> Result<Opened, LabError> {
        let bad = |why: &str| LabError::BadCheckpoint(why.to_owned());
        let damaged = || bad("the file is damaged or cut off");
        let rest = bytes.strip_prefix(MAGIC);
        let rest = rest.ok_or_else(|| bad("it is no file of this version of Mores"))?;
        let (digest, run) = rest.split_at_checked(32).ok_or_else(damaged)?;
        if Digest::of(run).0 != digest {
            return Err(damaged());
        }
        // The head comes first, so that it can be read whatever follows.
        let (head, _) = postcard::take_from_bytes::<Head>(run).map_err(|_| damaged())?;
        if !head.is_of_this_build() {
            return Ok(Opened::OfAnotherBuild(head));
        }
        let saved = postcard::from_bytes(run).map_err(|_| damaged())?;
        Ok(Opened::Whole(Box::new(saved)))
    }

    /// A name for the file.
    pub fn file_name(&self) -> String {
        let place = match self.head.standing {
            Standing::Preparing => "begun".to_owned(),
            Standing::Round(round, _) => format!("round-{round}"),
            Standing::Step(step, _) => format!("step-{step}"),
            Standing::Testing => "test".to_owned(),
            Standing::Done => "done".to_owned(),
        };
        format!("mores-{place}{ENDING}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::Voice;

    fn saved(build: &str) -> Saved {
        Saved {
            head: Head {
                build: build.to_owned(),
                link: "#v1.Y2RgAAA".into(),
                standing: Standing::Step(12, 40),
            },
            state: Bytes((0..=255).collect()),
            record: Vec::new(),
            said: vec![Utterance {
                id: 1 << 40,
                text: "stay home .".into(),
                log_probability: -3.5,
                by: Voice::Model,
            }],
        }
    }

    #[test]
    fn a_file_is_read_whole_or_refused_whatever_is_cut_off_or_changed() {
        let whole = saved(build::id());
        let bytes = whole.to_bytes().unwrap();
        assert_eq!(whole.file_name(), "mores-step-12.mores-checkpoint");
        assert_eq!(
            Saved::read(&bytes).unwrap(),
            Opened::Whole(Box::new(whole.clone()))
        );
        for length in 0..bytes.len() {
            let error = Saved::read(&bytes[..length]).unwrap_err();
            assert_eq!(error.code(), "bad-checkpoint", "{length} bytes");
        }
        for place in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[place] ^= 1;
            assert!(Saved::read(&changed).is_err(), "byte {place}");
        }
    }

    #[test]
    fn another_build_reads_what_it_was_and_with_which_settings() {
        let mut bytes = saved("another").to_bytes().unwrap();
        // What follows the head may look quite different there.
        bytes.truncate(bytes.len() - 40);
        let start = MAGIC.len() + 32;
        let digest = Digest::of(&bytes[start..]);
        bytes[MAGIC.len()..start].copy_from_slice(&digest.0);
        let Opened::OfAnotherBuild(head) = Saved::read(&bytes).unwrap() else {
            panic!("it is of another build");
        };
        assert_eq!(head.standing, Standing::Step(12, 40));
        assert!(share::decode(&head.link).is_ok());
    }
}
