//! Run, step, reset, and the line that says what is being worked on.

use super::icons;
use super::live::{act, flag, live, value, words};
use super::state::{Link, Page};
use super::text::Text;
use crate::lab::message::Stage;
use crate::lab::receipt::EngineUsed;
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

/// What is being worked on, in words.
pub fn stage_words(text: &Text, stage: Stage) -> &'static str {
    let stages = &text.stages;
    match stage {
        Stage::LoadingModel => stages.loading_model,
        Stage::Remembering => stages.remembering,
        Stage::Drafting => stages.drafting,
        Stage::Criticising => stages.criticising,
        Stage::Revising => stages.revising,
        Stage::Training => stages.training,
        Stage::TestingBase => stages.testing_base,
        Stage::TestingTrained => stages.testing_trained,
    }
}

fn headline(text: &Text, link: Link, view: &RunView) -> &'static str {
    let frame = &text.frame;
    match (link, view.phase()) {
        (Link::Unreachable | Link::Broken(_) | Link::OtherBuild, _) => frame.stopped,
        (Link::Fetching, _) => frame.loading,
        _ if view.paused => frame.paused,
        (_, Phase::Idle) => frame.waiting,
        (_, Phase::Done) => frame.done,
        (_, Phase::Failed) => frame.stopped,
        (_, phase) => match view.progress {
            Some(progress) => stage_words(text, progress.stage),
            None if phase == Phase::Training => text.stages.training,
            None if phase == Phase::Testing => text.stages.testing_base,
            None if phase == Phase::Preparing => text.stages.loading_model,
            None => text.stages.drafting,
        },
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
    let text = page.text();
    let frame = &text.frame;
    let running = Memo::new(move |_| {
        let there = matches!(page.link.get(), Link::Fetching | Link::Ready);
        let works = page
            .view
            .with(|view| view.phase().is_working() && !view.paused);
        there && works
    });
    let status = Memo::new(move |_| page.view.with(|view| headline(text, page.link.get(), view)));
    let progress = Memo::new(move |_| {
        page.view
            .with(|view| view.progress.filter(|_| view.phase().is_working()))
    });
    let left = Memo::new(move |_| page.view.with(|view| seconds_left(page, view)));
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
            let name = match view.engine? {
                EngineUsed::BrowserCpu | EngineUsed::NativeCpu => frame.engine_cpu,
                EngineUsed::BrowserWebGpu | EngineUsed::NativeWgpu => frame.engine_webgpu,
            };
            Some(if view.adapter.is_empty() {
                name.to_owned()
            } else {
                format!("{name} · {}", view.adapter)
            })
        })
    };
    let note = move || page.view.with(|view| view.note.clone());
    let over = Memo::new(move |_| {
        page.view
            .with(|view| matches!(view.phase(), Phase::Done | Phase::Failed))
    });
    let working = Memo::new(move |_| page.view.with(|view| view.phase().is_working()));
    let bar = move || {
        if over.get() {
            return if page.view.with(|view| view.phase() == Phase::Done) {
                "width: 100%".to_owned()
            } else {
                "width: 0".to_owned()
            };
        }
        let share = progress.get().map_or(0.0, |at| {
            if at.total == 0 {
                0.0
            } else {
                f64::from(at.done) / f64::from(at.total)
            }
        });
        format!("width: {:.1}%", share * 100.0)
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
                <button type="button" id="run" class="primary" disabled=flag(move || blocked.get()) aria-keyshortcuts="Space" on:click=act(move |_| page.toggle())>
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
                <p class="status-words"><strong aria-live="polite" id="status">{words(move || status.get())}</strong><span class="status-count">{words(detail)}</span></p>
                <div class="track" aria-hidden="true"><div class="fill" style=value(bar)></div></div>
                <div class="status-foot">
                    <p class="engine" title=note>{words(engine)}</p>
                    <button type="button" id="cancel" class="plain" title=frame.cancel_hint disabled=flag(move || blocked.get() || !working.get()) on:click=act(move |_| page.cancel())>{frame.cancel}</button>
                </div>
            </div>
        </div>
    }
    .into_any()
}
