//! Changes that wait for a restart: which they are, and what can be done about them.
//!
//! A run keeps the settings it began with. What is changed while it is on, or when it is over,
//! waits; this strip stays in sight at the foot of the settings for as long as something does.

use super::named::{Changed, changes};
use crate::lab::{Phase, RunConfig};
use crate::ui::live::{act, maybe};
use crate::ui::state::Page;
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Changes that are listed.
const MOST: usize = 5;

/// The settings of the run, where others wait.
fn kept(page: Page) -> Option<RunConfig> {
    page.view.with(|view| {
        let on = view.phase() != Phase::Idle && view.imported.is_none();
        view.begun_with().filter(|_| on)
    })
}

/// Loads the settings as they are now, and begins.
fn apply(page: Page) {
    let is_over = |phase| matches!(phase, Phase::Done | Phase::Failed);
    if page.view.with_untracked(|view| is_over(view.phase())) {
        // What is over begins anew with the settings as they are.
        page.start();
    } else if !page.balks() {
        page.load_draft();
        page.session().start();
    }
}

/// Back to the settings of the run.
fn discard(page: Page, config: RunConfig) {
    let preset = page.history.with_untracked(|history| {
        let mut known = history.known();
        known.find_map(|moment| moment.preset_of(&config))
    });
    page.typed.set(BTreeMap::new());
    page.pass_opened();
    page.stage.set(0);
    if let Some(preset) = preset {
        page.preset.set(preset);
    }
    page.draft.set(config);
}

fn line(page: Page, change: Changed) -> AnyView {
    let text = &page.text().waiting;
    let words = match change.values {
        Some([from, to]) => (text.change)(&change.name, &from, &to),
        None => change.name,
    };
    view! { <li>{words}</li> }.into_any()
}

/// The strip; nothing while the run has the settings as they are.
pub fn changes_that_wait(page: Page) -> AnyView {
    let text = &page.text().waiting;
    // Asked with every event of the run: nothing is compared in detail unless something differs.
    let differs = Memo::new(move |_| page.is_changed());
    let is_on = Memo::new(move |_| page.view.with(|view| view.phase().is_working()));
    let idle = Memo::new(move |_| page.view.with(|view| view.phase() == Phase::Idle));
    let strip = move || {
        if !differs.get() || idle.get() {
            return None;
        }
        let begun = untrack(|| kept(page))?;
        let found = page.draft.with(|draft| changes(page.text(), &begun, draft));
        // At most a few hundred settings.
        let count = found.len() as u32;
        let rest = found.len().saturating_sub(MOST) as u32;
        let listed: Vec<AnyView> = found
            .into_iter()
            .take(MOST)
            .map(|change| line(page, change))
            .collect();
        let more = (rest > 0).then(|| view! { <li>{(text.more)(rest)}</li> }.into_any());
        let which = if is_on.get() { text.on } else { text.over };
        let back = act(move |_| discard(page, begun.clone()));
        let made = view! {
            <h3>{(text.title)(count)}</h3>
            <ul class="pending-list">{listed}{more}</ul>
            <p class="aside">{which}</p>
            <div class="pending-deeds">
                <button type="button" class="primary" id="pending-apply" on:click=act(move |_| apply(page))>{text.apply}</button>
                <button type="button" id="pending-discard" on:click=back>{text.discard}</button>
            </div>
        };
        Some(made.into_any())
    };
    view! { <div class="pending" id="pending" role="status">{maybe(strip)}</div> }.into_any()
}
