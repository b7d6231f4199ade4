//! The values of a figure as a table: for those who can't see it, for those who want the numbers, and
//! as comma-separated values for programs. A line for every place, mark or bar.

use super::figure::{Axis, Content, Figure, Lines, Measured};
use crate::ui::parts::escaped;

/// The words of a table.
#[derive(Clone, Copy, Debug)]
pub struct Heads {
    /// Heads the names of panels.
    pub panel: &'static str,
    /// Heads the places of lines whose axis has no name: rounds.
    pub place: &'static str,
    /// Heads the names of things.
    pub name: &'static str,
    /// Heads the kinds of bars.
    pub kind: &'static str,
    /// Lower and upper end, behind a name.
    pub ends: [&'static str; 2],
}

/// A column of values.
struct Column<'a> {
    axis: &'a Axis,
    name: String,
    /// Whether any of its values has an interval.
    measured: bool,
}

/// A cell.
enum Cell {
    Words(String),
    Value(usize, Option<Measured>),
}

/// A table that is not written yet.
struct Sheet<'a> {
    /// Heads of the columns of words.
    words: Vec<String>,
    columns: Vec<Column<'a>>,
    lines: Vec<Vec<Cell>>,
}

/// A column's place, added if it is new.
fn column<'a>(columns: &mut Vec<Column<'a>>, axis: &'a Axis, name: &str, measured: bool) -> usize {
    let known = columns.iter().position(|known| known.name == name);
    let place = known.unwrap_or_else(|| {
        columns.push(Column {
            axis,
            name: name.to_owned(),
            measured: false,
        });
        columns.len() - 1
    });
    columns[place].measured |= measured;
    place
}

fn sheet<'a>(figure: &'a Figure, heads: Heads) -> Sheet<'a> {
    let several = figure.panels.len() > 1;
    let mut sheet = Sheet {
        words: if several {
            vec![heads.panel.to_owned()]
        } else {
            Vec::new()
        },
        columns: Vec::new(),
        lines: Vec::new(),
    };
    let mut named: Vec<&'static str> = Vec::new();
    let has_ends = |found: &Measured| found.1.is_some();
    for panel in &figure.panels {
        let columns = &mut sheet.columns;
        let mut push = |cells: Vec<Cell>| {
            let panel = several.then(|| Cell::Words(panel.name.clone()));
            sheet.lines.push(panel.into_iter().chain(cells).collect());
        };
        match &panel.content {
            Content::Lines(lines) => {
                let across = match panel.across.name.as_str() {
                    "" => heads.place,
                    named => named,
                };
                let level = column(columns, &panel.across, across, false);
                let places = of_lines(columns, lines, &panel.up, &figure.title);
                for place in lines.places() {
                    let values = lines
                        .series
                        .iter()
                        .rev()
                        .zip(&places)
                        .map(|(series, column)| {
                            let value = series.at(place).filter(|value| value.is_finite());
                            Cell::Value(*column, value.map(|value| (value, series.ends(place))))
                        });
                    let head = std::iter::once(Cell::Value(level, Some((place, None))));
                    push(head.chain(values).collect());
                }
            }
            Content::Plane(plane) => {
                named = vec![heads.name];
                let of = |measured: fn(&super::figure::Mark) -> Measured| {
                    plane.marks.iter().any(|mark| has_ends(&measured(mark)))
                };
                let across = column(
                    columns,
                    &panel.across,
                    &panel.across.name,
                    of(|mark| mark.across),
                );
                let up = column(columns, &panel.up, &panel.up.name, of(|mark| mark.up));
                for mark in &plane.marks {
                    push(vec![
                        Cell::Words(mark.name.clone()),
                        Cell::Value(across, Some(mark.across)),
                        Cell::Value(up, Some(mark.up)),
                    ]);
                }
            }
            Content::Bars(bars) => {
                named = vec![heads.name, heads.kind];
                let name = if panel.across.name.is_empty() {
                    &figure.title
                } else {
                    &panel.across.name
                };
                let any = bars
                    .rows
                    .iter()
                    .flat_map(|row| row.1.iter().flatten())
                    .any(has_ends);
                let across = column(columns, &panel.across, name, any);
                for (row, found) in &bars.rows {
                    for (found, (_, kind)) in
                        found.iter().zip(&bars.kinds).filter(|one| one.0.is_some())
                    {
                        push(vec![
                            Cell::Words(row.clone()),
                            Cell::Words(kind.clone()),
                            Cell::Value(across, *found),
                        ]);
                    }
                }
            }
        }
    }
    sheet
        .words
        .extend(named.iter().map(|name| (*name).to_owned()));
    sheet
}

