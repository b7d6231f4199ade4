//! What was found in many societies, on a sheet of its own. The page computes none of it: it shows
//! the files beside it, which the terminal program wrote, and says so where they are missing.

mod claims;
mod curves;
mod distances;
mod file;

use super::live::{act, live};
use super::parts;
use super::sheet::sheet;
use super::state::Page;
use super::surface::Surface;
pub use file::fetch;
use file::{DISTANCE, SOCIETY};
use leptos::prelude::*;

/// The dialog's id.
pub const ID: &str = "findings";

/// A way here.
pub fn button(page: Page) -> AnyView {
    let open = act(move |_| page.sheets.findings.set(true));
    view! { <button type="button" class="quiet to-findings" on:click=open>{page.text().findings.open}</button> }
        .into_any()
}

/// A part of the sheet that shows a file, once it is there.
fn part(
    page: Page,
    path: &'static str,
    show: fn(Page, &str) -> Result<AnyView, String>,
) -> AnyView {
    let text = &page.text().findings;
    let known = RwSignal::new(None::<Option<String>>);
    leptos::task::spawn_local(async move {
        let found = file::fetch(path).await;
        // The sheet may be closed by now.
        known.try_set(Some(found));
    });
    live(move || {
        let words = match known.get() {
            None => return parts::line("waiting", text.loading),
            Some(None) => (text.missing)(path),
            Some(Some(found)) => match show(page, &found) {
                Ok(shown) => return shown,
                Err(why) => (text.broken)(path, &why),
            },
        };
        parts::line("fault", words)
    })
}

fn society(page: Page, text: &str) -> Result<AnyView, String> {
    let found = file::society(text)?;
    let claims = claims::claims(page, &found);
    let inside = vec![
        parts::markup("", move || claims.clone()),
        curves::curves(page, &found),
        origin(page, &found.command, SOCIETY),
    ];
    Ok(inside.into_any())
}

fn distance(page: Page, text: &str) -> Result<AnyView, String> {
    let found = file::distances(text)?;
    let inside = vec![
        distances::distances(page, &found),
        origin(page, &found.command, DISTANCE),
    ];
    Ok(inside.into_any())
}

/// Where figures come from.
fn origin(page: Page, command: &str, path: &str) -> AnyView {
    let text = &page.text().findings;
    let origin = format!(
        "{} <code>{}</code> · <a href='{path}' target=_blank>{}</a>",
        text.made_by,
        parts::escaped(command),
        text.file
    );
    parts::markup("aside", move || origin.clone())
}

/// What the sheet shows.
pub fn inside(page: Page) -> AnyView {
    let title = page.text().findings.title;
    let inside = vec![
        view! { <h2 id="findings-title">{title}</h2> }.into_any(),
        parts::line("", page.text().findings.lead),
        part(page, SOCIETY, society),
        part(page, DISTANCE, distance),
    ];
    inside.into_any()
}

#[component]
pub fn Findings() -> impl IntoView {
    let page = Page::here();
    sheet(
        page,
        [ID, "findings-title"],
        page.sheets.findings,
        Surface::Findings,
    )
}
