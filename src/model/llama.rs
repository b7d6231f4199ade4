//! The network, top to bottom: embedding, blocks of attention and gated feed-forward with RMSNorm
//! before each, a last norm, the head.
//!
//! Matrices are kept as `[in, out]` so that a layer is a plain product of two row-major matrices;
//! Hugging Face's `[out, in]` exists only at the boundary ([`Llama::from_tensors`],
//! [`Llama::to_tensors`], [`super::parameter`]). Everything between attention layers is two-dimensional,
//! `[tokens, width]`.

use burn::tensor::{Device, Int, Tensor, TensorData};
use std::sync::{Arc, OnceLock};

use super::attention::{attend, causal_mask, split_heads};
use super::card::Card;
use super::config::LlamaConfig;
use super::curves::silu;
use super::error::ModelError;
use super::parameter::{Parameter, flat, placed, read, to_named, to_parameter};
use super::plain::Weights;
use super::rope::{Rope, Turn};
use super::weights::{NamedTensor, arrange, expected};
use crate::gpu::Site;

#[derive(Clone, Debug)]
struct Block {
    query: Tensor<2>,
    key: Tensor<2>,
    value: Tensor<2>,
    output: Tensor<2>,
    gate: Tensor<2>,
    up: Tensor<2>,
    down: Tensor<2>,
    input_norm: Tensor<1>,
    post_norm: Tensor<1>,
}

/// A Llama. Cloning is cheap: tensors are shared until one of the clones changes. They lie on the processor, unless
/// somebody has moved them ([`Llama::on`]); what computes with a copy of them is [`super::computing`]'s business.
#[derive(Clone, Debug)]
pub struct Llama {
    config: LlamaConfig,
    embedding: Tensor<2>,
    blocks: Vec<Block>,
    norm: Tensor<1>,
    head: Option<Tensor<2>>,
    rope: Rope,
    /// Where tensors lie.
    device: Device,
    /// Where it computes.
    pub(super) site: Site,
    /// The same weights for the CPU engine's own passes, once somebody wants them.
    pub(super) plain: Arc<OnceLock<Arc<Weights>>>,
    /// The same weights for our own passes on a graphics card, once somebody wants them.
    pub(super) card: Arc<OnceLock<Card>>,
    /// Whether one of these has learnt since, so that the tensors are old: see [`Llama::settled`].
    pub(super) led: bool,
}

/// Where the tokens of a batch stand and what they may look at.
struct Place {
    /// Rotations of the flattened batch.
    turn: Turn,
    /// Additive mask for the scores.
    mask: Tensor<4>,
}

impl Llama {
    /// Builds a model that computes at `site` from Hugging Face's tensors, in any order.
    ///
    /// # Errors
    /// An impossible configuration, or tensors that do not fit it.
    pub fn from_tensors(
        config: LlamaConfig,
        tensors: Vec<NamedTensor>,
        site: &Site,
    ) -> Result<Self, ModelError> {
        config.validate()?;
        let device = Device::flex();
        let parameters = arrange(&config, tensors)?
            .into_iter()
            .map(|tensor| to_parameter(tensor, &device))
            .collect();
        let rope = Rope::new(&config, &device);
        Self::assemble(config, parameters, rope, (device, site.clone()))
    }

    /// The weights as plain numbers: Hugging Face's names, layout and order; a tied head absent.
    ///
    /// # Errors
    /// [`ModelError::Device`] if they cannot be read back.
    pub async fn to_tensors(&self) -> Result<Vec<NamedTensor>, ModelError> {
        let mut tensors = Vec::new();
        for (name, parameter) in self.settled().await?.parameters() {
            tensors.push(to_named(name, parameter).await?);
        }
        Ok(tensors)
    }

    /// The shape of this model.
    pub fn config(&self) -> &LlamaConfig {
        &self.config
    }

    /// The device that tensors lie on.
    pub fn device(&self) -> &Device {
        &self.device
    }

    /// Where it computes.
    pub fn site(&self) -> &Site {
        &self.site
    }

    /// The same weights as tensors on `device`: on an autodiff device every weight becomes a leaf
    /// that gradients are kept for; on a plain one the history is dropped. From a GPU to the CPU
    /// go through [`Llama::to_tensors`] instead, which does not block a browser.
    pub fn on(&self, device: &Device) -> Self {
        let plain = device.clone().without_autodiff();
        let parameters = self
            .parameters()
            .into_iter()
            .map(|(_, parameter)| match parameter {
                Parameter::One(tensor) => Parameter::One(placed(tensor, device, &plain)),
                Parameter::Two(tensor) => Parameter::Two(placed(tensor, device, &plain)),
            });
        let parameters: Vec<Parameter> = parameters.collect();
        let rope = if self.device.clone().without_autodiff() == plain {
            self.rope.clone()
        } else {
            Rope::new(&self.config, &plain)
        };
        let to = (device.clone(), self.site.clone());
        match Self::assemble(self.config.clone(), parameters, rope, to) {
            Ok(model) => Self {
                plain: Arc::clone(&self.plain),
                card: Arc::clone(&self.card),
                led: self.led,
                ..model
            },
            Err(_) => self.clone(),
        }
    }

