//! One token a word, in a `tokenizer.json` that Hugging Face's library loads unchanged.
//!
//! A word-level model after lower-casing and splitting at white space, with special tokens found
//! anywhere in a text. The built-in vocabulary is read off the tables, never sampled, and sorted,
//! so that the same tables give the same ids.

use super::critic::{BAD_LAUGHTER, BAD_PRAISE, BAD_SHRUG, REMARKS};
use super::grammar::grammar;
use super::sentences::{CONSENT, QUESTIONS, REQUESTS, SENTENCES, WRAPPERS};
use super::{WorldError, observer};
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Special tokens, in the order of their ids.
pub const SPECIALS: [&str; 9] = [
    "<pad>", "<eos>", "<unk>", "<q>", "<a>", "<m>", "<c>", "<r>", "<v>",
];

/// Words that stand in no table: those of requests, claims, ratings and joined remarks.
const JOINTS: &str = "my own the in 's garden about promise to help with is are can good bad for \
                      a at learn your 1 2 3 4 5 6 7 : ;";

/// Text to ids and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokenizer {
    words: Vec<String>,
    ids: BTreeMap<String, u32>,
    specials: Vec<u32>,
    pad: u32,
    eos: u32,
    unk: u32,
}

impl Tokenizer {
    /// The tokenizer of the built-in village.
    pub fn village() -> Self {
        let mut words = BTreeSet::new();
        let texts = SENTENCES
            .iter()
            .flat_map(|(_, texts)| texts.iter())
            .chain(REMARKS.iter().flat_map(|(_, texts)| texts.iter()))
            .chain(
                [BAD_PRAISE, BAD_LAUGHTER, BAD_SHRUG, observer::REASONS]
                    .into_iter()
                    .flatten(),
            )
            .chain(&REQUESTS)
            .chain(&QUESTIONS)
            .chain(&WRAPPERS)
            .chain(&CONSENT)
            .chain([&JOINTS]);
        for text in texts {
            words.extend(
                text.split_whitespace()
                    .filter(|word| !word.starts_with('{')),
            );
        }
        words.extend(grammar().gap_words());
        let words = SPECIALS
            .into_iter()
            .chain(words)
            .map(str::to_owned)
            .collect();
        Self::assemble(words, (0..SPECIALS.len() as u32).collect(), [0, 1, 2])
    }

