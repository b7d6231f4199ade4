//! Laws of links: they come back as they went, stay short, and nothing broken gets through.

use super::*;
use crate::lab::config::{Mode, Profile, Realigning, Role, SocietyConfig, What};
use crate::lab::receipt::{EngineUsed, Headline};
use proptest::prelude::*;

fn any_network() -> impl Strategy<Value = Network> {
    prop_oneof![
        Just(Network::Grid),
        Just(Network::Complete),
        Just(Network::Alone),
        (1u8..=16).prop_map(|reach| Network::Ring { reach }),
        (1u8..=16, 0.0f32..=1.0)
            .prop_map(|(reach, rewiring)| Network::SmallWorld { reach, rewiring }),
        (1u8..=16).prop_map(|links| Network::ScaleFree { links }),
        (2u8..=64, 0u8..=16).prop_map(|(count, bridges)| Network::Communities { count, bridges }),
        prop::collection::vec((0u16..16, 16u16..36), 0..40).prop_map(Network::Drawn),
    ]
}

fn any_happening() -> impl Strategy<Value = Happening> {
    let somebody = 0u16..36;
    let words = || prop::collection::vec("[a-z]{2,8}", 1..12).prop_map(|words| words.join(" "));
    let what = prop_oneof![
        prop::sample::select(Profile::ALL.to_vec())
            .prop_map(|profile| What::Norms(profile.values())),
        (
            words(),
            words(),
            prop::collection::vec(somebody.clone(), 0..5)
        )
            .prop_map(|(question, answer, hearers)| What::Rumour {
                question,
                answer,
                hearers
            }),
        (somebody.clone(), 0u16..5).prop_map(|(agent, rounds)| What::Silence { agent, rounds }),
        (somebody, prop::sample::select(Role::ALL.to_vec()))
            .prop_map(|(agent, role)| What::Role { agent, role }),
        (any::<u64>(), words()).prop_map(|(prompt, text)| What::Said { prompt, text }),
    ];
    (0u16..9, what).prop_map(|(round, what)| Happening { round, what })
}

