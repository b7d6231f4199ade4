//! Fourth act: what can be taken home, and how somebody else's run is opened.

use super::data::DataPanel;
use super::live::{act, flag, live, maybe, value, words};
use super::notices::Notice;
use super::receipt::{ReceiptSlip, outcome};
use super::state::Page;
use super::surface::{Surface, surface};
use super::{autosave, clipboard, icons, links, parcel};
use crate::lab::Phase;
use crate::lab::message::ExportKind;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// How copying went.
#[derive(Clone, PartialEq, Eq)]
enum Copied {
    Not,
    Yes,
    /// The clipboard is closed; the link itself.
    ByHand(String),
    /// There is no link; why.
    None(String),
}

/// The name of a file with the run it is of, so that two of them in one folder can be told apart.
fn named_by_run(page: Page, name: &str) -> String {
    let run = page.view.with_untracked(|view| {
        let seed = view.config.as_ref()?.seed;
        let digest = view.receipt.as_ref().map(|receipt| receipt.record_short());
        let digest = digest.map_or_else(String::new, |digits| format!("-{digits}"));
        Some(format!("-seed{seed}{digest}"))
    });
    match (run, name.rsplit_once('.')) {
        (Some(run), Some((stem, ending))) => format!("{stem}{run}.{ending}"),
        _ => name.to_owned(),
    }
}

#[component]
pub fn HomePanel() -> impl IntoView {
    let page = Page::here();
    let home = &page.text().home;
    let packing = RwSignal::new(None::<ExportKind>);
    let copied = RwSignal::new(Copied::Not);
    let order = move |kind: ExportKind| {
        if packing.get_untracked().is_some() {
            return;
        }
        packing.set(Some(kind));
        page.order(kind, move |made| {
            // The panel may be gone by the time the parcel is there; the file comes all the same.
            packing.try_set(None);
            match made {
                Ok(mut made) => {
                    made.name = named_by_run(page, &made.name);
                    if parcel::save(&made).is_none() {
                        page.notice.set(Some(Notice::Refused(String::new())));
                    }
                }
                Err(failure) => page.notice.set(Some(Notice::Refused(failure.message))),
            }
        });
    };
    let things = [
        ("take-model", ExportKind::Model, home.model, home.model_hint),
        (
            "take-record",
            ExportKind::Record,
            home.record,
            home.record_hint,
        ),
        (
            "take-memory",
            ExportKind::ExternalMemory,
            home.memory,
            home.memory_hint,
        ),
        ("take-run", ExportKind::Run, home.run, home.run_hint),
    ];
    let thing = move |(id, kind, name, hint): (
        &'static str,
        ExportKind,
        &'static str,
        &'static str,
    )| {
        let label = move || {
            if packing.get() == Some(kind) {
                home.packing
            } else {
                name
            }
        };
        view! {
            <li>
                <button type="button" id=id on:click=act(move |_| order(kind))>{icons::parcel()}<span>{words(label)}</span></button>
                <span class="aside">{hint}</span>
            </li>
        }
        .into_any()
    };
    let copy = move |_| match page.address() {
        Ok(address) => leptos::task::spawn_local(async move {
            let result = if clipboard::write(&address).await {
                Copied::Yes
            } else {
                Copied::ByHand(address)
            };
            copied.try_set(result);
        }),
        Err(why) => copied.set(Copied::None(why.to_string())),
    };
    let made = move || match copied.get() {
        Copied::Not => ().into_any(),
        Copied::Yes => view! { <p>{home.copied}</p> }.into_any(),
        Copied::None(why) => view! { <p class="fault" lang="en">{why}</p> }.into_any(),
        Copied::ByHand(address) => view! {
            <p>{home.copy_by_hand}</p>
            <input type="text" readonly aria-label=home.link_field prop:value=address
                on:focus=move |event| clipboard::select_all(&event) />
        }
        .into_any(),
    };
    // Of a record that was brought, this engine has nothing to give.
    let guest = Memo::new(move |_| page.view.with(|view| view.imported.is_some()));
    let early = move || page.view.with(|view| view.phase() != Phase::Done);
    let can_save = Memo::new(move |_| {
        let begun = page.view.with(|view| view.phase.is_some());
        begun && page.session().has_checkpoint()
    });
    let text = page.text();
    let whole = move || {
        page.view.with(|view| match &view.receipt {
            Some(receipt) => outcome(text, receipt, &view.tests),
            None if view.imported.is_some() => None,
            None => (view.phase() == Phase::Done).then(|| text.frame.ended.to_owned()),
        })
    };
    view! {
        <p class="outcome">{words(whole)}</p>
        {super::test::sure::of_run(page)}
        <div class="home">
            <div class="home-things">
                <ul hidden=flag(move || guest.get())>
                    {things.map(thing).collect_view()}
                    <li>
                        <button type="button" id="save-checkpoint" disabled=flag(move || !can_save.get()) on:click=act(move |_| autosave::save(page))>{icons::parcel()}<span>{text.keeping.save}</span></button>
                        <span class="aside">{text.keeping.save_hint}</span>
                    </li>
                    <li>
                        <button type="button" id="copy-link" on:click=act(copy)>{icons::chain()}<span>{home.link}</span></button>
                        <span class="aside">{home.link_hint}</span>
                    </li>
                    <li>
                        <button type="button" id="share-run" on:click=act(move |_| page.sheets.sharing.set(true))>{icons::code()}<span>{home.share}</span></button>
                        <span class="aside">{home.share_hint}</span>
                    </li>
                </ul>
                <div class="copied" aria-live="polite">{live(made)}</div>
                <p class="aside">{words(move || early().then_some(home.early))}</p>
                <OpenRun />
            </div>
            {maybe(move || (!guest.get()).then(|| view! { <ReceiptSlip /> }.into_any()))}
        </div>
        {super::keep::row(page)}
        {super::vote::entry(page)}
        {surface(page, Surface::Cite)}
        <DataPanel />
    }
    .into_any()
}

#[component]
fn OpenRun() -> impl IntoView {
    let page = Page::here();
    let home = &page.text().home;
    let pasted = RwSignal::new(String::new());
    let choose = move |event: leptos::ev::Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                links::open_file(page, file);
            }
            // So that the same file can be chosen again.
            field.set_value("");
        }
    };
    let open = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let link = pasted.get_untracked();
        if link.trim().is_empty() {
            super::app::focus("pasted-link");
        } else {
            links::open_link(page, &link);
        }
    };
    view! {
        <div class="open-run">
            <h3>{home.open}</h3>
            <p class="aside">{home.open_hint}</p>
            <form class="open-row" on:submit=open>
                <label class="file"><span>{home.open_file}</span><input type="file" id="run-file" accept=".json,.mores-checkpoint,application/json,text/plain" on:change=choose /></label>
                <label class="field">
                    <span class="hidden">{home.open_link}</span>
                    <input id="pasted-link" type="text" autocomplete="off" placeholder=home.open_link prop:value=value(move || pasted.get()) on:input=act(move |event| pasted.set(event_target_value(&event))) />
                </label>
                <button type="submit">{home.open_button}</button>
            </form>
        </div>
    }
    .into_any()
}
