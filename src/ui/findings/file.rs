//! The files of findings, as far as the page reads them, and how they are fetched.
//!
//! Read by hand from JSON values, which links and run files need anyway: a reader of its own for
//! every structure would add a tenth of that again to the page.

use crate::lab::view::statistics::Measured;
use serde_json::Value;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// What `mores findings` writes.
pub const SOCIETY: &str = "findings/society.json";
/// What `mores calibrate` writes.
pub const DISTANCE: &str = "findings/memory_distance.json";

/// The newest version of [`SOCIETY`] that this page reads.
const VERSION: u32 = 1;

/// The curves of a setting, by their names in the file.
pub const CURVES: [&str; 7] = [
    "draft_alignment",
    "revision_alignment",
    "draft_engagement",
    "revision_engagement",
    "moran",
    "neighbour_difference",
    "any_difference",
];

/// A figure of every round.
pub type Rounds = Vec<Option<Measured>>;

/// What was found in many societies.
#[derive(Debug, PartialEq)]
pub struct Findings {
    /// The command that makes them.
    pub command: String,
    /// Curves of each setting.
    pub settings: Vec<Curves>,
    /// Claims, held against the runs.
    pub claims: Vec<Claim>,
}

/// A setting's curves.
#[derive(Debug, PartialEq)]
pub struct Curves {
    pub name: String,
    /// In English.
    pub about: String,
    /// Side of the grid.
    pub size: u32,
    pub rounds: u32,
    /// Rounds of the moving averages.
    pub window: u32,
    /// In the order of [`CURVES`].
    pub curves: Vec<Rounds>,
}

/// A claim held against the runs of one scale.
#[derive(Debug, PartialEq)]
pub struct Claim {
    /// Stable name; empty in files of older programs.
    pub id: String,
    /// Who says so: the paper, its reviewers, we.
    pub source: usize,
    /// In English.
    pub claim: String,
    /// What is held against what, in English.
    pub compared: String,
    /// The same in parts; empty in files of older programs.
    pub comparison: String,
    pub figure: String,
    pub settings: Vec<String>,
    /// Side of the grid.
    pub size: u32,
    pub rounds: u32,
    pub difference: Option<Measured>,
    /// It holds, the contrary does, or it is open.
    pub verdict: usize,
}

/// How far the nearest memory is when it helps and when it misleads.
#[derive(Debug, PartialEq)]
pub struct Distances {
    /// The command that makes them.
    pub command: String,
    pub models: Vec<Model>,
}

/// The distances of one model.
#[derive(Debug, PartialEq)]
pub struct Model {
    pub model: String,
    pub chosen: Quality,
    pub published: Quality,
    pub bin_width: f32,
    /// Counts by distance.
    pub helps: Vec<u32>,
    pub misleads: Vec<u32>,
}

/// What a limit does.
#[derive(Debug, PartialEq)]
pub struct Quality {
    pub threshold: f32,
    pub recalled: f32,
    pub precision: f32,
    pub recall: f32,
}

/// A value in a file, with its name for complaints.
#[derive(Clone, Copy)]
struct Field<'a> {
    value: &'a Value,
    name: &'a str,
}

impl<'a> Field<'a> {
    fn at(self, name: &'a str) -> Self {
        // What is missing is null, and complains as soon as it is read.
        let value = &self.value[name];
        Self { value, name }
    }

    fn bad(self) -> String {
        format!("“{}”", self.name)
    }

    fn list(self) -> Result<impl Iterator<Item = Self> + Clone, String> {
        let list = self.value.as_array().ok_or_else(|| self.bad())?;
        let name = self.name;
        Ok(list.iter().map(move |value| Self { value, name }))
    }

    fn text(self) -> Result<String, String> {
        self.value
            .as_str()
            .map(str::to_owned)
            .ok_or_else(|| self.bad())
    }

    fn number(self) -> Result<f32, String> {
        let number = self.value.as_f64().ok_or_else(|| self.bad())?;
        Ok(number as f32)
    }

    fn count(self) -> Result<u32, String> {
        let count = self
            .value
            .as_u64()
            .and_then(|count| u32::try_from(count).ok());
        count.ok_or_else(|| self.bad())
    }

    fn counts(self) -> Result<Vec<u32>, String> {
        self.list()?.map(Self::count).collect()
    }

    /// The place of a word among those there are.
    fn one_of(self, words: &[&str]) -> Result<usize, String> {
        let place = self
            .value
            .as_str()
            .and_then(|found| words.iter().position(|word| *word == found));
        place.ok_or_else(|| self.bad())
    }

    fn measured(self) -> Result<Option<Measured>, String> {
        if self.value.is_null() {
            return Ok(None);
        }
        let ends = self.at("interval");
        let interval = match ends.value.as_array().map(Vec::as_slice) {
            None if ends.value.is_null() => None,
            Some([low, high]) => {
                let end = |value| Field { value, ..ends }.number();
                Some((end(low)?, end(high)?))
            }
            _ => return Err(ends.bad()),
        };
        Ok(Some(Measured {
            count: self.at("count").count()?,
            value: self.at("value").number()?,
            interval,
        }))
    }

