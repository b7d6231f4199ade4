//! The link that a program asks for: its wishes, read as if they stood in a fragment.

use crate::ui::state::Page;
use crate::ui::wishes::{self, Wishes};
use js_sys::{Array, JSON, Object};
use wasm_bindgen::{JsCast, JsValue};

/// The address of the run with these wishes, or a sentence why there is none.
pub fn address(page: Page, asked: &JsValue) -> Result<String, String> {
    let (receipt, wishes) = read(asked)?;
    page.address_with(receipt, &wishes)
        .map_err(|why| why.to_string())
}

/// Whether the receipt is wanted, and the wishes.
fn read(asked: &JsValue) -> Result<(bool, Wishes), String> {
    let mut receipt = true;
    if asked.is_undefined() || asked.is_null() {
        return Ok((receipt, Wishes::default()));
    }
    let asked = asked
        .dyn_ref::<Object>()
        .ok_or("link() takes an object of wishes, or nothing")?;
    let mut fragment = String::new();
    for pair in Object::entries(asked) {
        let pair = Array::from(&pair);
        let key = pair.get(0).as_string().unwrap_or_default();
        let value = pair.get(1);
        if key == "receipt" {
            receipt = value.is_truthy();
        } else if !value.is_undefined() {
            fragment.push_str(&format!("&{key}={}", said(&value)));
        }
    }
    let read = wishes::read(&fragment);
    if let Some(key) = read.unknown.first() {
        return Err(format!("link() knows no wish “{key}”"));
    }
    match read.faults.first() {
        Some(fault) => Err(format!(
            "{} makes no sense; known: {}",
            fault.said, fault.known
        )),
        // What is left is no key at all.
        None if read.has_run => Err("link() knows no such wish".to_owned()),
        None => Ok((receipt, read.wishes)),
    }
}

/// A value as a fragment says it.
fn said(value: &JsValue) -> String {
    if let Some(on) = value.as_bool() {
        return u8::from(on).to_string();
    }
    if let Some(parts) = value.dyn_ref::<Array>() {
        let parts: Vec<String> = parts.iter().filter_map(|part| part.as_string()).collect();
        return parts.join(".");
    }
    let written = || JSON::stringify(value).ok()?.as_string();
    value.as_string().or_else(written).unwrap_or_default()
}
