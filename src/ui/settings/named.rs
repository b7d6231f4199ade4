//! Settings by the page's own words: the name of each, and what it is set to.
//!
//! [`crate::lab::kept::difference`] tells which settings differ by their stable names, as in run
//! files. What is a setting of its own there and a part of one thing here (a network's numbers,
//! planned happenings) is told once.

use super::fields::Field;
use crate::lab::RunConfig;
use crate::lab::config::{BaseModel, EngineChoice, ObjectiveKind, ScoreKind};
use crate::lab::kept::{Differing, difference};
use crate::ui::text::Text;

/// Settings that a field of the page sets, by their names in run files.
const FIELDS: [(&str, Field); 42] = [
    ("seed", Field::Seed),
    ("society.size", Field::Size),
    ("society.rounds", Field::Rounds),
    ("society.peers", Field::Peers),
    ("society.dropout", Field::Dropout),
    ("society.temperature", Field::Temperature),
    ("society.questions", Field::Questions),
    ("society.memories_at_birth", Field::Memories),
    ("society.memory_distance", Field::MemoryDistance),
    ("society.observer_noise", Field::ObserverNoise),
    ("society.observer_bias", Field::ObserverBias),
    ("society.radius", Field::Radius),
    ("society.roles.stubborn", Field::Stubborn),
    ("society.roles.trolls", Field::Trolls),
    ("society.roles.fact_checkers", Field::FactCheckers),
    ("society.moving", Field::Moving),
    ("society.leaving", Field::Leaving),
    ("society.min_p", Field::MinP),
    ("training.steps", Field::Steps),
    ("training.questions_per_step", Field::QuestionsPerStep),
    ("training.accumulation", Field::Accumulation),
    ("training.candidates", Field::Candidates),
    ("training.learning_rate", Field::LearningRate),
    ("training.warm_up", Field::WarmUp),
    ("training.weight_decay", Field::WeightDecay),
    ("training.clip", Field::Clip),
    ("training.margin", Field::Margin),
    ("training.hinge_weight", Field::Lambda),
    ("training.rating_scale", Field::RatingScale),
    ("training.beta", Field::Beta),
    ("training.gamma", Field::Gamma),
    ("training.undesirable", Field::Undesirable),
    ("training.desirable_from", Field::DesirableFrom),
    ("training.patience", Field::Patience),
    ("training.data.imitation", Field::Imitation),
    ("training.data.self_critic", Field::SelfCritic),
    ("training.data.realignment", Field::Realignment),
    ("training.data.dev", Field::Kept),
    ("testing.prompts", Field::TestPrompts),
    ("testing.temperature", Field::TestTemperature),
    ("testing.min_p", Field::TestMinP),
    ("testing.attacks", Field::Attacks),
];

/// The name of a setting in the page's language, where it has one.
pub fn name(text: &Text, setting: &str) -> Option<&'static str> {
    let (settings, society) = (&text.settings, &text.society);
    Some(match setting {
        "training.objective" => settings.objective.0,
        "training.score" => settings.score.0,
        "society.setting" => settings.who.0,
        "society.feedback_order" => settings.order.0,
        "society.local" => settings.local,
        "society.global" => settings.global,
        "society.score_only" => settings.score_only,
        "society.schedule" => society.schedule.0,
        "testing.multiple_choice" => settings.multiple_choice,
        "model" => settings.model.0,
        "second_model" => society.second_model.0,
        "engine" => settings.engine.0,
        _ => {
            let (_, field) = FIELDS.iter().find(|(name, _)| *name == setting)?;
            settings.fields.get(field.index())?.0
        }
    })
}

/// The one thing of the page that a setting is a part of.
fn whole(text: &Text, setting: &str) -> Option<&'static str> {
    let society = &text.society;
    let wholes = [
        ("society.network", society.network.0),
        ("society.happenings", society.group_outside),
        ("society.values", text.settings.values.0),
        ("society.seat", society.seat.0),
        ("society.second_mind", society.second_mind.0),
        ("society.fidelity", text.fidelity.title),
        ("training.clamp", text.fidelity.title),
        ("training.flow", text.fidelity.title),
        ("training.ranks", text.fidelity.title),
        ("training.end_token", text.fidelity.title),
        ("then", text.learning.stages),
    ];
    let is_in = |whole: &str| {
        let rest = setting.strip_prefix(whole);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    wholes
        .into_iter()
        .find_map(|(whole, name)| is_in(whole).then_some(name))
}

/// The name of one of a few choices, by its stable name.
fn choice(text: &Text, setting: &str, value: &str) -> Option<&'static str> {
    let settings = &text.settings;
    let objective = |one: &ObjectiveKind| format!("{one:?}") == value;
    let score = |one: &ScoreKind| format!("{one:?}") == value;
    let (names, place): (&[&'static str], usize) = match setting {
        "training.objective" => (
            &settings.objective_names,
            ObjectiveKind::ALL.iter().position(objective)?,
        ),
        "training.score" => (
            &settings.score_names,
            super::more::SCORES.iter().position(score)?,
        ),
        "society.setting" => {
            let known = ["all_good", "all_bad", "half_half", "mixed_half_half"];
            (
                &settings.who_names,
                known.iter().position(|one| *one == value)?,
            )
        }
        "model" | "second_model" => {
            let model = |one: &BaseModel| one.folder() == value;
            (
                &settings.model_names,
                BaseModel::ALL.iter().position(model)?,
            )
        }
        "engine" => {
            let engine = crate::lab::share::engine_from_name(value)?;
            let same = |one: &EngineChoice| *one == engine;
            (
                &settings.engine_names,
                super::more::ENGINES.iter().position(same)?,
            )
        }
        _ => return None,
    };
    names.get(place).copied()
}

