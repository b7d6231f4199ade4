//! The society, drawn: the canvas, what its colours mean, and the same as a list.

use super::easel::Easel;
use super::legend::Legend;
use super::lessons::Place;
use super::live::{act, flag, maybe, value};
use super::memory;
use super::people::{Laid, PeopleList};
use super::state::{Chosen, Page};
use super::theme::System;
use crate::canvas::{Arrangement, Scene, card};
use crate::lab::card::Card;
use crate::lab::config::SocietyConfig;
use crate::lab::{RunConfig, RunView};
use leptos::html::Canvas;
use leptos::prelude::*;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, ResizeObserver};

/// The easel, once there is a canvas.
type Stand = StoredValue<Option<Rc<Easel>>, LocalStorage>;

/// What of a society decides where people stand: with the rest, every happening that is announced
/// would lay out everybody anew.
fn plan_of(society: &SocietyConfig) -> SocietyConfig {
    SocietyConfig {
        size: society.size,
        network: society.network.clone(),
        radius: society.radius,
        local: society.local,
        ..SocietyConfig::default()
    }
}

/// Where everybody stands: the society of the run, of a recording, or the one the settings ask for.
fn arranged(page: Page) -> Memo<Laid> {
    let recorded = Memo::new(move |_| {
        let recording = page.theatre.recording.get()?;
        let config = recording.view(0)?.config?;
        Some(plan_of(&config.society))
    });
    let plan = Memo::new(move |_| {
        if let Some(society) = recorded.get() {
            return (society, Vec::new());
        }
        page.view.with(|view| {
            let of = |config: &RunConfig| (plan_of(&config.society), Vec::new());
            match &view.config {
                Some(config) if !view.villagers.is_empty() => {
                    // A moment of the past had people elsewhere.
                    let then = page.then.get();
                    let villagers = then.as_deref().unwrap_or(&view.villagers);
                    let places = villagers
                        .iter()
                        .map(|villager| villager.agent.place)
                        .collect();
                    (plan_of(&config.society), places)
                }
                _ => page.draft.with(of),
            }
        })
    });
    Memo::new(move |_| {
        let (society, places) = plan.get();
        // Links come with the people and never change; they are many.
        let none = places.is_empty();
        Laid(Arc::new(page.view.with_untracked(|view| {
            let links = if none { &[][..] } else { &view.links };
            Arrangement::of(&society, links, &places)
        })))
    })
}

/// Does something with the easel, if there is one.
fn at(stand: Stand, what: impl FnOnce(&Rc<Easel>)) {
    if let Some(easel) = stand.try_get_value().flatten() {
        what(&easel);
    }
}

