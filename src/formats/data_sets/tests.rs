//! Formats as others write them, and the laws of reading: pieces don't matter, damage stays local.

use super::*;
use crate::formats::stream::{Layout, MOST_TOLD, Report};
use proptest::prelude::*;

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

/// Reads a file in pieces whose lengths repeat.
fn read(bytes: &[u8], kind: Option<Kind>, lengths: &[usize]) -> (Vec<Row>, Option<Report>) {
    let mut reader = Reader::new(kind);
    let (mut rows, mut rest) = (Vec::new(), bytes);
    for length in lengths.iter().cycle() {
        let (piece, others) = rest.split_at((*length).clamp(1, rest.len().max(1)).min(rest.len()));
        rows.extend(reader.push(piece));
        rest = others;
        if rest.is_empty() {
            break;
        }
    }
    match reader.finish() {
        Ok((last, report)) => {
            rows.extend(last);
            (rows, Some(report))
        }
        Err(_) => (rows, None),
    }
}

fn group() -> QueryGroup {
    QueryGroup {
        query: "<q> why ? <a>".to_owned(),
        responses: ["so .", "a \"b\"\nc", "é"].map(str::to_owned).to_vec(),
        scores: vec![5.5, 6.0, -1.0],
        models: ["good/draft", "bad/draft", "good/revision"]
            .map(str::to_owned)
            .to_vec(),
    }
}

#[test]
fn files_look_as_others_expect() {
    let written = |kind| text(write(&[group()], kind).unwrap());
    assert_eq!(
        written(Kind::StableAlignment),
        "[\n{\"query\":\"<q> why ? <a>\",\"responses\":[\"so .\",\"a \\\"b\\\"\\nc\",\"é\"],\
         \"scores\":[5.5,6,-1],\"models\":[\"good/draft\",\"bad/draft\",\"good/revision\"]}\n]\n"
    );
    assert_eq!(
        written(Kind::Preference),
        "{\"prompt\":\"<q> why ? <a>\",\"chosen\":\"a \\\"b\\\"\\nc\",\"rejected\":\"so .\",\
         \"score_chosen\":6,\"score_rejected\":5.5}\n\
         {\"prompt\":\"<q> why ? <a>\",\"chosen\":\"a \\\"b\\\"\\nc\",\"rejected\":\"é\",\
         \"score_chosen\":6,\"score_rejected\":-1}\n"
    );
    assert_eq!(
        written(Kind::Completion),
        "{\"prompt\":\"<q> why ? <a>\",\"completion\":\"a \\\"b\\\"\\nc\",\"score\":6}\n"
    );
    let judged = written(Kind::Judged);
    assert!(judged.starts_with(
        "{\"prompt\":\"<q> why ? <a>\",\"completion\":\"so .\",\"label\":true,\"score\":5.5}\n"
    ));
    assert!(judged.ends_with("\"completion\":\"é\",\"label\":false,\"score\":-1}\n"));
    assert_eq!(text(write(&[], Kind::StableAlignment).unwrap()), "[\n]\n");
    let mut bad = group();
    bad.scores[2] = f32::NAN;
    let refused = write(&[group(), bad], Kind::StableAlignment).unwrap_err();
    assert!(
        refused.to_string().contains("row 2: the score NaN"),
        "{refused}"
    );
    // Equal scores say nothing about which is better.
    let equal = QueryGroup {
        scores: vec![4.0; 3],
        ..group()
    };
    assert!(Row::of(&equal, Kind::Preference).is_empty());
}

