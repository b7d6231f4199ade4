//! Products of matrices, added to what is there, `C += A · B`, or put in its place, `C = A · B`; each of the two read in
//! any order, so that a transposed one costs nothing more.
//!
//! Every element of `C` is a chain of its own, `c + a₀b₀ + a₁b₁ + ..` in the order of the inner index, from zero where
//! nothing counts that was there, each product and each sum rounded: nothing is fused, nothing is summed in another order. So a result
//! does not depend on how many lanes a processor has, how the work is cut, or how many rows are
//! computed together: a browser and a native build, one row and a hundred, agree bit for bit.
//!
//! The work is cut as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
//! (2008): a block of `B` and a block of `A` are copied into the order in which they are read
//! (`copies`), and a tile of `C` stays in registers while the inner index runs: of eight or four
//! lanes (`tile`), or of sixteen (`sixteen`).
//!
//! The feature `fused` rounds a product and its sum together, once instead of twice. A native build is faster for it,
//! and the same on every machine; from a browser it then differs in the last bits.
//!
//! GFLOP/s on one thread, 30 November 2026, best of twenty, sizes of the standard model. An EPYC with registers of eight
//! lanes: tiles of 6 by 2 registers 65 to 75, fused 77 to 90; 5 by 2 the same, fused 72 to 89; 4 by 2 42 to 65; 4 by 3 33
//! to 41, fused no faster, because one sum has no register left. A Xeon with registers of sixteen: 4 by 3 of them 66 to
//! 80, fused 108 to 145, and 8 by 2, 8 by 3, 6 by 3 and 6 by 4 no faster; its eight lanes 50 to 53 with 4 by 3 and no
//! faster with 6 by 2. Reading `A` where it is was six times as slow for a transposed one.

mod copies;
#[cfg(target_arch = "x86_64")]
mod sixteen;
mod tile;

use super::lanes::widest;
use copies::{copy_left, copy_right};

/// Whether a product and a sum are rounded together.
const FUSED: bool = cfg!(feature = "fused");

/// Steps of the inner index of one block.
const DEPTH: usize = 256;

/// Rows of `A` in one block, at most.
const HIGH: usize = 64;

/// Fewer rows than this are not worth copying anything for.
const FEW: usize = 4;

/// `sum + factor * term`.
#[inline(always)]
fn grown<const FUSED: bool>(sum: f32, factor: f32, term: f32) -> f32 {
    if FUSED {
        factor.mul_add(term, sum)
    } else {
        sum + factor * term
    }
}

/// A matrix somewhere in a list of numbers.
#[derive(Clone, Copy, Debug)]
pub struct Matrix<'a> {
    values: &'a [f32],
    /// From a row to the next.
    down: usize,
    /// From a column to the next.
    right: usize,
}

impl<'a> Matrix<'a> {
    /// Rows one after another, `width` numbers from one to the next.
    pub fn rows(values: &'a [f32], width: usize) -> Self {
        Self {
            values,
            down: width,
            right: 1,
        }
    }

    /// The same with rows and columns exchanged.
    pub fn transposed(self) -> Self {
        Self {
            down: self.right,
            right: self.down,
            ..self
        }
    }

    /// The same without its first rows.
    #[cfg(feature = "cli")]
    fn below(self, row: usize) -> Self {
        Self {
            values: &self.values[row * self.down..],
            ..self
        }
    }

    /// The same without its first columns.
    pub fn right_of(self, column: usize) -> Self {
        Self {
            values: &self.values[column * self.right..],
            ..self
        }
    }

    fn at(&self, row: usize, column: usize) -> f32 {
        self.values[row * self.down + column * self.right]
    }
}

/// Room for the copies, kept from one product to the next.
#[derive(Debug, Default)]
pub struct Room {
    left: Vec<f32>,
    right: Vec<f32>,
}

/// What becomes of what stands in `C`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum There {
    /// The product is added to it.
    Counts,
    /// The product takes its place.
    Goes,
}

/// `C += A · B`: `size` is rows of `A`, the inner index, columns of `B`. `c` has its rows one after
/// another, `width` numbers from one to the next. A native build shares the rows of a large product out among
/// its threads; who computes a row changes nothing about it.
pub fn add_product(
    size: [usize; 3],
    a: Matrix,
    b: Matrix,
    c: &mut [f32],
    width: usize,
    room: &mut Room,
) {
    multiply(size, [a, b], c, width, There::Counts, room);
}

/// The same with `C = A · B`: whatever stood there goes.
pub fn set_product(
    size: [usize; 3],
    a: Matrix,
    b: Matrix,
    c: &mut [f32],
    width: usize,
    room: &mut Room,
) {
    multiply(size, [a, b], c, width, There::Goes, room);
}

fn multiply(
    size: [usize; 3],
    ab: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
    room: &mut Room,
) {
    #[cfg(feature = "cli")]
    if let Some(high) = rows_a_thread(size) {
        return shared_out(size, ab, c, width, there, high);
    }
    alone::<FUSED>(size, ab, c, width, there, room);
}

/// Multiplications below which threads cost more than they save.
#[cfg(feature = "cli")]
const WORTH_SHARING: usize = 1 << 20;
/// Rows that fill tiles, whichever they are.
#[cfg(feature = "cli")]
const WORTH_A_TILE: usize = 12;