/// What a setting is set to, in words.
fn value(text: &Text, setting: &str, value: Option<&str>) -> String {
    match value {
        None => text.waiting.nothing.to_owned(),
        Some("true") => text.waiting.yes.to_owned(),
        Some("false") => text.waiting.no.to_owned(),
        Some(value) => choice(text, setting, value).unwrap_or(value).to_owned(),
    }
}

/// What a setting is set to, in words, by what run files call it.
pub fn told(text: &Text, setting: &str, written: &str) -> String {
    value(text, setting, Some(written))
}

/// A thing that is not the same in two configurations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Its name.
    pub name: String,
    /// What it is in each; none where that takes more than a word.
    pub values: Option<[String; 2]>,
}

/// What is not the same in two configurations, in words, in the order of run files.
pub fn changes(text: &Text, from: &RunConfig, to: &RunConfig) -> Vec<Changed> {
    let mut changes: Vec<Changed> = Vec::new();
    for differing in difference(&[from, to]) {
        let change = changed(text, &differing);
        if !changes.iter().any(|known| known.name == change.name) {
            changes.push(change);
        }
    }
    changes
}

fn changed(text: &Text, differing: &Differing) -> Changed {
    let setting = differing.setting.as_str();
    if let Some(whole) = whole(text, setting) {
        return Changed {
            name: whole.to_owned(),
            values: None,
        };
    }
    let values = [0, 1].map(|at| {
        let found = differing.values.get(at).and_then(Option::as_deref);
        value(text, setting, found)
    });
    Changed {
        name: name(text, setting).unwrap_or(setting).to_owned(),
        values: Some(values),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Preset;
    use crate::lab::config::{Mode, Network, Profile};
    use crate::ui::text::ENGLISH;

    fn told(write: impl FnOnce(&mut RunConfig)) -> Vec<String> {
        let from = Preset::Village.config();
        let mut to = from.clone();
        write(&mut to);
        let tell = |change: Changed| match change.values {
            Some([from, to]) => format!("{}: {from} → {to}", change.name),
            None => change.name,
        };
        changes(&ENGLISH, &from, &to)
            .into_iter()
            .map(tell)
            .collect()
    }

    #[test]
    fn settings_are_told_in_the_words_of_the_page() {
        assert_eq!(told(|_| {}), [""; 0]);
        let several = told(|config| {
            config.society.rounds = 5;
            config.training.objective = ObjectiveKind::Dpo;
            config.society.global = true;
            config.engine = EngineChoice::Cpu;
            config.society.radius = Some(2);
        });
        let settings = &ENGLISH.settings;
        let dpo = ObjectiveKind::ALL
            .iter()
            .position(|one| *one == ObjectiveKind::Dpo);
        let expected = [
            format!(
                "{}: {} → {}",
                settings.engine.0, settings.engine_names[0], settings.engine_names[1]
            ),
            format!("{}: off → on", settings.global),
            "Social radius: none → 2".to_owned(),
            "Rounds: 3 → 5".to_owned(),
            format!(
                "{}: {} → {}",
                settings.objective.0,
                settings.objective_names[0],
                settings.objective_names[dpo.unwrap()]
            ),
        ];
        for line in expected {
            assert!(several.contains(&line), "{line} in {several:#?}");
        }
        assert_eq!(several.len(), 5);
    }

    #[test]
    fn parts_of_one_thing_are_told_once() {
        let network = told(|config| {
            config.society.network = Network::SmallWorld {
                reach: 2,
                rewiring: 0.2,
            };
        });
        assert_eq!(network, [ENGLISH.society.network.0]);
        let values = told(|config| config.society.values = Profile::Frank.values());
        assert_eq!(values, [ENGLISH.settings.values.0]);
        let stages = told(|config| config.then = vec![config.training.clone(); 2]);
        assert_eq!(stages, [ENGLISH.learning.stages]);
    }

    #[test]
    fn every_setting_that_presets_and_versions_change_has_a_name() {
        for preset in Preset::ALL {
            for mode in [Mode::Paper, Mode::Official] {
                let mut other = preset.config();
                other.follow(mode);
                other.training.learn_with(ObjectiveKind::Kto);
                for change in changes(&ENGLISH, &Preset::Village.config(), &other) {
                    assert!(!change.name.contains(['.', '_']), "{}", change.name);
                }
            }
        }
        for (setting, _) in FIELDS {
            let there = crate::lab::kept::setting(&Preset::Village.config(), setting);
            assert!(there.is_some() || setting == "society.radius", "{setting}");
        }
    }
}
