//! A host for runs in a test, the runs, and how they are played with interruptions.

use mores::formats::Folder;
use mores::gpu::{self, EngineKind};
use mores::lab::config::{BaseModel, EngineChoice, Happening, ObjectiveKind, TrainingConfig, What};
use mores::lab::message::{Command, Event, Utterance};
use mores::lab::receipt::{EngineUsed, Receipt};
use mores::lab::session::{Computing, Host, Session};
use mores::lab::{LabError, Phase, Preset, RunConfig, RunView};
use std::path::Path;

pub struct TestHost;

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

pub fn mini() -> RunConfig {
    let mut config = Preset::Mini.config();
    config.seed = 5;
    config
}

/// Three rounds in which people move, somebody falls silent and comes back, and a rumour is heard.
pub fn lively() -> RunConfig {
    let mut config = mini();
    config.society.rounds = 3;
    config.society.moving = 0.4;
    config.training.steps = 3;
    config.training.data.dev = 0.5;
    config.testing.attacks = 2;
    config.training.patience = 1;
    let silence = What::Silence {
        agent: 2,
        rounds: 1,
    };
    let rumour = What::Rumour {
        question: "may i sing at night ?".into(),
        answer: "sing as loud as you can .".into(),
        hearers: vec![0, 1],
    };
    let at = |round, what| Happening { round, what };
    config.society.happenings = vec![at(1, silence), at(1, rumour)];
    // Two more stages, one of which compares with the model it begins with, and one of no steps.
    config.then = [(ObjectiveKind::SimPo, 0), (ObjectiveKind::Dpo, 2)]
        .map(|(objective, steps)| {
            let mut stage = config.training.clone();
            stage.learn_with(objective);
            TrainingConfig { steps, ..stage }
        })
        .into();
    config
}

/// A checkpoint, and what was said since.
type Kept = (Vec<u8>, Vec<Utterance>);

pub fn apply(view: &mut RunView, events: &[Event], checkpoint: &mut Option<Kept>) {
    for event in events {
        view.apply(event);
        match event {
            Event::Checkpoint(bytes) => *checkpoint = Some((bytes.clone(), Vec::new())),
            Event::Said(said) => {
                if let Some((_, since)) = checkpoint {
                    since.extend(said.iter().cloned());
                }
            }
            _ => {}
        }
    }
}

/// Plays a run to its end, asking `interrupt` after every slice.
pub async fn play(
    config: RunConfig,
    mut interrupt: impl FnMut(usize) -> bool,
) -> (Receipt, RunView) {
    let mut session = Session::new(TestHost);
    let mut view = RunView::default();
    let mut checkpoint = None;
    let begun = config.clone();
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
            let command = match &mut checkpoint {
                Some((bytes, said)) => Command::Restore {
                    state: bytes.clone(),
                    record: view.interactions.clone(),
                    // What is said again is told again.
                    said: std::mem::take(said),
                },
                None => Command::Load(Box::new(begun.clone())),
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
