//! Whether the society has come to rest, and where it drifts until then.

use super::super::live::words;
use super::super::parts;
use super::super::state::Page;
use super::super::text::StatisticsText;
use super::{Known, change};
use crate::lab::figures::SocietyFigures;
use leptos::prelude::*;

/// Whether it has come to rest, in a sentence.
fn verdict(text: &StatisticsText, figures: &SocietyFigures) -> String {
    let settling = figures.settling;
    let window = u32::from(settling.window);
    let band = format!("{}", settling.band);
    match figures.settled {
        Some(round) => (text.settled_from)(u32::from(round) + 1, window, &band),
        // Nothing is settled before its averages stood still as long as they are wide.
        None if u32::from(figures.rounds) < 2 * window => (text.too_early)(2 * window),
        None => (text.not_settled)(window, &band),
    }
}

/// Where first and second answers drift.
fn drift(page: Page, figures: &SocietyFigures) -> String {
    let text = page.text();
    let slopes = [
        (text.figures.drafts, figures.drift.alignment_draft),
        (text.figures.revisions, figures.drift.alignment_revision),
    ];
    let known = || {
        slopes
            .iter()
            .filter_map(|(whose, slope)| Some((*whose, (*slope)?)))
    };
    let told = known().map(|(whose, slope)| {
        let [value, ends] = change(page, slope);
        (text.statistics.drift)(whose, &value, &ends)
    });
    let mut told: Vec<String> = told.collect();
    if !told.is_empty() && known().all(|(_, slope)| !slope.is_clear()) {
        told.push(text.statistics.drift_unclear.to_owned());
    }
    told.join(text.statistics.gap)
}

pub fn settled(page: Page, known: Known) -> AnyView {
    let stats = &page.text().statistics;
    let of = move |say: fn(Page, &SocietyFigures) -> String| {
        words(move || known.with(|known| known.as_ref().map(|known| say(page, known))))
    };
    let inside = vec![
        parts::line(
            "",
            of(|page, figures| verdict(&page.text().statistics, figures)),
        ),
        parts::line("aside", of(drift)),
    ];
    parts::section("statistic-settled", stats.settled, inside)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn coming_to_rest_is_told_when_it_can_be() {
        let mut figures = SocietyFigures::of(&[], &[], &[], 5);
        let told =
            |figures: &SocietyFigures| verdict(&Language::English.text().statistics, figures);
        assert_eq!(told(&figures), "Too early to tell: that takes 6 rounds.");
        figures.rounds = 6;
        assert!(told(&figures).starts_with("Not yet"));
        figures.settled = Some(3);
        assert_eq!(
            told(&figures),
            "Since round 4: from there on the average alignment over 3 rounds stays within 0.5 points."
        );
    }
}
