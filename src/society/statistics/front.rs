//! Alignment against engagement: where agents and rounds stand, and which of them nobody surpasses.
//!
//! An answer that refuses everything is harmless and bores; one that helps with everything engages
//! and harms. A point is on the Pareto front when no other is at least as good in both and better
//! in one. An interaction counts where both scores of the answer are known.

use super::score::{Answer, alignment, engagement};
use crate::society::grid::Label;
use crate::society::record::Interaction;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The least of both scales: the corner that hypervolumes are measured from.
const LEAST: f32 = 1.0;
/// The most of both scales: the ideal is (7, 7).
const MOST: f32 = 7.0;

/// Mean alignment and engagement of some answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Mean alignment, 1 to 7.
    pub alignment: f32,
    /// Mean engagement, 1 to 7.
    pub engagement: f32,
    /// How many answers.
    pub count: u32,
}

impl Point {
    /// The mean of some interactions' answers; none if no answer has both scores.
    pub fn of<'a>(
        interactions: impl IntoIterator<Item = &'a Interaction>,
        answer: Answer,
    ) -> Option<Self> {
        let mut sums = Sums::default();
        interactions
            .into_iter()
            .for_each(|one| sums.add(one, answer));
        sums.point()
    }

    /// At least as good in both, and better in one.
    pub fn dominates(&self, other: &Self) -> bool {
        let (mine, theirs) = (
            (self.alignment, self.engagement),
            (other.alignment, other.engagement),
        );
        mine.0 >= theirs.0 && mine.1 >= theirs.1 && mine != theirs
    }

    /// Euclidean distance to the ideal (7, 7), in points: 0 to 8.49.
    pub fn distance(&self) -> f32 {
        let (down, left) = (MOST - self.alignment, MOST - self.engagement);
        libm::sqrtf(down * down + left * left)
    }
}

#[derive(Clone, Copy, Default)]
struct Sums {
    alignment: u32,
    engagement: u32,
    count: u32,
}

impl Sums {
    fn add(&mut self, one: &Interaction, answer: Answer) {
        if let (Some(aligned), Some(engaged)) = (alignment(one, answer), engagement(one, answer)) {
            self.alignment += u32::from(aligned);
            self.engagement += u32::from(engaged);
            self.count += 1;
        }
    }

    fn point(&self) -> Option<Point> {
        let mean = |sum: u32| (f64::from(sum) / f64::from(self.count)) as f32;
        (self.count > 0).then(|| Point {
            alignment: mean(self.alignment),
            engagement: mean(self.engagement),
            count: self.count,
        })
    }
}

/// The places of the points on the front, from the most engaging to the most aligned; equal points
/// are all on it. Points that are no numbers are on none. O(n log n).
pub fn front(points: &[Point]) -> Vec<usize> {
    let mut order: Vec<(usize, &Point)> = points
        .iter()
        .enumerate()
        .filter(|(_, point)| point.alignment.is_finite() && point.engagement.is_finite())
        .collect();
    // From the most aligned; among those, from the most engaging.
    order.sort_by(|(_, one), (_, other)| {
        let aligned = other.alignment.total_cmp(&one.alignment);
        aligned.then(other.engagement.total_cmp(&one.engagement))
    });
    let mut best: Option<&Point> = None;
    let mut found = Vec::new();
    for (place, point) in order {
        // Nobody before is less aligned, so only more engagement, or equality, helps.
        let passes = best.is_none_or(|best| {
            point.engagement > best.engagement
                || (point.engagement, point.alignment) == (best.engagement, best.alignment)
        });
        if passes {
            best = Some(point);
            found.push(place);
        }
    }
    found.reverse();
    found
}

/// Share of the square from (1, 1) to the ideal that some point of the front surpasses or equals,
/// 0 to 1: 1 only if somebody is at (7, 7). The hypervolume indicator of Zitzler and Thiele (IEEE
/// Trans. Evol. Comput. 3, 1999), divided by the square's area.
pub fn hypervolume(points: &[Point]) -> f32 {
    let (mut area, mut reached) = (0.0, LEAST);
    // Alignment rises along the front and engagement falls: each point adds a strip on its left.
    for point in front(points)
        .into_iter()
        .filter_map(|place| points.get(place))
    {
        let aligned = point.alignment.clamp(reached, MOST);
        area += (aligned - reached) * (point.engagement.clamp(LEAST, MOST) - LEAST);
        reached = aligned;
    }
    area / ((MOST - LEAST) * (MOST - LEAST))
}

/// Where a round stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundPoints {
    /// All drafts.
    pub draft: Option<Point>,
    /// All revisions.
    pub revision: Option<Point>,
    /// Revisions of authors raised well.
    pub good: Option<Point>,
    /// Revisions of authors raised badly.
    pub bad: Option<Point>,
    /// Distance of the revisions' point to the ideal (7, 7): the round in one figure.
    pub distance: Option<f32>,
}

