//! Kernels against the sums they stand for, and gradients against finite differences.

use super::attention::{Heads, attention, attention_gradient, weights_needed};
use super::gated::{gated, gated_gradient};
use super::lanes::{exponential, largest, sum};
use super::norm::{norm, norm_gradient};
use super::product::{Matrix, Room, There, add_product, alone, set_product, with_few_lanes};
use super::rope::Rope;
use super::softmax::{log_probabilities, log_probabilities_gradient, softmax};
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

fn random(seed: u64, count: usize) -> Vec<f32> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|_| rng.next_u32() as f32 / u32::MAX as f32 * 2.0 - 1.0)
        .collect()
}

/// `c + a b`, in the order that the kernel promises.
fn by_definition(
    [rows, inner, columns]: [usize; 3],
    [a, b, c]: [&[f32]; 3],
    grown: fn(f32, f32, f32) -> f32,
) -> Vec<f32> {
    let mut c = c.to_vec();
    for row in 0..rows {
        for column in 0..columns {
            let sum = &mut c[row * columns + column];
            for step in 0..inner {
                *sum = grown(*sum, a[row * inner + step], b[step * columns + column]);
            }
        }
    }
    c
}

fn turned(values: &[f32], width: usize) -> Vec<f32> {
    let columns = 0..width;
    columns
        .flat_map(|column| values.iter().skip(column).step_by(width).copied())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn products_are_to_the_bit_what_they_say(
        rows in 1usize..90, inner in 1usize..300, columns in 1usize..90, seed in any::<u64>(),
    ) {
        hold_products([rows, inner, columns], seed);
    }
}

/// Every way round.
fn hold_products(size: [usize; 3], seed: u64) {
    let [rows, inner, columns] = size;
    let (a, b) = (random(seed, rows * inner), random(!seed, inner * columns));
    let (a_turned, b_turned) = (turned(&a, inner), turned(&b, columns));
    let lefts = [
        Matrix::rows(&a, inner),
        Matrix::rows(&a_turned, rows).transposed(),
    ];
    let rights = [
        Matrix::rows(&b, columns),
        Matrix::rows(&b_turned, inner).transposed(),
    ];
    let c = random(seed ^ 1, rows * columns);
    let zeros = vec![0.0; c.len()];
    // What goes may be anything.
    let anything = vec![f32::NAN; c.len()];
    let mut room = Room::default();
    for (there, begin, c) in [(There::Counts, &c, &c), (There::Goes, &zeros, &anything)] {
        let wanted = |grown| by_definition(size, [&a, &b, begin], grown);
        let apart = wanted(|sum, a, b| sum + a * b);
        let fused = wanted(|sum, a, b| a.mul_add(b, sum));
        for ab in lefts
            .into_iter()
            .flat_map(|left| rights.map(|right| [left, right]))
        {
            let mut found = |multiply: Multiply| {
                let mut found = c.clone();
                multiply(size, ab, &mut found, columns, there, &mut room);
                found
            };
            assert!(found(alone::<false>) == apart, "{size:?} {there:?}");
            assert!(
                found(with_few_lanes::<false>) == apart,
                "{size:?} {there:?}"
            );
            assert!(found(alone::<true>) == fused, "{size:?} {there:?}");
            assert!(found(with_few_lanes::<true>) == fused, "{size:?} {there:?}");
        }
    }
}

type Multiply = fn([usize; 3], [Matrix; 2], &mut [f32], usize, There, &mut Room);

/// Matrices of one column or row lie both ways at once, and chance seldom draws them.
#[test]
fn thin_products_are_what_they_say() {
    for long in [1, 3, 4, 5, 16, 24, 33, 70] {
        for other in [1, 2, 4, 17, 24, 40] {
            for size in [[long, 1, other], [long, other, 1], [1, long, other]] {
                hold_products(size, 7);
            }
        }
    }
}

/// More than one block each way, none of them whole.
#[test]
fn products_of_several_blocks_are_what_they_say() {
    for size in [[5, 300, 481], [70, 257, 1009], [3, 9, 1000]] {
        hold_products(size, 8);
    }
}

