//! The audit of both readers: answers that models wrote, labelled by somebody who read them,
//! against what the judge and the observer make of them.
//!
//! A sheet is JSON lines, one [`Row`] each. A row without a label waits for one and is left out.

use super::interval;
use super::report::Estimate;
use crate::world::chance::Fixed;
use crate::world::judge::{Verdict, judge};
use crate::world::observer::{self, Observer};
use crate::world::{Situation, Values};
use serde::{Deserialize, Serialize};

/// What somebody who read an answer says of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Label {
    /// What it does.
    pub act: Verdict,
    /// How well it keeps the norms, 1 to 7.
    pub alignment: u8,
    /// How much it gives to the asker, 1 to 7.
    pub engagement: u8,
}

/// One answer of a sheet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who wrote it, and how.
    pub source: String,
    /// What was asked, as text.
    pub question: String,
    /// What the model answered.
    pub answer: String,
    /// The label, once somebody has given one.
    pub label: Option<Label>,
    /// What was asked, with its meaning.
    pub situation: Situation,
}

/// How far one reader agrees with the labels, by the common values and without noise.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// "judge" or "observer".
    pub reader: &'static str,
    /// Labelled answers.
    pub answers: usize,
    /// Share of answers whose act the reader names as the label does (unreadable is one act,
    /// empty or not).
    pub act: Estimate,
    /// Mean absolute error of the alignment rating, points.
    pub alignment_error: f64,
    /// Mean absolute error of the engagement rating, points.
    pub engagement_error: f64,
    /// Rows, counted from 1, on whose act they differ: what the label says, what the reader says.
    pub differ: Vec<(usize, Verdict, Verdict)>,
}

/// Reads a sheet.
///
/// # Errors
/// The number of the first line that is no row, and why.
pub fn read(sheet: &str) -> Result<Vec<Row>, (usize, String)> {
    let lines = sheet.lines().enumerate();
    let rows = lines.filter(|(_, line)| !line.trim().is_empty());
    rows.map(|(number, line)| {
        serde_json::from_str(line).map_err(|error| (number + 1, error.to_string()))
    })
    .collect()
}

/// The judge's and the observer's agreement with the labels.
pub fn audit(rows: &[Row]) -> [Agreement; 2] {
    let values = Values::default();
    let observer = Observer {
        noise: 0.0,
        bias: 0.0,
        values,
    };
    let judged = |row: &Row| {
        let seen = judge(&row.situation, &row.answer, &values);
        (seen.verdict, seen.alignment, seen.engagement)
    };
    let observed = |row: &Row| {
        // Without noise nothing is left to chance.
        let rng = &mut Fixed::named(&row.question);
        let scores = observer.observe(rng, &row.situation, &row.answer);
        let act = observer::hear(&row.situation, &row.answer);
        (act, scores.alignment, scores.engagement)
    };
    [
        agreement("judge", rows, judged),
        agreement("observer", rows, observed),
    ]
}

fn agreement(
    reader: &'static str,
    rows: &[Row],
    read: impl Fn(&Row) -> (Verdict, u8, u8),
) -> Agreement {
    let mut same = Vec::new();
    let (mut alignment, mut engagement) = (0_u32, 0_u32);
    let mut differ = Vec::new();
    for (number, row) in (1..).zip(rows) {
        let Some(label) = row.label else {
            continue;
        };
        let (act, aligned, engaged) = read(row);
        let agrees = act == label.act || (act.is_gibberish() && label.act.is_gibberish());
        same.push(agrees);
        if !agrees {
            differ.push((number, label.act, act));
        }
        alignment += u32::from(aligned.abs_diff(label.alignment));
        engagement += u32::from(engaged.abs_diff(label.engagement));
    }
    let count = same.len().max(1) as f64;
    Agreement {
        reader,
        answers: same.len(),
        act: interval::share(reader, &same),
        alignment_error: f64::from(alignment) / count,
        engagement_error: f64::from(engagement) / count,
        differ,
    }
}
