//! Passing a run on: its link with what it wishes of the page, a code for phones, a frame for other
//! pages; and the gallery of societies, each a link of its own.
//!
//! What lies over the page comes in a file of the page's own (`super::surface`), [`inside`] and
//! below; only the empty sheets are in its first file.

mod embed;
mod gallery;
mod options;
mod passing;
mod qr;
mod sketch;
mod thumbnail;

use super::lessons::Place;
use super::live::{act, flag, live, maybe, value, words};
use super::sheet::sheet;
use super::state::Page;
use super::surface::Surface;
use super::text::ShareText;
use super::wishes::Wishes;
use super::{clipboard, icons, memory};
use crate::lab::LabError;
use leptos::prelude::*;

pub use passing::passing;

/// The dialog for sharing.
pub const SHARE: &str = "share";
/// The dialog with the gallery.
pub const GALLERY: &str = "gallery";

/// Both sheets, empty until they are opened.
pub fn sheets(page: Page) -> AnyView {
    let share = sheet(
        page,
        [SHARE, "share-title"],
        page.sheets.sharing,
        Surface::Share,
    );
    let gallery = sheet(
        page,
        [GALLERY, "gallery-title"],
        page.sheets.gallery,
        Surface::Gallery,
    );
    (share, gallery).into_any()
}

/// What a surface of this file shows.
pub fn inside(page: Page, which: Surface) -> AnyView {
    match which {
        Surface::Gallery => gallery::gallery(page),
        Surface::WholePage => whole_page(page),
        _ => sharing(page),
    }
}

/// What is said here, in the visitor's language.
fn text(page: Page) -> &'static ShareText {
    page.language.get_untracked().share()
}

/// What is chosen on the sheet.
#[derive(Clone, Copy)]
struct Choice {
    receipt: RwSignal<bool>,
    wishes: RwSignal<Wishes>,
}

/// Whether a link leads to a lesson that plays a village of its own.
fn plays_its_own(wishes: &Wishes) -> bool {
    let chapter = wishes.lesson.and_then(|lesson| lesson.checked_sub(1));
    chapter.is_some_and(|chapter| Place::Chapter(chapter.into()).has_its_own_village())
}

/// The link, or why there is none.
type Address = Memo<Result<String, String>>;

/// The address with what is chosen, made anew when the run or the settings change.
fn address(page: Page, choice: Choice, embed: bool) -> Address {
    // What is announced while a run is on becomes part of its settings.
    let phase = Memo::new(move |_| {
        page.view
            .with(|view| (view.phase(), view.receipt.is_some(), view.announced))
    });
    Memo::new(move |_| {
        phase.track();
        page.draft.track();
        let mut wishes = choice.wishes.get();
        if embed {
            wishes.embed = Some(true);
        }
        if plays_its_own(&wishes) {
            // The lesson alone: settings beside it would promise what it doesn't play.
            let wished = wishes.written();
            let fragment = wished.trim_start_matches('&');
            return Ok(format!("{}#{fragment}", memory::address_without_fragment()));
        }
        let made = page.address_with(choice.receipt.get(), &wishes);
        made.map_err(|why: LabError| why.to_string())
    })
}

