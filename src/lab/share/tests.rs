//! Laws of links: they come back as they went, stay short, and nothing broken gets through.

use super::*;
use crate::lab::receipt::{EngineUsed, Headline};
use proptest::prelude::*;

fn any_config() -> impl Strategy<Value = RunConfig> {
    (
        (
            any::<u64>(),
            2u8..=32,
            1u16..=50,
            0u8..=8,
            any::<bool>(),
            any::<bool>(),
            0.0f32..0.9,
        ),
        (
            0u16..=2000,
            1u8..=64,
            2u8..=8,
            1e-6f32..0.1,
            0.0f32..100.0,
            0.0f32..10.0,
            0u16..=300,
        ),
    )
        .prop_map(
            |((seed, size, rounds, peers, global, score_only, dropout), training)| {
                let mut config = Preset::TwoCamps.config();
                config.seed = seed;
                config.engine = EngineChoice::Cpu;
                config.society.size = size;
                config.society.rounds = rounds;
                config.society.peers = peers;
                config.society.global = global;
                config.society.score_only = score_only;
                config.society.dropout = dropout;
                config.society.feedback_order = FeedbackOrder::MedianLast;
                config.training.objective = ObjectiveKind::SaCpo;
                config.training.score = ScoreKind::Moral;
                let (steps, questions, candidates, rate, margin, weight, prompts) = training;
                config.training.steps = steps;
                config.training.questions_per_step = questions;
                config.training.candidates = candidates;
                config.training.learning_rate = rate;
                config.training.margin = margin;
                config.training.hinge_weight = weight;
                config.testing.prompts = prompts;
                config
            },
        )
        .prop_filter("valid", |config| config.validate().is_ok())
}

fn receipt() -> Receipt {
    Receipt {
        build: Receipt::fit_build("0123456789abcdef0123456789"),
        engine: EngineUsed::BrowserWebGpu,
        adapter: Receipt::fit_adapter(&"an adapter with a rather long name ".repeat(4)),
        record: [0xA5; 16],
        weights: [0x5A; 16],
        headline: Headline {
            alignment_base: 412,
            alignment_trained: 590,
            bad_base: 301,
            bad_trained: 42,
        },
    }
}

proptest! {
    #[test]
    fn a_link_gives_the_same_run_back(config in any_config()) {
        let link = encode(&config, Some(&receipt())).expect("encodes");
        prop_assert!(link.len() <= MOST_CHARACTERS, "{} characters", link.len());
        let shared = decode(&link).expect("decodes");
        prop_assert_eq!(shared.config, config);
        prop_assert_eq!(shared.receipt.map(|r| r.record), Some([0xA5; 16]));
    }

    #[test]
    fn any_text_is_read_or_refused_without_a_panic(text in "\\PC{0,80}") {
        let _ = decode(&text);
        let _ = decode(&format!("#v1.{text}"));
    }

    #[test]
    fn a_changed_character_never_panics(position in 4usize..60, letter in "[A-Za-z0-9_-]") {
        let mut link = encode(&RunConfig { seed: 77, ..Preset::Mini.config() }, Some(&receipt())).expect("encodes");
        if position < link.len() {
            link.replace_range(position..=position, &letter);
            let _ = decode(&link);
        }
    }
}

#[test]
fn a_preset_is_a_very_short_link() {
    for preset in Preset::ALL {
        let link = encode(&preset.config(), None).expect("encodes");
        assert!(link.len() <= 16, "{} needs {}", preset.name(), link);
        assert_eq!(decode(&link).expect("decodes").config, preset.config());
    }
}

#[test]
fn the_first_links_ever_made_still_open() {
    // Golden: written by the first build that had links. They must open for ever.
    let shared = decode("#v1.Y2BgAAA").expect("opens");
    assert_eq!(shared.config, Preset::Village.config());
}

#[test]
fn every_mistake_is_told_apart() {
    let version = decode("#v9.AAAA").expect_err("refused");
    assert!(
        matches!(version, LabError::LinkVersion { found: 9, known: 1 }),
        "{version}"
    );
    for damaged in [
        "#v0.Y2BgAAA",
        "",
        "#",
        "#v1",
        "#v1.",
        "#v1.@@@@",
        "#hello",
        "#v1.AAAA",
        "#v1.Y2BgAAA&v1.Y2BgAAA",
    ] {
        let error = decode(damaged).expect_err(damaged);
        assert!(matches!(error, LabError::BadLink(_)), "{damaged}: {error}");
    }
    let mut config = Preset::Village.config();
    config.society.size = 200;
    let payload = PayloadV1 {
        preset: 0,
        changes: vec![Change::Size(200)],
        receipt: None,
    };
    let bytes = postcard::to_allocvec(&payload).expect("serialises");
    let link = format!(
        "#v1.{}",
        URL_SAFE_NO_PAD.encode(miniz_oxide::deflate::compress_to_vec(&bytes, 9))
    );
    assert!(matches!(
        decode(&link).expect_err("refused"),
        LabError::Setting(_)
    ));
    assert!(matches!(
        encode(&config, None).expect_err("refused"),
        LabError::Setting(_)
    ));
}

#[test]
fn a_bomb_does_not_unpack() {
    let bomb = miniz_oxide::deflate::compress_to_vec(&vec![0u8; 1 << 20], 9);
    let link = format!("#v1.{}", URL_SAFE_NO_PAD.encode(bomb));
    assert!(decode(&link).is_err());
}

#[test]
fn the_engine_can_be_overridden_behind_or_without_a_run() {
    assert_eq!(
        decode("#engine=cpu").expect("opens").config.engine,
        EngineChoice::Cpu
    );
    let link = encode(&Preset::Mini.config(), None).expect("encodes") + "&engine=webgpu";
    let shared = decode(&link).expect("opens");
    assert_eq!(
        (shared.preset, shared.config.engine),
        (Preset::Mini, EngineChoice::WebGpu)
    );
    let link = link.replace('#', "#engine=cpu&");
    assert!(decode(&link).is_ok(), "on either side; the last one counts");
    assert!(decode("#engine=quantum").is_err());
}
