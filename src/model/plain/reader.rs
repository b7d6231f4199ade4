//! Reading token after token with earlier keys and values kept, for many texts at once.
//!
//! Every text has rows of its own in the cache, so that texts of any length stand together, none
//! padded, and one that has ended costs nothing. Texts that begin alike are computed once as far as
//! they do.

use super::pass::{embed, head};
use super::weights::Weights;
use crate::cpu::gated::gated;
use crate::cpu::norm::norm;
use crate::cpu::product::{Matrix, Room, add_product, set_product};
use crate::cpu::softmax::softmax;

/// What a text reads next.
#[derive(Clone, Copy, Debug)]
pub struct Next<'a> {
    /// Which text.
    pub text: usize,
    /// Its new tokens, at least one.
    pub tokens: &'a [u32],
    /// An earlier entry's text that begins with as many tokens as this one, which has read nothing yet: they are
    /// taken over from there.
    pub begins_as: Option<(usize, usize)>,
}

/// Keys and values of one layer.
struct Kept {
    /// For each text and key head, `[width, capacity]`.
    keys: Vec<f32>,
    /// For each text, `[capacity, key heads * width]`.
    values: Vec<f32>,
}

/// Lists that are used again and again.
#[derive(Default)]
struct Desk {
    normed: Vec<f32>,
    inverse: Vec<f32>,
    rows: Vec<f32>,
    scores: Vec<f32>,
    mixed: Vec<f32>,
    gate_up: Vec<f32>,
    acting: Vec<f32>,
    room: Room,
}

/// Many texts being read.
pub struct Reader<'a> {
    weights: &'a Weights,
    capacity: usize,
    lengths: Vec<usize>,
    layers: Vec<Kept>,
    /// A head that is the embedding, turned once: `[hidden, vocabulary]`.
    head: Option<Vec<f32>>,
    desk: Desk,
}

impl<'a> Reader<'a> {
    /// Texts that have read nothing; none will read more than `capacity` tokens.
    pub fn new(weights: &'a Weights, texts: usize, capacity: usize) -> Self {
        let heads = weights.shape.heads;
        let kept = || Kept {
            keys: vec![0.0; texts * heads.keys * heads.width * capacity],
            values: vec![0.0; texts * heads.keys * heads.width * capacity],
        };
        Self {
            weights,
            capacity,
            lengths: vec![0; texts],
            layers: weights.numbers.blocks.iter().map(|_| kept()).collect(),
            head: turned_head(weights),
            desk: Desk::default(),
        }
    }

    /// Reads, and writes to `logits` those behind each entry's last token, `[entries, vocabulary]`.
    pub fn read(&mut self, entries: &[Next], logits: &mut Vec<f32>) {
        let shape = self.weights.shape;
        let (hidden, inner) = (shape.hidden, shape.inner);
        let numbers = &self.weights.numbers;
        let desk = &mut self.desk;
        for entry in entries {
            if let Some((_, count)) = entry.begins_as {
                self.lengths[entry.text] = count;
            }
        }
        let tokens: Vec<u32> = entries
            .iter()
            .flat_map(|entry| entry.tokens)
            .copied()
            .collect();
        let mut stream = vec![0.0; tokens.len() * hidden];
        embed(&numbers.embedding, &tokens, &mut stream);
        for (block, kept) in numbers.blocks.iter().zip(&mut self.layers) {
            desk.norm(&stream, &block.input_norm, shape.epsilon);
            desk.attend(
                self.weights,
                &block.attention,
                kept,
                entries,
                &self.lengths,
                self.capacity,
            );
            let result = shape.heads.result();
            let output = Matrix::rows(&block.output, hidden);
            let mixed = Matrix::rows(&desk.mixed, result);
            add_product(
                [tokens.len(), result, hidden],
                mixed,
                output,
                &mut stream,
                hidden,
                &mut desk.room,
            );
            desk.norm(&stream, &block.post_norm, shape.epsilon);
            desk.gate_up.resize(tokens.len() * 2 * inner, 0.0);
            let (h, gates) = (
                Matrix::rows(&desk.normed, hidden),
                Matrix::rows(&block.gate_up, 2 * inner),
            );
            set_product(
                [tokens.len(), hidden, 2 * inner],
                h,
                gates,
                &mut desk.gate_up,
                2 * inner,
                &mut desk.room,
            );
            desk.acting.resize(tokens.len() * inner, 0.0);
            gated(&desk.gate_up, inner, &mut desk.acting);
            let (acting, down) = (
                Matrix::rows(&desk.acting, inner),
                Matrix::rows(&block.down, hidden),
            );
            add_product(
                [tokens.len(), inner, hidden],
                acting,
                down,
                &mut stream,
                hidden,
                &mut desk.room,
            );
        }
        // The head is for the last token of each.
        let mut end = 0;
        for (place, entry) in entries.iter().enumerate() {
            end += entry.tokens.len();
            stream.copy_within((end - 1) * hidden..end * hidden, place * hidden);
            self.lengths[entry.text] += entry.tokens.len();
        }
        stream.truncate(entries.len() * hidden);
        desk.norm(&stream, &numbers.norm, shape.epsilon);
        logits.resize(entries.len() * shape.vocabulary, 0.0);
        let size = [entries.len(), hidden, shape.vocabulary];
        set_product(
            size,
            Matrix::rows(&desk.normed, hidden),
            match &self.head {
                Some(head) => Matrix::rows(head, shape.vocabulary),
                None => head(self.weights),
            },
            logits,
            shape.vocabulary,
            &mut desk.room,
        );
    }
}

