//! The file a sweep is made from: methods, what is tried for each, seeds, and what is claimed.

use crate::cli::error::CliError;
use crate::cli::run;
use crate::lab::config::{Mode, ObjectiveKind};
use crate::lab::{Preset, RunConfig};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// Settings by their dotted path, for example `training.learning_rate`; besides, `objective` takes
/// an objective with its usual numbers and `follow` a version of the method.
pub(super) type Settings = Map<String, Value>;

/// A sweep.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Plan {
    format: String,
    version: u32,
    /// A preset, a link or a run file that every method begins with.
    start: String,
    /// What is different for all of them.
    #[serde(default)]
    set: Settings,
    /// Values of settings, each with each.
    #[serde(default)]
    grid: BTreeMap<String, Vec<Value>>,
    pub(super) seeds: Vec<u64>,
    pub(super) tune: Option<Tuning>,
    methods: Vec<Method>,
    #[serde(default)]
    pub(super) claims: Vec<Claim>,
}

/// How settings are chosen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Tuning {
    /// The seed they are tried with; none that is measured with.
    pub(super) seed: u64,
    /// Questions they are chosen by, which are in no suite.
    pub(super) questions: usize,
    /// Tries of each method that has something to choose.
    pub(super) trials: usize,
}

/// Something to be measured.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Method {
    pub(super) name: String,
    #[serde(default)]
    pub(super) about: String,
    #[serde(default)]
    pub(super) set: Settings,
    /// What is chosen, each value with each.
    #[serde(default)]
    tune: BTreeMap<String, Vec<Value>>,
}

/// A sentence that can be wrong: one method's figure is higher, or lower, than another's.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claim {
    pub(super) name: String,
    pub(super) source: String,
    pub(super) method: String,
    pub(super) against: String,
    pub(super) figure: String,
    pub(super) expect: Expect,
    #[serde(default)]
    pub(super) note: String,
}

/// Which way a claim points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Expect {
    Higher,
    Lower,
}

impl Plan {
    /// Reads and checks a plan.
    pub(super) fn read(text: &str) -> Result<Self, CliError> {
        let bad = |why: String| CliError::Usage(format!("the plan of the sweep: {why}"));
        let mut plan: Plan = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        if plan.format != "mores-sweep-plan" || plan.version != 1 {
            return Err(bad("it is no mores-sweep-plan of version 1".into()));
        }
        if plan.seeds.is_empty() {
            return Err(bad("it names no seeds".into()));
        }
        plan.methods = plan
            .methods
            .iter()
            .flat_map(|one| one.over(&plan.grid))
            .collect();
        for (place, method) in plan.methods.iter().enumerate() {
            let same = |other: &&Method| other.name == method.name;
            if plan.methods.iter().take(place).any(|other| same(&other)) {
                return Err(bad(format!("two methods are called {}", method.name)));
            }
            let (tries, wanted) = (method.tries().len(), plan.tune.as_ref().map(|t| t.trials));
            if !method.tune.is_empty() && Some(tries) != wanted {
                let wanted = wanted.unwrap_or(0);
                let name = &method.name;
                return Err(bad(format!(
                    "{name} is tried {tries} times and not {wanted}, as all are"
                )));
            }
            for set in method.tries() {
                plan.config(method, &set, 1)?;
            }
        }
        for claim in &plan.claims {
            for name in [&claim.method, &claim.against] {
                if plan.method(name).is_none() {
                    return Err(bad(format!("a claim is about {name}, which is no method")));
                }
            }
        }
        Ok(plan)
    }

    /// All methods, those of a grid one by one.
    pub(super) fn methods(&self) -> &[Method] {
        &self.methods
    }

    /// The method of that name.
    pub(super) fn method(&self, name: &str) -> Option<&Method> {
        self.methods.iter().find(|method| method.name == name)
    }

    /// The settings of a method with what was chosen for it.
    pub(super) fn config(
        &self,
        method: &Method,
        chosen: &Settings,
        seed: u64,
    ) -> Result<RunConfig, CliError> {
        let (mut config, _) = run::resolve(&self.start)?;
        for settings in [&self.set, &method.set, chosen] {
            config = with(config, settings)?;
        }
        config.seed = seed;
        config.validate()?;
        Ok(config)
    }

    /// The same for a try: what settings are chosen by is asked for instead of the suites.
    pub(super) fn trial(
        &self,
        method: &Method,
        tried: &Settings,
        seed: u64,
    ) -> Result<RunConfig, CliError> {
        let mut config = self.config(method, tried, seed)?;
        (config.testing.prompts, config.testing.attacks) = (0, 0);
        Ok(config)
    }
}

