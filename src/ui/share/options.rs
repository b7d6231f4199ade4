//! What a link wishes of the page that opens it, chosen by whoever shares it.

use super::text;
use crate::ui::live::{act, flag};
use crate::ui::state::Page;
use crate::ui::text::Language;
use crate::ui::theme::Theme;
use crate::ui::wishes::{LESSONS, Part, Wishes};
use leptos::prelude::*;

/// One of a few wishes, or none of them, which comes first.
fn wish(
    id: &'static str,
    name: &'static str,
    options: Vec<String>,
    write: impl Fn(Option<usize>) + 'static,
) -> AnyView {
    let option = |(place, words): (usize, String)| view! { <option value=place.to_string()>{words}</option> };
    let change = act(move |event| {
        let place = event_target_value(&event).parse::<usize>();
        write(place.ok().and_then(|place| place.checked_sub(1)));
    });
    let options = options.into_iter().enumerate().map(option).collect_view();
    view! { <label class="field"><span>{name}</span><select id=id on:change=change>{options}</select></label> }
        .into_any()
}

/// Yes or no.
fn switch(
    id: String,
    name: &'static str,
    on: impl Fn() -> bool + Send + 'static,
    write: impl Fn(bool) + 'static,
) -> AnyView {
    let turn = act(move |event| write(event_target_checked(&event)));
    view! {
        <div class="switch"><label for=id.clone()><input id=id.clone() type="checkbox" prop:checked=flag(on) on:change=turn /><span>{name}</span></label></div>
    }
    .into_any()
}

/// All of them.
pub fn options(page: Page, wishes: RwSignal<Wishes>) -> AnyView {
    let text = text(page);
    let theirs = text.theirs.to_owned();
    let languages = Language::ALL.map(|language| language.name().to_owned());
    let languages = std::iter::once(theirs.clone()).chain(languages).collect();
    let themes = vec![theirs, text.light.to_owned(), text.dark.to_owned()];
    let titles = page.language.get_untracked().lessons().chapters.iter();
    let numbered = (1..=u32::from(LESSONS)).zip(titles);
    let lessons = numbered.map(|(number, said)| (text.lesson_number)(number, said.title));
    let lessons = std::iter::once(text.no_lesson.to_owned())
        .chain(lessons)
        .collect();
    let language = wish("share-lang", text.language, languages, move |place| {
        let chosen = place.and_then(|place| Language::ALL.get(place).copied());
        wishes.update(|wishes| wishes.language = chosen);
    });
    let theme = wish("share-theme", text.theme, themes, move |place| {
        let chosen = place.and_then(|place| [Theme::Light, Theme::Dark].get(place).copied());
        wishes.update(|wishes| wishes.theme = chosen);
    });
    let lesson = wish("share-lesson", text.lesson, lessons, move |place| {
        let chosen = place.and_then(|place| u8::try_from(place + 1).ok());
        wishes.update(|wishes| wishes.lesson = chosen);
    });
    let part = move |(part, name): (Part, &'static str)| {
        let write = move |on: bool| {
            wishes.update(|wishes| {
                let mut parts = wishes.hide.take().unwrap_or_default();
                parts.retain(|known| *known != part);
                if on {
                    parts.push(part);
                }
                wishes.hide = Some(parts).filter(|parts| !parts.is_empty());
            });
        };
        let on = move || wishes.with(|wishes| wishes.hides(part));
        switch(format!("hide-{}", part.name()), name, on, write)
    };
    let parts: Vec<AnyView> = Part::ALL.into_iter().zip(text.parts).map(part).collect();
    let embed = switch(
        "share-embedded".to_owned(),
        text.embed,
        move || wishes.with(Wishes::is_embedded),
        move |on| wishes.update(|wishes| wishes.embed = on.then_some(true)),
    );
    view! {
        <section class="share-options" aria-labelledby="options-title">
            <h3 id="options-title">{text.options}</h3>
            <p class="aside">{text.options_hint}</p>
            <div class="wish-grid">{lesson}{language}{theme}</div>
            <fieldset class="leave-out"><legend>{text.hide}</legend>{parts}</fieldset>
            {embed}
        </section>
    }
    .into_any()
}
