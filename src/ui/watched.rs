//! Second act, below the curves: what the stage on hand learns from, and what the model answers to
//! three questions while it learns.

use super::live::{act, live, value, words};
use super::score::{pips, score};
use super::state::Page;
use super::text::LearningText;
use crate::lab::look::Why;
use crate::lab::view::{Example, LearningData, Look, prose};
use leptos::prelude::*;

fn why(text: &LearningText, why: &Why) -> &'static str {
    let place = match why {
        Why::Uneven { .. } => 0,
        Why::BadScore => 1,
        Why::Empty => 2,
        Why::TooLong { .. } => 3,
        Why::OneAnswer => 4,
        Why::EquallyGood => 5,
    };
    text.why[place]
}

/// What the stage on hand learns from, in a sentence, and what it does not.
pub fn lessons(page: Page) -> AnyView {
    let text = &page.text().learning;
    let newest = Memo::new(move |_| page.view.with(|view| view.lessons.last().cloned()));
    let told = move |LearningData { lessons, .. }: LearningData| {
        let mut sentence = (text.lessons)(lessons.learnt, lessons.kept);
        if lessons.imitated > 0 {
            sentence = format!("{sentence} {}", (text.imitated)(lessons.imitated));
        }
        let row = |one: &crate::lab::look::Skipped| {
            view! { <li><span lang="en">{prose(&one.query)}</span><small>{why(text, &one.why)}</small></li> }
        };
        let more = lessons.left_out as usize > lessons.skipped.len();
        let more = more.then(|| {
            let unnamed = lessons.left_out - lessons.skipped.len() as u32;
            view! { <li><small>{(text.skipped_more)(unnamed)}</small></li> }
        });
        let list = (lessons.left_out > 0).then(|| {
            view! {
                <details class="skipped">
                    <summary>{(text.skipped)(lessons.left_out)}</summary>
                    <ul>{lessons.skipped.iter().map(row).collect_view()}{more}</ul>
                </details>
            }
            .into_any()
        });
        view! { <p>{sentence}</p>{list} }.into_any()
    };
    let inside = live(move || match newest.get() {
        Some(newest) => told(newest),
        None => ().into_any(),
    });
    view! { <div class="lessons">{inside}</div> }.into_any()
}

/// An answer with its scores.
fn answer(title: String, one: Option<&Example>) -> AnyView {
    let said = one.map(|one| {
        view! { <p class="speech" lang="en">{prose(&one.answer)}</p><p class="scores">{score(Some(one.alignment))}{pips(Some(one.engagement))}</p> }
            .into_any()
    });
    view! { <div><h5>{title}</h5>{said}</div> }.into_any()
}

/// The three questions: their answers before learning, and at the look that is chosen.
pub fn questions(page: Page) -> AnyView {
    let text = &page.text().learning;
    let looks = Memo::new(move |_| page.view.with(|view| view.looks.len()));
    // The newest one, unless another was chosen.
    let chosen = RwSignal::new(None::<usize>);
    let place = move || {
        let newest = looks.get().saturating_sub(1);
        chosen.get().map_or(newest, |chosen| chosen.min(newest))
    };
    let with = move |read: &dyn Fn(&Look, &Look) -> AnyView| {
        let place = place();
        page.view
            .with(|view| match (view.looks.first(), view.looks.get(place)) {
                (Some(first), Some(now)) => read(first, now),
                _ => ().into_any(),
            })
    };
    let rows = move || {
        with(&|first, now| {
            let row = |(number, now_said): (usize, &Example)| {
                let before = answer(text.first.to_owned(), first.answers.get(number));
                let now = answer((text.at_step)(now.step), Some(now_said));
                view! { <li><h4 lang="en">{prose(&now_said.question)}</h4><div class="then-now">{before}{now}</div></li> }
                    .into_any()
            };
            let rows = now.answers.iter().enumerate().map(row);
            view! { <ul class="asked">{rows.collect_view()}</ul> }.into_any()
        })
    };
    let step = move || {
        let place = place();
        page.view
            .with(|view| view.looks.get(place).map(|look| (text.at_step)(look.step)))
    };
    let means = move || {
        let place = place();
        page.view.with(|view| {
            let look = view.looks.get(place);
            look.map(|look| (text.means)(look.alignment, look.engagement, look.bad))
        })
    };
    let none = Memo::new(move |_| looks.get() == 0);
    live(move || {
        if none.get() {
            return ().into_any();
        }
        let slide = act(move |event: leptos::ev::Event| {
            let at = event_target_value(&event).parse::<usize>().ok();
            // At its end it follows what comes.
            chosen.set(at.filter(|at| at + 1 < looks.get_untracked()));
        });
        view! {
            <section class="watched" aria-labelledby="watched-title">
                <h3 id="watched-title">{text.watched}</h3>
                <p class="aside">{text.watched_hint}</p>
                <div class="look-row">
                    <label for="look">{text.look}</label>
                    <input id="look" type="range" min="0" max=value(move || looks.get().saturating_sub(1).to_string()) step="1"
                        prop:value=value(move || place().to_string()) aria-valuetext=value(move || step().unwrap_or_default()) on:input=slide />
                    <output for="look">{words(step)}</output>
                </div>
                <p class="means">{words(means)}</p>
                {live(rows)}
            </section>
        }
        .into_any()
    })
}
