//! Attention against sums in double precision, and its gradient against differences of these.

use super::*;
use crate::gpu::testing::{Table, apart, numbers, padded};
use proptest::prelude::*;

/// Heads of `width` numbers, with room for whole quads.
#[derive(Clone, Copy, Debug)]
struct Shape {
    heads: usize,
    key_heads: usize,
    width: usize,
}

impl Shape {
    fn row(self) -> usize {
        (self.heads + 2 * self.key_heads) * self.width
    }

    fn scale(self) -> f64 {
        1.0 / (self.width as f64).sqrt()
    }

    /// What one text's rows are mixed to, and all texts'.
    fn twin(self, rows: &[f64], lengths: &[usize]) -> Vec<f64> {
        let (row, width) = (self.row(), self.width);
        let mut result = Vec::new();
        let mut first = 0;
        for length in lengths {
            for query in first..first + length {
                for head in 0..self.heads {
                    let common = head / (self.heads / self.key_heads);
                    let part =
                        |token: usize, place: usize| &rows[token * row + place * width..][..width];
                    let score = |key: usize| -> f64 {
                        let pairs = part(query, head).iter().zip(part(key, self.heads + common));
                        pairs.map(|(a, b)| a * b).sum::<f64>() * self.scale()
                    };
                    let most = (first..=query).map(score).fold(f64::MIN, f64::max);
                    let weights: Vec<f64> = (first..=query)
                        .map(|key| (score(key) - most).exp())
                        .collect();
                    let sum: f64 = weights.iter().sum();
                    let values = |at: usize| {
                        let pairs = weights.iter().zip(first..=query);
                        let place = self.heads + self.key_heads + common;
                        pairs
                            .map(|(weight, key)| weight * part(key, place)[at])
                            .sum::<f64>()
                            / sum
                    };
                    result.extend((0..width).map(values));
                }
            }
            first += length;
        }
        result
    }
}

fn spans(lengths: &[usize]) -> Vec<(Span, usize)> {
    let mut first = 0;
    let each = lengths.iter().map(|length| {
        let span = Span {
            token: first,
            slot: first,
            first,
            count: *length,
        };
        first += length;
        (span, first)
    });
    each.collect()
}

fn tiles(spans: &[(Span, usize)], tile: usize) -> Vec<Span> {
    let cut = spans.iter().flat_map(|(span, _)| {
        (0..span.count).step_by(tile).map(move |step| Span {
            token: span.token + step,
            slot: span.slot + step,
            count: tile.min(span.count - step),
            ..*span
        })
    });
    cut.collect()
}

/// Tables that turn nothing, for so many positions.
fn still(positions: usize, head: usize) -> Vec<f32> {
    [1.0, 0.0].repeat(positions * head / 2)
}

fn unpadded(rows: &[f32], width: usize) -> Vec<f32> {
    let rows = rows.chunks_exact(width.next_multiple_of(4));
    rows.flat_map(|row| row[..width].iter().copied()).collect()
}

fn hold(shape: Shape, lengths: &[usize]) {
    let Shape {
        heads,
        key_heads,
        width,
    } = shape;
    let tokens: usize = lengths.iter().sum();
    let head = width.next_multiple_of(4);
    let rows: Vec<f32> = numbers(7, tokens * shape.row())
        .iter()
        .map(|one| 2.0 * one)
        .collect();
    let given = numbers(8, tokens * heads * width);
    let longest = lengths.iter().copied().max().unwrap_or(1);
    let Some(mut table) = Table::new(&[0.0], &still(longest, head), 0) else {
        return;
    };
    let all = Attention {
        heads,
        key_heads,
        head,
        scale: shape.scale() as f32,
        rows: table.put(&padded(&rows, width)),
        result: table.place(tokens * heads * head),
        kept: table.place(4 * tokens * heads),
    };
    let of_result = table.put(&padded(&given, width));
    let of_rows = table.place(tokens * (heads + 2 * key_heads) * head);
    let spans = spans(lengths);
    let webgpu = table.webgpu.clone();
    let most = tile(&webgpu, head);
    attention(&webgpu, &mut table.script, &all, &tiles(&spans, most), most);
    attention_gradient(&webgpu, &mut table.script, &all, &spans, of_result, of_rows);
    let found = table.run(&[all.result, of_rows]);
    let exact: Vec<f64> = rows.iter().copied().map(f64::from).collect();
    let result = shape.twin(&exact, lengths);
    assert!(
        apart(&unpadded(&found[0], width), &result) < 1e-5,
        "{shape:?} {lengths:?}"
    );

    let loss = |rows: &[f64]| -> f64 {
        let pairs = shape.twin(rows, lengths).into_iter().zip(&given);
        pairs.map(|(mixed, given)| mixed * f64::from(*given)).sum()
    };
    // A few of the numbers, spread over all parts and texts.
    let slopes = unpadded(&found[1], width);
    for at in (0..rows.len()).step_by(rows.len() / 23 + 1) {
        let mut near = exact.clone();
        let step = 1e-5;
        near[at] = exact[at] + step;
        let above = loss(&near);
        near[at] = exact[at] - step;
        let slope = (above - loss(&near)) / (2.0 * step);
        assert!(
            apart(&slopes[at..=at], &[slope]) < 1e-4,
            "{shape:?} {at}: {} {slope}",
            slopes[at]
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn mixtures_and_slopes_agree_with_plain_sums(
        key_heads in 1usize..3,
        group in 1usize..3,
        half in 1usize..6,
        lengths in prop::collection::vec(1usize..14, 1..4),
    ) {
        hold(Shape { heads: key_heads * group, key_heads, width: 2 * half }, &lengths);
    }
}

/// To the bit: a text read at once, and one token after the other, with another text's rows between.
#[test]
fn how_a_text_is_read_does_not_matter() {
    let shape = Shape {
        heads: 2,
        key_heads: 1,
        width: 8,
    };
    let count = 11;
    let rows = numbers(9, count * shape.row());
    let Some(mut table) = Table::new(&[0.0], &[0.0], 0) else {
        return;
    };
    let webgpu = table.webgpu.clone();
    let rows = table.put(&rows);
    let read = |table: &mut Table, spans: &[Span], most| {
        let all = Attention {
            heads: 2,
            key_heads: 1,
            head: 8,
            scale: 0.4,
            rows,
            result: table.place(count * 16),
            kept: table.place(4 * count * 2),
        };
        attention(&webgpu, &mut table.script, &all, spans, most);
        all.result
    };
    let one = |token: usize| Span {
        token,
        slot: token,
        first: 0,
        count: 1,
    };
    let whole = tiles(&spans(&[count]), 4);
    let at_once = read(&mut table, &whole, 4);
    let each: Vec<Span> = (0..count).map(one).collect();
    let one_by_one = read(&mut table, &each, 1);
    let found = table.run(&[at_once, one_by_one]);
    assert!(found[0] == found[1]);
}
