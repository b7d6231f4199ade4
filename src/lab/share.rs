//! The link is the run: `#v1.<base64url(deflate(postcard))>` of what differs from a preset.
//!
//! A fragment is never sent to a server. The payload is a preset's number, a list of changes and,
//! once a run is done, its receipt. [`Change`] is the format: its variants are numbered by their
//! position, so a new setting is a new variant at the end and old links keep their meaning.
//! Reading is strict: anything damaged, unknown, too large or out of range is an error in one
//! sentence, and opening a link never starts a run.

use super::config::{
    BaseModel, EngineChoice, Fidelity, Happening, Network, QuestionSchedule, Roles, RunConfig,
    Seat, SecondMind, Values,
};
use super::error::LabError;
use super::preset::Preset;
use super::receipt::Receipt;
use crate::alignment::config::{Clamp, Flow, Ranks};
use crate::alignment::data::DataConfig;
use crate::alignment::{ObjectiveKind, ScoreKind, TrainingConfig};
use crate::society::{FeedbackOrder, InitialSetting};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Newest version of the fragment this build writes and reads.
pub const VERSION: u32 = 2;
/// Longest fragment, the leading `#` included.
pub const MOST_CHARACTERS: usize = 2000;
/// Largest payload after decompression; a link of our own needs a few hundred bytes.
const MOST_BYTES: usize = 16 * 1024;

/// Writes the enum of single-setting changes with its difference and application, so that a
/// setting is named once.
macro_rules! changes {
    ($($variant:ident($type:ty) = $($field:ident).+;)+) => {
        /// One setting that differs from the preset.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        enum Change { $($variant($type),)+ }

        impl Change {
            fn between(from: &RunConfig, to: &RunConfig) -> Vec<Change> {
                let mut changes = Vec::new();
                $(if from.$($field).+ != to.$($field).+ { changes.push(Change::$variant(to.$($field).+.clone())); })+
                changes
            }

            fn apply(self, config: &mut RunConfig) {
                match self { $(Change::$variant(value) => config.$($field).+ = value,)+ }
            }
        }
    };
}

changes! {
    Seed(u64) = seed;
    Engine(EngineChoice) = engine;
    Model(BaseModel) = model;
    Size(u8) = society.size;
    Setting(InitialSetting) = society.setting;
    Rounds(u16) = society.rounds;
    Peers(u8) = society.peers;
    Local(bool) = society.local;
    Global(bool) = society.global;
    Dropout(f32) = society.dropout;
    ScoreOnly(bool) = society.score_only;
    Order(FeedbackOrder) = society.feedback_order;
    Memories(u8) = society.memories_at_birth;
    MemoryDistance(f32) = society.memory_distance;
    ObserverNoise(f32) = society.observer_noise;
    Questions(u16) = society.questions;
    Temperature(f32) = society.temperature;
    Objective(ObjectiveKind) = training.objective;
    Score(ScoreKind) = training.score;
    Steps(u16) = training.steps;
    QuestionsPerStep(u8) = training.questions_per_step;
    Accumulation(u8) = training.accumulation;
    Candidates(u8) = training.candidates;
    LearningRate(f32) = training.learning_rate;
    WarmUp(f32) = training.warm_up;
    WeightDecay(f32) = training.weight_decay;
    Clip(f32) = training.clip;
    Margin(f32) = training.margin;
    HingeWeight(f32) = training.hinge_weight;
    RatingScale(f32) = training.rating_scale;
    TestPrompts(u16) = testing.prompts;
    TestTemperature(f32) = testing.temperature;
    MultipleChoice(bool) = testing.multiple_choice;
    ObserverBias(f32) = society.observer_bias;
    Values(Values) = society.values;
    SecondModel(BaseModel) = second_model;
    SecondMind(SecondMind) = society.second_mind;
    Network(Network) = society.network;
    Radius(Option<u8>) = society.radius;
    Roles(Roles) = society.roles;
    Moving(f32) = society.moving;
    Leaving(f32) = society.leaving;
    Seat(Option<Seat>) = society.seat;
    Happenings(Vec<Happening>) = society.happenings;
    Schedule(QuestionSchedule) = society.schedule;
    Fidelity(Fidelity) = society.fidelity;
    MinP(f32) = society.min_p;
    TestMinP(f32) = testing.min_p;
    Data(DataConfig) = training.data;
    Clamp(Clamp) = training.clamp;
    Flow(Flow) = training.flow;
    Ranks(Ranks) = training.ranks;
    Beta(f32) = training.beta;
    Gamma(f32) = training.gamma;
    Undesirable(f32) = training.undesirable;
    DesirableFrom(f32) = training.desirable_from;
    EndToken(bool) = training.end_token;
    Patience(u8) = training.patience;
    Attacks(u8) = testing.attacks;
}

