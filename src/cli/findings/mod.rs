//! `mores findings`: do the claims about such societies hold here?
//!
//! Plays every setting of the [`plan`] with several seeds, keeps each run's figures as a line of a
//! results file (so that the command can be stopped and given again), holds the [`claims`] against
//! them, and writes what came out for the page. The same command on the same processor gives the
//! same figures.

mod claims;
mod plan;
mod play;

use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::society::statistics::{Measured, over_seeds};
use claims::{Outcome, Verdict, outcomes};
use plan::{LARGE, SETTINGS, SMALL, Scale, Setting};
use play::{Played, config_digest, play};
use serde::Serialize;
use std::fmt::Write as _;
use std::path::PathBuf;

/// Rounds of the moving averages that are written for the page.
const WINDOW: usize = 3;

/// Arguments of `mores findings`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Where the findings are written, as JSON
    #[arg(long, default_value = "public/findings/society.json")]
    out: PathBuf,
    /// File that keeps what was played; the same command goes on from there
    #[arg(long, default_value = "findings.jsonl")]
    state: PathBuf,
    /// Seeds of each setting
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=100))]
    seeds: u64,
    /// Only these settings
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,
    /// Side of the grids of the whole plan
    #[arg(long, default_value_t = SMALL.size, value_parser = clap::value_parser!(u8).range(2..=32))]
    size: u8,
    /// Rounds of the whole plan
    #[arg(long, default_value_t = SMALL.rounds, value_parser = clap::value_parser!(u16).range(1..=1000))]
    rounds: u16,
    /// Leave out the decisive settings' large grids
    #[arg(long)]
    small_only: bool,
    /// Folder of the base checkpoints
    #[arg(long, default_value_os_t = host::default_models())]
    models: PathBuf,
}

/// What is written for the page.
#[derive(Serialize)]
struct Findings {
    format: &'static str,
    version: u32,
    command: String,
    settings: Vec<Curves>,
    claims: Vec<Outcome>,
}

/// A setting's curves: moving averages with intervals over its seeds.
#[derive(Serialize)]
struct Curves {
    name: &'static str,
    about: &'static str,
    size: u8,
    rounds: u16,
    seeds: Vec<u64>,
    records: Vec<String>,
    window: usize,
    draft_alignment: Vec<Option<Measured>>,
    revision_alignment: Vec<Option<Measured>>,
    draft_engagement: Vec<Option<Measured>>,
    revision_engagement: Vec<Option<Measured>>,
    moran: Vec<Option<Measured>>,
    neighbour_difference: Vec<Option<Measured>>,
    any_difference: Vec<Option<Measured>>,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if let Some(name) = arguments
        .only
        .iter()
        .find(|name| plan::setting(name).is_none())
    {
        let names: Vec<&str> = SETTINGS.iter().map(|setting| setting.name).collect();
        return Err(CliError::Usage(format!(
            "there is no setting {name}; there are {}",
            names.join(", ")
        )));
    }
    let mut played: Vec<Played> = files::read_kept(&arguments.state)?;
    let wanted = wanted(arguments);
    let mut progress = Progress::new();
    for (place, (setting, scale, seed)) in wanted.iter().enumerate() {
        let config = config_digest(setting, *scale, *seed);
        if played.iter().any(|run| run.config == config) {
            continue;
        }
        let count = wanted.len();
        let run = play(setting, *scale, *seed, &arguments.models, |done, total| {
            progress.say(&format!(
                "{} of {count}: {}, seed {seed}, {done} of {total} interactions",
                place + 1,
                setting.name
            ));
        })?;
        files::keep(&arguments.state, &run)?;
        played.push(run);
    }
    progress.end();
    let keys: Vec<String> = wanted
        .iter()
        .map(|(setting, scale, seed)| config_digest(setting, *scale, *seed))
        .collect();
    played.retain(|run| keys.contains(&run.config));
    played.sort_by_key(|run| run.seed);
    let scales = scales(arguments);
    let findings = Findings {
        format: "mores-findings",
        version: 1,
        command: command(arguments),
        settings: scales
            .iter()
            .flat_map(|scale| {
                SETTINGS
                    .iter()
                    .filter_map(|one| curves(one, *scale, &played))
            })
            .collect(),
        claims: scales
            .iter()
            .flat_map(|scale| outcomes(&played, *scale))
            .filter(|outcome| outcome.verdict != Verdict::Missing)
            .collect(),
    };
    let mut text = serde_json::to_string_pretty(&findings)
        .map_err(|error| CliError::Failed(error.to_string()))?;
    text.push('\n');
    files::replace(&arguments.out, text.as_bytes())?;
    print(&table(&findings.claims))
}

