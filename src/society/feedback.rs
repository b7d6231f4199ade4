//! What peers say about a draft: read, averaged and put into the order the author reads it in.

use super::config::FeedbackOrder;
use super::fidelity::Fidelity;
use super::grid::Label;
use super::luck::Luck;
use super::role::Voice;
use crate::world::corpus::LONGEST_DOCUMENT;
use crate::world::tokenizer::Tokenizer;
use crate::world::{chance, prompt};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// One peer's answer to the critique prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Critique {
    /// Who spoke.
    pub peer: u16,
    /// How the peer was raised.
    pub label: Label,
    /// The prompt as it was sent.
    pub prompt: String,
    /// What came back.
    pub text: String,
    /// Sum of token log-probabilities in nats, if the speaker had one.
    pub log_probability: Option<f32>,
    /// The rating, 1 to 7; none if the text could not be read as a critique.
    pub rating: Option<u8>,
    /// The reason; the whole text if it could not be read.
    pub reason: String,
    /// Whose words it was.
    pub by: Voice,
}

/// Prompts are kept to this many tokens where something can be left out (a recalled memory, the
/// reasons read first), so that prompt and answer fit the village model's context of 256 tokens:
/// as many as the model has ever seen.
const PROMPT_TOKENS: usize = LONGEST_DOCUMENT;
/// Largest rating that makes a difference in the order; only unchecked ones are above 7.
const UNCHECKED_MOST: u8 = u8::MAX - 1;
/// What is recorded for a rating that can't be read, where the released code is followed.
const UNREAD: u8 = 8;

/// Reads a peer's words as rating and reason. Whatever is not a rating from 1 to 7 and a reason
/// has no rating, and all of it is the reason. The released code is stricter about the form and
/// does not look at the range.
pub(crate) fn read(text: &str, fidelity: &Fidelity) -> (Option<u8>, String) {
    let found = if fidelity.unchecked_ratings {
        unchecked(text)
    } else {
        prompt::parse_critique(text)
    };
    match found {
        Some((rating, reason)) => (Some(rating), reason),
        None => (None, text.to_owned()),
    }
}

/// Any whole number before a colon.
fn unchecked(text: &str) -> Option<(u8, String)> {
    let (rating, reason) = text.split_once(':')?;
    Some((rating.trim().parse().ok()?, reason.trim().to_owned()))
}

/// The rating as it is recorded.
pub(crate) fn recorded(rating: Option<u8>, fidelity: &Fidelity) -> Option<u8> {
    rating.or(fidelity.unread_rating_is_eight.then_some(UNREAD))
}

/// Mean of the ratings that could be read; none if there is none.
pub(crate) fn mean_rating(critiques: &[Critique]) -> Option<f32> {
    let (sum, count) = totals(critiques);
    (count > 0).then(|| sum as f32 / count as f32)
}

/// The mean as the author is told it: rounded half up, and the neutral 4 if there is none.
pub(crate) fn told_rating(critiques: &[Critique]) -> u8 {
    let (sum, count) = totals(critiques);
    if count == 0 {
        return 4;
    }
    // As large as the ratings are: 1 to 7, or what the released code reads unchecked.
    ((2 * sum + count) / (2 * count)) as u8
}

/// What an author is told, with as many of the last `reasons` as leave room to answer.
pub(crate) fn told(question: &str, draft: &str, rating: u8, reasons: &[&str]) -> String {
    let mut kept = reasons;
    loop {
        let text = prompt::revision(question, draft, rating, kept);
        match kept {
            [_, rest @ ..] if !fits(&text) => kept = rest,
            _ => return text,
        }
    }
}

/// Whether a prompt leaves room to answer.
pub(crate) fn fits(text: &str) -> bool {
    tokens(text) <= PROMPT_TOKENS
}

/// The village's tokens, which every model of it shares.
static VILLAGE: LazyLock<Tokenizer> = LazyLock::new(Tokenizer::village);

/// How long a text is for a model: a token a word, or one a byte for words that are not known here.
pub(crate) fn tokens(text: &str) -> usize {
    VILLAGE.encode(text).len()
}

/// Whether the village knows a word.
pub(crate) fn is_known(word: &str) -> bool {
    VILLAGE.is_known(word)
}

fn totals(critiques: &[Critique]) -> (u32, u32) {
    let ratings = critiques.iter().filter_map(|critique| critique.rating);
    ratings.fold((0, 0), |(sum, count), rating| {
        (sum + u32::from(rating), count + 1)
    })
}

/// Puts critiques into reading order, each with its peer. Those without a rating come first, where
/// they would matter least; their text is never shown to the author. Equal ratings keep the order
/// in which the peers were asked, except where chance decides.
pub(crate) fn sort(critiques: &mut [Critique], order: FeedbackOrder, luck: &mut Luck) {
    critiques.sort_by_key(|critique| match critique.rating {
        None => 0,
        Some(rating) => u8::MAX - rating.min(UNCHECKED_MOST),
    });
    let unread = critiques.iter().take_while(|c| c.rating.is_none()).count();
    let Some(readable) = critiques.get_mut(unread..) else {
        return;
    };
    match order {
        FeedbackOrder::HarshestLast => {}
        FeedbackOrder::MedianLast => {
            // The harsher one of the two in the middle, if the number is even.
            let median = readable.len() / 2;
            if let Some(tail @ [_, ..]) = readable.get_mut(median..) {
                tail.rotate_left(1);
            }
        }
        FeedbackOrder::RatingWeighted => weigh(readable, luck),
        FeedbackOrder::Random => chance::shuffle(luck, readable),
    }
}

