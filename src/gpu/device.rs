//! Opening an engine: the CPU always opens, WebGPU only where there is an adapter.

use std::sync::Mutex;

use burn::tensor::Device;
use burn::tensor::wgpu::{
    WgpuInitError,
    wgpu::{AdapterInfo, DeviceType},
};

use super::error::GpuError;

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
}

/// The WebGPU runtime can be set up once a process; later calls get the same device.
static OPENED: Mutex<Option<Opened>> = Mutex::new(None);

/// Opens an engine. The WebGPU device is opened once and shared by later calls. When the system
/// takes it away, reading a tensor back returns an error from then on (the runtime watches for
/// that); a browser gets a new one by starting a new worker.
///
/// # Errors
/// [`GpuError`] if there is no adapter or it refuses; never for the CPU.
pub async fn open(kind: EngineKind) -> Result<Opened, GpuError> {
    match kind {
        EngineKind::Cpu => Ok(Opened {
            device: Device::flex(),
            adapter: "CPU".into(),
            software: false,
        }),
        EngineKind::WebGpu => open_webgpu().await,
    }
}

async fn open_webgpu() -> Result<Opened, GpuError> {
    if let Some(opened) = remembered() {
        return Ok(opened);
    }
    match Device::wgpu_options().init_with_setup_async().await {
        Ok((device, setup)) => {
            let info = setup.adapter.get_info();
            let opened = Opened {
                device,
                adapter: name(&info),
                software: info.device_type == DeviceType::Cpu,
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
            // Another thread was faster.
            Some(opened) => Ok(opened),
            None => Err(GpuError::Refused {
                reason: one_line(&other.to_string()),
            }),
        },
    }
}

fn remembered() -> Option<Opened> {
    OPENED.lock().ok().and_then(|place| place.clone())
}

/// The adapter's name for people; browsers tell little, so what there is is put together.
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

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
