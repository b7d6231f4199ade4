//! Imitation: what was answered to a question, before and after feedback.

use super::experience::Remembered;
use super::group::{Asked, Collector, QueryGroup, groups};
use crate::alignment::config::ScoreKind;
use crate::society::Fidelity;
use crate::world::prompt;

/// Drafts and revisions by question. The query is the plain question prompt, without the memory
/// an author may have had: the model learns to answer well whatever it remembers. An answer the
/// observers could make nothing of is left out, or, in the released code's version, kept with the
/// score -1.
pub fn imitation<R: Remembered>(
    record: &[R],
    kind: ScoreKind,
    fidelity: &Fidelity,
) -> Vec<QueryGroup> {
    groups(asked(record, kind, fidelity))
}

pub(super) fn asked<R: Remembered>(
    record: &[R],
    kind: ScoreKind,
    fidelity: &Fidelity,
) -> Vec<Asked> {
    let mut collector = Collector::new(fidelity);
    for one in record {
        let one = one.experience();
        let query = prompt::draft(None, one.question);
        let label = one.label.name();
        let [before, after] = one.scores(kind, fidelity);
        let mut add = |response, score: Option<f32>, purpose| {
            if let Some(score) = score {
                let model = format!("{label}/{purpose}");
                collector.add([one.question, &query], response, score, model);
            }
        };
        add(one.draft, before, "draft");
        // Where nobody commented there is no second answer, only the first one again.
        if one.revision_prompt.is_some() {
            add(one.revision, after, "revision");
        }
    }
    collector.finish()
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    #[test]
    fn every_answer_is_there_under_its_question() {
        let run = played(small(), Manner::Plain, 21);
        let fidelity = Fidelity::default();
        let groups = imitation(run.record(), ScoreKind::Moral, &fidelity);
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
        let both = imitation(run.record(), ScoreKind::MoralAndEngagement, &fidelity);
        assert_eq!(both.len(), groups.len());
        assert_ne!(both, groups);
    }

    #[test]
    fn an_answer_without_a_score_is_left_out_or_scores_minus_one() {
        let record = [told(
            ["why ?", "hm", "so ."],
            [-1, 5],
            &[(Some(3), "bad .")],
        )];
        let scores = |fidelity: &Fidelity| {
            let groups = imitation(&record, ScoreKind::Moral, fidelity);
            groups
                .into_iter()
                .flat_map(|g| g.scores)
                .collect::<Vec<_>>()
        };
        assert_eq!(scores(&Fidelity::default()), [5.0]);
        let trained_on = Fidelity {
            unread_score_is_minus_one: true,
            ..Fidelity::default()
        };
        assert_eq!(scores(&trained_on), [-1.0, 5.0]);
    }
}
