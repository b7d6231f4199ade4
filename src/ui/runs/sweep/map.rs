//! The replication map: what is claimed, what the runs say, and a way to run it here.

use super::super::super::parts::{self, escaped, signed};
use super::super::super::state::Page;
use super::super::words;
use super::file::{Claim, Sweep};
use super::{figure_name, run_button};
use leptos::prelude::*;

/// A claim in words, as markup: in the page's language where it is known, else as the file says.
fn told(page: Page, claim: &Claim) -> String {
    let text = words(page);
    let english = |words: &str| format!("<span lang='en'>{}</span>", escaped(words));
    let sentence = (text.claim)(&claim.name);
    let sentence = sentence.map_or_else(|| english(&claim.name.replace('-', " ")), str::to_owned);
    let source = (text.source)(&claim.source).map_or_else(|| english(&claim.source), str::to_owned);
    let verdict =
        (text.verdict)(&claim.verdict).map_or_else(|| english(&claim.verdict), str::to_owned);
    // Shares in points of a hundred, as the tables have them.
    let share = matches!(
        claim.figure.rsplit('.').next(),
        Some("bad" | "bad_attacked" | "over_refusal" | "gibberish" | "attack_success")
    );
    let number = |value: f64| signed(if share { 100.0 * value } else { value } as f32);
    let difference = claim.difference.map(|found| {
        let ends = found.ends.map(|(low, high)| {
            let ends = (page.text().statistics.between)(&number(low), &number(high));
            format!(" <small>{ends}</small>")
        });
        let mean = number(found.mean);
        let mean = if share { (text.points)(&mean) } else { mean };
        format!("<b>{mean}</b>{}", ends.unwrap_or_default())
    });
    let compared = (text.compared)(
        &figure_name(page, &claim.figure),
        &claim.method,
        &claim.against,
    );
    format!(
        "<p class='claim-sentence'>{sentence} <small><i>{source}</i></small></p>\
         <p><span class='claim-verdict' data-verdict='{}'>{verdict}</span> {} <small>{}</small></p>\
         <p class='aside' lang='en'>{}</p>",
        escaped(&claim.verdict),
        difference.unwrap_or_default(),
        escaped(&compared),
        escaped(&claim.note)
    )
}

/// The links of a claim with their names: both runs, or the method's own.
fn links(sweep: &Sweep, claim: &Claim) -> Vec<(String, String)> {
    let names = [&claim.method, &claim.against];
    if claim.links.is_empty() {
        let own = names
            .into_iter()
            .take(1)
            .filter_map(|name| Some((name.clone(), sweep.link(name)?.clone())));
        return own.collect();
    }
    let named = names.into_iter().zip(&claim.links);
    named
        .map(|(name, link)| (name.clone(), link.clone()))
        .collect()
}

pub fn claims(page: Page, sweep: &Sweep) -> AnyView {
    let text = words(page);
    if sweep.claims.is_empty() {
        return ().into_any();
    }
    let line = |claim: &Claim| {
        let said = told(page, claim);
        let buttons = links(sweep, claim).into_iter().map(|(name, link)| {
            let label = (text.run_named)(&name);
            let words = format!("{}: {name}", text.run_here);
            run_button(page, &link, &words, &label)
        });
        let buttons: Vec<AnyView> = buttons.collect();
        let said = parts::markup("", move || said.clone());
        view! { <li data-claim=claim.name.clone()>{said}<div class="takes">{buttons}</div></li> }
            .into_any()
    };
    let lines: Vec<AnyView> = sweep.claims.iter().map(line).collect();
    let inside = vec![
        parts::line("aside", text.claims_hint),
        view! { <ul class="claim-list">{lines}</ul> }.into_any(),
    ];
    parts::section("sweep-claims", text.claims, inside)
}
