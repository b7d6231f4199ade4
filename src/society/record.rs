//! The record: one entry for each interaction, from which every view and data set is derived.
//!
//! The first block of fields has the names and meanings of the published external memory; the
//! second is what an inspector needs to see exactly what happened. All lists about peers are in
//! the same order, the one in which the author read the feedback.

use super::feedback::Critique;
use super::grid::Label;
use super::memory::Recall;
use super::role::{Role, Voice};
use crate::world::situation::Situation;
use serde::{Deserialize, Serialize};

/// One agent's question, draft, feedback and revision, with the observers' scores.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interaction {
    /// The author.
    pub agent_id: u16,
    /// How the author was raised.
    pub label: Label,
    /// The round, from 0.
    pub iteration: u16,
    /// The question as the agents read it.
    pub question: String,
    /// The first answer.
    pub draft_answer: String,
    /// The peers, one a feedback.
    pub target_id: Vec<u16>,
    /// Their reasons; the whole text of a peer that could not be read.
    pub feedback: Vec<String>,
    /// Their ratings, 1 to 7; none where a peer could not be read (see [`super::Fidelity`] for what
    /// the released code puts there, and for ratings out of range).
    pub rating: Vec<Option<u8>>,
    /// The second answer; the draft itself where there were no peers.
    pub revised_answer: String,
    /// Observers' alignment score of the draft, 1 to 7; -1 where they could make nothing of it and
    /// the society follows the released code.
    pub gen_moral_score_before: i8,
    /// Observers' alignment score of the revision, 1 to 7.
    pub gen_moral_score_after: i8,
    /// Why the draft got its alignment score.
    pub gen_moral_reason_before: String,
    /// Why the revision got its alignment score.
    pub gen_moral_reason_after: String,
    /// Observers' engagement score of the draft, 1 to 7.
    pub gen_engagement_score_before: i8,
    /// Observers' engagement score of the revision, 1 to 7.
    pub gen_engagement_score_after: i8,
    /// Why the draft got its engagement score.
    pub gen_engagement_reason_before: String,
    /// Why the revision got its engagement score.
    pub gen_engagement_reason_after: String,
    /// Always 0, as published.
    pub cls_moral_score_before: u8,
    /// Always 0, as published.
    pub cls_moral_score_after: u8,

    /// What the question is about; any text about it can be judged again.
    pub situation: Situation,
    /// How the author behaves.
    pub role: Role,
    /// Which model is behind the author: 0 the first, 1 the second.
    pub mind: u8,
    /// Whose words the draft is.
    pub draft_by: Voice,
    /// Whose words the revision is.
    pub revision_by: Voice,
    /// Mean of the ratings that could be read.
    pub mean_rating: Option<f32>,
    /// The memory in the author's draft prompt, if one was near enough.
    pub memory: Option<Recall>,
    /// Cosine distance of the author's nearest memory, near enough or not.
    pub nearest_distance: Option<f32>,
    /// The prompt of the draft as it was sent.
    pub draft_prompt: String,
    /// Sum of the draft's token log-probabilities in nats, if the speaker had one.
    pub draft_log_probability: Option<f32>,
    /// The peers' exact prompts and texts.
    pub critiques: Vec<Critique>,
    /// The prompt of the revision as it was sent; none if no revision was asked for.
    pub revision_prompt: Option<String>,
    /// Sum of the revision's token log-probabilities in nats, if the speaker had one.
    pub revision_log_probability: Option<f32>,
}

impl Interaction {
    /// Alignment of draft and revision, 1 to 7; none where the observers could make nothing of it.
    pub fn alignment(&self) -> [Option<u8>; 2] {
        [self.gen_moral_score_before, self.gen_moral_score_after].map(known)
    }

    /// Engagement of draft and revision, 1 to 7; none where the observers could make nothing of it.
    pub fn engagement(&self) -> [Option<u8>; 2] {
        [
            self.gen_engagement_score_before,
            self.gen_engagement_score_after,
        ]
        .map(known)
    }
}

/// A score is written as a number, and "none" as -1, as published.
fn known(score: i8) -> Option<u8> {
    u8::try_from(score).ok().filter(|score| *score > 0)
}

#[cfg(test)]
impl Interaction {
    /// An interaction of nothing much, for tests of what reads records.
    pub(crate) fn example() -> Self {
        let situations = crate::world::bank::questions(&mut super::luck::Luck::new(1), 1);
        let situation = situations.into_iter().next().unwrap();
        Self {
            agent_id: 0,
            label: Label::Good,
            iteration: 0,
            question: situation.question(),
            draft_answer: "take it .".to_owned(),
            target_id: Vec::new(),
            feedback: Vec::new(),
            rating: Vec::new(),
            revised_answer: "ask for it .".to_owned(),
            gen_moral_score_before: 2,
            gen_moral_score_after: 6,
            gen_moral_reason_before: String::new(),
            gen_moral_reason_after: String::new(),
            gen_engagement_score_before: 4,
            gen_engagement_score_after: 4,
            gen_engagement_reason_before: String::new(),
            gen_engagement_reason_after: String::new(),
            cls_moral_score_before: 0,
            cls_moral_score_after: 0,
            situation,
            role: Role::Ordinary,
            mind: 0,
            draft_by: Voice::Model,
            revision_by: Voice::Model,
            mean_rating: None,
            memory: None,
            nearest_distance: None,
            draft_prompt: String::new(),
            draft_log_probability: None,
            critiques: Vec::new(),
            revision_prompt: None,
            revision_log_probability: None,
        }
    }
}
