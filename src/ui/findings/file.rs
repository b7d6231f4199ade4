//! The files of findings, as far as the page reads them, and how they are fetched.

use crate::lab::view::statistics::Measured;
use serde::Deserialize;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// What `mores findings` writes.
pub const SOCIETY: &str = "findings/society.json";
/// What `mores calibrate` writes.
pub const DISTANCE: &str = "findings/memory_distance.json";

/// The newest version of [`SOCIETY`] that this page reads.
const VERSION: u32 = 1;

/// Why there are no findings to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The file can't be fetched.
    Missing,
    /// The file can't be read: why.
    Broken(String),
}

/// A file, or why it is not there.
pub type Fetched<T> = Result<Arc<T>, Fault>;

/// What was found in many societies.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Findings {
    format: String,
    version: u32,
    /// The command that makes them.
    pub command: String,
    /// Curves of each setting.
    pub settings: Vec<Curves>,
    /// Claims, held against the runs.
    pub claims: Vec<Claim>,
}

/// A setting's curves, one value a round.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Curves {
    pub name: String,
    pub about: String,
    pub size: u8,
    pub rounds: u16,
    pub window: u32,
    pub draft_alignment: Vec<Option<Measured>>,
    pub revision_alignment: Vec<Option<Measured>>,
    pub draft_engagement: Vec<Option<Measured>>,
    pub revision_engagement: Vec<Option<Measured>>,
    pub moran: Vec<Option<Measured>>,
    pub neighbour_difference: Vec<Option<Measured>>,
    pub any_difference: Vec<Option<Measured>>,
}

/// Who says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Paper,
    Reviewers,
    Ours,
}

/// What the runs say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Holds,
    Contrary,
    Open,
}

/// A claim held against the runs of one scale.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Claim {
    /// Stable name; files of older programs have none.
    #[serde(default)]
    pub id: String,
    pub source: Source,
    /// In English.
    pub claim: String,
    /// What is held against what, in English.
    pub compared: String,
    /// The same in parts.
    #[serde(default)]
    pub comparison: String,
    #[serde(default)]
    pub figure: String,
    #[serde(default)]
    pub settings: Vec<String>,
    pub size: u8,
    pub rounds: u16,
    pub difference: Option<Measured>,
    pub verdict: Verdict,
}

/// How far the nearest memory is when it helps and when it misleads.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Distances {
    /// The command that makes them.
    pub command: String,
    pub models: Vec<Model>,
}

/// The distances of one model.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Model {
    pub model: String,
    pub chosen: Quality,
    pub published: Quality,
    pub nearest: Bars,
}

/// What a limit does.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Quality {
    pub threshold: f32,
    pub recalled: f32,
    pub precision: f32,
    pub recall: f32,
}

/// Counts by distance.
#[derive(Debug, PartialEq, Deserialize)]
pub struct Bars {
    pub bin_width: f32,
    pub helps: Vec<u32>,
    pub misleads: Vec<u32>,
}

/// Reads the findings of societies.
pub fn society(text: &str) -> Fetched<Findings> {
    let found: Findings =
        serde_json::from_str(text).map_err(|error| Fault::Broken(error.to_string()))?;
    if found.format != "mores-findings" {
        return Err(Fault::Broken(format!("format {}", found.format)));
    }
    if found.version > VERSION {
        return Err(Fault::Broken(format!("version {}", found.version)));
    }
    Ok(Arc::new(found))
}

/// Reads the distances of memories.
pub fn distances(text: &str) -> Fetched<Distances> {
    let found = serde_json::from_str(text);
    found
        .map(Arc::new)
        .map_err(|error| Fault::Broken(error.to_string()))
}

/// Fetches a file that lies beside the page.
pub async fn fetch(path: &str) -> Result<String, Fault> {
    text_of(path).await.ok_or(Fault::Missing)
}

async fn text_of(path: &str) -> Option<String> {
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
            let bars = &model.nearest;
            assert_eq!(bars.helps.len(), bars.misleads.len());
            let all: u32 = bars.helps.iter().chain(&bars.misleads).sum();
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
        assert_eq!((claim.verdict, claim.id.as_str()), (Verdict::Open, ""));
        let interval = claim.difference.and_then(|one| one.interval);
        assert_eq!(interval, Some((-0.1, 1.1)));
        for (text, why) in [
            (file(2, "mores-findings"), "version 2"),
            (file(1, "a cookbook"), "format a cookbook"),
            ("<!DOCTYPE html>".to_owned(), "expected value"),
            (
                file(1, "mores-findings").replace("open", "perhaps"),
                "unknown variant",
            ),
        ] {
            match society(&text) {
                Err(Fault::Broken(found)) => assert!(found.contains(why), "{found}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
