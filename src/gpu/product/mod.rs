//! Products of matrices, in registers, with what follows on them done before a tile is let go.
//!
//! A lane computes a tile of several rows by eight columns. Numbers are read four at a time and nothing is
//! shared within a group: on the software adapter of two cores, 8 by 8 reaches 4 to 4.6 GFLOP/s, of about 12
//! that multiplying and adding alone would. Tried there and slower (GFLOP/s, 1,016 rows): one number at a time
//! 2.3 to 2.9; `fma` in place of a product and a sum 2.7 to 4.4, the same within noise; 16 by 8 rows 2.1 to 3.5; 8 by
//! 16 columns 2.3 to 4.4, unsteady; groups of 8 by 8 lanes 1.9 to 4.1. Fewer rows a tile are for few rows: a single
//! one is 1.0 with a tile of one, 0.4 with one of eight.
//!
//! Every sum is taken in one order. What a tile of few rows and one of many come to is the same to the bit on the
//! software adapter; a card's compiler may round a product and a sum together in one and not in the other.
//!
//! Within a whole training step (8 sequences of 128, software adapter, 30 November 2026) products take 81 to 90 % of the
//! time, for the weak to the strong model, at 3.7 to 3.8 GFLOP/s; attention takes 8 to 14 %, all else under 6 %. The
//! ignored test `where_a_step_goes` prints it.

#[cfg(all(test, feature = "cli"))]
mod tests;

use super::device::WebGpu;
use super::memory::{Place, Script};
use super::programs::Program;

/// A matrix of so many rows and columns; a row is as long as whole quads.
#[derive(Clone, Copy, Debug)]
pub struct Matrix {
    /// Where it lies.
    pub place: Place,
    /// Numbers of a row, a multiple of four.
    pub stride: usize,
}

impl Matrix {
    /// A matrix in a place.
    pub fn new(place: Place, stride: usize) -> Self {
        Self { place, stride }
    }

    fn words(self) -> [u32; 2] {
        [self.place.quad(), (self.stride / 4) as u32]
    }
}

/// Rows, numbers of the sum and columns of a product; the latter two multiples of four.
pub type Size = [usize; 3];

/// What is done with queries, keys and values.
#[derive(Clone, Copy, Debug)]
pub struct Turning {
    /// Where the numbers say each row's position.
    pub positions: u32,
    /// Where the numbers say which row of the result each row becomes.
    pub slots: u32,
    /// Columns that are turned.
    pub columns: usize,
    /// Numbers of a head.
    pub head: usize,
}

/// `to = a weights`, both row after row.
pub fn product(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    a: Matrix,
    weights: Matrix,
    to: Matrix,
) {
    let ending = include_str!("store.wgsl");
    run(
        webgpu,
        script,
        PLAIN,
        ending,
        size,
        [a, weights, to],
        None,
        &[],
    );
}

/// `to = base + a weights`.
pub fn product_onto(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    [a, weights]: [Matrix; 2],
    base: Matrix,
    to: Matrix,
) {
    let ending = include_str!("add.wgsl");
    run(
        webgpu,
        script,
        PLAIN,
        ending,
        size,
        [a, weights, to],
        Some(base),
        &[],
    );
}

/// Queries, keys and values, turned: `to[slot] = turned(a weights)`.
pub fn product_turned(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    [a, weights, to]: [Matrix; 3],
    turning: Turning,
) {
    let ending = include_str!("turned.wgsl");
    let words = [
        turning.positions,
        turning.slots,
        (turning.columns / 4) as u32,
        (turning.head / 4) as u32,
    ];
    run(
        webgpu,
        script,
        PLAIN,
        ending,
        size,
        [a, weights, to],
        None,
        &words,
    );
}

/// `to = a weights`, gates and ups beside each other, and `acting` what comes of them.
pub fn product_gated(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    [a, weights, to]: [Matrix; 3],
    acting: Matrix,
) {
    let ending = include_str!("gated.wgsl");
    run(
        webgpu,
        script,
        PLAIN,
        ending,
        size,
        [a, weights, to],
        Some(acting),
        &[],
    );
}

