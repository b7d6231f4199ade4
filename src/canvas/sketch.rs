//! Turns a scene into marks, from the back to the front; a renderer only has to put them down.

use super::Moment;
use super::houses;
use super::layout::Shape;
use super::letters;
use super::mark::{Form, Mark};
use super::palette::{Colour, Palette};
use super::peg::{self, Pose};
use super::scene::{Cue, Person, Scene};
use super::sight::{Sight, backdrop};

/// How many links are drawn at most.
const MOST_LINKS: usize = 4096;

/// Everything in sight as marks; true while something still moves.
pub fn sketch(
    scene: &Scene,
    palette: &Palette,
    sight: &Sight,
    moment: Moment,
    marks: &mut Vec<Mark>,
) -> bool {
    marks.clear();
    scenery(scene, palette, sight, marks);
    links(scene, palette, sight, marks);
    let spotlight = scene.spotlight.as_ref();
    let author = spotlight.and_then(|spotlight| scene.place(spotlight.author));
    if let Some(author) = author {
        beam(palette, sight, sight.spot(author), marks);
    }
    let size = sight.size();
    let pose = |id: u16| {
        let at = sight.spot(scene.place(id)?);
        sight.shows(at, size).then_some(Pose {
            at,
            size,
            chosen: scene.chosen == Some(id) || scene.hovered == Some(id),
        })
    };
    let order = &scene.arrangement.order;
    let seen = || {
        order
            .iter()
            .filter_map(|id| Some((scene.person(*id)?, pose(*id)?)))
    };
    for (person, pose) in seen() {
        peg::ring(marks, palette, person, &pose);
    }
    let speaks = spotlight.filter(|lit| matches!(lit.cue, Cue::Speaks(_) | Cue::Answers));
    let speaker = speaks.map(|lit| lit.author);
    for (person, pose) in seen() {
        let person = Person {
            speaking: person.speaking || speaker == Some(person.id),
            ..*person
        };
        peg::figure(marks, palette, scene.colouring, &person, &pose);
    }
    spotlight.is_some_and(|spotlight| letters::put(scene, palette, sight, spotlight, moment, marks))
}

/// The houses, and the corners of the grid's cells.
fn scenery(scene: &Scene, palette: &Palette, sight: &Sight, marks: &mut Vec<Mark>) {
    let strip = backdrop(sight.height);
    if strip > 0.0 {
        houses::put(marks, palette, sight.width, strip);
        let zoom = sight.camera.zoom;
        for mark in marks.iter_mut() {
            mark.centre = sight.enlarged(mark.centre);
            mark.half = (mark.half.0 * zoom, mark.half.1 * zoom);
        }
    }
    let (Some(side), true) = (scene.arrangement.side, sight.size() > 14.0) else {
        return;
    };
    let radius = (sight.size() * 0.02).clamp(0.6, 1.4);
    let corner = |number: u16| f64::from(number) / f64::from(side);
    for row in 0..=side {
        for column in 0..=side {
            let at = sight.spot((corner(column), corner(row)));
            if sight.shows(at, radius) {
                marks.push(Mark::new(Form::Disc, at, (radius, radius)).filled(palette.rule));
            }
        }
    }
}

/// Who is linked with whom: everybody faintly where that can be told apart, else those of whoever
/// is looked at.
fn links(scene: &Scene, palette: &Palette, sight: &Sight, marks: &mut Vec<Mark>) {
    let laid = &scene.arrangement;
    // On its grid a society shows by its places who is near; links would only cross each other out.
    let all = !laid.is_dense() && laid.shape != Shape::Grid;
    let mut put = |one: u16, two: u16, colour: Colour, width: f64| {
        if let (Some(one), Some(two)) = (scene.place(one), scene.place(two)) {
            let feet = |place| {
                let (x, y) = sight.spot(place);
                let down = if sight.size() < peg::SMALLEST_FIGURE {
                    0.0
                } else {
                    0.3
                };
                (x, y + sight.size() * down)
            };
            marks.push(Mark::between(feet(one), feet(two), colour, width));
        }
    };
    if all {
        for (one, two) in laid.links.iter().take(MOST_LINKS) {
            put(*one, *two, palette.rule, 1.0);
        }
    }
    let looked_at = [
        scene.chosen,
        scene.hovered.filter(|id| scene.chosen != Some(*id)),
    ];
    for id in looked_at.into_iter().flatten() {
        for other in laid.neighbours(id).iter().take(MOST_LINKS) {
            put(id, *other, palette.strong, 1.0);
        }
    }
    // Lines to those who have heard it; while it goes round, the word itself draws them.
    if let Some(spotlight) = &scene.spotlight {
        let goes_round = matches!(spotlight.cue, Cue::Asked(_) | Cue::Speaks(_));
        for listener in spotlight.listeners.iter().filter(|_| !goes_round) {
            let has_the_word = spotlight.cue == Cue::Hears(*listener);
            let width = if has_the_word { 3.0 } else { 1.5 };
            put(spotlight.author, *listener, palette.light, width);
        }
    }
}

