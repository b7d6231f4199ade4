//! What is on stage, in words: question, draft, comments, revision, verdict.

use super::director::{Focus, Item};
use super::icons;
use super::live::{act, flag, live, maybe, value, words};
use super::score::{pips, score};
use super::state::{Chosen, Page};
use super::text::Opening;
use super::theatre::{self, Controls, Staged};
use super::words::{Piece, compare};
use crate::lab::script::Ending;
use crate::lab::view::{Interaction, prose};
use leptos::prelude::*;
use std::sync::Arc;

/// Below this share of common words, marking single words would only confuse.
const WORTH_MARKING: f32 = 0.25;

/// What the panel shows.
#[derive(Clone, PartialEq)]
enum Shown {
    Nobody(u32),
    /// The run is on, and nobody has answered yet.
    Gathering,
    /// The beginning of a run, looked at again.
    Beginning,
    Scene(Arc<Staged>),
}

fn shown(page: Page) -> Shown {
    if let Some(staged) = page.theatre.staged.get() {
        return Shown::Scene(staged);
    }
    if page.moment.get().is_some() {
        return Shown::Beginning;
    }
    if page.view.with(|view| view.phase().is_working()) {
        return Shown::Gathering;
    }
    Shown::Nobody(page.draft.with(|draft| u32::from(draft.society.agents())))
}

#[component]
pub fn Conversation() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let scene = &text.scene;
    let what = Memo::new(move |_| shown(page));
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
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
                };
            } else if let Some(Item::Done(index)) = focus.item {
                *focus = focus.hold(index);
            }
        });
        page.follow_again();
    };
    let held = Memo::new(move |_| page.focus.get().held);
    let recorded = Memo::new(move |_| page.theatre.recording.with(Option::is_some));
    let mark = move || {
        let badge = || view! { <p class="recorded-mark">{text.theatre.recorded}</p> }.into_any();
        recorded.get().then(badge)
    };
    // Made anew with everything that is said in it.
    let growing = move || {
        let staged = page.theatre.staged.get();
        staged.is_some_and(|staged| !staged.timing.whole)
    };
    let script = NodeRef::<leptos::html::Div>::new();
    theatre::keep_in_view(page, script);
    view! {
        <section class="panel conversation" aria-labelledby="conversation-title" on:keydown=act(move |event| theatre::key(page, &event))>
            <div class="panel-head">
                <h2 id="conversation-title">{scene.on_stage}</h2>
                {maybe(mark)}
                <div class="turning">
                    <p class="scene-count">{words(move || theatre::count(page))}</p>
                    <button type="button" class="plain follow" hidden=flag(move || recorded.get()) aria-pressed=value(move || (!held.get()).to_string()) disabled=flag(move || count.get() == 0) on:click=act(follow)>
                        {words(move || if held.get() { scene.follow } else { scene.following })}
                    </button>
                </div>
            </div>
            <div class="script" class:growing=flag(growing) node_ref=script tabindex="0" role="group" aria-label=scene.on_stage>
                {live(move || match what.get() {
                    Shown::Nobody(people) => empty(scene.nobody_title, (scene.nobody)(people)),
                    Shown::Gathering => empty(text.stages.remembering, scene.gathering.to_owned()),
                    Shown::Beginning => empty(scene.begin, scene.gathering.to_owned()),
                    Shown::Scene(staged) => {
                        let closer = match staged.item {
                            Item::Done(index) => {
                                let look = move |_| page.chosen.set(Some(Chosen::Interaction(index)));
                                Some(view! { <p class="closer"><button type="button" class="quiet" on:click=act(look)>{scene.details}</button></p> })
                            }
                            _ => None,
                        };
                        view! { {closer}{theatre::lines(page, &staged)} }.into_any()
                    }
                })}
            </div>
            <Controls />
        </section>
    }
    .into_any()
}

fn empty(title: &'static str, words: String) -> AnyView {
    view! { <div class="empty"><h3>{title}</h3><p>{words}</p></div> }.into_any()
}

/// How a second answer differs from the first as a whole, where marking its words says less.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Note {
    /// It is the same.
    Unchanged,
    /// Next to nothing of the first is left.
    Rewritten,
}

impl Note {
    /// In words.
    pub fn words(self, text: &Opening) -> &'static str {
        match self {
            Note::Unchanged => text.scene.unchanged,
            Note::Rewritten => text.scene.rewritten,
        }
    }
}

/// First and second answer in pieces, and a word about them where that says more.
pub fn compared(draft: &str, revision: &str) -> (Vec<Piece>, Option<Note>) {
    let (before, after) = (prose(draft), prose(revision));
    let difference = compare(&before, &after);
    if before == after {
        (vec![Piece::Kept(before)], Some(Note::Unchanged))
    } else if difference.kept < WORTH_MARKING {
        let whole = vec![Piece::Dropped(before), Piece::Added(after)];
        (whole, Some(Note::Rewritten))
    } else {
        (difference.pieces, None)
    }
}

/// First and second answer with what changed marked, and a word about it where that says more.
pub fn answers(text: &Opening, one: &Interaction) -> (AnyView, AnyView, Option<&'static str>) {
    let (pieces, note) = compared(&one.draft_answer, &one.revised_answer);
    let plain = note.is_some();
    (
        marked(&pieces, false, plain),
        marked(&pieces, true, plain),
        note.map(|note| note.words(text)),
    )
}

/// One of the two texts, with what only it has marked.
fn marked(pieces: &[Piece], after: bool, plain: bool) -> AnyView {
    let own = pieces.iter().filter(|piece| match piece {
        Piece::Kept(_) => true,
        Piece::Dropped(_) => !after,
        Piece::Added(_) => after,
    });
    let shown = own.enumerate().map(|(place, piece)| {
        let space = if place > 0 { " " } else { "" };
        match piece {
            Piece::Kept(words) => format!("{space}{words}").into_any(),
            Piece::Dropped(words) | Piece::Added(words) if plain => {
                format!("{space}{words}").into_any()
            }
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
    ending: &Ending,
    of_both: Option<[&'static str; 2]>,
) -> AnyView {
    let scene = &text.scene;
    let (moral, engagement) = (ending.alignment, ending.engagement);
    let reasons = |[before, after]: &[String; 2]| {
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
    let why_moral = reasons(&ending.why_alignment);
    let why_engaged = reasons(&ending.why_engagement);
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
