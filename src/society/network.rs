//! Who hears whom: the grid as published, and the other shapes a society can have.
//!
//! A network links places, not people; somebody who moves takes over the links of the new place.
//! Links go both ways. Only the random networks draw from the generator.

use super::grid;
use crate::world::chance;
use rand_core::Rng;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Longest list of hand-drawn links.
pub const MOST_DRAWN: usize = 4096;

/// The shape of a society.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Network {
    /// A square with borders; everybody within the social radius is linked. As published.
    #[default]
    Grid,
    /// A circle; everybody is linked to the nearest on both sides.
    Ring {
        /// How many on each side. 1 to 16.
        reach: u8,
    },
    /// A ring of which some links lead anywhere instead (Watts and Strogatz, 1998).
    SmallWorld {
        /// How many on each side. 1 to 16.
        reach: u8,
        /// The probability that a link leads elsewhere. 0 to 1.
        rewiring: f32,
    },
    /// Newcomers link to whoever has many links already: few have most (Barabási and Albert, 1999).
    ScaleFree {
        /// Links of every newcomer. 1 to 16.
        links: u8,
    },
    /// Everybody is linked to everybody.
    Complete,
    /// Closed circles in which all are linked, with a few links between neighbouring circles.
    Communities {
        /// How many circles. 2 to 64.
        count: u8,
        /// Links from each circle to the next. 0 to 16.
        bridges: u8,
    },
    /// Links drawn by hand, as pairs of places.
    Drawn(Vec<(u16, u16)>),
    /// Nobody hears anybody: each comments on their own drafts. One agent against many.
    Alone,
}

impl Network {
    /// The word used in files and views.
    pub fn name(&self) -> &'static str {
        match self {
            Network::Grid => "grid",
            Network::Ring { .. } => "ring",
            Network::SmallWorld { .. } => "small_world",
            Network::ScaleFree { .. } => "scale_free",
            Network::Complete => "complete",
            Network::Communities { .. } => "communities",
            Network::Drawn(_) => "drawn",
            Network::Alone => "alone",
        }
    }

    /// What is out of range for a society of so many agents, as field, value and allowed range.
    pub(crate) fn fault(&self, agents: u16) -> Option<(&'static str, String, &'static str)> {
        let off = |name, value: u8, low: u8, high: u8, allowed| {
            (!(low..=high).contains(&value)).then(|| (name, value.to_string(), allowed))
        };
        match self {
            Network::Grid | Network::Complete | Network::Alone => None,
            Network::Ring { reach } => off("network.reach", *reach, 1, 16, "from 1 to 16"),
            Network::SmallWorld { reach, rewiring } => {
                off("network.reach", *reach, 1, 16, "from 1 to 16").or_else(|| {
                    let fits = (0.0..=1.0).contains(rewiring);
                    (!fits).then(|| ("network.rewiring", rewiring.to_string(), "from 0 to 1"))
                })
            }
            Network::ScaleFree { links } => off("network.links", *links, 1, 16, "from 1 to 16"),
            Network::Communities { count, bridges } => {
                off("network.count", *count, 2, 64, "from 2 to 64")
                    .or_else(|| off("network.bridges", *bridges, 0, 16, "from 0 to 16"))
            }
            Network::Drawn(pairs) => {
                let wrong = pairs
                    .iter()
                    .find(|(one, other)| one == other || *one >= agents || *other >= agents);
                if let Some((one, other)) = wrong {
                    let allowed = "pairs of two different agents of this society";
                    return Some(("network.drawn", format!("{one}-{other}"), allowed));
                }
                let many = pairs.len() > MOST_DRAWN;
                many.then(|| {
                    (
                        "network.drawn",
                        pairs.len().to_string(),
                        "at most 4096 links",
                    )
                })
            }
        }
    }

    /// For every place, the places it is linked to, in order and without itself (but see
    /// [`Network::Alone`]).
    pub fn links<R: Rng>(&self, size: u8, radius: u8, rng: &mut R) -> Vec<Vec<u16>> {
        let places = u16::from(size) * u16::from(size);
        let mut web = Web::new(places);
        match self {
            Network::Grid => {
                return (0..places)
                    .map(|place| grid::within(size, place, radius))
                    .collect();
            }
            Network::Alone => return (0..places).map(|place| vec![place]).collect(),
            Network::Complete => (0..places).for_each(|place| {
                (0..place).for_each(|other| web.link(place, other));
            }),
            Network::Ring { reach } => web.ring(*reach),
            Network::SmallWorld { reach, rewiring } => {
                web.ring(*reach);
                web.rewire(*reach, *rewiring, rng);
            }
            Network::ScaleFree { links } => web.grow(*links, rng),
            Network::Communities { count, bridges } => web.circles(*count, *bridges, rng),
            Network::Drawn(pairs) => pairs
                .iter()
                .filter(|(one, other)| *one < places && *other < places)
                .for_each(|(one, other)| web.link(*one, *other)),
        }
        web.lists()
    }
}

