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
use super::notices::Notices;
use super::runs::Runs;
use super::stage::Stage;
use super::state::Page;
use super::surface::{Surface, programs, surface};
use super::transport::Transport;
use super::{keyboard, links, memory, term, title};
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
    Effect::new(move || dress(page));
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

/// Language and theme belong to the document itself.
fn dress(page: Page) {
    let (language, theme) = (page.language.get(), page.theme.get());
    let Some(root) = document().document_element() else {
        return;
    };
    // Both names are valid attribute names.
    let _ = root.set_attribute("lang", language.tag());
    let _ = root.set_attribute("data-theme", theme.name());
    memory::keep_language(language);
    memory::keep_theme(theme);
}

#[component]
fn Everything() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        focus("stage");
    };
    view! {
        <a class="skip" href="#stage" on:click=skip>{text.frame.skip}</a>
        <Header />
        <Acts />
        <main>
            <Notices />
            {surface(page, Surface::Seat)}
            <LessonPlace />
            <div class="house">
                <div class="hero" id="stage" tabindex="-1">
                    <Stage />
                    {surface(page, Surface::Replay)}
                    <Transport />
                </div>
                <Conversation />
                <ActPanel />
                {surface(page, Surface::Settings)}
            </div>
        </main>
        <Colophon />
        <Inspector />
        <Help />
        <Findings />
        <Runs />
        <Kept />
        <LibrarySheet />
        <Note />
    }
    .into_any()
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
