//! `mores link`: making and reading links.

use super::error::CliError;
use super::files;
use super::output::print;
use crate::lab::run_file::RunFile;
use crate::lab::{Preset, share};
use std::path::PathBuf;

/// Arguments of `mores link`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    direction: Direction,
}

#[derive(clap::Subcommand)]
enum Direction {
    /// Print the link of a run file, or without one of the default preset
    Encode {
        /// The run file
        file: Option<PathBuf>,
    },
    /// Print what a link holds, as a run file
    Decode {
        /// The link or its fragment
        link: String,
    },
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    match &arguments.direction {
        Direction::Encode { file: None } => {
            print(&share::encode(&Preset::default().config(), None)?)?;
        }
        Direction::Encode { file: Some(path) } => {
            let file = RunFile::from_json(&files::read_text(path)?)?;
            print(&share::encode(&file.config, file.receipt.as_ref())?)?;
        }
        Direction::Decode { link } => {
            let shared = share::decode(link)?;
            let mut file = RunFile::of_config(shared.config);
            file.receipt = shared.receipt;
            print(&file.to_json()?)?;
        }
    }
    Ok(())
}
