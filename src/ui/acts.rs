//! The four acts: always in view, with where each stands; and the panel of the one turned to.

use super::live::{act as act_on, live, maybe, value, words};
use super::state::{Act, Page};
use super::surface::{Surface, surface};
use crate::lab::message::Stage;
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

/// The id of the panel.
const PANEL: &str = "act-panel";
/// A panel that begins farther down the window than this share of it is not seen.
const IN_VIEW: f64 = 0.6;

/// Where an act stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    ToCome,
    /// The next to be played.
    Ready,
    Now,
    Over,
}

/// Where an act stands, and a figure to it.
fn standing(act: Act, view: &RunView, text: &super::text::Frame) -> (Standing, String) {
    let phase = view.phase();
    let on = Act::of(phase);
    let begun = phase.is_working() || phase == Phase::Done;
    let rounds = view
        .config
        .as_ref()
        .map_or(0, |config| u32::from(config.society.rounds));
    let (finished, detail) = match act {
        Act::Simulate => (
            view.has_been_simulated(),
            if phase == Phase::Simulating {
                (text.round_of)(view.round(), rounds)
            } else {
                String::new()
            },
        ),
        Act::Train => {
            let (made, steps) = (view.training.len() as u32, view.training_steps);
            (
                matches!(phase, Phase::Testing | Phase::Done) && made > 0,
                if phase == Phase::Training && steps > 0 {
                    (text.step_of)(made, steps)
                } else {
                    String::new()
                },
            )
        }
        Act::Test => {
            let progress = view
                .progress
                .filter(|at| at.total > 0)
                .filter(|at| matches!(at.stage, Stage::TestingBase | Stage::TestingTrained));
            let detail = progress
                .map(|at| (text.suite_of)(at.done, at.total))
                .unwrap_or_default();
            (
                phase == Phase::Done && !(view.tests.is_empty() && view.attacks.is_empty()),
                detail,
            )
        }
        Act::TakeHome => (false, String::new()),
    };
    // What was made waits to be taken: nothing goes on there.
    let waits = act == Act::TakeHome && phase == Phase::Done;
    let standing = if begun && on == act && !waits && !(act == Act::Simulate && finished) {
        Standing::Now
    } else if finished && phase != Phase::Idle {
        Standing::Over
    } else if waits || (!begun && on == act) {
        Standing::Ready
    } else {
        Standing::ToCome
    };
    let words = match standing {
        Standing::ToCome => text.to_come,
        Standing::Ready => text.ready,
        Standing::Now => text.now,
        Standing::Over => text.over,
    };
    (
        standing,
        if detail.is_empty() {
            words.to_owned()
        } else {
            detail
        },
    )
}

/// The act that is shown.
fn shown(page: Page) -> Act {
    page.act
        .get()
        .unwrap_or_else(|| page.view.with(|view| Act::of(view.phase())))
}

/// Brings the panel into view where it is not: a press at the top of the page would seem to do nothing.
fn bring() {
    let Some(panel) = document().get_element_by_id(PANEL) else {
        return;
    };
    let height = window().inner_height().ok();
    let height = height
        .and_then(|height| height.as_f64())
        .unwrap_or_default();
    let top = panel.get_bounding_client_rect().top();
    if !(0.0..=IN_VIEW * height).contains(&top) {
        panel.scroll_into_view();
    }
}

#[component]
pub fn Acts() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let step = |(number, act): (usize, Act)| {
        let state = Memo::new(move |_| page.view.with(|view| standing(act, view, &text.frame)));
        let is_shown = Memo::new(move |_| shown(page) == act);
        let class = move || match state.get().0 {
            Standing::ToCome => "act to-come".to_owned(),
            Standing::Ready => "act ready".to_owned(),
            Standing::Now => "act now".to_owned(),
            Standing::Over => "act over".to_owned(),
        };
        let turn = move |_| {
            // Turning to the act that is on means following the play again.
            let on = page.view.with_untracked(|view| Act::of(view.phase()));
            page.act.set((on != act).then_some(act));
            request_animation_frame(bring);
        };
        let current = move || matches!(state.get().0, Standing::Now).then_some("step");
        view! {
            <li class=value(class) aria-current=current>
                <button type="button" on:click=act_on(turn) aria-pressed=value(move || is_shown.get().to_string()) aria-controls=PANEL data-act=number.to_string()>
                    <span class="numeral" aria-hidden="true">{["I", "II", "III", "IV"][number]}</span>
                    <span class="act-name">{text.frame.act_names[number]}</span>
                    <span class="act-state">{words(move || state.get().1)}</span>
                </button>
            </li>
        }
    };
    view! {
        <nav class="acts" aria-label=text.frame.acts>
            <ol>{Act::ALL.into_iter().enumerate().map(step).collect_view()}</ol>
        </nav>
    }
    .into_any()
}

/// Says of figures on show that they are not those of the settings as they are by now.
fn stale_figures(page: Page) -> AnyView {
    let text = page.opening();
    let differs = Memo::new(move |_| page.is_changed());
    let shown = Memo::new(move |_| {
        let own = |view: &RunView| view.phase() != Phase::Idle && view.imported.is_none();
        differs.get() && page.view.with(own)
    });
    maybe(move || {
        shown
            .get()
            .then(|| view! { <p class="stale" id="stale">{text.frame.stale}</p> }.into_any())
    })
}

#[component]
pub fn ActPanel() -> impl IntoView {
    let page = Page::here();
    let act = Memo::new(move |_| shown(page));
    let text = page.opening();
    view! {
        <section class="panel act-panel" id=PANEL aria-labelledby="act-title">
            {live(move || {
                let number = act.get() as usize;
                let inside = surface(page, Surface::Act(act.get()));
                view! {
                    <div class="panel-head">
                        <h2 id="act-title">{text.frame.act_names[number]}</h2>
                        <p class="aside">{text.frame.act_lines[number]}</p>
                    </div>
                    {stale_figures(page)}
                    {inside}
                }
                .into_any()
            })}
        </section>
    }
    .into_any()
}
