//! The claims as a table: each with its difference and interval on one axis for all.

use super::super::parts::{escaped, signed};
use super::super::state::Page;
use super::super::term::linked;
use super::super::text::FindingsText;
use super::file::{Claim, Findings};

/// The range that all differences and their intervals lie in, with zero.
fn range(claims: &[Claim]) -> (f32, f32) {
    let mut range = (0.0f32, 0.0f32);
    for found in claims.iter().filter_map(|claim| claim.difference) {
        let (low, high) = found.interval.unwrap_or((found.value, found.value));
        range = (range.0.min(low), range.1.max(high));
    }
    if range.0 < range.1 {
        range
    } else {
        (-1.0, 1.0)
    }
}

/// Where a value lies on the axis, in per cent of its width; the ends stay a little inside, so that
/// a dot there is whole.
fn place((low, high): (f32, f32), value: f32) -> String {
    let share = ((value - low) / (high - low)).clamp(0.0, 1.0);
    format!("{:.2}%", 2.0 + 96.0 * share)
}

/// A dot with its interval, on the axis of all claims, as SVG; there are only numbers in it.
fn drawn(claim: &Claim, range: (f32, f32)) -> String {
    let zero = place(range, 0.0);
    let mut svg = format!("<line class=zero x1={zero} x2={zero} y1=0 y2=22 />");
    if let Some(found) = claim.difference {
        if let Some((low, high)) = found.interval {
            let (low, high) = (place(range, low), place(range, high));
            svg.push_str(&format!(
                "<line class=whisker x1={low} x2={high} y1=11 y2=11 />"
            ));
        }
        let middle = place(range, found.value);
        svg.push_str(&format!("<circle class=dot cx={middle} cy=11 r=4 />"));
    }
    svg
}

/// What is held against what, in the page's language where the file tells the parts.
fn compared(text: &FindingsText, claim: &Claim) -> Option<String> {
    let figure = match claim.figure.as_str() {
        "alignment" => text.alignment,
        "revised" => text.revised,
        "engagement" => text.engagement,
        "nearness" => text.nearness,
        _ => return None,
    };
    let name = |place: usize| {
        let name = claim.settings.get(place);
        name.map_or_else(String::new, |name| setting(text, name))
    };
    Some((text.compared)(
        &claim.comparison,
        figure,
        &name(0),
        &name(1),
    ))
}

/// A setting's name in the page's language.
pub fn setting(text: &FindingsText, name: &str) -> String {
    (text.setting)(name).map_or_else(|| name.replace('_', " "), str::to_owned)
}

/// A claim as a line of markup. The words that come from the file are escaped.
fn line(page: Page, claim: &Claim, range: (f32, f32)) -> String {
    let text = page.text();
    let words = &text.findings;
    // The file's own English where this language has no words for it.
    let english = |words: &str| format!("<span lang=en>{}</span>", escaped(words));
    let known = (words.claim_text)(&claim.id);
    let sentence = known.map_or_else(|| english(&claim.claim), str::to_owned);
    let detail = compared(words, claim);
    let detail = detail.map_or_else(|| english(&claim.compared), |known| escaped(&known));
    let figures = claim.difference.map(|found| {
        let ends = found.interval;
        let ends = ends.map(|(low, high)| (text.statistics.between)(&signed(low), &signed(high)));
        format!(
            "<b>{}</b><small>{}</small><small>{}</small>",
            signed(found.value),
            ends.unwrap_or_default(),
            (words.seeds)(found.count)
        )
    });
    let verdict = claim.verdict;
    format!(
        "<tr role=row><th scope=row role=rowheader>{sentence}<small><i>{}</i> · {detail}</small></th>\
         <td role=cell class=claim-axis><svg class=claim-drawing data-verdict={verdict} width='100%' height=22 aria-hidden=true focusable=false>{}</svg></td>\
         <td role=cell class=claim-figures>{}</td><td role=cell class=claim-verdict data-verdict={verdict}>{}</td></tr>",
        words.sources[claim.source],
        drawn(claim, range),
        figures.unwrap_or_default(),
        words.verdicts[verdict]
    )
}

/// All claims as markup, one table for each size of society.
pub fn claims(page: Page, found: &Findings) -> String {
    let text = &page.text().findings;
    let range = range(&found.claims);
    let mut markup = format!(
        "<h3>{}</h3><p class=aside>{}</p>",
        text.claims,
        linked(text.claims_hint)
    );
    let mut scale = None;
    for claim in &found.claims {
        let own = Some((claim.size, claim.rounds));
        if scale != own {
            if scale.is_some() {
                markup.push_str("</table>");
            }
            scale = own;
            let (low, high) = (signed(range.0), signed(range.1));
            let [one, two, three] = [text.claim, text.difference, text.verdict]
                .map(|name| format!("<th scope=col role=columnheader>{name}</th>"));
            markup.push_str(&format!(
                "<table class=claims role=table><caption>{}</caption><thead role=rowgroup><tr role=row>{one}\
                 <td role=cell class='claim-axis axis-ends'><span>{low}</span><span>{high}</span></td>{two}{three}</tr></thead>",
                (text.scale)(claim.size * claim.size, claim.rounds)
            ));
        }
        markup.push_str(&line(page, claim, range));
    }
    // The last table ends with the markup.
    markup
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::view::statistics::Measured;
    use crate::ui::text::Language;

    fn claim(value: f32, interval: Option<(f32, f32)>) -> Claim {
        Claim {
            id: "many_against_one".into(),
            source: 1,
            claim: "Many agents align better.".into(),
            compared: "as the file says".into(),
            comparison: "always".into(),
            figure: "revised".into(),
            settings: vec!["mixed".into(), "asked_again".into()],
            size: 6,
            rounds: 12,
            difference: Some(Measured {
                count: 5,
                value,
                interval,
            }),
            verdict: 2,
        }
    }

    #[test]
    fn one_axis_holds_every_interval_and_zero() {
        let claims = [
            claim(0.5, Some((0.25, 0.75))),
            claim(-0.5, Some((-1.25, 0.25))),
        ];
        assert_eq!(range(&claims), (-1.25, 0.75));
        assert_eq!(range(&claims[..1]), (0.0, 0.75));
        assert_eq!(range(&[]), (-1.0, 1.0));
        assert_eq!(place((-1.0, 1.0), 0.0), "50.00%");
        assert_eq!(place((-1.0, 1.0), 9.0), "98.00%");
    }

    #[test]
    fn comparisons_are_told_in_both_languages_or_as_the_file_says() {
        let known = claim(0.0, None);
        assert_eq!(
            compared(&Language::English.text().findings, &known).as_deref(),
            Some("alignment of second answers, all rounds, mixed less asked again")
        );
        let chinese = compared(&Language::Chinese.text().findings, &known);
        assert!(chinese.is_some_and(|told| told.contains("24 个问题反复出现")));
        let strange = Claim {
            figure: "charm".into(),
            ..claim(0.0, None)
        };
        assert_eq!(compared(&Language::English.text().findings, &strange), None);
    }
}
