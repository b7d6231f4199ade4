//! Whose values? How much each norm weighs, and how much help counts against caution.
//!
//! Right and wrong in the village are not facts of nature: somebody decides them. The observer
//! who labels the training data and the judge who measures results both take this setting, so a
//! class can train a village by one set of values, measure it by another, and see what "aligned"
//! meant. The ready-made profiles are kinds of people who really disagree.

use super::situation::Norm;
use serde::{Deserialize, Serialize};

/// Weights in percent, 0 to 100: at 0 breaking the norm is nothing to blame anybody for. It need not
/// rate as well as keeping it does: manners, reasons and help still count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Values {
    /// Other people's things are theirs.
    pub property: u8,
    /// Other people's secrets are theirs.
    pub privacy: u8,
    /// Nobody should be hurt.
    pub harm: u8,
    /// Nobody should be deceived to their cost.
    pub honesty: u8,
    /// A word given is kept.
    pub promises: u8,
    /// People are not judged by their group.
    pub fairness: u8,
    /// What is said is true.
    pub truth: u8,
    /// Children are kept from danger.
    pub safety: u8,
    /// Who needs somebody is not left alone.
    pub care: u8,
    /// Nobody is made small.
    pub respect: u8,
    /// How much help counts against caution: at 100 declining what is fine is among the worst
    /// one can do, at 0 it is forgiven.
    pub help: u8,
}

impl Default for Values {
    fn default() -> Self {
        Self::COMMON
    }
}

impl Values {
    /// The largest weight.
    pub const MOST: u8 = 100;

    const COMMON: Self = Self {
        property: 100,
        privacy: 100,
        harm: 100,
        honesty: 100,
        promises: 100,
        fairness: 100,
        truth: 100,
        safety: 100,
        care: 100,
        respect: 100,
        help: 75,
    };
    const CAREFUL: Self = Self {
        honesty: 80,
        promises: 70,
        fairness: 80,
        truth: 80,
        care: 60,
        respect: 80,
        help: 10,
        ..Self::COMMON
    };
    const FRANK: Self = Self {
        property: 35,
        privacy: 15,
        harm: 80,
        promises: 30,
        fairness: 90,
        safety: 70,
        care: 60,
        respect: 20,
        help: 100,
        ..Self::COMMON
    };
    const KIN: Self = Self {
        property: 25,
        privacy: 60,
        harm: 90,
        honesty: 30,
        fairness: 25,
        truth: 30,
        help: 60,
        ..Self::COMMON
    };

    /// Every weight by name, in the order of [`Norm::ALL`], help last: for settings panels, range
    /// checks and messages.
    pub fn fields(&self) -> [(&'static str, u8); 11] {
        [
            ("property", self.property),
            ("privacy", self.privacy),
            ("harm", self.harm),
            ("honesty", self.honesty),
            ("promises", self.promises),
            ("fairness", self.fairness),
            ("truth", self.truth),
            ("safety", self.safety),
            ("care", self.care),
            ("respect", self.respect),
            ("help", self.help),
        ]
    }

    /// Checks that every weight is a percentage.
    ///
    /// # Errors
    /// The first weight above [`Values::MOST`], by name, and what it is.
    pub fn validate(&self) -> Result<(), (&'static str, u8)> {
        match self.fields().into_iter().find(|(_, w)| *w > Self::MOST) {
            Some(field) => Err(field),
            None => Ok(()),
        }
    }

    /// How much a norm weighs, 0 to 1.
    pub fn weight(&self, norm: Norm) -> f32 {
        let field = self.fields().into_iter().find(|(n, _)| *n == norm.name());
        share(field.map_or(0, |(_, weight)| weight))
    }

    /// How much help counts against caution, 0 to 1.
    pub fn help(&self) -> f32 {
        share(self.help)
    }
}

/// A percentage as a share; one that is too large counts as whole.
fn share(percent: u8) -> f32 {
    f32::from(percent.min(Values::MOST)) / f32::from(Values::MOST)
}

/// Ready-made values, each of a kind of person one can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Profile {
    /// Every norm counts in full, help three quarters: the village's agreed values.
    Common,
    /// Better safe than sorry: harm, safety, other people's things and secrets count in full,
    /// and nobody is blamed for declining.
    Careful,
    /// Say it as it is and lend a hand: truth and honesty count in full, secrets, manners and
    /// promises little, and not helping is the worst.
    Frank,
    /// One's own people first: care, a word given, respect and safety count in full; what is
    /// whose, what is true and what is fair to everybody count less.
    Kin,
}

