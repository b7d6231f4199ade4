//! What is on stage, in words: question, draft, comments, revision, verdict.

use super::director::{Focus, Item};
use super::icons;
use super::live::{act, flag, live, value, words};
use super::record::{other_voice, voice_mark};
use super::score::{pips, score};
use super::settings::values::by_values;
use super::state::{Chosen, Page};
use super::text::Opening;
use super::words::{Piece, compare};
use crate::lab::view::{Interaction, OnStage, prose};
use leptos::prelude::*;

/// Below this share of common words, marking single words would only confuse.
const WORTH_MARKING: f32 = 0.25;

/// Everything the panel needs; a copy, so that the run may go on.
#[derive(Clone, PartialEq)]
enum Shown {
    Nobody(u32),
    /// The run is on, and nobody has answered yet.
    Gathering,
    /// The beginning of a run, looked at again.
    Beginning,
    Draft(OnStage),
    Done(usize, Box<Interaction>),
}

fn shown(page: Page) -> Shown {
    let item = page.focus.get().item;
    page.view.with(|view| {
        let found = match item {
            Some(Item::Draft(agent)) => view
                .stage
                .iter()
                .find(|scene| scene.agent == agent)
                .map(|scene| Shown::Draft(scene.clone())),
            Some(Item::Done(index)) => view
                .interactions
                .get(index)
                .map(|one| Shown::Done(index, Box::new(one.clone()))),
            None => None,
        };
        found.unwrap_or_else(|| {
            if page.moment.get().is_some() {
                return Shown::Beginning;
            }
            if view.phase().is_working() {
                return Shown::Gathering;
            }
            Shown::Nobody(page.draft.with(|draft| u32::from(draft.society.agents())))
        })
    })
}

#[component]
pub fn Conversation() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let scene = &text.scene;
    let what = Memo::new(move |_| shown(page));
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
    let place = Memo::new(move |_| match page.focus.get().item {
        Some(Item::Done(index)) => Some(index),
        _ => None,
    });
    let back = move |_| {
        if let Some(index) = place
            .get_untracked()
            .unwrap_or(count.get_untracked())
            .checked_sub(1)
        {
            page.turn_to(index);
        }
    };
    let on = move |_| {
        let next = place.get_untracked().map_or(0, |index| index + 1);
        if next < count.get_untracked() {
            page.turn_to(next);
        }
    };
    let follow = move |_| {
        if page.moment.get_untracked().is_some() {
            page.back_to_now();
            return;
        }
        page.focus.update(|focus| {
            if focus.held {
                *focus = Focus {
                    item: focus.item,
                    held: false,
                    shown: count.get_untracked(),
                    since: 0.0,
                };
            } else if let Some(Item::Done(index)) = focus.item {
                *focus = focus.hold(index, focus.since);
            }
        });
    };
    let held = Memo::new(move |_| page.focus.get().held);
    let first = move || {
        let nothing = count.get() == 0 || page.moment.get() == Some(0);
        place.get().map_or(nothing, |index| index == 0)
    };
    let last = move || {
        let before = page.moment.get() != Some(0);
        place.get().map_or(before, |index| index + 1 >= count.get())
    };
    view! {
        <section class="panel conversation" aria-labelledby="conversation-title">
            <div class="panel-head">
                <h2 id="conversation-title">{scene.on_stage}</h2>
                <div class="turning">
                    <button type="button" class="plain" aria-label=scene.previous title=scene.previous disabled=flag(first) on:click=act(back)>{icons::left()}</button>
                    <button type="button" class="plain" aria-label=scene.next title=scene.next disabled=flag(last) on:click=act(on)>{icons::right()}</button>
                    <button type="button" class="plain follow" aria-pressed=value(move || (!held.get()).to_string()) disabled=flag(move || count.get() == 0) on:click=act(follow)>
                        {words(move || if held.get() { scene.follow } else { scene.following })}
                    </button>
                </div>
            </div>
            <div class="script" tabindex="0" role="group" aria-label=scene.on_stage>
                {live(move || match what.get() {
                    Shown::Nobody(people) => empty(scene.nobody_title, (scene.nobody)(people)),
                    Shown::Gathering => empty(text.stages.remembering, scene.gathering.to_owned()),
                    Shown::Beginning => empty(scene.begin, scene.gathering.to_owned()),
                    Shown::Draft(draft) => unfinished(text, &draft),
                    Shown::Done(index, one) => {
                        let look = move |_| page.chosen.set(Some(Chosen::Interaction(index)));
                        view! {
                            <p class="closer"><button type="button" class="quiet" on:click=act(look)>{scene.details}</button></p>
                            {finished(page, &one)}
                        }.into_any()
                    }
                })}
            </div>
        </section>
    }
    .into_any()
}

fn empty(title: &'static str, words: String) -> AnyView {
    view! { <div class="empty"><h3>{title}</h3><p>{words}</p></div> }.into_any()
}

fn opening(
    text: &'static Opening,
    agent: u16,
    raised: Option<&'static str>,
    question: &str,
) -> AnyView {
    view! {
        <p class="who"><strong>{(text.scene.person)(u32::from(agent))}</strong>{raised.map(|raised| view! { <span>{raised}</span> })}</p>
        <div class="line"><h3>{text.scene.asks}</h3><p class="question" lang="en">{prose(question)}</p></div>
    }
    .into_any()
}

