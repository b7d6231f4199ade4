//! What travels to and from whoever is in the spotlight: the question, the answer as it goes round,
//! the neighbours' letters, and the verdict. Where each is hangs on the moment and on nothing else.

use super::Moment;
use super::mark::{Form, Mark, SIGNS};
use super::palette::{Colour, Palette};
use super::peg::SMALLEST_FIGURE;
use super::scene::{Cue, Letter, Scene, Spotlight};
use super::sight::Sight;

/// Where on its way a letter stays lying, 0 at the writer and 1 at the author.
const REST: f64 = 0.62;
/// Parts of a bent line.
const PARTS: u8 = 16;

type Point = (f64, f64);

/// Puts everything that travels; true while some of it is still on its way.
pub(super) fn put(
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
    let author = sight.spot(author);
    let size = sight.size();
    // How much of something that takes so many seconds is over.
    let over = |seconds: f64| {
        if moment.still {
            1.0
        } else {
            (moment.seconds / seconds).clamp(0.0, 1.0)
        }
    };
    let mut moving = false;
    match spotlight.cue {
        Cue::Asked(seconds) => {
            let share = over(seconds);
            moving |= share < 1.0;
            question(palette, size, author, ease(share), marks);
        }
        Cue::Speaks(seconds) => {
            let share = over(seconds);
            moving |= share < 1.0;
            for listener in &spotlight.listeners {
                if let Some(place) = scene.place(*listener) {
                    word(palette, size, (author, sight.spot(place)), share, marks);
                }
            }
        }
        Cue::Letters | Cue::Hears(_) | Cue::Answers | Cue::Judged(..) => {}
    }
    for (number, letter) in (0u32..).zip(&spotlight.letters) {
        let Some(writer) = scene.place(letter.from) else {
            continue;
        };
        let start = sight.spot(writer);
        let share = if moment.still {
            1.0
        } else {
            letter.share(moment.seconds)
        };
        moving |= share < 1.0;
        if share > 0.0 {
            let way = (start, bow(start, author, number), author);
            let fresh = spotlight.cue == Cue::Hears(letter.from);
            put_letter(
                palette,
                letter,
                way,
                REST * ease(share),
                (size, fresh),
                marks,
            );
        }
    }
    if let Cue::Judged(scores, seconds) = spotlight.cue {
        let share = over(seconds);
        moving |= share < 1.0;
        verdict(palette, sight, author, scores, ease(share), marks);
    }
    moving
}

/// Half the width and half the height of a letter.
fn sheet(size: f64) -> Point {
    (
        (size * 0.15).clamp(6.0, 11.0),
        (size * 0.12).clamp(5.0, 8.5),
    )
}

/// Where something over somebody's head is.
fn overhead((x, y): Point, size: f64) -> Point {
    let up = if size < SMALLEST_FIGURE { 0.9 } else { 0.56 };
    (x, y - (size * up).max(12.0))
}

/// A square with a sign in it.
fn signed(at: Point, half: Point, colours: [Colour; 3], sign: usize, marks: &mut Vec<Mark>) {
    let [fill, ink, line] = colours;
    marks.push(
        Mark::new(Form::Square, at, half)
            .filled(fill)
            .lined(line, 1.0),
    );
    marks.push(
        Mark::new(Form::Sign, at, (half.1, half.1))
            .filled(ink)
            .with((sign % SIGNS.len()) as f64),
    );
}

/// The question, which comes down in the beam.
fn question(palette: &Palette, size: f64, author: Point, share: f64, marks: &mut Vec<Mark>) {
    let (x, y) = overhead(author, size);
    let half = sheet(size);
    let at = (x, -half.1 + (y + half.1) * share);
    signed(
        at,
        half,
        [palette.paper, palette.ink, palette.ink],
        0,
        marks,
    );
}