/// Fills the places from the last to the first, each with one of those left, drawn with its rating
/// as weight.
fn weigh(readable: &mut [Critique], luck: &mut Luck) {
    for open in (1..=readable.len()).rev() {
        let left = &mut readable[..open];
        let weight = |critique: &Critique| u32::from(critique.rating.unwrap_or(1));
        let total: u32 = left.iter().map(weight).sum();
        let mut ticket = chance::below(luck, total.max(1));
        let mut drawn = open - 1;
        for (place, critique) in left.iter().enumerate() {
            if ticket < weight(critique) {
                drawn = place;
                break;
            }
            ticket -= weight(critique);
        }
        left[drawn..].rotate_left(1);
    }
}

#[cfg(test)]
mod tests {
    use super::super::fidelity::Mode;
    use super::*;

    fn critique(peer: u16, rating: Option<u8>) -> Critique {
        Critique {
            peer,
            label: Label::Good,
            prompt: String::new(),
            text: String::new(),
            log_probability: None,
            rating,
            reason: format!("reason {peer}"),
            by: Voice::Model,
        }
    }

    fn sorted(order: FeedbackOrder, ratings: &[Option<u8>], seed: u64) -> Vec<Critique> {
        let mut critiques: Vec<Critique> = (0..)
            .zip(ratings)
            .map(|(peer, rating)| critique(peer, *rating))
            .collect();
        sort(&mut critiques, order, &mut Luck::new(seed));
        for critique in &critiques {
            let asked = usize::from(critique.peer);
            assert_eq!(
                critique.rating, ratings[asked],
                "rating moved away from its peer"
            );
            assert_eq!(critique.reason, format!("reason {asked}"));
        }
        critiques
    }

    fn peers(order: FeedbackOrder, ratings: &[Option<u8>]) -> Vec<u16> {
        sorted(order, ratings, 1).iter().map(|c| c.peer).collect()
    }

    const MIXED: [Option<u8>; 5] = [Some(2), Some(7), None, Some(5), Some(2)];

    #[test]
    fn published_and_median_orders_are_exact() {
        assert_eq!(peers(FeedbackOrder::HarshestLast, &MIXED), [2, 1, 3, 0, 4]);
        // Readable best to worst: 7, 5, 2 (agent 0), 2 (agent 4); the harsher middle is agent 0.
        assert_eq!(peers(FeedbackOrder::MedianLast, &MIXED), [2, 1, 3, 4, 0]);
        let odd = [Some(1), Some(4), Some(7)];
        assert_eq!(peers(FeedbackOrder::MedianLast, &odd), [2, 0, 1]);
        assert!(peers(FeedbackOrder::MedianLast, &[]).is_empty());
        assert_eq!(peers(FeedbackOrder::MedianLast, &[None, None]), [0, 1]);
    }

    #[test]
    fn the_weighted_order_favours_high_ratings_at_the_end() {
        let ratings = [Some(1), Some(3), Some(6)];
        let mut last = [0u32; 3];
        let mut uniform = [0u32; 3];
        for seed in 0..4000 {
            let weighted = sorted(FeedbackOrder::RatingWeighted, &ratings, seed);
            last[usize::from(weighted[2].peer)] += 1;
            let random = sorted(FeedbackOrder::Random, &ratings, seed);
            uniform[usize::from(random[2].peer)] += 1;
        }
        // Weights 1 : 3 : 6 of 4000; standard deviations are at most 31.
        for (count, expected) in last.iter().zip([400i64, 1200, 2400]) {
            assert!((i64::from(*count) - expected).abs() < 130, "{last:?}");
        }
        for count in uniform {
            assert!((i64::from(count) - 1333).abs() < 130, "{uniform:?}");
        }
    }

    #[test]
    fn unreadable_ratings_stay_out_of_the_mean() {
        let read = |ratings: &[Option<u8>]| sorted(FeedbackOrder::HarshestLast, ratings, 0);
        assert_eq!(mean_rating(&read(&MIXED)), Some(4.0));
        assert_eq!(told_rating(&read(&[Some(4), Some(5)])), 5);
        assert_eq!(mean_rating(&read(&[None, None])), None);
        assert_eq!(told_rating(&read(&[None, None])), 4);
        assert_eq!(told_rating(&[]), 4);
        let ours = Fidelity::default();
        for text in ["", "::", "9 : no", "rating", "\u{0}\u{1F600}", "<q> <a>"] {
            assert_eq!(super::read(text, &ours), (None, text.to_owned()));
        }
        let whole = prompt::format_critique(3, "that is not kind .");
        assert_eq!(
            super::read(&whole, &ours),
            (Some(3), "that is not kind .".to_owned())
        );
    }

    #[test]
    fn the_released_code_reads_any_number_and_records_eight_for_none() {
        let official = Fidelity::of(Mode::Official);
        let rating = |text: &str, fidelity: &Fidelity| super::read(text, fidelity).0;
        for (text, ours, theirs) in [
            ("10 : fine .", None, Some(10)),
            ("5 / 7 : fine .", Some(5), None),
            ("5 fine .", Some(5), None),
            ("5 : fine .", Some(5), Some(5)),
        ] {
            assert_eq!(rating(text, &Fidelity::default()), ours, "{text}");
            assert_eq!(rating(text, &official), theirs, "{text}");
        }
        assert_eq!(recorded(None, &official), Some(8));
        assert_eq!(recorded(None, &Fidelity::of(Mode::Paper)), None);
        assert_eq!(recorded(Some(2), &official), Some(2));
    }
}
