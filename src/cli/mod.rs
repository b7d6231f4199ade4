//! The native program `mores`: the engine of the browser, driven from a terminal.
//!
//! Results go to standard output, progress to standard error and only when that is a terminal.
//! Exit status 0 for success, 1 for a failed run, 2 for a usage error.

mod audit;
mod bench;
mod calibrate;
mod chat;
mod data;
mod digest;
mod error;
mod evaluate;
mod files;
mod findings;
mod host;
mod journal;
mod link;
mod logits;
mod objective;
mod opening;
mod output;
mod pretrain;
mod progress;
mod run;
mod statistics;
mod sweep;

pub use error::CliError;

use clap::{Parser, Subcommand, ValueEnum};
use std::process::ExitCode;

/// Which engine computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum EngineArgument {
    /// The CPU engine.
    Cpu,
    /// wgpu: Vulkan, Metal or DX12.
    Wgpu,
}

#[derive(Parser)]
#[command(name = "mores", version = crate::lab::build::id(), about, long_about = LONG_ABOUT)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const LONG_ABOUT: &str = "A laboratory of social alignment without the browser.\n\n\
A society of language-model agents answers, rates, criticises and revises; a model learns from the \
record of that; both are tested. The same link or run file gives the same bytes on the same engine.";

#[derive(Subcommand)]
enum Command {
    /// Do a run: simulate, train, test, and write run.json, record.jsonl, metrics.csv and model/
    Run(run::Arguments),
    /// Make a base checkpoint from the village's corpus
    Pretrain(pretrain::Arguments),
    /// Answer the suites with a model and print the table
    Evaluate(evaluate::Arguments),
    /// Hold the judge and the observer against labels given by somebody who read
    Audit(audit::Arguments),
    /// Make data sets of a record, or check a file of data
    Data(data::Arguments),
    /// What a record says about its society, or several about a setting
    Statistics(statistics::Arguments),
    /// How far may a memory be and still be worth recalling? Measure it for the shipped models
    Calibrate(calibrate::Arguments),
    /// Talk to a model
    Chat(chat::Arguments),
    /// A loss and its gradient on given log-probabilities and scores
    Objective(objective::Arguments),
    /// Print a model's logits for given tokens
    Logits(logits::Arguments),
    /// Make the recording that the page plays before the first click, from the files of a run
    Opening(opening::Arguments),
    /// Make or read links
    Link(link::Arguments),
    /// SHA-256 of a file, or of the weights in a model folder
    Digest(digest::Arguments),
    /// Do the claims about such societies hold here? Plays a plan of settings with several seeds
    Findings(findings::Arguments),
    /// Methods against each other, tuned alike, with several seeds: a plan's runs, and a table
    Sweep(sweep::Arguments),
    /// Tokens per second of training and decoding; or, with `society`, interactions per second
    Bench(bench::Arguments),
}

/// Runs the program with the process's arguments.
pub fn main() -> ExitCode {
    // clap itself exits with 2 on a usage error and 0 after --help.
    let arguments = Arguments::parse();
    let outcome = match arguments.command {
        Command::Run(arguments) => run::run(&arguments),
        Command::Pretrain(arguments) => pretrain::run(&arguments),
        Command::Evaluate(arguments) => evaluate::run(&arguments),
        Command::Audit(arguments) => audit::run(&arguments),
        Command::Data(arguments) => data::run(&arguments),
        Command::Statistics(arguments) => statistics::run(&arguments),
        Command::Calibrate(arguments) => calibrate::run(&arguments),
        Command::Chat(arguments) => chat::run(&arguments),
        Command::Objective(arguments) => objective::run(&arguments),
        Command::Logits(arguments) => logits::run(&arguments),
        Command::Opening(arguments) => opening::run(&arguments),
        Command::Link(arguments) => link::run(&arguments),
        Command::Digest(arguments) => digest::run(&arguments),
        Command::Findings(arguments) => findings::run(&arguments),
        Command::Sweep(arguments) => sweep::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mores: {error}");
            error.exit_code()
        }
    }
}
