//! A sketch of the page as a link shows it: what is there, in which words and which light.

use super::text;
use crate::ui::live::{value, words};
use crate::ui::parts::escaped;
use crate::ui::state::Page;
use crate::ui::text::{Language, ShareText};
use crate::ui::theme::Theme;
use crate::ui::wishes::{Part, Wishes};
use leptos::prelude::*;

/// Width of the sketch; the height is what its parts need.
const WIDE: f64 = 320.0;
const GAP: f64 = 6.0;

/// A plan in the making: the markup so far, and how far down it reaches.
struct Plan {
    inside: String,
    down: f64,
}

fn written(x: f64, y: f64, class: &str, words: &str) -> String {
    format!(
        "<text class='{class}' x='{x}' y='{y}'>{}</text>",
        escaped(words)
    )
}

fn block(x: f64, y: f64, wide: f64, high: f64, class: &str) -> String {
    format!("<rect class='{class}' x='{x}' y='{y}' width='{wide}' height='{high}'/>")
}

impl Plan {
    /// Two parts beside each other, of which either may be missing; the other one is wide then.
    fn pair(&mut self, high: f64, parts: [Option<(&str, String)>; 2]) {
        let whole = WIDE - 2.0 * GAP;
        let both = parts.iter().all(Option::is_some);
        let left = (whole - GAP) * 7.0 / 12.0;
        let mut x = GAP;
        let mut any = false;
        for (place, part) in parts.into_iter().enumerate() {
            let Some((name, inside)) = part else {
                continue;
            };
            let wide = match (both, place) {
                (false, _) => whole,
                (true, 0) => left,
                (true, _) => whole - GAP - left,
            };
            self.inside
                .push_str(&block(x, self.down, wide, high, "part"));
            self.inside
                .push_str(&written(x + 6.0, self.down + 13.0, "name", name));
            let within = format!("<g transform='translate({x} {})'>{inside}</g>", self.down);
            self.inside.push_str(&within);
            x += wide + GAP;
            any = true;
        }
        if any {
            self.down += high + GAP;
        }
    }
}

/// The buttons below the stage.
fn buttons(language: Language, wishes: &Wishes, down: f64) -> String {
    let frame = &language.opening().frame;
    let all = [
        (frame.run, true, "button first"),
        (frame.step, !wishes.hides(Part::Step), "button"),
        (frame.reset, !wishes.hides(Part::Reset), "button"),
    ];
    let mut x = 6.0;
    let mut made = String::new();
    for (name, _, class) in all.into_iter().filter(|(_, there, _)| *there) {
        const WIDTH: f64 = 46.0;
        made.push_str(&block(x, down, WIDTH, 16.0, class));
        let label = if class == "button" {
            "label"
        } else {
            "label first"
        };
        made.push_str(&written(x + WIDTH / 2.0, down + 11.5, label, name));
        x += WIDTH + 4.0;
    }
    made
}

/// A few people, as a sign for the stage.
fn people() -> String {
    let person = |at: u32| {
        let (column, row) = (at % 6, at / 6);
        let (x, y) = (20 + 22 * column, 26 + 13 * row);
        format!("<circle class='person' cx='{x}' cy='{y}' r='3.4'/>")
    };
    (0..18).map(person).collect()
}

/// Lines of writing, as a sign for words.
fn lines(count: u32, from: f64) -> String {
    let line = |at: u32| {
        let wide = [92.0, 70.0, 84.0][at as usize % 3];
        block(6.0, from + 9.0 * f64::from(at), wide, 2.5, "writing")
    };
    (0..count).map(line).collect()
}

