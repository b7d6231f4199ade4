//! What a card reads at a time: texts one after another, none padded, all of them or only their new tokens.

use crate::gpu::attention::Span;
use crate::model::plain::pass::Text;
use core::ops::Range;

/// Tokens to read, each with where it stands and where its keys and values go.
#[derive(Clone, Debug, Default)]
pub(super) struct Batch {
    /// Tokens, or what the card has drawn itself (`crate::gpu::embedding::drawn`).
    pub tokens: Vec<u32>,
    /// Of each its place in its text.
    pub positions: Vec<u32>,
    /// Of each its row among queries, keys and values.
    pub slots: Vec<u32>,
    /// New tokens of one text that attention takes together.
    pub spans: Vec<Span>,
    /// Rows behind which the head is asked.
    pub asked: Vec<u32>,
    /// The words that are asked for there, or none where they are to be chosen.
    pub targets: Vec<u32>,
}

impl Batch {
    /// Texts as training reads them: all tokens but the last, and those from `asked` on are asked for.
    pub(super) fn of(texts: &[Text]) -> Self {
        let mut batch = Self::default();
        for text in texts {
            let start = batch.tokens.len();
            let read = text.tokens.len() - 1;
            batch.push(&text.tokens[..read], 0, start);
            batch
                .asked
                .extend((start + text.asked - 1..start + read).map(|row| row as u32));
            batch.targets.extend_from_slice(&text.tokens[text.asked..]);
        }
        batch
    }

    /// Texts as far as they go, asked for what stands behind their last token.
    pub(super) fn whole<T: AsRef<[u32]>>(texts: &[T]) -> Self {
        let mut batch = Self::default();
        for text in texts {
            let start = batch.tokens.len();
            batch.push(text.as_ref(), 0, start);
            batch.asked.push(batch.tokens.len() as u32 - 1);
        }
        batch
    }

    /// More tokens of a text that has read `known` already; its first token's slot is `first`.
    pub(super) fn push(&mut self, tokens: &[u32], known: usize, first: usize) {
        self.spans.push(Span {
            token: self.tokens.len(),
            slot: first + known,
            first,
            count: tokens.len(),
        });
        self.tokens.extend_from_slice(tokens);
        let new = known..known + tokens.len();
        self.positions
            .extend(new.clone().map(|position| position as u32));
        self.slots
            .extend(new.map(|position| (first + position) as u32));
    }

    /// Where each text's tokens are; only while every text is read as a whole.
    pub(super) fn texts(&self) -> impl Iterator<Item = Range<usize>> {
        self.spans
            .iter()
            .map(|span| span.token..span.token + span.count)
    }
}

/// Spans cut into tiles of at most so many rows.
pub(super) fn tiles(spans: &[Span], most: usize) -> Vec<Span> {
    let cut = spans.iter().flat_map(|span| {
        (0..span.count).step_by(most).map(move |step| Span {
            token: span.token + step,
            slot: span.slot + step,
            first: span.first,
            count: most.min(span.count - step),
        })
    });
    cut.collect()
}
