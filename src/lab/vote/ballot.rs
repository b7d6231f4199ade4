//! What one person pressed, pair by pair, and how far they have come.

use super::code::Cast;
use super::deal::{Dealt, deal};
use super::{Mark, Pool, Preference, ROUND};

/// What can be pressed, knowing nothing of models.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Press {
    /// The first answer is better.
    First,
    /// The second is.
    Second,
    /// Neither is.
    Alike,
    /// Both are bad.
    BothBad,
}

impl Press {
    /// The key that presses it, which is also how it is kept.
    pub fn key(self) -> char {
        match self {
            Press::First => '1',
            Press::Second => '2',
            Press::BothBad => '3',
            Press::Alike => '0',
        }
    }

    /// What a key presses.
    pub fn from_key(key: char) -> Option<Self> {
        let all = [Press::First, Press::Second, Press::Alike, Press::BothBad];
        all.into_iter().find(|press| press.key() == key)
    }

    /// What it means, once it is known who stood where.
    fn on(self, dealt: Dealt) -> Preference {
        match (self, dealt.trained_first) {
            (Press::First, true) | (Press::Second, false) => Preference::Trained,
            (Press::First, false) | (Press::Second, true) => Preference::Base,
            (Press::Alike, _) => Preference::Alike,
            (Press::BothBad, _) => Preference::BothBad,
        }
    }
}

/// One person's vote on the pairs of a pool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ballot {
    /// Which pool.
    pub mark: Mark,
    /// Its number, from which order and sides are drawn.
    pub number: u32,
    /// After how many pairs the curtain can be raised.
    pub goal: usize,
    /// How many pairs had been judged when it was last raised; they can't be judged again.
    pub raised: usize,
    presses: Vec<Press>,
}

impl Ballot {
    /// Bits of a ballot's number.
    pub const BITS: u32 = 19;

    /// An empty one. Bits beyond [`Ballot::BITS`] are dropped.
    pub fn new(pool: &Pool, number: u32) -> Self {
        Self {
            mark: pool.mark,
            number: number & ((1 << Self::BITS) - 1),
            goal: ROUND.min(pool.pairs.len()),
            raised: 0,
            presses: Vec::new(),
        }
    }

    /// Pairs judged.
    pub fn judged(&self) -> usize {
        self.presses.len()
    }

    /// Whether the curtain is up: nobody who knows who wrote what goes on judging.
    pub fn is_open(&self) -> bool {
        self.raised > 0 && self.raised == self.goal
    }

    /// Whether all pairs of this goal are judged.
    pub fn is_complete(&self) -> bool {
        self.judged() >= self.goal
    }

    /// Judges the next pair, unless all are judged.
    pub fn press(&mut self, press: Press) {
        if !self.is_complete() {
            self.presses.push(press);
        }
    }

    /// Takes the last judgement back, if the curtain was not raised over it.
    pub fn take_back(&mut self) {
        if self.can_take_back() {
            self.presses.pop();
        }
    }

    /// Whether there is a judgement to take back.
    pub fn can_take_back(&self) -> bool {
        self.judged() > self.raised
    }

    /// Raises the curtain over a complete ballot.
    pub fn raise(&mut self) {
        if self.is_complete() {
            self.raised = self.goal;
        }
    }

    /// Goes on with another round, if there are pairs left.
    pub fn go_on(&mut self, pool: &Pool) {
        self.goal = (self.goal + ROUND).min(pool.pairs.len());
    }

    /// What was preferred of the pairs judged, by their places in the pool. Of a complete ballot
    /// these are the pool's first ones without a gap.
    pub fn preferences(&self, pool: &Pool) -> Vec<(usize, Preference)> {
        let dealt = deal(pool, self.number).into_iter().zip(&self.presses);
        let mut found: Vec<(usize, Preference)> = dealt
            .map(|(dealt, press)| (dealt.pair, press.on(dealt)))
            .collect();
        found.sort_by_key(|(pair, _)| *pair);
        found
    }

    /// The vote as a code carries it; none while the curtain is down.
    pub fn cast(&self, pool: &Pool) -> Option<Cast> {
        let preferences = self.preferences(pool).into_iter();
        self.is_open().then(|| Cast {
            mark: self.mark,
            ballot: self.number,
            votes: preferences.map(|(_, preference)| preference).collect(),
        })
    }

    /// As one line, for the browser's storage.
    pub fn to_line(&self) -> String {
        let presses: String = self.presses.iter().map(|press| press.key()).collect();
        let Self {
            number,
            goal,
            raised,
            ..
        } = self;
        format!("{} {number} {goal} {raised} {presses}", self.mark.hex())
    }

    /// Reads such a line; none if it was tampered with.
    pub fn from_line(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let mark = Mark::from_hex(words.next()?)?;
        let number: u32 = words.next()?.parse().ok()?;
        let mut count = || words.next()?.parse::<usize>().ok();
        let (goal, raised) = (count()?, count()?);
        let presses = words.next()?.chars().map(Press::from_key);
        let ballot = Self {
            mark,
            number,
            goal,
            raised,
            presses: presses.collect::<Option<Vec<Press>>>()?,
        };
        let judged = ballot.judged();
        let sound = number >> Self::BITS == 0
            && (1..=Pool::MOST).contains(&goal)
            && raised <= judged
            && judged <= goal;
        sound.then_some(ballot)
    }

    /// Whether it can be of this pool.
    pub fn fits(&self, pool: &Pool) -> bool {
        self.mark == pool.mark && self.goal <= pool.pairs.len()
    }
}