/// `to = a weights'`: weights with rows and columns exchanged.
pub fn product_right(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    a: Matrix,
    weights: Matrix,
    to: Matrix,
) {
    let ending = include_str!("store.wgsl");
    run(
        webgpu,
        script,
        RIGHT,
        ending,
        size,
        [a, weights, to],
        None,
        &[],
    );
}

/// The slope by what came of gates and ups, `a weights'`, becomes that by themselves, in place of them.
pub fn product_gated_gradient(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    [a, weights]: [Matrix; 2],
    gates: Matrix,
) {
    let ending = include_str!("gated_gradient.wgsl");
    run(
        webgpu,
        script,
        RIGHT,
        ending,
        size,
        [a, weights, gates],
        Some(gates),
        &[],
    );
}

/// Adds `a' b` to the slopes `to`: `size` is rows of the result, rows of `a` and `b`, columns. The sum is taken in
/// shares, each in a copy of the slopes of its own; copies are `apart` numbers from each other.
pub fn product_gradient(
    webgpu: &WebGpu,
    script: &mut Script,
    size: Size,
    [a, b]: [Matrix; 2],
    to: Matrix,
    apart: usize,
) {
    let [rows, sum, columns] = size;
    let shares = webgpu.shares();
    let (x, y, tile) = lanes(webgpu, rows);
    let tile = tile.max(4);
    let share = sum.div_ceil(shares).max(1);
    let program = Program {
        name: "product, left",
        pieces: vec![
            include_str!("head.wgsl"),
            include_str!("left.wgsl"),
            include_str!("gradient.wgsl"),
        ],
        names: vec![("ROWS", tile), ("HALVES", tile / 4), ("X", x), ("Y", y)],
    };
    let mut task = begin(size, share);
    task.extend(a.words());
    task.extend(b.words());
    task.extend(to.words());
    task.extend([0, 0, 0, 0, 0, 0, (apart / 4) as u32]);
    let groups = groups(rows, columns, [x, y, tile], sum.div_ceil(share));
    script.add(program, &task, groups);
}

const PLAIN: (&str, &str) = ("product", include_str!("plain.wgsl"));
const RIGHT: (&str, &str) = ("product, right", include_str!("right.wgsl"));

#[expect(
    clippy::too_many_arguments,
    reason = "the one place where all forms of a product meet"
)]
fn run(
    webgpu: &WebGpu,
    script: &mut Script,
    (name, sum): (&'static str, &'static str),
    ending: &'static str,
    size: Size,
    [a, b, c]: [Matrix; 3],
    d: Option<Matrix>,
    more: &[u32],
) {
    let [rows, _, columns] = size;
    let (x, y, tile) = lanes(webgpu, rows);
    let program = Program {
        name,
        pieces: vec![include_str!("head.wgsl"), sum, ending],
        names: vec![("ROWS", tile), ("X", x), ("Y", y)],
    };
    let mut task = begin(size, 0);
    for matrix in [a, b, c, d.unwrap_or(c)] {
        task.extend(matrix.words());
    }
    task.extend(more);
    script.add(program, &task, groups(rows, columns, [x, y, tile], 1));
}

fn begin([rows, sum, columns]: Size, share: usize) -> Vec<u32> {
    [rows, columns / 4, sum, share]
        .map(|word| word as u32)
        .to_vec()
}

/// Lanes of a group along columns and rows, and rows of a tile.
fn lanes(webgpu: &WebGpu, rows: usize) -> (usize, usize, usize) {
    let tile = match rows {
        0..4 => 1,
        4..32 => 4,
        _ => 8,
    };
    match webgpu.software {
        // Groups are what its threads share.
        true => (2, 8, tile),
        false => (8, 8, tile.min(4)),
    }
}

fn groups(rows: usize, columns: usize, [x, y, tile]: [usize; 3], shares: usize) -> [u32; 3] {
    [columns.div_ceil(8 * x), rows.div_ceil(y * tile), shares].map(|count| count as u32)
}
