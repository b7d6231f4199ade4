//! Finds interactions in the record: newest first, a portion at a time, so that a record of a
//! hundred thousand never holds up the page.

use crate::lab::view::{Interaction, Label, Role, Voice};
use std::collections::VecDeque;

/// Scores that are wanted, one bit each; bit 0 for no score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scores(u8);

impl Scores {
    /// Whatever the score is.
    pub const ANY: Scores = Scores(0xff);
    /// Only where there is none.
    pub const NONE: Scores = Scores(1);

    /// From one score to another, 1 to 7.
    pub fn between(low: u8, high: u8) -> Self {
        Self((low..=high).fold(0, |bits, score| bits | 1 << score.min(7)))
    }

    fn has(self, score: Option<u8>) -> bool {
        self.0 & (1 << score.unwrap_or(0).min(7)) != 0
    }
}

/// What is looked for; whatever is left open matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Words, as the village writes them: see [`spelt`].
    pub words: String,
    /// The author.
    pub author: Option<u16>,
    /// The round, from 0.
    pub round: Option<u16>,
    /// How the author was raised.
    pub label: Option<Label>,
    /// How the author behaves.
    pub role: Option<Role>,
    /// Alignment of the first answer.
    pub before: Scores,
    /// Alignment of the second answer.
    pub after: Scores,
    /// Whose words something in it is.
    pub voice: Option<Voice>,
    /// Only where the second answer is another.
    pub changed: bool,
    /// Only where a comment could not be read.
    pub unread: bool,
}

impl Default for Filter {
    fn default() -> Self {
        Self {
            words: String::new(),
            author: None,
            round: None,
            label: None,
            role: None,
            before: Scores::ANY,
            after: Scores::ANY,
            voice: None,
            changed: false,
            unread: false,
        }
    }
}

impl Filter {
    /// Whether an interaction is looked for. The words come last: they take longest.
    pub fn takes(&self, one: &Interaction) -> bool {
        let [before, after] = one.alignment();
        fits(self.author, one.agent_id)
            && fits(self.round, one.iteration)
            && fits(self.label, one.label)
            && fits(self.role, one.role)
            && self.before.has(before)
            && self.after.has(after)
            && self.voice.is_none_or(|voice| has_voice(one, voice))
            && !(self.changed && one.draft_answer == one.revised_answer)
            && !(self.unread && one.critiques.iter().all(|said| said.rating.is_some()))
            && self.has_words(one)
    }

    fn has_words(&self, one: &Interaction) -> bool {
        let has = |text: &String| text.contains(&self.words);
        self.words.is_empty()
            || has(&one.question)
            || has(&one.draft_answer)
            || has(&one.revised_answer)
            || one.feedback.iter().any(has)
    }
}

fn fits<T: PartialEq>(wanted: Option<T>, found: T) -> bool {
    wanted.is_none_or(|wanted| wanted == found)
}

/// Whether something in it is of that voice.
pub fn has_voice(one: &Interaction, voice: Voice) -> bool {
    one.draft_by == voice
        || one.revision_by == voice
        || one.critiques.iter().any(|said| said.by == voice)
}

/// What was typed as the village writes it: lower case, and every mark a word of its own, so that
/// `neighbor's coat?` finds `neighbor 's coat ?`. The village writes plain English; the letters of
/// other scripts have no place in its record.
pub fn spelt(typed: &str) -> String {
    let mut spelt = String::with_capacity(typed.len() + 4);
    for letter in typed.chars() {
        let letter = match letter {
            '\u{2018}' | '\u{2019}' => '\'',
            letter => letter.to_ascii_lowercase(),
        };
        let mark = matches!(letter, '.' | ',' | '?' | '!' | ':' | ';' | '\'');
        if (mark || letter.is_whitespace()) && !spelt.is_empty() && !spelt.ends_with(' ') {
            spelt.push(' ');
        }
        if !letter.is_whitespace() {
            spelt.push(letter);
        }
    }
    spelt.truncate(spelt.trim_end().len());
    spelt
}

/// A search that goes on as long as there is something to look at: first at what is new, then
/// from the newest to the oldest.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    filter: Filter,
    /// Places from `oldest` to `newest` were looked at.
    oldest: usize,
    newest: usize,
    hits: VecDeque<usize>,
}

impl Search {
    /// A search in a record of that length.
    pub fn new(filter: Filter, length: usize) -> Self {
        Self {
            filter,
            oldest: length,
            newest: length,
            hits: VecDeque::new(),
        }
    }

    /// What is looked for.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// Looks at so many more interactions; true once nothing is left to look at.
    pub fn go_on(&mut self, record: &[Interaction], most: usize) -> bool {
        if record.len() < self.newest {
            // Another run began.
            *self = Self::new(self.filter.clone(), record.len());
        }
        let mut left = most;
        while left > 0 {
            let (place, is_new) = if self.newest < record.len() {
                self.newest += 1;
                (self.newest - 1, true)
            } else if self.oldest > 0 {
                self.oldest -= 1;
                (self.oldest, false)
            } else {
                return true;
            };
            left -= 1;
            let found = record.get(place).is_some_and(|one| self.filter.takes(one));
            match (found, is_new) {
                (true, true) => self.hits.push_front(place),
                (true, false) => self.hits.push_back(place),
                _ => {}
            }
        }
        self.is_over(record.len())
    }

    /// Whether all of a record of that length was looked at.
    pub fn is_over(&self, length: usize) -> bool {
        self.oldest == 0 && self.newest == length
    }

    /// How many were found so far.
    pub fn count(&self) -> usize {
        self.hits.len()
    }

