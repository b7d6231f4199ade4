//! Opening an engine: the CPU always opens, WebGPU only where there is an adapter.

use burn::tensor::Device;

use super::error::GpuError;
#[cfg(feature = "webgpu")]
use super::error::one_line;
#[cfg(feature = "webgpu")]
use super::nearest;
#[cfg(feature = "webgpu")]
use super::programs::Programs;
#[cfg(feature = "webgpu")]
use burn::tensor::wgpu::{
    WgpuInitError, WgpuSetup,
    wgpu::{self, AdapterInfo, DeviceType},
};
#[cfg(feature = "webgpu")]
use std::sync::{Arc, Mutex, OnceLock};

/// Which back end computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// burn-flex on this machine's processor; in a browser as WebAssembly.
    Cpu,
    /// burn-wgpu: WebGPU in a browser; Vulkan, Metal or DirectX outside.
    WebGpu,
}

/// A device ready for tensors.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Where tensors are made; plain, without gradients (see `Device::autodiff`).
    pub device: Device,
    /// Its name for people.
    pub adapter: String,
    /// Whether a WebGPU adapter is only a program that imitates one, slower than the CPU engine.
    pub software: bool,
    /// The same device for kernels of our own; nothing on the CPU.
    #[cfg(feature = "webgpu")]
    webgpu: Option<Arc<WebGpu>>,
}

#[cfg(feature = "webgpu")]
impl Opened {
    /// The device for kernels of our own; nothing on the CPU.
    pub(super) fn webgpu(&self) -> Option<&WebGpu> {
        self.webgpu.as_deref()
    }
}

/// The device and the queue that burn computes with, and our kernels once they are compiled.
#[cfg(feature = "webgpu")]
#[derive(Debug)]
pub struct WebGpu {
    pub(super) device: wgpu::Device,
    pub(super) queue: wgpu::Queue,
    pub(super) nearest: OnceLock<nearest::Kernel>,
    pub(super) programs: Programs,
    /// Whether a program on the processor imitates a graphics card: work is then cut for a few threads.
    pub(super) software: bool,
}

#[cfg(feature = "webgpu")]
impl WebGpu {
    /// Lanes of a group that works on one row or one list: few on an imitation, where each group has to wait for all of
    /// its lanes in turn.
    pub(super) fn lanes(&self) -> usize {
        if self.software { 4 } else { 64 }
    }

    /// The same device, with work cut as for a graphics card.
    #[cfg(test)]
    pub(super) fn as_a_card(&self) -> Self {
        Self {
            software: false,
            ..self.as_new()
        }
    }

    /// The same device, with nothing compiled.
    #[cfg(test)]
    pub(crate) fn as_new(&self) -> Self {
        Self {
            device: self.device.clone(),
            queue: self.queue.clone(),
            nearest: OnceLock::new(),
            programs: Programs::new(&self.device),
            software: self.software,
        }
    }

    /// How many kernels of the network are compiled.
    #[cfg(test)]
    pub(crate) fn compiled(&self) -> usize {
        self.programs.count()
    }

    /// Shares in which long sums are taken, so that a card has enough to do; each needs a copy of the slopes.
    pub fn shares(&self) -> usize {
        if self.software { 1 } else { 4 }
    }
}

/// The opened WebGPU device that burn's `device` is, if it is one.
#[cfg(feature = "webgpu")]
pub fn webgpu_of(device: &Device) -> Option<Arc<WebGpu>> {
    let opened = remembered()?;
    let same = opened.device == device.clone().without_autodiff();
    opened.webgpu.filter(|_| same)
}

/// The WebGPU runtime can be set up once a process; later calls get the same device.
#[cfg(feature = "webgpu")]
static OPENED: Mutex<Option<Opened>> = Mutex::new(None);

/// Opens an engine. The WebGPU device is opened once and shared by later calls. When the system
/// takes it away, reading a tensor back returns an error from then on (the runtime watches for
/// that); a browser gets a new one by starting a new worker.
///
/// # Errors
/// [`GpuError`] if there is no adapter or it refuses, or this program has no WebGPU in it; never for
/// the CPU.
pub async fn open(kind: EngineKind) -> Result<Opened, GpuError> {
    match kind {
        EngineKind::Cpu => Ok(Opened {
            device: Device::flex(),
            adapter: "CPU".into(),
            software: false,
            #[cfg(feature = "webgpu")]
            webgpu: None,
        }),
        EngineKind::WebGpu => open_webgpu().await,
    }
}

#[cfg(not(feature = "webgpu"))]
async fn open_webgpu() -> Result<Opened, GpuError> {
    Err(GpuError::NotBuilt)
}

/// Outside a browser threads look for adapters one at a time: drivers fall over otherwise.
#[cfg(all(feature = "webgpu", not(target_family = "wasm")))]
async fn open_webgpu() -> Result<Opened, GpuError> {
    static LOOKING: Mutex<()> = Mutex::new(());
    let _alone = LOOKING.lock();
    match remembered() {
        Some(opened) => Ok(opened),
        None => set_up(Device::wgpu_options().init_with_setup()),
    }
}

#[cfg(all(feature = "webgpu", target_family = "wasm"))]
async fn open_webgpu() -> Result<Opened, GpuError> {
    match remembered() {
        Some(opened) => Ok(opened),
        None => set_up(Device::wgpu_options().init_with_setup_async().await),
    }
}

/// Remembers the device that burn was set up with, or says why there is none.
#[cfg(feature = "webgpu")]
fn set_up(outcome: Result<(Device, WgpuSetup), WgpuInitError>) -> Result<Opened, GpuError> {
    match outcome {
        Ok((device, setup)) => {
            let info = setup.adapter.get_info();
            let software = info.device_type == DeviceType::Cpu;
            let programs = Programs::new(&setup.device);
            let opened = Opened {
                device,
                adapter: name(&info),
                software,
                webgpu: Some(Arc::new(WebGpu {
                    device: setup.device,
                    queue: setup.queue,
                    nearest: OnceLock::new(),
                    programs,
                    software,
                })),
            };
            if let Ok(mut place) = OPENED.lock() {
                *place = Some(opened.clone());
            }
            Ok(opened)
        }
        Err(WgpuInitError::AdapterUnavailable { message, .. }) => Err(GpuError::NoAdapter {
            reason: one_line(&message),
        }),
        Err(other) => match remembered() {
            // Another task was faster.
            Some(opened) => Ok(opened),
            None => Err(GpuError::Refused {
                reason: one_line(&other.to_string()),
            }),
        },
    }
}

#[cfg(feature = "webgpu")]
fn remembered() -> Option<Opened> {
    OPENED.lock().ok().and_then(|place| place.clone())
}

/// The adapter's name for people; browsers tell little, so what there is is put together.
#[cfg(feature = "webgpu")]
fn name(info: &AdapterInfo) -> String {
    let parts = [
        info.name.trim(),
        info.driver.trim(),
        info.driver_info.trim(),
    ];
    match parts.into_iter().find(|part| !part.is_empty()) {
        Some(part) => part.to_string(),
        None => format!("unnamed {:?} adapter", info.device_type),
    }
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;

    #[test]
    fn the_cpu_always_opens_and_webgpu_opens_or_says_why() {
        assert_eq!(
            pollster::block_on(open(EngineKind::Cpu)).unwrap().adapter,
            "CPU"
        );
        match pollster::block_on(open(EngineKind::WebGpu)) {
            Ok(opened) => assert!(!opened.adapter.is_empty()),
            Err(error) => assert!(
                error
                    .to_string()
                    .contains("the CPU engine works everywhere")
            ),
        }
    }
}
