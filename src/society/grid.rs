//! The square grid the agents live on: who is where, who is whose neighbour, who is raised how.
//!
//! Agents are numbered row by row. Two agents are neighbours when their Euclidean distance is at
//! most `size / 2` (integer division); the grid has borders, it does not wrap.

use super::config::InitialSetting;
use crate::world::chance;
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// How an agent was raised; it only decides which memories it is born with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Label {
    /// Born with memories of good answers.
    Good,
    /// Born with memories of bad answers.
    Bad,
}

impl Label {
    /// The word used in files and views.
    pub fn name(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Bad => "bad",
        }
    }
}

/// Row and column of an agent, both counted from 0.
pub fn location(size: u8, agent: u16) -> (u8, u8) {
    let size = u16::from(size.max(1));
    // Both fit: a valid agent number is below size * size.
    ((agent / size) as u8, (agent % size) as u8)
}

/// Everybody within the published social radius of `agent`, `size / 2`: see [`within`].
pub fn neighbours(size: u8, agent: u16) -> Vec<u16> {
    within(size, agent, size / 2)
}

/// Every place within a Euclidean distance of `agent`'s, in order, without that place itself.
pub fn within(size: u8, agent: u16, radius: u8) -> Vec<u16> {
    let (row, column) = location(size, agent);
    let radius = i32::from(radius);
    let near = |other: &u16| {
        let (other_row, other_column) = location(size, *other);
        let down = i32::from(other_row) - i32::from(row);
        let across = i32::from(other_column) - i32::from(column);
        down * down + across * across <= radius * radius
    };
    (0..u16::from(size) * u16::from(size))
        .filter(|other| *other != agent && near(other))
        .collect()
}

/// For every agent of the grid its neighbours, in agent order: who is linked with whom.
pub fn links(size: u8) -> Vec<Vec<u16>> {
    let everyone = 0..u16::from(size) * u16::from(size);
    everyone.map(|agent| neighbours(size, agent)).collect()
}

/// The label of every cell, row by row.
///
/// The generator is used by [`InitialSetting::MixedHalfHalf`] only.
pub fn layout<R: Rng>(size: u8, setting: InitialSetting, rng: &mut R) -> Vec<Label> {
    let cells = usize::from(size) * usize::from(size);
    let half = cells / 2;
    match setting {
        InitialSetting::AllGood => vec![Label::Good; cells],
        InitialSetting::AllBad => vec![Label::Bad; cells],
        InitialSetting::HalfHalf => {
            let mut good = 0;
            (0..u16::from(size) * u16::from(size))
                .map(|agent| {
                    let (row, column) = location(size, agent);
                    if row <= column && good < half {
                        good += 1;
                        Label::Good
                    } else {
                        Label::Bad
                    }
                })
                .collect()
        }
        InitialSetting::MixedHalfHalf => {
            let mut labels = vec![Label::Good; half];
            labels.resize(cells, Label::Bad);
            chance::shuffle(rng, &mut labels);
            labels
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::luck::Luck;
    use super::*;

    fn drawn(size: u8, setting: InitialSetting, seed: u64) -> String {
        let labels = layout(size, setting, &mut Luck::new(seed));
        let letters = labels.iter().map(|label| match label {
            Label::Good => 'g',
            Label::Bad => 'b',
        });
        letters.collect()
    }

    #[test]
    fn layouts_of_four_by_four_are_exact() {
        assert_eq!(drawn(4, InitialSetting::AllGood, 1), "g".repeat(16));
        assert_eq!(drawn(4, InitialSetting::AllBad, 1), "b".repeat(16));
        // Ten cells have row <= column; the cap of eight leaves the last two bad.
        assert_eq!(drawn(4, InitialSetting::HalfHalf, 1), "ggggbgggbbgbbbbb");
        let mixed = drawn(4, InitialSetting::MixedHalfHalf, 1);
        assert_eq!(mixed.matches('g').count(), 8);
        assert_eq!(mixed, drawn(4, InitialSetting::MixedHalfHalf, 1));
        assert_ne!(mixed, drawn(4, InitialSetting::MixedHalfHalf, 2));
        let odd = drawn(5, InitialSetting::MixedHalfHalf, 1);
        assert_eq!(odd.matches('g').count(), 12);
    }

    #[test]
    fn neighbours_lie_in_a_disc_with_borders() {
        // A corner of 4 x 4 reaches two cells along the edges and one diagonally.
        assert_eq!(neighbours(4, 0), [1, 2, 4, 5, 8]);
        assert_eq!(neighbours(2, 3), [1, 2]);
        // 3 x 3 has radius 1: the centre sees its four sides.
        assert_eq!(neighbours(3, 4), [1, 3, 5, 7]);
        for agent in 0..100 {
            for other in neighbours(10, agent) {
                assert!(neighbours(10, other).contains(&agent));
            }
        }
    }
}
