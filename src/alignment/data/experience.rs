//! What the data sets need to know of one interaction, wherever it was written down.
//!
//! A whole record tells all of it. The published external memory tells most of it and leaves the
//! rest to be put together again from its parts; see [`Experience::told`].

use super::super::config::ScoreKind;
use crate::society::{Fidelity, Interaction, Label, feedback};
use crate::world::prompt;
use std::borrow::Cow;

/// What the released code writes for a rating it couldn't read.
const UNREAD: u8 = 8;

/// Something that can be learnt from.
pub trait Remembered {
    /// What happened.
    fn experience(&self) -> Experience<'_>;
}

/// One interaction: a question, a draft, what others said, and a revision, with their scores.
#[derive(Clone, Debug, PartialEq)]
pub struct Experience<'a> {
    /// How the author was raised.
    pub label: Label,
    /// The question.
    pub question: &'a str,
    /// The first answer.
    pub draft: &'a str,
    /// The second answer.
    pub revision: &'a str,
    /// Observed alignment of draft and revision: 1 to 7, or -1 for none.
    pub alignment: [i8; 2],
    /// Observed engagement of draft and revision: 1 to 7, or -1 for none.
    pub engagement: [i8; 2],
    /// What peers said about the draft, in the order the author read it.
    pub comments: Vec<Comment<'a>>,
    /// The prompt the revision answers; none where no revision was asked for.
    pub revision_prompt: Option<Cow<'a, str>>,
}

/// What one peer said about a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment<'a> {
    /// How the peer was raised, if that is known.
    pub label: Option<Label>,
    /// The rating as recorded.
    pub rating: Option<u8>,
    /// The reason alone.
    pub reason: &'a str,
    /// Everything the peer said, rating included.
    pub text: Cow<'a, str>,
}

impl<'a> Experience<'a> {
    /// An interaction of which only the published fields are known. A peer's words are put together
    /// from rating and reason, and the revision prompt from everything that could be read, with the
    /// mean rating rounded half up, as the author is told it.
    pub fn told(
        label: Label,
        [question, draft, revision]: [&'a str; 3],
        [alignment, engagement]: [[i8; 2]; 2],
        comments: impl Iterator<Item = (Option<u8>, &'a str)>,
    ) -> Self {
        let comments: Vec<Comment> = comments
            .map(|(rating, reason)| of(rating, reason))
            .collect();
        let read: Vec<(u32, &str)> = comments
            .iter()
            .filter_map(|comment| Some((u32::from(comment.in_range()?), comment.reason)))
            .collect();
        let count = read.len() as u32;
        let sum: u32 = read.iter().map(|(rating, _)| rating).sum();
        let mean = (2 * sum + count).checked_div(2 * count).unwrap_or(4);
        let reasons: Vec<&str> = read.iter().map(|(_, reason)| *reason).collect();
        let asked = feedback::told(question, draft, mean as u8, &reasons);
        Self {
            label,
            question,
            draft,
            revision,
            alignment,
            engagement,
            revision_prompt: (!comments.is_empty()).then_some(Cow::Owned(asked)),
            comments,
        }
    }

    /// The scores of draft and revision; none for a text the observers could make nothing of,
    /// unless that is trained on (defect 3 of the released code).
    pub(super) fn scores(&self, kind: ScoreKind, fidelity: &Fidelity) -> [Option<f32>; 2] {
        [0, 1].map(|which| {
            let (moral, engagement) = (self.alignment[which], self.engagement[which]);
            let known = moral >= 1 && (engagement >= 1 || kind == ScoreKind::Moral);
            (known || fidelity.unread_score_is_minus_one).then(|| match kind {
                ScoreKind::Moral => f32::from(moral),
                ScoreKind::MoralAndEngagement => (f32::from(moral) + f32::from(engagement)) / 2.0,
            })
        })
    }
}

/// A comment of which rating and reason are known.
fn of(rating: Option<u8>, reason: &str) -> Comment<'_> {
    let mut comment = Comment {
        label: None,
        rating,
        reason,
        text: Cow::Borrowed(reason),
    };
    if let Some(rating) = comment.in_range() {
        comment.text = Cow::Owned(prompt::format_critique(rating, reason));
    }
    comment
}

impl Comment<'_> {
    /// The rating, if it is one, from 1 to 7.
    pub(super) fn in_range(&self) -> Option<u8> {
        self.rating.filter(|rating| (1..=7).contains(rating))
    }

    /// The rating that counts in a version of the method: one from 1 to 7; with defect 4 of the
    /// released code any other too; with defect 2 an 8 for what could not be read.
    pub(super) fn rating(&self, fidelity: &Fidelity) -> Option<u8> {
        match self.rating {
            _ if self.in_range().is_some() => self.rating,
            None | Some(UNREAD) if fidelity.unread_rating_is_eight => Some(UNREAD),
            other => other.filter(|_| fidelity.unchecked_ratings),
        }
    }
}

impl Remembered for Experience<'_> {
    fn experience(&self) -> Experience<'_> {
        self.clone()
    }
}

impl Remembered for Interaction {
    fn experience(&self) -> Experience<'_> {
        let ratings = self.rating.iter().copied();
        let critiques = self.critiques.iter().zip(ratings);
        Experience {
            label: self.label,
            question: &self.question,
            draft: &self.draft_answer,
            revision: &self.revised_answer,
            alignment: [self.gen_moral_score_before, self.gen_moral_score_after],
            engagement: [
                self.gen_engagement_score_before,
                self.gen_engagement_score_after,
            ],
            comments: critiques
                .map(|(critique, rating)| Comment {
                    label: Some(critique.label),
                    rating,
                    reason: &critique.reason,
                    text: Cow::Borrowed(&critique.text),
                })
                .collect(),
            revision_prompt: self.revision_prompt.as_deref().map(Cow::Borrowed),
        }
    }
}

impl<T: Remembered> Remembered for &T {
    fn experience(&self) -> Experience<'_> {
        (*self).experience()
    }
}
