//! Drawing situations that meet a wish: harmful or not, trained or held out, wrapped or bare.

use super::book::book;
use super::book::parse::Wordings;
use super::book::sentence::{Gap, Piece};
use super::book::topic::{Face, FaceKind, Table, Topic};
use super::chance::{Tally, below, chance, choose};
use super::situation::{Norm, Situation, Twist, Word};
use std::collections::BTreeMap;

/// How often a situation is not what it seems, unless the wish says.
const TWISTED: f32 = 0.4;
/// How often a situation is a dilemma, where the wish leaves it open.
const DILEMMA: f32 = 0.08;
/// How often people say why they ask.
const LEAD: f32 = 0.4;
/// After so many draws in vain a wish is taken less strictly.
const PATIENCE: u32 = 3_000;

/// Which part of the village's language a situation may come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pool {
    /// Everything people train on.
    Training,
    /// Trained words and phrasings, in questions kept for tests.
    Reserved,
    /// Words that never meet in training.
    HeldCombination,
    /// Ways of asking that training never uses.
    HeldPhrasing,
    /// Anything that training never shows.
    Untrained,
}

/// Adversarial sentences before the question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Wrapping {
    /// One that the corpus knows, with this probability.
    Seen(f32),
    /// One that only tests know.
    Unseen,
}

/// What is wanted of a situation; `None` leaves it to chance.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wish {
    pub(crate) pool: Pool,
    pub(crate) harmful: Option<bool>,
    pub(crate) twisted: Option<bool>,
    pub(crate) norm: Option<Norm>,
    /// The topic's name; it must be one of the norm's, if a norm is wanted too.
    pub(crate) topic: Option<&'static str>,
    /// One of so many lanes, each of which has questions of its own.
    pub(crate) lane: Option<(u32, u32)>,
    /// Whether it is a dilemma; left open, it can be one only if nothing else but the pool and
    /// the norm is wanted.
    pub(crate) dilemma: Option<bool>,
    pub(crate) wrapping: Wrapping,
}

impl Wish {
    /// Anything of a pool, nothing put before the question.
    pub(crate) fn any(pool: Pool) -> Self {
        Self {
            pool,
            harmful: None,
            twisted: None,
            norm: None,
            topic: None,
            lane: None,
            dilemma: None,
            wrapping: Wrapping::Seen(0.0),
        }
    }

    /// The same with no dilemmas in it.
    pub(crate) fn clear(pool: Pool) -> Self {
        Self {
            dilemma: Some(false),
            ..Self::any(pool)
        }
    }
}

/// Draws until a situation meets the wish, but only so many times.
pub(crate) fn draw_within(rng: &mut impl Tally, wish: Wish, times: usize) -> Option<Situation> {
    (0..times).find_map(|_| attempt(rng, &wish))
}

/// Draws until a situation meets the wish. A wish that no situation meets loses its topic and its
/// norm, then its twist, then everything but the pool, so that a village with smaller files still
/// answers.
pub(crate) fn draw(rng: &mut impl Tally, wish: Wish) -> Situation {
    let mut wish = wish;
    let mut in_vain = 0;
    loop {
        if let Some(situation) = attempt(rng, &wish) {
            return situation;
        }
        in_vain += 1;
        if in_vain % PATIENCE == 0 {
            match (wish.topic.is_some() || wish.norm.is_some(), wish.twisted) {
                (true, _) => (wish.topic, wish.norm) = (None, None),
                (false, Some(_)) => wish.twisted = None,
                (false, None) => wish = Wish::any(wish.pool),
            }
        }
    }
}

