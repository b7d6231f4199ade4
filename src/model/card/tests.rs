//! The network on a card against the CPU engine's, and what must hold of it to the bit. Where there is no
//! adapter there is nothing to hold.

use super::batch::Batch;
use super::forward::Keeping;
use super::learner::Learner;
use super::{Card, reader, writer};
use crate::gpu::Site;
use crate::gpu::adamw::Step;
use crate::gpu::contrast::{Answer, Group, Pushing, Rule};
use crate::gpu::memory::{Script, Shelf};
use crate::gpu::testing::webgpu;
use crate::model::parameter::{flat, read};
use crate::model::plain::pass::{Pass, Text};
use crate::model::plain::workspace::Workspace;
use crate::model::plain::{self, Weights};
use crate::model::tests::{distance, text, tiny};
use crate::model::{Generated, Llama, LlamaConfig, Sampling};
use pollster::block_on;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::BTreeMap;
use std::sync::{Arc, MutexGuard};

const STEP: Step = Step {
    keep: 1.0,
    beta1: 0.9,
    rest1: 0.1,
    beta2: 0.98,
    rest2: 0.02,
    step_size: 0.01,
    root_correction: 7.0,
    epsilon: 1e-8,
    clip: 1e9,
};

fn lists(model: &Llama) -> Vec<Vec<f32>> {
    let parameters = model.parameters().into_iter();
    parameters
        .map(|(_, one)| block_on(read(flat(one))).unwrap())
        .collect()
}

/// The same network for the CPU engine and on a card.
fn both(tied: bool) -> Option<(Arc<Weights>, Card, MutexGuard<'static, ()>)> {
    let (webgpu, turn) = webgpu()?;
    let model = tiny(tied);
    let card = block_on(Card::new(model.config(), &lists(&model), webgpu)).unwrap();
    Some((block_on(model.plain()).unwrap(), card, turn))
}

fn tokens() -> Vec<Vec<u32>> {
    let lengths = [9, 2, 40, 5, 38].into_iter().zip(0..);
    lengths.map(|(length, seed)| text(seed, length)).collect()
}

fn texts(tokens: &[Vec<u32>]) -> Vec<Text<'_>> {
    let asked = [4, 1, 39, 1, 3];
    let each = tokens.iter().zip(asked);
    each.map(|(tokens, asked)| Text { tokens, asked }).collect()
}

fn slopes(count: usize) -> Vec<f32> {
    (0..count)
        .map(|i| ((i * 37 % 11) as f32 - 5.0) / 5.0)
        .collect()
}

#[test]
fn weights_come_back_as_they_were_given() {
    let Some((_, card, _turn)) = both(false) else {
        return;
    };
    let given = lists(&tiny(false));
    let back = block_on(card.to_lists(given.iter().map(Vec::len))).unwrap();
    assert!(back == given);
}

#[test]
fn log_probabilities_and_states_agree_with_the_cpu_engine() {
    for tied in [true, false] {
        let Some((weights, card, _turn)) = both(tied) else {
            return;
        };
        let tokens = tokens();
        let right = Pass::log_probabilities_of(&weights, &texts(&tokens));
        let found = block_on(reader::log_probabilities(&card, &texts(&tokens))).unwrap();
        assert!(
            distance(&found, &right) < 2e-5,
            "{}",
            distance(&found, &right)
        );
        let right = Pass::last_states(&weights, &tokens);
        let found = block_on(reader::last_states(&card, &tokens)).unwrap();
        assert!(
            distance(&found, &right) < 2e-5,
            "{}",
            distance(&found, &right)
        );
    }
}

/// What is planned for is what is taken.
#[test]
fn a_pass_takes_as_much_room_as_it_says() {
    let Some((_, card, _turn)) = both(false) else {
        return;
    };
    let tokens = tokens();
    let batch = Batch::of(&texts(&tokens));
    let (mut script, mut shelf) = (Script::default(), Shelf::default());
    card.forward(&mut script, &mut shelf, &batch, Keeping::Nothing);
    let (token, row) = card.pass_numbers();
    assert_eq!(
        shelf.taken,
        batch.tokens.len() * token + batch.asked.len() * row
    );
}

