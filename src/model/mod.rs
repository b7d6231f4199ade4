//! The model room: a Hugging Face Llama, exactly, with batched sampling.
//!
//! [`config`], [`weights`] and [`error`] are plain data and compile everywhere. The rest computes
//! with burn and sits behind the `engine` feature: [`llama`] is the network, read from top to
//! bottom, for any device, [`plain`] the same by hand for the CPU engine and [`card`] for graphics cards, [`computing`] which of
//! them computes; [`attention`] is its one difficult layer; [`sampling`] and [`generate`] turn logits into text; [`embed`] turns text into a vector; [`log_probabilities`] is what
//! training differentiates, [`substitution`] what another word in a prompt would change.

pub mod config;
pub mod error;
pub mod weights;

#[cfg(feature = "engine")]
pub mod attention;
#[cfg(feature = "engine")]
pub mod card;
#[cfg(feature = "engine")]
pub mod computing;
#[cfg(feature = "engine")]
pub mod curves;
#[cfg(feature = "engine")]
pub mod embed;
#[cfg(feature = "engine")]
pub mod generate;
#[cfg(feature = "engine")]
mod initialise;
#[cfg(feature = "engine")]
pub mod llama;
#[cfg(feature = "engine")]
pub mod log_probabilities;
#[cfg(feature = "engine")]
pub mod parameter;
#[cfg(feature = "engine")]
pub mod plain;
#[cfg(feature = "engine")]
pub mod rope;
#[cfg(feature = "engine")]
pub mod sampling;
#[cfg(feature = "engine")]
pub mod substitution;
#[cfg(all(test, feature = "cli"))]
pub(crate) mod tests;

pub use config::LlamaConfig;
pub use error::ModelError;
pub use weights::NamedTensor;

#[cfg(feature = "engine")]
pub use crate::gpu::Site;
#[cfg(feature = "engine")]
pub use computing::Computing;
#[cfg(feature = "engine")]
pub use embed::embed;
#[cfg(feature = "engine")]
pub use generate::{Generated, generate};
#[cfg(feature = "engine")]
pub use llama::Llama;
#[cfg(feature = "engine")]
pub use parameter::Parameter;
#[cfg(feature = "engine")]
pub use sampling::Sampling;
