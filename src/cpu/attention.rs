//! Causal attention with grouped heads over sequences that stand one after another, none padded.
//!
//! Queries are taken a block at a time against the keys up to the block's end, so that nearly half of
//! the scores, those that no query may look at, are never computed.

use super::lanes::{sum_of, widest};
use super::product::{Matrix, Room, add_product, set_product};
use super::softmax::softmax;
use core::ops::Range;

/// Queries of a block.
const BLOCK: usize = 32;

/// How a row of queries, keys and values is made.
#[derive(Clone, Copy, Debug)]
pub struct Heads {
    /// Query heads.
    pub queries: usize,
    /// Key and value heads; divides the query heads.
    pub keys: usize,
    /// Numbers of a head.
    pub width: usize,
}

impl Heads {
    /// Numbers of a row: all queries, all keys, all values.
    pub fn row(self) -> usize {
        (self.queries + 2 * self.keys) * self.width
    }

    /// Numbers of a row of results.
    pub fn result(self) -> usize {
        self.queries * self.width
    }

    /// Where in a row a query head, its keys and its values begin.
    pub fn places(self, head: usize) -> [usize; 3] {
        let shared = head / (self.queries / self.keys);
        [
            head,
            self.queries + shared,
            self.queries + self.keys + shared,
        ]
        .map(|place| place * self.width)
    }

    /// What scores are multiplied by.
    pub fn scale(self) -> f32 {
        (1.0 / libm::sqrt(self.width as f64)) as f32
    }
}

/// Weights a sequence of `length` tokens takes for one head.
fn square(length: usize) -> usize {
    length * length
}

/// Weights that all sequences take for all heads.
pub fn weights_needed(heads: Heads, sequences: &[Range<usize>]) -> usize {
    heads.queries * sequences.iter().map(|one| square(one.len())).sum::<usize>()
}

/// Mixes values: `rows` is `[tokens, heads.row()]` with queries and keys turned, `to` becomes `[tokens,
/// heads.result()]`. `weights` keeps what every query looked at, for the gradient; what no query of a block may look at is
/// left as it is.
pub fn attention(
    heads: Heads,
    sequences: &[Range<usize>],
    rows: &[f32],
    weights: &mut [f32],
    to: &mut [f32],
    room: &mut Room,
) {
    let (row, result, width) = (heads.row(), heads.result(), heads.width);
    let mut weights = weights;
    for sequence in sequences {
        let (start, length) = (sequence.start, sequence.len());
        for head in 0..heads.queries {
            let [query, key, value] = heads.places(head);
            let (here, later) = weights.split_at_mut(square(length));
            weights = later;
            for first in (0..length).step_by(BLOCK) {
                let end = (first + BLOCK).min(length);
                let queries = Matrix::rows(&rows[(start + first) * row + query..], row);
                let keys = Matrix::rows(&rows[start * row + key..], row).transposed();
                let scores = &mut here[first * length..];
                set_product(
                    [end - first, width, end],
                    queries,
                    keys,
                    scores,
                    length,
                    room,
                );
                for (place, scores) in scores.chunks_mut(length).take(end - first).enumerate() {
                    softmax(&mut scores[..=first + place], heads.scale());
                    // What stands in the block behind the query was computed and may not be looked at.
                    scores[first + place + 1..end].fill(0.0);
                }
                let values = Matrix::rows(&rows[start * row + value..], row);
                let mixed = &mut to[(start + first) * result + head * width..];
                let seen = Matrix::rows(&here[first * length..], length);
                set_product([end - first, end, width], seen, values, mixed, result, room);
            }
        }
    }
}

/// Adds the slopes by queries, keys and values to `of_rows`, which is zero, given `of_result`, the slope by what
/// [`attention`] gave, `result`, and the weights it kept.
#[expect(
    clippy::too_many_arguments,
    reason = "one call of the network's; each is a list of its own"
)]
pub fn attention_gradient(
    heads: Heads,
    sequences: &[Range<usize>],
    rows: &[f32],
    weights: &[f32],
    result: &[f32],
    of_result: &[f32],
    of_rows: &mut [f32],
    room: &mut Room,
) {
    let (row, wide, width) = (heads.row(), heads.result(), heads.width);
    let longest = sequences.iter().map(|one| one.len()).max().unwrap_or(0);
    let mut slopes = vec![0.0f32; BLOCK * longest];
    let mut weights = weights;
    for sequence in sequences {
        let (start, length) = (sequence.start, sequence.len());
        for head in 0..heads.queries {
            let [query, key, value] = heads.places(head);
            let (here, later) = weights.split_at(square(length));
            weights = later;
            for first in (0..length).step_by(BLOCK) {
                let end = (first + BLOCK).min(length);
                let high = end - first;
                let place = (start + first) * wide + head * width;
                let of_mixed = Matrix::rows(&of_result[place..], wide);
                let values = Matrix::rows(&rows[start * row + value..], row).transposed();
                set_product(
                    [high, width, end],
                    of_mixed,
                    values,
                    &mut slopes,
                    longest,
                    room,
                );
                for query in 0..high {
                    let place = place + query * wide;
                    let (mixed, of_mixed) =
                        (&result[place..][..width], &of_result[place..][..width]);
                    let seen = &here[(first + query) * length..][..end];
                    let slopes = &mut slopes[query * longest..][..end];
                    by_scores(mixed, of_mixed, seen, slopes, heads.scale());
                }
                let slopes = Matrix::rows(&slopes, longest);
                let seen = Matrix::rows(&here[first * length..], length);
                let keys = Matrix::rows(&rows[start * row + key..], row);
                let queries = Matrix::rows(&rows[(start + first) * row + query..], row);
                let of_queries = &mut of_rows[(start + first) * row + query..];
                set_product([high, end, width], slopes, keys, of_queries, row, room);
                let of_keys = &mut of_rows[start * row + key..];
                add_product(
                    [end, high, width],
                    slopes.transposed(),
                    queries,
                    of_keys,
                    row,
                    room,
                );
                let of_values = &mut of_rows[start * row + value..];
                add_product(
                    [end, high, width],
                    seen.transposed(),
                    of_mixed,
                    of_values,
                    row,
                    room,
                );
            }
        }
    }
}

/// Replaces the slopes by one query's weights by those by its scores.
fn by_scores(mixed: &[f32], of_mixed: &[f32], seen: &[f32], slopes: &mut [f32], scale: f32) {
    widest(
        #[inline(always)]
        || {
            let along = sum_of(mixed, of_mixed, |a, b| a * b);
            for (slope, seen) in slopes.iter_mut().zip(seen) {
                *slope = seen * (*slope - along) * scale;
            }
        },
    );
}
