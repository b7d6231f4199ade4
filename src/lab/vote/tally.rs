//! One ballot, counted, with the judge's verdict on the same pairs beside it.

use super::{Kind, Pool, Preference};
use crate::evaluation::Estimate;
use crate::evaluation::interval::share_with_halves;

/// With fewer votes on a kind of question an interval would span almost everything.
pub const FEWEST: usize = 5;

/// How often each preference was voiced, in the order of [`Preference::ALL`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts(pub [usize; 4]);

impl Counts {
    /// Counts preferences.
    pub fn of(preferences: impl IntoIterator<Item = Preference>) -> Self {
        let mut counts = Self::default();
        for preference in preferences {
            counts.0[preference as usize] += 1;
        }
        counts
    }

    /// How often one of them was.
    pub fn get(&self, preference: Preference) -> usize {
        self.0[preference as usize]
    }

    /// How many there are.
    pub fn total(&self) -> usize {
        self.0.iter().sum()
    }

    /// Halves of wins for the trained model.
    pub fn halves(&self) -> usize {
        let each = Preference::ALL.into_iter().zip(self.0);
        each.map(|(preference, count)| preference.halves() * count)
            .sum()
    }

    /// The trained model's win rate with its 95 % interval, a pair without a winner counting half:
    /// see [`share_with_halves`].
    pub fn win_rate(&self) -> Estimate {
        share_with_halves(self.halves(), self.total())
    }

    /// What was voiced most often; none where that is not one alone.
    pub fn favourite(&self) -> Option<Preference> {
        let most = self.0.into_iter().max().filter(|most| *most > 0)?;
        let mut with_most = Preference::ALL
            .into_iter()
            .filter(|preference| self.get(*preference) == most);
        let first = with_most.next();
        first.filter(|_| with_most.next().is_none())
    }
}

/// A pair that was judged twice: by a person and by the judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// Its place in the pool.
    pub pair: usize,
    /// What the person prefers.
    pub vote: Preference,
    /// What the judge prefers.
    pub judge: Preference,
}

impl Judged {
    /// Whether they prefer different models.
    pub fn is_opposite(&self) -> bool {
        self.vote.halves().abs_diff(self.judge.halves()) == 2
    }

    /// Whether they prefer the same.
    pub fn agrees(&self) -> bool {
        self.vote.agrees(self.judge)
    }
}

/// A ballot, counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// All pairs that were judged, in the order of the pool.
    pub judged: Vec<Judged>,
}

impl Tally {
    /// Counts what was preferred of a pool's pairs.
    pub fn of(pool: &Pool, preferences: &[(usize, Preference)]) -> Self {
        let judged = preferences.iter().filter_map(|(pair, vote)| {
            let judge = pool.pairs.get(*pair)?.judged();
            Some(Judged {
                pair: *pair,
                vote: *vote,
                judge,
            })
        });
        Self {
            judged: judged.collect(),
        }
    }

    /// What the person preferred.
    pub fn votes(&self) -> Counts {
        Counts::of(self.judged.iter().map(|one| one.vote))
    }

    /// What the judge prefers of the same pairs.
    pub fn judge(&self) -> Counts {
        Counts::of(self.judged.iter().map(|one| one.judge))
    }

    /// The part of it about questions of a kind.
    pub fn about(&self, pool: &Pool, kind: Kind) -> Self {
        let of_kind = |one: &&Judged| pool.pairs.get(one.pair).map(super::Pair::kind) == Some(kind);
        Self {
            judged: self.judged.iter().filter(of_kind).copied().collect(),
        }
    }

    /// Pairs on which person and judge differ, those first where they prefer different models.
    pub fn disagreements(&self) -> Vec<Judged> {
        let differing = self.judged.iter().filter(|one| !one.agrees());
        let mut differing: Vec<Judged> = differing.copied().collect();
        differing.sort_by_key(|one| !one.is_opposite());
        differing
    }

    /// Pairs on which they agree.
    pub fn agreements(&self) -> Vec<Judged> {
        let agreeing = self.judged.iter().filter(|one| one.agrees());
        agreeing.copied().collect()
    }
}