/// With the gradient as the optimiser sees it: moments that begin at zero keep a tenth of it.
#[test]
fn a_step_agrees_with_the_cpu_engine() {
    for tied in [true, false] {
        let Some((weights, card, _turn)) = both(tied) else {
            return;
        };
        let tokens = tokens();
        let mut work = Workspace::default();
        let pass = Pass::forward(&weights, &texts(&tokens), &mut work);
        let slopes = slopes(pass.log_probabilities.len());
        let mut right = weights.numbers.zeros_like();
        pass.backward(&weights, &slopes, &mut right, &mut work);
        let right = right.into_lists(&weights.shape);
        let squares: f64 = right
            .iter()
            .flatten()
            .map(|one| f64::from(*one).powi(2))
            .sum();

        let mut learner = block_on(Learner::new(&card)).unwrap();
        let reading = block_on(learner.read(&texts(&tokens))).unwrap();
        learner.learn(reading, &slopes);
        let step = Step { keep: 0.99, ..STEP };
        let norm = block_on(learner.step(&step)).unwrap();
        assert!(
            (f64::from(norm) / squares.sqrt() - 1.0).abs() < 1e-5,
            "{norm} {squares}"
        );
        let counts: Vec<usize> = right.iter().map(Vec::len).collect();
        let [first, second] = block_on(learner.moments(&counts)).unwrap();
        let names: Vec<String> = tiny(tied)
            .parameters()
            .into_iter()
            .map(|one| one.0)
            .collect();
        for (((name, right), first), second) in names.iter().zip(&right).zip(&first).zip(&second) {
            let size = right.iter().fold(0.0f32, |most, one| most.max(one.abs()));
            let found: Vec<f32> = first.iter().map(|one| one * 10.0).collect();
            let apart = distance(&found, right);
            assert!(apart < 3e-5 * (1.0 + size), "{name}: {apart} of {size}");
            let squares: Vec<f32> = right.iter().map(|one| one * one * 0.02).collect();
            assert!(
                distance(second, &squares) < 1e-5 * (1.0 + size * size),
                "{name}"
            );
        }
        // The weights have moved as the formula says, and only the learner's.
        let moved = block_on(learner.card().to_lists(counts.iter().copied())).unwrap();
        let before = lists(&tiny(tied));
        assert!(block_on(card.to_lists(counts.iter().copied())).unwrap() == before);
        for ((name, moved), (before, (first, second))) in names
            .iter()
            .zip(&moved)
            .zip(before.iter().zip(first.iter().zip(&second)))
        {
            let asked = before.iter().zip(first).zip(second).map(|((p, m), v)| {
                p * step.keep
                    - m / (v.sqrt() * step.root_correction + step.epsilon) * step.step_size
            });
            let asked: Vec<f32> = asked.collect();
            assert!(
                distance(moved, &asked) < 1e-6,
                "{name}: {}",
                distance(moved, &asked)
            );
        }
    }
}

/// Rows in two passes come to the slopes of one, and what was forgotten counts for nothing.
#[test]
fn passes_add_up_until_a_step() {
    let Some((_, card, _turn)) = both(true) else {
        return;
    };
    let tokens = tokens();
    let texts = texts(&tokens);
    let counts: Vec<usize> = lists(&tiny(true)).iter().map(Vec::len).collect();
    let first_moments = |parts: &[&[Text]], begin: bool| {
        let mut learner = block_on(Learner::new(&card)).unwrap();
        if begin {
            let reading = block_on(learner.read(&texts[..2])).unwrap();
            let count = reading.log_probabilities.len();
            learner.learn(reading, &vec![3.0; count]);
            learner.forget();
        }
        for part in parts {
            let reading = block_on(learner.read(part)).unwrap();
            let count = reading.log_probabilities.len();
            learner.learn(reading, &vec![0.5; count]);
        }
        block_on(learner.step(&STEP)).unwrap();
        block_on(learner.moments(&counts)).unwrap()[0].concat()
    };
    let whole = first_moments(&[&texts], false);
    let parts = first_moments(&[&texts[..2], &texts[2..]], true);
    assert!(
        distance(&whole, &parts) < 1e-5,
        "{}",
        distance(&whole, &parts)
    );
    assert!(whole.iter().any(|one| one.abs() > 1e-3));
}

