//! `mores bench society`: what a round costs, by size of the society, and on what.
//!
//! Whole rounds of [`crate::lab::workload::society`]; every size is played several times, one size after
//! the other, so that a busy minute falls on all of them.

use crate::cli::EngineArgument;
use crate::cli::error::CliError;
use crate::cli::output::print;
use crate::cli::progress::Progress;
use crate::cli::{files, host};
use crate::lab::workload::society::{Round, growth};
use crate::lab::workload::{Workload, median};
use std::path::PathBuf;
use std::time::Instant;

/// Arguments of `mores bench society`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Model folders
    #[arg(long, value_delimiter = ',', default_value = "public/models/standard")]
    models: Vec<PathBuf>,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Sides of the grids: 4 gives 16 agents
    #[arg(long, value_delimiter = ',', default_values_t = [4, 6, 10, 16, 32])]
    sizes: Vec<u8>,
    /// Times that each is played, every time with another seed; medians are printed
    #[arg(long, default_value_t = 3)]
    repeats: u64,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// A society's rounds.
struct Row {
    model: String,
    rounds: Vec<Round>,
}

impl Row {
    fn agents(&self) -> f64 {
        self.median(|round| f64::from(round.agents))
    }

    fn median(&self, of: fn(&Round) -> f64) -> f64 {
        median(self.rounds.iter().map(of).collect())
    }
}

/// Seconds of a round, under a name.
type Phase = (&'static str, fn(&Round) -> f64);

/// What a table of phases shows, in this order.
const PHASES: [Phase; 8] = [
    ("search", |round| round.searching),
    ("read", |round| {
        round.drafting.reading + round.rating.reading + round.revising.reading
    }),
    ("draft", |round| round.drafting.writing),
    ("rate", |round| round.rating.writing),
    ("revise", |round| round.revising.writing),
    ("embed", |round| round.embedding),
    ("rest", |round| round.society),
    ("birth", |round| round.birth),
];

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if arguments.repeats == 0 {
        return Err(CliError::Usage(
            "a society is played once at least: --repeats 1".into(),
        ));
    }
    let opened = host::open(arguments.engine)?;
    let mut progress = Progress::new();
    let mut rows: Vec<Row> = Vec::new();
    let begun = Instant::now();
    let clock = || begun.elapsed().as_secs_f64();
    for folder in &arguments.models {
        let (model, tokenizer) = files::load_speaking_model(folder, &opened)?;
        let work = Workload::new(model, tokenizer);
        let mut played: Vec<Vec<Round>> = vec![Vec::new(); arguments.sizes.len()];
        for repeat in 1..=arguments.repeats {
            for (size, rounds) in arguments.sizes.iter().zip(&mut played) {
                let agents = u32::from(*size) * u32::from(*size);
                progress.say(&format!("{agents} agents, {}, {repeat}", folder.display()));
                let round = work.round(&opened, *size, repeat, &clock);
                rounds.push(pollster::block_on(round)?);
            }
        }
        let model = folder.display().to_string();
        rows.extend(played.into_iter().map(|rounds| Row {
            model: model.clone(),
            rounds,
        }));
    }
    progress.end();
    if arguments.json {
        let rows = rows.iter().map(|row| {
            serde_json::json!({
                "model": row.model, "agents": row.agents(), "seconds": row.median(Round::whole),
                "rounds": row.rounds,
            })
        });
        let rows: Vec<_> = rows.collect();
        let value = serde_json::json!({
            "adapter": opened.adapter, "threads": rayon::current_num_threads(), "rows": rows,
        });
        return print(&value.to_string());
    }
    print(&table(&rows, &opened.adapter))
}

fn table(rows: &[Row], adapter: &str) -> String {
    let threads = rayon::current_num_threads();
    let mut table = format!(
        "{adapter}, {threads} threads at most; a round's seconds, medians; `read` is all prompts, `birth` is once and no part of the round\n"
    );
    table += &format!(
        "{:<24} {:>6} {:>8} {:>7}",
        "model", "agents", "round", "per s"
    );
    for (name, _) in PHASES {
        table += &format!(" {name:>7}");
    }
    for row in rows {
        let whole = row.median(Round::whole);
        let rate = row.agents() / whole;
        table += &format!(
            "\n{:<24} {:>6.0} {whole:>8.2} {rate:>7.2}",
            row.model,
            row.agents()
        );
        for (_, of) in PHASES {
            table += &format!(" {:>7.2}", row.median(of));
        }
    }
    for models in rows.chunk_by(|one, other| one.model == other.model) {
        table += &grown(models);
    }
    table
}

/// How the cost grows from the smallest society to the largest, in words; nothing for a single size.
fn grown(rows: &[Row]) -> String {
    let points = |of: fn(&Round) -> f64| -> Vec<(f64, f64)> {
        let points = rows.iter().map(|row| (row.agents(), row.median(of)));
        points.collect()
    };
    let (rounds, births) = (points(Round::whole), points(|round| round.birth));
    let least = rounds.iter().min_by(|one, two| one.0.total_cmp(&two.0));
    let most = rounds.iter().max_by(|one, two| one.0.total_cmp(&two.0));
    let (Some(least), Some(most), Some(row)) = (least, most, rows.first()) else {
        return String::new();
    };
    if least.0 == most.0 {
        return String::new();
    }
    format!(
        "\n{}: from {:.0} to {:.0} agents a round grows as their number to the power {:.2}, birth {:.2}; an interaction costs {:.2} times as much",
        row.model,
        least.0,
        most.0,
        growth(&rounds),
        growth(&births),
        (most.1 / most.0) / (least.1 / least.0)
    )
}
