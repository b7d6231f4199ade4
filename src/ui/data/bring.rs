//! A file that somebody brings: chosen, read, summed up, and what can be done with it.

use super::super::icons;
use super::super::live::{act, flag, maybe, value, words};
use super::super::score::rating;
use super::super::state::Page;
use super::super::text::DataText;
use super::browse::browse;
use super::read::{self, Stand};
use super::{order, pick};
use crate::lab::data_file::Kind;
use crate::lab::imported::{RowKind, Summary};
use crate::lab::message::ExportKind;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Broken rows named before the rest is only counted.
const MOST_NAMED: usize = 20;

/// The name of a kind of row.
fn kind_name(text: &DataText, kind: RowKind) -> &'static str {
    let place = match kind {
        RowKind::Data(kind) => kind as usize,
        RowKind::Interaction => 4,
        RowKind::ExternalMemory => 5,
    };
    text.kinds[place.min(5)]
}

/// Bytes as megabytes, with one place below ten.
fn megabytes(bytes: f64) -> String {
    let tenths = (bytes / 1e5).ceil() as u64;
    if tenths < 100 {
        format!("{}.{}", tenths / 10, tenths % 10)
    } else {
        (tenths / 10).to_string()
    }
}

/// A figure with two places.
fn hundredths(figure: f32) -> String {
    let all = (figure.abs() * 100.0 + 0.5) as u32;
    let sign = if figure < 0.0 { "-" } else { "" };
    format!("{sign}{}.{:02}", all / 100, all % 100)
}

/// The whole half.
pub fn bring(page: Page) -> AnyView {
    let text = &page.text().data;
    let choose = move |event: leptos::ev::Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        if let Some(field) = field {
            if let Some(file) = field.files().and_then(|files| files.get(0)) {
                read::read(page, file);
            }
            // So that the same file can be chosen again.
            field.set_value("");
        }
    };
    view! {
        <section aria-labelledby="bring-title">
            <h3 id="bring-title">{text.bring}</h3>
            <p class="aside">{text.bring_hint}</p>
            <p><label class="file"><span>{text.choose}</span><input type="file" id="data-file" accept=".json,.jsonl,application/json,text/plain" on:change=act(choose) /></label></p>
            {standing(page)}
        </section>
    }
    .into_any()
}

/// What was brought, once there is something.
pub fn brought(page: Page) -> AnyView {
    maybe(move || {
        let summary = page.files.brought.get()?;
        Some(summed_up(page, &summary))
    })
}

/// How far a file is read, or why it can't be.
fn standing(page: Page) -> AnyView {
    let text = &page.text().data;
    let stand = page.files.stand;
    let is_reading = Memo::new(move |_| stand.with(|stand| matches!(stand, Stand::Reading { .. })));
    let name = move || match stand.get() {
        Stand::Reading { name, .. } => Some((text.reading)(&name)),
        _ => None,
    };
    let count = move || match stand.get() {
        Stand::Reading {
            size,
            done,
            rows,
            broken,
            ..
        } => Some((text.progress)(
            &megabytes(done),
            &megabytes(size),
            rows,
            broken,
        )),
        _ => None,
    };
    let refused = move || {
        match stand.get() {
        Stand::Refused { name, why } => Some(
            view! { <p class="fault" id="data-fault">{(text.refused)(&name)}" "<span lang="en">{why}</span></p> }
                .into_any(),
        ),
        _ => None,
    }
    };
    view! {
        <div class="data-reading" hidden=flag(move || !is_reading.get())>
            <p><strong role="status">{words(name)}</strong>" "<span id="data-progress">{words(count)}</span></p>
            <div class="track" aria-hidden="true"><div class="fill" style:width=share(page)></div></div>
            <button type="button" id="data-cancel" on:click=act(move |_| read::cancel(page))>{text.cancel}</button>
        </div>
        <div role="alert">{maybe(refused)}</div>
    }
    .into_any()
}

/// The width of the bar.
fn share(page: Page) -> Box<dyn FnMut() -> String + Send> {
    value(move || match page.files.stand.get() {
        Stand::Reading { size, done, .. } if size > 0.0 => {
            format!("{}%", (done / size * 100.0) as u32)
        }
        _ => String::new(),
    })
}

