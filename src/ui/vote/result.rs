//! The curtain is up: how often the trained model won, where the visitor and the judge differ, and the
//! code for whoever collects the votes.

use super::super::live::{act, words as text_of};
use super::super::parts;
use super::super::state::Page;
use super::rates::{Rate, table, verdict};
use super::{judging, pairs, take, words};
use crate::lab::vote::tally::{FEWEST, Judged};
use crate::lab::vote::{Ballot, Kind, Pool, Preference, ROUND, Tally};
use leptos::prelude::*;
use std::sync::Arc;

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The visitor's rates and the judge's: of all pairs, and of each kind with enough votes.
fn rates(page: Page, pool: &Pool, tally: &Tally) -> Vec<Rate> {
    let text = words(page);
    let both = |part: &Tally, of: Option<&str>| {
        let line = |who: &str, counts: crate::lab::vote::tally::Counts| Rate {
            name: of.map_or_else(|| who.to_owned(), |of| format!("{of} · {who}")),
            rate: counts.win_rate(),
            interval: true,
            counts,
        };
        [line(text.you, part.votes()), line(text.judge, part.judge())]
    };
    let mut lines: Vec<Rate> = both(tally, None).into();
    for (kind, name) in Kind::ALL.into_iter().zip(text.kinds) {
        let part = tally.about(pool, kind);
        if part.judged.len() >= FEWEST {
            lines.extend(both(&part, Some(name)));
        }
    }
    lines
}

/// Pairs, each with what the visitor and the judge prefer.
fn list(page: Page, pool: &Pool, judged: &[Judged]) -> String {
    let text = words(page);
    let name = |preference: Preference| text.preferences[preference as usize];
    let line = |one: &Judged| {
        let pair = pool.pairs.get(one.pair)?;
        let below = format!(
            "<p class=vote-verdicts><span>{}: <b>{}</b></span> <span>{}: <b>{}</b></span></p>",
            text.you,
            name(one.vote),
            text.judge,
            name(one.judge)
        );
        Some(pairs::pair(page, pair, &below))
    };
    let lines: String = judged.iter().filter_map(line).collect();
    format!("<ol class=vote-pairs>{lines}</ol>")
}

/// How it came out, in figures.
fn outcome(page: Page, pool: &Pool, tally: &Tally) -> AnyView {
    let text = words(page);
    let votes = tally.votes();
    let (trained, base) = (votes.get(Preference::Trained), votes.get(Preference::Base));
    let sentence = (text.outcome)(
        count(votes.total()),
        count(trained),
        count(base),
        count(votes.total() - trained - base),
    );
    let drawn = table(text, &rates(page, pool, tally));
    let too_few = Kind::ALL
        .into_iter()
        .any(|kind| tally.about(pool, kind).judged.len() < FEWEST);
    let can_go_on = tally.judged.len() < pool.pairs.len();
    let by_kind = (too_few && can_go_on).then(|| (text.few_of_kind)(count(FEWEST)));
    let inside = vec![
        view! { <p class="vote-outcome" id="vote-outcome" tabindex="-1">{sentence}</p> }.into_any(),
        parts::line("", verdict(text, votes.win_rate())),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.rates inner_html=drawn></div> }.into_any(),
        parts::line("aside", text.rate_hint),
        parts::line("aside", by_kind.unwrap_or_default()),
    ];
    view! { <div class="vote-raised">{inside}</div> }.into_any()
}

/// Where they differ, and, folded away, where they don't.
fn differences(page: Page, pool: &Pool, tally: &Tally) -> AnyView {
    let text = words(page);
    let (differ, agree) = (tally.disagreements(), tally.agreements());
    let all = count(tally.judged.len());
    let differing = if differ.is_empty() {
        parts::line("empty-line", text.never_differ)
    } else {
        let list = list(page, pool, &differ);
        vec![
            parts::line("", text.differ_hint),
            parts::markup("", move || list.clone()),
        ]
        .into_any()
    };
    let agreed = list(page, pool, &agree);
    let folded = (!agree.is_empty()).then(|| {
        view! {
            <details class="more"><summary>{(text.agree)(count(agree.len()))}</summary>{parts::markup("", move || agreed.clone())}</details>
        }
        .into_any()
    });
    let inside = vec![
        parts::line("", (text.agreed)(count(agree.len()), all)),
        differing,
        folded.into_any(),
        parts::line("aside", text.judge_hint),
    ];
    parts::section("vote-differ", text.differ, inside)
}

/// What can be done now.
fn next(page: Page, pool: &Arc<Pool>, ballot: RwSignal<Ballot>) -> AnyView {
    let text = words(page);
    let unkept = RwSignal::new(false);
    let left = pool.pairs.len() - ballot.with_untracked(Ballot::judged).min(pool.pairs.len());
    let (going, anew) = (Arc::clone(pool), Arc::clone(pool));
    let more = move |_| {
        judging::change(ballot, unkept, |ballot| ballot.go_on(&going));
        request_animation_frame(|| super::super::app::focus("vote-1"));
    };
    let another = act(move |_| {
        let fresh = super::super::memory::fresh_number();
        judging::change(ballot, unkept, |ballot| *ballot = Ballot::new(&anew, fresh));
        request_animation_frame(|| super::super::app::focus("vote-1"));
    });
    let more = (left > 0).then(|| {
        view! { <button type="button" id="vote-more" on:click=act(more)>{(text.more)(count(left.min(ROUND)))}</button> }
            .into_any()
    });
    view! {
        <div class="takes vote-next">
            {more}
            <button type="button" id="vote-another" on:click=another>{text.another}</button>
            <span class="aside">{text.another_hint}</span>
        </div>
        {parts::line("fault", text_of(move || unkept.get().then_some(text.unkept)))}
    }
    .into_any()
}

/// The result of the visitor's own vote.
pub fn result(page: Page, pool: &Arc<Pool>, ballot: RwSignal<Ballot>) -> AnyView {
    let voted = ballot.get_untracked();
    let tally = Tally::of(pool, &voted.preferences(pool));
    let inside = vec![
        outcome(page, pool, &tally),
        differences(page, pool, &tally),
        take::code(page, pool, &voted),
        take::files(page, pool, &voted),
        next(page, pool, ballot),
    ];
    inside.into_any()
}