impl Method {
    /// One method for every point of a grid.
    fn over(&self, grid: &BTreeMap<String, Vec<Value>>) -> Vec<Method> {
        let points = product(grid).into_iter().map(|point| {
            let mut method = self.clone();
            for (path, value) in point {
                method.name.push_str(&format!(" {path}={value}"));
                method.set.insert(path, value);
            }
            method
        });
        points.collect()
    }

    /// What is tried: a single nothing where there is nothing to choose.
    pub(super) fn tries(&self) -> Vec<Settings> {
        product(&self.tune)
    }
}

/// Each value of each path with each of all others.
fn product(lists: &BTreeMap<String, Vec<Value>>) -> Vec<Settings> {
    let mut points = vec![Settings::new()];
    for (path, values) in lists {
        let with = |point: &Settings, value: &Value| {
            let mut point = point.clone();
            point.insert(path.clone(), value.clone());
            point
        };
        points = points
            .iter()
            .flat_map(|point| values.iter().map(|value| with(point, value)))
            .collect();
    }
    points
}

fn with(mut config: RunConfig, settings: &Settings) -> Result<RunConfig, CliError> {
    let bad = |why: String| CliError::Usage(format!("the plan of the sweep: {why}"));
    if let Some(value) = settings.get("objective") {
        let objective: ObjectiveKind = serde_json::from_value(value.clone())
            .map_err(|_| bad(format!("there is no objective {value}")))?;
        config.training.learn_with(objective);
    }
    if let Some(value) = settings.get("follow") {
        let mode: Mode = serde_json::from_value(value.clone())
            .map_err(|_| bad(format!("there is no version {value}")))?;
        config.follow(mode);
    }
    if let Some(value) = settings.get("preset") {
        let preset = value.as_str().and_then(Preset::from_name);
        let preset = preset.ok_or_else(|| bad(format!("there is no preset {value}")))?;
        config.society = preset.config().society;
    }
    let mut whole = serde_json::to_value(&config).map_err(|error| bad(error.to_string()))?;
    for (path, value) in settings {
        if matches!(path.as_str(), "objective" | "follow" | "preset") {
            continue;
        }
        let place = path.split('.').try_fold(&mut whole, |at, key| match at {
            Value::Object(map) => map.get_mut(key),
            Value::Array(list) => key
                .parse()
                .ok()
                .and_then(|place: usize| list.get_mut(place)),
            _ => None,
        });
        *place.ok_or_else(|| bad(format!("there is no setting {path}")))? = value.clone();
    }
    serde_json::from_value(whole).map_err(|error| bad(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(methods: &str, tune: &str) -> Result<Plan, String> {
        let text = format!(
            r#"{{"format": "mores-sweep-plan", "version": 1, "start": "village", "seeds": [1, 2],
                "set": {{"testing.prompts": 7}}, "grid": {{"training.steps": [3, 4]}},
                "tune": {tune}, "methods": {methods}}}"#
        );
        Plan::read(&text).map_err(|error| error.to_string())
    }

    #[test]
    fn a_grid_is_each_with_each_and_a_try_is_a_setting() {
        let tune = r#"{"seed": 9, "questions": 6, "trials": 4}"#;
        let methods = r#"[{"name": "dpo", "set": {"objective": "Dpo"},
            "tune": {"training.beta": [0.1, 0.5], "training.learning_rate": [0.001, 0.0001]}}]"#;
        let plan = plan(methods, tune).unwrap();
        let names: Vec<&str> = plan.methods().iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["dpo training.steps=3", "dpo training.steps=4"]);
        let method = &plan.methods()[1];
        let tries = method.tries();
        let config = plan.config(method, &tries[3], 2).unwrap();
        let training = &config.training;
        assert_eq!(
            (training.steps, training.objective),
            (4, ObjectiveKind::Dpo)
        );
        assert_eq!((training.beta, training.learning_rate), (0.5, 0.0001));
        assert_eq!((config.seed, config.testing.prompts), (2, 7));
    }

    #[test]
    fn what_makes_no_sense_is_said_before_anything_runs() {
        let tune = r#"{"seed": 9, "questions": 6, "trials": 2}"#;
        let says = |methods: &str| plan(methods, tune).err().unwrap_or_default();
        let unknown = says(r#"[{"name": "a", "set": {"training.pace": 1}}]"#);
        assert!(unknown.contains("no setting training.pace"), "{unknown}");
        let range = says(r#"[{"name": "a", "set": {"training.clip": -1}}]"#);
        assert!(range.contains("gradient clip"), "{range}");
        let tries = says(r#"[{"name": "a", "tune": {"training.beta": [1]}}]"#);
        assert!(tries.contains("1 times and not 2"), "{tries}");
        let twice = says(r#"[{"name": "a"}, {"name": "a"}]"#);
        assert!(twice.contains("two methods"), "{twice}");
    }
}
