//! Opening an engine: the CPU always opens, WebGPU only where there is an adapter.

use std::sync::{Arc, Mutex, OnceLock};

use burn::tensor::Device as Tensors;
use wgpu::{Adapter, AdapterInfo, Device, DeviceType, Features, Instance, Queue};

use super::error::{GpuError, one_line};
use super::nearest;
use super::programs::Programs;

/// Which engine computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineKind {
    /// This machine's processor; in a browser as WebAssembly.
    Cpu,
    /// WebGPU in a browser; Vulkan, Metal or DirectX outside.
    WebGpu,
}

/// An engine that is ready.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Where it computes.
    pub site: Site,
    /// Its name for people.
    pub adapter: String,
    /// Whether a WebGPU adapter is only a program that imitates one, slower than the CPU engine.
    pub software: bool,
}

/// Where a model computes.
#[derive(Clone, Debug, Default)]
pub enum Site {
    /// On the processor.
    #[default]
    Cpu,
    /// On a graphics card.
    Card(Arc<WebGpu>),
}

impl Site {
    /// The graphics card, if it is one.
    pub fn card(&self) -> Option<&Arc<WebGpu>> {
        match self {
            Self::Cpu => None,
            Self::Card(card) => Some(card),
        }
    }

    /// Where burn computes what no kernels of our own do: there too if this program has burn-wgpu, otherwise on the
    /// processor.
    ///
    /// # Errors
    /// [`GpuError::Refused`] if the card is none that burn can compute with.
    pub fn tensors(&self) -> Result<Tensors, GpuError> {
        match self {
            Self::Cpu => Ok(Tensors::flex()),
            Self::Card(card) => card.tensors(),
        }
    }
}

/// A graphics card's device and queue, and our kernels once they are compiled.
#[derive(Debug)]
pub struct WebGpu {
    pub(super) device: Device,
    pub(super) queue: Queue,
    pub(super) nearest: OnceLock<nearest::Kernel>,
    pub(super) programs: Programs,
    /// Whether a program on the processor imitates a graphics card: work is then cut for a few threads.
    pub(super) software: bool,
    /// What became of the device, or what it complained of, once it is not to be trusted any more.
    lost: Arc<OnceLock<String>>,
    #[cfg(feature = "burn-wgpu")]
    from: (Instance, Adapter),
    #[cfg(feature = "burn-wgpu")]
    tensors: OnceLock<Tensors>,
}

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
            lost: self.lost.clone(),
            #[cfg(feature = "burn-wgpu")]
            from: self.from.clone(),
            #[cfg(feature = "burn-wgpu")]
            tensors: OnceLock::new(),
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

    /// Whether it was lost, or complained where nobody listened: what it computes counts no more then.
    pub(super) fn has_failed(&self) -> bool {
        self.lost.get().is_some()
    }

    /// That the device gave up, with its own reason if it has told one.
    pub(super) fn failed(&self, otherwise: &str) -> GpuError {
        GpuError::failed(self.lost.get().map_or(otherwise, String::as_str))
    }

    /// The same device for burn, which gets to know it when it is first needed.
    #[cfg(feature = "burn-wgpu")]
    fn tensors(&self) -> Result<Tensors, GpuError> {
        use burn::tensor::wgpu::WgpuSetup;
        // A card is registered once, whoever comes first.
        static REGISTERING: Mutex<()> = Mutex::new(());
        let _alone = REGISTERING.lock();
        if let Some(tensors) = self.tensors.get() {
            return Ok(tensors.clone());
        }
        let (instance, adapter) = self.from.clone();
        let setup = WgpuSetup {
            backend: adapter.get_info().backend,
            instance,
            adapter,
            device: self.device.clone(),
            queue: self.queue.clone(),
        };
        let tensors = Tensors::wgpu_options().setup(setup).init();
        let tensors = tensors.map_err(|error| GpuError::refused(&error.to_string()))?;
        // burn's own way with complaints ends the program; its way with a device that was lost is its own to keep.
        remember_complaints(&self.device, &self.lost);
        Ok(self.tensors.get_or_init(|| tensors).clone())
    }

    #[cfg(not(feature = "burn-wgpu"))]
    fn tensors(&self) -> Result<Tensors, GpuError> {
        Ok(Tensors::flex())
    }
}

