//! `mores pretrain`: a base checkpoint from the village's own corpus.

use super::EngineArgument;
use super::error::CliError;
use super::evaluate::probe;
use super::output::print;
use super::progress::Progress;
use super::{files, host};
use crate::alignment::pretrain::{
    HeldOut, PretrainConfig, PretrainState, Pretrainer, Recipe, architecture,
};
use crate::evaluation::probe::people;
use crate::evaluation::probe::report::table;
use crate::formats::{hugging_face, safetensors::Precision};
use crate::lab::digest::Digest;
use crate::lab::seed::{self, Purpose};
use crate::model::Llama;
use crate::world::corpus::{entropy, identity};
use crate::world::tokenizer::Tokenizer;
use clap::ValueEnum;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use std::fmt::Write as _;
use std::path::PathBuf;
use std::time::Instant;

/// Documents the loss is read on before and after; drawn from a stream of their own.
const HELD_OUT: usize = 1024;
/// The stream of held-out documents: never the one training draws from.
const HELD_OUT_STREAM: u64 = 1;

/// Arguments of `mores pretrain`.
#[derive(clap::Args)]
pub(super) struct Arguments {
    /// Folder the checkpoint goes to
    #[arg(long)]
    out: PathBuf,
    /// Seed of weights and documents
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Which of the shipped models to make: its shape, steps and learning rate, each of which can
    /// be given by itself too
    #[arg(long, default_value = "standard", value_parser = recipe_names())]
    size: Recipe,
    /// Optimiser steps
    #[arg(long)]
    steps: Option<u32>,
    /// Documents a step
    #[arg(long, default_value_t = PretrainConfig::default().documents)]
    documents: u32,
    /// Peak learning rate
    #[arg(long)]
    learning_rate: Option<f64>,
    /// Weight of a prompt token at the beginning, where a completion token weighs 1
    #[arg(long, default_value_t = PretrainConfig::default().prompt_weight)]
    prompt_weight: f32,
    /// Width of the model
    #[arg(long)]
    hidden: Option<usize>,
    /// Layers of the model
    #[arg(long)]
    layers: Option<usize>,
    /// Attention heads of the model
    #[arg(long)]
    heads: Option<usize>,
    /// What computes
    #[arg(long, value_enum, default_value = "cpu")]
    engine: EngineArgument,
    /// Keep the state in this file every 100 steps, and go on from it if it is there
    #[arg(long)]
    state: Option<PathBuf>,
    /// Print the result as JSON
    #[arg(long)]
    json: bool,
}

/// The names of the shipped models, read as their recipes.
fn recipe_names() -> impl TypedValueParser<Value = Recipe> {
    let names = Recipe::ALL.map(|recipe| recipe.name);
    PossibleValuesParser::new(names)
        .try_map(|name| Recipe::named(&name).ok_or_else(|| format!("no model is called {name}")))
}

impl Arguments {
    /// The recipe, with whatever was given by itself.
    fn recipe(&self) -> Recipe {
        Recipe {
            hidden: self.hidden.unwrap_or(self.size.hidden),
            layers: self.layers.unwrap_or(self.size.layers),
            heads: self.heads.unwrap_or(self.size.heads),
            steps: self.steps.unwrap_or(self.size.steps),
            learning_rate: self.learning_rate.unwrap_or(self.size.learning_rate),
            ..self.size
        }
    }

    /// What was given by itself, as it is typed.
    fn own_flags(&self) -> String {
        let mut flags = String::new();
        let mut flag = |name: &str, value: Option<String>| {
            flags.extend(value.map(|value| format!(" --{name} {value}")));
        };
        flag("steps", self.steps.map(|value| value.to_string()));
        flag("hidden", self.hidden.map(|value| value.to_string()));
        flag("layers", self.layers.map(|value| value.to_string()));
        flag("heads", self.heads.map(|value| value.to_string()));
        let rate = self.learning_rate.map(|value| value.to_string());
        flag("learning-rate", rate);
        let documents = Some(self.documents);
        let documents = documents.filter(|d| *d != PretrainConfig::default().documents);
        flag("documents", documents.map(|value| value.to_string()));
        let weight = Some(self.prompt_weight);
        let weight = weight.filter(|w| *w != PretrainConfig::default().prompt_weight);
        flag("prompt-weight", weight.map(|value| value.to_string()));
        // Another engine rounds otherwise, so it makes other weights.
        let engine = self.engine.to_possible_value();
        let engine = engine.filter(|_| self.engine != EngineArgument::Cpu);
        flag("engine", engine.map(|value| value.get_name().to_owned()));
        flags
    }
}

