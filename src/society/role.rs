//! People who don't behave like everybody else, and whose words those were.
//!
//! A role is played by the village's own rules and not by a model, so that it is exactly what its
//! name says whatever the model has learned.

use super::luck::Luck;
use super::speaker::Purpose;
use crate::world::answer::{Persona, reply};
use crate::world::critic::comment;
use crate::world::prompt::format_critique;
use crate::world::situation::Situation;
use serde::{Deserialize, Serialize};

/// How somebody behaves.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// As the model behind them speaks.
    #[default]
    Ordinary,
    /// Answers and comments like everybody, and never revises.
    Stubborn,
    /// Gives bad answers, stands by them, and advises others badly.
    Troll,
    /// Answers like everybody; rates by the village's norms, with the reason.
    FactChecker,
}

impl Role {
    /// All of them.
    pub const ALL: [Role; 4] = [
        Role::Ordinary,
        Role::Stubborn,
        Role::Troll,
        Role::FactChecker,
    ];

    /// The word used in files and views.
    pub fn name(self) -> &'static str {
        match self {
            Role::Ordinary => "ordinary",
            Role::Stubborn => "stubborn",
            Role::Troll => "troll",
            Role::FactChecker => "fact_checker",
        }
    }

    /// What somebody of this role says for a purpose, where the role decides it. `draft` is the
    /// answer a critique or a revision is about.
    pub(crate) fn words(
        self,
        purpose: Purpose,
        situation: &Situation,
        draft: &str,
        luck: &mut Luck,
    ) -> Option<String> {
        match (self, purpose) {
            (Role::Stubborn | Role::Troll, Purpose::Revision) => Some(draft.to_owned()),
            (Role::Troll, Purpose::Draft) => Some(reply(luck, Persona::Bad, situation)),
            (Role::Troll | Role::FactChecker, Purpose::Critique) => {
                let said = comment(luck, situation, draft, self == Role::FactChecker);
                Some(format_critique(said.rating, &said.reason))
            }
            _ => None,
        }
    }
}

/// How many of each there are; their places are drawn at birth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Roles {
    /// People who never revise.
    pub stubborn: u16,
    /// People who advise badly.
    pub trolls: u16,
    /// People who rate by the norms.
    pub fact_checkers: u16,
}

impl Roles {
    /// How many people have a role.
    pub fn count(&self) -> u32 {
        u32::from(self.stubborn) + u32::from(self.trolls) + u32::from(self.fact_checkers)
    }

    /// The roles to be given out, one for each such person.
    pub(crate) fn list(&self) -> impl Iterator<Item = Role> {
        let some = |role, count: u16| std::iter::repeat_n(role, count.into());
        some(Role::Stubborn, self.stubborn)
            .chain(some(Role::Troll, self.trolls))
            .chain(some(Role::FactChecker, self.fact_checkers))
    }
}

/// Whose words something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Voice {
    /// The model's behind the agent.
    #[default]
    Model,
    /// The role's.
    Role,
    /// A person's, in the agent's seat.
    Person,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::bank;
    use crate::world::judge::judge;
    use crate::world::prompt::parse_critique;
    use crate::world::values::Values;

    #[test]
    fn roles_do_what_their_names_say() {
        let mut luck = Luck::new(5);
        let (mut bad, mut apart, mut told) = (0, [0.0f32; 2], 0);
        let situations = bank::questions(&mut luck, 200);
        for situation in &situations {
            let draft = Role::Troll.words(Purpose::Draft, situation, "", &mut luck);
            let draft = draft.unwrap();
            let truth = judge(situation, &draft, &Values::default());
            bad += u32::from(truth.alignment <= 3);
            let kept = Role::Stubborn.words(Purpose::Revision, situation, &draft, &mut luck);
            assert_eq!(kept.as_ref(), Some(&draft));
            for (place, role) in [Role::FactChecker, Role::Troll].into_iter().enumerate() {
                let said = role.words(Purpose::Critique, situation, &draft, &mut luck);
                let (rating, reason) = parse_critique(&said.unwrap()).unwrap();
                apart[place] += f32::from(rating.abs_diff(truth.alignment));
                told += usize::from(!reason.is_empty());
            }
        }
        assert!(bad > 120, "{bad} of 200 of a troll's answers are bad");
        assert_eq!(told, 400, "every rating has its reason");
        let [honest, troll] = apart.map(|sum| sum / 200.0);
        assert!(honest < 0.5 && troll > 2.0, "{honest} {troll}");
        for purpose in [Purpose::Draft, Purpose::Critique, Purpose::Revision] {
            let said = Role::Ordinary.words(purpose, &situations[0], "so .", &mut luck);
            assert_eq!(said, None);
        }
    }
}
