//! How far linked agents agree in a round.
//!
//! A pair of agents counts once, and only if both were scored in the round. Scores are whole
//! numbers and are summed as such, so numbering the agents otherwise changes no figure.

use super::clusters::{Clusters, Groups};
use super::moran::{Moran, Spread, moran};
use super::score::{Answer, Camp, alignment, on_scale, score_of_agents};
use crate::society::record::Interaction;
use serde::{Deserialize, Serialize};

/// How far a society agrees in one round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Consensus {
    /// Agents whose score is known.
    pub agents: u32,
    /// Pairs of linked agents whose scores are both known.
    pub links: u32,
    /// Variance of the scores (divided by agents - 1); none below two agents.
    pub variance: Option<f32>,
    /// Mean absolute difference of the scores of linked agents, 0 to 6; none without links.
    pub neighbour_difference: Option<f32>,
    /// The same over all pairs of agents, linked or not: what to hold the other against.
    pub any_difference: Option<f32>,
    /// Whether linked agents are alike; none where all scores are equal or nobody is linked.
    pub moran: Option<Moran>,
    /// Groups of linked agents who agree.
    pub clusters: Clusters,
}

impl Consensus {
    /// Of one round's revisions. `links` holds for each agent those it is linked to, symmetric and
    /// sorted. Who plays twice in a round counts with the last answer. O(interactions + links).
    pub fn of_round<'a>(
        interactions: impl IntoIterator<Item = &'a Interaction>,
        links: &[Vec<u16>],
    ) -> Self {
        let scored = |one: &'a Interaction| (one.agent_id, alignment(one, Answer::Revision));
        let scores = score_of_agents(interactions.into_iter().map(scored), links.len());
        Self::of(&scores, links)
    }

    /// Of scores from 1 to 7, one for each agent by number; others count as missing. `links` as
    /// above; a pair counts where the agent with the lower number lists the other. O(agents + links).
    pub fn of(scores: &[Option<u8>], links: &[Vec<u16>]) -> Self {
        let known = |agent: usize| {
            let score = scores.get(agent).copied().flatten();
            on_scale(score).map(u64::from)
        };
        let mut counts = [0u64; 7];
        for score in (0..scores.len()).filter_map(known) {
            if let Some(count) = counts.get_mut(score as usize - 1) {
                *count += 1;
            }
        }
        let mut pairs = PairSums::default();
        let mut degrees = vec![0u32; scores.len()];
        let mut groups = Groups::new(scores.len());
        for (agent, linked) in links.iter().enumerate() {
            let Some(one) = known(agent) else { continue };
            let mut before = None;
            for other in linked.iter().map(|other| usize::from(*other)) {
                let Some(two) = known(other) else { continue };
                if other <= agent || before.replace(other) == Some(other) {
                    continue;
                }
                pairs.add(one, two);
                for end in [agent, other] {
                    if let Some(degree) = degrees.get_mut(end) {
                        *degree += 1;
                    }
                }
                let camp = |score: u64| Camp::of(score as u8);
                if camp(one).is_some() && camp(one) == camp(two) {
                    groups.join(agent, other);
                }
            }
        }
        let spread = Spread::of(&counts);
        let agents = counts.iter().sum::<u64>();
        Self {
            agents: agents as u32,
            links: pairs.count as u32,
            variance: (agents > 1).then(|| (spread.squares / (spread.agents - 1.0)) as f32),
            neighbour_difference: pairs.mean_difference(),
            any_difference: any_difference(&counts),
            moran: moran(&spread, &pairs, &degrees),
            clusters: groups.clusters(|agent| Camp::of(known(agent)? as u8), agents),
        }
    }
}

/// Sums over the pairs of linked agents.
#[derive(Default)]
pub(super) struct PairSums {
    pub(super) count: u64,
    differences: u64,
    pub(super) sums: u64,
    pub(super) products: u64,
}

impl PairSums {
    fn add(&mut self, one: u64, two: u64) {
        self.count += 1;
        self.differences += one.abs_diff(two);
        self.sums += one + two;
        self.products += one * two;
    }

    fn mean_difference(&self) -> Option<f32> {
        (self.count > 0).then(|| (self.differences as f64 / self.count as f64) as f32)
    }
}

/// Mean absolute difference over all pairs of agents, from how many have each score.
fn any_difference(counts: &[u64; 7]) -> Option<f32> {
    let (mut pairs, mut differences) = (0, 0);
    for (low, few) in counts.iter().enumerate() {
        pairs += few * few.saturating_sub(1) / 2;
        for (high, many) in counts.iter().enumerate().skip(low + 1) {
            pairs += few * many;
            differences += few * many * (high - low) as u64;
        }
    }
    (pairs > 0).then(|| (differences as f64 / pairs as f64) as f32)
}

#[cfg(test)]
mod tests {
    use super::super::Cluster;
    use super::*;
    use proptest::prelude::*;

    /// Four neighbours each on a grid of `side * side`, with or without wrapping at the borders.
    fn rook(side: u16, torus: bool) -> Vec<Vec<u16>> {
        let mut links = vec![Vec::new(); usize::from(side * side)];
        for row in 0..side {
            for column in 0..side {
                let here = row * side + column;
                for (down, across) in [(1, 0), (0, 1)] {
                    if torus || (row + down < side && column + across < side) {
                        let there = (row + down) % side * side + (column + across) % side;
                        links[usize::from(here)].push(there);
                        links[usize::from(there)].push(here);
                    }
                }
            }
        }
        links.iter_mut().for_each(|linked| linked.sort_unstable());
        links
    }

