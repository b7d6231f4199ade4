//! `mores sweep`: methods against each other, with several seeds, each tuned with as many tries.
//!
//! Every run is a line of a state file, so the command can be stopped and given again, and several
//! processes can share one file (`--part 1/2` and `--part 2/2`). First each method's settings are
//! tried with a seed of their own and chosen by questions that are in no suite; then what was chosen
//! is measured with all seeds. Runs of one society play it once, and the base model is tested once a
//! seed.

mod known;
mod plan;
mod play;
mod report;

use super::EngineArgument;
use super::error::CliError;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::lab::share;
use plan::{Method, Plan, Settings};
use play::{Played, Player};
use report::{Findings, chosen, tidy};
use std::path::{Path, PathBuf};

/// Arguments of `mores sweep`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// The plan: a JSON file
    plan: PathBuf,
    /// File that keeps what was run; the same command goes on from there
    #[arg(long, default_value = "sweep.jsonl")]
    state: PathBuf,
    /// Where the findings are written, as JSON
    #[arg(long)]
    out: Option<PathBuf>,
    /// Where every figure of every run is written, as CSV
    #[arg(long)]
    table: Option<PathBuf>,
    /// Only a share of the methods, for example 1/2: other processes do the rest at the same time
    #[arg(long, value_parser = part)]
    part: Option<(usize, usize)>,
    /// Findings that this plan made earlier: what they tell of is not run again
    #[arg(long)]
    known: Option<PathBuf>,
    /// Run nothing, only report what there is
    #[arg(long)]
    report: bool,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Folder of the base checkpoints
    #[arg(long, default_value_os_t = host::default_models())]
    models: PathBuf,
}

fn part(text: &str) -> Result<(usize, usize), String> {
    let parts = text.split_once('/');
    let numbers = parts.and_then(|(one, of)| Some((one.parse().ok()?, of.parse().ok()?)));
    match numbers {
        Some((one, of)) if (1..=of).contains(&one) => Ok((one, of)),
        _ => Err("a part is written like 1/2".into()),
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let plan = Plan::read(&files::read_text(&arguments.plan)?)?;
    if let Some(known) = &arguments.known {
        take_over(
            &arguments.state,
            known::runs(&plan, &files::read_text(known)?)?,
        )?;
    }
    if !arguments.report {
        let mut sweep = Sweep {
            arguments,
            plan: &plan,
            player: Player::new(arguments.engine, arguments.models.clone()),
            progress: Progress::new(),
        };
        sweep.tries()?;
        sweep.runs()?;
        sweep.progress.end();
    }
    let played = read(&arguments.state)?;
    let findings = Findings::new(&plan, &played, command(&arguments.plan), host::processor());
    if let Some(out) = &arguments.out {
        let mut text = serde_json::to_string(&findings)
            .map_err(|error| CliError::Failed(error.to_string()))?;
        text.push('\n');
        files::replace(out, text.as_bytes())?;
    }
    if let Some(table) = &arguments.table {
        files::replace(table, tidy(&played).as_bytes())?;
    }
    print(&findings.table())
}

/// The command that makes these findings, without what only says where things are.
fn command(plan: &Path) -> String {
    let name = plan.file_name().unwrap_or_default().to_string_lossy();
    format!("mores sweep {name}")
}

/// A sweep at work.
struct Sweep<'a> {
    arguments: &'a Arguments,
    plan: &'a Plan,
    player: Player,
    progress: Progress,
}

impl<'a> Sweep<'a> {
    /// Tries what there is to try of this part's methods.
    fn tries(&mut self) -> Result<(), CliError> {
        let Some(tuning) = &self.plan.tune else {
            return Ok(());
        };
        for method in self.own() {
            let tries = method.tries();
            if tries.len() > 1 {
                for set in tries {
                    self.once(method, &set, tuning.seed, tuning.questions)?;
                }
            }
        }
        Ok(())
    }

    /// Measures this part's methods, seed after seed.
    fn runs(&mut self) -> Result<(), CliError> {
        for seed in &self.plan.seeds {
            for method in self.own() {
                let played = read(&self.arguments.state)?;
                let set = chosen(self.plan, &method.name, &played);
                self.once(method, &set, *seed, 0)?;
            }
        }
        Ok(())
    }

    fn own(&self) -> Vec<&'a Method> {
        let (one, of) = self.arguments.part.unwrap_or((1, 1));
        let methods = self.plan.methods().iter().enumerate();
        let own = methods.filter(|(place, _)| place % of == one - 1);
        own.map(|(_, method)| method).collect()
    }

    /// Plays a run unless it was played before.
    fn once(
        &mut self,
        method: &Method,
        set: &Settings,
        seed: u64,
        questions: usize,
    ) -> Result<(), CliError> {
        let trial = questions > 0;
        let config = match trial {
            true => self.plan.trial(method, set, seed)?,
            false => self.plan.config(method, set, seed)?,
        };
        let link = share::encode(&config, None)?;
        let same = |run: &Played| is_run(run, &link, trial, &method.name);
        if read(&self.arguments.state)?.iter().any(same) {
            return Ok(());
        }
        let what = if trial { "trying" } else { "measuring" };
        self.progress
            .say(&format!("{what} {}, seed {seed}", method.name));
        let mut played = self.player.play(&config, questions)?;
        played.method.clone_from(&method.name);
        played.set.clone_from(set);
        files::keep(&self.arguments.state, &played)
    }
}

fn is_run(run: &Played, link: &str, trial: bool, method: &str) -> bool {
    run.link == link && run.trial == trial && run.method == method
}

/// Keeps runs that are known from elsewhere, unless they were played here.
fn take_over(state: &Path, known: Vec<Played>) -> Result<(), CliError> {
    let played = read(state)?;
    for one in known {
        let same = |run: &Played| is_run(run, &one.link, one.trial, &one.method);
        if !played.iter().any(same) {
            files::keep(state, &one)?;
        }
    }
    Ok(())
}

/// What was played already, with the means that follow from it.
fn read(path: &Path) -> Result<Vec<Played>, CliError> {
    let played = files::read_kept::<Played>(path)?;
    Ok(played.into_iter().map(Played::with_means).collect())
}
