//! Charts as files, without a browser: comma-separated values that are read again, SVG that is
//! well-formed and needs nothing else, and drawings that stay as they are.

use super::examples::{all, long, methods, rounds, seeds, suites};
use super::figure::{Content, Figure};
use super::layout::draw;
use super::sheet::{Heads, csv, table};
use super::svg;
use std::fmt::Write;

const HEADS: Heads = Heads {
    panel: "panel",
    place: "round",
    name: "name",
    kind: "which",
    ends: ["low", "high"],
};

/// Comma-separated values, read in the plainest way.
fn cells(text: &str) -> Vec<Vec<String>> {
    let (mut lines, mut line, mut cell, mut inside) =
        (Vec::new(), Vec::new(), String::new(), false);
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            '"' if inside && letters.peek() == Some(&'"') => {
                letters.next();
                cell.push('"');
            }
            '"' => inside = !inside,
            ',' if !inside => line.push(std::mem::take(&mut cell)),
            '\n' if !inside => {
                line.push(std::mem::take(&mut cell));
                lines.push(std::mem::take(&mut line));
            }
            other => cell.push(other),
        }
    }
    lines
}

#[test]
fn values_come_back_from_comma_separated_values() {
    for figure in all() {
        let lines = cells(&csv(&figure, HEADS));
        assert_eq!(lines.len() - 1, figure.count(), "{}", figure.title);
        assert!(
            lines.iter().all(|line| line.len() == lines[0].len()),
            "{}",
            figure.title
        );
    }
    let lines = cells(&csv(&rounds(), HEADS));
    let heads = [
        "round",
        "second <answers>",
        "first answers",
        "first answers (low)",
        "first answers (high)",
    ];
    assert_eq!(lines[0], heads);
    assert_eq!(lines[3], ["3", "6.25", "3.5", "2.5", "4.5"]);
    let lines = cells(&csv(&suites(), HEADS));
    assert_eq!(
        lines[5][..3],
        [
            "A kind of question, with \"a\" long name, indeed",
            "after",
            "6.9"
        ]
    );
    let lines = cells(&csv(&long(10_000), HEADS));
    let Content::Lines(of) = &long(10_000).panels[0].content else {
        panic!("it is lines");
    };
    for (line, point) in lines[1..].iter().zip(&of.series[0].points) {
        assert_eq!(
            (line[0].parse(), line[1].parse()),
            (Ok(point.0), Ok(point.1))
        );
    }
    assert_eq!(cells(&csv(&seeds(), HEADS))[7][..2], ["Seed 2", "method 1"]);
    // The table says the same, with intervals in their cells, and no more of it than asked for.
    let (shown, all) = table(&rounds(), HEADS, "<all>", 2);
    assert_eq!((shown.matches("<tr>").count(), all), (3, 3));
    assert!(shown.contains("<td>2.00 (1.50\u{2013}2.50)</td>") && !shown.contains("<all>"));
}

/// The elements of a document that is well-formed, opened and closed in turn; else what is wrong.
fn well_formed(document: &str) -> Result<Vec<String>, String> {
    let mut open: Vec<String> = Vec::new();
    let mut seen = Vec::new();
    for tag in document.split('<').skip(1) {
        let (tag, text) = tag.split_once('>').ok_or("a tag without an end")?;
        if text.contains('&')
            && !["&amp;", "&lt;", "&gt;", "&quot;", "&#39;"]
                .iter()
                .any(|one| text.contains(one))
        {
            return Err(format!("a bare & in {text}"));
        }
        if tag.starts_with('?') {
            continue;
        }
        if let Some(name) = tag.strip_prefix('/') {
            let last = open.pop();
            if last.as_deref() != Some(name) {
                return Err(format!("{name} closes {last:?}"));
            }
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap_or_default().to_owned();
        let quotes = tag.matches('\'').count() % 2 + tag.matches('"').count() % 2;
        if quotes > 0 {
            return Err(format!("a quote without an end in {tag}"));
        }
        seen.push(name.clone());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(seen)
    } else {
        Err(format!("{open:?} are not closed"))
    }
}

/// The colours of the light theme, from the style sheet itself.
fn light(ink: &str) -> String {
    let tokens = include_str!("../../../style/tokens.css");
    let line = tokens
        .split(&format!("--{ink}: "))
        .nth(1)
        .and_then(|rest| rest.split(';').next());
    line.unwrap_or_else(|| panic!("no token {ink}")).to_owned()
}

/// A figure as a file; every colour of it a value.
fn file(figure: &Figure) -> String {
    let (svg, [wide, high]) = svg::file(figure, "drawn for a test", &light);
    let elements = well_formed(&svg).unwrap_or_else(|why| panic!("{}: {why}\n{svg}", figure.title));
    assert!(elements.len() > 10);
    assert!(svg.contains(&format!("width='{wide}' height='{high}'")));
    assert!(!svg.contains("var(") && !svg.contains("NaN"), "{svg}");
    svg
}

#[test]
fn every_figure_is_a_file_of_its_own() {
    for figure in all() {
        file(&figure);
    }
    assert!(well_formed("<a><b></a>").is_err());
    let names = file(&methods(0.0, true));
    assert!(
        names.contains(">1 method 0</text>"),
        "signs are explained in the file"
    );
}

/// The page and the file are the same drawing: the colours' names are all that differs.
#[test]
fn the_page_shows_what_the_file_has() {
    for figure in all() {
        let drawing = draw(&figure, svg::wide_of(&figure));
        let mut page = String::new();
        for part in &drawing.parts {
            let _ = write!(
                page,
                "\n{}",
                svg::inside(std::slice::from_ref(part), &light)
            );
        }
        assert!(file(&figure).contains(&page), "{}", figure.title);
    }
}

/// What files look like, kept. After a change that is meant:
/// `MORES_GOLDEN=write cargo test --no-default-features --features page chart::tests`; then look at them.
#[test]
fn drawings_stay_as_they_are() {
    for (name, figure) in [
        ("rounds", rounds()),
        ("suites", suites()),
        ("seeds", seeds()),
    ] {
        let path = format!(
            "{}/tests/fixtures/charts/{name}.svg",
            env!("CARGO_MANIFEST_DIR")
        );
        let drawn = file(&figure);
        if std::env::var("MORES_GOLDEN").is_ok_and(|wish| wish == "write") {
            std::fs::write(&path, &drawn).expect("it is written");
        }
        let kept = std::fs::read_to_string(&path).expect("the drawing is kept");
        let differs = kept
            .lines()
            .zip(drawn.lines())
            .find(|(kept, drawn)| kept != drawn);
        assert_eq!(differs, None, "{name}: a line differs");
        assert_eq!(kept.len(), drawn.len(), "{name}");
    }
}
