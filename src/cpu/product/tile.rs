//! A tile in registers that the compiler finds by itself: the same lines for every processor and for browsers.

use super::{ROWS, grown};
use crate::cpu::lanes::widest;

/// Numbers in a register.
const LANES: usize = if cfg!(target_arch = "x86_64") { 8 } else { 4 };
/// Columns of a tile: sums that stay in 16 registers, with room for a row of `B`. Tried and slower: 2, 3, 5, 6
/// and 8 rows; one register of columns; three in a browser.
const PARTS: usize = if cfg!(target_arch = "x86_64") { 3 } else { 2 };
pub(super) const COLUMNS: usize = PARTS * LANES;

/// All tiles of a block, with registers of eight lanes where this processor has them.
pub(super) fn block<const FUSED: bool>(
    size: [usize; 3],
    [left, right]: [&[f32]; 2],
    c: &mut [f32],
    width: usize,
) {
    widest(
        #[inline(always)]
        || tiles::<FUSED>(size, left, right, c, width),
    );
}

#[inline(always)]
fn tiles<const FUSED: bool>(
    [high, deep, wide]: [usize; 3],
    left: &[f32],
    right: &[f32],
    c: &mut [f32],
    width: usize,
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
            tile::<FUSED>(
                left,
                right,
                &mut c[row * width + column..],
                width,
                [rows, columns],
            );
        }
    }
}

/// Numbers that are computed together; the compiler makes one register of them.
type Lanes = [f32; LANES];

#[inline(always)]
fn add<const FUSED: bool>(sum: Lanes, factor: f32, terms: &Lanes) -> Lanes {
    core::array::from_fn(|lane| grown::<FUSED>(sum[lane], factor, terms[lane]))
}

/// One tile: what is there, and a product for every step of the inner index.
#[inline(always)]
fn tile<const FUSED: bool>(
    left: &[f32],
    right: &[f32],
    c: &mut [f32],
    width: usize,
    [rows, columns]: [usize; 2],
) {
    let mut sums = [[[0.0f32; LANES]; PARTS]; ROWS];
    if columns == COLUMNS {
        for (row, sums) in sums.iter_mut().enumerate().take(rows) {
            sums.as_flattened_mut()
                .copy_from_slice(&c[row * width..][..COLUMNS]);
        }
    } else {
        for (row, sums) in sums.iter_mut().enumerate().take(rows) {
            sums.as_flattened_mut()[..columns].copy_from_slice(&c[row * width..][..columns]);
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
