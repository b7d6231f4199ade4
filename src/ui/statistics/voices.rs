//! Whose comments change answers: all raised well, all raised badly, and those of whom it is surest.

use super::super::live::{act, live, words};
use super::super::state::{Chosen, Page};
use super::{Known, Say, change, share};
use crate::lab::figures::Heard;
use crate::lab::view::Label;
use crate::lab::view::statistics::Measured;
use leptos::prelude::*;

/// A figure above its interval.
fn cell(page: Page, found: Option<Measured>, say: Say) -> AnyView {
    let Some(found) = found else {
        return view! { <td>"\u{2013}"</td> }.into_any();
    };
    let [value, ends] = say(page, found);
    view! { <td><b>{value}</b><small>{ends}</small></td> }.into_any()
}

fn line(page: Page, one: &Heard) -> AnyView {
    let text = page.text();
    let raised = if one.label == Label::Good {
        text.scene.raised_well
    } else {
        text.scene.raised_badly
    };
    let whose = match one.peer {
        None => (text.statistics.all_of)(raised).into_any(),
        Some(peer) => {
            let look = move |_| page.chosen.set(Some(Chosen::Person(peer)));
            let name = (text.scene.person)(peer.into());
            view! { <button type="button" class="quiet" on:click=act(look)>{name}</button><small>{raised}</small> }
                .into_any()
        }
    };
    view! {
        <tr>
            <th scope="row">{whose}</th>
            <td>{one.comments.to_string()}</td>
            {cell(page, one.changed, share)}
            {cell(page, one.change, change)}
        </tr>
    }
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
    view! {
        <section class="statistic" id="statistic-voices">
            <h3>{stats.voices}</h3>
            <p>{words(whole)}</p>
            <div class="table-frame" tabindex="0" role="region" aria-label=stats.voices>
                <table class="voices">
                    <caption class="hidden">{stats.voices}</caption>
                    <thead><tr>{columns.map(|name| view! { <th scope="col">{name}</th> }).collect_view()}</tr></thead>
                    <tbody>{live(lines)}</tbody>
                </table>
            </div>
            <p class="aside">{stats.voices_hint}</p>
        </section>
    }
    .into_any()
}
