//! The weights as the CPU engine's passes read them: plain lists, those of one product side by side.

use crate::cpu::attention::Heads;
use crate::cpu::lanes::{squares, widest};
use crate::cpu::product::{Matrix, Room, set_product};
use crate::cpu::rope::Rope;
use crate::model::config::LlamaConfig;

/// Numbers of the network's parts.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Width of the residual stream.
    pub hidden: usize,
    /// Width of the gated layer.
    pub inner: usize,
    /// Entries of the vocabulary.
    pub vocabulary: usize,
    /// Heads of attention.
    pub heads: Heads,
    /// Added to mean squares.
    pub epsilon: f32,
}

/// The weights of a block; their slopes have the same form.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Before attention, `[hidden]`.
    pub input_norm: Vec<f32>,
    /// Queries, keys and values, `[hidden, heads.row()]`.
    pub attention: Vec<f32>,
    /// `[heads.result(), hidden]`.
    pub output: Vec<f32>,
    /// Before the gated layer, `[hidden]`.
    pub post_norm: Vec<f32>,
    /// Gates and ups, `[hidden, 2 * inner]`.
    pub gate_up: Vec<f32>,
    /// `[inner, hidden]`.
    pub down: Vec<f32>,
}

/// All weights, or the slopes by them.
#[derive(Clone, Debug, Default)]
pub struct Numbers {
    /// `[vocabulary, hidden]`.
    pub embedding: Vec<f32>,
    /// The blocks.
    pub blocks: Vec<Block>,
    /// Behind the last block, `[hidden]`.
    pub norm: Vec<f32>,
    /// A head of its own, `[hidden, vocabulary]`.
    pub head: Option<Vec<f32>>,
}

/// A network ready for passes.
#[derive(Clone, Debug)]
pub struct Weights {
    /// Its shape.
    pub shape: Shape,
    /// Its numbers.
    pub numbers: Numbers,
    /// Its positions.
    pub rope: Rope,
}

impl Shape {
    /// The shape of a configuration.
    pub fn of(config: &LlamaConfig) -> Self {
        Self {
            hidden: config.hidden_size,
            inner: config.intermediate_size,
            vocabulary: config.vocab_size,
            heads: Heads {
                queries: config.num_attention_heads,
                keys: config.num_key_value_heads,
                width: config.head_dim,
            },
            epsilon: config.rms_norm_eps as f32,
        }
    }

    /// Widths of queries, keys and values in a row of attention.
    fn parts(&self) -> [usize; 3] {
        let Heads {
            queries,
            keys,
            width,
        } = self.heads;
        [queries * width, keys * width, keys * width]
    }
}

impl Weights {
    /// Takes lists in the order and layout of `Llama::parameters`. None if they are too few.
    pub fn new(config: &LlamaConfig, lists: Vec<Vec<f32>>) -> Option<Self> {
        let shape = Shape::of(config);
        let blocks = config.num_hidden_layers;
        let numbers = Numbers::from_lists(&shape, blocks, !config.tie_word_embeddings, lists)?;
        let rope = Rope::new(
            config.max_position_embeddings,
            config.head_dim,
            config.rope_theta,
        );
        Some(Self {
            shape,
            numbers,
            rope,
        })
    }
}

impl Block {
    fn lists(&self) -> [&Vec<f32>; 6] {
        [
            &self.input_norm,
            &self.attention,
            &self.output,
            &self.post_norm,
            &self.gate_up,
            &self.down,
        ]
    }

    fn lists_mut(&mut self) -> [&mut Vec<f32>; 6] {
        [
            &mut self.input_norm,
            &mut self.attention,
            &mut self.output,
            &mut self.post_norm,
            &mut self.gate_up,
            &mut self.down,
        ]
    }
}

impl Numbers {
    /// As many zeros.
    pub fn zeros_like(&self) -> Self {
        let mut zeros = self.clone();
        zeros.lists_mut().for_each(|list| list.fill(0.0));
        zeros
    }

    /// Takes lists in the order and layout of `Llama::parameters`. None if they are too few.
    pub fn from_lists(
        shape: &Shape,
        blocks: usize,
        has_head: bool,
        lists: Vec<Vec<f32>>,
    ) -> Option<Self> {
        let mut lists = lists.into_iter();
        let embedding = lists.next()?;
        let mut block = || {
            let [query, key, value] = [lists.next()?, lists.next()?, lists.next()?];
            let output = lists.next()?;
            let [gate, up] = [lists.next()?, lists.next()?];
            Some(Block {
                attention: beside(&[&query, &key, &value], &shape.parts()),
                output,
                gate_up: beside(&[&gate, &up], &[shape.inner; 2]),
                down: lists.next()?,
                input_norm: lists.next()?,
                post_norm: lists.next()?,
            })
        };
        let blocks = (0..blocks)
            .map(|_| block())
            .collect::<Option<Vec<Block>>>()?;
        Some(Self {
            embedding,
            blocks,
            norm: lists.next()?,
            head: if has_head { Some(lists.next()?) } else { None },
        })
    }

