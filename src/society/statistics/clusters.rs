//! Groups of linked agents who agree.

use super::score::Camp;
use serde::{Deserialize, Serialize};

/// Groups of linked agents who agree.
///
/// Agents agree when both are aligned (score 5 to 7) or both misaligned (1 to 3). A 4 says neither:
/// those agents belong to no cluster and connect none. A cluster is a connected component of at
/// least two agents of one camp.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Clusters {
    /// The clusters, largest first, those of equal size in the order of their first agents.
    pub clusters: Vec<Cluster>,
    /// For each agent by number the cluster it belongs to, as a place in the list; none for a 4,
    /// for an agent nobody near agrees with, and for one without a score.
    pub of_agent: Vec<Option<u16>>,
    /// Share of the agents with a score who live in the largest cluster, 0 to 1.
    pub largest: f32,
}

/// One cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cluster {
    /// What its agents agree on.
    pub camp: Camp,
    /// How many they are.
    pub agents: u32,
}

/// Who is connected with whom: each agent points to another of its group, the first to itself.
pub(super) struct Groups {
    towards: Vec<usize>,
}

impl Groups {
    pub(super) fn new(agents: usize) -> Self {
        let towards = (0..agents).collect();
        Self { towards }
    }

    /// The first agent of the group; the way there is halved for those who ask next.
    fn first(&mut self, mut agent: usize) -> usize {
        while let Some(next) = self.towards.get(agent).copied() {
            if next == agent {
                break;
            }
            let further = self.towards.get(next).copied().unwrap_or(next);
            if let Some(way) = self.towards.get_mut(agent) {
                *way = further;
            }
            agent = further;
        }
        agent
    }

    pub(super) fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(way) = self.towards.get_mut(one.max(other)) {
            *way = one.min(other);
        }
    }

    /// The groups of at least two, largest first.
    pub(super) fn clusters(
        mut self,
        camp: impl Fn(usize) -> Option<Camp>,
        scored: u64,
    ) -> Clusters {
        let firsts: Vec<usize> = (0..self.towards.len())
            .map(|agent| self.first(agent))
            .collect();
        let mut sizes = vec![0u32; firsts.len()];
        for first in &firsts {
            if let Some(size) = sizes.get_mut(*first) {
                *size += 1;
            }
        }
        let groups = sizes.iter().enumerate().filter(|(_, size)| **size > 1);
        let mut found: Vec<(usize, Cluster)> = groups
            .filter_map(|(first, size)| {
                let (camp, agents) = (camp(first)?, *size);
                Some((first, Cluster { camp, agents }))
            })
            .collect();
        // Stable: those of equal size stay in the order of their first agents.
        found.sort_by_key(|(_, cluster)| core::cmp::Reverse(cluster.agents));
        let mut numbers: Vec<Option<u16>> = vec![None; firsts.len()];
        for (number, (first, _)) in (0..).zip(&found) {
            if let Some(place) = numbers.get_mut(*first) {
                *place = Some(number);
            }
        }
        let number = |first: &usize| numbers.get(*first).copied().flatten();
        let largest = found.first().map_or(0, |(_, cluster)| cluster.agents);
        Clusters {
            of_agent: firsts.iter().map(number).collect(),
            largest: (f64::from(largest) / (scored.max(1)) as f64) as f32,
            clusters: found.into_iter().map(|(_, cluster)| cluster).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Consensus;

    #[test]
    fn a_four_belongs_nowhere_and_connects_nobody() {
        // A path 0 - 1 - 2 - 3 - 4 - 5 - 6, agent 3 without a score.
        let path: Vec<Vec<u16>> = (0..7u16)
            .map(|agent| (0..7).filter(|other| agent.abs_diff(*other) == 1).collect())
            .collect();
        let scores = [Some(6), Some(5), Some(4), None, Some(3), Some(1), Some(7)];
        let found = Consensus::of(&scores, &path);
        let of = [Some(0), Some(0), None, None, Some(1), Some(1), None];
        assert_eq!(found.clusters.of_agent, of);
        assert_eq!((found.agents, found.links), (6, 4));
        assert!((found.clusters.largest - 1.0 / 3.0).abs() < 1e-6);
    }
}