fn comment(text: &'static Opening, peer: u16, rating: Option<u8>, reason: &str) -> AnyView {
    let mut words = prose(reason);
    if words.trim().is_empty() {
        words = text.scene.no_reason.to_owned();
    }
    if rating.is_none() {
        words = format!("({}) {words}", text.scene.unreadable);
    }
    view! {
        <li>
            {score(rating)}
            <span class="peer">{(text.scene.person)(u32::from(peer))}</span>
            <span class="reason" lang="en">{words}</span>
        </li>
    }
    .into_any()
}

/// An interaction that waits for comments or for its revision.
fn unfinished(text: &'static Opening, scene: &OnStage) -> AnyView {
    let comments = scene
        .comments
        .iter()
        .map(|(peer, rating, reason)| comment(text, *peer, *rating, reason));
    let waiting = if scene.comments.is_empty() {
        text.scene.thinking_neighbours
    } else {
        text.scene.thinking_revision
    };
    view! {
        {opening(text, scene.agent, None, &scene.question)}
        <div class="line"><h3>{text.scene.draft}</h3><p class="speech" lang="en">{prose(&scene.draft)}</p></div>
        {(!scene.comments.is_empty()).then(|| view! { <div class="line"><h3>{text.scene.neighbours}</h3><ul class="comments">{comments.collect_view()}</ul></div> })}
        <p class="waiting">{waiting}</p>
    }
    .into_any()
}

/// First and second answer with what changed marked, and a word about it where that says more.
pub fn answers(text: &Opening, one: &Interaction) -> (AnyView, AnyView, Option<&'static str>) {
    let scene = &text.scene;
    let (before, after) = (prose(&one.draft_answer), prose(&one.revised_answer));
    let difference = compare(&before, &after);
    if before == after {
        (before.into_any(), after.into_any(), Some(scene.unchanged))
    } else if difference.kept < WORTH_MARKING {
        (before.into_any(), after.into_any(), Some(scene.rewritten))
    } else {
        let draft = marked(&difference.pieces, false);
        (draft, marked(&difference.pieces, true), None)
    }
}

/// A whole interaction.
pub fn finished(page: Page, one: &Interaction) -> AnyView {
    let text = page.opening();
    let scene = &text.scene;
    let raised = if one.label == crate::lab::view::Label::Good {
        scene.raised_well
    } else {
        scene.raised_badly
    };
    let comments: Vec<AnyView> = (one.target_id.iter().zip(&one.rating).zip(&one.feedback))
        .map(|((peer, rating), reason)| comment(text, *peer, *rating, reason))
        .collect();
    let (draft, revision, note) = answers(text, one);
    view! {
        {opening(text, one.agent_id, Some(raised), &one.question)}
        {other_voice(one).map(|voice| view! { <p class="spoken-by">{voice_mark(page, voice)}</p> })}
        <div class="line"><h3>{scene.draft}</h3><p class="speech" lang="en">{draft}</p></div>
        <div class="line">
            <h3>{scene.neighbours}</h3>
            {if comments.is_empty() {
                view! { <p class="aside">{scene.neighbour_none}</p> }.into_any()
            } else {
                view! { <ul class="comments">{comments.collect_view()}</ul> }.into_any()
            }}
        </div>
        <div class="line"><h3>{scene.revision}</h3><p class="speech" lang="en">{revision}</p>{note.map(|note| view! { <p class="aside">{note}</p> })}</div>
        {verdict(text, one, None)}
        {by_values(page, Some(one.iteration)).map(|line| view! { <p class="aside by-values">{line}</p> })}
    }
    .into_any()
}

/// One of the two texts, with what only it has marked.
fn marked(pieces: &[Piece], after: bool) -> AnyView {
    let own = pieces.iter().filter(|piece| match piece {
        Piece::Kept(_) => true,
        Piece::Dropped(_) => !after,
        Piece::Added(_) => after,
    });
    let shown = own.enumerate().map(|(place, piece)| {
        let space = if place > 0 { " " } else { "" };
        match piece {
            Piece::Kept(words) => format!("{space}{words}").into_any(),
            Piece::Dropped(words) => view! { {space}<del>{words.clone()}</del> }.into_any(),
            Piece::Added(words) => view! { {space}<ins>{words.clone()}</ins> }.into_any(),
        }
    });
    shown.collect_view().into_any()
}

/// What the observers scored before and after, and why: of the second answer, or of
/// both, by their names.
pub fn verdict(
    text: &'static Opening,
    one: &Interaction,
    of_both: Option<[&'static str; 2]>,
) -> AnyView {
    let scene = &text.scene;
    let (moral, engagement) = (one.alignment(), one.engagement());
    let reasons = |before: &str, after: &str| {
        let reason = |name: Option<&'static str>, words: &str| {
            let name = name.map(|name| view! { <small>{name}": "</small> });
            view! { <span class="reason">{name}<span lang="en">{prose(words)}</span></span> }
        };
        if let Some([first, second]) = of_both {
            view! { {reason(Some(first), before)}{reason(Some(second), after)} }.into_any()
        } else {
            reason(None, after).into_any()
        }
    };
    let why_moral = reasons(&one.gen_moral_reason_before, &one.gen_moral_reason_after);
    let why_engaged = reasons(
        &one.gen_engagement_reason_before,
        &one.gen_engagement_reason_after,
    );
    view! {
        <div class="line verdict">
            <h3>{scene.observers}" "<small>{scene.before_after}</small></h3>
            <dl>
                <dt>{scene.alignment}</dt>
                <dd>{score(moral[0])}{icons::arrow()}{score(moral[1])}{why_moral}</dd>
                <dt>{scene.engagement}</dt>
                <dd>{pips(engagement[0])}{icons::arrow()}{pips(engagement[1])}{why_engaged}</dd>
            </dl>
        </div>
    }
    .into_any()
}
