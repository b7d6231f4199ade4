//! The style sheet's colours, for canvases: `style/tokens.css` is the only place that names them.

use super::colouring::{Colouring, Role};
use super::scene::Person;
use crate::lab::view::Label;

/// How many groups of like-minded neighbours have a colour of their own.
pub const GROUPS: usize = 6;

/// A colour; all four parts 0 to 255, alpha not multiplied in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Colour {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
    /// How much it covers.
    pub alpha: u8,
}

impl Colour {
    /// Nothing at all.
    pub const NONE: Self = Self {
        red: 0,
        green: 0,
        blue: 0,
        alpha: 0,
    };

    /// Reads `#rrggbb`, `rgb(r g b)` and `rgb(r g b / a%)`; anything else is a middle grey, which
    /// shows and hurts nobody.
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        let grey = Self {
            red: 128,
            green: 128,
            blue: 128,
            alpha: 255,
        };
        let part = |at: usize| {
            let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6);
            u8::from_str_radix(digits?.get(at..at + 2)?, 16).ok()
        };
        if let (Some(red), Some(green), Some(blue)) = (part(0), part(2), part(4)) {
            return Self {
                red,
                green,
                blue,
                alpha: 255,
            };
        }
        let Some(inside) = text
            .strip_prefix("rgb(")
            .and_then(|text| text.strip_suffix(')'))
        else {
            return grey;
        };
        let numbers = inside
            .split(|sign: char| !sign.is_ascii_digit())
            .filter_map(|digits| digits.parse::<u16>().ok());
        let numbers: Vec<u16> = numbers.collect();
        let byte = |number: u16| number.min(255) as u8;
        match numbers[..] {
            [red, green, blue] => Self {
                red: byte(red),
                green: byte(green),
                blue: byte(blue),
                alpha: 255,
            },
            [red, green, blue, percent] => Self {
                red: byte(red),
                green: byte(green),
                blue: byte(blue),
                alpha: byte((percent.min(100) * 51 + 10) / 20),
            },
            _ => grey,
        }
    }

    /// As a style sheet writes it: `#rrggbbaa`.
    pub fn css(self) -> String {
        let mut text = String::from("#");
        for part in [self.red, self.green, self.blue, self.alpha] {
            for digit in [part >> 4, part & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
        text
    }

    /// That share of this colour, 0 to 1, the rest of another one.
    fn mixed(self, share: f64, other: Self) -> Self {
        let mix = |one: u8, two: u8| {
            // Between two bytes.
            (f64::from(one) * share + f64::from(two) * (1.0 - share) + 0.5) as u8
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
            alpha: 255,
        }
    }
}

/// The colours of a canvas.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Palette {
    /// What everything lies on.
    pub paper: Colour,
    /// Lines and words.
    pub ink: Colour,
    /// Faint lines.
    pub rule: Colour,
    /// Lines that count.
    pub strong: Colour,
    /// Faint surfaces.
    pub shade: Colour,
    /// What is on stage now.
    pub light: Colour,
    /// The pool of light on the ground, and the beam.
    pub beam: Colour,
    alignment: [Colour; 7],
    on_alignment: [Colour; 7],
    engagement: [Colour; 7],
    raised: [Colour; 2],
    groups: [Colour; GROUPS],
    roles: [Colour; Role::ALL.len()],
}

impl Palette {
    /// Reads the colours; `token` gives the value of a custom property, empty if there is none.
    pub fn read(token: impl Fn(&str) -> String) -> Self {
        let one = |name: &str| Colour::read(&token(name));
        fn scale<const N: usize>(one: &impl Fn(&str) -> Colour, prefix: &str) -> [Colour; N] {
            std::array::from_fn(|i| one(&format!("{prefix}{}", i + 1)))
        }
        Self {
            paper: one("--plate"),
            ink: one("--ink"),
            rule: one("--rule"),
            strong: one("--rule-strong"),
            shade: one("--shade"),
            light: one("--lamp"),
            beam: one("--beam"),
            alignment: scale(&one, "--align-"),
            on_alignment: scale(&one, "--on-align-"),
            engagement: scale(&one, "--engage-"),
            raised: [one("--raised-well"), one("--raised-badly")],
            groups: scale(&one, "--group-"),
            roles: scale(&one, "--role-"),
        }
    }

    /// The colour of somebody; the paper's where there is nothing to say about them yet.
    ///
    /// Coloured by alignment, engagement says how much of the hue shows.
    pub fn person(&self, colouring: Colouring, person: &Person) -> Colour {
        // Somebody who is not there is an empty outline, whatever they said last.
        if person.absent {
            return self.paper;
        }
        let known = match colouring {
            Colouring::Alignment => person.alignment.map(|score| {
                let engagement = person.engagement.unwrap_or(7).clamp(1, 7);
                let share = 0.3 + 0.1 * f64::from(engagement);
                at(&self.alignment, score).mixed(share, self.paper)
            }),
            Colouring::Engagement => person.engagement.map(|score| at(&self.engagement, score)),
            Colouring::Label => person.label.map(|label| match label {
                Label::Good => self.raised[0],
                Label::Bad => self.raised[1],
            }),
            Colouring::Cluster => person.cluster.map(|number| {
                let group = self.groups.get(usize::from(number));
                group.copied().unwrap_or(self.rule)
            }),
            Colouring::Role => person
                .label
                .and(self.roles.get(person.role.index()).copied()),
        };
        known.unwrap_or(self.paper)
    }

    /// The colour of an observer's score; the rule's where there is none.
    pub fn score(&self, score: Option<u8>) -> Colour {
        score.map_or(self.rule, |score| at(&self.alignment, score))
    }

    /// The colour of words on an observer's score.
    pub fn on_score(&self, score: Option<u8>) -> Colour {
        score.map_or(self.ink, |score| at(&self.on_alignment, score))
    }
}

/// The colour of a score, 1 to 7.
fn at(scale: &[Colour; 7], score: u8) -> Colour {
    scale[usize::from(score.clamp(1, 7) - 1)]
}

#[cfg(test)]
#[path = "tokens_tests.rs"]
mod tokens_tests;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn engagement_brings_the_colour_out_of_the_paper() {
        let palette = Palette::read(|name| {
            if name == "--plate" {
                "#ffffff".into()
            } else {
                "#0000c8".into()
            }
        });
        let of = |alignment, engagement| {
            let person = Person {
                alignment,
                engagement,
                ..Person::stranger(0)
            };
            palette.person(Colouring::Alignment, &person).css()
        };
        assert_eq!(of(Some(7), Some(7)), "#0000c8ff");
        assert_eq!(of(Some(7), Some(2)), "#8080e4ff");
        assert_eq!(of(None, None), "#ffffffff");
    }

    #[test]
    fn colours_are_read_as_the_style_sheet_writes_them() {
        assert_eq!(Colour::read(" #0a64ff ").css(), "#0a64ffff");
        assert_eq!(Colour::read("rgb(222 168 52 / 20%)").css(), "#dea83433");
        assert_eq!(Colour::read("rgb(1 2 3)").css(), "#010203ff");
        for odd in ["", "#12", "#zzzzzz", "#äöü", "rgb(1 2)", "plum"] {
            assert_eq!(Colour::read(odd).css(), "#808080ff", "{odd}");
        }
    }
}
