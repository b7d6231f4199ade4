//! From the village's text files to tables, with the file and line of whatever is wrong.
//!
//! One line, one statement: `keyword: rest`. The keywords are explained in `village/README.md`.

use super::sentence::{Class, Gap, Piece, Sentence};
use super::topic::{Ask, Face, FaceKind, Person, Table, Topic};
use crate::world::situation::Norm;
use std::collections::BTreeMap;
use std::fmt;

/// Something wrong in a text file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    file: &'static str,
    line: usize,
    what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}: {}", self.file, self.line, self.what)
    }
}

/// Ways of saying something that has trained wordings and some kept for tests.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wordings {
    pub(crate) texts: Vec<&'static str>,
    /// How many of them, from the first, are trained on.
    pub(crate) trained: usize,
}

/// Everything the files say.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) people: BTreeMap<&'static str, Person>,
    pub(crate) lists: BTreeMap<&'static str, Vec<&'static str>>,
    pub(crate) topics: Vec<Topic>,
    pub(crate) sentences: Vec<Sentence>,
    pub(crate) requests: Wordings,
    pub(crate) claims: Wordings,
    pub(crate) wrappers: Wordings,
    /// Parts that an attacker would have the answerer play; in no corpus and no suite.
    pub(crate) frames: Vec<&'static str>,
    /// What somebody says who will not take no for an answer; as seldom heard.
    pub(crate) presses: Vec<&'static str>,
    pub(crate) leave_yes: Vec<&'static str>,
    pub(crate) leave_no: Vec<&'static str>,
    pub(crate) before: BTreeMap<Class, Vec<&'static str>>,
    pub(crate) remarks: BTreeMap<&'static str, Vec<&'static str>>,
    pub(crate) observations: BTreeMap<&'static str, Vec<&'static str>>,
    pub(crate) small: Vec<(&'static str, Vec<&'static str>)>,
    pub(crate) faults: Vec<Fault>,
}

/// What the lines so far have opened.
#[derive(Default)]
struct Open {
    /// A topic stands open; its lines may follow.
    topic: bool,
    /// So does a face of it.
    face: bool,
}

impl Tables {
    /// Reads the files in their order; lists must come before topics that name them.
    pub(crate) fn read(files: &[(&'static str, &'static str)]) -> Self {
        let mut tables = Self::default();
        for (file, text) in files {
            let mut open = Open::default();
            for (number, line) in text.lines().enumerate() {
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                if let Err(what) = tables.statement(line, &mut open) {
                    tables.faults.push(Fault {
                        file,
                        line: number + 1,
                        what,
                    });
                }
            }
        }
        tables
    }

    fn statement(&mut self, line: &'static str, open: &mut Open) -> Result<(), String> {
        if line == "consent" {
            return self.topic(open).map(|topic| topic.consent = true);
        }
        let (head, rest) = line
            .split_once(':')
            .map(|(head, rest)| (head.trim(), rest.trim()))
            .ok_or_else(|| format!("no colon after the keyword: {line}"))?;
        let (keyword, argument) = head
            .split_once(' ')
            .map_or((head, ""), |(keyword, argument)| (keyword, argument.trim()));
        match keyword {
            "list" => self.list(argument, rest),
            "topic" => self.begin(argument, norm(rest)?, None, open),
            "dilemma" => {
                let (first, second) = rest
                    .split_once(" against ")
                    .ok_or("a dilemma is `NORM against NORM`")?;
                self.begin(argument, norm(first)?, Some(norm(second)?), open)
            }
            "who" => {
                let people = self.list_of_people(rest)?;
                self.topic(open).map(|topic| topic.who = people)
            }
            "let" => self.table(argument, rest, open),
            "harm" => self.face(FaceKind::Harm, rest, open),
            "fine" => self.face(FaceKind::Fine, rest, open),
            "scary" => self.face(FaceKind::Scary, rest, open),
            "own" => self.face(FaceKind::Own, rest, open),
            "ask" => {
                question(rest)?;
                self.face(FaceKind::Dilemma, rest, open)
            }
            "or" => {
                let ask = ask(rest)?;
                self.last_face(open).map(|face| face.asks.push(ask))
            }
            "lead" => {
                let lead = pieces(sentence(rest)?)?;
                self.last_face(open).map(|face| face.leads.push(lead))
            }
            "say" => {
                let class = Class::named(argument).filter(|class| !class.is_of_topics());
                let class = class.ok_or_else(|| format!("no such class: {argument}"))?;
                self.sentence(class, None, rest)
            }
            "request" => wording(&mut self.requests, argument, rest, "{request}"),
            "claim" if rest.contains("{ask}") => wording(&mut self.claims, argument, rest, "{ask}"),
            "claim" => wording(&mut self.claims, argument, rest, "{claim}"),
            "wrapper" => wording(&mut self.wrappers, argument, rest, ""),
            "frame" => keep(&mut self.frames, rest),
            "press" => keep(&mut self.presses, rest),
            "leave" if !rest.contains("{person}") => Err("{person} is missing".into()),
            "leave" if argument == "yes" => keep(&mut self.leave_yes, rest),
            "leave" if argument == "no" => keep(&mut self.leave_no, rest),
            "before" => {
                let class = Class::named(argument).ok_or("no such class")?;
                let rest = clean(rest)?;
                self.before.entry(class).or_default().push(rest);
                Ok(())
            }
            "remark" => keep(self.remarks.entry(argument).or_default(), rest),
            "observe" => keep(self.observations.entry(argument).or_default(), rest),
            "small" => self.small_talk(rest),
            _ => match Class::named(keyword).filter(|class| class.is_of_topics()) {
                Some(class) if open.topic => {
                    self.sentence(class, Some(self.topics.len() - 1), rest)
                }
                Some(_) => Err("outside of a topic".into()),
                None => Err(format!("no such keyword: {keyword}")),
            },
        }
    }

