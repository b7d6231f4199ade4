//! Choosing the next word of many texts on the device, so that it can go on without asking the host.
//!
//! The host draws the random numbers and sends them along: they are the ones it would have used itself.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::programs::{Program, SUM};

/// How words are chosen; the same numbers that the host's own way of choosing knows.
#[derive(Clone, Copy, Debug)]
pub struct Choosing {
    /// Divides the logits; 0 takes the likeliest.
    pub temperature: f32,
    /// Only so many likeliest words; 0 means all.
    pub top_k: usize,
    /// Only words at least so many times as likely as the likeliest.
    pub min_p: f32,
}

/// Chooses a word for each of so many rows of logits. `random` is where the numbers hold one random number a row; `to`
/// gets four numbers a row: the word, its log-probability, and 1 where all logits are numbers.
pub fn sample(
    webgpu: &WebGpu,
    script: &mut Script,
    (logits, rows, words): (Place, usize, usize),
    random: u32,
    choosing: Choosing,
    to: Place,
) {
    let task = [
        rows as u32,
        words as u32,
        logits.quad(),
        random,
        to.quad(),
        choosing.temperature.to_bits(),
        choosing.top_k as u32,
        choosing.min_p.to_bits(),
    ];
    let program = Program {
        name: "sample",
        pieces: vec![include_str!("kernel.wgsl"), SUM],
        names: vec![("LANES", webgpu.lanes())],
    };
    script.add(program, &task, [rows as u32, 1, 1]);
}
