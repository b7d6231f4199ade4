//! Alignment and engagement of first and second answers, round by round, by upbringing.

use super::super::chart::beside;
use super::super::chart::line::{Figure, LineChart, Series};
use super::super::live::{act, flag, live};
use super::super::state::Page;
use crate::lab::view::statistics::moving_average;
use crate::lab::view::{GroupStatistics, RoundStatistics};
use leptos::prelude::*;

/// Rounds of the moving averages that can be chosen; the first is none.
const WINDOWS: [u32; 3] = [1, 3, 5];

/// Looks of the lines: everybody, raised well, raised badly; first answers, then second ones.
const LOOKS: [[&str; 2]; 3] = [
    ["line everybody first", "line everybody"],
    ["line well first", "line well"],
    ["line badly first", "line badly"],
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
    let engagement = RwSignal::new(false);
    let window = RwSignal::new(1u32);
    let who = [stats.everybody, scene.raised_well, scene.raised_badly];
    let name = move |who: &str, second: usize| {
        format!("{who}, {}", [figures.drafts, figures.revisions][second])
    };
    let found = move || {
        let rounds = usize::from(wanted.get());
        page.view.with(|view| {
            let played = view.rounds.get(..rounds.min(view.rounds.len()));
            let window = window.get() as usize;
            means(played.unwrap_or_default(), engagement.get(), window)
        })
    };
    let figure = Memo::new(move |_| {
        let rounds = page.view.with(|view| {
            let config = view.config.as_ref();
            config.map_or(1, |config| config.society.rounds)
        });
        let found = found();
        let series = |who: usize, second: usize| {
            let points = found[who][second].iter().enumerate();
            Series {
                name: String::new(),
                class: LOOKS[who][second],
                points: points
                    .filter_map(|(round, value)| Some((round as f64 + 1.0, (*value)?)))
                    .collect(),
                scored: false,
                band: Vec::new(),
            }
        };
        Figure {
            series: (0..6).map(|place| series(place / 2, place % 2)).collect(),
            fixed: Some((1.0, 7.0)),
            along: (0.5, f64::from(rounds.max(1)) + 0.5),
            counted: true,
        }
    });
    let measure = move |on: bool, name: &'static str| {
        view! {
            <label class="choice">
                <input type="radio" name="curve-measure" prop:checked=flag(move || engagement.get() == on) on:change=act(move |_| engagement.set(on)) />
                <span>{name}</span>
            </label>
        }
    };
    let option = |rounds: u32| {
        view! { <option value=rounds.to_string() selected=flag(move || window.get() == rounds)>{(stats.average_of)(rounds)}</option> }
    };
    let smooth = move |event| {
        if let Ok(rounds) = event_target_value(&event).parse::<u32>() {
            window.set(rounds);
        }
    };
    let table = move || {
        let columns = (0..6).map(|place| name(who[place / 2], place % 2));
        let found = found();
        let cell = |place: usize, round: usize| {
            let value = found[place / 2][place % 2].get(round).copied().flatten();
            value.map_or_else(String::new, |value| format!("{value:.2}"))
        };
        let line = |round: usize| {
            let head = std::iter::once((round + 1).to_string());
            head.chain((0..6).map(|place| cell(place, round))).collect()
        };
        let caption = (figures.table_of)(stats.curves);
        let lines = (0..found[0][0].len()).map(line).collect();
        beside::table("hidden", caption, columns.collect(), lines)
    };
    let keys = (0..6).map(|place| (LOOKS[place / 2][place % 2], name(who[place / 2], place % 2)));
    view! {
        <section class="statistic" id="statistic-curves">
            <h3>{stats.curves}</h3>
            <div class="choices">
                {measure(false, scene.alignment)}
                {measure(true, scene.engagement)}
                <label class="choice"><span>{stats.average}</span><select id="average" on:change=act(smooth)>{WINDOWS.map(option).collect_view()}</select></label>
            </div>
            <LineChart figure=figure name=stats.curves.to_owned() height=210.0 axis="" />
            {beside::keys(keys.collect())}
            {live(table)}
        </section>
    }
    .into_any()
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
