//! The part of the last act that says how to cite: the run, the software and the paper, to be copied
//! or saved.

use super::citation::{self, Run, Software};
use super::words;
use crate::lab::{RunConfig, build};
use crate::ui::app::focus;
use crate::ui::clipboard;
use crate::ui::live::{act, live, value, words as shown};
use crate::ui::parcel;
use crate::ui::parts;
use crate::ui::settings::methods::learnt;
use crate::ui::state::Page;
use leptos::prelude::*;
use std::time::Duration;

/// For so long a button says that it copied.
const AGAIN: Duration = Duration::from_secs(4);

/// What is cited, in the order of its names.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Subject {
    Run,
    Software,
    Paper,
}

const SUBJECTS: [Subject; 3] = [Subject::Run, Subject::Software, Subject::Paper];

/// A text to be taken along: name of the form, name of the file, and the text.
type Form = (&'static str, String, String);

/// The page that is cited.
pub fn software() -> Software {
    Software {
        version: env!("CARGO_PKG_VERSION"),
        build: Some(build::id().to_owned()),
        address: Some(crate::ui::memory::address_without_fragment()),
    }
}

/// Today where the reader is, as in 2026-11-29.
fn today() -> String {
    let now = js_sys::Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    format!("{year}-{month:02}-{day:02}")
}

/// What a run was, in a few words, in English as the whole entry.
fn about(config: &RunConfig) -> String {
    let society = &config.society;
    let counted = |count: usize, one: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {one}s"),
    };
    let mut parts = vec![
        counted(society.agents().into(), "agent"),
        counted(society.rounds.into(), "round"),
    ];
    let steps = config.steps_before(usize::MAX);
    if steps > 0 {
        let steps = counted(steps as usize, "training step");
        parts.push(format!("{steps} of {}", learnt(config)));
    }
    parts.push(format!("seed {}", config.seed));
    parts.join(", ")
}

/// The run on stage, if it is done and there is a receipt.
fn run(page: Page) -> Option<Run> {
    let (about, receipt) = page.view.with(|view| {
        let about = about(view.config.as_ref()?);
        Some((about, view.receipt.clone()?))
    })?;
    Some(Run {
        about,
        link: page.address().ok(),
        receipt,
        day: today(),
    })
}

/// The forms in which something is cited.
fn forms(page: Page, subject: Subject) -> Vec<Form> {
    const CFF: &str = "CITATION.cff";
    let software = software();
    let both = |name: &str, bibtex: String, cff: String| {
        vec![
            ("BibTeX", format!("{name}.bib"), bibtex),
            (CFF, CFF.to_owned(), cff),
        ]
    };
    match subject {
        Subject::Run => run(page).map_or_else(Vec::new, |run| {
            let name = citation::key(&run.receipt);
            both(&name, run.bibtex(&software), run.cff(&software))
        }),
        Subject::Software => both("mores", software.bibtex(), software.cff()),
        Subject::Paper => vec![("BibTeX", "liu2024training.bib".into(), citation::paper())],
    }
}

/// A text with its two buttons.
fn form(page: Page, (name, file, content): Form, told: RwSignal<&'static str>) -> AnyView {
    let text = words(page);
    let copied = content.clone();
    // Said on the button itself: the line below may be out of sight.
    let done = RwSignal::new(false);
    let copy = move |_| {
        let content = copied.clone();
        leptos::task::spawn_local(async move {
            let copied = clipboard::write(&content).await;
            // The part may be gone by then.
            told.try_set(if copied { text.copied } else { text.not_copied });
            done.try_set(copied);
            set_timeout(
                move || {
                    done.try_set(false);
                },
                AGAIN,
            );
        });
    };
    let copy_name = move || {
        if done.get() {
            text.has_copied
        } else {
            text.copy
        }
    };
    let copy_label = move || {
        if done.get() {
            text.has_copied.to_owned()
        } else {
            (text.copy_named)(name)
        }
    };
    let saved = content.clone();
    let save = move |_| {
        if parcel::save_text(&saved, "text/plain", &file).is_none() {
            told.set(text.not_saved);
        }
    };
    view! {
        <div class="citation">
            <div class="citation-head">
                <h4>{name}</h4>
                <button type="button" aria-label=value(copy_label) on:click=act(copy)>{shown(copy_name)}</button>
                <button type="button" aria-label=(text.save_named)(name) on:click=act(save)>{text.save}</button>
            </div>
            <pre tabindex="0" role="region" aria-label=name lang="en">{content}</pre>
        </div>
    }
    .into_any()
}

/// The part, with the run first where there is one.
pub fn cite(page: Page) -> AnyView {
    let text = words(page);
    let receipt = Memo::new(move |_| page.view.with(|view| view.receipt.clone()));
    let chosen = RwSignal::new(0);
    Effect::new(move || chosen.set(usize::from(receipt.with(Option::is_none))));
    let told = RwSignal::new("");
    let subjects = text.subjects.map(str::to_owned).to_vec();
    let inside = move || {
        told.set("");
        receipt.track();
        let subject = SUBJECTS
            .get(chosen.get())
            .copied()
            .unwrap_or(Subject::Paper);
        let forms = untrack(|| forms(page, subject));
        if forms.is_empty() {
            return parts::line("aside", text.no_run);
        }
        let forms = forms.into_iter().map(|one| form(page, one, told));
        vec![
            parts::line("aside", text.subject_lines[chosen.get_untracked().min(2)]),
            forms.collect_view().into_any(),
        ]
        .into_any()
    };
    Effect::new(move || {
        if page.library.citing.get() {
            page.library.citing.set(false);
            request_animation_frame(|| focus("cite-title"));
        }
    });
    view! {
        <section class="cite" aria-labelledby="cite-title">
            <h3 id="cite-title" tabindex="-1">{text.cite}</h3>
            {parts::radios("cited", text.cited, subjects, chosen, ().into_any())}
            {live(inside)}
            <p class="aside" role="status">{shown(move || told.get())}</p>
        </section>
    }
    .into_any()
}
