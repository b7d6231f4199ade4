//! Looking embeddings up, and the gradient by them without atomic sums: the host sorts the places of each word.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::norm::rows;
use super::programs::Program;

/// What says that a token is to be taken from the desk.
const DRAWN: u32 = 0x8000_0000;

/// A token that the device itself has drawn, or will have by then: the first of the four numbers at `place`.
pub fn drawn(place: Place) -> u32 {
    DRAWN | place.quad()
}

/// Looks up the embeddings of so many tokens, which the numbers list from `listed` on, or name as [`drawn`].
pub fn embed(
    webgpu: &WebGpu,
    script: &mut Script,
    (listed, tokens): (u32, usize),
    (embedding, width): (Place, usize),
    to: Place,
) {
    let quads = width.div_ceil(4);
    let task = [
        tokens as u32,
        quads as u32,
        listed,
        embedding.quad(),
        to.quad(),
    ];
    let lanes = webgpu.lanes();
    let program = program(lanes, "embedding", include_str!("forward.wgsl"));
    script.add(program, &task, rows((tokens * quads).div_ceil(lanes)));
}

/// Adds to the slopes by embeddings those by the rows that were looked up.
pub fn embed_gradient(
    webgpu: &WebGpu,
    script: &mut Script,
    tokens: &[u32],
    (embedding, width): (Place, usize),
    of_rows: Place,
) {
    let mut places: Vec<(u32, u32)> = tokens.iter().copied().zip(0..).collect();
    places.sort_unstable();
    let sorted = script.note(places.iter().map(|(_, place)| *place));
    let mut words: Vec<u32> = Vec::new();
    for (number, (word, _)) in places.iter().enumerate() {
        if number == 0 || places[number - 1].0 != *word {
            words.extend([*word, sorted + number as u32]);
        }
    }
    let count = words.len() / 2;
    words.extend([0, sorted + places.len() as u32]);
    let listed = script.note(words);
    let quads = width.div_ceil(4);
    let task = [
        count as u32,
        quads as u32,
        listed,
        of_rows.quad(),
        embedding.quad(),
    ];
    let lanes = webgpu.lanes();
    let program = program(lanes, "embedding, gradient", include_str!("gradient.wgsl"));
    script.add(program, &task, rows((count * quads).div_ceil(lanes)));
}

fn program(lanes: usize, name: &'static str, piece: &'static str) -> Program {
    Program {
        name,
        pieces: vec![piece],
        names: vec![("LANES", lanes)],
    }
}
