//! Holds the house to its map: the table in the documentation of `src/lib.rs` says which room may
//! import which, and here every path from one room into another is checked against it. Paths are
//! read from the source text (comments and strings left out), so a feature that is switched off
//! hides nothing. Also: each file says first why it exists, and none grows past 500 lines.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

const LONGEST_FILE: usize = 500;

// ---- the map --------------------------------------------------------------------------------

/// A row of the table: a room's level, and the paths it may import (`world`, or `lab::view`).
#[derive(Debug)]
struct Room {
    level: u8,
    may_import: Vec<String>,
}

type Map = BTreeMap<String, Room>;

/// Reads the rows `//! | L2 | [`room`] | purpose | may import |`. The last column names rooms in
/// backticks, or whole levels: `L0 to L3`.
fn read_map(lib: &str) -> Map {
    let rows: Vec<(u8, String, String)> = lib
        .lines()
        .filter_map(|line| {
            let cells: Vec<&str> = line.strip_prefix("//! | L")?.split('|').collect();
            let level = cells.first()?.trim().parse().ok()?;
            let room = quoted(cells.get(1)?).into_iter().next()?;
            Some((level, room, cells.get(3)?.to_string()))
        })
        .collect();
    let allowed = |cell: &str| {
        let mut allowed = quoted(cell);
        let words: Vec<&str> = cell.split_whitespace().collect();
        if let [from, "to", to] = words[..] {
            let level = |word: &str| word.strip_prefix('L').and_then(|n| n.parse::<u8>().ok());
            let (from, to) = (level(from).unwrap(), level(to).unwrap());
            let within = rows.iter().filter(|row| (from..=to).contains(&row.0));
            allowed.extend(within.map(|row| row.1.clone()));
        }
        allowed
    };
    rows.iter()
        .map(|(level, room, cell)| {
            let (level, may_import) = (*level, allowed(cell));
            (room.clone(), Room { level, may_import })
        })
        .collect()
}

/// What stands in backticks.
fn quoted(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(String::from)
        .collect()
}

// ---- the paths in a file --------------------------------------------------------------------

/// A word or a sign of the source text, with its line.
struct Token {
    text: String,
    line: usize,
}

/// Words, `::`, and single signs; comments, strings and characters are left out.
fn tokens(source: &str) -> Vec<Token> {
    let text: Vec<char> = source.chars().collect();
    let at = |i: usize| text.get(i).copied().unwrap_or('\0');
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let (mut i, mut line, mut found) = (0, 1, Vec::new());
    while i < text.len() {
        let start = i;
        match (at(i), at(i + 1)) {
            ('/', '/') => {
                while i < text.len() && at(i) != '\n' {
                    i += 1;
                }
            }
            ('/', '*') => {
                let mut depth = 0;
                loop {
                    match (at(i), at(i + 1)) {
                        ('/', '*') => (depth, i) = (depth + 1, i + 2),
                        ('*', '/') => (depth, i) = (depth - 1, i + 2),
                        _ => i += 1,
                    }
                    if depth == 0 || i >= text.len() {
                        break;
                    }
                }
            }
            ('r', '"' | '#') if raw_string_hashes(&text, i).is_some() => {
                let hashes = raw_string_hashes(&text, i).unwrap();
                i += hashes + 2;
                let closes = |i: usize| at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#');
                while i < text.len() && !closes(i) {
                    i += 1;
                }
                i += hashes + 1;
            }
            ('"', _) => {
                i += 1;
                while i < text.len() && at(i) != '"' {
                    i += if at(i) == '\\' { 2 } else { 1 };
                }
                i += 1;
            }
            ('\'', '\\') => {
                i += 3;
                while i < text.len() && at(i) != '\'' {
                    i += 1;
                }
                i += 1;
            }
            ('\'', _) if at(i + 2) == '\'' => i += 3,
            (c, _) if word(c) => {
                while word(at(i)) {
                    i += 1;
                }
                // `b"..."`, `br"..."` and `c"..."`: the letter belongs to the string that follows.
                if at(i) == '"' || (at(i) == '#' && text[start..i] == ['b', 'r']) {
                    if text[i - 1] == 'r' {
                        i -= 1;
                    }
                } else {
                    let text = text[start..i].iter().collect();
                    found.push(Token { text, line });
                }
            }
            (c, next) => {
                i += if (c, next) == (':', ':') { 2 } else { 1 };
                if !c.is_whitespace() {
                    let text = text[start..i].iter().collect();
                    found.push(Token { text, line });
                }
            }
        }
        let end = i.min(text.len());
        line += text[start..end].iter().filter(|c| **c == '\n').count();
    }
    found
}

fn raw_string_hashes(text: &[char], start: usize) -> Option<usize> {
    let hashes = text[start + 1..].iter().take_while(|c| **c == '#').count();
    (text.get(start + 1 + hashes) == Some(&'"')).then_some(hashes)
}

