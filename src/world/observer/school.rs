//! What the listeners are taught: the book's own sentences, with their gaps filled.
//!
//! One listener hears plain words and knows what belongs to no topic, what people say in other
//! topics, and what askers and commenters say. Each topic has another that hears who and what is
//! asked about, and has been taught every sentence twice: with the right person and thing, and
//! with wrong ones.

use super::bayes::{Lesson, Listener};
use super::ear::{Ear, Slots, Token, can_fill, fill, unmarked};
use crate::world::book::sentence::Piece;
use crate::world::book::topic::{Face, FaceKind, Topic};
use crate::world::book::{Class, book};
use std::sync::OnceLock;

/// How often each sentence is heard for each request, each time with other words in its gaps.
const TURNS: usize = 6;
/// And at most so often in all, however many requests it answers.
const HEARINGS: usize = 8;

/// What a sentence does, for somebody who does not know what is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Plain {
    /// It belongs to no topic.
    Talk(Class),
    /// It belongs to the topic of this number.
    Topical(usize, Class),
    /// Askers and commenters say such things; it is no answer.
    Echo(Option<usize>),
}

/// What a sentence does, for somebody who does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Topical {
    /// About the right person and thing.
    Right(Class),
    /// About another.
    Wrong(Class),
}

/// Ear and memory for one topic.
#[derive(Debug)]
pub(super) struct Local {
    pub(super) ear: Ear,
    pub(super) listener: Listener<Topical>,
}

/// Everything that was learned.
#[derive(Debug)]
pub(super) struct School {
    pub(super) plain: Listener<Plain>,
    locals: Vec<OnceLock<Local>>,
}

/// What the book teaches, learned at first use.
pub(super) fn school() -> &'static School {
    static SCHOOL: OnceLock<School> = OnceLock::new();
    SCHOOL.get_or_init(|| School {
        plain: Listener::taught(&plain_lessons()),
        locals: book().topics().iter().map(|_| OnceLock::new()).collect(),
    })
}

impl School {
    /// What was learned about one topic, learned at first use too.
    pub(super) fn local(&self, topic: usize) -> Option<&Local> {
        let taught = book().topics().get(topic)?;
        let local = self.locals.get(topic)?;
        Some(local.get_or_init(|| {
            let ear = Ear::of(taught);
            let listener = Listener::taught(&topical_lessons(topic, &ear));
            Local { ear, listener }
        }))
    }
}

/// The right words, wrong ones, and the turn.
type Scene = (Slots<'static>, Slots<'static>, usize);

/// The situations in which a topic's sentences are taught: each face, in several turns, with a
/// second set of words for each that is wrong in the first.
fn scenes(topic: &Topic) -> Vec<Scene> {
    let mut scenes = Vec::new();
    for face in &topic.faces {
        for turn in 0..TURNS {
            let right = held(topic, face, turn, turn);
            let wrong = match turn % 3 {
                0 => held(topic, face, turn + 1, turn + 1),
                1 => held(topic, face, turn + 1, turn),
                _ => held(topic, face, turn, turn + 1),
            };
            scenes.push((right, wrong, turn));
        }
    }
    if scenes.is_empty() {
        scenes.push((Slots::new(), Slots::new(), 0));
    }
    scenes
}

/// One filling of a face's gaps.
fn held(topic: &Topic, face: &Face, person: usize, row: usize) -> Slots<'static> {
    let mut slots = Slots::new();
    if let Some(who) = topic.who.get((person * 7) % topic.who.len().max(1)) {
        slots.push(("who", who));
    }
    for (index, table) in face.tables.iter().enumerate() {
        let row = table
            .rows
            .get((row * (2 * index + 1) + index) % table.rows.len().max(1));
        let cells = row.into_iter().flatten();
        slots.extend(
            table
                .names
                .iter()
                .zip(cells)
                .map(|(name, word)| (*name, *word)),
        );
    }
    slots.sort_unstable();
    slots
}

/// A sentence of the book as it is said in a turn, now and then with a little word before it.
fn said(
    class: Class,
    pieces: &[Piece],
    slots: &Slots<'static>,
    turn: usize,
) -> Option<Vec<&'static str>> {
    let words = fill(book(), pieces, slots, turn)?;
    let little = book()
        .tables()
        .before
        .get(&class)
        .map_or(&[][..], Vec::as_slice);
    let before = little.get((turn + words.len()) % (little.len() + 1));
    let mut whole: Vec<&'static str> = before.into_iter().flat_map(|t| t.split(' ')).collect();
    whole.extend(words);
    Some(whole)
}

/// The scenes in which a text with gaps can be said at all: a few of them, evenly from all, so that
/// a topic of many requests takes no longer to learn.
fn some<'a>(pieces: &[Piece], scenes: &'a [Scene]) -> impl Iterator<Item = &'a Scene> {
    let can = |scene: &&Scene| can_fill(book(), pieces, &scene.0);
    let able: Vec<&Scene> = scenes.iter().filter(can).collect();
    let step = able.len().div_ceil(HEARINGS).max(1);
    able.into_iter().step_by(step)
}

