//! A drawing as SVG: inside the page with the page's colours by name, or as a file of its own with all
//! it needs inside. Both are the same drawing, written by the same lines.

use super::drawing::{Anchor, Drawing, LETTERS, Paint, Part, wide};
use super::figure::{Content, Figure, Sample, signed};
use super::layout;
use super::look::Look;
use super::thin::Point;
use crate::ui::parts::escaped;

/// What a colour is called where the drawing goes: by its name in `style/tokens.css`.
pub type Colours<'a> = &'a dyn Fn(&str) -> String;

/// In the page, colours stay names, so that they follow the theme.
pub fn named(ink: &str) -> String {
    format!("var(--{ink})")
}

/// Faces for a file that is opened anywhere.
const FACES: &str = "Seravek, 'Gill Sans Nova', Ubuntu, Calibri, 'Segoe UI', 'DejaVu Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";
/// Around the drawing of a file.
const MARGIN: f64 = 16.0;
/// The title's line, and a line of the key.
const TITLE: f64 = 28.0;
const KEY: f64 = 19.0;

/// A number with one decimal at most: short, and quicker than formatting for a few thousand of them.
fn push(text: &mut String, value: f64) {
    // Places on a screen.
    let tenths = (value * 10.0).round() as i64;
    if tenths < 0 {
        text.push('-');
    }
    let tenths = tenths.unsigned_abs();
    let mut digits = [0u8; 20];
    let (mut rest, mut at) = (tenths / 10, digits.len());
    loop {
        at -= 1;
        // A digit.
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
    if !tenths.is_multiple_of(10) {
        text.push('.');
        // A digit.
        text.push(char::from(b'0' + (tenths % 10) as u8));
    }
}

fn attribute(svg: &mut String, name: &str, value: f64) {
    svg.push(' ');
    svg.push_str(name);
    svg.push_str("='");
    push(svg, value);
    svg.push('\'');
}

fn painted(svg: &mut String, paint: &Paint, colours: Colours) {
    let fill = if paint.fill.is_empty() {
        "none".to_owned()
    } else {
        colours(paint.fill)
    };
    svg.push_str(&format!(" fill='{fill}'"));
    if !paint.stroke.is_empty() {
        svg.push_str(&format!(" stroke='{}'", colours(paint.stroke)));
        attribute(svg, "stroke-width", paint.width);
        if !paint.dash.is_empty() {
            svg.push_str(&format!(
                " stroke-dasharray='{}' stroke-linecap='butt'",
                paint.dash
            ));
        }
    }
    if paint.opacity < 1.0 {
        svg.push_str(&format!(" opacity='{}'", paint.opacity));
    }
}

fn write(svg: &mut String, part: &Part, colours: Colours) {
    match part {
        Part::Line {
            class,
            corners,
            closed,
            paint,
        } => {
            let tag = if *closed { "polygon" } else { "polyline" };
            svg.push_str(&format!("<{tag} class='{class}' points='"));
            for (at, (x, y)) in corners.iter().enumerate() {
                if at > 0 {
                    svg.push(' ');
                }
                push(svg, *x);
                svg.push(',');
                push(svg, *y);
            }
            svg.push('\'');
            painted(svg, paint, colours);
            svg.push_str(if *class == "line" {
                " stroke-linejoin='round'/>"
            } else {
                "/>"
            });
        }
        Part::Dot {
            class,
            at: (x, y),
            radius,
            square,
            paint,
        } => {
            svg.push_str(&format!(
                "<{} class='{class}'",
                if *square { "rect" } else { "circle" }
            ));
            let places = if *square {
                // Of the same area as the disc, nearly.
                let half = radius * 0.9;
                [
                    ("x", x - half),
                    ("y", y - half),
                    ("width", 2.0 * half),
                    ("height", 2.0 * half),
                ]
                .to_vec()
            } else {
                [("cx", *x), ("cy", *y), ("r", *radius)].to_vec()
            };
            for (name, value) in places {
                attribute(svg, name, value);
            }
            painted(svg, paint, colours);
            svg.push_str("/>");
        }
        Part::Words {
            class,
            at: (x, y),
            anchor,
            ink,
            bold,
            words,
        } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            svg.push_str(&format!(
                "<text class='{class}' text-anchor='{anchor}' fill='{}'",
                colours(ink)
            ));
            attribute(svg, "x", *x);
            attribute(svg, "y", *y);
            if *bold {
                svg.push_str(" font-weight='600'");
            }
            svg.push('>');
            svg.push_str(&escaped(words));
            svg.push_str("</text>");
        }
    }
}

/// Marks as SVG, without the element around them.
pub fn inside(parts: &[Part], colours: Colours) -> String {
    let mut svg = String::new();
    for part in parts {
        write(&mut svg, part, colours);
    }
    svg
}