/// What is compiled beforehand is what is used: afterwards a step and words find all kernels there.
#[test]
fn nothing_is_left_to_compile_once_all_is_warm() {
    let Some((_, card, _turn)) = both(true) else {
        return;
    };
    let card = Card {
        webgpu: Arc::new(card.webgpu.as_new()),
        ..card
    };
    let mut calls = 0;
    while block_on(card.warm()).unwrap() {
        calls += 1;
    }
    assert_eq!(card.webgpu.compiled(), calls);
    let tokens = tokens();
    block_on(reader::log_probabilities(&card, &texts(&tokens))).unwrap();
    let mut learner = block_on(Learner::new(&card)).unwrap();
    let reading = block_on(learner.read(&texts(&tokens))).unwrap();
    let count = reading.log_probabilities.len();
    learner.learn(reading, &vec![0.5; count]);
    block_on(learner.step(&STEP)).unwrap();
    let sampling = Sampling {
        temperature: 1.0,
        top_k: 0,
        min_p: 0.0,
        max_new_tokens: 9,
    };
    let prompts: Vec<Vec<u32>> = (0..40).map(|seed| text(seed, 5)).collect();
    let mut generators: Vec<ChaCha8Rng> = (0..40).map(ChaCha8Rng::seed_from_u64).collect();
    let rooms: Vec<usize> = (0..40).map(|place| 1 + place % 9).collect();
    let said = writer::write(&card, &prompts, &rooms, &sampling, &[], &mut generators);
    block_on(said).unwrap();
    assert_eq!(card.webgpu.compiled(), calls);
}

/// Where a card has little room, questions are read a few at a time, and come to the same step.
#[test]
fn questions_in_portions_come_to_the_step_of_all() {
    let Some((_, card, _turn)) = both(true) else {
        return;
    };
    let tokens = tokens();
    let texts = texts(&tokens);
    let answer = |text: &Text| Answer {
        tokens: text.tokens.len() - text.asked,
        own: -0.5,
        asked: 0.3,
    };
    let counts: Vec<usize> = lists(&tiny(true)).iter().map(Vec::len).collect();
    let group = |texts: &[Text]| Group {
        best: texts.len() - 1,
        answers: texts.iter().map(answer).collect(),
    };
    let groups = [group(&texts[..2]), group(&texts[2..3]), group(&texts[3..])];
    let rule = Rule {
        pushing: Pushing::EachPair,
        weight: 1.0,
        share: 1.0 / 3.0,
    };
    let taken = |room| {
        let mut learner = block_on(Learner::new(&card)).unwrap();
        let pass = learner.pass_within(room, &texts, (rule, &groups), Some(&STEP));
        let (said, norm) = block_on(pass).unwrap();
        let first = block_on(learner.moments(&counts)).unwrap()[0].concat();
        (said, norm.unwrap(), first)
    };
    let (said, norm, first) = taken(usize::MAX);
    let (parts, norm_of_parts, first_of_parts) = taken(1);
    let right = block_on(reader::log_probabilities(&card, &texts)).unwrap();
    assert!(distance(&said, &right) < 1e-5 && distance(&parts, &right) < 1e-5);
    assert!(
        (norm / norm_of_parts - 1.0).abs() < 1e-5 && norm > 0.1,
        "{norm} {norm_of_parts}"
    );
    assert!(distance(&first, &first_of_parts) < 1e-6);
}

