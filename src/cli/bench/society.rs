//! `mores bench society`: what an interaction costs, by size of the society, and on what.
//!
//! A society is founded, its questions embedded and its memories searched for a whole round; then
//! some waves of interactions are played, as a run would play them. What is done once a round is
//! shared out among the round's interactions, so that a cost which grows with the number of agents
//! cannot hide.

use crate::cli::EngineArgument;
use crate::cli::error::CliError;
use crate::cli::output::print;
use crate::cli::progress::Progress;
use crate::cli::{files, host};
use crate::gpu::Opened;
use crate::lab::engine::{SPEECH_BATCH, nearest};
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, Sampling, embed, generate};
use crate::society::{self, Prompt, Simulation, SocietyConfig, Utterance, Voice};
use crate::world::corpus::{LONGEST_CRITIQUE, LONGEST_REPLY};
use crate::world::tokenizer::Tokenizer;
use crate::world::{observer, prompt};
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Questions embedded together, as in a run.
const EMBEDDINGS: usize = 48;

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
    /// Interactions timed for each (a smaller society plays one round)
    #[arg(long, default_value_t = 48)]
    interactions: u32,
    /// Print as JSON
    #[arg(long)]
    json: bool,
}

/// Seconds an interaction, by what they were spent on.
#[derive(Clone, Copy, Default, serde::Serialize)]
struct Cost {
    agents: u32,
    interactions: u32,
    /// Founding the society, once in its life; not part of the sum.
    founding: f64,
    embedding: f64,
    searching: f64,
    drafting: f64,
    criticising: f64,
    revising: f64,
    /// Prompts, reading, observers, memories.
    society: f64,
}

