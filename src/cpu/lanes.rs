//! Numbers a few at a time, in an order that is always the same: what is computed does not depend on
//! the processor.

/// Partial sums that are kept side by side, on every machine.
const LANES: usize = 8;

/// Computes something with registers of eight lanes, where this processor has them. It is the same arithmetic as without
/// them.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn widest<T>(what: impl FnOnce() -> T) -> T {
    // Processors of the last ten years have them. Those of sixteen make code that is eighteen times slower: the
    // compiler doesn't use them unless it is told for the whole program, or each by its name (`product::sixteen`).
    match pulp::x86::V3::try_new() {
        Some(eight) => eight.vectorize(what),
        None => what(),
    }
}

/// Computes something; there is one kind of registers.
#[cfg(not(target_arch = "x86_64"))]
#[inline]
pub fn widest<T>(what: impl FnOnce() -> T) -> T {
    what()
}

/// The sum of a number for each place of two lists of one length.
#[inline(always)]
pub fn sum_of(a: &[f32], b: &[f32], term: impl Fn(f32, f32) -> f32) -> f32 {
    let mut sums = [0.0f32; LANES];
    let (whole_a, rest_a) = a.as_chunks::<LANES>();
    let (whole_b, rest_b) = b.as_chunks::<LANES>();
    for (a, b) in whole_a.iter().zip(whole_b) {
        for lane in 0..LANES {
            sums[lane] += term(a[lane], b[lane]);
        }
    }
    for (sum, (a, b)) in sums.iter_mut().zip(rest_a.iter().zip(rest_b)) {
        *sum += term(*a, *b);
    }
    added(sums)
}

#[inline(always)]
fn added([a, b, c, d, e, f, g, h]: [f32; LANES]) -> f32 {
    ((a + e) + (c + g)) + ((b + f) + (d + h))
}

/// The sum of the squares of rows' numbers, in the order in which [`sum_of`] would take the rows as one list.
#[inline(always)]
pub fn squares<'a>(rows: impl Iterator<Item = &'a [f32]>) -> f32 {
    let mut sums = [0.0f32; LANES];
    let mut lane = 0;
    for row in rows {
        // Where rows are whole numbers of registers, and they are as a rule, none begins within one.
        let (whole, rest) = match lane {
            0 => row.as_chunks::<LANES>(),
            _ => (&[][..], row),
        };
        for values in whole {
            for place in 0..LANES {
                sums[place] += values[place] * values[place];
            }
        }
        for value in rest {
            sums[lane] += value * value;
            lane = (lane + 1) % LANES;
        }
    }
    added(sums)
}

/// The sum of a list.
#[inline(always)]
pub fn sum(values: &[f32]) -> f32 {
    sum_of(values, values, |value, _| value)
}

/// The largest of a list; minus infinity of none. What is no number is passed over.
#[inline(always)]
pub fn largest(values: &[f32]) -> f32 {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let mut most = [f32::NEG_INFINITY; LANES];
    let (whole, rest) = values.as_chunks::<LANES>();
    for values in whole {
        for lane in 0..LANES {
            most[lane] = larger(most[lane], values[lane]);
        }
    }
    let most = most.into_iter().fold(f32::NEG_INFINITY, larger);
    rest.iter().copied().fold(most, larger)
}

/// `e` to the power of `x`, with an error of about one unit in the last place; arguments outside
/// -87 to 88 count as these. What is no number stays none.
///
/// `x` is split into a whole number of octaves and a rest within half an octave, whose exponential is
/// a polynomial (coefficients: Cephes, S. Moshier's `expf`). Sums and products only, so that lists of
/// it are computed as fast as they are read, and to the same bits everywhere.
#[inline(always)]
pub fn exponential(x: f32) -> f32 {
    /// Adding it rounds to a whole number, which then stands in the lowest bits.
    const ROUNDING: f32 = 12_582_912.0;
    let x = if x < -87.0 { -87.0 } else { x };
    let x = if x > 88.0 { 88.0 } else { x };
    let shifted = x * core::f32::consts::LOG2_E + ROUNDING;
    let octaves = shifted - ROUNDING;
    // The natural logarithm of two in two parts, the first exact in few bits.
    let rest = (x - octaves * 0.693_359_4) + octaves * 2.121_944_4e-4;
    let mut sum = 1.987_569_1e-4;
    sum = sum * rest + 1.398_199_9e-3;
    sum = sum * rest + 8.333_452e-3;
    sum = sum * rest + 4.166_579_6e-2;
    sum = sum * rest + 1.666_666_5e-1;
    sum = sum * rest + 0.5;
    let of_rest = sum * (rest * rest) + rest + 1.0;
    let octaves = f32::from_bits(shifted.to_bits().wrapping_add(127) << 23);
    of_rest * octaves
}
