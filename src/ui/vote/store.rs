//! What this browser keeps of votes: the newest ballots, and the codes of the class. A few kilobytes
//! of text; where the browser keeps nothing, they stay until the page is closed, and it is said.

use super::super::memory;
use crate::lab::vote::{Ballot, Pool};
use std::cell::RefCell;

const BALLOTS: &str = "mores.votes";
const CLASS: &str = "mores.class";
/// Ballots that are kept; the oldest go.
const MOST: usize = 200;
/// Characters of the class's codes that are kept: of a thousand people.
const MOST_CODES: usize = 60_000;

thread_local! {
    /// A copy for browsers that keep nothing.
    static HERE: RefCell<(Vec<String>, String)> = const { RefCell::new((Vec::new(), String::new())) };
}

fn lines() -> Vec<String> {
    match memory::recall(BALLOTS) {
        Some(kept) => kept.lines().map(str::to_owned).collect(),
        None => HERE.with_borrow(|here| here.0.clone()),
    }
}

/// The ballots on a pool, the newest last.
pub fn ballots(pool: &Pool) -> Vec<Ballot> {
    let kept = lines();
    let read = kept.iter().filter_map(|line| Ballot::from_line(line));
    read.filter(|ballot| ballot.fits(pool)).collect()
}

/// The ballot that was cast last on a pool, or an empty one.
pub fn newest(pool: &Pool) -> Ballot {
    let last = ballots(pool).pop();
    last.unwrap_or_else(|| Ballot::new(pool, memory::fresh_number()))
}

/// Keeps a ballot, in place of what was kept of it; whether the browser did.
pub fn keep(ballot: &Ballot) -> bool {
    let mut lines = lines();
    lines.retain(|line| {
        let known = Ballot::from_line(line);
        known.is_some_and(|known| (known.mark, known.number) != (ballot.mark, ballot.number))
    });
    lines.push(ballot.to_line());
    let surplus = lines.len().saturating_sub(MOST);
    lines.drain(..surplus);
    let kept = memory::remember(BALLOTS, &lines.join("\n"));
    HERE.with_borrow_mut(|here| here.0 = lines);
    kept
}

/// The codes of the class, as they were typed.
pub fn class() -> String {
    let kept = memory::recall(CLASS);
    kept.unwrap_or_else(|| HERE.with_borrow(|here| here.1.clone()))
}

/// Keeps the codes of the class; whether the browser did.
pub fn keep_class(text: &str) -> bool {
    HERE.with_borrow_mut(|here| text.clone_into(&mut here.1));
    text.len() <= MOST_CODES && memory::remember(CLASS, text)
}
