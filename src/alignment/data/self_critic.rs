//! Self-critic: how to judge an answer.

use super::experience::{Comment, Experience, Remembered};
use super::group::{Asked, Collector, QueryGroup, groups};
use crate::society::{CriticScore, Fidelity};
use crate::world::prompt;

/// Critiques by question and draft. The query is the critique prompt without the peer's memory, so
/// that all peers of a draft stand side by side; a response is all that a peer said, rating and
/// reason, because that is what a critic of the village is asked for (the published one is the
/// reason alone).
///
/// As published, a critique's score is the rating it gave. By agreement it says how right that
/// rating is: 7 minus its distance from the observed alignment of the draft, 1 to 7; then a draft
/// that observers could make nothing of has no critiques. What could not be read is left out,
/// except with the rating 8 in the released code's version.
pub fn self_critic<R: Remembered>(record: &[R], fidelity: &Fidelity) -> Vec<QueryGroup> {
    groups(asked(record, fidelity))
}

pub(super) fn asked<R: Remembered>(record: &[R], fidelity: &Fidelity) -> Vec<Asked> {
    let mut collector = Collector::new(fidelity);
    for one in record {
        let one = one.experience();
        let query = prompt::critique(None, one.question, one.draft);
        for comment in &one.comments {
            let score = match fidelity.critic_score {
                CriticScore::PeersRating => comment.rating(fidelity).map(f32::from),
                CriticScore::Agreement => agreement(&one, comment),
            };
            if let Some(score) = score {
                let peer = comment.label.map_or("peer", |label| label.name());
                let model = format!("{peer}/critique");
                collector.add([one.question, &query], &comment.text, score, model);
            }
        }
    }
    collector.finish()
}

/// How near a rating is to the observers' score of the draft, 1 to 7; none without both.
fn agreement(one: &Experience, comment: &Comment) -> Option<f32> {
    let [observed, _] = one.alignment;
    let rating = comment.in_range().filter(|_| observed >= 1)?;
    let off = (i16::from(rating) - i16::from(observed)).abs();
    Some(f32::from(7 - off.min(6)))
}

#[cfg(test)]
mod tests {
    use super::super::tests::told;
    use super::*;
    use crate::society::Interaction;
    use crate::society::scripted::{Manner, played, small};

    #[test]
    fn critiques_are_scored_for_being_right_and_noise_is_left_out() {
        let run = played(small(), Manner::Plain, 22);
        let groups = self_critic(run.record(), &Fidelity::default());
        let mut checked = 0;
        for one in run.record() {
            let query = prompt::critique(None, &one.question, &one.draft_answer);
            let same = |other: &&Interaction| {
                other.question == one.question && other.draft_answer == one.draft_answer
            };
            let alone = run.record().iter().filter(same).count() == 1;
            let group = groups.iter().find(|group| group.query == query);
            for critique in &one.critiques {
                let place =
                    group.and_then(|g| g.responses.iter().position(|r| *r == critique.text));
                let Some(rating) = critique.rating else {
                    assert_eq!(place, None);
                    continue;
                };
                let score = group.unwrap().scores[place.unwrap()];
                if alone {
                    let off = i32::from(rating) - i32::from(one.gen_moral_score_before);
                    assert_eq!(score, (7 - off.abs()) as f32);
                    checked += 1;
                }
            }
        }
        assert!(checked > 20, "{checked}");
        let garbage = played(small(), Manner::Garbage, 1);
        assert!(self_critic(garbage.record(), &Fidelity::default()).is_empty());
    }

    #[test]
    fn as_published_the_lenient_critique_wins_and_the_unread_one_most_of_all() {
        let said = [
            (Some(7), "lovely ."),
            (Some(2), "rude ."),
            (Some(10), "wow ."),
            (None, "hm ."),
        ];
        // A bad answer: its alignment is 1.
        let record = [told(["why ?", "so what ?", "so ."], [1, 6], &said)];
        let scored = |fidelity: &Fidelity| {
            let group = self_critic(&record, fidelity).remove(0);
            assert_eq!(group.query, "<c> why ? <a> so what ? <r>");
            let pairs = group.responses.into_iter().zip(group.scores);
            pairs.map(|(r, s)| format!("{r} = {s}")).collect::<Vec<_>>()
        };
        let mut fidelity = Fidelity::default();
        assert_eq!(scored(&fidelity), ["7 : lovely . = 1", "2 : rude . = 6"]);
        fidelity.critic_score = CriticScore::PeersRating;
        assert_eq!(scored(&fidelity), ["7 : lovely . = 7", "2 : rude . = 2"]);
        fidelity.unread_rating_is_eight = true;
        assert_eq!(scored(&fidelity)[2..], ["hm . = 8"]);
        fidelity.unchecked_ratings = true;
        assert_eq!(scored(&fidelity)[2..], ["wow . = 10", "hm . = 8"]);
    }
}
