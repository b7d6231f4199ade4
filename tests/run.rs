//! Whole runs of the mini preset on the CPU engine: the same bytes every time, whatever interrupts.

use mores::formats::Folder;
use mores::gpu::{self, EngineKind};
use mores::lab::config::{BaseModel, EngineChoice};
use mores::lab::message::{Command, Event, ExportKind};
use mores::lab::receipt::{EngineUsed, Receipt};
use mores::lab::session::{Computing, Host, Session};
use mores::lab::{LabError, Phase, Preset, RunConfig, RunView};
use std::path::Path;

struct TestHost;

impl Host for TestHost {
    async fn base_model(&self, model: BaseModel) -> Result<Folder, LabError> {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("public/models")
            .join(model.folder());
        let mut folder = Folder::new();
        for entry in std::fs::read_dir(path).expect("the base model is committed") {
            let entry = entry.expect("readable");
            let name = entry.file_name().to_string_lossy().into_owned();
            folder.insert(name, std::fs::read(entry.path()).expect("readable"));
        }
        Ok(folder)
    }

    async fn open(&self, _: EngineChoice) -> Result<Computing, LabError> {
        let opened = gpu::open(EngineKind::Cpu).await?;
        Ok(Computing {
            opened,
            engine: EngineUsed::NativeCpu,
            note: None,
        })
    }

    fn seconds(&self) -> f64 {
        0.0
    }
}

fn mini() -> RunConfig {
    let mut config = Preset::Mini.config();
    config.seed = 5;
    config
}

fn apply(view: &mut RunView, events: &[Event], checkpoint: &mut Option<Vec<u8>>) {
    for event in events {
        view.apply(event);
        if let Event::Checkpoint(bytes) = event {
            *checkpoint = Some(bytes.clone());
        }
    }
}

/// Plays a run to its end, asking `interrupt` after every slice.
async fn play(config: RunConfig, mut interrupt: impl FnMut(usize) -> bool) -> (Receipt, RunView) {
    let mut session = Session::new(TestHost);
    let mut view = RunView::default();
    let mut checkpoint = None;
    let events = session.handle(Command::Load(Box::new(config))).await;
    apply(&mut view, &events, &mut checkpoint);
    apply(
        &mut view,
        &session.handle(Command::Start).await,
        &mut checkpoint,
    );
    let mut slice = 0;
    while view.phase() != Phase::Done {
        assert_ne!(view.phase(), Phase::Failed, "{:?}", view.failure);
        if !session.is_busy() {
            apply(
                &mut view,
                &session.handle(Command::Start).await,
                &mut checkpoint,
            );
        }
        apply(&mut view, &session.advance().await, &mut checkpoint);
        slice += 1;
        if interrupt(slice) {
            // The worker dies here; a new one goes on from the last checkpoint, if there is one.
            session = Session::new(TestHost);
            let command = match &checkpoint {
                Some(bytes) => Command::Restore {
                    state: bytes.clone(),
                    record: view.interactions.clone(),
                },
                None => Command::Load(Box::new(mini())),
            };
            let events = session.handle(command).await;
            apply(&mut view, &events, &mut checkpoint);
        }
    }
    (
        view.receipt.clone().expect("a finished run has a receipt"),
        view,
    )
}

#[test]
fn a_run_gives_the_same_digests_again_and_after_any_interruption() {
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
        for cut in [1, 3, 6, 9, 14] {
            let (resumed, resumed_view) = play(mini(), |slice| slice == cut).await;
            assert_eq!(resumed, reference, "interrupted after slice {cut}");
            assert_eq!(resumed_view.interactions, view.interactions);
            assert_eq!(resumed_view.tests, view.tests);
        }
        let (other, _) = play(RunConfig { seed: 6, ..mini() }, |_| false).await;
        assert_ne!(
            other.record, reference.record,
            "another seed is another run"
        );
    });
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
