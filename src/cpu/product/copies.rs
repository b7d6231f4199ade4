//! Blocks of matrices in the order in which tiles read them.

use super::Matrix;

/// Strips of `ROWS` rows, each strip column after column; missing rows are zero.
pub(super) fn copy_left<const ROWS: usize>(
    a: Matrix,
    from: [usize; 2],
    [high, deep]: [usize; 2],
    to: &mut [f32],
) {
    let strips = to.chunks_exact_mut(ROWS * deep).take(high.div_ceil(ROWS));
    for (strip, to) in strips.enumerate() {
        let first = strip * ROWS;
        let there = ROWS.min(high - first);
        let start = (from[0] + first) * a.down + from[1] * a.right;
        strip_of::<ROWS>(&a.values[start..], [a.down, a.right], there, to);
    }
}

/// Strips of `COLUMNS` columns, each strip row after row; missing columns are zero.
pub(super) fn copy_right<const COLUMNS: usize>(
    b: Matrix,
    from: [usize; 2],
    [deep, wide]: [usize; 2],
    to: &mut [f32],
) {
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
        // Four lists at a time become one, or two: what is read and what is written both go forwards.
        let deep = groups.len();
        let list = |place: usize| from[place * across..][..deep].iter();
        let mut place = 0;
        while place < MANY {
            let some = match there.saturating_sub(place).min(MANY - place) {
                4.. => {
                    let lists = list(place).zip(list(place + 1));
                    let lists = lists.zip(list(place + 2).zip(list(place + 3)));
                    for (group, ((a, b), (c, d))) in groups.iter_mut().zip(lists) {
                        group[place..place + 4].copy_from_slice(&[*a, *b, *c, *d]);
                    }
                    4
                }
                2.. => {
                    for (group, (a, b)) in groups.iter_mut().zip(list(place).zip(list(place + 1))) {
                        group[place..place + 2].copy_from_slice(&[*a, *b]);
                    }
                    2
                }
                1 => {
                    let pairs = groups.iter_mut().zip(list(place));
                    pairs.for_each(|(group, value)| group[place] = *value);
                    1
                }
                _ => {
                    groups.iter_mut().for_each(|group| group[place] = 0.0);
                    1
                }
            };
            place += some;
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
