//! Third act: the benchmark, and a question for both models.

use super::chart::bars;
use super::live::{act, flag, live, value, words};
use super::state::Page;
use crate::lab::Phase;
use crate::lab::view::{Estimate, SuiteResult, WhichModel, prose};
use leptos::prelude::*;

/// What the table shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Alignment,
    Engagement,
    Bad,
    OverRefusal,
    Gibberish,
}

impl Measure {
    const ALL: [Measure; 5] = [
        Measure::Alignment,
        Measure::Engagement,
        Measure::Bad,
        Measure::OverRefusal,
        Measure::Gibberish,
    ];

    fn of(self, result: &SuiteResult) -> Estimate {
        match self {
            Measure::Alignment => result.alignment,
            Measure::Engagement => result.engagement,
            Measure::Bad => result.bad,
            Measure::OverRefusal => result.over_refusal,
            Measure::Gibberish => result.gibberish,
        }
    }

    fn is_share(self) -> bool {
        !matches!(self, Measure::Alignment | Measure::Engagement)
    }

    fn words(self, estimate: Estimate) -> [String; 2] {
        if self.is_share() {
            let percent = |value: f32| value * 100.0;
            [
                format!("{:.0} %", percent(estimate.value)),
                format!("{:.0}–{:.0}", percent(estimate.low), percent(estimate.high)),
            ]
        } else {
            [
                format!("{:.2}", estimate.value),
                format!("{:.2}–{:.2}", estimate.low, estimate.high),
            ]
        }
    }
}

/// The mean over suites, each weighing the same, with the interval of such a mean; none unless all
/// suites have been answered.
fn mean(estimates: &[Option<Estimate>]) -> Option<Estimate> {
    let all: Vec<Estimate> = estimates.iter().copied().collect::<Option<_>>()?;
    let count = all.len() as f32;
    let spread = |arm: fn(&Estimate) -> f32| {
        libm::sqrtf(all.iter().map(|one| arm(one) * arm(one)).sum::<f32>()) / count
    };
    let value = all.iter().map(|one| one.value).sum::<f32>() / count;
    Some(Estimate {
        value,
        low: value - spread(|one| one.value - one.low),
        high: value + spread(|one| one.high - one.value),
    })
}

/// A suite with what both models made of it.
#[derive(Clone, PartialEq)]
struct Row {
    suite: String,
    base: Option<SuiteResult>,
    trained: Option<SuiteResult>,
}

#[component]
pub fn TestPanel() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let figures = &text.figures;
    let measure = RwSignal::new(Measure::Alignment);
    let rows = Memo::new(move |_| {
        page.view.with(|view| {
            let mut rows: Vec<Row> = Vec::new();
            for result in &view.tests {
                let place = rows
                    .iter()
                    .position(|row| row.suite == result.suite)
                    .unwrap_or_else(|| {
                        rows.push(Row {
                            suite: result.suite.clone(),
                            base: None,
                            trained: None,
                        });
                        rows.len() - 1
                    });
                match result.model {
                    WhichModel::Base => rows[place].base = Some(result.clone()),
                    WhichModel::Trained => rows[place].trained = Some(result.clone()),
                }
            }
            rows
        })
    });
    let names = [
        text.scene.alignment,
        text.scene.engagement,
        figures.bad,
        figures.over_refusal,
        figures.gibberish,
    ];
    let choices = Measure::ALL.into_iter().zip(names).map(|(choice, name)| {
        view! {
            <label class="choice">
                <input type="radio" name="measure" prop:checked=flag(move || measure.get() == choice) on:change=act(move |_| measure.set(choice)) />
                <span>{name}</span>
            </label>
        }
    });
    let line =
        move |name: String, hint: String, count: u32, [base, trained]: [Option<Estimate>; 2]| {
            let shown = measure.get();
            let (from, full) = if shown.is_share() {
                (0.0, 1.0)
            } else {
                (1.0, 7.0)
            };
            let cell = move |estimate: Option<Estimate>, class: &'static str| match estimate
                .map(|estimate| shown.words(estimate))
            {
                Some([value, interval]) => {
                    view! { <td class=class><b>{value}</b><small>{interval}</small></td> }
                        .into_any()
                }
                None => view! { <td class=class>"…"</td> }.into_any(),
            };
            view! {
                <tr>
                    <th scope="row">{name}<small>{hint}</small></th>
                    <td class="asked">{count.to_string()}</td>
                    {cell(base, "base")}
                    {cell(trained, "trained")}
                    <td class="drawn">{bars::pair(base, trained, from, full)}</td>
                </tr>
            }
            .into_any()
        };
    let lines = move || {
        let (shown, rows) = (measure.get(), rows.get());
        let of = |result: &Option<SuiteResult>| result.as_ref().map(|result| shown.of(result));
        let both: Vec<[Option<Estimate>; 2]> = rows
            .iter()
            .map(|row| [of(&row.base), of(&row.trained)])
            .collect();
        let counts: Vec<u32> = rows
            .iter()
            .map(|row| {
                row.base
                    .as_ref()
                    .or(row.trained.as_ref())
                    .map_or(0, |result| result.count)
            })
            .collect();
        let whole =
            [0, 1].map(|place| mean(&both.iter().map(|pair| pair[place]).collect::<Vec<_>>()));
        let first = line(
            figures.all.to_owned(),
            figures.all_hint.to_owned(),
            counts.iter().sum(),
            whole,
        );
        let rest = rows
            .iter()
            .zip(both)
            .zip(counts)
            .map(|((row, pair), count)| {
                line(
                    (figures.suite_name)(&row.suite),
                    (figures.suite_hint)(&row.suite),
                    count,
                    pair,
                )
            });
        std::iter::once(first).chain(rest).collect_view()
    };
    view! {
        <div class="benchmark">
            <fieldset class="choices"><legend class="hidden">{figures.measure}</legend>{choices.collect_view()}</fieldset>
            {live(move || if rows.with(Vec::is_empty) {
                view! { <p class="aside empty-line">{figures.tests_empty}</p> }.into_any()
            } else {
                view! {
                    <div class="table-frame" tabindex="0" role="region" aria-label=figures.before_after>
                        <table>
                            <caption class="hidden">{figures.before_after}</caption>
                            <thead><tr>
                                <th scope="col">{figures.suite}</th><th scope="col" class="asked">{figures.prompts}</th>
                                <th scope="col" class="base">{figures.base}</th><th scope="col" class="trained">{figures.trained}</th>
                                <td class="drawn"></td>
                            </tr></thead>
                            <tbody>{lines()}</tbody>
                        </table>
                    </div>
                    <p class="aside">{figures.interval}</p>
                }.into_any()
            })}
        </div>
        <AskBoth />
    }
    .into_any()
}

