//! A file on its way to the worker: read in pieces, one at a time, so that the page never waits.

use super::super::state::{Act, Page};
use crate::lab::bytes::Bytes;
use crate::lab::imported::{Step, Summary, Told};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// Bytes read at a time.
const PIECE: f64 = 1_048_576.0;
/// Bytes looked at to tell a data file from a run file.
const HEAD: f64 = 65_536.0;

/// What is being done about a file.
#[derive(Clone, Debug, PartialEq)]
pub enum Stand {
    /// Nothing.
    Idle,
    /// It is being read.
    Reading {
        /// Its name.
        name: String,
        /// Its length in bytes.
        size: f64,
        /// Bytes read.
        done: f64,
        /// Rows read.
        rows: u64,
        /// Rows that could not be.
        broken: u64,
    },
    /// It can't be used.
    Refused {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
}

/// The files that people bring. Copies share everything.
#[derive(Clone, Copy)]
pub struct Files {
    /// What is being done.
    pub stand: RwSignal<Stand>,
    /// What the worker holds.
    pub brought: RwSignal<Option<Arc<Summary>>>,
    /// The file that it was read from.
    file: StoredValue<Option<File>, LocalStorage>,
    /// Counts files, so that a late word of one that was given up is not heard.
    turn: RwSignal<u32>,
}

impl Default for Files {
    fn default() -> Self {
        Self {
            stand: RwSignal::new(Stand::Idle),
            brought: RwSignal::new(None),
            file: StoredValue::new_local(None),
            turn: RwSignal::new(0),
        }
    }
}

/// One file being read.
#[derive(Clone)]
struct Reading {
    page: Page,
    turn: u32,
    file: File,
    name: String,
    size: f64,
}

/// Reads a file and shows what it comes to.
pub fn read(page: Page, file: File) {
    page.act.set(Some(Act::TakeHome));
    begin(page, file);
}

/// Reads the file once more, for a worker that does not know it.
pub fn again(page: Page) {
    let files = page.files;
    let held = files.brought.with_untracked(Option::is_some);
    if let Some(file) = files.file.get_value().filter(|_| held) {
        files.brought.set(None);
        begin(page, file);
    }
}

fn begin(page: Page, file: File) {
    let files = page.files;
    files.turn.update(|turn| *turn += 1);
    let reading = Reading {
        page,
        turn: files.turn.get_untracked(),
        name: file.name(),
        size: file.size(),
        file,
    };
    reading.show(0.0, 0, 0);
    let begin = Step::Begin {
        name: reading.name.clone(),
        // A file has fewer bytes than an f64 counts exactly.
        size: reading.size as u64,
    };
    page.import(begin, move |told| reading.go_on(0.0, told));
}

/// Gives up the file that is being read; what was read before stays.
pub fn cancel(page: Page) {
    page.files.turn.update(|turn| *turn += 1);
    page.files.stand.set(Stand::Idle);
    page.import(Step::Cancel, |_| {});
}

/// Puts away what was read.
pub fn forget(page: Page) {
    page.files.turn.update(|turn| *turn += 1);
    page.files.stand.set(Stand::Idle);
    page.files.brought.set(None);
    page.import(Step::Forget, |_| {});
}

impl Reading {
    fn is_current(&self) -> bool {
        self.page.files.turn.get_untracked() == self.turn
    }

    fn show(&self, done: f64, rows: u64, broken: u64) {
        self.page.files.stand.set(Stand::Reading {
            name: self.name.clone(),
            size: self.size,
            done,
            rows,
            broken,
        });
    }

    fn refuse(&self, why: String) {
        let name = self.name.clone();
        self.page.files.stand.set(Stand::Refused { name, why });
    }

    /// After a step: the next one, from that byte on.
    fn go_on(self, at: f64, told: Result<Told, crate::lab::Failure>) {
        if !self.is_current() {
            return;
        }
        match told {
            Ok(Told::Reading { rows, broken }) => {
                self.show(at, rows, broken);
                if at >= self.size {
                    self.page
                        .import(Step::End, move |told| self.go_on(at, told));
                } else {
                    leptos::task::spawn_local(self.next(at));
                }
            }
            Ok(Told::Read(summary)) => {
                self.page.files.brought.set(Some(Arc::new(*summary)));
                self.page.files.file.set_value(Some(self.file.clone()));
                self.page.files.stand.set(Stand::Idle);
            }
            Ok(Told::Nothing) => self.page.files.stand.set(Stand::Idle),
            Err(failure) => self.refuse(failure.message),
        }
    }

    /// Reads a piece and hands it over.
    async fn next(self, at: f64) {
        let end = (at + PIECE).min(self.size);
        let piece = piece(&self.file, at, end).await;
        if !self.is_current() {
            return;
        }
        match piece {
            // A file that shrinks while it is read would go on for ever.
            Some(piece) if !piece.is_empty() => {
                let page = self.page;
                page.import(Step::Piece(Bytes(piece)), move |told| self.go_on(end, told));
            }
            _ => {
                self.page.import(Step::Cancel, |_| {});
                self.refuse(self.page.text().data.unreadable.to_owned());
            }
        }
    }
}

/// Some bytes of a file; none if the browser can't read them.
async fn piece(file: &File, from: f64, to: f64) -> Option<Vec<u8>> {
    let slice = file.slice_with_f64_and_f64(from, to).ok()?;
    let buffer = JsFuture::from(slice.array_buffer()).await.ok()?;
    Some(js_sys::Uint8Array::new(&buffer).to_vec())
}

/// Whether a file that was dropped is data: by its name, its size, or the keys at its beginning. What
/// is neither is taken for a run file, which says what is wrong with it.
pub async fn is_data(file: &File, largest_run: f64) -> bool {
    if file.size() > largest_run || file.name().ends_with(".jsonl") {
        return true;
    }
    let head = piece(file, 0.0, HEAD).await.unwrap_or_default();
    looks_like_data(&head)
}

/// The keys that only rows have.
const KEYS: [&str; 5] = [
    "\"agent_id\"",
    "\"query\"",
    "\"responses\"",
    "\"prompt\"",
    "\"completion\"",
];

fn looks_like_data(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let ours = ["\"mores-run\"", "\"mores-sweep\"", "\"mores-kept-run\""];
    let is_ours = ours.iter().any(|format| text.contains(format));
    text.starts_with('[') || !is_ours && KEYS.iter().any(|key| text.contains(key))
}

#[cfg(test)]
mod tests {
    use super::looks_like_data;
    use crate::lab::RunConfig;
    use crate::lab::run_file::RunFile;

    #[test]
    fn run_files_and_links_are_told_from_data() {
        let run = RunFile::of_config(RunConfig::default()).to_json().unwrap();
        let settings = r#"{"preset": "mini", "society": {"rounds": 2}}"#;
        for text in [run.as_str(), settings, "#v1.abc", "", "\u{0}\u{1}"] {
            assert!(!looks_like_data(text.as_bytes()), "{text}");
        }
        for text in [
            "[\n]",
            "\u{feff} [{}]",
            r#"{"agent_id":0}"#,
            r#"{"prompt":"why ?"}"#,
            r#"{"query":"cut in the mid"#,
        ] {
            assert!(looks_like_data(text.as_bytes()), "{text}");
        }
    }
}
