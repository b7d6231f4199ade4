//! Alignment against engagement: people or rounds, and the front that nobody surpasses.

use super::super::live::{act, live, value, words};
use super::super::parts;
use super::super::state::{Chosen, Page};
use super::super::term::linked_line;
use super::Known;
use crate::lab::figures::Standing;
use crate::lab::view::statistics::Point;
use crate::lab::view::{Label, RoundStatistics};
use leptos::prelude::*;

/// More marks than this hide each other; people side by side then share one.
const MOST_MARKS: usize = 160;
/// Members of the front that are named.
const MOST_NAMED: usize = 12;
/// Edges of the square from 1 to 7, in the drawing's own units.
const LEFT: f32 = 30.0;
const RIGHT: f32 = 312.0;
const TOP: f32 = 8.0;
const FOOT: f32 = 252.0;

/// Something in the square: somebody, several people side by side, or a round.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Mark {
    alignment: f32,
    engagement: f32,
    /// How they were raised; none for a round.
    label: Option<Label>,
    count: u32,
}

/// People as marks, at most `most` of them: where there are more people, those of one cell of a
/// lattice who were raised alike share a mark in the middle of its people.
fn marks(people: &[Standing], most: usize) -> Vec<Mark> {
    let single = |one: &Standing| Mark {
        alignment: one.alignment,
        engagement: one.engagement,
        label: Some(one.label),
        count: 1,
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
fn shared(people: &[Standing], cells: usize) -> Vec<Mark> {
    // Scores lie between 1 and 7.
    let side = 6 * cells + 1;
    let cell = |value: f32| (((value - 1.0) * cells as f32) as usize).min(side - 1);
    let empty = Mark {
        alignment: 0.0,
        engagement: 0.0,
        label: None,
        count: 0,
    };
    let mut lattice = vec![empty; 2 * side * side];
    for one in people {
        let place = (cell(one.alignment) * side + cell(one.engagement)) * 2;
        if let Some(mark) = lattice.get_mut(place + usize::from(one.label == Label::Bad)) {
            mark.alignment += one.alignment;
            mark.engagement += one.engagement;
            mark.label = Some(one.label);
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

fn across(alignment: f32) -> f32 {
    LEFT + (alignment - 1.0) / 6.0 * (RIGHT - LEFT)
}

fn up(engagement: f32) -> f32 {
    FOOT - (engagement - 1.0) / 6.0 * (FOOT - TOP)
}

/// The border of what the front surpasses: stairs from the left edge down to the lower one.
fn stairs(front: &[(u16, f32, f32)]) -> String {
    let mut path = String::new();
    for (_, alignment, engagement) in front {
        let begin = if path.is_empty() {
            format!("M{LEFT:.1} ")
        } else {
            "V".to_owned()
        };
        path.push_str(&format!(
            "{begin}{:.1}H{:.1}",
            up(*engagement),
            across(*alignment)
        ));
    }
    if !path.is_empty() {
        path.push_str(&format!("V{FOOT:.1}"));
    }
    path
}

/// The drawing as SVG; there are only numbers in it.
fn draw(shown: &Shown) -> String {
    let mut svg = String::new();
    for score in 1..=7u8 {
        let (x, y) = (across(score.into()), up(score.into()));
        svg.push_str(&format!(
            "<path class=grid d='M{x:.1} {TOP}V{FOOT}M{LEFT} {y:.1}H{RIGHT}'/><text x={x:.1} y=266 text-anchor=middle>{score}</text><text x=24 y={:.1} text-anchor=end>{score}</text>",
            y + 4.0
        ));
    }
    svg.push_str(&format!("<path class=front d='{}'/>", stairs(&shown.front)));
    if shown.is_way {
        let corner =
            |mark: &Mark| format!("{:.1},{:.1} ", across(mark.alignment), up(mark.engagement));
        let way: String = shown.marks.iter().map(corner).collect();
        svg.push_str(&format!("<polyline class=way points='{way}'/>"));
    }
    for mark in &shown.marks {
        let (x, y) = (across(mark.alignment), up(mark.engagement));
        let size = (2.4 + libm::sqrtf(mark.count as f32)).min(11.0);
        // Told apart by shape as well as by colour.
        svg.push_str(&if mark.label == Some(Label::Bad) {
            format!(
                "<rect class='mark badly' x={:.1} y={:.1} width={:.1} height={:.1} />",
                x - size,
                y - size,
                2.0 * size,
                2.0 * size
            )
        } else {
            let well = if mark.label.is_some() { " well" } else { "" };
            format!("<circle class='mark{well}' cx={x:.1} cy={y:.1} r={size:.1} />")
        });
    }
    for (_, alignment, engagement) in &shown.front {
        let (x, y) = (across(*alignment), up(*engagement));
        svg.push_str(&format!("<circle class=ring cx={x:.1} cy={y:.1} r=6.5 />"));
    }
    svg
}

/// Everything that is shown of people, or of rounds.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    count: u32,
    marks: Vec<Mark>,
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
        shown.marks.push(Mark {
            alignment: one.alignment,
            engagement: one.engagement,
            label: None,
            count: 1,
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
    let names = format!(
        "<text x=171 y=281 text-anchor=middle>{}</text><text transform='translate(10 130) rotate(-90)' text-anchor=middle>{}</text>",
        scene.alignment, scene.engagement
    );
    let drawing = value(move || format!("{}{names}", shown.with(draw)));
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
    let key = move || {
        if by_rounds() {
            return String::new();
        }
        format!(
            "<ul class=keys-line><li><svg width=12 height=12 aria-hidden=true><circle class='mark well' cx=6 cy=6 r=4 /></svg>{}<li><svg width=12 height=12 aria-hidden=true><rect class='mark badly' x=2 y=2 width=8 height=8 /></svg>{}</ul>",
            scene.raised_well, scene.raised_badly
        )
    };
    let options = [stats.people, stats.rounds].map(str::to_owned).into();
    let row = view! {
        <div class="scatter-row">
            <svg viewBox="0 0 320 284" role="img" aria-label=value(line) inner_html=drawing></svg>
            <div>
                {parts::named_line("scatter-line", "", words(line))}
                {linked_line("aside", stats.scatter_hint)}
                {parts::markup("", key)}
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
    fn the_front_is_drawn_as_stairs() {
        // The corners (1, 1) and (7, 7) of the square, and its middle.
        assert_eq!(
            stairs(&[(0, 4.0, 7.0), (1, 7.0, 4.0)]),
            "M30.0 8.0H171.0V130.0H312.0V252.0"
        );
        assert_eq!(stairs(&[]), "");
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
