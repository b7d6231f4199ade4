//! A pass forward that remembers what a pass backward needs, and the pass backward.
//!
//! Texts stand one after another, as long as they are: nothing is padded. Everything but attention is
//! one row a token; the head is only applied where a token is asked for.

use super::weights::{Block, Numbers, Weights};
use crate::cpu::attention::{attention, attention_gradient, weights_needed};
use crate::cpu::gated::{gated, gated_gradient};
use crate::cpu::norm::{norm, norm_gradient};
use crate::cpu::product::{Matrix, Room, add_product};
use crate::cpu::softmax::{log_probabilities, log_probabilities_gradient};
use core::ops::Range;

/// Texts that are read together where nothing is remembered.
const PORTION: usize = 16;

/// What one block has to remember.
struct Layer {
    /// The stream as it came, `[tokens, hidden]`.
    before: Vec<f32>,
    inverse: Vec<f32>,
    /// Queries and keys turned, and values.
    rows: Vec<f32>,
    /// What every query looked at.
    seen: Vec<f32>,
    mixed: Vec<f32>,
    /// The stream behind attention.
    between: Vec<f32>,
    inverse_between: Vec<f32>,
    gate_up: Vec<f32>,
}

/// A pass forward.
pub struct Pass {
    sequences: Vec<Range<usize>>,
    tokens: Vec<u32>,
    layers: Vec<Layer>,
    /// The stream behind the last block, where a token is asked for.
    last: Vec<f32>,
    inverse: Vec<f32>,
    /// The rows of `last` among all tokens.
    asked: Vec<usize>,
    targets: Vec<u32>,
    logits: Vec<f32>,
    log_sums: Vec<f32>,
    /// Of every token asked for, in order.
    pub log_probabilities: Vec<f32>,
}

/// A text to read: all its tokens but the last are read, and those from `asked` on are asked for.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// The tokens, at least two.
    pub tokens: &'a [u32],
    /// The first that is asked for, at least 1.
    pub asked: usize,
}

impl Pass {
    /// Reads texts. All of them are possible: the caller has checked.
    pub fn forward(weights: &Weights, texts: &[Text]) -> Self {
        let shape = weights.shape;
        let numbers = &weights.numbers;
        let (mut sequences, mut tokens) = (Vec::new(), Vec::new());
        let (mut asked, mut targets) = (Vec::new(), Vec::new());
        for text in texts {
            let start = tokens.len();
            let read = text.tokens.len() - 1;
            tokens.extend_from_slice(&text.tokens[..read]);
            sequences.push(start..start + read);
            asked.extend(start + text.asked - 1..start + read);
            targets.extend_from_slice(&text.tokens[text.asked..]);
        }
        let mut room = Room::default();
        let mut layers = Vec::with_capacity(numbers.blocks.len());
        let keep = |layer| layers.push(layer);
        let stream = stream(weights, &sequences, &tokens, &mut room, keep);
        let rows = asked
            .iter()
            .flat_map(|row| &stream[row * shape.hidden..][..shape.hidden]);
        let last: Vec<f32> = rows.copied().collect();
        let (normed, inverse) = normed(&last, &numbers.norm, shape.epsilon);
        let mut logits = vec![0.0f32; targets.len() * shape.vocabulary];
        let size = [targets.len(), shape.hidden, shape.vocabulary];
        add_product(
            size,
            Matrix::rows(&normed, shape.hidden),
            head(weights),
            &mut logits,
            shape.vocabulary,
            &mut room,
        );
        let (log_probabilities, log_sums) = log_probabilities(&logits, &targets);
        Self {
            sequences,
            tokens,
            layers,
            last,
            inverse,
            asked,
            targets,
            logits,
            log_sums,
            log_probabilities,
        }
    }

    /// Only the log-probabilities, of any number of texts: a few at a time, and nothing is remembered.
    pub fn log_probabilities_of(weights: &Weights, texts: &[Text]) -> Vec<f32> {
        let portions = texts.chunks(PORTION);
        let portions = portions.map(|texts| Self::forward(weights, texts).log_probabilities);
        portions.collect::<Vec<_>>().concat()
    }

