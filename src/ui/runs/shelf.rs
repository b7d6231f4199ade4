//! The runs that are kept: in this browser's storage, with a copy here of what is in it. Where the
//! browser keeps nothing they stay until the page is closed, and it says so.

use super::super::kept::others;
use super::super::live::{act, live, maybe};
use super::super::notices::Notice;
use super::super::parts;
use super::super::settings::methods::learnt;
use super::super::state::Page;
use super::super::surface::{Errand, Told, run};
use super::super::vault::{self, Store, VaultError};
use super::{Shown, look, words};
use crate::lab::Phase;
use crate::lab::kept::KeptRun;
use crate::lab::share;
use leptos::prelude::*;
use std::sync::Arc;

/// The store in [`vault`].
const STORE: Store = Store::Runs;

/// A run on the shelf.
#[derive(Clone, PartialEq)]
struct Kept {
    /// Its key in the store: a number, written so that keys stand in its order.
    key: String,
    run: Arc<KeptRun>,
    /// Whether it is compared.
    shown: bool,
    /// Whether it lies in the store. What was never written stays here as long as the page.
    written: bool,
}

/// What is on the shelf.
#[derive(Clone, Default, PartialEq)]
struct Shelf {
    runs: Vec<Kept>,
    /// Why something is not as it should be, in the visitor's language.
    trouble: String,
    /// What was deleted last, and from which place.
    deleted: Option<(usize, Kept)>,
}

thread_local! {
    /// It outlives the sheet, which is made anew whenever it is opened.
    static SHELF: ArcRwSignal<Shelf> = ArcRwSignal::new(Shelf::default());
}

fn shelf_here() -> ArcRwSignal<Shelf> {
    SHELF.with(Clone::clone)
}

/// The runs to be compared; tracked.
pub fn compared() -> Vec<Shown> {
    shelf_here().with(|shelf| {
        let placed = shelf.runs.iter().enumerate();
        let shown = placed.filter(|(_, kept)| kept.shown);
        shown
            .map(|(place, kept)| Shown {
                place,
                run: Arc::clone(&kept.run),
            })
            .collect()
    })
}

/// Reads the store, where other tabs and the list of all that is kept write, too.
async fn read(page: Page) {
    let found = async {
        let mut found = Vec::new();
        for key in vault::keys(STORE).await? {
            if let Some(bytes) = vault::get(STORE, &key).await? {
                found.push((key, bytes));
            }
        }
        Ok::<_, VaultError>(found)
    };
    // Without storage there is nothing to show; keeping says so when something is to be kept.
    let Ok(found) = found.await else {
        return;
    };
    let mut trouble = String::new();
    let mut kept = Vec::new();
    for (key, bytes) in found {
        match KeptRun::from_json(&String::from_utf8_lossy(&bytes)) {
            Ok(run) => kept.push((key, Arc::new(run))),
            Err(why) => trouble = (words(page).unreadable)(&why.to_string()),
        }
    }
    shelf_here().update(|shelf| {
        let lies_there = |known: &Kept| kept.iter().any(|(key, _)| *key == known.key);
        shelf
            .runs
            .retain(|known| !known.written || lies_there(known));
        for (key, run) in kept {
            match shelf.runs.iter_mut().find(|known| known.key == key) {
                Some(known) => known.run = run,
                None => shelf.runs.push(Kept {
                    key,
                    run,
                    shown: true,
                    written: true,
                }),
            }
        }
        shelf.runs.sort_by(|one, other| one.key.cmp(&other.key));
        if !trouble.is_empty() {
            shelf.trouble = trouble;
        }
    });
}

/// Looks what is kept, while the sheet opens.
pub fn fetch(page: Page) {
    leptos::task::spawn_local(read(page));
}

/// Writes a run into the store, or says why it is not there.
async fn write(page: Page, key: String, run: Arc<KeptRun>) -> Result<(), String> {
    let text = run.to_json().map_err(|why| why.to_string())?;
    let kept = vault::put(STORE, &key, text.as_bytes()).await;
    note(page, &key, kept)
}

/// What became of writing.
fn note(page: Page, key: &str, kept: Result<(), VaultError>) -> Result<(), String> {
    let kept = kept.map_err(|why| (words(page).not_kept)(&why.to_string()));
    let trouble = kept.clone().err().unwrap_or_default();
    shelf_here().update(|shelf| {
        let known = shelf.runs.iter_mut().find(|known| known.key == key);
        if let Some(known) = known.filter(|_| kept.is_ok()) {
            known.written = true;
        }
        shelf.trouble = trouble;
    });
    others::tell();
    kept
}

