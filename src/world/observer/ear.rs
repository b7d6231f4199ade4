//! Words to tokens: who and what is asked about becomes a mark.
//!
//! A listener who has heard "the coat belongs to your sister" knows the sentence again when it is
//! about a hat and an uncle, because what it remembers is "the THING belongs to your WHO". And
//! when the wrong person is named it hears "the THING belongs to your SOMEBODY".

use crate::world::book::sentence::{Gap, Piece, article};
use crate::world::book::topic::Topic;
use crate::world::book::{Book, book};
use crate::world::situation::Situation;
use std::collections::BTreeMap;

/// A word as it was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Token<'a> {
    /// Before the first word.
    Start,
    Word(&'a str),
    /// What the situation holds under this name; `who` is the person concerned.
    Asked(&'a str),
    /// What another situation of this topic could hold.
    Other,
    /// Somebody else than the person concerned; where no topic is known, anybody.
    Somebody,
    /// A pronoun, by its form; "he" for "she" is a slip, for questions rarely tell which.
    Pronoun(&'a str),
}

/// What the gaps of a situation hold, by name.
pub(super) type Slots<'a> = Vec<(&'a str, &'a str)>;

/// The gaps of a situation.
pub(super) fn slots(situation: &Situation) -> Slots<'_> {
    let slots = situation.slots.iter();
    slots.map(|(name, word)| (&**name, &**word)).collect()
}

/// The words of a topic that some situation asks about, by the first part of each.
#[derive(Debug, Default)]
pub(super) struct Ear {
    fillings: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Ear {
    /// An ear for what people of this topic speak about.
    pub(super) fn of(topic: &Topic) -> Self {
        let tables = topic.faces.iter().flat_map(|face| &face.tables);
        let words = tables.flat_map(|table| table.rows.iter().flatten());
        let mut fillings: BTreeMap<&'static str, Vec<&'static str>> = BTreeMap::new();
        for filling in words {
            let first = filling.split('_').next().unwrap_or(filling);
            fillings.entry(first).or_default().push(filling);
        }
        for list in fillings.values_mut() {
            // The longest first: "apple_pie" before "apple".
            list.sort_by_key(|filling| (core::cmp::Reverse(filling.split('_').count()), *filling));
            list.dedup();
        }
        Self { fillings }
    }

    /// One sentence as somebody hears it who knows the situation.
    pub(super) fn marked<'a>(&self, words: &[&'a str], slots: &Slots<'a>) -> Vec<Token<'a>> {
        self.placed(words, slots).0
    }

    /// The same, with the number of the word that each token begins at, the end included.
    pub(super) fn placed<'a>(
        &self,
        words: &[&'a str],
        slots: &Slots<'a>,
    ) -> (Vec<Token<'a>>, Vec<usize>) {
        let people = &book().tables().people;
        let who = slots.iter().find(|(name, _)| *name == "who");
        let is_about_somebody = who.is_some_and(|(_, person)| people.contains_key(person));
        let mut tokens = vec![Token::Start];
        let mut places = vec![0];
        let mut at = 0;
        while let Some(word) = words.get(at) {
            places.push(at);
            let filling = self.filling(&words[at..]);
            at += filling.map_or(1, |filling| filling.split('_').count());
            let asked = slots
                .iter()
                .find(|(_, held)| *held == filling.unwrap_or(word));
            tokens.push(match (asked, filling) {
                (Some((name, _)), _) => Token::Asked(name),
                (None, Some(_)) => Token::Other,
                (None, None) if people.contains_key(word) => Token::Somebody,
                (None, None) if is_about_somebody => pronoun(word),
                (None, None) => Token::Word(word),
            });
        }
        places.push(words.len());
        (tokens, places)
    }

    /// The filling that the words begin with, if they begin with one.
    fn filling(&self, words: &[&str]) -> Option<&'static str> {
        let fillings = self.fillings.get(words.first()?)?;
        let begins = |filling: &&&'static str| {
            let mut words = words.iter();
            filling.split('_').all(|part| words.next() == Some(&part))
        };
        fillings.iter().find(begins).copied()
    }
}

/// One sentence as somebody hears it who knows nothing of the situation.
pub(super) fn unmarked<'a>(words: &[&'a str]) -> Vec<Token<'a>> {
    let people = &book().tables().people;
    let mut tokens = vec![Token::Start];
    tokens.extend(words.iter().map(|word| match *word {
        word if people.contains_key(word) => Token::Somebody,
        word => pronoun(word),
    }));
    tokens
}

fn pronoun(word: &str) -> Token<'_> {
    match word {
        "he" | "she" => Token::Pronoun("he"),
        // "her" can stand for "him" and for "his", so those two are one form.
        "him" | "his" | "her" => Token::Pronoun("his"),
        word => Token::Word(word),
    }
}

/// The sentences of a text, at most the first `most` words of it, and whether there were more.
pub(super) fn sentences(text: &str, most: usize) -> (Vec<Vec<&str>>, bool) {
    let words: Vec<&str> = text.split_whitespace().take(most + 1).collect();
    let heard = &words[..words.len().min(most)];
    let closing = |word: &&str| matches!(*word, "." | "?" | "!");
    let sentences = heard.split_inclusive(closing).map(<[&str]>::to_vec);
    (sentences.collect(), words.len() > most)
}

/// A sentence of the book with its gaps filled; `None` if the slots leave a gap open. `turn`
/// chooses what stands where any word of a list can.
pub(super) fn fill(
    book: &Book,
    pieces: &[Piece],
    slots: &Slots<'static>,
    turn: usize,
) -> Option<Vec<&'static str>> {
    let held = |wanted: &str| {
        let slot = slots.iter().find(|(name, _)| *name == wanted);
        slot.map(|(_, word)| *word)
    };
    let mut words = Vec::with_capacity(pieces.len() + 4);
    for piece in pieces {
        match piece {
            Piece::Word(word) => words.push(*word),
            Piece::Gap(Gap::Slot(name)) => words.extend(held(name)?.split('_')),
            Piece::Gap(Gap::Article(name)) => {
                let word = held(name)?;
                words.push(article(word));
                words.extend(word.split('_'));
            }
            Piece::Gap(Gap::List(list)) => {
                let list = book.tables().lists.get(list)?;
                words.extend(list.get(turn % list.len().max(1))?.split('_'));
            }
            Piece::Gap(gap) => words.push(book.tables().people.get(held("who")?)?.pronoun(gap)),
        }
    }
    Some(words)
}

/// Whether [`fill`] would leave no gap open.
pub(super) fn can_fill(book: &Book, pieces: &[Piece], slots: &Slots<'static>) -> bool {
    let held = |wanted: &str| slots.iter().any(|(name, _)| *name == wanted);
    let person = || slots.iter().find(|(name, _)| *name == "who");
    pieces.iter().all(|piece| match piece {
        Piece::Word(_) => true,
        Piece::Gap(Gap::Slot(name) | Gap::Article(name)) => held(name),
        Piece::Gap(Gap::List(list)) => {
            let list = book.tables().lists.get(list);
            list.is_some_and(|list| !list.is_empty())
        }
        Piece::Gap(_) => person().is_some_and(|(_, who)| book.tables().people.contains_key(who)),
    })
}