#[component]
pub fn Stage() -> impl IntoView {
    let page = Page::here();
    let text = page.opening();
    let canvas = NodeRef::<Canvas>::new();
    let stand: Stand = StoredValue::new_local(None);
    let (close, listed) = (RwSignal::new(false), RwSignal::new(false));
    let arrangement = arranged(page);

    // A graphics card may be lost at any time, also while nothing happens.
    let look = move || {
        at(stand, |easel| {
            if easel.is_broken() {
                easel.take(None);
                remove_lens();
            }
        });
    };
    if let Ok(clock) = set_interval_with_handle(look, Duration::from_millis(400)) {
        on_cleanup(move || clock.clear());
    }

    Effect::new(move || {
        let Some(element) = canvas.get() else {
            return;
        };
        let Some(made) = Easel::new(page, element.clone(), close) else {
            return;
        };
        made.read_colours();
        let fitted = Rc::downgrade(&made);
        let resized = Closure::<dyn Fn()>::new(move || {
            if let Some(easel) = fitted.upgrade() {
                easel.fit();
                easel.draw();
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let watching = StoredValue::new_local((observer, resized));
            on_cleanup(move || {
                watching.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
        made.take(None);
        look_through_lens(&element, &made);
        stand.set_value(Some(made));
    });
    Effect::new(move || {
        canvas.track();
        let chosen = match page.chosen.get() {
            Some(Chosen::Person(id)) => Some(id),
            _ => None,
        };
        let (laid, colouring) = (arrangement.get().0, page.colouring.get());
        let head = page.theatre.head.get();
        let spotlight = page.theatre.staged.with(|staged| {
            let staged = staged.as_ref()?;
            Some(head.spotlight(&staged.script, &staged.timing))
        });
        let seen = match (page.recorded_view(), page.then.get()) {
            (Some(recorded), _) => Scene::of(&recorded, laid, colouring, spotlight, None),
            // A moment of the past has its own villagers, and nobody is speaking.
            (None, Some(villagers)) => {
                let past = RunView {
                    config: page.view.with(|view| view.config.clone()),
                    villagers: (*villagers).clone(),
                    ..RunView::default()
                };
                Scene::of(&past, laid, colouring, spotlight, chosen)
            }
            (None, None) => page
                .view
                .with(|view| Scene::of(view, laid, colouring, spotlight, chosen)),
        };
        at(stand, |easel| easel.show(seen));
    });
    // Colours change with the theme, which reaches the style sheet a moment after the signal.
    let system = use_context::<System>();
    Effect::new(move || {
        page.theme.track();
        if let Some(system) = system {
            system.is_dark.track();
        }
        request_animation_frame(move || {
            at(stand, |easel| {
                easel.read_colours();
                easel.draw();
            });
        });
    });

    let looking: super::legend::Looking = [
        Box::new(move || at(stand, Easel::closer)),
        Box::new(move || at(stand, Easel::farther)),
        Box::new(move || at(stand, Easel::whole)),
    ];
    let recorded = Memo::new(move |_| page.theatre.recording.with(Option::is_some));
    // The first thing there is to do.
    let mark = move || {
        let run = act(move |_| page.start());
        let lesson = Place::Chapter(0).link();
        let made = view! {
            <div class="recorded-mark" id="recorded">
                <strong>{text.theatre.recorded_hint}</strong>
                <span class="recorded-ways">
                    <button type="button" class="quiet" id="run-your-own" on:click=run>{text.theatre.run_your_own}</button>
                    <a id="first-lesson" href=lesson>{text.theatre.first_lesson}</a>
                </span>
            </div>
        };
        recorded.get().then(|| made.into_any())
    };
    let label = move || {
        if recorded.get() {
            text.theatre.recorded_label.to_owned()
        } else {
            text.canvas.label.to_owned()
        }
    };
    view! {
        <section class="stage" aria-labelledby="stage-title">
            <h2 id="stage-title" class="hidden">{text.scene.society}</h2>
            <div class="plate" class:made-room=flag(move || page.theatre.made_room.get())>
                <canvas node_ref=canvas id="society" role="img" tabindex="0" aria-label=value(label) class:close=flag(move || close.get())
                    on:click=act(move |event| at(stand, |easel| easel.click(&event)))
                    on:dblclick=act(move |event| at(stand, |easel| easel.double_click(&event)))
                    on:pointerdown=act(move |event| at(stand, |easel| easel.press(&event)))
                    on:pointermove=act(move |event| at(stand, |easel| easel.slide(&event)))
                    on:pointerup=act(move |event| at(stand, |easel| easel.release(&event)))
                    on:pointercancel=act(move |event| at(stand, |easel| easel.release(&event)))
                    on:pointerleave=act(move |event| at(stand, |easel| easel.release(&event)))
                    on:wheel=act(move |event| at(stand, |easel| easel.wheel(&event)))
                    on:blur=act(move |_| at(stand, Easel::leave))
                    on:keydown=act(move |event| at(stand, |easel| easel.key(&event)))></canvas>
                {maybe(mark)}
            </div>
            <Legend looking close listed />
            <PeopleList arrangement listed />
        </section>
    }
    .into_any()
}

/// Lets a graphics card draw where there is one. `?canvas=wgpu` takes any WebGPU adapter, even one
/// that computes on the processor; `?canvas=2d` takes none.
fn look_through_lens(canvas: &HtmlCanvasElement, easel: &Rc<Easel>) {
    let wish = memory::parameter("canvas");
    if wish.as_deref() == Some("2d") {
        return;
    }
    let any = wish.as_deref() == Some("wgpu");
    let (beside, easel) = (canvas.clone(), Rc::downgrade(easel));
    leptos::task::spawn_local(async move {
        let card = card::look().await == Card::There;
        if !any && !card {
            return;
        }
        let made = document().create_element("canvas").ok();
        let Some(made) = made.and_then(|made| made.dyn_into::<HtmlCanvasElement>().ok()) else {
            return;
        };
        let Some(lens) = crate::canvas::LensRenderer::open(made.clone(), !card).await else {
            return;
        };
        let Some(easel) = easel.upgrade() else {
            return;
        };
        let _ = made.set_attribute("class", "lens");
        let _ = made.set_attribute("aria-hidden", "true");
        // Below the other canvas, which is empty from now on but hears pointers and keys.
        if beside.before_with_node_1(&made).is_ok() {
            easel.take(Some(Box::new(lens)));
        }
    });
}

/// Takes the graphics card's canvas away.
fn remove_lens() {
    if let Ok(Some(lens)) = document().query_selector(".lens") {
        lens.remove();
    }
}
