//! Data sets made from the record, in the corrected mode.
//!
//! A data set is a list of [`QueryGroup`]s: one prompt, the responses known to it, a score for
//! each, and where each came from. [`imitation`] collects drafts and revisions by question,
//! [`self_critic`] what peers said about a draft, [`realignment`] how a draft was improved. All
//! three keep the order of the record, so the same record always gives the same data.
//!
//! Corrected means: what could not be read is left out rather than scored; equal responses are
//! merged within their own query only; critiques are scored for being right, not for being kind;
//! and a realignment query has two responses, so that there is something to contrast.

mod group;
mod imitation;
mod realignment;
mod self_critic;

pub use group::{Anchor, QueryGroup};
pub use imitation::imitation;
pub use realignment::realignment;
pub use self_critic::self_critic;

use crate::alignment::config::ScoreKind;

/// The score of an answer from its two observed scores, each 1 to 7 (or -1, see
/// [`crate::society::Fidelity`]).
pub fn score(kind: ScoreKind, moral: i8, engagement: i8) -> f32 {
    match kind {
        ScoreKind::Moral => f32::from(moral),
        ScoreKind::MoralAndEngagement => (f32::from(moral) + f32::from(engagement)) / 2.0,
    }
}
