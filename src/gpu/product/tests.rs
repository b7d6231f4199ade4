//! Every form of a product against sums in double precision, on sizes that fill no tile.

use super::*;
use crate::gpu::testing::{Table, apart, numbers};
use proptest::prelude::*;

/// `a b` of plain row-major lists.
fn right(a: &[f32], b: &[f32], [rows, sum, columns]: Size) -> Vec<f64> {
    let one = |row: usize, column: usize| -> f64 {
        let terms =
            (0..sum).map(|k| f64::from(a[row * sum + k]) * f64::from(b[k * columns + column]));
        terms.sum()
    };
    let all = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    all.map(|(row, column)| one(row, column)).collect()
}

fn turned(list: &[f32], columns: usize) -> Vec<f32> {
    let columns_of = |column| list[column..].iter().step_by(columns).copied();
    (0..columns).flat_map(columns_of).collect()
}

fn whole(place: Place) -> Matrix {
    Matrix::new(place, 0)
}

fn matrix(place: Place, stride: usize) -> Matrix {
    Matrix {
        stride,
        ..whole(place)
    }
}

fn at_start(count: usize) -> Place {
    Place { start: 0, count }
}

fn silu(x: f64) -> f64 {
    x / (1.0 + (-x).exp())
}

fn hold(size: Size) {
    let [rows, sum, columns] = size;
    let (a, b) = (numbers(1, rows * sum), numbers(2, sum * columns));
    let product_of = right(&a, &b, size);

    let Some(mut table) = Table::new(&b, &[0.0], 0) else {
        return;
    };
    let (left, weights) = (table.put(&a), matrix(at_start(sum * columns), columns));
    let base = table.put(&numbers(3, rows * columns));
    let [plain, onto] = [(); 2].map(|()| table.place(rows * columns));
    let webgpu = table.webgpu.clone();
    let left = matrix(left, sum);
    product(
        &webgpu,
        &mut table.script,
        size,
        left,
        weights,
        matrix(plain, columns),
    );
    let pair = [left, weights];
    product_onto(
        &webgpu,
        &mut table.script,
        size,
        pair,
        matrix(base, columns),
        matrix(onto, columns),
    );
    // Rows go where their slots are: here backwards.
    let slots = table.script.note((0..rows as u32).rev());
    let positions = table.script.note((0..rows as u32).map(|row| row % 3));
    let back = table.place(rows * columns);
    let turning = Turning {
        positions,
        slots,
        columns: 0,
        head: 4,
    };
    let three = [left, weights, matrix(back, columns)];
    product_turned(&webgpu, &mut table.script, size, three, turning);
    let found = table.run(&[plain, onto, back]);
    let close = |found: &[f32], right: &[f64]| {
        let apart = apart(found, right);
        assert!(apart < 1e-5, "{size:?}: {apart}");
    };
    close(&found[0], &product_of);
    let with_base = product_of.iter().zip(numbers(3, rows * columns));
    close(
        &found[1],
        &with_base
            .map(|(sum, base)| sum + f64::from(base))
            .collect::<Vec<_>>(),
    );
    let backwards = product_of.chunks_exact(columns).rev().flatten().copied();
    close(&found[2], &backwards.collect::<Vec<_>>());
    drop(table);

    // Gates and ups, and back: by differences of what comes of them.
    if columns.is_multiple_of(8) {
        let half = columns / 2;
        let other = numbers(4, half * sum);
        let Some(mut table) = Table::new(&[b.clone(), other.clone()].concat(), &[0.0], 0) else {
            return;
        };
        let left = matrix(table.put(&a), sum);
        let gates = matrix(table.place(rows * columns), columns);
        let acting = matrix(table.place(rows * half), half);
        product_gated(
            &webgpu,
            &mut table.script,
            size,
            [left, weights, gates],
            acting,
        );
        let found = table.run(&[gates.place, acting.place]);
        close(&found[0], &product_of);
        let pairs = product_of.chunks_exact(2);
        close(
            &found[1],
            &pairs
                .map(|pair| silu(pair[0]) * pair[1])
                .collect::<Vec<_>>(),
        );
        let down = Matrix::new(
            Place {
                start: sum * columns,
                count: half * sum,
            },
            sum,
        );
        product_gated_gradient(
            &webgpu,
            &mut table.script,
            [rows, sum, half],
            [left, down],
            gates,
        );
        let found = table.run(&[gates.place]);
        let given = right(&a, &turned(&other, sum), [rows, sum, half]);
        let slopes = product_of
            .chunks_exact(2)
            .zip(given)
            .flat_map(|(pair, given)| {
                let step = 1e-5;
                let by_gate =
                    (silu(pair[0] + step) - silu(pair[0] - step)) / (2.0 * step) * pair[1];
                [given * by_gate, given * silu(pair[0])]
            });
        close(&found[0], &slopes.collect::<Vec<_>>());
    }

    // Weights the other way round.
    let Some(mut table) = Table::new(&turned(&b, columns), &[0.0], 0) else {
        return;
    };
    let left = matrix(table.put(&a), sum);
    let to = matrix(table.place(rows * columns), columns);
    product_right(
        &webgpu,
        &mut table.script,
        size,
        left,
        matrix(at_start(sum * columns), sum),
        to,
    );
    close(&table.run(&[to.place])[0], &product_of);
    drop(table);

    // Slopes add up, whatever their rows.
    if rows.is_multiple_of(4) {
        let count = sum * columns;
        let Some(mut table) = Table::new(&[0.0], &[0.0], count) else {
            return;
        };
        let given = numbers(5, rows * columns);
        let pair = [
            matrix(table.put(&a), sum),
            matrix(table.put(&given), columns),
        ];
        let to = matrix(at_start(count), columns);
        for _ in 0..2 {
            product_gradient(
                &webgpu,
                &mut table.script,
                [sum, rows, columns],
                pair,
                to,
                count,
            );
        }
        table.run(&[]);
        let once = right(&turned(&a, sum), &given, [sum, rows, columns]);
        close(
            &table.slopes(),
            &once.iter().map(|one| 2.0 * one).collect::<Vec<_>>(),
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_forms_agree_with_plain_sums(rows in 1usize..42, sum in 1usize..12, columns in 1usize..14) {
        hold([rows, 4 * sum, 4 * columns]);
    }
}

#[test]
fn a_row_that_is_no_number_spoils_no_other() {
    let (rows, sum, columns) = (9, 8, 12);
    let mut a = numbers(1, rows * sum);
    let b = numbers(2, sum * columns);
    let run = |a: &[f32]| {
        let mut table = Table::new(&b, &[0.0], 0)?;
        let left = matrix(table.put(a), sum);
        let to = matrix(table.place(rows * columns), columns);
        let webgpu = table.webgpu.clone();
        let weights = matrix(at_start(b.len()), columns);
        product(
            &webgpu,
            &mut table.script,
            [rows, sum, columns],
            left,
            weights,
            to,
        );
        table.run(&[to.place]).pop()
    };
    let Some(clean) = run(&a) else { return };
    a[3 * sum] = f32::NAN;
    a[4 * sum + 2] = f32::INFINITY;
    let found = run(&a).unwrap();
    for (row, (found, clean)) in found
        .chunks_exact(columns)
        .zip(clean.chunks_exact(columns))
        .enumerate()
    {
        match row {
            3 | 4 => assert!(found.iter().all(|one| !one.is_finite()), "{row}: {found:?}"),
            _ => assert_eq!(found, clean),
        }
    }
}

#[test]
fn queries_and_keys_are_turned_and_values_are_not() {
    // Two heads of four numbers, turned, and one that is not; unit weights, so that the rows are seen themselves.
    let width = 12;
    let mut unit = vec![0.0; width * width];
    unit.iter_mut()
        .step_by(width + 1)
        .for_each(|one| *one = 1.0);
    let rows = numbers(6, 2 * width);
    let angles = [[0.0, 0.0], [0.3, 1.1], [0.6, 2.2]];
    let tables = angles
        .as_flattened()
        .iter()
        .flat_map(|angle: &f32| [angle.cos(), angle.sin()]);
    let Some(mut table) = Table::new(&unit, &tables.collect::<Vec<f32>>(), 0) else {
        return;
    };
    let left = matrix(table.put(&rows), width);
    let to = matrix(table.place(2 * width), width);
    let slots = table.script.note([0, 1]);
    let positions = table.script.note([2, 1]);
    let turning = Turning {
        positions,
        slots,
        columns: 8,
        head: 4,
    };
    let three = [left, matrix(at_start(unit.len()), width), to];
    let webgpu = table.webgpu.clone();
    product_turned(
        &webgpu,
        &mut table.script,
        [2, width, width],
        three,
        turning,
    );
    let found = table.run(&[to.place]).remove(0);
    for (row, position) in [(0, 2), (1, 1)] {
        for pair in 0..6 {
            let angle = if pair < 4 {
                f64::from(angles[position][pair % 2])
            } else {
                0.0
            };
            let at = row * width + 2 * pair;
            let (a, b) = (f64::from(rows[at]), f64::from(rows[at + 1]));
            let right = [
                a * angle.cos() - b * angle.sin(),
                b * angle.cos() + a * angle.sin(),
            ];
            assert!(apart(&found[at..at + 2], &right) < 1e-6);
        }
    }
}
