//! Where everybody stands, in a unit square: the village as a map of who is linked with whom.
//!
//! Every placement is computed from the network alone, without chance, so that a society looks the
//! same on every page that shows it.

use crate::lab::config::{Network, SocietyConfig};
use crate::lab::view::within;
use std::f64::consts::{FRAC_PI_4, PI};

/// How the people of a society are linked, as far as it matters for drawing them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Shape {
    /// A square grid, row by row.
    #[default]
    Grid,
    /// Each is linked with the next ones on a circle.
    Ring,
    /// A circle with some links rewired across it.
    SmallWorld,
    /// Few have many links, many have few.
    ScaleFree,
    /// Everybody is linked with everybody.
    Complete,
    /// Groups of numbers that follow each other, with bridges between the groups.
    Communities(u16),
    /// Links drawn by hand between people on a grid.
    Drawn,
    /// Nobody is linked with anybody.
    Alone,
}

impl Shape {
    /// The shape of a network.
    pub fn of(network: &Network) -> Self {
        match network {
            Network::Grid => Self::Grid,
            Network::Ring { .. } => Self::Ring,
            Network::SmallWorld { .. } => Self::SmallWorld,
            Network::ScaleFree { .. } => Self::ScaleFree,
            Network::Complete => Self::Complete,
            Network::Communities { count, .. } => Self::Communities(u16::from(*count)),
            Network::Drawn(_) => Self::Drawn,
            Network::Alone => Self::Alone,
        }
    }
}

/// Radius of the largest circle, which leaves room for those who stand on it.
const RADIUS: f64 = 0.46;
/// Cosine and sine of the golden angle: seeds of a sunflower are turned by it, each from the last.
const GOLDEN: (f64, f64) = (-0.737_368_878_078_32, 0.675_490_294_261_524);
/// Societies with more links than this for each person show only those of the people looked at.
const DENSE: usize = 4;

/// A society laid out.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Arrangement {
    /// How it is linked.
    pub shape: Shape,
    /// Where each person stands: across and down, 0 to 1.
    pub places: Vec<(f64, f64)>,
    /// Pairs of people who are linked, the smaller number first.
    pub links: Vec<(u16, u16)>,
    /// People along each side of the grid, where there is one.
    pub side: Option<u16>,
    /// Distance between the two who stand closest.
    pub spacing: f64,
    /// Everybody from the back to the front.
    pub order: Vec<u16>,
    neighbours: Vec<Vec<u16>>,
}

impl Arrangement {
    /// Lays out `count` people with links between them (numbers from 0, each pair once).
    pub fn new(shape: Shape, count: u16, links: Vec<(u16, u16)>) -> Self {
        let mut neighbours = vec![Vec::new(); usize::from(count)];
        for (one, two) in &links {
            for (from, to) in [(one, two), (two, one)] {
                if let Some(list) = neighbours.get_mut(usize::from(*from)) {
                    list.push(*to);
                }
            }
        }
        for list in &mut neighbours {
            *list = ranked(list.iter().map(|id| (u32::from(*id), *id)));
        }
        let side = (1..).find(|side| side * side >= u32::from(count.max(1)));
        // The root of a number of 16 bits.
        let side = side.unwrap_or(1) as u16;
        let on_grid = matches!(shape, Shape::Grid | Shape::Drawn | Shape::Alone);
        let places = match shape {
            _ if on_grid => grid(count, side),
            Shape::ScaleFree => sunflower(&neighbours),
            Shape::Communities(groups) => communities(count, groups),
            _ => circle(count, (0.5, 0.5), RADIUS),
        };
        // To a millionth of the height.
        let depth = |place: &(f64, f64)| (place.1 * 1e6) as u32;
        let order = ranked(places.iter().map(depth).zip(0u16..));
        Self {
            shape,
            spacing: spacing(&places),
            places,
            links,
            side: on_grid.then_some(side),
            order,
            neighbours,
        }
    }

