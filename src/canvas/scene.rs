//! What there is to see: people, how they are linked, and the letters that travel to whoever is in
//! the spotlight.

use super::colouring::{Colouring, Role};
use super::layout::{Arrangement, ranked};
use crate::lab::RunView;
use crate::lab::view::Label;
use std::sync::Arc;

/// Somebody in the society.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Person {
    /// Number, from 0.
    pub id: u16,
    /// How they were raised, once known.
    pub label: Option<Label>,
    /// What they do in the village.
    pub role: Role,
    /// Alignment of what they said last, 1 to 7.
    pub alignment: Option<u8>,
    /// Engagement of what they said last, 1 to 7.
    pub engagement: Option<u8>,
    /// Their group of like-minded neighbours, from 0 for the largest.
    pub cluster: Option<u16>,
    /// Whether they are answering just now.
    pub speaking: bool,
    /// Whether they have left, or say nothing for a while.
    pub absent: bool,
}

impl Person {
    /// Somebody of whom nothing is known but the number.
    pub fn stranger(id: u16) -> Self {
        Self {
            id,
            ..Self::default()
        }
    }
}

/// A neighbour's comment on its way to the author. Where it is hangs on the time and on nothing else.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Letter {
    /// Who wrote it.
    pub from: u16,
    /// The rating, 1 to 7, where it can be read.
    pub rating: Option<u8>,
    /// When it leaves, in the seconds of a [`super::Moment`].
    pub departs: f64,
    /// Seconds it is on its way.
    pub flight: f64,
}

impl Letter {
    /// One that has arrived.
    pub fn arrived(from: u16, rating: Option<u8>) -> Self {
        Self {
            from,
            rating,
            departs: f64::NEG_INFINITY,
            flight: 1.0,
        }
    }

    /// How much of its way lies behind it, 0 to 1.
    pub fn share(&self, seconds: f64) -> f64 {
        ((seconds - self.departs) / self.flight).clamp(0.0, 1.0)
    }
}

/// What is on in the interaction that everybody is looking at.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum Cue {
    /// Nothing but letters.
    #[default]
    Letters,
    /// A question comes down to the author, for so many seconds.
    Asked(f64),
    /// The author speaks, and it takes so many seconds until everybody has heard.
    Speaks(f64),
    /// This neighbour has the word.
    Hears(u16),
    /// The author answers again.
    Answers,
    /// The verdict on first and second answer comes down, for so many seconds.
    Judged([Option<u8>; 2], f64),
}

/// The interaction everybody is looking at.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Spotlight {
    /// Who answers.
    pub author: u16,
    /// Who hears it, as far as they are known.
    pub listeners: Vec<u16>,
    /// What the neighbours have sent.
    pub letters: Vec<Letter>,
    /// What is on.
    pub cue: Cue,
}

/// Everything on the canvas.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scene {
    /// Where everybody stands, and who is linked with whom.
    pub arrangement: Arc<Arrangement>,
    /// Everybody, in the order of their numbers.
    pub people: Vec<Person>,
    /// What the colours of people say.
    pub colouring: Colouring,
    /// What is on stage.
    pub spotlight: Option<Spotlight>,
    /// Who was chosen by the visitor.
    pub chosen: Option<u16>,
    /// Who is under the pointer.
    pub hovered: Option<u16>,
}

impl Scene {
    /// The society of a run; before it is known, as many strangers as were laid out.
    pub fn of(
        view: &RunView,
        arrangement: Arc<Arrangement>,
        colouring: Colouring,
        spotlight: Option<Spotlight>,
        chosen: Option<u16>,
    ) -> Self {
        let scene = Self {
            arrangement,
            colouring,
            ..Self::default()
        };
        if view.villagers.is_empty() {
            let strangers = (0u16..).zip(&scene.arrangement.places);
            let people = strangers.map(|(id, _)| Person::stranger(id)).collect();
            return Self { people, ..scene };
        }
        let society = view.config.as_ref().map(|config| &config.society);
        let seat = society.and_then(|society| society.seat);
        let sits = seat.map(|seat| seat.agent);
        let people = view.villagers.iter().map(|villager| Person {
            label: Some(villager.agent.label),
            role: Role::of(villager.agent.role, sits == Some(villager.agent.id)),
            alignment: villager.alignment,
            engagement: villager.engagement,
            absent: !villager.agent.present,
            ..Person::stranger(villager.agent.id)
        });
        let mut people: Vec<Person> = people.collect();
        for on_stage in &view.stage {
            if let Some(person) = people.get_mut(usize::from(on_stage.agent)) {
                person.speaking = true;
            }
        }
        if colouring == Colouring::Cluster {
            like_minded(&mut people, &scene.arrangement);
        }
        Self {
            people,
            spotlight,
            chosen,
            ..scene
        }
    }

