//! A run that somebody keeps to compare it with others: settings, curves and every test's answers,
//! small enough that dozens of them fit into a browser's storage. The record and the weights are not
//! in it; the link makes them again.

use super::config::RunConfig;
use super::error::LabError;
use super::phase::Phase;
use super::receipt::Receipt;
use super::view::RunView;
use crate::alignment::TrainingMetrics;
use crate::evaluation::{AttackResult, LanguageResult, SuiteResult, WhichModel};
use crate::society::RoundStatistics;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Version of the form this build writes.
pub const VERSION: u32 = 1;
/// Points of a training curve that are kept.
pub const MOST_POINTS: usize = 200;
/// What a kept run says it is.
pub const FORMAT: &str = "mores-kept-run";

/// A run that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptRun {
    /// Always `"mores-kept-run"`.
    pub format: String,
    /// [`VERSION`].
    pub version: u32,
    /// What its keeper calls it.
    pub name: String,
    /// When it was kept, in milliseconds since 1970; older builds did not say.
    #[serde(default)]
    pub when: Option<u64>,
    /// Everything that decided it.
    pub config: RunConfig,
    /// The link that does it again; none where it would be too long.
    pub link: Option<String>,
    /// What it came to; none for one that was ended early.
    pub receipt: Option<Receipt>,
    /// Second answers, round by round.
    pub rounds: Vec<RoundPoint>,
    /// Training, at most [`MOST_POINTS`] of its steps.
    pub training: Vec<TrainingPoint>,
    /// Results of the test, with every answer's score.
    pub tests: Vec<SuiteResult>,
    /// What alignment did to the models' language.
    pub languages: Vec<LanguageResult>,
    /// What attacks came to, without the attempts that are shown; runs that older builds kept have none.
    #[serde(default)]
    pub attacks: Vec<AttackResult>,
    /// Seconds of computing that training took.
    pub seconds: f32,
    /// Tokens that training read, padding excluded.
    pub tokens: u64,
}

/// A round of a kept run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RoundPoint {
    /// Counted from 0.
    pub round: u16,
    /// Mean alignment of second answers, 1 to 7; none where nothing was scored.
    pub alignment: Option<f32>,
    /// Mean engagement of second answers, 1 to 7; none where nothing was scored.
    pub engagement: Option<f32>,
}

/// A step of a kept run's training. What was no number is none: JSON has no way to say it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrainingPoint {
    /// Counted from 1, over all stages.
    pub step: u32,
    /// See [`TrainingMetrics::loss`].
    pub loss: Option<f32>,
    /// See [`TrainingMetrics::margin`].
    pub margin: Option<f32>,
    /// See [`TrainingMetrics::gradient_norm`].
    pub gradient_norm: Option<f32>,
}

impl RoundPoint {
    fn of(round: &RoundStatistics) -> Self {
        // Without a score a mean is 0, which is below the scale.
        let scored = |mean: f32| (mean >= 1.0).then_some(mean);
        Self {
            round: round.round,
            alignment: scored(round.all.alignment_revision),
            engagement: scored(round.all.engagement_revision),
        }
    }
}

impl TrainingPoint {
    fn of(step: &TrainingMetrics) -> Self {
        let number = |value: f32| value.is_finite().then_some(value);
        Self {
            step: step.step,
            loss: number(step.loss),
            margin: number(step.margin),
            gradient_norm: number(step.gradient_norm),
        }
    }
}

/// At most `most` of them, evenly spread, the first and the last among them.
fn thinned<T: Copy>(all: &[T], most: usize) -> Vec<T> {
    if all.len() <= most || most < 2 {
        return all.to_vec();
    }
    let place = |kept: usize| kept * (all.len() - 1) / (most - 1);
    (0..most)
        .filter_map(|kept| all.get(place(kept)).copied())
        .collect()
}

fn without_examples(attack: &AttackResult) -> AttackResult {
    AttackResult {
        examples: Vec::new(),
        ..attack.clone()
    }
}

