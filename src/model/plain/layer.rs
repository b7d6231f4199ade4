//! A block of the network, forwards and backwards.

use super::weights::{Block, Weights};
use super::workspace::Workspace;
use crate::cpu::attention::{attention, attention_gradient, weights_needed};
use crate::cpu::gated::{gated, gated_gradient};
use crate::cpu::norm::norm_gradient;
use crate::cpu::product::{Matrix, add_product, set_product};
use core::ops::Range;

/// What a block has to remember.
pub(super) struct Layer {
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

impl Layer {
    /// What it remembers, and the stream behind the block.
    pub(super) fn forward(
        weights: &Weights,
        block: &Block,
        sequences: &[Range<usize>],
        before: Vec<f32>,
        work: &mut Workspace,
    ) -> (Self, Vec<f32>) {
        let shape = weights.shape;
        let (heads, hidden, inner) = (shape.heads, shape.hidden, shape.inner);
        let tokens = before.len() / hidden;
        let [h, inverse] = work.normed(&before, &block.input_norm, shape.epsilon);
        let mut rows = work.product(
            [tokens, hidden, heads.row()],
            Matrix::rows(&h, hidden),
            Matrix::rows(&block.attention, heads.row()),
        );
        work.give_back(h);
        let turned = (heads.queries + heads.keys) * heads.width;
        each_row(&mut rows, heads.row(), sequences, |row, position| {
            weights.rope.turn(&mut row[..turned], position);
        });
        let mut seen = work.list(weights_needed(heads, sequences));
        let mut mixed = work.list(tokens * heads.result());
        attention(
            heads,
            sequences,
            &rows,
            &mut seen,
            &mut mixed,
            &mut work.room,
        );
        let mut between = work.copied(&before);
        add_product(
            [tokens, heads.result(), hidden],
            Matrix::rows(&mixed, heads.result()),
            Matrix::rows(&block.output, hidden),
            &mut between,
            hidden,
            &mut work.room,
        );

        let [h, inverse_between] = work.normed(&between, &block.post_norm, shape.epsilon);
        let gate_up = work.product(
            [tokens, hidden, 2 * inner],
            Matrix::rows(&h, hidden),
            Matrix::rows(&block.gate_up, 2 * inner),
        );
        work.give_back(h);
        let mut acting = work.list(tokens * inner);
        gated(&gate_up, inner, &mut acting);
        let mut after = work.copied(&between);
        add_product(
            [tokens, inner, hidden],
            Matrix::rows(&acting, inner),
            Matrix::rows(&block.down, hidden),
            &mut after,
            hidden,
            &mut work.room,
        );
        work.give_back(acting);
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

    /// `of_stream` is the slope by the stream behind the block, and becomes the one by that before it. Of `of`, if it is
    /// given, the norms' slopes are added to, and all others are put in place of what was there.
    pub(super) fn backward(
        mut self,
        weights: &Weights,
        block: &Block,
        sequences: &[Range<usize>],
        of_stream: &mut [f32],
        mut of: Option<&mut Block>,
        work: &mut Workspace,
    ) {
        let shape = weights.shape;
        self.gate_backward(weights, block, of_stream, of.as_deref_mut(), work);
        let of_rows = self.attention_backward(
            weights,
            block,
            sequences,
            of_stream,
            of.as_deref_mut(),
            work,
        );
        let (row, hidden) = (shape.heads.row(), shape.hidden);
        let tokens = self.before.len() / hidden;
        let [h, inverse] = work.normed(&self.before, &block.input_norm, shape.epsilon);
        let slope = Matrix::rows(&of_rows, row);
        if let Some(of) = of.as_deref_mut() {
            let size = [hidden, tokens, row];
            set_weights(size, &h, slope, &mut of.attention, work);
        }
        let of_h = work.product(
            [tokens, row, hidden],
            slope,
            Matrix::rows(&block.attention, row).transposed(),
        );
        norm_gradient(
            &self.before,
            &block.input_norm,
            &self.inverse,
            &of_h,
            of_stream,
            of.map(|of| &mut of.input_norm[..]),
        );
        for list in [h, inverse, of_h, of_rows] {
            work.give_back(list);
        }
        self.give_back(work);
    }

    /// Through the gated layer.
    fn gate_backward(
        &mut self,
        weights: &Weights,
        block: &Block,
        of_stream: &mut [f32],
        mut of: Option<&mut Block>,
        work: &mut Workspace,
    ) {
        let (hidden, inner) = (weights.shape.hidden, weights.shape.inner);
        let tokens = self.before.len() / hidden;
        let slope = Matrix::rows(of_stream, hidden);
        if let Some(of) = of.as_deref_mut() {
            let mut acting = work.list(tokens * inner);
            gated(&self.gate_up, inner, &mut acting);
            let size = [inner, tokens, hidden];
            set_weights(size, &acting, slope, &mut of.down, work);
            work.give_back(acting);
        }
        let of_acting = work.product(
            [tokens, hidden, inner],
            slope,
            Matrix::rows(&block.down, hidden).transposed(),
        );
        gated_gradient(&mut self.gate_up, inner, &of_acting);
        let [h, inverse] = work.normed(&self.between, &block.post_norm, weights.shape.epsilon);
        let of_gate_up = Matrix::rows(&self.gate_up, 2 * inner);
        if let Some(of) = of.as_deref_mut() {
            let size = [hidden, tokens, 2 * inner];
            set_weights(size, &h, of_gate_up, &mut of.gate_up, work);
        }
        let of_h = work.product(
            [tokens, 2 * inner, hidden],
            of_gate_up,
            Matrix::rows(&block.gate_up, 2 * inner).transposed(),
        );
        norm_gradient(
            &self.between,
            &block.post_norm,
            &self.inverse_between,
            &of_h,
            of_stream,
            of.map(|of| &mut of.post_norm[..]),
        );
        for list in [of_acting, h, inverse, of_h] {
            work.give_back(list);
        }
    }

    /// Through attention, as far as the slopes by queries, keys and values before they were turned.
    fn attention_backward(
        &self,
        weights: &Weights,
        block: &Block,
        sequences: &[Range<usize>],
        of_stream: &[f32],
        of: Option<&mut Block>,
        work: &mut Workspace,
    ) -> Vec<f32> {
        let (heads, hidden) = (weights.shape.heads, weights.shape.hidden);
        let (row, result) = (heads.row(), heads.result());
        let tokens = self.before.len() / hidden;
        let slope = Matrix::rows(of_stream, hidden);
        if let Some(of) = of {
            let size = [result, tokens, hidden];
            set_weights(size, &self.mixed, slope, &mut of.output, work);
        }
        let of_mixed = work.product(
            [tokens, hidden, result],
            slope,
            Matrix::rows(&block.output, hidden).transposed(),
        );
        let mut of_rows = work.zeros(tokens * row);
        attention_gradient(
            heads,
            sequences,
            &self.rows,
            &self.seen,
            &self.mixed,
            &of_mixed,
            &mut of_rows,
            &mut work.room,
        );
        work.give_back(of_mixed);
        let turned = (heads.queries + heads.keys) * heads.width;
        each_row(&mut of_rows, row, sequences, |row, position| {
            weights.rope.turn_back(&mut row[..turned], position);
        });
        of_rows
    }

    /// Gives back what it remembers.
    pub(super) fn give_back(self, work: &mut Workspace) {
        let stream = [
            self.before,
            self.inverse,
            self.between,
            self.inverse_between,
        ];
        let layers = [self.rows, self.seen, self.mixed, self.gate_up];
        for list in stream.into_iter().chain(layers) {
            work.give_back(list);
        }
    }
}

/// Puts what the slopes by a product's rows mean for its weights in place of what was there: `size` is the weights' rows,
/// the tokens, and the weights' columns; `read` is what they were multiplied with, `[tokens, rows]`.
fn set_weights(
    size: [usize; 3],
    read: &[f32],
    slope: Matrix,
    of: &mut [f32],
    work: &mut Workspace,
) {
    let read = Matrix::rows(read, size[0]).transposed();
    set_product(size, read, slope, of, size[2], &mut work.room);
}

/// Every row with its position in its sequence.
fn each_row(
    rows: &mut [f32],
    width: usize,
    sequences: &[Range<usize>],
    mut what: impl FnMut(&mut [f32], usize),
) {
    for sequence in sequences {
        let rows = rows[sequence.start * width..sequence.end * width].chunks_exact_mut(width);
        for (position, row) in rows.enumerate() {
            what(row, position);
        }
    }
}
