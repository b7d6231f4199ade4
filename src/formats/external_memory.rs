//! The record as the authors' external memory: a JSON array with an object an interaction, under
//! the published names in the published order.
//!
//! An object may have one further key, `mores`, with what the published fields leave out: the
//! situation, every prompt and every critique word for word, memories, log-probabilities. With it
//! an interaction is read back as it was, to the byte. Without it the situation is lost for good
//! (a question's text does not tell which norm is at stake, nor whether somebody agreed), and no
//! inspector could judge the texts again; that is why such an object is read as an
//! [`ExternalMemory`] of its own and not as an [`Interaction`] with holes. Data sets can be made
//! of either.

use super::error::FormatError;
use super::stream::{self, Layout, RowFormat, object};
use crate::alignment::data::{Experience, Remembered};
use crate::society::{Critique, Interaction, Label, Recall, Role, Voice};
use crate::world::situation::Situation;
use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

/// One interaction under the published names; see [`Interaction`] for what they mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "the fields have the names and meanings of those of `Interaction`"
)]
pub struct ExternalMemory {
    pub agent_id: u16,
    pub label: Label,
    pub iteration: u16,
    pub question: String,
    pub draft_answer: String,
    pub target_id: Vec<u16>,
    pub feedback: Vec<String>,
    pub rating: Vec<Option<u8>>,
    pub revised_answer: String,
    pub gen_moral_score_before: i8,
    pub gen_moral_score_after: i8,
    pub gen_moral_reason_before: String,
    pub gen_moral_reason_after: String,
    pub gen_engagement_score_before: i8,
    pub gen_engagement_score_after: i8,
    pub gen_engagement_reason_before: String,
    pub gen_engagement_reason_after: String,
    #[serde(default)]
    pub cls_moral_score_before: u8,
    #[serde(default)]
    pub cls_moral_score_after: u8,
    /// What the published fields leave out, if the file was written here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mores: Option<Box<Unpublished>>,
}

/// What an inspector needs besides the published fields; see [`Interaction`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[allow(
    missing_docs,
    reason = "the fields have the names and meanings of those of `Interaction`"
)]
pub struct Unpublished {
    pub situation: Situation,
    pub role: Role,
    pub mind: u8,
    pub draft_by: Voice,
    pub revision_by: Voice,
    pub mean_rating: Option<f32>,
    pub memory: Option<Recall>,
    pub nearest_distance: Option<f32>,
    pub draft_prompt: String,
    pub draft_log_probability: Option<f32>,
    pub critiques: Vec<Critique>,
    pub revision_prompt: Option<String>,
    pub revision_log_probability: Option<f32>,
}

/// An interaction with everything or with the published fields only.
#[derive(Clone, Debug, PartialEq)]
pub enum Entry {
    /// Everything.
    Whole(Box<Interaction>),
    /// The published fields.
    Published(Box<ExternalMemory>),
}

impl ExternalMemory {
    /// The published fields of an interaction, with all the others too where it is to be read back
    /// whole.
    pub fn of(interaction: &Interaction, whole: bool) -> Self {
        // Field by field, so that a new one can't be forgotten.
        let Interaction {
            agent_id,
            label,
            iteration,
            question,
            draft_answer,
            target_id,
            feedback,
            rating,
            revised_answer,
            gen_moral_score_before,
            gen_moral_score_after,
            gen_moral_reason_before,
            gen_moral_reason_after,
            gen_engagement_score_before,
            gen_engagement_score_after,
            gen_engagement_reason_before,
            gen_engagement_reason_after,
            cls_moral_score_before,
            cls_moral_score_after,
            situation,
            role,
            mind,
            draft_by,
            revision_by,
            mean_rating,
            memory,
            nearest_distance,
            draft_prompt,
            draft_log_probability,
            critiques,
            revision_prompt,
            revision_log_probability,
        } = interaction.clone();
        let mores = whole.then(|| {
            Box::new(Unpublished {
                situation,
                role,
                mind,
                draft_by,
                revision_by,
                mean_rating,
                memory,
                nearest_distance,
                draft_prompt,
                draft_log_probability,
                critiques,
                revision_prompt,
                revision_log_probability,
            })
        });
        Self {
            agent_id,
            label,
            iteration,
            question,
            draft_answer,
            target_id,
            feedback,
            rating,
            revised_answer,
            gen_moral_score_before,
            gen_moral_score_after,
            gen_moral_reason_before,
            gen_moral_reason_after,
            gen_engagement_score_before,
            gen_engagement_score_after,
            gen_engagement_reason_before,
            gen_engagement_reason_after,
            cls_moral_score_before,
            cls_moral_score_after,
            mores,
        }
    }