#[test]
fn the_same_words_as_the_cpu_engine() {
    for (tied, temperature, top_k) in [(true, 0.0, 0), (false, 1.0, 0), (true, 0.8, 5)] {
        let Some((weights, card, _turn)) = both(tied) else {
            return;
        };
        // Some begin alike, and there are more than one submission writes.
        let mut prompts: Vec<Vec<u32>> = (0..7)
            .map(|seed| text(seed, 3 + 2 * seed as usize))
            .collect();
        for seed in 10..14 {
            let fork = [&text(6, 12)[..], &text(seed, 4)[..]].concat();
            prompts.push(fork);
        }
        let rooms: Vec<usize> = prompts
            .iter()
            .map(|prompt| (40 - prompt.len()).min(19))
            .collect();
        let sampling = Sampling {
            temperature,
            top_k,
            min_p: 0.02,
            max_new_tokens: 19,
        };
        let generators = || -> Vec<ChaCha8Rng> {
            (0..prompts.len() as u64)
                .map(ChaCha8Rng::seed_from_u64)
                .collect()
        };
        let (mut here, mut there) = (generators(), generators());
        let right =
            plain::writer::write(&weights, &prompts, &rooms, &sampling, &[2], &mut here).unwrap();
        let found = block_on(writer::write(
            &card,
            &prompts,
            &rooms,
            &sampling,
            &[2],
            &mut there,
        ))
        .unwrap();
        let same =
            |(a, b): &(&Generated, &Generated)| a.tokens == b.tokens && a.finished == b.finished;
        let count = right.iter().zip(&found).filter(same).count();
        // A draw that falls between two words within rounding may go either way.
        assert!(
            count + 1 >= right.len(),
            "{count} of {}: {right:?} {found:?}",
            right.len()
        );
        for (a, b) in right.iter().zip(&found).filter(same) {
            assert!(
                (a.log_probability - b.log_probability).abs() < 1e-3,
                "{a:?} {b:?}"
            );
        }
        if count == right.len() {
            assert!(here == there, "as many random numbers were drawn");
        }
    }
}

/// A profile, not a test: `cargo test --release -- --ignored --nocapture where_a_step_goes`.
#[test]
#[ignore = "it prints a profile and holds nothing"]
fn where_a_step_goes() {
    let Some((webgpu, _turn)) = webgpu() else {
        return;
    };
    for (name, layers, [hidden, inner, heads, width]) in [
        ("weak", 3, [80, 220, 4, 20]),
        ("standard", 4, [144, 396, 4, 36]),
        ("strong", 5, [216, 594, 6, 36]),
    ] {
        let config = LlamaConfig {
            vocab_size: 1568,
            hidden_size: hidden,
            intermediate_size: inner,
            num_hidden_layers: layers,
            num_attention_heads: heads,
            num_key_value_heads: heads,
            head_dim: width,
            max_position_embeddings: 256,
            ..tiny(true).config().clone()
        };
        let generator = &mut ChaCha8Rng::seed_from_u64(1);
        let model = Llama::initialise(config.clone(), generator, &Site::Cpu).unwrap();
        let card = block_on(Card::new(&config, &lists(&model), webgpu.clone())).unwrap();
        let tokens: Vec<u32> = (0..128).map(|token| token * 11 % 1500).collect();
        let texts: Vec<Text> = [(); 8]
            .map(|()| Text {
                tokens: &tokens,
                asked: 64,
            })
            .to_vec();
        let mut learner = block_on(Learner::new(&card)).unwrap();
        learner.timed(&texts);
        let mut all: BTreeMap<&str, (usize, f64)> = BTreeMap::new();
        for (name, seconds) in learner.timed(&texts) {
            let one = all.entry(name).or_default();
            *one = (one.0 + 1, one.1 + seconds);
        }
        let total: f64 = all.values().map(|(_, seconds)| seconds).sum();
        println!("{name}: {:.0} tokens/s", 8.0 * 128.0 / total);
        for (name, (count, seconds)) in all {
            let share = 100.0 * seconds / total;
            println!(
                "  {share:5.1} %  {:8.2} ms  {count:3}  {name}",
                1e3 * seconds
            );
        }
        let (rows, asked) = (8 * 127, 8 * 64);
        let of = |parts: usize| 6.0 * (parts * rows) as f64;
        let block = hidden * (4 * heads * width + 3 * inner);
        let head = 6.0 * (config.vocab_size * hidden * asked) as f64;
        let flop = of(layers * block) + head;
        println!(
            "  products alone: {:.2} GFLOP a step, {:.2} GFLOP/s of the whole step",
            flop / 1e9,
            flop / total / 1e9
        );
    }
}
