//! The tokenizer against Hugging Face's own library, and against any text at all.

use super::*;
use proptest::prelude::*;
use serde::Deserialize;

/// A village of thirty words, so that these files stay when the real one grows.
const WORDS: [&str; 30] = [
    "'s", ",", ".", "1", "7", ":", ";", "?", "a", "answer", "bread", "can", "coat", "do", "good",
    "goat", "how", "i", "is", "mill", "my", "neighbor", "no", "not", "river", "sister", "take",
    "the", "very", "why",
];

const FILE: &str = include_str!("../../../tests/fixtures/tokenizer/tokenizer.json");
/// Texts with the ids and the decoded text that `tests/reference/tokenizer.py` got from the library.
const GOLDEN: &str = include_str!("../../../tests/fixtures/tokenizer/golden.json");

#[derive(Deserialize)]
struct Golden {
    encoded: Vec<Encoded>,
    decoded: Vec<Decoded>,
}

#[derive(Deserialize)]
struct Encoded {
    text: String,
    ids: Vec<u32>,
}

#[derive(Deserialize)]
struct Decoded {
    ids: Vec<u32>,
    text: String,
}

fn small() -> Tokenizer {
    Tokenizer::of_words(WORDS)
}

#[test]
fn the_fixture_is_what_this_program_writes() {
    assert_eq!(small().to_json() + "\n", FILE);
}

/// `cargo test --lib -- --ignored write_the_tokenizer_fixture`, then
/// `python tests/reference/tokenizer.py --write`.
#[test]
#[ignore = "writes the fixture, after a change of the format"]
fn write_the_tokenizer_fixture() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/fixtures/tokenizer/tokenizer.json"
    );
    std::fs::write(path, small().to_json() + "\n").unwrap();
}

#[test]
fn ids_and_texts_are_those_of_hugging_face() {
    let tokenizer = Tokenizer::from_json(FILE).unwrap();
    assert_eq!(tokenizer, small());
    let golden: Golden = serde_json::from_str(GOLDEN).unwrap();
    assert!(golden.encoded.len() > 40 && golden.decoded.len() > 40);
    for Encoded { text, ids } in golden.encoded {
        assert_eq!(tokenizer.encode(&text), ids, "{text:?}");
    }
    for Decoded { ids, text } in golden.decoded {
        assert_eq!(tokenizer.decode(&ids), text, "{ids:?}");
    }
}

#[test]
fn a_village_word_is_one_token_and_any_other_its_bytes() {
    let tokenizer = Tokenizer::village();
    let words = book().words();
    assert_eq!(tokenizer.vocab_size(), words.len() + 9 + 1 + 256);
    for word in words {
        let ids = tokenizer.encode(word);
        assert!(tokenizer.is_known(word), "{word}");
        let piece = tokenizer.word(ids[0]).unwrap_or_default();
        assert_eq!(piece.strip_prefix(' '), Some(word));
        assert_eq!(tokenizer.decode(&ids), word);
    }
    let strange = tokenizer.encode("<q>Qwx?<a>");
    let pieces: Vec<&str> = strange
        .iter()
        .filter_map(|&id| tokenizer.word(id))
        .collect();
    let wanted = ["<q>", " ", "<0x71>", "<0x77>", "<0x78>", "<0x3F>", "<a>"];
    assert_eq!(pieces, wanted);
    let no = tokenizer.encode("no");
    assert_eq!(tokenizer.decode(&[3, no[0], 4, 1, 999_999]), "no");
    assert!(tokenizer.is_known("No"));
    for word in ["qwx", "", "<unk>", "<q>", "no no", "\u{2581}no"] {
        assert!(!tokenizer.is_known(word), "{word}");
    }
    assert_eq!(
        [tokenizer.pad(), tokenizer.eos(), tokenizer.unk()],
        [0, 1, 2]
    );
}

#[test]
fn other_files_are_refused_with_a_reason() {
    let json = Tokenizer::village().to_json();
    assert_eq!(
        Tokenizer::from_json(&json).unwrap(),
        Tokenizer::village(),
        "the village survives its own file"
    );
    let says = |from: &str, to: &str| {
        let changed = json.replacen(from, to, 1);
        assert_ne!(changed, json, "{from}");
        Tokenizer::from_json(&changed).unwrap_err().to_string()
    };
    for (from, to, part) in [
        ("\"BPE\"", "\"WordLevel\"", "model"),
        (
            "\"byte_fallback\": true",
            "\"byte_fallback\": false",
            "model",
        ),
        ("\"merges\": []", "\"merges\": [[\" a\", \"b\"]]", "model"),
        ("Lowercase", "NFC", "normalizer"),
        ("MergedWithNext", "Isolated", "pre-tokenizer"),
        ("\"Fuse\"", "\"WordPiece\"", "decoder"),
        ("\"lstrip\": true", "\"lstrip\": false", "added token"),
    ] {
        let message = says(from, to);
        assert!(
            message.contains(&format!("tokenizer's {part} is")),
            "{message}"
        );
        assert!(message.len() < 600, "{message}");
    }
    assert!(says("\"<0x41>\":", "\"<0x4l>\":").contains("<0x41>"));
    assert!(says("\"<0x41>\": ", "\"<0x41>\": 9").contains("without gaps"));
    assert!(says("\"content\": \"<q>\"", "\"content\": \"\"").contains("empty"));
    assert!(says("\"id\": 3,", "\"id\": -3,").contains("no id"));
    let without = json.replace("<v>", "<w>");
    let message = Tokenizer::from_json(&without).unwrap_err().to_string();
    assert!(message.contains("<v>"), "{message}");
    for broken in ["", "{}", "[]", "{\"model\": {}}", "{\"model\": 3}"] {
        assert!(Tokenizer::from_json(broken).is_err(), "{broken}");
    }
}

#[test]
fn a_million_characters_take_a_moment() {
    let tokenizer = Tokenizer::village();
    for unit in [
        "z",
        "<q>",
        "<",
        " ",
        "how ",
        "\u{1F410}",
        "<q> <",
        "\u{3000}",
    ] {
        let text = unit.repeat(1_000_000 / unit.chars().count());
        let begun = std::time::Instant::now();
        let ids = tokenizer.encode(&text);
        tokenizer.decode(&ids);
        // A quadratic reader would need hours.
        let seconds = begun.elapsed().as_secs_f32();
        println!("{unit:?}: {} ids, {seconds:.2} s", ids.len());
        assert!(seconds < 60.0, "{unit:?}: {seconds} s");
    }
}

fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

proptest! {
    #[test]
    fn nothing_is_lost(text in "(?s).{0,200}") {
        let text = lower(&text);
        let tokenizer = small();
        // Characters drawn at random hardly ever spell a special token, but once they did.
        prop_assume!(!SPECIALS.iter().any(|special| text.contains(special)));
        prop_assert_eq!(tokenizer.decode(&tokenizer.encode(&text)), text);
    }

    #[test]
    fn nothing_is_lost_near_the_words(
        text in "(how|zebra|coat|\u{e9}t\u{e9}|\u{2581}|<0x41>|<|q|>| | |\n|\u{130}|\u{3a3}|\u{1F410}){0,40}"
    ) {
        let text = lower(&text);
        let tokenizer = small();
        prop_assume!(!text.contains("<q>"));
        prop_assert_eq!(tokenizer.decode(&tokenizer.encode(&text)), text);
    }

    #[test]
    fn any_ids_are_some_text(ids in proptest::collection::vec(0_u32..400, 0..60)) {
        let tokenizer = small();
        let text = tokenizer.decode(&ids);
        prop_assert!(text.len() <= 12 * ids.len());
    }
}