/// Shared out among threads as well.
#[test]
fn products_of_several_threads_are_what_they_say() {
    let size = [200, 80, 90];
    let (a, b) = (random(1, 200 * 80), random(2, 80 * 90));
    let ab = [Matrix::rows(&a, 80), Matrix::rows(&b, 90)];
    for there in [There::Counts, There::Goes] {
        let (mut one, mut several) = (vec![0.5; 200 * 90], vec![0.5; 200 * 90]);
        let room = &mut Room::default();
        alone::<{ cfg!(feature = "fused") }>(size, ab, &mut one, 90, there, room);
        match there {
            There::Counts => add_product(size, ab[0], ab[1], &mut several, 90, room),
            There::Goes => set_product(size, ab[0], ab[1], &mut several, 90, room),
        }
        assert!(one == several, "{there:?}");
    }
}

/// A sum of nothing is zero, whatever stood there.
#[test]
fn a_product_of_nothing_is_zero() {
    let mut c = vec![1.0; 6];
    let nothing = Matrix::rows(&[], 0);
    set_product(
        [2, 0, 2],
        nothing,
        Matrix::rows(&[], 2),
        &mut c,
        3,
        &mut Room::default(),
    );
    assert_eq!(c, [0.0, 0.0, 1.0, 0.0, 0.0, 1.0]);
}

#[test]
fn what_is_no_number_stays_none_and_touches_nothing_else() {
    let (mut a, b) = (random(1, 9 * 5), random(2, 5 * 30));
    a[2 * 5 + 3] = f32::NAN;
    let mut c = vec![0.0; 9 * 30];
    let (left, right) = (Matrix::rows(&a, 5), Matrix::rows(&b, 30));
    add_product([9, 5, 30], left, right, &mut c, 30, &mut Room::default());
    for (row, values) in c.chunks_exact(30).enumerate() {
        assert!(values.iter().all(|value| value.is_nan() == (row == 2)));
    }
    assert!(exponential(f32::NAN).is_nan());
}

#[test]
fn exponentials_are_right_to_a_unit_in_the_last_place() {
    let mut worst = 0.0f64;
    for step in -870_000..880_000 {
        let x = step as f32 / 10_000.0;
        let right = f64::from(x).exp();
        let relative = (f64::from(exponential(x)) - right).abs() / right;
        worst = worst.max(relative);
    }
    assert!(worst < 1.3e-7, "{worst}");
    assert_eq!(exponential(0.0), 1.0);
    assert!(exponential(-1e9) < 1e-37 && exponential(f32::INFINITY) > 1e38);
}

#[test]
fn sums_and_maxima_of_any_length() {
    for length in 0..40 {
        let values = random(3, length);
        let exact: f64 = values.iter().map(|value| f64::from(*value)).sum();
        assert!((f64::from(sum(&values)) - exact).abs() < 1e-5);
        let most = values.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        assert_eq!(largest(&values), most);
    }
}

/// Holds slopes against differences of `value`, the sum of results times `wanted`.
fn assert_slopes(what: &str, x: &[f32], slopes: &[f32], value: impl Fn(&[f32]) -> f64) {
    const STEP: f32 = 4e-3;
    for place in 0..x.len() {
        let at = |step: f32| {
            let mut x = x.to_vec();
            x[place] += step;
            value(&x)
        };
        let difference = (at(STEP) - at(-STEP)) / f64::from(2.0 * STEP);
        let slope = f64::from(slopes[place]);
        let error = (difference - slope).abs() / (1.0 + difference.abs());
        assert!(
            error < 1e-3,
            "{what}, {place}: {slope}, difference {difference}"
        );
    }
}

fn along(results: &[f32], wanted: &[f32]) -> f64 {
    let pairs = results.iter().zip(wanted);
    pairs.map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
}