/// The columns of lines, in their order.
fn of_lines<'a>(
    columns: &mut Vec<Column<'a>>,
    lines: &Lines,
    up: &'a Axis,
    title: &str,
) -> Vec<usize> {
    let one = |series: &super::figure::Series| {
        let name = if series.name.is_empty() {
            title
        } else {
            &series.name
        };
        column(columns, up, name, !series.band.is_empty())
    };
    // The line in front comes first, as in the key.
    lines.series.iter().rev().map(one).collect()
}

/// Cells of a line, a place for each column of values.
fn placed(line: &[Cell], count: usize) -> (Vec<&str>, Vec<Option<Measured>>) {
    let mut words = Vec::new();
    let mut values = vec![None; count];
    for cell in line {
        match cell {
            Cell::Words(said) => words.push(said.as_str()),
            Cell::Value(column, found) => {
                if let Some(place) = values.get_mut(*column) {
                    *place = *found;
                }
            }
        }
    }
    (words, values)
}

/// A number in all its digits: as short as it can be told from the single it mostly was.
fn number(value: f64) -> String {
    let single = value as f32;
    if f64::from(single) == value {
        single.to_string()
    } else {
        value.to_string()
    }
}

/// A cell of a comma-separated file.
pub fn quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}

/// A figure as comma-separated values.
pub fn csv(figure: &Figure, heads: Heads) -> String {
    let sheet = sheet(figure, heads);
    let named = sheet.columns.iter().flat_map(|column| {
        let ends = heads
            .ends
            .iter()
            .map(|end| format!("{} ({end})", column.name));
        let ends = ends.take(if column.measured { 2 } else { 0 });
        std::iter::once(column.name.clone()).chain(ends)
    });
    let first: Vec<String> = sheet
        .words
        .iter()
        .cloned()
        .chain(named)
        .map(|head| quoted(&head))
        .collect();
    let mut text = first.join(",");
    text.push('\n');
    for line in &sheet.lines {
        let (words, values) = placed(line, sheet.columns.len());
        let values = values
            .iter()
            .zip(&sheet.columns)
            .flat_map(|(found, column)| {
                let told = |value: Option<f64>| value.map_or_else(String::new, number);
                let ends = found.and_then(|found| found.1);
                let ends = [ends.map(|ends| ends.0), ends.map(|ends| ends.1)].map(told);
                let ends = ends.into_iter().take(if column.measured { 2 } else { 0 });
                std::iter::once(told(found.map(|found| found.0)))
                    .chain(ends)
                    .collect::<Vec<String>>()
            });
        let cells: Vec<String> = words.into_iter().map(quoted).chain(values).collect();
        text.push_str(&cells.join(","));
        text.push('\n');
    }
    text
}

/// A figure as a table, as markup, with as many lines as `most` at the most; and how many there are.
pub fn table(figure: &Figure, heads: Heads, caption: &str, most: usize) -> (String, usize) {
    let sheet = sheet(figure, heads);
    let named = sheet.columns.iter().map(|column| column.name.clone());
    let columns: String = sheet
        .words
        .iter()
        .cloned()
        .chain(named)
        .map(|name| format!("<th scope='col'>{}</th>", escaped(&name)))
        .collect();
    let line = |line: &Vec<Cell>| {
        let (words, values) = placed(line, sheet.columns.len());
        let values = values.iter().zip(&sheet.columns).map(|(found, column)| {
            found.map_or_else(String::new, |found| column.axis.measured(found))
        });
        let cells = words
            .into_iter()
            .map(str::to_owned)
            .chain(values)
            .enumerate();
        let cells = cells.map(|(at, said)| {
            let said = escaped(&said);
            if at == 0 {
                format!("<th scope='row'>{said}</th>")
            } else {
                format!("<td>{said}</td>")
            }
        });
        format!("<tr>{}</tr>", cells.collect::<String>())
    };
    let lines: String = sheet.lines.iter().take(most).map(line).collect();
    let markup = format!(
        "<table class='chart-table'><caption class='hidden'>{}</caption><thead><tr>{columns}</tr></thead><tbody>{lines}</tbody></table>",
        escaped(caption)
    );
    (markup, sheet.lines.len())
}