    /// All lists, in an order of their own.
    pub fn lists(&self) -> impl Iterator<Item = &Vec<f32>> {
        let blocks = self.blocks.iter().flat_map(Block::lists);
        let others = [&self.embedding, &self.norm].into_iter();
        others.chain(&self.head).chain(blocks)
    }

    /// The same to be changed.
    pub fn lists_mut(&mut self) -> impl Iterator<Item = &mut Vec<f32>> {
        let blocks = self.blocks.iter_mut().flat_map(Block::lists_mut);
        let others = [&mut self.embedding, &mut self.norm].into_iter();
        others.chain(&mut self.head).chain(blocks)
    }

    /// Makes the scales of norms zeros.
    pub fn clear_norms(&mut self) {
        self.norm.fill(0.0);
        for block in &mut self.blocks {
            block.input_norm.fill(0.0);
            block.post_norm.fill(0.0);
        }
    }

    /// The sum of all squares: of each weight of the network in single precision, in the order of its numbers, and of
    /// the weights in double.
    pub fn squares(&self, shape: &Shape) -> f64 {
        let mut sum = 0.0;
        let mut add = |together: &[f32], widths: &[usize]| {
            let all: usize = widths.iter().sum();
            let mut from = 0;
            for width in widths {
                let place = from..from + width;
                from += width;
                let rows = together.chunks_exact(all).map(|row| &row[place.clone()]);
                sum += f64::from(widest(
                    #[inline(always)]
                    || squares(rows),
                ));
            }
        };
        let alone = |list: &[f32]| [list.len()];
        add(&self.embedding, &alone(&self.embedding));
        for block in &self.blocks {
            add(&block.attention, &shape.parts());
            add(&block.output, &alone(&block.output));
            add(&block.gate_up, &[shape.inner; 2]);
            for list in [&block.down, &block.input_norm, &block.post_norm] {
                add(list, &alone(list));
            }
        }
        for list in [&self.norm].into_iter().chain(&self.head) {
            add(list, &alone(list));
        }
        sum
    }

    /// Puts the slopes by the head in place of what was there, given those by so many rows of logits and what the head
    /// made these from. A head that is the embedding takes the embedding's place; otherwise that becomes zero.
    pub(super) fn set_head(
        &mut self,
        [rows, hidden, words]: [usize; 3],
        (read, of_logits): (Matrix, Matrix),
        room: &mut Room,
    ) {
        match &mut self.head {
            Some(head) => {
                self.embedding.fill(0.0);
                let size = [hidden, rows, words];
                set_product(size, read.transposed(), of_logits, head, words, room);
            }
            None => {
                let (size, of) = ([words, rows, hidden], &mut self.embedding);
                set_product(size, of_logits.transposed(), read, of, hidden, room);
            }
        }
    }

    /// Lists in the order and layout of `Llama::parameters`.
    pub fn into_lists(self, shape: &Shape) -> Vec<Vec<f32>> {
        let mut lists = vec![self.embedding];
        for block in self.blocks {
            lists.extend(apart(&block.attention, &shape.parts()));
            lists.push(block.output);
            lists.extend(apart(&block.gate_up, &[shape.inner; 2]));
            lists.extend([block.down, block.input_norm, block.post_norm]);
        }
        lists.push(self.norm);
        lists.extend(self.head);
        lists
    }
}

/// Matrices of as many rows, put beside each other.
fn beside(matrices: &[&[f32]], widths: &[usize]) -> Vec<f32> {
    let rows = matrices[0].len() / widths[0];
    let mut together = Vec::with_capacity(matrices.iter().map(|one| one.len()).sum());
    for row in 0..rows {
        for (matrix, width) in matrices.iter().zip(widths) {
            together.extend_from_slice(&matrix[row * width..][..*width]);
        }
    }
    together
}

/// The inverse of [`beside`].
fn apart(together: &[f32], widths: &[usize]) -> Vec<Vec<f32>> {
    let all: usize = widths.iter().sum();
    let mut from = 0;
    let part = |width: &usize| {
        let place = from..from + width;
        from += width;
        let rows = together.chunks_exact(all);
        rows.flat_map(|row| row[place.clone()].iter().copied())
            .collect()
    };
    widths.iter().map(part).collect()
}