    /// Somebody by number.
    pub fn person(&self, id: u16) -> Option<&Person> {
        self.people.get(usize::from(id))
    }

    /// Where somebody stands, in the unit square.
    pub fn place(&self, id: u16) -> Option<(f64, f64)> {
        self.arrangement.places.get(usize::from(id)).copied()
    }
}

/// Whether what somebody said last was harmful (1 to 3) or kind (5 to 7); a 4 is neither.
fn mind(person: &Person) -> Option<bool> {
    person
        .alignment
        .filter(|score| *score != 4)
        .map(|score| score > 4)
}

/// Finds the groups of at least two people who are linked and of one mind, and numbers them from the
/// largest (of two equally large ones, the one with the smaller number in it first): those of the
/// statistics (`society::statistics::Clusters`).
fn like_minded(people: &mut [Person], arrangement: &Arrangement) {
    const NEW: usize = usize::MAX;
    let mut group = vec![NEW; people.len()];
    let mut sizes: Vec<usize> = Vec::new();
    let mut waiting = Vec::new();
    for first in 0..people.len() {
        let Some(shared) = mind(&people[first]).filter(|_| group[first] == NEW) else {
            continue;
        };
        let number = sizes.len();
        sizes.push(0);
        group[first] = number;
        waiting.push(first);
        while let Some(one) = waiting.pop() {
            sizes[number] += 1;
            for other in arrangement.neighbours(people[one].id) {
                let other = usize::from(*other);
                let fresh = group.get(other) == Some(&NEW);
                if fresh && mind(&people[other]) == Some(shared) {
                    group[other] = number;
                    waiting.push(other);
                }
            }
        }
    }
    let smaller = |size: &usize| u32::MAX - *size as u32;
    let order = ranked(sizes.iter().map(smaller).zip(0u16..));
    let mut rank = vec![0u16; sizes.len()];
    for (place, number) in (0u16..).zip(order) {
        rank[usize::from(number)] = place;
    }
    for (person, number) in people.iter_mut().zip(group) {
        let several = sizes.get(number).is_some_and(|size| *size > 1);
        person.cluster = rank.get(number).copied().filter(|_| several);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::layout::Shape;

    #[test]
    fn strangers_stand_where_the_settings_want_them() {
        let laid = Arrangement::grid(3, |_| Vec::new());
        let scene = Scene::of(
            &RunView::default(),
            Arc::new(laid),
            Colouring::Cluster,
            None,
            Some(1),
        );
        assert_eq!(scene.people.len(), 9);
        assert_eq!(scene.place(7), Some((0.5, 2.5 / 3.0)));
        assert_eq!(scene.chosen, None);
    }

    #[test]
    fn like_minded_neighbours_are_a_group_and_the_largest_comes_first() {
        // 0 - 1 - 2 - 3 - 4 - 5, and 6 who knows nobody, and 7 who has said nothing.
        let links = (0..5).map(|one| (one, one + 1)).collect();
        let laid = Arrangement::new(Shape::Ring, 8, links);
        let said = [
            Some(2),
            Some(7),
            Some(6),
            Some(5),
            Some(1),
            Some(3),
            Some(7),
            None,
        ];
        let mut people: Vec<Person> = (0..8).map(Person::stranger).collect();
        for (person, alignment) in people.iter_mut().zip(said) {
            person.alignment = alignment;
        }
        like_minded(&mut people, &laid);
        let found: Vec<_> = people.iter().map(|person| person.cluster).collect();
        let [first, second] = [Some(0), Some(1)];
        let expected = [None, first, first, first, second, second, None, None];
        assert_eq!(found, expected);
    }
}
