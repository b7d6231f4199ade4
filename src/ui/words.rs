//! What changed between two sentences, word by word.

/// A run of words that both have, or only one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// In both.
    Kept(String),
    /// Only in the first.
    Dropped(String),
    /// Only in the second.
    Added(String),
}

/// The difference between two texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// Pieces in reading order; what was dropped comes before what replaces it.
    pub pieces: Vec<Piece>,
    /// Share of the longer text's words that both have, 0 to 1.
    pub kept: f32,
}

/// Compares two texts by their longest common sequence of words.
pub fn compare(before: &str, after: &str) -> Difference {
    let (a, b): (Vec<&str>, Vec<&str>) = (
        before.split_whitespace().collect(),
        after.split_whitespace().collect(),
    );
    // Length of the longest common sequence from each pair of places to the ends.
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = if a[i] == b[j] {
                longest[(i + 1) * width + j + 1] + 1
            } else {
                longest[(i + 1) * width + j].max(longest[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pieces) = (0, 0, Pieces::default());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            pieces.push(0, a[i]);
            (i, j) = (i + 1, j + 1);
        } else if j == b.len()
            || (i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            pieces.push(1, a[i]);
            i += 1;
        } else {
            pieces.push(2, b[j]);
            j += 1;
        }
    }
    let most = a.len().max(b.len()).max(1);
    Difference {
        pieces: pieces.finish(),
        kept: longest.first().copied().unwrap_or(0) as f32 / most as f32,
    }
}

/// Collects words; between two kept runs, dropped words are gathered before added ones.
#[derive(Default)]
struct Pieces {
    done: Vec<Piece>,
    words: [Vec<String>; 3],
}

impl Pieces {
    fn push(&mut self, kind: usize, word: &str) {
        let closes = if kind == 0 {
            !self.words[1].is_empty() || !self.words[2].is_empty()
        } else {
            !self.words[0].is_empty()
        };
        if closes {
            self.flush();
        }
        self.words[kind].push(word.to_owned());
    }

    fn flush(&mut self) {
        let [kept, dropped, added] = std::mem::take(&mut self.words).map(|words| words.join(" "));
        let made = [
            (kept, Piece::Kept as fn(String) -> Piece),
            (dropped, Piece::Dropped),
            (added, Piece::Added),
        ];
        self.done.extend(
            made.into_iter()
                .filter(|(text, _)| !text.is_empty())
                .map(|(text, make)| make(text)),
        );
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaced_words_are_marked_and_the_rest_is_kept() {
        let difference = compare(
            "just take it and run away .",
            "please ask for it and wait .",
        );
        let expected = [
            Piece::Dropped("just take".into()),
            Piece::Added("please ask for".into()),
            Piece::Kept("it and".into()),
            Piece::Dropped("run away".into()),
            Piece::Added("wait".into()),
            Piece::Kept(".".into()),
        ];
        assert_eq!(difference.pieces, expected);
        assert!((difference.kept - 3.0 / 7.0).abs() < 1e-6);
    }

    #[test]
    fn both_texts_can_be_read_back_from_the_pieces() {
        let texts = ["", "a", "a b c d", "d c b a", "a b x y c d", "b b b a b"];
        for before in texts {
            for after in texts {
                let difference = compare(before, after);
                let read = |dropped: bool| {
                    let words = difference.pieces.iter().filter_map(|piece| match piece {
                        Piece::Kept(text) => Some(text.as_str()),
                        Piece::Dropped(text) => dropped.then_some(text.as_str()),
                        Piece::Added(text) => (!dropped).then_some(text.as_str()),
                    });
                    words.collect::<Vec<_>>().join(" ")
                };
                assert_eq!(
                    (read(true), read(false)),
                    (before.to_owned(), after.to_owned())
                );
            }
        }
        assert_eq!(compare("a b", "a b").kept, 1.0);
    }
}
