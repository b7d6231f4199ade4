//! A sweep's file, as far as the page reads it. Every number in it may be missing; what is of another
//! form, or of a newer one, is refused as a whole with one sentence.

use serde_json::Value;

/// What the file says it is.
const FORMAT: &str = "mores-sweep";
/// The newest version that this page reads.
const VERSION: u64 = 1;

/// The results of a sweep.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sweep {
    pub command: String,
    pub build: String,
    pub machine: String,
    /// Name, and whether less is better.
    pub figures: Vec<(String, bool)>,
    pub methods: Vec<Method>,
    pub claims: Vec<Claim>,
}

/// One method's results.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Method {
    pub name: String,
    /// In English.
    pub about: String,
    pub link: Option<String>,
    /// Settings that tuning chose, by their names in run files.
    pub chosen: Vec<(String, String)>,
    pub trials: u32,
    pub seeds: Vec<u64>,
    /// In the order of [`Sweep::figures`].
    pub figures: Vec<Option<Estimated>>,
    /// The same with each seed; empty where the file does not tell.
    pub each: Vec<Vec<f64>>,
}

/// A mean with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    pub mean: f64,
    pub ends: Option<(f64, f64)>,
}

/// A claim, and what the runs say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Claim {
    pub name: String,
    pub source: String,
    pub method: String,
    pub against: String,
    pub figure: String,
    pub verdict: String,
    pub difference: Option<Estimated>,
    pub links: Vec<String>,
    /// In English.
    pub note: String,
}

fn text(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

fn needed(value: &Value, name: &str) -> Result<String, String> {
    let found = value[name].as_str().map(str::to_owned);
    found.ok_or_else(|| format!("there is something without “{name}”"))
}

fn list<'a>(value: &'a Value, name: &str) -> Result<&'a [Value], String> {
    match &value[name] {
        Value::Array(list) => Ok(list),
        Value::Null => Ok(&[]),
        _ => Err(format!("“{name}” is no list")),
    }
}

fn count(value: &Value, name: &str) -> Result<u32, String> {
    Ok(u32::try_from(list(value, name)?.len()).unwrap_or(u32::MAX))
}

fn estimated(value: &Value) -> Option<Estimated> {
    let ends = value["low"].as_f64().zip(value["high"].as_f64());
    Some(Estimated {
        mean: value["mean"].as_f64()?,
        ends,
    })
}

/// A list of numbers; empty where any of it is something else.
fn numbers(value: &Value) -> Vec<f64> {
    let found: Option<Vec<f64>> = value
        .as_array()
        .and_then(|list| list.iter().map(Value::as_f64).collect());
    found.unwrap_or_default()
}

fn method(value: &Value, figures: &[(String, bool)]) -> Result<Method, String> {
    let chosen = value["chosen"].as_object();
    let chosen = chosen.into_iter().flatten();
    let told = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(Method {
        name: needed(value, "name")?,
        about: text(value, "about"),
        link: value["link"].as_str().map(str::to_owned),
        chosen: chosen
            .map(|(name, value)| (name.clone(), told(value)))
            .collect(),
        trials: count(value, "trials")?,
        seeds: list(value, "seeds")?
            .iter()
            .filter_map(Value::as_u64)
            .collect(),
        figures: figures
            .iter()
            .map(|(name, _)| estimated(&value["figures"][name.as_str()]))
            .collect(),
        each: figures
            .iter()
            .map(|(name, _)| numbers(&value["figures"][name.as_str()]["each"]))
            .collect(),
    })
}

fn claim(value: &Value) -> Result<Claim, String> {
    let links = list(value, "links")?.iter().filter_map(Value::as_str);
    Ok(Claim {
        name: needed(value, "name")?,
        source: text(value, "source"),
        method: text(value, "method"),
        against: text(value, "against"),
        figure: text(value, "figure"),
        verdict: text(value, "verdict"),
        difference: estimated(&value["difference"]),
        links: links.map(str::to_owned).collect(),
        note: text(value, "note"),
    })
}

