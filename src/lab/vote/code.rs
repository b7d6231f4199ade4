//! A vote as a short code that can be read aloud, written on a board, or copied.
//!
//! The letters are those of D. Crockford's Base 32: no I, L, O or U, and whoever reads an I for a 1 or
//! an O for a 0 is understood. Five bits a letter, most significant first:
//!
//! | bits | what |
//! |---|---|
//! | 5 | version, 1 |
//! | 25 | the pool: [`Mark`] |
//! | 19 | the ballot's number, from which order and sides were drawn |
//! | 6 | number of votes, 1 to 40 |
//! | 2 each | the votes, in the order of the pool; then zeros to the end of the letter |
//! | 20 | check letters |
//!
//! Ten votes take 19 letters, forty 31. The check letters are those of a Reed-Solomon code over the
//! field of 32 elements (I. S. Reed and G. Solomon, 1960). With four of them any two codes differ in
//! five letters at least: up to four wrong letters are always noticed, two that changed places among
//! them, and where one is wrong it can be said which.

use super::{Mark, Pool, Preference};

/// The only version there is.
const VERSION: u32 = 1;
/// Letters before the votes.
const HEAD: usize = 11;
/// Check letters.
const CHECKS: usize = 4;
/// Letters of a group, as a code is shown.
const GROUP: usize = 5;
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A vote that was cast: what a code carries.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cast {
    /// Which pool was judged.
    pub mark: Mark,
    /// The ballot's number.
    pub ballot: u32,
    /// What was preferred of the pool's first pairs.
    pub votes: Vec<Preference>,
}

/// Why something is no code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// A letter that codes don't have.
    Strange(char),
    /// Fewer letters than any code has, or more.
    Length(usize),
    /// A newer build made it.
    Newer(u32),
    /// Some letter is wrong; which, counted from 1, if it is only one.
    Mistyped(Option<usize>),
    /// The letters agree with each other and still say nothing.
    Nonsense,
}

impl Cast {
    /// The code, in groups of five letters.
    pub fn to_code(&self) -> String {
        let mut bits = Bits::default();
        bits.push(VERSION, 5);
        bits.push(self.mark.number(), Mark::BITS);
        bits.push(self.ballot, super::Ballot::BITS);
        bits.push(self.votes.len() as u32, 6);
        for vote in &self.votes {
            bits.push(*vote as u32, 2);
        }
        let mut letters = bits.letters();
        letters.extend(checks(&letters));
        let mut code = String::new();
        for (at, letter) in letters.into_iter().enumerate() {
            if at > 0 && at % GROUP == 0 {
                code.push('-');
            }
            code.push(char::from(ALPHABET[usize::from(letter)]));
        }
        code
    }

    /// Reads a code; spaces and hyphens don't matter, nor does case.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn from_code(code: &str) -> Result<Self, Fault> {
        let meant = code
            .chars()
            .filter(|letter| !letter.is_whitespace() && !is_hyphen(*letter));
        let letters = meant.map(value).collect::<Result<Vec<u8>, Fault>>()?;
        let least = HEAD + 1 + CHECKS;
        if letters.len() < least || letters.len() > length_of(Pool::MOST) {
            return Err(Fault::Length(letters.len()));
        }
        if let Some(place) = wrong(&letters) {
            return Err(Fault::Mistyped(place));
        }
        let mut bits = Read::new(&letters);
        let version = bits.take(5);
        if version != VERSION {
            return Err(match version > VERSION {
                true => Fault::Newer(version),
                false => Fault::Nonsense,
            });
        }
        let (mark, ballot) = (bits.take(Mark::BITS), bits.take(super::Ballot::BITS));
        let count = bits.take(6) as usize;
        if !(1..=Pool::MOST).contains(&count) || length_of(count) != letters.len() {
            return Err(Fault::Nonsense);
        }
        let mut votes = Vec::with_capacity(count);
        for _ in 0..count {
            votes.extend(Preference::ALL.get(bits.take(2) as usize));
        }
        let rest = (5 - 2 * count % 5) % 5;
        if bits.take(rest as u32) != 0 {
            return Err(Fault::Nonsense);
        }
        Ok(Self {
            mark: Mark::new(mark),
            ballot,
            votes,
        })
    }
}

/// Letters of a code of so many votes.
fn length_of(votes: usize) -> usize {
    HEAD + (2 * votes).div_ceil(5) + CHECKS
}

