//! Alignment against engagement: people or rounds, and the front that nobody surpasses.

use super::super::chart::figure::{Axis, Content, Figure, Mark, Plane, Unit};
use super::super::chart::look;
use super::super::chart::view::chart;
use super::super::live::{act, live, words};
use super::super::parts;
use super::super::state::{Chosen, Page};
use super::super::term::linked_line;
use super::super::text::Text;
use super::Known;
use crate::lab::figures::Standing;
use crate::lab::view::statistics::Point;
use crate::lab::view::{Label, RoundStatistics};
use leptos::prelude::*;

/// More marks than this hide each other; people side by side then share one.
const MOST_MARKS: usize = 160;
/// Members of the front that are named.
const MOST_NAMED: usize = 12;
/// Something in the square: somebody, several people side by side, or a round.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Spot {
    alignment: f32,
    engagement: f32,
    /// How they were raised; none for a round.
    label: Option<Label>,
    count: u32,
    /// Who or which round, where it is one.
    number: u16,
}

/// People as marks, at most `most` of them: where there are more people, those of one cell of a
/// lattice who were raised alike share a mark in the middle of its people.
fn marks(people: &[Standing], most: usize) -> Vec<Spot> {
    let single = |one: &Standing| Spot {
        alignment: one.alignment,
        engagement: one.engagement,
        label: Some(one.label),
        count: 1,
        number: one.agent,
    };
    if people.len() <= most {
        return people.iter().map(single).collect();
    }
    // Cells of an eighth of a point, then twice as wide until there are few enough.
    for cells in [8usize, 4, 2] {
        let found = shared(people, cells);
        if found.len() <= most {
            return found;
        }
    }
    shared(people, 1)
}

/// One mark for all people of a cell who were raised alike, with so many cells to a point.
fn shared(people: &[Standing], cells: usize) -> Vec<Spot> {
    // Scores lie between 1 and 7.
    let side = 6 * cells + 1;
    let cell = |value: f32| (((value - 1.0) * cells as f32) as usize).min(side - 1);
    let empty = Spot {
        alignment: 0.0,
        engagement: 0.0,
        label: None,
        count: 0,
        number: 0,
    };
    let mut lattice = vec![empty; 2 * side * side];
    for one in people {
        let place = (cell(one.alignment) * side + cell(one.engagement)) * 2;
        if let Some(mark) = lattice.get_mut(place + usize::from(one.label == Label::Bad)) {
            mark.alignment += one.alignment;
            mark.engagement += one.engagement;
            mark.label = Some(one.label);
            mark.number = one.agent;
            mark.count += 1;
        }
    }
    lattice.retain(|mark| mark.count > 0);
    for mark in &mut lattice {
        mark.alignment /= mark.count as f32;
        mark.engagement /= mark.count as f32;
    }
    lattice
}

/// Everything that is shown of people, or of rounds.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    count: u32,
    marks: Vec<Spot>,
    /// The marks are joined, in their order.
    is_way: bool,
    /// Who or which round, alignment and engagement, from the most engaging to the most aligned.
    front: Vec<(u16, f32, f32)>,
}

/// From the least aligned on. A front is short, and the machinery of sorting is long.
fn order(front: &mut [(u16, f32, f32)]) {
    for at in 1..front.len() {
        let mut place = at;
        while place > 0 && front[place].1 < front[place - 1].1 {
            front.swap(place, place - 1);
            place -= 1;
        }
    }
}

fn people_shown(people: &[Standing]) -> Shown {
    let on_front = people.iter().filter(|one| one.on_front);
    let mut front: Vec<(u16, f32, f32)> = on_front
        .map(|one| (one.agent, one.alignment, one.engagement))
        .collect();
    order(&mut front);
    Shown {
        count: people.len() as u32,
        marks: marks(people, MOST_MARKS),
        is_way: false,
        front,
    }
}

