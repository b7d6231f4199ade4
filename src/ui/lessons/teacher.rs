//! The teacher's page: a lesson of 45 minutes, and what helps with it. It can be printed.

use super::words;
use crate::ui::live::act;
use crate::ui::state::Page;
use crate::ui::text::Part;
use leptos::prelude::*;

/// A part of the page: its heading, then whatever it holds.
fn part(part: &'static Part) -> AnyView {
    let lines = |class: &'static str, lines: &'static [&'static str]| {
        let line = |words: &&'static str| view! { <li>{*words}</li> };
        (!lines.is_empty())
            .then(|| view! { <ul class=class>{lines.iter().map(line).collect_view()}</ul> })
    };
    let pair =
        |(name, words): &(&'static str, &'static str)| view! { <dt>{*name}</dt><dd>{*words}</dd> };
    let pairs = (!part.pairs.is_empty())
        .then(|| view! { <dl class=part.class>{part.pairs.iter().map(pair).collect_view()}</dl> });
    view! {
        <section class="teacher-part">
            <h3>{part.title}</h3>
            {part.says.iter().map(|words| view! { <p>{*words}</p> }).collect_view()}
            {lines("teacher-lines", part.lines)}
            {pairs}
        </section>
    }
    .into_any()
}

/// The page.
pub fn teacher(page: Page) -> AnyView {
    let text = &words(page).teacher;
    let print = |_| {
        if let Some(window) = web_sys::window() {
            // A browser that can't print says so itself.
            let _ = window.print();
        }
    };
    view! {
        <div class="teacher">
            <h2 id="lesson-title" tabindex="-1">{text.title}</h2>
            <p>{text.lead}</p>
            <p class="print"><button type="button" id="print" on:click=act(print)>{text.print}</button></p>
            {text.parts.iter().map(part).collect_view()}
        </div>
    }
    .into_any()
}
