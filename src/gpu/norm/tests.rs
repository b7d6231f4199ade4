//! The norm of chosen rows against sums in double precision, and its gradients against differences.

use super::*;
use crate::gpu::testing::{Table, apart, numbers, padded};
use proptest::prelude::*;

const EPSILON: f64 = 1e-5;

fn twin(row: &[f64], scale: &[f64]) -> Vec<f64> {
    let mean = row.iter().map(|x| x * x).sum::<f64>() / row.len() as f64;
    let inverse = 1.0 / (mean + EPSILON).sqrt();
    row.iter()
        .zip(scale)
        .map(|(x, scale)| x * inverse * scale)
        .collect()
}

fn exact(list: &[f32]) -> Vec<f64> {
    list.iter().copied().map(f64::from).collect()
}

fn unpadded(rows: &[f32], width: usize) -> Vec<f32> {
    let rows = rows.chunks_exact(width.next_multiple_of(4));
    rows.flat_map(|row| row[..width].iter().copied()).collect()
}

fn hold(width: usize, chosen: &[u32]) {
    let rows = numbers(1, 9 * width);
    let scale = numbers(2, width);
    let given = numbers(3, chosen.len() * width);
    let before = numbers(4, 9 * width);
    let slopes = width.next_multiple_of(4);
    let Some(mut table) = Table::new(&padded(&scale, width), &[0.0], slopes) else {
        return;
    };
    let webgpu = table.webgpu.clone();
    let long = Width {
        width,
        epsilon: EPSILON as f32,
    };
    let normed = Norm {
        from: table.put(&padded(&rows, width)),
        chosen: table.script.note(chosen.iter().copied()),
        rows: chosen.len(),
        scale: Place {
            start: 0,
            count: width,
        },
        to: table.place(chosen.len() * slopes),
        inverse: table.place(4 * chosen.len()),
    };
    norm(&webgpu, &mut table.script, long, &normed);
    let found = table.run(&[normed.to, normed.inverse]);
    let row = |number: u32| exact(&rows[number as usize * width..][..width]);
    let right: Vec<f64> = chosen
        .iter()
        .flat_map(|number| twin(&row(*number), &exact(&scale)))
        .collect();
    assert!(apart(&unpadded(&found[0], width), &right) < 1e-5);

    // The slopes by what it gave take the place of that.
    let chosen_again = table.script.note(chosen.iter().copied());
    let backwards = Norm {
        to: table.put(&padded(&given, width)),
        chosen: chosen_again,
        ..normed
    };
    let of_rows = table.put(&padded(&before, width));
    norm_gradient(&webgpu, &mut table.script, long, &backwards, of_rows);
    scale_gradients(&webgpu, &mut table.script, long, &[backwards], slopes);
    let found = table.run(&[of_rows]);
    let loss = |rows: &[f64], scale: &[f64]| -> f64 {
        let normed = chosen
            .iter()
            .flat_map(|number| twin(&rows[*number as usize * width..][..width], scale));
        normed
            .zip(&given)
            .map(|(y, given)| y * f64::from(*given))
            .sum()
    };
    let step = 1e-6;
    let differences = |list: &[f64], of: &dyn Fn(&[f64]) -> f64| -> Vec<f64> {
        let each = (0..list.len()).map(|at| {
            let mut near = list.to_vec();
            near[at] = list[at] + step;
            let above = of(&near);
            near[at] = list[at] - step;
            (above - of(&near)) / (2.0 * step)
        });
        each.collect()
    };
    let (all, scale) = (exact(&rows), exact(&scale));
    let by_rows = differences(&all, &|rows| loss(rows, &scale));
    let right: Vec<f64> = by_rows
        .iter()
        .zip(&before)
        .map(|(slope, before)| slope + f64::from(*before))
        .collect();
    assert!(
        apart(&unpadded(&found[0], width), &right) < 1e-4,
        "{width} {chosen:?}"
    );
    let by_scale = differences(&scale, &|scale| loss(&all, scale));
    assert!(
        apart(&table.slopes()[..width], &by_scale) < 1e-4,
        "{width} {chosen:?}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn norms_and_slopes_agree_with_plain_sums(width in 1usize..70, rows in prop::sample::subsequence((0u32..9).collect::<Vec<_>>(), 1..9)) {
        hold(width, &rows);
    }
}
