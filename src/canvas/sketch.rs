//! Turns a scene into marks, from the back to the front; a renderer only has to put them down.

use super::Moment;
use super::houses;
use super::layout::Shape;
use super::mark::{Form, Mark, SIGNS};
use super::palette::{Colour, Palette};
use super::peg::{self, Pose};
use super::scene::{Letter, Scene, Spotlight};
use super::sight::{Sight, backdrop};

/// Seconds a letter is on its way.
const FLIGHT: f64 = 0.9;
/// Seconds between two letters' departures.
const STAGGER: f64 = 0.18;
/// Where on its way a letter stays lying, 0 at the writer and 1 at the author.
const REST: f64 = 0.62;
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
    for (person, pose) in seen() {
        peg::figure(marks, palette, scene.colouring, person, &pose);
    }
    spotlight.is_some_and(|spotlight| letters(scene, palette, sight, spotlight, moment, marks))
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
    if let Some(spotlight) = &scene.spotlight {
        for letter in &spotlight.letters {
            put(spotlight.author, letter.from, palette.light, 1.5);
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

fn letters(
    scene: &Scene,
    palette: &Palette,
    sight: &Sight,
    spotlight: &Spotlight,
    moment: Moment,
    marks: &mut Vec<Mark>,
) -> bool {
    let Some(author) = scene.place(spotlight.author) else {
        return false;
    };
    let end = sight.spot(author);
    let mut moving = false;
    for (number, letter) in (0u32..).zip(&spotlight.letters) {
        let Some(writer) = scene.place(letter.from) else {
            continue;
        };
        let start = sight.spot(writer);
        let gone = (moment.seconds - f64::from(number) * STAGGER) / FLIGHT;
        let share = if moment.still {
            1.0
        } else {
            gone.clamp(0.0, 1.0)
        };
        moving |= share < 1.0;
        if share > 0.0 {
            let way = (start, bow(start, end, number), end);
            put_letter(
                palette,
                letter,
                way,
                REST * ease(share),
                sight.size(),
                marks,
            );
        }
    }
    moving
}

fn put_letter(
    palette: &Palette,
    letter: &Letter,
    way: Way,
    share: f64,
    size: f64,
    marks: &mut Vec<Mark>,
) {
    let colour = palette.rating(letter.rating);
    let width = (size * 0.03).clamp(1.25, 2.5);
    let mut from = way.0;
    for part in 1..=16 {
        let to = along(way, share * f64::from(part) / 16.0);
        marks.push(Mark::between(from, to, colour, width));
        from = to;
    }
    let half = (
        (size * 0.15).clamp(6.0, 11.0),
        (size * 0.12).clamp(5.0, 8.5),
    );
    marks.push(
        Mark::new(Form::Square, from, half)
            .filled(colour)
            .lined(palette.ink, 1.0),
    );
    let sign = letter.rating.map_or(0, usize::from) % SIGNS.len();
    marks.push(
        Mark::new(Form::Sign, from, (half.1, half.1))
            .filled(palette.on_rating(letter.rating))
            .with(sign as f64),
    );
}

/// The way of a letter: where it begins, how far its middle is bent aside, where it ends.
type Way = ((f64, f64), (f64, f64), (f64, f64));

/// How far the middle of a way is bent aside: upwards, or to the side where the way is steep, and
/// by another amount for each letter, so that no two lie on top of each other.
fn bow(start: (f64, f64), end: (f64, f64), number: u32) -> (f64, f64) {
    let (dx, dy) = (end.0 - start.0, end.1 - start.1);
    let bend = 0.14 + 0.07 * f64::from(number % 3);
    let (x, y) = (dy * bend, -dx * bend);
    let down = y > 0.0;
    let steep = dx.abs() < 0.35 * dy.abs();
    if steep {
        let side = if number.is_multiple_of(2) { 1.0 } else { -1.0 };
        (x.abs().max(14.0) * side, 0.0)
    } else if down {
        (-x, -y)
    } else {
        (x, y)
    }
}

/// A point on a way, 0 at its beginning and 1 at its end.
fn along((start, bow, end): Way, t: f64) -> (f64, f64) {
    let lift = 4.0 * t * (1.0 - t);
    (
        start.0 + (end.0 - start.0) * t + bow.0 * lift,
        start.1 + (end.1 - start.1) * t + bow.1 * lift,
    )
}

/// Slow at both ends.
fn ease(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::layout::Arrangement;
    use crate::canvas::scene::Person;
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

    #[test]
    fn letters_fly_and_then_lie_still() {
        let mut played = scene(Shape::Ring, 9, Vec::new());
        let letters = [(2, Some(6)), (3, None)].map(|(from, rating)| Letter { from, rating });
        played.spotlight = Some(Spotlight {
            author: 0,
            letters: letters.to_vec(),
        });
        let signs = |moment| {
            let (marks, moves) = drawn(&played, Camera::default(), moment);
            let signs = marks.iter().filter(|mark| mark.form == Form::Sign);
            (signs.map(|mark| mark.detail).collect::<Vec<_>>(), moves)
        };
        assert_eq!(signs(START), (vec![], true));
        let at = |seconds| Moment { seconds, ..START };
        assert_eq!(signs(at(0.1)), (vec![6.0], true));
        assert_eq!(signs(at(9.0)), (vec![6.0, 0.0], false));
        let still = Moment {
            still: true,
            ..START
        };
        assert_eq!(signs(still), (vec![6.0, 0.0], false));
    }
}
