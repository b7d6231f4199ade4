//! The builds that are published beside this one: `.lab/publish.mjs` writes their list and notes in the
//! page where it lies. Where there is no note, nothing is asked.

use super::super::findings::fetch;
use super::news;
use crate::canvas::beside;
use crate::lab::build;
use leptos::prelude::*;
use serde_json::Value;

const LIST: &str = "builds.json";

/// All that are published, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Published {
    /// The root of the site, seen from this page; empty if this page lies there.
    root: String,
    newest: String,
    builds: Vec<String>,
}

impl Published {
    fn read(note: &str, text: &str) -> Option<Self> {
        let value: Value = serde_json::from_str(text).ok()?;
        let builds = value["builds"].as_array()?.iter();
        Some(Self {
            root: note.strip_suffix(LIST)?.to_owned(),
            newest: value["newest"].as_str()?.to_owned(),
            builds: builds
                .filter_map(|build| build["id"].as_str())
                .filter(|id| is_name(id))
                .map(str::to_owned)
                .collect(),
        })
    }

    /// Where a build lies.
    pub fn address_of(&self, build: &str) -> Option<String> {
        let there = self.builds.iter().any(|known| known == build);
        there.then(|| format!("{}builds/{build}/", self.root))
    }

    /// Where the newest lies, if this page is an older one at its own address.
    pub fn newest_from_here(&self) -> Option<String> {
        let is_old = !self.root.is_empty() && self.newest != build::id();
        is_old.then(|| self.root.clone())
    }
}

/// A name that stays within its folder.
fn is_name(id: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-._".contains(&byte);
    !id.is_empty() && !id.starts_with('.') && id.bytes().all(letter)
}

/// Reads the list.
pub fn begin() {
    let Some(note) = beside::note("mores-builds") else {
        return;
    };
    // Without a network there is nowhere to go.
    if !web_sys::window().is_some_and(|window| window.navigator().on_line()) {
        return;
    }
    leptos::task::spawn_local(async move {
        let text = fetch(&note).await;
        let published = text.and_then(|text| Published::read(&note, &text));
        news().update(|news| news.published = published);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"{"newest": "b2", "builds": [{"id": "b2", "date": "2026"}, {"id": "a1+c"}, {"id": "../x"}]}"#;

    #[test]
    fn builds_are_found_from_the_root_and_from_their_own_folders() {
        let root = Published::read("builds.json", TEXT).expect("it reads");
        assert_eq!(root.address_of("a1+c").as_deref(), Some("builds/a1+c/"));
        assert_eq!(root.address_of("../x"), None);
        assert_eq!(root.newest_from_here(), None);
        let own = Published::read("../../builds.json", TEXT).expect("it reads");
        assert_eq!(own.address_of("b2").as_deref(), Some("../../builds/b2/"));
        assert_eq!(own.newest_from_here().as_deref(), Some("../../"));
        assert_eq!(Published::read("builds.json", "<html>"), None);
    }
}
