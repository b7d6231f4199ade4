//! RMSNorm (Zhang and Sennrich, 2019) of many rows, and its gradient.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::programs::{Program, SUM};

/// A norm of chosen rows.
#[derive(Clone, Copy, Debug)]
pub struct Norm {
    /// The list of rows it reads.
    pub from: Place,
    /// Where the numbers say which of them.
    pub chosen: u32,
    /// How many it reads.
    pub rows: usize,
    /// Its scale, among the weights.
    pub scale: Place,
    /// Where the normed rows go, one behind the other; later the slopes by them.
    pub to: Place,
    /// Four numbers a row, of which the first is one over its root mean square.
    pub inverse: Place,
}

/// How long rows are.
#[derive(Clone, Copy, Debug)]
pub struct Width {
    /// Numbers there are; those up to the next whole quad are zero.
    pub width: usize,
    /// Added to mean squares.
    pub epsilon: f32,
}

impl Width {
    /// Quads of a row.
    fn quads(self) -> u32 {
        self.width.div_ceil(4) as u32
    }
}

/// Norms rows.
pub fn norm(webgpu: &WebGpu, script: &mut Script, width: Width, norm: &Norm) {
    let task = [
        norm.rows as u32,
        width.quads(),
        width.width as u32,
        width.epsilon.to_bits(),
        norm.from.quad(),
        norm.scale.quad(),
        norm.to.quad(),
        norm.inverse.quad(),
        norm.chosen,
    ];
    let program = program(webgpu, "norm", include_str!("norm.wgsl"));
    script.add(program, &task, rows(norm.rows));
}

/// Adds to `of_rows`, the slopes by the rows that were read, what those by the normed ones, which stand in their
/// place, mean for them.
pub fn norm_gradient(
    webgpu: &WebGpu,
    script: &mut Script,
    width: Width,
    norm: &Norm,
    of_rows: Place,
) {
    let task = [
        norm.rows as u32,
        width.quads(),
        width.width as u32,
        0,
        norm.from.quad(),
        norm.scale.quad(),
        norm.to.quad(),
        norm.inverse.quad(),
        norm.chosen,
        of_rows.quad(),
    ];
    let program = program(webgpu, "norm, gradient", include_str!("gradient.wgsl"));
    script.add(program, &task, rows(norm.rows));
}

/// Adds to the slopes by the scales of norms, once those by all normed rows are known. A scale's slopes have the
/// place that it has itself; copies are `apart` numbers from each other.
pub fn scale_gradients(
    webgpu: &WebGpu,
    script: &mut Script,
    width: Width,
    norms: &[Norm],
    apart: usize,
) {
    let described = norms.iter().flat_map(|norm| {
        [
            norm.from.quad(),
            norm.to.quad(),
            norm.inverse.quad(),
            norm.chosen,
            norm.rows as u32,
            norm.scale.quad(),
        ]
    });
    let described = script.note(described);
    let shares = webgpu.shares() as u32;
    let task = [width.quads(), described, shares, (apart / 4) as u32];
    let lanes = webgpu.lanes();
    let program = program(webgpu, "norm, scales", include_str!("scale.wgsl"));
    let groups = [
        width.quads().div_ceil(lanes as u32),
        norms.len() as u32,
        shares,
    ];
    script.add(program, &task, groups);
}

fn program(webgpu: &WebGpu, name: &'static str, piece: &'static str) -> Program {
    Program {
        name,
        pieces: vec![piece, SUM],
        names: vec![("LANES", webgpu.lanes())],
    }
}

/// Groups for so many rows: more than one line of them, if a device takes no longer ones.
pub(super) fn rows(count: usize) -> [u32; 3] {
    const LINE: usize = 32_768;
    [count.min(LINE) as u32, count.div_ceil(LINE) as u32, 1]
}
