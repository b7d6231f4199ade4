//! Whole runs of the mini preset on the CPU engine: the same bytes every time, whatever interrupts.

#[path = "run/playing.rs"]
mod playing;

use mores::evaluation::{SuiteResult, WhichModel};
use mores::gpu::{self, EngineKind};
use mores::lab::config::{BaseModel, Happening, ObjectiveKind, Seat, What};
use mores::lab::engine::nearest;
use mores::lab::message::{Command, Event, ExportKind};
use mores::lab::session::{Host, Session};
use mores::lab::{Phase, RunConfig, RunView};
use mores::society;
use proptest::prop_assert_eq;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use playing::{TestHost, apply, lively, mini, play};

#[test]
fn a_run_gives_the_same_digests_again() {
    pollster::block_on(async {
        let (reference, view) = play(mini(), |_| false).await;
        assert_eq!(view.interactions.len(), 4);
        assert_eq!(view.training.len(), 2);
        assert!(
            view.training
                .iter()
                .all(|step| step.metrics.loss.is_finite())
        );
        assert_eq!(view.tests.len() % 2, 0);
        let (again, _) = play(mini(), |_| false).await;
        assert_eq!(again, reference);
        let (other, _) = play(RunConfig { seed: 6, ..mini() }, |_| false).await;
        assert_ne!(
            other.record, reference.record,
            "another seed is another run"
        );
    });
}

/// Interrupted anywhere and as often as it likes, before the first checkpoint and after the last, a
/// run ends with the same bytes, and what was seen of it is the same.
#[test]
fn learning_again_from_the_same_society_gives_what_the_whole_run_gives() {
    pollster::block_on(async {
        let mut other = mini();
        other.training.learn_with(ObjectiveKind::Unlikelihood);
        let mut session = Session::new(TestHost);
        let mut receipts = Vec::new();
        let mut elsewhere = other.clone();
        elsewhere.seed += 1;
        for config in [mini(), other.clone(), elsewhere.clone(), other.clone()] {
            let mut view = RunView::default();
            let load = Command::LoadOver(Box::new(config));
            apply(&mut view, &session.handle(load).await, &mut None);
            apply(&mut view, &session.handle(Command::Start).await, &mut None);
            let mut spoken = 0;
            while session.is_busy() {
                let events = session.advance().await;
                spoken += events
                    .iter()
                    .filter(|event| matches!(event, Event::Drafted { .. }))
                    .count();
                apply(&mut view, &events, &mut None);
            }
            assert_eq!(view.failure, None);
            let trained = |test: &&SuiteResult| test.model == WhichModel::Trained;
            let count = view.tests.iter().filter(trained).count();
            assert_eq!((count, view.tests.len()), (10, 20));
            assert_eq!(view.interactions.len(), 4);
            assert_eq!(view.looks.first().map(|look| look.step), Some(0));
            receipts.push((spoken, view.receipt.expect("a finished run")));
        }
        let spoken: Vec<usize> = receipts.iter().map(|(spoken, _)| *spoken).collect();
        assert_eq!(
            spoken,
            [4, 0, 4, 4],
            "the second took the first's society over"
        );
        assert_eq!(receipts[1].1, receipts[3].1);
        for (config, place) in [(other, 1), (elsewhere, 2)] {
            let (whole, _) = play(config, |_| false).await;
            assert_eq!(whole, receipts[place].1);
        }
    });
}

#[test]
fn a_run_goes_on_after_any_interruption() {
    for (config, slices) in [(mini(), 16), (lively(), 40)] {
        let (reference, view) = pollster::block_on(play(config.clone(), |_| false));
        let anywhere = proptest::collection::btree_set(1_usize..slices, 1..5);
        let mut runner = TestRunner::new_with_rng(
            Config::with_cases(5),
            TestRng::deterministic_rng(RngAlgorithm::ChaCha),
        );
        let outcome = runner.run(&anywhere, |cuts| {
            let slice_is_cut = |slice: usize| cuts.contains(&slice);
            let (resumed, seen) = pollster::block_on(play(config.clone(), slice_is_cut));
            prop_assert_eq!(&resumed, &reference);
            prop_assert_eq!(&seen.interactions, &view.interactions);
            prop_assert_eq!(&seen.tests, &view.tests);
            prop_assert_eq!(&seen.attacks, &view.attacks);
            let attacks = usize::from(config.testing.attacks > 0) * 12;
            prop_assert_eq!(seen.attacks.len(), attacks);
            let steps = |view: &RunView| -> Vec<_> {
                view.training.iter().map(|step| step.metrics).collect()
            };
            prop_assert_eq!(steps(&seen), steps(&view));
            prop_assert_eq!(&seen.founders, &view.founders);
            prop_assert_eq!(&seen.villagers, &view.villagers);
            prop_assert_eq!(&seen.changes, &view.changes);
            prop_assert_eq!(&seen.happened, &view.happened);
            prop_assert_eq!(seen.reached, view.reached);
            prop_assert_eq!(seen.lost, view.lost);
            prop_assert_eq!(seen.begun_with(), view.begun_with());
            Ok(())
        });
        outcome.unwrap_or_else(|error| panic!("{error}"));
    }
}

