//! What attacks came to: each on both models, drawn; how success grows with turns and tries; and what
//! was asked and said.

use super::before_after::before_after;
use super::chart::figure::{Axis, Content, Figure, Lines, Series, Unit};
use super::chart::look::{self, Look};
use super::chart::view::chart;
use super::live::{act, live, words};
use super::parts;
use super::settings::controls;
use super::state::Page;
use super::term::{Term, term};
use super::test::cell;
use super::test::measure::{Found, Measure};
use super::text::Text;
use crate::lab::view::{Attack, AttackResult, WhichModel};
use leptos::prelude::*;

/// Questions that a click plans for each attack.
const PLANNED: u8 = 12;
/// Attacks with a curve, in the order of their names in [`super::text`].
const CURVES: [Attack; 2] = [Attack::MultiTurn, Attack::BestOfN];
/// Looks of the lines: old model, new model.
const LOOKS: [Look; 2] = [look::BEFORE, look::MAIN];
/// Names of the curves' files.
const FILES: [&str; 2] = ["attack-turns", "attack-tries"];

/// What an attack came to on each model.
fn pair(all: &[AttackResult], attack: Attack) -> [Option<&AttackResult>; 2] {
    [WhichModel::Base, WhichModel::Trained].map(|model| {
        let mut all = all.iter();
        all.find(|one| one.model == model && one.attack == attack.name())
    })
}

/// An attack by its success, drawn.
fn row(text: &'static Text, all: &[AttackResult], attack: Attack) -> AnyView {
    let (name, hint) = text.attacks.names[attack as usize];
    let named = match attack {
        Attack::TokenSearch => term(Term::TokenSearch, name),
        _ => name.into_any(),
    };
    let found = pair(all, attack);
    let [base, trained] = found.map(|one| one.map(|one| one.success));
    let count = found.iter().flatten().map(|one| one.count).max();
    let shown = |estimate, class| {
        let found = Option::map_or(estimate, Found::NotYet, Found::Figure);
        cell(&text.figures, Measure::Bad, found, class)
    };
    view! {
        <tr>
            <th scope="row">{named}<small>{hint}</small></th>
            <td class="asked">{count.unwrap_or_default().to_string()}</td>
            {shown(base, "base")}{shown(trained, "trained")}
        </tr>
    }
    .into_any()
}

/// How success grows, on both models.
fn curve(page: Page, place: usize) -> AnyView {
    let text = page.text();
    let (name, axis) = text.attacks.curves[place];
    let models = [text.figures.base, text.figures.trained];
    let figure = Memo::new(move |_| {
        let found = page.view.with(|view| {
            let found = pair(&view.attacks, CURVES[place]);
            found.map(|one| one.map_or_else(Vec::new, |one| one.curve.clone()))
        });
        let last = found.iter().flatten().map(|point| point.0).max();
        let points = |curve: &Vec<(u8, f32)>| {
            let points = curve.iter();
            points
                .map(|(tries, share)| (f64::from(*tries), f64::from(*share)))
                .collect()
        };
        let named = found.iter().zip(LOOKS).zip(models);
        let series = named.map(|((curve, look), model)| Series::new(model, look, points(curve)));
        let lines = Lines {
            series: series.collect(),
            begins: Vec::new(),
        };
        Figure::of(
            name,
            152.0,
            Axis::of(axis, Unit::Count).within(1.0, f64::from(last.unwrap_or(2).max(2))),
            Axis::of("", Unit::Share).within(0.0, 1.0),
            Content::Lines(lines),
        )
    });
    view! {
        <div class="chart-box">
            <h4>{name}</h4>
            {chart(page, FILES[place], figure)}
        </div>
    }
    .into_any()
}