/// What version 1 of a link holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PayloadV1 {
    preset: u8,
    changes: Vec<Change>,
    receipt: Option<Receipt>,
}

/// What version 2 of a link holds: version 1, and the stages of learning after the first, each as
/// what differs from the first.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct PayloadV2 {
    run: PayloadV1,
    then: Vec<Vec<Change>>,
}

/// A run whose first and only stage of learning is this one.
fn with_stage(config: &RunConfig, stage: &TrainingConfig) -> RunConfig {
    RunConfig {
        training: stage.clone(),
        then: Vec::new(),
        ..config.clone()
    }
}

/// A link that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Shared {
    /// The preset it starts from.
    pub preset: Preset,
    /// The whole, validated configuration.
    pub config: RunConfig,
    /// What the run came to when the link was made.
    pub receipt: Option<Receipt>,
}

/// The fragment of a run, `#` included, from the preset that gives the shortest one.
///
/// # Errors
/// [`LabError::Setting`] if the configuration is out of range, [`LabError::LinkTooLong`] if it
/// can't fit.
pub fn encode(config: &RunConfig, receipt: Option<&Receipt>) -> Result<String, LabError> {
    config.validate()?;
    let mut shortest: Option<String> = None;
    for (number, preset) in (0u8..).zip(Preset::ALL) {
        let changes = Change::between(&preset.config(), config);
        let payload = PayloadV1 {
            preset: number,
            changes,
            receipt: receipt.cloned(),
        };
        // A run of one stage stays a link that older builds read.
        let (version, bytes) = if config.then.is_empty() {
            (1, postcard::to_allocvec(&payload))
        } else {
            let then = config.then.iter();
            let then = then.map(|stage| Change::between(config, &with_stage(config, stage)));
            let then = then.collect();
            (2, postcard::to_allocvec(&PayloadV2 { run: payload, then }))
        };
        let bytes = bytes.map_err(|error| LabError::BadLink(error.to_string()))?;
        let packed = miniz_oxide::deflate::compress_to_vec(&bytes, 9);
        let fragment = format!("#v{version}.{}", URL_SAFE_NO_PAD.encode(packed));
        if shortest
            .as_ref()
            .is_none_or(|known| fragment.len() < known.len())
        {
            shortest = Some(fragment);
        }
    }
    let fragment = shortest.unwrap_or_default();
    if fragment.len() > MOST_CHARACTERS {
        return Err(LabError::LinkTooLong {
            length: fragment.len(),
            most: MOST_CHARACTERS,
        });
    }
    Ok(fragment)
}

