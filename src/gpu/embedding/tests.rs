//! Lookup and the sums of its gradient, exactly.

use super::*;
use crate::gpu::testing::{Table, numbers};

#[test]
fn rows_are_looked_up_and_slopes_are_summed_in_order() {
    let (words, width) = (7, 8);
    let weights = numbers(1, words * width);
    let count = weights.len();
    let Some(mut table) = Table::new(&weights, &[0.0], count) else {
        return;
    };
    let webgpu = table.webgpu.clone();
    let tokens = [3u32, 0, 3, 6, 3, 0];
    let embedding = Place { start: 0, count };
    // The last one has been drawn on the device.
    let drawn_one = table.put(&[5.0, 0.0, 0.0, 0.0]);
    let listed = table
        .script
        .note(tokens.into_iter().chain([drawn(drawn_one)]));
    let to = table.place((tokens.len() + 1) * width);
    embed(
        &webgpu,
        &mut table.script,
        (listed, tokens.len() + 1),
        (embedding, width),
        to,
    );
    let given = numbers(2, tokens.len() * width);
    let of_rows = table.put(&given);
    embed_gradient(
        &webgpu,
        &mut table.script,
        &tokens,
        (embedding, width),
        of_rows,
    );
    let found = table.run(&[to]).remove(0);
    let row = |word: u32| &weights[word as usize * width..][..width];
    let right: Vec<f32> = tokens
        .into_iter()
        .chain([5])
        .flat_map(row)
        .copied()
        .collect();
    assert!(found == right);
    let mut sums = vec![0.0f32; count];
    for (place, token) in tokens.iter().enumerate() {
        for at in 0..width {
            sums[*token as usize * width + at] += given[place * width + at];
        }
    }
    assert!(table.slopes() == sums);
}
