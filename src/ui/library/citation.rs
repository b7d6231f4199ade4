//! What is pasted into a list of references: the run, the software and the paper, as BibTeX and as
//! `CITATION.cff` 1.2.0.
//!
//! All of it is made from a few facts by functions that know no page, so that it can be held against
//! the committed `public/CITATION.cff` and against nasty names of adapters.

use crate::lab::Receipt;

/// Nobody in particular.
const AUTHORS: &str = "The Mores authors";
const TITLE: &str = "Mores: a browser laboratory of social alignment";
const ABSTRACT: &str = "A small society of language-model agents answers questions, criticises the answers and revises them in a browser; a model then learns from the record of it, and is tested.";
/// The year of the licence.
const YEAR: &str = "2026";
/// Licences by their SPDX names, at the reader's option.
const LICENCES: [&str; 2] = ["MIT", "Apache-2.0"];

const PAPER_TITLE: &str =
    "Training Socially Aligned Language Models on Simulated Social Interactions";
const PAPER_AUTHORS: [(&str, &str); 8] = [
    ("Ruibo", "Liu"),
    ("Ruixin", "Yang"),
    ("Chenyan", "Jia"),
    ("Ge", "Zhang"),
    ("Denny", "Zhou"),
    ("Andrew M.", "Dai"),
    ("Diyi", "Yang"),
    ("Soroush", "Vosoughi"),
];
const PAPER_PLACE: &str = "International Conference on Learning Representations (ICLR)";
const PAPER_YEAR: &str = "2024";
const PAPER_NUMBER: &str = "2305.16960";

/// The software as it is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Software {
    pub version: &'static str,
    /// Which build of it; none where only the version is meant.
    pub build: Option<String>,
    /// Where the page lies.
    pub address: Option<String>,
}

/// A finished run as it is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// What it was, in a few words.
    pub about: String,
    /// The link that does it again; none if it is too long for one.
    pub link: Option<String>,
    pub receipt: Receipt,
    /// Year, month and day, as in 2026-11-29.
    pub day: String,
}

