//! A whole record in figures.

use super::consensus::Consensus;
use super::convergence::{Convergence, Settling};
use super::front::{RoundPoints, Scatter};
use super::influence::Influence;
use super::rounds::RoundStatistics;
use super::score::{Answer, is_incomplete};
use crate::society::record::Interaction;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One round in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundFigures {
    /// Means over everybody and over each upbringing.
    pub statistics: RoundStatistics,
    /// Interactions with at least one score that the observers could not give. Each figure leaves
    /// out what it lacks.
    pub lost: u32,
    /// How far linked agents agree.
    pub consensus: Consensus,
    /// Alignment against engagement.
    pub points: RoundPoints,
}

/// A society in figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SocietyStatistics {
    /// Interactions in the record.
    pub interactions: u32,
    /// Of those, how many lack a score.
    pub lost: u32,
    /// Round by round; rounds without any interaction are left out.
    pub rounds: Vec<RoundFigures>,
    /// Where each agent's drafts stand.
    pub drafts: Scatter,
    /// Where each agent's revisions stand.
    pub revisions: Scatter,
    /// Whose feedback changes answers.
    pub influence: Influence,
    /// When it stops moving, and where it drifts.
    pub convergence: Convergence,
}

/// All figures of a record. `links` holds for each agent those it is linked to, symmetric and
/// sorted. Nothing but whole numbers is summed over agents, so the order of the record within a
/// round does not show.
///
/// O(comments * log(agents) + rounds * links), where links are all pairs. 20 rounds of 1,024 agents
/// with 251,296 pairs take less than a tenth of a second natively, reading their record four times
/// as long: it may be called anew after every round.
pub fn summary(
    record: &[Interaction],
    links: &[Vec<u16>],
    settling: Settling,
) -> SocietyStatistics {
    let mut played: BTreeMap<u16, Vec<&Interaction>> = BTreeMap::new();
    for one in record {
        played.entry(one.iteration).or_default().push(one);
    }
    let rounds: Vec<RoundFigures> = played
        .iter()
        .filter_map(|(round, played)| {
            let each = || played.iter().copied();
            Some(RoundFigures {
                statistics: RoundStatistics::over(*round, each())?,
                lost: each().filter(|one| is_incomplete(one)).count() as u32,
                consensus: Consensus::of_round(each(), links),
                points: RoundPoints::of(each()),
            })
        })
        .collect();
    SocietyStatistics {
        interactions: record.len() as u32,
        lost: rounds.iter().map(|round| round.lost).sum(),
        rounds,
        drafts: Scatter::of(record, Answer::Draft),
        revisions: Scatter::of(record, Answer::Revision),
        influence: Influence::of(record),
        convergence: Convergence::of(record, settling),
    }
}

/// One figure of every round, by round number, for [`super::moving_average`],
/// [`super::over_seeds`] and [`super::paired`]; none for rounds that were not played.
pub fn series(
    rounds: &[RoundFigures],
    figure: impl Fn(&RoundFigures) -> Option<f32>,
) -> Vec<Option<f64>> {
    let numbers = rounds
        .iter()
        .map(|round| usize::from(round.statistics.round));
    let mut values = vec![None; numbers.max().map_or(0, |last| last + 1)];
    for round in rounds {
        if let Some(place) = values.get_mut(usize::from(round.statistics.round)) {
            *place = figure(round).map(f64::from);
        }
    }
    values
}