/// What a file came to.
fn summed_up(page: Page, summary: &Summary) -> AnyView {
    let text = &page.text().data;
    let fact = |name: &'static str, words: String| {
        view! { <div><dt>{name}</dt><dd>{words}</dd></div> }.into_any()
    };
    let mut facts: Vec<AnyView> = summary
        .rows
        .iter()
        .map(|(kind, rows)| fact(kind_name(text, *kind), (text.rows)(*rows)))
        .collect();
    facts.push(fact(text.queries, summary.queries.to_string()));
    facts.push(fact(text.responses, summary.responses.to_string()));
    if summary.merged > 0 {
        facts.push(fact(text.merged, summary.merged.to_string()));
    }
    if let Some(mean) = summary.mean {
        facts.push(fact(text.mean, hundredths(mean)));
    }
    if summary.off_scale > 0 {
        facts.push(fact(text.off_scale, summary.off_scale.to_string()));
    }
    let models = summary.models.iter().map(|(name, count)| {
        view! { <li>{name.clone()}" "<b>{count.to_string()}</b></li> }.into_any()
    });
    let models = models.collect_view();
    let others = (summary.more_models > 0).then(|| (text.more_models)(summary.more_models));
    view! {
        <div class="brought" id="brought">
            <div class="brought-half">
                <h4 id="brought-name">{summary.name.clone()}</h4>
                <dl class="facts">{facts}</dl>
                {broken(text, summary)}
                {histogram(text, summary)}
                <details>
                    <summary>{text.by_model}</summary>
                    <ul class="origins">{models}</ul>
                    <p class="aside">{others}</p>
                </details>
                {actions(page, summary)}
            </div>
            <div class="brought-half">{browse(page)}</div>
        </div>
    }
    .into_any()
}

/// The rows that were left out, with their lines.
fn broken(text: &'static DataText, summary: &Summary) -> AnyView {
    if summary.broken == 0 {
        return view! { <p class="aside">{text.sound}</p> }.into_any();
    }
    let line = |(line, reason): &(u64, String)| {
        view! { <li><b>{(text.line)(*line)}</b>" "<span lang="en">{reason.clone()}</span></li> }
            .into_any()
    };
    let named = summary.told.iter().take(MOST_NAMED);
    let more = summary.broken - named.len() as u64;
    let more =
        (more > 0).then(|| view! { <li class="aside">{(text.more_broken)(more)}</li> }.into_any());
    view! {
        <details class="broken" id="data-broken" open>
            <summary class="fault">{(text.broken)(summary.broken)}</summary>
            <ol>{named.map(line).collect_view()}{more}</ol>
        </details>
    }
    .into_any()
}

/// Answers by score.
fn histogram(text: &'static DataText, summary: &Summary) -> AnyView {
    let most = summary.scores.iter().max().copied().unwrap_or(0).max(1);
    let bar = |(place, count): (u8, &u32)| {
        let width = f64::from(*count) / f64::from(most) * 100.0;
        let width = format!("{}%", width.ceil() as u32);
        view! {
            <li>{rating(Some(place))}<i aria-hidden="true"><b style:width=width></b></i><span>{count.to_string()}</span></li>
        }
        .into_any()
    };
    let bars = (1u8..8).zip(&summary.scores).rev().map(bar).collect_view();
    view! { <div><p class="aside">{text.by_score}</p><ol class="histogram">{bars}</ol></div> }
        .into_any()
}

/// What can be done with a file.
fn actions(page: Page, summary: &Summary) -> AnyView {
    let text = &page.text().data;
    let rows = RwSignal::new(0usize);
    let busy = RwSignal::new(false);
    let convert = move |_| {
        if let Some(kind) = Kind::ALL.get(rows.get_untracked()) {
            order(page, ExportKind::Converted(*kind), busy);
        }
    };
    let has_data = summary
        .rows
        .iter()
        .any(|(kind, _)| matches!(kind, RowKind::Data(_)));
    let convert = has_data.then(|| {
        let label = move || if busy.get() { text.making } else { text.write };
        view! {
            <div class="data-convert">
                {pick("convert-format", text.write_as, &text.formats, rows)}
                <button type="button" id="convert-data" disabled=flag(move || busy.get()) on:click=act(convert)>{icons::parcel()}<span>{words(label)}</span></button>
            </div>
        }
        .into_any()
    });
    let open = match &summary.unopened {
        None => view! {
            <p class="data-make">
                <button type="button" id="open-brought" on:click=act(move |_| page.open_brought())>{icons::run()}<span>{text.open}</span></button>
                <span class="aside">{text.open_hint}</span>
            </p>
        }
        .into_any(),
        // Of a data set nobody expects it.
        Some(_) if has_data => ().into_any(),
        Some(why) => {
            view! { <p class="aside">{text.not_open}" "<span lang="en">{why.clone()}</span></p> }
                .into_any()
        }
    };
    view! {
        {convert}
        {open}
        <p><button type="button" class="quiet" id="forget-data" on:click=act(move |_| read::forget(page))>{text.forget}</button></p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_short() {
        let written = [0.0, 1.0, 5e5, 9_949_999.0, 5e7].map(megabytes);
        assert_eq!(written, ["0.0", "0.1", "0.5", "10", "50"]);
        assert_eq!(
            [4.0, 6.987, -0.5].map(hundredths),
            ["4.00", "6.99", "-0.50"]
        );
    }
}
