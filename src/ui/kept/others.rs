//! Other tabs of this page: each tells the others when it has kept or deleted something.

use super::super::foreign::{call, ear, listen, make};
use super::super::state::Page;
use std::cell::{OnceCell, RefCell};
use wasm_bindgen::JsValue;

thread_local! {
    /// The way to other tabs, where the browser has one.
    static CHANNEL: OnceCell<Option<JsValue>> = const { OnceCell::new() };
    /// What is done when another tab has changed something.
    static EARS: RefCell<Vec<fn(Page)>> = const { RefCell::new(Vec::new()) };
}

fn channel() -> Option<JsValue> {
    let open = || make("BroadcastChannel", &["mores kept".into()]);
    CHANNEL.with(|channel| channel.get_or_init(open).clone())
}

/// From now on, `hear` is called when another tab has changed something.
pub fn heed(page: Page, hear: fn(Page)) {
    let Some(channel) = channel() else {
        return;
    };
    let first = EARS.with_borrow_mut(|ears| {
        let first = ears.is_empty();
        if !ears.iter().any(|known| std::ptr::fn_addr_eq(*known, hear)) {
            ears.push(hear);
        }
        first
    });
    if first {
        let hear = ear(move |_| {
            let ears = EARS.with_borrow(Clone::clone);
            ears.iter().for_each(|hear| hear(page));
        });
        listen(&channel, "onmessage", &hear);
    }
}

/// Tells other tabs that something is kept, or no longer.
pub fn tell() {
    if let Some(channel) = channel() {
        // An open channel takes every text.
        let _ = call(&channel, "postMessage", &["changed".into()]);
    }
}