    fn curves(self) -> Result<Curves, String> {
        let curve = |name: &&'a str| self.at(name).list()?.map(Self::measured).collect();
        Ok(Curves {
            name: self.at("name").text()?,
            about: self.at("about").text()?,
            size: self.at("size").count()?,
            rounds: self.at("rounds").count()?,
            window: self.at("window").count()?,
            curves: CURVES.iter().map(curve).collect::<Result<_, _>>()?,
        })
    }

    fn claim(self) -> Result<Claim, String> {
        let late = |name| self.at(name).value.as_str().unwrap_or_default().to_owned();
        let settings = self.at("settings").list().into_iter().flatten();
        Ok(Claim {
            id: late("id"),
            source: self.at("source").one_of(&["paper", "reviewers", "ours"])?,
            claim: self.at("claim").text()?,
            compared: self.at("compared").text()?,
            comparison: late("comparison"),
            figure: late("figure"),
            settings: settings.filter_map(|name| name.text().ok()).collect(),
            size: self.at("size").count()?,
            rounds: self.at("rounds").count()?,
            difference: self.at("difference").measured()?,
            verdict: self.at("verdict").one_of(&["holds", "contrary", "open"])?,
        })
    }

    fn quality(self) -> Result<Quality, String> {
        Ok(Quality {
            threshold: self.at("threshold").number()?,
            recalled: self.at("recalled").number()?,
            precision: self.at("precision").number()?,
            recall: self.at("recall").number()?,
        })
    }

    fn model(self) -> Result<Model, String> {
        let nearest = self.at("nearest");
        Ok(Model {
            model: self.at("model").text()?,
            chosen: self.at("chosen").quality()?,
            published: self.at("published").quality()?,
            bin_width: nearest.at("bin_width").number()?,
            helps: nearest.at("helps").counts()?,
            misleads: nearest.at("misleads").counts()?,
        })
    }
}

fn whole(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// Reads the findings of societies.
///
/// # Errors
/// What is wrong with the file, in a few words.
pub fn society(text: &str) -> Result<Findings, String> {
    let value = whole(text)?;
    let file = Field {
        value: &value,
        name: "",
    };
    file.at("format").one_of(&["mores-findings"])?;
    if file.at("version").count()? > VERSION {
        return Err(file.at("version").bad());
    }
    Ok(Findings {
        command: file.at("command").text()?,
        settings: file
            .at("settings")
            .list()?
            .map(Field::curves)
            .collect::<Result<_, _>>()?,
        claims: file
            .at("claims")
            .list()?
            .map(Field::claim)
            .collect::<Result<_, _>>()?,
    })
}

/// Reads the distances of memories.
///
/// # Errors
/// What is wrong with the file, in a few words.
pub fn distances(text: &str) -> Result<Distances, String> {
    let value = whole(text)?;
    let file = Field {
        value: &value,
        name: "",
    };
    Ok(Distances {
        command: file.at("command").text()?,
        models: file
            .at("models")
            .list()?
            .map(Field::model)
            .collect::<Result<_, _>>()?,
    })
}

/// Fetches a file that lies beside the page; none where that is not possible.
pub async fn fetch(path: &str) -> Option<String> {
    let asked = web_sys::window()?.fetch_with_str(path);
    let response = JsFuture::from(asked).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?)
        .await
        .ok()?
        .as_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_distances_that_ship_are_read() {
        let text = include_str!("../../../public/findings/memory_distance.json");
        let found = distances(text).expect("it reads");
        let names: Vec<&str> = found.models.iter().map(|one| one.model.as_str()).collect();
        assert_eq!(names, ["weak", "standard", "strong"]);
        for model in &found.models {
            assert_eq!(model.helps.len(), model.misleads.len());
            let all: u32 = model.helps.iter().chain(&model.misleads).sum();
            // 600 questions put to each of 36 people.
            assert_eq!(all, 21_600, "{}", model.model);
            assert!(model.chosen.precision > model.published.precision);
        }
    }

    #[test]
    fn findings_are_read_and_strange_files_are_told_apart() {
        let claim = r#"{"source":"paper","claim":"Good.","compared":"a less b","size":6,"rounds":12,
            "difference":{"count":2,"value":0.5,"interval":[-0.1,1.1]},"verdict":"open"}"#;
        let file = |version: u32, format: &str| {
            format!(
                r#"{{"format":"{format}","version":{version},"command":"mores findings","settings":[],"claims":[{claim}]}}"#
            )
        };
        let found = society(&file(1, "mores-findings")).expect("it reads");
        let claim = &found.claims[0];
        assert_eq!((claim.source, claim.verdict, claim.id.as_str()), (0, 2, ""));
        let interval = claim.difference.and_then(|one| one.interval);
        assert_eq!(interval, Some((-0.1, 1.1)));
        for (text, why) in [
            (file(2, "mores-findings"), "“version”"),
            (file(1, "a cookbook"), "“format”"),
            ("<!DOCTYPE html>".to_owned(), "expected value"),
            (
                file(1, "mores-findings").replace("[-0.1", "[\"low\""),
                "“interval”",
            ),
            (
                file(1, "mores-findings").replace("open", "perhaps"),
                "“verdict”",
            ),
        ] {
            let found = society(&text).expect_err("it is strange");
            assert!(found.contains(why), "{found}");
        }
    }
}
