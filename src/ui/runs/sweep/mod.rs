//! What sweeps found: the file that comes with the page, and any that somebody brings.

mod file;
mod ladder;
mod map;

use super::super::findings::fetch;
use super::super::live::{act, live, maybe};
use super::super::parts;
use super::super::state::Page;
use super::super::surface::{Errand, run};
use super::super::term::linked_line;
use super::words;
use file::Sweep;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;

/// The file that comes with the page, if one does.
const SHIPPED: &str = "findings/ladder.json";

/// A button that opens a run's link and leaves the sheet.
fn run_button(page: Page, link: &str, words: &str, label: &str) -> AnyView {
    let link = link.to_owned();
    let go = move |_| {
        page.sheets.runs.set(false);
        run(page, Errand::OpenLink(link.clone()));
    };
    let (words, label) = (words.to_owned(), label.to_owned());
    view! { <button type="button" class="quiet run-here" aria-label=label on:click=act(go)>{words}</button> }
        .into_any()
}

/// A figure's name in the page's language; figures of a suite are those after the dot.
fn figure_name(page: Page, name: &str) -> String {
    let text = words(page);
    let (suite, figure) = name.rsplit_once('.').unwrap_or(("", name));
    let figure = (text.figure_name)(figure).map_or_else(|| figure.replace('_', " "), str::to_owned);
    if suite.is_empty() {
        figure
    } else {
        let suite = (page.text().figures.suite_name)(suite);
        [&suite, page.opening().frame.and, &figure].concat()
    }
}

/// Whether a figure is a share, told in per cent.
fn is_share(figure: &str) -> bool {
    let shares = [
        "bad",
        "bad_attacked",
        "over_refusal",
        "gibberish",
        "attack_success",
    ];
    let name = figure.rsplit('.').next().unwrap_or(figure);
    shares.contains(&name) || figure.starts_with("attacks.")
}

/// A value as it is read, and its unit: shares in per cent.
fn told(figure: &str, value: f64) -> (String, &'static str) {
    let (words, unit) = match figure {
        _ if is_share(figure) => (format!("{:.1}", 100.0 * value), "%"),
        "tokens" | "seconds" => (format!("{value:.0}"), ""),
        _ => (format!("{value:.2}"), ""),
    };
    // What rounds to nothing has no sign, and a minus is a true one.
    let is_nothing = !words.contains(|sign: char| ('1'..='9').contains(&sign));
    let words = match words.strip_prefix('-') {
        Some(words) if is_nothing => words.to_owned(),
        Some(words) => format!("\u{2212}{words}"),
        None => words,
    };
    (words, unit)
}

/// A sweep's results.
fn shown(page: Page, sweep: Sweep) -> AnyView {
    let origin = [&sweep.build, &sweep.machine];
    let origin = origin.into_iter().filter(|part| !part.is_empty());
    let origin = format!(
        "{} <code>{}</code> {}",
        words(page).sweep_made_by,
        parts::escaped(&sweep.command),
        parts::escaped(&origin.cloned().collect::<Vec<String>>().join(", "))
    );
    let sweep = Arc::new(sweep);
    let inside = vec![
        ladder::ladder(page, Arc::clone(&sweep)),
        ladder::scatter(page, Arc::clone(&sweep)),
        map::claims(page, &sweep),
        parts::markup("aside", move || origin.clone()),
    ];
    inside.into_any()
}

fn choose(page: Page) -> AnyView {
    let chosen = move |event: leptos::ev::Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                // As if it were dropped on the sheet.
                run(page, Errand::OpenFile(file));
            }
            // So that the same file can be chosen again.
            field.set_value("");
        }
    };
    let text = words(page);
    view! { <p><label class="file"><span>{text.sweep_choose}</span><input type="file" id="sweep-file" accept=".json,application/json" on:change=act(chosen) /></label></p> }
        .into_any()
}

/// The part of the sheet about sweeps.
pub fn sweeps(page: Page) -> AnyView {
    let text = words(page);
    let shipped = RwSignal::new(None::<Option<String>>);
    leptos::task::spawn_local(async move {
        let found = fetch(SHIPPED).await;
        // The sheet may be closed by now.
        shipped.try_set(Some(found));
    });
    // The last file that could be read stays when one comes that can't be.
    let good = RwSignal::new(None::<(String, Sweep)>);
    let trouble = RwSignal::new(String::new());
    Effect::new(move || {
        let Some((name, content)) = page.brought.get() else {
            return;
        };
        match file::read(&content) {
            Ok(sweep) => {
                good.set(Some((name, sweep)));
                trouble.set(String::new());
            }
            Err(why) => trouble.set((text.sweep_broken)(&name, &why)),
        }
        super::super::app::focus("runs-sweep-choose");
    });
    let brought = move || {
        let (name, sweep) = good.get()?;
        let title = view! { <h4>{name}</h4> }.into_any();
        Some(vec![title, shown(page, sweep)].into_any())
    };
    let own = move || match shipped.get() {
        None => parts::line("waiting", text.sweep_loading),
        Some(None) => parts::line("aside", text.sweep_missing),
        Some(Some(content)) => match file::read(&content) {
            Ok(sweep) => {
                let title = view! { <h4>{text.sweep_shipped}</h4> }.into_any();
                vec![title, shown(page, sweep)].into_any()
            }
            Err(why) => parts::line("fault", (text.sweep_broken)(SHIPPED, &why)),
        },
    };
    let inside = vec![
        linked_line("aside", text.sweep_lead),
        view! { <div id="runs-sweep-choose" tabindex="-1">{choose(page)}</div> }.into_any(),
        view! { <p class="fault" role="alert" id="sweep-trouble">{super::super::live::words(move || trouble.get())}</p> }.into_any(),
        view! { <div id="sweep-brought">{maybe(brought)}</div> }.into_any(),
        view! { <div id="sweep-shipped">{live(own)}</div> }.into_any(),
    ];
    parts::section("runs-sweep", text.sweep, inside)
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn nothing_has_no_sign() {
        let words = |figure, value| told(figure, value).0;
        assert_eq!(words("tokens", -0.0), "0");
        assert_eq!(words("seconds", -0.4), "0");
        assert_eq!(words("over_refusal", -0.000_1), "0.0");
        assert_eq!(words("training.divergence", -0.25), "\u{2212}0.25");
        assert_eq!(told("attacks.plain", 0.125), ("12.5".to_owned(), "%"));
    }
}
