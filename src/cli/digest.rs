//! `mores digest`: what a receipt's digests are compared with.

use super::error::CliError;
use super::files;
use super::output::print;
use crate::formats::hugging_face;
use crate::lab::digest::Digest;
use std::path::PathBuf;

/// Arguments of `mores digest`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A file (its bytes), or a model folder (names, shapes and f32 values of its weights)
    path: PathBuf,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let (kind, digest) = if arguments.path.is_dir() {
        let loaded = hugging_face::read_folder(&files::read_folder(&arguments.path)?)?;
        ("weights", Digest::of_weights(&loaded.tensors))
    } else {
        ("bytes", Digest::of(&files::read(&arguments.path)?))
    };
    if arguments.json {
        print(&serde_json::json!({ "kind": kind, "sha256": digest.hex() }).to_string())
    } else {
        print(&digest.hex())
    }
}
