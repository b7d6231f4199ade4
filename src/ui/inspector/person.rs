//! Somebody looked at closely: who they are, who lives beside them, what they remember and said.

use super::super::happenings::role_name;
use super::super::live::{act, live, maybe};
use super::super::record::{PORTION, hunt, line};
use super::super::score::{pips, score};
use super::super::search::Filter;
use super::super::seat::seat_note;
use super::super::state::{Chosen, Page};
use super::memories::memories;
use super::model_name;
use crate::lab::view::{Label, Villager};
use leptos::prelude::*;

/// Neighbours shown by name.
const MOST_NEIGHBOURS: usize = 60;

/// Those of a moment who live in the places linked to somebody's, by place.
fn neighbours(villagers: &[Villager], links: &[Vec<u16>], id: u16) -> Vec<Villager> {
    let own = villagers.get(usize::from(id));
    let links = own.and_then(|villager| links.get(usize::from(villager.agent.place)));
    let linked =
        |villager: &&Villager| links.is_some_and(|links| links.contains(&villager.agent.place));
    let mut found: Vec<Villager> = villagers.iter().filter(linked).cloned().collect();
    found.sort_by_key(|villager| villager.agent.place);
    found
}

/// Everything about somebody.
pub fn person(page: Page, id: u16) -> AnyView {
    let text = page.text();
    let (scene, inspector) = (&text.scene, &text.inspector);
    let villager = Memo::new(move |_| page.villager(usize::from(id)));
    let facts = move |villager: Villager| {
        let agent = &villager.agent;
        let raised = if agent.label == Label::Good {
            scene.raised_well
        } else {
            scene.raised_badly
        };
        let not_yet = || scene.not_yet.into_any();
        let alignment = villager
            .alignment
            .map_or_else(not_yet, |value| score(Some(value)));
        let engagement = villager
            .engagement
            .map_or_else(not_yet, |value| pips(Some(value)));
        let place = (inspector.place_at)(u32::from(agent.row) + 1, u32::from(agent.column) + 1);
        let absent = (!agent.present).then(|| format!(" ({})", inspector.absent));
        view! {
            <dl class="facts">
                <div><dt>{scene.raised}</dt><dd>{raised}</dd></div>
                <div><dt>{inspector.role}</dt><dd>{role_name(text, agent.role)}{absent}</dd></div>
                <div><dt>{inspector.model}</dt><dd>{model_name(page, agent.mind)}</dd></div>
                <div><dt>{inspector.place}</dt><dd>{place}</dd></div>
                <div><dt>{scene.alignment}</dt><dd>{alignment}</dd></div>
                <div><dt>{scene.engagement}</dt><dd>{engagement}</dd></div>
                <div><dt>{scene.answers}</dt><dd>{villager.spoken.to_string()}</dd></div>
            </dl>
        }
        .into_any()
    };
    let around = Memo::new(move |_| {
        page.view.with(|view| {
            page.then.with(|then| {
                let villagers = then.as_ref().map_or(&view.villagers, |then| then.as_ref());
                neighbours(villagers, &view.links, id)
            })
        })
    });
    let neighbour = move |villager: &Villager| {
        let other = villager.agent.id;
        let look = move |_| page.chosen.set(Some(Chosen::Person(other)));
        view! {
            <li><button type="button" class="neighbour" on:click=act(look)>{score(villager.alignment)}{(scene.person)(u32::from(other))}</button></li>
        }
    };
    let beside = move || {
        let around = around.get();
        if around.is_empty() {
            return view! { <p class="aside">{inspector.neighbours_none}</p> }.into_any();
        }
        let more = around.len().saturating_sub(MOST_NEIGHBOURS);
        let more = (more > 0)
            .then(|| view! { <li class="aside">{(inspector.neighbours_more)(more as u32)}</li> });
        let shown = around
            .iter()
            .take(MOST_NEIGHBOURS)
            .map(neighbour)
            .collect_view();
        view! { <ul class="neighbours">{shown}{more}</ul> }.into_any()
    };
    let theirs = Filter {
        author: Some(id),
        ..Filter::default()
    };
    let said = hunt(page, Signal::stored(theirs));
    let most = RwSignal::new(PORTION);
    // What they say later is not there yet at a moment of the past.
    let until = move || page.moment.get().unwrap_or(usize::MAX);
    let lines = move || said.with(|said| said.newest_before(until(), most.get()));
    let count = move || said.with(|said| said.count_before(until()));
    let rest = move || count().saturating_sub(most.get()).min(PORTION);
    let silent = Memo::new(move |_| count() == 0);
    let is_seat = Memo::new(move |_| page.seat_to_be() == Some(id));
    view! {
        <h2 id="inspector-title" tabindex="-1">{(scene.person)(u32::from(id))}</h2>
        {maybe(move || villager.get().map(facts))}
        <div class="sit">
            {maybe(move || (!is_seat.get()).then(|| view! { <button type="button" id="sit-here" on:click=act(move |_| page.sit(Some(id)))>{text.seat.sit_down}</button> }.into_any()))}
            {seat_note(page)}
        </div>
        <h3>{inspector.neighbours}</h3>
        {live(beside)}
        {memories(page, id)}
        <h3>{scene.their_answers}</h3>
        <div class="record-list open">
            {maybe(move || silent.get().then(|| view! { <p class="aside">{scene.not_yet}</p> }.into_any()))}
            <ol><For each=lines key=|index| *index let:index>{line(page, index, false)}</For></ol>
            {maybe(move || (rest() > 0).then(|| view! {
                <button type="button" class="quiet" on:click=act(move |_| most.update(|most| *most += PORTION))>{(inspector.more)(rest() as u32)}</button>
            }.into_any()))}
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Event;
    use crate::lab::RunView;
    use crate::lab::view::AgentView;

    #[test]
    fn neighbours_are_those_who_live_in_linked_places_now() {
        let agent = AgentView::example;
        let mut view = RunView::default();
        let links = vec![vec![1], vec![0, 2], vec![1]];
        let agents = (0..3).map(|id| agent(id, id)).collect();
        view.apply(&Event::Society { agents, links });
        let ids = |view: &RunView, id| -> Vec<u16> {
            neighbours(&view.villagers, &view.links, id)
                .iter()
                .map(|villager| villager.agent.id)
                .collect()
        };
        assert_eq!(ids(&view, 1), [0, 2]);
        // The two at the left change places.
        view.apply(&Event::Changed(vec![agent(0, 1), agent(1, 0), agent(2, 2)]));
        assert_eq!(ids(&view, 1), [0]);
        assert_eq!(ids(&view, 0), [1, 2]);
        assert_eq!(ids(&view, 9), [0u16; 0]);
    }
}
