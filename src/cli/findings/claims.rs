//! What is claimed of such societies, and what the runs say to it.

use super::plan::Scale;
use super::play::{Figure, Played};
use crate::society::statistics::{Measured, mean_over_seeds};
use serde::Serialize;

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Source {
    /// The paper.
    Paper,
    /// Its reviewers asked.
    Reviewers,
    /// Asked here.
    Ours,
}

/// What is held against what, run by run of the same seed.
#[derive(Clone, Copy, Debug)]
pub(super) enum Comparison {
    /// A figure at the end of a society, less the same at its beginning.
    Rise(&'static str, Figure),
    /// Revisions less drafts, over a whole society.
    Lift(&'static str),
    /// A figure at the end of the first society, less that of the second: what was learnt.
    More(&'static str, &'static str, Figure),
    /// A figure over the whole of the first society, less that of the second.
    Always(&'static str, &'static str, Figure),
}

impl Comparison {
    /// Its kind, its figure, and the settings it is about.
    fn parts(self) -> (&'static str, Figure, Vec<&'static str>) {
        match self {
            Rise(name, figure) => ("rise", figure, vec![name]),
            Lift(name) => ("lift", Figure::Revised, vec![name]),
            More(one, other, figure) => ("more", figure, vec![one, other]),
            Always(one, other, figure) => ("always", figure, vec![one, other]),
        }
    }
}

/// A sentence that can be wrong. It holds where the comparison comes out above zero.
pub(super) struct Claim {
    /// Stable name, for whoever says it in another language.
    pub(super) id: &'static str,
    pub(super) source: Source,
    pub(super) text: &'static str,
    pub(super) comparison: Comparison,
}

const fn claim(
    id: &'static str,
    source: Source,
    text: &'static str,
    comparison: Comparison,
) -> Claim {
    Claim {
        id,
        source,
        text,
        comparison,
    }
}

use Comparison::{Always, Lift, More, Rise};
use Figure::{Alignment, Engagement, Nearness, Revised};
use Source::{Ours, Paper, Reviewers};

/// All of them.
pub(super) const CLAIMS: &[Claim] = &[
    claim(
        "feedback_helps",
        Paper,
        "Feedback makes answers better aligned.",
        Lift("mixed"),
    ),
    claim(
        "mixed_climbs",
        Paper,
        "A mixed society climbs towards the best of alignment and engagement together.",
        Rise("mixed", Nearness),
    ),
    claim(
        "asked_again_climbs",
        Ours,
        "It does where the same questions come again.",
        Rise("asked_again", Nearness),
    ),
    claim(
        "asked_again_bad_climbs",
        Ours,
        "Even a society raised badly does, where the same questions come again.",
        Rise("asked_again_bad", Nearness),
    ),
    claim(
        "all_good_climbs",
        Paper,
        "A society raised well climbs, too.",
        Rise("all_good", Nearness),
    ),
    claim(
        "all_bad_climbs",
        Paper,
        "Even a society raised badly climbs.",
        Rise("all_bad", Nearness),
    ),
    claim(
        "all_bad_alignment_ceiling",
        Paper,
        "A society raised badly has a lower ceiling of alignment than a mixed one.",
        More("mixed", "all_bad", Alignment),
    ),
    claim(
        "all_bad_engagement_ceiling",
        Paper,
        "And a lower ceiling of engagement.",
        More("mixed", "all_bad", Engagement),
    ),
    claim(
        "stronger_model",
        Paper,
        "A stronger model makes a better aligned society.",
        More("strong", "weak", Alignment),
    ),
    claim(
        "many_against_one",
        Reviewers,
        "Many agents align better than one that criticises itself.",
        Always("mixed", "alone", Revised),
    ),
    claim(
        "larger_society",
        Reviewers,
        "A larger society aligns better: 81 agents against 9.",
        Always("size_9", "size_3", Revised),
    ),
    claim(
        "grid_against_pool",
        Reviewers,
        "The grid aligns better than an unordered pool.",
        Always("mixed", "pool", Revised),
    ),
    claim(
        "learnt_without_comments",
        Ours,
        "What was learnt of comments outdoes going on without any, where questions come again.",
        More("asked_again", "asked_again_no_feedback", Alignment),
    ),
    claim(
        "reasons_beyond_rating",
        Ours,
        "Reasons help beyond the bare rating.",
        Always("mixed", "score_only", Revised),
    ),
    claim(
        "four_against_one",
        Ours,
        "Four comments align better than one.",
        Always("mixed", "one_peer", Revised),
    ),
    claim(
        "median_last",
        Ours,
        "Read last, the median comment aligns better than the harshest.",
        Always("median_last", "mixed", Revised),
    ),
    claim(
        "approving_last",
        Ours,
        "Approving comments read last align better than the harshest.",
        Always("rating_weighted", "mixed", Revised),
    ),
    claim(
        "any_order",
        Ours,
        "Any order aligns better than the harshest last.",
        Always("random_order", "mixed", Revised),
    ),
    claim(
        "camps_against_mixture",
        Ours,
        "Two camps stay worse than a mixture.",
        Always("mixed", "half_half", Revised),
    ),
    claim(
        "strangers_help",
        Ours,
        "Some strangers among the peers help.",
        Always("local_and_global", "mixed", Revised),
    ),
    claim(
        "shortcuts_help",
        Ours,
        "Shortcuts in a ring help.",
        Always("small_world", "ring", Revised),
    ),
    claim(
        "hubs_against_circles",
        Ours,
        "Hubs align better than closed circles.",
        Always("scale_free", "communities", Revised),
    ),
    claim(
        "trolls_harm",
        Ours,
        "Six trolls among thirty-six pull a society down.",
        Always("mixed", "trolls", Revised),
    ),
    claim(
        "fact_checkers_help",
        Ours,
        "Six fact-checkers lift it.",
        Always("fact_checkers", "mixed", Revised),
    ),
    claim(
        "weak_minds_harm",
        Ours,
        "Weak minds pull down the society of a strong model.",
        More("strong", "weak_among_strong", Alignment),
    ),
    claim(
        "official_mistakes_cost",
        Ours,
        "The mistakes of the released code cost alignment.",
        Always("mixed", "official", Revised),
    ),
];

/// What the runs say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Verdict {
    /// The interval lies above zero.
    Holds,
    /// The interval lies below zero: the contrary holds.
    Contrary,
    /// The interval contains zero.
    Open,
    /// The runs are missing.
    Missing,
}

/// A claim held against the runs of one scale.
#[derive(Debug, Serialize)]
pub(super) struct Outcome {
    pub(super) id: &'static str,
    pub(super) source: Source,
    pub(super) claim: &'static str,
    /// What is held against what, in words.
    pub(super) compared: String,
    /// The same for machines: the kind of comparison, the figure, and the settings' names.
    pub(super) comparison: &'static str,
    pub(super) figure: Figure,
    pub(super) settings: Vec<&'static str>,
    pub(super) size: u8,
    pub(super) rounds: u16,
    /// Mean over seeds with its 95 % interval, in points of the scale from 1 to 7.
    pub(super) difference: Option<Measured>,
    pub(super) verdict: Verdict,
}

/// Every claim against the runs there are; on the large grid only where all its runs are there.
pub(super) fn outcomes(runs: &[Played], scale: Scale) -> Vec<Outcome> {
    let of = |claim: &Claim| {
        let (differences, compared) = differences(runs, scale, claim.comparison);
        let difference = mean_over_seeds(&differences);
        let verdict = match difference.and_then(|found| found.interval) {
            Some((low, _)) if low > 0.0 => Verdict::Holds,
            Some((_, high)) if high < 0.0 => Verdict::Contrary,
            Some(_) => Verdict::Open,
            None => Verdict::Missing,
        };
        let (comparison, figure, settings) = claim.comparison.parts();
        Outcome {
            id: claim.id,
            source: claim.source,
            claim: claim.text,
            compared,
            comparison,
            figure,
            settings,
            size: scale.size,
            rounds: scale.rounds,
            difference,
            verdict,
        }
    };
    CLAIMS.iter().map(of).collect()
}

/// One difference a seed.
fn differences(runs: &[Played], scale: Scale, comparison: Comparison) -> (Vec<f64>, String) {
    let of = |name: &'static str| {
        runs.iter()
            .filter(move |run| run.scale == scale && run.setting == name)
    };
    match comparison {
        Rise(name, figure) => (
            of(name)
                .filter_map(|run| Some(run.end(figure)? - run.beginning(figure)?))
                .collect(),
            format!(
                "{} in {name}, last third less first third of the rounds",
                figure.name()
            ),
        ),
        Lift(name) => (
            of(name).filter_map(Played::lift).collect(),
            format!("alignment of revisions less drafts in {name}, all rounds"),
        ),
        More(one, other, figure) => {
            let pairs = of(one).filter_map(|first| {
                let second = of(other).find(|run| run.seed == first.seed)?;
                Some(first.end(figure)? - second.end(figure)?)
            });
            let text = format!(
                "{}, last third of the rounds, {one} less {other}",
                figure.name()
            );
            (pairs.collect(), text)
        }
        Always(one, other, figure) => {
            let pairs = of(one).filter_map(|first| {
                let second = of(other).find(|run| run.seed == first.seed)?;
                Some(first.all(figure)? - second.all(figure)?)
            });
            let text = format!("{}, all rounds, {one} less {other}", figure.name());
            (pairs.collect(), text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::findings::plan;
    use std::collections::BTreeSet;

    #[test]
    fn claims_have_names_of_their_own_and_settings_of_the_plan() {
        let ids: BTreeSet<&str> = CLAIMS.iter().map(|claim| claim.id).collect();
        assert_eq!(ids.len(), CLAIMS.len());
        for claim in CLAIMS {
            let (_, _, settings) = claim.comparison.parts();
            assert!(
                settings.iter().all(|name| plan::setting(name).is_some()),
                "{}",
                claim.id
            );
        }
    }
}