    /// A society laid out: `links` are those of its places as the run tells them (none before it
    /// begins, when only a grid's are known), `living` where each person lives (nobody, before).
    pub fn of(society: &SocietyConfig, links: &[Vec<u16>], living: &[u16]) -> Self {
        let count = society.agents();
        let near = |place: u16| match links.get(usize::from(place)) {
            Some(near) => near.clone(),
            None if society.network == Network::Grid && society.local => {
                within(society.size, place, society.social_radius())
            }
            None => Vec::new(),
        };
        let pairs = (0..count).flat_map(|one| {
            let later = near(one).into_iter().filter(move |two| *two > one);
            later.map(move |two| (one, two))
        });
        let pairs = if society.local {
            pairs.collect()
        } else {
            Vec::new()
        };
        Self::new(Shape::of(&society.network), count, pairs).settled(living)
    }

    /// The same with each person where they live by now.
    fn settled(self, living: &[u16]) -> Self {
        let at_home = living
            .iter()
            .enumerate()
            .all(|(id, place)| id == usize::from(*place));
        if at_home || living.len() != self.places.len() {
            return self;
        }
        let mut resident = vec![0u16; living.len()];
        for (id, place) in (0..).zip(living) {
            if let Some(home) = resident.get_mut(usize::from(*place)) {
                *home = id;
            }
        }
        let of = |place: u16| resident.get(usize::from(place)).copied().unwrap_or(place);
        let pairs = self.links.iter().map(|(one, two)| {
            let (one, two) = (of(*one), of(*two));
            (one.min(two), one.max(two))
        });
        let mut moved = Self::new(self.shape, living.len() as u16, pairs.collect());
        let place = |place: &u16| self.places.get(usize::from(*place)).copied();
        moved.places = living
            .iter()
            .map(|p| place(p).unwrap_or((0.5, 0.5)))
            .collect();
        let depth = |place: &(f64, f64)| (place.1 * 1e6) as u32;
        moved.order = ranked(moved.places.iter().map(depth).zip(0u16..));
        moved
    }

    /// A grid of `side` times `side` people; `neighbours` gives those of each.
    pub fn grid(side: u8, neighbours: impl Fn(u16) -> Vec<u16>) -> Self {
        let count = u16::from(side) * u16::from(side);
        let pairs = (0..count).flat_map(|one| {
            let later = neighbours(one).into_iter().filter(move |two| *two > one);
            later.map(move |two| (one, two))
        });
        Self::new(Shape::Grid, count, pairs.collect())
    }

    /// Everybody linked with somebody, in the order of their numbers.
    pub fn neighbours(&self, id: u16) -> &[u16] {
        self.neighbours
            .get(usize::from(id))
            .map_or(&[], Vec::as_slice)
    }

    /// Whether there are too many links to see any, were they all drawn.
    pub fn is_dense(&self) -> bool {
        self.links.len() > DENSE * self.places.len()
    }
}

/// Numbers by their rank, and by themselves where ranks are equal. All of the canvas sorts with this:
/// each kind of sorting is kilobytes of code.
pub(super) fn ranked(numbers: impl Iterator<Item = (u32, u16)>) -> Vec<u16> {
    let mut numbers: Vec<(u32, u16)> = numbers.collect();
    numbers.sort_unstable();
    numbers.into_iter().map(|(_, number)| number).collect()
}

/// Row by row, each in the middle of a cell.
fn grid(count: u16, side: u16) -> Vec<(f64, f64)> {
    let cell = |number: u16| (f64::from(number) + 0.5) / f64::from(side);
    (0..count)
        .map(|id| (cell(id % side), cell(id / side)))
        .collect()
}

/// Round a circle, beginning at the top; a crowd stands in lanes, so that nobody is hidden.
fn circle(count: u16, middle: (f64, f64), radius: f64) -> Vec<(f64, f64)> {
    let people = f64::from(count.max(1));
    // As many lanes as make the way to the next lane about as long as the way to the next person.
    let lanes = (1..=16u16).take_while(|lanes| f64::from(lanes * lanes) <= people / 10.0);
    let lanes = lanes.last().unwrap_or(1);
    let width = radius * 0.5 / f64::from(lanes);
    (0..count)
        .map(|id| {
            let (along, up) = turn(f64::from(id) / people);
            let radius = if count < 2 {
                0.0
            } else {
                radius - width * f64::from(id % lanes)
            };
            (middle.0 + radius * up, middle.1 - radius * along)
        })
        .collect()
}

