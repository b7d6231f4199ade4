//! What must hold for any Llama, on tiny random ones: the cache changes nothing, the future is
//! invisible, neighbours in a batch do not matter, gradients reach every weight.

use crate::gpu::Site;
use burn::tensor::{Device, Tensor, TensorData};
use pollster::block_on;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

use super::log_probabilities::{Example, token_log_probabilities};
use super::parameter::read;
use super::*;

pub(crate) fn tiny(tied: bool) -> Llama {
    let config = LlamaConfig {
        vocab_size: 31,
        hidden_size: 24,
        intermediate_size: 37,
        num_hidden_layers: 2,
        num_attention_heads: 4,
        num_key_value_heads: if tied { 4 } else { 2 },
        head_dim: 6,
        max_position_embeddings: 40,
        rms_norm_eps: 1e-5,
        rope_theta: 10_000.0,
        tie_word_embeddings: tied,
        bos_token_id: None,
        eos_token_id: vec![2],
        pad_token_id: Some(0),
    };
    let mut rng = ChaCha8Rng::seed_from_u64(5);
    let small = Llama::initialise(config.clone(), &mut rng, &Site::Cpu).unwrap();
    // Weights of deviation 0.3 instead of 0.02, so that logits differ enough to test.
    let mut tensors = block_on(small.to_tensors()).unwrap();
    for tensor in tensors.iter_mut().filter(|tensor| tensor.shape.len() == 2) {
        tensor.values.iter_mut().for_each(|value| *value *= 15.0);
    }
    Llama::from_tensors(config, tensors, &Site::Cpu).unwrap()
}

pub(crate) fn text(seed: u64, length: usize) -> Vec<u32> {
    let mut rng = ChaCha8Rng::seed_from_u64(seed);
    (0..length).map(|_| rng.next_u32() % 31).collect()
}

pub(super) fn distance(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter()
        .zip(b)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max)
}

fn norm(values: &[f32]) -> f32 {
    values.iter().map(|value| value * value).sum::<f32>().sqrt()
}

#[test]
fn the_future_is_invisible() {
    let model = tiny(false);
    let original = text(3, 20);
    let before = block_on(model.logits(&original)).unwrap();
    for changed in [0, 7, 19] {
        let mut other = original.clone();
        other[changed] = (other[changed] + 1) % 31;
        let after = block_on(model.logits(&other)).unwrap();
        for position in 0..20 {
            let moved = distance(&before[position], &after[position]);
            assert_eq!(
                moved > 1e-4,
                position >= changed,
                "{changed} {position} {moved}"
            );
        }
    }
}

#[test]
fn neighbours_in_the_batch_do_not_matter() {
    for model in [tiny(false), tiny(true)] {
        let prompts: Vec<Vec<u32>> = (0..7).map(|i| text(10 + i, 3 + 2 * i as usize)).collect();
        let sampling = Sampling {
            temperature: 0.9,
            top_k: 0,
            min_p: 0.0,
            max_new_tokens: 25,
        };
        let generators = || (0..7).map(ChaCha8Rng::seed_from_u64).collect::<Vec<_>>();
        let stop = [2, 9, 14];
        let run = |prompts: &[Vec<u32>], generators: &mut [ChaCha8Rng]| {
            block_on(generate(&model, prompts, &sampling, &stop, generators)).unwrap()
        };
        let together = run(&prompts, &mut generators());
        assert!(together.iter().any(|text| text.finished));
        for (index, together) in together.iter().enumerate() {
            let alone = run(&prompts[index..=index], &mut generators()[index..=index]);
            assert_eq!(alone[0].tokens, together.tokens, "prompt {index}");
            assert_eq!(alone[0].finished, together.finished);
            // Not to the bit: a longer neighbour changes the order of some sums. What a society says
            // together is therefore the same whoever spoke already: see `Simulation::batch`.
            assert!((alone[0].log_probability - together.log_probability).abs() < 1e-5);
        }
    }
}

