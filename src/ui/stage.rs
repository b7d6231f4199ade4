//! The society, drawn: the canvas, what its colours mean, and the same as a table.

use super::director::{Item, direct};
use super::live::{act, live, value, words};
use super::memory;
use super::state::{Chosen, Page};
use crate::canvas::{Layout, Letter, Moment, Palette, PlaneRenderer, Renderer, Scene, Spotlight};
use crate::lab::RunView;
use crate::lab::view::Label;
use leptos::html::Canvas;
use leptos::prelude::*;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlCanvasElement, KeyboardEvent, MouseEvent, ResizeObserver};

/// What keeps drawing.
struct Easel {
    canvas: HtmlCanvasElement,
    renderer: RefCell<Box<dyn Renderer>>,
    scene: RefCell<Scene>,
    palette: RefCell<Palette>,
    size: Cell<(f64, f64)>,
    frame_wanted: Cell<bool>,
    still: bool,
}

impl Easel {
    fn new(canvas: HtmlCanvasElement) -> Option<Rc<Self>> {
        let renderer = PlaneRenderer::new(canvas.clone())?;
        Some(Rc::new(Self {
            canvas,
            renderer: RefCell::new(Box::new(renderer)),
            scene: RefCell::default(),
            palette: RefCell::default(),
            size: Cell::new((1.0, 1.0)),
            frame_wanted: Cell::new(false),
            still: memory::wants_stillness(),
        }))
    }

    fn fit(&self) {
        let frame = self.canvas.get_bounding_client_rect();
        let density = web_sys::window().map_or(1.0, |window| window.device_pixel_ratio());
        self.size.set((frame.width(), frame.height()));
        self.renderer
            .borrow_mut()
            .resize(frame.width(), frame.height(), density);
    }

    fn read_colours(&self) {
        let style = web_sys::window()
            .and_then(|window| window.get_computed_style(&self.canvas).ok().flatten());
        let token = |name: &str| {
            let value = style
                .as_ref()
                .and_then(|style| style.get_property_value(name).ok());
            value.unwrap_or_default().trim().to_owned()
        };
        *self.palette.borrow_mut() = Palette::read(token);
    }

    /// Draws at the next frame, and goes on while something moves.
    fn draw(self: &Rc<Self>, page: Page) {
        if self.frame_wanted.replace(true) {
            return;
        }
        let easel = Rc::clone(self);
        request_animation_frame(move || {
            easel.frame_wanted.set(false);
            let since = page
                .focus
                .try_get_untracked()
                .map_or(0.0, |focus| focus.since);
            let moment = Moment {
                seconds: (memory::milliseconds() - since) / 1000.0,
                still: easel.still,
            };
            let moves = easel.renderer.borrow_mut().paint(
                &easel.scene.borrow(),
                &easel.palette.borrow(),
                moment,
            );
            if moves {
                easel.draw(page);
            }
        });
    }
}

/// Who is in the spotlight, and which letters are under way.
fn spotlight(view: &RunView, item: Option<Item>) -> Option<Spotlight> {
    match item? {
        Item::Draft(agent) => {
            let scene = view.stage.iter().find(|scene| scene.agent == agent)?;
            let letters = scene.comments.iter().map(|(from, rating, _)| Letter {
                from: *from,
                rating: *rating,
            });
            Some(Spotlight {
                author: agent,
                letters: letters.collect(),
            })
        }
        Item::Done(index) => {
            let one = view.interactions.get(index)?;
            let letters = one
                .target_id
                .iter()
                .zip(&one.rating)
                .map(|(from, rating)| Letter {
                    from: *from,
                    rating: *rating,
                });
            Some(Spotlight {
                author: one.agent_id,
                letters: letters.collect(),
            })
        }
    }
}

