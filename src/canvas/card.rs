//! The browser's graphics card, as far as it tells. Two ask for it: what draws, and what computes.

use crate::lab::card::Card;
use js_sys::{Function, Promise, Reflect};
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

thread_local! {
    static KNOWN: Cell<Option<Card>> = const { Cell::new(None) };
}

/// What was found when somebody looked last; none where nobody did.
pub fn known() -> Option<Card> {
    KNOWN.get()
}

/// Asks the browser. A card can go while the page is open, so what it said before is not taken for it.
pub async fn look() -> Card {
    let card = match adapter().await {
        Some(adapter) => described(&adapter),
        None => Card::Missing,
    };
    KNOWN.set(Some(card));
    card
}

fn described(adapter: &JsValue) -> Card {
    let read = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let info = read(adapter, "info").unwrap_or_default();
    let marked =
        |from: &JsValue| read(from, "isFallbackAdapter").is_some_and(|mark| mark.is_truthy());
    let named = ["vendor", "architecture", "device", "description"].into_iter();
    let words: Vec<String> = named
        .filter_map(|name| read(&info, name)?.as_string())
        .collect();
    Card::of(&words, marked(adapter) || marked(&info))
}

/// The browser's WebGPU adapter, if there is one.
async fn adapter() -> Option<JsValue> {
    let navigator = web_sys::window()?.navigator();
    let gpu = Reflect::get(&navigator, &"gpu".into()).ok()?;
    let request = Reflect::get(&gpu, &"requestAdapter".into()).ok()?;
    let asked = request.dyn_into::<Function>().ok()?.call0(&gpu).ok()?;
    let adapter = JsFuture::from(asked.dyn_into::<Promise>().ok()?)
        .await
        .ok()?;
    adapter.is_truthy().then_some(adapter)
}
