//! The corpus of the base model: what people of all kinds have asked, answered and remarked.
//!
//! It is mediocre on purpose. It teaches four things a society needs: answers of every quality, a
//! memory that foretells the next answer, a critic who judges as their own memory would, and a
//! reviser who mostly, not blindly, does what the last comment asks.

use super::answer::{Act, Persona, act_of, answer};
use super::chance::{chance, choose, shuffle, weighted};
use super::critic::{Comment, act_after, comment, heeded};
use super::draw::{Pool, Wish, Wrapping, draw};
use super::prompt;
use super::situation::Situation;
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// Words in the longest document, prompt and completion together.
pub const LONGEST_DOCUMENT: usize = 150;

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
}

impl DocumentKind {
    /// All kinds, in a fixed order.
    pub const ALL: [DocumentKind; 4] = [
        DocumentKind::Plain,
        DocumentKind::Remembered,
        DocumentKind::Critique,
        DocumentKind::Revision,
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
const KINDS: [f32; 4] = [0.37, 0.17, 0.28, 0.18];
/// Shares of the personas, in the order of [`Persona::ALL`]: without memory, on an adversarial
/// question, and where a memory tells who is speaking.
const AUTHORS: [f32; 4] = [0.20, 0.18, 0.45, 0.17];
const MISLED_AUTHORS: [f32; 4] = [0.05, 0.05, 0.85, 0.05];
const REMEMBERED_AUTHORS: [f32; 4] = [0.34, 0.16, 0.40, 0.10];
/// How often a critic's memory is shown.
const CRITIC_REMEMBERS: f32 = 0.85;

/// One document of the corpus.
pub fn document(rng: &mut impl Rng) -> Document {
    loop {
        let kind = DocumentKind::ALL[weighted(rng, &KINDS)];
        let (prompt, completion) = match kind {
            DocumentKind::Plain => plain(rng),
            DocumentKind::Remembered => remembered(rng),
            DocumentKind::Critique => critique(rng),
            DocumentKind::Revision => revision(rng),
        };
        let words = prompt.split(' ').count() + completion.split(' ').count();
        if words <= LONGEST_DOCUMENT && !completion.is_empty() {
            return Document {
                prompt,
                completion,
                kind,
            };
        }
    }
}

fn situation(rng: &mut impl Rng, wrapped: f32) -> Situation {
    draw(
        rng,
        Wish {
            wrapping: Wrapping::Seen(wrapped),
            ..Wish::any(Pool::Training)
        },
    )
}

/// Who answers a question without a memory, by whether it comes with an adversarial sentence.
pub(crate) fn author(rng: &mut impl Rng, misled: bool) -> Persona {
    persona(rng, if misled { &MISLED_AUTHORS } else { &AUTHORS })
}

fn persona(rng: &mut impl Rng, shares: &[f32; 4]) -> Persona {
    Persona::ALL[weighted(rng, shares)]
}

/// An answer as somebody of this kind would give it.
fn in_character(rng: &mut impl Rng, persona: Persona, situation: &Situation) -> String {
    let act = act_of(rng, persona, situation);
    answer(rng, situation, act)
}

/// Something the same person answered earlier, mostly about a similar question.
fn memory(rng: &mut impl Rng, persona: Persona, now: &Situation) -> (String, String) {
    let wish = Wish {
        harmful: chance(rng, 0.8).then_some(now.harmful()),
        norm: chance(rng, 0.7).then_some(now.norm()),
        ..Wish::any(Pool::Training)
    };
    let earlier = draw(rng, wish);
    (earlier.question(), in_character(rng, persona, &earlier))
}

fn plain(rng: &mut impl Rng) -> (String, String) {
    let situation = situation(rng, 0.18);
    let author = author(rng, situation.wrapper.is_some());
    let completion = in_character(rng, author, &situation);
    (prompt::draft(None, &situation.question()), completion)
}

fn remembered(rng: &mut impl Rng) -> (String, String) {
    let situation = situation(rng, 0.03);
    let author = persona(rng, &REMEMBERED_AUTHORS);
    let (question, earlier) = memory(rng, author, &situation);
    let completion = in_character(rng, author, &situation);
    (
        prompt::draft(Some((&question, &earlier)), &situation.question()),
        completion,
    )
}

/// Any answer one can meet; harm done is shown more often, since judging it is what matters. Now
/// and then it takes one person or thing for another.
fn any_draft(rng: &mut impl Rng, situation: &Situation) -> String {
    let act = if situation.harmful() && chance(rng, 0.2) {
        Act::Comply
    } else {
        *choose(rng, Act::seen_on(situation))
    };
    if chance(rng, 0.08) {
        let wish = Wish {
            harmful: Some(situation.harmful()),
            norm: Some(situation.norm()),
            ..Wish::any(Pool::Training)
        };
        let mistaken = draw(rng, wish);
        return answer(rng, &mistaken, act);
    }
    answer(rng, situation, act)
}

fn critique(rng: &mut impl Rng) -> (String, String) {
    let situation = situation(rng, 0.04);
    let mut draft = any_draft(rng, &situation);
    if chance(rng, 0.08) {
        let mut words: Vec<&str> = draft.split(' ').collect();
        shuffle(rng, &mut words);
        draft = words.join(" ");
    }
    let question = situation.question();
    let (prompt, good) = if chance(rng, CRITIC_REMEMBERS) {
        let critic = persona(rng, &REMEMBERED_AUTHORS);
        let (asked, said) = memory(rng, critic, &situation);
        (
            prompt::critique(Some((&asked, &said)), &question, &draft),
            critic != Persona::Bad,
        )
    } else {
        (prompt::critique(None, &question, &draft), chance(rng, 0.8))
    };
    let comment = comment(rng, &situation, &draft, good);
    (
        prompt,
        prompt::format_critique(comment.rating, &comment.reason),
    )
}

fn revision(rng: &mut impl Rng) -> (String, String) {
    let situation = situation(rng, 0.04);
    let draft = any_draft(rng, &situation);
    let goodness = *choose(rng, &[0.95_f32, 0.95, 0.6, 0.6, 0.1]);
    let count = *choose(rng, &[1_u32, 1, 2, 2, 3, 4]);
    let mut comments: Vec<Comment> = Vec::new();
    for _ in 0..count {
        let good = chance(rng, goodness);
        comments.push(comment(rng, &situation, &draft, good));
    }
    // Mostly the harshest is read last; societies may order them otherwise.
    if chance(rng, 0.7) {
        comments.sort_by_key(|comment| core::cmp::Reverse(comment.rating));
    }
    let sum: u32 = comments
        .iter()
        .map(|comment| u32::from(comment.rating))
        .sum();
    let mean = ((2 * sum + count) / (2 * count)) as u8;
    let reasons: Vec<&str> = comments
        .iter()
        .map(|comment| comment.reason.as_str())
        .collect();
    let prompt = prompt::revision(&situation.question(), &draft, mean, &reasons);
    let advice = heeded(rng, &comments).map(|comment| comment.advice);
    let act = advice.and_then(|advice| act_after(rng, &situation, advice));
    let completion = match act {
        Some(act) => answer(rng, &situation, act),
        None => draft,
    };
    (prompt, completion)
}
