//! Links drawn by hand: as a text that one can type, and on a little plan that one can click.

use super::controls::{change, number};
use super::fields::Field;
use crate::lab::config::Network;
use crate::ui::live::{act, value};
use crate::ui::state::{Page, Typed};
use leptos::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use wasm_bindgen::JsCast;

/// Longest side of a village whose plan can still be clicked.
const LARGEST_PLAN: u8 = 12;

/// A pair of people.
pub type Link = (u16, u16);

/// Links as they would be typed: `0-1, 4-17`.
pub fn written(links: &[Link]) -> String {
    let words: Vec<String> = links
        .iter()
        .map(|(one, other)| format!("{one}-{other}"))
        .collect();
    words.join(", ")
}

/// Reads `0-1, 4-17`, in any order and with whatever between; each link once, the smaller number
/// first.
///
/// # Errors
/// The first part that is no link between two different people of so many.
pub fn read(typed: &str, agents: u16) -> Result<Vec<Link>, String> {
    let dashes = ['-', '\u{2010}', '\u{2013}', '\u{2014}', '\u{2212}'];
    // Spaces around a dash belong to the link, all others part links.
    let joined: Vec<&str> = typed.split(dashes).map(str::trim).collect();
    let joined = joined.join("-");
    let between = |letter: char| {
        letter.is_whitespace() || matches!(letter, ',' | ';' | '\u{ff0c}' | '\u{ff1b}' | '\u{3001}')
    };
    let (mut links, mut known) = (Vec::new(), BTreeSet::new());
    for part in joined.split(between).filter(|part| !part.is_empty()) {
        let link = pair(part).filter(|(one, other)| one < other && *other < agents);
        let link = link.ok_or_else(|| part.to_owned())?;
        if known.insert(link) {
            links.push(link);
        }
    }
    Ok(links)
}

/// The numbers of a link, the smaller one first.
fn pair(part: &str) -> Option<Link> {
    let (one, other) = part.split_once('-')?;
    let (one, other): (u16, u16) = (one.parse().ok()?, other.parse().ok()?);
    Some((one.min(other), one.max(other)))
}

/// Draws a link, or takes it away.
fn toggle(links: &mut Vec<Link>, one: u16, other: u16) {
    let link = (one.min(other), one.max(other));
    match links
        .iter()
        .position(|known| *known == link || (known.1, known.0) == link)
    {
        Some(at) => {
            links.remove(at);
        }
        None => links.push(link),
    }
}

/// The links a drawing begins with: a circle, so that nobody is left out; none where there are too
/// many people to draw.
pub fn beginning(agents: u16) -> Vec<Link> {
    if agents > u16::from(LARGEST_PLAN) * u16::from(LARGEST_PLAN) {
        return Vec::new();
    }
    let links = (0..agents).map(|one| (one, (one + 1) % agents.max(1)));
    let ordered = links.map(|(one, other)| (one.min(other), one.max(other)));
    ordered.collect()
}

/// The text, and the plan below it.
pub fn editor(page: Page) -> AnyView {
    let picked = RwSignal::new(None::<usize>);
    let plan = Memo::new(move |_| {
        page.draft.with(|draft| match &draft.society.network {
            Network::Drawn(links) if draft.society.size <= LARGEST_PLAN => {
                drawing(draft.society.size.into(), links, picked.get())
            }
            _ => String::new(),
        })
    });
    let click = move |event: leptos::ev::MouseEvent| {
        // What can't be read yet would be lost; the sentence beside it says what to do.
        let unread = |typed: &BTreeMap<Field, Typed>| {
            let typed = typed.get(&Field::Drawn);
            typed.is_some_and(|typed| !typed.valid)
        };
        if page.typed.with_untracked(unread) {
            return;
        }
        let place = event.target();
        let place = place.and_then(|target| target.dyn_into::<web_sys::Element>().ok());
        let number = place.and_then(|place| place.get_attribute("data-agent"));
        let Some(clicked) = number.and_then(|number| number.parse::<usize>().ok()) else {
            picked.set(None);
            return;
        };
        match picked.get_untracked() {
            None => picked.set(Some(clicked)),
            Some(first) => {
                picked.set(None);
                if first != clicked {
                    change(page, |draft| {
                        if let Network::Drawn(links) = &mut draft.society.network {
                            // Agents are numbered below 1024.
                            toggle(links, first as u16, clicked as u16);
                        }
                    });
                }
            }
        }
    };
    view! {
        <div class="drawn">
            {number(page, Field::Drawn)}
            // The text says the same, to the keyboard and to screen readers.
            <div class="plan" aria-hidden="true" on:click=act(click) inner_html=value(move || plan.get())></div>
        </div>
    }
    .into_any()
}

/// The plan: people on their square, and lines between those who are linked. It is one text of
/// markup: hundreds of small parts of a view would cost more than they are worth.
fn drawing(side: u16, links: &[Link], picked: Option<usize>) -> String {
    let middle = |agent: u16| (10 * (agent % side) + 5, 10 * (agent / side) + 5);
    let mut parts = String::new();
    for (one, other) in links {
        let ((x, y), (a, b)) = (middle(*one), middle(*other));
        // A line along a row would pass through those between; it bends a little around them.
        let bend = (x.abs_diff(a).max(y.abs_diff(b)) > 10) as u16 * 4;
        let (over, down) = ((x + a) / 2 + bend, (y + b) / 2 + bend);
        parts += &format!("<path d='M{x} {y}Q{over} {down} {a} {b}'/>");
    }
    for agent in 0..side * side {
        let (x, y) = middle(agent);
        let class = if picked == Some(agent.into()) {
            " class='picked'"
        } else {
            ""
        };
        parts += &format!("<circle{class} data-agent='{agent}' cx='{x}' cy='{y}' r='3.6'/>");
        parts += &format!("<text x='{x}' y='{}'>{agent}</text>", y + 1);
    }
    let edge = 10 * side;
    format!("<svg viewBox='0 0 {edge} {edge}'>{parts}</svg>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_however_they_are_parted_and_the_wrong_one_is_named() {
        let three = vec![(0, 1), (1, 2), (3, 8)];
        for typed in [
            "0-1, 1-2, 3-8",
            "1 - 0;2\u{2013}1\n8-3",
            "0-1\u{ff0c}1-2\u{3001}3-8 0-1",
        ] {
            assert_eq!(read(typed, 9), Ok(three.clone()), "{typed}");
        }
        assert_eq!(read(&written(&three), 9), Ok(three));
        assert_eq!(read(" , ", 9), Ok(Vec::new()));
        for (typed, named) in [
            ("0-1, 2-9", "2-9"),
            ("4-4", "4-4"),
            ("0-1 2", "2"),
            ("0-1, a-b, 3-3", "a-b"),
            ("0-1-2", "0-1-2"),
            ("-", "-"),
            ("99999-1", "99999-1"),
        ] {
            assert_eq!(read(typed, 9), Err(named.to_owned()), "{typed}");
        }
    }

    #[test]
    fn a_second_click_takes_a_link_away_and_a_drawing_begins_with_a_circle() {
        let mut links = beginning(4);
        assert_eq!(links, [(0, 1), (1, 2), (2, 3), (0, 3)]);
        toggle(&mut links, 3, 1);
        toggle(&mut links, 2, 1);
        assert_eq!(links, [(0, 1), (2, 3), (0, 3), (1, 3)]);
    }
}
