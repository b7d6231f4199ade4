//! A pass backwards, written down for the card: twelve dispatches a block, or eight where nobody asks for the weights.
//!
//! Slopes take the place of what they are slopes by, wherever that is not needed any more.

use super::Card;
use super::batch::Batch;
use super::forward::{Layer, Trace};
use super::layout::Block;
use crate::gpu::attention::{Span, attention_gradient};
use crate::gpu::embedding::embed_gradient;
use crate::gpu::likelihood::{Given, likelihood_gradient};
use crate::gpu::memory::{Place, Script, Shelf};
use crate::gpu::norm::{Norm, norm_gradient, scale_gradients};
use crate::gpu::product::{
    Matrix, Size, product, product_gated_gradient, product_gradient, product_right,
};

/// What a pass backwards is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Seeking {
    /// The slopes by all weights.
    Weights,
    /// Those by the stream alone, as far as the first block.
    Stream,
}

/// Places that all blocks use in turn.
#[derive(Clone, Copy)]
struct Desk {
    seeking: Seeking,
    /// The slope by the stream.
    of_stream: Matrix,
    of_rows: Matrix,
    of_result: Matrix,
}

impl Card {
    /// Writes down the pass backwards of a pass that kept everything. The slopes by all weights, if it seeks them, are added
    /// to those that are there; `given` says where those by the log-probabilities are. Gives the place of the slopes by
    /// what every token is to the first block, `[tokens, hidden]`.
    pub(super) fn backward(
        &self,
        script: &mut Script,
        shelf: &mut Shelf,
        (batch, trace): (&Batch, &Trace),
        given: Given,
        seeking: Seeking,
    ) -> Matrix {
        let (layout, webgpu, width) = (&*self.layout, &*self.webgpu, self.width());
        let (tokens, asked) = (batch.tokens.len(), batch.asked.len());
        let mut matrix = |width: usize| Matrix::new(shelf.place(tokens * width), width);
        let desk = Desk {
            seeking,
            of_stream: matrix(layout.hidden),
            of_rows: matrix(layout.row),
            of_result: matrix(layout.result),
        };
        script.cleared.push(desk.of_stream.place);
        likelihood_gradient(webgpu, script, &trace.likelihood, given);
        let of_logits = Matrix::new(trace.likelihood.logits, layout.words);
        let normed = Matrix::new(trace.last.to, layout.hidden);
        let size = [self.config.vocab_size, asked, layout.hidden];
        self.by_weights(script, desk, size, [of_logits, normed], layout.head_rows);
        // The sum ends with the last word: a row of slopes may be longer, and weights have no rows behind it.
        let size = [asked, self.config.vocab_size, layout.hidden];
        product(webgpu, script, size, of_logits, layout.head_rows, normed);
        norm_gradient(webgpu, script, width, &trace.last, desk.of_stream.place);

        let texts: Vec<(Span, usize)> = batch
            .spans
            .iter()
            .zip(batch.texts())
            .map(|(span, text)| (*span, text.end))
            .collect();
        for (layer, block) in trace.layers.iter().zip(&layout.blocks).rev() {
            self.block_backward(script, (layer, block), &texts, desk);
        }
        if seeking == Seeking::Stream {
            return desk.of_stream;
        }
        let norms = trace
            .layers
            .iter()
            .flat_map(|layer| [layer.input, layer.post]);
        let norms: Vec<Norm> = norms.chain([trace.last]).collect();
        scale_gradients(webgpu, script, width, &norms, layout.count);
        let embedding = (layout.embedding.place, self.config.hidden_size);
        embed_gradient(
            webgpu,
            script,
            &batch.tokens,
            embedding,
            desk.of_stream.place,
        );
        desk.of_stream
    }

    /// Adds the slopes by the weights of a product, if they are sought.
    fn by_weights(
        &self,
        script: &mut Script,
        desk: Desk,
        size: Size,
        pair: [Matrix; 2],
        weights: Matrix,
    ) {
        if desk.seeking == Seeking::Weights {
            let apart = self.layout.count;
            product_gradient(&self.webgpu, script, size, pair, weights, apart);
        }
    }

    fn block_backward(
        &self,
        script: &mut Script,
        (layer, block): (&Layer, &Block),
        texts: &[(Span, usize)],
        desk: Desk,
    ) {
        let (layout, webgpu, width) = (&*self.layout, &*self.webgpu, self.width());
        let (hidden, tokens) = (layout.hidden, layer.input.rows);
        let Desk {
            of_stream,
            of_rows,
            of_result,
            ..
        } = desk;
        let normed = |place: Place| Matrix::new(place, hidden);

        let size = [layout.inner, tokens, hidden];
        self.by_weights(script, desk, size, [layer.acting, of_stream], block.down);
        let size = [tokens, hidden, layout.inner];
        product_gated_gradient(webgpu, script, size, [of_stream, block.down], layer.gate_up);
        let of_gates = layer.gate_up;
        let size = [hidden, tokens, 2 * layout.inner];
        let pair = [normed(layer.post.to), of_gates];
        self.by_weights(script, desk, size, pair, block.gate_up);
        let size = [tokens, 2 * layout.inner, hidden];
        product_right(
            webgpu,
            script,
            size,
            of_gates,
            block.gate_up,
            normed(layer.post.to),
        );
        norm_gradient(webgpu, script, width, &layer.post, of_stream.place);

        let mixed = Matrix::new(layer.attention.result, layout.result);
        let size = [layout.result, tokens, hidden];
        self.by_weights(script, desk, size, [mixed, of_stream], block.output);
        let size = [tokens, hidden, layout.result];
        product_right(webgpu, script, size, of_stream, block.output, of_result);
        let places = (of_result.place, of_rows.place);
        attention_gradient(webgpu, script, &layer.attention, texts, places.0, places.1);
        let size = [hidden, tokens, layout.row];
        let pair = [normed(layer.input.to), of_rows];
        self.by_weights(script, desk, size, pair, block.attention);
        let size = [tokens, layout.row, hidden];
        product_right(
            webgpu,
            script,
            size,
            of_rows,
            block.attention,
            normed(layer.input.to),
        );
        norm_gradient(webgpu, script, width, &layer.input, of_stream.place);
    }
}