/// Like the seeds of a sunflower: whoever has the most links in the middle.
fn sunflower(neighbours: &[Vec<u16>]) -> Vec<(f64, f64)> {
    let fewer = |list: &Vec<u16>| u32::MAX - list.len() as u32;
    let order = ranked(neighbours.iter().map(fewer).zip(0u16..));
    let mut places = vec![(0.5, 0.5); neighbours.len()];
    for (seed, id) in seeds(neighbours.len() as u16).zip(order) {
        places[usize::from(id)] = (0.5 + RADIUS * seed.0, 0.5 + RADIUS * seed.1);
    }
    places
}

/// The seeds of a sunflower of radius 1 about the origin, from the middle outwards.
fn seeds(count: u16) -> impl Iterator<Item = (f64, f64)> {
    let turned = |(along, up): &(f64, f64)| {
        Some((
            along * GOLDEN.0 - up * GOLDEN.1,
            along * GOLDEN.1 + up * GOLDEN.0,
        ))
    };
    let directions = std::iter::successors(Some((1.0, 0.0)), turned);
    directions.zip(0..count).map(move |((along, up), rank)| {
        let radius = libm::sqrt((f64::from(rank) + 0.35) / f64::from(count));
        (radius * along, radius * up)
    })
}

/// A circle of circles: people of one group have numbers that follow each other.
fn communities(count: u16, groups: u16) -> Vec<(f64, f64)> {
    let groups = groups.clamp(1, count.max(1));
    let (_, half) = turn(0.5 / f64::from(groups));
    // Circles that touch each other on a circle, and a gap between them.
    let (far, near) = if groups == 1 {
        (0.0, RADIUS)
    } else {
        (RADIUS / (1.0 + half), RADIUS * half / (1.0 + half) * 0.74)
    };
    let begins = |group: u16| (u32::from(group) * u32::from(count)).div_ceil(u32::from(groups));
    (0..groups)
        .flat_map(|group| {
            let (along, up) = turn(f64::from(group) / f64::from(groups));
            let middle = (0.5 + far * up, 0.5 - far * along);
            // Between two numbers of 16 bits.
            let members = (begins(group + 1) - begins(group)) as u16;
            // A group too large for a circle fills it.
            if members > 24 {
                seeds(members)
                    .map(|seed| (middle.0 + near * seed.0, middle.1 + near * seed.1))
                    .collect()
            } else {
                circle(members, middle, near)
            }
        })
        .collect()
}

/// Distance between the two closest of all.
fn spacing(places: &[(f64, f64)]) -> f64 {
    let mut least = 0.16;
    for (id, one) in places.iter().enumerate() {
        for two in &places[..id] {
            let (across, down) = (one.0 - two.0, one.1 - two.1);
            let square: f64 = across * across + down * down;
            if square < least {
                least = square;
            }
        }
    }
    libm::sqrt(least)
}

