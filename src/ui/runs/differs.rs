//! What differs between the runs that are compared: a line for each.

use super::super::parts::{self, escaped};
use super::super::settings::named;
use super::super::state::Page;
use super::super::text::Text;
use super::{Compared, Shown, look, words};
use crate::lab::kept::{Differing, difference};
use leptos::prelude::*;

/// A setting as markup: in the page's language where a field has its name, and as in run files.
fn name(text: &Text, setting: &str) -> String {
    let known = named::name(text, setting);
    let code = format!("<code>{}</code>", escaped(setting));
    known.map_or_else(|| code.clone(), |known| format!("{known} {code}"))
}

fn line(page: Page, at: usize, shown: &Shown, settings: &[Differing]) -> String {
    let text = words(page);
    let told = settings.iter().map(|setting| {
        let value = setting.values.get(at).and_then(Option::as_ref);
        let told = |written: &String| named::told(page.text(), &setting.setting, written);
        let value = value.map_or_else(|| text.not_there.to_owned(), told);
        let value = format!("<b>{}</b>", escaped(&value));
        format!(
            "<span>{}</span>",
            (text.setting)(&name(page.text(), &setting.setting), &value)
        )
    });
    format!(
        "<li><span class='run-number {}'>{}</span><span><i>{}</i> {}</span></li>",
        look(shown.place),
        shown.place + 1,
        escaped(&shown.run.name),
        told.collect::<Vec<String>>().join("; ")
    )
}

pub fn differs(page: Page, compared: Compared) -> AnyView {
    let text = words(page);
    let lines = move || {
        compared.with(|runs| {
            if runs.len() < 2 {
                return format!("<p class='aside'>{}</p>", text.only_one);
            }
            let configs: Vec<_> = runs.iter().map(|shown| &shown.run.config).collect();
            let settings = difference(&configs);
            if settings.is_empty() {
                return format!("<p>{}</p>", text.same);
            }
            let placed = runs.iter().enumerate();
            let lines = placed.map(|(at, shown)| line(page, at, shown, &settings));
            format!(
                "<ul class='differing'>{}</ul><p class='aside'>{}</p>",
                lines.collect::<String>(),
                text.differs_hint
            )
        })
    };
    parts::section("runs-differ", text.differs, vec![parts::markup("", lines)])
}
