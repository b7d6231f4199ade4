//! The network by hand against the network in tensors, and what must hold of it to the bit.

use super::pass::{Pass, Text};
use super::reader::{Next, Reader};
use super::weights::Weights;
use super::workspace::Workspace;
use super::writer;
use crate::model::log_probabilities::{Example, text as as_read, token_log_probabilities};
use crate::model::parameter::{Parameter, flat, read};
use crate::model::tests::{distance, text, tiny};
use crate::model::{Generated, Llama, Sampling};
use burn::tensor::{Device, Tensor, TensorData};
use pollster::block_on;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::sync::Arc;

fn plain(model: &Llama) -> Arc<Weights> {
    block_on(model.plain()).unwrap()
}

/// Of many lengths, the longest as long as the context.
fn examples() -> Vec<Example> {
    let lengths = [(9, 4), (2, 1), (40, 39), (5, 1), (38, 3)];
    let texts = lengths
        .iter()
        .enumerate()
        .map(|(seed, (length, prompt))| Example {
            tokens: text(seed as u64, *length),
            prompt: *prompt,
        });
    texts.collect()
}

fn slopes(count: usize) -> Vec<f32> {
    (0..count)
        .map(|i| ((i * 37 % 11) as f32 - 5.0) / 5.0)
        .collect()
}

#[test]
fn log_probabilities_and_all_gradients_agree_with_the_tensors() {
    for tied in [true, false] {
        let model = tiny(tied);
        let weights = plain(&model);
        let examples = examples();
        let texts: Vec<Text> = examples.iter().map(as_read).collect();
        let mut work = Workspace::default();
        let pass = Pass::forward(&weights, &texts, &mut work);
        let slopes = slopes(pass.log_probabilities.len());

        let tracked = model.on(&Device::flex().autodiff());
        let right = token_log_probabilities(&tracked, &examples).unwrap().values;
        let values = block_on(read(right.clone().without_autodiff())).unwrap();
        assert!(distance(&pass.log_probabilities, &values) < 2e-5);

        let data = TensorData::new(slopes.clone(), [slopes.len()]);
        let loss = (right * Tensor::<1>::from_data(data, &Device::flex())).sum();
        let mut found = loss.backward();
        // What stood there goes.
        let mut ours = weights.numbers.clone();
        pass.backward(&weights, &slopes, &mut ours, &mut work);
        let lists = ours.into_lists(&weights.shape);
        for ((name, leaf), ours) in tracked.parameters().into_iter().zip(lists) {
            let gradient = match &leaf {
                Parameter::One(leaf) => Parameter::One(leaf.grad_remove(&mut found).unwrap()),
                Parameter::Two(leaf) => Parameter::Two(leaf.grad_remove(&mut found).unwrap()),
            };
            let right = block_on(read(flat(gradient))).unwrap();
            let size = right
                .iter()
                .fold(0.0f32, |most, value| most.max(value.abs()));
            assert!(
                distance(&ours, &right) < 2e-5 * (1.0 + size),
                "{name}: {}",
                distance(&ours, &right)
            );
        }
    }
}

#[test]
fn weights_come_back_as_they_were_given() {
    let weights = plain(&tiny(false));
    let lists = weights.numbers.clone().into_lists(&weights.shape);
    let given = tiny(false).parameters().into_iter();
    for (list, (name, parameter)) in lists.into_iter().zip(given) {
        assert_eq!(list, block_on(read(flat(parameter))).unwrap(), "{name}");
    }
}

fn fresh(text: usize, tokens: &[u32]) -> Next<'_> {
    Next {
        text,
        tokens,
        begins_as: None,
    }
}

/// To the bit: a text alone, among others, in one go, token by token, or taken over from a text that
/// begins alike.
#[test]
fn what_is_read_does_not_depend_on_how() {
    let weights = plain(&tiny(false));
    let words = weights.shape.vocabulary;
    let whole = text(3, 30);
    let fork = [&whole[..12], &text(4, 9)[..]].concat();
    let alone = |tokens: &[u32]| {
        let (mut reader, mut logits) = (Reader::new(&weights, 1, 40), Vec::new());
        reader.read(&[fresh(0, tokens)], &mut logits);
        logits
    };
    let (mut reader, mut logits) = (Reader::new(&weights, 4, 40), Vec::new());
    let other = text(5, 40);
    let entries = [
        fresh(3, &other),
        fresh(0, &whole[..25]),
        Next {
            text: 1,
            tokens: &fork[12..],
            begins_as: Some((0, 12)),
        },
    ];
    reader.read(&entries, &mut logits);
    assert!(logits[..words] == alone(&other)[..]);
    assert!(logits[words..2 * words] == alone(&whole[..25])[..]);
    assert!(logits[2 * words..] == alone(&fork)[..]);
    for end in 26..=30 {
        reader.read(&[fresh(0, &whole[end - 1..end])], &mut logits);
    }
    assert!(logits == alone(&whole));

    // And the pass of training says the same of the last word.
    let pass = Pass::forward(
        &weights,
        &[Text {
            tokens: &[&whole[..], &[7]].concat(),
            asked: 30,
        }],
        &mut Workspace::default(),
    );
    let all = crate::cpu::softmax::log_sum_exp(&logits);
    assert_eq!(pass.log_probabilities, [logits[7] - all]);
    let texts = [
        Text {
            tokens: &other,
            asked: 5,
        },
        Text {
            tokens: &whole,
            asked: 1,
        },
    ];
    let together = Pass::log_probabilities_of(&weights, &texts);
    let each = texts.map(|text| Pass::log_probabilities_of(&weights, &[text]));
    assert_eq!(together, each.concat());
}

#[test]
fn what_is_written_does_not_depend_on_who_else_writes() {
    let weights = plain(&tiny(true));
    // More than there are places; half of them begin alike, some are the same.
    let prompts: Vec<Vec<u32>> = (0..150u64)
        .map(|i| [text(i % 5, 9), text(i % 40, 1 + (i % 4) as usize)].concat())
        .collect();
    let rooms: Vec<usize> = (0..150).map(|i| 1 + i % 13).collect();
    let sampling = Sampling {
        temperature: 1.0,
        top_k: 0,
        min_p: 0.0,
        max_new_tokens: 13,
    };
    let generator = |index: usize| ChaCha8Rng::seed_from_u64(index as u64);
    let mut generators: Vec<ChaCha8Rng> = (0..150).map(generator).collect();
    let together =
        writer::write(&weights, &prompts, &rooms, &sampling, &[2], &mut generators).unwrap();
    let mut ended = 0;
    for (index, text) in together.iter().enumerate() {
        let (prompt, room) = ([prompts[index].clone()], [rooms[index]]);
        let alone: Vec<Generated> = writer::write(
            &weights,
            &prompt,
            &room,
            &sampling,
            &[2],
            &mut [generator(index)],
        )
        .unwrap();
        assert_eq!(alone, std::slice::from_ref(text));
        assert!(text.finished || text.tokens.len() == rooms[index]);
        ended += usize::from(text.finished);
    }
    assert!((10..140).contains(&ended), "{ended}");
}
