//! Alignment against engagement: people or rounds, and the front that nobody surpasses.

use super::super::live::{act, flag, live, words};
use super::super::state::{Chosen, Page};
use super::Known;
use crate::lab::figures::Standing;
use crate::lab::view::statistics::{Point, front};
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
    let mut found: Vec<Mark> = Vec::new();
    // Cells of an eighth of a point, then twice as wide until there are few enough.
    for cells in [8.0f32, 4.0, 2.0, 1.0] {
        found.clear();
        // Scores lie between 1 and 7: a cell's number is at most 57.
        let cell = |value: f32| (value * cells) as u32;
        let mut order: Vec<&Standing> = people.iter().collect();
        let key = |one: &Standing| (cell(one.alignment), cell(one.engagement), one.label);
        order.sort_by_key(|one| key(one));
        for shared in order.chunk_by(|one, other| key(one) == key(other)) {
            let mean = |of: fn(&Standing) -> f32| {
                shared.iter().map(|one| of(one)).sum::<f32>() / shared.len() as f32
            };
            found.push(Mark {
                alignment: mean(|one| one.alignment),
                engagement: mean(|one| one.engagement),
                label: shared.first().map(|one| one.label),
                count: shared.len() as u32,
            });
        }
        if found.len() <= most {
            break;
        }
    }
    found
}

fn across(alignment: f32) -> f32 {
    LEFT + (alignment - 1.0) / 6.0 * (RIGHT - LEFT)
}

fn up(engagement: f32) -> f32 {
    FOOT - (engagement - 1.0) / 6.0 * (FOOT - TOP)
}

