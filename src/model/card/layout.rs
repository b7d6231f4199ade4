//! Where each weight lies in the one list that a graphics card gets.
//!
//! Rows are as long as whole quads, with zeros behind. Matrices of one product stand beside each other. What a
//! kernel looks at together stands together: the two halves of a head that rotary positions turn against each
//! other, and a gate with its up. A query and its key are exchanged alike, so their products stay the same.

use crate::gpu::memory::{Place, Shelf};
use crate::gpu::product::Matrix;
use crate::model::config::LlamaConfig;

/// The weights of a block.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// Before attention.
    pub input_norm: Place,
    /// Queries, keys and values, `[hidden, row]`.
    pub attention: Matrix,
    /// `[result, hidden]`.
    pub output: Matrix,
    /// Before the gated layer.
    pub post_norm: Place,
    /// Gates and ups in turn, `[hidden, 2 * inner]`.
    pub gate_up: Matrix,
    /// `[inner, hidden]`.
    pub down: Matrix,
}

/// Sizes up to whole quads, and places of all weights.
#[derive(Clone, Debug)]
pub struct Layout {
    /// The stream's width.
    pub hidden: usize,
    /// The gated layer's width.
    pub inner: usize,
    /// A head's width.
    pub head: usize,
    /// Queries, keys and values.
    pub row: usize,
    /// What attention gives.
    pub result: usize,
    /// A row of logits.
    pub words: usize,
    /// `[vocabulary, hidden]`.
    pub embedding: Matrix,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Behind the last block.
    pub norm: Place,
    /// `[vocabulary, hidden]` too; the embedding, if the head is tied.
    pub head_rows: Matrix,
    /// Numbers altogether.
    pub count: usize,
    parts: Vec<Part>,
}

/// How a row's or a column's number becomes its place.
#[derive(Clone, Copy, Debug)]
enum Way {
    Plain,
    /// Heads behind `before`.
    Heads {
        before: usize,
    },
    /// The same, with the halves of each head in turn.
    Halves {
        before: usize,
    },
    /// Every other one.
    InTurn {
        first: usize,
    },
}

/// A list of `Llama::parameters`.
#[derive(Clone, Copy, Debug)]
struct Part {
    matrix: Matrix,
    columns: usize,
    rows: Way,
    across: Way,
    exchanged: bool,
}

impl Layout {
    /// The layout of a network.
    pub fn new(config: &LlamaConfig) -> Self {
        let quads = |size: usize| size.next_multiple_of(4);
        let (hidden, inner) = (quads(config.hidden_size), quads(config.intermediate_size));
        let head = quads(config.head_dim);
        let (queries, keys) = (config.num_attention_heads, config.num_key_value_heads);
        let (row, result) = ((queries + 2 * keys) * head, queries * head);
        let mut shelf = Shelf::default();
        let mut matrix =
            |rows: usize, stride: usize| Matrix::new(shelf.place(rows * stride), stride);
        let embedding = matrix(config.vocab_size, hidden);
        let blocks: Vec<Block> = (0..config.num_hidden_layers)
            .map(|_| Block {
                attention: matrix(hidden, row),
                output: matrix(result, hidden),
                gate_up: matrix(hidden, 2 * inner),
                down: matrix(inner, hidden),
                input_norm: matrix(1, hidden).place,
                post_norm: matrix(1, hidden).place,
            })
            .collect();
        let norm = matrix(1, hidden).place;
        let tied = config.tie_word_embeddings;
        let head_rows = if tied {
            embedding
        } else {
            matrix(config.vocab_size, hidden)
        };
        let part = |matrix, columns, rows, across| Part {
            matrix,
            columns,
            rows,
            across,
            exchanged: false,
        };
        let plain = |matrix, columns| part(matrix, columns, Way::Plain, Way::Plain);
        let scale = |place| plain(Matrix::new(place, hidden), config.hidden_size);
        let mut parts = vec![plain(embedding, config.hidden_size)];
        for block in &blocks {
            let (attention, gate_up) = (block.attention, block.gate_up);
            let [keys_at, values_at] = [queries, queries + keys].map(|heads| heads * head);
            let width = config.head_dim;
            let turned =
                |before, heads| part(attention, heads * width, Way::Plain, Way::Halves { before });
            let in_turn = |first| {
                part(
                    gate_up,
                    config.intermediate_size,
                    Way::Plain,
                    Way::InTurn { first },
                )
            };
            let heads = Way::Heads { before: values_at };
            parts.extend([
                turned(0, queries),
                turned(keys_at, keys),
                part(attention, keys * width, Way::Plain, heads),
                part(
                    block.output,
                    config.hidden_size,
                    Way::Heads { before: 0 },
                    Way::Plain,
                ),
                in_turn(0),
                in_turn(1),
                plain(block.down, config.hidden_size),
                scale(block.input_norm),
                scale(block.post_norm),
            ]);
        }
        parts.push(scale(norm));
        if !tied {
            parts.push(Part {
                exchanged: true,
                ..plain(head_rows, config.vocab_size)
            });
        }
        Self {
            hidden,
            inner,
            head,
            row,
            result,
            words: quads(config.vocab_size),
            embedding,
            blocks,
            norm,
            head_rows,
            count: shelf.taken,
            parts,
        }
    }

    /// Lists in the order and layout of `Llama::parameters` as one. None if they are others than this layout's.
    pub fn together(&self, lists: &[Vec<f32>], width: usize) -> Option<Vec<f32>> {
        let mut all = vec![0.0; self.count];
        if lists.len() != self.parts.len() {
            return None;
        }
        for (list, part) in lists.iter().zip(&self.parts) {
            for (number, value) in list.iter().enumerate() {
                *all.get_mut(self.place(part, number, width))? = *value;
            }
        }
        Some(all)
    }

    /// The inverse of [`Self::together`]; `counts` says how long the lists are, and `width` is a head's.
    pub fn apart(
        &self,
        all: &[f32],
        counts: impl Iterator<Item = usize>,
        width: usize,
    ) -> Vec<Vec<f32>> {
        let parts = self.parts.iter().zip(counts);
        let list = |(part, count): (&Part, usize)| {
            let places = (0..count).map(|number| self.place(part, number, width));
            places.map(|place| all[place]).collect()
        };
        parts.map(list).collect()
    }

    fn place(&self, part: &Part, number: usize, width: usize) -> usize {
        let (row, column) = (number / part.columns, number % part.columns);
        let (row, column) = if part.exchanged {
            (column, row)
        } else {
            (row, column)
        };
        let along = |way: Way, at: usize| match way {
            Way::Plain => at,
            Way::Heads { before } => before + at / width * self.head + at % width,
            Way::Halves { before } => {
                let (half, at_head) = (width / 2, at % width);
                let pair = 2 * (at_head % half) + at_head / half;
                before + at / width * self.head + pair
            }
            Way::InTurn { first } => 2 * at + first,
        };
        part.matrix.place.start
            + along(part.rows, row) * part.matrix.stride
            + along(part.across, column)
    }
}