    /// The log-probabilities of all words behind every token that is asked for, `[asked, vocabulary]`.
    pub fn next_words(weights: &Weights, texts: &[Text]) -> Vec<f32> {
        let words = weights.shape.vocabulary;
        let mut all = Vec::new();
        for texts in texts.chunks(PORTION) {
            let pass = Self::forward(weights, texts);
            let rows = pass.logits.chunks_exact(words).zip(&pass.log_sums);
            all.extend(rows.flat_map(|(row, sum)| row.iter().map(move |logit| logit - sum)));
        }
        all
    }

    /// The state behind the last norm at each text's last token, `[texts, hidden]`: a few texts at a time, all of them
    /// possible, and nothing is remembered.
    pub fn last_states<T: AsRef<[u32]>>(weights: &Weights, texts: &[T]) -> Vec<f32> {
        let hidden = weights.shape.hidden;
        let mut room = Room::default();
        let mut last = Vec::with_capacity(texts.len() * hidden);
        for texts in texts.chunks(PORTION) {
            let (mut sequences, mut tokens) = (Vec::new(), Vec::new());
            for text in texts {
                let start = tokens.len();
                tokens.extend_from_slice(text.as_ref());
                sequences.push(start..tokens.len());
            }
            let stream = stream(weights, &sequences, &tokens, &mut room, drop);
            for sequence in &sequences {
                last.extend_from_slice(&stream[(sequence.end - 1) * hidden..][..hidden]);
            }
        }
        normed(&last, &weights.numbers.norm, weights.shape.epsilon).0
    }

    /// The slopes by all weights, given those by the log-probabilities.
    pub fn backward(mut self, weights: &Weights, slopes: &[f32]) -> Numbers {
        let shape = weights.shape;
        let numbers = &weights.numbers;
        let hidden = shape.hidden;
        let mut of = numbers.zeros_like();
        let mut room = Room::default();
        let (rows, words) = (self.targets.len(), shape.vocabulary);
        log_probabilities_gradient(&mut self.logits, &self.targets, &self.log_sums, slopes);
        let of_logits = Matrix::rows(&self.logits, words);
        let (normed, _) = normed(&self.last, &numbers.norm, shape.epsilon);
        let normed = Matrix::rows(&normed, hidden);
        match &mut of.head {
            Some(of_head) => add_product(
                [hidden, rows, words],
                normed.transposed(),
                of_logits,
                of_head,
                words,
                &mut room,
            ),
            None => add_product(
                [words, rows, hidden],
                of_logits.transposed(),
                normed,
                &mut of.embedding,
                hidden,
                &mut room,
            ),
        }
        let mut of_normed = vec![0.0f32; rows * hidden];
        add_product(
            [rows, words, hidden],
            of_logits,
            head(weights).transposed(),
            &mut of_normed,
            hidden,
            &mut room,
        );
        let mut of_last = vec![0.0f32; rows * hidden];
        norm_gradient(
            &self.last,
            &numbers.norm,
            &self.inverse,
            &of_normed,
            &mut of_last,
            &mut of.norm,
        );
        let mut of_stream = vec![0.0f32; self.tokens.len() * hidden];
        for (row, slope) in self.asked.iter().zip(of_last.chunks_exact(hidden)) {
            of_stream[row * hidden..][..hidden].copy_from_slice(slope);
        }
        let layers = self
            .layers
            .into_iter()
            .zip(&numbers.blocks)
            .zip(&mut of.blocks);
        for ((layer, block), of_block) in layers.rev() {
            layer.backward(
                weights,
                block,
                &self.sequences,
                &mut of_stream,
                of_block,
                &mut room,
            );
        }
        for (token, slope) in self.tokens.iter().zip(of_stream.chunks_exact(hidden)) {
            let row = &mut of.embedding[*token as usize * hidden..][..hidden];
            row.iter_mut()
                .zip(slope)
                .for_each(|(sum, slope)| *sum += slope);
        }
        of
    }
}