/// Means of second answers; rounds in which nothing was scored are left out.
fn rounds_shown(rounds: &[RoundStatistics]) -> Shown {
    let mut shown = Shown {
        is_way: true,
        ..Shown::default()
    };
    let point = |round: &RoundStatistics| Point {
        alignment: round.all.alignment_revision,
        engagement: round.all.engagement_revision,
        count: 1,
    };
    for round in rounds {
        let one = point(round);
        if one.alignment < 1.0 || one.engagement < 1.0 {
            continue;
        }
        shown.count += 1;
        shown.marks.push(Spot {
            alignment: one.alignment,
            engagement: one.engagement,
            label: None,
            count: 1,
            number: round.round,
        });
        // A thousand rounds at most.
        if !rounds.iter().any(|other| point(other).dominates(&one)) {
            shown
                .front
                .push((round.round, one.alignment, one.engagement));
        }
    }
    order(&mut shown.front);
    shown
}

/// The drawing: people, or the way of the rounds, in the square of all scores.
fn figure(text: &Text, shown: &Shown, name: impl Fn(&Spot) -> String, rounds: bool) -> Figure {
    let scene = &text.scene;
    let look = |label| match label {
        Some(Label::Good) => look::WELL,
        Some(Label::Bad) => look::BADLY,
        None => look::PLAIN,
    };
    let mark = |spot: &Spot| Mark {
        sign: String::new(),
        name: name(spot),
        look: look(spot.label),
        across: (f64::from(spot.alignment), None),
        up: (f64::from(spot.engagement), None),
        count: spot.count,
    };
    let front = shown.front.iter();
    let kinds = [
        (look::WELL, scene.raised_well),
        (look::BADLY, scene.raised_badly),
    ];
    let kinds = kinds.map(|(look, name)| (look, name.to_owned()));
    let plane = Plane {
        marks: shown.marks.iter().map(mark).collect(),
        front: front
            .map(|(_, alignment, engagement)| (f64::from(*alignment), f64::from(*engagement)))
            .collect(),
        lower: false,
        joined: shown.is_way,
        kinds: if rounds { Vec::new() } else { kinds.into() },
    };
    let axis = |name: &str| Axis::of(name, Unit::Score).within(1.0, 7.0);
    let axes = [axis(scene.alignment), axis(scene.engagement)];
    let [across, up] = axes;
    Figure::of("", 0.0, across, up, Content::Plane(plane))
}

