//! An interaction looked at closely: whose words, what came to mind, what was really sent, how
//! likely each word was, and what the observers made of it.

use super::super::conversation::{answers, verdict};
use super::super::live::act;
use super::super::record::{other_voice, voice_mark};
use super::super::score::rating;
use super::super::settings::values::by_values;
use super::super::state::{Chosen, Page};
use super::likelihood::likelihood;
use super::model_name;
use crate::lab::message::UtteranceOf;
use crate::lab::script::Ending;
use crate::lab::view::{Critique, Interaction, Label, Voice, prose};
use leptos::prelude::*;

/// Whose words something is.
fn whose(page: Page, by: Voice, mind: u8) -> AnyView {
    let text = &page.text().inspector;
    match by {
        Voice::Model => {
            let words = (text.by_model)(model_name(page, mind));
            view! { <span class="whose">{words}</span> }.into_any()
        }
        Voice::Role => {
            view! { <span class="whose" data-voice="role">{text.by_role}</span> }.into_any()
        }
        Voice::Person => {
            view! { <span class="whose" data-voice="person">{text.by_person}</span> }.into_any()
        }
    }
}

/// The prompt as it was sent, folded away.
fn prompt(page: Page, words: &str) -> AnyView {
    let name = page.text().inspector.prompt;
    view! { <details class="prompts"><summary>{name}</summary><pre tabindex="0" lang="en">{words.to_owned()}</pre></details> }
        .into_any()
}

/// Which memory was told, or how far the nearest one was.
fn memory(page: Page, one: &Interaction) -> AnyView {
    let text = page.text();
    let config =
        |view: &crate::lab::RunView| view.config.as_ref().map(|c| c.society.memory_distance);
    let limit = page.view.with_untracked(config).unwrap_or(0.0);
    let limit = if super::is_guest(page) {
        text.data.not_known.to_owned()
    } else {
        format!("{limit:.3}")
    };
    let told = one.memory.as_ref().map(|memory| {
        view! {
            <p lang="en"><q>{prose(&memory.question)}</q>" "{prose(&memory.answer)}</p>
        }
    });
    let line = match (&one.memory, one.nearest_distance) {
        (Some(memory), _) => (text.inspector.near)(&format!("{:.3}", memory.distance), &limit),
        (None, Some(distance)) => (text.inspector.far)(&format!("{distance:.3}"), &limit),
        (None, None) => text.scene.memory_none.to_owned(),
    };
    view! { {told}<p class="aside" id="memory-distance">{line}</p> }.into_any()
}

/// A neighbour's comment.
fn comment(page: Page, index: usize, place: usize, said: &Critique) -> AnyView {
    let text = page.text();
    let peer = said.peer;
    let name = (text.inspector.comment)(&(text.scene.person)(u32::from(peer)));
    let look = move |_| page.chosen.set(Some(Chosen::Person(peer)));
    let raised = raised(page, said.label);
    let mind = page.view.with_untracked(|view| {
        let villager = view.villagers.get(usize::from(peer));
        villager.map_or(0, |villager| villager.agent.mind)
    });
    let unread = said.rating.is_none().then_some(text.inspector.no_rating);
    // At most sixteen neighbours comment.
    let utterance = UtteranceOf::Critique(u8::try_from(place).unwrap_or(u8::MAX));
    view! {
        <section class="utterance">
            <h4>{rating(said.rating)}<button type="button" class="quiet" on:click=act(look)>{name}</button><small>{raised}</small>{whose(page, said.by, mind)}</h4>
            <p class="speech" lang="en">{prose(&said.reason)}</p>
            <p class="aside">{unread}</p>
            {likelihood(page, index, utterance, said.by, said.log_probability)}
            {prompt(page, &said.prompt)}
        </section>
    }
    .into_any()
}

fn raised(page: Page, label: Label) -> &'static str {
    let scene = &page.text().scene;
    if label == Label::Good {
        scene.raised_well
    } else {
        scene.raised_badly
    }
}

/// Everything about an interaction.
pub fn interaction(page: Page, index: usize, one: &Interaction) -> AnyView {
    let text = page.text();
    let (scene, inspector) = (&text.scene, &text.inspector);
    let author = (scene.person)(u32::from(one.agent_id));
    let round = (scene.round)(u32::from(one.iteration) + 1);
    let agent = one.agent_id;
    let look = move |_| page.chosen.set(Some(Chosen::Person(agent)));
    let (draft, revision, note) = answers(text, one);
    let comments = one.critiques.iter().enumerate();
    let comments = comments
        .map(|(place, said)| comment(page, index, place, said))
        .collect_view();
    // The neutral 4 stands for no rating at all.
    let mean = one.mean_rating.unwrap_or(4.0);
    let told = (!one.critiques.is_empty()).then(|| (inspector.told_rating)((mean + 0.5) as u32));
    let role = super::super::happenings::role_name(text, one.role);
    view! {
        <h2 id="inspector-title" tabindex="-1">{author.clone()}" · "{round}</h2>
        <p class="who"><span>{raised(page, one.label)}</span><span>{role}</span>{other_voice(one).map(|voice| voice_mark(page, voice))}
            <button type="button" class="quiet" on:click=act(look)>{(inspector.look_at)(&author)}</button></p>
        <section class="utterance">
            <h3>{inspector.question}</h3>
            <p class="question" lang="en">{prose(&one.question)}</p>
            <h4>{inspector.told}</h4>
            {memory(page, one)}
        </section>
        <section class="utterance" id="the-draft">
            <h3>{scene.draft}{whose(page, one.draft_by, one.mind)}</h3>
            <p class="speech" lang="en">{draft}</p>
            {likelihood(page, index, UtteranceOf::Draft, one.draft_by, one.draft_log_probability)}
            {prompt(page, &one.draft_prompt)}
        </section>
        <section class="comments-closer">
            <h3>{scene.neighbours}</h3>
            {one.critiques.is_empty().then(|| view! { <p class="aside">{scene.neighbour_none}</p> })}
            {comments}
            <p class="aside">{told}</p>
        </section>
        <section class="utterance" id="the-revision">
            <h3>{scene.revision}{whose(page, one.revision_by, one.mind)}</h3>
            <p class="speech" lang="en">{revision}</p>
            <p class="aside">{note}</p>
            {one.revision_prompt.as_ref().map(|words| view! {
                {likelihood(page, index, UtteranceOf::Revision, one.revision_by, one.revision_log_probability)}
                {prompt(page, words)}
            })}
        </section>
        {verdict(text, &Ending::from(one), Some([text.inspector.first, text.inspector.second]))}
        {by_values(page, Some(one.iteration)).map(|line| view! { <p class="aside by-values">{line}</p> })}
    }
    .into_any()
}