impl Layer {
    fn forward(
        weights: &Weights,
        block: &Block,
        sequences: &[Range<usize>],
        before: Vec<f32>,
        room: &mut Room,
    ) -> (Self, Vec<f32>) {
        let shape = weights.shape;
        let (heads, hidden, inner) = (shape.heads, shape.hidden, shape.inner);
        let tokens = before.len() / hidden;
        let (h, inverse) = normed(&before, &block.input_norm, shape.epsilon);
        let mut rows = vec![0.0f32; tokens * heads.row()];
        let attending = Matrix::rows(&block.attention, heads.row());
        add_product(
            [tokens, hidden, heads.row()],
            Matrix::rows(&h, hidden),
            attending,
            &mut rows,
            heads.row(),
            room,
        );
        for sequence in sequences {
            for (position, row) in sequence.clone().enumerate() {
                let turned = (heads.queries + heads.keys) * heads.width;
                weights
                    .rope
                    .turn(&mut rows[row * heads.row()..][..turned], position);
            }
        }
        let mut seen = vec![0.0f32; weights_needed(heads, sequences)];
        let mut mixed = vec![0.0f32; tokens * heads.result()];
        attention(heads, sequences, &rows, &mut seen, &mut mixed, room);
        let mut between = before.clone();
        let output = Matrix::rows(&block.output, hidden);
        add_product(
            [tokens, heads.result(), hidden],
            Matrix::rows(&mixed, heads.result()),
            output,
            &mut between,
            hidden,
            room,
        );

        let (h, inverse_between) = normed(&between, &block.post_norm, shape.epsilon);
        let mut gate_up = vec![0.0f32; tokens * 2 * inner];
        add_product(
            [tokens, hidden, 2 * inner],
            Matrix::rows(&h, hidden),
            Matrix::rows(&block.gate_up, 2 * inner),
            &mut gate_up,
            2 * inner,
            room,
        );
        let mut acting = vec![0.0f32; tokens * inner];
        gated(&gate_up, inner, &mut acting);
        let mut after = between.clone();
        add_product(
            [tokens, inner, hidden],
            Matrix::rows(&acting, inner),
            Matrix::rows(&block.down, hidden),
            &mut after,
            hidden,
            room,
        );
        let layer = Self {
            before,
            inverse,
            rows,
            seen,
            mixed,
            between,
            inverse_between,
            gate_up,
        };
        (layer, after)
    }