/// Cosine and sine of a share of a whole turn, by their series: the tables of the general functions
/// would cost every visitor more than this.
fn turn(share: f64) -> (f64, f64) {
    let share = share - libm::floor(share);
    let eighth = libm::floor(share * 8.0 + 0.5);
    let rest = (share * 8.0 - eighth) * FRAC_PI_4;
    let square = rest * rest;
    let cosine =
        1.0 - square / 2.0 * (1.0 - square / 12.0 * (1.0 - square / 30.0 * (1.0 - square / 56.0)));
    let sine = rest
        * (1.0
            - square / 6.0 * (1.0 - square / 20.0 * (1.0 - square / 42.0 * (1.0 - square / 72.0))));
    let half = std::f64::consts::FRAC_1_SQRT_2;
    // Between 0 and 8.
    let (along, up) = match eighth as u8 {
        1 => (half, half),
        2 => (0.0, 1.0),
        3 => (-half, half),
        4 => (-1.0, 0.0),
        5 => (-half, -half),
        6 => (0.0, -1.0),
        7 => (half, -half),
        _ => (1.0, 0.0),
    };
    debug_assert!(rest.abs() <= PI / 8.0 + 1e-9);
    (along * cosine - up * sine, along * sine + up * cosine)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHAPES: [Shape; 8] = [
        Shape::Grid,
        Shape::Ring,
        Shape::SmallWorld,
        Shape::ScaleFree,
        Shape::Complete,
        Shape::Communities(5),
        Shape::Drawn,
        Shape::Alone,
    ];

    #[test]
    fn who_moves_takes_over_the_links_of_the_new_place() {
        let society = SocietyConfig {
            size: 2,
            network: Network::Ring { reach: 1 },
            ..SocietyConfig::default()
        };
        let links = [vec![1, 3], vec![0, 2], vec![1, 3], vec![0, 2]];
        let before = Arrangement::of(&society, &links, &[0, 1, 2, 3]);
        // Nobody and 1 change places.
        let after = Arrangement::of(&society, &links, &[1, 0, 2, 3]);
        assert_eq!(after.places[0], before.places[1]);
        assert_eq!(after.places[3], before.places[3]);
        assert_eq!(before.neighbours(2), [1, 3]);
        assert_eq!(after.neighbours(2), [0, 3]);
        assert_eq!(after.neighbours(0), [1, 2]);
    }

    #[test]
    fn nobody_stands_outside_or_in_another_s_place() {
        for shape in SHAPES {
            for count in [1u16, 2, 5, 36, 100, 1024] {
                let laid = Arrangement::new(shape, count, Vec::new());
                assert_eq!(laid.places.len(), usize::from(count));
                let room = |place: f64| (0.01..=0.99).contains(&place);
                assert!(
                    laid.places.iter().all(|(x, y)| room(*x) && room(*y)),
                    "{shape:?}"
                );
                // A crowd on a square with a quarter of its area to stand on.
                let fair = 0.5 / f64::from(count).sqrt();
                assert!(
                    laid.spacing >= fair * 0.55,
                    "{shape:?} {count}: {}",
                    laid.spacing
                );
            }
        }
    }

    #[test]
    fn turns_are_turns() {
        for step in -40..80 {
            let share = f64::from(step) / 37.0;
            let (along, up) = turn(share);
            let angle = share * 2.0 * PI;
            assert!((along - angle.cos()).abs() < 1e-9 && (up - angle.sin()).abs() < 1e-9);
        }
    }

    #[test]
    fn hubs_stand_in_the_middle_and_communities_apart() {
        let star = (1..40).map(|other| (0, other)).collect();
        let hub = Arrangement::new(Shape::ScaleFree, 40, star);
        let far = |(x, y): (f64, f64)| (x - 0.5).hypot(y - 0.5);
        assert!(
            hub.places[1..]
                .iter()
                .all(|place| far(*place) > far(hub.places[0]))
        );
        assert_eq!((hub.neighbours(0).len(), hub.neighbours(7)), (39, &[0][..]));

        let groups = Arrangement::new(Shape::Communities(4), 42, Vec::new());
        let group = |id: usize| id * 4 / 42;
        let apart = |one: usize, two: usize| {
            let (a, b) = (groups.places[one], groups.places[two]);
            (a.0 - b.0).hypot(a.1 - b.1)
        };
        let pairs = || (0..42).flat_map(|one| (0..one).map(move |two| (one, two)));
        let least_between = pairs()
            .filter(|(one, two)| group(*one) != group(*two))
            .map(|(one, two)| apart(one, two))
            .fold(f64::INFINITY, f64::min);
        assert!(
            least_between > groups.spacing * 1.05,
            "{least_between} {}",
            groups.spacing
        );
    }

    #[test]
    fn a_grid_keeps_its_rows_and_its_links() {
        let laid = Arrangement::grid(3, |id| if id == 4 { vec![1, 5] } else { vec![4] });
        assert_eq!(laid.places[7], (0.5, 2.5 / 3.0));
        assert_eq!((laid.side, laid.order[8]), (Some(3), 8));
        assert_eq!(laid.links[..3], [(0, 4), (1, 4), (2, 4)]);
        assert!((laid.spacing - 1.0 / 3.0).abs() < 1e-12);
    }
}