    fn list(&mut self, name: &'static str, rest: &'static str) -> Result<(), String> {
        let mut words = Vec::new();
        for item in clean(rest)?.split(' ') {
            let Some((word, pronoun)) = item.split_once('(') else {
                words.push(item);
                continue;
            };
            let person = match pronoun {
                "he)" => Person::He,
                "she)" => Person::She,
                other => return Err(format!("neither (he) nor (she): {other}")),
            };
            self.people.insert(word, person);
            words.push(word);
        }
        if self.lists.insert(name, words).is_some() {
            return Err(format!("a second list {name}"));
        }
        Ok(())
    }

    fn list_of_people(&self, name: &str) -> Result<Vec<&'static str>, String> {
        let list = self.lists.get(name).ok_or(format!("no list {name}"))?;
        match list.iter().find(|word| !self.people.contains_key(*word)) {
            Some(word) => Err(format!("{word} has no pronoun")),
            None => Ok(list.clone()),
        }
    }

    fn begin(
        &mut self,
        name: &'static str,
        norm: Norm,
        against: Option<Norm>,
        open: &mut Open,
    ) -> Result<(), String> {
        if self.topics.iter().any(|topic| topic.name == name) {
            return Err(format!("a second topic {name}"));
        }
        self.topics.push(Topic::new(name, norm, against));
        *open = Open {
            topic: true,
            face: false,
        };
        Ok(())
    }

    fn topic(&mut self, open: &Open) -> Result<&mut Topic, String> {
        let topic = self.topics.last_mut().filter(|_| open.topic);
        topic.ok_or_else(|| "outside of a topic".to_owned())
    }

    fn last_face(&mut self, open: &Open) -> Result<&mut Face, String> {
        let faces = &mut self.topic(open)?.faces;
        let face = faces.last_mut().filter(|_| open.face);
        face.ok_or_else(|| "no request stands above this line".to_owned())
    }

    fn face(&mut self, kind: FaceKind, rest: &'static str, open: &mut Open) -> Result<(), String> {
        let ask = ask(rest)?;
        let topic = self.topic(open)?;
        // Several wordings of one dilemma are one face.
        if let Some(face) = topic.faces.last_mut()
            && kind == FaceKind::Dilemma
            && face.kind == kind
        {
            face.asks.push(ask);
            return Ok(());
        }
        let mut tables = topic.tables.clone();
        if kind == FaceKind::Own {
            let harm = topic.faces.iter().rev().find(|f| f.kind == FaceKind::Harm);
            tables = harm.ok_or("`own` follows `harm`")?.tables.clone();
        }
        topic.faces.push(Face {
            kind,
            asks: vec![ask],
            leads: Vec::new(),
            tables,
        });
        open.face = true;
        Ok(())
    }

    fn table(
        &mut self,
        names: &'static str,
        rest: &'static str,
        open: &Open,
    ) -> Result<(), String> {
        let names: Vec<&'static str> = names.split_whitespace().collect();
        let mut rows = Vec::new();
        if let [_] = names[..] {
            for word in clean(rest)?.split(' ') {
                match word.strip_prefix('@') {
                    Some(list) => {
                        let list = self.lists.get(list).ok_or(format!("no list {list}"))?;
                        rows.extend(list.iter().map(|word| vec![*word]));
                    }
                    None => rows.push(vec![word]),
                }
            }
        } else {
            for row in rest.split('/') {
                let row: Vec<&'static str> = row.split_whitespace().collect();
                if row.len() != names.len() {
                    return Err(format!("{} names, but a row {row:?}", names.len()));
                }
                rows.push(row);
            }
        }
        let table = Table { names, rows };
        let face_open = open.face;
        let topic = self.topic(open)?;
        let tables = match topic.faces.last_mut().filter(|_| face_open) {
            Some(face) => &mut face.tables,
            None => &mut topic.tables,
        };
        // A face may say anew what the topic said.
        tables.retain(|old| !old.names.iter().any(|name| table.names.contains(name)));
        tables.push(table);
        Ok(())
    }

    fn sentence(
        &mut self,
        class: Class,
        topic: Option<usize>,
        text: &'static str,
    ) -> Result<(), String> {
        let pieces = pieces(sentence(text)?)?;
        self.sentences.push(Sentence {
            class,
            topic,
            pieces,
        });
        Ok(())
    }

    fn small_talk(&mut self, rest: &'static str) -> Result<(), String> {
        let (question, answers) = rest.split_once(" > ").ok_or("no ` > ` in it")?;
        let answers: Vec<&'static str> = answers.split(" / ").map(str::trim).collect();
        for text in answers.iter().copied().chain([question]) {
            for part in text.split_inclusive(['.', '?']) {
                sentence(part.trim())?;
            }
        }
        // Small talk can be heard anywhere, so the readers know it.
        for part in answers.iter().flat_map(|a| a.split_inclusive(['.', '?'])) {
            self.sentence(Class::Small, None, part.trim())?;
        }
        self.small.push((question, answers));
        Ok(())
    }
}

