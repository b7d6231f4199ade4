//! A file looked through: its questions with their answers, searched by the worker.

use super::super::live::{act, live, maybe, value, words};
use super::super::score::rating;
use super::super::state::Page;
use crate::lab::imported::{Found, Response, Shown};
use leptos::prelude::*;
use std::time::Duration;

/// Milliseconds without another letter before the worker is asked.
const CALM: Duration = Duration::from_millis(300);

/// The search and what it found.
pub fn browse(page: Page) -> AnyView {
    let text = &page.text().data;
    let typed = RwSignal::new(String::new());
    let turn = RwSignal::new(0u32);
    let found = RwSignal::new(None::<Result<Found, String>>);
    let ask = move |skip: u32| {
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        page.browse(typed.get_untracked(), skip, move |answer| {
            // The visitor may look for something else by now.
            if turn.try_get_untracked() != Some(mine) {
                return;
            }
            let answer = answer.map_err(|failure| failure.message);
            found.update(|found| match (found, answer) {
                (Some(Ok(known)), Ok(next)) if skip > 0 => known.shown.extend(next.shown),
                (found, answer) => *found = Some(answer),
            });
        });
    };
    ask(0);
    let search = move |event| {
        typed.set(event_target_value(&event));
        turn.update(|turn| *turn += 1);
        let mine = turn.get_untracked();
        set_timeout(
            move || {
                if turn.try_get_untracked() == Some(mine) {
                    ask(0);
                }
            },
            CALM,
        );
    };
    let count = move || {
        found.with(|found| match found {
            Some(Ok(found)) if found.count > 0 => Some((text.found)(found.count)),
            Some(Ok(_)) => Some(text.nothing.to_owned()),
            _ => None,
        })
    };
    let list = move || {
        found.with(|found| match found {
            None => ().into_any(),
            Some(Err(why)) => view! { <p class="fault" lang="en">{why.clone()}</p> }.into_any(),
            Some(Ok(found)) => {
                let rows = found.shown.iter().map(|one| shown(page, one));
                view! { <ol class="data-rows">{rows.collect_view()}</ol> }.into_any()
            }
        })
    };
    let rest = Memo::new(move |_| {
        found.with(|found| match found {
            Some(Ok(found)) if found.shown.len() < found.count as usize => {
                Some(found.shown.len() as u32)
            }
            _ => None,
        })
    });
    let more = move || {
        let skip = rest.get()?;
        Some(view! { <button type="button" class="quiet" id="data-more" on:click=act(move |_| ask(skip))>{text.more}</button> }.into_any())
    };
    view! {
        <h4>{text.look}</h4>
        <label class="field">
            <span class="hidden">{text.search}</span>
            <input type="search" id="data-search" placeholder=text.search autocomplete="off" prop:value=value(move || typed.get()) on:input=act(search) />
        </label>
        <p class="aside" id="data-found" role="status">{words(count)}</p>
        {live(list)}
        {maybe(more)}
    }
    .into_any()
}

/// A question with its answers.
fn shown(page: Page, one: &Shown) -> AnyView {
    let text = &page.text().data;
    let response = |response: &Response| {
        // Scores off the scale keep their place, without a figure.
        let rounded = response.score.map(|score| (score + 0.5) as u8);
        let rounded = rounded.filter(|score| (1..=7).contains(score));
        view! { <li>{rating(rounded)}<p>{response.text.clone()}<small>{response.model.clone()}</small></p></li> }
            .into_any()
    };
    let responses = one.responses.iter().map(response).collect_view();
    let more = (one.more > 0).then(|| (text.more_responses)(one.more));
    view! {
        <li lang="en">
            <details open>
                <summary><small>{one.number.to_string()}</small>" "<span>{one.query.clone()}</span></summary>
                <ul>{responses}</ul>
                <p class="aside">{more}</p>
            </details>
        </li>
    }
    .into_any()
}
