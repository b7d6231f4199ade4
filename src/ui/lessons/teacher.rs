//! The teacher's page: a lesson of 45 minutes, and what helps with it. It can be printed.

use super::{Place, words};
use crate::ui::live::act;
use crate::ui::share::passing;
use crate::ui::state::Page;
use crate::ui::text::Part;
use crate::ui::{memory, vote};
use leptos::prelude::*;

/// A part of the page: its heading, then whatever it holds.
fn part(page: Page, part: &'static Part) -> AnyView {
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
            {beside(page, part)}
        </section>
    }
    .into_any()
}

/// The places a class is sent to, each with its whole address.
fn links_for_class(page: Page) -> AnyView {
    let text = words(page);
    let chapters = text.chapters.iter().enumerate();
    let chapters = chapters.map(|(at, said)| {
        let name = format!("{} {}", at + 1, said.title);
        (Place::Chapter(at), name)
    });
    let contents = (Place::Contents, text.teacher.contents.to_owned());
    let own = (Place::Teacher, text.teacher.this_page.to_owned());
    let line = |(at, (place, name)): (usize, (Place, String))| {
        let address = format!("{}{}", memory::address_without_fragment(), place.link());
        let address = Memo::new(move |_| address.clone());
        let link = passing(page, &format!("class-{at}"), &name, address);
        view! { <dt>{name}</dt><dd>{link}</dd> }
    };
    let all = std::iter::once(contents).chain(chapters).chain([own]);
    let lines = all.enumerate().map(line).collect_view();
    view! { <dl class="links-for-class">{lines}</dl> }.into_any()
}

/// The way to the votes of a class.
fn vote_button(page: Page) -> AnyView {
    let open = act(move |_| vote::open_class(page));
    let name = words(page).teacher.open_vote;
    view! { <p class="print"><button type="button" id="open-class-vote" on:click=open>{name}</button></p> }
        .into_any()
}

/// What a part holds besides its words.
fn beside(page: Page, part: &Part) -> AnyView {
    match part.class {
        "links-for-class" => links_for_class(page),
        "blind-vote" => vote_button(page),
        _ => ().into_any(),
    }
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
            {text.parts.iter().map(|one| part(page, one)).collect_view()}
        </div>
    }
    .into_any()
}
