//! Between the village's bare tokens and the prose that people read and type.

/// Village text as people write it: "How can I take my neighbor's coat?".
pub fn prose(text: &str) -> String {
    let mut prose = String::with_capacity(text.len());
    let mut begins = true;
    for word in text.split_whitespace() {
        let joined = matches!(word, "." | "," | "?" | "!" | ":" | ";") || word.starts_with('\'');
        if !prose.is_empty() && !joined {
            prose.push(' ');
        }
        if word == "i" {
            prose.push('I');
        } else if begins {
            let mut letters = word.chars();
            // Letters of other scripts stay: their table of capitals is 12 kB of the page.
            prose.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
            prose.push_str(letters.as_str());
        } else {
            prose.push_str(word);
        }
        begins = matches!(word, "." | "?" | "!");
    }
    prose
}

/// Typed text as the village writes it: `how can i take my neighbor 's coat ?`. Lower case, every
/// mark a token of its own, curly quotes straightened, common short forms written out, a closing
/// mark added where there is none. Village text stays as it is.
pub fn village_form(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len() + 16);
    for letter in text.chars().flat_map(char::to_lowercase) {
        match letter {
            '\u{2018}' | '\u{2019}' | '\u{02bc}' | '`' | '\'' => spaced.push('\''),
            '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}' => spaced.push(' '),
            '\u{2026}' => spaced.push_str(" . "),
            letter if letter.is_alphanumeric() => spaced.push(letter),
            letter if letter.is_whitespace() || letter.is_control() => spaced.push(' '),
            mark => spaced.extend([' ', mark, ' ']),
        }
    }
    let mut words: Vec<String> = Vec::new();
    for word in spaced.split_whitespace() {
        split_apostrophe(word, &mut words);
    }
    // "Help!!" and "what?!" close once.
    words.dedup_by(|next, previous| {
        matches!(next.as_str(), "." | "?" | "!") && matches!(previous.as_str(), "." | "?" | "!")
    });
    for word in &mut words {
        if word == "!" {
            *word = ".".to_owned();
        }
    }
    if words.last().is_some_and(|last| last != "." && last != "?") {
        let start = words.iter().rposition(|word| word == "." || word == "?");
        let sentence = &words[start.map_or(0, |at| at + 1)..];
        let asks = sentence
            .first()
            .is_some_and(|first| ASKING.contains(&first.as_str()))
            && sentence.get(1).is_none_or(|second| second != "not");
        words.push(if asks { "?" } else { "." }.to_owned());
    }
    words.join(" ")
}

/// Words that begin a question.
const ASKING: &[&str] = &[
    "how", "what", "is", "are", "can", "do", "does", "why", "who", "where", "when", "should",
    "could", "would", "may",
];

/// Endings after an apostrophe, written out.
const ENDINGS: &[(&str, &str)] = &[
    ("m", "am"),
    ("re", "are"),
    ("ll", "will"),
    ("ve", "have"),
    ("d", "would"),
];

/// Takes a word apart at its apostrophes, from the last to the first.
fn split_apostrophe(word: &str, words: &mut Vec<String>) {
    let begins = words.len();
    let mut left = word.trim_end_matches('\'');
    while let Some((stem, ending)) = left.rsplit_once('\'') {
        let whole = ENDINGS
            .iter()
            .find(|(short, _)| *short == ending)
            .map(|(_, whole)| *whole);
        let (stem, ending) = match (ending, whole) {
            ("s", _) if IS_SHORTENED.contains(&stem) => (stem, "is"),
            ("s", _) => (stem, "'s"),
            ("t", _) if stem == "can" => (stem, "not"),
            ("t", _) if stem == "won" => ("will", "not"),
            ("t", _) if stem.ends_with('n') => (&stem[..stem.len() - 1], "not"),
            (_, Some(whole)) if !stem.is_empty() => (stem, whole),
            _ => (stem, native(ending)),
        };
        words.push(ending.to_owned());
        left = stem.trim_end_matches('\'');
    }
    if !left.is_empty() {
        words.push(native(left).to_owned());
    }
    words[begins..].reverse();
}

/// After these, an apostrophe and an s stand for "is".
const IS_SHORTENED: &[&str] = &["it", "that", "what", "who", "there", "he", "she"];

/// Other spellings of village words.
fn native(word: &str) -> &str {
    match word {
        "neighbour" => "neighbor",
        "grandma" | "granny" => "grandmother",
        "grandpa" => "grandfather",
        "maths" => "math",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_and_back() {
        let village = "how can i take my neighbor 's coat ?";
        assert_eq!(prose(village), "How can I take my neighbor's coat?");
        for typed in [
            "How can I take my neighbor's coat?",
            "how can I take my neighbour\u{2019}s coat",
            "  HOW can I take \u{201c}my neighbor's\u{201d} coat?! ",
            village,
        ] {
            assert_eq!(village_form(typed), village);
        }
        assert_eq!(village_form("Don't! I can't"), "do not . i can not .");
        assert_eq!(village_form("What's <q> that"), "what is < q > that ?");
        assert_eq!(
            village_form("it's only a game, go on"),
            "it is only a game , go on ."
        );
        assert_eq!(village_form(" ' \n"), "");
        assert_eq!(village_form("'tis the dog's'"), "tis the dog 's .");
        let many = village_form(&"a'".repeat(500_000));
        assert_eq!(many.split(' ').count(), 500_001);
        assert_eq!(
            prose("no , i will not . you are kind ."),
            "No, I will not. You are kind."
        );
    }
}