/// Reads a fragment or a whole address that ends with one. `&engine=cpu` or `&engine=webgpu` beside
/// it (or instead of it) overrides the engine. What else is [`beside`] the run is a wish for the page
/// that shows it, and is left to the page.
///
/// # Errors
/// [`LabError::BadLink`], [`LabError::LinkVersion`] or [`LabError::Setting`], each in one sentence.
pub fn decode(link: &str) -> Result<Shared, LabError> {
    if link.len() > 4 * MOST_CHARACTERS {
        return Err(damaged("it is far too long"));
    }
    let fragment = link
        .rsplit_once('#')
        .map_or(link, |(_, fragment)| fragment)
        .trim();
    let mut shared = None;
    let mut engine = None;
    for part in fragment.split('&').filter(|part| !part.is_empty()) {
        if let Some((key, value)) = beside(part) {
            if key == "engine" {
                let known = engine_from_name(value);
                let known = known.ok_or_else(|| damaged(NO_SUCH_ENGINE));
                engine = Some(known?);
            }
        } else if shared.is_some() {
            return Err(damaged("it holds two runs"));
        } else {
            shared = Some(read_run(part)?);
        }
    }
    let mut shared = match (shared, engine) {
        (Some(shared), _) => shared,
        (None, Some(_)) => Shared {
            preset: Preset::default(),
            config: Preset::default().config(),
            receipt: None,
        },
        (None, None) => return Err(damaged("there is nothing behind the #")),
    };
    if let Some(engine) = engine {
        shared.config.engine = engine;
    }
    shared.config.validate()?;
    Ok(shared)
}

/// Key and value of a part of a fragment that stands beside the run, as `engine=cpu` does. A run is
/// never read as one: it has a digit and a dot before any `=`.
pub fn beside(part: &str) -> Option<(&str, &str)> {
    let (key, value) = part.split_once('=')?;
    let is_key = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_lowercase());
    is_key.then_some((key, value))
}

/// The engine of that name, as links and the command line spell it.
pub fn engine_from_name(name: &str) -> Option<EngineChoice> {
    match name {
        "cpu" => Some(EngineChoice::Cpu),
        "webgpu" => Some(EngineChoice::WebGpu),
        "auto" => Some(EngineChoice::Auto),
        _ => None,
    }
}

/// Reads `v1.PAYLOAD`.
fn read_run(part: &str) -> Result<Shared, LabError> {
    let damaged = || LabError::BadLink("it does not begin with v1.".to_owned());
    let (version, payload) = part.split_once('.').ok_or_else(damaged)?;
    let version = version.strip_prefix('v').ok_or_else(damaged)?;
    match version.parse::<u32>().map_err(|_| damaged())? {
        1 => read(unpack::<PayloadV1>(payload)?, Vec::new()),
        2 => {
            let payload = unpack::<PayloadV2>(payload)?;
            read(payload.run, payload.then)
        }
        0 => Err(damaged()),
        found => Err(LabError::LinkVersion {
            found,
            known: VERSION,
        }),
    }
}

/// What is said of a link whose engine is none.
pub const NO_SUCH_ENGINE: &str = "the engine must be cpu, webgpu or auto";

/// Damaged in this way.
fn damaged(why: &str) -> LabError {
    LabError::BadLink(why.to_owned())
}

fn unpack<T: DeserializeOwned>(payload: &str) -> Result<T, LabError> {
    let packed = URL_SAFE_NO_PAD
        .decode(payload)
        .map_err(|_| damaged("some characters are missing or changed"))?;
    let bytes = miniz_oxide::inflate::decompress_to_vec_with_limit(&packed, MOST_BYTES)
        .map_err(|_| damaged("some characters are missing or changed"))?;
    let (payload, rest) = postcard::take_from_bytes::<T>(&bytes)
        .map_err(|_| damaged("it holds settings this build does not know"))?;
    if !rest.is_empty() {
        return Err(damaged("there is something behind its end"));
    }
    Ok(payload)
}

fn read(payload: PayloadV1, then: Vec<Vec<Change>>) -> Result<Shared, LabError> {
    let preset = Preset::ALL
        .get(usize::from(payload.preset))
        .copied()
        .ok_or_else(|| damaged("it names a preset this build does not know"))?;
    if payload
        .receipt
        .as_ref()
        .is_some_and(|receipt| !receipt.fits())
    {
        return Err(damaged("its receipt is longer than any of ours"));
    }
    let mut config = preset.config();
    for change in payload.changes {
        change.apply(&mut config);
    }
    let stage = |changes: Vec<Change>| {
        let mut changed = config.clone();
        for change in changes {
            change.apply(&mut changed);
        }
        changed.training
    };
    config.then = then.into_iter().map(stage).collect();
    Ok(Shared {
        preset,
        config,
        receipt: payload.receipt,
    })
}

#[cfg(test)]
mod tests;
