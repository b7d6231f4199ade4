//! Objects of the browser by the names of their members.
//!
//! web-sys knows them all, but each is a feature of a crate that Leptos is built on, and it would be
//! built anew for it. What a browser does not have is an error like any other here.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

/// What the browser threw, or nothing where it has no such member.
pub type Thrown = JsValue;

/// A member of an object.
pub fn property(object: &JsValue, name: &str) -> Result<JsValue, Thrown> {
    Reflect::get(object, &name.into())
}

/// A member that is an object itself.
pub fn part(object: &JsValue, name: &str) -> Option<JsValue> {
    let part = property(object, name).ok()?;
    part.is_object().then_some(part)
}

/// A part of the browser's navigator.
pub fn of_navigator(name: &str) -> Option<JsValue> {
    part(&web_sys::window()?.navigator(), name)
}

/// A member that is a text.
pub fn text(object: &JsValue, name: &str) -> Option<String> {
    property(object, name).ok()?.as_string()
}

/// A member that is a number.
pub fn number(object: &JsValue, name: &str) -> Option<f64> {
    property(object, name).ok()?.as_f64()
}

/// Calls a method.
pub fn call(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, Thrown> {
    let function = property(object, method)?.dyn_into::<Function>();
    let function = function.map_err(|_| Thrown::UNDEFINED)?;
    let arguments: Array = arguments.iter().collect();
    function.apply(object, &arguments)
}

/// Calls a method and waits for what it promises.
pub async fn ask(object: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, Thrown> {
    let promised = call(object, method, arguments)?;
    JsFuture::from(Promise::resolve(&promised)).await
}

/// An object with one member.
pub fn with(name: &str, value: JsValue) -> JsValue {
    let object = js_sys::Object::new();
    // A fresh object takes any member.
    let _ = Reflect::set(&object, &name.into(), &value);
    object.into()
}

/// Sets the handler of an event, `onerror` and the like.
pub fn listen(object: &JsValue, event: &str, function: &JsValue) {
    // A handler of the browser's own objects can always be set.
    let _ = Reflect::set(object, &event.into(), function);
}

/// A function for the browser that is there as long as the page.
pub fn ear(hear: impl FnMut(JsValue) + 'static) -> JsValue {
    Closure::<dyn FnMut(JsValue)>::new(hear).into_js_value()
}

/// The texts of a list.
pub fn texts(list: &JsValue) -> Vec<String> {
    let list = list.dyn_ref::<Array>().map(Array::iter);
    list.map(|list| list.filter_map(|one| one.as_string()).collect())
        .unwrap_or_default()
}

/// Makes an object of a class; none where the browser has no such class.
pub fn make(class: &str, arguments: &[JsValue]) -> Option<JsValue> {
    let class = property(&js_sys::global(), class).ok()?;
    let arguments: Array = arguments.iter().collect();
    Reflect::construct(class.dyn_ref::<Function>()?, &arguments).ok()
}