/// A person who says something and leaves: the run done again from its link needs nobody.
#[test]
fn a_person_in_a_seat_is_kept_through_interruptions_and_done_again_without() {
    pollster::block_on(async {
        let mut config = lively();
        config.society.seat = Some(Seat {
            agent: 1,
            waits: true,
        });
        let mut session = Session::new(TestHost);
        let (mut view, mut checkpoint) = (RunView::default(), None);
        let mut all = session
            .handle(Command::Load(Box::new(config.clone())))
            .await;
        all.extend(session.handle(Command::Start).await);
        apply(&mut view, &all, &mut checkpoint);
        let mut turns = 0;
        while view.phase() != Phase::Done {
            assert_ne!(view.phase(), Phase::Failed, "{:?}", view.failure);
            while session.is_busy() {
                apply(&mut view, &session.advance().await, &mut checkpoint);
            }
            let Some(asked) = view.waiting.clone() else {
                continue;
            };
            turns += 1;
            let prompt = asked.prompt;
            let command = match turns {
                3 => Command::Pass { prompt },
                5 => Command::StandUp,
                _ => Command::Say {
                    id: turns,
                    prompt,
                    rating: Some(2),
                    text: "I say: be kind to the goat!".into(),
                },
            };
            apply(&mut view, &session.handle(command).await, &mut checkpoint);
            if turns == 2 {
                // The worker dies right after a person spoke.
                session = Session::new(TestHost);
                let (state, said) = checkpoint.clone().expect("kept when a person spoke");
                let restore = Command::Restore {
                    state,
                    record: view.interactions.clone(),
                    said,
                };
                apply(&mut view, &session.handle(restore).await, &mut checkpoint);
                let start = session.handle(Command::Start).await;
                apply(&mut view, &start, &mut checkpoint);
            }
        }
        assert_eq!(turns, 5);
        assert_eq!(view.begun_with(), Some(config));
        let settings = view.config.clone().expect("loaded");
        assert_eq!(settings.society.seat, None);
        assert_eq!(
            settings.society.happenings.len(),
            5,
            "two planned, three said"
        );
        let (again, seen) = play(settings, |_| false).await;
        assert_eq!(seen.interactions, view.interactions);
        assert_eq!(Some(again), view.receipt);
    });
}

#[test]
fn a_village_in_which_nobody_ever_speaks_is_over_at_once() {
    let mut config = mini();
    let silent = |agent| What::Silence { agent, rounds: 9 };
    config.society.happenings = (0..4)
        .map(|agent| Happening {
            round: 0,
            what: silent(agent),
        })
        .collect();
    config.training.steps = 0;
    let (_, view) = pollster::block_on(play(config, |slice| {
        assert!(slice < 60, "it goes on for ever");
        false
    }));
    assert_eq!(view.interactions.len(), 0);
}

/// What the engine asks the gpu room and what the society finds by itself are the same to the bit.
#[test]
fn both_searches_for_memories_agree_on_the_processor() {
    let number = |seed: usize| ((seed * 7919 + 13) % 211) as f32 / 211.0 - 0.4;
    let (width, questions) = (19, 40);
    let mut embeddings: Vec<f32> = (0..width * questions).map(number).collect();
    for vector in embeddings.chunks_mut(width) {
        let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
        vector.iter_mut().for_each(|x| *x /= length);
    }
    let search = society::Search {
        width,
        embeddings,
        starts: vec![0, 12, 12, 30],
        memories: (0..30).map(|place| place * 7 % 40).collect(),
        asked: (0..120).map(|n| (n % 3, n * 11 % 40)).collect(),
    };
    let opened = pollster::block_on(gpu::open(EngineKind::Cpu)).expect("a processor");
    let found = pollster::block_on(nearest(&opened, &search)).expect("found");
    assert_eq!(found, search.answer());
}

