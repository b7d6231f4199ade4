//! How different the answers of a suite are from one another.
//!
//! The measure is the mean distance of two answers, one minus the Dice overlap of their sets of
//! word pairs (bigrams; beginning and end count as words): 0 where all answers are the same, 1
//! where no two share a pair. It is self-similarity as in Self-BLEU, with pairs of answers in place
//! of references. Distinct-2 was not taken: it falls as more answers are counted, so 40 prompts
//! and 300 could not be compared, and a bootstrap, which repeats answers, pulls it down.
//! Nonsense is diverse: read it beside the share of gibberish.

use super::bootstrap;
use super::interval::wilson;
use super::report::Estimate;
use std::collections::BTreeMap;

/// Mean distance of two answers with its bootstrap interval. A prompt drawn twice is not compared
/// with itself. Of fewer than two answers: 0, and anything is possible.
pub fn diversity<'a>(name: &str, answers: impl Iterator<Item = &'a str>) -> Estimate {
    let mut numbers = BTreeMap::new();
    let answers: Vec<Vec<u64>> = answers.map(|text| pairs(text, &mut numbers)).collect();
    let count = answers.len();
    if count < 2 {
        return Estimate::of(0.0, 0.0, 1.0);
    }
    let distances: Vec<Vec<f64>> = answers
        .iter()
        .enumerate()
        .map(|(place, one)| {
            answers[..place]
                .iter()
                .map(|two| distance(one, two))
                .collect()
        })
        .collect();
    let figure = |drawn: &[u32]| {
        let (mut sum, mut weight) = (0.0, 0_u64);
        for (row, one) in distances.iter().zip(drawn).filter(|(_, one)| **one > 0) {
            let (mut along, mut times) = (0.0, 0_u64);
            for (distance, two) in row.iter().zip(drawn) {
                along += distance * f64::from(*two);
                times += u64::from(*two);
            }
            sum += along * f64::from(*one);
            weight += times * u64::from(*one);
        }
        (weight > 0).then(|| sum / weight as f64)
    };
    let value = figure(&vec![1; count]).unwrap_or(0.0);
    let (low, high) = if value <= 0.0 {
        wilson(0, count)
    } else if value >= 1.0 {
        wilson(count, count)
    } else {
        bootstrap::interval(name, count, figure).unwrap_or((0.0, 1.0))
    };
    Estimate::of(value, low, high)
}

/// The different word pairs of a text, sorted, by the numbers of their words.
fn pairs<'a>(text: &'a str, numbers: &mut BTreeMap<&'a str, u64>) -> Vec<u64> {
    // 0 stands before the first word and after the last.
    let mut before = 0;
    let mut found = Vec::new();
    for word in text.split_whitespace() {
        let next = numbers.len() as u64 + 1;
        let number = *numbers.entry(word).or_insert(next);
        found.push(before << 32 | number);
        before = number;
    }
    found.push(before << 32);
    found.sort_unstable();
    found.dedup();
    found
}

/// One minus the Dice overlap of two sorted sets. No text has an empty set.
fn distance(one: &[u64], two: &[u64]) -> f64 {
    let (mut left, mut right, mut shared) = (0, 0, 0_usize);
    while let (Some(a), Some(b)) = (one.get(left), two.get(right)) {
        shared += usize::from(a == b);
        left += usize::from(a <= b);
        right += usize::from(b <= a);
    }
    1.0 - 2.0 * shared as f64 / (one.len() + two.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(answers: &[&str]) -> Estimate {
        diversity("d", answers.iter().copied())
    }

    #[test]
    fn from_one_answer_for_all_to_nothing_shared() {
        assert_eq!(of(&["no .", "no .", "no ."]).value, 0.0);
        assert_eq!(of(&["no .", "yes ?", "why"]).value, 1.0);
        // (start a)(a b)(b end) and (start a)(a c)(c end): one of three shared.
        assert!((of(&["a b", "a c"]).value - 2.0 / 3.0).abs() < 1e-6);
        assert_eq!(of(&["", ""]).value, 0.0);
        assert_eq!((of(&["a"]).value, of(&[]).high), (0.0, 1.0));
        assert!(of(&["no .", "no ."]).high > 0.5, "two answers prove little");
    }

    #[test]
    fn more_prompts_narrow_it_and_do_not_lower_it() {
        let answers: Vec<String> = (0..300)
            .map(|i| format!("wash the {} with {}", i % 17, i % 5))
            .collect();
        let first = |count: usize| diversity("d", answers[..count].iter().map(String::as_str));
        let (few, many) = (first(40), first(300));
        assert!((few.value - many.value).abs() < 0.03, "{few:?} {many:?}");
        assert!(many.high - many.low < few.high - few.low);
        assert!(many.low < many.value && many.value < many.high);
    }
}
