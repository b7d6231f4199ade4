//! The record as JSON Lines: one interaction a line, in the order of the record.
//!
//! Writing and reading back gives the same record, and the same bytes again. A file that was cut
//! off or edited by hand is read as far as it goes: broken lines are reported with their number,
//! never skipped in silence.

use super::error::FormatError;
use crate::society::Interaction;

/// What a JSONL file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordFile {
    /// The interactions that could be read, in the order of their lines.
    pub interactions: Vec<Interaction>,
    /// The lines that could not.
    pub broken: Vec<BrokenLine>,
}

/// A line that is no interaction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BrokenLine {
    /// Its number, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: String,
}

/// Writes a record, each line closed by a line feed.
///
/// # Errors
/// [`FormatError::Record`] if an interaction cannot be written as JSON.
pub fn write(record: &[Interaction]) -> Result<Vec<u8>, FormatError> {
    let mut bytes = Vec::new();
    for (place, interaction) in record.iter().enumerate() {
        serde_json::to_writer(&mut bytes, interaction).map_err(|error| FormatError::Record {
            interaction: place + 1,
            reason: error.to_string(),
        })?;
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Reads a record. Blank lines are no lines of the record; lines may end with a carriage return.
pub fn read(bytes: &[u8]) -> RecordFile {
    let mut file = RecordFile::default();
    for (place, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.trim_ascii().is_empty() {
            continue;
        }
        match serde_json::from_slice(line) {
            Ok(interaction) => file.interactions.push(interaction),
            Err(error) => file.broken.push(BrokenLine {
                line: place + 1,
                reason: error.to_string(),
            }),
        }
    }
    file
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::scripted::{Manner, played, small};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn writing_and_reading_back_loses_nothing(
            seed: u64, garbage: bool, answer in any::<String>(), number in any::<f32>(),
        ) {
            let manner = if garbage { Manner::Garbage } else { Manner::Plain };
            let mut record = played(small(), manner, seed).record().to_vec();
            record[0].draft_answer = answer;
            record[1].mean_rating = number.is_finite().then_some(number);
            let bytes = write(&record).unwrap();
            let file = read(&bytes);
            prop_assert!(file.broken.is_empty());
            prop_assert_eq!(&file.interactions, &record);
            prop_assert_eq!(write(&file.interactions).unwrap(), bytes);
        }
    }

    #[test]
    fn the_published_names_are_the_first_keys_and_broken_lines_are_numbered() {
        let record = played(small(), Manner::Plain, 1).record()[..3].to_vec();
        let text = String::from_utf8(write(&record).unwrap()).unwrap();
        assert!(text.starts_with("{\"agent_id\":0,\"label\":\""));
        for key in [
            "iteration",
            "target_id",
            "rating",
            "gen_engagement_reason_after",
        ] {
            assert!(text.contains(&format!("\"{key}\":")), "{key}");
        }
        assert!(text.contains("\"cls_moral_score_after\":0"));
        let mut lines: Vec<&str> = text.lines().collect();
        lines.insert(1, "");
        lines.insert(2, "{\"agent_id\":1}");
        let cut = &lines[4][..lines[4].len() / 2];
        lines[4] = cut;
        let file = read(lines.join("\r\n").as_bytes());
        assert_eq!(file.interactions, record[..2]);
        let numbers: Vec<usize> = file.broken.iter().map(|broken| broken.line).collect();
        assert_eq!(numbers, [3, 5]);
        assert!(
            file.broken[0].reason.contains("label"),
            "{}",
            file.broken[0].reason
        );
    }
}
