//! Whatever is taken home is read back to the same counts, however it is cut into pieces.

use super::*;
use crate::alignment::ScoreKind;
use crate::alignment::data::DataConfig;
use crate::formats::{external_memory, record};
use crate::lab::data_file::{self, Wanted};
use crate::lab::message::Event;
use crate::lab::view::RunView;
use crate::lab::{Phase, replay};
use crate::society::scripted::{Manner, played, small};
use crate::society::{Fidelity, Interaction, Mode};
use proptest::prelude::*;

/// A file handed over in pieces of some length.
fn brought(desk: &mut Desk, bytes: &[u8], piece: usize) -> Result<Summary, LabError> {
    let (name, size) = ("some.file".to_owned(), bytes.len() as u64);
    desk.take(Step::Begin { name, size })?;
    for piece in bytes.chunks(piece) {
        desk.take(Step::Piece(Bytes(piece.to_vec())))?;
    }
    match desk.take(Step::End)? {
        Told::Read(summary) => Ok(*summary),
        other => panic!("{other:?}"),
    }
}

fn some_record(seed: u64) -> Vec<Interaction> {
    played(small(), Manner::Plain, seed).record().to_vec()
}

const PARTS: [[u8; 3]; 4] = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [5, 1, 1]];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn every_data_set_in_every_format_comes_back_with_the_same_counts(
        seed: u64, parts in 0usize..4, mode in 0usize..3, rows in 0usize..4, piece in 1usize..4000,
    ) {
        let record = some_record(seed);
        let [imitation, self_critic, realignment] = PARTS[parts];
        let wanted = Wanted {
            sets: DataConfig { imitation, self_critic, realignment, dev: 0.0 },
            score: ScoreKind::MoralAndEngagement,
            mode: Some(Mode::ALL[mode]),
            rows: Kind::ALL[rows],
        };
        let fidelity = Fidelity::of(Mode::ALL[mode]);
        let data = data_file::data_set(&record, &wanted.sets, wanted.score, &fidelity, 7).unwrap();
        let lines: usize = data
            .train
            .iter()
            .map(|group| crate::formats::data_sets::Row::of(group, wanted.rows).len())
            .sum();
        match data_file::write(&record, &wanted, &Fidelity::default(), 7) {
            Err(error) => {
                prop_assert_eq!(lines, 0);
                prop_assert!(error.to_string().contains("nothing"));
            }
            Ok((name, bytes)) => {
                prop_assert!(name.ends_with(wanted.rows.extension()), "{}", name);
                let mut desk = Desk::default();
                let summary = brought(&mut desk, &bytes, piece).unwrap();
                prop_assert_eq!(&summary.rows, &vec![(RowKind::Data(wanted.rows), lines as u64)]);
                prop_assert_eq!((summary.broken, summary.told.len()), (0, 0));
                let counted = summary.scores.iter().sum::<u32>() + summary.off_scale;
                prop_assert_eq!(counted, summary.responses);
                if wanted.rows == Kind::StableAlignment {
                    prop_assert_eq!(desk.file().unwrap().groups(), &data.train[..]);
                    let (_, again) = data_file::converted(&data.train, wanted.rows).unwrap();
                    prop_assert_eq!(again, bytes);
                }
            }
        }
    }

    #[test]
    fn no_bytes_whatever_do_harm_and_every_row_is_accounted_for(
        bytes in proptest::collection::vec(any::<u8>(), 0..400), piece in 1usize..50, good in 0usize..4,
    ) {
        let mut file = br#"{"prompt": "why ?", "completion": "so ."}"#.repeat(good.min(1));
        for _ in 1..good {
            file.extend_from_slice(b"\n{\"prompt\": \"how ?\", \"completion\": \"so .\"}");
        }
        file.push(b'\n');
        file.extend(&bytes);
        let mut desk = Desk::default();
        match brought(&mut desk, &file, piece) {
            Ok(summary) => prop_assert!(summary.rows[0].1 >= good as u64),
            Err(error) => prop_assert!(good == 0, "{}", error),
        }
    }
}