/// The border of what the front surpasses: stairs from the left edge down to the lower one.
fn stairs(front: &[(f32, f32)]) -> String {
    let mut path = String::new();
    for (alignment, engagement) in front {
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

fn draw(marks: &[Mark], path: &[Mark], front: &[(f32, f32)]) -> AnyView {
    let lines = (1..=7u8).map(|score| {
        let (x, y) = (across(score.into()), up(score.into()));
        view! {
            <path class="grid" d=format!("M{x:.1} {TOP}V{FOOT}M{LEFT} {y:.1}H{RIGHT}") />
            <text x=format!("{x:.1}") y="266" text-anchor="middle">{score.to_string()}</text>
            <text x="24" y=format!("{:.1}", y + 4.0) text-anchor="end">{score.to_string()}</text>
        }
    });
    let mark = |mark: &Mark| {
        let (x, y) = (across(mark.alignment), up(mark.engagement));
        let size = (2.4 + libm::sqrtf(mark.count as f32)).min(11.0);
        // Told apart by shape as well as by colour.
        match mark.label {
            Some(Label::Bad) => view! { <rect class="mark badly" x=format!("{:.1}", x - size) y=format!("{:.1}", y - size) width=format!("{:.1}", 2.0 * size) height=format!("{:.1}", 2.0 * size) /> }.into_any(),
            Some(Label::Good) => view! { <circle class="mark well" cx=format!("{x:.1}") cy=format!("{y:.1}") r=format!("{size:.1}") /> }.into_any(),
            None => view! { <circle class="mark" cx=format!("{x:.1}") cy=format!("{y:.1}") r="3.4" /> }.into_any(),
        }
    };
    let way: Vec<String> = path
        .iter()
        .map(|mark| format!("{:.1},{:.1}", across(mark.alignment), up(mark.engagement)))
        .collect();
    let ring = |(alignment, engagement): &(f32, f32)| {
        let (x, y) = (across(*alignment), up(*engagement));
        view! { <circle class="ring" cx=format!("{x:.1}") cy=format!("{y:.1}") r="6.5" /> }
    };
    view! {
        {lines.collect_view()}
        <path class="front" d=stairs(front) />
        <polyline class="way" points=way.join(" ") />
        {marks.iter().map(mark).collect_view()}
        {front.iter().map(ring).collect_view()}
    }
    .into_any()
}

/// Means of second answers as marks; rounds in which nothing was scored are left out.
fn of_rounds(rounds: &[RoundStatistics]) -> Vec<(u16, Mark)> {
    let mark = |round: &RoundStatistics| {
        let (alignment, engagement) = (round.all.alignment_revision, round.all.engagement_revision);
        let mark = Mark {
            alignment,
            engagement,
            label: None,
            count: 1,
        };
        (alignment >= 1.0 && engagement >= 1.0).then_some((round.round, mark))
    };
    rounds.iter().filter_map(mark).collect()
}

/// Everything that is shown of people, or of rounds.
#[derive(Clone, Default, PartialEq)]
struct Shown {
    count: u32,
    marks: Vec<Mark>,
    /// Rounds in their order.
    way: Vec<Mark>,
    /// Who or which round, alignment and engagement, from the most engaging to the most aligned.
    front: Vec<(u16, f32, f32)>,
}

fn people_shown(people: &[Standing]) -> Shown {
    let mut on_front: Vec<(u16, f32, f32)> = people
        .iter()
        .filter(|one| one.on_front)
        .map(|one| (one.agent, one.alignment, one.engagement))
        .collect();
    on_front.sort_by(|one, other| one.1.total_cmp(&other.1));
    Shown {
        count: people.len() as u32,
        marks: marks(people, MOST_MARKS),
        way: Vec::new(),
        front: on_front,
    }
}

fn rounds_shown(rounds: &[RoundStatistics]) -> Shown {
    let all = of_rounds(rounds);
    let points: Vec<Point> = all
        .iter()
        .map(|(_, mark)| Point {
            alignment: mark.alignment,
            engagement: mark.engagement,
            count: 1,
        })
        .collect();
    let named = |place: usize| {
        let (round, mark) = all.get(place)?;
        Some((*round, mark.alignment, mark.engagement))
    };
    let way: Vec<Mark> = all.iter().map(|(_, mark)| *mark).collect();
    let marks = if way.len() > MOST_MARKS {
        Vec::new()
    } else {
        way.clone()
    };
    Shown {
        count: way.len() as u32,
        marks,
        front: front(&points).into_iter().filter_map(named).collect(),
        way,
    }
}

pub fn scatter(page: Page, wanted: Memo<u16>, known: Known) -> AnyView {
    let text = page.text();
    let (stats, scene) = (&text.statistics, &text.scene);
    let by_rounds = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        if by_rounds.get() {
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
        let words = if by_rounds.get() {
            stats.rounds_line
        } else {
            stats.people_line
        };
        shown.with(|shown| words(shown.count, shown.front.len() as u32))
    };
    let drawing = move || {
        shown.with(|shown| {
            let front: Vec<(f32, f32)> = shown.front.iter().map(|one| (one.1, one.2)).collect();
            draw(&shown.marks, &shown.way, &front)
        })
    };
    let named = move || {
        let rounds = by_rounds.get();
        shown.with(|shown| {
            let one = |(number, alignment, engagement): &(u16, f32, f32)| {
                let number = *number;
                let scores = format!(" {alignment:.2}, {engagement:.2}");
                if rounds {
                    let name = (scene.round)(u32::from(number) + 1);
                    return view! { <li>{name}{scores}</li> }.into_any();
                }
                let look = move |_| page.chosen.set(Some(Chosen::Person(number)));
                let name = (scene.person)(number.into());
                view! { <li><button type="button" class="quiet" on:click=act(look)>{name}</button>{scores}</li> }.into_any()
            };
            let more = shown.front.len().saturating_sub(MOST_NAMED);
            let more = (more > 0).then(|| view! { <li>{(stats.front_more)(more as u32)}</li> });
            view! { {shown.front.iter().take(MOST_NAMED).map(one).collect_view()}{more} }.into_any()
        })
    };
    let choice = move |on: bool, name: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="scatter-of" prop:checked=flag(move || by_rounds.get() == on) on:change=act(move |_| by_rounds.set(on)) />
                <span>{name}</span>
            </label>
        }
    };
    let is_people = Memo::new(move |_| !by_rounds.get());
    let key = move || {
        if !is_people.get() {
            return ().into_any();
        }
        view! {
            <ul class="keys-line">
                <li><svg width="12" height="12" aria-hidden="true"><circle class="mark well" cx="6" cy="6" r="4" /></svg>{scene.raised_well}</li>
                <li><svg width="12" height="12" aria-hidden="true"><rect class="mark badly" x="2" y="2" width="8" height="8" /></svg>{scene.raised_badly}</li>
            </ul>
        }
        .into_any()
    };
    view! {
        <section class="statistic scatter" id="statistic-scatter">
            <h3>{stats.scatter}</h3>
            <div class="choices">{choice(false, stats.people)}{choice(true, stats.rounds)}</div>
            <div class="scatter-row">
                <div>
                    <svg viewBox="0 0 320 284" role="img" aria-label=super::super::live::value(line)>
                        {live(drawing)}
                        <text x="171" y="281" text-anchor="middle">{scene.alignment}</text>
                        <text transform="translate(10 130) rotate(-90)" text-anchor="middle">{scene.engagement}</text>
                    </svg>
                </div>
                <div class="scatter-words">
                    <p id="scatter-line">{words(line)}</p>
                    <p class="aside">{stats.scatter_hint}</p>
                    {live(key)}
                    <p class="aside">{stats.front}</p>
                    <ul class="front-list">{live(named)}</ul>
                </div>
            </div>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(agent: u16, alignment: f32, engagement: f32) -> Standing {
        Standing {
            agent,
            label: if agent % 2 == 0 {
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
            stairs(&[(4.0, 7.0), (7.0, 4.0)]),
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
