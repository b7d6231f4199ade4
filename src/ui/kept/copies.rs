//! The builds of this page that its service worker keeps, so that it opens without a network.

use super::super::foreign::{ask, of_navigator, part, property, text, texts};
use super::super::locks;
use crate::canvas::beside;
use js_sys::{Array, Object};
use wasm_bindgen::prelude::*;

/// A build that is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Copy {
    /// The name of its cache.
    pub cache: String,
    /// Its name for people.
    pub build: String,
    /// Its bytes.
    pub bytes: f64,
    /// Whether it is this page's own.
    pub own: bool,
    /// Whether a page of it is open, or it waits to be used.
    pub needed: bool,
}

fn caches() -> Option<JsValue> {
    let caches = property(&web_sys::window()?.into(), "caches").ok()?;
    caches.is_object().then_some(caches)
}

/// What the names of this page's caches begin with: see `.lab/service-worker.js`.
fn prefix() -> Option<String> {
    let base = web_sys::window()?.document()?.base_uri().ok()??;
    let folder = web_sys::Url::new_with_base("./", &base).ok()?;
    Some(format!("mores {} ", folder.pathname()))
}

/// All builds that are kept here.
pub async fn all() -> Vec<Copy> {
    let mut found = Vec::new();
    let (Some(caches), Some(prefix), Some(own)) = (caches(), prefix(), beside::seal()) else {
        return found;
    };
    let names = ask(&caches, "keys", &[]).await.unwrap_or_default();
    let held = locks::held().await;
    let waits = is_one_waiting().await;
    for cache in texts(&names) {
        let Some(seal) = cache.strip_prefix(&prefix) else {
            continue;
        };
        if let Ok(Some((build, bytes))) = weigh(&caches, &cache).await {
            found.push(Copy {
                build,
                bytes,
                own: seal == own,
                needed: waits || held.contains(&format!("build {seal}")),
                cache,
            });
        }
    }
    found
}

/// Whether a newer build is on its way in.
async fn is_one_waiting() -> bool {
    let Some(container) = of_navigator("serviceWorker") else {
        return false;
    };
    let found = ask(&container, "getRegistration", &[]).await;
    found.is_ok_and(|found| {
        let on_its_way = ["waiting", "installing"];
        found.is_object() && on_its_way.iter().any(|state| part(&found, state).is_some())
    })
}

/// A build's name, and the bytes of those of its files that are there.
async fn weigh(caches: &JsValue, name: &str) -> Result<Option<(String, f64)>, JsValue> {
    let cache = ask(caches, "open", &[name.into()]).await?;
    let entries = ask(&cache, "keys", &[]).await?;
    let address = |entry: JsValue| text(&entry, "url");
    let there: Vec<String> = entries
        .dyn_ref::<Array>()
        .map(|entries| entries.iter().filter_map(address).collect())
        .unwrap_or_default();
    let list = ask(&cache, "match", &["files.json".into()]).await?;
    if !list.is_object() {
        return Ok(None);
    }
    let list = ask(&list, "json", &[]).await?;
    let files = property(&list, "files")?;
    let mut bytes = 0.0;
    for file in Object::entries(&Object::from(files)).iter() {
        let file = Array::from(&file);
        let path = file.get(0).as_string().unwrap_or_default();
        if there.iter().any(|address| address.ends_with(&path)) {
            bytes += Array::from(&file.get(1)).get(1).as_f64().unwrap_or(0.0);
        }
    }
    Ok(Some((text(&list, "build").unwrap_or_default(), bytes)))
}

/// Removes a build.
pub async fn remove(copy: &Copy) {
    if let Some(caches) = caches() {
        // What can't be removed is still in the list.
        let _ = ask(&caches, "delete", &[copy.cache.as_str().into()]).await;
    }
}
