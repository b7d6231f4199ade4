//! Products of matrices, added to what is there: `C += A · B`, each of the two read in any order, so
//! that a transposed one costs nothing more.
//!
//! Every element of `C` is a chain of its own, `c + a₀b₀ + a₁b₁ + ..` in the order of the inner index,
//! each product and each sum rounded: nothing is fused, nothing is summed in another order. So a result
//! does not depend on how many lanes a processor has, how the work is cut, or how many rows are
//! computed together: a browser and a native build, one row and a hundred, agree bit for bit.
//!
//! The work is cut as in Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication"
//! (2008): a block of `B` and a block of `A` are copied into the order in which they are read, and a
//! tile of `C` stays in registers while the inner index runs.

use super::lanes::widest;

/// Numbers in a register.
const LANES: usize = if cfg!(target_arch = "x86_64") { 8 } else { 4 };
/// Rows and columns of a tile: sums that stay in 16 registers, with room for a row of `B`. Tried and slower: 2, 3, 5, 6
/// and 8 rows; one register of columns; three in a browser.
const ROWS: usize = 4;
const PARTS: usize = if cfg!(target_arch = "x86_64") { 3 } else { 2 };
const COLUMNS: usize = PARTS * LANES;

/// Steps of the inner index of one block, and rows of `A` and columns of `B` in one.
const DEPTH: usize = 256;
const HIGH: usize = ROWS * 16;
const WIDE: usize = COLUMNS * 16;

/// Fewer rows than this are not worth copying anything for.
const FEW: usize = ROWS;

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
    add_alone(size, a, b, c, width, room);
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
        ROOM.with_borrow_mut(|room| add_alone(size, a.below(first), b, c, width, room));
    });
}

fn add_alone(
    [rows, inner, columns]: [usize; 3],
    a: Matrix,
    b: Matrix,
    c: &mut [f32],
    width: usize,
    room: &mut Room,
) {
    if rows == 0 || inner == 0 || columns == 0 {
        return;
    }
    if rows < FEW && b.right == 1 {
        return few_rows([rows, inner, columns], a, b, c, width);
    }
    room.left.resize(HIGH * DEPTH, 0.0);
    room.right.resize(WIDE * DEPTH, 0.0);
    for from_column in (0..columns).step_by(WIDE) {
        let wide = WIDE.min(columns - from_column);
        for from_inner in (0..inner).step_by(DEPTH) {
            let deep = DEPTH.min(inner - from_inner);
            copy_right(b, [from_inner, from_column], [deep, wide], &mut room.right);
            for from_row in (0..rows).step_by(HIGH) {
                let high = HIGH.min(rows - from_row);
                copy_left(a, [from_row, from_inner], [high, deep], &mut room.left);
                block(
                    [high, deep, wide],
                    &room.left,
                    &room.right,
                    &mut c[from_row * width + from_column..],
                    width,
                );
            }
        }
    }
}

/// Without copies: a row of `C` grows by rows of `B`.
fn few_rows([rows, inner, columns]: [usize; 3], a: Matrix, b: Matrix, c: &mut [f32], width: usize) {
    widest(
        #[inline(always)]
        || {
            for row in 0..rows {
                let sums = &mut c[row * width..][..columns];
                for step in 0..inner {
                    let factor = a.at(row, step);
                    let terms = &b.values[step * b.down..][..columns];
                    for (sum, term) in sums.iter_mut().zip(terms) {
                        *sum += factor * term;
                    }
                }
            }
        },
    );
}

/// Strips of `ROWS` rows, each strip column after column; missing rows are zero.
fn copy_left(a: Matrix, from: [usize; 2], [high, deep]: [usize; 2], to: &mut [f32]) {
    let strips = to.chunks_exact_mut(ROWS * deep).take(high.div_ceil(ROWS));
    for (strip, to) in strips.enumerate() {
        let first = strip * ROWS;
        let there = ROWS.min(high - first);
        let start = (from[0] + first) * a.down + from[1] * a.right;
        strip_of::<ROWS>(&a.values[start..], [a.down, a.right], there, to);
    }
}

/// Strips of `COLUMNS` columns, each strip row after row; missing columns are zero.
fn copy_right(b: Matrix, from: [usize; 2], [deep, wide]: [usize; 2], to: &mut [f32]) {
    let strips = to
        .chunks_exact_mut(COLUMNS * deep)
        .take(wide.div_ceil(COLUMNS));
    for (strip, to) in strips.enumerate() {
        let first = strip * COLUMNS;
        let there = COLUMNS.min(wide - first);
        let start = from[0] * b.down + (from[1] + first) * b.right;
        strip_of::<COLUMNS>(&b.values[start..], [b.right, b.down], there, to);
    }
}

/// `to` becomes groups of `MANY` numbers that are `across` apart, a group `along` from the one before; only the
/// first `there` of each group exist, the others are zero.
fn strip_of<const MANY: usize>(
    from: &[f32],
    [across, along]: [usize; 2],
    there: usize,
    to: &mut [f32],
) {
    let (groups, _) = to.as_chunks_mut::<MANY>();
    // A matrix of one column is both: its groups overlap, and no chunk holds one.
    if across == 1 && there == MANY && along >= MANY {
        for (group, source) in groups.iter_mut().zip(from.chunks(along)) {
            group.copy_from_slice(&source[..MANY]);
        }
    } else if along == 1 {
        // Four lists at a time become one: what is read and what is written both go forwards.
        let deep = groups.len();
        for place in (0..MANY).step_by(4) {
            if place + 4 <= there {
                let list = |more: usize| &from[(place + more) * across..][..deep];
                let lists = list(0).iter().zip(list(1)).zip(list(2).iter().zip(list(3)));
                for (group, ((a, b), (c, d))) in groups.iter_mut().zip(lists) {
                    group[place..place + 4].copy_from_slice(&[*a, *b, *c, *d]);
                }
            } else {
                for more in place..place + 4 {
                    let values = (more < there).then(|| &from[more * across..][..deep]);
                    for (step, group) in groups.iter_mut().enumerate() {
                        group[more] = values.map_or(0.0, |values| values[step]);
                    }
                }
            }
        }
    } else {
        for (step, group) in groups.iter_mut().enumerate() {
            for (place, slot) in group.iter_mut().enumerate() {
                *slot = if place < there {
                    from[step * along + place * across]
                } else {
                    0.0
                };
            }
        }
    }
}

/// All tiles of a block, with the widest registers that this processor has.
fn block(size: [usize; 3], left: &[f32], right: &[f32], c: &mut [f32], width: usize) {
    widest(
        #[inline(always)]
        || tiles(size, left, right, c, width),
    );
}

#[inline(always)]
fn tiles([high, deep, wide]: [usize; 3], left: &[f32], right: &[f32], c: &mut [f32], width: usize) {
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
            tile(
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
fn add(sum: Lanes, factor: f32, terms: &Lanes) -> Lanes {
    core::array::from_fn(|lane| sum[lane] + factor * terms[lane])
}

/// One tile: what is there, and a product for every step of the inner index.
#[inline(always)]
fn tile(left: &[f32], right: &[f32], c: &mut [f32], width: usize, [rows, columns]: [usize; 2]) {
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
                sums[row][part] = add(sums[row][part], left[row], &right[part]);
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
