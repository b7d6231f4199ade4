//! A tile in registers of sixteen lanes, which have to be named: the compiler does not find them by itself unless it is
//! told so for the whole program.

use super::There;
use pulp::x86::V4;
use pulp::{Simd, WithSimd, f32x16};

const LANES: usize = 16;
/// Rows of a tile.
pub(super) const ROWS: usize = 4;
/// Registers of columns.
const PARTS: usize = 3;
pub(super) const COLUMNS: usize = PARTS * LANES;

/// All tiles of a block.
pub(super) fn block<const FUSED: bool>(
    sixteen: V4,
    size: [usize; 3],
    [left, right]: [&[f32]; 2],
    c: &mut [f32],
    width: usize,
    there: There,
) {
    Simd::vectorize(
        sixteen,
        Block::<FUSED> {
            sixteen,
            size,
            left,
            right,
            c,
            width,
            there,
        },
    );
}

struct Block<'a, const FUSED: bool> {
    sixteen: V4,
    size: [usize; 3],
    left: &'a [f32],
    right: &'a [f32],
    c: &'a mut [f32],
    width: usize,
    there: There,
}

impl<const FUSED: bool> WithSimd for Block<'_, FUSED> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) {
        let Self {
            sixteen,
            size: [high, deep, wide],
            left,
            right,
            c,
            width,
            there,
        } = self;
        let rights = right
            .chunks_exact(COLUMNS * deep)
            .take(wide.div_ceil(COLUMNS));
        for (strip, right) in rights.enumerate() {
            let column = strip * COLUMNS;
            let columns = COLUMNS.min(wide - column);
            let lefts = left.chunks_exact(ROWS * deep).take(high.div_ceil(ROWS));
            for (strip, left) in lefts.enumerate() {
                let row = strip * ROWS;
                let size = [ROWS.min(high - row), columns];
                let c = &mut c[row * width + column..];
                tile::<FUSED>(sixteen, [left, right], c, width, size, there);
            }
        }
    }
}

/// One tile: what is there if it counts, and a product for every step of the inner index.
#[inline(always)]
fn tile<const FUSED: bool>(
    sixteen: V4,
    [left, right]: [&[f32]; 2],
    c: &mut [f32],
    width: usize,
    [rows, columns]: [usize; 2],
    there: There,
) {
    let mut sums = [[sixteen.splat_f32x16(0.0); PARTS]; ROWS];
    let is_whole = rows == ROWS && columns == COLUMNS;
    if there == There::Counts {
        for (row, sums) in sums.iter_mut().enumerate().take(rows) {
            let there = &c[row * width..][..columns];
            if is_whole {
                let (there, _) = V4::as_simd_f32s(there);
                sums.copy_from_slice(&there[..PARTS]);
            } else {
                for (sum, there) in sums.iter_mut().zip(there.chunks(LANES)) {
                    *sum = sixteen.partial_load_f32s(there);
                }
            }
        }
    }
    let (left, _) = left.as_chunks::<ROWS>();
    let (right, _) = V4::as_simd_f32s(right);
    let (right, _) = right.as_chunks::<PARTS>();
    for (left, right) in left.iter().zip(right) {
        for row in 0..ROWS {
            let factor = sixteen.splat_f32x16(left[row]);
            for part in 0..PARTS {
                sums[row][part] = add::<FUSED>(sixteen, sums[row][part], factor, right[part]);
            }
        }
    }
    if is_whole {
        for (row, sums) in sums.iter().enumerate() {
            let (there, _) = V4::as_mut_simd_f32s(&mut c[row * width..][..COLUMNS]);
            there[..PARTS].copy_from_slice(sums);
        }
        return;
    }
    for (row, sums) in sums.iter().enumerate().take(rows) {
        let there = c[row * width..][..columns].chunks_mut(LANES);
        for (sum, there) in sums.iter().zip(there) {
            sixteen.partial_store_f32s(there, *sum);
        }
    }
}

#[inline(always)]
fn add<const FUSED: bool>(sixteen: V4, sum: f32x16, factor: f32x16, terms: f32x16) -> f32x16 {
    match FUSED {
        true => sixteen.mul_add_f32s(factor, terms, sum),
        false => sixteen.add_f32s(sum, sixteen.mul_f32s(factor, terms)),
    }
}
