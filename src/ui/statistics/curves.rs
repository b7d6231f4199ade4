//! Alignment and engagement of first and second answers, round by round, by upbringing.

use super::super::chart::figure::Series;
use super::super::chart::look::{self, Look};
use super::super::chart::view::chart;
use super::super::parts;
use super::super::simulate::by_rounds;
use super::super::state::Page;
use crate::lab::view::statistics::moving_average;
use crate::lab::view::{GroupStatistics, RoundStatistics};
use leptos::prelude::*;

/// Rounds of the moving averages that can be chosen; the first is none.
const WINDOWS: [u32; 3] = [1, 3, 5];

/// Looks of the lines: everybody, raised well, raised badly; first answers, then second ones.
const LOOKS: [[Look; 2]; 3] = [
    [look::BESIDE, look::MAIN],
    [look::WELL_FIRST, look::WELL],
    [look::BADLY_FIRST, look::BADLY],
];

/// Means by upbringing (everybody, well, badly), answer (first, second) and round.
type Means = [[Vec<Option<f64>>; 2]; 3];

fn means(rounds: &[RoundStatistics], engagement: bool, window: usize) -> Means {
    let group = |round: &RoundStatistics, who: usize| -> Option<GroupStatistics> {
        match who {
            0 => Some(round.all.clone()),
            1 => round.good.clone(),
            _ => round.bad.clone(),
        }
    };
    let one = |who: usize, second: bool| {
        let of = |round: &RoundStatistics| {
            let group = group(round, who)?;
            let mean = match (engagement, second) {
                (false, false) => group.alignment_draft,
                (false, true) => group.alignment_revision,
                (true, false) => group.engagement_draft,
                (true, true) => group.engagement_revision,
            };
            // Where nothing could be scored, the mean is 0 and none at all.
            (mean >= 1.0).then_some(f64::from(mean))
        };
        let values: Vec<Option<f64>> = rounds.iter().map(of).collect();
        moving_average(&values, window)
    };
    [0, 1, 2].map(|who| [one(who, false), one(who, true)])
}

pub fn curves(page: Page, wanted: Memo<u16>) -> AnyView {
    let text = page.text();
    let (stats, scene, figures) = (&text.statistics, &text.scene, &text.figures);
    let (measure, window) = (RwSignal::new(0usize), RwSignal::new(0usize));
    let who = [stats.everybody, scene.raised_well, scene.raised_badly];
    let and = text.frame.and;
    let name = move |who: &str, second: usize| {
        [who, and, [figures.drafts, figures.revisions][second]].concat()
    };
    let found = move || {
        let rounds = usize::from(wanted.get());
        page.view.with(|view| {
            let played = view.rounds.get(..rounds.min(view.rounds.len()));
            let window = WINDOWS
                .get(window.get())
                .map_or(1, |window| *window as usize);
            means(played.unwrap_or_default(), measure.get() == 1, window)
        })
    };
    let figure = Memo::new(move |_| {
        let rounds = page.view.with(|view| {
            let config = view.config.as_ref();
            config.map_or(1, |config| config.society.rounds)
        });
        let found = found();
        let series = |place: usize| {
            let (who_it_is, second) = (place / 2, place % 2);
            let points = found[who_it_is][second].iter().enumerate();
            let points = points.filter_map(|(round, value)| Some((round as f64 + 1.0, (*value)?)));
            let name = name(who[who_it_is], second);
            Series::new(name, LOOKS[who_it_is][second], points.collect())
        };
        by_rounds(
            scene,
            stats.curves,
            210.0,
            rounds,
            (0..6).rev().map(series).collect(),
        )
    });
    let averages = WINDOWS.map(stats.average_of).into();
    let averages = parts::select("average", "choice", stats.average, averages, window);
    let measures = [scene.alignment, scene.engagement]
        .map(str::to_owned)
        .into();
    let inside = vec![
        parts::radios("curve-measure", stats.curves, measures, measure, averages),
        chart(page, "rounds-by-upbringing", figure),
    ];
    parts::section("statistic-curves", stats.curves, inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(before: f32, after: f32) -> GroupStatistics {
        GroupStatistics {
            interactions: 4,
            alignment_draft: before,
            alignment_revision: after,
            engagement_draft: 8.0 - before,
            engagement_revision: 8.0 - after,
            critiques: 0,
            unparsable: 0,
        }
    }

    #[test]
    fn means_by_upbringing_answer_and_round() {
        let round = |round, before, after, bad: Option<f32>| RoundStatistics {
            round,
            all: group(before, after),
            good: None,
            bad: bad.map(|score| group(score, score)),
        };
        let rounds = [
            round(0, 2.0, 4.0, Some(1.5)),
            round(1, 3.0, 0.0, None),
            round(2, 4.0, 6.0, Some(2.5)),
        ];
        let found = means(&rounds, false, 1);
        assert_eq!(found[0][0], [Some(2.0), Some(3.0), Some(4.0)]);
        assert_eq!(
            found[0][1],
            [Some(4.0), None, Some(6.0)],
            "0 is no mean of scores"
        );
        assert_eq!(found[1][1], [None; 3]);
        assert_eq!(found[2][0], [Some(1.5), None, Some(2.5)]);
        assert_eq!(
            means(&rounds, true, 1)[0][0],
            [Some(6.0), Some(5.0), Some(4.0)]
        );
        assert_eq!(
            means(&rounds, false, 3)[0],
            [[None, None, Some(3.0)], [None, None, Some(5.0)]]
        );
    }
}
