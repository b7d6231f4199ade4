//! A closer look at a person or at an interaction: what was really sent, and what came back.

use super::conversation::finished;
use super::help::dialog;
use super::icons;
use super::live::{act, live, maybe};
use super::memory::milliseconds;
use super::score::{pips, score};
use super::state::{Chosen, Page};
use crate::lab::view::{Interaction, Label, Seat, prose};
use leptos::prelude::*;

/// The dialog's id.
pub const ID: &str = "inspector";

#[component]
pub fn Inspector() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    Effect::new(move || {
        let Some(dialog) = dialog(ID) else {
            return;
        };
        match page.chosen.get() {
            Some(_) if !dialog.open() => {
                // Only a dialog outside the document refuses.
                let _ = dialog.show_modal();
            }
            None if dialog.open() => dialog.close(),
            _ => {}
        }
    });
    let shown = Memo::new(move |_| page.chosen.get());
    let close = move |_| page.chosen.set(None);
    view! {
        <dialog id=ID class="sheet wide" aria-labelledby="inspector-title" on:close=move |_| page.chosen.set(None)>
            <button type="button" class="plain close" on:click=act(close)>{icons::cross()}<span class="hidden">{text.frame.close}</span></button>
            {live(move || match shown.get() {
                Some(Chosen::Person(id)) => person(page, id),
                Some(Chosen::Interaction(index)) => page
                    .view
                    .with_untracked(|view| view.interactions.get(index).cloned())
                    .map(|one| interaction(page, &one))
                    .into_any(),
                None => ().into_any(),
            })}
        </dialog>
    }
    .into_any()
}

fn person(page: Page, id: u16) -> AnyView {
    let text = page.text();
    let scene = &text.scene;
    let seat = move || {
        page.view
            .with(|view| view.seats.iter().find(|seat| seat.agent.id == id).cloned())
    };
    let facts = move |seat: Seat| {
        let raised = if seat.agent.label == Label::Good {
            scene.raised_well
        } else {
            scene.raised_badly
        };
        let alignment = seat
            .alignment
            .map_or_else(|| scene.not_yet.into_any(), |value| score(Some(value)));
        let engagement = seat
            .engagement
            .map_or_else(|| scene.not_yet.into_any(), |value| pips(Some(value)));
        view! {
            <dl class="facts">
                <div><dt>{scene.raised}</dt><dd>{raised}</dd></div>
                <div><dt>{scene.alignment}</dt><dd>{alignment}</dd></div>
                <div><dt>{scene.engagement}</dt><dd>{engagement}</dd></div>
                <div><dt>{scene.memories}</dt><dd>{seat.agent.memories.to_string()}</dd></div>
                <div><dt>{scene.answers}</dt><dd>{seat.spoken.to_string()}</dd></div>
            </dl>
        }
        .into_any()
    };
    let theirs = move || {
        page.view.with(|view| {
            let own = view
                .interactions
                .iter()
                .enumerate()
                .filter(|(_, one)| one.agent_id == id);
            own.map(|(index, one)| (index, one.iteration, one.question.clone(), one.alignment()))
                .collect::<Vec<_>>()
        })
    };
    let line = move |(index, round, question, scores): (usize, u16, String, [Option<u8>; 2])| {
        let open = move |_| {
            page.focus
                .update(|focus| *focus = focus.hold(index, milliseconds()));
            page.chosen.set(Some(Chosen::Interaction(index)));
        };
        view! {
            <li>
                <button type="button" on:click=act(open)>
                    <span class="record-who">{(scene.round)(u32::from(round) + 1)}</span>
                    <span class="record-words" lang="en">{prose(&question)}</span>
                    <span class="record-scores">{scores.map(score).collect_view()}</span>
                </button>
            </li>
        }
    };
    view! {
        <h2 id="inspector-title">{(scene.person)(u32::from(id))}</h2>
        {maybe(move || seat().map(facts))}
        <h3>{scene.their_answers}</h3>
        <div class="record-list open">
            {live(move || {
                let lines = theirs();
                if lines.is_empty() {
                    view! { <p class="aside">{scene.not_yet}</p> }.into_any()
                } else {
                    view! { <ol>{lines.into_iter().map(line).collect_view()}</ol> }.into_any()
                }
            })}
        </div>
    }
    .into_any()
}

fn interaction(page: Page, one: &Interaction) -> AnyView {
    let text = page.text();
    let scene = &text.scene;
    let memory = one
        .memory
        .as_ref()
        .map(|memory| (memory.question.clone(), memory.answer.clone()));
    let memory = match memory {
        Some((question, answer)) => {
            view! { <p lang="en"><q>{prose(&question)}</q>" "{prose(&answer)}</p> }.into_any()
        }
        None => view! { <p class="aside">{scene.memory_none}</p> }.into_any(),
    };
    let prompt = |name: String, words: &str| view! { <h4>{name}</h4><pre tabindex="0">{words.to_owned()}</pre> };
    let critiques = one.critiques.iter().map(|critique| {
        let name = (scene.person)(u32::from(critique.peer));
        prompt((scene.prompt_critique)(&name), &critique.prompt)
    });
    view! {
        <h2 id="inspector-title">{scene.details}</h2>
        <div class="script flat">{finished(page, one)}</div>
        <h3>{scene.memory_recalled}</h3>
        {memory}
        <h3>{scene.prompts}</h3>
        <p class="aside">{scene.prompts_hint}</p>
        <div class="prompts" lang="en">
            {prompt(scene.prompt_draft.to_owned(), &one.draft_prompt)}
            {critiques.collect_view()}
            {one.revision_prompt.as_ref().map(|words| prompt(scene.prompt_revision.to_owned(), words))}
        </div>
    }
    .into_any()
}