impl Desk {
    fn norm(&mut self, stream: &[f32], scale: &[f32], epsilon: f32) {
        self.normed.resize(stream.len(), 0.0);
        self.inverse.resize(stream.len() / scale.len(), 0.0);
        norm(stream, scale, epsilon, &mut self.normed, &mut self.inverse);
    }

    /// Attention of the normed rows, to `mixed`; new keys and values are kept.
    fn attend(
        &mut self,
        weights: &Weights,
        attending: &[f32],
        kept: &mut Kept,
        entries: &[Next],
        lengths: &[usize],
        capacity: usize,
    ) {
        let (heads, hidden) = (weights.shape.heads, weights.shape.hidden);
        let (row, result, width) = (heads.row(), heads.result(), heads.width);
        let tokens = self.normed.len() / hidden;
        self.rows.resize(tokens * row, 0.0);
        let (h, attending) = (
            Matrix::rows(&self.normed, hidden),
            Matrix::rows(attending, row),
        );
        set_product(
            [tokens, hidden, row],
            h,
            attending,
            &mut self.rows,
            row,
            &mut self.room,
        );
        self.mixed.resize(tokens * result, 0.0);
        let (queries, shared) = (heads.queries * width, heads.keys * width);
        let mut first = 0;
        for entry in entries {
            let (start, new) = (lengths[entry.text], entry.tokens.len());
            kept.take_over(entry, shared, capacity);
            for (place, row) in self.rows[first * row..]
                .chunks_exact_mut(row)
                .take(new)
                .enumerate()
            {
                let position = start + place;
                weights.rope.turn(&mut row[..queries + shared], position);
                kept.put(entry.text, position, &row[queries..], shared, capacity);
            }
            let seen = start + new;
            let values = Matrix::rows(&kept.values[entry.text * shared * capacity..], shared);
            for head in 0..heads.queries {
                let [query, key, value] = heads.places(head);
                let keys = (entry.text * shared + key - queries) * capacity;
                let keys = Matrix::rows(&kept.keys[keys..], capacity);
                let asking = Matrix::rows(&self.rows[first * row + query..], row);
                self.scores.resize(new * seen, 0.0);
                set_product(
                    [new, width, seen],
                    asking,
                    keys,
                    &mut self.scores,
                    seen,
                    &mut self.room,
                );
                for (place, scores) in self.scores.chunks_exact_mut(seen).enumerate() {
                    let (own, later) = scores.split_at_mut(start + place + 1);
                    softmax(own, heads.scale());
                    later.fill(0.0);
                }
                let mixed = &mut self.mixed[first * result + head * width..];
                let values = values.right_of(value - queries - shared);
                set_product(
                    [new, seen, width],
                    Matrix::rows(&self.scores, seen),
                    values,
                    mixed,
                    result,
                    &mut self.room,
                );
            }
            first += new;
        }
    }
}

impl Kept {
    /// Copies what an earlier text has read.
    fn take_over(&mut self, entry: &Next, shared: usize, capacity: usize) {
        let Some((from, count)) = entry.begins_as else {
            return;
        };
        let (from, to) = (from * shared * capacity, entry.text * shared * capacity);
        for line in (0..shared * capacity).step_by(capacity) {
            self.keys
                .copy_within(from + line..from + line + count, to + line);
        }
        self.values.copy_within(from..from + count * shared, to);
    }

    /// Keeps a token's keys and values, which stand in this order in `row`.
    fn put(&mut self, text: usize, position: usize, row: &[f32], shared: usize, capacity: usize) {
        let (keys, values) = row.split_at(shared);
        let lines = self.keys[text * shared * capacity..]
            .iter_mut()
            .skip(position)
            .step_by(capacity);
        lines.zip(keys).for_each(|(slot, key)| *slot = *key);
        self.values[(text * capacity + position) * shared..][..shared].copy_from_slice(values);
    }
}

/// The embedding with rows and columns exchanged, if it is the head: it is read at every word.
fn turned_head(weights: &Weights) -> Option<Vec<f32>> {
    let (hidden, words) = (weights.shape.hidden, weights.shape.vocabulary);
    if weights.numbers.head.is_some() {
        return None;
    }
    let mut turned = vec![0.0; hidden * words];
    for (word, row) in weights.numbers.embedding.chunks_exact(hidden).enumerate() {
        let slots = turned.iter_mut().skip(word).step_by(words);
        slots.zip(row).for_each(|(slot, value)| *slot = *value);
    }
    Some(turned)
}
