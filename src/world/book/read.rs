//! Sentences read back: which patterns they could come from, and what stands in the gaps.
//!
//! Exact, for any text, and bounded: a sentence is compared with the patterns that begin with its
//! first word, gap by gap against the fillings that gap allows.

use super::Book;
use super::sentence::{Class, Gap, Piece, Sentence, article};
use crate::world::situation::Situation;

/// Sentences with fewer words are exact or nothing: one slip could make anything of them.
const SHORTEST_ROUGH: usize = 5;
/// From so many words on two slips are forgiven.
const LONG: usize = 12;

/// Words that turn a sentence into its opposite: no reader takes one of them for a slip of the
/// tongue, neither where it is missing nor where it is too many.
pub(crate) const TURNING: [&str; 9] = [
    "not", "no", "never", "nobody", "nothing", "cannot", "yes", "none", "without",
];

/// Whether a word turns a sentence into its opposite.
pub(crate) fn turns(word: &str) -> bool {
    TURNING.contains(&word)
}

#[cfg(test)]
thread_local! {
    /// Steps of comparing roughly on this thread, so that a test can say that they are bounded.
    pub(crate) static ROUGH_STEPS: core::cell::Cell<usize> = const { core::cell::Cell::new(0) };
}

/// What stands for a gap that is empty, or holds a word that nobody could have asked for.
const STRANGE: (Gap, &str) = (Gap::Slot(""), "");

/// One way to read a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Reading {
    pub(crate) class: Class,
    /// The topic of the sentence, if it belongs to one.
    pub(crate) topic: Option<usize>,
    /// What stands in each gap, articles left out.
    pub(crate) gaps: Vec<(Gap, &'static str)>,
}

impl Reading {
    /// Whether every gap holds what the situation is about, and the topic is the situation's. A
    /// "he" for a "she" fits: the question rarely says which, so it is a slip of grammar at most.
    pub(crate) fn fits(&self, book: &Book, situation: &Situation) -> bool {
        let topic = self.topic.is_none() || self.topic == book.topic_of(situation);
        topic && self.gaps.iter().all(|gap| gap_fits(gap, situation))
    }

    /// Whether every "he" and "she" is the person's whom the situation is about.
    pub(crate) fn pronouns_fit(&self, book: &Book, situation: &Situation) -> bool {
        self.gaps.iter().all(|(gap, word)| match gap {
            Gap::He | Gap::Him | Gap::His => book.filling(gap, situation).as_deref() == Some(*word),
            Gap::List(_) | Gap::Slot(_) | Gap::Article(_) => true,
        })
    }
}

