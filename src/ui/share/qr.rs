//! A link as a code that a phone can read, drawn by ourselves: one path of whole modules.
//!
//! Codes grow finer with every character. Beyond [`MOST`] a camera would no longer make out the
//! modules on a screen at arm's length, so there is none.

use crate::ui::parts::escaped;
use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The finest code that is drawn: 97 modules along each side.
const FINEST: u8 = 20;
/// Characters that this one holds.
pub const MOST: usize = 858;
/// Modules of empty margin that readers want on every side.
const MARGIN: i32 = 4;
/// Pixels along each side, at most: modules have whole ones.
const PIXELS: i32 = 340;

/// A code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Modules along each side, without the margin.
    side: i32,
    /// Its dark modules, as a path in units of a module.
    path: String,
}

/// Whether there is a code for a text.
pub fn fits(text: &str) -> bool {
    text.len() <= MOST
}

impl Code {
    /// The code of a text; none where it would be too fine.
    pub fn of(text: &str) -> Option<Self> {
        let whole = [QrSegment::make_bytes(text.as_bytes())];
        let code = QrCode::encode_segments_advanced(
            &whole,
            QrCodeEcc::Low,
            Version::MIN,
            Version::new(FINEST),
            None,
            // As much correction as has room in a code of that size.
            true,
        );
        let code = code.ok()?;
        let side = code.size();
        let mut path = String::new();
        for row in 0..side {
            let mut column = 0;
            while column < side {
                let begin = column;
                while column < side && code.get_module(column, row) {
                    column += 1;
                }
                if column > begin {
                    let (x, y, wide) = (begin + MARGIN, row + MARGIN, column - begin);
                    path.push_str(&format!("M{x} {y}h{wide}v1h-{wide}z"));
                }
                column += 1;
            }
        }
        Some(Self { side, path })
    }

    fn whole(&self) -> i32 {
        self.side + 2 * MARGIN
    }

    /// As markup of the page, in the colours of its style sheet.
    pub fn picture(&self, name: &str) -> String {
        let whole = self.whole();
        let pixels = whole * (PIXELS / whole).max(1);
        format!(
            "<svg viewBox='0 0 {whole} {whole}' width='{pixels}' height='{pixels}' role='img' aria-label='{}' shape-rendering='crispEdges'><rect class='light' width='{whole}' height='{whole}'/><path class='dark' d='{}'/></svg>",
            escaped(name),
            self.path
        )
    }

    /// As a file that stands by itself, to be printed or put on a slide.
    pub fn file(&self) -> String {
        let whole = self.whole();
        let pixels = 8 * whole;
        format!(
            "<?xml version='1.0' encoding='UTF-8'?>\n<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {whole} {whole}' width='{pixels}' height='{pixels}' shape-rendering='crispEdges'><rect width='{whole}' height='{whole}' fill='#fff'/><path d='{}'/></svg>\n",
            self.path
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The modules that a path fills, row by row.
    fn filled(code: &Code) -> Vec<Vec<bool>> {
        let whole = code.whole() as usize;
        let mut rows = vec![vec![false; whole]; whole];
        for run in code.path.split('M').skip(1) {
            let numbers: Vec<usize> = run
                .split(|sign: char| !sign.is_ascii_digit())
                .filter_map(|number| number.parse().ok())
                .collect();
            let [x, y, wide, ..] = numbers[..] else {
                panic!("{run}");
            };
            for cell in &mut rows[y][x..x + wide] {
                assert!(!std::mem::replace(cell, true), "filled twice");
            }
        }
        rows
    }

    #[test]
    fn what_is_drawn_is_the_code_with_a_margin_around_it() {
        let text = "https://example.org/lab/#v1.Y2RgAAA&lang=zh-Hans";
        let drawn = Code::of(text).unwrap();
        let code = QrCode::encode_text(text, QrCodeEcc::Low).unwrap();
        assert_eq!(drawn.side, code.size());
        let rows = filled(&drawn);
        for (y, row) in (0..).zip(&rows) {
            for (x, dark) in (0..).zip(row) {
                assert_eq!(*dark, code.get_module(x - MARGIN, y - MARGIN), "{x} {y}");
            }
        }
        assert!(drawn.picture("<i>").contains("aria-label='&lt;i&gt;'"));
    }

    #[test]
    fn too_long_a_text_has_no_code() {
        let longest = "x".repeat(MOST);
        assert!(Code::of(&longest).is_some_and(|code| code.side == 97) && fits(&longest));
        let longer = "x".repeat(MOST + 1);
        assert!(Code::of(&longer).is_none() && !fits(&longer));
    }
}