#[component]
pub fn Stage() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let scene = &text.scene;
    let canvas = NodeRef::<Canvas>::new();
    let easel: StoredValue<Option<Rc<Easel>>, LocalStorage> = StoredValue::new_local(None);
    let side = Memo::new(move |_| page.draft.with(|draft| draft.society.size));

    // The director looks at every change, and now and then by himself.
    let turn = move || {
        let now = memory::milliseconds();
        let next = page
            .view
            .with_untracked(|view| direct(view, page.focus.get_untracked(), now));
        if next != page.focus.get_untracked() {
            page.focus.set(next);
        }
    };
    Effect::new(move || {
        page.view.track();
        turn();
    });
    if let Ok(clock) = set_interval_with_handle(turn, Duration::from_millis(400)) {
        on_cleanup(move || clock.clear());
    }

    Effect::new(move || {
        let Some(element) = canvas.get() else {
            return;
        };
        let Some(made) = Easel::new(element.clone()) else {
            return;
        };
        made.read_colours();
        let fitted = Rc::downgrade(&made);
        let resized = Closure::<dyn Fn()>::new(move || {
            if let Some(easel) = fitted.upgrade() {
                easel.fit();
                easel.draw(page);
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let watching = StoredValue::new_local((observer, resized));
            on_cleanup(move || {
                watching.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
        made.fit();
        easel.set_value(Some(made));
    });
    Effect::new(move || {
        canvas.track();
        let (item, chosen) = (page.focus.get().item, page.chosen.get());
        let chosen = match chosen {
            Some(Chosen::Person(id)) => Some(id),
            _ => None,
        };
        let seen = page.view.with(|view| {
            let spotlight = spotlight(view, item);
            page.then.with(|then| match then {
                // A moment of the past has its own seats, and nobody is speaking.
                Some(seats) => {
                    let past = RunView {
                        seats: (**seats).clone(),
                        ..RunView::default()
                    };
                    Scene::of(&past, side.get(), spotlight, chosen)
                }
                None => Scene::of(view, side.get(), spotlight, chosen),
            })
        });
        if let Some(easel) = easel.get_value() {
            *easel.scene.borrow_mut() = seen;
            easel.draw(page);
        }
    });
    // Colours change with the theme, which reaches the style sheet a moment after the signal.
    let repaint = move || {
        request_animation_frame(move || {
            if let Some(easel) = easel.try_get_value().flatten() {
                easel.read_colours();
                easel.draw(page);
            }
        });
    };
    Effect::new(move || {
        page.theme.track();
        repaint();
    });
    watch_system_theme(repaint);

    let pick = move |event: MouseEvent| {
        let Some(easel) = easel.get_value() else {
            return;
        };
        let (width, height) = easel.size.get();
        let seen = easel.scene.borrow();
        let layout = Layout::fit(width, height, seen.side);
        let found = layout.pick(f64::from(event.offset_x()), f64::from(event.offset_y()));
        let person = found
            .and_then(|(row, column)| seen.at(row, column))
            .filter(|person| person.label.is_some());
        let chosen = person.map(|person| Chosen::Person(person.id));
        drop(seen);
        page.chosen.set(chosen);
    };
    view! {
        <section class="stage" aria-labelledby="stage-title">
            <h2 id="stage-title" class="hidden">{scene.society}</h2>
            <div class="plate">
                <canvas node_ref=canvas id="society" role="img" aria-label=scene.canvas_label on:click=act(pick)></canvas>
            </div>
            <div class="legend">
                <span class="legend-scale">
                    <span>{scene.legend_low}</span>
                    <span class="swatches" aria-hidden="true">{(1..=7u8).map(|score| view! { <i data-score=score.to_string()></i> }).collect_view()}</span>
                    <span>{scene.legend_high}</span>
                </span>
                <span class="legend-note">{scene.legend_pale}</span>
            </div>
            <PeopleTable />
        </section>
    }
    .into_any()
}

fn watch_system_theme(repaint: impl Fn() + 'static) {
    let query = |window: web_sys::Window| {
        window
            .match_media("(prefers-color-scheme: dark)")
            .ok()
            .flatten()
    };
    let Some(list) = web_sys::window().and_then(query) else {
        return;
    };
    let changed = Closure::<dyn Fn()>::new(repaint);
    list.set_onchange(Some(changed.as_ref().unchecked_ref()));
    let kept = StoredValue::new_local((list, changed));
    on_cleanup(move || {
        kept.try_with_value(|(list, _)| list.set_onchange(None));
    });
}

/// The canvas in words, for keyboards and screen readers; it shows itself when it is reached.
#[component]
fn PeopleTable() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let scene = &text.scene;
    let people = Memo::new(move |_| page.view.with(|view| view.seats.len()));
    // One stop for the keyboard; arrows go on from there.
    let current = RwSignal::new(0usize);
    let row = move |place: usize| {
        let seat = Memo::new(move |_| page.seat(place));
        let number = move |score: Option<u8>| {
            score.map_or_else(|| scene.not_yet.to_owned(), |score| score.to_string())
        };
        let label = move || {
            seat.with(|seat| {
                seat.as_ref().map(|seat| {
                    if seat.agent.label == Label::Good {
                        scene.raised_well
                    } else {
                        scene.raised_badly
                    }
                })
            })
        };
        let id = seat.with_untracked(|seat| seat.as_ref().map_or(0, |seat| seat.agent.id));
        view! {
            <tr>
                <th scope="row">
                    <button type="button" class="plain" id=format!("person-{place}") tabindex=value(move || if current.get() == place { "0" } else { "-1" }.to_owned())
                        on:focus=act(move |_| current.set(place)) on:click=act(move |_| page.chosen.set(Some(Chosen::Person(id))))>{(scene.person)(u32::from(id))}</button>
                </th>
                <td>{words(label)}</td>
                <td>{words(move || number(seat.with(|seat| seat.as_ref().and_then(|seat| seat.alignment))))}</td>
                <td>{words(move || number(seat.with(|seat| seat.as_ref().and_then(|seat| seat.engagement))))}</td>
            </tr>
        }
        .into_any()
    };
    let walk = move |event: KeyboardEvent| {
        let last = people.get_untracked().saturating_sub(1);
        let at = current.get_untracked();
        let next = match event.key().as_str() {
            "ArrowDown" | "ArrowRight" => at + 1,
            "ArrowUp" | "ArrowLeft" => at.saturating_sub(1),
            "Home" => 0,
            "End" => last,
            _ => return,
        };
        event.prevent_default();
        current.set(next.min(last));
        super::app::focus(&format!("person-{}", next.min(last)));
    };
    Effect::new(move || {
        people.track();
        current.set(0);
    });
    view! {
        <div class="mirror">
            <table>
                <caption>{scene.table_caption}</caption>
                <thead><tr><td></td><th scope="col">{scene.raised}</th><th scope="col">{scene.alignment}</th><th scope="col">{scene.engagement}</th></tr></thead>
                <tbody on:keydown=act(walk)>{live(move || (0..people.get()).map(row).collect_view().into_any())}</tbody>
            </table>
        </div>
    }
    .into_any()
}