/// A path from the root of the crate, as written at `line`; `*` and `self` stand for themselves.
#[derive(Debug, PartialEq)]
struct Import {
    path: Vec<String>,
    line: usize,
}

/// Every path that starts at the crate's root: by `crate::`, by the crate's name, or by as many
/// `super::` as lead out of `module`, the path of the file's own module.
fn imports(source: &str, module: &[String]) -> Vec<Import> {
    let tokens = tokens(source);
    let is = |i: usize, text: &str| tokens.get(i).is_some_and(|token| token.text == text);
    let (mut found, mut i) = (Vec::new(), 0);
    // The braces that are open: `Some` name for those of an inline module.
    let mut open: Vec<Option<String>> = Vec::new();
    while i < tokens.len() {
        match tokens[i].text.as_str() {
            "{" => {
                let named = i >= 2 && is(i - 2, "mod");
                open.push(named.then(|| tokens[i - 1].text.clone()));
            }
            "}" => drop(open.pop()),
            // A path that goes on to the left, `other::crate_name::..`, does not start here.
            "crate" | "mores" if is(i + 1, "::") && !(i > 0 && is(i - 1, "::")) => {
                tree(&tokens, i + 2, &[], &mut found);
            }
            // The whole crate under another name would hide what is taken from it.
            "crate" | "mores" if is(i + 1, "as") => {
                let (path, line) = (vec!["crate".to_string()], tokens[i].line);
                found.push(Import { path, line });
            }
            "super" if is(i + 1, "::") && !(i > 0 && is(i - 1, "::")) => {
                let mut here = module.to_vec();
                here.extend(open.iter().flatten().cloned());
                let mut next = i;
                while is(next, "super") && is(next + 1, "::") {
                    here.pop();
                    next += 2;
                }
                tree(&tokens, next, &here, &mut found);
            }
            _ => {}
        }
        i += 1;
    }
    found
}

/// Reads what follows `prefix::` at token `i`, a path or a group of them; returns where it ends.
fn tree(tokens: &[Token], mut i: usize, prefix: &[String], found: &mut Vec<Import>) -> usize {
    let is = |i: usize, text: &str| tokens.get(i).is_some_and(|token| token.text == text);
    let mut path = prefix.to_vec();
    loop {
        if is(i, "{") {
            i += 1;
            while i < tokens.len() && !is(i, "}") {
                i = tree(tokens, i, &path, found);
                // `as name`, and the comma.
                while i < tokens.len() && !is(i, ",") && !is(i, "}") {
                    i += 1;
                }
                i += usize::from(is(i, ","));
            }
            return i + 1;
        }
        let Some(token) = tokens.get(i) else { return i };
        path.push(token.text.clone());
        if !is(i + 1, "::") {
            found.push(Import {
                path,
                line: token.line,
            });
            return i + 1;
        }
        i += 2;
    }
}

// ---- the check ------------------------------------------------------------------------------

/// What is wrong with the file `name` (its path below `src/`), one sentence each, with its line.
fn faults(map: &Map, name: &str, source: &str) -> Vec<String> {
    let mut module: Vec<String> = name
        .trim_end_matches(".rs")
        .split('/')
        .map(String::from)
        .collect();
    if module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    let entry = name == "main.rs" || name.starts_with("bin/");
    let room = if entry {
        None
    } else {
        Some(module[0].as_str())
    };
    let module = if entry { Vec::new() } else { module.clone() };
    let mut faults = Vec::new();
    for Import { path, line } in imports(source, &module) {
        let to = path[0].as_str();
        if Some(to) == room || (entry && matches!(to, "*" | "self")) {
            continue;
        }
        let written = path.join("::");
        let fault = match (map.get(to), room.map(|room| (room, &map[room]))) {
            (None, _) => format!("`{written}` does not say which room of the map it is in"),
            (Some(target), None) if target.level < 5 => {
                format!("an entry point starts a room of level 5 or 6, not `{written}`")
            }
            (Some(_), Some((room, allowed))) if !covers(&allowed.may_import, &path) => {
                format!("`{room}` may not import `{written}`")
            }
            _ => continue,
        };
        faults.push(format!("src/{name}:{line}: {fault}"));
    }
    faults
}