/// Reads a sweep's file.
///
/// # Errors
/// What is wrong with it, in English, as the end of a sentence.
pub fn read(text: &str) -> Result<Sweep, String> {
    let text = text.trim_start_matches('\u{feff}');
    let value: Value =
        serde_json::from_str(text).map_err(|error| format!("it is damaged ({error})"))?;
    match value["format"].as_str() {
        Some(FORMAT) => {}
        Some(other) => return Err(format!("its format is “{other}”, not “{FORMAT}”")),
        None => return Err("it is no sweep's file".into()),
    }
    match value["version"].as_u64() {
        Some(version) if version <= VERSION => {}
        Some(version) => {
            return Err(format!(
                "it has version {version}, and this page reads version {VERSION}"
            ));
        }
        None => return Err("it does not say its version".into()),
    }
    let figure = |value: &Value| Ok((needed(value, "name")?, value["better"] == "lower"));
    let figures: Vec<(String, bool)> = list(&value, "figures")?
        .iter()
        .map(figure)
        .collect::<Result<_, String>>()?;
    let methods = list(&value, "methods")?.iter();
    Ok(Sweep {
        command: self::text(&value, "command"),
        build: self::text(&value, "build"),
        machine: self::text(&value, "machine"),
        methods: methods
            .map(|value| method(value, &figures))
            .collect::<Result<_, String>>()?,
        claims: list(&value, "claims")?
            .iter()
            .map(claim)
            .collect::<Result<_, String>>()?,
        figures,
    })
}

impl Sweep {
    /// The place of a figure.
    pub fn figure(&self, name: &str) -> Option<usize> {
        self.figures.iter().position(|(known, _)| known == name)
    }

    /// The link of a method's run.
    pub fn link(&self, method: &str) -> Option<&String> {
        let method = self.methods.iter().find(|one| one.name == method)?;
        method.link.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fixture_of_the_browser_tests_is_read() {
        let text = include_str!("../../../../tests/browser/fixtures/sweep.json");
        let sweep = read(text).unwrap();
        assert_eq!((sweep.methods.len(), sweep.claims.len()), (3, 3));
        let bad = sweep.figure("bad").unwrap();
        assert!(sweep.figures[bad].1, "less is better");
        let numbers = |method: usize| sweep.methods[method].figures[bad];
        assert_eq!(numbers(0).map(|one| one.mean), Some(0.08));
        assert_eq!(numbers(2), None, "every number may be missing");
        assert_eq!(sweep.methods[0].seeds, [1, 2]);
        assert_eq!(sweep.methods[0].each[bad], [0.08, 0.08]);
        assert!(sweep.methods[2].each[bad].is_empty());
        let chosen = &sweep.methods[0].chosen[0];
        assert_eq!(chosen, &("training.learning_rate".into(), "0.00025".into()));
        assert!(sweep.link("dpo").is_some() && sweep.link("moon").is_none());
    }

    #[test]
    fn what_is_wrong_with_a_file_is_said() {
        for (text, named) in [
            ("{\"format\": \"mores-sw", "damaged"),
            ("[]", "no sweep"),
            ("{\"format\": \"mores-run\"}", "mores-run"),
            ("{\"format\": \"mores-sweep\"}", "its version"),
            ("{\"format\": \"mores-sweep\", \"version\": 2}", "version 2"),
            (
                "{\"format\": \"mores-sweep\", \"version\": 1, \"methods\": 3}",
                "“methods”",
            ),
            (
                "{\"format\": \"mores-sweep\", \"version\": 1, \"claims\": [{}]}",
                "“name”",
            ),
        ] {
            let why = read(text).unwrap_err();
            assert!(why.contains(named), "{text}: {why}");
        }
        let bare = read("{\"format\": \"mores-sweep\", \"version\": 1}").unwrap();
        assert_eq!(bare, Sweep::default());
    }
}
