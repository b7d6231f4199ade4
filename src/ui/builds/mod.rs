//! Builds of this page: the one that is kept so that it opens without a network, the newer one that
//! waits for leave, and the others that are published and can do what this one can't.
//!
//! A page is of one build from its first file to its last: see `.lab/service-worker.js`.

mod offline;
mod published;

use super::live::{act, maybe};
use super::locks;
use super::state::Page;
use super::text::BuildsText;
use crate::canvas::beside;
use crate::lab::{build, share};
use leptos::prelude::*;
use published::Published;

/// What is known of other builds.
#[derive(Clone, Debug, Default, PartialEq)]
struct News {
    /// A newer build is here and waits.
    waits: bool,
    /// It was told to take over.
    taking: bool,
    /// All that are published, if that is known.
    published: Option<Published>,
    /// What the visitor has put away, by its first words.
    put_away: Vec<&'static str>,
}

thread_local! {
    static NEWS: ArcRwSignal<News> = ArcRwSignal::new(News::default());
}

fn news() -> ArcRwSignal<News> {
    NEWS.with(Clone::clone)
}

/// Lets others know which build this page is of, keeps it, and looks for others.
pub fn begin(page: Page) {
    if let Some(seal) = beside::seal() {
        locks::hold(&format!("build {seal}"));
        offline::begin(page);
    }
    published::begin();
}

/// Where another build is published, seen from here; tracked.
pub fn address_of(build: &str) -> Option<String> {
    news().with(|news| news.published.as_ref()?.address_of(build))
}

/// The link of the run that was opened, in the build that made it; with that build's name.
fn elsewhere(page: Page) -> Option<(String, String)> {
    let (config, receipt) = page.promised.get()?;
    if receipt.build == build::id() {
        return None;
    }
    let address = address_of(&receipt.build)?;
    let link = share::encode(&config, Some(&receipt)).ok()?;
    Some((receipt.build, format!("{address}{link}")))
}

fn put_away(what: &'static str) {
    news().update(|news| news.put_away.push(what));
}

fn is_put_away(what: &'static str) -> bool {
    news().with(|news| news.put_away.contains(&what))
}

/// What there is to say about other builds, while no run is on.
pub fn inside(page: Page) -> AnyView {
    let text = &page.text().builds;
    let idle = Memo::new(move |_| !page.view.with(|view| view.phase().is_working()));
    let waits = Memo::new(|_| news().with(|news| (news.waits, news.taking)));
    let elsewhere = Memo::new(move |_| elsewhere(page));
    let newest = Memo::new(|_| news().with(|news| news.published.as_ref()?.newest_from_here()));
    let parts = vec![
        maybe(move || {
            let (waits, taking) = waits.get();
            let said = waits && idle.get() && !is_put_away(text.ready);
            said.then(|| ready(text, taking))
        }),
        maybe(move || {
            let (build, link) = elsewhere.get()?;
            let said = idle.get() && !is_put_away(text.open_there);
            let words = (text.elsewhere)(&build);
            said.then(|| {
                pointer(
                    "elsewhere",
                    text,
                    words,
                    text.elsewhere_hint,
                    link,
                    text.open_there,
                )
            })
        }),
        maybe(move || {
            let link = newest.get()?;
            let said = idle.get() && !is_put_away(text.open_newest);
            let words = text.older.to_owned();
            said.then(|| pointer("older", text, words, "", link, text.open_newest))
        }),
    ];
    parts.into_any()
}

/// A newer build waits.
fn ready(text: &'static BuildsText, taking: bool) -> AnyView {
    let take = act(|_| offline::take());
    let later = act(|_| put_away(text.ready));
    let words = if taking { text.taking } else { text.take };
    view! {
        <div class="notice good" id="newer">
            <p>{text.ready}<span class="why">{text.ready_hint}</span></p>
            <button type="button" class="primary" id="take-newer" disabled=taking on:click=take>{words}</button>
            <button type="button" on:click=later>{text.later}</button>
        </div>
    }
    .into_any()
}

/// Another build is the better place.
fn pointer(
    id: &'static str,
    text: &'static BuildsText,
    words: String,
    hint: &'static str,
    link: String,
    open: &'static str,
) -> AnyView {
    let hint = (!hint.is_empty()).then(|| view! { <span class="why">{hint}</span> }.into_any());
    let later = act(move |_| put_away(open));
    view! {
        <div class="notice" id=id>
            <p>{words}{hint}</p>
            <a href=link>{open}</a>
            <button type="button" on:click=later>{text.later}</button>
        </div>
    }
    .into_any()
}
