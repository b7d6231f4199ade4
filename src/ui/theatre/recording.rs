//! The recording that is played before the first run: fetched while the engine loads, and gone
//! without a word where it can't be had. It begins only on a stage that nobody has touched.

use super::super::memory;
use super::super::state::Page;
use crate::lab::Phase;
use crate::lab::recording::Recording;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Where it lies, beside the page.
const FILE: &str = "opening/village.recording";

/// Fetches and plays it, unless the visitor came with a link to a run of their own.
pub fn open(page: Page) {
    if memory::fragment().len() > 1 {
        return;
    }
    let begun_with = page.draft.get_untracked();
    let is_untouched = move || {
        let idle = page.view.with(|view| view.phase() == Phase::Idle);
        idle && page.draft.with(|draft| *draft == begun_with)
    };
    let untouched = Memo::new(move |_| is_untouched());
    Effect::new(move || {
        if !untouched.get() {
            page.end_recording();
        }
    });
    leptos::task::spawn_local(async move {
        let fetched = fetch(FILE).await;
        let Some(recording) = fetched.as_deref().and_then(Recording::from_bytes) else {
            return;
        };
        let told = page.session().is_told_to_begin();
        if untouched.get_untracked() && !told && recording.source().is_some() {
            page.theatre.recording.set(Some(Arc::new(recording)));
            page.turn();
            if page.theatre.still {
                page.end_scene();
            }
        }
    });
}

async fn fetch(address: &str) -> Option<Vec<u8>> {
    let window = web_sys::window()?;
    let answer = JsFuture::from(window.fetch_with_str(address)).await.ok()?;
    let answer: web_sys::Response = answer.dyn_into().ok()?;
    if !answer.ok() {
        return None;
    }
    let bytes = JsFuture::from(answer.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&bytes).to_vec())
}
