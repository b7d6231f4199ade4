//! `mores statistics`: what a record says about its society, and several records about a setting.

mod table;

use super::error::CliError;
use super::files;
use super::output::print;
use crate::formats::record;
use crate::society::Interaction;
use crate::society::grid;
use crate::society::statistics::{
    Measured, RoundFigures, Settling, SocietyStatistics, over_seeds, paired, series, summary,
};
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The largest grid there is.
const LARGEST: u8 = 32;

/// Arguments of `mores statistics`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// A record (record.jsonl of `mores run`). Several are taken as runs of one setting with
    /// different seeds: their figures are smoothed and averaged, with intervals over the runs
    #[arg(required = true)]
    records: Vec<PathBuf>,
    /// Records of another setting, with the same seeds in the same order: how far they lie above
    /// the others
    #[arg(long, num_args = 1.., value_name = "RECORDS")]
    against: Vec<PathBuf>,
    /// Side of the grid that the agents lived on; left out, the smallest that has room for them
    #[arg(long, value_parser = clap::value_parser!(u8).range(2..=i64::from(LARGEST)))]
    size: Option<u8>,
    /// Rounds in a moving average, and rounds a settled society must stand still
    #[arg(long, default_value_t = Settling::default().window, value_parser = clap::value_parser!(u16).range(1..=1000))]
    window: u16,
    /// How far apart its moving averages may lie meanwhile, in points of alignment
    #[arg(long, default_value_t = Settling::default().band)]
    band: f32,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// A figure of a round that is followed over seeds.
struct Followed {
    name: &'static str,
    of: fn(&RoundFigures) -> Option<f32>,
}

/// All of them, in the order of the columns.
const FOLLOWED: [Followed; 7] = [
    Followed {
        name: "alignment_draft",
        of: |round| Some(round.points.draft?.alignment),
    },
    Followed {
        name: "alignment_revision",
        of: |round| Some(round.points.revision?.alignment),
    },
    Followed {
        name: "engagement_draft",
        of: |round| Some(round.points.draft?.engagement),
    },
    Followed {
        name: "engagement_revision",
        of: |round| Some(round.points.revision?.engagement),
    },
    Followed {
        name: "distance",
        of: |round| round.points.distance,
    },
    Followed {
        name: "moran",
        of: |round| Some(round.consensus.moran?.value),
    },
    Followed {
        name: "largest_cluster",
        of: |round| Some(round.consensus.clusters.largest),
    },
];

/// A figure's name, and what it was in each round, if it was anything.
type Trends = BTreeMap<&'static str, Vec<Option<Measured>>>;

/// Everything that is printed.
#[derive(Serialize)]
struct Report {
    /// Each record by itself, those of `--against` last.
    societies: Vec<Society>,
    /// Moving averages over the runs, round by round; only of several records.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_seeds: Option<Trends>,
    /// By how much the records of `--against` lie above the others.
    #[serde(skip_serializing_if = "Option::is_none")]
    against: Option<Trends>,
    #[serde(skip)]
    window: u16,
}

#[derive(Serialize)]
struct Society {
    record: String,
    size: u8,
    statistics: SocietyStatistics,
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    if !(arguments.band.is_finite() && arguments.band >= 0.0) {
        let band = arguments.band;
        return Err(CliError::Usage(format!("no band is {band} points wide")));
    }
    if !arguments.against.is_empty() && arguments.against.len() != arguments.records.len() {
        return Err(CliError::Usage(format!(
            "{} records against {}: pairs need as many of both, with the same seeds in the same order",
            arguments.records.len(),
            arguments.against.len()
        )));
    }
    let figures = |path: &PathBuf| society(path, arguments);
    let mut societies = arguments
        .records
        .iter()
        .map(figures)
        .collect::<Result<Vec<_>, _>>()?;
    let others = arguments
        .against
        .iter()
        .map(figures)
        .collect::<Result<Vec<_>, _>>()?;
    let window = usize::from(arguments.window);
    let several = societies.len() > 1;
    let report = Report {
        over_seeds: several.then(|| trends(|f| over_seeds(&follow(&societies, f), window))),
        against: (!others.is_empty())
            .then(|| trends(|f| paired(&follow(&societies, f), &follow(&others, f), window))),
        societies: {
            societies.extend(others);
            societies
        },
        window: arguments.window,
    };
    if arguments.json {
        let text = serde_json::to_string(&report);
        print(&text.map_err(|error| CliError::Failed(error.to_string()))?)
    } else {
        print(&table::text(&report))
    }
}

