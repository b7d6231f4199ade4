//! What must hold of a choice whatever else; that it is the host's is held where the host's is known, in
//! `model/card/tests.rs`.

use super::*;
use crate::gpu::testing::{Table, numbers, padded};

fn choose(logits: &[f32], words: usize, random: &[u32], choosing: Choosing) -> Option<Vec<f32>> {
    let mut table = Table::new(&[0.0], &[0.0], 0)?;
    let webgpu = table.webgpu.clone();
    let rows = random.len();
    let logits = table.put(&padded(logits, words));
    let to = table.place(4 * rows);
    let random = table.script.note(random.iter().copied());
    sample(
        &webgpu,
        &mut table.script,
        (logits, rows, words),
        random,
        choosing,
        to,
    );
    table.run(&[to]).pop()
}

#[test]
fn frequencies_follow_the_softmax_and_its_limits() {
    let words = 7;
    let row = [0.0f32, 1.0, 2.0, -1.0, 1.5, 2.0, -9.0];
    let rows = 4096;
    let random: Vec<u32> = (0..rows).map(|row: u32| row << 20 | 0x80000).collect();
    let logits = row.repeat(rows as usize);
    for (top_k, min_p, alive) in [
        (0, 0.0, 0b1111111),
        (3, 0.0, 0b0110100),
        (1, 0.0, 0b0000100),
        (0, 0.2, 0b0110100),
    ] {
        let choosing = Choosing {
            temperature: 0.5,
            top_k,
            min_p,
        };
        let Some(found) = choose(&logits, words, &random, choosing) else {
            return;
        };
        let weight = |word: usize| match alive >> word & 1 {
            1 => (f64::from(row[word]) / 0.5).exp(),
            _ => 0.0,
        };
        let total: f64 = (0..words).map(weight).sum();
        let log_sum = row
            .iter()
            .map(|logit| f64::from(*logit).exp())
            .sum::<f64>()
            .ln();
        let mut counts = [0.0; 7];
        for choice in found.chunks_exact(4) {
            let word = choice[0] as usize;
            counts[word] += 1.0 / f64::from(rows);
            assert!((f64::from(choice[1]) - (f64::from(row[word]) - log_sum)).abs() < 1e-5);
            assert_eq!(choice[2], 1.0);
        }
        for (word, count) in counts.iter().enumerate() {
            assert!(
                (count - weight(word) / total).abs() < 1e-3,
                "{top_k} {min_p}: {counts:?}"
            );
        }
    }
}

#[test]
fn temperature_zero_takes_the_first_likeliest_and_what_is_no_number_is_told() {
    let words = 101;
    let mut logits = numbers(3, 3 * words);
    logits[17] = 2.0;
    logits[60] = 2.0;
    logits[words + 100] = 3.0;
    logits[2 * words + 50] = f32::NAN;
    let choosing = Choosing {
        temperature: 0.0,
        top_k: 0,
        min_p: 0.0,
    };
    let Some(found) = choose(&logits, words, &[0; 3], choosing) else {
        return;
    };
    assert_eq!(
        [found[0], found[2], found[4], found[6], found[10]],
        [17.0, 1.0, 100.0, 1.0, 0.0]
    );
}
