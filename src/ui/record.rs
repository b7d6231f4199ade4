//! The record as a list: newest first, searched and filtered, each line a way to look closer.

use super::live::{act, maybe, value, words};
use super::score::score;
use super::search::{Filter, Scores, Search, has_voice, spelt};
use super::state::{Chosen, Page};
use crate::lab::config::Role;
use crate::lab::view::{Interaction, Label, Voice, prose};
use leptos::prelude::*;

/// Lines shown at first, and added at a time.
pub const PORTION: usize = 40;
/// Interactions looked at between two looks at the clock.
const STRIDE: usize = 256;
/// Milliseconds of searching between two frames.
const PATIENCE: f64 = 8.0;

/// Searches the record for what `filter` asks for, beside everything else, and goes on with it as
/// the record grows.
pub fn hunt(page: Page, filter: Signal<Filter>) -> RwSignal<Search> {
    let search = RwSignal::new(Search::default());
    let waiting = StoredValue::new(false);
    Effect::new(move || {
        let length = page.view.with_untracked(|view| view.interactions.len());
        search.set(Search::new(filter.get(), length));
        look(page, search, waiting);
    });
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
    Effect::new(move || {
        // Read, not only tracked: a memo that nobody reads never learns what it depends on.
        count.get();
        look(page, search, waiting);
    });
    search
}

/// Searches for a few milliseconds, and comes back in the next frame if that was not enough.
fn look(page: Page, search: RwSignal<Search>, waiting: StoredValue<bool>) {
    if waiting.try_get_value() != Some(false) {
        return;
    }
    let begun = super::memory::milliseconds();
    let over = page.view.with_untracked(|view| {
        let record = &view.interactions;
        let is_over = search.try_with_untracked(|search| search.is_over(record.len()));
        is_over.unwrap_or(true)
            || search
                .try_update(|search| {
                    loop {
                        let over = search.go_on(record, STRIDE);
                        if over || super::memory::milliseconds() - begun > PATIENCE {
                            return over;
                        }
                    }
                })
                .unwrap_or(true)
    });
    if !over {
        waiting.set_value(true);
        request_animation_frame(move || {
            waiting.try_update_value(|waiting| *waiting = false);
            look(page, search, waiting);
        });
    }
}

/// An interaction in a line.
pub fn line(page: Page, index: usize, with_author: bool) -> AnyView {
    let text = page.text();
    let scene = &text.scene;
    let one = page
        .view
        .with_untracked(|view| view.interactions.get(index).cloned());
    let Some(one) = one else {
        return ().into_any();
    };
    let open = move |_| {
        page.turn_to(index);
        page.chosen.set(Some(Chosen::Interaction(index)));
    };
    let round = (scene.round)(u32::from(one.iteration) + 1);
    let who = if with_author {
        let person = (scene.person)(u32::from(one.agent_id));
        view! { <span class="record-who">{person}<small>{round}</small></span> }.into_any()
    } else {
        view! { <span class="record-who">{round}</span> }.into_any()
    };
    let voice = other_voice(&one);
    view! {
        <li>
            <button type="button" title=text.inspector.open on:click=act(open)>
                {who}
                <span class="record-words" lang="en">{prose(&one.question)}<small>{prose(&one.revised_answer)}</small></span>
                <span class="record-scores">{voice.map(|voice| voice_mark(page, voice))}{one.alignment().map(score).collect_view()}</span>
            </button>
        </li>
    }
    .into_any()
}

/// Whose words some of it are, where not all are the model's: a person's before a role's.
pub fn other_voice(one: &Interaction) -> Option<Voice> {
    let voices = [Voice::Person, Voice::Role];
    voices.into_iter().find(|voice| has_voice(one, *voice))
}

/// A voice in a word.
pub fn voice_mark(page: Page, voice: Voice) -> AnyView {
    let (name, words) = match voice {
        Voice::Model => ("model", page.opening().scene.voices[0]),
        Voice::Role => ("role", page.opening().scene.voices[1]),
        Voice::Person => ("person", page.opening().scene.voices[2]),
    };
    view! { <span class="voice" data-voice=name>{words}</span> }.into_any()
}

const VOICES: [Voice; 3] = [Voice::Model, Voice::Role, Voice::Person];

/// Scores by their places in the list of choices: any, harmful, neither, kind, each score, none.
fn scores(place: usize) -> Scores {
    match place {
        1 => Scores::between(1, 3),
        2 => Scores::between(4, 4),
        3 => Scores::between(5, 7),
        // The list has one entry for each score.
        4..=10 => Scores::between(place as u8 - 3, place as u8 - 3),
        11 => Scores::NONE,
        _ => Scores::ANY,
    }
}

/// A choice of the filter: one of a few things, or any.
fn pick(
    page: Page,
    id: &'static str,
    name: &'static str,
    options: Vec<String>,
    filter: RwSignal<Filter>,
    write: fn(&mut Filter, usize),
) -> AnyView {
    let any = page.text().inspector.any.to_owned();
    let option = |(place, words): (usize, String)| {
        view! { <option value=place.to_string()>{words}</option> }
    };
    let options = std::iter::once(any).chain(options);
    let options = options.enumerate().map(option).collect_view();
    let change = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            filter.update(|filter| write(filter, place));
        }
    };
    view! { <label class="field"><span>{name}</span><select id=id on:change=act(change)>{options}</select></label> }
        .into_any()
}