    fn grid(side: u8, score: impl Fn(u8, u8) -> u8) -> Vec<Option<u8>> {
        let cells = (0..side).flat_map(|row| (0..side).map(move |column| (row, column)));
        cells
            .map(|(row, column)| Some(score(row, column)))
            .collect()
    }

    #[test]
    fn a_checkerboard_is_minus_one_and_halves_are_two_thirds() {
        let board = grid(4, |row, column| if (row + column) % 2 == 0 { 2 } else { 6 });
        let found = Consensus::of(&board, &rook(4, true));
        let moran = found.moran.unwrap();
        assert!((moran.value + 1.0).abs() < 1e-6, "{moran:?}");
        assert!((moran.expected + 1.0 / 15.0).abs() < 1e-6 && moran.p.unwrap() < 1e-3);
        assert_eq!(found.neighbour_difference, Some(4.0));
        assert_eq!(found.links, 32);
        assert!(found.clusters.clusters.is_empty() && found.clusters.largest == 0.0);

        // 24 pairs, 20 alike and 4 across the border: 16 / (48 / 2) * (20 - 4) / 16.
        let halves = grid(4, |_, column| if column < 2 { 1 } else { 7 });
        let found = Consensus::of(&halves, &rook(4, false));
        assert!((found.moran.unwrap().value - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!((found.variance, found.links), (Some(9.6), 24));
        assert_eq!(found.neighbour_difference, Some(1.0));
        // Of 120 pairs, 64 are 6 apart.
        assert_eq!(found.any_difference, Some(3.2));
        let half = |camp| Cluster { camp, agents: 8 };
        let both = [half(Camp::Misaligned), half(Camp::Aligned)];
        assert_eq!(found.clusters.clusters, both);
        assert_eq!(found.clusters.largest, 0.5);
        assert_eq!(
            found.clusters.of_agent[..4],
            [Some(0), Some(0), Some(1), Some(1)]
        );
    }

    #[test]
    fn nothing_to_compare_gives_no_figure() {
        let equal = Consensus::of(&[Some(3); 16], &rook(4, false));
        assert_eq!((equal.moran, equal.variance), (None, Some(0.0)));
        assert_eq!(equal.clusters.largest, 1.0);
        let apart = Consensus::of(&[Some(1), Some(7)], &[vec![], vec![]]);
        assert_eq!((apart.moran, apart.neighbour_difference), (None, None));
        let nobody = Consensus::of(&[], &[]);
        assert_eq!((nobody.agents, nobody.variance), (0, None));
        // Everybody knows everybody: I is always -1 / (n - 1), and nothing can be said about it.
        let all: Vec<Vec<u16>> = (0..6)
            .map(|i| (0..6).filter(|j| *j != i).collect())
            .collect();
        let scores = [1, 2, 2, 5, 7, 7].map(Some);
        let moran = Consensus::of(&scores, &all).moran.unwrap();
        assert!((moran.value + 0.2).abs() < 1e-6 && moran.deviation.is_none());
        // Links to strangers, to oneself and twice, and scores off the scale, do no harm.
        let odd = Consensus::of(
            &[Some(1), Some(6), Some(99)],
            &[vec![0, 1, 1, 2, 900], vec![0]],
        );
        assert_eq!((odd.agents, odd.links), (2, 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn numbering_agents_otherwise_changes_nothing(
            scores in prop::collection::vec(prop::option::weighted(0.9, 1u8..=7), 2..30),
            ends in prop::collection::vec((0usize..30, 0usize..30), 0..90),
            keys in prop::collection::vec(any::<u32>(), 30),
        ) {
            let count = scores.len();
            let link = |number: &dyn Fn(usize) -> usize| {
                let mut links = vec![Vec::new(); count];
                for (one, other) in &ends {
                    let (one, other) = (number(one % count), number(other % count));
                    if one != other {
                        links[one].push(other as u16);
                        links[other].push(one as u16);
                    }
                }
                links.iter_mut().for_each(|linked| { linked.sort_unstable(); linked.dedup() });
                links
            };
            let mut order: Vec<usize> = (0..count).collect();
            order.sort_by_key(|agent| (keys[*agent], *agent));
            let new = |agent: usize| order.iter().position(|old| *old == agent).unwrap();
            let renumbered: Vec<Option<u8>> = order.iter().map(|agent| scores[*agent]).collect();
            let mut one = Consensus::of(&scores, &link(&|agent| agent));
            let mut other = Consensus::of(&renumbered, &link(&new));

            // The same agents are together, under whatever number.
            let (mine, theirs) = (&one.clusters.of_agent, &other.clusters.of_agent);
            for a in 0..count {
                prop_assert_eq!(mine[a].is_some(), theirs[new(a)].is_some());
                for b in 0..count {
                    prop_assert_eq!(mine[a] == mine[b], theirs[new(a)] == theirs[new(b)]);
                }
            }
            let known = scores.iter().flatten().count();
            prop_assert_eq!(one.agents as usize, known);
            for found in [&mut one, &mut other] {
                found.clusters.of_agent.clear();
                found.clusters.clusters.sort_by_key(|c| (c.camp, c.agents));
            }
            prop_assert_eq!(&one, &other);
            prop_assert!((0.0..=1.0).contains(&one.clusters.largest));
            prop_assert!(one.neighbour_difference.is_none_or(|d| (0.0..=6.0).contains(&d)));
            if let Some(moran) = one.moran {
                // No eigenvalue of the links is above the largest degree.
                let most = (known * (known - 1)) as f32 / (2 * one.links) as f32;
                prop_assert!(moran.value.abs() <= most + 1e-5, "{} {}", moran.value, most);
                prop_assert!(moran.p.is_none_or(|p| (0.0..=1.0).contains(&p)));
            }
        }
    }
}
