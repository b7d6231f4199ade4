//! A vote to take home: as JSON that a page can read again, and as comma-separated lines.

use super::deal::deal;
use super::{Answer, Ballot, Cast, Class, Mark, Pair, Pool, Preference};
use crate::lab::receipt::Receipt;
use serde::{Deserialize, Serialize};

/// Version of the form this build writes.
const VERSION: u32 = 1;
/// What a file of votes says it is.
const FORMAT: &str = "mores-votes";

/// One person's vote, with everything that was judged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct VotesFile {
    format: String,
    version: u32,
    /// The pool's mark.
    run: String,
    ballot: u32,
    code: String,
    /// The link that does the run again, and what it came to.
    link: Option<String>,
    receipt: Option<Receipt>,
    /// All pairs of the pool, in its order; the judged ones first.
    pairs: Vec<PairInFile>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PairInFile {
    suite: String,
    question: String,
    base: AnswerInFile,
    trained: AnswerInFile,
    /// Whose answer stood first.
    first: String,
    /// What was preferred; none where it was not judged.
    vote: Option<String>,
    judge: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct AnswerInFile {
    text: String,
    alignment: u8,
    engagement: u8,
    bad: bool,
}

impl AnswerInFile {
    fn of(answer: &Answer) -> Self {
        Self {
            text: answer.text.clone(),
            alignment: answer.alignment,
            engagement: answer.engagement,
            bad: answer.bad,
        }
    }

    fn again(self) -> Answer {
        Answer {
            text: self.text,
            alignment: self.alignment,
            engagement: self.engagement,
            bad: self.bad,
        }
    }
}

impl VotesFile {
    /// A ballot over which the curtain was raised; none before.
    pub fn of(
        pool: &Pool,
        ballot: &Ballot,
        link: Option<String>,
        receipt: Option<Receipt>,
    ) -> Option<Self> {
        let cast = ballot.cast(pool)?;
        let dealt = deal(pool, ballot.number);
        let pair = |(place, pair): (usize, &Pair)| {
            let dealt = dealt.iter().find(|dealt| dealt.pair == place);
            let first = match dealt {
                Some(dealt) if dealt.trained_first => Preference::Trained,
                _ => Preference::Base,
            };
            PairInFile {
                suite: pair.suite.clone(),
                question: pair.question.clone(),
                base: AnswerInFile::of(&pair.answers[0]),
                trained: AnswerInFile::of(&pair.answers[1]),
                first: first.name().to_owned(),
                vote: cast.votes.get(place).map(|vote| vote.name().to_owned()),
                judge: pair.judged().name().to_owned(),
            }
        };
        Some(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            run: pool.mark.hex(),
            ballot: ballot.number,
            code: cast.to_code(),
            link,
            receipt,
            pairs: pool.pairs.iter().enumerate().map(pair).collect(),
        })
    }

    /// As JSON.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        serde_json::to_string_pretty(self)
    }

    /// Reads such a file: what was judged, and the code of the vote. None if it is no such file, or
    /// was changed.
    pub fn read(text: &str) -> Option<(Pool, String)> {
        let file: Self = serde_json::from_str(text).ok()?;
        let mark = Mark::from_hex(&file.run)?;
        if file.format != FORMAT || file.version != VERSION {
            return None;
        }
        let pairs = file.pairs.into_iter().map(|pair| Pair {
            suite: pair.suite,
            question: pair.question,
            answers: [pair.base.again(), pair.trained.again()],
        });
        let pool = Pool::from_pairs(pairs.collect());
        let cast = Cast::from_code(&file.code).ok()?;
        let fits = pool.mark == mark && cast.mark == mark && cast.votes.len() <= pool.pairs.len();
        fits.then_some((pool, file.code))
    }
}

/// The heads of the lines.
const HEAD: &str = "run,ballot,pair,suite,kind,question,base,trained,vote,judge";

/// One line a vote, of every ballot; the questions are left empty where they are not known.
pub fn csv(ballots: &[Cast], pool: Option<&Pool>) -> String {
    let mut text = format!("{HEAD}\n");
    for cast in ballots {
        for (place, vote) in cast.votes.iter().enumerate() {
            let pair = pool.and_then(|pool| pool.pairs.get(place));
            let of_pair = pair.map_or_else(Default::default, |pair| {
                let [base, trained] = &pair.answers;
                [
                    pair.suite.as_str(),
                    pair.kind().name(),
                    &pair.question,
                    &base.text,
                    &trained.text,
                ]
                .map(cell)
            });
            let judge = pair.map_or("", |pair| pair.judged().name());
            text.push_str(&format!(
                "{},{},{},{},{},{judge}\n",
                cast.mark.hex(),
                cast.ballot,
                place + 1,
                of_pair.join(","),
                vote.name()
            ));
        }
    }
    text
}

impl Class {
    /// Every vote of the class, a line each: see [`csv`].
    pub fn to_csv(&self, pool: Option<&Pool>) -> String {
        csv(
            &self.ballots,
            pool.filter(|pool| Some(pool.mark) == self.mark),
        )
    }
}

/// A cell of a comma-separated file.
fn cell(words: &str) -> String {
    if words.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", words.replace('"', "\"\""))
    } else {
        words.to_owned()
    }
}
