//! Signs of life that other tabs and the service worker can see: locks, held as long as this page
//! lives. Where a browser has none, nobody is seen.

use super::foreign::{ask, call, of_navigator, property, text, with};
use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;

const PREFIX: &str = "mores ";

/// Holds a lock as long as this page lives; others may hold it, too.
pub fn hold(name: &str) {
    let Some(locks) = of_navigator("locks") else {
        return;
    };
    let for_ever = Closure::<dyn Fn() -> Promise>::new(|| Promise::new(&mut |_, _| {}));
    let name = format!("{PREFIX}{name}").into();
    let mode = with("mode", "shared".into());
    // Without it, another tab may take this page for gone.
    let _ = call(&locks, "request", &[name, mode, for_ever.into_js_value()]);
}

/// The locks that pages hold now.
pub async fn held() -> Vec<String> {
    let Some(locks) = of_navigator("locks") else {
        return Vec::new();
    };
    let told = ask(&locks, "query", &[]).await.unwrap_or_default();
    let held = property(&told, "held").unwrap_or_default();
    let held = held.dyn_ref::<Array>().map(Array::iter);
    let names = held.map(|held| held.filter_map(|lock| text(&lock, "name")));
    names
        .map(|names| {
            names
                .filter_map(|name| Some(name.strip_prefix(PREFIX)?.to_owned()))
                .collect()
        })
        .unwrap_or_default()
}