#[component]
fn AskBoth() -> impl IntoView {
    let page = Page::here();
    let figures = &page.text().figures;
    let waiting = RwSignal::new(0u32);
    let missing = RwSignal::new(false);
    let send = move || {
        let question = page.question.get_untracked().trim().to_owned();
        missing.set(question.is_empty());
        if question.is_empty() || waiting.get_untracked() > 0 {
            return;
        }
        page.forget_answers();
        page.asked.set(question.clone());
        waiting.set(2);
        for (place, model) in [WhichModel::Base, WhichModel::Trained]
            .into_iter()
            .enumerate()
        {
            let asked = question.clone();
            page.ask(model, question.clone(), move |answer| {
                let answer = answer.map_err(|failure| failure.message);
                if page.asked.with_untracked(|now| *now == asked) {
                    page.answers.update(|answers| answers[place] = Some(answer));
                }
                // The panel may be gone by the time the answer is there.
                waiting.try_update(|waiting| *waiting = waiting.saturating_sub(1));
            });
        }
    };
    let ready = figures
        .ready
        .iter()
        .map(|(_, question)| view! { <option value=*question>{*question}</option> });
    let choose = move |event| {
        let chosen = event_target_value(&event);
        if !chosen.is_empty() {
            missing.set(false);
            page.forget_answers();
            page.question.set(chosen);
        }
    };
    let early = move || {
        page.view
            .with(|view| view.phase() != Phase::Done && view.training.is_empty())
    };
    let answer = move |place: usize, name: &'static str| {
        let said = move || match page.answers.get()[place].clone() {
            Some(Ok(answer)) => {
                view! { <p class="speech" lang="en">{prose(&answer)}</p> }.into_any()
            }
            Some(Err(why)) => view! { <p class="fault">{why}</p> }.into_any(),
            None if waiting.get() > 0 && page.asked.with(|asked| !asked.is_empty()) => {
                view! { <p class="waiting">{figures.thinking}</p> }.into_any()
            }
            None => ().into_any(),
        };
        view! { <div class="answer"><h4>{name}</h4><div aria-live="polite">{live(said)}</div></div> }
    };
    view! {
        <form class="ask" on:submit=move |event| { event.prevent_default(); send(); }>
            <h3>{figures.ask_both}</h3>
            <p class="aside">{figures.ask_hint}</p>
            <div class="ask-row">
                <label class="field">
                    <span>{figures.ask_field}</span>
                    <input id="question" type="text" autocomplete="off" maxlength="400" prop:value=value(move || page.question.get())
                        aria-invalid=value(move || missing.get().to_string()) aria-describedby="question-fault"
                        on:input=act(move |event| { missing.set(false); page.question.set(event_target_value(&event)); }) />
                </label>
                <label class="field ready-made">
                    <span>{figures.ask_ready}</span>
                    <select on:change=act(choose)><option value="">{figures.ready_made}</option>{ready.collect_view()}</select>
                </label>
                <button type="submit" id="ask">{figures.ask}</button>
            </div>
            <p class="fault" id="question-fault">{words(move || missing.get().then_some(figures.ask_empty))}</p>
            <p class="question asked-now" lang="en">{words(move || page.asked.get())}</p>
            <div class="answers">{answer(0, figures.base)}{answer(1, figures.trained)}</div>
            <p class="aside">{words(move || early().then_some(figures.ask_early))}</p>
        </form>
    }
    .into_any()
}
