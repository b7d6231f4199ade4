//! The corpus of the base model: what people of all kinds have asked, answered and remarked.
//!
//! It is mediocre on purpose. It teaches what a society needs: answers of every quality, a memory
//! that foretells the next answer, a critic who judges as their own memory would, a reviser who
//! mostly, not blindly, does what the last comment asks, and a little small talk. [`entropy`] says
//! how much of it nobody can foretell.

mod entropy;
mod small_talk;
mod write;

#[cfg(test)]
mod tests;

use super::answer::Persona;
use super::book::book;
use super::chance::{Fixed, Ledger, Tally, fingerprint, weighted};
use super::critic::Comment;
pub use entropy::{Entropy, entropy};
use serde::{Deserialize, Serialize};

/// Words in the longest document, prompt and completion together.
pub const LONGEST_DOCUMENT: usize = 186;
/// Tokens of an answer at most, the end included: whoever lets a model speak gives it as many.
/// Together with the longest prompt they fit the models' context.
pub const LONGEST_REPLY: usize = 70;
/// Tokens of a critique at most, rating, colon and end included.
pub const LONGEST_CRITIQUE: usize = 40;

/// What a document teaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum DocumentKind {
    /// A question and an answer.
    Plain,
    /// The same, after something the same person answered earlier.
    Remembered,
    /// A rating and a reason for somebody's answer.
    Critique,
    /// A second answer, after comments on the first.
    Revision,
    /// A greeting, or a question with a word that nobody knows.
    SmallTalk,
}

impl DocumentKind {
    /// All kinds, in a fixed order.
    pub const ALL: [DocumentKind; 5] = [
        DocumentKind::Plain,
        DocumentKind::Remembered,
        DocumentKind::Critique,
        DocumentKind::Revision,
        DocumentKind::SmallTalk,
    ];
}

/// One document. A model reads `prompt` and learns `completion`; the end token is not included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// In the format of [`super::prompt`].
    pub prompt: String,
    /// What follows.
    pub completion: String,
    /// What it teaches.
    pub kind: DocumentKind,
}

/// Shares of the kinds, in the order of [`DocumentKind::ALL`].
pub type Mix = [f32; 5];
/// The corpus itself: a bit of everything.
pub const EVERYTHING: Mix = [0.36, 0.18, 0.25, 0.17, 0.04];
/// For a model that has learned the language: mostly documents whose completion depends on what
/// somebody said before, in a memory or in a comment.
pub const CLOSE_READING: Mix = [0.17, 0.33, 0.28, 0.20, 0.02];

/// Shares of the personas, in the order of [`Persona::ALL`].
type Shares = [f32; 6];

/// Without a memory.
const AUTHORS: Shares = [0.25, 0.15, 0.21, 0.12, 0.13, 0.14];
/// Without a memory, on an adversarial question.
const MISLED_AUTHORS: Shares = [0.13, 0.08, 0.43, 0.07, 0.21, 0.08];

/// One document of the corpus.
pub fn document(rng: &mut impl Tally) -> Document {
    document_of(rng, &EVERYTHING)
}

/// One document, its kind drawn by other shares than the corpus has.
pub fn document_of(rng: &mut impl Tally, mix: &Mix) -> Document {
    surprising_document(rng, mix).document
}

/// A number that another village, or another way of writing documents, does not share: whoever goes
/// on with a kept training asks for it. It knows every line of the files and a sample of documents.
pub fn identity() -> u32 {
    let rng = &mut Fixed::named("identity");
    let sample = (0..100).map(|_| document(rng));
    let mut text = format!("{:?}", book().tables());
    for document in sample {
        text += &document.prompt;
        text += &document.completion;
    }
    fingerprint(&text)
}

/// Who answers a question without a memory, by whether it comes with an adversarial sentence.
pub(crate) fn author(rng: &mut impl Tally, misled: bool) -> Persona {
    persona(rng, if misled { &MISLED_AUTHORS } else { &AUTHORS })
}

/// The mean rating, rounded half up, as a society tells it to an author.
pub(crate) fn mean_rating(comments: &[Comment]) -> u8 {
    let sum: u32 = comments.iter().map(|said| u32::from(said.rating)).sum();
    let count = comments.len().max(1) as u32;
    ((2 * sum + count) / (2 * count)) as u8
}

fn persona(rng: &mut impl Tally, shares: &Shares) -> Persona {
    Persona::ALL[weighted(rng, shares)]
}

/// A document, and the nats its completion cost.
struct Surprising {
    document: Document,
    /// To choose what only the writer knows: who speaks, or whose advice they take.
    hidden: f64,
    /// To write it down, once that is known.
    writing: f64,
}

fn surprising_document(rng: &mut impl Tally, mix: &Mix) -> Surprising {
    let ledger = &mut Ledger::new(rng);
    loop {
        let kind = DocumentKind::ALL[weighted(ledger, mix)];
        let written = match kind {
            DocumentKind::Plain => write::plain(ledger),
            DocumentKind::Remembered => write::remembered(ledger),
            DocumentKind::Critique => write::critique(ledger),
            DocumentKind::Revision => write::revision(ledger),
            DocumentKind::SmallTalk => small_talk::small_talk(ledger),
        };
        let (prompt, completion) = (written.prompt, written.completion);
        let words = prompt.split(' ').count() + completion.split(' ').count();
        if words <= LONGEST_DOCUMENT && !completion.is_empty() {
            return Surprising {
                document: Document {
                    prompt,
                    completion,
                    kind,
                },
                hidden: written.hidden,
                writing: written.writing,
            };
        }
    }
}
