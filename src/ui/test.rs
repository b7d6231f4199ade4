//! Third act: the benchmark. Every suite by one figure, drawn, and the table of all figures that
//! `mores evaluate` prints too.

pub mod measure;
pub mod sure;

use super::ask::AskBoth;
use super::attacks::attacks;
use super::before_after::before_after;
use super::chart::figure::Axis;
use super::chart::view::chart;
use super::live::{act, flag, live, maybe, words};
use super::settings::values::by_values;
use super::state::Page;
use super::term::{Term, linked_line, mark, term};
use super::text::Figures;
use crate::lab::view::{Estimate, LanguageResult, SuiteResult, WhichModel};
use leptos::prelude::*;
use measure::{Found, Measure, TERMS, mean};

/// A suite with what both models made of it: base, trained.
#[derive(Clone, PartialEq)]
struct Row {
    suite: String,
    results: [Option<SuiteResult>; 2],
}

impl Row {
    fn found(&self, model: usize, measure: Measure) -> Found {
        match self.results[model]
            .as_ref()
            .map(|result| measure.of(result))
        {
            None => Found::NotYet,
            Some(None) => Found::Nothing,
            Some(Some(estimate)) => Found::Figure(estimate),
        }
    }

    fn count(&self) -> u32 {
        let [base, trained] = &self.results;
        base.as_ref()
            .or(trained.as_ref())
            .map_or(0, |result| result.count)
    }
}

/// The suites tested so far, in the order of the test.
fn rows(tests: &[SuiteResult]) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    for result in tests {
        let known = rows.iter().position(|row| row.suite == result.suite);
        let place = known.unwrap_or_else(|| {
            rows.push(Row {
                suite: result.suite.clone(),
                results: [None, None],
            });
            rows.len() - 1
        });
        rows[place].results[usize::from(result.model == WhichModel::Trained)] =
            Some(result.clone());
    }
    rows
}

/// One line of a table: a suite, or all of them.
struct Line {
    name: String,
    hint: String,
    count: u32,
    /// Base and trained, each by [`Measure::ALL`].
    found: [[Found; 7]; 2],
}

/// All suites together, then each.
fn lines(figures: &Figures, rows: &[Row]) -> Vec<Line> {
    let of = |found: &dyn Fn(usize, Measure) -> Found| {
        [0, 1].map(|model| Measure::ALL.map(|measure| found(model, measure)))
    };
    let whole = |model: usize, measure: Measure| {
        let each: Vec<Found> = rows.iter().map(|row| row.found(model, measure)).collect();
        mean(&each)
    };
    let mut lines = vec![Line {
        name: figures.all.to_owned(),
        hint: figures.all_hint.to_owned(),
        count: rows.iter().map(Row::count).sum(),
        found: of(&whole),
    }];
    lines.extend(rows.iter().map(|row| Line {
        name: (figures.suite_name)(&row.suite),
        hint: (figures.suite_hint)(&row.suite),
        count: row.count(),
        found: of(&|model, measure| row.found(model, measure)),
    }));
    lines
}

/// A figure above its interval.
pub(super) fn cell(
    figures: &Figures,
    measure: Measure,
    found: Found,
    class: &'static str,
) -> AnyView {
    let content = match found {
        Found::NotYet => "…".into_any(),
        Found::Nothing => {
            view! { <span aria-hidden="true">"–"</span><span class="hidden">{figures.nothing}</span> }.into_any()
        }
        Found::Figure(estimate) => {
            let [value, interval] = measure.words(estimate);
            view! { <b>{value}</b><small>{interval}</small> }.into_any()
        }
    };
    view! { <td class=class>{content}</td> }.into_any()
}

/// A suite by one figure.
fn one_line(figures: &Figures, measure: Measure, line: Line) -> AnyView {
    let place = measure as usize;
    let [base, trained] = line.found.map(|found| found[place]);
    view! {
        <tr>
            <th scope="row">{line.name}<small>{line.hint}</small></th>
            <td class="asked">{line.count.to_string()}</td>
            {cell(figures, measure, base, "base")}
            {cell(figures, measure, trained, "trained")}
        </tr>
    }
    .into_any()
}

/// A suite by every figure, a row for each model.
fn whole_line(figures: &Figures, line: Line) -> AnyView {
    let cells = |model: usize| {
        let found = Measure::ALL.into_iter().zip(line.found[model]);
        found
            .map(|(measure, found)| cell(figures, measure, found, ""))
            .collect_view()
    };
    view! {
        <tbody>
            <tr><th scope="rowgroup" rowspan="2">{line.name}</th><th scope="row">{figures.base}</th>{cells(0)}</tr>
            <tr><th scope="row">{figures.trained}</th>{cells(1)}</tr>
        </tbody>
    }
    .into_any()
}