/// A switch of the filter.
fn only(
    id: &'static str,
    name: &'static str,
    filter: RwSignal<Filter>,
    write: fn(&mut Filter, bool),
) -> AnyView {
    let change = move |event| filter.update(|filter| write(filter, event_target_checked(&event)));
    view! { <label class="choice"><input type="checkbox" id=id on:change=act(change) /><span>{name}</span></label> }
        .into_any()
}

/// Everything but the words.
fn sieve(page: Page, filter: RwSignal<Filter>) -> AnyView {
    let text = page.text();
    let inspector = &text.inspector;
    let names = |names: &[&'static str]| names.iter().map(|name| (*name).to_owned()).collect();
    let rounds = Memo::new(move |_| {
        let config = |view: &crate::lab::RunView| view.config.as_ref().map(|c| c.society.rounds);
        page.view.with(config).unwrap_or(0)
    });
    let bands = || {
        let bands = inspector.bands.iter().map(|band| (*band).to_owned());
        let each = (1..=7).map(|score: u8| score.to_string());
        let none = std::iter::once(inspector.unscored.to_owned());
        bands.chain(each).chain(none).collect::<Vec<String>>()
    };
    let raised = names(&[text.scene.raised_well, text.scene.raised_badly]);
    let round = maybe(move || {
        let names = (1..=rounds.get()).map(|round| (text.scene.round)(u32::from(round)));
        Some(pick(
            page,
            "only-round",
            inspector.round,
            names.collect(),
            filter,
            |filter, place| filter.round = place.checked_sub(1).map(|round| round as u16),
        ))
    });
    view! {
        <div class="sieve-fields">
            {round}
            {pick(page, "only-raised", inspector.raised, raised, filter, |filter, place| {
                filter.label = [Label::Good, Label::Bad].get(place.wrapping_sub(1)).copied();
            })}
            {pick(page, "only-role", inspector.role, names(&inspector.roles), filter, |filter, place| {
                filter.role = Role::ALL.get(place.wrapping_sub(1)).copied();
            })}
            {pick(page, "only-voice", inspector.spoke, names(&page.opening().scene.voices), filter, |filter, place| {
                filter.voice = VOICES.get(place.wrapping_sub(1)).copied();
            })}
            {pick(page, "only-before", inspector.before, bands(), filter, |filter, place| filter.before = scores(place))}
            {pick(page, "only-after", inspector.after, bands(), filter, |filter, place| filter.after = scores(place))}
        </div>
        <div class="choices">
            {only("only-changed", inspector.changed, filter, |filter, on| filter.changed = on)}
            {only("only-unread", inspector.unread, filter, |filter, on| filter.unread = on)}
        </div>
    }
    .into_any()
}

#[component]
pub fn Record() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let (scene, inspector) = (&text.scene, &text.inspector);
    let typed = RwSignal::new(String::new());
    let filter = RwSignal::new(Filter::default());
    let cleared = RwSignal::new(0u32);
    let most = RwSignal::new(PORTION);
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
    let search = hunt(page, filter.into());
    let found = Memo::new(move |_| search.with(Search::count));
    let over = Memo::new(move |_| search.with(|search| search.is_over(count.get())));
    let wants = Memo::new(move |_| filter.with(|filter| *filter != Filter::default()));
    let typing = move |event| {
        typed.set(event_target_value(&event));
        let words = spelt(&typed.get_untracked());
        if filter.with_untracked(|filter| filter.words != words) {
            most.set(PORTION);
            filter.update(|filter| filter.words = words);
        }
    };
    let clear = move |_| {
        typed.set(String::new());
        most.set(PORTION);
        filter.set(Filter::default());
        cleared.update(|times| *times += 1);
    };
    let told = move || {
        let words = if wants.get() {
            (inspector.found)(found.get() as u32, count.get() as u32)
        } else {
            (scene.record_count)(count.get() as u32)
        };
        if over.get() {
            words
        } else {
            format!("{words} · {}", inspector.searching)
        }
    };
    let lines = move || search.with(|search| search.newest(most.get()));
    let rest = move || found.get().saturating_sub(most.get()).min(PORTION);
    view! {
        <div class="record">
            <div class="record-head">
                <h3>{scene.record}</h3>
                <span class="aside" id="record-found">{words(told)}</span>
                <span class="hidden" role="status">{words(move || if wants.get() && over.get() { told() } else { String::new() })}</span>
                <label>
                    <span class="hidden">{scene.search}</span>
                    <input type="search" id="record-search" placeholder=scene.search prop:value=value(move || typed.get()) on:input=act(typing) />
                </label>
            </div>
            <details class="sieve">
                <summary>{inspector.sieve}</summary>
                {maybe(move || { cleared.track(); Some(sieve(page, filter)) })}
            </details>
            {maybe(move || wants.get().then(|| view! { <button type="button" class="quiet" id="record-clear" on:click=act(clear)>{inspector.clear}</button> }.into_any()))}
            <div class="record-list" tabindex="0" role="region" aria-label=scene.record>
                {maybe(move || (count.get() == 0).then(|| view! { <p class="aside">{scene.record_empty}</p> }.into_any()))}
                {maybe(move || (count.get() > 0 && found.get() == 0 && over.get()).then(|| view! { <p class="aside">{scene.record_none}</p> }.into_any()))}
                <ol><For each=lines key=|index| *index let:index>{line(page, index, true)}</For></ol>
                {maybe(move || (rest() > 0).then(|| view! {
                    <button type="button" class="quiet" on:click=act(move |_| most.update(|most| *most += PORTION))>{(scene.record_more)(rest() as u32)}</button>
                }.into_any()))}
            </div>
        </div>
    }
    .into_any()
}