/// Keeps the run on stage.
pub fn keep(page: Page, name: Option<String>, told: Told<String>) {
    leptos::task::spawn_local(async move {
        let made = page.view.with_untracked(|view| {
            let config = view.config.as_ref()?;
            let link = share::encode(config, view.receipt.as_ref()).ok();
            KeptRun::of(view, name.unwrap_or_default(), link)
        });
        told(match made {
            Some(made) => put_up(page, made).await,
            None => Err(words(page).early.to_owned()),
        });
    });
}

/// Takes in a run that was kept elsewhere, as JSON.
pub fn bring(page: Page, text: String, told: Told<String>) {
    leptos::task::spawn_local(async move {
        told(match KeptRun::from_json(&text) {
            Ok(run) => put_up(page, run).await,
            Err(why) => Err(why.to_string()),
        });
    });
}

/// Puts a run on the shelf, under the next number and under a name if it has none; gives the name.
async fn put_up(page: Page, mut run: KeptRun) -> Result<String, String> {
    read(page).await;
    let shelf = shelf_here();
    let last = shelf.with_untracked(|shelf| {
        let numbers = shelf.runs.iter();
        let numbers = numbers.filter_map(|kept| kept.key.parse::<u32>().ok());
        numbers.max().unwrap_or(0)
    });
    let mut number = last.saturating_add(1);
    if run.name.trim().is_empty() {
        let number = (words(page).unnamed)(number);
        let seed = (page.text().promise.seed)(run.config.seed);
        let parts = [number, learnt(&run.config), seed];
        run.name = parts
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<String>>()
            .join(" · ");
    }
    // Milliseconds are whole.
    run.when = Some(js_sys::Date::now() as u64);
    let text = run.to_json().map_err(|why| why.to_string())?;
    let key = |number: u32| format!("{number:06}");
    let mut kept = vault::add(STORE, &key(number), text.as_bytes()).await;
    // Another tab keeps one at the same moment.
    while kept == Err(VaultError::Taken) {
        number = number.saturating_add(1);
        kept = vault::add(STORE, &key(number), text.as_bytes()).await;
    }
    let name = run.name.clone();
    shelf.update(|shelf| {
        shelf.runs.push(Kept {
            key: key(number),
            run: Arc::new(run),
            shown: true,
            written: false,
        });
    });
    note(page, &key(number), kept)?;
    Ok(name)
}

/// Tells all kept runs as JSON.
pub fn all(page: Page, told: Told<Vec<String>>) {
    leptos::task::spawn_local(async move {
        read(page).await;
        let texts = shelf_here().with_untracked(|shelf| {
            let runs = shelf.runs.iter().map(|kept| kept.run.to_json());
            runs.collect::<Result<Vec<String>, _>>()
        });
        told(texts.map_err(|why| why.to_string()));
    });
}

fn rename(page: Page, key: &str, name: String) {
    let mut renamed = None;
    shelf_here().update(|shelf| {
        if let Some(kept) = shelf.runs.iter_mut().find(|kept| kept.key == key) {
            let mut run = (*kept.run).clone();
            run.name = name;
            kept.run = Arc::new(run);
            renamed = Some(Arc::clone(&kept.run));
        }
    });
    if let Some(run) = renamed {
        let key = key.to_owned();
        leptos::task::spawn_local(async move {
            // What was kept before could be written; so can another name.
            let _ = write(page, key, run).await;
        });
    }
}

fn delete(page: Page, key: &str) {
    shelf_here().update(|shelf| {
        if let Some(place) = shelf.runs.iter().position(|kept| kept.key == key) {
            shelf.deleted = Some((place, shelf.runs.remove(place)));
        }
    });
    let key = key.to_owned();
    leptos::task::spawn_local(async move {
        if let Err(why) = vault::delete(STORE, &key).await {
            let trouble = (words(page).not_kept)(&why.to_string());
            shelf_here().update(|shelf| shelf.trouble = trouble);
        }
        others::tell();
    });
    request_animation_frame(|| super::super::app::focus("runs-undo"));
}

