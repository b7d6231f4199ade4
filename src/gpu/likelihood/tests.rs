//! Log-probabilities against sums in double precision, and their gradient against differences.

use super::*;
use crate::gpu::testing::{Table, apart, numbers, padded};
use proptest::prelude::*;

fn twin(logits: &[f64], word: usize) -> f64 {
    let most = logits.iter().copied().fold(f64::MIN, f64::max);
    let sum: f64 = logits.iter().map(|logit| (logit - most).exp()).sum();
    logits[word] - most - sum.ln()
}

fn hold(rows: usize, words: usize, size: f32) {
    let logits: Vec<f32> = numbers(1, rows * words)
        .iter()
        .map(|one| size * one)
        .collect();
    let targets: Vec<u32> = (0..rows).map(|row| (row * 7 % words) as u32).collect();
    let given = numbers(2, rows);
    let Some(mut table) = Table::new(&[0.0], &[0.0], 0) else {
        return;
    };
    // What fills up a row is not a word, whatever it is.
    let mut filled = padded(&logits, words);
    let quads = words.next_multiple_of(4);
    for row in filled.chunks_exact_mut(quads) {
        row[words..].fill(1e30);
    }
    let asked = Likelihood {
        rows,
        words,
        logits: table.put(&filled),
        targets: table.script.note(targets.iter().copied()),
        known: table.place(4 * rows),
    };
    let webgpu = table.webgpu.clone();
    likelihood(&webgpu, &mut table.script, &asked);
    let of = table.script.note(given.iter().map(|one| one.to_bits()));
    likelihood_gradient(&webgpu, &mut table.script, &asked, Given::Noted(of));
    let found = table.run(&[asked.known, asked.logits]);
    let exact: Vec<f64> = logits.iter().copied().map(f64::from).collect();
    for (row, target) in targets.iter().enumerate() {
        let here = &exact[row * words..][..words];
        let right = twin(here, *target as usize);
        assert!(
            apart(&found[0][4 * row..][..1], &[right]) < 1e-5,
            "{rows} {words}"
        );
        let slopes = (0..words).map(|at| {
            let hit = f64::from(u8::from(at == *target as usize));
            f64::from(given[row]) * (hit - twin(here, at).exp())
        });
        let slopes: Vec<f64> = slopes.collect();
        assert!(
            apart(&found[1][row * quads..][..words], &slopes) < 1e-5,
            "{rows} {words}"
        );
        assert!(
            found[1][row * quads + words..][..quads - words]
                .iter()
                .all(|one| *one == 0.0)
        );
        // The formula that was held against is itself a difference's.
        let (step, at) = (1e-6, row % words);
        let mut near = here.to_vec();
        near[at] += step;
        let difference = (twin(&near, *target as usize) - right) / step;
        assert!((difference * f64::from(given[row]) - slopes[at]).abs() < 1e-5);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn chances_and_slopes_agree_with_plain_sums(rows in 1usize..12, words in 2usize..90, size in 0.1f32..30.0) {
        hold(rows, words, size);
    }
}