/// How many rows each thread takes, if there are several and it is worth it.
#[cfg(feature = "cli")]
fn rows_a_thread([rows, inner, columns]: [usize; 3]) -> Option<usize> {
    if rows * inner * columns < WORTH_SHARING {
        return None;
    }
    let threads = rayon::current_num_threads();
    let high = rows.div_ceil(threads).next_multiple_of(WORTH_A_TILE);
    (threads > 1 && high < rows).then_some(high)
}

#[cfg(feature = "cli")]
fn shared_out(
    [rows, inner, columns]: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
    high: usize,
) {
    use rayon::prelude::*;
    thread_local!(static ROOM: std::cell::RefCell<Room> = std::cell::RefCell::default());
    let parts = c.par_chunks_mut(high * width).enumerate();
    parts.take(rows.div_ceil(high)).for_each(|(part, c)| {
        let first = part * high;
        let size = [high.min(rows - first), inner, columns];
        let ab = [a.below(first), b];
        ROOM.with_borrow_mut(|room| alone::<FUSED>(size, ab, c, width, there, room));
    });
}

/// The same on one thread, fused or not.
pub(super) fn alone<const FUSED: bool>(
    size: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
    room: &mut Room,
) {
    let [rows, inner, columns] = size;
    if inner == 0 && there == There::Goes {
        let rows = c.chunks_mut(width.max(1)).take(rows);
        return rows.for_each(|row| row[..columns].fill(0.0));
    }
    if size.contains(&0) {
        return;
    }
    if rows < FEW && b.right == 1 {
        return few_rows::<FUSED>(size, [a, b], c, width, there);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(sixteen) = pulp::x86::V4::try_new() {
        let block = |size, left: &[f32], right: &[f32], c: &mut [f32], there| {
            sixteen::block::<FUSED>(sixteen, size, [left, right], c, width, there)
        };
        return cut::<{ sixteen::ROWS }, { sixteen::COLUMNS }>(
            size,
            [a, b],
            c,
            width,
            there,
            room,
            block,
        );
    }
    with_few_lanes::<FUSED>(size, [a, b], c, width, there, room);
}

/// The same with registers of at most eight lanes.
pub(super) fn with_few_lanes<const FUSED: bool>(
    size: [usize; 3],
    ab: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
    room: &mut Room,
) {
    let block = |size, left: &[f32], right: &[f32], c: &mut [f32], there| {
        tile::block::<FUSED>(size, [left, right], c, width, there)
    };
    cut::<{ tile::ROWS }, { tile::COLUMNS }>(size, ab, c, width, there, room, block);
}

/// Most columns of one block of `B`. Natively, 816 cost some sizes 20 % and gained others 3.
const WIDE: usize = if cfg!(target_arch = "wasm32") {
    240
} else {
    480
};

/// Block after block, each of `A` in strips of `ROWS` rows and of `B` in strips of `COLUMNS` columns.
fn cut<const ROWS: usize, const COLUMNS: usize>(
    [rows, inner, columns]: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
    room: &mut Room,
    block: impl Fn([usize; 3], &[f32], &[f32], &mut [f32], There),
) {
    // Blocks of like width: for each, all of `A` is copied once.
    let blocks = columns.div_ceil(WIDE);
    let most = columns.div_ceil(blocks).next_multiple_of(COLUMNS);
    let most_rows = HIGH / ROWS * ROWS;
    let left = aligned(&mut room.left, most_rows * DEPTH);
    let right = aligned(&mut room.right, most * DEPTH);
    for from_column in (0..columns).step_by(most) {
        let wide = most.min(columns - from_column);
        for from_inner in (0..inner).step_by(DEPTH) {
            let deep = DEPTH.min(inner - from_inner);
            let from = [from_inner, from_column];
            copy_right::<COLUMNS>(b, from, [deep, wide], right);
            let there = if from_inner == 0 {
                there
            } else {
                There::Counts
            };
            for from_row in (0..rows).step_by(most_rows) {
                let high = most_rows.min(rows - from_row);
                copy_left::<ROWS>(a, [from_row, from_inner], [high, deep], left);
                let c = &mut c[from_row * width + from_column..];
                block([high, deep, wide], left, right, c, there);
            }
        }
    }
}

/// Numbers of a list, as many as asked for, that begin where a line of the processor's memory does: registers of sixteen
/// lanes would otherwise be read from two lines each, at three quarters of the speed.
fn aligned(list: &mut Vec<f32>, count: usize) -> &mut [f32] {
    const LINE: usize = 64;
    let most = count + LINE / size_of::<f32>();
    if list.len() < most {
        list.resize(most, 0.0);
    }
    let skipped = list.as_ptr().align_offset(LINE).min(most - count);
    &mut list[skipped..][..count]
}

/// Without copies: a row of `C` grows by rows of `B`.
fn few_rows<const FUSED: bool>(
    [rows, inner, columns]: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    there: There,
) {
    widest(
        #[inline(always)]
        || {
            for row in 0..rows {
                let sums = &mut c[row * width..][..columns];
                if there == There::Goes {
                    sums.fill(0.0);
                }
                for step in 0..inner {
                    let factor = a.at(row, step);
                    let terms = &b.values[step * b.down..][..columns];
                    for (sum, term) in sums.iter_mut().zip(terms) {
                        *sum = grown::<FUSED>(*sum, factor, *term);
                    }
                }
            }
        },
    );
}
