//! All of it to take home: every figure as a tidy table, and the table as Markdown. The drawings are
//! saved where they are.

use super::super::chart::sheet::quoted;
use super::super::live::{act, words as words_of};
use super::super::parcel;
use super::super::parts;
use super::super::state::Page;
use super::super::text::RunsText;
use super::results::{Column, Reference, mark};
use super::{Compared, Shown, words};
use crate::lab::kept::{difference, setting};
use crate::lab::view::WhichModel;
use crate::lab::view::paired::Figure;
use leptos::prelude::*;

/// One figure a line: of a suite or of all, at a step or a round, or against another run.
fn csv(runs: &[Shown], reference: Reference) -> String {
    let mut text =
        String::from("run,objective,seed,model,suite,figure,at,against,value,low,high,p\n");
    let number = |value: f64| (value as f32).to_string();
    for (at, shown) in runs.iter().enumerate() {
        let run = &shown.run;
        let objective = setting(&run.config, "training.objective");
        let head = [
            quoted(&run.name),
            objective.unwrap_or_default(),
            run.config.seed.to_string(),
        ]
        .join(",");
        let mut line = |cells: [String; 9]| {
            text.push_str(&format!("{head},{}\n", cells.join(",")));
        };
        let none = String::new;
        let ends = |ends: Option<(f64, f64)>| match ends {
            Some((low, high)) => [number(low), number(high)],
            None => [none(), none()],
        };
        for (model, name) in [(WhichModel::Base, "base"), (WhichModel::Trained, "trained")] {
            for column in Column::ALL {
                if let Some((value, found)) = column.of(run, model) {
                    let [low, high] = ends(found);
                    line([
                        name.into(),
                        "all".into(),
                        column.name().into(),
                        none(),
                        none(),
                        number(value),
                        low,
                        high,
                        none(),
                    ]);
                }
            }
            for suite in run.suites(model) {
                for figure in Figure::ALL {
                    if let Some(found) = figure.of_suite(suite) {
                        line([
                            name.into(),
                            quoted(&suite.suite),
                            figure.name().into(),
                            none(),
                            none(),
                            found.value.to_string(),
                            found.low.to_string(),
                            found.high.to_string(),
                            none(),
                        ]);
                    }
                }
            }
        }
        if let Some(other) = reference.of(at, runs) {
            let against = match other.1 {
                WhichModel::Base => "base".to_owned(),
                WhichModel::Trained => quoted(&other.0.name),
            };
            for column in Column::ALL {
                if let Some(found) = column.against((run, WhichModel::Trained), other) {
                    line([
                        "trained".into(),
                        "all".into(),
                        column.name().into(),
                        none(),
                        against.clone(),
                        number(found.value),
                        number(found.low),
                        number(found.high),
                        number(found.p),
                    ]);
                }
            }
        }
        let mut point = |figure: &str, at: u32, value: Option<f32>| {
            if let Some(value) = value {
                line([
                    none(),
                    none(),
                    figure.into(),
                    at.to_string(),
                    none(),
                    value.to_string(),
                    none(),
                    none(),
                    none(),
                ]);
            }
        };
        for step in &run.training {
            point("loss", step.step, step.loss);
            point("margin", step.step, step.margin);
            point("gradient_norm", step.step, step.gradient_norm);
        }
        for round in &run.rounds {
            let number = u32::from(round.round) + 1;
            point("round_alignment", number, round.alignment);
            point("round_engagement", number, round.engagement);
        }
    }
    text
}

/// A cell of a Markdown table.
fn plain(words: &str) -> String {
    words.replace('|', "\\|").replace(['\n', '\r'], " ")
}