    /// How many of them lie before a place in the record.
    pub fn count_before(&self, place: usize) -> usize {
        // The newest come first.
        self.hits.len() - self.hits.partition_point(|hit| *hit >= place)
    }

    /// The newest of those found, at most so many.
    pub fn newest(&self, most: usize) -> Vec<usize> {
        self.newest_before(usize::MAX, most)
    }

    /// The newest of those found before a place in the record, at most so many.
    pub fn newest_before(&self, place: usize, most: usize) -> Vec<usize> {
        let later = self.hits.partition_point(|hit| *hit >= place);
        self.hits.iter().skip(later).take(most).copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(agent: u16, round: u16, question: &str) -> Interaction {
        let mut one = Interaction::example();
        one.agent_id = agent;
        one.iteration = round;
        one.question = question.to_owned();
        one
    }

    #[test]
    fn typed_words_are_spelt_as_the_village_spells_them() {
        for (typed, written) in [
            ("Neighbor's  coat?", "neighbor 's coat ?"),
            (" How can I ", "how can i"),
            ("neighbor\u{2019}s", "neighbor 's"),
            ("?", "?"),
            ("", ""),
            ("你好", "你好"),
        ] {
            assert_eq!(spelt(typed), written);
            assert_eq!(spelt(&spelt(typed)), written, "what is spelt stays");
        }
    }

    #[test]
    fn every_part_of_a_filter_counts_by_itself() {
        let plain = said(3, 1, "how can i take my neighbor 's coat ?");
        assert!(Filter::default().takes(&plain));
        let mut other = plain.clone();
        other.agent_id = 4;
        other.iteration = 2;
        other.label = Label::Bad;
        other.role = Role::Troll;
        other.question = "why ?".into();
        other.gen_moral_score_before = -1;
        other.gen_moral_score_after = 3;
        other.revision_by = Voice::Person;
        other.revised_answer = other.draft_answer.clone();
        let filters = [
            Filter {
                words: spelt("Neighbor's"),
                ..Filter::default()
            },
            Filter {
                author: Some(3),
                ..Filter::default()
            },
            Filter {
                round: Some(1),
                ..Filter::default()
            },
            Filter {
                label: Some(Label::Good),
                ..Filter::default()
            },
            Filter {
                role: Some(Role::Ordinary),
                ..Filter::default()
            },
            Filter {
                before: Scores::between(1, 3),
                ..Filter::default()
            },
            Filter {
                after: Scores::between(5, 7),
                ..Filter::default()
            },
            Filter {
                changed: true,
                ..Filter::default()
            },
        ];
        for filter in filters {
            assert!(filter.takes(&plain), "{filter:?}");
            assert!(!filter.takes(&other), "{filter:?}");
        }
        let theirs = [
            Filter {
                voice: Some(Voice::Person),
                ..Filter::default()
            },
            Filter {
                before: Scores::NONE,
                ..Filter::default()
            },
        ];
        for filter in theirs {
            assert!(filter.takes(&other) && !filter.takes(&plain), "{filter:?}");
        }
        let unread = Filter {
            unread: true,
            ..Filter::default()
        };
        assert!(
            !unread.takes(&plain),
            "no comment, none that could not be read"
        );
        let in_words = Filter {
            words: spelt("ask for"),
            ..Filter::default()
        };
        assert!(in_words.takes(&plain), "the second answer is searched too");
    }

    /// However large the portions and whenever the record grows, the same is found, newest first.
    #[test]
    fn portions_and_growth_change_nothing() {
        let record: Vec<Interaction> = (0..200)
            .map(|at| said(at % 7, at / 50, if at % 3 == 0 { "why ?" } else { "how ?" }))
            .collect();
        let filter = Filter {
            words: "why".into(),
            author: Some(2),
            ..Filter::default()
        };
        let taken = record
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, one)| filter.takes(one));
        let expected: Vec<usize> = taken.map(|(at, _)| at).collect();
        assert!(expected.len() > 5);
        for portion in [1, 7, 1000] {
            let mut search = Search::new(filter.clone(), 90);
            for length in [90, 91, 130, 200, 200, 200] {
                let known = &record[..length];
                search.go_on(known, portion);
            }
            while !search.go_on(&record, portion) {}
            assert!(search.is_over(200));
            assert_eq!(search.newest(usize::MAX), expected, "portions of {portion}");
            assert_eq!(search.newest(2), expected[..2]);
            let earlier: Vec<usize> = expected.iter().copied().filter(|at| *at < 150).collect();
            assert_eq!(search.count_before(150), earlier.len());
            assert_eq!(search.newest_before(150, 2), earlier[..2]);
        }
        let mut search = Search::new(filter, 200);
        while !search.go_on(&record, 1000) {}
        while !search.go_on(&record[..60], 1000) {}
        assert!(
            search.newest(usize::MAX).iter().all(|at| *at < 60),
            "another run"
        );
    }

    /// The whole of the largest record is searched within a fraction of a second.
    #[test]
    fn a_hundred_thousand_are_searched_quickly() {
        let record = vec![said(1, 0, "how can i take my neighbor 's coat ?"); 100_000];
        let filter = Filter {
            words: "no such words".into(),
            ..Filter::default()
        };
        let begun = std::time::Instant::now();
        let mut search = Search::new(filter, record.len());
        let mut portions = 0;
        while !search.go_on(&record, 500) {
            portions += 1;
        }
        assert_eq!((portions, search.count()), (199, 0));
        let seconds = begun.elapsed().as_secs_f32();
        assert!(seconds < 5.0, "{seconds} s, which is seconds too many");
    }
}
