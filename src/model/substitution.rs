//! What a word of a prompt is worth to a response: the gradient of the response's log-probability
//! with respect to which word stands there.
//!
//! A choice of words is a matrix of ones and zeros, one row a place and one column a word of the
//! vocabulary; times the embedding it is what the network reads. The gradient of that matrix says
//! for every place which other word promises more: the step of a greedy coordinate gradient search
//! (Zou et al. 2023, arXiv 2307.15043, formula 3).

use std::ops::Range;

use super::card::reader;
use super::computing::Computing;
use super::error::ModelError;
use super::llama::Llama;
use super::log_probabilities::{Example, text};
use super::plain::pass::Pass;

/// The derivative of the log-probability (natural, summed over the response's tokens) by every
/// word at every one of the places, which are some of the prompt: one list of the vocabulary's size
/// for each.
///
/// # Errors
/// An example without a response, one longer than the context, unknown tokens, places that are not
/// in the prompt, or a device that failed.
pub async fn word_slopes(
    model: &Llama,
    example: &Example,
    places: &Range<usize>,
) -> Result<Vec<Vec<f32>>, ModelError> {
    check(model, example, places)?;
    let (text, places) = (text(example), places.clone());
    let slopes = match model.computing().await? {
        Computing::Plain(weights) => Pass::word_slopes(&weights, &text, places),
        Computing::Card(card) => reader::word_slopes(&card, &text, places).await?,
    };
    if !slopes.iter().all(|slope| slope.is_finite()) {
        return Err(ModelError::NotANumber);
    }
    let width = model.config().vocab_size;
    Ok(slopes.chunks_exact(width).map(<[f32]>::to_vec).collect())
}

/// Makes sure that the places are some of the prompt, and that something follows on it.
fn check(model: &Llama, example: &Example, places: &Range<usize>) -> Result<(), ModelError> {
    model.check(std::slice::from_ref(&example.tokens))?;
    let (length, prompt) = (example.tokens.len(), example.prompt);
    if places.is_empty() || places.end > prompt || prompt >= length {
        return Err(ModelError::NoResponse {
            index: 0,
            prompt,
            length,
        });
    }
    Ok(())
}

#[cfg(all(test, feature = "cli"))]
mod tests {
    use super::*;
    use crate::gpu::Site;
    use crate::gpu::testing::device;
    use crate::model::log_probabilities::token_log_probabilities;
    use crate::model::parameter::read;
    use crate::model::{LlamaConfig, Parameter};
    use burn::tensor::{Int, Tensor, TensorData, activation};
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn model() -> Llama {
        let config = LlamaConfig {
            vocab_size: 40,
            hidden_size: 16,
            intermediate_size: 24,
            num_hidden_layers: 2,
            num_attention_heads: 2,
            num_key_value_heads: 2,
            head_dim: 8,
            max_position_embeddings: 32,
            rms_norm_eps: 1e-5,
            rope_theta: 10_000.0,
            tie_word_embeddings: true,
            bos_token_id: None,
            eos_token_id: vec![1],
            pad_token_id: Some(0),
        };
        let rng = &mut ChaCha8Rng::seed_from_u64(5);
        let small = Llama::initialise(config, rng, &Site::Cpu).unwrap();
        // At birth every word is worth about as much as any other; larger weights have opinions.
        let larger = small.parameters().into_iter().map(|(_, one)| match one {
            Parameter::Two(matrix) => Parameter::Two(matrix.mul_scalar(10.0)),
            norm => norm,
        });
        small.with_parameters(larger.collect()).unwrap()
    }

    /// The words at some places as ones and zeros, `[places, vocabulary]`.
    fn choices(model: &Llama, example: &Example, places: &Range<usize>) -> Tensor<2> {
        let width = model.config().vocab_size;
        let mut ones = vec![0.0f32; places.len() * width];
        for (row, place) in ones.chunks_exact_mut(width).zip(places.clone()) {
            row[example.tokens[place] as usize] = 1.0;
        }
        Tensor::from_data(TensorData::new(ones, [places.len(), width]), model.device())
    }