fn scales(arguments: &Arguments) -> Vec<Scale> {
    let small = Scale {
        size: arguments.size,
        rounds: arguments.rounds,
    };
    if arguments.small_only {
        vec![small]
    } else {
        vec![small, LARGE]
    }
}

/// Every run of the plan, seed after seed, so that all settings have some seeds early.
fn wanted(arguments: &Arguments) -> Vec<(&'static Setting, Scale, u64)> {
    let mut wanted = Vec::new();
    let named = |setting: &&Setting| {
        arguments.only.is_empty() || arguments.only.iter().any(|name| name == setting.name)
    };
    for (place, scale) in scales(arguments).into_iter().enumerate() {
        for seed in 1..=arguments.seeds {
            let fits = |setting: &&Setting| place == 0 || setting.decisive;
            let settings = SETTINGS.iter().filter(named).filter(fits);
            wanted.extend(settings.map(|setting| (setting, scale, seed)));
        }
    }
    wanted
}

/// The command that makes these findings, without what only says where things are.
fn command(arguments: &Arguments) -> String {
    let mut command = format!("mores findings --seeds {}", arguments.seeds);
    if arguments.size != SMALL.size || arguments.rounds != SMALL.rounds {
        // Writing to a String cannot fail.
        let _ = write!(
            command,
            " --size {} --rounds {}",
            arguments.size, arguments.rounds
        );
    }
    if arguments.small_only {
        command.push_str(" --small-only");
    }
    if !arguments.only.is_empty() {
        let _ = write!(command, " --only {}", arguments.only.join(","));
    }
    command
}

fn curves(setting: &'static Setting, scale: Scale, played: &[Played]) -> Option<Curves> {
    let runs: Vec<&Played> = played
        .iter()
        .filter(|run| run.setting == setting.name && run.scale == scale)
        .collect();
    let first = runs.first()?;
    let over = |pick: fn(&Played) -> &Vec<Option<f64>>| {
        let series: Vec<Vec<Option<f64>>> = runs.iter().map(|run| pick(run).clone()).collect();
        over_seeds(&series, WINDOW)
    };
    let config = setting.config(scale, first.seed);
    Some(Curves {
        name: setting.name,
        about: setting.about,
        size: config.society.size,
        rounds: config.society.rounds,
        seeds: runs.iter().map(|run| run.seed).collect(),
        records: runs.iter().map(|run| run.record.clone()).collect(),
        window: WINDOW,
        draft_alignment: over(|run| &run.draft_alignment),
        revision_alignment: over(|run| &run.revision_alignment),
        draft_engagement: over(|run| &run.draft_engagement),
        revision_engagement: over(|run| &run.revision_engagement),
        moran: over(|run| &run.moran),
        neighbour_difference: over(|run| &run.neighbour_difference),
        any_difference: over(|run| &run.any_difference),
    })
}

fn table(claims: &[Outcome]) -> String {
    let mut table = String::from(
        "| claim | by | grid | difference (95 %) | verdict |\n|---|---|---|---|---|\n",
    );
    for one in claims {
        let difference = one.difference.map_or_else(String::new, |found| {
            let (low, high) = found.interval.unwrap_or((f32::NAN, f32::NAN));
            format!("{:+.2} ({low:+.2} to {high:+.2})", found.value)
        });
        let _ = writeln!(
            table,
            "| {} | {:?} | {}x{}, {} rounds | {difference} | {:?} |",
            one.claim, one.source, one.size, one.size, one.rounds, one.verdict
        );
    }
    table
}
