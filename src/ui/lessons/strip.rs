//! On a narrow screen the lesson lies above the stage: a strip at the foot of the screen is the way
//! back to the step that is on, or to the result when it has come. Where its goal is in view it is not
//! there, because it would do nothing.

use super::{go_to, words};
use crate::ui::live::{self, act, maybe};
use crate::ui::state::Page;
use leptos::prelude::*;

/// The step that is on.
const STEP: &str = "lesson-step";
/// What came of it.
const RESULT: &str = "reveal-title";

/// Whether any of these lies in the middle of the screen, or the first of them at all.
fn is_in_view(goal: &str, around: Option<&str>) -> bool {
    let Some(height) = web_sys::window()
        .and_then(|window| window.inner_height().ok())
        .and_then(|height| height.as_f64())
    else {
        return false;
    };
    let crosses = |id: &str, top: f64, bottom: f64| {
        document().get_element_by_id(id).is_some_and(|part| {
            let part = part.get_bounding_client_rect();
            part.height() > 0.0 && part.top() < bottom && part.bottom() > top
        })
    };
    crosses(goal, 0.0, height) || around.is_some_and(|id| crosses(id, 0.4 * height, 0.6 * height))
}

/// The strip, to the result once it is fresh.
pub fn strip(page: Page, fresh: Memo<bool>) -> AnyView {
    let text = words(page);
    let seen = RwSignal::new(false);
    let look = move || {
        let (goal, around) = match fresh.try_get_untracked() {
            Some(true) => (RESULT, None),
            _ => (STEP, Some("lesson")),
        };
        let now = is_in_view(goal, around);
        if seen.try_get_untracked().is_some_and(|before| before != now) {
            seen.try_set(now);
        }
    };
    let listeners = [
        window_event_listener(leptos::ev::scroll, move |_| look()),
        window_event_listener(leptos::ev::resize, move |_| look()),
    ];
    on_cleanup(move || listeners.into_iter().for_each(|listener| listener.remove()));
    Effect::new(move || {
        fresh.track();
        request_animation_frame(look);
    });
    let name = move || {
        if fresh.get() {
            text.arrived
        } else {
            text.back_to_lesson
        }
    };
    let back = move |_| {
        if fresh.get_untracked() {
            go_to(RESULT);
            page.course.update(|course| course.fresh = None);
        } else {
            go_to(STEP);
        }
    };
    maybe(move || {
        (!seen.get()).then(|| {
            view! { <div class="lesson-strip"><button type="button" class="quiet" on:click=act(back)>{live::words(name)}</button></div> }.into_any()
        })
    })
}
