//! A pass forwards, written down for the card: seven dispatches a block.

use super::Card;
use super::batch::{Batch, tiles};
use crate::gpu::attention::{Attention, attention, tile};
use crate::gpu::embedding::embed;
use crate::gpu::likelihood::{Likelihood, likelihood};
use crate::gpu::memory::{Place, Script, Shelf};
use crate::gpu::norm::{Norm, norm};
use crate::gpu::product::{
    Matrix, Turning, product_gated, product_onto, product_right, product_turned,
};

/// What a block leaves behind.
#[derive(Clone, Copy, Debug)]
pub(super) struct Layer {
    pub input: Norm,
    pub attention: Attention,
    pub post: Norm,
    pub gate_up: Matrix,
    pub acting: Matrix,
}

/// What a pass leaves behind.
#[derive(Clone, Debug)]
pub(super) struct Trace {
    pub layers: Vec<Layer>,
    /// The last norm, of the rows asked for.
    pub last: Norm,
    pub likelihood: Likelihood,
}

/// Where the stream is kept.
#[derive(Clone, Copy, Debug)]
pub(super) enum Keeping<'a> {
    /// In new places before each step, for a pass backwards.
    All,
    /// In one place, and queries, keys and values of each block in these.
    Rows(&'a [Place]),
    /// In one place.
    Nothing,
}

impl Card {
    /// Numbers of the desk that a pass takes that remembers nothing: for each token, and for each row asked for.
    pub(super) fn pass_numbers(&self) -> (usize, usize) {
        let layout = &*self.layout;
        let norms = 3 * layout.hidden + 8;
        let attention = layout.row + layout.result + 4 * self.config.num_attention_heads;
        (
            norms + attention + 3 * layout.inner,
            layout.hidden + layout.words + 8,
        )
    }

    /// Writes down a pass forwards, up to the logits of the rows asked for; and to the log-probabilities of the words
    /// asked for there, if any are.
    pub(super) fn forward(
        &self,
        script: &mut Script,
        shelf: &mut Shelf,
        batch: &Batch,
        keeping: Keeping,
    ) -> Trace {
        let (layout, webgpu, width) = (&*self.layout, &*self.webgpu, self.width());
        let tokens = batch.tokens.len();
        let listed = script.note(batch.tokens.iter().copied());
        let positions = script.note(batch.positions.iter().copied());
        let slots = script.note(batch.slots.iter().copied());
        let counted = script.note(0..tokens as u32);
        let most = batch.spans.iter().map(|span| span.count).max().unwrap_or(0);
        let queries = if most == 1 {
            1
        } else {
            tile(webgpu, layout.head)
        };
        let spans = tiles(&batch.spans, queries);

        let mut stream = shelf.place(tokens * layout.hidden);
        let embedding = (layout.embedding.place, self.config.hidden_size);
        embed(webgpu, script, (listed, tokens), embedding, stream);
        let mut layers: Vec<Layer> = Vec::with_capacity(layout.blocks.len());
        for (number, block) in layout.blocks.iter().enumerate() {
            let known = match keeping {
                Keeping::All => None,
                _ => layers.first().copied(),
            };
            let mut place =
                |known: Option<Place>, count: usize| known.unwrap_or_else(|| shelf.place(count));
            let input = Norm {
                from: stream,
                chosen: counted,
                rows: tokens,
                scale: block.input_norm,
                to: place(known.map(|one| one.input.to), tokens * layout.hidden),
                inverse: place(known.map(|one| one.input.inverse), 4 * tokens),
            };
            norm(webgpu, script, width, &input);
            let rows = match keeping {
                Keeping::Rows(rows) => rows[number],
                _ => place(known.map(|one| one.attention.rows), tokens * layout.row),
            };
            let heads = self.config.num_attention_heads;
            let attending = Attention {
                heads,
                key_heads: self.config.num_key_value_heads,
                head: layout.head,
                scale: (1.0 / libm::sqrt(self.config.head_dim as f64)) as f32,
                rows,
                result: place(
                    known.map(|one| one.attention.result),
                    tokens * layout.result,
                ),
                kept: place(known.map(|one| one.attention.kept), 4 * tokens * heads),
            };
            let turning = Turning {
                positions,
                slots,
                columns: (heads + attending.key_heads) * layout.head,
                head: layout.head,
            };
            let normed = Matrix::new(input.to, layout.hidden);
            product_turned(
                webgpu,
                script,
                [tokens, layout.hidden, layout.row],
                [normed, block.attention, Matrix::new(rows, layout.row)],
                turning,
            );
            attention(webgpu, script, &attending, &spans, queries);
            let before = Matrix::new(stream, layout.hidden);
            let between = match keeping {
                Keeping::All => place(None, tokens * layout.hidden),
                _ => stream,
            };
            let between = Matrix::new(between, layout.hidden);
            let mixed = Matrix::new(attending.result, layout.result);
            let size = [tokens, layout.result, layout.hidden];
            product_onto(webgpu, script, size, [mixed, block.output], before, between);

            let post = Norm {
                from: between.place,
                scale: block.post_norm,
                to: place(known.map(|one| one.post.to), tokens * layout.hidden),
                inverse: place(known.map(|one| one.post.inverse), 4 * tokens),
                ..input
            };
            norm(webgpu, script, width, &post);
            let gate_up = place(
                known.map(|one| one.gate_up.place),
                tokens * 2 * layout.inner,
            );
            let gate_up = Matrix::new(gate_up, 2 * layout.inner);
            let acting = place(known.map(|one| one.acting.place), tokens * layout.inner);
            let acting = Matrix::new(acting, layout.inner);
            product_gated(
                webgpu,
                script,
                [tokens, layout.hidden, 2 * layout.inner],
                [Matrix::new(post.to, layout.hidden), block.gate_up, gate_up],
                acting,
            );
            let after = match keeping {
                Keeping::All => place(None, tokens * layout.hidden),
                _ => stream,
            };
            let after = Matrix::new(after, layout.hidden);
            let size = [tokens, layout.inner, layout.hidden];
            product_onto(webgpu, script, size, [acting, block.down], between, after);
            stream = after.place;
            layers.push(Layer {
                input,
                attention: attending,
                post,
                gate_up,
                acting,
            });
        }

        let asked = batch.asked.len();
        let last = Norm {
            from: stream,
            chosen: script.note(batch.asked.iter().copied()),
            rows: asked,
            scale: layout.norm,
            to: shelf.place(asked * layout.hidden),
            inverse: shelf.place(4 * asked),
        };
        norm(webgpu, script, width, &last);
        let likelihood_of = Likelihood {
            rows: asked,
            words: self.config.vocab_size,
            logits: shelf.place(asked * layout.words),
            targets: script.note(batch.targets.iter().copied()),
            known: shelf.place(4 * asked),
        };
        let logits = Matrix::new(likelihood_of.logits, layout.words);
        let size = [asked, layout.hidden, layout.words];
        let normed = Matrix::new(last.to, layout.hidden);
        product_right(webgpu, script, size, normed, layout.head_rows, logits);
        if !batch.targets.is_empty() {
            likelihood(webgpu, script, &likelihood_of);
        }
        Trace {
            layers,
            last,
            likelihood: likelihood_of,
        }
    }
}
