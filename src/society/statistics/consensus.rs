//! How far linked agents agree: differences between neighbours, Moran's I, clusters.
//!
//! A pair of agents counts once, and only if both were scored in the round. Scores are whole
//! numbers and are summed as such, so numbering the agents otherwise changes no figure.

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

/// Moran's I: the correlation of an agent's score with those of its neighbours. Above the expected
/// value neighbours are alike, below it they differ as on a checkerboard.
///
/// With `z` the scores less their mean, `n` agents and `w` = 1 for each ordered pair of linked
/// agents: `I = n / sum(w) * sum(w z_i z_j) / sum(z_i^2)` (Moran, Biometrika 37, 1950).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moran {
    /// I; mostly between -1 and 1.
    pub value: f32,
    /// Its mean if the same scores were dealt to the agents at random: -1 / (n - 1).
    pub expected: f32,
    /// Its standard deviation under the same dealing, by the formula of Cliff and Ord (Spatial
    /// Processes, 1981, randomisation assumption). It is exact, where a permutation test is an
    /// estimate that costs a thousand times as much after every round. None below four agents, and
    /// where dealing changes nothing, as when everybody is linked with everybody.
    pub deviation: Option<f32>,
    /// How likely a value at least as far from the expected one is by such dealing, two-sided, as
    /// if I were normally distributed: good from about 25 agents on, rough below.
    pub p: Option<f32>,
}

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
struct PairSums {
    count: u64,
    differences: u64,
    sums: u64,
    products: u64,
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

/// Moments of all scores about their mean.
struct Spread {
    agents: f64,
    mean: f64,
    /// Sum of squared deviations.
    squares: f64,
    /// Sum of fourth powers of deviations.
    fourths: f64,
}

impl Spread {
    fn of(counts: &[u64; 7]) -> Self {
        let over = |power: &dyn Fn(f64) -> f64| -> f64 {
            let each = (1..).zip(counts);
            each.map(|(score, count)| *count as f64 * power(f64::from(score)))
                .sum()
        };
        let agents = over(&|_| 1.0);
        let mean = if agents > 0.0 {
            over(&|score| score) / agents
        } else {
            0.0
        };
        let squared = |score: f64| (score - mean) * (score - mean);
        Self {
            agents,
            mean,
            squares: over(&squared),
            fourths: over(&|score| squared(score) * squared(score)),
        }
    }
}

fn moran(spread: &Spread, pairs: &PairSums, degrees: &[u32]) -> Option<Moran> {
    let (n, mean) = (spread.agents, spread.mean);
    // Every pair of linked agents is two ordered ones.
    let weight = 2.0 * pairs.count as f64;
    // Equal scores deviate by rounding only; the smallest true sum of squares is a half.
    if weight == 0.0 || spread.squares < 1e-6 {
        return None;
    }
    let together =
        2.0 * (pairs.products as f64 - mean * pairs.sums as f64 + mean * mean * pairs.count as f64);
    let value = n / weight * together / spread.squares;
    let expected = -1.0 / (n - 1.0);
    let deviation = deviation(spread, weight, degrees, expected);
    let p = deviation.map(|deviation| {
        let away = libm::fabs(value - expected) / deviation;
        libm::erfc(away / core::f64::consts::SQRT_2) as f32
    });
    Some(Moran {
        value: value as f32,
        expected: expected as f32,
        deviation: deviation.map(|deviation| deviation as f32),
        p,
    })
}

/// Standard deviation of I under randomisation (Cliff and Ord 1981, equation 1.44), with
/// `s1 = 1/2 sum (w_ij + w_ji)^2` and `s2 = sum_i (w_i. + w_.i)^2`, which for links that go both
/// ways are `2 sum(w)` and four times the sum of squared degrees.
fn deviation(spread: &Spread, weight: f64, degrees: &[u32], expected: f64) -> Option<f64> {
    let n = spread.agents;
    if n < 4.0 {
        return None;
    }
    let squared: u64 = degrees.iter().map(|degree| u64::from(*degree).pow(2)).sum();
    let (s1, s2, whole) = (2.0 * weight, 4.0 * squared as f64, weight * weight);
    let kurtosis = n * spread.fourths / (spread.squares * spread.squares);
    let usual = n * ((n * n - 3.0 * n + 3.0) * s1 - n * s2 + 3.0 * whole);
    let tails = kurtosis * ((n * n - n) * s1 - 2.0 * n * s2 + 6.0 * whole);
    let square = (usual - tails) / ((n - 1.0) * (n - 2.0) * (n - 3.0) * whole);
    let variance = square - expected * expected;
    (variance > 1e-12).then(|| libm::sqrt(variance))
}

/// Who is connected with whom: each agent points to another of its group, the first to itself.
struct Groups {
    towards: Vec<usize>,
}

impl Groups {
    fn new(agents: usize) -> Self {
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

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.first(one), self.first(other));
        if let Some(way) = self.towards.get_mut(one.max(other)) {
            *way = one.min(other);
        }
    }

    /// The groups of at least two, largest first.
    fn clusters(mut self, camp: impl Fn(usize) -> Option<Camp>, scored: u64) -> Clusters {
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

    /// All orders of some scores.
    fn dealings(scores: &[u8]) -> Vec<Vec<u8>> {
        let Some((first, rest)) = scores.split_first() else {
            return vec![vec![]];
        };
        let insert = |dealt: Vec<u8>| {
            (0..=dealt.len()).map(move |place| {
                let mut dealt = dealt.clone();
                dealt.insert(place, *first);
                dealt
            })
        };
        dealings(rest).into_iter().flat_map(insert).collect()
    }

    #[test]
    fn mean_and_deviation_of_all_dealings_are_those_of_the_formula() {
        // A path of five with a knot, and an agent nobody is linked to.
        let links = [
            vec![1, 2],
            vec![0, 2],
            vec![0, 1, 3],
            vec![2, 4],
            vec![3],
            vec![],
        ];
        let dealt = dealings(&[1, 1, 3, 4, 7, 6]);
        assert_eq!(dealt.len(), 720);
        let of = |scores: &Vec<u8>| {
            let scores: Vec<Option<u8>> = scores.iter().copied().map(Some).collect();
            Consensus::of(&scores, &links).moran.unwrap()
        };
        let values: Vec<f64> = dealt
            .iter()
            .map(|scores| f64::from(of(scores).value))
            .collect();
        let mean = values.iter().sum::<f64>() / 720.0;
        let square = values
            .iter()
            .map(|value| (value - mean).powi(2))
            .sum::<f64>()
            / 720.0;
        let told = of(&dealt[0]);
        assert!(
            (mean - f64::from(told.expected)).abs() < 1e-6,
            "{mean} {told:?}"
        );
        let deviation = f64::from(told.deviation.unwrap());
        assert!(
            (square.sqrt() - deviation).abs() < 1e-6,
            "{square} {told:?}"
        );
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
