//! A file looked through: its first rows, or those that have some words.

use super::{Desk, File};
use crate::alignment::data::QueryGroup;
use crate::formats::external_memory::Entry;
use crate::lab::error::LabError;
use serde::{Deserialize, Serialize};

/// Queries shown at once.
pub const MOST_SHOWN: usize = 10;
/// Characters of one text that are shown.
const MOST_CHARACTERS: usize = 1_500;
/// Responses to one query that are shown.
const MOST_RESPONSES: usize = 12;

/// Queries that were looked for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// How many there are.
    pub count: u32,
    /// Some of them.
    pub shown: Vec<Shown>,
}

/// A query with its responses, as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shown {
    /// Its place in the file, from 1.
    pub number: u32,
    /// The query; long texts end with an ellipsis.
    pub query: String,
    /// Its first responses.
    pub responses: Vec<Response>,
    /// Responses that are not shown.
    pub more: u32,
}

/// A response as it is shown.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Response {
    /// Its words.
    pub text: String,
    /// Its score.
    pub score: Option<f32>,
    /// Where it came from.
    pub model: String,
}

/// What an interaction says, wherever it was written down.
pub(super) struct Said<'a> {
    pub(super) label: &'static str,
    pub(super) question: &'a str,
    /// Draft and revision with alignment and purpose.
    pub(super) answers: [(&'a str, Option<f32>, &'static str); 2],
}

pub(super) fn said(entry: &Entry) -> Said<'_> {
    let known = |score: i8| (score > 0).then(|| f32::from(score));
    macro_rules! of {
        ($one:ident) => {
            Said {
                label: $one.label.name(),
                question: &$one.question,
                answers: [
                    (
                        &$one.draft_answer,
                        known($one.gen_moral_score_before),
                        "draft",
                    ),
                    (
                        &$one.revised_answer,
                        known($one.gen_moral_score_after),
                        "revision",
                    ),
                ],
            }
        };
    }
    match entry {
        Entry::Whole(one) => of!(one),
        Entry::Published(one) => of!(one),
    }
}

/// The beginning of a text.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Whether a text has the words, whatever the case of Latin letters.
fn has(text: &str, words: &str) -> bool {
    let (text, words) = (text.as_bytes(), words.as_bytes());
    let Some(first) = words.first() else {
        return true;
    };
    let ends = |at: usize| text.get(at..at + words.len());
    text.iter().enumerate().any(|(at, byte)| {
        byte.eq_ignore_ascii_case(first)
            && ends(at).is_some_and(|part| part.eq_ignore_ascii_case(words))
    })
}

/// Something with a query and responses.
enum One<'a> {
    Group(&'a QueryGroup),
    Entry(&'a Entry),
}

impl One<'_> {
    fn has(&self, words: &str) -> bool {
        match self {
            One::Group(group) => {
                has(&group.query, words) || group.responses.iter().any(|text| has(text, words))
            }
            One::Entry(entry) => {
                let said = said(entry);
                has(said.question, words) || said.answers.iter().any(|one| has(one.0, words))
            }
        }
    }

    fn shown(&self, number: u32) -> Shown {
        let response = |text: &str, score, model: String| Response {
            text: beginning(text),
            score,
            model,
        };
        let (query, responses, count) = match self {
            One::Group(group) => {
                let scored = group.responses.iter().zip(&group.scores).zip(&group.models);
                let responses = scored
                    .take(MOST_RESPONSES)
                    .map(|((text, score), model)| response(text, Some(*score), model.clone()));
                (&*group.query, responses.collect(), group.responses.len())
            }
            One::Entry(entry) => {
                let said = said(entry);
                let answers = said.answers.map(|(text, score, purpose)| {
                    response(text, score, format!("{}/{purpose}", said.label))
                });
                (said.question, Vec::from(answers), 2)
            }
        };
        Shown {
            number,
            query: beginning(query),
            more: (count - responses.len()) as u32,
            responses,
        }
    }
}

impl File {
    /// The queries that have the words in them or in a response, beginning with the one after
    /// `skip` others; all of them for no words.
    pub fn find(&self, words: &str, skip: u32) -> Found {
        let words = words.trim();
        let groups = self.groups.iter().map(One::Group);
        let all = groups.chain(self.entries.iter().map(One::Entry));
        let mut found = Found::default();
        for (number, one) in (1u32..).zip(all) {
            if !one.has(words) {
                continue;
            }
            found.count += 1;
            if found.count > skip && found.shown.len() < MOST_SHOWN {
                found.shown.push(one.shown(number));
            }
        }
        found
    }
}

impl Desk {
    /// As [`File::find`].
    ///
    /// # Errors
    /// [`LabError::Import`] if nothing was read.
    pub fn find(&self, words: &str, skip: u32) -> Result<Found, LabError> {
        Ok(self.file()?.find(words, skip))
    }
}