fn undo(page: Page) {
    let mut back = None;
    shelf_here().update(|shelf| {
        if let Some((place, kept)) = shelf.deleted.take() {
            back = Some((kept.key.clone(), Arc::clone(&kept.run)));
            let kept = Kept {
                written: false,
                ..kept
            };
            shelf.runs.insert(place.min(shelf.runs.len()), kept);
        }
    });
    if let Some((key, run)) = back {
        let field = format!("run-name-{key}");
        leptos::task::spawn_local(async move {
            // It was kept before and can be again.
            let _ = write(page, key, run).await;
        });
        request_animation_frame(move || super::super::app::focus(&field));
    }
}

/// A run on the shelf: number, name, whether it is compared, and what can be done with it.
fn line(page: Page, place: usize, kept: &Kept) -> AnyView {
    let text = words(page);
    let name = kept.run.name.clone();
    let keys: [String; 3] = std::array::from_fn(|_| kept.key.clone());
    let [renaming, showing, deleting] = keys;
    let typed = move |event| rename(page, &renaming, event_target_value(&event));
    let show = move |event| {
        let on = event_target_checked(&event);
        shelf_here().update(|shelf| {
            if let Some(kept) = shelf.runs.iter_mut().find(|kept| kept.key == showing) {
                kept.shown = on;
            }
        });
    };
    // Without its receipt, which is for others: what it came to stands here.
    let link = share::encode(&kept.run.config, None).ok();
    let open = link.map(|link| {
        let go = move |_| {
            page.sheets.runs.set(false);
            if page.view.with_untracked(|view| view.phase() == Phase::Idle) {
                run(page, Errand::OpenLink(link.clone()));
            } else {
                // What is on stage is not thrown away unasked.
                page.notice.set(Some(Notice::OtherLink(link.clone())));
            }
        };
        view! { <button type="button" class="quiet" aria-label=(text.open_named)(&name) on:click=act(go)>{text.open}</button> }.into_any()
    });
    view! {
        <li>
            <label class=format!("run-number {}", look(place))>
                <input type="checkbox" checked=kept.shown aria-label=(text.shown)(&name) on:change=act(show) />
                <span aria-hidden="true">{(place + 1).to_string()}</span>
            </label>
            <input type="text" id=format!("run-name-{}", kept.key) autocomplete="off" aria-label=(text.name)(&(place + 1).to_string()) value=name.clone() on:change=act(typed) />
            {open}
            <button type="button" class="quiet" aria-label=(text.delete_named)(&name) on:click=act(move |_| delete(page, &deleting))>{text.delete}</button>
        </li>
    }
    .into_any()
}

/// The kept runs, as a list.
pub fn shelf(page: Page) -> AnyView {
    let text = words(page);
    // Names are left out: a field must not be made anew while somebody types in it.
    let keys = Memo::new(|_| {
        let key = |kept: &Kept| kept.key.clone();
        shelf_here().with(|shelf| shelf.runs.iter().map(key).collect::<Vec<String>>())
    });
    let lines = move || {
        // Read and not only tracked: a memo that nobody reads hears of no change.
        let none = keys.with(Vec::is_empty);
        let runs = shelf_here().with_untracked(|shelf| shelf.runs.clone());
        if none {
            return parts::line("empty-line", text.shelf_empty);
        }
        let lines = runs.iter().enumerate();
        let lines: Vec<AnyView> = lines.map(|(place, kept)| line(page, place, kept)).collect();
        view! { <ol class="shelf">{lines}</ol> }.into_any()
    };
    let deleted = Memo::new(|_| {
        shelf_here().with(|shelf| {
            let deleted = shelf.deleted.as_ref();
            deleted.map(|(_, kept)| kept.run.name.clone())
        })
    });
    let gone = move || {
        let name = deleted.get()?;
        let back = act(move |_| undo(page));
        let inside = view! {
            <span>{(text.deleted)(&name)}</span>
            <button type="button" id="runs-undo" on:click=back>{text.undo}</button>
        };
        Some(inside.into_any())
    };
    let trouble = Memo::new(|_| shelf_here().with(|shelf| shelf.trouble.clone()));
    let inside = vec![
        live(lines),
        view! { <p class="shelf-deleted" role="status">{maybe(gone)}</p> }.into_any(),
        parts::named_line(
            "runs-trouble",
            "fault",
            super::super::live::words(move || trouble.get()),
        ),
    ];
    parts::section("runs-shelf", text.shelf, inside)
}
