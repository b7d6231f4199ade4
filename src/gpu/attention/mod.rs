//! Causal attention with grouped heads that never keeps what a query looked at, only how much there was to
//! look at (flash attention, Dao et al., 2022), and its gradient.
//!
//! A lane takes a few queries of one head, or for the gradient by keys a few keys, and goes over the text; what it
//! needs of them stays in registers. Rows of queries, keys and values lie where their slots are: one after another
//! while training, in a text's own part of the cache while writing. So the same kernel reads a prompt, goes on
//! with a text, and trains.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::norm::rows;
use super::programs::Program;

/// Heads, and lists of a row each.
#[derive(Clone, Copy, Debug)]
pub struct Attention {
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; divides the former.
    pub key_heads: usize,
    /// Numbers of a head there is room for, a multiple of four.
    pub head: usize,
    /// What scores are multiplied by.
    pub scale: f32,
    /// Queries, keys and values, turned.
    pub rows: Place,
    /// The result, `[tokens, heads * head]`.
    pub result: Place,
    /// Four numbers a token and head.
    pub kept: Place,
}

/// Rows of a text that a lane takes together.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// The first row of the result.
    pub token: usize,
    /// Its slot.
    pub slot: usize,
    /// The slot of the text's first token.
    pub first: usize,
    /// How many rows.
    pub count: usize,
}

impl Attention {
    fn row_quads(&self) -> u32 {
        ((self.heads + 2 * self.key_heads) * self.head / 4) as u32
    }

    fn result_quads(&self) -> u32 {
        (self.heads * self.head / 4) as u32
    }
}

/// Queries a lane takes where every text has many rows: what it keeps of each is two heads. On graphics cards a lane
/// has about 255 registers; the software adapter has few anyway, and gains from reading keys less often.
pub fn tile(webgpu: &WebGpu, head: usize) -> usize {
    match (webgpu.software, head) {
        (true, ..=64) => 4,
        (false, ..=24) => 4,
        (false, 25..=48) => 2,
        _ => 1,
    }
}

/// Mixes values by what queries see. No span is longer than `tile`.
pub fn attention(
    webgpu: &WebGpu,
    script: &mut Script,
    all: &Attention,
    spans: &[Span],
    tile: usize,
) {
    let numbers = spans
        .iter()
        .flat_map(|span| [span.token, span.slot, span.first, span.count]);
    let spans_at = script.note(numbers.map(|number| number as u32));
    let task = [
        spans.len() as u32,
        all.heads as u32,
        (all.heads / all.key_heads) as u32,
        all.scale.to_bits(),
        spans_at,
        all.rows.quad(),
        all.row_quads(),
        all.result.quad(),
        all.result_quads(),
        all.kept.quad(),
    ];
    let lanes = webgpu.lanes();
    let program = Program {
        name: "attention",
        pieces: vec![include_str!("forward.wgsl")],
        names: vec![("QUERIES", tile), ("QUADS", all.head / 4), ("LANES", lanes)],
    };
    script.add(
        program,
        &task,
        rows((spans.len() * all.heads).div_ceil(lanes)),
    );
}

/// The slopes by queries, keys and values as they were before they were turned, in `of_rows`, given `of_result`. Of every
/// span slot and token are the same, and `ends` says where its text ends.
pub fn attention_gradient(
    webgpu: &WebGpu,
    script: &mut Script,
    all: &Attention,
    spans: &[(Span, usize)],
    of_result: Place,
    of_rows: Place,
) {
    let tile = tile(webgpu, 2 * all.head).max(if webgpu.software { 2 } else { 1 });
    let numbers = spans.iter().flat_map(|(span, end)| {
        let steps = (0..span.count).step_by(tile);
        steps.flat_map(move |step| {
            let count = tile.min(span.count - step);
            [span.token + step, span.first, *end, count]
        })
    });
    let numbers: Vec<u32> = numbers.map(|number| number as u32).collect();
    let tiles = numbers.len() / 4;
    let spans_at = script.note(numbers);
    let task = [
        tiles as u32,
        all.heads as u32,
        all.key_heads as u32,
        (all.heads / all.key_heads) as u32,
        all.scale.to_bits(),
        spans_at,
        all.rows.quad(),
        all.row_quads(),
        all.result.quad(),
        all.result_quads(),
        of_result.quad(),
        of_rows.quad(),
        all.kept.quad(),
    ];
    let lanes = webgpu.lanes();
    let kernels = [
        (
            "attention, queries",
            include_str!("queries.wgsl"),
            all.heads,
        ),
        ("attention, keys", include_str!("keys.wgsl"), all.key_heads),
    ];
    for (name, kernel, heads) in kernels {
        let program = Program {
            name,
            pieces: vec![include_str!("task.wgsl"), kernel],
            names: vec![("TILE", tile), ("QUADS", all.head / 4), ("LANES", lanes)],
        };
        script.add(program, &task, rows((tiles * heads).div_ceil(lanes)));
    }
}

/// Lets texts take over what others, which begin alike, have read: each of `copies` is the first slot to read, the first
/// to write, and how many. `blocks` says where the rows of the first block are, what one block's and the next one's are
/// apart, and how many there are; `all` is any block's.
pub fn share(
    webgpu: &WebGpu,
    script: &mut Script,
    all: &Attention,
    copies: &[[usize; 3]],
    (first, apart, blocks): (Place, usize, usize),
) {
    let listed = script.note(copies.iter().flatten().map(|number| *number as u32));
    let task = [
        copies.len() as u32,
        all.row_quads(),
        all.result_quads(),
        listed,
        first.quad(),
        (apart / 4) as u32,
    ];
    let program = Program {
        name: "attention, share",
        pieces: vec![include_str!("share.wgsl")],
        names: vec![("LANES", webgpu.lanes())],
    };
    script.add(program, &task, [copies.len() as u32, blocks as u32, 1]);
}
