//! Clipping and AdamW against the formula in double precision.

use super::{Step, step};
use crate::gpu::memory::Shelf;
use crate::gpu::testing::{Table, apart, numbers};

const STEP: Step = Step {
    keep: 0.99,
    beta1: 0.9,
    rest1: 0.1,
    beta2: 0.98,
    rest2: 0.02,
    step_size: 0.05,
    root_correction: 7.1,
    epsilon: 1e-8,
    clip: 1.0,
};

#[test]
fn weights_move_as_the_formula_says_and_never_by_what_is_no_number() {
    // As many as fill several groups, and no whole one.
    let count = 4 * 1_037;
    let weights = numbers(1, count);
    let Some(mut table) = Table::new(&weights, &[0.0], count) else {
        return;
    };
    let webgpu = table.webgpu.clone();
    let slopes = numbers(2, count);
    table.fill_slopes(&slopes);
    let mut shelf = Shelf { taken: 0 };
    let norm = step(&webgpu, &mut table.script, &mut shelf, count, &STEP);
    table.place(shelf.taken);
    let found = table.run(&[norm]).remove(0);
    let length = slopes
        .iter()
        .map(|one| f64::from(*one).powi(2))
        .sum::<f64>()
        .sqrt();
    assert!(
        apart(&found[..3], &[length, 1.0 / (length + 1e-6), 1.0]) < 1e-5,
        "{found:?}"
    );
    let asked = weights.iter().zip(&slopes).map(|(weight, slope)| {
        let slope = f64::from(*slope) / (length + 1e-6);
        let under = (0.02 * slope * slope).sqrt() * 7.1 + 1e-8;
        f64::from(*weight) * 0.99 - 0.1 * slope / under * 0.05
    });
    assert!(apart(&table.weights(), &asked.collect::<Vec<_>>()) < 1e-5);

    let before = table.weights();
    for odd in [f32::NAN, f32::INFINITY] {
        let mut slopes = slopes.clone();
        slopes[count - 3] = odd;
        table.fill_slopes(&slopes);
        let norm = step(
            &webgpu,
            &mut table.script,
            &mut Shelf::default(),
            count,
            &STEP,
        );
        assert_eq!(table.run(&[norm])[0][2], 0.0);
        assert!(table.weights() == before, "nothing has moved");
    }
}