fn markdown(text: &RunsText, runs: &[Shown], reference: Reference) -> String {
    let names = Column::ALL.map(|column| (text.figure_name)(column.name()).unwrap_or_default());
    let head = format!(
        "| {} | {} |\n|---|{}\n",
        text.run,
        names.join(" | "),
        "---:|".repeat(names.len())
    );
    let row = |name: &str, cells: [String; Column::ALL.len()]| {
        format!("| {} | {} |\n", plain(name), cells.join(" | "))
    };
    let ends =
        |column: Column, low: f64, high: f64| [low, high].map(|end| column.told(end)).join(" … ");
    let value = |shown: &Shown, model| {
        Column::ALL.map(|column| match column.of(&shown.run, model) {
            None => "–".to_owned(),
            Some((value, None)) => column.told(value),
            Some((value, Some((low, high)))) => format!(
                "{}{} ({})",
                column.told(value),
                column.unit(),
                ends(column, low, high)
            ),
        })
    };
    let mut told = format!("## {}\n\n{head}", text.results);
    if let Some(first) = runs.first() {
        let name = (text.base_of)(&first.run.name);
        told.push_str(&row(&name, value(first, WhichModel::Base)));
    }
    for shown in runs {
        told.push_str(&row(&shown.run.name, value(shown, WhichModel::Trained)));
    }
    let against = match reference {
        Reference::Own => text.own_base,
        Reference::Run(place) => runs.get(place).map_or("", |shown| &shown.run.name),
    };
    told.push_str(&format!(
        "\n### {}: {}\n\n{head}",
        text.reference,
        plain(against)
    ));
    for (at, shown) in runs.iter().enumerate() {
        let Some(other) = reference.of(at, runs) else {
            continue;
        };
        let cells = Column::ALL.map(|column| {
            let one = (&*shown.run, WhichModel::Trained);
            column.against(one, other).map_or_else(
                || "–".to_owned(),
                |found| {
                    format!(
                        "{} ({}) {} p {:.3}",
                        column.told(found.value),
                        ends(column, found.low, found.high),
                        mark(column, &found),
                        found.p
                    )
                },
            )
        });
        told.push_str(&row(&shown.run.name, cells));
    }
    let configs: Vec<_> = runs.iter().map(|shown| &shown.run.config).collect();
    told.push_str(&format!("\n### {}\n\n", text.differs));
    for (at, shown) in runs.iter().enumerate() {
        let settings = difference(&configs).into_iter().map(|setting| {
            let value = setting.values.get(at).cloned().flatten();
            format!(
                "`{}`: {}",
                setting.setting,
                value.unwrap_or_else(|| text.not_there.to_owned())
            )
        });
        let link = shown.run.link.as_deref().unwrap_or_default();
        told.push_str(&format!(
            "- {}: {}. `{link}`\n",
            plain(&shown.run.name),
            settings.collect::<Vec<String>>().join(", ")
        ));
    }
    told
}

pub fn take(page: Page, compared: Compared, reference: RwSignal<usize>) -> AnyView {
    let text = words(page);
    let refused = RwSignal::new(false);
    let things: [(&str, &str, &str, &str); 2] = [
        ("take-runs-csv", text.take_csv, "text/csv", "runs.csv"),
        (
            "take-runs-markdown",
            text.take_markdown,
            "text/markdown",
            "runs.md",
        ),
    ];
    let thing = move |(kind, (id, name, mime, file)): (
        usize,
        (&'static str, &'static str, &'static str, &'static str),
    )| {
        let save = move |_| {
            let made = compared.with_untracked(|runs| {
                let reference = Reference::chosen(reference.get_untracked(), runs.len());
                match kind {
                    0 => csv(runs, reference),
                    _ => markdown(text, runs, reference),
                }
            });
            refused.set(parcel::save_text(&made, mime, file).is_none());
        };
        view! { <button type="button" id=id on:click=act(save)>{name}</button> }.into_any()
    };
    let buttons: Vec<AnyView> = things.into_iter().enumerate().map(thing).collect();
    let inside = vec![
        view! { <div class="takes">{buttons}</div> }.into_any(),
        parts::line(
            "fault",
            words_of(move || refused.get().then_some(text.take_refused)),
        ),
    ];
    parts::section("runs-take", text.take, inside)
}
