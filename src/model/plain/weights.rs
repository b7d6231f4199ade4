//! The weights as the CPU engine's passes read them: plain lists, those of one product side by side.

use crate::cpu::attention::Heads;
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
#[derive(Debug)]
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
        let mut lists = lists.into_iter();
        let embedding = lists.next()?;
        let mut blocks = Vec::with_capacity(config.num_hidden_layers);
        for _ in 0..config.num_hidden_layers {
            let [query, key, value] = [lists.next()?, lists.next()?, lists.next()?];
            let output = lists.next()?;
            let [gate, up] = [lists.next()?, lists.next()?];
            blocks.push(Block {
                attention: beside(&[&query, &key, &value], &shape.parts()),
                output,
                gate_up: beside(&[&gate, &up], &[shape.inner; 2]),
                down: lists.next()?,
                input_norm: lists.next()?,
                post_norm: lists.next()?,
            });
        }
        let norm = lists.next()?;
        let head = match config.tie_word_embeddings {
            true => None,
            false => Some(lists.next()?),
        };
        let rope = Rope::new(
            config.max_position_embeddings,
            config.head_dim,
            config.rope_theta,
        );
        Some(Self {
            shape,
            numbers: Numbers {
                embedding,
                blocks,
                norm,
                head,
            },
            rope,
        })
    }
}

impl Numbers {
    /// As many zeros.
    pub fn zeros_like(&self) -> Self {
        let zeros = |list: &Vec<f32>| vec![0.0f32; list.len()];
        let block = |block: &Block| Block {
            input_norm: zeros(&block.input_norm),
            attention: zeros(&block.attention),
            output: zeros(&block.output),
            post_norm: zeros(&block.post_norm),
            gate_up: zeros(&block.gate_up),
            down: zeros(&block.down),
        };
        Self {
            embedding: zeros(&self.embedding),
            blocks: self.blocks.iter().map(block).collect(),
            norm: zeros(&self.norm),
            head: self.head.as_ref().map(zeros),
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
