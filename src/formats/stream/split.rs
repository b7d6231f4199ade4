//! Where a row ends and the next begins, found byte by byte without reading the rows.
//!
//! A file whose first byte is `[`, with an object or the end after it, is an array; anything else
//! is lines. So a damaged first byte of a file of lines costs its first line only.

use super::LONGEST_ROW;

/// Takes what was found: the line it begins in, and a row or what is wrong.
pub(super) type Take<'a> = dyn FnMut(usize, Result<&[u8], &str>) + 'a;

const TOO_LONG: &str = "it is longer than a megabyte";

#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Place {
    /// Before the first byte that is no white space.
    #[default]
    Before,
    /// After `[`, which stood in this line.
    Opened(usize),
    /// In a file of lines.
    Line,
    /// Between two rows of an array, after a comma or not.
    Between { comma: bool },
    /// In a row of an array.
    Row(Inside),
    /// After the `]`.
    After,
    /// After something that follows the `]`.
    Beyond,
}

/// How deep in a row, and whether in a string.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Inside {
    depth: u32,
    string: bool,
    escaped: bool,
}

/// Cuts a file into rows. It keeps the open row and nothing else.
#[derive(Debug)]
pub(super) struct Splitter {
    place: Place,
    /// The current line, from 1.
    line: usize,
    /// Where the open row began.
    began: usize,
    row: Vec<u8>,
    too_long: bool,
}

impl Default for Splitter {
    fn default() -> Self {
        Self {
            place: Place::default(),
            line: 1,
            began: 1,
            row: Vec::new(),
            too_long: false,
        }
    }
}

impl Splitter {
    /// Takes the next piece.
    pub(super) fn push(&mut self, piece: &[u8], take: &mut Take) {
        let mut at = 0;
        while at < piece.len() {
            at = match self.place {
                Place::Line => self.through_line(piece, at, take),
                Place::Row(inside) => self.through_row(piece, at, inside, take),
                _ => self.outside(piece[at], at, take),
            };
        }
    }

    /// Takes the end of the file.
    pub(super) fn finish(&mut self, take: &mut Take) {
        match self.place {
            Place::Line => self.end_row(take),
            Place::Opened(line) => take(line, Err("the list is never closed")),
            Place::Between { .. } => take(self.line, Err("the list is never closed")),
            Place::Row(inside) => {
                self.end_row(take);
                if inside.depth == 0 && !inside.string {
                    take(self.line, Err("the list is never closed"));
                }
            }
            Place::Before | Place::After | Place::Beyond => {}
        }
        self.place = Place::Before;
    }

    /// One byte that belongs to no row; gives where to go on, which is the same byte if a row
    /// begins with it.
    fn outside(&mut self, byte: u8, at: usize, take: &mut Take) -> usize {
        if byte.is_ascii_whitespace() {
            self.line += usize::from(byte == b'\n');
            return at + 1;
        }
        let begin = |splitter: &mut Self, place| {
            splitter.place = place;
            splitter.began = splitter.line;
            at
        };
        match (self.place, byte) {
            // A byte order mark, which may be cut in two.
            (Place::Before, 0xef | 0xbb | 0xbf) => at + 1,
            (Place::Before, b'[') => {
                self.place = Place::Opened(self.line);
                at + 1
            }
            (Place::Opened(_), b']') | (Place::Between { comma: false }, b']') => {
                self.place = Place::After;
                at + 1
            }
            (Place::Opened(_), b'{') => begin(self, Place::Row(Inside::default())),
            (Place::Opened(line), _) => {
                // No array of objects: lines, the first of them broken.
                if line == self.line {
                    begin(self, Place::Line);
                    self.row.push(b'[');
                    at
                } else {
                    take(line, Ok(b"["));
                    begin(self, Place::Line)
                }
            }
            (Place::Between { comma }, b',' | b']') => {
                if comma || byte == b']' {
                    take(self.line, Err("a comma has no row beside it"));
                }
                self.place = if byte == b',' {
                    Place::Between { comma: true }
                } else {
                    Place::After
                };
                at + 1
            }
            (Place::Between { .. }, _) => begin(self, Place::Row(Inside::default())),
            (Place::After, _) => {
                take(self.line, Err("something follows the end of the list"));
                self.place = Place::Beyond;
                at + 1
            }
            (Place::Beyond, _) => at + 1,
            (Place::Before | Place::Line | Place::Row(_), _) => begin(self, Place::Line),
        }
    }

    /// Goes through a line as far as the piece reaches.
    fn through_line(&mut self, piece: &[u8], at: usize, take: &mut Take) -> usize {
        let rest = &piece[at..];
        match rest.iter().position(|byte| *byte == b'\n') {
            None => {
                self.keep(rest);
                piece.len()
            }
            Some(length) => {
                self.keep(&rest[..length]);
                self.end_row(take);
                self.line += 1;
                self.began = self.line;
                at + length + 1
            }
        }
    }

