//! The four acts of a run, as the page divides it.

use crate::lab::Phase;

/// One of the four acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Act {
    /// Villagers talk.
    Simulate,
    /// A model learns.
    Train,
    /// Both models are tested.
    Test,
    /// The visitor packs.
    TakeHome,
}

impl Act {
    /// All of them, in order.
    pub const ALL: [Act; 4] = [Act::Simulate, Act::Train, Act::Test, Act::TakeHome];

    /// The act that is on during a phase.
    pub fn of(phase: Phase) -> Act {
        match phase {
            Phase::Training => Act::Train,
            Phase::Testing => Act::Test,
            Phase::Done => Act::TakeHome,
            Phase::Idle | Phase::Preparing | Phase::Simulating | Phase::Failed => Act::Simulate,
        }
    }
}