#[test]
fn strangers_rows_are_read_and_gathered() {
    let file = r#"
{"prompt": [{"role": "user", "content": "hi ?"}], "chosen": [{"role": "assistant", "content": "yes ."}], "rejected": "no .", "source": 3}
{"chosen": "yes .", "rejected": "never .", "prompt": "hi ?", "score_chosen": 4, "score_rejected": null}
{"prompt": "hi ?", "completion": "maybe .", "label": false}
{"prompt": [{"role": "system", "content": "be brief"}, {"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}], "completion": "d"}
"#;
    let (rows, report) = read(file.as_bytes(), None, &[11]);
    assert_eq!(report.unwrap().broken, 0);
    let mut gathering = Gathering::default();
    rows.iter().for_each(|row| gathering.add(row));
    let groups = gathering.finish();
    assert_eq!(groups[0].query, "hi ?");
    assert_eq!(groups[0].responses, ["yes .", "no .", "never .", "maybe ."]);
    assert_eq!(groups[0].scores, [5.5, 1.0, 1.0, 1.0]);
    assert_eq!(
        groups[1].query,
        "be brief\n\nHuman: a\n\nAssistant: b\n\nHuman: c\n\nAssistant:"
    );
    assert_eq!(
        (groups[1].scores[0], groups[1].models[0].as_str()),
        (7.0, "completion")
    );
}

#[test]
fn broken_rows_are_told_with_line_and_reason() {
    let good = r#"{"query": "q", "responses": ["a"], "scores": [1], "models": ["m"]}"#;
    let broken = [
        (r#"{"query": "q""#, "EOF while parsing"),
        (
            r#"{"query": "q", "responses": ["a"], "scores": [1]}"#,
            "missing field `models`",
        ),
        (
            r#"{"query": "q", "responses": ["a"], "scores": [1, 2], "models": ["m"]}"#,
            "1 responses, 2 scores and 1 models",
        ),
        (
            r#"{"query": "q", "responses": [], "scores": [], "models": []}"#,
            "at least one",
        ),
        (
            r#"{"query": "q", "responses": ["a"], "scores": ["7"], "models": ["m"]}"#,
            "expected f64",
        ),
        (
            r#"{"query": "q", "responses": ["a"], "scores": [null], "models": ["m"]}"#,
            "expected f64",
        ),
        (
            r#"{"query": "q", "responses": ["a"], "scores": [NaN], "models": ["m"]}"#,
            "expected value, at byte 47 of the row",
        ),
        (
            r#"{"query": "q", "responses": ["a"], "scores": [1e39], "models": ["m"]}"#,
            "out of all bounds",
        ),
        (
            r#"{"query": 3, "responses": ["a"], "scores": [1], "models": ["m"]}"#,
            "expected a string",
        ),
        (
            r#"{"query": " ", "responses": ["a"], "scores": [1], "models": ["m"]}"#,
            "`query` has no words",
        ),
        (r#"["q", ["a"], [1], ["m"]]"#, "not a JSON object"),
        (r#"{"question": "q"}"#, "none of the keys"),
        (
            r#"{"prompt": "q", "chosen": "a"}"#,
            "missing field `rejected`",
        ),
        (
            r#"{"prompt": "q", "completion": "a", "label": "good"}"#,
            "expected a boolean",
        ),
        (
            r#"{"prompt": {"role": "user"}, "completion": "a"}"#,
            "a string or a list of messages",
        ),
        (
            r#"{"prompt": [{"role": "cook", "content": "a"}, {"role": "user", "content": "b"}], "completion": "a"}"#,
            "\"cook\"",
        ),
        (
            r#"{"prompt": "q", "completion": [{"role": "user", "content": "a"}]}"#,
            "one message of the assistant",
        ),
    ];
    let mut lines = vec![good];
    lines.extend(broken.map(|(line, _)| line));
    lines.push(good);
    let (rows, report) = read(lines.join("\r\n").as_bytes(), None, &[13]);
    let report = report.unwrap();
    assert_eq!((rows.len(), report.rows, report.broken), (2, 2, 17));
    for (place, (told, (line, reason))) in report.told.iter().zip(broken).enumerate() {
        assert_eq!(told.line, place + 2, "{line}");
        assert!(told.reason.contains(reason), "{line}: {}", told.reason);
    }
    // In an array a row has the line it begins in.
    let array = format!("[\n{good},\n\n{{\"query\":\n1}},\n{good}\n]");
    let (rows, report) = read(array.as_bytes(), Some(Kind::StableAlignment), &[5]);
    assert_eq!((rows.len(), report.unwrap().told[0].line), (2, 4));
    // One kind asked for, another found; and hundreds of them.
    let many = format!("{good}\n{}", "{\"prompt\": \"q\"}\n".repeat(300));
    let report = read(many.as_bytes(), Some(Kind::StableAlignment), &[4096])
        .1
        .unwrap();
    assert_eq!(
        (report.rows, report.broken, report.told.len()),
        (1, 300, MOST_TOLD)
    );
}

#[test]
fn a_file_of_something_else_is_one_clear_error() {
    let fails = |bytes: &[u8]| {
        let mut reader = Reader::new(None);
        assert!(reader.push(bytes).is_empty());
        reader.finish().unwrap_err().to_string()
    };
    assert_eq!(
        fails(b" \n"),
        "nothing in this file can be used: it is empty"
    );
    let csv = fails(b"label,scenario\n1,\"x\"\n");
    assert!(csv.contains("2 rows were tried"), "{csv}");
    assert!(
        csv.contains("the first, in line 1: it is not a JSON object"),
        "{csv}"
    );
    assert!(fails(&[0, 159, 146, 150, 10, 255]).contains("line 1"));
    assert!(fails(b"[1, 2, 3]").contains("not a JSON object"));
}

/// Any text with a word in it.
fn words() -> impl Strategy<Value = String> {
    (any::<String>(), "[a-zé\u{1F600}]{1,3}").prop_map(|(any, word)| format!("{any}{word}"))
}

fn groups() -> impl Strategy<Value = Vec<QueryGroup>> {
    let score = prop_oneof![
        (-100_000_000i32..100_000_000).prop_map(|n| n as f32),
        any::<f32>().prop_filter("finite", |score| score.is_finite()),
    ];
    let response = (words(), score, any::<String>());
    let group = (words(), prop::collection::vec(response, 1..4));
    let group = group.prop_map(|(query, responses)| QueryGroup {
        query,
        responses: responses.iter().map(|r| r.0.clone()).collect(),
        scores: responses.iter().map(|r| r.1).collect(),
        models: responses.iter().map(|r| r.2.clone()).collect(),
    });
    prop::collection::vec(group, 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read_back_in_pieces_of_any_size(
        groups in groups(),
        kind in prop::sample::select(Kind::ALL.to_vec()),
        array: bool,
        lengths in prop::collection::vec(1usize..40, 1..8),
        auto: bool,
    ) {
        let rows: Vec<Row> = groups.iter().flat_map(|group| Row::of(group, kind)).collect();
        prop_assume!(!rows.is_empty());
        let layout = if array { Layout::Array } else { Layout::Lines };
        let bytes = stream::write(&rows, layout).unwrap();
        let (found, report) = read(&bytes, (!auto).then_some(kind), &lengths);
        prop_assert_eq!(&found, &rows);
        prop_assert_eq!(report.unwrap().broken, 0);
        prop_assert_eq!(stream::write(&found, layout).unwrap(), bytes);
    }

    #[test]
    fn a_damaged_byte_costs_the_rows_it_touches_at_most(
        groups in groups(),
        place: prop::sample::Index,
        byte: u8,
        array: bool,
        lengths in prop::collection::vec(1usize..40, 1..4),
    ) {
        let kind = Some(Kind::StableAlignment);
        let rows: Vec<Row> = groups.into_iter().map(Row::Group).collect();
        let layout = if array { Layout::Array } else { Layout::Lines };
        let mut bytes = stream::write(&rows, layout).unwrap();
        let place = place.index(bytes.len());
        let broken_line = bytes[place] == b'\n';
        let touched = bytes[..place].iter().filter(|byte| **byte == b'\n').count();
        bytes[place] = byte;
        let (found, _) = read(&bytes, kind, &lengths);
        prop_assert!(found.len() <= rows.len() + 1);
        if !array {
            let before = &rows[..touched];
            let after = &rows[(touched + 1 + usize::from(broken_line)).min(rows.len())..];
            prop_assert_eq!(&found[..before.len()], before);
            prop_assert_eq!(&found[found.len() - after.len()..], after);
        }
    }
}
