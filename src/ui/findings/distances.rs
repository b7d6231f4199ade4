//! How far the nearest memory is when it helps and when it misleads, and the limit made of it.

use super::super::chart::figure::{Axis, Content, Figure, Lines, Series, Unit};
use super::super::chart::look;
use super::super::chart::view::chart;
use super::super::parts;
use super::super::state::Page;
use super::file::{Distances, Model};
use leptos::prelude::*;

/// The name in the page's language of a model's folder.
fn name(page: Page, folder: &str) -> String {
    let names = page.text().settings.model_names;
    let known = ["weak", "standard", "strong"]
        .iter()
        .position(|one| *one == folder);
    known.map_or_else(|| folder.to_owned(), |place| names[place].to_owned())
}

/// How often the nearest memory was so far, when it helped and when it misled.
fn figure(page: Page, model: &Model) -> Figure {
    let words = &page.text().findings;
    let line = |name: &str, look, counts: &[u32]| {
        let point = |(bin, count): (usize, &u32)| {
            // The middle of a bin.
            let at = (bin as f64 + 0.5) * f64::from(model.bin_width);
            (at, f64::from(*count))
        };
        Series::new(name, look, counts.iter().enumerate().map(point).collect())
    };
    let lines = Lines {
        series: vec![
            line(words.misleads, look::BESIDE, &model.misleads),
            line(words.helps, look::MAIN, &model.helps),
        ],
        begins: vec![f64::from(model.chosen.threshold)],
    };
    let bins = model.helps.len().max(model.misleads.len()).max(1);
    let end = bins as f64 * f64::from(model.bin_width);
    Figure::of(
        words.distances,
        190.0,
        Axis::of(words.distance, Unit::Fine).within(0.0, end),
        Axis::of("", Unit::Count),
        Content::Lines(lines),
    )
}

fn per_cent(share: f32) -> String {
    format!("{:.0}%", share * 100.0)
}

/// What the limits do, as markup; there are only numbers and the page's own words in it.
fn limits(page: Page, model: &Model) -> String {
    let words = &page.text().findings;
    let (chosen, published) = (&model.chosen, &model.published);
    let limit = format!("{:.3}", chosen.threshold);
    let line = (words.chosen)(
        &limit,
        &per_cent(chosen.precision),
        &per_cent(chosen.recall),
    );
    let other = (words.published)(
        &format!("{:.1}", published.threshold),
        &per_cent(published.recalled),
        &per_cent(published.precision),
    );
    format!("<p>{line}</p><p class=aside>{other}</p>")
}

pub fn distances(page: Page, found: &Distances) -> AnyView {
    let text = &page.text().findings;
    // Of the model that is chosen in the settings.
    let folder = page.draft.with_untracked(|draft| draft.model.folder());
    let own = found.models.iter().position(|one| one.model == folder);
    let chosen = RwSignal::new(own.unwrap_or(0));
    let names = found.models.iter().map(|one| name(page, &one.model));
    let options = parts::radios(
        "distances-of",
        text.model,
        names.collect(),
        chosen,
        ().into_any(),
    );
    let drawn: Vec<Figure> = found.models.iter().map(|one| figure(page, one)).collect();
    let drawn = Memo::new(move |_| drawn.get(chosen.get()).cloned().unwrap_or_default());
    let told: Vec<String> = found.models.iter().map(|one| limits(page, one)).collect();
    let told = move || told.get(chosen.get()).cloned().unwrap_or_default();
    let inside = vec![
        parts::line("aside", text.distances_hint),
        options,
        chart(page, "distances", drawn),
        parts::markup("", told),
    ];
    parts::section("findings-distances", text.distances, inside)
}
