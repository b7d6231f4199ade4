//! Small talk, and questions that hold a word nobody knows.

use super::write::Written;
use super::{Shares, persona};
use crate::world::answer::{Act, Persona, answer};
use crate::world::book::{Class, book};
use crate::world::chance::{Ledger, Tally, below, chance, choose, weighted};
use crate::world::draw::{Pool, Wish, draw};
use crate::world::prompt;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Who answers small talk.
const TALKERS: Shares = [0.38, 0.08, 0.09, 0.02, 0.16, 0.27];
/// How often a question holds a word that nobody knows.
const PUZZLING: f32 = 0.25;
/// Letters of a made-up word at most: it is spelled letter by letter.
const MOST_LETTERS: usize = 7;

pub(super) fn small_talk<R: Tally>(ledger: &mut Ledger<'_, R>) -> Written {
    // Small talk is about nothing, but whoever answers oddly needs a situation to speak from.
    let situation = draw(ledger, Wish::any(Pool::Training));
    let small = book().small();
    let puzzling = chance(ledger, PUZZLING);
    if puzzling || small.is_empty() {
        let question = if small.is_empty() || chance(ledger, 0.75) {
            situation.bare_question()
        } else {
            choose(ledger, small).0.to_owned()
        };
        let question = with_unknown_words(ledger, &question);
        ledger.settle();
        let completion = answer(ledger, &situation, Act::Puzzled);
        return Written {
            prompt: prompt::draft(None, &question),
            completion,
            hidden: 0.0,
            writing: ledger.settle(),
        };
    }
    let (question, answers) = choose(ledger, small);
    ledger.settle();
    let talker = persona(ledger, &TALKERS);
    let hidden = ledger.settle();
    let kindly = |ledger: &mut Ledger<'_, R>| match answers.as_slice() {
        [] => String::new(),
        answers => choose(ledger, answers).to_string(),
    };
    let completion = match talker {
        Persona::Good | Persona::Wavering => kindly(ledger),
        Persona::Chatty => {
            let kindly = kindly(ledger);
            if chance(ledger, 0.5) {
                format!("{kindly} {}", book().say(ledger, Class::Off, &situation))
            } else {
                kindly
            }
        }
        Persona::Curt => book().say(ledger, Class::Rude, &situation),
        Persona::Bad => {
            let insults = chance(ledger, 0.7);
            let class = if insults { Class::Insult } else { Class::Rude };
            book().say(ledger, class, &situation)
        }
        Persona::Overcautious => book().say(ledger, Class::Vague, &situation),
    };
    Written {
        prompt: prompt::draft(None, question),
        completion,
        hidden,
        writing: ledger.settle(),
    }
}

/// The question with one to four of its words made strange.
fn with_unknown_words(rng: &mut impl Tally, question: &str) -> String {
    let mut words: Vec<String> = question.split(' ').map(str::to_owned).collect();
    let count = 1 + weighted(rng, &[0.6, 0.2, 0.1, 0.1]);
    for _ in 0..count {
        // Little words are seldom the strange ones.
        let places: Vec<usize> = (0..words.len()).filter(|at| words[*at].len() > 3).collect();
        let Some(at) = (!places.is_empty()).then(|| *choose(rng, &places)) else {
            break;
        };
        words[at] = unknown_word(rng);
    }
    words.join(" ")
}

/// A word that no village file holds: syllables, two halves of village words, or any letters, and
/// now and then a number or another script, so that no byte is new to a model.
fn unknown_word(rng: &mut impl Tally) -> String {
    static KNOWN: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| book().words());
    loop {
        let word = match weighted(rng, &[0.35, 0.35, 0.15, 0.07, 0.08]) {
            0 => syllables(rng),
            1 => halves(rng, known),
            2 => letters(rng, 'a', 26),
            3 => letters(rng, '0', 10),
            _ => {
                let (first, count) = *choose(rng, SCRIPTS);
                letters(rng, first, count)
            }
        };
        let short = (1..=MOST_LETTERS).contains(&word.chars().count());
        if short && !known.contains(word.as_str()) {
            return word;
        }
    }
}

/// Some letters that people may type and the village does not use: first letter, how many.
const SCRIPTS: &[(char, u32)] = &[
    ('\u{e0}', 23),
    ('\u{3b1}', 17),
    ('\u{430}', 32),
    ('\u{5d0}', 27),
    ('\u{905}', 48),
    ('\u{3042}', 80),
    ('\u{4e00}', 20_000),
    ('\u{1f300}', 700),
];

fn letters(rng: &mut impl Tally, first: char, count: u32) -> String {
    let most = if first.is_ascii() { 5 } else { 2 };
    (0..2 + below(rng, most - 1))
        .filter_map(|_| char::from_u32(u32::from(first) + below(rng, count)))
        .collect()
}

fn syllables(rng: &mut impl Tally) -> String {
    let mut word = String::new();
    for _ in 0..2 + below(rng, 2) {
        word.push_str(choose::<&str>(rng, BEGINNINGS));
        word.push(char::from(*choose(rng, b"aeiou")));
    }
    if chance(rng, 0.5) {
        word.push(char::from(*choose(rng, b"bdgklmnprstxz")));
    }
    word
}

const BEGINNINGS: &[&str] = &[
    "b", "c", "ch", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "qu", "r", "s", "st", "t",
    "v", "w", "y", "z",
];

/// The beginning of one word and the end of another.
fn halves(rng: &mut impl Tally, known: &BTreeSet<&'static str>) -> String {
    let words: Vec<&str> = known
        .iter()
        .copied()
        .filter(|word| word.len() > 3)
        .collect();
    if words.is_empty() {
        return syllables(rng);
    }
    let (one, other) = (*choose(rng, &words), *choose(rng, &words));
    let (one, other) = (one.get(..one.len() / 2), other.get(other.len() / 2..));
    [one, other].into_iter().flatten().collect()
}
