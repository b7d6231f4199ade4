//! One full training step held to PyTorch's: loss, every gradient, every weight after AdamW.
//!
//! The fixtures and what is in them come from `tests/reference/llama.py`.
#![cfg(feature = "cli")]

use burn::tensor::Device;
use mores::alignment::objective::{Answer, Contrast, Objective, tensor};
use mores::alignment::optimizer::{AdamW, AdamWSettings, gradients_of};
use mores::alignment::passes::Passes;
use mores::formats::{Folder, hugging_face, safetensors};
use mores::gpu::Site;
use mores::model::log_probabilities::{Example, token_log_probabilities};
use mores::model::{Llama, NamedTensor, Parameter};
use serde_json::Value;
use std::path::PathBuf;

fn read(name: &str, file: &str) -> Vec<u8> {
    let fixtures = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/llama");
    std::fs::read(fixtures.join(name).join(file)).unwrap()
}

/// The largest difference, relative to the largest value there should be.
fn apart(found: &[f32], wanted: &[f32]) -> f32 {
    assert_eq!(found.len(), wanted.len());
    let largest = wanted
        .iter()
        .fold(0.0f32, |most, value| most.max(value.abs()));
    let differences = found.iter().zip(wanted).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max) / largest
}

fn tokens(value: &Value) -> Vec<u32> {
    value
        .as_array()
        .unwrap()
        .iter()
        .map(|token| token.as_u64().unwrap() as u32)
        .collect()
}

fn named(model: &Llama, parameters: Vec<Parameter>) -> Vec<NamedTensor> {
    let model = model.with_parameters(parameters).unwrap();
    pollster::block_on(model.to_tensors()).unwrap()
}

fn weights(model: &Llama) -> Vec<Parameter> {
    model
        .parameters()
        .into_iter()
        .map(|(_, parameter)| parameter)
        .collect()
}

#[test]
fn a_step_of_sa_cpo_and_adamw_is_that_of_pytorch() {
    // By hand, as the CPU engine does it, and in tensors, as any other does.
    let ways = [true, false].map(|by_hand| ["gqa_untied", "mha_tied"].map(|name| (name, by_hand)));
    for (name, by_hand) in ways.concat() {
        let files = ["config.json", "model.safetensors"];
        let folder: Folder = files
            .iter()
            .map(|file| (file.to_string(), read(name, file)))
            .collect();
        let loaded = hugging_face::read_folder(&folder).unwrap();
        let device = Device::flex();
        let model = Llama::from_tensors(loaded.config, loaded.tensors.clone(), &Site::Cpu).unwrap();

        let expected: Value = serde_json::from_slice(&read(name, "expected.json")).unwrap();
        let step = &expected["step"];
        let number = |key: &str| step[key].as_f64().unwrap();
        let query = tokens(&step["query"]);
        let candidates = step["candidates"].as_array().unwrap();
        let examples: Vec<Example> = candidates
            .iter()
            .map(|candidate| Example {
                tokens: [query.clone(), tokens(&candidate["response"])].concat(),
                prompt: query.len(),
            })
            .collect();
        let ratings: Vec<f32> = candidates
            .iter()
            .map(|candidate| candidate["rating"].as_f64().unwrap() as f32)
            .collect();
        let contrast = Contrast {
            margin: number("margin"),
            weight: number("lambda"),
            scale: number("scale"),
            ..Contrast::CORRECTED
        };
        let objective = Objective::SaCpo(contrast);

        let passes = pollster::block_on(Passes::of(&model, &examples)).unwrap();
        let rows = pollster::block_on(passes.read()).unwrap();
        let answers = rows.into_iter().zip(&ratings);
        let answers = answers.map(|(tokens, score)| Answer::of(tokens, f64::from(*score)));
        let answers: Vec<Answer> = answers.collect();
        let outcome = objective.outcome(&answers);
        let slope =
            |row: usize, token: usize, count: usize| outcome.slopes[row].of_token(token, count);
        let gradients = if by_hand {
            passes.gradients(slope)
        } else {
            let tracked = model.on(&device.clone().autodiff());
            let said = token_log_probabilities(&tracked, &examples).unwrap();
            let slopes = said.lengths.iter().enumerate().flat_map(|(row, count)| {
                (0..*count).map(move |token| slope(row, token, *count) as f32)
            });
            let loss = tensor::linearised(said.values, slopes.collect(), &device);
            gradients_of(&weights(&tracked), &mut loss.backward())
        };

        let found: Vec<f32> = answers.iter().map(|answer| -answer.mean as f32).collect();
        let wanted: Vec<f32> = step["losses"]
            .as_array()
            .unwrap()
            .iter()
            .map(|loss| loss.as_f64().unwrap() as f32)
            .collect();
        assert!(
            apart(&found, &wanted) < 1e-5,
            "{name}: {found:?} and {wanted:?}"
        );
        assert!(
            (outcome.loss / number("loss") - 1.0).abs() < 1e-5,
            "{name}: {}",
            outcome.loss
        );

        let settings = AdamWSettings {
            beta1: number("beta_1"),
            beta2: number("beta_2"),
            epsilon: number("epsilon"),
            weight_decay: number("weight_decay"),
            muon: false,
        };
        let mut optimizer = AdamW::new(settings, &weights(&model));
        let rate = number("learning_rate");
        let updated = optimizer.step(weights(&model), gradients.clone(), 1.0, rate);
        let (gradients, updated) = (named(&model, gradients), named(&model, updated));

        let reference =
            safetensors::read("step.safetensors", &read(name, "step.safetensors")).unwrap();
        let lookup = |name: String| {
            &reference
                .iter()
                .find(|tensor| tensor.name == name)
                .unwrap()
                .values
        };
        assert_eq!(reference.len(), 2 * gradients.len());
        let (mut worst_gradient, mut worst_weight, mut worst_move) = (0.0f32, 0.0f32, 0.0f32);
        for ((gradient, after), before) in gradients.iter().zip(&updated).zip(&loaded.tensors) {
            let wanted = lookup(format!("gradient.{}", gradient.name));
            worst_gradient = worst_gradient.max(apart(&gradient.values, wanted));
            let wanted = lookup(format!("updated.{}", after.name));
            worst_weight = worst_weight.max(apart(&after.values, wanted));
            // A first step moves every weight by about the learning rate: compare the moves too,
            // because next to the weights themselves they are small.
            let moved = |after: &[f32]| -> Vec<f32> {
                after
                    .iter()
                    .zip(&before.values)
                    .map(|(a, b)| a - b)
                    .collect()
            };
            worst_move = worst_move.max(apart(&moved(&after.values), &moved(wanted)));
        }
        println!(
            "{name}: gradients {worst_gradient:.1e}, weights {worst_weight:.1e}, moves {worst_move:.1e}"
        );
        assert!(worst_gradient < 1e-4, "{name}: gradients {worst_gradient}");
        assert!(worst_weight < 1e-4, "{name}: weights {worst_weight}");
        assert!(worst_move < 1e-2, "{name}: moves {worst_move}");
    }
}