pub(super) fn run(arguments: &Arguments) -> Result<(), CliError> {
    let opened = host::open(arguments.engine)?;
    let tokenizer = Tokenizer::village();
    let recipe = arguments.recipe();
    let shape = architecture(&tokenizer, recipe.hidden, recipe.layers, recipe.heads);
    shape
        .validate()
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let initial = Llama::initialise(
        shape,
        &mut seed::generator(arguments.seed, Purpose::Weights),
        &opened.site,
    )?;
    let config = PretrainConfig {
        steps: recipe.steps,
        documents: arguments.documents,
        learning_rate: recipe.learning_rate,
        prompt_weight: arguments.prompt_weight,
        ..PretrainConfig::default()
    };
    config
        .validate()
        .map_err(|error| CliError::Usage(error.to_string()))?;
    let village = identity();
    let kept = match &arguments.state {
        Some(path) if path.exists() => Some(files::read(path)?),
        _ => None,
    };
    let mut pretrainer = match kept {
        Some(bytes) => {
            let ((learned, seed), state): ((u32, u64), PretrainState) =
                postcard::from_bytes(&bytes).map_err(|error| {
                    CliError::Failed(format!("the kept state can't be read: {error}"))
                })?;
            if learned != village {
                return Err(CliError::Usage(
                    "the kept state learned from another village's documents".into(),
                ));
            }
            if seed != arguments.seed || *state.config() != config {
                return Err(CliError::Usage(
                    "the kept state belongs to a run with another seed or other settings".into(),
                ));
            }
            Pretrainer::resume(state, &initial, &tokenizer)?
        }
        None => Pretrainer::new(
            config,
            &initial,
            &tokenizer,
            seed::generator(arguments.seed, Purpose::DataOrder),
        )?,
    };
    let begun = Instant::now();
    let mut progress = Progress::new();
    let before = pretrainer.tokens();
    while !pretrainer.finished() {
        let Some(metrics) = pollster::block_on(pretrainer.advance())? else {
            break;
        };
        let rate = (metrics.tokens_so_far - before) as f64 / begun.elapsed().as_secs_f64();
        progress.say(&format!(
            "step {} of {}: loss {:.3}, {rate:.0} tokens/s",
            metrics.step, recipe.steps, metrics.loss
        ));
        if let Some(path) = arguments.state.as_ref().filter(|_| metrics.step % 100 == 0) {
            let state = pollster::block_on(pretrainer.checkpoint())?;
            let bytes = postcard::to_allocvec(&((village, arguments.seed), state))
                .map_err(|error| CliError::Failed(error.to_string()))?;
            // Hours of work hang on this file, and the run may be killed at any time.
            files::replace(path, &bytes)?;
        }
    }
    progress.end();
    let tokens = pretrainer.tokens();
    let seconds = begun.elapsed().as_secs_f64();
    let mut generator = seed::stream(arguments.seed, Purpose::Evaluation, HELD_OUT_STREAM);
    let held_out = pollster::block_on(pretrainer.held_out(HELD_OUT, &mut generator))?;
    let tensors = pollster::block_on(pretrainer.model().to_tensors())?;
    let mut folder = hugging_face::write_folder(
        pretrainer.model().config(),
        &tensors,
        &tokenizer,
        Precision::F16,
    )?;
    let loaded = hugging_face::read_folder(&folder)?;
    let digest = Digest::of_weights(&loaded.tensors);
    // The probes are put to the weights as everybody will read them: rounded to f16.
    let stored = Llama::from_tensors(loaded.config, loaded.tensors, &opened.site)?;
    let probes = probe(&stored, &tokenizer, arguments.seed)?;
    let mut card = card(arguments, &pretrainer, tokens, &held_out, &digest);
    let _ = write!(
        card,
        "\nProbes (`mores evaluate --probes --seed {}`), beside what the village's own people do:\n\n{}\n",
        arguments.seed,
        table(&probes, Some(&people()))
    );
    folder.insert("README.md".into(), card.into_bytes());
    files::write_folder(&arguments.out, &folder)?;
    if arguments.json {
        let result = serde_json::json!({
            "parameters": pretrainer.model().config().parameter_count(),
            "steps": pretrainer.step(), "tokens": tokens, "seconds": seconds,
            "held_out": held_out, "weights": digest.hex(),
        });
        print(&result.to_string())
    } else {
        let mut text = format!(
            "{} steps, {tokens} tokens, {seconds:.0} s\n",
            pretrainer.step()
        );
        for kind in &held_out {
            text += &format!(
                "{:?}: {:.3} nats a completion token ({} documents)\n",
                kind.kind, kind.completion, kind.documents
            );
        }
        text += &format!("weights {}", digest.hex());
        print(&text)
    }
}

