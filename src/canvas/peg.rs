//! One villager: a wooden peg with a head, on the ring that says how it was raised, with a hat where
//! it has a role; a mark where there is no room for a figure.

use super::colouring::{Colouring, Role};
use super::mark::{Form, Mark};
use super::palette::Palette;
use super::scene::Person;
use crate::lab::view::Label;

/// Below this size there is no room for a figure, only for a mark.
pub const SMALLEST_FIGURE: f64 = 20.0;

/// How a villager is seen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pose {
    /// Middle of the figure.
    pub at: (f64, f64),
    /// Size of the figure.
    pub size: f64,
    /// Chosen by the visitor, or under the pointer.
    pub chosen: bool,
}

/// Puts the ring on the ground; pegs stand on it, so all rings come first.
pub(super) fn ring(marks: &mut Vec<Mark>, palette: &Palette, person: &Person, pose: &Pose) {
    let (Some(label), true) = (person.label, pose.size >= SMALLEST_FIGURE) else {
        return;
    };
    let dash = match label {
        Label::Bad => (pose.size * 0.07).max(2.0),
        Label::Good => 0.0,
    };
    let middle = (pose.at.0, pose.at.1 + pose.size * 0.31);
    marks.push(
        Mark::new(Form::Disc, middle, (pose.size * 0.3, pose.size * 0.11))
            .lined(palette.ink, (pose.size * 0.022).clamp(1.0, 2.0))
            .with(dash),
    );
}

/// Puts the villager.
pub(super) fn figure(
    marks: &mut Vec<Mark>,
    palette: &Palette,
    colouring: Colouring,
    person: &Person,
    pose: &Pose,
) {
    let fill = palette.person(colouring, person);
    let thin = (pose.size * 0.025).clamp(0.75, 2.0);
    let width = if pose.chosen { thin * 2.2 } else { thin };
    let put = |form: Form, at: (f64, f64), half: (f64, f64)| {
        Mark::new(form, at, half)
            .filled(fill)
            .lined(palette.ink, width)
    };
    let ((x, y), s) = (pose.at, pose.size);
    if s < SMALLEST_FIGURE {
        let form = colouring.form(person);
        let radius = s * 0.36;
        let radius = if form == Form::Square {
            radius * 0.9
        } else {
            radius
        };
        let radius = match form {
            Form::Disc | Form::Square => radius,
            _ => radius * 1.15,
        };
        marks.push(put(form, (x, y), (radius, radius)));
        return;
    }
    marks.push(put(Form::Body, (x, y + s * 0.1), (s * 0.2, s * 0.2)));
    marks.push(put(Form::Disc, (x, y - s * 0.2), (s * 0.135, s * 0.135)));
    let hat = match person.role {
        Role::Ordinary => None,
        Role::FactChecker => Some((0.33, (0.13, 0.045))),
        Role::Troll => Some((0.38, (0.11, 0.11))),
        Role::Visitor => Some((0.37, (0.09, 0.09))),
        Role::Stubborn => Some((0.37, (0.1, 0.1))),
    };
    if let Some((up, (wide, high))) = hat {
        let half = (s * wide, s * high);
        marks.push(put(person.role.form(), (x, y - s * up), half));
    }
    if person.speaking {
        speech(marks, palette, pose);
    }
}

/// Three short strokes beside the mouth.
fn speech(marks: &mut Vec<Mark>, palette: &Palette, pose: &Pose) {
    let width = (pose.size * 0.03).clamp(1.0, 2.0);
    let (x, y) = (pose.at.0, pose.at.1 - pose.size * 0.2);
    let (near, far) = (pose.size * 0.19, pose.size * 0.26);
    // Cosine and sine of 40 degrees up, straight on, 40 degrees down.
    for (along, down) in [(0.766, -0.643), (1.0, 0.0), (0.766, 0.643)] {
        let from = (x + near * along, y + near * down);
        let to = (x + far * along, y + far * down);
        marks.push(Mark::between(from, to, palette.ink, width));
    }
}