/// What the author says, on its way to a listener: the line it leaves behind, and its front.
fn word(
    palette: &Palette,
    size: f64,
    (from, to): (Point, Point),
    share: f64,
    marks: &mut Vec<Mark>,
) {
    let down = if size < SMALLEST_FIGURE {
        0.0
    } else {
        size * 0.3
    };
    let at = |share: f64| {
        (
            from.0 + (to.0 - from.0) * share,
            from.1 + (to.1 - from.1) * share + down,
        )
    };
    let front = at(ease(share));
    marks.push(Mark::between(at(0.0), front, palette.light, 1.5));
    if share < 1.0 {
        let radius = (size * 0.06).clamp(2.5, 4.5);
        marks.push(
            Mark::new(Form::Disc, front, (radius, radius))
                .filled(palette.light)
                .lined(palette.ink, 1.0),
        );
    }
}

fn put_letter(
    palette: &Palette,
    letter: &Letter,
    way: Way,
    share: f64,
    (size, fresh): (f64, bool),
    marks: &mut Vec<Mark>,
) {
    let width = (size * 0.03).clamp(1.25, 2.5);
    let mut from = way.0;
    for part in 1..=PARTS {
        let to = along(way, share * f64::from(part) / f64::from(PARTS));
        marks.push(Mark::between(from, to, palette.strong, width));
        from = to;
    }
    let (wide, high) = sheet(size);
    // The one that is being read lies above the others, as if held up.
    let times = if fresh { 1.25 } else { 1.0 };
    let half = (wide * times, high * times);
    // What a neighbour thinks is ink on paper; colours are for what the observers find.
    let colours = [palette.paper, palette.ink, palette.ink];
    signed(
        from,
        half,
        colours,
        letter.rating.map_or(0, usize::from),
        marks,
    );
}

/// The observers' scores of first and second answer, which come down together.
fn verdict(
    palette: &Palette,
    sight: &Sight,
    author: Point,
    scores: [Option<u8>; 2],
    share: f64,
    marks: &mut Vec<Mark>,
) {
    let size = sight.size();
    let (wide, high) = sheet(size);
    let half = (wide * 1.15, high * 1.15);
    let (x, y) = overhead(author, size);
    let apart = half.0 + (size * 0.09).clamp(4.0, 8.0);
    // Nothing of it may lie beyond the edges.
    let room = apart + half.0 + 2.0;
    let x = x.clamp(room, (sight.width - room).max(room));
    let y = y.max(half.1 + 2.0);
    let y = -half.1 + (y + half.1) * share;
    marks.push(
        Mark::new(Form::Square, (x, y), (room + 1.0, half.1 + 3.0))
            .filled(palette.paper)
            .lined(palette.ink, 1.0),
    );
    marks.push(Mark::between(
        (x - apart, y),
        (x + apart, y),
        palette.ink,
        1.5,
    ));
    for (score, side) in scores.into_iter().zip([-1.0, 1.0]) {
        let colours = [palette.score(score), palette.on_score(score), palette.ink];
        let at = (x + side * apart, y);
        signed(at, half, colours, score.map_or(0, usize::from), marks);
    }
}

/// The way of a letter: where it begins, how far its middle is bent aside, where it ends.
type Way = (Point, Point, Point);

