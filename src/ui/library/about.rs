//! What the page is, and what it is not: for whoever wants to know how far its figures may be trusted.

use super::words;
use crate::lab::build;
use crate::ui::clipboard;
use crate::ui::live::{act, words as shown};
use crate::ui::parts;
use crate::ui::state::Page;
use crate::ui::term::linked_line;
use crate::ui::text::about::{AboutText, Part};
use leptos::prelude::*;

/// What a claim came to, as the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Holds,
    Contrary,
    /// Open, or it holds in one setting and not in another.
    Undecided,
}

/// A claim: what it came to here, and its names in the files of findings.
type Claim = (Outcome, &'static [&'static str]);

/// In the order of [`AboutText::claims`].
const CLAIMS: [Claim; 10] = [
    (Outcome::Holds, &["feedback_helps"]),
    (
        Outcome::Holds,
        &["all_bad_alignment_ceiling", "all_bad_engagement_ceiling"],
    ),
    (Outcome::Holds, &["stronger_model"]),
    (
        Outcome::Holds,
        &["better-than-sft", "better-than-rrhf", "better-than-coh"],
    ),
    (Outcome::Holds, &["robust-under-attack"]),
    (Outcome::Holds, &["more-stable-than-rrhf"]),
    (Outcome::Contrary, &["better-than-dpo"]),
    (Outcome::Contrary, &["better-than-rlhf"]),
    (Outcome::Undecided, &["mixed_climbs"]),
    (
        Outcome::Undecided,
        &["stage-imitation-adds", "stage-self-critic-adds"],
    ),
];

fn part(found: &'static Part, inside: AnyView) -> AnyView {
    let paragraphs = found.paragraphs.iter().map(|line| linked_line("", line));
    view! {
        <section class="about-part">
            <h3>{found.title}</h3>
            <div>{paragraphs.collect_view()}{inside}</div>
        </section>
    }
    .into_any()
}

/// The claims that came to one outcome.
fn claims(text: &'static AboutText, outcome: Outcome, title: &'static str) -> AnyView {
    let wanted = CLAIMS.iter().zip(text.claims);
    let wanted = wanted.filter(|((found, _), _)| *found == outcome);
    let lines = wanted.map(|(_, words)| view! { <li>{words}</li> });
    view! { <h4>{title}</h4><ul class="about-claims">{lines.collect_view()}</ul> }.into_any()
}

/// What the paper claims, and the ways to what was found.
fn findings(page: Page, text: &'static AboutText) -> AnyView {
    let societies = act(move |_| page.sheets.findings.set(true));
    let methods = act(move |_| page.sheets.runs.set(true));
    view! {
        {claims(text, Outcome::Holds, text.holds)}
        {claims(text, Outcome::Contrary, text.contrary)}
        {claims(text, Outcome::Undecided, text.undecided)}
        <p class="about-ways">
            <button type="button" id="about-societies" on:click=societies>{text.to_societies}</button>
            <button type="button" id="about-methods" on:click=methods>{text.to_methods}</button>
        </p>
    }
    .into_any()
}

/// What somebody who reports a mistake should send along, a line each.
fn facts(page: Page, text: &AboutText) -> String {
    let (engine, adapter) = page.view.with_untracked(|view| {
        let engine = view.engine.map(|engine| engine.name().to_owned());
        (engine, view.adapter.clone())
    });
    let browser = web_sys::window().and_then(|window| window.navigator().user_agent().ok());
    let values = [
        format!("{}, {}", env!("CARGO_PKG_VERSION"), build::id()),
        engine.unwrap_or_else(|| text.no_engine.to_owned()),
        adapter,
        browser.unwrap_or_default(),
        untrack(|| page.address()).unwrap_or_else(|why| why.to_string()),
    ];
    let lines = text.facts.iter().zip(values);
    let lines = lines.filter(|(_, value)| !value.is_empty());
    let lines: Vec<String> = lines
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    lines.join("\n")
}

fn report(page: Page, text: &'static AboutText) -> AnyView {
    let told = RwSignal::new("");
    let facts = facts(page, text);
    let copied = facts.clone();
    let copy = move |_| {
        let (facts, said) = (copied.clone(), words(page));
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&facts).await;
            // The sheet may be closed by then.
            told.try_set(if copied { said.copied } else { said.not_copied });
        });
    };
    view! {
        <pre tabindex="0" role="region" aria-label=text.facts_name>{facts}</pre>
        <button type="button" id="copy-facts" on:click=act(copy)>{text.copy_facts}</button>
        <p class="aside" role="status">{shown(move || told.get())}</p>
    }
    .into_any()
}

/// The whole page.
pub fn about(page: Page) -> AnyView {
    let text = page.language.get_untracked().about();
    let nothing = || ().into_any();
    let inside = vec![
        view! { <h2 id="library-title">{text.title}</h2> }.into_any(),
        parts::line("lead", text.lead),
        part(&text.aligned, nothing()),
        part(&text.judge, nothing()),
        part(&text.models, nothing()),
        part(&text.scale, nothing()),
        part(&text.paper, findings(page, text)),
        part(&text.limits, nothing()),
        part(&text.privacy, nothing()),
        part(&text.licences, nothing()),
        part(&text.report, report(page, text)),
    ];
    view! { <div class="about">{inside}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    /// What the files say of a claim, once for each setting it was tried in.
    fn verdicts(name: &str) -> Vec<String> {
        let files = [
            include_str!("../../../public/findings/society.json"),
            include_str!("../../../public/findings/ladder.json"),
        ];
        let mut found = Vec::new();
        for file in files {
            let file: Value = serde_json::from_str(file).unwrap();
            for claim in file["claims"].as_array().unwrap() {
                let named = [&claim["id"], &claim["name"]];
                if named.into_iter().any(|one| one.as_str() == Some(name)) {
                    found.push(claim["verdict"].as_str().unwrap().to_owned());
                }
            }
        }
        found
    }

    #[test]
    fn the_page_says_of_every_claim_what_the_files_say() {
        for (outcome, names) in CLAIMS {
            for name in names {
                let found = verdicts(name);
                assert!(!found.is_empty(), "{name} is in no file");
                let says = |words: &[&str]| found.iter().all(|one| words.contains(&one.as_str()));
                let right = match outcome {
                    Outcome::Holds => says(&["holds", "replicated"]),
                    Outcome::Contrary => says(&["contrary", "opposite"]),
                    Outcome::Undecided => !says(&["holds", "replicated"]),
                };
                assert!(right, "{name}: {found:?} is not {outcome:?}");
            }
        }
        // Two things that the sentences add.
        for name in ["rlhf-easier-to-attack", "stage-realignment-adds"] {
            assert_eq!(verdicts(name), ["replicated"], "{name}");
        }
    }
}