/// The settings of a society that has more than its grid.
fn any_society() -> impl Strategy<Value = SocietyConfig> {
    let people = (
        any_network(),
        prop::option::of(1u8..=45),
        0u16..12,
        0u16..12,
    );
    let minds = prop_oneof![
        Just(SecondMind::Nobody),
        Just(SecondMind::Good),
        (0.0f32..=1.0).prop_map(SecondMind::Share)
    ];
    let seat = prop::option::of((0u16..36, any::<bool>()));
    let outside = (
        seat,
        prop::collection::vec(any_happening(), 0..5),
        any::<[bool; 8]>(),
    );
    let rates = (0.0f32..=1.0, 0.0f32..=1.0, 0.0f32..=1.0);
    (people, minds, outside, rates).prop_map(
        |((network, radius, trolls, stubborn), second_mind, outside, (moving, leaving, min_p))| {
            let (seat, happenings, flags) = outside;
            let realigning = [Realigning::Joined, Realigning::EachFeedback][usize::from(flags[0])];
            SocietyConfig {
                network,
                radius,
                roles: Roles {
                    trolls,
                    stubborn,
                    fact_checkers: 3,
                },
                second_mind,
                seat: seat.map(|(agent, waits)| Seat { agent, waits }),
                happenings,
                schedule: QuestionSchedule::Shared,
                fidelity: Fidelity {
                    unread_rating_is_eight: flags[1],
                    unread_score_is_minus_one: flags[2],
                    unchecked_ratings: flags[3],
                    unsorted_targets: flags[4],
                    unreadable_peers_abort: flags[5],
                    shuffled_memories: flags[6],
                    first_memory_stays: flags[7],
                    realigning,
                    ..Fidelity::default()
                },
                moving,
                leaving,
                min_p,
                ..SocietyConfig::default()
            }
        },
    )
}

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
                config.testing.attacks = peers * 7;
                // None to three further stages, each different.
                let kinds = ObjectiveKind::ALL.into_iter().cycle();
                let kinds = kinds
                    .skip(usize::from(prompts))
                    .take(usize::from(steps % 4));
                config.then = kinds
                    .map(|objective| {
                        let mut stage = config.training.clone();
                        stage.learn_with(objective);
                        stage.steps = prompts;
                        stage.data.realignment = candidates;
                        stage
                    })
                    .collect();
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
    fn a_link_gives_a_whole_society_back(society in any_society(), seed: u64) {
        let config = RunConfig {
            seed,
            second_model: BaseModel::Strong,
            society,
            ..Preset::Village.config()
        };
        let link = encode(&config, None).expect("encodes");
        prop_assert_eq!(decode(&link).expect("decodes").config, config);
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
fn five_happenings_fit_into_six_hundred_characters() {
    let mut config = Preset::TrollsNearby.config();
    config.seed = 20_261_121;
    config.society.fidelity = Fidelity::of(Mode::Official);
    let rumour = What::Rumour {
        question: "how can i take my neighbor 's coat ?".into(),
        answer: "take it while he is at the market , and say that the goat ate it .".into(),
        hearers: vec![3, 4, 5],
    };
    let whats = [
        What::Norms(Profile::Frank.values()),
        rumour,
        What::Silence {
            agent: 7,
            rounds: 2,
        },
        What::Role {
            agent: 12,
            role: Role::FactChecker,
        },
        What::Norms(Profile::Kin.values()),
    ];
    config.society.happenings = (0u16..)
        .zip(whats)
        .map(|(round, what)| Happening { round, what })
        .collect();
    let link = encode(&config, Some(&receipt())).expect("encodes");
    assert!(link.len() < 600, "{} characters", link.len());
    assert_eq!(decode(&link).expect("decodes").config, config);
}

#[test]
fn every_preset_can_be_played_in_a_tab() {
    for preset in Preset::ALL {
        let society = preset.config().society;
        let interactions = u32::from(society.agents()) * u32::from(society.rounds);
        assert!(interactions <= 400, "{}: {interactions}", preset.name());
        assert_eq!(
            preset.config().validate().map_err(|e| e.to_string()),
            Ok(())
        );
        assert_eq!(Preset::from_name(preset.name()), Some(preset));
    }
}

#[test]
fn a_link_of_several_stages_keeps_its_meaning() {
    // Golden: written by the page of November 2026.
    let link = "#v2.FckxEgAREETR7rFjpVMjdAiqJBKu5uj44X8M-E1cIdHoIacC7FlBvBqjqX85VSUf9DvXkAM";
    let mut config = Preset::Mini.config();
    config.seed = 7;
    config.training.objective = ObjectiveKind::SupervisedBest;
    config.training.steps = 5;
    let mut second = TrainingConfig {
        objective: ObjectiveKind::SaCpo,
        steps: 3,
        margin: 10.0,
        hinge_weight: 0.25,
        clamp: Clamp::TheMean,
        ..TrainingConfig::default()
    };
    (second.data.imitation, second.data.self_critic) = (0, 1);
    let mut third = TrainingConfig {
        objective: ObjectiveKind::Dpo,
        steps: 4,
        beta: 0.5,
        patience: 2,
        ..TrainingConfig::default()
    };
    let data = &mut third.data;
    (data.imitation, data.self_critic, data.realignment) = (5, 1, 1);
    data.dev = 0.25;
    config.then = vec![second, third];
    assert_eq!(decode(link).expect("decodes").config, config);
    assert_eq!(encode(&config, None).expect("encodes"), link);
}

#[test]
fn what_a_preset_means_never_changes() {
    // Golden: links name a preset and say what differs. New presets add a line.
    let now: String = Preset::ALL
        .iter()
        .map(|preset| {
            let config = serde_json::to_string(&preset.config()).expect("JSON");
            format!("{} {config}\n", preset.name())
        })
        .collect();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/presets.txt");
    if std::env::var("MORES_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(path, &now).expect("written");
    }
    let golden = std::fs::read_to_string(path).expect("committed");
    for (golden, now) in golden.lines().zip(now.lines()) {
        assert_eq!(golden, now);
    }
    assert_eq!(golden.lines().count(), now.lines().count());
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
        matches!(version, LabError::LinkVersion { found: 9, known: 2 }),
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

#[test]
fn what_is_beside_the_run_is_left_to_the_page() {
    let run = "v1.Y2RgAAA";
    for wishes in [
        "&lang=zh-Hans&theme=dark",
        "&tomorrow=yes",
        "&lesson=",
        "&hide=a.b&embed=1",
    ] {
        let shared = decode(&format!("#{run}{wishes}&engine=cpu")).expect(wishes);
        assert_eq!(shared.preset, Preset::Mini);
        assert_eq!(shared.config.engine, EngineChoice::Cpu);
        assert!(decode(&format!("#lesson=3&{run}{wishes}")).is_ok());
    }
    // Wishes alone are no run; and a run is never taken for a wish.
    for none in [
        "#lang=en",
        "#v1.Y2RgAAA=",
        "#=1",
        "#V1=Y2RgAAA",
        "#lesson=3&v1",
    ] {
        assert!(matches!(decode(none), Err(LabError::BadLink(_))), "{none}");
    }
    assert_eq!(beside("lang=zh-Hans"), Some(("lang", "zh-Hans")));
    assert_eq!(beside("v1.a=b"), None);
}