impl Cost {
    fn whole(&self) -> f64 {
        self.embedding
            + self.searching
            + self.drafting
            + self.criticising
            + self.revising
            + self.society
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let mut progress = Progress::new();
    let mut rows = Vec::new();
    for folder in &arguments.models {
        let (model, tokenizer) = files::load_speaking_model(folder, &opened)?;
        for size in &arguments.sizes {
            let agents = u32::from(*size) * u32::from(*size);
            progress.say(&format!("{} agents, {}", agents, folder.display()));
            let cost = measure(&opened, &model, &tokenizer, *size, arguments.interactions)?;
            rows.push((folder.display().to_string(), cost));
        }
    }
    progress.end();
    if arguments.json {
        let rows = rows.iter().map(|(model, cost)| {
            serde_json::json!({
                "model": model, "seconds": cost, "interactions_per_second": 1.0 / cost.whole(),
            })
        });
        let rows: Vec<_> = rows.collect();
        let value = serde_json::json!({ "adapter": opened.adapter, "rows": rows });
        return print(&value.to_string());
    }
    let mut table = format!(
        "{}\nmilliseconds an interaction\n{:<24} {:>6} {:>9} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>9}\n",
        opened.adapter,
        "model",
        "agents",
        "per s",
        "embed",
        "search",
        "draft",
        "rate",
        "revise",
        "rest",
        "founding"
    );
    for (model, cost) in rows {
        let milliseconds = |seconds: f64| format!("{:.1}", 1000.0 * seconds);
        table += &format!(
            "{model:<24} {:>6} {:>9.2} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7} {:>8.2}s\n",
            cost.agents,
            1.0 / cost.whole(),
            milliseconds(cost.embedding),
            milliseconds(cost.searching),
            milliseconds(cost.drafting),
            milliseconds(cost.criticising),
            milliseconds(cost.revising),
            milliseconds(cost.society),
            cost.founding,
        );
    }
    print(&table)
}

fn measure(
    opened: &Opened,
    model: &Llama,
    tokenizer: &Tokenizer,
    size: u8,
    wanted: u32,
) -> Result<Cost, CliError> {
    let config = SocietyConfig {
        size,
        rounds: 2,
        ..SocietyConfig::default()
    };
    observer::warm();
    let mut rng = seed::generator(1, Purpose::Society);
    let begun = Instant::now();
    let mut simulation =
        Simulation::new(config.clone(), &mut rng).map_err(crate::lab::LabError::from)?;
    let founding = begun.elapsed().as_secs_f64();
    let agents = u32::from(config.agents());
    let wanted = wanted.clamp(1, agents);
    let embedding = embed_all(&mut simulation, model, tokenizer)?;
    let begun = Instant::now();
    if let Some(search) = simulation.needs_search() {
        let found = pollster::block_on(nearest(opened, &search))?;
        simulation
            .supply_found(found, &mut rng)
            .map_err(crate::lab::LabError::from)?;
    }
    let searching = begun.elapsed();
    let mut spoken = [Duration::ZERO; 3];
    let begun = Instant::now();
    while simulation.progress().0 < wanted {
        let pending: Vec<Prompt> = simulation.pending();
        let batch: Vec<Prompt> = pending.into_iter().take(SPEECH_BATCH).collect();
        let Some(first) = batch.first() else {
            break;
        };
        let purpose = first.purpose;
        let begun = Instant::now();
        let said = speak(model, tokenizer, &config, &batch)?;
        spoken[purpose as usize] += begun.elapsed();
        simulation
            .supply(said, &mut rng)
            .map_err(crate::lab::LabError::from)?;
    }
    let played = begun.elapsed();
    let interactions = simulation.progress().0.max(1);
    let each = |time: Duration, among: u32| time.as_secs_f64() / f64::from(among);
    let [drafting, criticising, revising] = spoken.map(|time| each(time, interactions));
    Ok(Cost {
        agents,
        interactions,
        founding,
        embedding: each(embedding, agents),
        searching: each(searching, agents),
        drafting,
        criticising,
        revising,
        society: each(played, interactions) - drafting - criticising - revising,
    })
}

/// Embeds every question; the lessons' at birth are the society's and not an interaction's.
fn embed_all(
    simulation: &mut Simulation,
    model: &Llama,
    tokenizer: &Tokenizer,
) -> Result<Duration, CliError> {
    let waiting = simulation.needs_embedding();
    let births = waiting.len();
    let begun = Instant::now();
    for batch in waiting.chunks(EMBEDDINGS) {
        let tokens: Vec<Vec<u32>> = batch
            .iter()
            .map(|question| tokenizer.encode(&prompt::compared(question)))
            .collect();
        let embeddings = pollster::block_on(embed(model, &tokens))?;
        let pairs = batch.iter().cloned().zip(embeddings);
        simulation
            .supply_embeddings(pairs.collect())
            .map_err(crate::lab::LabError::from)?;
    }
    // A round brings a question for each agent at most.
    let agents = usize::from(simulation.config().agents());
    let share = agents.min(births) as f64 / births.max(1) as f64;
    Ok(begun.elapsed().mul_f64(share))
}

fn speak(
    model: &Llama,
    tokenizer: &Tokenizer,
    config: &SocietyConfig,
    batch: &[Prompt],
) -> Result<Vec<Utterance>, CliError> {
    let critique = batch
        .first()
        .is_some_and(|prompt| prompt.purpose == society::Purpose::Critique);
    let most = if critique {
        LONGEST_CRITIQUE
    } else {
        LONGEST_REPLY
    };
    let sampling = Sampling::speaking(config.temperature, config.min_p, most);
    let prompts: Vec<Vec<u32>> = batch
        .iter()
        .map(|prompt| tokenizer.encode(&prompt.text))
        .collect();
    let mut generators: Vec<_> = batch
        .iter()
        .map(|prompt| seed::stream(1, Purpose::Sampling, prompt.id))
        .collect();
    let stop = [tokenizer.eos()];
    let said = pollster::block_on(generate(model, &prompts, &sampling, &stop, &mut generators))?;
    let pairs = batch.iter().zip(said);
    Ok(pairs
        .map(|(prompt, answer)| Utterance {
            id: prompt.id,
            text: tokenizer.decode(&answer.tokens),
            log_probability: answer.log_probability,
            by: Voice::Model,
        })
        .collect())
}
