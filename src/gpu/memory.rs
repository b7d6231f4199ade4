//! Where a network's numbers lie on a device, and how work on them is written down and handed over.
//!
//! There are few buffers, each for one kind of number, and every kernel is given all of them: so that
//! one group of bindings serves a whole step, whatever it does, and nothing is made or freed inside one. A
//! [`Script`] is the work of a step, task after task; a device gets it in one submission.

use std::sync::Arc;

use wgpu::{
    BindGroup, BindGroupDescriptor, BindGroupEntry, BindingResource, Buffer, BufferBinding,
    BufferDescriptor, BufferUsages, CommandEncoderDescriptor, ComputePassDescriptor, Device,
    SubmissionIndex,
};

#[cfg(test)]
use wgpu::PollType;

use super::device::WebGpu;
use super::error::GpuError;
use super::programs::{Program, TASK};
use super::transfer::{Scopes, read_words, readable};

/// Bytes of a number.
const NUMBER: u64 = 4;
/// Bytes that no buffer is smaller than: an empty one cannot be bound, and kernels see quads.
const LEAST: u64 = 16;

/// A network's weights and tables on a device. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Lists {
    /// All weights.
    pub weights: Buffer,
    /// Cosines and sines.
    pub tables: Buffer,
}

/// A list in one of the buffers of a [`Memory`], in numbers; starts are whole quads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Where it begins.
    pub start: usize,
    /// How many numbers it holds.
    pub count: usize,
}

impl Place {
    /// Where it begins, in quads.
    pub fn quad(self) -> u32 {
        (self.start / 4) as u32
    }
}

/// Hands out places one behind the other.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    /// Numbers that were handed out.
    pub taken: usize,
}

impl Shelf {
    /// A place for so many numbers, on whole quads.
    pub fn place(&mut self, count: usize) -> Place {
        let start = self.taken;
        self.taken += count.next_multiple_of(4);
        Place { start, count }
    }
}

/// What a device is to do in one submission.
#[derive(Debug, Default)]
pub struct Script {
    /// Numbers of the desk that are zero before anything else is done.
    pub cleared: Vec<Place>,
    /// Whether the slopes are zero before anything else is done.
    pub fresh_slopes: bool,
    /// What the kernels look up: tokens, positions, tiles.
    pub numbers: Vec<u32>,
    work: Vec<(Program, [u32; 3])>,
    tasks: Vec<u8>,
}

impl Script {
    /// Puts numbers down to look up; where they begin.
    pub fn note(&mut self, numbers: impl IntoIterator<Item = u32>) -> u32 {
        // Tiles are read as quads.
        let start = self.numbers.len().next_multiple_of(4);
        self.numbers.resize(start, 0);
        self.numbers.extend(numbers);
        start as u32
    }

    /// How many kernels it runs.
    pub fn dispatches(&self) -> usize {
        self.work.len()
    }

    /// Compiles the first kernel of it that is not compiled yet; whether there was one.
    ///
    /// # Errors
    /// [`GpuError::Failed`] if the device refuses it.
    pub async fn compile_one(&self, webgpu: &WebGpu) -> Result<bool, GpuError> {
        let mut programs = self.work.iter().map(|(program, _)| program);
        let Some(missing) = programs.find(|program| !webgpu.programs.has(program)) else {
            return Ok(false);
        };
        let compiled = webgpu.made(|| webgpu.programs.get(&webgpu.device, missing));
        compiled.await.map(|_| true)
    }

    /// Adds a task: what the kernel's `Task` says, and how many groups work on it. Nothing where there is nothing to do.
    pub(super) fn add(&mut self, program: Program, task: &[u32], groups: [u32; 3]) {
        if groups.contains(&0) {
            return;
        }
        let start = self.tasks.len();
        self.tasks
            .extend(task.iter().flat_map(|word| word.to_le_bytes()));
        self.tasks.resize(start + TASK as usize, 0);
        self.work.push((program, groups));
    }
}