#[test]
fn a_record_comes_back_as_a_run_that_can_be_seen_again() {
    let run = played(small(), Manner::Plain, 5);
    let played = run.record();
    for bytes in [
        record::write(played).unwrap(),
        external_memory::write(played, true).unwrap(),
    ] {
        let mut desk = Desk::default();
        let summary = brought(&mut desk, &bytes, 777).unwrap();
        assert_eq!(summary.rows, [(RowKind::Interaction, played.len() as u64)]);
        assert_eq!(summary.responses as usize, 2 * played.len());
        assert_eq!(summary.unopened, None);
        let mut view = RunView::default();
        for event in &desk.open().unwrap() {
            view.apply(event);
        }
        assert_eq!(view.interactions, played);
        assert_eq!(view.imported.as_deref(), Some("some.file"));
        assert_eq!((view.phase(), &view.receipt), (Phase::Done, &None));
        let everybody = run.agents();
        assert_eq!(view.villagers.len(), everybody.len());
        for (villager, agent) in view.villagers.iter().zip(&everybody) {
            assert_eq!(
                (villager.agent.id, villager.agent.label),
                (agent.id, agent.label)
            );
            assert!(villager.agent.present);
        }
        assert_eq!(view.rounds, run.statistics());
        assert_eq!(replay::rounds(&view).len(), view.rounds.len());
        // Links are those of the record: fewer than the village's, never others.
        let known = run.links();
        for (seen, known) in view.links.iter().zip(known) {
            assert!(!seen.is_empty() && seen.iter().all(|place| known.contains(place)));
        }
    }
    let published = external_memory::write(played, false).unwrap();
    let mut desk = Desk::default();
    let summary = brought(&mut desk, &published, 777).unwrap();
    assert_eq!(summary.rows[0].0, RowKind::ExternalMemory);
    assert!(summary.unopened.unwrap().contains("published fields"));
    assert!(matches!(desk.open(), Err(LabError::Import(_))));
}

#[test]
fn a_file_is_summed_up_and_looked_through() {
    let rows = r#"{"query": "May I ?", "responses": ["No , thanks .", "Yes ."], "scores": [2, 6.5], "models": ["a", "b"]}
{"query": "May I ?", "responses": ["Yes ."], "scores": [5.5], "models": ["c"]}
{"prompt": "Why ?", "chosen": "So .", "rejected": "No ."}
{"prompt": 7}
not at all
{"prompt": "cut in the mid"#;
    let mut desk = Desk::default();
    let summary = brought(&mut desk, rows.as_bytes(), 11).unwrap();
    let kinds = [
        (RowKind::Data(Kind::StableAlignment), 2),
        (RowKind::Data(Kind::Preference), 1),
    ];
    assert_eq!(summary.rows, kinds);
    let lines: Vec<u64> = summary.told.iter().map(|(line, _)| *line).collect();
    assert_eq!((summary.broken, lines), (3, vec![4, 5, 6]));
    assert_eq!(
        (summary.queries, summary.responses, summary.merged),
        (2, 4, 1)
    );
    // 2; the mean of 6.5 and 5.5; 7 and 1 where no score is given.
    assert_eq!(summary.scores, [1, 1, 0, 0, 0, 1, 1]);
    assert_eq!(summary.mean, Some(4.0));
    let file = desk.file().unwrap();
    let found = file.find("no", 0);
    assert_eq!((found.count, found.shown.len()), (2, 2));
    assert_eq!(found.shown[0].responses[0].text, "No , thanks .");
    assert_eq!(file.find(" MAY ", 0).count, 1);
    assert_eq!(file.find("", 1).shown[0].number, 2);
    assert_eq!(file.find("nowhere", 0), Found::default());
}

#[test]
fn a_bad_file_is_told_in_a_sentence_and_the_one_before_stays() {
    let mut desk = Desk::default();
    assert!(desk.file().is_err());
    let good = br#"[{"prompt": "Why ?", "completion": "So ."}]"#;
    brought(&mut desk, good, 9).unwrap();
    let cases: [(&[u8], &str); 5] = [
        (b"", "it is empty"),
        (b" \n \n", "it is empty"),
        (b"\x00\x01\xff\xfe\x89PNG\r\n\x1a\n", "line 1"),
        (b"Dear all,\nno data here.\n", "not a JSON object"),
        (
            b"{\"prompt\": \"\xc3(\", \"completion\": \"so\"}",
            "unicode",
        ),
    ];
    for (bytes, said) in cases {
        let error = brought(&mut desk, bytes, 3).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
        assert_eq!(desk.file().unwrap().groups().len(), 1);
    }
    let huge = Step::Begin {
        name: "huge".into(),
        size: 2_147_483_648,
    };
    let error = desk.take(huge).unwrap_err().to_string();
    assert!(error.contains("2147 MB"), "{error}");
    // Nothing was begun, so nothing goes on.
    assert!(desk.take(Step::Piece(Bytes(vec![b'{']))).is_err());
    assert!(desk.take(Step::End).is_err());
    // A file given up leaves the one before, and one forgotten leaves nothing.
    let begin = Step::Begin {
        name: "next".into(),
        size: 3,
    };
    desk.take(begin).unwrap();
    assert_eq!(desk.take(Step::Cancel).unwrap(), Told::Nothing);
    assert_eq!(desk.file().unwrap().summary().name, "some.file");
    desk.take(Step::Forget).unwrap();
    assert!(desk.file().is_err());
}

#[test]
fn bytes_travel_as_one_block() {
    use crate::lab::message::Envelope;
    let piece = Bytes((0..=255).cycle().take(5_000).collect());
    let sent = Envelope::new(1, 2, Event::Packed { id: 3, piece });
    let bytes = sent.to_bytes().unwrap();
    assert!(bytes.len() < 5_100);
    assert_eq!(Envelope::<Event>::from_bytes(&bytes).unwrap(), sent);
}
