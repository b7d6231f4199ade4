//! Two results side by side, line by line, with a mark where they differ.

use crate::lab::{Receipt, build};
use crate::ui::parts::escaped;
use crate::ui::receipt::{adapter_words, engine_words};
use crate::ui::state::Page;
use crate::ui::text::Text;
use leptos::prelude::*;

/// A line: its name, what was promised, what is here (none: not yet), and whether both are digits
/// that nobody reads as words.
struct Line {
    name: &'static str,
    promised: String,
    here: Option<String>,
    is_code: bool,
}

fn line(name: &'static str, promised: String, here: Option<String>) -> Line {
    Line {
        name,
        promised,
        here,
        is_code: false,
    }
}

/// Before → after, or that nothing was tested.
fn figures(text: &Text, receipt: &Receipt) -> [String; 2] {
    let headline = receipt.headline;
    if headline.alignment_base == 0 {
        return [(); 2].map(|()| text.promise.not_tested.to_owned());
    }
    let score = |hundredths: u16| format!("{:.2}", f32::from(hundredths) / 100.0);
    let share = |tenths: u16| format!("{:.1}%", f32::from(tenths) / 10.0);
    [
        format!(
            "{} → {}",
            score(headline.alignment_base),
            score(headline.alignment_trained)
        ),
        format!(
            "{} → {}",
            share(headline.bad_base),
            share(headline.bad_trained)
        ),
    ]
}

fn lines(page: Page, mine: Option<&Receipt>, promised: &Receipt) -> Vec<Line> {
    let text = page.text();
    let (promise, home) = (&text.promise, &text.home);
    let [alignment, bad] = figures(text, promised);
    let [my_alignment, my_bad] = match mine {
        Some(mine) => figures(text, mine).map(Some),
        None => [None, None],
    };
    // What will compute is known before it does.
    let (engine, adapter) = match mine {
        Some(mine) => (Some(mine.engine), mine.adapter.clone()),
        None => page
            .view
            .with(|view| (view.engine, Receipt::fit_adapter(&view.adapter))),
    };
    let my_build = mine.map_or_else(
        || Receipt::fit_build(build::id()),
        |mine| mine.build.clone(),
    );
    let code = |line: Line| Line {
        is_code: true,
        ..line
    };
    vec![
        line(promise.alignment, alignment, my_alignment),
        line(promise.bad, bad, my_bad),
        line(
            home.engine,
            engine_words(text, promised.engine),
            engine.map(|engine| engine_words(text, engine)),
        ),
        line(
            home.adapter,
            adapter_words(text, &promised.adapter),
            engine.map(|_| adapter_words(text, &adapter)),
        ),
        line(home.build, promised.build.clone(), Some(my_build)),
        code(line(
            home.record_digest,
            promised.record_short(),
            mine.map(Receipt::record_short),
        )),
        code(line(
            home.weights_digest,
            promised.weights_short(),
            mine.map(Receipt::weights_short),
        )),
    ]
}

/// Both as a table, as markup.
pub fn table(page: Page, mine: Option<&Receipt>, promised: &Receipt) -> String {
    let promise = &page.text().promise;
    let cell = |words: &str, is_code: bool| match is_code {
        true => format!("<code>{}</code>", escaped(words)),
        false => escaped(words),
    };
    let row = |line: Line| {
        let differs = line
            .here
            .as_ref()
            .is_some_and(|here| *here != line.promised);
        let here = match &line.here {
            Some(here) => cell(here, line.is_code),
            None => format!(
                "<span aria-hidden='true'>\u{2013}</span><span class='hidden'>{}</span>",
                promise.not_yet
            ),
        };
        let mark = match differs {
            true => format!(
                "<span class='unlike' aria-hidden='true'>\u{2260}</span><span class='hidden'>{}</span> ",
                promise.differs
            ),
            false => String::new(),
        };
        format!(
            "<tr{}><th scope='row'>{}</th><td>{}</td><td>{mark}{here}</td></tr>",
            if differs {
                " class='differing-line'"
            } else {
                ""
            },
            escaped(line.name),
            cell(&line.promised, line.is_code),
        )
    };
    let rows: String = lines(page, mine, promised).into_iter().map(row).collect();
    format!(
        "<table class='beside'><caption class='hidden'>{}</caption><thead><tr><td></td><th scope='col'>{}</th><th scope='col'>{}</th></tr></thead><tbody>{rows}</tbody></table>",
        promise.caption, promise.promised, promise.here
    )
}
