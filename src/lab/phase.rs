//! The acts of a run and which may follow which.

use serde::{Deserialize, Serialize};

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Phase {
    /// Nothing has been started; settings may change.
    Idle,
    /// Weights, memories and question embeddings are being made ready.
    Preparing,
    /// Agents talk.
    Simulating,
    /// The model learns from the record.
    Training,
    /// Base and trained model answer the suites.
    Testing,
    /// Everything is there to take home.
    Done,
    /// The run stopped with an error; the failure says why.
    Failed,
}

impl Phase {
    /// The phases a run may enter from this one. `Idle` (reset) is always among them.
    pub fn successors(self) -> &'static [Phase] {
        use Phase::{Done, Failed, Idle, Preparing, Simulating, Testing, Training};
        match self {
            Idle => &[Idle, Preparing, Failed],
            Preparing => &[Simulating, Done, Idle, Failed],
            // A cancelled run is done with what it has. Without training steps a run goes on to the test; without a test it is done.
            Simulating => &[Training, Testing, Done, Idle, Failed],
            Training => &[Testing, Done, Idle, Failed],
            Testing => &[Done, Idle, Failed],
            Done | Failed => &[Idle],
        }
    }

    /// Whether a run may go from this phase to `next`.
    pub fn may_become(self, next: Phase) -> bool {
        self.successors().contains(&next)
    }

    /// Whether the engine has work to do in this phase.
    pub fn is_working(self) -> bool {
        matches!(
            self,
            Phase::Preparing | Phase::Simulating | Phase::Training | Phase::Testing
        )
    }

    /// The lower-case name embedders see in `window.mores.state().phase`.
    pub fn name(self) -> &'static str {
        match self {
            Phase::Idle => "idle",
            Phase::Preparing => "preparing",
            Phase::Simulating => "simulating",
            Phase::Training => "training",
            Phase::Testing => "testing",
            Phase::Done => "done",
            Phase::Failed => "failed",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Phase;

    #[test]
    fn a_run_goes_forward_or_back_to_idle_only() {
        let all = [
            Phase::Idle,
            Phase::Preparing,
            Phase::Simulating,
            Phase::Training,
            Phase::Testing,
            Phase::Done,
            Phase::Failed,
        ];
        for (i, from) in all.iter().enumerate() {
            assert!(from.may_become(Phase::Idle), "reset works from {from:?}");
            for to in &all[1..=i] {
                assert!(
                    *to == Phase::Failed || !from.may_become(*to),
                    "{from:?} must not go back to {to:?}"
                );
            }
        }
    }
}