    /// The interaction if all of it is there, else the published fields as they are.
    pub fn into_entry(mut self) -> Entry {
        let Some(more) = self.mores.take() else {
            return Entry::Published(Box::new(self));
        };
        Entry::Whole(Box::new(Interaction {
            agent_id: self.agent_id,
            label: self.label,
            iteration: self.iteration,
            question: self.question,
            draft_answer: self.draft_answer,
            target_id: self.target_id,
            feedback: self.feedback,
            rating: self.rating,
            revised_answer: self.revised_answer,
            gen_moral_score_before: self.gen_moral_score_before,
            gen_moral_score_after: self.gen_moral_score_after,
            gen_moral_reason_before: self.gen_moral_reason_before,
            gen_moral_reason_after: self.gen_moral_reason_after,
            gen_engagement_score_before: self.gen_engagement_score_before,
            gen_engagement_score_after: self.gen_engagement_score_after,
            gen_engagement_reason_before: self.gen_engagement_reason_before,
            gen_engagement_reason_after: self.gen_engagement_reason_after,
            cls_moral_score_before: self.cls_moral_score_before,
            cls_moral_score_after: self.cls_moral_score_after,
            situation: more.situation,
            role: more.role,
            mind: more.mind,
            draft_by: more.draft_by,
            revision_by: more.revision_by,
            mean_rating: more.mean_rating,
            memory: more.memory,
            nearest_distance: more.nearest_distance,
            draft_prompt: more.draft_prompt,
            draft_log_probability: more.draft_log_probability,
            critiques: more.critiques,
            revision_prompt: more.revision_prompt,
            revision_log_probability: more.revision_log_probability,
        }))
    }
}

impl Remembered for ExternalMemory {
    /// A peer's words are put together from rating and reason, and the revision prompt from what
    /// could be read; how peers were raised is not told.
    fn experience(&self) -> Experience<'_> {
        let feedback = self.feedback.iter().map(String::as_str);
        Experience::told(
            self.label,
            [&self.question, &self.draft_answer, &self.revised_answer],
            [
                [self.gen_moral_score_before, self.gen_moral_score_after],
                [
                    self.gen_engagement_score_before,
                    self.gen_engagement_score_after,
                ],
            ],
            self.rating.iter().copied().zip(feedback),
        )
    }
}

impl Entry {
    /// The entry under the published names, with everything there is or with those alone.
    pub fn memory(&self, whole: bool) -> ExternalMemory {
        match self {
            Entry::Whole(interaction) => ExternalMemory::of(interaction, whole),
            Entry::Published(memory) => memory.as_ref().clone(),
        }
    }
}

impl Remembered for Entry {
    fn experience(&self) -> Experience<'_> {
        match self {
            Entry::Whole(interaction) => interaction.experience(),
            Entry::Published(memory) => memory.experience(),
        }
    }
}

/// Writes a record: an object a line within one array. Unread ratings are as recorded, `null` or,
/// in a society that follows the released code, 8.
///
/// # Errors
/// [`FormatError::Unwritable`] if an interaction cannot be written as JSON.
pub fn write(record: &[Interaction], whole: bool) -> Result<Vec<u8>, FormatError> {
    let memories = record.iter().map(|one| ExternalMemory::of(one, whole));
    stream::write(memories, Layout::Array)
}

/// Interactions in any form: external memories with or without `mores`, and lines of the record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Entries;

/// Reads records piece by piece, as arrays or as lines.
pub type Reader = stream::Reader<Entries>;

impl Reader {
    /// A reader at the beginning of a file.
    pub fn new() -> Self {
        Self::of(Entries)
    }
}

impl Default for Reader {
    fn default() -> Self {
        Self::new()
    }
}

/// A line of the record has its situation beside the published fields.
#[derive(Deserialize)]
struct Keys {
    situation: Option<IgnoredAny>,
}

impl RowFormat for Entries {
    type Row = Entry;

