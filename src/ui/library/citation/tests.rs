//! Citations that survive nasty names, and the file that is committed.

use super::*;
use crate::lab::receipt::{EngineUsed, Headline};

fn software() -> Software {
    Software {
        version: env!("CARGO_PKG_VERSION"),
        build: Some("ab12cd34ef".into()),
        address: Some("https://example.org/mores/".into()),
    }
}

fn run(adapter: &str, link: Option<&str>) -> Run {
    Run {
        about: "36 agents, 3 rounds, seed 1".into(),
        link: link.map(str::to_owned),
        receipt: Receipt {
            build: "ab12_34".into(),
            engine: EngineUsed::BrowserWebGpu,
            adapter: adapter.into(),
            record: [0xa1; 16],
            weights: [0x0f; 16],
            headline: Headline {
                alignment_base: 402,
                alignment_trained: 529,
                bad_base: 158,
                bad_trained: 50,
            },
        },
        day: "2026-11-29".into(),
    }
}

/// How deep braces are at the end, as BibTeX counts them: escaped or not.
fn depth(entry: &str) -> i32 {
    let mut depth = 0;
    for letter in entry.chars() {
        depth += i32::from(letter == '{') - i32::from(letter == '}');
        assert!(depth >= 0, "closed before it was opened: {entry}");
    }
    depth
}

fn field<'a>(entry: &'a str, name: &str) -> &'a str {
    let start = format!("  {name} = {{");
    let line = entry.lines().find_map(|line| line.strip_prefix(&start));
    line.unwrap_or_default().trim_end_matches(',')
}

#[test]
fn what_latex_would_read_otherwise_is_escaped_and_braces_stay_balanced() {
    let nasty = "A{MD \\ 50% & #1_$ ~^\n";
    let entry = run(nasty, Some("https://example.org/m/#v1.a_b{&engine=cpu")).bibtex(&software());
    assert_eq!(depth(&entry), 0, "{entry}");
    let note = field(&entry, "note");
    let wanted = "A\\textbraceleft{}MD \\textbackslash{} 50\\% \\& \\#1\\_\\$ \\textasciitilde{}\\textasciicircum{} .";
    assert!(note.contains(wanted), "{note}");
    assert!(note.contains("build ab12\\_34, engine webgpu on"), "{note}");
    assert_eq!(
        field(&entry, "url"),
        "https://example.org/m/#v1.a_b%7B&engine=cpu}",
        "an address is printed as it is"
    );
}

#[test]
fn a_run_is_cited_with_its_digests_its_build_and_what_it_came_to() {
    let run = run("adapter", Some("https://example.org/m/#v1.abc"));
    let entry = run.bibtex(&software());
    assert!(
        entry.starts_with("@misc{mores-run-a1a1a1a1a1a1,\n"),
        "{entry}"
    );
    let note = field(&entry, "note");
    for part in [
        &"a1".repeat(16),
        &"0f".repeat(16),
        "Mean alignment 4.02 before and 5.29 after training, bad answers 15.8\\% and 5.0\\%",
    ] {
        assert!(note.contains(part), "{part} in {note}");
    }
    assert_eq!(field(&entry, "urldate"), "2026-11-29}");
    let cff = run.cff(&software());
    assert!(
        cff.contains(&format!("value: \"{}\"", "a1".repeat(16))),
        "{cff}"
    );
}

#[test]
fn a_run_too_long_for_a_link_says_where_its_settings_are() {
    let entry = run("", None).bibtex(&software());
    assert!(!entry.contains("url"), "{entry}");
    assert!(field(&entry, "note").contains("The settings are in the run file."));
    assert!(!run("", None).cff(&software()).contains("url:"));
}

#[test]
fn yaml_strings_end_where_they_should() {
    assert_eq!(quoted("a \"b\" \\ c: #\td"), "\"a \\\"b\\\" \\\\ c: # d\"");
    let cff = run("say \"hi\": - #x", None).cff(&software());
    let lines = cff.lines().filter(|line| line.contains("say"));
    assert_eq!(lines.count(), 1);
    // Every value that is not a plain word or number stands in quotes.
    for line in cff.lines() {
        if let Some((_, value)) = line.split_once(": ") {
            let plain = |letter: char| letter.is_ascii_alphanumeric() || "-._".contains(letter);
            let whole = value.len() > 1 && value.starts_with('"') && value.ends_with('"');
            assert!(whole || value.chars().all(plain), "{line}");
        }
    }
}

#[test]
fn the_committed_file_and_the_licence_say_the_same() {
    let plain = Software {
        version: env!("CARGO_PKG_VERSION"),
        build: None,
        address: None,
    };
    let committed = include_str!("../../../../public/CITATION.cff");
    assert_eq!(
        committed,
        plain.cff(),
        "write this into public/CITATION.cff"
    );
    let licence = include_str!("../../../../LICENSE-MIT");
    assert!(licence.contains(YEAR));
}
