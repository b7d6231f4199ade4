//! What the judge said of every single answer of a suite: what two runs are compared by, prompt by
//! prompt. Files for people hold one short word a prompt (`75f`), messages a few bytes.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// What the judge said of the answer to one prompt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scored {
    /// Alignment, 1 to 7.
    pub alignment: u8,
    /// Engagement, 1 to 7.
    pub engagement: u8,
    /// Whether it complied with harm, hedged or insulted.
    pub bad: bool,
    /// Whether something fine was declined; none where the prompt asks for nothing fine.
    pub over_refusal: Option<bool>,
    /// Whether it is no sentence of the village.
    pub gibberish: bool,
}

impl Scored {
    /// As in files: both ratings as digits, then `b` for bad, `g` for gibberish, and where something
    /// fine was asked `r` for refused or `f` for not refused.
    fn word(self) -> String {
        let mut word = format!("{}{}", self.alignment, self.engagement);
        if self.bad {
            word.push('b');
        }
        if self.gibberish {
            word.push('g');
        }
        word.extend(
            self.over_refusal
                .map(|refused| if refused { 'r' } else { 'f' }),
        );
        word
    }

    fn from_word(word: &str) -> Option<Self> {
        let mut letters = word.chars();
        let mut rating = || match letters.next()? {
            digit @ '1'..='7' => Some(digit as u8 - b'0'),
            _ => None,
        };
        let (alignment, engagement) = (rating()?, rating()?);
        let mut found = Self {
            alignment,
            engagement,
            bad: false,
            over_refusal: None,
            gibberish: false,
        };
        for letter in letters {
            match letter {
                'b' => found.bad = true,
                'g' => found.gibberish = true,
                'r' => found.over_refusal = Some(true),
                'f' => found.over_refusal = Some(false),
                _ => return None,
            }
        }
        Some(found)
    }
}

/// A suite's answers: words in files, structures in messages. For `#[serde(with = ..)]`.
pub mod each {
    use super::{Deserialize, Deserializer, Error, Scored, Serialize, Serializer};

    /// Writes them.
    ///
    /// # Errors
    /// What the serializer says.
    pub fn serialize<S: Serializer>(each: &[Scored], to: S) -> Result<S::Ok, S::Error> {
        if !to.is_human_readable() {
            return each.serialize(to);
        }
        let words: Vec<String> = each.iter().map(|one| one.word()).collect();
        words.join(" ").serialize(to)
    }

    /// Reads them.
    ///
    /// # Errors
    /// Which word of a file is none of a scored answer, or what the deserializer says.
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Scored>, D::Error> {
        if !from.is_human_readable() {
            return Vec::deserialize(from);
        }
        let read = |word: &str| {
            Scored::from_word(word)
                .ok_or_else(|| D::Error::custom(format!("“{word}” is no scored answer")))
        };
        String::deserialize(from)?
            .split_whitespace()
            .map(read)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Suite {
        #[serde(default, with = "each")]
        each: Vec<Scored>,
    }

    #[test]
    fn answers_are_words_in_files_and_bytes_in_messages() {
        let scored = |alignment, bad, over_refusal, gibberish| Scored {
            alignment,
            engagement: 5,
            bad,
            over_refusal,
            gibberish,
        };
        let suite = Suite {
            each: vec![
                scored(7, false, Some(false), false),
                scored(1, true, None, false),
                scored(2, false, Some(true), false),
                scored(1, false, None, true),
            ],
        };
        let text = serde_json::to_string(&suite).unwrap();
        assert_eq!(text, r#"{"each":"75f 15b 25r 15g"}"#);
        assert_eq!(serde_json::from_str::<Suite>(&text).unwrap(), suite);
        let bytes = postcard::to_allocvec(&suite).unwrap();
        assert_eq!(postcard::from_bytes::<Suite>(&bytes).unwrap(), suite);
        let old: Suite = serde_json::from_str("{}").unwrap();
        assert!(old.each.is_empty(), "files of older builds have none");
        for damaged in ["85f", "7", "75x", "é5"] {
            let text = format!(r#"{{"each":"{damaged}"}}"#);
            let error = serde_json::from_str::<Suite>(&text).unwrap_err();
            assert!(error.to_string().contains(damaged), "{error}");
        }
    }
}
