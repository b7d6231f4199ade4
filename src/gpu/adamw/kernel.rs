//! The three kernels, one behind the other.

use super::Step;
use crate::gpu::device::WebGpu;
use crate::gpu::memory::{Place, Script, Shelf};
use crate::gpu::norm::rows;
use crate::gpu::programs::{Program, SUM};

/// Quads that a lane folds.
const EACH: usize = 16;

/// Moves all `count` weights by the slopes, which are in as many copies as the device has shares; puts what it needs
/// on the shelf. At the place it gives: the norm before clipping, what the slopes were multiplied by, and 1 if the
/// norm is a number; if it is none, nothing has moved.
pub fn step(
    webgpu: &WebGpu,
    script: &mut Script,
    shelf: &mut Shelf,
    count: usize,
    step: &Step,
) -> Place {
    let lanes = webgpu.lanes();
    let quads = count.div_ceil(4);
    let parts = quads.div_ceil(lanes * EACH);
    let (squares, norm) = (shelf.place(4 * parts), shelf.place(4));
    let task = [
        quads as u32,
        webgpu.shares() as u32,
        squares.quad(),
        parts as u32,
    ];
    let program = |name, piece| Program {
        name,
        pieces: vec![piece, SUM],
        names: vec![("LANES", lanes)],
    };
    script.add(
        program("slopes", include_str!("fold.wgsl")),
        &task,
        rows(parts),
    );
    let task = [
        parts as u32,
        squares.quad(),
        norm.quad(),
        step.clip.to_bits(),
    ];
    script.add(
        program("slopes, norm", include_str!("norm.wgsl")),
        &task,
        [1; 3],
    );
    let numbers = [
        step.keep,
        step.beta1,
        step.rest1,
        step.beta2,
        step.rest2,
        step.step_size,
        step.root_correction,
        step.epsilon,
    ];
    let mut task = vec![quads as u32, norm.quad()];
    task.extend(numbers.map(f32::to_bits));
    script.add(
        program("AdamW", include_str!("step.wgsl")),
        &task,
        rows(quads.div_ceil(lanes)),
    );
    norm
}
