//! Numbers on their way to a device and back, for kernels of our own: buffers, what the device
//! finds wrong with them, and a readback that works where nobody may block.

use std::future::poll_fn;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use wgpu::{
    Buffer, BufferDescriptor, BufferUsages, Device, ErrorFilter, ErrorScopeGuard, MapMode,
    PollType, SubmissionIndex,
};

use super::device::WebGpu;
use super::error::GpuError;

/// Bytes of one word. No buffer is made smaller: an empty one cannot be bound.
const LEAST: u64 = 4;

/// A storage buffer that holds these 32-bit words.
pub(super) fn upload(
    webgpu: &WebGpu,
    label: &'static str,
    words: impl Iterator<Item = u32>,
) -> Buffer {
    let mut bytes = Vec::with_capacity(4 * words.size_hint().0);
    for word in words {
        bytes.extend_from_slice(&word.to_le_bytes());
    }
    filled(webgpu, label, BufferUsages::STORAGE, &bytes)
}

/// A uniform buffer that holds one number.
pub(super) fn upload_uniform(webgpu: &WebGpu, label: &'static str, word: u32) -> Buffer {
    filled(webgpu, label, BufferUsages::UNIFORM, &word.to_le_bytes())
}

/// A storage buffer that a kernel writes to.
pub(super) fn result(device: &Device, label: &'static str, size: u64) -> Buffer {
    let usage = BufferUsages::STORAGE | BufferUsages::COPY_SRC;
    empty(device, label, size, usage)
}

/// A buffer for [`read_words`]: results are copied here, for no kernel may write to what the host
/// reads.
pub(super) fn readable(device: &Device, label: &'static str, size: u64) -> Buffer {
    let usage = BufferUsages::MAP_READ | BufferUsages::COPY_DST;
    empty(device, label, size, usage)
}

fn filled(webgpu: &WebGpu, label: &'static str, usage: BufferUsages, bytes: &[u8]) -> Buffer {
    let size = bytes.len() as u64;
    let buffer = empty(&webgpu.device, label, size, usage | BufferUsages::COPY_DST);
    webgpu.queue.write_buffer(&buffer, 0, bytes);
    buffer
}

fn empty(device: &Device, label: &'static str, size: u64, usage: BufferUsages) -> Buffer {
    device.create_buffer(&BufferDescriptor {
        label: Some(label),
        size: size.max(LEAST),
        usage,
        mapped_at_creation: false,
    })
}

/// Catches what a device finds wrong between `open` and `close`; without it, nobody could tell what was
/// asked for. Nothing may be awaited in between: a browser's scopes belong to the
/// device, not to the task.
pub(super) struct Scopes {
    validation: ErrorScopeGuard,
    memory: ErrorScopeGuard,
    internal: ErrorScopeGuard,
}

impl Scopes {
    /// Starts catching.
    pub(super) fn open(device: &Device) -> Self {
        Self {
            validation: device.push_error_scope(ErrorFilter::Validation),
            memory: device.push_error_scope(ErrorFilter::OutOfMemory),
            internal: device.push_error_scope(ErrorFilter::Internal),
        }
    }

    /// Stops catching at once, and then waits for what was caught.
    ///
    /// # Errors
    /// [`GpuError::Failed`] with what the device says.
    pub(super) fn close(self) -> impl Future<Output = Result<(), GpuError>> {
        // The last one opened is the first one closed.
        let internal = self.internal.pop();
        let memory = self.memory.pop();
        let validation = self.validation.pop();
        async move {
            let caught = [internal.await, memory.await, validation.await];
            match caught.into_iter().flatten().next() {
                Some(error) => Err(GpuError::failed(&error.to_string())),
                None => Ok(()),
            }
        }
    }
}

/// What came of a wish to read, and who waits for it.
#[derive(Default)]
struct Arrival {
    outcome: Option<bool>,
    waiting: Option<Waker>,
}

/// Reads a [`readable`] buffer as 32-bit words, once the device has done `submission`.
///
/// # Errors
/// [`GpuError::Failed`] if the device was lost.
pub(super) async fn read_words(
    webgpu: &WebGpu,
    buffer: &Buffer,
    submission: SubmissionIndex,
) -> Result<Vec<u32>, GpuError> {
    let arrival = Arc::new(Mutex::new(Arrival::default()));
    let told = arrival.clone();
    buffer.map_async(MapMode::Read, .., move |outcome| {
        let waiting = told.lock().ok().and_then(|mut arrival| {
            arrival.outcome = Some(outcome.is_ok());
            arrival.waiting.take()
        });
        if let Some(waker) = waiting {
            waker.wake();
        }
    });
    // Outside a browser somebody has to ask; in a browser this does nothing and the answer comes
    // by itself.
    let wait = PollType::Wait {
        submission_index: Some(submission),
        timeout: None,
    };
    webgpu
        .device
        .poll(wait)
        .map_err(|error| GpuError::failed(&error.to_string()))?;
    let arrived = poll_fn(|context| {
        let Ok(mut arrival) = arrival.lock() else {
            return Poll::Ready(false);
        };
        match arrival.outcome {
            Some(outcome) => Poll::Ready(outcome),
            None => {
                arrival.waiting = Some(context.waker().clone());
                Poll::Pending
            }
        }
    });
    if !arrived.await || webgpu.has_failed() {
        return Err(webgpu.failed("its results could not be read back"));
    }
    let bytes = buffer
        .get_mapped_range(..)
        .map_err(|error| webgpu.failed(&error.to_string()))?;
    let (words, _) = bytes.as_chunks();
    Ok(words.iter().copied().map(u32::from_le_bytes).collect())
}