    /// Goes through a row of an array as far as the piece reaches.
    fn through_row(
        &mut self,
        piece: &[u8],
        at: usize,
        mut inside: Inside,
        take: &mut Take,
    ) -> usize {
        for (offset, &byte) in piece[at..].iter().enumerate() {
            self.line += usize::from(byte == b'\n');
            if inside.string {
                inside.string = byte != b'"' || inside.escaped;
                inside.escaped = byte == b'\\' && !inside.escaped;
                continue;
            }
            match byte {
                b'"' => inside.string = true,
                b'{' | b'[' => inside.depth += 1,
                b',' | b']' if inside.depth == 0 => {
                    self.keep(&piece[at..at + offset]);
                    self.end_row(take);
                    self.place = if byte == b',' {
                        Place::Between { comma: true }
                    } else {
                        Place::After
                    };
                    return at + offset + 1;
                }
                b'}' | b']' => inside.depth = inside.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.keep(&piece[at..]);
        self.place = Place::Row(inside);
        piece.len()
    }

    /// Keeps a part of the open row, unless that is too long already.
    fn keep(&mut self, part: &[u8]) {
        self.too_long |= self.row.len() + part.len() > LONGEST_ROW;
        if self.too_long {
            self.row.clear();
        } else {
            self.row.extend_from_slice(part);
        }
    }

    /// Hands the open row over; blank lines are no rows.
    fn end_row(&mut self, take: &mut Take) {
        if self.too_long {
            take(self.began, Err(TOO_LONG));
        } else if !self.row.trim_ascii().is_empty() {
            take(self.began, Ok(&self.row));
        }
        self.row.clear();
        self.too_long = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is found when a text comes in pieces of so many bytes.
    fn found(text: &str, piece: usize) -> Vec<String> {
        let mut all = Vec::new();
        let mut take = |line: usize, found: Result<&[u8], &str>| {
            all.push(match found {
                Ok(row) => format!("{line} {}", String::from_utf8_lossy(row)),
                Err(reason) => format!("{line} ! {reason}"),
            });
        };
        let mut splitter = Splitter::default();
        for piece in text.as_bytes().chunks(piece) {
            splitter.push(piece, &mut take);
        }
        splitter.finish(&mut take);
        all
    }

    #[test]
    fn rows_begin_in_their_lines_wherever_the_file_is_cut() {
        let closed = "the list is never closed";
        let comma = "a comma has no row beside it";
        for (text, expected) in [
            ("", vec![]),
            (" \n\n ", vec![]),
            ("[]", vec![]),
            (
                "\u{feff}{1}\n\n{2}\r\n {3}",
                vec!["1 {1}", "3 {2}\r", "4  {3}"],
            ),
            ("\n[\n{1\n},\n\n{2} ] \n", vec!["3 {1\n}", "6 {2} "]),
            (
                r#"[{"a,]}\\\"":[1,{}]},{2}]"#,
                vec![r#"1 {"a,]}\\\"":[1,{}]}"#, "1 {2}"],
            ),
            (
                "[{1},\n,{2},]",
                vec![
                    "1 {1}",
                    &format!("2 ! {comma}"),
                    "2 {2}",
                    &format!("2 ! {comma}"),
                ],
            ),
            ("[{1},3,]", vec!["1 {1}", "1 3", &format!("1 ! {comma}")]),
            (
                "[{1}]\n {2} x",
                vec!["1 {1}", "2 ! something follows the end of the list"],
            ),
            ("[", vec![&format!("1 ! {closed}")]),
            ("[{1},\n", vec!["1 {1}", &format!("2 ! {closed}")]),
            ("[{1}", vec!["1 {1}", &format!("1 ! {closed}")]),
            ("[{1},\n{2", vec!["1 {1}", "2 {2"]),
            ("[\"a\"}\n{2}", vec!["1 [\"a\"}", "2 {2}"]),
            ("[\n\"a\"}\n{2}", vec!["1 [", "2 \"a\"}", "3 {2}"]),
            ("hello\n[1]", vec!["1 hello", "2 [1]"]),
        ] {
            for piece in [1, 2, 3, 7, 100] {
                assert_eq!(found(text, piece), expected, "{text:?} by {piece}");
            }
        }
    }

    #[test]
    fn a_row_over_a_megabyte_is_broken_and_its_neighbours_are_not() {
        let long = format!("{{\"{}\"}}", "x".repeat(LONGEST_ROW - 3));
        let lines = format!("{{1}}\n{long}\n{{2}}\n");
        let array = format!("[{{1}},\n{long},\n{{2}}]");
        let broken = format!("2 ! {TOO_LONG}");
        for text in [lines, array] {
            for piece in [65_536, usize::MAX] {
                let found = found(&text, piece);
                assert_eq!(found[1..], [broken.clone(), found[2].clone()]);
                assert!(found[0] == "1 {1}" && found[2] == "3 {2}", "{found:?}");
            }
        }
        let just = format!("{{\"{}\"}}\n", "x".repeat(LONGEST_ROW - 4));
        assert_eq!(found(&just, 65_536)[0].len(), LONGEST_ROW + 2);
    }
}