fn trends(of: impl Fn(&Followed) -> Vec<Option<Measured>>) -> Trends {
    let named = |figure: &Followed| (figure.name, of(figure));
    FOLLOWED.iter().map(named).collect()
}

fn follow(societies: &[Society], figure: &Followed) -> Vec<Vec<Option<f64>>> {
    let of = |society: &Society| series(&society.statistics.rounds, figure.of);
    societies.iter().map(of).collect()
}

/// Reads a record and computes its figures. Lines that can't be read are told on standard error.
fn society(path: &Path, arguments: &Arguments) -> Result<Society, CliError> {
    let file = record::read(&files::read(path)?);
    let name = path.display().to_string();
    if let Some(first) = file.broken.first() {
        eprintln!(
            "mores: {name}: left out {} lines that are no interactions; line {}: {}",
            file.broken.len(),
            first.line,
            first.reason
        );
    }
    if file.interactions.is_empty() {
        return Err(CliError::Failed(format!("{name} holds no interaction")));
    }
    let size = side(&file.interactions, arguments.size).map_err(CliError::Usage)?;
    let settling = Settling {
        window: arguments.window,
        band: arguments.band,
    };
    Ok(Society {
        record: name,
        size,
        statistics: summary(&file.interactions, &grid::links(size), settling),
    })
}

/// The side of the grid: as told, or the smallest on which all authors have a place.
fn side(record: &[Interaction], told: Option<u8>) -> Result<u8, String> {
    let last = record.iter().map(|one| one.agent_id).max().unwrap_or(0);
    let room = |size: &u8| u16::from(*size) * u16::from(*size) > last;
    match told {
        Some(size) if room(&size) => Ok(size),
        Some(size) => Err(format!(
            "agent {last} has no place on a grid of {size} x {size}"
        )),
        None => (2..=LARGEST).find(room).ok_or_else(|| {
            format!("agent {last} has no place on any grid up to {LARGEST} x {LARGEST}")
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    fn report(seeds: &[u64]) -> Report {
        let societies: Vec<Society> = seeds
            .iter()
            .map(|seed| {
                let run = played(small(), Manner::Plain, *seed);
                let size = side(run.record(), None).unwrap();
                Society {
                    record: format!("seed {seed}"),
                    size,
                    statistics: summary(run.record(), &grid::links(size), Settling::default()),
                }
            })
            .collect();
        Report {
            over_seeds: Some(trends(|f| over_seeds(&follow(&societies, f), 2))),
            against: None,
            societies,
            window: 2,
        }
    }

    #[test]
    fn the_grid_is_found_or_refused() {
        let record = played(small(), Manner::Plain, 1).record().to_vec();
        assert_eq!(side(&record, None), Ok(3));
        assert_eq!(side(&record, Some(5)), Ok(5));
        assert!(side(&record, Some(2)).unwrap_err().contains("agent 8 "));
        let mut far = record;
        far[0].agent_id = 1024;
        assert!(side(&far, None).is_err());
    }

    #[test]
    fn a_report_reads_as_table_and_as_json() {
        let report = report(&[1, 2, 3]);
        let text = table::text(&report);
        for part in [
            "seed 2",
            "round",
            "raised well",
            "read last",
            "lenient",
            "over 3 runs",
        ] {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        let json: serde_json::Value =
            serde_json::from_str(&serde_json::to_string(&report).unwrap()).unwrap();
        let alignment = &json["over_seeds"]["alignment_revision"];
        assert!(alignment[0].is_null() && alignment[1]["count"] == 3);
        let rounds = &json["societies"][2]["statistics"]["rounds"];
        assert_eq!(rounds[2]["consensus"]["links"], 12);
        assert!(json.get("against").is_none());
    }
}