/// Perplexity before and after, and what it means in one sentence; empty until it is measured.
fn language(figures: &Figures, found: &[LanguageResult]) -> [String; 2] {
    let of = |model: WhichModel| found.iter().find(|one| one.model == model);
    let (base, trained) = (of(WhichModel::Base), of(WhichModel::Trained));
    let told = [(figures.base, base), (figures.trained, trained)]
        .into_iter()
        .filter_map(|(name, found)| {
            let Estimate { value, low, high } = found?.perplexity;
            Some(format!("{name} {value:.2} ({low:.2}–{high:.2})"))
        })
        .collect::<Vec<_>>();
    if told.is_empty() {
        return Default::default();
    }
    let ratio = trained.and_then(|one| one.perplexity_ratio);
    let meant = ratio.map_or_else(String::new, |ratio| verdict(figures, ratio));
    [(figures.perplexity)(&told.join(", ")), meant]
}

/// What a ratio of perplexities says about language. Both models read the same documents, so the
/// ratio's interval decides; their own intervals mostly tell how uneven the documents are, and may
/// overlap though every document became harder.
fn verdict(figures: &Figures, ratio: Estimate) -> String {
    let change = 100.0 * (ratio.value - 1.0).abs();
    // A small change can be certain too, and "0%" would deny it.
    let digits = if change < 1.0 {
        2
    } else {
        usize::from(change < 10.0)
    };
    let told = |share: f32| format!("{share:.digits$}");
    let ends = [ratio.low, ratio.high].map(|end| 100.0 * (end - 1.0));
    if ratio.low > 1.0 {
        (figures.language_cost)(&told(change), ends.map(told))
    } else if ratio.high < 1.0 {
        let [least, most] = ends;
        (figures.language_gained)(&told(change), [-most, -least].map(told))
    } else {
        let signed = |end: f32| told(end).replace('-', "\u{2212}");
        (figures.language_kept)(ends.map(signed))
    }
}

