//! A network on a graphics card, and how a model and it go together.

use std::sync::{Arc, Mutex};

use super::layout::Layout;
use crate::gpu::memory::{Lists, Memory, all_of, copied, filled};
use crate::gpu::norm::Width;
use crate::gpu::{GpuError, WebGpu};
use crate::model::config::LlamaConfig;
use crate::model::error::ModelError;
use crate::model::llama::{Llama, unfit};

/// A network on a graphics card.
#[derive(Clone, Debug)]
pub struct Card {
    pub(super) config: LlamaConfig,
    pub(super) layout: Arc<Layout>,
    pub(super) lists: Lists,
    pub(super) webgpu: Arc<WebGpu>,
    /// Buffers that nobody uses now.
    pub(super) spare: Arc<Mutex<Vec<Memory>>>,
}

impl Card {
    /// Puts lists in the order and layout of `Llama::parameters` on the card.
    ///
    /// # Errors
    /// Lists that do not fit the configuration, weights that are too many for the card, or one that failed.
    pub async fn new(
        config: &LlamaConfig,
        lists: &[Vec<f32>],
        webgpu: Arc<WebGpu>,
    ) -> Result<Self, ModelError> {
        let layout = Layout::new(config);
        webgpu.fits("weights", layout.count)?;
        let weights = layout.together(lists, config.head_dim).ok_or_else(unfit)?;
        let lists = webgpu.made(|| Lists {
            weights: filled(&webgpu, "weights", &weights),
            tables: filled(&webgpu, "positions", &turns(config, layout.head)),
        });
        let lists = lists.await?;
        Ok(Self {
            config: config.clone(),
            layout: Arc::new(layout),
            lists,
            webgpu,
            spare: Arc::default(),
        })
    }

    /// The same with weights of its own, which may change.
    pub(super) fn copied(&self) -> Self {
        let lists = Lists {
            weights: copied(&self.webgpu, "weights", &self.lists.weights),
            tables: self.lists.tables.clone(),
        };
        Self {
            lists,
            spare: Arc::default(),
            ..self.clone()
        }
    }

    /// The weights, read back: lists in the order and layout of `Llama::parameters`, as long as `counts` says.
    ///
    /// # Errors
    /// The device was lost.
    pub async fn to_lists(
        &self,
        counts: impl Iterator<Item = usize>,
    ) -> Result<Vec<Vec<f32>>, ModelError> {
        let all = all_of(&self.webgpu, &self.lists.weights).await?;
        Ok(self.layout.apart(&all, counts, self.config.head_dim))
    }

    pub(super) fn width(&self) -> Width {
        Width {
            width: self.config.hidden_size,
            epsilon: self.config.rms_norm_eps as f32,
        }
    }
}

impl Llama {
    /// The weights for our own passes on a graphics card; nothing on any other device.
    ///
    /// # Errors
    /// [`ModelError::Device`] if they cannot be read.
    pub async fn card(&self) -> Result<Option<Card>, ModelError> {
        let Some(webgpu) = self.site().card().cloned() else {
            return Ok(None);
        };
        if let Some(card) = self.card.get() {
            return Ok(Some(card.clone()));
        }
        let card = Card::new(self.config(), &self.lists().await?, webgpu).await?;
        Ok(Some(self.card.get_or_init(|| card).clone()))
    }
}

impl From<GpuError> for ModelError {
    fn from(error: GpuError) -> Self {
        ModelError::Device(error.to_string())
    }
}

/// Cosine and sine of each pair of a head, position after position; what is there only to fill is not turned.
fn turns(config: &LlamaConfig, head: usize) -> Vec<f32> {
    let (width, half) = (config.head_dim, config.head_dim / 2);
    let places = (0..config.max_position_embeddings).flat_map(|position| {
        (0..head / 2).flat_map(move |pair| {
            if pair >= half {
                return [1.0, 0.0];
            }
            // Hugging Face computes frequencies and angles in single precision.
            let exponent = 2.0 * pair as f64 / width as f64;
            let frequency = (1.0 / libm::pow(config.rope_theta, exponent)) as f32;
            let angle = f64::from(position as f32 * frequency);
            [libm::cos(angle) as f32, libm::sin(angle) as f32]
        })
    });
    places.collect()
}
