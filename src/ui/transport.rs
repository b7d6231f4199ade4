//! Run, step, reset, and the line that says what is being worked on.

use super::icons;
use super::lessons::Place;
use super::live::{act, flag, live, maybe, value, words};
use super::receipt::{adapter_words, engine_words, outcome};
use super::session::arriving::Arriving;
use super::state::{Act, Link, Page};
use super::text::Opening;
use crate::lab::message::Stage;
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

/// What is being worked on, in words.
pub fn stage_words(text: &Opening, stage: Stage) -> &'static str {
    let stages = &text.stages;
    match stage {
        Stage::Remembering => stages.remembering,
        Stage::Drafting => stages.drafting,
        Stage::Criticising => stages.criticising,
        Stage::Revising => stages.revising,
        Stage::Training => stages.training,
        Stage::TestingBase => stages.testing_base,
        Stage::TestingTrained => stages.testing_trained,
    }
}

/// The round, where rounds are played; else the act.
pub fn place(text: &Opening, view: &RunView) -> String {
    let rounds = view
        .config
        .as_ref()
        .map_or(0, |config| config.society.rounds);
    match view.phase() {
        Phase::Preparing => text.stages.remembering.to_owned(),
        Phase::Simulating => (text.frame.round_of)(view.round(), u32::from(rounds)),
        phase => text.frame.act_names[Act::of(phase) as usize].to_owned(),
    }
}

fn headline(text: &Opening, link: Link, view: &RunView) -> String {
    let frame = &text.frame;
    let words = match (link, view.phase()) {
        (Link::Unreachable | Link::Broken(_) | Link::OtherBuild, _) => frame.stopped,
        (Link::Fetching, _) => frame.loading,
        _ if view.waiting.is_some() => frame.your_turn,
        (_, phase) if view.paused && phase.is_working() => {
            return format!("{} · {}", frame.paused, place(text, view));
        }
        (_, Phase::Idle) => frame.waiting,
        (_, Phase::Done) if view.imported.is_some() => {
            let name = view.imported.as_deref().unwrap_or_default();
            return (text.scene.brought)(name);
        }
        (_, Phase::Done) => match &view.receipt {
            Some(receipt) => {
                return outcome(text, receipt, &view.tests)
                    .unwrap_or_else(|| frame.done.to_owned());
            }
            None => frame.ended,
        },
        (_, Phase::Failed) => frame.stopped,
        (_, phase) => match view.progress {
            Some(progress) => stage_words(text, progress.stage),
            None if phase == Phase::Training => text.stages.training,
            None if phase == Phase::Testing => text.stages.testing_base,
            None if phase == Phase::Preparing => text.stages.loading_model,
            None => text.stages.drafting,
        },
    };
    words.to_owned()
}

/// How far that has come which says nothing by itself.
fn arrived(text: &Opening, arriving: Arriving) -> String {
    let megabytes = |bytes: f64| format!("{:.1}", bytes / 1e6);
    match arriving {
        Arriving::Bytes { here, all } if all > 0.0 => {
            (text.stages.bytes_of)(&megabytes(here.min(all)), &megabytes(all))
        }
        Arriving::Bytes { here, .. } => (text.stages.bytes)(&megabytes(here)),
        Arriving::Programs { here, all: 0 } => (text.stages.programs)(here),
        Arriving::Programs { here, all } => (text.stages.programs_of)(here, all),
    }
}

/// Seconds until the stage on hand is over, once that can be told.
fn seconds_left(page: Page, view: &RunView) -> Option<u32> {
    let progress = view
        .progress
        .filter(|progress| progress.total > progress.done)?;
    let (stage, since, from) = page.pace.get_untracked()?;
    let elapsed = (super::memory::milliseconds() - since) / 1000.0;
    let made = progress.done.checked_sub(from).filter(|made| *made > 0)?;
    if stage != progress.stage || elapsed < 2.0 || view.paused {
        return None;
    }
    let left = elapsed / f64::from(made) * f64::from(progress.total - progress.done);
    // Seconds of a run; far below the largest number.
    Some(left.ceil() as u32)
}

