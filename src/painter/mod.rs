//! Draws the society on a graphics card, in a worker of its own: whatever it costs, the page does not
//! wait for it, and who has no graphics card does not download it.
//!
//! The page's half is `canvas::lens`. It sends, in this order: an array of an `OffscreenCanvas`, the
//! picture of all signs (bytes of red, green, blue and alpha, as high as one sign is wide), and whether
//! pixels must be carried to the canvas because this browser can't show them by itself; then
//! sizes (three floats: width and height in CSS pixels, device pixels for each of them) and frames
//! (bytes, [`STRIDE`](crate::lab::drawing::STRIDE) for each mark). The painter answers with words: [`LISTENING`] and the id
//! of its build, [`OPEN`], [`DRAWN`] after each frame, [`BROKEN`] when it can't go on.
//!
//! May import `lab`.

mod brush;

use crate::lab::drawing::{BROKEN, DRAWN, LISTENING, OPEN};
use brush::Brush;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent, OffscreenCanvas};

/// Listens to the page for as long as the worker lives.
pub fn run() {
    let Some(scope) = scope() else {
        return;
    };
    let brush: Rc<RefCell<Option<Brush>>> = Rc::default();
    let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |message: MessageEvent| {
        let data = message.data();
        if let Some(parts) = data.dyn_ref::<js_sys::Array>() {
            open(&brush, parts);
        } else if let Some(brush) = brush.borrow_mut().as_mut() {
            if let Some(size) = data.dyn_ref::<js_sys::Float32Array>() {
                if let [width, height, density] = size.to_vec()[..] {
                    brush.resize(width, height, density);
                }
            } else if let Some(marks) = data.dyn_ref::<js_sys::Uint8Array>() {
                brush.draw(&marks.to_vec(), |drawn| {
                    say(if drawn { DRAWN } else { BROKEN })
                });
            }
        }
    });
    scope.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    hear.forget();
    say(&[LISTENING, crate::lab::build::id()].concat());
}

/// Opens a device for the canvas that the page sent.
fn open(slot: &Rc<RefCell<Option<Brush>>>, parts: &js_sys::Array) {
    let canvas = parts.get(0).dyn_into::<OffscreenCanvas>();
    let signs = parts.get(1).dyn_into::<js_sys::Uint8Array>();
    let carried = parts.get(2).is_truthy();
    let slot = Rc::clone(slot);
    wasm_bindgen_futures::spawn_local(async move {
        let made = match (canvas, signs) {
            (Ok(canvas), Ok(signs)) => Brush::open(canvas, &signs.to_vec(), carried).await,
            _ => None,
        };
        let word = if made.is_some() { OPEN } else { BROKEN };
        if let Some(brush) = &made {
            // Told at once, so that the page can draw by itself.
            brush.when_broken(|| say(BROKEN));
        }
        *slot.borrow_mut() = made;
        say(word);
    });
}

/// The worker itself.
fn scope() -> Option<DedicatedWorkerGlobalScope> {
    js_sys::global().dyn_into().ok()
}

fn say(word: &str) {
    if let Some(scope) = scope() {
        // Only what can't be copied is refused.
        let _ = scope.post_message(&word.into());
    }
}
