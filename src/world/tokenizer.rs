//! One token a village word, and one a byte for everything else, in a `tokenizer.json` that
//! Hugging Face's library loads unchanged.
//!
//! A text is lower-cased, a space is put before it, and every piece begins at a space: `how can`
//! is ` how` and ` can`. A piece the village knows is one token; of any other, the space is one
//! token and every byte another. So nothing is ever lost: decoding the ids of a lower-case text
//! gives that text, whatever its script. Special tokens are found anywhere in a text, together with
//! the white space around them.
//!
//! The vocabulary is read off the village's files, never sampled, and sorted, so that the same
//! files give the same ids.

mod file;
#[cfg(test)]
mod tests;

use super::book::book;
use std::collections::{BTreeMap, BTreeSet};

/// Special tokens, in the order of their ids.
pub const SPECIALS: [&str; 9] = [
    "<pad>", "<eos>", "<unk>", "<q>", "<a>", "<m>", "<c>", "<r>", "<v>",
];

/// What stands for a byte that is not valid UTF-8.
const REPLACEMENT: char = char::REPLACEMENT_CHARACTER;

/// Text to ids and back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tokenizer {
    /// The text of every id, the space of a word included.
    pieces: Vec<String>,
    ids: BTreeMap<String, u32>,
    /// Ids of special tokens, ascending.
    specials: Vec<u32>,
    /// The id of every byte.
    bytes: Vec<u32>,
    pad: u32,
    eos: u32,
    unk: u32,
}

impl Tokenizer {
    /// The tokenizer of the built-in village.
    pub fn village() -> Self {
        Self::of_words(book().words())
    }

    /// A tokenizer of words of one's own, each once, in the order of the alphabet: the special
    /// tokens, the space, the words, the bytes.
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Self {
        let words: BTreeSet<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let bytes = (0..=u8::MAX).map(byte_piece);
        let pieces: Vec<String> = SPECIALS
            .into_iter()
            .chain([" "])
            .map(str::to_owned)
            .chain(words.into_iter().map(|word| format!(" {word}")))
            .chain(bytes)
            .collect();
        let first = pieces.len() as u32 - 256;
        let specials = (0..SPECIALS.len() as u32).collect();
        let bytes = (first..pieces.len() as u32).collect();
        Self::assemble(pieces, specials, bytes, [0, 1, 2])
    }

    fn assemble(
        pieces: Vec<String>,
        specials: Vec<u32>,
        bytes: Vec<u32>,
        [pad, eos, unk]: [u32; 3],
    ) -> Self {
        let ids = (0..).zip(&pieces).map(|(id, piece)| (piece.clone(), id));
        Self {
            ids: ids.collect(),
            pieces,
            specials,
            bytes,
            pad,
            eos,
            unk,
        }
    }

    /// Ids of a text: of any text, and in time proportional to its length.
    pub fn encode(&self, text: &str) -> Vec<u32> {
        let firsts: BTreeSet<u8> = self
            .specials
            .iter()
            .filter_map(|&id| self.piece(id).bytes().next())
            .collect();
        let mut ids = Vec::new();
        let (mut begin, mut at) = (0, 0);
        while let Some(byte) = text.as_bytes().get(at) {
            let special = firsts
                .contains(byte)
                .then(|| self.special_at(text, at))
                .flatten();
            let Some((id, length)) = special else {
                at += 1;
                continue;
            };
            // Special tokens swallow the white space around them.
            self.encode_words(text[begin..at].trim_end(), &mut ids);
            ids.push(id);
            let rest = text[at + length..].trim_start();
            begin = text.len() - rest.len();
            at = begin;
        }
        self.encode_words(&text[begin..], &mut ids);
        ids
    }

    /// The longest special token at a place of a text.
    fn special_at(&self, text: &str, at: usize) -> Option<(u32, usize)> {
        let rest = &text.as_bytes()[at..];
        self.specials
            .iter()
            .map(|&id| (id, self.piece(id)))
            .filter(|(_, special)| rest.starts_with(special.as_bytes()))
            .max_by_key(|(_, special)| special.len())
            .map(|(id, special)| (id, special.len()))
    }

    /// Ids of a text without special tokens.
    fn encode_words(&self, text: &str, ids: &mut Vec<u32>) {
        if text.is_empty() {
            return;
        }
        let mut spaced = String::with_capacity(text.len() + 1);
        spaced.push(' ');
        spaced.extend(text.chars().flat_map(char::to_lowercase));
        let mut rest = spaced.as_str();
        while !rest.is_empty() {
            let next = rest[1..].find(' ').map_or(rest.len(), |space| space + 1);
            let (piece, others) = rest.split_at(next);
            match self.ids.get(piece) {
                Some(&id) => ids.push(id),
                None => self.encode_letters(piece, ids),
            }
            rest = others;
        }
    }

    fn encode_letters(&self, piece: &str, ids: &mut Vec<u32>) {
        let mut buffer = [0; 4];
        for letter in piece.chars() {
            let letter: &str = letter.encode_utf8(&mut buffer);
            match self.ids.get(letter) {
                Some(&id) => ids.push(id),
                None => ids.extend(
                    letter
                        .bytes()
                        .filter_map(|byte| self.bytes.get(usize::from(byte))),
                ),
            }
        }
    }

    /// The text of ids; special and impossible ids are left out. A run of bytes that is not UTF-8
    /// becomes one replacement character a byte.
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut text = String::new();
        let mut run = Vec::new();
        for &id in ids {
            if self.specials.binary_search(&id).is_ok() {
                continue;
            }
            let Some(piece) = self.word(id) else { continue };
            if let Some(byte) = byte_of(piece) {
                run.push(byte);
            } else {
                end_run(&mut run, &mut text);
                text.push_str(piece);
            }
        }
        end_run(&mut run, &mut text);
        if text.starts_with(' ') {
            text.remove(0);
        }
        text
    }

    /// Whether the village has a token for this word. Without one, a word is bytes to a model, and
    /// nonsense.
    pub fn is_known(&self, word: &str) -> bool {
        matches!(*self.encode(word), [id] if self.specials.binary_search(&id).is_err())
    }

    /// How many ids there are.
    pub fn vocab_size(&self) -> usize {
        self.pieces.len()
    }

    /// The piece of an id: of a word, with the space before it.
    pub fn word(&self, id: u32) -> Option<&str> {
        self.pieces.get(id as usize).map(String::as_str)
    }

    fn piece(&self, id: u32) -> &str {
        self.word(id).unwrap_or_default()
    }

    /// The id of padding.
    pub fn pad(&self) -> u32 {
        self.pad
    }

    /// The id that ends every completion.
    pub fn eos(&self) -> u32 {
        self.eos
    }

    /// An id no text needs, since every byte has one. It has its place because tools that load a
    /// model folder ask for it; see [`Tokenizer::is_known`].
    pub fn unk(&self) -> u32 {
        self.unk
    }
}

/// How a byte is written in the vocabulary.
fn byte_piece(byte: u8) -> String {
    format!("<0x{byte:02X}>")
}

/// The byte that a piece stands for.
fn byte_of(piece: &str) -> Option<u8> {
    let digits = piece.strip_prefix("<0x")?.strip_suffix('>')?;
    (digits.len() == 2)
        .then(|| u8::from_str_radix(digits, 16).ok())
        .flatten()
}

fn end_run(run: &mut Vec<u8>, text: &mut String) {
    match std::str::from_utf8(run) {
        Ok(valid) => text.push_str(valid),
        Err(_) => text.extend(run.iter().map(|_| REPLACEMENT)),
    }
    run.clear();
}
