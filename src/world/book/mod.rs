//! The village's text files compiled once: everything people can ask and say.
//!
//! The files in `village/` are the language; a person can read and extend them, and `parse` says
//! what is wrong and where (`village/README.md` explains the lines). This room fills gaps
//! ([`Book::say`]) and reads sentences back ([`Book::read`]).

#[cfg(test)]
mod check;
pub(crate) mod parse;
pub(crate) mod read;
pub(crate) mod sentence;
pub(crate) mod topic;

#[cfg(test)]
mod tests;

use super::chance::{Tally, chance, choose};
use super::situation::Situation;
use parse::Tables;
pub(crate) use read::Reading;
pub use sentence::Class;
use sentence::{Gap, Piece, Sentence, article};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;
use topic::Topic;

/// The files, lists first.
const FILES: &[(&str, &str)] = &[
    ("lists.txt", include_str!("../village/lists.txt")),
    ("talk.txt", include_str!("../village/talk.txt")),
    ("property.txt", include_str!("../village/property.txt")),
    ("privacy.txt", include_str!("../village/privacy.txt")),
    ("harm.txt", include_str!("../village/harm.txt")),
    ("honesty.txt", include_str!("../village/honesty.txt")),
    ("promises.txt", include_str!("../village/promises.txt")),
    ("fairness.txt", include_str!("../village/fairness.txt")),
    ("truth.txt", include_str!("../village/truth.txt")),
    ("safety.txt", include_str!("../village/safety.txt")),
    ("care.txt", include_str!("../village/care.txt")),
    ("respect.txt", include_str!("../village/respect.txt")),
    ("dilemmas.txt", include_str!("../village/dilemmas.txt")),
];

/// How often a little word ("you see ,") stands before a sentence that can take one. Bad advice is
/// mostly whispered: that is how a small reader comes to tell bad company from good.
fn little_word(class: Class) -> f32 {
    match class {
        Class::Comply => 0.6,
        Class::Reason | Class::Instead => 0.35,
        _ => 0.22,
    }
}

/// The compiled language.
#[derive(Debug)]
pub(crate) struct Book {
    tables: Tables,
    /// Sentences of a class within a topic (`None`: of any).
    spoken: BTreeMap<(Class, Option<usize>), Vec<usize>>,
    /// Sentences by each word they can begin with.
    beginnings: BTreeMap<&'static str, Vec<usize>>,
    /// Little words that may stand before a sentence.
    little_words: BTreeSet<Vec<&'static str>>,
    /// Topics by name.
    places: BTreeMap<&'static str, usize>,
    /// Everybody somebody can ask about.
    people: Vec<&'static str>,
    /// What can stand in each gap of each topic.
    fillings: BTreeMap<(usize, &'static str), Vec<&'static str>>,
}

/// The language of the village, compiled at first use.
pub(crate) fn book() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| Book::compile(Tables::read(FILES)))
}

impl Book {
    fn compile(tables: Tables) -> Self {
        let mut places = BTreeMap::new();
        let mut fillings = BTreeMap::new();
        for (index, topic) in tables.topics.iter().enumerate() {
            // The first of two topics of one name, which `parse` calls a fault, keeps it.
            places.entry(topic.name).or_insert(index);
            for name in topic.variables() {
                let words = topic.fillings(name).into_iter().collect();
                fillings.insert((index, name), words);
            }
        }
        let mut book = Self {
            spoken: BTreeMap::new(),
            beginnings: BTreeMap::new(),
            places,
            people: tables.people.keys().copied().collect(),
            fillings,
            little_words: tables.before.values().flatten().map(|t| split(t)).collect(),
            tables,
        };
        for (index, sentence) in book.tables.sentences.iter().enumerate() {
            let key = (sentence.class, sentence.topic);
            book.spoken.entry(key).or_default().push(index);
        }
        let mut beginnings: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for (index, sentence) in book.tables.sentences.iter().enumerate() {
            for word in book.first_words(sentence) {
                beginnings.entry(word).or_default().push(index);
            }
        }
        book.beginnings = beginnings;
        book
    }

