//! Parts of the page that change, behind one type each.
//!
//! Leptos builds machinery of its own for every type of closure in a view. Boxed, all changing
//! texts share one, all changing parts another, and so on: the page's WebAssembly is a quarter
//! smaller for it, and nobody notices the boxes.

use leptos::prelude::*;

/// What can be shown as text.
pub trait Words {
    /// The text; empty where there is nothing to say.
    fn words(self) -> String;
}

impl Words for String {
    fn words(self) -> String {
        self
    }
}

impl Words for &str {
    fn words(self) -> String {
        self.to_owned()
    }
}

impl<T: Words> Words for Option<T> {
    fn words(self) -> String {
        self.map(T::words).unwrap_or_default()
    }
}

/// A text that changes.
pub fn words<T: Words>(mut text: impl FnMut() -> T + Send + 'static) -> AnyView {
    value(move || text().words()).into_any()
}

/// A part that changes.
pub fn live(part: impl FnMut() -> AnyView + Send + 'static) -> AnyView {
    let part: Box<dyn FnMut() -> AnyView + Send> = Box::new(part);
    part.into_any()
}

/// A part that is there or not.
pub fn maybe(mut part: impl FnMut() -> Option<AnyView> + Send + 'static) -> AnyView {
    live(move || part().unwrap_or_else(|| ().into_any()))
}

/// An attribute or property that changes.
pub fn value(text: impl FnMut() -> String + Send + 'static) -> Box<dyn FnMut() -> String + Send> {
    Box::new(text)
}

/// A switch that changes.
pub fn flag(on: impl FnMut() -> bool + Send + 'static) -> Box<dyn FnMut() -> bool + Send> {
    Box::new(on)
}

/// What happens on an event.
pub fn act<E: 'static>(what: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(what)
}