/// The circle of each place in a society of communities: as equal as they can be, in order.
pub fn community(places: u16, count: u8, place: u16) -> u16 {
    let count = u32::from(count.max(1));
    // At most 64 circles: always fits.
    (u32::from(place) * count / u32::from(places.max(1))) as u16
}

/// A network in the making.
struct Web {
    places: u16,
    links: Vec<BTreeSet<u16>>,
}

impl Web {
    fn new(places: u16) -> Self {
        Self {
            places,
            links: vec![BTreeSet::new(); places.into()],
        }
    }

    fn link(&mut self, one: u16, other: u16) {
        if one == other {
            return;
        }
        self.links[usize::from(one)].insert(other);
        self.links[usize::from(other)].insert(one);
    }

    fn unlink(&mut self, one: u16, other: u16) {
        self.links[usize::from(one)].remove(&other);
        self.links[usize::from(other)].remove(&one);
    }

    /// The place so many steps further round the circle.
    fn after(&self, place: u16, steps: u8) -> u16 {
        // Below twice 1024 in between: always fits.
        (place + u16::from(steps) % self.places) % self.places
    }

    fn ring(&mut self, reach: u8) {
        for place in 0..self.places {
            for steps in 1..=reach {
                self.link(place, self.after(place, steps));
            }
        }
    }

    /// Every link of the ring is looked at once, nearest neighbours first.
    fn rewire<R: Rng>(&mut self, reach: u8, rewiring: f32, rng: &mut R) {
        for steps in 1..=reach {
            for place in 0..self.places {
                let old = self.after(place, steps);
                if !chance::chance(rng, rewiring) || !self.links[usize::from(place)].contains(&old)
                {
                    continue;
                }
                let known = &self.links[usize::from(place)];
                let strangers: Vec<u16> = (0..self.places)
                    .filter(|other| *other != place && !known.contains(other))
                    .collect();
                if !strangers.is_empty() {
                    let new = *chance::choose(rng, &strangers);
                    self.unlink(place, old);
                    self.link(place, new);
                }
            }
        }
    }

    /// Begins with everybody among the first linked, then adds one place at a time.
    fn grow<R: Rng>(&mut self, links: u8, rng: &mut R) {
        let first = self.places.min(u16::from(links) + 1);
        // Every end of every link: drawing one draws a place in proportion to its links.
        let mut ends = Vec::new();
        for place in 0..first {
            for other in 0..place {
                self.link(place, other);
                ends.extend([place, other]);
            }
        }
        for place in first..self.places {
            let mut chosen = BTreeSet::new();
            while chosen.len() < usize::from(links) {
                chosen.insert(*chance::choose(rng, &ends));
            }
            for other in chosen {
                self.link(place, other);
                ends.extend([place, other]);
            }
        }
    }

    fn circles<R: Rng>(&mut self, count: u8, bridges: u8, rng: &mut R) {
        let places = self.places;
        let mut members: Vec<Vec<u16>> = vec![Vec::new(); count.into()];
        for place in 0..places {
            members[usize::from(community(places, count, place))].push(place);
        }
        members.retain(|circle| !circle.is_empty());
        for circle in &members {
            for (at, place) in circle.iter().enumerate() {
                circle[..at]
                    .iter()
                    .for_each(|other| self.link(*place, *other));
            }
        }
        for (at, circle) in members.iter().enumerate() {
            let next = &members[(at + 1) % members.len()];
            for _ in 0..bridges {
                let (one, other) = (chance::choose(rng, circle), chance::choose(rng, next));
                self.link(*one, *other);
            }
        }
    }

