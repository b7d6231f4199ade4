//! A pair with the curtain up: the question, both answers under their models' names, and what the
//! judge said of each.

use super::super::parts::escaped;
use super::super::state::Page;
use super::words;
use crate::lab::vote::{Answer, Pair};

fn answer(page: Page, name: &str, answer: &Answer) -> String {
    let text = words(page);
    format!(
        "<div class=answer><h4>{name}</h4><p class=speech lang=en>{}</p>\
        <p class=vote-scores><span>{} <span class=score data-score={}>{}</span></span> <span>{} <b>{}</b></span></p></div>",
        escaped(&answer.text),
        text.alignment,
        answer.alignment,
        answer.alignment,
        text.engagement,
        answer.engagement,
    )
}

/// The pair as markup, with lines of markup below it.
pub fn pair(page: Page, pair: &Pair, below: &str) -> String {
    let text = words(page);
    let kind = (page.text().figures.suite_name)(&pair.suite);
    let [base, trained] = &pair.answers;
    format!(
        "<li class=vote-pair><p class=aside>{}</p><p class='question vote-question' lang=en>{}</p><div class=answers>{}{}</div>{below}</li>",
        escaped(&kind),
        escaped(&pair.question),
        answer(page, text.base, base),
        answer(page, text.trained, trained),
    )
}
