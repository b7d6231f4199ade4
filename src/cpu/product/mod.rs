//! Products of matrices, added to what is there: `C += A · B`, each of the two read in any order, so
//! that a transposed one costs nothing more.
//!
//! Every element of `C` is a chain of its own, `c + a₀b₀ + a₁b₁ + ..` in the order of the inner index,
//! each product and each sum rounded: nothing is fused, nothing is summed in another order. So a result
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
//! GFLOP/s on one thread of a Xeon with registers of sixteen, 30 November 2026, best of twenty, sizes of the standard
//! model: eight lanes 50 to 53, fused no faster; sixteen lanes 66 to 80, fused 108 to 145. Tried with sixteen lanes and
//! no faster: tiles of 8 by 2, 8 by 3, 6 by 3 and 6 by 4 registers. Tried with eight: 6 by 2; reading `A` where it
//! is, six times as slow for a transposed one.

mod copies;
#[cfg(target_arch = "x86_64")]
mod sixteen;
mod tile;

use super::lanes::widest;
use copies::{copy_left, copy_right};

/// Whether a product and a sum are rounded together.
const FUSED: bool = cfg!(feature = "fused");

/// Rows of a tile.
const ROWS: usize = 4;

/// Steps of the inner index of one block, and rows of `A` in one.
const DEPTH: usize = 256;
const HIGH: usize = ROWS * 16;

/// Fewer rows than this are not worth copying anything for.
const FEW: usize = ROWS;

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
    #[cfg(feature = "cli")]
    if let Some(high) = rows_a_thread(size) {
        return shared_out(size, a, b, c, width, high);
    }
    add_alone::<FUSED>(size, [a, b], c, width, room);
}

/// Multiplications below which threads cost more than they save.
#[cfg(feature = "cli")]
const WORTH_SHARING: usize = 1 << 20;

/// How many rows each thread takes, if there are several and it is worth it.
#[cfg(feature = "cli")]
fn rows_a_thread([rows, inner, columns]: [usize; 3]) -> Option<usize> {
    if rows * inner * columns < WORTH_SHARING {
        return None;
    }
    let threads = rayon::current_num_threads();
    let high = rows.div_ceil(threads).next_multiple_of(ROWS);
    (threads > 1 && high < rows).then_some(high)
}

#[cfg(feature = "cli")]
fn shared_out(
    [rows, inner, columns]: [usize; 3],
    a: Matrix,
    b: Matrix,
    c: &mut [f32],
    width: usize,
    high: usize,
) {
    use rayon::prelude::*;
    thread_local!(static ROOM: std::cell::RefCell<Room> = std::cell::RefCell::default());
    let parts = c.par_chunks_mut(high * width).enumerate();
    parts.take(rows.div_ceil(high)).for_each(|(part, c)| {
        let first = part * high;
        let size = [high.min(rows - first), inner, columns];
        ROOM.with_borrow_mut(|room| add_alone::<FUSED>(size, [a.below(first), b], c, width, room));
    });
}

/// The same on one thread, fused or not.
pub(super) fn add_alone<const FUSED: bool>(
    size: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    room: &mut Room,
) {
    if size.contains(&0) {
        return;
    }
    if size[0] < FEW && b.right == 1 {
        return few_rows::<FUSED>(size, a, b, c, width);
    }
    #[cfg(target_arch = "x86_64")]
    if let Some(sixteen) = pulp::x86::V4::try_new() {
        let block = |size, left: &[f32], right: &[f32], c: &mut [f32]| {
            sixteen::block::<FUSED>(sixteen, size, [left, right], c, width)
        };
        return cut::<{ sixteen::COLUMNS }>(size, [a, b], c, width, room, block);
    }
    add_with_few_lanes::<FUSED>(size, [a, b], c, width, room);
}

/// The same with registers of at most eight lanes.
pub(super) fn add_with_few_lanes<const FUSED: bool>(
    size: [usize; 3],
    ab: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    room: &mut Room,
) {
    let block = |size, left: &[f32], right: &[f32], c: &mut [f32]| {
        tile::block::<FUSED>(size, [left, right], c, width)
    };
    cut::<{ tile::COLUMNS }>(size, ab, c, width, room, block);
}

/// Most columns of one block of `B`. Natively, 816 cost some sizes 20 % and gained others 3.
const WIDE: usize = if cfg!(target_arch = "wasm32") {
    240
} else {
    480
};

/// Block after block, each of `A` in strips of [`ROWS`] rows and of `B` in strips of `COLUMNS` columns.
fn cut<const COLUMNS: usize>(
    [rows, inner, columns]: [usize; 3],
    [a, b]: [Matrix; 2],
    c: &mut [f32],
    width: usize,
    room: &mut Room,
    block: impl Fn([usize; 3], &[f32], &[f32], &mut [f32]),
) {
    // Blocks of like width: for each, all of `A` is copied once.
    let blocks = columns.div_ceil(WIDE);
    let most = columns.div_ceil(blocks).next_multiple_of(COLUMNS);
    let left = aligned(&mut room.left, HIGH * DEPTH);
    let right = aligned(&mut room.right, most * DEPTH);
    for from_column in (0..columns).step_by(most) {
        let wide = most.min(columns - from_column);
        for from_inner in (0..inner).step_by(DEPTH) {
            let deep = DEPTH.min(inner - from_inner);
            let from = [from_inner, from_column];
            copy_right::<COLUMNS>(b, from, [deep, wide], right);
            for from_row in (0..rows).step_by(HIGH) {
                let high = HIGH.min(rows - from_row);
                copy_left(a, [from_row, from_inner], [high, deep], left);
                let c = &mut c[from_row * width + from_column..];
                block([high, deep, wide], left, right, c);
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
    a: Matrix,
    b: Matrix,
    c: &mut [f32],
    width: usize,
) {
    widest(
        #[inline(always)]
        || {
            for row in 0..rows {
                let sums = &mut c[row * width..][..columns];
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
