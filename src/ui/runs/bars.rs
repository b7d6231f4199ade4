//! The trained models by kind of question: one figure of every run, drawn and told.

use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::text::{Figures, RunsText};
use super::{Compared, Shown, look, words};
use crate::lab::view::paired::Figure;
use crate::lab::view::{Estimate, WhichModel};
use leptos::prelude::*;

/// Height of one bar with the gap below it.
const ROW: f32 = 11.0;
const BAR: f32 = 7.0;

/// The suites that any of the runs answered, in the order of the test.
fn suites(runs: &[Shown]) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for suite in runs
        .iter()
        .flat_map(|shown| shown.run.suites(WhichModel::Trained))
    {
        if !names.contains(&suite.suite) {
            names.push(suite.suite.clone());
        }
    }
    names
}

fn bars(found: &[(usize, Option<Estimate>)], (from, full): (f32, f32)) -> String {
    let place = |value: f32| {
        format!(
            "{:.2}%",
            100.0 * ((value - from) / (full - from)).clamp(0.0, 1.0)
        )
    };
    let bar = |(row, (run, found)): (usize, &(usize, Option<Estimate>))| {
        let Some(found) = found else {
            return String::new();
        };
        let top = row as f32 * ROW + 2.0;
        let middle = top + BAR / 2.0;
        format!(
            "<g class='{}'><rect x='0' y='{top}' width='{}' height='{BAR}'/></g><line class='whisker' x1='{}' x2='{}' y1='{middle}' y2='{middle}'/>",
            look(*run),
            place(found.value),
            place(found.low),
            place(found.high)
        )
    };
    let high = found.len() as f32 * ROW + 2.0;
    let bars: String = found.iter().enumerate().map(bar).collect();
    format!(
        "<svg class='bars' width='100%' height='{high}' aria-hidden='true' focusable='false'>{bars}</svg>"
    )
}

fn table(text: &RunsText, figures: &Figures, runs: &[Shown], figure: Figure) -> String {
    let heads = runs.iter().map(|shown| {
        format!(
            "<th scope='col'><span class='run-number {}'>{}</span>{}</th>",
            look(shown.place),
            shown.place + 1,
            escaped(&shown.run.name)
        )
    });
    let (range, scale, digits) = if figure.is_good() {
        ((1.0, 7.0), 1.0, 2)
    } else {
        ((0.0, 1.0), 100.0, 1)
    };
    let line = |name: &String| {
        let of = |shown: &Shown| {
            let answered = shown.run.suites(WhichModel::Trained);
            let suite = answered.into_iter().find(|suite| suite.suite == *name);
            (shown.place, suite.and_then(|suite| figure.of_suite(suite)))
        };
        let found: Vec<(usize, Option<Estimate>)> = runs.iter().map(of).collect();
        let cells = found.iter().map(|(_, found)| match found {
            Some(found) => {
                let [value, low, high] = [found.value, found.low, found.high]
                    .map(|figure| format!("{:.digits$}", figure * scale));
                format!("<td><b>{value}</b><small>{low}–{high}</small></td>")
            }
            None => format!("<td><span class='hidden'>{}</span></td>", text.none),
        });
        format!(
            "<tr><th scope='row'>{}</th><td class='drawn'>{}</td>{}</tr>",
            escaped(&(figures.suite_name)(name)),
            bars(&found, range),
            cells.collect::<String>()
        )
    };
    format!(
        "<table class='compared-table runs-bars'><caption class='hidden'>{}</caption><thead><tr><th scope='col'>{}</th><td></td>{}</tr></thead><tbody>{}</tbody></table>",
        text.bars,
        figures.suite,
        heads.collect::<String>(),
        suites(runs).iter().map(line).collect::<String>()
    )
}

pub fn bars_of(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let figures = &page.text().figures;
    let chosen = RwSignal::new(0usize);
    let names = Figure::ALL.map(|figure| {
        let name = (text.figure_name)(figure.name());
        name.unwrap_or_default().to_owned()
    });
    let drawn = move || {
        let figure = Figure::ALL.get(chosen.get()).copied();
        let figure = figure.unwrap_or(Figure::Alignment);
        compared.with(|runs| table(text, figures, runs, figure))
    };
    let frame = parts::markup("", drawn);
    let inside = vec![
        parts::radios(
            "runs-figure",
            text.figure,
            names.into(),
            chosen,
            ().into_any(),
        ),
        parts::line("aside", text.bars_hint),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.bars>{frame}</div> }
            .into_any(),
    ];
    parts::section("runs-bars", text.bars, inside)
}
