//! What is wrong with something a visitor typed: in our words, and in the engine's where it said
//! why. The engine speaks English whatever the page speaks, and a screen reader should know.

use super::live::{maybe, words};
use crate::lab::message::Failure;
use leptos::prelude::*;

/// What is wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fault {
    /// In the visitor's language.
    pub words: String,
    /// What the engine said, in English.
    pub detail: String,
    /// The id of the field it is about.
    pub field: Option<&'static str>,
}

impl Fault {
    /// One that the page found itself.
    pub fn found(words: &str) -> Self {
        Self {
            words: words.to_owned(),
            ..Self::default()
        }
    }

    /// One of a field.
    pub fn at(field: &'static str, words: &str) -> Self {
        Self {
            field: Some(field),
            ..Self::found(words)
        }
    }

    /// One that the engine found.
    pub fn told(words: &str, failure: Failure) -> Self {
        Self {
            detail: failure.message,
            ..Self::found(words)
        }
    }
}

/// Where it is said, at once and aloud; empty while nothing is wrong.
pub fn fault_line(id: &'static str, fault: RwSignal<Fault>) -> AnyView {
    let detail = move || {
        let detail = fault.with(|fault| fault.detail.clone());
        (!detail.is_empty()).then(|| view! { " "<span lang="en">{detail}</span> }.into_any())
    };
    view! {
        <p class="fault" id=id role="alert">{words(move || fault.with(|fault| fault.words.clone()))}{maybe(detail)}</p>
    }
    .into_any()
}
