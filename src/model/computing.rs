//! Where a model computes: by our own passes, which have a copy of its weights. That copy may go on to learn, and then
//! leads: what is asked of the model is answered by it, and the tensors are what they were until the model is settled.

use std::sync::{Arc, OnceLock};

use super::card::Card;
use super::error::ModelError;
use super::llama::{Llama, unfit};
use super::parameter::shaped_like;
use super::plain::Weights;
use crate::gpu::Site;
use burn::tensor::Device;

/// A model's weights for our own passes.
#[derive(Clone, Debug)]
pub enum Computing {
    /// On the CPU engine.
    Plain(Arc<Weights>),
    /// On a graphics card.
    Card(Box<Card>),
}

impl Llama {
    /// The weights where they are computed with.
    ///
    /// # Errors
    /// [`ModelError::Device`] if they cannot be read, or the card has no room for them.
    pub async fn computing(&self) -> Result<Computing, ModelError> {
        Ok(match self.card().await? {
            Some(card) => Computing::Card(Box::new(card)),
            None => Computing::Plain(self.plain().await?),
        })
    }

    /// The weights for the CPU engine's own passes, wherever the model computes.
    ///
    /// # Errors
    /// [`ModelError::Device`] if they cannot be read.
    pub async fn plain(&self) -> Result<Arc<Weights>, ModelError> {
        if let Some(weights) = self.plain.get() {
            return Ok(Arc::clone(weights));
        }
        let lists = self.settled().await?.lists().await?;
        let weights = Arc::new(Weights::new(self.config(), lists).ok_or_else(unfit)?);
        // What a card leads may go on changing there.
        if self.led {
            return Ok(weights);
        }
        Ok(Arc::clone(self.plain.get_or_init(|| weights)))
    }

    /// The device on which burn computes with this model what our own passes do not do: see [`Site::tensors`].
    ///
    /// # Errors
    /// [`ModelError::Device`] if burn cannot compute there.
    pub fn tensors(&self) -> Result<Device, ModelError> {
        Ok(self.site.tensors()?)
    }

    /// The same model, to compute elsewhere. Its tensors are what it is taken to be: see [`Llama::settled`].
    pub fn at(&self, site: &Site) -> Self {
        let mut model = self.clone();
        model.site = site.clone();
        (model.plain, model.card, model.led) = Default::default();
        model
    }

    /// The same model with weights that live on a card, and may go on changing there.
    pub fn led_by(&self, card: Card) -> Self {
        let mut model = self.clone();
        model.card = Arc::new(OnceLock::from(card));
        model.plain = Arc::default();
        model.led = true;
        model
    }

    /// The same model with these weights, which are for the CPU engine.
    pub fn led_by_numbers(&self, weights: Arc<Weights>) -> Self {
        let mut model = self.clone();
        model.plain = Arc::new(OnceLock::from(weights));
        model.led = true;
        model
    }

    /// The same model with tensors that are what its leader is now, and stay so; itself where none leads.
    ///
    /// # Errors
    /// [`ModelError::Device`] if they cannot be read.
    pub async fn settled(&self) -> Result<Self, ModelError> {
        if !self.led {
            return Ok(self.clone());
        }
        let old = self.parameters();
        let lists = match (self.plain.get(), self.card.get()) {
            (Some(weights), None) => weights.numbers.clone().into_lists(&weights.shape),
            (_, Some(card)) => {
                let counts = old.iter().map(|(_, one)| one.count());
                card.to_lists(counts).await?
            }
            (None, None) => return Ok(self.clone()),
        };
        let device = self.device().clone().without_autodiff();
        let new = old.iter().zip(lists);
        let new = new.map(|((_, like), values)| shaped_like(like, values, &device));
        let model = self.with_parameters(new.collect())?;
        Ok(model.on(self.device()))
    }
}
