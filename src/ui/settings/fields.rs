//! The settings that are numbers: where each lives, and what it may be.
//!
//! A page of a thousand words needs a form that never loses what was typed: a text that is not a
//! number in range stays in its field, beside a sentence, until it is one.

use crate::lab::RunConfig;

/// A setting that is a number. The order is that of the names in [`crate::ui::text`].
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

struct Spec {
    range: Range,
    read: fn(&RunConfig) -> String,
    write: fn(&mut RunConfig, f64),
}

/// A setting by its path, as a whole number or as a decimal.
macro_rules! spec {
    ($low:literal ..= $high:literal, $type:ty, $($path:ident).+) => {
        Spec {
            range: Range { low: $low as f64, high: $high as f64, whole: !stringify!($type).starts_with('f') },
            read: |config| config.$($path).+.to_string(),
            // The range was checked, so the number fits.
            write: |config, value| config.$($path).+ = value as $type,
        }
    };
}

impl Field {
    /// All of them.
    pub const ALL: [Field; 24] = [
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

    /// The setting as it would be typed.
    pub fn read(self, config: &RunConfig) -> String {
        (self.spec().read)(config)
    }

    /// Takes what was typed; false, and nothing changed, if it is not a number in range.
    pub fn write(self, config: &mut RunConfig, typed: &str) -> bool {
        let spec = self.spec();
        let Some(value) = decimal(typed) else {
            return false;
        };
        let Range { low, high, whole } = spec.range;
        if !(low..=high).contains(&value) || (whole && value.fract() != 0.0) {
            return false;
        }
        let mut changed = config.clone();
        (spec.write)(&mut changed, value);
        // Nobody sits where there is nobody any more.
        let society = &mut changed.society;
        society.seat = society.seat.filter(|seat| seat.agent < society.agents());
        if changed.validate().is_err() {
            return false;
        }
        *config = changed;
        true
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
mod tests {
    use super::Field;
    use crate::lab::RunConfig;

    #[test]
    fn every_field_reads_back_what_was_written_and_refuses_what_the_engine_would() {
        for (place, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field.index(), place);
            let range = field.range();
            for value in [range.low, range.high] {
                let mut config = RunConfig::default();
                assert!(
                    field.write(&mut config, &value.to_string()),
                    "{field:?} takes {value}"
                );
                assert_eq!(field.read(&config), value.to_string(), "{field:?}");
                assert!(config.validate().is_ok(), "{field:?} at {value}");
            }
            let before = RunConfig::default();
            for typed in ["", "-", ".", "1.2.3", "many", "-3.5", "NaN", "inf", "1e30"] {
                let mut config = before.clone();
                assert!(
                    !field.write(&mut config, typed),
                    "{field:?} refuses {typed:?}"
                );
                assert_eq!(config, before);
            }
            let mut config = before.clone();
            assert_eq!(
                field.write(&mut config, "4.5"),
                !range.whole && range.high >= 4.5
            );
        }
    }
}
