//! What a chapter's runs came to: beside the guess, drawn, in sentences that follow from the figures.

use super::chapters::{Bar, CHAPTERS};
use super::figures::{Figure, Found, Unit};
use super::progress::Progress;
use super::{going, words};
use crate::ui::costs;
use crate::ui::live::act;
use crate::ui::parts::{escaped, markup};
use crate::ui::score::score;
use crate::ui::state::Page;
use crate::ui::text::{LessonsText, Told};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Brings the result into view where the panel scrolls by itself. Where it lies above the stage, the
/// visitor is left where they are.
pub fn show() {
    /// Pixels above it.
    const ABOVE: i32 = 12;
    let found = |id: &str| document().get_element_by_id(id);
    let result = found("lesson-result").and_then(|one| one.dyn_into::<HtmlElement>().ok());
    if let Some((panel, result)) = found("lesson").zip(result) {
        panel.set_scroll_top(result.offset_top() - ABOVE);
    }
}

/// A drawn figure.
struct Drawn {
    /// What it belongs to with others; empty where that is said by the chapter.
    group: &'static str,
    name: &'static str,
    words: String,
    /// How far it reaches, 0 to 1.
    share: f32,
    /// The step of the alignment scale whose colour it has, if it is a rating.
    score: Option<u8>,
}

/// The bars of a chapter, as far as the runs have their figures.
fn drawn(text: &LessonsText, chapter: usize, found: &[Found]) -> Vec<Drawn> {
    let bars = CHAPTERS[chapter].bars.iter();
    let rewards = || {
        let all = bars.clone().filter(|bar| bar.figure.unit() == Unit::Reward);
        all.filter_map(|bar| found.get(bar.run)?.get(bar.figure))
    };
    // A learned reward has no scale of its own: the largest here fills the bar.
    let most = rewards().map(f32::abs).fold(0.0, f32::max);
    let names = text.chapters[chapter].bars.iter();
    let one = |(bar, (group, name)): (&Bar, &(&'static str, &'static str))| {
        let value = found.get(bar.run)?.get(bar.figure)?;
        let unit = bar.figure.unit();
        let share = match unit {
            // The lowest rating is a colour, too.
            Unit::Rating => ((value - 1.0) / 6.0).max(0.02),
            Unit::Share => value,
            Unit::Reward => value.abs() / most.max(f32::MIN_POSITIVE),
        };
        Some(Drawn {
            group,
            name,
            words: unit.words(value),
            share: share.clamp(0.0, 1.0),
            // A rating is between 1 and 7.
            score: (unit == Unit::Rating).then(|| value.round() as u8),
        })
    };
    bars.clone().zip(names).filter_map(one).collect()
}

/// The figures of all of a chapter's bars, in words.
fn figures(chapter: usize, found: &[Found]) -> Vec<String> {
    let bars = CHAPTERS[chapter].bars.iter();
    let words = |bar: &Bar| {
        let value = found.get(bar.run)?.get(bar.figure)?;
        Some(bar.figure.unit().words(value))
    };
    bars.map(|bar| words(bar).unwrap_or_default()).collect()
}

/// The bars as a table that is drawn.
fn table(caption: &str, bars: &[Drawn]) -> String {
    let mut above = "";
    let line = |bar: &Drawn| {
        // Bars that belong together stand below one heading, in a part of the table.
        let head = if bar.group == above {
            String::new()
        } else {
            let group = escaped(bar.group);
            format!("<tbody><tr class=group><th scope=rowgroup colspan=3>{group}")
        };
        above = bar.group;
        let score = bar
            .score
            .map_or_else(String::new, |score| format!(" data-score={score}"));
        format!(
            "{head}<tr><th scope=row>{}<td>{}<td class=drawn><svg width=100% height=14 aria-hidden=true><rect class=bar{score} x=0 y=1 height=12 width='{:.1}%' /></svg>",
            escaped(bar.name),
            escaped(&bar.words),
            100.0 * bar.share
        )
    };
    let lines: String = bars.iter().map(line).collect();
    format!(
        "<table class=lesson-bars><caption class=hidden>{}</caption>{lines}</table>",
        escaped(caption)
    )
}

