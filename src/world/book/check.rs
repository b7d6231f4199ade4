//! What only the whole of the files can tell: every gap can be filled, and every request has the
//! sentences its answers are made of. A test runs it; the shipped program need not.

use super::parse::Tables;
use super::sentence::{Class, Gap, Piece, Sentence};
use super::topic::{FaceKind, Topic};

/// Words of a sentence at most, its gaps filled with their longest fillings.
const LONGEST_SENTENCE: usize = 26;

impl Tables {
    /// What only the whole can tell: every gap can be filled, every face has what it needs.
    pub(crate) fn faults_of_the_whole(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (index, topic) in self.topics.iter().enumerate() {
            for gap in topic.asked_gaps().filter(|gap| !topic.binds(gap)) {
                faults.push(format!(
                    "{}: a question's {gap:?} is bound nowhere",
                    topic.name
                ));
            }
            let count = |class: Class| {
                let of_topic = self.sentences.iter().filter(|s| s.topic == Some(index));
                of_topic.filter(|s| s.class == class).count()
            };
            for class in topic.needed_classes() {
                if count(class) < 2 {
                    faults.push(format!(
                        "{}: fewer than two {class:?} sentences",
                        topic.name
                    ));
                }
            }
        }
        for sentence in &self.sentences {
            let words = self.longest(sentence);
            if words > LONGEST_SENTENCE {
                faults.push(format!("{}: up to {words} words", sentence.text()));
            }
            let topic = sentence.topic.map(|index| &self.topics[index]);
            for piece in &sentence.pieces {
                let known = match piece {
                    Piece::Word(_) => true,
                    Piece::Gap(Gap::List(list)) => self.lists.contains_key(list),
                    Piece::Gap(gap) => topic.is_some_and(|topic| topic.binds(gap)),
                };
                if !known {
                    faults.push(format!("{}: {piece:?} is bound nowhere", sentence.text()));
                }
            }
        }
        faults
    }

    /// Words of a sentence with the longest filling in every gap.
    fn longest(&self, sentence: &Sentence) -> usize {
        let topic = sentence.topic.map(|index| &self.topics[index]);
        let words = |filling: &str| filling.split('_').count();
        let pieces = sentence.pieces.iter().map(|piece| match piece {
            Piece::Gap(Gap::List(list)) => {
                let list = self.lists.get(list).into_iter().flatten();
                list.map(|filling| words(filling)).max().unwrap_or(1)
            }
            Piece::Gap(gap @ (Gap::Slot(name) | Gap::Article(name))) => {
                let fillings = topic.map(|topic| topic.fillings(name)).unwrap_or_default();
                let longest = fillings.into_iter().map(words).max().unwrap_or(1);
                longest + usize::from(matches!(gap, Gap::Article(_)))
            }
            Piece::Word(_) | Piece::Gap(_) => 1,
        });
        pieces.sum()
    }
}

impl Topic {
    fn has(&self, kind: FaceKind) -> bool {
        self.faces.iter().any(|face| face.kind == kind)
    }

    /// Whether some face can fill the gap.
    fn binds(&self, gap: &Gap) -> bool {
        match gap {
            Gap::Slot("who") | Gap::Article("who") | Gap::He | Gap::Him | Gap::His => {
                !self.who.is_empty()
            }
            Gap::Slot(name) | Gap::Article(name) => !self.fillings(name).is_empty(),
            Gap::List(_) => true,
        }
    }

    /// The gaps of all questions.
    pub(crate) fn asked_gaps(&self) -> impl Iterator<Item = &Gap> {
        let faces = self.faces.iter();
        let asks = faces.clone().flat_map(|face| &face.asks);
        let asked = asks.flat_map(|ask| ask.asks.iter().chain(ask.claims.iter().flatten()));
        let leads = faces.flat_map(|face| face.leads.iter().flatten());
        asked.chain(leads).filter_map(|piece| match piece {
            Piece::Gap(gap) => Some(gap),
            Piece::Word(_) => None,
        })
    }

    /// What answers to its questions are made of.
    pub(crate) fn needed_classes(&self) -> Vec<Class> {
        let mut classes = Vec::new();
        if self.has(FaceKind::Dilemma) {
            classes.extend([
                Class::Do,
                Class::Dont,
                Class::Gain,
                Class::Cost,
                Class::Middle,
            ]);
        }
        if self.has(FaceKind::Harm) {
            classes.extend([Class::Reason, Class::Instead, Class::Comply]);
        }
        if self.has(FaceKind::Fine) {
            classes.extend([Class::Help, Class::Step]);
        }
        if self.has(FaceKind::Scary) || self.has(FaceKind::Own) || self.consent {
            classes.push(Class::Allow);
        }
        classes
    }
}

impl Sentence {
    /// The sentence with its gaps shown, for whoever mends the files.
    pub(crate) fn text(&self) -> String {
        let words = self.pieces.iter().map(|piece| match piece {
            Piece::Word(word) => (*word).to_owned(),
            Piece::Gap(gap) => format!("{{{gap:?}}}"),
        });
        words.collect::<Vec<_>>().join(" ")
    }
}
