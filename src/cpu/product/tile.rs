//! A tile in registers that the compiler finds by itself: the same lines for every processor and for browsers.

use super::{There, grown};
use crate::cpu::lanes::widest;

/// Numbers in a register.
const LANES: usize = if cfg!(target_arch = "x86_64") { 8 } else { 4 };
/// Rows of a tile. Its sums stay in 16 registers, with room for a row of `B`, a number of `A` and their product: one more,
/// and a sum is kept in memory instead. Tried in a browser and slower: 2, 3, 5, 6 and 8 rows; one and three registers of
/// columns.
pub(super) const ROWS: usize = if cfg!(target_arch = "x86_64") { 6 } else { 4 };
/// Registers of columns.
const PARTS: usize = 2;
pub(super) const COLUMNS: usize = PARTS * LANES;

/// All tiles of a block, with registers of eight lanes where this processor has them.
pub(super) fn block<const FUSED: bool>(
    size: [usize; 3],
    [left, right]: [&[f32]; 2],
    c: &mut [f32],
    width: usize,
    there: There,
) {
    widest(
        #[inline(always)]
        || tiles::<FUSED>(size, left, right, c, width, there),
    );
}

#[inline(always)]
fn tiles<const FUSED: bool>(
    [high, deep, wide]: [usize; 3],
    left: &[f32],
    right: &[f32],
    c: &mut [f32],
    width: usize,
    there: There,
) {
    let rights = right
        .chunks_exact(COLUMNS * deep)
        .take(wide.div_ceil(COLUMNS));
    for (strip, right) in rights.enumerate() {
        let column = strip * COLUMNS;
        let columns = COLUMNS.min(wide - column);
        let lefts = left.chunks_exact(ROWS * deep).take(high.div_ceil(ROWS));
        for (strip, left) in lefts.enumerate() {
            let row = strip * ROWS;
            let rows = ROWS.min(high - row);
            let c = &mut c[row * width + column..];
            tile::<FUSED>([left, right], c, width, [rows, columns], there);
        }
    }
}

/// Numbers that are computed together; the compiler makes one register of them.
type Lanes = [f32; LANES];

#[inline(always)]
fn add<const FUSED: bool>(sum: Lanes, factor: f32, terms: &Lanes) -> Lanes {
    core::array::from_fn(|lane| grown::<FUSED>(sum[lane], factor, terms[lane]))
}

/// One tile: what is there if it counts, and a product for every step of the inner index.
#[inline(always)]
fn tile<const FUSED: bool>(
    [left, right]: [&[f32]; 2],
    c: &mut [f32],
    width: usize,
    [rows, columns]: [usize; 2],
    there: There,
) {
    let mut sums = [[[0.0f32; LANES]; PARTS]; ROWS];
    if there == There::Counts {
        for (row, sums) in sums.iter_mut().enumerate().take(rows) {
            let (sums, there) = (sums.as_flattened_mut(), &c[row * width..]);
            // A whole row has a length that the compiler knows.
            if columns == COLUMNS {
                sums.copy_from_slice(&there[..COLUMNS]);
            } else {
                sums[..columns].copy_from_slice(&there[..columns]);
            }
        }
    }
    let (left, _) = left.as_chunks::<ROWS>();
    let (right, _) = right.as_chunks::<LANES>();
    let (right, _) = right.as_chunks::<{ PARTS }>();
    for (left, right) in left.iter().zip(right) {
        for row in 0..ROWS {
            for part in 0..PARTS {
                sums[row][part] = add::<FUSED>(sums[row][part], left[row], &right[part]);
            }
        }
    }
    if columns == COLUMNS {
        for (row, sums) in sums.iter().enumerate().take(rows) {
            c[row * width..][..COLUMNS].copy_from_slice(sums.as_flattened());
        }
    } else {
        for (row, sums) in sums.iter().enumerate().take(rows) {
            c[row * width..][..columns].copy_from_slice(&sums.as_flattened()[..columns]);
        }
    }
}
