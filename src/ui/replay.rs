//! The run as a strip below the stage: every answer a stripe, and any moment of it to be seen again.
//!
//! While a moment is looked at, the whole stage shows it: villagers, conversation, table. The run itself
//! goes on behind; nothing is computed again.

use super::director::{Focus, Item};
use super::icons;
use super::live::{act, flag, live, maybe, value, words};
use super::state::Page;
use crate::lab::config::What;
use crate::lab::view::Villager;
use crate::lab::{Phase, replay};
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;
use web_sys::KeyboardEvent;

/// Milliseconds an answer stays at the usual speed.
const STAY: u64 = 2000;
/// How fast it can go: quarters of the usual speed; none for at once.
const SPEEDS: [Option<u64>; 8] = [
    Some(1),
    Some(2),
    Some(4),
    Some(8),
    Some(16),
    Some(32),
    Some(64),
    None,
];
/// Most stripes of the strip.
const STRIPES: usize = 240;
/// Units along the strip.
const WIDE: usize = 12_000;
/// Units across the strip.
const HIGH: usize = 100;

impl Page {
    /// Turns to an interaction of the record and holds it; where a moment of the past is looked at,
    /// it becomes the moment after that interaction.
    pub fn turn_to(self, index: usize) {
        if self.moment.get_untracked().is_some() {
            self.rewind(index + 1);
        } else {
            self.focus.update(|focus| *focus = focus.hold(index));
            self.show_whole();
        }
    }

    /// Shows the moment when so many interactions were over; at the end of the record, what is now.
    pub fn rewind(self, position: usize) {
        let found = self.view.with_untracked(|view| {
            let past = position < view.interactions.len();
            past.then(|| {
                (
                    replay::villagers(view, position),
                    replay::current(view, position),
                )
            })
        });
        let Some((villagers, current)) = found else {
            self.back_to_now();
            return;
        };
        self.then.set(Some(Arc::new(villagers)));
        self.moment.set(Some(position));
        self.focus.update(|focus| {
            *focus = Focus {
                item: current.map(Item::Done),
                held: true,
                ..*focus
            };
        });
        self.show_whole();
    }

    /// Follows the play again.
    pub fn back_to_now(self) {
        if self.moment.get_untracked().is_none() {
            return;
        }
        self.moment.set(None);
        self.then.set(None);
        let count = self.view.with_untracked(|view| view.interactions.len());
        self.focus.set(Focus {
            item: count.checked_sub(1).map(Item::Done),
            held: false,
            shown: count,
        });
        self.show_whole();
    }

    /// Somebody as they are at the moment that is looked at.
    pub fn villager(self, place: usize) -> Option<Villager> {
        let then = self
            .then
            .with(|then| then.as_ref().map(|villagers| villagers.get(place).cloned()));
        then.unwrap_or_else(|| self.view.with(|view| view.villagers.get(place).cloned()))
    }
}

/// Stripes of the same score as one path, by score.
fn stripes(stretches: &[Option<u8>]) -> [String; 7] {
    let mut paths: [String; 7] = Default::default();
    let count = stretches.len().max(1);
    for (place, score) in stretches.iter().enumerate() {
        let path = score.and_then(|score| paths.get_mut(usize::from(score).checked_sub(1)?));
        if let Some(path) = path {
            let (left, right) = (place * WIDE / count, (place + 1) * WIDE / count);
            path.push_str(&format!("M{left} 0H{right}V{HIGH}H{left}z"));
        }
    }
    paths
}

/// Where on the strip a position lies.
fn along(position: usize, extent: usize) -> usize {
    position.min(extent) * WIDE / extent.max(1)
}

/// What the strip shows beside its stripes.
#[derive(Clone, Debug, Default, PartialEq)]
struct Marks {
    /// Beginnings of rounds.
    rounds: String,
    /// What happened.
    happened: String,
    /// What is to come.
    announced: String,
}

