//! How far the nearest memory is when it helps and when it misleads, and the limit made of it.

use super::super::parts;
use super::super::state::Page;
use super::file::{Distances, Model};
use leptos::prelude::*;

/// The drawing's own units.
const WIDE: f32 = 400.0;
const HIGH: f32 = 150.0;
const MIDDLE: f32 = 70.0;
const ARM: f32 = 64.0;

/// The name in the page's language of a model's folder.
fn name(page: Page, folder: &str) -> String {
    let names = page.text().settings.model_names;
    let known = ["weak", "standard", "strong"]
        .iter()
        .position(|one| *one == folder);
    known.map_or_else(|| folder.to_owned(), |place| names[place].to_owned())
}

/// Bars from the middle, up or down, as one path.
fn bars(counts: &[u32], bins: usize, unit: f32, up: bool) -> String {
    let wide = WIDE / bins.max(1) as f32;
    let mut path = String::new();
    for (place, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let (left, right) = (place as f32 * wide + 0.5, (place as f32 + 1.0) * wide - 0.5);
        let arm = *count as f32 * unit;
        let end = if up { MIDDLE - arm } else { MIDDLE + arm };
        path.push_str(&format!(
            "M{left:.1} {MIDDLE}V{end:.1}H{right:.1}V{MIDDLE}z"
        ));
    }
    path
}

/// The drawing as SVG; there are only numbers in it.
fn draw(model: &Model) -> String {
    let bins = model.helps.len().max(model.misleads.len()).max(1);
    let most = model.helps.iter().chain(&model.misleads).max();
    let unit = ARM / most.copied().unwrap_or(1).max(1) as f32;
    let end = model.bin_width * bins as f32;
    let at = |distance: f32| (distance / end).clamp(0.0, 1.0) * WIDE;
    let mut svg = format!(
        "<path class='bar trained' d='{}'/><path class='bar base' d='{}'/><path class=grid d='M0 {MIDDLE}H{WIDE}'/><path class=limit d='M{:.1} 2V134'/>",
        bars(&model.helps, bins, unit, true),
        bars(&model.misleads, bins, unit, false),
        at(model.chosen.threshold)
    );
    for (quarter, anchor) in ["start", "middle", "middle", "middle", "end"]
        .into_iter()
        .enumerate()
    {
        let distance = end * quarter as f32 / 4.0;
        // The last bar holds everything farther too.
        let more = if quarter == 4 { "+" } else { "" };
        svg.push_str(&format!(
            "<text x={:.1} y=148 text-anchor={anchor}>{distance:.2}{more}</text>",
            at(distance)
        ));
    }
    svg
}

fn per_cent(share: f32) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Everything about a model, as markup; there are only numbers and the page's own words in it.
fn shown(page: Page, model: &Model) -> String {
    let text = page.text();
    let words = &text.findings;
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
    let bins = model.helps.iter().zip(&model.misleads).enumerate();
    let lines = bins.map(|(place, (helps, misleads))| {
        let from = place as f32 * model.bin_width;
        // The last one holds everything farther too.
        let to = if place + 1 < model.helps.len() {
            format!("{:.3}", from + model.bin_width)
        } else {
            String::new()
        };
        let bin = format!("{from:.3}\u{2013}{to}");
        vec![bin, helps.to_string(), misleads.to_string()]
    });
    let lines: Vec<Vec<String>> = lines.collect();
    let columns = [words.helps, words.misleads].map(str::to_owned);
    let caption = (text.figures.table_of)(words.distances);
    let key = |class: &str, name: &str| {
        format!(
            "<li><svg width=14 height=12 aria-hidden=true><rect class='bar {class}' x=1 y=1 width=12 height=10 /></svg>{name}"
        )
    };
    format!(
        "<svg class=distances viewBox='0 0 {WIDE} {HIGH}' role=img aria-label='{line}'>{}</svg>\
         <ul class=keys-line>{}{}<li>\u{2192} {}</ul>{}<p>{line}</p><p class=aside>{other}</p>",
        draw(model),
        key("trained", words.helps),
        key("base", words.misleads),
        words.distance,
        parts::table(&caption, &columns, &lines)
    )
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
    let sheets: Vec<String> = found.models.iter().map(|one| shown(page, one)).collect();
    let sheet = move || sheets.get(chosen.get()).cloned().unwrap_or_default();
    let inside = vec![
        parts::line("aside", text.distances_hint),
        options,
        parts::markup("", sheet),
    ];
    parts::section("findings-distances", text.distances, inside)
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn bars_grow_from_the_middle() {
        assert_eq!(bars(&[0, 2], 4, 10.0, true), "M100.5 70V50.0H199.5V70z");
        assert_eq!(bars(&[3], 1, 10.0, false), "M0.5 70V100.0H399.5V70z");
    }
}
