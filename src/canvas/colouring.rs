//! What the colour of a person can say, and the shapes that say it to eyes that don't see colour.

use super::mark::Form;
use super::scene::Person;
use crate::lab::view::{self as society, Label};

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

/// How somebody behaves, or that a visitor sits in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Role {
    /// As the model behind them speaks.
    #[default]
    Ordinary,
    /// Rates by the village's norms.
    FactChecker,
    /// Answers and advises badly.
    Troll,
    /// A visitor of the page, in somebody's seat.
    Visitor,
    /// Never revises.
    Stubborn,
}

impl Role {
    /// All of them, in the order of the legend.
    pub const ALL: [Self; 5] = [
        Self::Ordinary,
        Self::FactChecker,
        Self::Troll,
        Self::Visitor,
        Self::Stubborn,
    ];

    /// What is seen of somebody's role in the society.
    pub fn of(role: society::Role, is_visitor: bool) -> Self {
        match role {
            _ if is_visitor => Self::Visitor,
            society::Role::Ordinary => Self::Ordinary,
            society::Role::Stubborn => Self::Stubborn,
            society::Role::Troll => Self::Troll,
            society::Role::FactChecker => Self::FactChecker,
        }
    }

    /// Its place in [`Role::ALL`].
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|one| *one == self).unwrap_or(0)
    }

    /// Its shape in a crowd.
    pub fn form(self) -> Form {
        match self {
            Self::Ordinary => Form::Disc,
            Self::FactChecker => Form::Square,
            Self::Troll => Form::Triangle,
            Self::Visitor => Form::Hexagon,
            Self::Stubborn => Form::Diamond,
        }
    }
}
