//! Whether neighbours agree: how far apart they are, beside any two people, and what Moran's I and
//! the groups of those on one side of the scale say to it.

use super::super::chart::figure::Series;
use super::super::chart::look;
use super::super::chart::view::chart;
use super::super::live::words;
use super::super::parts::{self, signed};
use super::super::simulate::by_rounds;
use super::super::state::Page;
use super::super::text::StatisticsText;
use super::Known;
use crate::lab::figures::Agreement;
use crate::lab::view::statistics::{Camp, Moran};
use leptos::prelude::*;

/// As usual: one in twenty by luck alone.
const LUCK: f32 = 0.05;
/// Below, Moran's I is not normally distributed.
const FEW: u32 = 25;

/// What Moran's I says. The order is that of the sentences in [`StatisticsText`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Likeness {
    Alike,
    Unlike,
    Chance,
    Unknown,
}

fn likeness(moran: &Moran) -> Likeness {
    match moran.p {
        None => Likeness::Unknown,
        Some(p) if p >= LUCK => Likeness::Chance,
        Some(_) if moran.value > moran.expected => Likeness::Alike,
        Some(_) => Likeness::Unlike,
    }
}

/// A round's agreement in sentences.
fn told(text: &StatisticsText, last: &Agreement) -> [String; 3] {
    let points = |value: f32| format!("{value:.2}");
    let apart = last
        .neighbours
        .zip(last.anybody)
        .map(|(near, any)| (text.differ)(u32::from(last.round) + 1, &points(near), &points(any)));
    let moran = match &last.moran {
        None => text.no_moran.to_owned(),
        Some(moran) => {
            let verdict = likeness(moran);
            let rough = last.people < FEW && verdict != Likeness::Unknown;
            let figures = (text.moran)(&signed(moran.value), &signed(moran.expected));
            let mut told = vec![figures.as_str(), text.likeness[verdict as usize]];
            if rough {
                told.push(text.rough);
            }
            told.join(text.gap)
        }
    };
    let groups = match last.largest {
        None => text.no_groups.to_owned(),
        Some((camp, people)) => {
            let side = if camp == Camp::Aligned {
                text.aligned
            } else {
                text.misaligned
            };
            let share = 100.0 * people as f32 / last.people.max(1) as f32;
            (text.groups)(last.groups, people, &format!("{share:.0}%"), side)
        }
    };
    [apart.unwrap_or_default(), moran, groups]
}

pub fn agreement(page: Page, known: Known) -> AnyView {
    let text = page.text();
    let stats = &text.statistics;
    let rounds = move || {
        known.with(|known| {
            let known = known.as_ref();
            known.map_or_else(Vec::new, |known| known.agreement.clone())
        })
    };
    let figure = Memo::new(move |_| {
        let along = page.view.with(|view| {
            let config = view.config.as_ref();
            config.map_or(1, |config| config.society.rounds)
        });
        let found = rounds();
        let series = |name: &str, look, of: fn(&Agreement) -> Option<f32>| {
            let point = |one: &Agreement| Some((f64::from(one.round) + 1.0, f64::from(of(one)?)));
            Series::new(name, look, found.iter().filter_map(point).collect())
        };
        let series = vec![
            series(stats.anybody, look::BESIDE, |one| one.anybody),
            series(stats.neighbours, look::MAIN, |one| one.neighbours),
        ];
        let values = series.iter().flat_map(|one| one.points.iter());
        let most = values.fold(1.0, |most: f64, point| most.max(point.1));
        let mut figure = by_rounds(&text.scene, stats.agreement, 150.0, along, series);
        for panel in &mut figure.panels {
            panel.up.range = Some((0.0, libm::ceil(most)));
        }
        figure
    });
    let sentence = move |place: usize| {
        words(move || {
            let told = rounds().last().map(|last| told(stats, last));
            told.and_then(|told| told.into_iter().nth(place))
        })
    };
    let moves = move || {
        let moving = page.view.with(|view| {
            let config = view.config.as_ref();
            config.is_some_and(|config| config.society.moving > 0.0)
        });
        moving.then_some(stats.moved)
    };
    let inside = vec![
        chart(page, "agreement", figure),
        parts::line("", sentence(0)),
        parts::named_line("moran", "", sentence(1)),
        parts::line("", sentence(2)),
        parts::line("aside", words(moves)),
    ];
    parts::section("statistic-agreement", stats.agreement, inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    fn round(value: f32, p: Option<f32>, people: u32) -> Agreement {
        Agreement {
            round: 3,
            neighbours: Some(1.25),
            anybody: Some(2.0),
            moran: Some(Moran {
                value,
                expected: -0.03,
                deviation: None,
                p,
            }),
            people,
            groups: 2,
            largest: Some((Camp::Aligned, 18)),
        }
    }

    #[test]
    fn figures_become_sentences() {
        let text = &Language::English.text().statistics;
        let of = |value, p, people| told(text, &round(value, p, people)).join(" ");
        let holds = |told: String, words: &str| assert!(told.contains(words), "{told}");
        holds(
            of(0.4, Some(0.001), 36),
            "round 4, second answers of neighbours are 1.25",
        );
        holds(of(0.4, Some(0.001), 36), "more alike than chance");
        holds(of(-0.4, Some(0.001), 36), "chessboard");
        holds(of(0.1, Some(0.3), 36), "no more than chance");
        holds(of(0.1, Some(0.3), 9), "rough guess");
        assert!(!of(0.1, Some(0.3), 25).contains("rough"));
        holds(of(0.1, None, 36), "says nothing about chance");
        holds(
            of(0.1, None, 36),
            "2 groups, the largest of 18 people (50%), all kind",
        );
        let nothing = Agreement {
            moran: None,
            neighbours: None,
            largest: None,
            ..round(0.0, None, 36)
        };
        let [apart, moran, groups] = told(text, &nothing);
        assert_eq!(apart, "");
        assert_eq!(
            (moran.as_str(), groups.as_str()),
            (text.no_moran, text.no_groups)
        );
    }
}
