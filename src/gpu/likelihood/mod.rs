//! Log-probabilities of words given logits, and their gradient: a row of logits is gone over twice, and
//! becomes the slope by itself.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::norm::rows;
use super::programs::{Program, SUM};

/// Rows of logits, and the word of each that is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Likelihood {
    /// How many.
    pub rows: usize,
    /// Words of the vocabulary; a row is as long as whole quads.
    pub words: usize,
    /// The logits.
    pub logits: Place,
    /// Where the numbers say the words.
    pub targets: u32,
    /// Four numbers a row: log-probability, logarithm of the exponentials' sum, and room for the slope by the former.
    pub known: Place,
}

impl Likelihood {
    fn task(&self) -> Vec<u32> {
        let quads = self.words.div_ceil(4);
        let sizes = [self.rows, quads, self.words].map(|size| size as u32);
        let places = [self.logits.quad(), self.targets, self.known.quad()];
        [sizes, places].concat()
    }
}

/// The log-probabilities of the words asked for.
pub fn likelihood(webgpu: &WebGpu, script: &mut Script, asked: &Likelihood) {
    let program = program(webgpu, "likelihood", include_str!("forward.wgsl"));
    script.add(program, &asked.task(), rows(asked.rows));
}

/// Where the slopes by log-probabilities are found.
#[derive(Clone, Copy, Debug)]
pub enum Given {
    /// Among the numbers from there on, as bits.
    Noted(u32),
    /// Beside the log-probabilities.
    Beside,
}

/// Turns logits into the slopes by them.
pub fn likelihood_gradient(webgpu: &WebGpu, script: &mut Script, asked: &Likelihood, given: Given) {
    let program = program(
        webgpu,
        "likelihood, gradient",
        include_str!("gradient.wgsl"),
    );
    let mut task = asked.task();
    task.extend(match given {
        Given::Noted(start) => [1, start],
        Given::Beside => [0, 0],
    });
    script.add(program, &task, rows(asked.rows));
}

fn program(webgpu: &WebGpu, name: &'static str, piece: &'static str) -> Program {
    Program {
        name,
        pieces: vec![piece, SUM],
        names: vec![("LANES", webgpu.lanes())],
    }
}
