//! Sizes and dates in words.

use super::super::text::{KeptText, Language};
use js_sys::{Array, Date};
use wasm_bindgen::prelude::*;

/// Bytes in words, with as many digits as say something.
pub fn size(text: &KeptText, bytes: f64) -> String {
    let short = |number: f64| {
        if number < 9.95 {
            format!("{number:.1}")
        } else {
            format!("{number:.0}")
        }
    };
    if bytes < 1e3 {
        (text.bytes)(&format!("{bytes:.0}"))
    } else if bytes < 999.5e3 {
        (text.kilobytes)(&short(bytes / 1e3))
    } else if bytes < 999.5e6 {
        (text.megabytes)(&short(bytes / 1e6))
    } else {
        (text.gigabytes)(&short(bytes / 1e9))
    }
}

/// Day and time, as the language writes them.
pub fn moment(language: Language, milliseconds: f64) -> String {
    let style = js_sys::Object::new();
    for (name, value) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        // A fresh object takes any member.
        let _ = js_sys::Reflect::set(&style, &name.into(), &value.into());
    }
    let date = Date::new(&milliseconds.into());
    let locales = Array::of1(&language.tag().into());
    let written =
        super::super::foreign::call(&date, "toLocaleString", &[locales.into(), style.into()]);
    let written: Option<String> = written.ok().and_then(|words: JsValue| words.as_string());
    written.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_two_digits_or_three() {
        let text = Language::English.kept();
        let sizes = [
            0.0, 999.0, 1234.0, 56_700.0, 999_400.0, 999_900.0, 7.449e6, 38e6, 10.7e9,
        ];
        let found = sizes.map(|bytes| size(text, bytes));
        let wanted = [
            "0 bytes",
            "999 bytes",
            "1.2 kB",
            "57 kB",
            "999 kB",
            "1.0 MB",
            "7.4 MB",
            "38 MB",
            "11 GB",
        ];
        assert_eq!(found, wanted);
    }
}