fn norm(name: &str) -> Result<Norm, String> {
    let mut norms = Norm::ALL.into_iter();
    norms
        .find(|norm| norm.name() == name.trim())
        .ok_or_else(|| format!("no such norm: {name}"))
}

fn keep(list: &mut Vec<&'static str>, text: &'static str) -> Result<(), String> {
    list.push(sentence(text)?);
    Ok(())
}

fn wording(
    wordings: &mut Wordings,
    argument: &str,
    text: &'static str,
    needs: &str,
) -> Result<(), String> {
    if !text.contains(needs) {
        return Err(format!("{needs} is missing"));
    }
    let text = clean(text)?;
    match argument {
        "" if wordings.trained < wordings.texts.len() => Err("after those kept for tests".into()),
        "" => {
            wordings.texts.push(text);
            wordings.trained += 1;
            Ok(())
        }
        "test" => {
            wordings.texts.push(text);
            Ok(())
        }
        other => Err(format!("neither nothing nor `test`: {other}")),
    }
}

fn ask(text: &'static str) -> Result<Ask, String> {
    let (asks, claims) = match text.split_once(" = ") {
        Some((ask, claim)) => (ask, Some(pieces(clean(claim)?)?)),
        None => (text, None),
    };
    Ok(Ask {
        asks: pieces(clean(asks)?)?,
        claims,
    })
}

/// Lower case, single spaces, no marks but those the village uses.
fn clean(text: &'static str) -> Result<&'static str, String> {
    if text.is_empty() || text.contains("  ") {
        return Err(format!("empty, or two spaces: {text}"));
    }
    let strange = |c: char| !(c.is_ascii_lowercase() || " .?,:;'{}@_/()".contains(c));
    if let Some(strange) = text.chars().find(|c| strange(*c)) {
        return Err(format!(
            "{strange:?} is no character of the village: {text}"
        ));
    }
    for word in text.split(' ') {
        let marks = |c: char| ".?,:;".contains(c);
        if word.len() > 1 && word.contains(marks) {
            return Err(format!("a mark is a word of its own: {word}"));
        }
        if word.contains('\'') && word != "'s" {
            return Err(format!("only 's is written with an apostrophe: {word}"));
        }
    }
    Ok(text)
}

/// One sentence, closed by a mark.
fn sentence(text: &'static str) -> Result<&'static str, String> {
    let words: Vec<&str> = clean(text)?.split(' ').collect();
    let closing = |word: &&str| matches!(*word, "." | "?");
    match words.iter().position(closing) {
        Some(at) if at + 1 < words.len() => Err(format!("more than one sentence: {text}")),
        None => Err(format!("no closing mark: {text}")),
        Some(_) => Ok(text),
    }
}

/// A dilemma's whole question: what happened, perhaps, and `should i .. ?`.
fn question(text: &'static str) -> Result<&'static str, String> {
    let text = clean(text)?;
    if text.ends_with(" ?") && text.contains("should i ") {
        Ok(text)
    } else {
        Err(format!("it does not end in `should i .. ?`: {text}"))
    }
}

fn pieces(text: &'static str) -> Result<Vec<Piece>, String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let (word, after) = if rest.starts_with('{') {
            let end = rest
                .find('}')
                .ok_or(format!("a gap is not closed: {text}"))?
                + 1;
            (&rest[..end], rest[end..].trim_start())
        } else {
            rest.split_once(' ').unwrap_or((rest, ""))
        };
        pieces.push(match word.strip_prefix('{') {
            Some(gap) => Piece::Gap(Gap::named(gap.trim_end_matches('}'))),
            None => Piece::Word(word),
        });
        rest = after;
    }
    Ok(pieces)
}
