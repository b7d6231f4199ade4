//! What a terminal gives the engine: files, a device, a clock.

use super::EngineArgument;
use super::files;
use crate::formats::Folder;
use crate::gpu::{self, EngineKind, GpuError, Opened};
use crate::lab::config::{BaseModel, EngineChoice};
use crate::lab::error::LabError;
use crate::lab::receipt::EngineUsed;
use crate::lab::session::{Computing, Host};
use std::path::PathBuf;
use std::time::Instant;

/// The terminal as a host.
pub(super) struct NativeHost {
    engine: EngineArgument,
    models: PathBuf,
    begun: Instant,
}

impl NativeHost {
    pub(super) fn new(engine: EngineArgument, models: PathBuf) -> Self {
        Self {
            engine,
            models,
            begun: Instant::now(),
        }
    }
}

/// Opens the engine asked for; natively nothing is put in its place silently.
pub(super) fn open(engine: EngineArgument) -> Result<Opened, GpuError> {
    pollster::block_on(gpu::open(match engine {
        EngineArgument::Cpu => EngineKind::Cpu,
        EngineArgument::Wgpu => EngineKind::WebGpu,
    }))
}

impl Host for NativeHost {
    async fn base_model(&self, model: BaseModel) -> Result<Folder, LabError> {
        let path = self.models.join(model.folder());
        files::read_folder(&path).map_err(|error| {
            LabError::BaseModel(format!("{error} (name the models' folder with --models)"))
        })
    }

    async fn open(&self, _choice: EngineChoice) -> Result<Computing, LabError> {
        // The command line, not the link, decides what a native run computes with.
        let mut opened = open(self.engine)?;
        if self.engine == EngineArgument::Cpu {
            opened.adapter = processor();
        }
        let engine = match self.engine {
            EngineArgument::Cpu => EngineUsed::NativeCpu,
            EngineArgument::Wgpu => EngineUsed::NativeWgpu,
        };
        Ok(Computing {
            opened,
            engine,
            note: None,
        })
    }

    fn seconds(&self) -> f64 {
        self.begun.elapsed().as_secs_f64()
    }
}

/// The processor's name where the system tells it, else its architecture.
pub(super) fn processor() -> String {
    let told = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = told
        .lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == "model name")
        .map(|(_, name)| name.trim().to_owned());
    name.unwrap_or_else(|| std::env::consts::ARCH.to_owned())
}

/// Where the base checkpoints are unless `--models` says otherwise: below the current folder, or
/// where this program was built from.
pub(super) fn default_models() -> PathBuf {
    let here = PathBuf::from("public/models");
    if here.is_dir() {
        return here;
    }
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(here)
}
