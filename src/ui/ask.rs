//! A question for both models, the visitor's own or a ready-made one.

use super::live::{act, live, value, words};
use super::state::Page;
use crate::lab::Phase;
use crate::lab::view::{WhichModel, prose};
use leptos::prelude::*;

#[component]
pub fn AskBoth() -> impl IntoView {
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