    /// The log-probability of the response where `words` stands at the places, `[1]`.
    fn log_probability(
        model: &Llama,
        example: &Example,
        places: &Range<usize>,
        words: Tensor<2>,
    ) -> Tensor<1> {
        let device = model.device().clone().without_autodiff();
        let indices = |tokens: &[u32]| {
            let tokens: Vec<i32> = tokens.iter().map(|token| *token as i32).collect();
            let count = tokens.len();
            Tensor::<1, Int>::from_data(TensorData::new(tokens, [count]), &device)
        };
        // The last token is predicted, never read.
        let read = example.tokens.len() - 1;
        let rows = |tokens: &[u32]| model.embedding().clone().select(0, indices(tokens));
        let mut parts = Vec::with_capacity(3);
        if places.start > 0 {
            parts.push(rows(&example.tokens[..places.start]));
        }
        parts.push(words.matmul(model.embedding().clone()));
        if places.end < read {
            parts.push(rows(&example.tokens[places.end..read]));
        }
        let hidden = model.hidden_of(Tensor::cat(parts, 0), 1, read);
        let count = example.tokens.len() - example.prompt;
        let predicting = hidden.narrow(0, example.prompt - 1, count);
        let of_all = activation::log_softmax(model.project(predicting), 1);
        let said = indices(&example.tokens[example.prompt..]).reshape([count, 1]);
        of_all.gather(1, said).sum()
    }

    #[test]
    fn slopes_agree_with_finite_differences() {
        let model = model();
        let example = Example {
            tokens: vec![3, 9, 14, 22, 31, 5, 8, 17, 2],
            prompt: 6,
        };
        let places = 2..5;
        let value = |words: Tensor<2>| -> f64 {
            let value = log_probability(&model, &example, &places, words);
            f64::from(pollster::block_on(read(value)).unwrap()[0])
        };
        let ones = choices(&model, &example, &places);
        let whole = token_log_probabilities(&model, std::slice::from_ref(&example)).unwrap();
        let whole = pollster::block_on(read(whole.values)).unwrap();
        let whole: f64 = whole.into_iter().map(f64::from).sum();
        let here = value(ones.clone());
        assert!((here - whole).abs() < 1e-4, "{here} {whole}");

        let slopes = pollster::block_on(word_slopes(&model, &example, &places)).unwrap();
        assert_eq!((slopes.len(), slopes[0].len()), (3, 40));
        let step = 0.05;
        for (place, word) in [(0, 14), (0, 7), (1, 30), (2, 31), (2, 0), (2, 39)] {
            let moved = |by: f32| {
                let mut flat = vec![0.0f32; 3 * 40];
                flat[place * 40 + word] = by;
                let change = Tensor::from_data(TensorData::new(flat, [3, 40]), model.device());
                value(ones.clone() + change)
            };
            let expected = (moved(step) - moved(-step)) / (2.0 * f64::from(step));
            let found = f64::from(slopes[place][word]);
            let slack = 0.02 * expected.abs() + 2e-3;
            assert!(
                (found - expected).abs() < slack,
                "{place} {word}: {found} {expected}"
            );
        }
        let steepest = slopes
            .iter()
            .flatten()
            .fold(0.0f32, |most, s| most.max(s.abs()));
        assert!(steepest > 0.05, "the test has something to see: {steepest}");

        if let Some((opened, _turn)) = device() {
            let there = model.at(&opened.site);
            let found = pollster::block_on(word_slopes(&there, &example, &places)).unwrap();
            let pairs = found.iter().flatten().zip(slopes.iter().flatten());
            let apart = pairs.map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(apart < 1e-4 * steepest, "{apart} of {steepest}");
        }
    }

    #[test]
    fn places_outside_of_the_prompt_are_refused() {
        let model = model();
        let example = Example {
            tokens: vec![3, 9, 14, 22],
            prompt: 3,
        };
        for places in [2..4, 3..3, 7..9] {
            assert!(pollster::block_on(word_slopes(&model, &example, &places)).is_err());
        }
    }
}
