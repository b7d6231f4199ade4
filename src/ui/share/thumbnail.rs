//! A small picture of a society: the people who live there, where they stand on the stage.
//!
//! Places come from the canvas room, as on the stage, and so do the shapes of roles; colours are the
//! style sheet's, so a picture follows the theme by itself.

use crate::canvas::mark::Form;
use crate::canvas::{Arrangement, Role, Shape};
use crate::lab::inhabitants::Inhabitants;
use crate::lab::view::Label;
use crate::lab::{Preset, view};

/// Length of each side.
const SIDE: f64 = 100.0;
/// Empty room around the people.
const EDGE: f64 = 4.0;

/// What somebody looks like: their colour's class, and their shape.
fn look(label: Label, role: view::Role) -> (&'static str, Form) {
    match Role::of(role, false) {
        Role::Troll => ("troll", Role::Troll.form()),
        Role::FactChecker => ("checker", Role::FactChecker.form()),
        _ if label == Label::Bad => ("badly", Form::Diamond),
        _ => ("well", Form::Disc),
    }
}

/// A shape around a point, as a path.
fn path(form: Form, (x, y): (f64, f64), half: f64) -> String {
    // Written to a tenth: an arc as wide as twice its radius, and not a little less, is half a circle.
    let half = (half * 10.0).round() / 10.0;
    let corners: &[(f64, f64)] = match form {
        Form::Diamond => &[(0.0, -1.15), (1.15, 0.0), (0.0, 1.15), (-1.15, 0.0)],
        Form::Triangle => &[(0.0, -1.2), (1.15, 0.9), (-1.15, 0.9)],
        Form::Square => &[(-0.95, -0.95), (0.95, -0.95), (0.95, 0.95), (-0.95, 0.95)],
        _ => {
            return format!(
                "M{:.1} {y:.1}a{half:.1} {half:.1} 0 1 0 {:.1} 0a{half:.1} {half:.1} 0 1 0 -{:.1} 0z",
                x - half,
                2.0 * half,
                2.0 * half
            );
        }
    };
    let corner =
        |(across, down): &(f64, f64)| format!("{:.1} {:.1}", x + across * half, y + down * half);
    let corners: Vec<String> = corners.iter().map(corner).collect();
    format!("M{}z", corners.join("L"))
}

/// Links that are drawn: on a square only those between people side by side, of many more.
fn links(arrangement: &Arrangement) -> Vec<(u16, u16)> {
    let (Shape::Grid, Some(side)) = (arrangement.shape, arrangement.side) else {
        return arrangement.links.clone();
    };
    let count = arrangement.places.len() as u16;
    let beside = |one: u16| {
        let right = (one % side + 1 < side).then_some((one, one + 1));
        let below = (one + side < count).then_some((one, one + side));
        right.into_iter().chain(below)
    };
    (0..count).flat_map(beside).collect()
}

/// The picture of a preset's society, as markup.
pub fn picture(preset: Preset) -> String {
    let society = preset.config().society;
    let Inhabitants {
        people,
        links: pairs,
    } = Inhabitants::of(preset);
    let arrangement = Arrangement::new(Shape::of(&society.network), society.agents(), pairs);
    let room = SIDE - 2.0 * EDGE;
    let at = |id: u16| {
        let place = arrangement.places.get(usize::from(id)).copied();
        let (across, down) = place.unwrap_or((0.5, 0.5));
        (EDGE + across * room, EDGE + down * room)
    };
    let half = (arrangement.spacing * room * 0.33).clamp(1.6, 7.0);
    let line = |(one, other): (u16, u16)| {
        let (from, to) = (at(one), at(other));
        format!("M{:.1} {:.1}L{:.1} {:.1}", from.0, from.1, to.0, to.1)
    };
    let lines: String = links(&arrangement).into_iter().map(line).collect();
    // Who hears nobody stands in a circle of their own.
    let alone = society.network == crate::lab::config::Network::Alone;
    let circles: String = (0..society.agents())
        .filter(|_| alone)
        .map(|id| path(Form::Disc, at(id), half * 1.4))
        .collect();
    let mut shapes: [(&str, String); 4] =
        ["well", "badly", "troll", "checker"].map(|class| (class, String::new()));
    for (id, (label, role)) in (0u16..).zip(people) {
        let (class, form) = look(label, role);
        if let Some((_, drawn)) = shapes.iter_mut().find(|(known, _)| *known == class) {
            drawn.push_str(&path(form, at(id), half));
        }
    }
    let shapes = shapes.iter().filter(|(_, drawn)| !drawn.is_empty());
    let shapes: String = shapes
        .map(|(class, drawn)| format!("<path class='{class}' d='{drawn}'/>"))
        .collect();
    format!(
        "<svg viewBox='0 0 {SIDE} {SIDE}' aria-hidden='true' focusable='false'><path class='links' d='{lines}'/><path class='links' d='{circles}'/>{shapes}</svg>"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_in_the_picture_in_their_own_shape() {
        let of = |preset, class: &str| {
            let markup = picture(preset);
            let begin = format!("<path class='{class}' d='");
            let drawn = markup
                .split(&begin)
                .nth(1)
                .map(|rest| rest.split('\'').next());
            drawn
                .flatten()
                .map_or(0, |drawn| drawn.matches('M').count())
        };
        for preset in Preset::ALL {
            let all = ["well", "badly", "troll", "checker"].map(|class| of(preset, class));
            let count = usize::from(preset.config().society.agents());
            assert_eq!(all.iter().sum::<usize>(), count, "{}", preset.name());
        }
        assert_eq!(of(Preset::Village, "badly"), 18);
        assert_eq!(
            (
                of(Preset::GoodNeighbors, "badly"),
                of(Preset::BadCompany, "well")
            ),
            (0, 0)
        );
        assert_eq!(
            (
                of(Preset::FactChecker, "troll"),
                of(Preset::FactChecker, "checker")
            ),
            (8, 1)
        );
        assert_eq!(of(Preset::TrollsNearby, "troll"), 4);
    }

    #[test]
    fn nobody_stands_outside_and_nobody_hides_another() {
        for preset in Preset::ALL {
            let markup = picture(preset);
            let numbers = markup.split(|sign: char| !sign.is_ascii_digit() && sign != '.');
            let numbers = numbers.filter_map(|number| number.parse::<f64>().ok());
            assert!(
                numbers.clone().all(|number| number <= SIDE),
                "{}",
                preset.name()
            );
            assert!(!markup.contains("NaN"));
        }
    }
}