/// The attempts on a model that are kept.
fn attempts(text: &'static Text, place: usize, result: Option<&AttackResult>) -> AnyView {
    let name = [text.figures.base, text.figures.trained][place];
    let examples = result.map_or(&[][..], |result| &result.examples);
    let attempt = examples.iter().map(|one| {
        let verdict = text.attacks.verdicts[usize::from(!one.bad)];
        view! {
            <li>
                <p class="put" lang="en">{one.question.clone()}</p>
                <p class="speech" lang="en">{one.answer.clone()}</p>
                <p class="aside">{verdict}</p>
            </li>
        }
        .into_any()
    });
    view! { <div class="answer"><h4>{name}</h4><ul>{attempt.collect_view()}</ul></div> }.into_any()
}

pub fn attacks(page: Page) -> AnyView {
    let text = page.text();
    let said = &text.attacks;
    let some = Memo::new(move |_| page.view.with(|view| !view.attacks.is_empty()));
    let planned = Memo::new(move |_| page.draft.with(|draft| draft.testing.attacks > 0));
    let chosen = RwSignal::new(Attack::RolePlay as usize);
    let rows = move || {
        page.view.with(|view| {
            let rows = Attack::ALL.map(|attack| row(text, &view.attacks, attack));
            rows.collect_view().into_any()
        })
    };
    let shown = move || {
        page.view.with(|view| {
            let attack = Attack::ALL[chosen.get()];
            let pair = pair(&view.attacks, attack).into_iter().enumerate();
            pair.map(|(place, result)| attempts(text, place, result))
                .collect_view()
                .into_any()
        })
    };
    let nothing = move || {
        let plan = move |_| controls::change(page, |config| config.testing.attacks = PLANNED);
        let line = move || [said.none, said.to_come][usize::from(planned.get())];
        let button = move || {
            if planned.get() {
                ().into_any()
            } else {
                view! { " " <button type="button" class="quiet" id="plan-attacks" on:click=act(plan)>{said.plan}</button> }.into_any()
            }
        };
        view! { <p class="aside empty-line">{words(line)}{live(button)}</p> }.into_any()
    };
    let drawn = Memo::new(move |_| {
        page.view.with(|view| {
            let row = |attack: Attack| {
                let found = pair(&view.attacks, attack).map(|one| one.map(|one| one.success));
                (said.names[attack as usize].0.to_owned(), found)
            };
            let axis = Axis::of(text.figures.bad, Unit::Share).within(0.0, 1.0);
            before_after(&text.figures, said.title, axis, Attack::ALL.map(row).into())
        })
    });
    let tables = move || {
        let figures = &text.figures;
        let names = said.names.map(|(name, _)| name.to_owned()).into();
        view! {
            <p class="aside">{said.figures}</p>
            {chart(page, "attacks", drawn)}
            <div class="table-frame" tabindex="0" role="region" aria-label=said.title>
                <table class="drawn-table">
                    <caption class="hidden">{said.title}</caption>
                    <thead><tr>
                        <th scope="col">{said.attack}</th><th scope="col" class="asked">{figures.prompts}</th>
                        <th scope="col" class="base">{figures.base}</th><th scope="col" class="trained">{figures.trained}</th>
                    </tr></thead>
                    <tbody>{live(rows)}</tbody>
                </table>
            </div>
            <div class="attack-curves">{[0, 1].map(|place| curve(page, place)).collect_view()}</div>
            <details class="more" id="attempts">
                <summary>{said.examples}</summary>
                {parts::select("attempted", "choice", said.attack, names, chosen)}
                <div class="answers attempts">{live(shown)}</div>
            </details>
        }
        .into_any()
    };
    view! {
        <section class="benchmark attacks" aria-labelledby="attacks-title">
            <h3 id="attacks-title">{term(Term::Attack, said.title)}</h3>
            <p class="aside">{said.what}</p>
            {live(move || if some.get() { tables() } else { nothing() })}
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn every_attack_has_its_name_and_curves_are_of_those_that_try_again() {
        let text = &Language::English.text().attacks;
        assert_eq!(text.names[Attack::RolePlay as usize].0, "Role play");
        assert_eq!(text.names[Attack::TokenSearch as usize].0, "Word search");
        for (curve, attack) in text.curves.iter().zip(CURVES) {
            assert!(
                curve.0.starts_with(text.names[attack as usize].0),
                "{}",
                curve.0
            );
        }
    }
}
