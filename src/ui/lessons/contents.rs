//! The list of chapters, with what is done.

use super::chapters::CHAPTERS;
use super::{Place, link, words};
use crate::ui::live;
use crate::ui::state::Page;
use leptos::prelude::*;

/// The list.
pub fn contents(page: Page) -> AnyView {
    let text = words(page);
    let entry = move |chapter: usize| {
        let said = &text.chapters[chapter];
        let done = Memo::new(move |_| page.course.with(|course| course.is_done(chapter)));
        let class = move || {
            if done.get() {
                "chapter-entry done"
            } else {
                "chapter-entry"
            }
            .to_owned()
        };
        let state = move || if done.get() { text.done } else { "" };
        let inside = view! {
            <span class="chapter-number" aria-hidden="true">{(chapter + 1).to_string()}</span>
            <span class="chapter-title">{said.title}</span>
            <span class="chapter-idea">{said.idea}</span>
            <span class="chapter-state">{live::words(state)}</span>
        };
        view! { <li class=live::value(class)>{link(Place::Chapter(chapter), "", inside)}</li> }
    };
    let so_far = move || {
        let done = page.course.with(|course| course.done());
        // Eight at most.
        (text.so_far)(done as u32, CHAPTERS.len() as u32)
    };
    let on = move || {
        let next = page.course.with(|course| course.next());
        let (chapter, name) = match next {
            Some(0) => (0, text.start),
            Some(chapter) => (chapter, text.go_on),
            None => (CHAPTERS.len() - 1, text.go_on_after),
        };
        let title = text.chapters[chapter].title;
        link(
            Place::Chapter(chapter),
            "next-chapter",
            format!("{name}{title}"),
        )
    };
    view! {
        <h2 id="lesson-title" tabindex="-1">{text.name}</h2>
        {text.lead.iter().map(|words| view! { <p>{*words}</p> }).collect_view()}
        <p class="aside" id="lessons-done">{live::words(so_far)}</p>
        <p class="onward">{live::live(on)}</p>
        <ol class="chapter-list">{(0..CHAPTERS.len()).map(entry).collect_view()}</ol>
        <p class="aside">{text.kept}</p>
    }
    .into_any()
}