    fn first_words(&self, sentence: &Sentence) -> BTreeSet<&'static str> {
        match sentence.pieces.first() {
            None => BTreeSet::new(),
            Some(Piece::Word(word)) => BTreeSet::from([*word]),
            Some(Piece::Gap(Gap::Article(_))) => BTreeSet::from(["a", "an"]),
            Some(Piece::Gap(gap)) => {
                let fillings = self.fillings(gap, sentence.topic).iter();
                fillings.map(|filling| first_part(filling)).collect()
            }
        }
    }

    /// Every filling of a gap (without articles) that some situation of the topic could ask for.
    pub(crate) fn fillings(&self, gap: &Gap, topic: Option<usize>) -> &[&'static str] {
        match gap {
            Gap::He => &["he", "she"],
            Gap::Him => &["him", "her"],
            Gap::His => &["his", "her"],
            Gap::List(list) => self.tables.lists.get(list).map_or(&[], Vec::as_slice),
            Gap::Slot("who") | Gap::Article("who") => &self.people,
            Gap::Slot(name) | Gap::Article(name) => {
                let fillings = topic.and_then(|topic| self.fillings.get(&(topic, *name)));
                fillings.map_or(&[], Vec::as_slice)
            }
        }
    }

    /// A sentence of a class that fits the situation, now and then with a little word before it;
    /// empty if the class has none that does.
    pub(crate) fn say(&self, rng: &mut impl Tally, class: Class, situation: &Situation) -> String {
        let topic = self.topic_of(situation).filter(|_| class.is_of_topics());
        let usable: Vec<&Sentence> =
            self.spoken
                .get(&(class, topic))
                .map_or_else(Vec::new, |all| {
                    let all = all.iter().map(|index| &self.tables.sentences[*index]);
                    all.filter(|sentence| self.suits(sentence, situation))
                        .collect()
                });
        if usable.is_empty() {
            return String::new();
        }
        let sentence = *choose(rng, &usable);
        let mut words = Vec::new();
        // "Psst , yes , .." would say two beginnings.
        if let Some(before) = self.tables.before.get(&class)
            && sentence.pieces.first() != Some(&Piece::Word("yes"))
            && chance(rng, little_word(class))
        {
            words.push((*choose(rng, before)).to_owned());
        }
        for piece in &sentence.pieces {
            words.push(self.fill(rng, piece, situation));
        }
        words.join(" ")
    }

    /// A text with gaps of a question, filled in.
    pub(crate) fn write(&self, pieces: &[Piece], situation: &Situation) -> String {
        let words = pieces.iter().map(|piece| match piece {
            Piece::Word(word) => (*word).to_owned(),
            Piece::Gap(gap) => self.filling(gap, situation).unwrap_or_default(),
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn fill(&self, rng: &mut impl Tally, piece: &Piece, situation: &Situation) -> String {
        match piece {
            Piece::Word(word) => (*word).to_owned(),
            Piece::Gap(Gap::List(list)) => match self.tables.lists.get(list) {
                Some(words) if !words.is_empty() => choose(rng, words).replace('_', " "),
                _ => String::new(),
            },
            Piece::Gap(gap) => self.filling(gap, situation).unwrap_or_default(),
        }
    }

    /// What the situation puts into a gap; `None` where it binds nothing to it, or where the gap
    /// is free.
    pub(crate) fn filling(&self, gap: &Gap, situation: &Situation) -> Option<String> {
        match gap {
            Gap::He | Gap::Him | Gap::His => {
                let person = self.tables.people.get(situation.slot("who")?)?;
                Some(person.pronoun(gap).to_owned())
            }
            Gap::Slot(name) => situation.slot(name).map(|word| word.replace('_', " ")),
            Gap::Article(name) => {
                let word = situation.slot(name)?.replace('_', " ");
                Some(format!("{} {word}", article(&word)))
            }
            Gap::List(_) => None,
        }
    }

    /// Whether the situation puts something into a gap.
    fn binds(&self, gap: &Gap, situation: &Situation) -> bool {
        match gap {
            Gap::He | Gap::Him | Gap::His => {
                let who = situation.slot("who");
                who.is_some_and(|who| self.tables.people.contains_key(who))
            }
            Gap::Slot(name) | Gap::Article(name) => situation.slot(name).is_some(),
            Gap::List(_) => false,
        }
    }

    fn suits(&self, sentence: &Sentence, situation: &Situation) -> bool {
        sentence.pieces.iter().all(|piece| match piece {
            Piece::Word(_) | Piece::Gap(Gap::List(_)) => true,
            Piece::Gap(gap) => self.binds(gap, situation),
        })
    }

    /// The index of the situation's topic, if the book still has it.
    pub(crate) fn topic_of(&self, situation: &Situation) -> Option<usize> {
        self.places.get(&*situation.topic).copied()
    }

    /// All topics.
    pub(crate) fn topics(&self) -> &[Topic] {
        &self.tables.topics
    }

    /// Every sentence of an answer.
    pub(crate) fn sentences(&self) -> &[Sentence] {
        &self.tables.sentences
    }

    /// The tables, for whatever is read straight off them.
    pub(crate) fn tables(&self) -> &Tables {
        &self.tables
    }

    /// What critics say to give this advice; empty for an unknown one.
    pub(crate) fn remarks(&self, advice: &str) -> &[&'static str] {
        self.tables.remarks.get(advice).map_or(&[], Vec::as_slice)
    }

    /// What observers say of an answer; empty for an unknown key.
    pub(crate) fn observations(&self, key: &str) -> &[&'static str] {
        self.tables.observations.get(key).map_or(&[], Vec::as_slice)
    }

    /// Small talk: what is said, and what may be answered.
    pub(crate) fn small(&self) -> &[(&'static str, Vec<&'static str>)] {
        &self.tables.small
    }

    /// Every word that anybody in the village can say.
    pub(crate) fn words(&self) -> BTreeSet<&'static str> {
        let tables = &self.tables;
        let mut words: BTreeSet<&'static str> = JOINTS.split_whitespace().collect();
        let mut texts: Vec<&'static str> = Vec::new();
        for wordings in [&tables.requests, &tables.claims, &tables.wrappers] {
            texts.extend(&wordings.texts);
        }
        texts.extend(tables.leave_yes.iter().chain(&tables.leave_no));
        texts.extend(tables.before.values().flatten());
        texts.extend(tables.remarks.values().flatten());
        texts.extend(tables.observations.values().flatten());
        texts.extend(tables.small.iter().map(|(question, _)| *question));
        texts.extend(tables.small.iter().flat_map(|(_, answers)| answers));
        let whole = texts.into_iter().flat_map(|text| text.split(' '));
        words.extend(whole.filter(|word| !word.starts_with('{')));
        let said = tables
            .sentences
            .iter()
            .flat_map(|sentence| &sentence.pieces);
        let faces = || tables.topics.iter().flat_map(|topic| &topic.faces);
        let asks = faces().flat_map(|face| &face.asks);
        let asked = asks.flat_map(|ask| ask.asks.iter().chain(ask.claims.iter().flatten()));
        let leads = faces().flat_map(|face| face.leads.iter().flatten());
        for piece in said.chain(asked).chain(leads) {
            if let Piece::Word(word) = piece {
                words.insert(word);
            }
        }
        let lists = tables.lists.values().flatten();
        let rows =
            faces().flat_map(|face| face.tables.iter().flat_map(|t| t.rows.iter().flatten()));
        for filling in lists.chain(rows) {
            words.extend(filling.split('_'));
        }
        words
    }
}

/// Words that stand in no file: ratings, articles, pronouns and the joints of critiques.
const JOINTS: &str = "1 2 3 4 5 6 7 : ; , . ? 's a an he him his she her my your";

fn split(text: &'static str) -> Vec<&'static str> {
    text.split(' ').collect()
}

/// The first word of a filling of several.
fn first_part(filling: &'static str) -> &'static str {
    filling.split('_').next().unwrap_or(filling)
}
