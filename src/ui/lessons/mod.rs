//! Lessons: a short course beside the stage, one idea a chapter: guess, run, see, try.
//!
//! [`Place`] is where somebody is, and all that the page's first file needs; everything else comes in
//! a file of the page's own (`super::surface`). [`chapters`] is what is run and what came true,
//! [`figures`] what is read off a run, [`progress`] what is kept, [`going`] how runs are made; the rest
//! shows something. Runs are real runs on the stage beside, never films.

mod chapter;
pub mod chapters;
mod contents;
pub mod figures;
mod going;
mod place;
pub mod progress;
mod reveal;
mod strip;
mod teacher;

pub use place::{CHAPTERS, Place};

use super::app::focus;
use super::live::{act, live, maybe};
use super::state::Page;
use super::surface::{Surface, surface};
use super::text::LessonsText;
use leptos::prelude::*;

/// What is said here, in the visitor's language.
fn words(page: Page) -> &'static LessonsText {
    page.language.get_untracked().lessons()
}

/// Opens the lessons at the list of chapters, or leaves them. The address says where somebody is.
pub fn toggle(page: Page) {
    if page.lesson.with_untracked(Option::is_some) {
        page.lesson.set(None);
        super::memory::turn_to("");
    } else {
        page.lesson.set(Some(Place::Contents));
        super::memory::turn_to(&Place::Contents.link());
    }
}

/// The panel, while the lessons are open; it lies beside the stage, or above it where that is narrow.
#[component]
pub fn LessonPlace() -> impl IntoView {
    let page = Page::here();
    let open = Memo::new(move |_| page.lesson.with(Option::is_some));
    maybe(move || {
        open.get().then(|| {
            view! { <section class="panel lesson" id="lesson" aria-labelledby="lesson-title">{surface(page, Surface::Lessons)}</section> }.into_any()
        })
    })
}

/// Takes eye and keyboard to a part of the lesson: its beginning stands at the top, and not just
/// somewhere on the screen, where a browser would leave it.
fn go_to(id: &str) {
    focus(id);
    if let Some(part) = document().get_element_by_id(id) {
        part.scroll_into_view();
    }
}

/// A link to a place in the course.
fn link(place: Place, class: &'static str, inside: impl IntoAny) -> AnyView {
    view! { <a class=class href=place.link()>{inside.into_any()}</a> }.into_any()
}

/// What the panel shows.
pub fn inside(page: Page) -> AnyView {
    let text = words(page);
    going::remember(page);
    going::watch(page, move || request_animation_frame(reveal::show));
    let place = Memo::new(move |_| page.lesson.get());
    // Another place is read from its beginning, and the keyboard goes there with the eye; not where the
    // page was opened with it.
    Effect::new(move |before: Option<Option<Place>>| {
        let now = place.get();
        if before.is_some_and(|before| before != now) {
            request_animation_frame(|| focus("lesson-title"));
        }
        now
    });
    let shown = move || match place.get() {
        Some(Place::Chapter(chapter)) => chapter::chapter(page, chapter),
        Some(Place::Teacher) => teacher::teacher(page),
        Some(Place::Contents) => contents::contents(page),
        None => ().into_any(),
    };
    let way_out = act(move |_| {
        toggle(page);
        request_animation_frame(|| focus("open-lessons"));
    });
    view! {
        <nav class="lesson-ways" aria-label=text.name>
            {link(Place::Contents, "", text.all_chapters)}
            {link(Place::Teacher, "", text.for_teachers)}
            <button type="button" class="quiet" id="leave-lessons" on:click=way_out>{text.leave}</button>
        </nav>
        <div class="lesson-inside">{live(shown)}</div>
    }
    .into_any()
}