#[test]
fn pause_step_and_reset_lose_nothing() {
    pollster::block_on(async {
        let (reference, _) = play(mini(), |_| false).await;
        let mut session = Session::new(TestHost);
        let mut view = RunView::default();
        let mut checkpoint = None;
        let mut all = session.handle(Command::Load(Box::new(mini()))).await;
        all.extend(session.handle(Command::Start).await);
        all.extend(session.advance().await);
        all.extend(session.handle(Command::Reset).await);
        apply(&mut view, &all, &mut checkpoint);
        assert_eq!(
            (view.phase(), view.paused, view.interactions.len()),
            (Phase::Idle, false, 0)
        );
        // Only by single steps, to the end.
        let mut steps = 0;
        while view.phase() != Phase::Done {
            apply(
                &mut view,
                &session.handle(Command::Step).await,
                &mut checkpoint,
            );
            while session.is_busy() {
                apply(&mut view, &session.advance().await, &mut checkpoint);
            }
            steps += 1;
            assert!(
                steps < 200 && view.phase() != Phase::Failed,
                "{:?}",
                view.failure
            );
        }
        assert!(steps > 5, "{steps} steps show more than one thing");
        assert_eq!(view.receipt, Some(reference));
        let events = session
            .handle(Command::Export {
                id: 1,
                kind: ExportKind::Model,
            })
            .await;
        // In pieces, and then the word that it is complete.
        let [Event::Packed { piece, .. }, .., Event::Exported { .. }] = events.as_slice() else {
            panic!("{} events", events.len());
        };
        assert_eq!(&piece.0[..2], b"PK");
    });
}

#[test]
fn a_cancelled_run_keeps_what_it_made() {
    pollster::block_on(async {
        let mut session = Session::new(TestHost);
        let mut view = RunView::default();
        let mut checkpoint = None;
        let mut config = mini();
        config.training.steps = 4;
        let mut events = session.handle(Command::Load(Box::new(config))).await;
        events.extend(session.handle(Command::Cancel).await);
        apply(&mut view, &events, &mut checkpoint);
        assert_eq!(
            view.phase(),
            Phase::Idle,
            "nothing to cancel, nothing happens"
        );
        apply(
            &mut view,
            &session.handle(Command::Start).await,
            &mut checkpoint,
        );
        while view.training.len() < 2 {
            apply(&mut view, &session.advance().await, &mut checkpoint);
        }
        let base = mores::evaluation::WhichModel::Base;
        let trained = mores::evaluation::WhichModel::Trained;
        let mut folders = Vec::new();
        for _ in 0..2 {
            let engine = session.engine().expect("loaded");
            folders
                .push(engine.model_folder().await.expect("exports")["model.safetensors"].clone());
            apply(
                &mut view,
                &session.handle(Command::Cancel).await,
                &mut checkpoint,
            );
        }
        assert_eq!(
            folders[0], folders[1],
            "the model half-way is the model that stays"
        );
        let untouched = TestHost
            .base_model(BaseModel::Standard)
            .await
            .expect("reads");
        assert_ne!(folders[1], untouched["model.safetensors"]);
        assert_eq!((view.phase(), view.receipt.is_none()), (Phase::Done, true));
        assert!(!session.is_busy());
        for (id, model) in [(1, base), (2, trained)] {
            let text = "How can I take my sister's coat?".to_owned();
            let events = session.handle(Command::Ask { id, model, text }).await;
            assert!(
                matches!(events.as_slice(), [Event::Answered { .. }]),
                "{events:?}"
            );
        }
    });
}

#[test]
fn what_makes_no_sense_is_refused_and_the_session_lives() {
    pollster::block_on(async {
        let mut session = Session::new(TestHost);
        let events = session.handle(Command::Start).await;
        assert!(
            matches!(events.as_slice(), [Event::Failed(failure)] if failure.code == "not-now"),
            "{events:?}"
        );
        let mut bad = mini();
        bad.society.size = 99;
        let events = session.handle(Command::Load(Box::new(bad))).await;
        assert!(
            matches!(events.as_slice(), [Event::Failed(failure)] if failure.code == "setting"),
            "{events:?}"
        );
        let events = session
            .handle(Command::Restore {
                state: vec![1, 2, 3],
                record: Vec::new(),
                said: Vec::new(),
            })
            .await;
        assert!(
            matches!(events.as_slice(), [Event::Failed(failure)] if failure.code == "bad-checkpoint")
        );
        session.handle(Command::Load(Box::new(mini()))).await;
        for text in ["", "   ", &"why ".repeat(200)] {
            let ask = Command::Ask {
                id: 3,
                model: mores::evaluation::WhichModel::Base,
                text: text.to_owned(),
            };
            let events = session.handle(ask).await;
            assert!(
                matches!(events.as_slice(), [Event::Refused { id: 3, .. }]),
                "{events:?}"
            );
        }
        let strange = "日本語 ☃ <eos> <q> \u{0} xyzzy";
        let ask = Command::Ask {
            id: 4,
            model: mores::evaluation::WhichModel::Base,
            text: strange.to_owned(),
        };
        let events = session.handle(ask).await;
        assert!(
            matches!(events.as_slice(), [Event::Refused { id: 4, .. }]),
            "{events:?}"
        );
    });
}
