//! A chart on the page: drawn as wide as its place, read by hand or by keys, saved, and told as a table.

use super::drawing::{Drawing, Stop};
use super::figure::Figure;
use super::reading::{Key, Reading, nearest, read, stops, turn};
use super::save::{KINDS, save};
use super::sheet::{self, Heads};
use super::{layout, svg};
use crate::ui::live::{act, flag, maybe, value, words};
use crate::ui::parts::{self, escaped};
use crate::ui::state::Page;
use crate::ui::text::ChartText;
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering};
use wasm_bindgen::prelude::*;
use web_sys::{KeyboardEvent, PointerEvent, ResizeObserver};

/// Narrower, nothing can be drawn.
const LEAST: f64 = 60.0;
/// Before its place is measured, a chart is as high as it is at this width.
const USUAL: f64 = 320.0;
/// Lines of a table in the page; files have all.
const MOST_LINES: usize = 500;

/// Keeps a signal at the width of an element.
fn measure(place: NodeRef<Div>, width: RwSignal<f64>) {
    Effect::new(move || {
        let Some(element) = place.get() else {
            return;
        };
        width.set(element.get_bounding_client_rect().width());
        let measured = element.clone();
        let resized = Closure::<dyn Fn()>::new(move || {
            let now = measured.get_bounding_client_rect().width();
            if (now - width.get_untracked()).abs() > 0.5 {
                width.set(now);
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&element);
            let kept = StoredValue::new_local((observer, resized));
            on_cleanup(move || {
                kept.try_with_value(|(observer, _)| observer.disconnect());
            });
        }
    });
}

/// A chart in use: what it shows, how it is drawn now, and where it is read.
#[derive(Clone, Copy)]
struct Chart {
    figure: Memo<Figure>,
    drawn: Memo<Drawing>,
    /// What can be read; found when somebody reads.
    stops: Memo<Vec<Stop>>,
    width: RwSignal<f64>,
    cursor: RwSignal<Option<usize>>,
}

impl Chart {
    fn new(figure: Memo<Figure>) -> Self {
        let width = RwSignal::new(0.0f64);
        // A drawing is made when its figure or its width has changed: it differs then.
        let drawn = Memo::new_with_compare(
            move |_| {
                let room = width.get();
                figure.with(|figure| {
                    if room < LEAST {
                        Drawing {
                            height: layout::height(figure, layout::used(figure, USUAL)),
                            ..Drawing::default()
                        }
                    } else {
                        layout::draw(figure, layout::used(figure, room))
                    }
                })
            },
            |_, _| true,
        );
        let stops = move |_: Option<&Vec<Stop>>| {
            drawn.with(|drawn| figure.with(|figure| stops(figure, drawn)))
        };
        Self {
            figure,
            drawn,
            stops: Memo::new_with_compare(stops, |_, _| true),
            width,
            cursor: RwSignal::new(None),
        }
    }

    fn reading(self) -> Option<Reading> {
        let at = self.cursor.get()?;
        let stop = self.stops.with(|stops| stops.get(at).copied())?;
        self.drawn
            .with(|drawn| self.figure.with(|figure| read(figure, drawn, &stop)))
    }

    fn press(self, event: &KeyboardEvent) {
        if event.ctrl_key() || event.alt_key() || event.meta_key() {
            return;
        }
        let from = self.cursor.get_untracked();
        if event.key() == "Escape" && from.is_some() {
            // Lets go of the chart; the sheet that it lies on stays open.
            event.prevent_default();
            event.stop_propagation();
            self.cursor.set(None);
            return;
        }
        let Some(key) = Key::of(&event.key()) else {
            return;
        };
        event.prevent_default();
        event.stop_propagation();
        let to = self.stops.with_untracked(|stops| {
            self.figure
                .with_untracked(|figure| turn(figure, stops, from, key))
        });
        self.cursor.set(to);
    }

    fn point(self, place: NodeRef<Div>, event: &PointerEvent) {
        let Some(element) = place.get_untracked() else {
            return;
        };
        let edges = element.get_bounding_client_rect();
        let at = (
            f64::from(event.client_x()) - edges.left(),
            f64::from(event.client_y()) - edges.top(),
        );
        let nearest = self
            .drawn
            .with_untracked(|drawn| self.stops.with_untracked(|stops| nearest(drawn, stops, at)));
        if nearest != self.cursor.get_untracked() {
            self.cursor.set(nearest);
        }
    }
}

/// The words of a reading as markup: where, and a line for each value.
fn told(reading: &Reading) -> String {
    let line = |(look, name, value): &(Option<super::look::Look>, String, String)| {
        let sample = look.map(|look| svg::sample(super::figure::Sample::Line, look));
        let name = if name.is_empty() {
            String::new()
        } else {
            format!("{} ", escaped(name))
        };
        format!(
            "<span>{}{name}<b>{}</b></span>",
            sample.unwrap_or_default(),
            escaped(value)
        )
    };
    let lines: Vec<String> = reading.values.iter().map(line).collect();
    format!(
        "<strong>{}</strong> {}",
        escaped(&reading.head),
        lines.join(" ")
    )
}

/// What tells looks apart, as markup; empty where nothing is to be told apart.
fn key(figure: &Figure) -> String {
    let one = |(sample, look, name): &(super::figure::Sample, super::look::Look, String)| {
        format!("<li>{}{}</li>", svg::sample(*sample, *look), escaped(name))
    };
    let keys: String = figure.keys().iter().map(one).collect();
    if keys.is_empty() {
        keys
    } else {
        format!("<ul class='keys-line'>{keys}</ul>")
    }
}

fn heads(text: &ChartText) -> Heads {
    Heads {
        panel: text.panel,
        place: text.place,
        name: text.name,
        kind: text.kind,
        ends: text.ends,
    }
}

/// The files of a chart, and its values as a table.
fn taken(page: Page, id: &'static str, figure: Memo<Figure>) -> AnyView {
    let text = &page.text().charts;
    let refused = RwSignal::new(false);
    let button = |(kind, name): (usize, &'static str)| {
        let hand_out = move |_| {
            let about = figure.with_untracked(|figure| (text.about)(figure.count() as u32));
            // The chart may be gone by the time the browser has answered.
            let told = move |took: bool| {
                refused.try_set(!took);
            };
            figure.with_untracked(|figure| save(kind, id, figure, &about, heads(text), told));
        };
        let label = (text.save_as)(name);
        view! { <button type="button" data-file=name aria-label=label on:click=act(hand_out)>{name}</button> }
            .into_any()
    };
    let buttons: Vec<AnyView> = KINDS.into_iter().enumerate().map(button).collect();
    let caption = move || figure.with(|figure| (text.table_of)(&figure.title));
    let table = move || {
        let caption = caption();
        figure.with(|figure| {
            let (table, all) = sheet::table(figure, heads(text), &caption, MOST_LINES);
            let cut = (all > MOST_LINES).then(|| {
                let line = (text.cut)(MOST_LINES as u32, all as u32);
                format!("<p class='aside'>{line}</p>")
            });
            format!("{}{table}", cut.unwrap_or_default())
        })
    };
    let refusal = words(move || refused.get().then_some(text.refused));
    view! {
        <div class="takes">{buttons}</div>
        <p class="fault" role="alert">{refusal}</p>
        <div class="table-frame chart-values" tabindex="0" role="region" aria-label=value(caption)>{parts::markup("", table)}</div>
    }
    .into_any()
}

/// The fold below a chart; what is in it is made when somebody looks. It keeps its place while there
/// is nothing to take.
fn more(page: Page, id: &'static str, chart: Chart) -> AnyView {
    let figure = chart.figure;
    let idle = flag(move || figure.with(Figure::is_empty));
    // For ears: which chart it is.
    let title = move || figure.with(|figure| format!(": {}", figure.title));
    let open = RwSignal::new(false);
    let toggle = move |event: leptos::ev::Event| {
        open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    };
    view! {
        <details class="chart-more" class:idle=idle on:toggle=act(toggle)>
            <summary>{page.text().charts.more}<span class="hidden">{words(title)}</span></summary>
            {maybe(move || open.get().then(|| taken(page, id, figure)))}
        </details>
    }
    .into_any()
}

/// Puts a chart on the page. `id` names its files, and finds it in tests.
///
/// It is one stop of the Tab key. Its role is `application`, not `img`: the arrow keys have to reach it
/// also where a screen reader would take them to walk through the page, as they do in any widget that
/// has places of its own. What they find is an `output`, which is read out; and the same values stand in
/// a table in the fold below, for those who would rather walk through them there.
pub fn chart(page: Page, id: &'static str, figure: Memo<Figure>) -> AnyView {
    /// Charts are told apart by number: the same one may be on the page twice.
    static MADE: AtomicU32 = AtomicU32::new(0);
    let text = &page.text().charts;
    let how = format!("chart-{}", MADE.fetch_add(1, Ordering::Relaxed));
    let place = NodeRef::<Div>::new();
    let chart = Chart::new(figure);
    measure(place, chart.width);
    let reading = Memo::new(move |_| chart.reading());
    let drawing = move || {
        chart
            .drawn
            .with(|drawn| svg::inside(&drawn.parts, &svg::named))
    };
    let pixels = |value: f64| format!("{value:.1}px");
    let size = move |of: fn(&Drawing) -> f64| value(move || pixels(chart.drawn.with(of)));
    let cursor = move || {
        reading.with(|reading| {
            reading.as_ref().map_or_else(String::new, |reading| {
                svg::inside(&reading.parts, &svg::named)
            })
        })
    };
    let said = move || reading.with(|reading| reading.as_ref().map_or_else(String::new, told));
    let at = move |of: fn(&Reading) -> f64| {
        value(move || pixels(reading.with(|reading| reading.as_ref().map_or(0.0, of))))
    };
    // The words stand on the side that has more room.
    let before = flag(move || {
        let middle = chart.drawn.with(|drawn| drawn.width / 2.0);
        reading.with(|reading| {
            reading
                .as_ref()
                .is_some_and(|reading| reading.at.0 > middle)
        })
    });
    let point = move |event: PointerEvent| chart.point(place, &event);
    let leave = move |event: PointerEvent| {
        // A finger that is lifted has not changed its mind.
        if event.pointer_type() != "touch" {
            chart.cursor.set(None);
        }
    };
    let name = value(move || figure.with(|figure| figure.title.clone()));
    view! {
        <div class="chart" data-chart=id>
            <div
                class="chart-place" node_ref=place tabindex="0" role="application"
                aria-roledescription=text.chart aria-label=name aria-describedby=how.clone()
                on:keydown=act(move |event: KeyboardEvent| chart.press(&event))
                on:pointermove=act(point) on:pointerdown=act(point) on:pointerleave=act(leave)
                on:blur=act(move |_| chart.cursor.set(None))
            >
                <svg class="chart-drawing" style:height=size(|drawn| drawn.height) aria-hidden="true" focusable="false" inner_html=value(drawing)></svg>
                <svg class="chart-cursor" aria-hidden="true" focusable="false" inner_html=value(cursor)></svg>
                <output class="chart-tip" class:before=before style:left=at(|reading| reading.at.0) style:top=at(|reading| reading.at.1) inner_html=value(said)></output>
            </div>
            <span class="hidden" id=how>{text.how}</span>
            {parts::markup("", move || figure.with(key))}
            {more(page, id, chart)}
        </div>
    }
    .into_any()
}
