//! The society in figures, folded away below its curve: for those who want to know exactly.
//!
//! The engine counts, and only while somebody looks: over the rounds that are over, or over those
//! that the replay has reached. One question is under way at a time, and the last one counts.

mod agreement;
mod curves;
mod scatter;
mod settled;
mod voices;

use super::live::{act, live, maybe, words};
use super::parts::{self, signed};
use super::state::Page;
use crate::lab::figures::SocietyFigures;
use crate::lab::replay;
use crate::lab::view::statistics::Measured;
use leptos::prelude::*;
use std::sync::Arc;

/// What is known of the society.
type Known = RwSignal<Option<Arc<SocietyFigures>>>;

/// The end of the wire to the engine.
#[derive(Clone, Copy)]
struct Counting {
    page: Page,
    /// Over how many rounds the page wants to know.
    wanted: Memo<u16>,
    known: Known,
    /// Why there is no answer.
    refused: RwSignal<String>,
    under_way: StoredValue<bool>,
}

impl Counting {
    fn new(page: Page) -> Self {
        let counting = Self {
            page,
            wanted: Memo::new(move |_| {
                let moment = page.moment.get();
                page.view.with(|view| replay::whole_rounds(view, moment))
            }),
            known: RwSignal::default(),
            refused: RwSignal::default(),
            under_way: StoredValue::new(false),
        };
        Effect::new(move || {
            if counting.wanted.get() == 0 {
                counting.known.set(None);
            } else {
                counting.ask();
            }
        });
        counting
    }

    fn ask(self) {
        let wanted = self.wanted.try_get_untracked().filter(|rounds| *rounds > 0);
        let (Some(rounds), Some(false)) = (wanted, self.under_way.try_get_value()) else {
            return;
        };
        self.under_way.set_value(true);
        self.page.count(rounds, move |answer| {
            // The panel may be gone by now, or another run begun.
            let Some(now) = self.wanted.try_get_untracked() else {
                return;
            };
            self.under_way.set_value(false);
            match answer {
                Ok(figures) if now > 0 => {
                    self.refused.set(String::new());
                    self.known.set(Some(Arc::from(figures)));
                }
                Ok(_) => {}
                Err(failure) => self.refused.set(failure.message),
            }
            if now != rounds {
                self.ask();
            }
        });
    }
}

/// A figure in words, and the ends of its interval.
type Say = fn(Page, Measured) -> [String; 2];

/// A share in per cent.
fn share(_: Page, found: Measured) -> [String; 2] {
    let ends = found.interval.map(|(low, high)| {
        let (low, high) = (100.0 * low, 100.0 * high);
        format!("{low:.0}\u{2013}{high:.0}%")
    });
    let value = format!("{:.0}%", 100.0 * found.value);
    [value, ends.unwrap_or_else(|| "?".to_owned())]
}

/// A change, with its sign.
fn change(page: Page, found: Measured) -> [String; 2] {
    let between = page.text().statistics.between;
    let ends = found
        .interval
        .map(|(low, high)| between(&signed(low), &signed(high)));
    [signed(found.value), ends.unwrap_or_else(|| "?".to_owned())]
}

fn inside(page: Page) -> AnyView {
    let text = page.text();
    let stats = &text.statistics;
    let counting = Counting::new(page);
    let (wanted, known) = (counting.wanted, counting.known);
    let over = move || {
        let rounds = u32::from(wanted.get());
        if rounds == 0 {
            return stats.empty.to_owned();
        }
        let over = if page.moment.get().is_some() {
            stats.then
        } else {
            stats.over
        };
        let lost = known.with(|known| known.as_ref().map_or(0, |known| known.lost));
        let lost = (lost > 0).then(|| (stats.lost)(lost));
        let told = [Some(over(rounds)), lost, Some(stats.intervals.to_owned())];
        let told: Vec<String> = told.into_iter().flatten().collect();
        told.join(stats.gap)
    };
    let refused = move || {
        let why = counting.refused.get();
        (!why.is_empty()).then(|| format!("{} {why}", text.inspector.no_answer))
    };
    let counted = Memo::new(move |_| known.with(Option::is_some));
    let sections = move || {
        if !counted.get() {
            return ().into_any();
        }
        let sections = vec![
            scatter::scatter(page, wanted, known),
            agreement::agreement(page, known),
            voices::voices(page, known),
            settled::settled(page, known),
        ];
        sections.into_any()
    };
    let any = Memo::new(move |_| wanted.get() > 0);
    let found = super::findings::button(page);
    let inside = vec![
        parts::named_line("statistics-over", "aside", words(over)),
        parts::line("fault", words(refused)),
        maybe(move || any.get().then(|| curves::curves(page, wanted))),
        live(sections),
        parts::line("", found),
    ];
    inside.into_any()
}

#[component]
pub fn Statistics() -> impl IntoView {
    let page = Page::here();
    let open = RwSignal::new(false);
    let toggle = move |event: leptos::ev::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    view! {
        <details class="more statistics" id="statistics" on:toggle=act(toggle)>
            <summary>{page.text().statistics.title}</summary>
            {maybe(move || open.get().then(|| inside(page)))}
        </details>
    }
    .into_any()
}
