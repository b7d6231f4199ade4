//! The name of the piece, its promise, the two switches, and the ways to other parts of the page.

use super::app::focus;
use super::live::{act, value};
use super::state::Page;
use super::text::Language;
use super::theme::Theme;
use super::{icons, memory};
use leptos::prelude::*;

#[component]
pub fn Header() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let frame = &text.frame;
    let languages = Language::ALL.map(|language| {
        let chosen = page.language.get_untracked() == language;
        view! { <option value=language.tag() selected=chosen lang=language.tag()>{language.name()}</option> }
    });
    let names = [frame.theme_system, frame.theme_light, frame.theme_dark];
    let themes = Theme::ALL.into_iter().zip(names).map(|(theme, name)| {
        let chosen = page.theme.get_untracked() == theme;
        view! { <option value=theme.name() selected=chosen>{name}</option> }
    });
    let speak = move |event| {
        if let Some(language) = Language::of_tag(&event_target_value(&event)) {
            page.language.set(language);
            memory::keep_language(language);
            // The switch was made anew with everything else; the keyboard goes back to it.
            request_animation_frame(|| focus("language"));
        }
    };
    let light = move |event| {
        if let Some(theme) = Theme::of_name(&event_target_value(&event)) {
            page.theme.set(theme);
            memory::keep_theme(theme);
        }
    };
    view! {
        <header class="masthead">
            <h1>"Mores"</h1>
            <p class="promise">{frame.promise}</p>
            <div class="switches">
                <label>
                    <span class="hidden">{frame.language}</span>
                    <select id="language" on:change=act(speak)>{languages.collect_view()}</select>
                </label>
                <label>
                    <span class="hidden">{frame.theme}</span>
                    <select id="theme" on:change=act(light)>{themes.collect_view()}</select>
                </label>
            </div>
            <div class="ways">
                <button type="button" class="plain" id="open-gallery" title=frame.gallery on:click=act(move |_| page.sheets.gallery.set(true))>{frame.societies}</button>
                <button type="button" class="plain" id="open-lessons" aria-pressed=value(move || page.lesson.with(Option::is_some).to_string()) on:click=act(move |_| super::lessons::toggle(page))>{frame.lessons}</button>
                <button type="button" class="plain" id="compare-runs" on:click=act(move |_| page.sheets.runs.set(true))>{frame.compare}</button>
                <button type="button" class="plain" id="open-share" title=frame.share on:click=act(move |_| page.sheets.sharing.set(true))>{icons::code()}<span>{frame.share}</span></button>
                <button type="button" class="plain" on:click=act(|_| super::help::show()) aria-keyshortcuts="?">{frame.help}</button>
            </div>
        </header>
    }
    .into_any()
}