/// What stands between groups, as people and their word processors write it.
fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The number that a letter stands for.
fn value(letter: char) -> Result<u8, Fault> {
    let plain = match letter.to_ascii_uppercase() {
        'I' | 'L' => '1',
        'O' => '0',
        other => other,
    };
    let known = ALPHABET.iter().position(|one| char::from(*one) == plain);
    known
        .and_then(|value| u8::try_from(value).ok())
        .ok_or(Fault::Strange(letter))
}

/// Bits being written.
#[derive(Default)]
struct Bits(Vec<bool>);

impl Bits {
    fn push(&mut self, number: u32, bits: u32) {
        self.0
            .extend((0..bits).rev().map(|bit| number >> bit & 1 == 1));
    }

    /// Five bits a letter, zeros at the end.
    fn letters(&self) -> Vec<u8> {
        let letter = |five: &[bool]| {
            (0..5).fold(0, |sum, at| {
                sum << 1 | u8::from(five.get(at) == Some(&true))
            })
        };
        self.0.chunks(5).map(letter).collect()
    }
}

/// Bits being read.
struct Read<'a> {
    letters: &'a [u8],
    at: usize,
}

impl<'a> Read<'a> {
    fn new(letters: &'a [u8]) -> Self {
        Self { letters, at: 0 }
    }

    /// The next bits as a number; zeros beyond the end.
    fn take(&mut self, bits: u32) -> u32 {
        let mut number = 0;
        for _ in 0..bits {
            let letter = self.letters.get(self.at / 5).copied().unwrap_or(0);
            number = number << 1 | u32::from(letter >> (4 - self.at % 5) & 1);
            self.at += 1;
        }
        number
    }
}

// ---- the field of 32 elements -----------------------------------------------------------------

/// Twice an element: a step of the shift register of x^5 + x^2 + 1, which runs through all 31 elements
/// that are not zero.
fn doubled(element: u8) -> u8 {
    let shifted = element << 1;
    if shifted & 0b10_0000 == 0 {
        shifted
    } else {
        shifted ^ 0b10_0101
    }
}

/// The product of two elements.
fn times(mut one: u8, other: u8) -> u8 {
    let mut product = 0;
    for bit in 0..5 {
        if other >> bit & 1 == 1 {
            product ^= one;
        }
        one = doubled(one);
    }
    product
}

/// 2 to the power of `exponent`.
fn power(exponent: usize) -> u8 {
    (0..exponent % 31).fold(1, |element, _| doubled(element))
}

/// The check letters of a message: the remainder of its division by a polynomial that is zero at the
/// first four powers of 2.
fn checks(message: &[u8]) -> [u8; CHECKS] {
    // The divisor's coefficients behind the leading 1, highest first.
    let mut divisor = [0; CHECKS];
    for (degree, root) in (1..=CHECKS).map(power).enumerate() {
        // Times (x + root).
        let mut higher = 1;
        for coefficient in divisor.iter_mut().take(degree + 1) {
            let old = *coefficient;
            *coefficient = old ^ times(higher, root);
            higher = old;
        }
    }
    let mut left = [0; CHECKS];
    for letter in message {
        let lead = letter ^ left[0];
        for at in 0..CHECKS {
            let next = left.get(at + 1).copied().unwrap_or(0);
            left[at] = next ^ times(lead, divisor[at]);
        }
    }
    left
}

/// None for a code as it was made. Else the place of its wrong letter, counted from 1, if there is one
/// letter that could have made it so.
fn wrong(letters: &[u8]) -> Option<Option<usize>> {
    let at_root = |root: u8| {
        letters
            .iter()
            .fold(0, |sum, letter| times(sum, root) ^ letter)
    };
    let syndromes: Vec<u8> = (1..=CHECKS).map(|root| at_root(power(root))).collect();
    if syndromes.iter().all(|syndrome| *syndrome == 0) {
        return None;
    }
    // One wrong letter, `behind` letters before the end, multiplies each syndrome by the same power.
    let makes_it = |behind: &usize| {
        let pairs = syndromes.iter().zip(syndromes.iter().skip(1));
        pairs
            .into_iter()
            .all(|(one, next)| *one != 0 && times(*one, power(*behind)) == *next)
    };
    let behind = (0..letters.len()).find(makes_it);
    Some(behind.map(|behind| letters.len() - behind))
}
