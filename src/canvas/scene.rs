//! What there is to see: people, and the letters that travel to whoever is in the spotlight.

use crate::lab::RunView;
use crate::lab::view::Label;

/// Somebody on the grid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Person {
    /// Number, row by row from 0.
    pub id: u16,
    /// Row, from 0.
    pub row: u8,
    /// Column, from 0.
    pub column: u8,
    /// How they were raised, once known.
    pub label: Option<Label>,
    /// Alignment of what they said last, 1 to 7.
    pub alignment: Option<u8>,
    /// Engagement of what they said last, 1 to 7.
    pub engagement: Option<u8>,
    /// Whether they are answering just now.
    pub speaking: bool,
}

/// A neighbour's comment on its way to the author.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// Who wrote it.
    pub from: u16,
    /// The rating, 1 to 7, where it can be read.
    pub rating: Option<u8>,
}

/// The interaction everybody is looking at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Spotlight {
    /// Who answers.
    pub author: u16,
    /// What the neighbours sent.
    pub letters: Vec<Letter>,
}

/// Everything on the canvas.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scene {
    /// Cells along each side.
    pub side: u8,
    /// Everybody, row by row.
    pub people: Vec<Person>,
    /// What is on stage.
    pub spotlight: Option<Spotlight>,
    /// Who was chosen by the visitor.
    pub chosen: Option<u16>,
}

impl Scene {
    /// The society of a run; before it is known, as many strangers as the settings ask for.
    pub fn of(
        view: &RunView,
        planned_side: u8,
        spotlight: Option<Spotlight>,
        chosen: Option<u16>,
    ) -> Self {
        if view.seats.is_empty() {
            let side = u16::from(planned_side);
            let stranger = |id: u16| Person {
                id,
                // Both are below the side, which is a byte.
                row: (id / side.max(1)) as u8,
                column: (id % side.max(1)) as u8,
                label: None,
                alignment: None,
                engagement: None,
                speaking: false,
            };
            let people = (0..side * side).map(stranger).collect();
            return Self {
                side: planned_side,
                people,
                spotlight: None,
                chosen: None,
            };
        }
        let people = view.seats.iter().map(|seat| Person {
            id: seat.agent.id,
            row: seat.agent.row,
            column: seat.agent.column,
            label: Some(seat.agent.label),
            alignment: seat.alignment,
            engagement: seat.engagement,
            speaking: view.stage.iter().any(|scene| scene.agent == seat.agent.id),
        });
        let people: Vec<Person> = people.collect();
        let side = people
            .iter()
            .map(|person| person.row.max(person.column))
            .max()
            .unwrap_or(0)
            + 1;
        Self {
            side,
            people,
            spotlight,
            chosen,
        }
    }

    /// Who stands in a cell.
    pub fn at(&self, row: u8, column: u8) -> Option<&Person> {
        self.people
            .iter()
            .find(|person| person.row == row && person.column == column)
    }

    /// Somebody by number.
    pub fn person(&self, id: u16) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strangers_stand_where_the_settings_want_them() {
        let scene = Scene::of(&RunView::default(), 3, None, Some(1));
        assert_eq!(scene.people.len(), 9);
        assert_eq!(scene.at(2, 1).map(|person| person.id), Some(7));
        assert_eq!(scene.chosen, None);
    }
}
