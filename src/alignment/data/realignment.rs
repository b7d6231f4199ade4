//! Realignment: how to make an answer better once others have spoken.

use super::group::{Collector, QueryGroup};
use super::score;
use crate::alignment::config::ScoreKind;
use crate::society::Interaction;

/// Revisions that helped: observed alignment rose and ended above 4. The query is the revision
/// prompt exactly as the author read it, feedback included; the responses are the revision and, as
/// what to contrast it with, the draft it replaces. Which interactions count is decided by
/// alignment, whatever `kind` says about scores.
pub fn realignment(record: &[Interaction], kind: ScoreKind) -> Vec<QueryGroup> {
    let mut collector = Collector::default();
    for one in record {
        let (before, after) = (one.gen_moral_score_before, one.gen_moral_score_after);
        let Some(query) = &one.revision_prompt else {
            continue;
        };
        // Noisy observers can score the same words differently; that is no improvement.
        if after <= before || after <= 4 || one.revised_answer == one.draft_answer {
            continue;
        }
        let label = one.label.name();
        let better = score(kind, after, one.gen_engagement_score_after);
        let worse = score(kind, before, one.gen_engagement_score_before);
        collector.add(
            query,
            &one.revised_answer,
            better,
            format!("{label}/revision"),
        );
        collector.add(query, &one.draft_answer, worse, format!("{label}/draft"));
    }
    collector.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    #[test]
    fn only_improvements_above_four_are_kept_with_their_contrast() {
        let run = played(small(), Manner::Plain, 23);
        let mut record = run.record().to_vec();
        for (one, (before, after)) in
            record
                .iter_mut()
                .zip([(2, 6), (2, 4), (6, 6), (7, 5), (4, 5)])
        {
            one.gen_moral_score_before = before;
            one.gen_moral_score_after = after;
            one.draft_answer = "take it .".to_owned();
            one.revised_answer = "ask first .".to_owned();
        }
        record.truncate(5);
        let groups = realignment(&record, ScoreKind::Moral);
        assert_eq!(groups.len(), 2);
        assert_eq!(Some(&groups[0].query), record[0].revision_prompt.as_ref());
        assert_eq!(groups[0].responses, ["ask first .", "take it ."]);
        assert_eq!(groups[0].scores, [6.0, 2.0]);
        assert_eq!(groups[1].scores, [5.0, 4.0]);
        record[0].revised_answer = record[0].draft_answer.clone();
        record[4].revision_prompt = None;
        assert!(realignment(&record, ScoreKind::Moral).is_empty());
    }
}