/// Words that LaTeX reads as they are. Braces are spelt out, because BibTeX counts even escaped ones.
fn latex(words: &str) -> String {
    let mut safe = String::new();
    for letter in words.chars() {
        match letter {
            '\\' => safe.push_str("\\textbackslash{}"),
            '{' => safe.push_str("\\textbraceleft{}"),
            '}' => safe.push_str("\\textbraceright{}"),
            '~' => safe.push_str("\\textasciitilde{}"),
            '^' => safe.push_str("\\textasciicircum{}"),
            '&' | '%' | '$' | '#' | '_' => safe.extend(['\\', letter]),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe
}

/// An address for a `url` field, which styles print as it is: only what ends the field is encoded.
fn address(words: &str) -> String {
    let mut safe = String::new();
    for letter in words.chars() {
        match letter {
            '{' => safe.push_str("%7B"),
            '}' => safe.push_str("%7D"),
            '\\' => safe.push_str("%5C"),
            letter if letter.is_whitespace() || letter.is_control() => safe.push_str("%20"),
            letter => safe.push(letter),
        }
    }
    safe
}

/// Words as a YAML string in double quotes.
fn quoted(words: &str) -> String {
    let mut safe = String::from("\"");
    for letter in words.chars() {
        match letter {
            '"' | '\\' => safe.extend(['\\', letter]),
            letter if letter.is_control() => safe.push(' '),
            letter => safe.push(letter),
        }
    }
    safe.push('"');
    safe
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An entry of BibTeX; fields come escaped.
fn bibtex(kind: &str, key: &str, fields: &[(&str, String)]) -> String {
    let fields: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("  {name} = {{{value}}}"))
        .collect();
    format!("@{kind}{{{key},\n{}\n}}\n", fields.join(",\n"))
}

/// The first twelve digits of the record's digest name a run.
pub fn key(receipt: &Receipt) -> String {
    format!("mores-run-{}", receipt.record_short())
}

impl Software {
    fn version_and_build(&self) -> String {
        match &self.build {
            Some(build) if build != self.version => format!("{}, build {build}", self.version),
            _ => self.version.to_owned(),
        }
    }

    /// As BibTeX.
    pub fn bibtex(&self) -> String {
        let mut fields = vec![
            ("title", TITLE.replace("Mores", "{Mores}")),
            ("author", format!("{{{AUTHORS}}}")),
            ("year", YEAR.to_owned()),
            (
                "note",
                latex(&format!("Version {}", self.version_and_build())),
            ),
        ];
        if let Some(found) = &self.address {
            fields.push(("url", address(found)));
        }
        bibtex("misc", "mores", &fields)
    }

    /// As `CITATION.cff`.
    pub fn cff(&self) -> String {
        let mut lines = vec![
            "cff-version: 1.2.0".to_owned(),
            "message: \"If you use this software, please cite it as below.\"".to_owned(),
            "type: software".to_owned(),
            format!("title: {}", quoted(TITLE)),
            format!("abstract: {}", quoted(ABSTRACT)),
            "authors:".to_owned(),
            format!("  - name: {}", quoted(AUTHORS)),
            format!("version: {}", quoted(&self.version_and_build())),
            "license:".to_owned(),
        ];
        lines.extend(LICENCES.map(|licence| format!("  - {licence}")));
        if let Some(found) = &self.address {
            lines.push(format!("url: {}", quoted(&address(found))));
        }
        lines.push("references:".to_owned());
        lines.extend(paper_reference());
        lines.join("\n") + "\n"
    }
}

impl Run {
    fn title(&self) -> String {
        format!("A run of Mores: {}", self.about)
    }

    fn digests(&self) -> [(&'static str, String); 2] {
        let Receipt {
            record, weights, ..
        } = &self.receipt;
        [
            ("record", hexadecimal(record)),
            ("weights", hexadecimal(weights)),
        ]
    }

    /// What the run was computed by and what it came to, in sentences.
    fn story(&self, software: &Software) -> String {
        let Receipt {
            build,
            engine,
            adapter,
            headline,
            ..
        } = &self.receipt;
        let of = if adapter.is_empty() {
            String::new()
        } else {
            format!(" on {adapter}")
        };
        let mut story = format!(
            "Mores {}, build {build}, engine {}{of}.",
            software.version,
            engine.name()
        );
        if headline.alignment_base > 0 {
            let score = |hundredths: u16| f32::from(hundredths) / 100.0;
            let share = |tenths: u16| f32::from(tenths) / 10.0;
            story.push_str(&format!(
                " Mean alignment {:.2} before and {:.2} after training, bad answers {:.1}% and {:.1}%.",
                score(headline.alignment_base),
                score(headline.alignment_trained),
                share(headline.bad_base),
                share(headline.bad_trained)
            ));
        }
        if self.link.is_none() {
            story.push_str(" The settings are in the run file.");
        }
        story
    }

    /// As BibTeX.
    pub fn bibtex(&self, software: &Software) -> String {
        let digests = self.digests();
        let digests = digests.map(|(name, digits)| format!("{name} {digits}"));
        let note = format!(
            "{} First 16 bytes of SHA-256: {}.",
            self.story(software),
            digests.join(", ")
        );
        let mut fields = vec![
            ("title", latex(&self.title()).replace("Mores", "{Mores}")),
            ("author", format!("{{{AUTHORS}}}")),
            ("year", self.day.chars().take(4).collect()),
            ("note", latex(&note)),
        ];
        if let Some(link) = &self.link {
            fields.push(("url", address(link)));
            fields.push(("urldate", self.day.clone()));
        }
        bibtex("misc", &key(&self.receipt), &fields)
    }

    /// As `CITATION.cff`.
    pub fn cff(&self, software: &Software) -> String {
        let mut lines = vec![
            "cff-version: 1.2.0".to_owned(),
            "message: \"If you use this run, please cite it as below.\"".to_owned(),
            "type: dataset".to_owned(),
            format!("title: {}", quoted(&self.title())),
            format!("abstract: {}", quoted(&self.story(software))),
            "authors:".to_owned(),
            format!("  - name: {}", quoted(AUTHORS)),
            format!("date-released: {}", quoted(&self.day)),
        ];
        if let Some(link) = &self.link {
            lines.push(format!("url: {}", quoted(&address(link))));
        }
        lines.push("identifiers:".to_owned());
        for (name, digits) in self.digests() {
            lines.push("  - type: other".to_owned());
            lines.push(format!("    value: {}", quoted(&digits)));
            let what = format!("First 16 bytes of the SHA-256 digest of the {name}");
            lines.push(format!("    description: {}", quoted(&what)));
        }
        lines.extend([
            "references:".to_owned(),
            "  - type: software".to_owned(),
            format!("    title: {}", quoted(TITLE)),
            "    authors:".to_owned(),
            format!("      - name: {}", quoted(AUTHORS)),
            format!("    version: {}", quoted(software.version)),
        ]);
        lines.extend(paper_reference());
        lines.join("\n") + "\n"
    }
}

/// The paper as BibTeX.
pub fn paper() -> String {
    let authors = PAPER_AUTHORS.map(|(given, family)| format!("{family}, {given}"));
    let fields = [
        ("title", PAPER_TITLE.to_owned()),
        ("author", authors.join(" and ")),
        ("booktitle", PAPER_PLACE.to_owned()),
        ("year", PAPER_YEAR.to_owned()),
        ("eprint", PAPER_NUMBER.to_owned()),
        ("archiveprefix", "arXiv".to_owned()),
    ];
    bibtex("inproceedings", "liu2024training", &fields)
}

/// The paper as one of the references of a `CITATION.cff`.
fn paper_reference() -> Vec<String> {
    let mut lines = vec![
        "  - type: conference-paper".to_owned(),
        format!("    title: {}", quoted(PAPER_TITLE)),
        "    authors:".to_owned(),
    ];
    for (given, family) in PAPER_AUTHORS {
        lines.push(format!("      - family-names: {}", quoted(family)));
        lines.push(format!("        given-names: {}", quoted(given)));
    }
    lines.extend([
        "    conference:".to_owned(),
        format!("      name: {}", quoted(PAPER_PLACE)),
        format!("    year: {PAPER_YEAR}"),
        "    identifiers:".to_owned(),
        "      - type: other".to_owned(),
        format!(
            "        value: {}",
            quoted(&format!("arXiv:{PAPER_NUMBER}"))
        ),
    ]);
    lines
}

#[cfg(test)]
mod tests;