/// How far the middle of a way is bent aside: upwards, or to the side where the way is steep, and
/// by another amount for each letter, so that no two lie on top of each other.
fn bow(start: Point, end: Point, number: u32) -> Point {
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
fn along((start, bow, end): Way, t: f64) -> Point {
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
    use crate::canvas::layout::{Arrangement, Shape};
    use crate::canvas::scene::Person;
    use crate::canvas::sight::Camera;
    use std::sync::Arc;

    fn drawn(spotlight: Spotlight, moment: Moment) -> (Vec<Mark>, bool, Sight) {
        let scene = Scene {
            arrangement: Arc::new(Arrangement::new(Shape::Ring, 9, Vec::new())),
            people: (0..9).map(Person::stranger).collect(),
            ..Scene::default()
        };
        let sight = Sight::of(640.0, 400.0, &scene.arrangement, Camera::default());
        let mut marks = Vec::new();
        let palette = Palette::default();
        let moves = put(&scene, &palette, &sight, &spotlight, moment, &mut marks);
        (marks, moves, sight)
    }

    const START: Moment = Moment {
        seconds: 0.0,
        still: false,
    };
    const STILL: Moment = Moment {
        still: true,
        ..START
    };

    fn at(seconds: f64) -> Moment {
        Moment { seconds, ..START }
    }

    /// Signs with the places where they are.
    fn signs(marks: &[Mark]) -> Vec<(f64, Point)> {
        let signs = marks.iter().filter(|mark| mark.form == Form::Sign);
        signs.map(|mark| (mark.detail, mark.centre)).collect()
    }

    fn letters() -> Spotlight {
        let letter = |from, rating, departs| Letter {
            from,
            rating,
            departs,
            flight: 0.9,
        };
        Spotlight {
            author: 0,
            letters: vec![letter(2, Some(6), 0.0), letter(3, None, 0.18)],
            ..Spotlight::default()
        }
    }

    #[test]
    fn letters_fly_and_then_lie_still() {
        let seen = |moment| {
            let (marks, moves, _) = drawn(letters(), moment);
            let signs: Vec<f64> = signs(&marks).into_iter().map(|(sign, _)| sign).collect();
            (signs, moves)
        };
        assert_eq!(seen(START), (vec![], true));
        assert_eq!(seen(at(0.1)), (vec![6.0], true));
        assert_eq!(seen(at(9.0)), (vec![6.0, 0.0], false));
        assert_eq!(seen(STILL), (vec![6.0, 0.0], false));
        let lying = Letter::arrived(3, Some(2));
        assert_eq!((lying.share(0.0), lying.share(9.0)), (1.0, 1.0));
    }

    #[test]
    fn a_letter_comes_nearer_to_the_author_all_the_time() {
        let far = |seconds| {
            let (marks, _, sight) = drawn(letters(), at(seconds));
            let laid = Arrangement::new(Shape::Ring, 9, Vec::new());
            let author = sight.spot(laid.places[0]);
            let (_, (x, y)) = signs(&marks)[0];
            (x - author.0).hypot(y - author.1)
        };
        let distances: Vec<f64> = (1..=9).map(|tenth| far(f64::from(tenth) / 10.0)).collect();
        assert!(
            distances.windows(2).all(|pair| pair[1] < pair[0] - 0.5),
            "{distances:?}"
        );
        assert_eq!(far(0.9), far(5.0), "and then it lies where it came to");
    }

    #[test]
    fn question_and_verdict_come_down_and_stay() {
        for (cue, count) in [
            (Cue::Asked(0.8), 1),
            (Cue::Judged([Some(2), Some(7)], 0.8), 2),
        ] {
            let seen = |moment| {
                let spotlight = Spotlight {
                    author: 4,
                    cue,
                    ..Spotlight::default()
                };
                let (marks, moves, _) = drawn(spotlight, moment);
                let signs = signs(&marks);
                assert_eq!(signs.len(), count);
                (signs[0].1.1, moves)
            };
            let heights = [0.0, 0.2, 0.4, 0.6, 0.8].map(|seconds| seen(at(seconds)));
            assert!(heights.windows(2).all(|pair| pair[1].0 > pair[0].0));
            assert!(heights[0].0 < 0.0, "from above");
            assert_eq!(
                heights.map(|(_, moves)| moves),
                [true, true, true, true, false]
            );
            assert_eq!(seen(STILL), heights[4]);
        }
    }

    #[test]
    fn an_answer_goes_round_to_everybody_who_hears_it() {
        let spotlight = Spotlight {
            author: 1,
            listeners: vec![0, 5, 8],
            cue: Cue::Speaks(1.0),
            ..Spotlight::default()
        };
        let lengths = |seconds| -> Vec<f64> {
            let (marks, _, _) = drawn(spotlight.clone(), at(seconds));
            let lines = marks.iter().filter(|mark| mark.form == Form::Line);
            lines.map(|line| line.half.0.hypot(line.half.1)).collect()
        };
        let [first, half, whole] = [0.0, 0.5, 1.0].map(lengths);
        assert_eq!(first, [0.0; 3]);
        for (half, whole) in half.iter().zip(&whole) {
            assert!((half * 2.0 - whole).abs() < 1e-9 && *whole > 10.0);
        }
    }
}
