//! The votes of a class, merged from their codes: whatever the order in which they come, the result is
//! the same, and of every line that is not counted it can be said why.

use super::agreement::Agreement;
use super::code::Fault;
use super::tally::Counts;
use super::{Cast, Mark, Pool};
use crate::evaluation::Estimate;
use crate::evaluation::{bootstrap, interval};
use std::collections::{BTreeMap, BTreeSet};

/// Names the draws of the bootstrap; never changed, or old results could not be made again.
const DRAWS: &str = "blind-vote";
/// What may stand between a name and the code behind it.
const MARKS: [char; 5] = [':', ',', ';', '\t', '\u{ff1a}'];

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is counted.
    Counted,
    /// It is counted, and so is another vote with the same ballot number, which happens to two
    /// people of thirty once in a thousand times.
    Twin,
    /// The same code stands above.
    Repeated,
    /// The same ballot is there with more votes, which are counted.
    Shorter,
    /// It is of another run than the others.
    OtherRun,
    /// It is no code.
    Broken(Fault),
}

impl Standing {
    /// Whether its votes are in the result.
    pub fn is_counted(self) -> bool {
        matches!(self, Standing::Counted | Standing::Twin)
    }
}

/// A line that was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// As it was written.
    pub text: String,
    /// What became of it.
    pub standing: Standing,
}

/// The votes of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Class {
    /// The pool they are about; none before there is one.
    pub mark: Option<Mark>,
    /// Every line that is not empty, in the order in which they were brought.
    pub lines: Vec<Line>,
    /// The votes that are counted, in an order that does not hang on that of the lines.
    pub ballots: Vec<Cast>,
}

impl Class {
    /// Reads codes, one a line; what stands before a colon, comma, semicolon or tab is a name and not
    /// read. Without a pool they are about whichever most of them are about.
    pub fn merge(text: &str, pool: Option<&Pool>) -> Self {
        let written: Vec<&str> = text.lines().map(str::trim).collect();
        let written = written.into_iter().filter(|line| !line.is_empty());
        let read: Vec<(&str, Result<Cast, Fault>)> =
            written.map(|line| (line, read(line, pool))).collect();
        let casts: BTreeSet<&Cast> = read.iter().flat_map(|(_, cast)| cast).collect();
        let mark = pool.map(|pool| pool.mark).or_else(|| commonest(&casts));
        let mut ballots: BTreeMap<u32, Vec<&Cast>> = BTreeMap::new();
        for cast in casts.into_iter().filter(|cast| Some(cast.mark) == mark) {
            ballots.entry(cast.ballot).or_default().push(cast);
        }
        for same in ballots.values_mut() {
            let all = same.clone();
            same.retain(|one| !all.iter().any(|other| goes_on(one, other)));
        }
        let mut seen = BTreeSet::new();
        let lines = read.iter().map(|(text, cast)| Line {
            text: (*text).to_owned(),
            standing: match cast {
                Err(fault) => Standing::Broken(*fault),
                Ok(cast) if Some(cast.mark) != mark => Standing::OtherRun,
                Ok(cast) if !seen.insert(cast) => Standing::Repeated,
                Ok(cast) => match ballots.get(&cast.ballot).map(Vec::as_slice) {
                    Some(same) if !same.contains(&cast) => Standing::Shorter,
                    Some([_, _, ..]) => Standing::Twin,
                    _ => Standing::Counted,
                },
            },
        });
        Self {
            mark,
            lines: lines.collect(),
            ballots: ballots.into_values().flatten().cloned().collect(),
        }
    }

    /// What was preferred of each pair, in the order of the pool.
    pub fn questions(&self) -> Vec<Counts> {
        let most = self.ballots.iter().map(|one| one.votes.len()).max();
        let on = |pair: usize| {
            let votes = self.ballots.iter().filter_map(|one| one.votes.get(pair));
            Counts::of(votes.copied())
        };
        (0..most.unwrap_or(0)).map(on).collect()
    }