#[component]
pub fn Transport() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let frame = &text.frame;
    let running = Memo::new(move |_| {
        let there = matches!(page.link.get(), Link::Fetching | Link::Ready);
        let works = page
            .view
            .with(|view| view.phase().is_working() && !view.paused);
        there && works
    });
    let status = Memo::new(move |_| {
        let faulty = |typed: &std::collections::BTreeMap<_, super::state::Typed>| {
            typed.values().any(|typed| !typed.valid)
        };
        if page.balked.get() && page.typed.with(faulty) {
            return frame.mend.to_owned();
        }
        page.view.with(|view| headline(text, page.link.get(), view))
    });
    // Read aloud: phases and rounds, not every wave.
    let told = Memo::new(move |_| {
        let works = page
            .view
            .with(|view| view.phase().is_working() && !view.paused);
        if works && page.link.get() == Link::Ready {
            page.view.with(|view| place(text, view))
        } else {
            status.get()
        }
    });
    let progress = Memo::new(move |_| {
        page.view
            .with(|view| view.progress.filter(|_| view.phase().is_working()))
    });
    let left = Memo::new(move |_| page.view.with(|view| seconds_left(page, view)));
    // Where a lesson waits for a guess, its own button is the one to press.
    let yields = Memo::new(move |_| {
        let Some(Place::Chapter(chapter)) = page.lesson.get() else {
            return false;
        };
        let unplayed = page.course.with(|course| {
            let mine = course.chapters.get(chapter);
            course.going.is_none() && mine.is_some_and(|mine| mine.found.is_empty())
        });
        unplayed && page.view.with(|view| !view.phase().is_working())
    });
    let blocked = Memo::new(move |_| !matches!(page.link.get(), Link::Fetching | Link::Ready));
    let label = move || {
        let (phase, paused) = page.view.with(|view| (view.phase(), view.paused));
        match phase {
            _ if running.get() => frame.pause,
            Phase::Done | Phase::Failed => frame.run_again,
            phase if paused && phase.is_working() => frame.go_on,
            _ => frame.run,
        }
    };
    let detail = move || {
        if let Some(arriving) = page.arriving.get() {
            return arrived(text, arriving);
        }
        let count = progress.get().filter(|progress| progress.total > 0);
        let count = count.map(|progress| (frame.suite_of)(progress.done, progress.total));
        let left = left.get().map(frame.seconds_left);
        [count, left]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ")
    };
    let engine = move || {
        page.view.with(|view| {
            let name = engine_words(text, view.engine?);
            Some(if view.adapter.is_empty() {
                name
            } else {
                format!("{name} · {}", adapter_words(text, &view.adapter))
            })
        })
    };
    // Why it is not the graphics card; the reason itself is in English.
    let note = Memo::new(move |_| page.view.with(|view| view.note.clone()));
    let why = move || {
        note.get().map(|note| {
            view! { <details class="why-engine"><summary>{frame.why}</summary><p>{frame.other_engine}" "<span lang="en">{note}</span></p></details> }.into_any()
        })
    };
    let over = Memo::new(move |_| {
        page.view
            .with(|view| matches!(view.phase(), Phase::Done | Phase::Failed))
    });
    let working = Memo::new(move |_| page.view.with(|view| view.phase().is_working()));
    let bar = move || {
        if over.get() {
            return if page.view.with(|view| view.phase() == Phase::Done) {
                "100%".to_owned()
            } else {
                "0".to_owned()
            };
        }
        if let Some(Arriving::Bytes { here, all }) = page.arriving.get() {
            let share = if all > 0.0 {
                (here / all).min(1.0)
            } else {
                0.0
            };
            return format!("{:.1}%", share * 100.0);
        }
        let share = progress.get().map_or(0.0, |at| {
            if at.total == 0 {
                0.0
            } else {
                f64::from(at.done) / f64::from(at.total)
            }
        });
        format!("{:.1}%", share * 100.0)
    };
    let icon = move || {
        if running.get() {
            icons::pause()
        } else {
            icons::run()
        }
    };
    view! {
        <div class="transport">
            <div class="buttons">
                <button type="button" id="run" class="primary" class:yields=flag(move || yields.get()) disabled=flag(move || blocked.get()) aria-keyshortcuts="Space" on:click=act(move |_| page.toggle())>
                    {live(icon)}<span>{words(label)}</span>
                </button>
                <button type="button" id="step" disabled=flag(move || blocked.get() || running.get() || over.get()) aria-keyshortcuts="." on:click=act(move |_| page.step())>
                    {icons::step()}<span>{frame.step}</span>
                </button>
                <button type="button" id="reset" disabled=flag(move || blocked.get()) aria-keyshortcuts="R" on:click=act(move |_| { page.reset(); })>
                    {icons::reset()}<span>{frame.reset}</span>
                </button>
            </div>
            <div class="status">
                <p class="status-words"><strong id="status" title=value(move || status.get())>{words(move || status.get())}</strong><span class="status-count">{words(detail)}</span></p>
                <p class="hidden" aria-live="polite">{words(move || told.get())}</p>
                <div class="track" aria-hidden="true"><div class="fill" style:width=value(bar)></div></div>
                <div class="status-foot">
                    <p class="engine" title=value(move || engine().unwrap_or_default())>{words(engine)}</p>
                    {maybe(why)}
                    <button type="button" id="cancel" class="plain" title=frame.cancel_hint disabled=flag(move || blocked.get() || !working.get()) on:click=act(move |_| page.cancel())>{frame.cancel}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