    /// The weights as plain lists, in the order and layout of [`Llama::parameters`].
    pub(super) async fn lists(&self) -> Result<Vec<Vec<f32>>, ModelError> {
        let mut lists = Vec::new();
        for (_, parameter) in self.parameters() {
            lists.push(read(flat(parameter).without_autodiff()).await?);
        }
        Ok(lists)
    }

    /// All weights with their Hugging Face names, in [`expected`]'s order.
    pub fn parameters(&self) -> Vec<(String, Parameter)> {
        let mut all = vec![Parameter::Two(self.embedding.clone())];
        for block in &self.blocks {
            let matrices = [
                &block.query,
                &block.key,
                &block.value,
                &block.output,
                &block.gate,
                &block.up,
                &block.down,
            ];
            all.extend(matrices.map(|tensor| Parameter::Two(tensor.clone())));
            let norms = [&block.input_norm, &block.post_norm];
            all.extend(norms.map(|tensor| Parameter::One(tensor.clone())));
        }
        all.push(Parameter::One(self.norm.clone()));
        all.extend(self.head.clone().map(Parameter::Two));
        let names = expected(&self.config).into_iter().map(|weight| weight.name);
        names.zip(all).collect()
    }

    /// The same model with other weights, given in the order and layout of
    /// [`Llama::parameters`]. On an autodiff device pass leaves (`require_grad`), or call
    /// [`Llama::on`] afterwards.
    ///
    /// # Errors
    /// [`ModelError::Config`] if their number or ranks do not fit.
    pub fn with_parameters(&self, parameters: Vec<Parameter>) -> Result<Self, ModelError> {
        Self::assemble(
            self.config.clone(),
            parameters,
            self.rope.clone(),
            (self.device.clone(), self.site.clone()),
        )
    }

    /// Logits `[batch, length, vocabulary]` of tokens `[batch, length]` that start at position 0.
    /// Rows may be padded on the right: padding is never seen by what stands before it, and its
    /// own logits mean nothing. The caller keeps `length` within the context and tokens within the
    /// vocabulary.
    pub fn forward(&self, tokens: Tensor<2, Int>) -> Tensor<3> {
        let [batch, length] = tokens.dims();
        let hidden = self.hidden(tokens);
        self.project(hidden)
            .reshape([batch, length, self.config.vocab_size])
    }

    /// Final hidden states `[batch * length, hidden]`, after the last norm.
    pub fn hidden(&self, tokens: Tensor<2, Int>) -> Tensor<2> {
        let [batch, length] = tokens.dims();
        let embedded = burn::tensor::module::embedding(self.embedding.clone(), tokens);
        let embedded = embedded.reshape([batch * length, self.config.hidden_size]);
        self.hidden_of(embedded, batch, length)
    }

    /// What every token of the vocabulary is to the first block, `[vocabulary, hidden]`.
    pub fn embedding(&self) -> &Tensor<2> {
        &self.embedding
    }

    /// The same as [`Llama::hidden`] of tokens that are embedded already, `[batch * length,
    /// hidden]`, row after row. They may be leaves of their own, or mixtures of several tokens.
    pub fn hidden_of(&self, embedded: Tensor<2>, batch: usize, length: usize) -> Tensor<2> {
        let plain = self.device.clone().without_autodiff();
        let positions: Vec<i32> = (0..batch * length).map(|i| (i % length) as i32).collect();
        let positions = Tensor::from_data(TensorData::new(positions, [batch * length]), &plain);
        let turn = self.rope.at(positions);
        let place = Place {
            turn,
            mask: causal_mask(length, &plain),
        };
        self.run_embedded(embedded, batch, &place)
    }

    /// Logits `[rows, vocabulary]` of hidden states `[rows, hidden]`.
    pub fn project(&self, hidden: Tensor<2>) -> Tensor<2> {
        match &self.head {
            Some(head) => hidden.matmul(head.clone()),
            None => hidden.matmul(self.embedding.clone().transpose()),
        }
    }

    /// Logits of one text, one row of the vocabulary's size for each of its tokens.
    ///
    /// # Errors
    /// An empty or too long text, a token outside the vocabulary, or a device that failed.
    pub async fn logits(&self, tokens: &[u32]) -> Result<Vec<Vec<f32>>, ModelError> {
        let model = self.settled().await?;
        let batch = model.batch(std::slice::from_ref(&tokens))?;
        let logits = model.project(model.hidden(batch).without_autodiff());
        let values = read(logits.without_autodiff()).await?;
        Ok(values
            .chunks_exact(self.config.vocab_size)
            .map(<[f32]>::to_vec)
            .collect())
    }

