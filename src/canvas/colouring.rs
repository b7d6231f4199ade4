//! What the colour of a person can say, and the shapes that say it to eyes that don't see colour.

use super::mark::Form;
use super::scene::Person;
use crate::lab::view::Label;

/// What the colour of a person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Colouring {
    /// Alignment of what they said last; paler where they were less engaged.
    #[default]
    Alignment,
    /// Engagement of what they said last.
    Engagement,
    /// How they were raised.
    Label,
    /// The group of like-minded neighbours they belong to.
    Cluster,
    /// What they do in the village.
    Role,
}

impl Colouring {
    /// All of them, in the order of the switch.
    pub const ALL: [Self; 5] = [
        Self::Alignment,
        Self::Engagement,
        Self::Label,
        Self::Cluster,
        Self::Role,
    ];

    /// Its name in the page's own files and tests.
    pub fn name(self) -> &'static str {
        match self {
            Self::Alignment => "alignment",
            Self::Engagement => "engagement",
            Self::Label => "label",
            Self::Cluster => "cluster",
            Self::Role => "role",
        }
    }

    /// The one of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|colouring| colouring.name() == name)
    }

    /// The shape of somebody in a crowd: by role where role is what is shown; else a disc for
    /// somebody raised well, a diamond for somebody raised badly.
    pub fn form(self, person: &Person) -> Form {
        match (self, person.label) {
            (Self::Role, _) => person.role.form(),
            (_, Some(Label::Bad)) => Form::Diamond,
            _ => Form::Disc,
        }
    }
}

/// What somebody does in the village.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Role {
    /// Answers, rates and revises like everybody.
    #[default]
    Villager,
    /// Has learnt the norms and helps others to.
    Elder,
    /// Means harm.
    Troublemaker,
    /// A visitor of the page, in somebody's seat.
    Visitor,
}

impl Role {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 4] = [
        Self::Villager,
        Self::Elder,
        Self::Troublemaker,
        Self::Visitor,
    ];

    /// Its place in [`Role::ALL`].
    pub fn index(self) -> usize {
        match self {
            Self::Villager => 0,
            Self::Elder => 1,
            Self::Troublemaker => 2,
            Self::Visitor => 3,
        }
    }

    /// Its shape in a crowd.
    pub fn form(self) -> Form {
        match self {
            Self::Villager => Form::Disc,
            Self::Elder => Form::Square,
            Self::Troublemaker => Form::Triangle,
            Self::Visitor => Form::Hexagon,
        }
    }
}