#[component]
pub fn TestPanel() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let figures = &text.figures;
    let measure = RwSignal::new(Measure::Alignment);
    let rows = Memo::new(move |_| page.view.with(|view| rows(&view.tests)));
    let names = [
        text.scene.alignment,
        text.scene.engagement,
        figures.bad,
        figures.over_refusal,
        figures.gibberish,
        figures.diversity,
        figures.multiple_choice,
    ];
    let choices = Measure::ALL.into_iter().zip(names).map(|(choice, name)| {
        view! {
            <label class="choice">
                <input type="radio" name="measure" prop:checked=flag(move || measure.get() == choice) on:change=act(move |_| measure.set(choice)) />
                <span>{name}</span>
            </label>
        }
    });
    let drawn = Memo::new(move |_| {
        let shown = measure.get();
        let place = shown as usize;
        let lines = rows.with(|rows| lines(figures, rows)).into_iter();
        let rows = lines.map(|line| (line.name, line.found.map(|found| found[place].estimate())));
        let name = names.get(place).copied().unwrap_or_default();
        let (low, high) = if shown.is_rating() {
            (1.0, 7.0)
        } else {
            (0.0, 1.0)
        };
        let axis = Axis::of(name, shown.unit()).within(low, high);
        before_after(figures, figures.before_after, axis, rows.collect())
    });
    let listed = move || {
        let shown = measure.get();
        let lines = rows.with(|rows| lines(figures, rows)).into_iter();
        lines
            .map(|line| one_line(figures, shown, line))
            .collect_view()
            .into_any()
    };
    let whole = move || {
        let lines = rows.with(|rows| lines(figures, rows)).into_iter();
        lines
            .map(|line| whole_line(figures, line))
            .collect_view()
            .into_any()
    };
    let perplexity = Memo::new(move |_| page.view.with(|view| language(figures, &view.languages)));
    let meaning = move || figures.measure_lines[measure.get() as usize];
    let asked = move || {
        let told = perplexity.with(|[told, _]| !told.is_empty());
        told.then(|| mark(Term::Perplexity, (text.frame.asks)(figures.perplexity_name)))
    };
    let picture = move || {
        view! {
            <p class="aside">{words(meaning)}</p>
            {sure::of_measure(page, measure)}
            {chart(page, "benchmark", drawn)}
        }
        .into_any()
    };
    let tables = move || {
        view! {
            <div class="table-frame" tabindex="0" role="region" aria-label=figures.before_after>
                <table class="drawn-table">
                    <caption class="hidden">{figures.before_after}</caption>
                    <thead><tr>
                        <th scope="col">{figures.suite}</th><th scope="col" class="asked">{figures.prompts}</th>
                        <th scope="col" class="base">{figures.base}</th><th scope="col" class="trained">{figures.trained}</th>
                    </tr></thead>
                    <tbody>{live(listed)}</tbody>
                </table>
            </div>
            {linked_line("aside", figures.interval)}
            <details class="more" id="every-figure">
                <summary>{figures.every}</summary>
                <div class="table-frame" tabindex="0" role="region" aria-label=figures.every>
                    <table class="whole-table">
                        <caption class="hidden">{figures.every}</caption>
                        <thead><tr>
                            <th scope="col">{figures.suite}</th><th scope="col">{figures.every_model}</th>
                            {TERMS.into_iter().zip(names).map(|(about, name)| view! { <th scope="col">{term(about, name)}</th> }).collect_view()}
                        </tr></thead>
                        {live(whole)}
                    </table>
                </div>
            </details>
            <p class="perplexity">{words(move || perplexity.get().join(" "))}" "{maybe(asked)}</p>
        }
        .into_any()
    };
    let whose = Memo::new(move |_| {
        page.view.track();
        by_values(page, None)
    });
    let untested = Memo::new(move |_| rows.with(Vec::is_empty));
    view! {
        <div class="benchmark">
            <fieldset class="choices"><legend class="hidden">{figures.measure}</legend>{choices.collect_view()}</fieldset>
            <p class="aside">{words(move || whose.get())}</p>
            {live(move || if untested.get() {
                view! { <p class="aside empty-line">{figures.tests_empty}</p> }.into_any()
            } else {
                picture()
            })}
        </div>
        <AskBoth />
        {attacks(page)}
        {maybe(move || (!untested.get()).then(|| view! { <div class="benchmark tables">{tables()}</div> }.into_any()))}
        {super::vote::entry(page)}
        {super::keep::row(page)}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    fn estimate(value: f32) -> Estimate {
        Estimate {
            value,
            low: value - 0.1,
            high: value + 0.1,
        }
    }

    fn result(suite: &str, model: WhichModel, fine: u32) -> SuiteResult {
        SuiteResult {
            suite: suite.to_owned(),
            model,
            count: 10,
            fine,
            alignment: estimate(4.0),
            engagement: estimate(5.0),
            bad: estimate(0.3),
            over_refusal: estimate(0.5),
            gibberish: estimate(0.1),
            diversity: estimate(0.75),
            multiple_choice: None,
            examples: Vec::new(),
            each: Vec::new(),
        }
    }

    #[test]
    fn what_is_unknown_and_what_is_nothing_are_told_apart() {
        let tests = [
            result("misleading", WhichModel::Base, 0),
            result("scary-but-fine", WhichModel::Base, 10),
            result("misleading", WhichModel::Trained, 0),
        ];
        let lines = lines(&Language::English.text().figures, &rows(&tests));
        let names: Vec<&str> = lines.iter().map(|line| line.name.as_str()).collect();
        assert_eq!(
            names,
            ["All questions", "Misleading consent", "Scary but fine"]
        );
        let refusal =
            |line: usize, model: usize| lines[line].found[model][Measure::OverRefusal as usize];
        assert_eq!(refusal(1, 0), Found::Nothing, "nothing fine was asked");
        assert_eq!(
            refusal(0, 0),
            Found::Figure(estimate(0.5)),
            "the mean of the one there is"
        );
        assert_eq!(
            (refusal(2, 1), refusal(0, 1)),
            (Found::NotYet, Found::NotYet)
        );
        let choice = lines[0].found[0][Measure::MultipleChoice as usize];
        assert_eq!(choice, Found::Nothing, "multiple choice was left out");
        assert_eq!(lines[0].count, 20);
        let words = Measure::Bad.words(estimate(0.3));
        assert_eq!(words, ["30%".to_owned(), "20–40".to_owned()]);
        assert_eq!(Measure::Diversity.words(estimate(0.75))[0], "0.75");
    }

    #[test]
    fn a_loss_of_language_is_told_only_when_it_can_be_seen() {
        let measured = |value: f32, slack: f32| {
            let ratio = Estimate {
                value: value / 2.0,
                low: value / 2.0 - slack,
                high: value / 2.0 + slack,
            };
            let models = [
                (WhichModel::Base, 2.0, None),
                (WhichModel::Trained, value, Some(ratio)),
            ];
            models.map(|(model, value, perplexity_ratio)| LanguageResult {
                model,
                documents: 200,
                perplexity: estimate(value),
                perplexity_ratio,
            })
        };
        let told = |value, slack| {
            language(&Language::English.text().figures, &measured(value, slack)).join(" ")
        };
        let holds = |told: String, words: &str| assert!(told.contains(words), "{told}");
        holds(told(2.05, 0.03), "before 2.00 (1.90–2.10), after 2.05");
        holds(told(2.05, 0.03), "No more than this test can tell");
        holds(told(2.05, 0.03), "between \u{2212}0.5 and 5.5%");
        // Inside the base model's own interval, and certain nevertheless.
        holds(told(2.05, 0.01), "rose by 2.5% (95% interval 1.5 to 3.5%)");
        holds(
            told(1.99, 0.001),
            "fell by 0.50% (95% interval 0.40 to 0.60%)",
        );
        holds(told(3.0, 0.03), "rose by 50%");
        holds(told(1.5, 0.03), "fell by 25%");
        // Far apart, but the documents do not agree.
        holds(told(3.0, 0.6), "No more than this test can tell");
        let [before, unknown] = language(
            &Language::English.text().figures,
            &measured(2.05, 0.01)[..1],
        );
        assert!(before.contains("before 2.00") && unknown.is_empty());
        assert_eq!(language(&Language::English.text().figures, &[]), ["", ""]);
    }
}