    /// Packs texts into one batch `[texts, longest]`, padded on the right, after checking that
    /// each is non-empty, fits the context and uses known tokens.
    pub(crate) fn batch<T: AsRef<[u32]>>(&self, texts: &[T]) -> Result<Tensor<2, Int>, ModelError> {
        let longest = self.check(texts)?;
        let mut flat = vec![0i32; texts.len() * longest];
        for (row, text) in flat.chunks_exact_mut(longest.max(1)).zip(texts) {
            for (slot, &token) in row.iter_mut().zip(text.as_ref()) {
                *slot = token as i32;
            }
        }
        let plain = self.device.clone().without_autodiff();
        Ok(Tensor::from_data(
            TensorData::new(flat, [texts.len(), longest]),
            &plain,
        ))
    }

    /// Length of the longest text, after the checks of [`Llama::batch`].
    pub(crate) fn check<T: AsRef<[u32]>>(&self, texts: &[T]) -> Result<usize, ModelError> {
        let (context, vocabulary) = (self.config.max_position_embeddings, self.config.vocab_size);
        let mut longest = 0;
        for (index, text) in texts.iter().enumerate() {
            let text = text.as_ref();
            let length = text.len();
            if length == 0 {
                return Err(ModelError::EmptyText { index });
            }
            if length > context {
                return Err(ModelError::TooLong {
                    index,
                    length,
                    context,
                });
            }
            if let Some(&token) = text.iter().find(|&&token| token as usize >= vocabulary) {
                return Err(ModelError::UnknownToken { token, vocabulary });
            }
            longest = longest.max(length);
        }
        Ok(longest)
    }

    fn run_embedded(&self, mut x: Tensor<2>, rows: usize, place: &Place) -> Tensor<2> {
        for block in &self.blocks {
            let h = self.normed(x.clone(), &block.input_norm);
            let queries = place.turn.queries(h.clone().matmul(block.query.clone()));
            let keys = place.turn.keys(h.clone().matmul(block.key.clone()));
            let values = h.matmul(block.value.clone());
            let shared = self.config.num_key_value_heads;
            let (keys, values) = (
                split_heads(keys, rows, shared),
                split_heads(values, rows, shared),
            );
            let mixed = attend(&self.config, queries, keys, values, place.mask.clone());
            x = x + mixed.matmul(block.output.clone());

            let h = self.normed(x.clone(), &block.post_norm);
            let gate = silu(h.clone().matmul(block.gate.clone()));
            let up = h.matmul(block.up.clone());
            x = x + (gate * up).matmul(block.down.clone());
        }
        self.normed(x, &self.norm)
    }

    /// RMSNorm: every row divided by its root mean square, times a learnt scale.
    fn normed(&self, x: Tensor<2>, scale: &Tensor<1>) -> Tensor<2> {
        let mean = x.clone().square().mean_dim(1);
        let inverse = mean.add_scalar(self.config.rms_norm_eps).sqrt().recip();
        x * inverse * scale.clone().unsqueeze::<2>()
    }

    fn assemble(
        config: LlamaConfig,
        parameters: Vec<Parameter>,
        rope: Rope,
        (device, site): (Device, Site),
    ) -> Result<Self, ModelError> {
        let mut source = Source(parameters.into_iter());
        let embedding = source.two()?;
        let mut blocks = Vec::with_capacity(config.num_hidden_layers);
        for _ in 0..config.num_hidden_layers {
            blocks.push(Block {
                query: source.two()?,
                key: source.two()?,
                value: source.two()?,
                output: source.two()?,
                gate: source.two()?,
                up: source.two()?,
                down: source.two()?,
                input_norm: source.one()?,
                post_norm: source.one()?,
            });
        }
        let norm = source.one()?;
        let head = if config.tie_word_embeddings {
            None
        } else {
            Some(source.two()?)
        };
        match source.0.next() {
            None => Ok(Self {
                config,
                embedding,
                blocks,
                norm,
                head,
                rope,
                device,
                site,
                plain: Arc::default(),
                card: Arc::default(),
                led: false,
            }),
            Some(_) => Err(unfit()),
        }
    }
}

struct Source(std::vec::IntoIter<Parameter>);

impl Source {
    fn one(&mut self) -> Result<Tensor<1>, ModelError> {
        match self.0.next() {
            Some(Parameter::One(tensor)) => Ok(tensor),
            _ => Err(unfit()),
        }
    }

    fn two(&mut self) -> Result<Tensor<2>, ModelError> {
        match self.0.next() {
            Some(Parameter::Two(tensor)) => Ok(tensor),
            _ => Err(unfit()),
        }
    }
}

pub(super) fn unfit() -> ModelError {
    ModelError::Config("the given weights do not match its layers".into())
}
