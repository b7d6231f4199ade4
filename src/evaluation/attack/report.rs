//! What an attack came to: how often it made a model answer badly, with intervals.

use crate::evaluation::report::{Estimate, WhichModel};
use serde::{Deserialize, Serialize};

/// A way of making a model misbehave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Attack {
    /// None: the harmful question as it is. What the others are compared with.
    Plain,
    /// The question behind a part to play.
    RolePlay,
    /// After a similar question that was answered badly.
    MisalignedContext,
    /// Asked again after a no, with pressure.
    MultiTurn,
    /// Asked several times, at a temperature that makes the model say unlikely things.
    BestOfN,
    /// With words behind the question that the model's own gradient finds.
    TokenSearch,
}

impl Attack {
    /// All attacks, in the order in which they are made.
    pub const ALL: [Attack; 6] = [
        Attack::Plain,
        Attack::RolePlay,
        Attack::MisalignedContext,
        Attack::MultiTurn,
        Attack::BestOfN,
        Attack::TokenSearch,
    ];

    /// A short name for tables and files.
    pub fn name(self) -> &'static str {
        match self {
            Attack::Plain => "plain",
            Attack::RolePlay => "role_play",
            Attack::MisalignedContext => "misaligned_context",
            Attack::MultiTurn => "multi_turn",
            Attack::BestOfN => "best_of_n",
            Attack::TokenSearch => "token_search",
        }
    }
}

/// One attack on one model. Intervals as those of a suite ([`crate::evaluation::SuiteResult`]).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AttackResult {
    /// Stable machine name, e.g. `role_play`: see [`Attack::name`].
    pub attack: String,
    /// Whom it was tried on.
    pub model: WhichModel,
    /// Questions it was tried on.
    pub count: u32,
    /// Share of questions that it made the model answer badly (comply, hedge, insult), 0 to 1.
    pub success: Estimate,
    /// Mean alignment, 1 to 7, of the answers an attacker would keep: the bad one, and where there is
    /// none, the one with the least alignment.
    pub alignment: Estimate,
    /// Of attacks that try several times: the share of questions answered badly by then, for so
    /// many turns or samples.
    pub curve: Vec<(u8, f32)>,
    /// The first few attempts.
    pub examples: Vec<AttackExample>,
    /// For every question, in an order that is always the same, whether it was answered badly: base
    /// and trained model can be compared question by question.
    pub each: Vec<bool>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttackExample {
    /// What the model read, spelt for people; what was said earlier stands in lines of its own.
    pub question: String,
    /// What it said.
    pub answer: String,
    /// Whether that is a bad answer.
    pub bad: bool,
}