/// What a person who finds the checkpoint should know. Nothing in it depends on the clock.
fn card(
    arguments: &Arguments,
    pretrainer: &Pretrainer,
    tokens: u64,
    held_out: &[HeldOut],
    digest: &Digest,
) -> String {
    let config = pretrainer.config();
    let of_language = (0..config.steps).take_while(|step| config.is_about_language(*step));
    let at_switch = config.prompt_weight_at(of_language.last().unwrap_or(0));
    let mut text = String::from("# A base model of the village\n\n");
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "A Llama of {} parameters that speaks the controlled English of Mores and nothing else. It was pre-trained\n\
         on people of all kinds, bad ones among them, so it is mediocre on purpose: alignment begins here.\n\n\
         - Data: the project's own corpus generator, seed {}, {} steps of {} documents, {tokens} tokens.\n\
         - Curriculum: for {} % of the steps the corpus as it is, prompts included (where a completion token weighs 1,\n\
         \x20 a prompt token weighs {} at first and {} by then); then completions only, and mostly those that depend on\n\
         \x20 what was said before: answers after a memory, critiques, revisions.\n\
         - Optimiser: Muon for the layers' matrices, AdamW for all else; peak learning rate {}, weight decay {}, clip {}.\n\
         - Stored as f16. SHA-256 of the weights as read back (`mores digest`): `{}`.\n\
         - Made again by: `mores pretrain --size {} --seed {}{} --out DIR`\n\n\
         Held-out loss, nats a completion token, beside what the corpus generator itself cannot foretell: when told\n\
         who speaks, and when not.\n\n\
         | documents | count | loss | generator, told | generator, not told |\n|---|---|---|---|---|",
        pretrainer.model().config().parameter_count(),
        arguments.seed,
        config.steps,
        config.documents,
        (100.0 * config.language).round(),
        config.prompt_weight,
        (100.0 * f64::from(at_switch)).round() / 100.0,
        config.learning_rate,
        config.weight_decay,
        config.clip,
        digest.hex(),
        arguments.size.name,
        arguments.seed,
        arguments.own_flags(),
    );
    // The floor is measured on the very documents the loss is read on.
    let mut generator = seed::stream(arguments.seed, Purpose::Evaluation, HELD_OUT_STREAM);
    let floors = entropy(HELD_OUT, &mut generator);
    for kind in held_out {
        let floor = floors.iter().find(|floor| floor.kind == kind.kind);
        let _ = writeln!(
            text,
            "| {:?} | {} | {:.3} | {:.3} | {:.3} |",
            kind.kind,
            kind.documents,
            kind.completion,
            floor.map_or(f64::NAN, |floor| floor.knowing),
            floor.map_or(f64::NAN, |floor| floor.at_most),
        );
    }
    text
}
