//! What stands beside a drawing: the key to its lines, and the same figures as a table.

use leptos::prelude::*;

/// The key to a chart's lines: look and name of each.
pub fn keys(keys: Vec<(&'static str, String)>) -> AnyView {
    let key = |(class, name): (&'static str, String)| {
        view! {
            <li><svg class="key" width="28" height="10" aria-hidden="true"><g class=class><line x1="0" x2="28" y1="5" y2="5" /></g></svg>{name}</li>
        }
    };
    let keys = keys.into_iter().map(key).collect_view();
    view! { <ul class="keys-line">{keys}</ul> }.into_any()
}

/// Cells of a table, the head of each line first; `class` is its look, or `hidden` where it only
/// repeats a drawing.
pub fn table(
    class: &'static str,
    caption: String,
    columns: Vec<String>,
    lines: Vec<Vec<String>>,
) -> AnyView {
    let column = |name: String| view! { <th scope="col">{name}</th> };
    let line = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let head = cells.next();
        let cells = cells.map(|cell| view! { <td>{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{head}</th>{cells}</tr> }
    };
    let columns = columns.into_iter().map(column).collect_view();
    let lines = lines.into_iter().map(line).collect_view();
    view! {
        <table class=class>
            <caption class="hidden">{caption}</caption>
            <thead><tr><td></td>{columns}</tr></thead>
            <tbody>{lines}</tbody>
        </table>
    }
    .into_any()
}

/// A number with its sign, as typeset: a true minus.
pub fn signed(value: f32) -> String {
    let words = format!("{value:+.2}");
    // What rounds to zero has no sign.
    match words.as_str() {
        "+0.00" | "-0.00" => "0.00".to_owned(),
        _ => words.replace('-', "\u{2212}"),
    }
}

#[cfg(test)]
mod tests {
    use super::signed;

    #[test]
    fn signs_are_typeset() {
        let found = [0.25, -1.5, 0.001, -0.001].map(signed);
        assert_eq!(found, ["+0.25", "\u{2212}1.50", "0.00", "0.00"]);
    }
}