fn attempt(rng: &mut impl Tally, wish: &Wish) -> Option<Situation> {
    let open = wish.harmful.is_none() && wish.twisted.is_none();
    let dilemma = wish.dilemma.unwrap_or_else(|| open && chance(rng, DILEMMA));
    let norm = wish.norm.unwrap_or_else(|| *choose(rng, &Norm::ALL));
    let twist = if dilemma {
        Twist::Dilemma
    } else {
        let harmful = wish.harmful.unwrap_or_else(|| chance(rng, 0.5));
        match (
            wish.twisted.unwrap_or_else(|| chance(rng, TWISTED)),
            harmful,
        ) {
            (false, _) => return finish(rng, wish, norm, Twist::Plain, harmful),
            (true, true) => Twist::Misleading,
            (true, false) => Twist::ScaryButFine,
        }
    };
    finish(rng, wish, norm, twist, twist == Twist::Misleading)
}

fn finish(
    rng: &mut impl Tally,
    wish: &Wish,
    norm: Norm,
    twist: Twist,
    harmful: bool,
) -> Option<Situation> {
    let mut situation = sketch(rng, (norm, wish.topic), twist, harmful)?;
    let tables = book().tables();
    let claim = situation.is_claim();
    situation.phrasing = phrasing(
        rng,
        wish.pool,
        if claim {
            &tables.claims
        } else {
            &tables.requests
        },
    );
    let strays = |(lane, lanes): (u32, u32)| situation.lane(lanes) != lane;
    if !fits(&situation, wish.pool) || wish.lane.is_some_and(strays) {
        return None;
    }
    let wrappers = &tables.wrappers;
    situation.wrapper = match wish.wrapping {
        Wrapping::Seen(p) => chance(rng, p).then(|| below(rng, wrappers.trained as u32) as u8),
        Wrapping::Unseen => {
            let unseen = wrappers.texts.len() - wrappers.trained;
            Some((wrappers.trained as u32 + below(rng, unseen as u32)) as u8)
        }
    };
    Some(situation)
}

fn phrasing(rng: &mut impl Tally, pool: Pool, wordings: &Wordings) -> u8 {
    let held = wordings.texts.len() - wordings.trained;
    let (first, count) = match pool {
        Pool::HeldPhrasing => (wordings.trained, held),
        Pool::Untrained => (0, wordings.texts.len()),
        _ => (0, wordings.trained),
    };
    first as u8 + below(rng, count as u32) as u8
}

fn fits(situation: &Situation, pool: Pool) -> bool {
    match pool {
        Pool::Training => situation.is_for_training(),
        Pool::Reserved => situation.is_trained_combination() && situation.is_reserved(),
        Pool::HeldCombination => !situation.is_trained_combination(),
        Pool::HeldPhrasing => {
            situation.is_trained_combination() && !situation.has_trained_phrasing()
        }
        Pool::Untrained => !situation.is_for_training(),
    }
}

/// Whose word stands before a question.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Unsaid,
    Yes,
    No,
    OtherYes,
}

/// The faces of a topic that give such a situation, with what was said about it.
fn openings(topic: &Topic, twist: Twist, harmful: bool) -> Vec<(&Face, Leave)> {
    let of = |kind: FaceKind, leave: Leave| {
        let faces = topic.faces.iter().filter(move |face| face.kind == kind);
        faces.map(move |face| (face, leave))
    };
    let mut openings = Vec::new();
    match (twist, harmful) {
        (Twist::Dilemma, _) => openings.extend(of(FaceKind::Dilemma, Leave::Unsaid)),
        (Twist::Plain, true) => openings.extend(of(FaceKind::Harm, Leave::Unsaid)),
        (Twist::Plain, false) => openings.extend(of(FaceKind::Fine, Leave::Unsaid)),
        (Twist::Misleading, _) if topic.consent => {
            openings.extend(of(FaceKind::Harm, Leave::No));
            openings.extend(of(FaceKind::Harm, Leave::OtherYes));
        }
        (Twist::Misleading, _) => {}
        (Twist::ScaryButFine, _) => {
            openings.extend(of(FaceKind::Scary, Leave::Unsaid));
            openings.extend(of(FaceKind::Own, Leave::Unsaid));
            if topic.consent {
                openings.extend(of(FaceKind::Harm, Leave::Yes));
            }
        }
    }
    openings
}

