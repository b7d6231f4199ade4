//! Interactions made to order, for tests of the statistics.

use crate::society::grid::Label;
use crate::society::record::Interaction;
use crate::society::scripted::{Manner, played, small};
use std::sync::OnceLock;

/// What matters of an interaction here. Scores as written in a record, -1 for none.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub(super) agent: u16,
    pub(super) label: Label,
    pub(super) round: u16,
    /// Alignment of draft and revision.
    pub(super) draft: i8,
    pub(super) revision: i8,
    /// Engagement of both.
    pub(super) engagement: i8,
    /// Whether the revision is the draft's text.
    pub(super) same: bool,
}

impl Default for Told {
    fn default() -> Self {
        Self {
            agent: 0,
            label: Label::Good,
            round: 0,
            draft: 4,
            revision: 4,
            engagement: 4,
            same: false,
        }
    }
}

/// An interaction of a real run, all of one situation, with these figures written over.
pub(super) fn interaction(told: Told) -> Interaction {
    static TEMPLATE: OnceLock<Interaction> = OnceLock::new();
    let made = || played(small(), Manner::Plain, 1).record()[0].clone();
    let mut one = TEMPLATE.get_or_init(made).clone();
    (one.agent_id, one.label, one.iteration) = (told.agent, told.label, told.round);
    (one.gen_moral_score_before, one.gen_moral_score_after) = (told.draft, told.revision);
    one.gen_engagement_score_before = told.engagement;
    one.gen_engagement_score_after = told.engagement;
    one.draft_answer = "a draft".to_owned();
    let revised = if told.same { "a draft" } else { "a revision" };
    one.revised_answer = revised.to_owned();
    one
}
