//! Words that the glossary explains, and the quiet buttons that ask for them.
//!
//! A button only says which [`Term`] it is about; one listener for the whole page opens the note. So a
//! term costs a surface nothing but its name, it works in markup too, and no explanation is in the
//! page's first file: those are in the file of [`super::library`].

use super::library::Library;
use super::parts::escaped;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, MouseEvent};

/// Names every term once: its place in the code, and its name in links (`#glossary=name`) and texts.
macro_rules! terms {
    ($($term:ident $name:literal,)*) => {
        /// A word that the glossary explains.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Term {
            $($term,)*
        }

        impl Term {
            /// All of them.
            pub const ALL: &'static [Term] = &[$(Term::$term,)*];
            const NAMES: &'static [&'static str] = &[$($name,)*];
        }
    };
}

terms! {
    Society "society",
    Agent "agent",
    Upbringing "upbringing",
    Memory "memory",
    Draft "draft",
    Rating "rating",
    Revision "revision",
    BackScatter "back-scatter",
    Role "role",
    Record "record",
    Norm "norm",
    ValueProfile "value-profile",
    Alignment "alignment",
    Engagement "engagement",
    Observer "observer",
    Judge "judge",
    BadAnswer "bad-answer",
    OverRefusal "over-refusal",
    Gibberish "gibberish",
    Variety "variety",
    MultipleChoice "multiple-choice",
    LanguageModel "language-model",
    Weights "weights",
    Token "token",
    LogProbability "log-probability",
    Perplexity "perplexity",
    Temperature "temperature",
    MinP "min-p",
    Imitation "imitation",
    SelfCritic "self-critic",
    Realignment "realignment",
    Loss "loss",
    LearningRate "learning-rate",
    GradientNorm "gradient-norm",
    Margin "margin",
    Hinge "hinge",
    ReferenceModel "reference-model",
    KlDivergence "kl-divergence",
    HeldOut "held-out",
    Sft "sft",
    SaCpo "sa-cpo",
    Dpo "dpo",
    Ipo "ipo",
    Rrhf "rrhf",
    Slic "slic",
    Orpo "orpo",
    SimPo "simpo",
    Kto "kto",
    Unlikelihood "unlikelihood",
    Hindsight "chain-of-hindsight",
    RewardModel "reward-model",
    Rlhf "rlhf",
    Grpo "grpo",
    Attack "attack",
    TokenSearch "token-search",
    Seed "seed",
    Interval "confidence-interval",
    Bootstrap "bootstrap",
    Front "front",
    Engine "engine",
    Digest "digest",
    Receipt "receipt",
}

impl Term {
    /// Its name in links and texts.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The term of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        let place = Self::NAMES.iter().position(|known| *known == name)?;
        Self::ALL.get(place).copied()
    }
}

/// Words that open their explanation.
pub fn term(term: Term, words: impl IntoAny) -> AnyView {
    button("term", term, None, words.into_any())
}

/// A mark behind something that can't be a button itself, such as the label of a control: `asks` is
/// what a screen reader says instead of the mark.
pub fn mark(term: Term, asks: String) -> AnyView {
    button("term mark", term, Some(asks), "?".into_any())
}

fn button(class: &'static str, term: Term, asks: Option<String>, inside: AnyView) -> AnyView {
    view! { <button type="button" class=class data-term=term.name() aria-haspopup="dialog" aria-label=asks>{inside}</button> }
        .into_any()
}

/// The same button as markup, for surfaces that are only read.
pub fn term_markup(term: Term, words: &str) -> String {
    let (name, words) = (term.name(), escaped(words));
    format!("<button type=button class=term data-term={name} aria-haspopup=dialog>{words}</button>")
}

/// Parts off the sign that may not stand on another line than the term beside it: at the end what opens,
/// at the beginning what closes. A button is a thing of its own to the browser, which would break there.
fn held(text: &str, at_end: bool) -> (&str, &str) {
    let found = if at_end {
        text.char_indices().next_back()
    } else {
        text.chars().next().map(|sign| (sign.len_utf8(), sign))
    };
    match found {
        Some((at, sign)) if at_end && "（“《([".contains(sign) => text.split_at(at),
        Some((at, sign)) if !at_end && "，。、；：！？）”》,.;:!?)’".contains(sign) => {
            let (closes, rest) = text.split_at(at);
            (rest, closes)
        }
        _ => (text, ""),
    }
}

/// A text in which `[words|name]` is a term, as markup. What names no term stays words.
pub fn linked(text: &str) -> String {
    let mut markup = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        let inside = after.split_once(']').and_then(|(inside, after)| {
            let (words, name) = inside.split_once('|')?;
            Some((words, Term::of_name(name)?, after))
        });
        rest = match inside {
            Some((words, term, after)) => {
                let (before, opens) = held(before, true);
                let (after, closes) = held(after, false);
                let button = term_markup(term, words);
                let whole = format!("{}{button}{}", escaped(opens), escaped(closes));
                markup.push_str(&escaped(before));
                if whole.len() > button.len() {
                    markup.push_str(&format!("<span class=held>{whole}</span>"));
                } else {
                    markup.push_str(&button);
                }
                after
            }
            None => {
                markup.push_str(&escaped(before));
                markup.push('[');
                after
            }
        };
    }
    markup.push_str(&escaped(rest));
    markup
}

/// A line of such a text.
pub fn linked_line(class: &'static str, text: &str) -> AnyView {
    view! { <p class=class inner_html=linked(text)></p> }.into_any()
}

/// Opens the note of a term when its button is pressed, wherever on the page it is.
pub fn listen(library: Library) {
    let listener = window_event_listener(leptos::ev::click, move |event| pressed(library, &event));
    on_cleanup(move || listener.remove());
}

fn pressed(library: Library, event: &MouseEvent) {
    let place: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let button = place.and_then(|place| place.closest("[data-term]").ok().flatten());
    let Some(button) = button else {
        return;
    };
    let name = button.get_attribute("data-term").unwrap_or_default();
    if let Some(term) = Term::of_name(&name) {
        library.look_up(term, &button);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_leads_to_its_term_and_fits_a_link() {
        for term in Term::ALL {
            assert_eq!(Term::of_name(term.name()), Some(*term));
            let plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
            assert!(term.name().chars().all(plain), "{}", term.name());
        }
        assert_eq!(Term::of_name("Margin"), None);
    }

    #[test]
    fn terms_in_a_text_become_buttons_and_nothing_else_becomes_markup() {
        let found = linked("A [wide lead|margin] & [no|term] or [this] <b> [");
        let button = term_markup(Term::Margin, "wide lead");
        assert_eq!(
            found,
            format!("A {button} &amp; [no|term] or [this] &lt;b&gt; [")
        );
        let stop = linked("（[wide|margin]，or [lead|margin].");
        let [wide, lead] = ["wide", "lead"].map(|words| term_markup(Term::Margin, words));
        assert_eq!(
            stop,
            format!("<span class=held>（{wide}，</span>or <span class=held>{lead}.</span>")
        );
        assert!(button.contains("data-term=margin") && button.contains(">wide lead</button>"));
    }
}