    /// What was preferred of all pairs together that are `asked` for by their places.
    pub fn counts(&self, asked: impl Fn(usize) -> bool) -> Counts {
        let votes = self.ballots.iter().flat_map(|one| {
            let placed = one.votes.iter().enumerate();
            placed.filter(|(pair, _)| asked(*pair))
        });
        Counts::of(votes.map(|(_, vote)| *vote))
    }

    /// The trained model's win rate on the pairs that are `asked` for, every vote weighing the same,
    /// with a 95 % interval over people.
    ///
    /// One person's votes are no independent draws: somebody strict is strict ten times. So whole
    /// people are drawn again, a thousand times, as many and with replacement, and the rate computed
    /// anew; the middle 95 % are the interval (the cluster bootstrap: A. C. Davison and D. V. Hinkley,
    /// Bootstrap Methods and their Application, 1997, section 3.8). It says what another class might
    /// find on the same questions. Where all have the same rate there is nothing to draw anew, and
    /// Wilson's interval over people stands in; one person alone has that of their votes.
    pub fn win_rate(&self, asked: impl Fn(usize) -> bool) -> Estimate {
        let of_one = |cast: &Cast| {
            let placed = cast.votes.iter().enumerate();
            let votes = placed.filter(|(pair, _)| asked(*pair));
            Counts::of(votes.map(|(_, vote)| *vote))
        };
        let people: Vec<Counts> = self.ballots.iter().map(of_one).collect();
        let people: Vec<(usize, usize)> = people
            .iter()
            .map(|one| (one.halves(), one.total()))
            .filter(|(_, total)| *total > 0)
            .collect();
        let sum = |part: fn(&(usize, usize)) -> usize| people.iter().map(part).sum::<usize>();
        let (halves, total) = (sum(|one| one.0), sum(|one| one.1));
        let Some((first_halves, first_total)) = people.first().filter(|_| people.len() > 1) else {
            return interval::share_with_halves(halves, total);
        };
        let same_rate =
            |(halves, total): &(usize, usize)| halves * first_total == first_halves * total;
        if people.iter().all(same_rate) {
            return interval::share_of_units(halves as f64 / (2 * total) as f64, people.len());
        }
        let rate = |drawn: &[u32]| {
            let (mut halves, mut total) = (0, 0);
            for (one, times) in people.iter().zip(drawn) {
                halves += one.0 * *times as usize;
                total += one.1 * *times as usize;
            }
            (total > 0).then(|| halves as f64 / (2 * total) as f64)
        };
        let (low, high) = bootstrap::interval(DRAWS, people.len(), rate).unwrap_or((0.0, 1.0));
        Estimate {
            value: (halves as f64 / (2 * total) as f64) as f32,
            low: low as f32,
            high: high as f32,
        }
    }

    /// How far people agree; none while nobody judged what somebody else did.
    pub fn agreement(&self) -> Option<Agreement> {
        let questions: Vec<[usize; 4]> = self.questions().iter().map(|one| one.0).collect();
        Agreement::of(&questions)
    }
}

/// The code in a line.
fn read(line: &str, pool: Option<&Pool>) -> Result<Cast, Fault> {
    let cast = Cast::from_code(line.rsplit(MARKS).next().unwrap_or(line))?;
    let beyond =
        pool.is_some_and(|pool| pool.mark == cast.mark && cast.votes.len() > pool.pairs.len());
    if beyond {
        return Err(Fault::Nonsense);
    }
    Ok(cast)
}

/// The pool that most votes are about; of several the one with the smallest mark.
fn commonest(casts: &BTreeSet<&Cast>) -> Option<Mark> {
    let mut counts: BTreeMap<Mark, usize> = BTreeMap::new();
    for cast in casts {
        *counts.entry(cast.mark).or_default() += 1;
    }
    let most = counts.values().copied().max()?;
    let mut with_most = counts.into_iter().filter(|(_, count)| *count == most);
    with_most.next().map(|(mark, _)| mark)
}

/// Whether a vote of the same ballot says the same as another, and the other more.
fn goes_on(one: &Cast, other: &Cast) -> bool {
    one.votes.len() < other.votes.len() && other.votes.starts_with(&one.votes)
}
