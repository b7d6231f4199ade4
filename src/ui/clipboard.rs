//! Writing to the clipboard, and what helps where a browser keeps it closed.

use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Writes to the clipboard; false where the browser keeps it closed.
pub async fn write(words: &str) -> bool {
    let Some(window) = web_sys::window() else {
        return false;
    };
    let navigator = window.navigator();
    // Outside secure contexts there is no clipboard at all, whatever its type says.
    let there = js_sys::Reflect::get(&navigator, &"clipboard".into())
        .is_ok_and(|clipboard| clipboard.is_object());
    there
        && JsFuture::from(navigator.clipboard().write_text(words))
            .await
            .is_ok()
}

/// Marks everything in the field that got the keyboard.
pub fn select_all(event: &web_sys::FocusEvent) {
    if let Some(target) = event.target() {
        select(&target);
    }
}

/// Marks everything in a field.
pub fn select(field: &web_sys::EventTarget) {
    if let Some(input) = field.dyn_ref::<web_sys::HtmlInputElement>() {
        input.select();
    } else if let Some(area) = field.dyn_ref::<web_sys::HtmlTextAreaElement>() {
        area.select();
    }
}