fn gap_fits((gap, word): &(Gap, &'static str), situation: &Situation) -> bool {
    match gap {
        Gap::List(_) | Gap::He | Gap::Him | Gap::His => true,
        Gap::Slot(name) | Gap::Article(name) => situation.slot(name) == Some(*word),
    }
}

impl Book {
    /// Every way to read one sentence (its words, the closing mark included), with or without the
    /// little words before it.
    pub(crate) fn read(&self, words: &[&str]) -> Vec<Reading> {
        let mut readings = Vec::new();
        self.read_whole(words, &mut readings);
        for little in &self.little_words {
            if words.len() > little.len() && words.starts_with(little) {
                self.read_whole(&words[little.len()..], &mut readings);
            }
        }
        readings
    }

    /// The readings of a sentence with slips of the tongue: one word too many, too few or wrong,
    /// two in a long sentence, and never one that turns it into its opposite. Of several the ones
    /// with the fewest slips.
    pub(crate) fn read_roughly(&self, words: &[&str]) -> Vec<Reading> {
        if words.len() < SHORTEST_ROUGH {
            return Vec::new();
        }
        let most = if words.len() < LONG { 1 } else { 2 };
        for slips in 1..=most {
            let mut readings = Vec::new();
            for sentence in &self.tables.sentences {
                if !may_be(&sentence.pieces, words, slips) {
                    continue;
                }
                let mut gaps = Vec::new();
                if self.matches_roughly(sentence, &sentence.pieces, words, &mut gaps, slips) {
                    readings.push(Reading {
                        class: sentence.class,
                        topic: sentence.topic,
                        gaps,
                    });
                }
            }
            if !readings.is_empty() {
                return readings;
            }
        }
        Vec::new()
    }

    fn matches_roughly(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        words: &[&str],
        gaps: &mut Vec<(Gap, &'static str)>,
        slips: usize,
    ) -> bool {
        #[cfg(test)]
        ROUGH_STEPS.set(ROUGH_STEPS.get() + 1);
        let Some((piece, later)) = pieces.split_first() else {
            return words.len() <= slips && !words.iter().any(|word| turns(word));
        };
        match piece {
            Piece::Word(word) => {
                if words.first() == Some(word)
                    && self.matches_roughly(sentence, later, &words[1..], gaps, slips)
                {
                    return true;
                }
            }
            Piece::Gap(gap) => {
                for &filling in self.fillings(gap, sentence.topic) {
                    let Some(left) = after(gap, filling, words) else {
                        continue;
                    };
                    gaps.push((*gap, filling));
                    if self.matches_roughly(sentence, later, left, gaps, slips) {
                        return true;
                    }
                    gaps.pop();
                }
            }
        }
        if slips == 0 {
            return false;
        }
        // A word too many.
        let strange = words.first().filter(|word| !turns(word));
        if strange.is_some() && self.matches_roughly(sentence, pieces, &words[1..], gaps, slips - 1)
        {
            return true;
        }
        let ours_turns = match piece {
            Piece::Word(word) => turns(word),
            Piece::Gap(_) => {
                // Whatever is said instead, it is nothing that the situation could have asked for.
                gaps.push(STRANGE);
                false
            }
        };
        // A word missing; a wrong word.
        let found = !ours_turns
            && (self.matches_roughly(sentence, later, words, gaps, slips - 1)
                || strange.is_some()
                    && self.matches_roughly(sentence, later, &words[1..], gaps, slips - 1));
        if !found && matches!(piece, Piece::Gap(_)) {
            gaps.pop();
        }
        found
    }

    fn read_whole(&self, words: &[&str], readings: &mut Vec<Reading>) {
        let Some(candidates) = words.first().and_then(|first| self.beginnings.get(first)) else {
            return;
        };
        for index in candidates {
            let sentence = &self.tables.sentences[*index];
            let mut gaps = Vec::new();
            if self.matches(sentence, &sentence.pieces, words, &mut gaps) {
                readings.push(Reading {
                    class: sentence.class,
                    topic: sentence.topic,
                    gaps,
                });
            }
        }
    }

    fn matches(
        &self,
        sentence: &Sentence,
        pieces: &[Piece],
        words: &[&str],
        gaps: &mut Vec<(Gap, &'static str)>,
    ) -> bool {
        let Some((piece, later)) = pieces.split_first() else {
            return words.is_empty();
        };
        let gap = match piece {
            Piece::Word(word) => {
                return words.first() == Some(word)
                    && self.matches(sentence, later, &words[1..], gaps);
            }
            Piece::Gap(gap) => gap,
        };
        for &filling in self.fillings(gap, sentence.topic) {
            let Some(left) = after(gap, filling, words) else {
                continue;
            };
            gaps.push((*gap, filling));
            if self.matches(sentence, later, left, gaps) {
                return true;
            }
            gaps.pop();
        }
        false
    }
}

/// Whether a sentence could be said with so few slips: neither much longer nor much shorter (gaps
/// may hold several words, hence the allowance), and with nearly all of its own words.
fn may_be(pieces: &[Piece], words: &[&str], slips: usize) -> bool {
    let absent = |piece: &&Piece| matches!(piece, Piece::Word(word) if !words.contains(word));
    pieces.len().abs_diff(words.len()) <= slips + 4
        && pieces.iter().filter(absent).nth(slips).is_none()
}

/// What is left of the words behind a filling; `None` if they don't begin with it.
fn after<'a, 'w>(gap: &Gap, filling: &str, mut words: &'a [&'w str]) -> Option<&'a [&'w str]> {
    if matches!(gap, Gap::Article(_)) {
        let (first, rest) = words.split_first()?;
        if *first != article(filling) {
            return None;
        }
        words = rest;
    }
    for part in filling.split('_') {
        let (first, rest) = words.split_first()?;
        if *first != part {
            return None;
        }
        words = rest;
    }
    Some(words)
}