/// A beam from above and the pool it makes on the ground.
fn beam(palette: &Palette, sight: &Sight, (x, y): (f64, f64), marks: &mut Vec<Mark>) {
    let size = sight.size();
    let lean = if x < sight.width / 2.0 { -1.0 } else { 1.0 };
    let pool = ((size * 0.46).max(8.0), (size * 0.2).max(4.0));
    let ground = y + size * 0.3;
    if ground > 0.0 {
        marks.push(
            Mark::new(Form::Beam, (x, ground), (pool.0, ground))
                .filled(palette.beam)
                .with(lean * (size * 0.6).max(12.0)),
        );
    }
    marks.push(
        Mark::new(Form::Disc, (x, ground), pool)
            .filled(palette.beam)
            .lined(palette.light, 1.5),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::layout::Arrangement;
    use crate::canvas::sight::Camera;
    use crate::lab::view::Label;
    use std::sync::Arc;

    fn scene(shape: Shape, count: u16, links: Vec<(u16, u16)>) -> Scene {
        let person = |id| Person {
            label: Some(Label::Bad),
            alignment: Some(3),
            ..Person::stranger(id)
        };
        Scene {
            arrangement: Arc::new(Arrangement::new(shape, count, links)),
            people: (0..count).map(person).collect(),
            ..Scene::default()
        }
    }

    fn drawn(scene: &Scene, camera: Camera, moment: Moment) -> (Vec<Mark>, bool) {
        let sight = Sight::of(640.0, 400.0, &scene.arrangement, camera);
        let mut marks = Vec::new();
        let moves = sketch(scene, &Palette::default(), &sight, moment, &mut marks);
        (marks, moves)
    }

    const START: Moment = Moment {
        seconds: 0.0,
        still: false,
    };

    #[test]
    fn a_crowd_is_marks_and_a_close_look_shows_figures() {
        let crowd = scene(Shape::Grid, 1024, Vec::new());
        let count = |camera, form| {
            let (marks, _) = drawn(&crowd, camera, START);
            marks.iter().filter(|mark| mark.form == form).count()
        };
        assert_eq!(count(Camera::default(), Form::Diamond), 1024);
        assert_eq!(count(Camera::default(), Form::Body), 0);
        let close = Camera::default().zoomed(6.0, (320.0, 200.0));
        assert_eq!(count(close, Form::Diamond), 0);
        let bodies = count(close, Form::Body);
        assert!(
            (20..120).contains(&bodies),
            "{bodies} of 1,024 are in sight"
        );
    }

    #[test]
    fn sparse_links_are_all_drawn_and_dense_ones_of_whoever_is_looked_at() {
        let ring = |count| (0..count).map(move |id| (id, (id + 1) % count)).collect();
        let lines = |scene: &Scene| {
            let (marks, _) = drawn(scene, Camera::default(), START);
            marks.iter().filter(|mark| mark.form == Form::Line).count()
        };
        let none = lines(&scene(Shape::Ring, 30, Vec::new()));
        assert_eq!(lines(&scene(Shape::Ring, 30, ring(30))) - none, 30);
        let pairs = (0..30).flat_map(|one| (0..one).map(move |two| (two, one)));
        let mut complete = scene(Shape::Complete, 30, pairs.collect());
        assert_eq!(lines(&complete), none);
        complete.hovered = Some(7);
        assert_eq!(lines(&complete) - none, 29);
    }
}