/// The sketch, as markup.
fn drawn(page_language: Language, text: &ShareText, wishes: &Wishes) -> String {
    let language = wishes.language.unwrap_or(page_language);
    let opening = language.opening();
    let shown = |part| !wishes.hides(part);
    let mut plan = Plan {
        inside: String::new(),
        down: GAP,
    };
    if !wishes.is_embedded() {
        plan.inside
            .push_str(&written(GAP, plan.down + 13.0, "title", "Mores"));
        plan.inside
            .push_str(&block(WIDE - 78.0, plan.down + 4.0, 72.0, 8.0, "writing"));
        plan.down += 22.0;
    }
    if shown(Part::Acts) {
        let wide = (WIDE - 2.0 * GAP) / 4.0;
        for (at, name) in (0..).zip(opening.frame.act_names) {
            let x = GAP + wide * f64::from(at);
            plan.inside
                .push_str(&block(x, plan.down, wide, 20.0, "part"));
            plan.inside
                .push_str(&written(x + wide / 2.0, plan.down + 13.5, "label", name));
        }
        plan.down += 20.0 + GAP;
    }
    if let Some(lesson) = wishes.lesson {
        let wide = WIDE - 2.0 * GAP;
        plan.inside
            .push_str(&block(GAP, plan.down, wide, 16.0, "lesson"));
        let chapters = &language.lessons().chapters;
        let said = usize::from(lesson)
            .checked_sub(1)
            .and_then(|at| chapters.get(at));
        let title = said.map_or("", |said| said.title);
        let name = (language.share().lesson_number)(lesson.into(), title);
        plan.inside
            .push_str(&written(GAP + 6.0, plan.down + 11.5, "name", &name));
        plan.down += 16.0 + GAP;
    }
    let stage = format!("{}{}", people(), buttons(language, wishes, 72.0));
    // The curve lies below the conversation, and goes with the acts.
    let curve = "<polyline class='curve' points='8,86 30,78 52,80 74,68 96,64 116,58'/>";
    let curve = if shown(Part::Acts) { curve } else { "" };
    let said = format!("{}{curve}", lines(3, 24.0));
    let conversation = shown(Part::Conversation).then_some((opening.scene.on_stage, said));
    plan.pair(94.0, [Some((opening.scene.society, stage)), conversation]);
    let act = shown(Part::Acts).then(|| (opening.frame.act_names[0], lines(2, 22.0)));
    let settings = shown(Part::Settings).then(|| {
        let more = if shown(Part::More) {
            lines(1, 44.0)
        } else {
            String::new()
        };
        (
            language.share().settings,
            format!("{}{more}", lines(2, 22.0)),
        )
    });
    plan.pair(54.0, [act, settings]);
    format!(
        "<svg viewBox='0 0 {WIDE} {}' role='img' aria-label='{}'><rect class='ground' width='{WIDE}' height='{}'/>{}</svg>",
        plan.down,
        escaped(text.sketch),
        plan.down,
        plan.inside
    )
}

/// What is left out, in a sentence.
fn sentence(text: &ShareText, wishes: &Wishes) -> String {
    let parts = Part::ALL.into_iter().zip(text.parts);
    let hidden = parts.filter(|(part, _)| wishes.hides(*part));
    let hidden: Vec<&str> = hidden.map(|(_, name)| name).collect();
    if hidden.is_empty() {
        text.whole.to_owned()
    } else {
        (text.without)(&hidden.join(text.and))
    }
}

/// The sketch, with a sentence that says the same.
pub fn sketch(page: Page, wishes: RwSignal<Wishes>) -> AnyView {
    let text = text(page);
    let language = page.language.get_untracked();
    let light = value(move || {
        let theme = wishes.with(|wishes| wishes.theme);
        theme.map_or("theirs", Theme::name).to_owned()
    });
    let picture = value(move || wishes.with(|wishes| drawn(language, text, wishes)));
    view! {
        <figure class="sketch" id="share-sketch">
            <div data-light=light inner_html=picture></div>
            <figcaption class="aside" role="status">{words(move || wishes.with(|wishes| sentence(text, wishes)))}</figcaption>
        </figure>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::wishes::read;

    fn of(fragment: &str) -> String {
        drawn(
            Language::English,
            Language::English.share(),
            &read(fragment).wishes,
        )
    }

    #[test]
    fn the_sketch_leaves_out_what_the_link_leaves_out() {
        let whole = of("");
        for (fragment, gone) in [
            ("#embed=1", "Mores"),
            ("#hide=acts", "Take home"),
            ("#hide=step", "Step"),
            ("#hide=reset", "Reset"),
            ("#hide=settings", "Settings"),
        ] {
            let word = format!(">{gone}<");
            assert!(
                whole.contains(&word) && !of(fragment).contains(&word),
                "{fragment}"
            );
        }
        let rows = |markup: &str| markup.matches("class='writing'").count();
        assert_eq!(rows(&whole) - rows(&of("#hide=more")), 1);
        assert_eq!(rows(&whole) - rows(&of("#hide=conversation")), 3);
        assert!(of("#lesson=3&lang=zh").contains(">3 ") && of("#lang=zh").contains("带回家"));
        assert!(of("#lang=zh").contains(">设置<") && !of("#lang=zh").contains("ettings"));
        assert!(!of("#hide=conversation").contains("curve"));
    }

    #[test]
    fn what_is_left_out_is_said_as_well() {
        let said = |fragment: &str| sentence(Language::English.share(), &read(fragment).wishes);
        assert_eq!(said(""), "All of the page.");
        assert_eq!(
            said("#hide=reset.settings"),
            "Without the settings and the Reset button."
        );
    }
}