/// Buffers for one user of a network.
#[derive(Debug)]
pub struct Memory {
    webgpu: Arc<WebGpu>,
    lists: Lists,
    slopes: Buffer,
    moments: Buffer,
    desk: Buffer,
    numbers: Buffer,
    tasks: Buffer,
    group: Option<BindGroup>,
}

impl Memory {
    /// Room for a network that is only read.
    pub fn reading(webgpu: Arc<WebGpu>, lists: Lists) -> Self {
        Self::learning(webgpu, lists, 0, 0, None)
    }

    /// Room for a network that learns: so many numbers of slopes and of moments, which are zeros unless they are given.
    pub fn learning(
        webgpu: Arc<WebGpu>,
        lists: Lists,
        slopes: usize,
        moments: usize,
        known: Option<Buffer>,
    ) -> Self {
        let device = &webgpu.device;
        let empty = |label, count: usize| list(device, label, count as u64 * NUMBER);
        let slopes = empty("slopes", slopes);
        let moments = known.unwrap_or_else(|| empty("moments", moments));
        let (desk, numbers) = (empty("desk", 0), empty("numbers", 0));
        let tasks = uniform(device, TASK);
        Self {
            lists,
            slopes,
            moments,
            desk,
            numbers,
            tasks,
            group: None,
            webgpu,
        }
    }

    /// What it works with.
    pub fn lists(&self) -> &Lists {
        &self.lists
    }

    /// The device.
    pub fn webgpu(&self) -> &Arc<WebGpu> {
        &self.webgpu
    }

    /// Runs a script task by task, each waited for: the name and the seconds of each. For profiles; whole scripts are
    /// faster.
    #[cfg(test)]
    pub(crate) fn timed(&mut self, script: &Script, desk: usize) -> Vec<(&'static str, f64)> {
        let whole = Script {
            numbers: script.numbers.clone(),
            tasks: script.tasks.clone(),
            ..Script::default()
        };
        let ready = pollster::block_on(self.run(&whole, desk, &[]));
        assert!(ready.is_ok());
        let group = self.bound();
        let device = &self.webgpu.device;
        let each = script
            .work
            .iter()
            .enumerate()
            .map(|(number, (program, groups))| {
                let pipeline = self.webgpu.programs.get(device, program);
                let start = std::time::Instant::now();
                let mut encoder =
                    device.create_command_encoder(&CommandEncoderDescriptor::default());
                let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
                pass.set_pipeline(&pipeline);
                pass.set_bind_group(0, &group, &[(number as u64 * TASK) as u32]);
                pass.dispatch_workgroups(groups[0], groups[1], groups[2]);
                drop(pass);
                let submission = self.webgpu.queue.submit([encoder.finish()]);
                let wait = PollType::Wait {
                    submission_index: Some(submission),
                    timeout: None,
                };
                assert!(device.poll(wait).is_ok());
                (program.name, start.elapsed().as_secs_f64())
            });
        each.collect()
    }

    /// Puts numbers on the desk, which has room for them.
    #[cfg(test)]
    pub(super) fn put(&self, place: Place, numbers: &[f32]) {
        let bytes: Vec<u8> = numbers
            .iter()
            .flat_map(|number| number.to_le_bytes())
            .collect();
        let at = place.start as u64 * NUMBER;
        self.webgpu.queue.write_buffer(&self.desk, at, &bytes);
    }

    /// Puts slopes in the first of their copies, and zeros in the others.
    #[cfg(test)]
    pub(super) fn fill_slopes(&self, slopes: &[f32]) {
        let mut all = vec![0u8; self.slopes.size() as usize];
        for (bytes, slope) in all.chunks_exact_mut(4).zip(slopes) {
            bytes.copy_from_slice(&slope.to_le_bytes());
        }
        self.webgpu.queue.write_buffer(&self.slopes, 0, &all);
    }

    /// The slopes, in all copies.
    #[cfg(test)]
    pub(super) fn slopes(&self) -> &Buffer {
        &self.slopes
    }

    /// First and second moments.
    pub fn moments(&self) -> &Buffer {
        &self.moments
    }

