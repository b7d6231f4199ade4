//! The settings that are typed: where each lives, and what it may be.
//!
//! A page of a thousand words needs a form that never loses what was typed: a text that is no
//! setting stays in its field, beside a sentence, until it is one.

use super::drawn;
use crate::lab::RunConfig;
use crate::lab::config::{Network, SecondMind};

/// A setting that is typed. The order is that of the names in [`crate::ui::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Size,
    Rounds,
    Seed,
    Peers,
    Dropout,
    Memories,
    MemoryDistance,
    ObserverNoise,
    ObserverBias,
    Questions,
    Temperature,
    Steps,
    QuestionsPerStep,
    Accumulation,
    Candidates,
    LearningRate,
    WarmUp,
    WeightDecay,
    Clip,
    Margin,
    Lambda,
    RatingScale,
    TestPrompts,
    TestTemperature,
    Radius,
    Reach,
    Rewiring,
    Links,
    Circles,
    Bridges,
    Stubborn,
    Trolls,
    FactCheckers,
    SecondShare,
    Moving,
    Leaving,
    MinP,
    TestMinP,
    SeatAgent,
    Imitation,
    SelfCritic,
    Realignment,
    Kept,
    Beta,
    Gamma,
    Undesirable,
    DesirableFrom,
    Attacks,
    Patience,
    /// The links drawn by hand: the only one that is no number.
    Drawn,
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// Smallest value.
    pub low: f64,
    /// Largest value.
    pub high: f64,
    /// Only whole numbers.
    pub whole: bool,
}

/// Why a text is no setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It is no number in range.
    Number,
    /// This part of it is no link between two people.
    Link(String),
    /// It would do, but not beside another setting.
    Beside(Clash),
}

/// Which other setting is in the way. The order is that of the sentences in [`crate::ui::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// More answers than a record holds.
    Record,
    /// More people have a role than there are people.
    Roles,
    /// The seat is of somebody who would not be there.
    Seat,
    /// A link leads to somebody who would not be there, or there are too many.
    Links,
    /// A happening names somebody who would not be there.
    Happenings,
    /// Nothing is left to learn from.
    Data,
    /// A stage waits for a loss on kept questions, and none are kept.
    Patience,
}

impl Clash {
    /// The first of a configuration that is in range otherwise.
    fn of(config: &RunConfig) -> Clash {
        let society = &config.society;
        let agents = society.agents();
        let without = |spoil: fn(&mut RunConfig)| {
            let mut config = config.clone();
            spoil(&mut config);
            config.validate().is_ok()
        };
        if config.training.data.validate().is_err() {
            Clash::Data
        } else if config.training.validate().is_err() {
            Clash::Patience
        } else if society.roles.count() > agents.into() {
            Clash::Roles
        } else if society.seat.is_some_and(|seat| seat.agent >= agents) {
            Clash::Seat
        } else if without(|config| config.society.happenings.clear()) {
            Clash::Happenings
        } else if without(|config| config.society.network = Network::Grid) {
            Clash::Links
        } else {
            Clash::Record
        }
    }
}

struct Spec {
    range: Range,
    read: fn(&RunConfig) -> String,
    write: fn(&mut RunConfig, f64),
}

const fn range(low: f64, high: f64, whole: bool) -> Range {
    Range { low, high, whole }
}

/// A setting by its path, as a whole number or as a decimal.
macro_rules! spec {
    ($low:literal ..= $high:literal, $type:ty, $($path:ident).+) => {
        Spec {
            range: range($low as f64, $high as f64, !stringify!($type).starts_with('f')),
            read: |config| config.$($path).+.to_string(),
            // The range was checked, so the number fits.
            write: |config, value| config.$($path).+ = value as $type,
        }
    };
}

