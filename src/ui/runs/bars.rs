//! The trained models by kind of question: one figure of every run, drawn and told.

use super::super::chart::figure::{Axis, Bars, Content, Figure, Unit, signed};
use super::super::chart::look;
use super::super::chart::view::chart;
use super::super::parts::{self, escaped};
use super::super::state::Page;
use super::super::text::{Figures, RunsText};
use super::{Compared, Shown, words};
use crate::lab::view::paired;
use crate::lab::view::{Estimate, WhichModel};
use leptos::prelude::*;

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

/// A figure of every run, suite by suite.
fn drawn(text: &RunsText, figures: &Figures, runs: &[Shown], figure: paired::Figure) -> Figure {
    let (unit, low, high) = if figure.is_good() {
        (Unit::Score, 1.0, 7.0)
    } else {
        (Unit::Share, 0.0, 1.0)
    };
    let row = |name: &String| {
        let of = |shown: &Shown| {
            let found = found(shown, name, figure)?;
            let ends = (f64::from(found.low), f64::from(found.high));
            Some((f64::from(found.value), Some(ends)))
        };
        ((figures.suite_name)(name), runs.iter().map(of).collect())
    };
    let kind = |shown: &Shown| {
        let sign = (shown.place + 1).to_string();
        (look::run(shown.place), signed(&sign, &shown.run.name))
    };
    let bars = Bars {
        rows: suites(runs).iter().map(row).collect(),
        kinds: runs.iter().map(kind).collect(),
        dots: false,
    };
    let name = (text.figure_name)(figure.name()).unwrap_or_default();
    let across = Axis::of(name, unit).within(low, high);
    Figure::of(text.bars, 0.0, across, Axis::default(), Content::Bars(bars))
}

/// What a run came to on a suite.
fn found(shown: &Shown, suite: &str, figure: paired::Figure) -> Option<Estimate> {
    let answered = shown.run.suites(WhichModel::Trained);
    let suite = answered.into_iter().find(|one| one.suite == suite)?;
    figure.of_suite(suite)
}

fn table(text: &RunsText, figures: &Figures, runs: &[Shown], figure: paired::Figure) -> String {
    let heads = runs.iter().map(|shown| {
        format!(
            "<th scope='col'><span class='run-number {}'>{}</span>{}</th>",
            super::look(shown.place),
            shown.place + 1,
            escaped(&shown.run.name)
        )
    });
    let (scale, digits) = if figure.is_good() {
        (1.0, 2)
    } else {
        (100.0, 1)
    };
    let line = |name: &String| {
        let cells = runs.iter().map(|shown| match found(shown, name, figure) {
            Some(found) => {
                let [value, low, high] = [found.value, found.low, found.high]
                    .map(|figure| format!("{:.digits$}", figure * scale));
                format!("<td><b>{value}</b><small>{low}–{high}</small></td>")
            }
            None => format!("<td><span class='hidden'>{}</span></td>", text.none),
        });
        format!(
            "<tr><th scope='row'>{}</th>{}</tr>",
            escaped(&(figures.suite_name)(name)),
            cells.collect::<String>()
        )
    };
    format!(
        "<table class='compared-table runs-bars'><caption class='hidden'>{}</caption><thead><tr><th scope='col'>{}</th>{}</tr></thead><tbody>{}</tbody></table>",
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
    let names = paired::Figure::ALL.map(|figure| {
        let name = (text.figure_name)(figure.name());
        name.unwrap_or_default().to_owned()
    });
    let figure = move || {
        let figure = paired::Figure::ALL.get(chosen.get()).copied();
        figure.unwrap_or(paired::Figure::Alignment)
    };
    let drawing = Memo::new(move |_| compared.with(|runs| drawn(text, figures, runs, figure())));
    let listed = move || compared.with(|runs| table(text, figures, runs, figure()));
    let frame = parts::markup("", listed);
    let inside = vec![
        parts::radios(
            "runs-figure",
            text.figure,
            names.into(),
            chosen,
            ().into_any(),
        ),
        parts::line("aside", text.bars_hint),
        chart(page, "runs-suites", drawing),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.bars>{frame}</div> }
            .into_any(),
    ];
    parts::section("runs-bars", text.bars, inside)
}
