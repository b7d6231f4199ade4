//! Self-critic: how to judge an answer.

use super::group::{Collector, QueryGroup};
use crate::society::Interaction;
use crate::world::prompt;

/// Critiques by question and draft. The query is the critique prompt without the peer's memory, so
/// that all peers of a draft stand side by side. A critique's score says how right its rating is:
/// 7 minus its distance from the observed alignment of the draft, 1 to 7. What could not be read
/// is left out.
pub fn self_critic(record: &[Interaction]) -> Vec<QueryGroup> {
    let mut collector = Collector::default();
    for one in record {
        let query = prompt::critique(None, &one.question, &one.draft_answer);
        for critique in &one.critiques {
            if let Some(rating) = critique.rating {
                let off = (i16::from(rating) - i16::from(one.gen_moral_score_before)).abs();
                let score = f32::from(7 - off.min(6));
                let model = format!("{}/critique", critique.label.name());
                collector.add(&query, &critique.text, score, model);
            }
        }
    }
    collector.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    #[test]
    fn critiques_are_scored_for_being_right_and_noise_is_left_out() {
        let run = played(small(), Manner::Plain, 22);
        let groups = self_critic(run.record());
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
        assert!(self_critic(played(small(), Manner::Garbage, 1).record()).is_empty());
    }
}