impl KeptRun {
    /// A run that is done, as it looks from outside; none before it is done, and none of a record
    /// that was brought, whose settings are not known.
    pub fn of(view: &RunView, name: String, link: Option<String>) -> Option<Self> {
        if view.phase() != Phase::Done || view.imported.is_some() {
            return None;
        }
        let training: Vec<TrainingPoint> = view
            .training
            .iter()
            .map(|step| TrainingPoint::of(&step.metrics))
            .collect();
        let tokens = view.training.iter().map(|step| step.metrics.tokens);
        Some(Self {
            format: FORMAT.to_owned(),
            version: VERSION,
            name,
            when: None,
            config: view.config.clone()?,
            link,
            receipt: view.receipt.clone(),
            rounds: view.rounds.iter().map(RoundPoint::of).collect(),
            training: thinned(&training, MOST_POINTS),
            tests: view.tests.clone(),
            languages: view.languages.clone(),
            attacks: view.attacks.iter().map(without_examples).collect(),
            seconds: view.training.last().map_or(0.0, |step| step.seconds),
            tokens: tokens.map(u64::from).sum(),
        })
    }

    /// What one of the two models answered, suite by suite.
    pub fn suites(&self, model: WhichModel) -> Vec<&SuiteResult> {
        let suites = self.tests.iter();
        suites.filter(|suite| suite.model == model).collect()
    }

    /// What attacks came to on one of the two models.
    pub fn attacks(&self, model: WhichModel) -> Vec<&AttackResult> {
        let attacks = self.attacks.iter();
        attacks.filter(|attack| attack.model == model).collect()
    }

    /// As JSON.
    ///
    /// # Errors
    /// [`LabError::BadRunFile`] if it can't be written.
    pub fn to_json(&self) -> Result<String, LabError> {
        serde_json::to_string(self).map_err(|error| LabError::BadRunFile(error.to_string()))
    }

    /// Reads what [`Self::to_json`] wrote, here or in an older build.
    ///
    /// # Errors
    /// [`LabError::BadRunFile`], in one sentence.
    pub fn from_json(text: &str) -> Result<Self, LabError> {
        let bad = |why: String| LabError::BadRunFile(why);
        let value: Value = serde_json::from_str(text).map_err(|error| bad(error.to_string()))?;
        if value["format"] != FORMAT {
            return Err(bad("it is no kept run".into()));
        }
        match value["version"].as_u64() {
            Some(version) if version <= u64::from(VERSION) => {}
            _ => return Err(bad("a newer build kept it".into())),
        }
        Self::deserialize(&value).map_err(|error| bad(error.to_string()))
    }
}

/// A setting that is not the same in all runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differing {
    /// Its stable name, as in run files: `training.objective`.
    pub setting: String,
    /// Its value in each run, as in run files; none where that run has no such setting.
    pub values: Vec<Option<String>>,
}

/// The value of one setting, as in run files; none where there is no such setting.
pub fn setting(config: &RunConfig, name: &str) -> Option<String> {
    let mut found = None;
    if let Ok(value) = serde_json::to_value(config) {
        leaves(&value, "", &mut |setting: &str, value: String| {
            if setting == name {
                found = Some(value);
            }
        });
    }
    found
}

/// The settings that are not the same in all of these runs, by their names.
pub fn difference(runs: &[&RunConfig]) -> Vec<Differing> {
    let mut settings: Vec<Differing> = Vec::new();
    for (place, config) in runs.iter().enumerate() {
        let mut told = |setting: &str, value: String| {
            let known = settings.iter_mut().find(|known| known.setting == setting);
            if let Some(known) = known {
                known.values.resize(place, None);
                known.values.push(Some(value));
            } else {
                let mut values = vec![None; place];
                values.push(Some(value));
                settings.push(Differing {
                    setting: setting.to_owned(),
                    values,
                });
            }
        };
        // Settings are plain data, which always can be written.
        if let Ok(value) = serde_json::to_value(config) {
            leaves(&value, "", &mut told);
        }
    }
    for setting in &mut settings {
        setting.values.resize(runs.len(), None);
    }
    settings.sort_by(|one, other| one.setting.cmp(&other.setting));
    settings.retain(|setting| {
        let first = setting.values.first();
        setting.values.iter().any(|value| Some(value) != first)
    });
    settings
}