/// The parts of a sample of a look, in a box of 28 by 12 at a place.
fn sampled(sample: Sample, look: Look, (x, y): Point) -> Part {
    match sample {
        Sample::Line => Part::Line {
            class: "sample",
            corners: vec![(x, y + 6.0), (x + 28.0, y + 6.0)],
            closed: false,
            paint: Paint::line(look),
        },
        Sample::Mark => Part::Dot {
            class: "sample",
            at: (x + 8.0, y + 6.0),
            radius: 5.0,
            square: look.shape == super::look::Shape::Square,
            paint: Paint::mark(look, look.ink),
        },
        Sample::Bar => Part::Line {
            class: "sample",
            corners: vec![
                (x + 1.0, y + 1.0),
                (x + 15.0, y + 1.0),
                (x + 15.0, y + 11.0),
                (x + 1.0, y + 11.0),
            ],
            closed: true,
            paint: Paint::bar(look),
        },
    }
}

/// A sample of a look for a key in the page, as markup.
pub fn sample(sample: Sample, look: Look) -> String {
    let wide = if sample == Sample::Line { 28 } else { 16 };
    format!(
        "<svg class='key' width='{wide}' height='12' aria-hidden='true'>{}</svg>",
        inside(&[sampled(sample, look, (0.0, 0.0))], &named)
    )
}

/// What stands below the drawing of a file: the key, and the names of marks that carry only a sign.
fn legend(figure: &Figure) -> Vec<(Sample, Look, String)> {
    let mut keys = figure.keys();
    for panel in &figure.panels {
        let Content::Plane(plane) = &panel.content else {
            continue;
        };
        for mark in plane.marks.iter().filter(|mark| !mark.sign.is_empty()) {
            let name = signed(&mark.sign, &mark.name);
            if !keys.iter().any(|known| known.2 == name) {
                keys.push((Sample::Mark, mark.look, name));
            }
        }
    }
    keys
}

/// The width that a figure has as a file.
pub fn wide_of(figure: &Figure) -> f64 {
    let room = if figure.panels.len() > 1 {
        880.0
    } else {
        640.0
    };
    layout::used(figure, room)
}

/// A figure as a file of its own, with its size: title, drawing and key on the page's paper.
pub fn file(figure: &Figure, about: &str, colours: Colours) -> (String, [f64; 2]) {
    let width = wide_of(figure);
    let drawing: Drawing = layout::draw(figure, width);
    let keys = legend(figure);
    // The key flows: as many entries to a line as have room.
    let (mut x, mut y) = (0.0, drawing.height + 10.0);
    let mut below: Vec<Part> = Vec::new();
    for (kind, look, name) in &keys {
        let name = super::drawing::fitting(name, width - 40.0);
        let need = 36.0 + wide(&name) + 18.0;
        if x > 0.0 && x + need > width {
            (x, y) = (0.0, y + KEY);
        }
        below.push(sampled(*kind, *look, (x, y)));
        below.push(Part::Words {
            class: "key",
            at: (
                x + if *kind == Sample::Line { 36.0 } else { 22.0 },
                y + 10.0,
            ),
            anchor: Anchor::Start,
            ink: "ink",
            bold: false,
            words: name,
        });
        x += need;
    }
    let foot = if keys.is_empty() {
        drawing.height
    } else {
        y + KEY
    };
    let size = [width + 2.0 * MARGIN, foot + TITLE + 2.0 * MARGIN].map(f64::ceil);
    let title = escaped(&figure.title);
    let heading = super::drawing::fitting(&figure.title, width * LETTERS / 15.0);
    let mut svg = format!(
        "<?xml version='1.0' encoding='UTF-8'?>\n<svg xmlns='http://www.w3.org/2000/svg' width='{0}' height='{1}' viewBox='0 0 {0} {1}' role='img' font-family=\"{FACES}\" font-size='{LETTERS}'>\n<title>{title}</title>\n<desc>{2}</desc>\n<rect width='{0}' height='{1}' fill='{3}'/>\n<text x='{MARGIN}' y='{4}' font-size='15' font-weight='600' fill='{5}'>{6}</text>\n<g transform='translate({MARGIN} {7})'>",
        size[0],
        size[1],
        escaped(about),
        colours("plate"),
        MARGIN + 13.0,
        colours("ink"),
        escaped(&heading),
        MARGIN + TITLE,
    );
    // A mark a line, so that files can be read and compared.
    for part in drawing.parts.iter().chain(&below) {
        svg.push('\n');
        write(&mut svg, part, colours);
    }
    svg.push_str("\n</g>\n</svg>\n");
    (svg, size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_right() {
        for (value, told) in [
            (0.0, "0"),
            (-0.04, "0"),
            (1.26, "1.3"),
            (-12.5, "-12.5"),
            (1999.96, "2000"),
        ] {
            let mut text = String::new();
            push(&mut text, value);
            assert_eq!(text, told);
        }
    }
}