fn topical_lessons(index: usize, ear: &Ear) -> Vec<Lesson<Topical>> {
    let mut lessons = Vec::new();
    let scenes = scenes(&book().topics()[index]);
    let sentences = book().sentences().iter();
    for sentence in sentences.filter(|sentence| sentence.topic == Some(index)) {
        let (mut right, mut wrong) = (Vec::new(), Vec::new());
        let filled = |slots, turn| fill(book(), &sentence.pieces, slots, turn);
        for (slots, others, turn) in some(&sentence.pieces, &scenes) {
            let Some(words) = said(sentence.class, &sentence.pieces, slots, *turn) else {
                continue;
            };
            let (here, elsewhere) = (ear.marked(&words, slots), ear.marked(&words, others));
            // Only what has a gap can be about the wrong person or thing.
            if here != elsewhere && filled(others, *turn) != filled(slots, *turn) {
                wrong.push(elsewhere);
            }
            right.push(here);
        }
        teach(&mut lessons, Topical::Right(sentence.class), right);
        teach(&mut lessons, Topical::Wrong(sentence.class), wrong);
    }
    lessons
}

fn plain_lessons() -> Vec<Lesson<Plain>> {
    let mut lessons = Vec::new();
    let scenes: Vec<_> = book().topics().iter().map(scenes).collect();
    let nowhere = vec![
        (Slots::new(), Slots::new(), 0),
        (Slots::new(), Slots::new(), 1),
    ];
    for sentence in book().sentences() {
        let (class, pieces) = (sentence.class, &sentence.pieces);
        let cell = match sentence.topic {
            Some(topic) => Plain::Topical(topic, class),
            None => Plain::Talk(class),
        };
        let scenes = sentence.topic.map_or(&nowhere, |topic| &scenes[topic]);
        let words = some(pieces, scenes)
            .filter_map(|(slots, _, turn)| said(class, pieces, slots, *turn))
            .map(|words| unmarked(&words));
        teach(&mut lessons, cell, words.collect());
    }
    let tables = book().tables();
    let comments = tables.remarks.values().chain(tables.observations.values());
    let small = tables.small.iter().map(|(question, _)| question);
    for text in comments
        .flatten()
        .chain(&tables.wrappers.texts)
        .chain(&tables.leave_yes)
        .chain(&tables.leave_no)
        .chain(small)
    {
        for words in split(text.split_whitespace().collect()) {
            teach(&mut lessons, Plain::Echo(None), vec![unmarked(&words)]);
        }
    }
    for (index, topic) in book().topics().iter().enumerate() {
        questions(index, topic, &scenes[index], &mut lessons);
    }
    lessons
}

/// What askers of a topic say.
fn questions(index: usize, topic: &Topic, scenes: &[Scene], lessons: &mut Vec<Lesson<Plain>>) {
    for face in &topic.faces {
        let mut texts: Vec<(&[Piece], Vec<&'static str>)> = Vec::new();
        texts.extend(face.leads.iter().map(|lead| (&lead[..], vec!["{lead}"])));
        for ask in &face.asks {
            match &ask.claims {
                _ if face.kind == FaceKind::Dilemma => texts.push((&ask.asks, vec!["{ask}"])),
                None => texts.push((&ask.asks, wordings("{request}"))),
                Some(claims) => {
                    texts.push((&ask.asks, wordings("{ask}")));
                    texts.push((claims, wordings("{claim}")));
                }
            }
        }
        for (pieces, wordings) in texts {
            let mut heard = Vec::new();
            for (turn, (slots, ..)) in some(pieces, scenes).enumerate() {
                let words = fill(book(), pieces, slots, turn).unwrap_or_default();
                // Every wording is heard, though not with everything that can be asked.
                let few = wordings.iter().cycle().skip(turn * 3);
                for wording in few.take(wordings.len().min(3)) {
                    heard.extend(split(worded(wording, &words)));
                }
            }
            let heard = heard.iter().map(|words| unmarked(words)).collect();
            teach(lessons, Plain::Echo(Some(index)), heard);
        }
    }
}

/// The ways of asking that have this gap.
fn wordings(gap: &str) -> Vec<&'static str> {
    let tables = book().tables();
    let all = tables.requests.texts.iter().chain(&tables.claims.texts);
    all.filter(|text| text.contains(gap)).copied().collect()
}

/// "how can i {request} ?" with the request put in.
fn worded(wording: &'static str, request: &[&'static str]) -> Vec<&'static str> {
    let mut words = Vec::with_capacity(request.len() + 8);
    for word in wording.split(' ') {
        if word.starts_with('{') {
            words.extend(request);
        } else {
            words.push(word);
        }
    }
    words
}

fn split(words: Vec<&'static str>) -> Vec<Vec<&'static str>> {
    let closing = |word: &&str| matches!(*word, "." | "?");
    words
        .split_inclusive(closing)
        .map(<[&str]>::to_vec)
        .collect()
}

/// All wordings together count as one sentence.
fn teach<C: Copy>(lessons: &mut Vec<Lesson<C>>, cell: C, heard: Vec<Vec<Token<'static>>>) {
    let weight = 1.0 / heard.len().max(1) as f64;
    lessons.extend(heard.into_iter().map(|tokens| Lesson {
        cell,
        tokens,
        weight,
    }));
}
