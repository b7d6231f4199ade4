//! Imitation: what was answered to a question, before and after feedback.

use super::group::{Collector, QueryGroup};
use super::score;
use crate::alignment::config::ScoreKind;
use crate::society::Interaction;
use crate::world::prompt;

/// Drafts and revisions by question. The query is the plain question prompt, without the memory
/// an author may have had: the model learns to answer well whatever it remembers.
pub fn imitation(record: &[Interaction], kind: ScoreKind) -> Vec<QueryGroup> {
    let mut collector = Collector::default();
    for one in record {
        let query = prompt::draft(None, &one.question);
        let label = one.label.name();
        let before = score(
            kind,
            one.gen_moral_score_before,
            one.gen_engagement_score_before,
        );
        collector.add(&query, &one.draft_answer, before, format!("{label}/draft"));
        // Where nobody commented there is no second answer, only the first one again.
        if one.revision_prompt.is_some() {
            let after = score(
                kind,
                one.gen_moral_score_after,
                one.gen_engagement_score_after,
            );
            collector.add(
                &query,
                &one.revised_answer,
                after,
                format!("{label}/revision"),
            );
        }
    }
    collector.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    #[test]
    fn every_answer_is_there_under_its_question() {
        let run = played(small(), Manner::Plain, 21);
        let groups = imitation(run.record(), ScoreKind::Moral);
        // 27 interactions over a bank of 20 questions.
        assert!(groups.len() <= 20 && groups.len() > 10, "{}", groups.len());
        for one in run.record() {
            let query = prompt::draft(None, &one.question);
            let group = groups.iter().find(|group| group.query == query).unwrap();
            assert!(group.responses.contains(&one.draft_answer));
            assert!(group.responses.contains(&one.revised_answer));
        }
        for group in &groups {
            assert!(group.scores.iter().all(|score| (1.0..=7.0).contains(score)));
            assert_eq!(group.responses.len(), group.scores.len());
            assert_eq!(group.responses.len(), group.models.len());
        }
        assert_eq!(
            groups[0].models[0],
            format!("{}/draft", run.record()[0].label.name())
        );
        let both = imitation(run.record(), ScoreKind::MoralAndEngagement);
        assert_eq!(both.len(), groups.len());
        assert_ne!(both, groups);
    }
}
