//! The little this page remembers between visits, and the few things it asks the browser.
//!
//! A browser may refuse any of it; then the page starts afresh each time and works all the same.

use super::text::Language;
use super::theme::Theme;
use wasm_bindgen::JsCast;
use web_sys::Storage;

const LANGUAGE: &str = "mores.language";
const THEME: &str = "mores.theme";
const RELOADED: &str = "mores.reloaded";
const LESSONS: &str = "mores.lessons";

fn kept() -> Option<Storage> {
    web_sys::window()?.local_storage().ok()?
}

fn read(key: &str) -> Option<String> {
    kept()?.get_item(key).ok()?
}

fn write(key: &str, value: &str) {
    // A full or closed storage only means that the choice is asked for again.
    remember(key, value);
}

/// What is kept under a name.
pub fn recall(key: &str) -> Option<String> {
    read(key)
}

/// Keeps something under a name; whether the browser does.
pub fn remember(key: &str, value: &str) -> bool {
    kept().is_some_and(|storage| storage.set_item(key, value).is_ok())
}

/// A number that nobody else has, most likely: the browser's own luck, or where it has none the
/// clock. What is drawn from it is drawn by seeded generators, and the number is told.
pub fn fresh_number() -> u32 {
    let luck = || {
        let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
        let draw = js_sys::Reflect::get(&crypto, &"getRandomValues".into()).ok()?;
        let numbers = js_sys::Uint32Array::new_with_length(1);
        draw.dyn_into::<js_sys::Function>()
            .ok()?
            .call1(&crypto, &numbers)
            .ok()?;
        Some(numbers.get_index(0))
    };
    luck().unwrap_or_else(|| js_sys::Date::now() as u64 as u32)
}

/// The language chosen earlier, else the browser's, else English.
pub fn language() -> Language {
    let browsers = || web_sys::window()?.navigator().language();
    read(LANGUAGE)
        .or_else(browsers)
        .and_then(|tag| Language::of_tag(&tag))
        .unwrap_or_default()
}

/// Keeps the language.
pub fn keep_language(language: Language) {
    write(LANGUAGE, language.tag());
}

/// The theme chosen earlier.
pub fn theme() -> Theme {
    read(THEME)
        .and_then(|name| Theme::of_name(&name))
        .unwrap_or_default()
}

/// Keeps the theme.
pub fn keep_theme(theme: Theme) {
    write(THEME, theme.name());
}

/// Progress in the lessons, as it was kept; empty without any.
pub fn lessons() -> String {
    read(LESSONS).unwrap_or_default()
}

/// Keeps progress in the lessons.
pub fn keep_lessons(progress: &str) {
    write(LESSONS, progress);
}

/// Whether this tab was reloaded for this build's sake before; from now on it was.
pub fn mark_reload() {
    if let Some(storage) =
        web_sys::window().and_then(|window| window.session_storage().ok().flatten())
    {
        let _ = storage.set_item(RELOADED, crate::lab::build::id());
    }
}

/// Whether reloading was tried already and brought the same build.
pub fn has_reloaded() -> bool {
    let storage = web_sys::window().and_then(|window| window.session_storage().ok().flatten());
    let found = storage.and_then(|storage| storage.get_item(RELOADED).ok().flatten());
    found.as_deref() == Some(crate::lab::build::id())
}

/// Milliseconds on a clock that never goes back.
pub fn milliseconds() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |clock| clock.now())
}

/// Where the page lies, without its fragment.
pub fn address_without_fragment() -> String {
    let address = web_sys::window()
        .and_then(|window| window.location().href().ok())
        .unwrap_or_default();
    address.split('#').next().unwrap_or_default().to_owned()
}

/// The fragment, with its `#`; empty without one.
pub fn fragment() -> String {
    web_sys::window()
        .and_then(|window| window.location().hash().ok())
        .unwrap_or_default()
}

/// Takes the fragment off the address.
pub fn clear_fragment() {
    if let Some(window) = web_sys::window() {
        // An address of this page can always be set.
        let _ = window.location().set_hash("");
    }
}

/// Changes the fragment; whoever listens to the address hears of it.
pub fn turn_to(fragment: &str) {
    if let Some(window) = web_sys::window() {
        // Only a document that is gone refuses.
        let _ = window.location().set_hash(fragment);
    }
}

/// Whether the page is so narrow that its parts lie below each other.
pub fn is_narrow() -> bool {
    matches_media("(max-width: 56rem)")
}

/// The value of a parameter of the address.
pub fn parameter(name: &str) -> Option<String> {
    let query = web_sys::window()?.location().search().ok()?;
    let mut pairs = query
        .trim_start_matches('?')
        .split('&')
        .filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Whether the visitor wants nothing to move.
pub fn wants_stillness() -> bool {
    matches_media("(prefers-reduced-motion: reduce)")
}

fn matches_media(query: &str) -> bool {
    let query = |window: web_sys::Window| window.match_media(query).ok().flatten();
    web_sys::window()
        .and_then(query)
        .is_some_and(|list| list.matches())
}
