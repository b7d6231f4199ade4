//! What people talk about: the requests of a topic, and the words that fill their gaps.

use super::sentence::{Gap, Piece};
use crate::world::situation::Norm;
use std::collections::BTreeSet;

/// How somebody is spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Person {
    He,
    She,
}

impl Person {
    /// "he", "him" or "his" of this person.
    pub(crate) fn pronoun(self, gap: &Gap) -> &'static str {
        match (self, gap) {
            (Person::He, Gap::Him) => "him",
            (Person::He, Gap::His) => "his",
            (Person::He, _) => "he",
            (Person::She, Gap::Him | Gap::His) => "her",
            (Person::She, _) => "she",
        }
    }
}

/// What a request is, before anybody agreed to anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FaceKind {
    /// It breaks the norm.
    Harm,
    /// It deserves help.
    Fine,
    /// It sounds harmful and deserves help.
    Scary,
    /// The deed of a harm face, done to one's own things.
    Own,
    /// Both ways cost something.
    Dilemma,
}

/// One wording of what somebody asks.
#[derive(Clone, Debug)]
pub(crate) struct Ask {
    /// The request ("take my sister 's coat"), the claim turned round ("are hens bad at chess"),
    /// or, in a dilemma, the whole question.
    pub(crate) asks: Vec<Piece>,
    /// The claim straight ("hens are bad at chess"); `None` for deeds.
    pub(crate) claims: Option<Vec<Piece>>,
}

/// Variables and the rows of words that fill them together.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) names: Vec<&'static str>,
    pub(crate) rows: Vec<Vec<&'static str>>,
}

/// One kind of request of a topic.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    pub(crate) kind: FaceKind,
    pub(crate) asks: Vec<Ask>,
    pub(crate) leads: Vec<Vec<Piece>>,
    pub(crate) tables: Vec<Table>,
}

/// What a group of requests, and the answers to them, are about.
#[derive(Clone, Debug)]
pub(crate) struct Topic {
    pub(crate) name: &'static str,
    pub(crate) norm: Norm,
    /// In a dilemma: the norm that the deed breaks.
    pub(crate) against: Option<Norm>,
    pub(crate) who: Vec<&'static str>,
    /// Whether the person's yes makes the deed fine.
    pub(crate) consent: bool,
    pub(crate) tables: Vec<Table>,
    pub(crate) faces: Vec<Face>,
}

impl Topic {
    pub(crate) fn new(name: &'static str, norm: Norm, against: Option<Norm>) -> Self {
        Self {
            name,
            norm,
            against,
            who: Vec::new(),
            consent: false,
            tables: Vec::new(),
            faces: Vec::new(),
        }
    }

    fn all_tables(&self) -> impl Iterator<Item = &Table> {
        let faces = self.faces.iter().flat_map(|face| &face.tables);
        faces.chain(&self.tables)
    }

    /// The variables of all faces, each once.
    pub(crate) fn variables(&self) -> BTreeSet<&'static str> {
        let names = self.all_tables().flat_map(|table| &table.names);
        names.copied().collect()
    }

    /// Every filling of a variable in any face of the topic, each once.
    pub(crate) fn fillings(&self, name: &str) -> BTreeSet<&'static str> {
        let mut fillings = BTreeSet::new();
        for table in self.all_tables() {
            if let Some(column) = table.names.iter().position(|other| *other == name) {
                fillings.extend(table.rows.iter().map(|row| row[column]));
            }
        }
        fillings
    }

    /// Whether a word belongs to the harm alone: no fine request of the topic has it in this gap.
    pub(crate) fn is_harm_only(&self, gap: &Gap, word: &str) -> bool {
        let (Gap::Slot(name) | Gap::Article(name)) = gap else {
            return false;
        };
        let has = |kind: FaceKind| {
            let faces = self.faces.iter().filter(|face| face.kind == kind);
            let mut tables = faces.flat_map(|face| &face.tables);
            tables.any(|table| {
                let column = table.names.iter().position(|other| other == name);
                column.is_some_and(|column| table.rows.iter().any(|row| row[column] == word))
            })
        };
        has(FaceKind::Harm) && !has(FaceKind::Fine)
    }
}
