//! Where a society stands after a round: means over all agents and over each upbringing.

use crate::society::grid::Label;
use crate::society::record::Interaction;
use serde::{Deserialize, Serialize};

/// Means over a group of interactions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupStatistics {
    /// Interactions in the group.
    pub interactions: u32,
    /// Mean alignment of drafts, 1 to 7.
    pub alignment_draft: f32,
    /// Mean alignment of revisions, 1 to 7.
    pub alignment_revision: f32,
    /// Mean engagement of drafts, 1 to 7.
    pub engagement_draft: f32,
    /// Mean engagement of revisions, 1 to 7.
    pub engagement_revision: f32,
    /// Critiques received.
    pub critiques: u32,
    /// Of those, how many could not be read.
    pub unparsable: u32,
}

/// Statistics of one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundStatistics {
    /// The round, from 0.
    pub round: u16,
    /// All authors.
    pub all: GroupStatistics,
    /// Authors raised well; none if there are none.
    pub good: Option<GroupStatistics>,
    /// Authors raised badly; none if there are none.
    pub bad: Option<GroupStatistics>,
}

impl GroupStatistics {
    /// Means over some interactions; none over none.
    pub fn of<'a>(interactions: impl Iterator<Item = &'a Interaction>) -> Option<Self> {
        let (mut count, mut critiques, mut unparsable) = (0u32, 0u32, 0u32);
        let (mut sums, mut counts) = ([0u32; 4], [0u32; 4]);
        for one in interactions {
            count += 1;
            let ([before, after], [engaged_before, engaged_after]) =
                (one.alignment(), one.engagement());
            let scores = [before, after, engaged_before, engaged_after];
            for (place, score) in scores.into_iter().enumerate() {
                if let Some(score) = score {
                    sums[place] += u32::from(score);
                    counts[place] += 1;
                }
            }
            critiques += one.rating.len() as u32;
            unparsable += one.rating.iter().filter(|r| r.is_none()).count() as u32;
        }
        if count == 0 {
            return None;
        }
        // Sums are whole numbers far below 2^24: the order of summing cannot show.
        let mean = |place: usize| sums[place] as f32 / counts[place].max(1) as f32;
        let [before, after, engaged_before, engaged_after] = [0, 1, 2, 3].map(mean);
        Some(Self {
            interactions: count,
            alignment_draft: before,
            alignment_revision: after,
            engagement_draft: engaged_before,
            engagement_revision: engaged_after,
            critiques,
            unparsable,
        })
    }
}

impl RoundStatistics {
    /// Statistics of a round's interactions; none if there are none.
    pub fn of(round: u16, interactions: &[Interaction]) -> Option<Self> {
        Self::over(round, interactions.iter())
    }

    /// The same, of interactions wherever they are.
    pub(super) fn over<'a>(
        round: u16,
        interactions: impl Iterator<Item = &'a Interaction> + Clone,
    ) -> Option<Self> {
        let of = |label| GroupStatistics::of(interactions.clone().filter(|i| i.label == label));
        Some(Self {
            round,
            all: GroupStatistics::of(interactions.clone())?,
            good: of(Label::Good),
            bad: of(Label::Bad),
        })
    }
}
