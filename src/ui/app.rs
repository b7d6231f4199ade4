//! The whole page, put together.

use super::acts::{ActPanel, Acts};
use super::conversation::Conversation;
use super::findings::Findings;
use super::header::Header;
use super::help::Help;
use super::inspector::Inspector;
use super::kept::Kept;
use super::lessons::LessonPlace;
use super::library::{Colophon, LibrarySheet, Note};
use super::live::{live, maybe};
use super::notices::Notices;
use super::runs::Runs;
use super::stage::Stage;
use super::state::Page;
use super::surface::{Surface, programs, surface};
use super::theme::System;
use super::transport::Transport;
use super::turns::in_turns;
use super::vote::Vote;
use super::wishes::Wishes;
use super::{keyboard, links, share, term, theatre, title};
use leptos::prelude::*;
use std::time::Duration;

/// Milliseconds without another change before the engine is told.
const CALM: Duration = Duration::from_millis(400);

/// The page. Components read the language once, so a change of language makes them all anew.
#[component]
pub fn App() -> impl IntoView {
    let page = Page::open();
    provide_context(page);
    programs(page);
    links::read_address(page);
    links::listen(page);
    keyboard::listen(page);
    term::listen(page.library);
    theatre::open(page);
    let system = System::watch();
    provide_context(system);
    Effect::new(move || dress(page, system));
    title::follow(page);
    keep_engine_informed(page);
    page.connect();
    move || {
        page.language.track();
        view! { <Everything /> }.into_any()
    }
}

/// Tells an idle engine about changes, once the visitor pauses.
fn keep_engine_informed(page: Page) {
    let turn = StoredValue::new(0u32);
    Effect::new(move || {
        page.draft.track();
        turn.update_value(|turn| *turn += 1);
        let mine = turn.get_value();
        set_timeout(
            move || {
                if turn.try_get_value() == Some(mine) {
                    page.sync();
                }
            },
            CALM,
        );
    });
}

/// Language and theme belong to the document itself, and so does what a link leaves out.
fn dress(page: Page, system: System) {
    let language = page.language.get();
    let look = page.theme.get().look(system.is_dark.get());
    let Some(root) = document().document_element() else {
        return;
    };
    // Both names are valid attribute names.
    let _ = root.set_attribute("lang", language.tag());
    let _ = root.set_attribute("data-theme", look);
    let marks = page.wishes.with(|wishes| {
        let embed = wishes.is_embedded().then(|| "1".to_owned());
        let hidden = Some(wishes.hidden()).filter(|hidden| !hidden.is_empty());
        [("data-embed", embed), ("data-hide", hidden)]
    });
    for (name, mark) in marks {
        let _ = match mark {
            Some(mark) => root.set_attribute(name, &mark),
            None => root.remove_attribute(name),
        };
    }
}

#[component]
fn Everything() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let embedded = Memo::new(move |_| page.wishes.with(Wishes::is_embedded));
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus("stage");
    };
    let skip_to_settings = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus("settings-title");
    };
    view! {
        <a class="skip" href="#stage" on:click=skip>{text.frame.skip}</a>
        <a class="skip to-settings" href="#settings-title" on:click=skip_to_settings>{text.frame.skip_to_settings}</a>
        {live(move || if embedded.get() { view! { <h1 class="hidden">"Mores"</h1> }.into_any() } else { view! { <Header /> }.into_any() })}
        <Acts />
        <main>
            <Notices />
            {promise(page)}
            {surface(page, Surface::Seat)}
            <LessonPlace />
            <div class="house">
                {in_turns(0, [
                    Box::new(move || view! {
                        <div class="hero" id="stage" tabindex="-1">
                            <Stage />
                            {surface(page, Surface::Replay)}
                            <Transport />
                        </div>
                    }.into_any()),
                    Box::new(move || view! { <div class="side"><Conversation />{surface(page, Surface::Curve)}</div> }.into_any()),
                    Box::new(move || view! { <ActPanel />{surface(page, Surface::Settings)} }.into_any()),
                ])}
            </div>
        </main>
        {in_turns(3, [
            Box::new(|| view! { <Colophon /><Inspector /><Help /><Findings /><Runs /><Kept /><LibrarySheet /><Note /><Vote /> }.into_any()),
            Box::new(move || share::sheets(page).into_any()),
        ])}
        {maybe(move || embedded.get().then(|| surface(page, Surface::WholePage)))}
    }
    .into_any()
}

/// The place of a result that came with a link; empty without one.
fn promise(page: Page) -> AnyView {
    let there = Memo::new(move |_| page.promised.with(Option::is_some));
    maybe(move || there.get().then(|| surface(page, Surface::Promise)))
}

/// Moves the keyboard to an element.
pub fn focus(id: &str) {
    use wasm_bindgen::JsCast;
    let found = document()
        .get_element_by_id(id)
        .and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(element) = found {
        // Nothing in a closed part takes the keyboard.
        let mut around = element.parent_element();
        while let Some(part) = around {
            if part.tag_name() == "DETAILS" {
                let _ = part.set_attribute("open", "");
            }
            around = part.parent_element();
        }
        let _ = element.focus();
    }
}
