//! A result that came with a link: what it was, before Run; whether it came out again, after.
//!
//! A receipt says what somebody else's run came to and what computed it. This card lays it beside
//! what is here: first the machine and the build, which can already be compared, then the result.

pub mod beside;

use super::icons;
use super::lessons::Place;
use super::live::{act, maybe, words};
use super::parts;
use super::receipt::verdict;
use super::settings::methods::learnt;
use super::state::Page;
use super::text::Text;
use crate::lab::receipt::EngineUsed;
use crate::lab::{Phase, Receipt, RunConfig, build};
use leptos::prelude::*;

/// How far the promise has been checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// It waits for Run.
    Waits,
    /// The run is on.
    On,
    /// Both results are there.
    Checked,
    /// The settings are others by now.
    Changed,
}

fn standing(page: Page, wanted: &RunConfig) -> Standing {
    page.view.with(|view| {
        let phase = view.phase();
        let same = match &view.config {
            // What an idle engine was told is what the settings say, a moment later.
            Some(config) if phase != Phase::Idle => Page::is_same_run(config, wanted),
            _ => page.draft.with(|draft| Page::is_same_run(draft, wanted)),
        };
        match phase {
            _ if !same || view.imported.is_some() => Standing::Changed,
            Phase::Done if view.receipt.is_some() => Standing::Checked,
            Phase::Idle | Phase::Done | Phase::Failed => Standing::Waits,
            _ => Standing::On,
        }
    })
}

/// What can be expected of a check here.
fn expected(text: &Text, promised: &Receipt) -> String {
    let promise = &text.promise;
    let engine = match promised.engine {
        EngineUsed::BrowserCpu => promise.exact,
        EngineUsed::BrowserWebGpu => promise.rounding,
        EngineUsed::NativeCpu | EngineUsed::NativeWgpu => promise.native,
    };
    let ours = Receipt::fit_build(build::id());
    let mut words = vec![engine.to_owned()];
    if promised.build != ours {
        words.push((promise.other_build)(&promised.build, &ours));
    }
    words.join(promise.space)
}

/// What was run, in a line.
fn told(text: &Text, wanted: &RunConfig) -> String {
    let (society, promise) = (&wanted.society, &text.promise);
    let village = (promise.village)(society.agents().into(), society.rounds.into());
    let steps = wanted.steps_before(usize::MAX);
    let learning = (steps > 0).then(|| (promise.learning)(&learnt(wanted), steps));
    let seed = (promise.seed)(wanted.seed);
    let parts: Vec<String> = [Some(village), learning, Some(seed)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(" · ")
}

/// The card.
pub fn inside(page: Page) -> AnyView {
    let text = page.text();
    let away = RwSignal::new(None::<Receipt>);
    let shown = Memo::new(move |_| {
        // A chapter plays a village of its own, and promises nothing of the link's.
        let in_chapter = page.lesson.get().is_some_and(Place::has_its_own_village);
        page.promised
            .get()
            .filter(|_| !in_chapter)
            .filter(|(_, receipt)| away.get().as_ref() != Some(receipt))
    });
    let card = move || {
        let (wanted, promised) = shown.get()?;
        Some(card(page, text, away, wanted, promised))
    };
    maybe(card)
}

fn card(
    page: Page,
    text: &'static Text,
    away: RwSignal<Option<Receipt>>,
    wanted: RunConfig,
    promised: Receipt,
) -> AnyView {
    let promise = &text.promise;
    let standing = {
        let wanted = wanted.clone();
        Memo::new(move |_| standing(page, &wanted))
    };
    let mine = Memo::new(move |_| {
        let checked = standing.get() == Standing::Checked;
        page.view
            .with(|view| view.receipt.clone().filter(|_| checked))
    });
    let sentence = {
        let promised = promised.clone();
        move || match standing.get() {
            Standing::Waits => promise.lead.to_owned(),
            Standing::On => promise.running.to_owned(),
            Standing::Changed => promise.changed.to_owned(),
            Standing::Checked => mine
                .get()
                .map(|mine| verdict(text, &mine, &promised).1)
                .unwrap_or_default(),
        }
    };
    let expectation = {
        let promised = promised.clone();
        move || {
            let open = matches!(standing.get(), Standing::Waits | Standing::On);
            open.then(|| expected(text, &promised))
        }
    };
    let settings = told(text, &wanted);
    let back = move || {
        let (wanted, is_changed) = (wanted.clone(), standing.get() == Standing::Changed);
        is_changed.then(|| {
            let go = act(move |_| page.adopt(page.preset.get_untracked(), wanted.clone()));
            view! { <button type="button" id="promise-back" on:click=go>{promise.back}</button> }
                .into_any()
        })
    };
    let name = super::live::value(move || {
        let name = match standing.get() {
            Standing::Waits => "waits",
            Standing::On => "on",
            Standing::Changed => "changed",
            Standing::Checked => match mine.get() {
                Some(mine)
                    if page.promised.with(|promised| {
                        promised
                            .as_ref()
                            .is_some_and(|(_, promised)| verdict(text, &mine, promised).0)
                    }) =>
                {
                    "same"
                }
                _ => "differs",
            },
        };
        name.to_owned()
    });
    let put = promised.clone();
    let dismiss = act(move |_: leptos::ev::MouseEvent| away.set(Some(put.clone())));
    let label = text.trouble.dismiss;
    let table = move || mine.with(|mine| beside::table(page, mine.as_ref(), &promised));
    view! {
        <section class="promise-card" id="promise" data-standing=name aria-labelledby="promise-title">
            <div class="promise-words">
                <h2 id="promise-title">{promise.title}</h2>
                <p class="promise-sentence" role="status">{words(sentence)}</p>
                <p class="promise-settings">{settings}</p>
                <p class="aside">{words(expectation)}</p>
                {maybe(back)}
            </div>
            {parts::markup("promise-table", table)}
            <button type="button" class="plain" on:click=dismiss aria-label=label title=label>{icons::cross()}</button>
        </section>
    }
    .into_any()
}
