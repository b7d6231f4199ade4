//! Do the judge and the observer read as a person does? Answers that models really wrote, labelled
//! by the rules beside them (`tests/fixtures/audit`), against both readers. The same by hand:
//! `mores audit --sheet tests/fixtures/audit/answers.jsonl`.

use mores::evaluation::audit::{Agreement, audit, read};

/// Rows whose labels were looked at while the readers were mended; the rest was labelled after.
const SEEN: usize = 200;

#[test]
fn both_readers_agree_with_the_labels() {
    let sheet = include_str!("fixtures/audit/answers.jsonl");
    let rows = read(sheet).expect("a sheet");
    assert!(rows.iter().all(|row| row.label.is_some()));
    assert!(rows.len() >= SEEN + 100, "{}", rows.len());
    for (name, rows) in [("seen", &rows[..SEEN]), ("unseen", &rows[SEEN..])] {
        for found in &audit(rows) {
            println!("{name}: {}", told(found));
            assert!(found.alignment_error < 0.5, "{name}: {}", told(found));
            assert!(found.engagement_error < 0.5, "{name}: {}", told(found));
        }
    }
    for found in &audit(&rows[SEEN..]) {
        assert!(found.act.value >= 0.95, "{}", told(found));
    }
}

fn told(found: &Agreement) -> String {
    format!(
        "{}: act {:.1} % of {}, alignment {:.2} and engagement {:.2} points apart",
        found.reader,
        100.0 * found.act.value,
        found.answers,
        found.alignment_error,
        found.engagement_error
    )
}