/// A number of some kinds of network; the others have none.
macro_rules! network {
    ($low:literal ..= $high:literal, $type:ty, $pattern:pat => $number:ident) => {
        Spec {
            range: range(
                $low as f64,
                $high as f64,
                !stringify!($type).starts_with('f'),
            ),
            read: |config| match &config.society.network {
                $pattern => $number.to_string(),
                _ => String::new(),
            },
            write: |config, value| {
                if let $pattern = &mut config.society.network {
                    *$number = value as $type;
                }
            },
        }
    };
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 50] = [
        Field::Size,
        Field::Rounds,
        Field::Seed,
        Field::Peers,
        Field::Dropout,
        Field::Memories,
        Field::MemoryDistance,
        Field::ObserverNoise,
        Field::ObserverBias,
        Field::Questions,
        Field::Temperature,
        Field::Steps,
        Field::QuestionsPerStep,
        Field::Accumulation,
        Field::Candidates,
        Field::LearningRate,
        Field::WarmUp,
        Field::WeightDecay,
        Field::Clip,
        Field::Margin,
        Field::Lambda,
        Field::RatingScale,
        Field::TestPrompts,
        Field::TestTemperature,
        Field::Radius,
        Field::Reach,
        Field::Rewiring,
        Field::Links,
        Field::Circles,
        Field::Bridges,
        Field::Stubborn,
        Field::Trolls,
        Field::FactCheckers,
        Field::SecondShare,
        Field::Moving,
        Field::Leaving,
        Field::MinP,
        Field::TestMinP,
        Field::SeatAgent,
        Field::Imitation,
        Field::SelfCritic,
        Field::Realignment,
        Field::Kept,
        Field::Beta,
        Field::Gamma,
        Field::Undesirable,
        Field::DesirableFrom,
        Field::Attacks,
        Field::Patience,
        Field::Drawn,
    ];

    fn spec(self) -> Spec {
        match self {
            Field::Size => spec!(2..=32, u8, society.size),
            Field::Rounds => spec!(1..=1000, u16, society.rounds),
            // Larger seeds exist in links; these are the ones every language counts exactly.
            Field::Seed => spec!(0..=9_007_199_254_740_991i64, u64, seed),
            Field::Peers => spec!(1..=16, u8, society.peers),
            Field::Dropout => spec!(0..=1, f32, society.dropout),
            Field::Memories => spec!(0..=120, u8, society.memories_at_birth),
            Field::MemoryDistance => spec!(0..=2, f32, society.memory_distance),
            Field::ObserverNoise => spec!(0..=1, f32, society.observer_noise),
            Field::ObserverBias => spec!(-3..=3, f32, society.observer_bias),
            Field::Questions => spec!(1..=10_000, u16, society.questions),
            Field::Temperature => spec!(0..=5, f32, society.temperature),
            Field::Steps => spec!(0..=2000, u16, training.steps),
            Field::QuestionsPerStep => spec!(1..=64, u8, training.questions_per_step),
            Field::Accumulation => spec!(1..=16, u8, training.accumulation),
            Field::Candidates => spec!(2..=8, u8, training.candidates),
            Field::LearningRate => spec!(0.000_001..=0.1, f32, training.learning_rate),
            Field::WarmUp => spec!(0..=0.5, f32, training.warm_up),
            Field::WeightDecay => spec!(0..=1, f32, training.weight_decay),
            Field::Clip => spec!(0.01..=100, f32, training.clip),
            Field::Margin => spec!(0..=100, f32, training.margin),
            Field::Lambda => spec!(0..=10, f32, training.hinge_weight),
            Field::RatingScale => spec!(1..=100, f32, training.rating_scale),
            Field::TestPrompts => spec!(0..=300, u16, testing.prompts),
            Field::TestTemperature => spec!(0..=2, f32, testing.temperature),
            Field::Radius => Spec {
                range: range(1.0, 45.0, true),
                read: |config| {
                    let radius = config.society.radius;
                    radius.map(|cells| cells.to_string()).unwrap_or_default()
                },
                write: |config, value| config.society.radius = Some(value as u8),
            },
            Field::Reach => {
                network!(1..=16, u8, Network::Ring { reach } | Network::SmallWorld { reach, .. } => reach)
            }
            Field::Rewiring => {
                network!(0..=1, f32, Network::SmallWorld { rewiring, .. } => rewiring)
            }
            Field::Links => network!(1..=16, u8, Network::ScaleFree { links } => links),
            Field::Circles => network!(2..=64, u8, Network::Communities { count, .. } => count),
            Field::Bridges => {
                network!(0..=16, u8, Network::Communities { bridges, .. } => bridges)
            }
            Field::Stubborn => spec!(0..=1024, u16, society.roles.stubborn),
            Field::Trolls => spec!(0..=1024, u16, society.roles.trolls),
            Field::FactCheckers => spec!(0..=1024, u16, society.roles.fact_checkers),
            Field::SecondShare => Spec {
                range: range(0.0, 1.0, false),
                read: |config| match config.society.second_mind {
                    SecondMind::Share(share) => share.to_string(),
                    _ => String::new(),
                },
                write: |config, value| config.society.second_mind = SecondMind::Share(value as f32),
            },
            Field::Moving => spec!(0..=1, f32, society.moving),
            Field::Leaving => spec!(0..=1, f32, society.leaving),
            Field::MinP => spec!(0..=1, f32, society.min_p),
            Field::TestMinP => spec!(0..=1, f32, testing.min_p),
            Field::SeatAgent => Spec {
                range: range(0.0, 1023.0, true),
                read: |config| {
                    let seat = config.society.seat;
                    seat.map(|seat| seat.agent.to_string()).unwrap_or_default()
                },
                write: |config, value| {
                    if let Some(seat) = &mut config.society.seat {
                        seat.agent = value as u16;
                    }
                },
            },
            Field::Imitation => spec!(0..=100, u8, training.data.imitation),
            Field::SelfCritic => spec!(0..=100, u8, training.data.self_critic),
            Field::Realignment => spec!(0..=100, u8, training.data.realignment),
            Field::Kept => spec!(0..=0.5, f32, training.data.dev),
            Field::Beta => spec!(0.001..=100, f32, training.beta),
            Field::Gamma => spec!(0..=100, f32, training.gamma),
            Field::Undesirable => spec!(0..=10, f32, training.undesirable),
            Field::DesirableFrom => spec!(1..=7, f32, training.desirable_from),
            Field::Attacks => spec!(0..=60, u8, testing.attacks),
            Field::Patience => spec!(0..=5, u8, training.patience),
            Field::Drawn => Spec {
                range: range(0.0, 1023.0, true),
                read: |config| match &config.society.network {
                    Network::Drawn(pairs) => drawn::written(pairs),
                    _ => String::new(),
                },
                write: |_, _| {},
            },
        }
    }

    /// What it may hold.
    pub fn range(self) -> Range {
        self.spec().range
    }

    /// Its place in the list of names.
    pub fn index(self) -> usize {
        self as usize
    }

    /// Whether there is such a setting beside the others: a ring has no circles.
    pub fn is_there(self, config: &RunConfig) -> bool {
        let society = &config.society;
        let matters = config.training.objective.matters();
        match self {
            Field::Radius => society.network == Network::Grid,
            Field::Reach
            | Field::Rewiring
            | Field::Links
            | Field::Circles
            | Field::Bridges
            | Field::SecondShare
            | Field::SeatAgent => !self.read(config).is_empty(),
            Field::Drawn => matches!(society.network, Network::Drawn(_)),
            Field::Margin => matters.margin,
            Field::Lambda => matters.weight,
            Field::RatingScale => matters.scale,
            Field::Beta => matters.beta,
            Field::Gamma => matters.gamma,
            Field::Undesirable | Field::DesirableFrom => matters.desirable,
            Field::Candidates => matters.candidates,
            _ => true,
        }
    }

    /// The setting as it would be typed.
    pub fn read(self, config: &RunConfig) -> String {
        (self.spec().read)(config)
    }

    /// Takes what was typed.
    ///
    /// # Errors
    /// Why it can't; nothing has changed then.
    pub fn write(self, config: &mut RunConfig, typed: &str) -> Result<(), Fault> {
        let mut changed = config.clone();
        match self {
            Field::Drawn => {
                let pairs = drawn::read(typed, config.society.agents()).map_err(Fault::Link)?;
                changed.society.network = Network::Drawn(pairs);
            }
            Field::Radius if typed.trim().is_empty() => changed.society.radius = None,
            _ => {
                let spec = self.spec();
                let Range { low, high, whole } = spec.range;
                let value = decimal(typed).ok_or(Fault::Number)?;
                if !(low..=high).contains(&value) || (whole && value.fract() != 0.0) {
                    return Err(Fault::Number);
                }
                (spec.write)(&mut changed, value);
            }
        }
        if changed.validate().is_err() {
            return Err(Fault::Beside(Clash::of(&changed)));
        }
        *config = changed;
        Ok(())
    }
}

/// Reads a decimal number such as `-2`, `.5` or `0,002`. Exact wherever digits and places are few
/// enough for a setting; the standard library's reader is exact for all, and costs the page 14 kB.
fn decimal(typed: &str) -> Option<f64> {
    let typed = typed.trim();
    let (negative, digits) = match typed.strip_prefix(['-', '\u{2212}']) {
        Some(digits) => (true, digits),
        None => (false, typed),
    };
    let (whole, places) = digits.split_once(['.', ',']).unwrap_or((digits, ""));
    let count = whole.len() + places.len();
    if !(1..=18).contains(&count) || places.len() > 15 {
        return None;
    }
    let mut number = 0u64;
    for digit in whole.chars().chain(places.chars()) {
        number = number * 10 + u64::from(digit.to_digit(10)?);
    }
    let scale = 10u64.pow(u32::try_from(places.len()).ok()?);
    let value = number as f64 / scale as f64;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests;