pub fn scatter(page: Page, wanted: Memo<u16>, known: Known) -> AnyView {
    let text = page.text();
    let (stats, scene) = (&text.statistics, &text.scene);
    let of = RwSignal::new(0usize);
    let by_rounds = move || of.get() == 1;
    let shown = Memo::new(move |_| {
        if by_rounds() {
            let rounds = usize::from(wanted.get());
            page.view.with(|view| {
                let played = view.rounds.get(..rounds.min(view.rounds.len()));
                rounds_shown(played.unwrap_or_default())
            })
        } else {
            known.with(|known| {
                known
                    .as_ref()
                    .map(|known| people_shown(&known.people))
                    .unwrap_or_default()
            })
        }
    });
    let line = move || {
        let words = if by_rounds() {
            stats.rounds_line
        } else {
            stats.people_line
        };
        shown.with(|shown| words(shown.count, shown.front.len() as u32))
    };
    let drawn = Memo::new(move |_| {
        let rounds = by_rounds();
        let name = |spot: &Spot| match (rounds, spot.count) {
            (true, _) => (scene.round)(u32::from(spot.number) + 1),
            (false, 1) => (scene.person)(spot.number.into()),
            (false, count) => (stats.side_by_side)(count),
        };
        shown.with(|shown| Figure {
            title: line(),
            ..figure(text, shown, name, rounds)
        })
    });
    let named = move || {
        let rounds = by_rounds();
        shown.with(|shown| {
            let one = |(number, alignment, engagement): &(u16, f32, f32)| {
                let number = *number;
                let scores = format!(" {alignment:.2}, {engagement:.2}");
                let name = if rounds {
                    (scene.round)(u32::from(number) + 1).into_any()
                } else {
                    let look = move |_| page.chosen.set(Some(Chosen::Person(number)));
                    let name = (scene.person)(number.into());
                    view! { <button type="button" class="quiet" on:click=act(look)>{name}</button> }
                        .into_any()
                };
                view! { <li>{name}{scores}</li> }.into_any()
            };
            let mut named: Vec<AnyView> = shown.front.iter().take(MOST_NAMED).map(one).collect();
            let more = shown.front.len().saturating_sub(MOST_NAMED);
            if more > 0 {
                named.push((stats.front_more)(more as u32).into_any());
            }
            named.into_any()
        })
    };
    let options = [stats.people, stats.rounds].map(str::to_owned).into();
    let row = view! {
        <div class="scatter-row">
            {chart(page, "people", drawn)}
            <div>
                {parts::named_line("scatter-line", "", words(line))}
                {linked_line("aside", stats.scatter_hint)}
                {parts::line("aside", stats.front)}
                <ul class="front-list">{live(named)}</ul>
            </div>
        </div>
    };
    let inside = vec![
        parts::radios("scatter-of", stats.scatter, options, of, ().into_any()),
        row.into_any(),
    ];
    parts::section("statistic-scatter", stats.scatter, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(agent: u16, alignment: f32, engagement: f32) -> Standing {
        Standing {
            agent,
            label: if agent.is_multiple_of(2) {
                Label::Good
            } else {
                Label::Bad
            },
            alignment,
            engagement,
            on_front: false,
        }
    }

    #[test]
    fn a_crowd_shares_few_marks_and_nobody_is_lost() {
        // 1,024 people all over the square, on a lattice finer than any cell.
        let people: Vec<Standing> = (0..1024u16)
            .map(|n| {
                somebody(
                    n,
                    1.0 + f32::from(n % 32) * 6.0 / 31.0,
                    1.0 + f32::from(n / 32) * 6.0 / 31.0,
                )
            })
            .collect();
        let found = marks(&people, MOST_MARKS);
        assert!(found.len() <= MOST_MARKS, "{}", found.len());
        assert_eq!(found.iter().map(|mark| mark.count).sum::<u32>(), 1024);
        // A crowd in one spot keeps its place.
        let crowd: Vec<Standing> = (0..400).map(|n| somebody(n, 6.5, 3.25)).collect();
        let found = marks(&crowd, MOST_MARKS);
        assert_eq!(found.len(), 2);
        assert_eq!(
            (found[0].alignment, found[0].engagement, found[0].count),
            (6.5, 3.25, 200)
        );
        // Few people are themselves.
        assert_eq!(marks(&people[..MOST_MARKS], MOST_MARKS).len(), MOST_MARKS);
    }

    #[test]
    fn rounds_have_a_front_of_their_own() {
        let group = |alignment: f32, engagement: f32| crate::lab::view::GroupStatistics {
            interactions: 1,
            alignment_draft: 1.0,
            alignment_revision: alignment,
            engagement_draft: 1.0,
            engagement_revision: engagement,
            critiques: 0,
            unparsable: 0,
        };
        let rounds = [(2.0, 3.0), (5.0, 4.0), (0.0, 0.0), (4.0, 4.5), (4.5, 3.0)];
        let rounds: Vec<RoundStatistics> = (0..)
            .zip(rounds)
            .map(|(round, (alignment, engagement))| RoundStatistics {
                round,
                all: group(alignment, engagement),
                good: None,
                bad: None,
            })
            .collect();
        let shown = rounds_shown(&rounds);
        let front: Vec<u16> = shown.front.iter().map(|one| one.0).collect();
        assert_eq!((shown.count, front), (4, vec![3, 1]));
    }
}