    /// Reads a `tokenizer.json` of the kind that [`Tokenizer::to_json`] writes.
    ///
    /// # Errors
    /// Says what is not supported, or what is wrong with the file.
    pub fn from_json(json: &str) -> Result<Self, WorldError> {
        let file: ReadFile =
            serde_json::from_str(json).map_err(|error| WorldError::Malformed(error.to_string()))?;
        expect("model", &file.model.kind, "WordLevel")?;
        expect("normalizer", &kind(file.normalizer), "Lowercase")?;
        expect(
            "pre-tokenizer",
            &kind(file.pre_tokenizer),
            "WhitespaceSplit",
        )?;
        let mut ids = file.model.vocab;
        let mut specials = BTreeSet::new();
        for token in file.added_tokens {
            if token.special {
                specials.insert(token.id);
            }
            ids.insert(token.content, token.id);
        }
        let last = (ids.len() as u32).saturating_sub(1);
        let mut words: Vec<Option<String>> = vec![None; ids.len()];
        for (word, id) in ids {
            match words.get_mut(id as usize) {
                Some(slot @ None) => *slot = Some(word),
                _ => return Err(WorldError::Ids { id, last }),
            }
        }
        // As many words as places and no place taken twice: every place is filled.
        let words: Vec<String> = words.into_iter().flatten().collect();
        let find = |name: &'static str| {
            words
                .iter()
                .position(|word| word == name)
                .map(|at| at as u32)
                .ok_or(WorldError::MissingSpecial(name))
        };
        for name in SPECIALS {
            specials.insert(find(name)?);
        }
        let named = [find(SPECIALS[0])?, find(SPECIALS[1])?, find(SPECIALS[2])?];
        Ok(Self::assemble(words, specials.into_iter().collect(), named))
    }

    fn assemble(words: Vec<String>, specials: Vec<u32>, [pad, eos, unk]: [u32; 3]) -> Self {
        let ids = words
            .iter()
            .enumerate()
            .map(|(id, word)| (word.clone(), id as u32))
            .collect();
        Self {
            words,
            ids,
            specials,
            pad,
            eos,
            unk,
        }
    }

    /// The tokenizer as Hugging Face's `tokenizer.json`, words in the order of their ids.
    pub fn to_json(&self) -> String {
        let file = WriteFile {
            version: "1.0",
            truncation: None,
            padding: None,
            added_tokens: self
                .specials
                .iter()
                .map(|&id| WriteToken {
                    id,
                    content: &self.words[id as usize],
                    single_word: false,
                    lstrip: false,
                    rstrip: false,
                    normalized: false,
                    special: true,
                })
                .collect(),
            normalizer: Kind {
                kind: "Lowercase".to_owned(),
            },
            pre_tokenizer: Kind {
                kind: "WhitespaceSplit".to_owned(),
            },
            post_processor: None,
            decoder: None,
            model: WriteModel {
                kind: "WordLevel",
                vocab: InOrder(&self.words),
                unk_token: &self.words[self.unk as usize],
            },
        };
        // Plain strings and numbers always serialise.
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }

    /// Ids of a text. Words nobody knows become [`Tokenizer::unk`]; special tokens are found even
    /// without spaces around them.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let mut ids = Vec::new();
        let mut rest = text;
        while let Some((at, id)) = self.next_special(rest) {
            self.encode_words(&rest[..at], &mut ids);
            ids.push(id);
            rest = &rest[at + self.words[id as usize].len()..];
        }
        self.encode_words(rest, &mut ids);
        ids
    }

    fn next_special(&self, text: &str) -> Option<(usize, u32)> {
        self.specials
            .iter()
            .filter_map(|&id| text.find(&self.words[id as usize]).map(|at| (at, id)))
            .min()
    }

    fn encode_words(&self, text: &str, ids: &mut Vec<u32>) {
        for word in text.split_whitespace() {
            let lower: String = word.chars().flat_map(char::to_lowercase).collect();
            ids.push(self.ids.get(&lower).copied().unwrap_or(self.unk));
        }
    }

    /// The text of ids: single spaces, special and impossible ids left out.
    pub fn decode(&self, ids: &[u32]) -> String {
        let words: Vec<&str> = ids
            .iter()
            .filter(|id| !self.specials.contains(id))
            .filter_map(|&id| self.words.get(id as usize).map(String::as_str))
            .collect();
        words.join(" ")
    }

    /// How many ids there are.
    pub fn vocab_size(&self) -> usize {
        self.words.len()
    }

    /// The word of an id.
    pub fn word(&self, id: u32) -> Option<&str> {
        self.words.get(id as usize).map(String::as_str)
    }

    /// The id of padding.
    pub fn pad(&self) -> u32 {
        self.pad
    }

    /// The id that ends every completion.
    pub fn eos(&self) -> u32 {
        self.eos
    }

    /// The id of words nobody knows.
    pub fn unk(&self) -> u32 {
        self.unk
    }
}

fn expect(part: &'static str, found: &str, wanted: &'static str) -> Result<(), WorldError> {
    if found == wanted {
        return Ok(());
    }
    Err(WorldError::Unsupported {
        part,
        found: found.to_owned(),
        wanted,
    })
}

fn kind(part: Option<Kind>) -> String {
    part.map_or_else(|| "none".to_owned(), |part| part.kind)
}

#[derive(Serialize, Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: String,
}

#[derive(Deserialize)]
struct ReadFile {
    #[serde(default)]
    added_tokens: Vec<ReadToken>,
    normalizer: Option<Kind>,
    pre_tokenizer: Option<Kind>,
    model: ReadModel,
}

#[derive(Deserialize)]
struct ReadToken {
    id: u32,
    content: String,
    #[serde(default)]
    special: bool,
}

#[derive(Deserialize)]
struct ReadModel {
    #[serde(rename = "type", default)]
    kind: String,
    vocab: BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct WriteFile<'a> {
    version: &'static str,
    truncation: Option<()>,
    padding: Option<()>,
    added_tokens: Vec<WriteToken<'a>>,
    normalizer: Kind,
    pre_tokenizer: Kind,
    post_processor: Option<()>,
    decoder: Option<()>,
    model: WriteModel<'a>,
}

#[derive(Serialize)]
struct WriteToken<'a> {
    id: u32,
    content: &'a str,
    single_word: bool,
    lstrip: bool,
    rstrip: bool,
    normalized: bool,
    special: bool,
}

#[derive(Serialize)]
struct WriteModel<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    vocab: InOrder<'a>,
    unk_token: &'a str,
}

/// Words written as a JSON object in the order of their ids.
struct InOrder<'a>(&'a [String]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, word) in self.0.iter().enumerate() {
            map.serialize_entry(word, &id)?;
        }
        map.end()
    }
}