impl RoundPoints {
    /// Of one round's interactions.
    pub fn of<'a>(
        interactions: impl IntoIterator<Item = &'a Interaction, IntoIter: Clone>,
    ) -> Self {
        let all = interactions.into_iter();
        let raised = |label| {
            let some = all.clone().filter(move |one| one.label == label);
            Point::of(some, Answer::Revision)
        };
        let revision = Point::of(all.clone(), Answer::Revision);
        Self {
            draft: Point::of(all.clone(), Answer::Draft),
            revision,
            good: raised(Label::Good),
            bad: raised(Label::Bad),
            distance: revision.map(|point| point.distance()),
        }
    }
}

/// Where an agent stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct AgentPoint {
    /// The agent.
    pub agent: u16,
    /// How it was raised.
    pub label: Label,
    /// The mean of its answers.
    pub point: Point,
    /// Whether no other agent surpasses it.
    pub on_front: bool,
}

/// All agents, with their front.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Scatter {
    /// Agents with at least one answer whose scores are known, by number.
    pub agents: Vec<AgentPoint>,
    /// Share of the square below the front, 0 to 1 (see [`hypervolume`]). It can only grow with the
    /// number of agents, so compare societies of one size.
    pub hypervolume: f32,
}

impl Scatter {
    /// Of the agents' answers in a record, or a part of it.
    /// O(interactions * log(agents) + agents * log(agents)).
    pub fn of<'a>(interactions: impl IntoIterator<Item = &'a Interaction>, answer: Answer) -> Self {
        let mut sums: BTreeMap<u16, (Label, Sums)> = BTreeMap::new();
        for one in interactions {
            let known = sums.entry(one.agent_id);
            let (_, sums) = known.or_insert((one.label, Sums::default()));
            sums.add(one, answer);
        }
        let standing = sums.iter().filter_map(|(agent, (label, sums))| {
            Some(AgentPoint {
                agent: *agent,
                label: *label,
                point: sums.point()?,
                on_front: false,
            })
        });
        let mut agents: Vec<AgentPoint> = standing.collect();
        let points: Vec<Point> = agents.iter().map(|agent| agent.point).collect();
        for place in front(&points) {
            if let Some(agent) = agents.get_mut(place) {
                agent.on_front = true;
            }
        }
        Self {
            agents,
            hypervolume: hypervolume(&points),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{Told, interaction};
    use super::*;
    use proptest::prelude::*;

    fn at((alignment, engagement): (f32, f32)) -> Point {
        Point {
            alignment,
            engagement,
            count: 1,
        }
    }

    #[test]
    fn a_front_and_its_volume_by_hand() {
        let points = [
            (3.0, 5.0),
            (6.0, 2.0),
            (3.0, 5.0),
            (5.0, 4.0),
            (5.0, 3.0),
            (2.0, 5.0),
        ];
        let points = points.map(at);
        let mut found = front(&points);
        assert_eq!(found.split_off(2), [3, 1]);
        found.sort_unstable();
        assert_eq!(found, [0, 2]);
        // Strips of width 2, 2 and 1, heights 4, 3 and 1: 15 of 36.
        assert!((hypervolume(&points) - 15.0 / 36.0).abs() < 1e-6);
        assert_eq!(hypervolume(&[at((7.0, 7.0))]), 1.0);
        assert_eq!((hypervolume(&[]), front(&[]).len()), (0.0, 0));
        assert!((at((4.0, 3.0)).distance() - 5.0).abs() < 1e-6);
    }

    #[test]
    fn agents_stand_where_their_answers_are() {
        let told = |agent, revision, engagement| {
            interaction(Told {
                agent,
                revision,
                engagement,
                ..Told::default()
            })
        };
        let record = [
            told(3, 7, 2),
            told(3, 6, 3),
            told(1, 4, 4),
            told(1, -1, 7),
            told(2, 3, 3),
        ];
        let found = Scatter::of(&record, Answer::Revision);
        let agents: Vec<(u16, f32, f32, u32, bool)> = found
            .agents
            .iter()
            .map(|a| {
                (
                    a.agent,
                    a.point.alignment,
                    a.point.engagement,
                    a.point.count,
                    a.on_front,
                )
            })
            .collect();
        let expected = [
            (1, 4.0, 4.0, 1, true),
            (2, 3.0, 3.0, 1, false),
            (3, 6.5, 2.5, 2, true),
        ];
        assert_eq!(agents, expected);
        // 3 * 3 and 2.5 * 1.5 of 36.
        assert!((found.hypervolume - 12.75 / 36.0).abs() < 1e-6);
    }

    proptest! {
        #[test]
        fn the_front_is_what_nobody_dominates(
            scores in prop::collection::vec((1u8..=7, 1u8..=7), 0..40),
        ) {
            let points: Vec<Point> = scores.iter().map(|(a, e)| at((f32::from(*a), f32::from(*e)))).collect();
            let found = front(&points);
            for (place, point) in points.iter().enumerate() {
                let surpassed = points.iter().any(|other| other.dominates(point));
                prop_assert_eq!(found.contains(&place), !surpassed);
            }
            let volume = hypervolume(&points);
            // Unit cells below some point.
            let below = |x: u8, y: u8| scores.iter().any(|(a, e)| *a > x && *e > y);
            let cells = (1..7).flat_map(|x| (1..7).map(move |y| (x, y)));
            let covered = cells.filter(|(x, y)| below(*x, *y)).count();
            prop_assert!((volume - covered as f32 / 36.0).abs() < 1e-5);
        }
    }
}
