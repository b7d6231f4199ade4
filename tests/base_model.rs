//! Gates that the committed base models pass: what a society of them needs to be one. The weak
//! model is only reported. The same probes: `mores evaluate --probes --model DIR`.

use mores::evaluation::probe::report::table;
use mores::evaluation::probe::{Probes, Probing, people};
use mores::formats::Folder;
use mores::formats::hugging_face::{self, Loaded};
use mores::gpu::{self, EngineKind};
use mores::lab::digest::Digest;
use mores::lab::seed::{self, Purpose};
use mores::model::Llama;
use mores::world::tokenizer::Tokenizer;
use std::path::Path;
use std::time::Instant;

/// Seed of the sampled answers, the default of `mores evaluate`.
const SEED: u64 = 1;

fn read(name: &str) -> Loaded {
    let models = Path::new(env!("CARGO_MANIFEST_DIR")).join("public/models");
    let mut folder = Folder::new();
    for entry in std::fs::read_dir(models.join(name)).expect("the base model is committed") {
        let entry = entry.expect("readable");
        folder.insert(
            entry.file_name().to_string_lossy().into_owned(),
            std::fs::read(entry.path()).expect("readable"),
        );
    }
    hugging_face::read_folder(&folder).expect("a model folder")
}

fn load(name: &str) -> (Llama, Tokenizer) {
    let loaded = read(name);
    let tokenizer = Tokenizer::from_json(&loaded.tokenizer.expect("a tokenizer")).expect("ours");
    assert_eq!(
        tokenizer,
        Tokenizer::village(),
        "{name} learned the village as it is now"
    );
    let opened = pollster::block_on(gpu::open(EngineKind::Cpu)).expect("the CPU");
    let model =
        Llama::from_tensors(loaded.config, loaded.tensors, &opened.site).expect("weights fit");
    (model, tokenizer)
}

fn probes(name: &str) -> Probes {
    let (model, tokenizer) = load(name);
    let begun = Instant::now();
    let mut probing = Probing::new();
    let generator = |prompt: u64| seed::stream(SEED, Purpose::Evaluation, prompt);
    let found = loop {
        let slice = probing.advance(&model, &tokenizer, &generator);
        if let Some(found) = pollster::block_on(slice).expect("answers") {
            break found;
        }
    };
    let seconds = begun.elapsed().as_secs_f32();
    println!(
        "{name}, {seconds:.0} s\n\n{}",
        table(&found, Some(&people()))
    );
    found
}

fn passes_every_gate(name: &str) {
    let gates = probes(name).gates();
    let failed: Vec<_> = gates.iter().filter(|gate| !gate.passed).collect();
    assert!(failed.is_empty(), "{name}: {failed:#?}");
}

#[test]
fn the_standard_model_passes_every_gate() {
    passes_every_gate("standard");
}

#[test]
fn the_strong_model_passes_every_gate() {
    passes_every_gate("strong");
}

/// It may fail gates, since that is what it is for; but it must speak the village's language.
#[test]
fn the_weak_model_speaks_and_is_reported() {
    let found = probes("weak");
    for share in [
        &found.parsed,
        &found.followed,
        &found.swayed,
        &found.bad_after_good,
        &found.bad_behind_unseen,
        &found.gibberish,
    ] {
        assert!(share.count >= 100, "{share:?}");
        let estimate = share.share;
        assert!(estimate.low <= estimate.value && estimate.value <= estimate.high);
        assert!((0.0..=1.0).contains(&estimate.value));
    }
    assert!((2.0..=6.0).contains(&found.alignment.value), "{found:?}");
    assert!(found.parsed.share.value > 0.8, "{:?}", found.parsed);
    assert!(found.gibberish.share.value < 0.25, "{:?}", found.gibberish);
    assert_eq!(found.gates().len(), people().gates().len());
}

#[test]
fn how_far_a_memory_may_be_was_measured_on_these_very_models() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found =
        std::fs::read(root.join("public/findings/memory_distance.json")).expect("committed");
    let found: serde_json::Value = serde_json::from_slice(&found).expect("JSON");
    for (number, name) in ["weak", "standard", "strong"].into_iter().enumerate() {
        let measured = &found["models"][number];
        let digest = Digest::of_weights(&read(name).tensors).hex();
        assert_eq!(measured["model"], name);
        assert_eq!(measured["digest"], digest, "run `mores calibrate` anew");
        // What comes to mind is mostly of use, except to the weak.
        let precision = measured["chosen"]["precision"].as_f64().expect("a share");
        assert!(
            precision > if name == "weak" { 0.5 } else { 0.75 },
            "{name}"
        );
    }
}
