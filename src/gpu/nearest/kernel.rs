//! The search on a WebGPU device: uploads the lists, runs `kernel.wgsl`, reads the results back.

use super::{Found, Search};
use crate::gpu::device::WebGpu;
use crate::gpu::error::GpuError;
use crate::gpu::transfer::{Scopes, read_words, readable, result, upload, upload_uniform};
use wgpu::{
    BindGroupDescriptor, BindGroupEntry, Buffer, CommandEncoderDescriptor, ComputePassDescriptor,
    ComputePipeline, ComputePipelineDescriptor, Device, SubmissionIndex,
};

/// What stands in `Found::place` where there is no memory; `NOWHERE` in `kernel.wgsl`.
const NOWHERE: u32 = u32::MAX;

/// Bytes of an asked pair, and of what is found for it.
const PAIR: u64 = 8;

/// The compiled kernel. A device makes one and keeps it.
#[derive(Debug)]
pub(in crate::gpu) struct Kernel(ComputePipeline);

impl Kernel {
    fn new(device: &Device) -> Self {
        let module = device.create_shader_module(wgpu::include_wgsl!("kernel.wgsl"));
        Self(device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: Some("nearest memory"),
            layout: None,
            module: &module,
            entry_point: Some("nearest"),
            compilation_options: Default::default(),
            cache: None,
        }))
    }
}

/// A part of the search that was handed to the device.
struct Submitted {
    results: Buffer,
    submission: SubmissionIndex,
}

/// The nearest memory for every asked pair of a search that was checked.
pub(super) async fn find(
    webgpu: &WebGpu,
    search: &Search<'_>,
) -> Result<Vec<Option<Found>>, GpuError> {
    let device = &webgpu.device;
    let limits = device.limits();
    let most = limits
        .max_storage_buffer_binding_size
        .min(limits.max_buffer_size);
    fits("embeddings", search.embeddings.len(), most)?;
    fits("memories", search.memories.len(), most)?;
    fits("agents", search.starts.len(), most)?;
    let groups = u64::from(limits.max_compute_workgroups_per_dimension).min(most / PAIR);

    // Whatever the device finds wrong from here on comes back as an error, and to us alone.
    let scopes = Scopes::open(device);
    let kernel = webgpu.nearest.get_or_init(|| Kernel::new(device));
    let embeddings = search.embeddings.iter().map(|value| value.to_bits());
    let lists = [
        upload(webgpu, "embeddings", embeddings),
        upload(webgpu, "starts", search.starts.iter().copied()),
        upload(webgpu, "memories", search.memories.iter().copied()),
    ];
    let width = upload_uniform(webgpu, "width", search.width as u32);
    let submitted: Vec<Submitted> = search
        .asked
        .chunks(groups.max(1) as usize)
        .map(|asked| submit(webgpu, kernel, &lists, &width, asked))
        .collect();
    scopes.close().await?;

    let mut found = Vec::with_capacity(search.asked.len());
    for part in submitted {
        let words = read_words(webgpu, &part.results, part.submission).await?;
        found.extend(words.chunks_exact(2).map(|pair| match *pair {
            [NOWHERE, _] => None,
            [place, distance] => Some(Found {
                place,
                distance: f32::from_bits(distance),
            }),
            _ => None,
        }));
    }
    Ok(found)
}

/// Asks the device for some pairs, one workgroup each.
fn submit(
    webgpu: &WebGpu,
    Kernel(pipeline): &Kernel,
    [embeddings, starts, memories]: &[Buffer; 3],
    width: &Buffer,
    asked: &[(u32, u32)],
) -> Submitted {
    let device = &webgpu.device;
    let size = asked.len() as u64 * PAIR;
    let pairs = asked
        .iter()
        .flat_map(|(agent, question)| [*agent, *question]);
    let asked_pairs = upload(webgpu, "asked", pairs);
    let found = result(device, "found", size);
    let results = readable(device, "found, to be read", size);
    let bound = [embeddings, starts, memories, &asked_pairs, &found, width];
    let mut binding = 0..;
    let entries = bound.map(|buffer| BindGroupEntry {
        binding: binding.next().unwrap_or_default(),
        resource: buffer.as_entire_binding(),
    });
    let group = device.create_bind_group(&BindGroupDescriptor {
        label: Some("nearest memory"),
        layout: &pipeline.get_bind_group_layout(0),
        entries: &entries,
    });
    let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
    {
        let mut pass = encoder.begin_compute_pass(&ComputePassDescriptor::default());
        pass.set_pipeline(pipeline);
        pass.set_bind_group(0, &group, &[]);
        pass.dispatch_workgroups(asked.len() as u32, 1, 1);
    }
    encoder.copy_buffer_to_buffer(&found, 0, &results, 0, size);
    Submitted {
        results,
        submission: webgpu.queue.submit([encoder.finish()]),
    }
}

/// Refuses a list of 32-bit words that is larger than a buffer may be.
fn fits(what: &'static str, words: usize, most: u64) -> Result<(), GpuError> {
    let bytes = words as u64 * 4;
    if bytes > most {
        return Err(GpuError::TooLarge { what, bytes, most });
    }
    Ok(())
}
