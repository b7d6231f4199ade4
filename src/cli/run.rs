//! `mores run`: a whole run, and its files.

use super::EngineArgument;
use super::error::CliError;
use super::files;
use super::host::NativeHost;
use super::journal::Journal;
use super::output::print;
use super::progress::Progress;
use crate::lab::message::{Command, Event, ExportKind, Stage};
use crate::lab::session::Session;
use crate::lab::view::RunView;
use crate::lab::{Preset, RunConfig, run_file::RunFile, share};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `mores run`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A link (or its fragment), a run file, or the name of a preset: village, mini,
    /// good_neighbors, bad_company, two_camps
    what: String,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Folder the results go to
    #[arg(long)]
    out: Option<PathBuf>,
    /// Folder in which the run is kept while it goes on; the same command takes it up again
    #[arg(long)]
    state: Option<PathBuf>,
    /// Folder of the base checkpoints
    #[arg(long, default_value_os_t = super::host::default_models())]
    models: PathBuf,
    /// Print the receipt and the results as JSON
    #[arg(long)]
    json: bool,
}

/// The run that a link, a file or a preset's name stands for, with the receipt it promises.
pub(super) fn resolve(what: &str) -> Result<(RunConfig, Option<crate::lab::Receipt>), CliError> {
    if let Some(preset) = Preset::from_name(what) {
        return Ok((preset.config(), None));
    }
    if what.contains('#')
        || what.starts_with('v') && what.contains('.') && !Path::new(what).exists()
    {
        let shared = share::decode(what)?;
        return Ok((shared.config, shared.receipt));
    }
    let path = Path::new(what);
    if !path.exists() {
        return Err(CliError::Usage(format!(
            "{what} is neither a link, nor a preset, nor a file that exists"
        )));
    }
    let file = RunFile::from_json(&files::read_text(path)?)?;
    Ok((file.config, file.receipt))
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let (config, promised) = resolve(&arguments.what)?;
    let mut session = Session::new(NativeHost::new(arguments.engine, arguments.models.clone()));
    let mut view = RunView::default();
    let mut progress = Progress::new();
    let mut exports: Vec<(ExportKind, Vec<u8>)> = Vec::new();
    let mut packed = Vec::new();
    let mut journal = None;
    {
        let mut take = |events: Vec<Event>, view: &mut RunView| {
            for event in events {
                view.apply(&event);
                if let Event::Progress { stage, done, total } = &event {
                    progress.say(&format!("{}: {done} of {total}", stage_name(*stage)));
                }
                match event {
                    Event::Packed { piece, .. } => packed.extend(piece.0),
                    Event::Exported { kind, .. } => {
                        exports.push((kind, std::mem::take(&mut packed)));
                    }
                    _ => {}
                }
            }
        };
        match &arguments.state {
            Some(folder) => {
                let told = |events| take(events, &mut view);
                journal = Some(Journal::open(folder, &config, &mut session, told)?);
            }
            None => {
                let load = Command::Load(Box::new(config));
                take(pollster::block_on(session.handle(load)), &mut view);
            }
        }
        if view.failure.is_none() {
            take(
                pollster::block_on(session.handle(Command::Start)),
                &mut view,
            );
        }
        loop {
            while session.is_busy() {
                let events = pollster::block_on(session.advance());
                if let Some(journal) = &mut journal {
                    journal.note(&session, &events)?;
                }
                take(events, &mut view);
            }
            if view.waiting.is_none() {
                break;
            }
            // Nobody sits at a terminal's society.
            take(
                pollster::block_on(session.handle(Command::StandUp)),
                &mut view,
            );
        }
        let kinds = [ExportKind::Run, ExportKind::Record];
        for (id, kind) in (0u32..).zip(kinds) {
            if view.config.is_some() {
                let export = Command::Export { id, kind };
                take(pollster::block_on(session.handle(export)), &mut view);
            }
        }
    }
    progress.end();
    // What a run made before it failed is written all the same.
    let failed = match &view.failure {
        Some(failure) if exports.is_empty() => {
            return Err(CliError::Failed(failure.message.clone()));
        }
        failure => failure.clone(),
    };
    if let Some(out) = &arguments.out {
        for (kind, bytes) in &exports {
            let name = if *kind == ExportKind::Run {
                "run.json"
            } else {
                "record.jsonl"
            };
            files::write(&out.join(name), bytes)?;
        }
        files::write(&out.join("metrics.csv"), metrics_csv(&view).as_bytes())?;
        if let Some(engine) = session.engine() {
            files::write_folder(
                &out.join("model"),
                &pollster::block_on(engine.model_folder())?,
            )?;
        }
    }
    if arguments.json {
        if let Some((_, bytes)) = exports.iter().find(|(kind, _)| *kind == ExportKind::Run) {
            print(&String::from_utf8_lossy(bytes))?;
        }
    } else {
        print(&summary(&view, promised.as_ref()))?;
    }
    match failed {
        Some(failure) => Err(CliError::Failed(failure.message)),
        None => Ok(()),
    }
}

fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Remembering => "remembering",
        Stage::Drafting => "drafting",
        Stage::Criticising => "criticising",
        Stage::Revising => "revising",
        Stage::Training => "training",
        Stage::TestingBase => "testing the base model",
        Stage::TestingTrained => "testing the trained model",
    }
}

/// One row a figure: act, index, name, value.
fn metrics_csv(view: &RunView) -> String {
    let mut csv = String::from("act,index,name,value\n");
    let mut row = |act: &str, index: usize, name: &str, value: f32| {
        // Writing to a String cannot fail.
        let _ = writeln!(csv, "{act},{index},{name},{value}");
    };
    for (index, round) in view.rounds.iter().enumerate() {
        let all = &round.all;
        row(
            "simulate",
            index + 1,
            "alignment_draft",
            all.alignment_draft,
        );
        row(
            "simulate",
            index + 1,
            "alignment_revision",
            all.alignment_revision,
        );
        row(
            "simulate",
            index + 1,
            "engagement_draft",
            all.engagement_draft,
        );
        row(
            "simulate",
            index + 1,
            "engagement_revision",
            all.engagement_revision,
        );
    }
    for step in &view.training {
        let metrics = &step.metrics;
        let index = metrics.step as usize;
        row("train", index, "stage", f32::from(metrics.stage) + 1.0);
        row("train", index, "loss", metrics.loss);
        row("train", index, "imitation", metrics.imitation);
        row("train", index, "margin", metrics.margin);
        row("train", index, "gradient_norm", metrics.gradient_norm);
        row("train", index, "learning_rate", metrics.learning_rate);
        row("train", index, "tokens", metrics.tokens as f32);
    }
    for (index, test) in view.tests.iter().enumerate() {
        for (figure, estimate) in super::evaluate::figures(test) {
            let name = format!("{}_{:?}_{figure}", test.suite, test.model).to_lowercase();
            row("test", index + 1, &name, estimate.value);
        }
    }
    for (index, language) in view.languages.iter().enumerate() {
        let name = format!("{:?}_perplexity", language.model).to_lowercase();
        row("test", index + 1, &name, language.perplexity.value);
        if let Some(ratio) = language.perplexity_ratio {
            row("test", index + 1, "perplexity_ratio", ratio.value);
        }
    }
    for (index, attack) in view.attacks.iter().enumerate() {
        let name = format!("{}_{:?}", attack.attack, attack.model).to_lowercase();
        let figures = [("success", attack.success), ("alignment", attack.alignment)];
        for (figure, estimate) in figures {
            let name = format!("{name}_{figure}");
            row("attack", index + 1, &name, estimate.value);
        }
        for (tries, share) in &attack.curve {
            let name = format!("{name}_success_at_{tries}");
            row("attack", index + 1, &name, *share);
        }
    }
    csv
}

fn summary(view: &RunView, promised: Option<&crate::lab::Receipt>) -> String {
    use crate::lab::receipt::Comparison;
    let mut text = String::new();
    for (index, round) in view.rounds.iter().enumerate() {
        let all = &round.all;
        let _ = writeln!(
            text,
            "round {}: alignment {:.2} -> {:.2}, engagement {:.2} -> {:.2} (draft -> revision)",
            index + 1,
            all.alignment_draft,
            all.alignment_revision,
            all.engagement_draft,
            all.engagement_revision
        );
    }
    if let (Some(first), Some(last)) = (view.training.first(), view.training.last()) {
        let _ = writeln!(
            text,
            "training: {} steps, loss {:.3} -> {:.3}, {:.0} tokens/s",
            view.training.len(),
            first.metrics.loss,
            last.metrics.loss,
            view.tokens_per_second().unwrap_or(0.0)
        );
    }
    text.push_str(&super::evaluate::table(&view.tests, &view.languages, true));
    text.push_str(&super::evaluate::attack_table(&view.attacks, true));
    if let Some(receipt) = &view.receipt {
        let _ = writeln!(
            text,
            "receipt: build {}, engine {} ({}), record {}, weights {}",
            receipt.build,
            receipt.engine.name(),
            receipt.adapter,
            receipt.record_short(),
            receipt.weights_short()
        );
        if let Some(promised) = promised {
            let _ = match receipt.compare(promised) {
                Comparison::Same => {
                    writeln!(text, "same result as the link's receipt, bit for bit")
                }
                Comparison::Differs {
                    record,
                    weights,
                    because,
                    ..
                } => writeln!(
                    text,
                    "differs from the link's receipt: record {}, weights {} ({because:?})",
                    if record { "differs" } else { "same" },
                    if weights { "differ" } else { "same" }
                ),
            };
        }
    }
    text
}
