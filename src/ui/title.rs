//! The document's title says how the run stands: all that is seen of the page while its tab is in the
//! background, where the engine goes on working.

use super::state::{Link, Page};
use super::transport::place;
use crate::lab::{Phase, RunView};
use leptos::prelude::*;

const NAME: &str = "Mores";

/// What is said before the name; nothing of a page at rest.
fn standing(page: Page, link: Link, view: &RunView) -> Option<String> {
    let text = page.opening();
    let frame = &text.frame;
    Some(match (link, view.phase()) {
        (Link::Unreachable | Link::Broken(_) | Link::OtherBuild, _) | (_, Phase::Failed) => {
            frame.stopped.to_owned()
        }
        (_, phase) if phase.is_working() && view.waiting.is_some() => frame.your_turn.to_owned(),
        (_, phase) if phase.is_working() && view.paused => frame.paused.to_owned(),
        (_, phase) if phase.is_working() => place(text, view),
        (_, Phase::Done) if view.imported.is_none() => frame.done.to_owned(),
        _ => return None,
    })
}

/// Keeps the title true for as long as the page is there.
pub fn follow(page: Page) {
    let title = Memo::new(move |_| {
        page.language.track();
        let link = page.link.get();
        let standing = page.view.with(|view| standing(page, link, view));
        standing.map_or_else(|| NAME.to_owned(), |words| format!("{words} · {NAME}"))
    });
    Effect::new(move || document().set_title(&title.get()));
}
