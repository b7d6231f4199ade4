//! What the colours of the society mean, and the ways to look closer.

use super::icons;
use super::live::{act, flag, live};
use super::state::Page;
use super::term::{Term, mark};
use crate::canvas::Colouring;
use crate::canvas::palette::GROUPS;
use leptos::prelude::*;

/// The ways to look closer: closer, farther, everybody.
pub type Looking = [Box<dyn FnMut()>; 3];

#[component]
pub fn Legend(looking: Looking, close: RwSignal<bool>, listed: RwSignal<bool>) -> impl IntoView {
    let page = Page::here();
    let text = &page.opening().canvas;
    let options = Colouring::ALL
        .into_iter()
        .zip(text.colourings)
        .map(|(colouring, name)| {
            let chosen = page.colouring.get_untracked() == colouring;
            view! { <option value=colouring.name() selected=chosen>{name}</option> }
        });
    let choose = move |event| {
        if let Some(colouring) = Colouring::of_name(&event_target_value(&event)) {
            page.colouring.set(colouring);
        }
    };
    let [mut closer, mut farther, mut whole] = looking;
    view! {
        <div class="legend">
            <label class="colour-by">
                <span>{text.colour_by}</span>
                <select id="colouring" on:change=act(choose)>{options.collect_view()}</select>
            </label>
            {live(move || asks(page, page.colouring.get()))}
            <div class="keys-of-colours">{live(move || keys(page, page.colouring.get()))}</div>
            <div class="looking" role="group" aria-label=text.looking>
                <button type="button" class="plain" id="list" aria-controls="people" aria-expanded=super::live::value(move || listed.get().to_string()) on:click=act(move |_| listed.update(|listed| *listed = !*listed))>{icons::list()}<span class="hidden">{text.list}</span></button>
                <button type="button" class="plain" id="farther" title=text.farther disabled=flag(move || !close.get()) on:click=act(move |_| farther())>{icons::minus()}<span class="hidden">{text.farther}</span></button>
                <button type="button" class="plain" id="closer" title=text.closer on:click=act(move |_| closer())>{icons::plus()}<span class="hidden">{text.closer}</span></button>
                <button type="button" class="plain" id="whole" title=text.fit disabled=flag(move || !close.get()) on:click=act(move |_| whole())>{icons::whole()}<span class="hidden">{text.fit}</span></button>
            </div>
        </div>
    }
    .into_any()
}

/// The way to the word that the colours stand for; groups of like minds explain themselves.
fn asks(page: Page, colouring: Colouring) -> AnyView {
    let about = match colouring {
        Colouring::Alignment => Term::Alignment,
        Colouring::Engagement => Term::Engagement,
        Colouring::Label => Term::Upbringing,
        Colouring::Role => Term::Role,
        Colouring::Cluster => return ().into_any(),
    };
    let text = page.opening();
    let named = Colouring::ALL.into_iter().zip(text.canvas.colourings);
    let name = named.into_iter().find(|(one, _)| *one == colouring);
    mark(about, (text.frame.asks)(name.map_or("", |(_, name)| name)))
}

/// What each colour means.
fn keys(page: Page, colouring: Colouring) -> AnyView {
    let (text, scene) = (&page.opening().canvas, &page.opening().scene);
    // How somebody was raised shows below everybody, whatever the colours say.
    let raised = || {
        view! { <span class="legend-note key">{icons::dashed_ring()}{scene.raised_badly}</span> }
            .into_any()
    };
    let scale = |ends: (&'static str, &'static str), name: &'static str, note: &'static str| {
        view! {
            <span class="legend-scale">
                <span>{ends.0}</span>
                <span class=["swatches ", name].concat() aria-hidden="true">{(1..=7u8).map(|score| view! { <i data-score=score.to_string()></i> }).collect_view()}</span>
                <span>{ends.1}</span>
            </span>
            <span class="legend-note">{note}</span>
            {raised()}
        }
        .into_any()
    };
    let key = |shape: AnyView, name: &'static str| {
        view! { <span class="key">{shape}{name}</span> }.into_any()
    };
    match colouring {
        Colouring::Alignment => scale(text.scales[0], "by-alignment", text.fainter),
        Colouring::Engagement => scale(text.scales[1], "by-engagement", text.silent),
        Colouring::Label => [
            key(icons::shape("disc", "raised-well"), scene.raised_well),
            key(icons::shape("diamond", "raised-badly"), scene.raised_badly),
        ]
        .collect_view()
        .into_any(),
        Colouring::Cluster => view! {
            <span class="legend-scale">
                <span>{text.largest}</span>
                <span class="swatches groups" aria-hidden="true">{(1..=GROUPS).map(|group| view! { <i data-group=group.to_string()></i> }).collect_view()}</span>
                <span>{text.smaller}</span>
            </span>
            <span class="legend-note">{text.alone}</span>
            {raised()}
        }
        .into_any(),
        Colouring::Role => {
            let shapes = ["disc", "square", "triangle", "hexagon", "diamond"];
            (1..)
                .zip(shapes)
                .zip(text.roles)
                .map(|((number, shape), name)| {
                    key(icons::shape(shape, &format!("role-{number}")), name)
                })
                .collect_view()
                .into_any()
        }
    }
}