/// Tells every single value with the path to it.
fn leaves(value: &Value, path: &str, told: &mut impl FnMut(&str, String)) {
    let under = |name: &str| {
        if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}.{name}")
        }
    };
    match value {
        Value::Object(parts) => {
            for (name, part) in parts {
                leaves(part, &under(name), told);
            }
        }
        Value::Array(parts) => {
            for (place, part) in parts.iter().enumerate() {
                leaves(part, &under(&place.to_string()), told);
            }
        }
        Value::String(text) => told(path, text.clone()),
        Value::Number(number) => told(
            path,
            match number.as_f64() {
                // Numbers with a fraction are single precision; as double they have a tail.
                Some(value) if number.is_f64() => (value as f32).to_string(),
                _ => number.to_string(),
            },
        ),
        Value::Bool(yes) => told(path, yes.to_string()),
        Value::Null => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::ObjectiveKind;
    use crate::lab::Event;
    use crate::lab::config::Network;

    fn step(step: u32) -> Event {
        let metrics = TrainingMetrics {
            step,
            stage: 0,
            loss: if step == 300 { f32::NAN } else { 1.5 },
            imitation: 1.0,
            margin: 0.25,
            active: 0.5,
            gradient_norm: 2.0,
            learning_rate: 0.1,
            tokens: 10,
            reward: None,
        };
        Event::Trained {
            metrics,
            steps: 1_000,
            seconds: step as f32,
        }
    }

    #[test]
    fn a_run_is_kept_when_it_is_done_and_comes_back_as_it_was() {
        let mut view = RunView::default();
        view.apply(&Event::Loaded(Box::default()));
        (1..=1_000).for_each(|at| view.apply(&step(at)));
        assert_eq!(KeptRun::of(&view, "early".into(), None), None);
        view.apply(&Event::Phase(Phase::Done));
        let kept = KeptRun::of(&view, "“a” <b>".into(), Some("#v2.x".into())).unwrap();
        assert_eq!((kept.tokens, kept.seconds), (10_000, 1_000.0));
        let ends = [kept.training.first(), kept.training.last()];
        assert_eq!(ends.map(|end| end.unwrap().step), [1, 1_000]);
        assert_eq!(kept.training.len(), MOST_POINTS);
        let text = kept.to_json().unwrap();
        assert_eq!(KeptRun::from_json(&text).unwrap(), kept);
        let newer = text.replace(r#""version":1"#, r#""version":2"#);
        for (bad, named) in [
            (newer.as_str(), "newer"),
            ("{}", "no kept run"),
            (&text[..90], "EOF"),
        ] {
            let why = KeptRun::from_json(bad).unwrap_err().to_string();
            assert!(why.contains(named), "{why}");
        }
        view.apply(&Event::Imported("file".into()));
        assert_eq!(KeptRun::of(&view, "brought".into(), None), None);
    }

    #[test]
    fn a_step_that_is_no_number_is_kept_as_none() {
        let mut view = RunView::default();
        view.apply(&Event::Loaded(Box::default()));
        view.apply(&step(300));
        view.apply(&Event::Phase(Phase::Done));
        let kept = KeptRun::of(&view, "n".into(), None).unwrap();
        assert_eq!(kept.training[0].loss, None);
        assert_eq!(KeptRun::from_json(&kept.to_json().unwrap()).unwrap(), kept);
    }

    #[test]
    fn what_differs_is_named_as_in_run_files_and_nothing_else_is() {
        let one = RunConfig::default();
        let mut two = one.clone();
        two.training.objective = ObjectiveKind::Dpo;
        two.training.learning_rate = 0.0003;
        let mut three = one.clone();
        three.society.network = Network::Ring { reach: 2 };
        three.then = vec![one.training.clone()];
        assert_eq!(difference(&[&one, &one]), []);
        assert_eq!(difference(&[]), []);
        let found = difference(&[&one, &two]);
        let named: Vec<&str> = found.iter().map(|one| one.setting.as_str()).collect();
        assert_eq!(named, ["training.learning_rate", "training.objective"]);
        assert_eq!(found[0].values[1].as_deref(), Some("0.0003"));
        assert_eq!(setting(&two, "training.objective").as_deref(), Some("Dpo"));
        let found = difference(&[&one, &two, &three]);
        let of = |setting: &str| found.iter().find(|one| one.setting == setting).unwrap();
        let reach = of("society.network.ring.reach");
        assert_eq!(reach.values, [None, None, Some("2".into())]);
        let stage = of("then.0.learning_rate");
        assert_eq!((stage.values.len(), &stage.values[0]), (3, &None));
        assert_eq!(
            of("training.objective").values[0],
            of("training.objective").values[2]
        );
    }
}