    fn parse(&self, row: &[u8]) -> Result<Entry, String> {
        let keys: Keys = object(row)?;
        let entry = match keys.situation {
            Some(_) => Entry::Whole(object(row)?),
            None => object::<ExternalMemory>(row)?.into_entry(),
        };
        let (targets, feedback, ratings) = match &entry {
            Entry::Whole(one) => (one.target_id.len(), one.feedback.len(), one.rating.len()),
            Entry::Published(one) => (one.target_id.len(), one.feedback.len(), one.rating.len()),
        };
        if feedback != targets || ratings != targets {
            return Err(format!(
                "it has {targets} peers, {feedback} feedbacks and {ratings} ratings; it needs as \
                 many of each"
            ));
        }
        Ok(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alignment::config::ScoreKind;
    use crate::alignment::data::{imitation, self_critic};
    use crate::formats::record;
    use crate::society::Fidelity;
    use crate::society::scripted::{Manner, played, small};
    use proptest::prelude::*;

    fn read(bytes: &[u8], piece: usize) -> (Vec<Entry>, u64) {
        let mut reader = Reader::new();
        let mut entries = Vec::new();
        for piece in bytes.chunks(piece) {
            entries.extend(reader.push(piece));
        }
        let (last, report) = reader.finish().unwrap();
        entries.extend(last);
        (entries, report.broken)
    }

    fn whole(entries: Vec<Entry>) -> Vec<Interaction> {
        let interaction = |entry| match entry {
            Entry::Whole(interaction) => *interaction,
            Entry::Published(memory) => panic!("{memory:?}"),
        };
        entries.into_iter().map(interaction).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(6))]

        #[test]
        fn a_record_is_read_back_to_the_byte(
            seed: u64, garbage: bool, answer: String, number: f32, piece in 1usize..5000,
        ) {
            let manner = if garbage { Manner::Garbage } else { Manner::Plain };
            let mut record = played(small(), manner, seed).record().to_vec();
            record[0].draft_answer = answer;
            record[1].mean_rating = number.is_finite().then_some(number);
            let bytes = write(&record, true).unwrap();
            let (entries, broken) = read(&bytes, piece);
            prop_assert_eq!(broken, 0);
            let back = whole(entries);
            prop_assert_eq!(write(&back, true).unwrap(), bytes);
            prop_assert_eq!(record::write(&back).unwrap(), record::write(&record).unwrap());
            // The record's own lines are read as well.
            let (lines, _) = read(&record::write(&record).unwrap(), piece);
            prop_assert_eq!(whole(lines), record);
        }
    }

    #[test]
    fn the_published_keys_stand_in_the_published_order() {
        let record = played(small(), Manner::Plain, 1).record()[..2].to_vec();
        let text = String::from_utf8(write(&record, false).unwrap()).unwrap();
        let mut keys = Vec::new();
        for line in text.lines().filter(|line| line.starts_with('{')) {
            let value: serde_json::Value =
                serde_json::from_str(line.trim_end_matches(',')).unwrap();
            assert_eq!(value.as_object().unwrap().len(), 19);
            let mut places: Vec<(usize, String)> = value
                .as_object()
                .unwrap()
                .keys()
                .map(|key| (line.find(&format!("\"{key}\":")).unwrap(), key.clone()))
                .collect();
            places.sort();
            keys = places.into_iter().map(|(_, key)| key).collect();
        }
        assert_eq!(
            keys.join(" "),
            "agent_id label iteration question draft_answer target_id feedback rating \
             revised_answer gen_moral_score_before gen_moral_score_after gen_moral_reason_before \
             gen_moral_reason_after gen_engagement_score_before gen_engagement_score_after \
             gen_engagement_reason_before gen_engagement_reason_after cls_moral_score_before \
             cls_moral_score_after"
        );
    }

    #[test]
    fn published_fields_alone_give_the_same_data() {
        let run = played(small(), Manner::Plain, 3);
        let bytes = write(run.record(), false).unwrap();
        let (entries, broken) = read(&bytes, 999);
        assert_eq!((entries.len(), broken), (27, 0));
        assert!(entries.iter().all(|e| matches!(e, Entry::Published(_))));
        let fidelity = Fidelity::default();
        let kind = ScoreKind::MoralAndEngagement;
        assert_eq!(
            imitation(&entries, kind, &fidelity),
            imitation(run.record(), kind, &fidelity)
        );
        let mut expected = self_critic(run.record(), &fidelity);
        let peers = expected.iter_mut().flat_map(|group| &mut group.models);
        peers.for_each(|model| *model = "peer/critique".to_owned());
        assert_eq!(self_critic(&entries, &fidelity), expected);
        for (entry, one) in entries.iter().zip(run.record()) {
            let asked = entry.experience().revision_prompt.map(String::from);
            assert_eq!(asked, one.revision_prompt);
        }
    }

    #[test]
    fn strangers_are_told_what_is_missing() {
        let record = played(small(), Manner::Plain, 4).record()[..1].to_vec();
        let good = String::from_utf8(write(&record, false).unwrap()).unwrap();
        let row = good.lines().nth(1).unwrap();
        let cut = row.replacen("\"feedback\":[", "\"feedback\":[\"more\",", 1);
        let file = format!("[{row},\n{{\"agent_id\": 1}},\n{cut}]");
        let mut reader = Reader::new();
        assert_eq!(reader.push(file.as_bytes()).len(), 1);
        let (_, report) = reader.finish().unwrap();
        assert_eq!(report.told[0].line, 2);
        assert!(report.told[0].reason.contains("missing field `label`"));
        assert!(report.told[1].reason.contains("feedbacks"), "{report:?}");
    }
}