#[test]
fn greedy_generation_follows_the_plain_logits_to_the_end_of_the_context() {
    let model = tiny(true);
    let prompt = text(4, 30);
    let sampling = Sampling {
        temperature: 0.0,
        top_k: 0,
        min_p: 0.0,
        max_new_tokens: 100,
    };
    let mut generator = [ChaCha8Rng::seed_from_u64(0)];
    let prompts = [prompt.clone()];
    let text = block_on(generate(&model, &prompts, &sampling, &[], &mut generator)).unwrap();
    assert_eq!((text[0].tokens.len(), text[0].finished), (10, false));
    let mut whole = prompt;
    let mut sum = 0.0;
    for &token in &text[0].tokens {
        let logits = block_on(model.logits(&whole)).unwrap().pop().unwrap();
        let top = logits.iter().copied().fold(f32::MIN, f32::max);
        assert_eq!(logits[token as usize], top);
        sum -= logits
            .iter()
            .map(|logit| (logit - top).exp())
            .sum::<f32>()
            .ln();
        whole.push(token);
    }
    assert!((sum - text[0].log_probability).abs() < 1e-3);
    let full = block_on(generate(&model, &[whole], &sampling, &[], &mut generator));
    assert_eq!(
        full,
        Err(ModelError::NoRoom {
            index: 0,
            length: 40,
            context: 40
        })
    );
}

#[test]
fn embeddings_are_the_last_token_s_state_ignore_padding_and_have_length_one() {
    // With a tied head every logit is a product with that state.
    let model = tiny(true);
    let texts = [text(6, 4), text(7, 15)];
    let together = block_on(embed(&model, &texts)).unwrap();
    for (text, together) in texts.iter().zip(&together) {
        let alone = block_on(embed(&model, std::slice::from_ref(text))).unwrap();
        assert!(distance(&alone[0], together) < 1e-5);
        let square: f32 = together.iter().map(|value| value * value).sum();
        assert!((square - 1.0).abs() < 1e-5);
        let logits = block_on(model.logits(text)).unwrap().pop().unwrap();
        let state = TensorData::new(together.clone(), [1, together.len()]);
        let state = Tensor::from_data(state, model.device());
        let scaled = block_on(read(model.project(state))).unwrap();
        let scale = norm(&logits) / norm(&scaled);
        let again: Vec<f32> = scaled.iter().map(|value| value * scale).collect();
        assert!(distance(&again, &logits) < 1e-4);
    }
    assert!(distance(&together[0], &together[1]) > 1e-2);
}

#[test]
fn response_log_probabilities_agree_with_the_logits_and_move_every_weight() {
    let model = tiny(false).on(&Device::flex().autodiff());
    let examples = [
        Example {
            tokens: text(8, 12),
            prompt: 5,
        },
        Example {
            tokens: text(9, 7),
            prompt: 1,
        },
    ];
    let scores = token_log_probabilities(&model, &examples).unwrap();
    assert_eq!(scores.lengths, [7, 6]);
    let values = block_on(read(scores.values.clone().without_autodiff())).unwrap();
    let mut expected = Vec::new();
    for example in &examples {
        let logits = block_on(model.logits(&example.tokens)).unwrap();
        for place in example.prompt..example.tokens.len() {
            let row = &logits[place - 1];
            let sum: f32 = row.iter().map(|logit| logit.exp()).sum();
            expected.push(row[example.tokens[place] as usize] - sum.ln());
        }
    }
    assert!(distance(&values, &expected) < 1e-4);
    let means = block_on(read(scores.means().without_autodiff())).unwrap();
    let by_hand = [
        values[..7].iter().sum::<f32>() / 7.0,
        values[7..].iter().sum::<f32>() / 6.0,
    ];
    assert!(distance(&means, &by_hand) < 1e-5);

    let gradients = scores.means().mean().neg().backward();
    for (name, parameter) in model.parameters() {
        let norm = match parameter {
            Parameter::One(tensor) => tensor.grad(&gradients).map(|g| g.square().sum()),
            Parameter::Two(tensor) => tensor.grad(&gradients).map(|g| g.square().sum()),
        };
        let norm: f32 = norm.map_or(0.0, |norm| block_on(read(norm)).unwrap()[0]);
        assert!(norm > 1e-8, "{name} has no gradient");
    }
}

#[test]
fn weights_survive_the_round_trip_and_the_seed_decides_them() {
    for model in [tiny(false), tiny(true)] {
        let tensors = block_on(model.to_tensors()).unwrap();
        let config = model.config().clone();
        let again = Llama::from_tensors(config, tensors.clone(), &Site::Cpu).unwrap();
        assert_eq!(block_on(again.to_tensors()).unwrap(), tensors);
    }
    let values = &block_on(tiny(false).to_tensors()).unwrap()[0].values;
    let count = values.len() as f32;
    let deviation = (values.iter().map(|v| v * v).sum::<f32>() / count).sqrt();
    assert!((deviation - 0.3).abs() < 0.02, "{deviation}");
}