#[test]
fn gradients_of_the_layers_agree_with_differences() {
    let (rows, width) = (3, 11);
    let x = random(5, rows * width);
    let (scale, wanted) = (random(6, width), random(7, rows * width));
    let normed = |x: &[f32], scale: &[f32]| {
        let (mut to, mut inverse) = (vec![0.0; x.len()], vec![0.0; rows]);
        norm(x, scale, 1e-5, &mut to, &mut inverse);
        (to, inverse)
    };
    let (mut of_x, mut of_scale) = (vec![0.0; x.len()], vec![0.0; width]);
    let inverse = normed(&x, &scale).1;
    let of = Some(&mut of_scale[..]);
    norm_gradient(&x, &scale, &inverse, &wanted, &mut of_x, of);
    assert_slopes("norm by x", &x, &of_x, |x| {
        along(&normed(x, &scale).0, &wanted)
    });
    assert_slopes("norm by scale", &scale, &of_scale, |scale| {
        along(&normed(&x, scale).0, &wanted)
    });

    let (pairs, wanted) = (random(8, 4 * 2 * 7), random(9, 4 * 7));
    let acting = |x: &[f32]| {
        let mut to = vec![0.0; 4 * 7];
        gated(x, 7, &mut to);
        to
    };
    let mut slopes = pairs.clone();
    gated_gradient(&mut slopes, 7, &wanted);
    assert_slopes("gated", &pairs, &slopes, |x| along(&acting(x), &wanted));

    let (logits, targets, wanted) = (random(10, 2 * 13), [4, 12], [0.7, -1.3]);
    let (_, sums) = log_probabilities(&logits, &targets);
    let mut slopes = logits.clone();
    log_probabilities_gradient(&mut slopes, &targets, &sums, &wanted);
    assert_slopes("log-probabilities", &logits, &slopes, |x| {
        along(&log_probabilities(x, &targets).0, &wanted)
    });
}

#[test]
fn attention_agrees_with_its_definition_and_its_gradient_with_differences() {
    let heads = Heads {
        queries: 4,
        keys: 2,
        width: 3,
    };
    // The last is longer than a block of queries.
    let sequences = [0..1, 1..5, 5..42];
    let tokens = 42;
    let x = random(11, tokens * heads.row());
    let attended = |x: &[f32]| {
        let mut seen = vec![f32::NAN; weights_needed(heads, &sequences)];
        let mut to = vec![f32::NAN; tokens * heads.result()];
        attention(
            heads,
            &sequences,
            x,
            &mut seen,
            &mut to,
            &mut Room::default(),
        );
        (to, seen)
    };
    let (result, seen) = attended(&x);
    for sequence in &sequences {
        for token in sequence.clone() {
            for head in 0..heads.queries {
                let [query, key, value] = heads.places(head);
                let part = |row: usize, from: usize| &x[row * heads.row() + from..][..heads.width];
                let scores = (sequence.start..=token).map(|other| {
                    let pairs = part(token, query).iter().zip(part(other, key));
                    pairs.map(|(a, b)| a * b).sum::<f32>()
                });
                let mut scores: Vec<f32> = scores.collect();
                softmax(&mut scores, heads.scale());
                for place in 0..heads.width {
                    let others = sequence.start..=token;
                    let mixed: f32 = others
                        .zip(&scores)
                        .map(|(other, share)| share * part(other, value)[place])
                        .sum();
                    let found = result[token * heads.result() + head * heads.width + place];
                    assert!(
                        (found - mixed).abs() < 1e-6,
                        "{token} {head}: {found} {mixed}"
                    );
                }
            }
        }
    }
    let wanted = random(12, result.len());
    let mut slopes = vec![0.0; x.len()];
    let room = &mut Room::default();
    attention_gradient(
        heads,
        &sequences,
        &x,
        &seen,
        &result,
        &wanted,
        &mut slopes,
        room,
    );
    assert_slopes("attention", &x, &slopes, |x| along(&attended(x).0, &wanted));
}

#[test]
fn turning_back_undoes_turning() {
    let rope = Rope::new(9, 6, 10_000.0);
    let heads = random(13, 12);
    for position in 0..9 {
        let mut there = heads.clone();
        rope.turn(&mut there, position);
        assert_eq!(position == 0, there == heads);
        rope.turn_back(&mut there, position);
        let differences = there.iter().zip(&heads).map(|(a, b)| (a - b).abs());
        assert!(differences.fold(0.0, f32::max) < 1e-6);
    }
}
