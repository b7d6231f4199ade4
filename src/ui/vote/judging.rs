//! One question, two answers, four buttons. Nothing in the document tells the two models apart: which
//! answer stands first is the deal's secret, and the texts are all that changes from pair to pair.

use super::super::live::{act, maybe, words as text_of};
use super::super::parts;
use super::super::state::Page;
use super::{store, words};
use crate::lab::vote::deal::{Dealt, deal};
use crate::lab::vote::{Ballot, Pool, Press, ROUND};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// What a key means here.
enum Meant {
    Press(Press),
    TakeBack,
}

fn meaning(key: &str) -> Option<Meant> {
    let press = match key {
        "ArrowLeft" => Press::First,
        "ArrowRight" => Press::Second,
        "Backspace" => return Some(Meant::TakeBack),
        _ => {
            let mut letters = key.chars();
            let letter = letters.next().filter(|_| letters.next().is_none())?;
            Press::from_key(letter)?
        }
    };
    Some(Meant::Press(press))
}

/// Changes the ballot and keeps it; says so where the browser does not.
pub fn change(ballot: RwSignal<Ballot>, unkept: RwSignal<bool>, how: impl FnOnce(&mut Ballot)) {
    ballot.update(how);
    unkept.set(!ballot.with_untracked(store::keep));
}

/// Listens to keys for as long as this is shown.
fn listen(ballot: RwSignal<Ballot>, unkept: RwSignal<bool>) {
    let pressed = move |event: KeyboardEvent| {
        let held = event.ctrl_key() || event.alt_key() || event.meta_key() || event.repeat();
        // On a choice between two things the arrows belong to that choice.
        let target = event.target();
        let chooses = target.is_some_and(|target| target.has_type::<web_sys::HtmlInputElement>());
        let belongs_there = chooses && event.key().starts_with("Arrow");
        let Some(meant) = meaning(&event.key()).filter(|_| !held && !belongs_there) else {
            return;
        };
        event.prevent_default();
        match meant {
            Meant::Press(press) => change(ballot, unkept, |ballot| ballot.press(press)),
            Meant::TakeBack => change(ballot, unkept, Ballot::take_back),
        }
    };
    let listener = window_event_listener(leptos::ev::keydown, pressed);
    on_cleanup(move || listener.remove());
}

/// What there is to say of the number of pairs.
fn about_pairs(page: Page, pool: &Pool) -> String {
    let text = words(page);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let few = (pool.pairs.len() < ROUND).then(|| (text.few)(count(pool.pairs.len())));
    let left_out = (pool.same > 0).then(|| (text.left_out)(count(pool.same)));
    [few, left_out]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" ")
}

/// The way back from a slip of the finger.
fn take_back(page: Page, ballot: RwSignal<Ballot>, unkept: RwSignal<bool>) -> AnyView {
    let back = act(move |_| change(ballot, unkept, Ballot::take_back));
    view! { <button type="button" class="quiet" id="vote-back" on:click=back>{words(page).take_back}</button> }
        .into_any()
}

/// The pair that is to be judged now.
pub fn judging(page: Page, pool: &Arc<Pool>, ballot: RwSignal<Ballot>) -> AnyView {
    let text = words(page);
    let dealt: Arc<Vec<Dealt>> =
        Arc::new(deal(pool, ballot.with_untracked(|ballot| ballot.number)));
    let unkept = RwSignal::new(false);
    listen(ballot, unkept);
    let at = Memo::new(move |_| ballot.with(Ballot::judged));
    // The texts of the pair: question, first and second answer.
    let spoken = |place: usize| {
        let (pool, dealt) = (Arc::clone(pool), Arc::clone(&dealt));
        text_of(move || {
            let dealt = dealt.get(at.get())?;
            let pair = pool.pairs.get(dealt.pair)?;
            Some(match place {
                0 => pair.question.clone(),
                place => pair.answers[usize::from(dealt.trained_first == (place == 1))]
                    .text
                    .clone(),
            })
        })
    };
    let answer = |number: u32, press: Press| {
        let chosen = act(move |_| change(ballot, unkept, |ballot| ballot.press(press)));
        view! {
            <button type="button" class="vote-answer" id=format!("vote-{number}") on:click=chosen>
                <kbd aria-hidden="true">{number.to_string()}</kbd>
                <span class="hidden">{(text.answer)(number)}</span>
                <span class="speech" lang="en">{spoken(number as usize)}</span>
            </button>
        }
        .into_any()
    };
    let neither = |key: &'static str, press: Press, name: &'static str| {
        let chosen = act(move |_| change(ballot, unkept, |ballot| ballot.press(press)));
        view! { <button type="button" id=format!("vote-{key}") on:click=chosen><kbd aria-hidden="true">{key}</kbd>{name}</button> }
            .into_any()
    };
    let progress = move || {
        let goal = ballot.with(|ballot| ballot.goal);
        (text.progress)(at.get() as u32 + 1, goal as u32)
    };
    let ticks = move || {
        let tick = |place: usize| {
            if place < at.get() {
                "<i class=done></i>"
            } else {
                "<i></i>"
            }
        };
        (0..ballot.with(|ballot| ballot.goal))
            .map(tick)
            .collect::<String>()
    };
    let can_back = Memo::new(move |_| ballot.with(Ballot::can_take_back));
    view! {
        <div class="vote-ballot">
            <p class="aside vote-lead">{text.lead}</p>
            <div class="vote-progress"><p role="status">{text_of(progress)}</p><div class="vote-ticks" aria-hidden="true" inner_html=super::super::live::value(ticks)></div></div>
            <div aria-live="polite" aria-atomic="true">
                <p class="question vote-question" id="vote-question" tabindex="-1" lang="en">{spoken(0)}</p>
                <div class="vote-answers">{answer(1, Press::First)}{answer(2, Press::Second)}</div>
            </div>
            <div class="vote-rest">
                {neither("0", Press::Alike, text.alike)}
                {neither("3", Press::BothBad, text.both_bad)}
                {maybe(move || can_back.get().then(|| take_back(page, ballot, unkept)))}
            </div>
            <p class="aside vote-keys">{text.keys}</p>
            <p class="aside">{about_pairs(page, pool)}</p>
            {parts::line("fault", text_of(move || unkept.get().then_some(text.unkept)))}
        </div>
    }
    .into_any()
}

/// All pairs are judged, and nothing is known yet.
pub fn curtain(page: Page, pool: &Pool, ballot: RwSignal<Ballot>) -> AnyView {
    let text = words(page);
    let unkept = RwSignal::new(false);
    let count = ballot.with_untracked(Ballot::judged).min(pool.pairs.len());
    let raise = act(move |_| {
        change(ballot, unkept, Ballot::raise);
        request_animation_frame(|| super::super::app::focus("vote-outcome"));
    });
    // Whoever judges by keyboard goes on by keyboard.
    request_animation_frame(|| super::super::app::focus("vote-raise"));
    view! {
        <div class="vote-curtain">
            <p class="vote-outcome" role="status">{(text.complete)(count as u32)}</p>
            <button type="button" class="primary" id="vote-raise" on:click=raise>{text.raise}</button>
            {take_back(page, ballot, unkept)}
        </div>
    }
    .into_any()
}