    fn lists(self) -> Vec<Vec<u16>> {
        let links = self.links.into_iter();
        links.map(|links| links.into_iter().collect()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::luck::Luck;
    use super::*;
    use proptest::prelude::*;

    fn any_network() -> impl Strategy<Value = Network> {
        prop_oneof![
            Just(Network::Grid),
            Just(Network::Complete),
            (1u8..=16).prop_map(|reach| Network::Ring { reach }),
            (1u8..=16, 0.0f32..=1.0)
                .prop_map(|(reach, rewiring)| Network::SmallWorld { reach, rewiring }),
            (1u8..=16).prop_map(|links| Network::ScaleFree { links }),
            (2u8..=64, 0u8..=16)
                .prop_map(|(count, bridges)| Network::Communities { count, bridges }),
            prop::collection::vec((0u16..4, 0u16..4), 0..9).prop_map(Network::Drawn),
        ]
    }

    proptest! {
        #[test]
        fn links_go_both_ways_in_order_and_never_to_oneself(
            network in any_network(), size in 2u8..9, seed: u64,
        ) {
            let lists = network.links(size, size / 2, &mut Luck::new(seed));
            prop_assert_eq!(lists.len(), usize::from(size) * usize::from(size));
            for (place, list) in lists.iter().enumerate() {
                prop_assert!(list.is_sorted_by(|one, other| one < other));
                for other in list {
                    prop_assert!(usize::from(*other) != place);
                    prop_assert!(lists[usize::from(*other)].contains(&(place as u16)));
                }
            }
            prop_assert_eq!(lists, network.links(size, size / 2, &mut Luck::new(seed)));
        }
    }

    fn degrees(network: &Network, size: u8) -> Vec<usize> {
        let lists = network.links(size, size / 2, &mut Luck::new(7));
        lists.iter().map(Vec::len).collect()
    }

    #[test]
    fn each_shape_has_the_links_it_is_known_for() {
        assert!(
            degrees(&Network::Ring { reach: 2 }, 4)
                .iter()
                .all(|d| *d == 4)
        );
        assert!(degrees(&Network::Complete, 3).iter().all(|d| *d == 8));
        // Rewiring moves links and loses none: 100 places with four links each.
        let small = degrees(
            &Network::SmallWorld {
                reach: 2,
                rewiring: 0.3,
            },
            10,
        );
        assert_eq!(small.iter().sum::<usize>(), 400);
        assert!(small.iter().any(|d| *d != 4));
        // Three links among the first three places, two for each of the other 97.
        let free = degrees(&Network::ScaleFree { links: 2 }, 10);
        assert_eq!(free.iter().sum::<usize>(), 2 * (3 + 2 * 97));
        assert!(free.iter().max() > Some(&12), "hubs: {free:?}");
        // Nine in three circles of three, unbridged: everybody knows the two others.
        let circles = Network::Communities {
            count: 3,
            bridges: 0,
        };
        assert!(degrees(&circles, 3).iter().all(|d| *d == 2));
        let alone = Network::Alone.links(2, 1, &mut Luck::new(1));
        assert_eq!(alone, [[0], [1], [2], [3]]);
    }

    #[test]
    fn faults_are_named() {
        let named = |network: Network| network.fault(4).map(|fault| fault.0);
        assert_eq!(named(Network::Ring { reach: 0 }), Some("network.reach"));
        let nan = Network::SmallWorld {
            reach: 1,
            rewiring: f32::NAN,
        };
        assert_eq!(named(nan), Some("network.rewiring"));
        assert_eq!(named(Network::Drawn(vec![(0, 4)])), Some("network.drawn"));
        assert_eq!(named(Network::Drawn(vec![(2, 2)])), Some("network.drawn"));
        assert_eq!(named(Network::Drawn(vec![(0, 3)])), None);
        assert_eq!(named(Network::Grid), None);
    }
}
