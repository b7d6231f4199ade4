//! A drawing: marks at places, in the order they are painted. No browser is needed to make one.

use super::look::{Ink, Look};
use super::scale::Scale;
use super::thin::Point;

/// Size of the letters.
pub const LETTERS: f64 = 12.0;

/// How a mark is painted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// The colour inside; none if empty.
    pub fill: Ink,
    /// The colour of the line; none if empty.
    pub stroke: Ink,
    /// Width of the line.
    pub width: f64,
    /// Lengths of dashes and gaps.
    pub dash: &'static str,
    /// 1 hides what is behind, 0 hides nothing.
    pub opacity: f64,
}

/// Which side of a text its place is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It is centred there.
    Middle,
    /// It ends there.
    End,
}

/// A mark.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// A line from corner to corner.
    Line {
        /// What it is.
        class: &'static str,
        /// Its corners.
        corners: Vec<Point>,
        /// Whether it comes back to where it began.
        closed: bool,
        /// How it is painted.
        paint: Paint,
    },
    /// A disc or a square.
    Dot {
        /// What it is.
        class: &'static str,
        /// Its middle.
        at: Point,
        /// From its middle to its edge.
        radius: f64,
        /// Whether it is a square.
        square: bool,
        /// How it is painted.
        paint: Paint,
    },
    /// A text.
    Words {
        /// What it is.
        class: &'static str,
        /// Where it stands: on its base line.
        at: Point,
        /// Which side of it that place is.
        anchor: Anchor,
        /// Its colour.
        ink: Ink,
        /// Whether it is in heavy letters.
        bold: bool,
        /// What it says.
        words: String,
    },
}

/// Something that can be read: a place on the level axis, a mark, a bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stop {
    /// Its panel.
    pub panel: usize,
    /// Which one of its panel it is.
    pub nth: usize,
    /// Where it is.
    pub at: Point,
}

/// The place between a panel's axes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Field {
    /// From values to places on the level axis.
    pub x: Scale,
    /// From values to places on the upright axis; of rows, from one to the next.
    pub y: Scale,
    /// The panel: left, top, right, foot.
    pub edges: [f64; 4],
}

/// A drawing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Its size.
    pub width: f64,
    /// Its size.
    pub height: f64,
    /// Its marks, the hindmost first.
    pub parts: Vec<Part>,
    /// A field for every panel.
    pub fields: Vec<Field>,
    /// Marks and bars that can be read, panel by panel. Places of lines are many and mostly not read:
    /// they are found when somebody does.
    pub marks: Vec<Stop>,
}

impl Paint {
    /// A filled mark.
    pub fn fill(ink: Ink) -> Self {
        Self {
            fill: ink,
            stroke: "",
            width: 0.0,
            dash: "",
            opacity: 1.0,
        }
    }

    /// A line.
    pub fn stroke(ink: Ink, width: f64) -> Self {
        Self {
            fill: "",
            stroke: ink,
            width,
            ..Self::fill("")
        }
    }

    /// The line of a look.
    pub fn line(look: Look) -> Self {
        Self {
            dash: look.dash,
            ..Self::stroke(look.ink, look.width)
        }
    }

    /// A mark of a look: filled, or outlined.
    pub fn mark(look: Look, ink: Ink) -> Self {
        let (fill, stroke) = if look.hollow {
            ("plate", ink)
        } else {
            (ink, "plate")
        };
        Self {
            fill,
            stroke,
            width: if look.hollow { 1.5 } else { 0.75 },
            ..Self::fill("")
        }
    }

    /// A bar of a look.
    pub fn bar(look: Look) -> Self {
        // What has a colour of a run needs no edge.
        let edge = if look.ink.starts_with("run") {
            look.ink
        } else {
            "ink"
        };
        Self {
            fill: look.ink,
            ..Self::stroke(edge, 1.0)
        }
    }
}

impl Drawing {
    /// Adds a line.
    pub fn line(&mut self, class: &'static str, corners: Vec<Point>, paint: Paint) {
        self.parts.push(Part::Line {
            class,
            corners,
            closed: false,
            paint,
        });
    }

    /// Adds something with an inside.
    pub fn plate(&mut self, class: &'static str, corners: Vec<Point>, paint: Paint) {
        self.parts.push(Part::Line {
            class,
            corners,
            closed: true,
            paint,
        });
    }

    /// Adds a text in the colour of notes.
    pub fn words(
        &mut self,
        class: &'static str,
        at: Point,
        anchor: Anchor,
        words: impl Into<String>,
    ) {
        let bold = class == "name";
        self.parts.push(Part::Words {
            class,
            at,
            anchor,
            ink: if bold { "ink" } else { "ink-soft" },
            bold,
            words: words.into(),
        });
    }
}

/// About how wide a text is, rather too wide: faces differ, and no browser is asked.
pub fn wide(words: &str) -> f64 {
    let letter = |letter: char| match letter {
        '.' | ',' | ' ' | 'i' | 'l' | '\'' | ':' => 4.2,
        'm' | 'w' | 'M' | 'W' | '%' => 11.5,
        letter if (letter as u32) < 0x2e80 => 7.6,
        _ => 12.5,
    };
    words.chars().map(letter).sum()
}

/// A text that is no wider than there is room.
pub fn fitting(words: &str, room: f64) -> String {
    if wide(words) <= room {
        return words.to_owned();
    }
    let mut cut = String::new();
    for letter in words.chars() {
        if wide(&cut) + wide("\u{2026}") + 8.0 > room {
            break;
        }
        cut.push(letter);
    }
    format!("{}\u{2026}", cut.trim_end())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// Left, top, right and foot of a text.
    fn room(part: &Part) -> Option<([f64; 4], &str)> {
        let Part::Words {
            at, anchor, words, ..
        } = part
        else {
            return None;
        };
        let wide = wide(words);
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - wide / 2.0,
            Anchor::End => at.0 - wide,
        };
        Some(([left, at.1 - 9.5, left + wide, at.1 + 2.5], words))
    }

    /// No text lies on another, and none is cut off.
    pub fn assert_legible(drawing: &Drawing) {
        let texts: Vec<([f64; 4], &str)> = drawing
            .parts
            .iter()
            .filter(|part| !matches!(part, Part::Words { class: "sign", .. }))
            .filter_map(room)
            .collect();
        for (at, (one, words)) in texts.iter().enumerate() {
            let inside = one[0] >= -0.5
                && one[2] <= drawing.width + 0.5
                && one[1] >= -0.5
                && one[3] <= drawing.height + 0.5;
            assert!(
                inside,
                "“{words}” at {one:?} is cut off at {} by {}",
                drawing.width, drawing.height
            );
            for (other, others) in &texts[..at] {
                let apart = one[2] <= other[0]
                    || other[2] <= one[0]
                    || one[3] <= other[1]
                    || other[3] <= one[1];
                assert!(
                    apart,
                    "“{words}” lies on “{others}” at {} pixels",
                    drawing.width
                );
            }
        }
    }

    #[test]
    fn long_texts_are_cut_to_their_room() {
        assert_eq!(fitting("short", 80.0), "short");
        let cut = fitting("questions in words never used before", 90.0);
        assert!(cut.ends_with('\u{2026}') && wide(&cut) <= 90.0, "{cut}");
    }
}