/// The judge's rating of an answer that is quoted.
fn rated(found: &Found, figure: Figure) -> Option<AnyView> {
    let value = found.get(figure)?;
    // A rating is between 1 and 7.
    Some(view! { " "{score(Some(value.round() as u8))} }.into_any())
}

/// What was guessed and what came true, in one sentence.
fn judged(text: &LessonsText, answers: &[&str; 3], guess: Option<usize>, came: usize) -> String {
    let answer = |place: usize| answers.get(place).copied();
    let came_true = answer(came).unwrap_or_default();
    match guess.and_then(answer) {
        Some(_) if guess == Some(came) => (text.as_guessed)(came_true),
        Some(guess) => (text.otherwise)(guess, came_true),
        None => (text.came)(came_true),
    }
}

/// What learning cost in each of the runs, where anything clearly rose.
fn prices(page: Page, chapter: usize, found: &[Found]) -> Vec<AnyView> {
    let text = words(page);
    let names = text.chapters[chapter].runs;
    let line = |(found, name): (&Found, &&'static str)| {
        let costs = found.costs();
        let told = costs::listed(page.opening(), &costs);
        let said = if names.len() > 1 {
            (text.cost_of)(name, &told)
        } else {
            (text.cost)(&told)
        };
        (!costs.is_empty()).then(|| view! { <p class="lesson-cost">{said}</p> }.into_any())
    };
    found.iter().zip(names).filter_map(line).collect()
}

/// The result of a chapter whose runs are made.
pub fn reveal(page: Page, chapter: usize) -> AnyView {
    let text = words(page);
    let said = &text.chapters[chapter];
    let Progress {
        guess,
        found,
        again: villages,
        ..
    } = page
        .course
        .with_untracked(|course| course.chapters[chapter].clone());
    let bars = drawn(text, chapter, &found);
    let figures = Told(figures(chapter, &found));
    let came = (CHAPTERS[chapter].came_true)(&found);
    let (verdict, told) = came
        .and_then(|came| {
            let told = said.came_true.get(came)?(&figures);
            Some((judged(text, &said.answers, guess, came), told))
        })
        .unwrap_or_else(|| (text.unknown.to_owned(), String::new()));
    let village = (villages > 0).then(|| (text.village)(villages + 1));
    let table = table(said.title, &bars);
    let told_last = found
        .last()
        .and_then(|found| Some((found, found.said.clone()?)));
    let heard = told_last.map(|(found, said)| {
        view! {
            <div class="heard">
                <h4>{text.heard}</h4>
                <p class="question" lang="en">{said.question}</p>
                <dl>
                    <dt>{text.before}{rated(found, Figure::HeardBefore)}</dt><dd lang="en">{said.before}</dd>
                    <dt>{text.after}{rated(found, Figure::HeardAfter)}</dt><dd lang="en">{said.after}</dd>
                </dl>
            </div>
        }
    });
    let again = act(move |_| {
        page.course.update(|course| {
            course.chapters[chapter].begin_again(0);
            (course.going, course.fresh) = (None, None);
        });
        crate::ui::app::focus("lesson-title");
    });
    let rerun = act(move |_| {
        page.course.update(|course| {
            let progress = &mut course.chapters[chapter];
            progress.begin_again(villages + 1);
            progress.guess = guess;
        });
        going::begin(page, chapter, 0);
    });
    view! {
        <section class="reveal" aria-labelledby="reveal-title" data-came=came.map(|came| came.to_string())>
            <h3 id="reveal-title" tabindex="-1">{text.reveal}</h3>
            <p class="judged">{verdict}</p>
            {village.map(|village| view! { <p class="aside">{village}</p> })}
            {markup("lesson-chart", move || table.clone())}
            <p>{told}</p>
            {prices(page, chapter, &found)}
            {said.meaning.iter().map(|words| view! { <p>{*words}</p> }).collect_view()}
            {heard}
            <p class="once-more">
                <button type="button" class="quiet" id="other-village" on:click=rerun>{text.other_village}</button>
                <button type="button" class="quiet" id="guess-again" on:click=again>{text.guess_again}</button>
            </p>
        </section>
    }
    .into_any()
}