fn marks(page: Page) -> Marks {
    page.view.with(|view| {
        let extent = replay::extent(view);
        let mut marks = Marks::default();
        for begin in replay::rounds(view).into_iter().skip(1) {
            let at = along(begin, extent);
            marks.rounds.push_str(&format!("M{at} 0V{HIGH}"));
        }
        let diamond = |position: usize| {
            let at = along(position, extent).clamp(70, WIDE - 70);
            format!("M{at} 0l70 24l-70 24l-70-24z")
        };
        for (position, _) in &view.happened {
            marks.happened.push_str(&diamond(*position));
        }
        if let Some(config) = &view.config {
            let society = &config.society;
            let to_come = society.happenings.iter().filter(|one| {
                !matches!(one.what, What::Said { .. })
                    && !view.has_reached(one.round)
                    && view.phase() == Phase::Simulating
            });
            for happening in to_come {
                let position = usize::from(happening.round) * usize::from(society.agents());
                marks.announced.push_str(&diamond(position));
            }
        }
        marks
    })
}

/// The moment in words: position, round, who, and what happened just then.
fn moment_words(page: Page) -> String {
    let text = page.text();
    let (scene, reel) = (&text.scene, &text.replay);
    let moment = page.moment.get();
    page.view.with(|view| {
        let count = view.interactions.len();
        if count == 0 {
            return reel.nothing.to_owned();
        }
        let Some(position) = moment else {
            return format!("{} · {}", reel.now, (scene.record_count)(count as u32));
        };
        let mut parts = vec![(reel.at)(position as u32, count as u32)];
        match replay::current(view, position).and_then(|at| view.interactions.get(at)) {
            Some(one) => {
                parts.push((scene.round)(u32::from(one.iteration) + 1));
                parts.push((scene.person)(u32::from(one.agent_id)));
            }
            None => parts.push(scene.begin.to_owned()),
        }
        let then = view.happened.iter().filter(|(at, _)| *at == position);
        let told = |(words, said): (String, String)| words + &said;
        parts.extend(
            then.map(|(_, happening)| told(super::happenings::told(text, &happening.what))),
        );
        parts.join(" · ")
    })
}

