//! What plays a scene: hold, one beat back and forth, its end, the scenes beside it, and its pace;
//! above it the scene as a row of beats.

use super::super::director::Item;
use super::super::icons;
use super::super::live::{act, flag, live, maybe, value, words};
use super::super::score::rated;
use super::super::state::Page;
use super::{Beat, Pace, Staged};
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Keys that work within the conversation. Up and down scroll it.
pub fn key(page: Page, event: &KeyboardEvent) {
    use wasm_bindgen::JsCast;
    let place = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    let chooses = place.is_some_and(|place| place.tag_name() == "SELECT");
    if chooses || event.ctrl_key() || event.alt_key() || event.meta_key() {
        return;
    }
    match event.key().as_str() {
        "ArrowRight" => page.step_beat(),
        "ArrowLeft" => page.beat_back(),
        "End" => page.end_scene(),
        _ => return,
    }
    event.prevent_default();
}

#[component]
pub fn Controls() -> impl IntoView {
    let page = Page::here();
    let text = &page.opening().theatre;
    let theatre = page.theatre;
    let (staged, head) = (theatre.staged, theatre.head);
    let none = Memo::new(move |_| staged.with(Option::is_none));
    let place = Memo::new(move |_| head.get().beat);
    let last = Memo::new(move |_| {
        staged.with(|staged| staged.as_ref().map_or(0, |staged| staged.timing.last()))
    });
    let at_end = move || none.get() || place.get() >= last.get();
    let at_begin = move || none.get() || place.get() == 0;
    // Held, running, or over: what the button does next.
    let name = Memo::new(move |_| match (theatre.rests.get(), head.get().playing) {
        (true, _) => text.again,
        (false, true) => text.hold,
        (false, false) => text.play,
    });
    let icon = move || {
        if name.get() == text.hold {
            icons::pause()
        } else {
            icons::run()
        }
    };
    let pace = Memo::new(move |_| {
        let none = none.get();
        theatre.pace.get().or((!none).then(|| head.get().pace))
    });
    let paces = Pace::ALL.into_iter().zip(text.paces).map(|(one, name)| {
        let is_on = move || pace.get().unwrap_or_default() == one;
        view! { <option value=(one as u8).to_string() prop:selected=flag(is_on)>{name}</option> }
    });
    let choose = move |event| {
        let chosen = event_target_value(&event).parse::<usize>();
        if let Some(pace) = chosen.ok().and_then(|place| Pace::ALL.get(place)) {
            page.set_pace(*pace);
        }
    };
    view! {
        <div class="playing" role="group" aria-label=text.controls>
            <div class="beats" aria-hidden="true">{live(move || row(page, staged.get().as_deref(), place))}</div>
            <div class="hands">
                <button type="button" class="plain" id="scene-before" aria-label=text.earlier_scene title=text.earlier_scene disabled=flag(move || page.neighbouring_scene(false).is_none()) on:click=act(move |_| page.next_scene(false))>{icons::left()}</button>
                <button type="button" class="plain" id="beat-back" aria-label=text.back title=text.back aria-keyshortcuts=";" disabled=flag(at_begin) on:click=act(move |_| page.beat_back())>{icons::step_back()}</button>
                <button type="button" id="play-scene" aria-label=value(move || name.get().to_owned()) title=value(move || name.get().to_owned()) aria-keyshortcuts="P" disabled=flag(move || none.get()) on:click=act(move |_| page.play_scene())>{live(icon)}</button>
                <button type="button" class="plain" id="beat-step" aria-label=text.step title=text.step aria-keyshortcuts="," disabled=flag(at_end) on:click=act(move |_| page.step_beat())>{icons::step()}</button>
                <button type="button" class="plain" id="scene-end" aria-label=text.end title=text.end disabled=flag(at_end) on:click=act(move |_| page.end_scene())>{icons::to_end()}</button>
                <button type="button" class="plain" id="scene-after" aria-label=text.later_scene title=text.later_scene disabled=flag(move || page.neighbouring_scene(true).is_none()) on:click=act(move |_| page.next_scene(true))>{icons::right()}</button>
                <label class="pace"><span class="hidden">{text.pace}</span><select id="pace" on:change=act(choose)>{paces.collect_view()}</select></label>
            </div>
            <p class="hidden" role="status">{words(move || theatre.told.get())}</p>
        </div>
    }
    .into_any()
}

/// Which scene of how many.
pub fn count(page: Page) -> Option<String> {
    let count = match page.theatre.recording.get() {
        Some(recording) => recording.scenes.len(),
        None => page.view.with(|view| view.interactions.len()),
    };
    let Some(Item::Done(index) | Item::Recorded(index)) = page.focus.get().item else {
        return None;
    };
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Some((page.opening().theatre.scene_of)(
        number(index + 1),
        number(count),
    ))
}

/// The scene as a row of beats: as wide as they last; once they were heard, the neighbours' filled as
/// high as they rated, and the verdict in its colour.
fn row(page: Page, staged: Option<&Staged>, place: Memo<usize>) -> AnyView {
    let Some(staged) = staged else {
        return ().into_any();
    };
    let heard = page.theatre.heard;
    let timing = &staged.timing;
    let beats = (0..timing.count()).map(|mine| {
        let rating = match timing.beat(mine) {
            Beat::Comment(number) => {
                let said = staged.script.comments.get(number);
                Some(said.and_then(|one| one.rating))
            }
            _ => None,
        };
        let score = match (timing.beat(mine), &staged.script.ending) {
            (Beat::Verdict, ending) => Some(ending.as_ref().and_then(|ending| ending.alignment[1])),
            _ => None,
        };
        let told = move || place.get() > mine || place.get() == mine && heard.get() > 0;
        let class = move || {
            let at = place.get();
            let stands = match at.cmp(&mine) {
                std::cmp::Ordering::Less => "beat-mark",
                std::cmp::Ordering::Equal => "beat-mark on",
                std::cmp::Ordering::Greater => "beat-mark over",
            };
            stands.to_owned()
        };
        let of = move |value: Option<Option<u8>>| value.filter(|_| told()).map(rated);
        // Widths in percent of the whole, in the style sheet's own arithmetic.
        let grow = format!("{:.0}", timing.lasts(mine, Pace::Reading) / 100.0);
        view! { <i class=value(class) data-score=move || of(score) data-rating=move || of(rating) style:flex-grow=grow></i> }.into_any()
    });
    let waits = maybe({
        let whole = timing.whole;
        move || (!whole).then(|| view! { <i class="beat-mark to-come"></i> }.into_any())
    });
    view! { {beats.collect_view()}{waits} }.into_any()
}
