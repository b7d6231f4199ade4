//! `tokenizer.json`: byte-pair encoding without a single merge, so that a piece is a word of the
//! vocabulary or its bytes.

use super::{SPECIALS, Tokenizer, byte_piece};
use crate::world::WorldError;
use serde::ser::{SerializeMap, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Characters of a foreign file that a message may quote.
const LONGEST_QUOTE: usize = 120;

impl Tokenizer {
    /// Reads a `tokenizer.json` of the kind that [`Tokenizer::to_json`] writes.
    ///
    /// # Errors
    /// Says what is not supported, or what is wrong with the file.
    pub fn from_json(json: &str) -> Result<Self, WorldError> {
        let mut file: ReadFile =
            serde_json::from_str(json).map_err(|error| WorldError::Malformed(error.to_string()))?;
        let vocabulary = file.model.remove("vocab").unwrap_or_default();
        expect(
            "model",
            &Value::Object(file.model),
            &model(),
            "BPE with byte_fallback, with ignore_merges and without merges",
        )?;
        expect(
            "normalizer",
            &file.normalizer,
            &normalizer(),
            "Lowercase, then Prepend a space",
        )?;
        expect(
            "pre-tokenizer",
            &file.pre_tokenizer,
            &pre_tokenizer(),
            "Split at spaces, merged with next",
        )?;
        expect(
            "decoder",
            &file.decoder,
            &decoder(),
            "ByteFallback, Fuse, Strip one space",
        )?;
        let mut ids: BTreeMap<String, u32> = serde_json::from_value(vocabulary)
            .map_err(|error| WorldError::Malformed(error.to_string()))?;
        let mut specials = BTreeSet::new();
        for token in file.added_tokens {
            expect(
                "added token",
                &token,
                &added_token(&token),
                "special, not normalized, with lstrip and rstrip",
            )?;
            let (Some(id), Some(content)) = (id_of(&token), token["content"].as_str()) else {
                return Err(WorldError::Malformed(
                    "an added token has no id or no content".into(),
                ));
            };
            if content.is_empty() {
                return Err(WorldError::Malformed("an added token is empty".into()));
            }
            specials.insert(id);
            ids.insert(content.to_owned(), id);
        }
        let last = (ids.len() as u32).saturating_sub(1);
        let mut pieces: Vec<Option<String>> = vec![None; ids.len()];
        for (piece, &id) in &ids {
            match pieces.get_mut(id as usize) {
                Some(slot @ None) => *slot = Some(piece.clone()),
                _ => return Err(WorldError::Ids { id, last }),
            }
        }
        // As many pieces as places and no place taken twice: every place is filled.
        let pieces: Vec<String> = pieces.into_iter().flatten().collect();
        let find = |name: &'static str| {
            let id = ids.get(name).copied();
            id.filter(|id| specials.contains(id))
                .ok_or(WorldError::MissingSpecial(name))
        };
        for name in SPECIALS {
            find(name)?;
        }
        let named = [find(SPECIALS[0])?, find(SPECIALS[1])?, find(SPECIALS[2])?];
        let byte = |byte| {
            let piece = byte_piece(byte);
            let id = ids.get(&piece).copied();
            id.ok_or_else(|| WorldError::Malformed(format!("there is no piece {piece}")))
        };
        let bytes = (0..=u8::MAX).map(byte).collect::<Result<_, _>>()?;
        Ok(Self::assemble(
            pieces,
            specials.into_iter().collect(),
            bytes,
            named,
        ))
    }

    /// The tokenizer as Hugging Face's `tokenizer.json`, pieces in the order of their ids.
    pub fn to_json(&self) -> String {
        let added = self.specials.iter().map(|&id| {
            let token = json!({ "id": id, "content": self.piece(id) });
            added_token(&token)
        });
        let file = WriteFile {
            version: "1.0",
            truncation: None,
            padding: None,
            added_tokens: added.collect(),
            normalizer: normalizer(),
            pre_tokenizer: pre_tokenizer(),
            post_processor: None,
            decoder: decoder(),
            model: WriteModel {
                settings: model(),
                vocab: InOrder(&self.pieces),
            },
        };
        // Plain strings and numbers always serialise.
        serde_json::to_string_pretty(&file).unwrap_or_default()
    }
}

fn normalizer() -> Value {
    json!({ "type": "Sequence", "normalizers": [
        { "type": "Lowercase" },
        { "type": "Prepend", "prepend": " " },
    ] })
}

fn pre_tokenizer() -> Value {
    json!({
        "type": "Split", "pattern": { "String": " " }, "behavior": "MergedWithNext", "invert": false,
    })
}

fn decoder() -> Value {
    json!({ "type": "Sequence", "decoders": [
        { "type": "ByteFallback" },
        { "type": "Fuse" },
        { "type": "Strip", "content": " ", "start": 1, "stop": 0 },
    ] })
}

/// Everything of the model but its vocabulary.
fn model() -> Value {
    json!({
        "type": "BPE", "dropout": null, "unk_token": null, "continuing_subword_prefix": null,
        "end_of_word_suffix": null, "fuse_unk": false, "byte_fallback": true,
        "ignore_merges": true, "merges": [],
    })
}

/// An added token as it must be, with the id and the content of this one.
fn added_token(token: &Value) -> Value {
    json!({
        "id": token["id"], "content": token["content"], "single_word": false, "lstrip": true,
        "rstrip": true, "normalized": false, "special": true,
    })
}

fn id_of(token: &Value) -> Option<u32> {
    token["id"].as_u64().and_then(|id| u32::try_from(id).ok())
}

fn expect(
    part: &'static str,
    found: &Value,
    needed: &Value,
    wanted: &'static str,
) -> Result<(), WorldError> {
    if found == needed {
        return Ok(());
    }
    Err(WorldError::Unsupported {
        part,
        found: found.to_string().chars().take(LONGEST_QUOTE).collect(),
        wanted,
    })
}

#[derive(Deserialize)]
struct ReadFile {
    #[serde(default)]
    added_tokens: Vec<Value>,
    #[serde(default)]
    normalizer: Value,
    #[serde(default)]
    pre_tokenizer: Value,
    #[serde(default)]
    decoder: Value,
    model: serde_json::Map<String, Value>,
}

#[derive(Serialize)]
struct WriteFile<'a> {
    version: &'static str,
    truncation: Option<()>,
    padding: Option<()>,
    added_tokens: Vec<Value>,
    normalizer: Value,
    pre_tokenizer: Value,
    post_processor: Option<()>,
    decoder: Value,
    model: WriteModel<'a>,
}

#[derive(Serialize)]
struct WriteModel<'a> {
    #[serde(flatten)]
    settings: Value,
    vocab: InOrder<'a>,
}

/// Pieces written as a JSON object in the order of their ids.
struct InOrder<'a>(&'a [String]);

impl Serialize for InOrder<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, piece) in self.0.iter().enumerate() {
            map.serialize_entry(piece, &id)?;
        }
        map.end()
    }
}