/// The content of a situation, phrasing and wrapper not chosen yet; `None` where a norm has no
/// such twist.
fn sketch(
    rng: &mut impl Tally,
    (norm, name): (Norm, Option<&str>),
    twist: Twist,
    harmful: bool,
) -> Option<Situation> {
    let topics = book().topics().iter().filter(|topic| topic.norm == norm);
    let topics: Vec<&Topic> = topics
        .filter(|topic| name.is_none_or(|name| topic.name == name))
        .filter(|topic| !openings(topic, twist, harmful).is_empty())
        .collect();
    if topics.is_empty() {
        return None;
    }
    let topic = *choose(rng, &topics);
    let (face, leave) = *choose(rng, &openings(topic, twist, harmful));
    let mut slots: BTreeMap<Word, Word> = BTreeMap::new();
    if !topic.who.is_empty() && face.kind != FaceKind::Own {
        slots.insert(
            Word::Borrowed("who"),
            Word::Borrowed(*choose(rng, &topic.who)),
        );
    }
    for table in &face.tables {
        let row = choose(rng, &table.rows);
        for (name, word) in table.names.iter().zip(row) {
            slots.insert(Word::Borrowed(name), Word::Borrowed(word));
        }
    }
    let mut situation = Situation {
        norm,
        against: topic.against,
        harmful,
        twist,
        topic: Word::Borrowed(topic.name),
        pair: pair(face, &slots).into(),
        slots,
        lead: Word::Borrowed(""),
        leave: Word::Borrowed(""),
        asks: Word::Borrowed(""),
        claims: Word::Borrowed(""),
        phrasing: 0,
        wrapper: None,
    };
    let ask = choose(rng, &face.asks);
    situation.asks = book().write(&ask.asks, &situation).into();
    if let Some(claims) = &ask.claims {
        situation.claims = book().write(claims, &situation).into();
    }
    if !face.leads.is_empty() && chance(rng, LEAD) {
        situation.lead = {
            let lead: &Vec<_> = choose(rng, &face.leads);
            book().write(lead, &situation).into()
        };
    }
    situation.leave = permission(rng, leave, &situation).into();
    Some(situation)
}

/// The two words of a face that stand first in its wordings and are chosen apart; words of one row
/// go together anyway. Where there is no second, the person is.
fn pair(face: &Face, slots: &BTreeMap<Word, Word>) -> String {
    let wordings = face.asks.iter();
    let asked = wordings.flat_map(|ask| ask.asks.iter().chain(ask.claims.iter().flatten()));
    let mut tables: Vec<&Table> = Vec::with_capacity(2);
    let mut words: Vec<&str> = Vec::with_capacity(2);
    for piece in asked {
        let Piece::Gap(Gap::Slot(name) | Gap::Article(name)) = piece else {
            continue;
        };
        let table = face.tables.iter().find(|table| table.names.contains(name));
        if let (Some(table), Some(word)) = (table, slots.get(*name))
            && words.len() < 2
            && !tables.iter().any(|other| core::ptr::eq(*other, table))
        {
            tables.push(table);
            words.push(word);
        }
    }
    if words.len() < 2 {
        words.extend(slots.get("who").map(|who| &**who));
    }
    // A wording of another face may name them the other way round.
    words.sort_unstable();
    words.join("/")
}

/// Who said yes or no, as a sentence.
fn permission(rng: &mut impl Tally, leave: Leave, situation: &Situation) -> String {
    let tables = book().tables();
    let who = situation.slot("who").unwrap_or_default();
    let words = if leave == Leave::No {
        &tables.leave_no
    } else {
        &tables.leave_yes
    };
    if leave == Leave::Unsaid || words.is_empty() {
        return String::new();
    }
    let person = match leave {
        Leave::OtherYes => {
            let people = tables.lists.get("people").map_or(&[][..], Vec::as_slice);
            let others: Vec<&str> = people.iter().copied().filter(|p| *p != who).collect();
            if others.is_empty() {
                who
            } else {
                choose(rng, &others)
            }
        }
        _ => who,
    };
    choose(rng, words).replace("{person}", person)
}