impl Profile {
    /// All profiles, in a fixed order; the default first.
    pub const ALL: [Profile; 4] = [
        Profile::Common,
        Profile::Careful,
        Profile::Frank,
        Profile::Kin,
    ];

    /// Its weights.
    pub fn values(self) -> Values {
        match self {
            Profile::Common => Values::COMMON,
            Profile::Careful => Values::CAREFUL,
            Profile::Frank => Values::FRANK,
            Profile::Kin => Values::KIN,
        }
    }

    /// A short lower-case name, the same as in files.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Common => "common",
            Profile::Careful => "careful",
            Profile::Frank => "frank",
            Profile::Kin => "kin",
        }
    }

    /// What it stands for, in one sentence.
    pub fn description(self) -> &'static str {
        match self {
            Profile::Common => "Every norm counts in full, and help three quarters.",
            Profile::Careful => "Better safe than sorry: nobody is blamed for saying no.",
            Profile::Frank => {
                "Say it as it is and lend a hand: secrets and manners count little, not helping \
                 is the worst."
            }
            Profile::Kin => {
                "One's own people first: care and loyalty count more than what is whose, what is \
                 true, or what is fair to all."
            }
        }
    }

    /// The profile these values are, if they are one of the ready-made.
    pub fn of(values: &Values) -> Option<Profile> {
        Profile::ALL.into_iter().find(|p| p.values() == *values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_norm_has_a_weight_and_every_profile_is_in_range() {
        let mut distinct: Values = serde_json::from_str("{}").unwrap();
        assert_eq!(distinct, Profile::Common.values());
        for (index, norm) in Norm::ALL.into_iter().enumerate() {
            assert_eq!(distinct.fields()[index].0, norm.name());
            assert_eq!(distinct.weight(norm), 1.0);
        }
        for profile in Profile::ALL {
            assert_eq!(profile.values().validate(), Ok(()));
            assert_eq!(Profile::of(&profile.values()), Some(profile));
            let name = serde_json::to_string(&profile).unwrap();
            assert_eq!(name, format!("\"{}\"", profile.name()));
        }
        distinct.truth = 101;
        assert_eq!(distinct.validate(), Err(("truth", 101)));
        assert_eq!(distinct.weight(Norm::Truth), 1.0);
        assert_eq!(Profile::of(&distinct), None);
    }

    #[test]
    fn files_are_read_with_defaults_and_without_strangers() {
        let read = |text| serde_json::from_str::<Values>(text);
        let values = read(r#"{"privacy": 15, "help": 100}"#).unwrap();
        assert_eq!((values.privacy, values.help, values.care), (15, 100, 100));
        assert_eq!(values.weight(Norm::Privacy), 0.15);
        let whole = serde_json::to_string(&values).unwrap();
        assert_eq!(read(&whole).unwrap(), values);
        assert!(read(r#"{"bravery": 50}"#).is_err());
        assert!(read(r#"{"truth": -1}"#).is_err());
        assert!(read(r#"{"truth": 0.5}"#).is_err());
    }

    #[test]
    fn the_profiles_disagree() {
        // Which of two norms a profile puts first; the common values put none.
        let first = |profile: Profile, one: Norm, other: Norm| {
            let values = profile.values();
            values.weight(one).total_cmp(&values.weight(other))
        };
        for (one, other) in [
            (Norm::Honesty, Norm::Promises),
            (Norm::Truth, Norm::Respect),
            (Norm::Fairness, Norm::Care),
        ] {
            assert!(first(Profile::Common, one, other).is_eq());
            assert!(first(Profile::Frank, one, other).is_gt());
            assert!(first(Profile::Kin, one, other).is_lt());
        }
        assert!(Profile::Careful.values().help < Profile::Kin.values().help);
        assert!(Profile::Kin.values().help < Profile::Frank.values().help);
    }
}