    /// Hands a script to the device; the desk holds at least `desk` numbers, and what it held already. Places in
    /// `asked` are copied to where the host can read them: see [`Answer`].
    ///
    /// # Errors
    /// [`GpuError::TooLarge`] where the device cannot hold a list, [`GpuError::Failed`] if it refuses.
    pub async fn run(
        &mut self,
        script: &Script,
        desk: usize,
        asked: &[Place],
    ) -> Result<Answer, GpuError> {
        let webgpu = Arc::clone(&self.webgpu);
        webgpu.fits("intermediate results", desk)?;
        webgpu.fits("tokens and places", script.numbers.len())?;
        let device = &webgpu.device;
        let scopes = Scopes::open(device);
        self.grow(desk, script);
        let group = self.bound();
        webgpu.queue.write_buffer(&self.tasks, 0, &script.tasks);
        if !script.numbers.is_empty() {
            let bytes = script
                .numbers
                .iter()
                .flat_map(|number| number.to_le_bytes());
            let bytes: Vec<u8> = bytes.collect();
            webgpu.queue.write_buffer(&self.numbers, 0, &bytes);
        }
        let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
        if script.fresh_slopes {
            encoder.clear_buffer(&self.slopes, 0, None);
        }
        for place in &script.cleared {
            let size = place.count.next_multiple_of(4) as u64 * NUMBER;
            encoder.clear_buffer(&self.desk, place.start as u64 * NUMBER, Some(size));
        }
        let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
        for (number, (program, groups)) in script.work.iter().enumerate() {
            pass.set_pipeline(&webgpu.programs.get(device, program));
            pass.set_bind_group(0, &group, &[(number as u64 * TASK) as u32]);
            pass.dispatch_workgroups(groups[0], groups[1], groups[2]);
        }
        drop(pass);
        let count: usize = asked.iter().map(|place| place.count).sum();
        let answer = readable(device, "answer", count as u64 * NUMBER);
        let mut to = 0;
        for place in asked {
            let size = place.count as u64 * NUMBER;
            let from = place.start as u64 * NUMBER;
            encoder.copy_buffer_to_buffer(&self.desk, from, &answer, to, Some(size));
            to += size;
        }
        let submission = webgpu.queue.submit([encoder.finish()]);
        if let Err(error) = scopes.close().await {
            self.begin_anew();
            return Err(error);
        }
        Ok(Answer {
            webgpu,
            buffer: answer,
            submission,
            count,
        })
    }

    /// Lets go of what may never have come to be, so that less work can be tried.
    fn begin_anew(&mut self) {
        let device = &self.webgpu.device;
        self.desk = list(device, "desk", 0);
        self.numbers = list(device, "numbers", 0);
        self.tasks = uniform(device, TASK);
        self.group = None;
    }

    /// Bytes of the desk.
    pub fn desk_bytes(&self) -> u64 {
        self.desk.size()
    }

    /// Makes the buffers that are too small anew, a half larger than asked for, so that it does not happen often.
    fn grow(&mut self, desk: usize, script: &Script) {
        let device = &self.webgpu.device;
        let most = self.webgpu.most_bytes();
        let ampler = |size: u64| {
            (size + size / 2)
                .next_multiple_of(LEAST)
                .min(most / LEAST * LEAST)
        };
        let wanted = desk as u64 * NUMBER;
        if self.desk.size() < wanted {
            let larger = list(device, "desk", ampler(wanted).max(wanted));
            let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
            encoder.copy_buffer_to_buffer(&self.desk, 0, &larger, 0, Some(self.desk.size()));
            self.webgpu.queue.submit([encoder.finish()]);
            self.desk = larger;
            self.group = None;
        }
        let wanted = script.numbers.len() as u64 * NUMBER;
        if self.numbers.size() < wanted {
            self.numbers = list(device, "numbers", ampler(wanted).max(wanted));
            self.group = None;
        }
        let wanted = script.tasks.len() as u64;
        if self.tasks.size() < wanted {
            self.tasks = uniform(device, wanted + wanted / 2);
            self.group = None;
        }
    }

