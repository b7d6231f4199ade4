//! How likely each word of an utterance was, and what else could have been said in its place.

use super::super::live::{act, live, value, words};
use super::super::state::Page;
use crate::lab::message::{SpokenToken, UtteranceOf};
use crate::lab::view::Voice;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The token that ends an utterance.
const END: &str = "<eos>";

/// A probability as people say it.
pub fn per_cent(probability: f32) -> String {
    let share = probability * 100.0;
    if share >= 9.95 {
        format!("{share:.0}%")
    } else if share >= 0.095 {
        format!("{share:.1}%")
    } else {
        "< 0.1%".to_owned()
    }
}

/// What is known of the words.
#[derive(Clone)]
enum Known {
    Nothing,
    Asked,
    Refused(String),
    Tokens(Vec<SpokenToken>),
}

/// A button, and below it the words once they are asked for.
pub fn likelihood(
    page: Page,
    index: usize,
    utterance: UtteranceOf,
    by: Voice,
    recorded: Option<f32>,
) -> AnyView {
    if super::is_guest(page) {
        return ().into_any();
    }
    let text = &page.text().inspector;
    let known = RwSignal::new(Known::Nothing);
    let is_open = Memo::new(move |_| known.with(|known| !matches!(known, Known::Nothing)));
    let toggle = move |_| {
        if is_open.get_untracked() {
            known.set(Known::Nothing);
            return;
        }
        known.set(Known::Asked);
        page.inspect(index, utterance, move |answer| {
            // The dialog may show something else by now.
            known.try_update(|known| {
                if matches!(known, Known::Asked) {
                    *known = match answer {
                        Ok(tokens) => Known::Tokens(tokens),
                        Err(failure) => Known::Refused(failure.message),
                    };
                }
            });
        });
    };
    let inside = move || match known.get() {
        Known::Nothing => ().into_any(),
        Known::Asked => view! { <p class="waiting">{text.busy}</p> }.into_any(),
        Known::Refused(why) => {
            view! { <p class="fault">{text.no_answer}" "<span lang="en">{why}</span></p> }
                .into_any()
        }
        Known::Tokens(tokens) => {
            let hint = match by {
                Voice::Model => None,
                Voice::Role => Some(text.likely_role),
                Voice::Person => Some(text.likely_person),
            };
            view! {
                <p class="aside">{hint}" "{text.likely_hint}</p>
                {spoken(page, tokens, utterance)}
                <p class="aside">{recorded.map(|sum| (text.likely_sum)(&format!("{sum:.2}")))}</p>
            }
            .into_any()
        }
    };
    view! {
        <div class="likely">
            <button type="button" class="quiet" aria-expanded=value(move || is_open.get().to_string()) on:click=act(toggle)>
                {words(move || if is_open.get() { text.likely_hide } else { text.likely })}
            </button>
            <div aria-live="polite">{live(inside)}</div>
        </div>
    }
    .into_any()
}

/// A token as it is shown.
fn shown(page: Page, token: &str) -> String {
    if token == END {
        page.text().inspector.likely_end.to_owned()
    } else {
        token.to_owned()
    }
}

/// The words in a row, what could have been said in place of the one looked at, and all in a list.
fn spoken(page: Page, tokens: Vec<SpokenToken>, utterance: UtteranceOf) -> AnyView {
    let id = match utterance {
        UtteranceOf::Draft => "else-draft".to_owned(),
        UtteranceOf::Critique(place) => format!("else-{place}"),
        UtteranceOf::Revision => "else-revision".to_owned(),
    };
    let text = &page.text().inspector;
    let chosen = RwSignal::new(0usize);
    let last = tokens.len().saturating_sub(1);
    let group = NodeRef::<leptos::html::Div>::new();
    let token = |(place, token): (usize, &SpokenToken)| {
        let word = shown(page, &token.token);
        let chance = per_cent(token.probability);
        let stop = value(move || if chosen.get() == place { "0" } else { "-1" }.to_owned());
        view! {
            <button type="button" class="token" tabindex=stop style=("--chance", format!("{:.3}", token.probability)) title=chance.clone()
                data-probability=token.probability.to_string() aria-label=format!("{word}, {chance}") aria-describedby=id.clone()
                aria-pressed=value(move || (chosen.get() == place).to_string())
                on:focus=act(move |_| chosen.set(place)) on:pointerenter=act(move |_| chosen.set(place))>{word.clone()}</button>
        }
        .into_any()
    };
    let row = tokens.iter().enumerate().map(token).collect_view();
    let turn = move |event: KeyboardEvent| {
        let at = chosen.get_untracked();
        let next = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1).min(last),
            "ArrowLeft" | "ArrowUp" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        chosen.set(next);
        let child = group.get_untracked().and_then(|group| {
            use wasm_bindgen::JsCast;
            let found = group.children().item(u32::try_from(next).ok()?)?;
            found.dyn_into::<web_sys::HtmlElement>().ok()
        });
        if let Some(child) = child {
            let _ = child.focus();
        }
    };
    let line = |token: &SpokenToken| {
        let others = token.likeliest.iter();
        let others =
            others.map(|(word, chance)| format!("{} {}", shown(page, word), per_cent(*chance)));
        let others = others.collect::<Vec<String>>().join(", ");
        view! { <tr><th scope="row" lang="en">{shown(page, &token.token)}</th><td>{per_cent(token.probability)}</td><td lang="en">{others}</td></tr> }
    };
    let list = tokens.iter().map(line).collect_view();
    let likeliest = move || {
        let Some(token) = tokens.get(chosen.get()) else {
            return ().into_any();
        };
        let other = |(word, chance): &(String, f32)| {
            let class = if *word == token.token { "said" } else { "" };
            view! {
                <li class=class><span lang="en">{shown(page, word)}</span><i aria-hidden="true" style:width=format!("{:.1}%", chance * 100.0)></i><b>{per_cent(*chance)}</b></li>
            }
        };
        view! {
            <p><strong lang="en">{shown(page, &token.token)}</strong>" "{per_cent(token.probability)}". "{text.likely_else}":"</p>
            <ol>{token.likeliest.iter().map(other).collect_view()}</ol>
        }
        .into_any()
    };
    view! {
        <div class="tokens" node_ref=group role="group" lang="en" aria-label=text.likely on:keydown=act(turn)>{row}</div>
        <div class="likely-else" id=id.clone()>{live(likeliest)}</div>
        <details class="likely-list">
            <summary>{text.likely_list}</summary>
            <div class="table-frame">
                <table>
                    <thead><tr><th scope="col">{text.likely_word}</th><th scope="col">{text.likely_chance}</th><th scope="col">{text.likely_else}</th></tr></thead>
                    <tbody>{list}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::per_cent;

    #[test]
    fn chances_are_said_as_finely_as_they_matter() {
        for (chance, words) in [
            (1.0, "100%"),
            (0.434, "43%"),
            (0.0996, "10%"),
            (0.0321, "3.2%"),
            (0.00096, "0.1%"),
            (0.0003, "< 0.1%"),
            (0.0, "< 0.1%"),
        ] {
            assert_eq!(per_cent(chance), words);
        }
    }
}
