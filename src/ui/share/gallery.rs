//! The gallery: every society to begin with, as a picture and a sentence, each a link of its own.

use super::{text, thumbnail};
use crate::lab::{Preset, share};
use crate::ui::icons;
use crate::ui::live::{act, maybe};
use crate::ui::state::Page;
use leptos::prelude::*;

/// What shapes and colours mean.
fn key(page: Page) -> AnyView {
    let opening = page.opening();
    let roles = &opening.canvas.roles;
    let keys = [
        ("disc", "raised-well", opening.scene.raised_well),
        ("diamond", "raised-badly", opening.scene.raised_badly),
        ("square", "role-2", roles[1]),
        ("triangle", "role-3", roles[2]),
    ];
    let key = |(shape, colour, name): (&str, &str, &'static str)| {
        view! { <li>{icons::shape(shape, colour)}{name}</li> }
    };
    view! { <ul class="society-key">{keys.map(key).collect_view()}</ul> }.into_any()
}

fn card(page: Page, preset: Preset, name: &'static str, line: &'static str) -> AnyView {
    let text = text(page);
    let config = preset.config();
    let people = u32::from(config.society.agents());
    let facts = (text.facts)(people, config.society.rounds.into());
    // Presets are in range and short, as the tests of links say.
    let link = share::encode(&config, None).unwrap_or_default();
    let choose = act(move |event: leptos::ev::MouseEvent| {
        // Another tab or window is the browser's affair.
        if event.ctrl_key() || event.meta_key() || event.shift_key() || event.button() != 0 {
            return;
        }
        event.prevent_default();
        page.begin_with(preset);
        page.sheets.gallery.set(false);
    });
    let is_here = Memo::new(move |_| page.preset.get() == preset);
    let current = move || is_here.get().then_some("true");
    view! {
        <li>
            <a class="society" href=link data-preset=preset.name() aria-current=current on:click=choose>
                <span class="society-picture" inner_html=thumbnail::picture(preset)></span>
                <span class="society-name">{name}</span>
                <span class="society-line">{line}</span>
                <span class="society-facts">{facts}{maybe(move || is_here.get().then(|| view! { <b>{text.on_page}</b> }.into_any()))}</span>
            </a>
        </li>
    }
    .into_any()
}

/// All of them.
pub fn gallery(page: Page) -> AnyView {
    let text = text(page);
    let settings = &page.text().settings;
    let named = settings.preset_names.into_iter().zip(settings.preset_lines);
    let cards = Preset::ALL.into_iter().zip(named);
    let cards: Vec<AnyView> = cards
        .map(|(preset, (name, line))| card(page, preset, name, line))
        .collect();
    view! {
        <h2 id="gallery-title">{text.gallery}</h2>
        <p class="aside">{text.gallery_lead}</p>
        {key(page)}
        <ul class="societies">{cards}</ul>
    }
    .into_any()
}
