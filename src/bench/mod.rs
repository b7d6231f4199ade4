//! The measured work in a browser worker: `globalThis.moresBench`, with one function for each thing to do.
//!
//! `tests/bench/site/contenders/mores.mjs` calls them, and has the clock. Every function gives a
//! promise. One thing is done at a time; the trainer is away while it computes.

mod work;

use js_sys::{Array, Object, Promise, Reflect};
use std::rc::Rc;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast as _, JsValue};
use wasm_bindgen_futures::future_to_promise;
use work::Work;

/// Offers the functions for as long as the worker lives.
pub fn run() {
    report_panics();
    let work = Rc::new(Work::default());
    let functions = Object::new();
    offer(&functions, "open", &work, Work::open);
    offer(&functions, "train", &work, Work::train);
    offer(&functions, "step", &work, Work::step);
    offer(&functions, "sequences", &work, Work::sequences);
    offer(&functions, "prompts", &work, Work::prompts);
    offer(&functions, "decode", &work, Work::decode);
    offer(&functions, "society", &work, Work::society);
    set(&js_sys::global(), "moresBench", &functions);
}

/// Puts a function of the work among the others; its arguments come as one array.
fn offer(
    functions: &Object,
    name: &str,
    work: &Rc<Work>,
    function: impl AsyncFn(&Work, Array) -> Result<JsValue, JsValue> + Copy + 'static,
) {
    let work = Rc::clone(work);
    let called = Closure::<dyn FnMut(Array) -> Promise>::new(move |arguments: Array| {
        let work = Rc::clone(&work);
        future_to_promise(async move { function(&work, arguments).await })
    });
    set(functions, name, called.as_ref());
    // Whoever measures ends the worker, which frees everything.
    called.forget();
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Only a frozen object refuses, and neither of ours is.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// A panic would be a trap without a reason: its text is left where the harness looks for it.
fn report_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let text = JsValue::from_str(&panic.to_string());
        set(&js_sys::global().unchecked_into(), "moresPanic", &text);
    }));
}