    fn bound(&mut self) -> BindGroup {
        if let Some(group) = &self.group {
            return group.clone();
        }
        let lists = [
            &self.lists.weights,
            &self.slopes,
            &self.moments,
            &self.desk,
            &self.numbers,
            &self.lists.tables,
        ];
        let task = BufferBinding {
            buffer: &self.tasks,
            offset: 0,
            size: std::num::NonZeroU64::new(TASK),
        };
        let mut entries = vec![BindGroupEntry {
            binding: 0,
            resource: BindingResource::Buffer(task),
        }];
        let lists = lists.into_iter().zip(1..);
        entries.extend(lists.map(|(list, binding)| BindGroupEntry {
            binding,
            resource: list.as_entire_binding(),
        }));
        let group = self.webgpu.device.create_bind_group(&BindGroupDescriptor {
            label: Some("network"),
            layout: &self.webgpu.programs.layout,
            entries: &entries,
        });
        self.group = Some(group.clone());
        group
    }
}

/// What was asked of a script, on its way.
#[derive(Debug)]
pub struct Answer {
    webgpu: Arc<WebGpu>,
    buffer: Buffer,
    submission: SubmissionIndex,
    count: usize,
}

impl Answer {
    /// The numbers that were asked for, place after place, once the device has come to them.
    ///
    /// # Errors
    /// [`GpuError::Failed`] if the device was lost.
    pub async fn read(self) -> Result<Vec<f32>, GpuError> {
        if self.count == 0 {
            return Ok(Vec::new());
        }
        let words = read_words(&self.webgpu, &self.buffer, self.submission).await?;
        Ok(words
            .into_iter()
            .take(self.count)
            .map(f32::from_bits)
            .collect())
    }
}

/// A storage buffer with these numbers.
pub fn filled(webgpu: &WebGpu, label: &'static str, numbers: &[f32]) -> Buffer {
    let buffer = list(&webgpu.device, label, numbers.len() as u64 * NUMBER);
    let bytes: Vec<u8> = numbers
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    webgpu.queue.write_buffer(&buffer, 0, &bytes);
    buffer
}

/// A storage buffer with the same numbers as another.
pub fn copied(webgpu: &WebGpu, label: &'static str, from: &Buffer) -> Buffer {
    let to = list(&webgpu.device, label, from.size());
    let mut encoder = webgpu
        .device
        .create_command_encoder(&CommandEncoderDescriptor::default());
    encoder.copy_buffer_to_buffer(from, 0, &to, 0, Some(from.size()));
    webgpu.queue.submit([encoder.finish()]);
    to
}

/// All numbers of a storage buffer.
///
/// # Errors
/// [`GpuError::Failed`] if the device has no room for a copy, or was lost.
pub async fn all_of(webgpu: &WebGpu, buffer: &Buffer) -> Result<Vec<f32>, GpuError> {
    let device = &webgpu.device;
    let scopes = Scopes::open(device);
    let answer = readable(device, "answer", buffer.size());
    let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
    encoder.copy_buffer_to_buffer(buffer, 0, &answer, 0, Some(buffer.size()));
    let submission = webgpu.queue.submit([encoder.finish()]);
    scopes.close().await?;
    let words = read_words(webgpu, &answer, submission).await?;
    Ok(words.into_iter().map(f32::from_bits).collect())
}

fn list(device: &Device, label: &'static str, size: u64) -> Buffer {
    let usage = BufferUsages::STORAGE | BufferUsages::COPY_SRC | BufferUsages::COPY_DST;
    buffer(
        device,
        label,
        size.next_multiple_of(LEAST).max(LEAST),
        usage,
    )
}

fn uniform(device: &Device, size: u64) -> Buffer {
    let usage = BufferUsages::UNIFORM | BufferUsages::COPY_DST;
    buffer(device, "tasks", size.next_multiple_of(TASK), usage)
}

fn buffer(device: &Device, label: &'static str, size: u64, usage: BufferUsages) -> Buffer {
    device.create_buffer(&BufferDescriptor {
        label: Some(label),
        size,
        usage,
        mapped_at_creation: false,
    })
}
