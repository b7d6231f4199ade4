//! Did training change anything, or was it chance? The figures of both models are compared question
//! by question, which tells far more than the intervals of either; with few questions it may tell
//! nothing, and then that is what is said.

use super::Measure;
use crate::lab::Phase;
use crate::lab::view::paired::{Difference, Figure, difference};
use crate::lab::view::{RunView, SuiteResult, WhichModel};
use crate::ui::live::words;
use crate::ui::parts::named_line;
use crate::ui::state::Page;
use crate::ui::text::{Figures, Text};
use leptos::prelude::*;

impl Measure {
    /// The figure that every single answer has; variety is one of many answers together, and of
    /// multiple choice only the share is kept.
    fn of_each(self) -> Option<Figure> {
        Some(match self {
            Measure::Alignment => Figure::Alignment,
            Measure::Engagement => Figure::Engagement,
            Measure::Bad => Figure::Bad,
            Measure::OverRefusal => Figure::OverRefusal,
            Measure::Gibberish => Figure::Gibberish,
            Measure::Diversity | Measure::MultipleChoice => return None,
        })
    }
}

/// A difference of a figure in words: of shares in percentage points.
fn told(figures: &Figures, name: &str, figure: Figure, found: Option<Difference>) -> String {
    let Some(found) = found else {
        return (figures.change_unknown)(name);
    };
    let (scale, digits) = if figure.is_good() {
        (1.0, 2)
    } else {
        (100.0, 1)
    };
    let signed = |value: f64| {
        let digits = format!("{:.digits$}", scale * value.abs());
        let is_zero = digits.chars().all(|one| matches!(one, '0' | '.'));
        match value {
            _ if is_zero => digits,
            value if value < 0.0 => format!("\u{2212}{digits}"),
            _ => format!("+{digits}"),
        }
    };
    let unit = if figure.is_good() { "" } else { figures.points };
    let change = format!("{}{unit}", signed(found.value));
    let ends = [signed(found.low), signed(found.high)];
    let sentence = (figures.change)(name, &change, [&ends[0], &ends[1]]);
    let meant = if found.is_clear() {
        figures.change_clear
    } else {
        figures.change_unclear
    };
    format!("{sentence}{meant}")
}

fn of(view: &RunView, figure: Figure) -> Option<Difference> {
    let answered = |model: WhichModel| {
        let mine = view.tests.iter().filter(|one| one.model == model);
        mine.collect::<Vec<&SuiteResult>>()
    };
    difference(
        &answered(WhichModel::Trained),
        &answered(WhichModel::Base),
        figure,
    )
}

/// Whether the test is over, so that a difference stays what it is.
fn is_tested(page: Page) -> Memo<bool> {
    Memo::new(move |_| {
        page.view
            .with(|view| view.phase() == Phase::Done && !view.tests.is_empty())
    })
}

/// The name of a figure.
fn name(text: &Text, measure: Measure) -> &'static str {
    match measure {
        Measure::Alignment => text.scene.alignment,
        Measure::Engagement => text.scene.engagement,
        Measure::Bad => text.figures.bad,
        Measure::OverRefusal => text.figures.over_refusal,
        Measure::Gibberish => text.figures.gibberish,
        Measure::Diversity => text.figures.diversity,
        Measure::MultipleChoice => text.figures.multiple_choice,
    }
}

/// How some figures changed over all questions and whether that is more than chance, in sentences.
fn sentences(page: Page, measures: &[Measure]) -> String {
    let text = page.text();
    let one = |measure: &Measure| {
        let figure = measure.of_each()?;
        let found = page.view.with_untracked(|view| of(view, figure));
        let name = name(text, *measure);
        Some(told(&text.figures, name, figure, found))
    };
    let all: Vec<String> = measures.iter().filter_map(one).collect();
    all.join(text.promise.space)
}

/// The sentence about the figure that is shown.
pub fn of_measure(page: Page, measure: RwSignal<Measure>) -> AnyView {
    let tested = is_tested(page);
    let told = Memo::new(move |_| {
        let shown = [measure.get()];
        tested.get().then(|| sentences(page, &shown))
    });
    named_line("change", "change", words(move || told.get()))
}

/// The sentences about what the run is there for.
pub fn of_run(page: Page) -> AnyView {
    let tested = is_tested(page);
    let told = Memo::new(move |_| {
        let both = [Measure::Alignment, Measure::Bad];
        tested.get().then(|| sentences(page, &both))
    });
    named_line("run-change", "change aside", words(move || told.get()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn a_change_is_told_with_its_interval_and_whether_it_is_more_than_chance() {
        let figures = &Language::English.text().figures;
        let found = |value: f64, low: f64, high: f64| {
            Some(Difference {
                value,
                low,
                high,
                p: 0.5,
                prompts: 20,
            })
        };
        assert_eq!(
            told(
                figures,
                "Alignment",
                Figure::Alignment,
                found(1.16, 0.9, 1.4)
            ),
            "Alignment changed by +1.16 (95% interval +0.90 to +1.40), more than chance explains."
        );
        assert_eq!(
            told(
                figures,
                "Bad answers",
                Figure::Bad,
                found(-0.05, -0.15, 0.05)
            ),
            "Bad answers changed by \u{2212}5.0 points (95% interval \u{2212}15.0 to +5.0), which may be chance."
        );
        let few = told(figures, "Alignment", Figure::Alignment, None);
        assert!(few.contains("too few"), "{few}");
    }
}
