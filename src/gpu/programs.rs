//! Kernels of the network, compiled once a device and kept.

use std::collections::HashMap;
use std::sync::Mutex;

use wgpu::{
    BindGroupLayout, BindGroupLayoutDescriptor, BindGroupLayoutEntry, BindingType,
    BufferBindingType, ComputePipeline, ComputePipelineDescriptor, Device,
    PipelineLayoutDescriptor, ShaderModuleDescriptor, ShaderSource, ShaderStages,
};

use super::template::{Name, expand};

/// Bytes a task may take: what two tasks are apart.
pub(super) const TASK: u64 = 256;

/// How the lanes of a group add up: a piece for kernels that do.
pub(super) const SUM: &str = include_str!("sum.wgsl");

/// A kernel as a device compiles it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Program {
    /// For people who look at a device's own tools.
    pub(super) name: &'static str,
    /// Pieces of WGSL, put behind each other.
    pub(super) pieces: Vec<&'static str>,
    /// What stands for the names in them.
    pub(super) names: Vec<Name>,
}

/// All that were compiled.
#[derive(Debug)]
pub(super) struct Programs {
    pub(super) layout: BindGroupLayout,
    compiled: Mutex<HashMap<Program, ComputePipeline>>,
}

impl Programs {
    /// None yet.
    pub(super) fn new(device: &Device) -> Self {
        let entries: Vec<BindGroupLayoutEntry> = (0..=6)
            .map(|binding| BindGroupLayoutEntry {
                binding,
                visibility: ShaderStages::COMPUTE,
                ty: BindingType::Buffer {
                    ty: match binding {
                        0 => BufferBindingType::Uniform,
                        _ => BufferBindingType::Storage {
                            read_only: binding > 4,
                        },
                    },
                    has_dynamic_offset: binding == 0,
                    min_binding_size: None,
                },
                count: None,
            })
            .collect();
        let layout = device.create_bind_group_layout(&BindGroupLayoutDescriptor {
            label: Some("network"),
            entries: &entries,
        });
        Self {
            layout,
            compiled: Mutex::default(),
        }
    }

    /// How many there are.
    #[cfg(test)]
    pub(super) fn count(&self) -> usize {
        self.compiled.lock().map_or(0, |compiled| compiled.len())
    }

    /// Whether the kernel is compiled already.
    pub(super) fn has(&self, program: &Program) -> bool {
        let compiled = self.compiled.lock();
        compiled.is_ok_and(|compiled| compiled.contains_key(program))
    }

    /// The compiled kernel; compiles it the first time.
    pub(super) fn get(&self, device: &Device, program: &Program) -> ComputePipeline {
        let mut compiled = match self.compiled.lock() {
            Ok(compiled) => compiled,
            // Whoever panicked left a whole map behind.
            Err(poisoned) => poisoned.into_inner(),
        };
        if let Some(pipeline) = compiled.get(program) {
            return pipeline.clone();
        }
        let pipeline = self.compile(device, program);
        compiled.insert(program.clone(), pipeline.clone());
        pipeline
    }

    fn compile(&self, device: &Device, program: &Program) -> ComputePipeline {
        let pieces = program.pieces.iter();
        let pieces = pieces.map(|piece| expand(piece, &program.names));
        let source = pieces.collect::<Vec<String>>().concat() + include_str!("memory.wgsl");
        let module = device.create_shader_module(ShaderModuleDescriptor {
            label: Some(program.name),
            source: ShaderSource::Wgsl(source.into()),
        });
        let layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
            label: Some("network"),
            bind_group_layouts: &[Some(&self.layout)],
            immediate_size: 0,
        });
        device.create_compute_pipeline(&ComputePipelineDescriptor {
            label: Some(program.name),
            layout: Some(&layout),
            module: &module,
            entry_point: Some("main"),
            compilation_options: Default::default(),
            cache: None,
        })
    }
}
