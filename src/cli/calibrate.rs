//! `mores calibrate`: how far may a memory be and still be worth recalling?
//!
//! Embeds questions and lessons with each shipped model and measures, for societies as they are
//! born, how far the nearest memory is when it helps and when it misleads.

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::evaluation::recall::{Distances, Histogram, Quality, RULE, Scene};
use crate::gpu::Opened;
use crate::lab::LabError;
use crate::lab::config::{BaseModel, SocietyConfig};
use crate::lab::digest::Digest;
use crate::lab::seed::{self, Purpose};
use crate::model::embed;
use crate::world::prompt;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::path::PathBuf;

/// The published threshold, of another embedder.
const PUBLISHED: f32 = 0.3;

/// Societies the questions are spread over, so that no one society's lessons decide.
const SOCIETIES: u16 = 4;

/// Questions embedded at a time.
const BATCH: usize = 48;

/// Arguments of `mores calibrate`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder of the shipped models
    #[arg(long, default_value_os_t = host::default_models())]
    models: PathBuf,
    /// Questions put to every agent of a society, altogether
    #[arg(long, default_value_t = 600, value_parser = clap::value_parser!(u16).range(4..=10_000))]
    questions: u16,
    /// Seed of societies and questions
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// File for what was found, as JSON
    #[arg(long, default_value = "public/findings/memory_distance.json")]
    out: PathBuf,
}

/// What was measured of one model.
struct Finding {
    model: BaseModel,
    digest: Digest,
    distances: Distances,
    chosen: Quality,
    published: Quality,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let config = SocietyConfig::default();
    let scenes: Vec<Scene> = (0..SOCIETIES)
        .map(|society| {
            let rng = &mut seed::stream(arguments.seed, Purpose::Society, society.into());
            let questions = arguments.questions / SOCIETIES;
            Scene::draw(&config, questions.into(), rng)
        })
        .collect();
    let mut findings = Vec::new();
    for model in BaseModel::ALL {
        findings.push(measure(arguments, &opened, model, scenes.clone())?);
    }
    let found = report(arguments, &config, &findings);
    let mut text = serde_json::to_string_pretty(&found)
        .map_err(|error| CliError::Failed(error.to_string()))?;
    text.push('\n');
    files::write(&arguments.out, text.as_bytes())?;
    print(&table(&findings, &arguments.out.display().to_string()))
}

/// Embeds all scenes with a model.
fn measure(
    arguments: &Arguments,
    opened: &Opened,
    which: BaseModel,
    scenes: Vec<Scene>,
) -> Result<Finding, CliError> {
    let folder = arguments.models.join(which.folder());
    let (model, tokenizer) = files::load_speaking_model(&folder, opened)?;
    let digest = Digest::of_weights(&pollster::block_on(model.to_tensors())?);
    let mut distances = Distances::default();
    let mut progress = Progress::new();
    for (number, mut scene) in (1..).zip(scenes) {
        let waiting = scene.needs_embedding();
        for (batch, questions) in waiting.chunks(BATCH).enumerate() {
            progress.say(&format!(
                "{}: society {number} of {SOCIETIES}, {} of {} questions",
                which.folder(),
                batch * BATCH,
                waiting.len()
            ));
            let tokens: Vec<Vec<u32>> = questions
                .iter()
                .map(|question| tokenizer.encode(&prompt::compared(question)))
                .collect();
            let embeddings = pollster::block_on(embed(&model, &tokens))?;
            scene
                .supply(questions.iter().cloned().zip(embeddings).collect())
                .map_err(LabError::from)?;
        }
        distances.add(&scene);
    }
    progress.end();
    Ok(Finding {
        model: which,
        digest,
        chosen: distances.at(distances.best()),
        published: distances.at(PUBLISHED),
        distances,
    })
}

fn report(arguments: &Arguments, config: &SocietyConfig, findings: &[Finding]) -> Value {
    let engine = match arguments.engine {
        EngineArgument::Cpu => "cpu",
        EngineArgument::Wgpu => "wgpu",
    };
    let models: Vec<Value> = findings
        .iter()
        .map(|finding| {
            let nearest = finding.distances.nearest_histogram();
            let pairs = finding.distances.pair_histogram();
            json!({
                "model": finding.model.folder(),
                "digest": finding.digest.hex(),
                "findable": findable(&finding.distances),
                "nearest_helps": finding.distances.at(f32::INFINITY).precision,
                "chosen": finding.chosen,
                "published": finding.published,
                "nearest": bars(&nearest, ["helps", "misleads"]),
                "pairs": bars(&pairs, ["same_thing", "same_topic", "other_topic"]),
            })
        })
        .collect();
    json!({
        "command": format!(
            "mores calibrate --questions {} --seed {} --engine {engine}",
            arguments.questions, arguments.seed
        ),
        "rule": RULE,
        "societies": SOCIETIES,
        "agents": config.agents(),
        "memories": config.memories_at_birth,
        "questions": arguments.questions / SOCIETIES * SOCIETIES,
        "models": models,
    })
}

fn bars<const CLASSES: usize>(histogram: &Histogram<CLASSES>, names: [&str; CLASSES]) -> Value {
    let mut value = json!({ "bin_width": histogram.bin_width });
    for (name, counts) in names.into_iter().zip(&histogram.counts) {
        value[name] = json!(counts);
    }
    value
}

/// Share of questions asked of somebody who remembers something about the same thing.
fn findable(distances: &Distances) -> f64 {
    let findable = distances.nearest.iter().filter(|nearest| nearest.findable);
    findable.count() as f64 / distances.nearest.len().max(1) as f64
}

fn table(findings: &[Finding], written: &str) -> String {
    let mut text = String::from(
        "            distance  recalled  precision  recall  fall-out  Youden's J  found of findable\n",
    );
    for finding in findings {
        for (name, quality) in [
            (finding.model.folder(), &finding.chosen),
            ("", &finding.published),
        ] {
            let percent = |share: f64| format!("{:.1} %", 100.0 * share);
            // Writing to a String cannot fail.
            let _ = writeln!(
                text,
                "{name:<10}{:>10.3}{:>10}{:>11}{:>8}{:>10}{:>12.3}{:>19}",
                quality.threshold,
                percent(quality.recalled),
                percent(quality.precision),
                percent(quality.recall),
                percent(quality.fall_out),
                quality.youden,
                percent(quality.found),
            );
        }
    }
    let _ = write!(
        text,
        "Each model's first row: {RULE}. Its second: the published distance.\nHistograms are in {written}."
    );
    text
}
