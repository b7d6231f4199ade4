//! The village behind its people: a row of roofs and trees, the same for everybody.

use super::mark::{Form, Mark};
use super::palette::Palette;

/// What stands in the row: width and height of each thing, in parts of the strip's height.
const ROW: [(Thing, f64, f64); 11] = [
    (Thing::House, 0.95, 0.62),
    (Thing::Tree, 0.5, 0.7),
    (Thing::House, 0.75, 0.8),
    (Thing::House, 1.1, 0.55),
    (Thing::Tree, 0.62, 0.86),
    (Thing::Tree, 0.42, 0.55),
    (Thing::Tower, 0.55, 1.0),
    (Thing::House, 1.0, 0.68),
    (Thing::House, 0.7, 0.52),
    (Thing::Tree, 0.55, 0.76),
    (Thing::House, 0.85, 0.74),
];

#[derive(Clone, Copy)]
enum Thing {
    House,
    Tower,
    Tree,
}

/// Puts the row into a strip of that height at the top of a canvas of that width.
pub(super) fn put(marks: &mut Vec<Mark>, palette: &Palette, width: f64, strip: f64) {
    let (unit, ground) = (strip * 0.8, strip);
    let mut left = -unit * 0.3;
    for (thing, wide, high) in ROW.iter().cycle() {
        if left > width {
            break;
        }
        let (wide, high) = (wide * unit, high * unit);
        let middle = left + wide / 2.0;
        match thing {
            Thing::House => house(marks, palette, (middle, ground), wide, high),
            Thing::Tower => tower(marks, palette, (middle, ground), wide, high),
            Thing::Tree => tree(marks, palette, (middle, ground), wide, high),
        }
        left += wide + unit * 0.12;
    }
    marks.push(Mark::between(
        (0.0, ground),
        (width, ground),
        palette.rule,
        1.0,
    ));
}

fn walls(palette: &Palette, foot: (f64, f64), wide: f64, high: f64, eaves: f64) -> Mark {
    let middle = (foot.0, foot.1 - high / 2.0);
    Mark::new(Form::House, middle, (wide / 2.0, high / 2.0))
        .filled(palette.shade)
        .lined(palette.rule, 1.0)
        .with(eaves)
}

fn house(marks: &mut Vec<Mark>, palette: &Palette, foot: (f64, f64), wide: f64, high: f64) {
    marks.push(walls(palette, foot, wide, high, 0.55));
    let door = (wide * 0.08, high * 0.17);
    let window = (wide * 0.08, high * 0.08);
    let door_at = (foot.0 - wide * 0.22, foot.1 - door.1);
    let window_at = (foot.0 + wide * 0.18, foot.1 - high * 0.34);
    marks.push(Mark::new(Form::Square, door_at, door).filled(palette.paper));
    marks.push(Mark::new(Form::Square, window_at, window).filled(palette.paper));
}

fn tower(marks: &mut Vec<Mark>, palette: &Palette, foot: (f64, f64), wide: f64, high: f64) {
    marks.push(walls(palette, foot, wide * 0.7, high, 0.62));
    let clock = (wide * 0.12, wide * 0.12);
    marks
        .push(Mark::new(Form::Disc, (foot.0, foot.1 - high * 0.5), clock).lined(palette.rule, 1.0));
}

fn tree(marks: &mut Vec<Mark>, palette: &Palette, foot: (f64, f64), wide: f64, high: f64) {
    let crown = (foot.0, foot.1 - high * 0.4);
    marks.push(Mark::between(foot, crown, palette.rule, 1.0));
    let leaves = (wide / 2.0, high * 0.38);
    marks.push(
        Mark::new(Form::Disc, (foot.0, foot.1 - high * 0.62), leaves)
            .filled(palette.shade)
            .lined(palette.rule, 1.0),
    );
}
