//! Reads whatever a visitor brings: a link, a run file, or part of a configuration.

use crate::lab::config::BaseModel;
use crate::lab::run_file;
use crate::lab::share::{self, Shared};
use crate::lab::{LabError, Preset, Receipt, RunConfig};
use serde::Deserialize;
use serde_json::Value;

/// Reads a link, the JSON of a run file, or JSON that names only the settings that differ from a
/// preset (its own `"preset"`, else the one given).
///
/// # Errors
/// One sentence that says why it is none of these, or which setting is unknown or out of range.
pub fn read(text: &str, preset: Preset) -> Result<Shared, LabError> {
    let text = text.trim();
    if !text.starts_with('{') {
        return share::decode(text);
    }
    let bad = |why: String| LabError::BadRunFile(why);
    let value: Value = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
    if value.get("format").is_some() {
        return run_file(&value, preset);
    }
    let named = value.get("preset").map(|name| {
        let known = name.as_str().and_then(Preset::from_name);
        known.ok_or_else(|| bad(format!("there is no preset “{}”", word(name))))
    });
    let preset = named.transpose()?.unwrap_or(preset);
    let changes = value.get("config").unwrap_or(&value);
    let mut begin = preset.config();
    // Another model brings how near a memory has to be for it; `merge` still has the last word.
    if let Ok(Some(model)) = Option::<BaseModel>::deserialize(&changes["model"]) {
        begin.speak_with(model);
    }
    let mut whole = serde_json::to_value(begin).map_err(|error| bad(error.to_string()))?;
    merge(&mut whole, changes, "").map_err(bad)?;
    let config = RunConfig::deserialize(&whole).map_err(|error| bad(error.to_string()))?;
    config.validate()?;
    Ok(Shared {
        preset,
        config,
        receipt: None,
    })
}

/// A run file, of which only settings and receipt matter here; reading its figures as well would make
/// the page a good deal larger.
fn run_file(value: &Value, preset: Preset) -> Result<Shared, LabError> {
    let bad = |why: String| LabError::BadRunFile(why);
    if value["format"] != "mores-run" {
        return Err(bad(format!("its format is “{}”", word(&value["format"]))));
    }
    let version = value["version"]
        .as_u64()
        .ok_or_else(|| bad("it does not say its version".into()))?;
    if version > u64::from(run_file::VERSION) {
        return Err(bad(format!(
            "it has version {version}, and this build reads version {}",
            run_file::VERSION
        )));
    }
    let config =
        RunConfig::deserialize(&value["config"]).map_err(|error| bad(error.to_string()))?;
    config.validate()?;
    let receipt = Option::<Receipt>::deserialize(&value["receipt"])
        .map_err(|error| bad(error.to_string()))?;
    Ok(Shared {
        preset,
        config,
        receipt,
    })
}

/// A text from the file, to be named in a sentence.
fn word(value: &Value) -> &str {
    value.as_str().unwrap_or("no text")
}

/// Settings that are one of several kinds, each with fields of its own: a new one replaces the old
/// one, and nothing of it is kept.
const WHOLE: [&str; 2] = ["society.network", "society.second_mind"];

/// Lays `changes` over `whole`; a name that `whole` does not have is a mistake worth telling.
fn merge(whole: &mut Value, changes: &Value, path: &str) -> Result<(), String> {
    let (Value::Object(settings), Value::Object(changes), false) =
        (&mut *whole, changes, WHOLE.contains(&path))
    else {
        *whole = changes.clone();
        return Ok(());
    };
    for (name, change) in changes {
        if path.is_empty() && name == "preset" {
            continue;
        }
        let place = if path.is_empty() {
            name.clone()
        } else {
            format!("{path}.{name}")
        };
        let setting = settings
            .get_mut(name)
            .ok_or_else(|| format!("there is no setting {place}"))?;
        merge(setting, change, &place)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::run_file::RunFile;

    fn config(text: &str) -> Result<RunConfig, String> {
        read(text, Preset::Village)
            .map(|shared| shared.config)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn part_of_a_configuration_is_laid_over_a_preset() {
        let mut expected = Preset::Mini.config();
        expected.seed = 9;
        expected.society.rounds = 2;
        let text = r#"{"preset": "mini", "seed": 9, "society": {"rounds": 2}}"#;
        assert_eq!(config(text), Ok(expected.clone()));
        let text = r#"{"preset": "mini", "config": {"seed": 9, "society": {"rounds": 2}}}"#;
        assert_eq!(config(text), Ok(expected));
        assert_eq!(config("{}"), Ok(Preset::Village.config()));
        let distance = |text: &str| config(text).map(|config| config.society.memory_distance);
        assert_eq!(distance(r#"{"model": "weak"}"#), Ok(0.015));
        let own = r#"{"model": "weak", "society": {"memory_distance": 0.5}}"#;
        assert_eq!(distance(own), Ok(0.5));
    }

    #[test]
    fn networks_roles_seats_switches_and_happenings_are_laid_over_a_preset() {
        use crate::lab::config::{Happening, Network, Seat, SecondMind, What};
        let mut expected = Preset::Rumour.config();
        let society = &mut expected.society;
        society.network = Network::Ring { reach: 3 };
        society.radius = Some(4);
        society.roles.trolls = 2;
        society.second_mind = SecondMind::Share(0.5);
        society.seat = Some(Seat {
            agent: 1,
            waits: true,
        });
        society.fidelity.unsorted_targets = true;
        let what = What::Silence {
            agent: 3,
            rounds: 2,
        };
        society.happenings = vec![Happening { round: 1, what }];
        let text = r#"{"preset": "rumour", "society": {"network": {"ring": {"reach": 3}}, "radius": 4,
            "roles": {"trolls": 2}, "second_mind": {"share": 0.5}, "seat": {"agent": 1, "waits": true},
            "fidelity": {"unsorted_targets": true},
            "happenings": [{"round": 1, "what": {"silence": {"agent": 3, "rounds": 2}}}]}}"#;
        assert_eq!(config(text), Ok(expected));
    }

    #[test]
    fn a_whole_run_file_and_its_link_say_the_same() {
        let mut wanted = Preset::TwoCamps.config();
        wanted.seed = 77;
        let file = RunFile::of_config(wanted.clone())
            .to_json()
            .expect("writes");
        assert_eq!(config(&file), Ok(wanted.clone()));
        let link = share::encode(&wanted, None).expect("fits");
        assert_eq!(
            config(&format!("https://example.org/lab/{link}")),
            Ok(wanted)
        );
    }

    #[test]
    fn mistakes_are_named() {
        for (text, named) in [
            (r#"{"sise": 3}"#, "there is no setting sise"),
            (r#"{"society": {"sise": 3}}"#, "society.sise"),
            (r#"{"society": {"size": 99}}"#, "99"),
            (r#"{"society": {"size": "big"}}"#, "big"),
            (r#"{"society": {"network": {"star": {}}}}"#, "star"),
            (
                r#"{"society": {"network": {"ring": {"reach": 0}}}}"#,
                "reach",
            ),
            (r#"{"preset": "moon"}"#, "moon"),
            (r#"{"seed": 1"#, "EOF"),
            ("#v1.nonsense", "link"),
        ] {
            let error = config(text).expect_err(text);
            assert!(error.contains(named), "{text}: {error}");
        }
    }
}
