//! Parts that the surfaces of figures share: sections, lines, choices, and tables written as markup.
//!
//! Every shape of view that Leptos builds costs the page a kilobyte or two; these are built once.
//! What is only read is markup in a text, and every word that comes from a file is [`escaped`].

use super::live::{act, flag, value};
use leptos::prelude::*;

/// A part with its heading.
pub fn section(id: &'static str, title: &'static str, inside: Vec<AnyView>) -> AnyView {
    view! { <section class="statistic" id=id><h3>{title}</h3>{inside}</section> }.into_any()
}

/// A line of text.
pub fn line(class: &'static str, inside: impl IntoAny) -> AnyView {
    named_line("", class, inside)
}

/// A line of text that can be found by its id.
pub fn named_line(id: &'static str, class: &'static str, inside: impl IntoAny) -> AnyView {
    let id = (!id.is_empty()).then_some(id);
    let inside = inside.into_any();
    view! { <p id=id class=class>{inside}</p> }.into_any()
}

/// Markup that is only read. It holds no word from outside that is not [`escaped`].
pub fn markup(class: &'static str, inside: impl FnMut() -> String + Send + 'static) -> AnyView {
    view! { <div class=class inner_html=value(inside)></div> }.into_any()
}

/// One of a few things, all in sight; what stands beside them comes last.
pub fn radios(
    group: &'static str,
    name: &'static str,
    options: Vec<String>,
    chosen: RwSignal<usize>,
    beside: AnyView,
) -> AnyView {
    let option = |(place, words): (usize, String)| {
        view! {
            <label class="choice">
                <input type="radio" name=group prop:checked=flag(move || chosen.get() == place) on:change=act(move |_| chosen.set(place)) />
                <span>{words}</span>
            </label>
        }
    };
    let options = options.into_iter().enumerate().map(option).collect_view();
    view! { <div class="choices" role="group" aria-label=name>{options}{beside}</div> }.into_any()
}

/// One of many things.
pub fn select(
    id: &'static str,
    class: &'static str,
    name: &'static str,
    options: Vec<String>,
    chosen: RwSignal<usize>,
) -> AnyView {
    let option = |(place, words): (usize, String)| {
        view! { <option value=place.to_string() selected=flag(move || chosen.get() == place)>{words}</option> }
    };
    let change = move |event| {
        if let Ok(place) = event_target_value(&event).parse::<usize>() {
            chosen.set(place);
        }
    };
    let options = options.into_iter().enumerate().map(option).collect_view();
    view! { <label class=class><span>{name}</span><select id=id on:change=act(change)>{options}</select></label> }
        .into_any()
}

/// Words as markup that says them.
pub fn escaped(words: &str) -> String {
    let mut markup = String::new();
    for letter in words.chars() {
        match letter {
            '&' => markup.push_str("&amp;"),
            '<' => markup.push_str("&lt;"),
            '>' => markup.push_str("&gt;"),
            '"' => markup.push_str("&quot;"),
            '\'' => markup.push_str("&#39;"),
            _ => markup.push(letter),
        }
    }
    markup
}

/// A number with its sign, as typeset: a true minus.
pub fn signed(value: f32) -> String {
    let words = format!("{value:+.2}");
    // What rounds to zero has no sign.
    match words.as_str() {
        "+0.00" | "-0.00" => "0.00".to_owned(),
        _ => words.replace('-', "\u{2212}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_typeset() {
        let found = [0.25, -1.5, 0.001, -0.001].map(signed);
        assert_eq!(found, ["+0.25", "\u{2212}1.50", "0.00", "0.00"]);
    }

    #[test]
    fn words_of_a_file_stay_words() {
        let sly = "<img src=x onerror='alert(\"1\")'> & more";
        let tame = "&lt;img src=x onerror=&#39;alert(&quot;1&quot;)&#39;&gt; &amp; more";
        assert_eq!(escaped(sly), tame);
    }
}
