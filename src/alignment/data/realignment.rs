//! Realignment: how to make an answer better once others have spoken.

use super::experience::{Experience, Remembered};
use super::group::{Asked, Collector, QueryGroup, groups};
use crate::alignment::config::ScoreKind;
use crate::society::{Fidelity, Realigning};
use crate::world::corpus::LONGEST_DOCUMENT;
use crate::world::prompt;

/// Revisions that helped: observed alignment rose and ended above 4. Which interactions count is
/// decided by alignment, whatever `kind` says about scores.
///
/// - [`Realigning::Contrast`]: the query is the revision prompt exactly as the author read it,
///   feedback included; the responses are the revision and, as what to contrast it with, the draft
///   it replaces.
/// - [`Realigning::Joined`]: the query shows the draft and asks for comments and another answer in
///   one breath; the response is all feedback and then the revision, in the village's words for
///   the published "Here is the revised response:" (see [`prompt::format_reconsideration`]). Only
///   as much feedback is joined as an author would have been told.
/// - [`Realigning::EachFeedback`]: the same once for each single feedback, all with one score.
///
/// Feedback whose rating could not be read is left out, except in the released code's version.
pub fn realignment<R: Remembered>(
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
        let [before, after] = one.alignment;
        let helped = after > before && after > 4;
        // What has no score is trained on as published or not at all.
        let [Some(worse), Some(better)] = one.scores(kind, fidelity) else {
            continue;
        };
        if !helped {
            continue;
        }
        let label = one.label.name();
        let revised = format!("{label}/revision");
        match (fidelity.realigning, &one.revision_prompt) {
            // Noisy observers can score the same words differently; that is no improvement.
            (Realigning::Contrast, Some(query)) if one.revision != one.draft => {
                let query = [one.question, query];
                collector.add(query, one.revision, better, revised);
                collector.add(query, one.draft, worse, format!("{label}/draft"));
            }
            (Realigning::Contrast, _) => {}
            (form, _) => {
                let query = prompt::reconsideration(one.question, one.draft);
                let query = [one.question, query.as_str()];
                let reasons = reasons(&one, fidelity);
                let portions: Vec<&[&str]> = match form {
                    Realigning::EachFeedback => reasons.chunks(1).collect(),
                    _ => vec![told(&reasons, query[1])],
                };
                for portion in portions.into_iter().filter(|portion| !portion.is_empty()) {
                    let response = prompt::format_reconsideration(portion, one.revision);
                    collector.add(query, &response, better, revised.clone());
                }
            }
        }
    }
    collector.finish()
}

/// All feedback that counts and says something, in the order the author read it.
fn reasons<'a>(one: &Experience<'a>, fidelity: &Fidelity) -> Vec<&'a str> {
    let counts = one
        .comments
        .iter()
        .filter(|comment| comment.rating(fidelity).is_some() && !comment.reason.trim().is_empty());
    counts.map(|comment| comment.reason).collect()
}

/// The last reasons, as many as a revision prompt holds: so query and response fit the model.
fn told<'a, 'b>(reasons: &'b [&'a str], query: &str) -> &'b [&'a str] {
    let words = |text: &str| text.split_whitespace().count();
    let mut kept = &reasons[reasons.len().saturating_sub(prompt::MOST_REASONS)..];
    while let [_, rest @ ..] = kept
        && words(query) + words(&prompt::format_reconsideration(kept, "")) > LONGEST_DOCUMENT
    {
        kept = rest;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
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
        let fidelity = Fidelity::default();
        let groups = realignment(&record, ScoreKind::Moral, &fidelity);
        assert_eq!(groups.len(), 2);
        assert_eq!(Some(&groups[0].query), record[0].revision_prompt.as_ref());
        assert_eq!(groups[0].responses, ["ask first .", "take it ."]);
        assert_eq!(groups[0].scores, [6.0, 2.0]);
        assert_eq!(groups[1].scores, [5.0, 4.0]);
        record[0].revised_answer = record[0].draft_answer.clone();
        record[4].revision_prompt = None;
        assert!(realignment(&record, ScoreKind::Moral, &fidelity).is_empty());
    }

    #[test]
    fn every_form_says_the_same_improvement_in_its_own_way() {
        let said = [
            (None, "hm ."),
            (Some(5), "nice ."),
            (Some(3), "rude ."),
            (Some(2), " "),
        ];
        let texts = ["may i ?", "take it .", "ask her ."];
        let record = [told(texts, [2, 6], &said), told(texts, [-1, 5], &said)];
        let data = |fidelity: &Fidelity| {
            let groups = realignment(&record, ScoreKind::Moral, fidelity);
            assert_eq!(groups.len(), 1);
            let group = groups.into_iter().next().unwrap();
            (group.query, group.responses, group.scores)
        };
        let mut fidelity = Fidelity::default();
        // (5 + 3 + 2) / 3 is told as 3.
        let (query, responses, scores) = data(&fidelity);
        assert_eq!(
            query,
            "<v> may i ? <a> take it . <r> 3 : nice . ; rude . <a>"
        );
        assert_eq!(responses, ["ask her .", "take it ."]);
        assert_eq!(scores, [6.0, 2.0]);

        fidelity.realigning = Realigning::Joined;
        let (query, responses, scores) = data(&fidelity);
        assert_eq!(query, "<v> may i ? <a> take it . <c>");
        assert_eq!(responses, ["nice . ; rude . ; i say instead : ask her ."]);
        assert_eq!(scores, [6.0]);

        fidelity.realigning = Realigning::EachFeedback;
        let (_, responses, scores) = data(&fidelity);
        assert_eq!(
            responses,
            [
                "nice . ; i say instead : ask her .",
                "rude . ; i say instead : ask her ."
            ]
        );
        assert_eq!(scores, [6.0, 6.0]);

        // As released: unread feedback counts, and so does an improvement on what has no score.
        fidelity.unread_rating_is_eight = true;
        fidelity.unread_score_is_minus_one = true;
        let (_, responses, scores) = data(&fidelity);
        assert_eq!(responses[0], "hm . ; i say instead : ask her .");
        assert_eq!(scores, [5.5, 5.5, 5.5]);
    }

    #[test]
    fn joined_feedback_leaves_room_for_the_answer() {
        let long = "why . ".repeat(40);
        let said: Vec<(Option<u8>, &str)> = vec![(Some(3), long.as_str()); 6];
        let record = [told(["may i ?", "take it .", "ask her ."], [2, 6], &said)];
        let joined = Fidelity {
            realigning: Realigning::Joined,
            ..Fidelity::default()
        };
        let groups = realignment(&record, ScoreKind::Moral, &joined);
        let response = &groups[0].responses[0];
        let (comments, revision) = prompt::parse_reconsideration(response).unwrap();
        assert_eq!(revision, "ask her .");
        assert_eq!(comments.matches(" ; ").count(), 1, "two of six: {comments}");
    }
}