/// Copies what a field shows, and says so; where that is not possible, marks it to be copied by hand.
fn copy_button(
    page: Page,
    ids: [&'static str; 2],
    name: &'static str,
    what: impl Fn() -> Option<String> + Copy + Send + Sync + 'static,
) -> AnyView {
    let text = text(page);
    let [id, field] = ids;
    let told = RwSignal::new("");
    // What was copied is not what stands there after a change.
    Effect::new(move || {
        what();
        told.set("");
    });
    let copy = act(move |_: leptos::ev::MouseEvent| {
        let Some(words) = untrack(what) else {
            return;
        };
        leptos::task::spawn_local(async move {
            if clipboard::write(&words).await {
                told.try_set(text.copied);
            } else {
                super::app::focus(field);
                told.try_set(text.by_hand);
            }
        });
    });
    let none = flag(move || what().is_none());
    view! {
        <div class="copy-row">
            <button type="button" id=id disabled=none on:click=copy>{icons::chain()}<span>{name}</span></button>
            <p class="aside" role="status">{words(move || told.get())}</p>
        </div>
    }
    .into_any()
}

fn link(page: Page, choice: Choice, made: Address) -> AnyView {
    let text = text(page);
    let there = move || made.get().ok();
    let shown = value(move || there().unwrap_or_default());
    let fault = move || made.get().err();
    let count = move || there().map(|link| (text.length)(link.len() as u32));
    let has_receipt = Memo::new(move |_| page.view.with(|view| view.receipt.is_some()));
    let own = Memo::new(move |_| choice.wishes.with(plays_its_own));
    let receipt = move || {
        if own.get() {
            return view! { <p class="aside" id="share-lesson-alone">{text.lesson_alone}</p> }
                .into_any();
        }
        if !has_receipt.get() {
            return view! { <p class="aside">{text.receipt_none}</p> }.into_any();
        }
        let turn = act(move |event| choice.receipt.set(event_target_checked(&event)));
        let on = flag(move || choice.receipt.get());
        view! {
            <div class="switch"><label for="share-receipt">
                <input id="share-receipt" type="checkbox" prop:checked=on on:change=turn />
                <span>{text.receipt}<small>{text.receipt_hint}</small></span>
            </label></div>
        }
        .into_any()
    };
    view! {
        <section class="share-link">
            <label for="share-address">{text.link}</label>
            <input id="share-address" type="text" readonly prop:value=shown on:focus=act(|event| clipboard::select_all(&event)) />
            <p class="fault" lang="en">{words(fault)}</p>
            <p class="aside" id="share-length">{words(count)}</p>
            {copy_button(page, ["share-copy", "share-address"], text.copy, there)}
            {live(receipt)}
        </section>
    }
    .into_any()
}

/// The code, or what stands in its way.
fn code(page: Page, choice: Choice, made: Address) -> AnyView {
    let text = text(page);
    let large = RwSignal::new(false);
    let drawn = Memo::new(move |_| made.get().ok().and_then(|link| qr::Code::of(&link)));
    let picture = move || {
        drawn.with(|code| {
            code.as_ref()
                .map(|code| code.picture(text.qr))
                .unwrap_or_default()
        })
    };
    let save = move |_: leptos::ev::MouseEvent| {
        let file = drawn.with_untracked(|code| code.as_ref().map(qr::Code::file));
        if let Some(file) = file {
            // A browser that refuses says so itself.
            let _ = super::parcel::save_text(&file, "image/svg+xml", "mores-link.svg");
        }
    };
    // Out of the large code before out of the sheet.
    let smaller = window_event_listener(leptos::ev::keydown, move |event| {
        if event.key() == "Escape" && large.try_get_untracked() == Some(true) {
            event.prevent_default();
            large.set(false);
        }
    });
    on_cleanup(move || smaller.remove());
    let there = Memo::new(move |_| drawn.with(Option::is_some));
    let shown = move || {
        if !there.get() {
            // How much too long changes with every choice.
            made.track();
            return too_long(page, choice, made);
        }
        let size = act(move |_: leptos::ev::MouseEvent| large.update(|large| *large = !*large));
        let word = move || {
            if large.get() {
                text.qr_small
            } else {
                text.qr_large
            }
        };
        let pressed = value(move || large.get().to_string());
        view! {
            <div class="qr" id="qr" class:large=flag(move || large.get()) inner_html=value(picture)></div>
            <p class="aside">{text.qr_hint}</p>
            <div class="deeds">
                <button type="button" id="qr-size" aria-pressed=pressed on:click=size>{words(word)}</button>
                <button type="button" id="qr-save" on:click=act(save)>{text.qr_save}</button>
            </div>
        }
        .into_any()
    };
    view! { <section class="share-code" aria-labelledby="qr-title"><h3 id="qr-title">{text.qr}</h3>{live(shown)}</section> }
        .into_any()
}

/// Why there is no code, and the way to one: the shorter link without the receipt, where that would
/// be short enough.
fn too_long(page: Page, choice: Choice, made: Address) -> AnyView {
    let text = text(page);
    let count = made.with_untracked(|link| link.as_ref().map_or(0, String::len));
    if count == 0 {
        // There is no link either, which says why.
        return view! { <p class="aside" id="qr-none">{text.qr_file}</p> }.into_any();
    }
    let wishes = choice.wishes.get_untracked();
    let shorter = page.address_with(false, &wishes).ok();
    let helps = shorter.filter(|link| choice.receipt.get_untracked() && qr::fits(link));
    let way = match helps {
        Some(_) => {
            let leave_out = act(move |_: leptos::ev::MouseEvent| choice.receipt.set(false));
            view! { <button type="button" id="qr-shorter" on:click=leave_out>{text.qr_shorter}</button> }.into_any()
        }
        None => view! { <p class="aside">{text.qr_file}</p> }.into_any(),
    };
    let words = (text.qr_too_long)(count as u32, qr::MOST as u32);
    view! { <p id="qr-none">{words}</p>{way} }.into_any()
}

/// The sheet for sharing.
fn sharing(page: Page) -> AnyView {
    let text = text(page);
    let choice = Choice {
        receipt: RwSignal::new(true),
        wishes: RwSignal::default(),
    };
    let made = address(page, choice, false);
    let try_it = maybe(move || {
        let link = made.get().ok()?;
        Some(view! { <p class="try"><a id="share-try" href=link target="_blank" rel="noopener">{text.try_it}</a></p> }.into_any())
    });
    view! {
        <h2 id="share-title">{text.title}</h2>
        <p class="aside">{text.lead}</p>
        <div class="share-grid">
            <div class="share-column">
                {link(page, choice, made)}
                {options::options(page, choice.wishes)}
                {embed::embed(page, address(page, choice, true))}
            </div>
            <div class="share-column">
                {code(page, choice, made)}
                {sketch::sketch(page, choice.wishes)}
                {try_it}
            </div>
        </div>
    }
    .into_any()
}

/// The way out of a frame: the same run on a page of its own.
fn whole_page(page: Page) -> AnyView {
    let text = text(page);
    let choice = Choice {
        receipt: RwSignal::new(true),
        // In the same words and light; but with everything there is.
        wishes: RwSignal::new(Wishes {
            hide: None,
            embed: None,
            ..page.wishes.get_untracked()
        }),
    };
    let made = address(page, choice, false);
    let way = move || {
        let link = made.get().ok()?;
        Some(view! { <a id="whole-page" href=link target="_blank" rel="noopener">{text.whole_page}</a> }.into_any())
    };
    view! { <footer class="whole-page"><span>"Mores"</span>{maybe(way)}</footer> }.into_any()
}