#[component]
pub fn Replay() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let reel = &text.replay;
    let count = Memo::new(move |_| page.view.with(|view| view.interactions.len()));
    let extent = Memo::new(move |_| page.view.with(replay::extent));
    // The strip is made anew only when a whole stripe is known.
    let known = Memo::new(move |_| {
        let stripe = extent.get().div_ceil(STRIPES).max(1);
        (extent.get(), count.get() / stripe)
    });
    let strip = Memo::new(move |_| {
        // Read, not only tracked: a memo that nobody reads never learns what it depends on.
        known.get();
        page.view
            .with_untracked(|view| stripes(&replay::stretches(view, STRIPES)))
    });
    let marked = Memo::new(move |_| marks(page));
    let position = Memo::new(move |_| page.moment.get().unwrap_or(count.get()));
    let speed = RwSignal::new(2usize);
    // Forwards, backwards, or held.
    let playing = RwSignal::new(None::<bool>);
    let is_empty = Memo::new(move |_| count.get() == 0);

    let tick = move |forwards: bool| {
        let at = position.get_untracked();
        match (forwards, page.moment.get_untracked()) {
            (true, None) | (false, Some(0)) => playing.set(None),
            (true, Some(_)) => page.rewind(at + 1),
            (false, _) => page.rewind(at.saturating_sub(1)),
        }
        if forwards && page.moment.get_untracked().is_none() {
            playing.set(None);
        }
    };
    Effect::new(move || {
        let Some(forwards) = playing.get() else {
            return;
        };
        let Some(Some(quarters)) = SPEEDS.get(speed.get()).copied() else {
            page.rewind(if forwards { usize::MAX } else { 0 });
            playing.set(None);
            return;
        };
        let every = Duration::from_millis(STAY * 4 / quarters);
        if let Ok(clock) = set_interval_with_handle(move || tick(forwards), every) {
            on_cleanup(move || clock.clear());
        }
    });
    let play = move |forwards: bool| {
        let now = playing.get_untracked();
        if now == Some(forwards) {
            playing.set(None);
            return;
        }
        // From where one is, else from the beginning; backwards from the end.
        if now.is_none() && forwards && page.moment.get_untracked().is_none() {
            page.rewind(0);
        }
        playing.set(Some(forwards));
    };
    // Another run is another film.
    Effect::new(move || {
        if is_empty.get() {
            playing.set(None);
        }
    });
    let slide = move |event: leptos::ev::Event| {
        if let Ok(to) = event_target_value(&event).parse::<usize>() {
            playing.set(None);
            page.rewind(to);
        }
    };
    let turn = move |event: KeyboardEvent| {
        let forwards = match event.key().as_str() {
            "PageUp" => true,
            "PageDown" => false,
            _ => return,
        };
        event.prevent_default();
        playing.set(None);
        let at = position.get_untracked();
        let to = page
            .view
            .with_untracked(|view| replay::turn_round(view, at, forwards));
        page.rewind(to);
    };
    let speed_words = |quarters: &Option<u64>| match quarters {
        None => reel.at_once.to_owned(),
        Some(1) => "0.25\u{d7}".to_owned(),
        Some(2) => "0.5\u{d7}".to_owned(),
        Some(quarters) => format!("{}\u{d7}", quarters / 4),
    };
    let speeds = SPEEDS.iter().enumerate().map(|(place, quarters)| {
        view! { <option value=place.to_string() selected=flag(move || speed.get() == place)>{speed_words(quarters)}</option> }
    });
    let set_speed = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            speed.set(place);
        }
    };
    let button = move |id: &'static str, name: &'static str, forwards: bool| {
        let is_on = move || playing.get() == Some(forwards);
        let label = value(move || if is_on() { reel.pause } else { name }.to_owned());
        let title = value(move || if is_on() { reel.pause } else { name }.to_owned());
        let icon = move || match (is_on(), forwards) {
            (true, _) => icons::pause(),
            (false, true) => icons::run(),
            (false, false) => icons::run_back(),
        };
        view! {
            <button type="button" class="plain" id=id aria-label=label title=title disabled=flag(move || is_empty.get()) on:click=act(move |_| play(forwards))>{live(icon)}</button>
        }
        .into_any()
    };
    let path = move |place: usize| {
        let class = format!("stripe stripe-{}", place + 1);
        view! { <path class=class d=value(move || strip.with(|strip| strip[place].clone())) /> }
    };
    let view_box = format!("0 0 {WIDE} {HIGH}");
    view! {
        <section class="reel" aria-label=reel.title>
            {button("play-back", reel.play_back, false)}
            {button("play", reel.play, true)}
            <label class="speed-choice"><span class="hidden">{reel.speed}</span><select id="speed" disabled=flag(move || is_empty.get()) on:change=act(set_speed)>{speeds.collect_view()}</select></label>
            <div class="strip">
                <svg viewBox=view_box preserveAspectRatio="none" aria-hidden="true">
                    {(0..7).map(path).collect_view()}
                    <path class="round-mark" d=value(move || marked.with(|marks| marks.rounds.clone())) />
                    <path class="announced-mark" d=value(move || marked.with(|marks| marks.announced.clone())) />
                    <path class="happened-mark" d=value(move || marked.with(|marks| marks.happened.clone())) />
                </svg>
                <input id="moment" type="range" min="0" step="1" aria-label=reel.hint max=value(move || extent.get().max(1).to_string())
                    prop:value=value(move || { extent.track(); position.get().to_string() }) aria-valuetext=value(move || moment_words(page))
                    class=value(move || if page.moment.get().is_some() { "past" } else { "present" }.to_owned())
                    disabled=flag(move || is_empty.get()) on:input=act(slide) on:keydown=act(turn) />
            </div>
            <div class="moment-place">
                <p class="moment-words" title=value(move || moment_words(page))>{words(move || moment_words(page))}</p>
                {maybe(move || page.moment.get().is_some().then(|| view! {
                    <button type="button" class="quiet" id="now" on:click=act(move |_| { playing.set(None); page.back_to_now(); })>{reel.back_to_now}</button>
                }.into_any()))}
            </div>
        </section>
    }
    .into_any()
}
