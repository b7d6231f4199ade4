//! `mores logits`: the numbers behind a model's next word, to compare with other programs.

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::{files, host};
use std::path::PathBuf;

/// Arguments of `mores logits`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Model folder in Hugging Face layout
    #[arg(long)]
    model: PathBuf,
    /// Token numbers, separated by commas
    #[arg(long, value_delimiter = ',', required = true)]
    tokens: Vec<u32>,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// JSON is all this command prints; accepted for uniformity
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let (model, _) = files::load_model(&arguments.model, &opened)?;
    let vocabulary = model.config().vocab_size;
    if let Some(token) = arguments
        .tokens
        .iter()
        .find(|token| **token as usize >= vocabulary)
    {
        return Err(CliError::Usage(format!(
            "token {token} is not below the vocabulary's {vocabulary}"
        )));
    }
    let logits = pollster::block_on(model.logits(&arguments.tokens))?;
    if logits.iter().flatten().any(|logit| !logit.is_finite()) {
        return Err(CliError::Failed(
            "some logits are no finite numbers: the weights or the configuration are broken".into(),
        ));
    }
    print(&serde_json::json!({ "logits": logits }).to_string())
}
