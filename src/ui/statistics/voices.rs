//! Whose comments change answers: all raised well, all raised badly, and those of whom it is surest.

use super::super::live::{act, live, words};
use super::super::parts;
use super::super::state::{Chosen, Page};
use super::{Known, Say, change, share};
use crate::lab::figures::Heard;
use crate::lab::view::Label;
use crate::lab::view::statistics::Measured;
use leptos::prelude::*;

/// A figure above its interval, as markup; there are only numbers in it.
fn cell(page: Page, found: Option<Measured>, say: Say) -> String {
    let Some(found) = found else {
        return "\u{2013}".to_owned();
    };
    let [value, ends] = say(page, found);
    format!("<b>{value}</b><small>{ends}</small>")
}

fn line(page: Page, one: &Heard) -> AnyView {
    let text = page.text();
    let raised = if one.label == Label::Good {
        text.scene.raised_well
    } else {
        text.scene.raised_badly
    };
    let name = one.peer.map(|peer| {
        let look = move |_| page.chosen.set(Some(Chosen::Person(peer)));
        let name = (text.scene.person)(peer.into());
        view! { <button type="button" class="quiet" on:click=act(look)>{name}</button> }.into_any()
    });
    let raised = match one.peer {
        None => (text.statistics.all_of)(raised),
        Some(_) => raised.to_owned(),
    };
    let [changed, moved] = [
        cell(page, one.changed, share),
        cell(page, one.change, change),
    ];
    view! { <tr><th scope="row">{name}<span>{raised}</span></th><td>{one.comments.to_string()}</td><td inner_html=changed></td><td inner_html=moved></td></tr> }
        .into_any()
}

pub fn voices(page: Page, known: Known) -> AnyView {
    let stats = &page.text().statistics;
    let whole = move || {
        known.with(|known| {
            let known = known.as_ref()?;
            let Some(changed) = known.changed else {
                return Some(stats.nobody_spoke.to_owned());
            };
            let [value, ends] = share(page, changed);
            let mut told = (stats.changed)(known.drafts, &value, &ends);
            if let Some(found) = known.change {
                let [value, ends] = change(page, found);
                told.push_str(stats.gap);
                told.push_str(&(stats.lifted)(&value, &ends));
            }
            Some(told)
        })
    };
    let lines = move || {
        known.with(|known| {
            let voices = known.as_ref().map_or(&[][..], |known| &known.voices);
            voices
                .iter()
                .map(|one| line(page, one))
                .collect_view()
                .into_any()
        })
    };
    let columns = [
        stats.whose,
        stats.comments,
        stats.then_changed,
        stats.then_lifted,
    ];
    let heads: String = columns.map(|name| format!("<th scope=col>{name}")).concat();
    let table = view! {
        <div class="table-frame" tabindex="0" role="region" aria-label=stats.voices>
            <table class="voices">
                <thead inner_html=format!("<tr>{heads}")></thead>
                <tbody>{live(lines)}</tbody>
            </table>
        </div>
    };
    let inside = vec![
        parts::line("", words(whole)),
        table.into_any(),
        parts::line("aside", stats.voices_hint),
    ];
    parts::section("statistic-voices", stats.voices, inside)
}
