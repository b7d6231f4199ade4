//! Data sets made from the record.
//!
//! A data set is a list of [`QueryGroup`]s: one prompt, the responses known to it, a score for
//! each, and where each came from. [`imitation`] collects drafts and revisions by question,
//! [`self_critic`] what peers said about a draft, [`realignment`] how a draft was improved, and
//! [`mixture`] puts them together in a ratio and keeps some questions for measuring, and
//! [`hindsight`] puts ratings before answers, for the objective of that name. All keep the
//! order of the record, so the same record always gives the same data.
//!
//! Which version of the method they follow is said by [`crate::society::Fidelity`]. In ours, what
//! could not be read is left out rather than scored; equal responses are merged within their own
//! query only; critiques are scored for being right, not for being kind; and a realignment query
//! has two responses, so that there is something to contrast.

mod experience;
mod group;
mod hindsight;
mod imitation;
mod mixture;
mod realignment;
mod self_critic;
#[cfg(test)]
mod tests;

pub use experience::{Comment, Experience, Remembered};
pub use group::{Anchor, Collector, QueryGroup};
pub use hindsight::hindsight;
pub use imitation::imitation;
pub use mixture::{Counts, DataConfig, DataSet, SetCounts, mixture};
pub use realignment::realignment;
pub use self_critic::self_critic;
