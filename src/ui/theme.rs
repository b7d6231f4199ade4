//! Light, dark, or as the system has it: one attribute on the document, read by `style/tokens.css`.
//! The page's first script (in `index.html`) sets it before anything is drawn; [`Theme::look`] is the
//! same rule, once the page is there.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;

/// Which of the two the visitor wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// All of them, in the order of the switch.
    pub const ALL: [Theme; 3] = [Theme::System, Theme::Light, Theme::Dark];

    /// Its name in links, in the switch and where it is kept.
    pub fn name(self) -> &'static str {
        match self {
            Theme::System => "system",
            Theme::Light => "light",
            Theme::Dark => "dark",
        }
    }

    /// The value of the attribute `data-theme`: light or dark.
    pub fn look(self, system_is_dark: bool) -> &'static str {
        match self {
            Theme::Dark => "dark",
            Theme::System if system_is_dark => "dark",
            Theme::System | Theme::Light => "light",
        }
    }

    /// The theme of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Theme::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// Whether the system is dark, now and when it changes. For whoever asks by `use_context`.
#[derive(Clone, Copy, Debug)]
pub struct System {
    /// Whether it is.
    pub is_dark: ReadSignal<bool>,
}

impl System {
    /// Asks the browser, and goes on listening as long as the caller lives.
    pub fn watch() -> Self {
        let list = web_sys::window()
            .and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok())
            .flatten();
        let (is_dark, set_dark) = signal(list.as_ref().is_some_and(|list| list.matches()));
        if let Some(list) = list {
            let asked = list.clone();
            let changed = Closure::<dyn Fn()>::new(move || set_dark.set(asked.matches()));
            list.set_onchange(Some(changed.as_ref().unchecked_ref()));
            let kept = StoredValue::new_local((list, changed));
            on_cleanup(move || {
                kept.try_with_value(|(list, _)| list.set_onchange(None));
            });
        }
        System { is_dark }
    }
}