    /// `of_stream` is the slope by the stream behind the block, and becomes the one by that before it.
    fn backward(
        self,
        weights: &Weights,
        block: &Block,
        sequences: &[Range<usize>],
        of_stream: &mut [f32],
        of: &mut Block,
        room: &mut Room,
    ) {
        let shape = weights.shape;
        let (heads, hidden, inner) = (shape.heads, shape.hidden, shape.inner);
        let tokens = self.before.len() / hidden;
        let mut gate_up = self.gate_up;
        let mut acting = vec![0.0f32; tokens * inner];
        gated(&gate_up, inner, &mut acting);
        let slope = Matrix::rows(of_stream, hidden);
        add_product(
            [inner, tokens, hidden],
            Matrix::rows(&acting, inner).transposed(),
            slope,
            &mut of.down,
            hidden,
            room,
        );
        acting.fill(0.0);
        add_product(
            [tokens, hidden, inner],
            slope,
            Matrix::rows(&block.down, hidden).transposed(),
            &mut acting,
            inner,
            room,
        );
        gated_gradient(&mut gate_up, inner, &acting);
        drop(acting);
        let (mut h, _) = normed(&self.between, &block.post_norm, shape.epsilon);
        let of_gate_up = Matrix::rows(&gate_up, 2 * inner);
        add_product(
            [hidden, tokens, 2 * inner],
            Matrix::rows(&h, hidden).transposed(),
            of_gate_up,
            &mut of.gate_up,
            2 * inner,
            room,
        );
        h.fill(0.0);
        add_product(
            [tokens, 2 * inner, hidden],
            of_gate_up,
            Matrix::rows(&block.gate_up, 2 * inner).transposed(),
            &mut h,
            hidden,
            room,
        );
        norm_gradient(
            &self.between,
            &block.post_norm,
            &self.inverse_between,
            &h,
            of_stream,
            &mut of.post_norm,
        );
        drop(gate_up);

        let slope = Matrix::rows(of_stream, hidden);
        let result = heads.result();
        add_product(
            [result, tokens, hidden],
            Matrix::rows(&self.mixed, result).transposed(),
            slope,
            &mut of.output,
            hidden,
            room,
        );
        let mut of_mixed = vec![0.0f32; tokens * result];
        add_product(
            [tokens, hidden, result],
            slope,
            Matrix::rows(&block.output, hidden).transposed(),
            &mut of_mixed,
            result,
            room,
        );
        let mut of_rows = vec![0.0f32; tokens * heads.row()];
        attention_gradient(
            heads,
            sequences,
            &self.rows,
            &self.seen,
            &self.mixed,
            &of_mixed,
            &mut of_rows,
            room,
        );
        for sequence in sequences {
            for (position, row) in sequence.clone().enumerate() {
                let turned = (heads.queries + heads.keys) * heads.width;
                weights
                    .rope
                    .turn_back(&mut of_rows[row * heads.row()..][..turned], position);
            }
        }
        let (mut h, _) = normed(&self.before, &block.input_norm, shape.epsilon);
        let slope = Matrix::rows(&of_rows, heads.row());
        add_product(
            [hidden, tokens, heads.row()],
            Matrix::rows(&h, hidden).transposed(),
            slope,
            &mut of.attention,
            heads.row(),
            room,
        );
        h.fill(0.0);
        add_product(
            [tokens, heads.row(), hidden],
            slope,
            Matrix::rows(&block.attention, heads.row()).transposed(),
            &mut h,
            hidden,
            room,
        );
        norm_gradient(
            &self.before,
            &block.input_norm,
            &self.inverse,
            &h,
            of_stream,
            &mut of.input_norm,
        );
    }
}

/// The stream behind the last block, `[tokens, hidden]`; `keep` gets what each block has to remember.
fn stream(
    weights: &Weights,
    sequences: &[Range<usize>],
    tokens: &[u32],
    room: &mut Room,
    mut keep: impl FnMut(Layer),
) -> Vec<f32> {
    let numbers = &weights.numbers;
    let mut stream = embedded(&numbers.embedding, tokens, weights.shape.hidden);
    for block in &numbers.blocks {
        let (layer, after) = Layer::forward(weights, block, sequences, stream, room);
        keep(layer);
        stream = after;
    }
    stream
}

/// The head as `[hidden, vocabulary]`.
pub(super) fn head(weights: &Weights) -> Matrix<'_> {
    let shape = weights.shape;
    match &weights.numbers.head {
        Some(head) => Matrix::rows(head, shape.vocabulary),
        None => Matrix::rows(&weights.numbers.embedding, shape.hidden).transposed(),
    }
}

/// The rows of the embedding that belong to tokens.
pub(super) fn embedded(embedding: &[f32], tokens: &[u32], hidden: usize) -> Vec<f32> {
    let rows = tokens
        .iter()
        .flat_map(|token| &embedding[*token as usize * hidden..][..hidden]);
    rows.copied().collect()
}

/// The normed rows, and one over each row's root mean square.
pub(super) fn normed(x: &[f32], scale: &[f32], epsilon: f32) -> (Vec<f32>, Vec<f32>) {
    let mut to = vec![0.0f32; x.len()];
    let mut inverse = vec![0.0f32; x.len() / scale.len()];
    norm(x, scale, epsilon, &mut to, &mut inverse);
    (to, inverse)
}
