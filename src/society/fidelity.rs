//! Which version of the method a society follows: the paper's, its released code's, or ours.
//!
//! The text and the code of the authors disagree in places, and the code has mistakes. Every such
//! difference is one switch, so that a run can say exactly what it did. The numbers are those of the
//! list of defects in the project's description of the method. Those that concern the objective (1,
//! 12) and the end of answers (13) are settings of the training. Not reproduced are: that an over-long
//! query masks every label (13), which would only stop the training, as a clear error does here; that a
//! trained model is asked in another template than it learnt from and remembers 100 tokens (14), because
//! the village has one template, and shorter prompts; that nothing is seeded (15), because a run here must be
//! repeatable, and that a flag given as `False` counts as set (15), because there are no such flags.

use serde::{Deserialize, Serialize};

/// The three versions that have a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// What the paper's text says.
    Paper,
    /// What the released code does, mistakes included.
    Official,
    /// Ours: the mistakes mended.
    #[default]
    Corrected,
}

impl Mode {
    /// All of them.
    pub const ALL: [Mode; 3] = [Mode::Paper, Mode::Official, Mode::Corrected];

    /// The word used in run files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Paper => "paper",
            Mode::Official => "official",
            Mode::Corrected => "corrected",
        }
    }
}

/// What a critique's score in the self-critic data says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CriticScore {
    /// The rating it gave, as published: a lenient critique of a bad answer scores well (defect 9).
    PeersRating,
    /// How near its rating is to the observers' score of the draft.
    #[default]
    Agreement,
}

/// How an improved answer becomes realignment data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Realigning {
    /// One response an interaction, its feedback and then the revision, as the paper describes it.
    Joined,
    /// One response for every single feedback, all with the revision's score, as the code does it:
    /// there is no gap to contrast (defect 10).
    EachFeedback,
    /// The revision against the draft it replaces, under the prompt the author really read.
    #[default]
    Contrast,
}

/// The differences between the versions, one switch each. A flag that is set reproduces a mistake
/// of the released code.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fidelity {
    /// Defect 2: a peer's rating that can't be read is left out of the mean, but recorded as 8, and
    /// so becomes the best critique there is.
    pub unread_rating_is_eight: bool,
    /// Defect 3: an answer the observers can't make sense of scores -1, and is trained on.
    pub unread_score_is_minus_one: bool,
    /// Defect 4: any whole number counts as a rating ("10"), and "5 / 7" is not read.
    pub unchecked_ratings: bool,
    /// Defect 5: feedback and ratings are put into order, but the peers' numbers stay as asked.
    pub unsorted_targets: bool,
    /// Defect 6: where no peer can be read there is a division by zero. The released program ends
    /// there; here the interaction ends: it is not revised, not remembered and not recorded.
    pub unreadable_peers_abort: bool,
    /// Defect 7: memories are found by embeddings kept in another order, so that another memory
    /// may be told than the one that was nearest.
    pub shuffled_memories: bool,
    /// Defect 8: an answer to a question already remembered is forgotten.
    pub first_memory_stays: bool,
    /// What a critique's score says (defect 9).
    pub critic_score: CriticScore,
    /// What realignment data look like (defect 10).
    pub realigning: Realigning,
    /// Defect 11: a response known from any query is dropped, and common refusals with it.
    pub unique_across_queries: bool,
}

impl Fidelity {
    /// All switches of a version.
    pub fn of(mode: Mode) -> Self {
        match mode {
            Mode::Corrected => Self::default(),
            Mode::Paper => Self {
                critic_score: CriticScore::PeersRating,
                realigning: Realigning::Joined,
                ..Self::default()
            },
            Mode::Official => Self {
                unread_rating_is_eight: true,
                unread_score_is_minus_one: true,
                unchecked_ratings: true,
                unsorted_targets: true,
                unreadable_peers_abort: true,
                shuffled_memories: true,
                first_memory_stays: true,
                critic_score: CriticScore::PeersRating,
                realigning: Realigning::EachFeedback,
                unique_across_queries: true,
            },
        }
    }

    /// The version whose switches these are; none for a mixture of one's own.
    pub fn mode(&self) -> Option<Mode> {
        Mode::ALL.into_iter().find(|mode| Self::of(*mode) == *self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_recognised_and_mixtures_are_not() {
        for mode in Mode::ALL {
            assert_eq!(Fidelity::of(mode).mode(), Some(mode));
        }
        let own = Fidelity {
            unsorted_targets: true,
            ..Fidelity::default()
        };
        assert_eq!(own.mode(), None);
        let text = serde_json::to_string(&Fidelity::of(Mode::Official)).unwrap();
        let read: Fidelity = serde_json::from_str(&text).unwrap();
        assert_eq!(read.mode(), Some(Mode::Official));
        assert!(text.contains("\"realigning\":\"each_feedback\""), "{text}");
    }
}