/// Whether one of the allowed paths is a beginning of `path`.
fn covers(allowed: &[String], path: &[String]) -> bool {
    allowed.iter().any(|allowed| {
        let allowed: Vec<&str> = allowed.split("::").collect();
        allowed.len() <= path.len() && allowed.iter().zip(path).all(|(a, b)| a == b)
    })
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn map() -> Map {
    read_map(&fs::read_to_string(root().join("src/lib.rs")).unwrap())
}

/// All Rust files below `folder`, with their paths below it, in order.
fn rust_files(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                if !path.ends_with("node_modules") {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
                found.push((name.replace('\\', "/"), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

#[test]
fn every_import_is_in_the_map() {
    let map = map();
    let faults: Vec<String> = rust_files(&root().join("src"))
        .iter()
        .filter(|(name, _)| name != "lib.rs")
        .flat_map(|(name, source)| faults(&map, name, source))
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_map_shows_every_room_and_points_downwards() {
    let map = map();
    let mut folders: Vec<String> = Vec::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_string();
        if path.is_dir() && name != "bin" {
            folders.push(name);
        } else if !path.is_dir() {
            assert!(
                name == "lib.rs" || name == "main.rs",
                "src/{name} is in no room"
            );
        }
    }
    folders.sort();
    assert_eq!(
        folders,
        map.keys().cloned().collect::<Vec<_>>(),
        "folders, and rooms of the map"
    );
    for (room, Room { level, may_import }) in &map {
        for import in may_import {
            let target = map.get(import.split("::").next().unwrap());
            let target = target
                .unwrap_or_else(|| panic!("`{room}` may import `{import}`, which is no room"));
            assert!(
                target.level < *level,
                "`{room}` may import `{import}`, which is not below it"
            );
        }
    }
}

#[test]
fn every_file_says_why_it_exists_and_is_short() {
    for folder in ["src", "tests"] {
        for (name, source) in rust_files(&root().join(folder)) {
            assert!(
                source.starts_with("//! "),
                "{folder}/{name}:1: no `//!` that says why it exists"
            );
            let lines = source.lines().count();
            assert!(
                lines <= LONGEST_FILE,
                "{folder}/{name}: {lines} lines, above {LONGEST_FILE}"
            );
        }
    }
}

/// The check itself: a bad file is caught at each of its bad lines, and at no other.
/// A text that nothing shows is downloaded by everybody all the same.
#[test]
fn every_text_of_the_page_is_said_somewhere() {
    let (texts, rest): (Vec<_>, Vec<_>) = rust_files(&root().join("src"))
        .into_iter()
        .partition(|(name, _)| name.starts_with("ui/text/"));
    let said: BTreeSet<&str> = rest
        .iter()
        .flat_map(|(_, source)| source.split(|c: char| !(c.is_alphanumeric() || c == '_')))
        .collect();
    let fields = texts.iter().flat_map(|(name, source)| {
        let fields = source.lines().filter_map(|line| {
            let (field, _) = line.strip_prefix("    pub ")?.split_once(": ")?;
            (!field.contains(' ')).then_some((name.as_str(), field))
        });
        fields.collect::<Vec<_>>()
    });
    let silent: Vec<_> = fields.filter(|(_, field)| !said.contains(field)).collect();
    assert!(texts.len() > 10 && silent.is_empty(), "{silent:?}");
}

#[test]
fn a_bad_example_is_caught() {
    let map = read_map(
        "//! | L0 | [`world`] | the village | |\n\
         //! | L1 | [`society`] | agents | `world` |\n\
         //! | L1 | [`model`] | Llama | |\n\
         //! | L2 | `lab` | engine | L0 to L1 |\n\
         //! | L5 | `canvas` | drawing | `lab::view` |",
    );
    let bad = r####"//! crate::lab in a comment is nobody's import
use crate::{
    world::chance,
    model::{Llama as Other, config},
};
/* crate::lab /* nested crate::lab */ crate::lab */
const TEXT: &str = "crate::lab \" crate::lab"; const RAW: &str = r#"" crate::lab"#;
const BYTES: &[u8] = b"crate::lab"; const QUOTE: char = '"'; const TICK: char = '\'';
fn f<'a>(x: &'a str) { crate::lab::engine(); other::crate::lab(); super::world::judge(); }
use super::lab;
pub(crate) mod tests { use super::memory; use super::super::lab::seed; use super::super::world; }
use crate::*;
use mores::society::{self, memory};
use crate as all;
"####;
    let lines = |name: &str| {
        let line = |fault: String| fault.split(':').nth(1).unwrap().parse::<usize>().unwrap();
        faults(&map, name, bad)
            .into_iter()
            .map(line)
            .collect::<Vec<_>>()
    };
    assert_eq!(lines("society/mod.rs"), [4, 4, 9, 10, 11, 12, 14]);

    let one = |name: &str, source: &str| faults(&map, name, source).len();
    assert_eq!(one("society/memory/mod.rs", "use super::super::lab;"), 1);
    assert_eq!(one("society/memory/mod.rs", "use super::lab;"), 0);
    assert_eq!(one("canvas/mod.rs", "use crate::lab::view::Run;"), 0);
    assert_eq!(one("canvas/mod.rs", "use crate::lab::{view, engine};"), 1);
    assert_eq!(
        one(
            "main.rs",
            "fn main() { mores::canvas::start(); mores::world::f() }"
        ),
        1
    );
    assert_eq!(one("bin/worker.rs", "use mores::canvas;"), 0);
}