/// The card that was opened: there is one a process, and later calls get the same.
static OPENED: Mutex<Option<Opened>> = Mutex::new(None);

/// Opens an engine. The WebGPU device is opened once and shared by later calls. When the system
/// takes it away, reading numbers back returns an error from then on; a browser gets a new one by starting a new worker.
///
/// # Errors
/// [`GpuError`] if there is no adapter or it refuses; never for the CPU.
pub async fn open(kind: EngineKind) -> Result<Opened, GpuError> {
    if kind == EngineKind::Cpu {
        return Ok(Opened {
            site: Site::Cpu,
            adapter: "CPU".into(),
            software: false,
        });
    }
    // Outside a browser threads look for adapters one at a time: drivers fall over otherwise.
    #[cfg(feature = "cli")]
    {
        static LOOKING: Mutex<()> = Mutex::new(());
        let _alone = LOOKING.lock();
        match remembered() {
            Some(opened) => Ok(opened),
            None => pollster::block_on(open_card()).map(kept),
        }
    }
    #[cfg(not(feature = "cli"))]
    match remembered() {
        Some(opened) => Ok(opened),
        None => open_card().await.map(kept),
    }
}

fn remembered() -> Option<Opened> {
    OPENED.lock().ok().and_then(|place| place.clone())
}

/// The one that stays: another task may have been faster.
fn kept(opened: Opened) -> Opened {
    match OPENED.lock() {
        Ok(mut place) => place.get_or_insert(opened).clone(),
        Err(_) => opened,
    }
}

async fn open_card() -> Result<Opened, GpuError> {
    let instance = Instance::new(wgpu::InstanceDescriptor {
        backends: wgpu::Backends::PRIMARY,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    let asked = wgpu::RequestAdapterOptions {
        power_preference: wgpu::PowerPreference::HighPerformance,
        ..wgpu::RequestAdapterOptions::default()
    };
    let adapter = instance.request_adapter(&asked).await;
    let adapter = adapter.map_err(|error| GpuError::NoAdapter {
        reason: one_line(&error.to_string()),
    })?;
    let asked = wgpu::DeviceDescriptor {
        required_features: features(&adapter),
        required_limits: adapter.limits(),
        // Few buffers, and large ones: nothing is won by making larger blocks of memory in advance.
        memory_hints: wgpu::MemoryHints::MemoryUsage,
        ..wgpu::DeviceDescriptor::default()
    };
    let device = adapter.request_device(&asked).await;
    let (device, queue) = device.map_err(|error| GpuError::refused(&error.to_string()))?;
    let info = adapter.get_info();
    let software = info.device_type == DeviceType::Cpu;
    let card = WebGpu {
        nearest: OnceLock::new(),
        programs: Programs::new(&device),
        software,
        lost: watched(&device),
        #[cfg(feature = "burn-wgpu")]
        from: (instance, adapter),
        #[cfg(feature = "burn-wgpu")]
        tensors: OnceLock::new(),
        device,
        queue,
    };
    Ok(Opened {
        site: Site::Card(Arc::new(card)),
        adapter: name(&info),
        software,
    })
}

/// What is asked of an adapter: all that it has and burn may take for granted, but for what is slow or an experiment.
fn features(adapter: &Adapter) -> Features {
    let without = Features::MAPPABLE_PRIMARY_BUFFERS | Features::all_experimental_mask();
    adapter.features().difference(without)
}

/// Remembers what becomes of a device. What no scope catches, and that is nothing of ours, is told to whoever reads next
/// instead of ending the program.
fn watched(device: &Device) -> Arc<OnceLock<String>> {
    let lost = Arc::new(OnceLock::new());
    let tell = lost.clone();
    device.set_device_lost_callback(move |why, said| {
        let _ = tell.set(format!("the device was lost: {why:?} {said}"));
    });
    remember_complaints(device, &lost);
    lost
}

fn remember_complaints(device: &Device, lost: &Arc<OnceLock<String>>) {
    let tell = lost.clone();
    device.on_uncaptured_error(Arc::new(move |error| {
        let _ = tell.set(error.to_string());
    }));
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
