//! Which questions can be learnt from, and why not from the others.

use super::batch::Question;
use super::config::{ObjectiveKind, TrainingConfig};
use super::data::{QueryGroup, hindsight};
use super::error::AlignmentError;
use super::metrics::{Lessons, Skipped, Why};
use crate::world::tokenizer::Tokenizer;

/// Questions left out that are named; of more, there is only the number.
const MOST_NAMED: usize = 20;

/// Questions as tokens, and an account of those that are left out: whatever is damaged or too long,
/// and for an objective that does nothing but compare, whatever has nothing to compare.
pub fn sorted(
    groups: &[QueryGroup],
    tokenizer: &Tokenizer,
    context: usize,
    config: &TrainingConfig,
) -> (Vec<Question>, Lessons) {
    let chains: Vec<QueryGroup>;
    let groups = if config.objective == ObjectiveKind::Hindsight {
        chains = groups.iter().flat_map(hindsight).collect();
        &chains
    } else {
        groups
    };
    let mut questions = Vec::with_capacity(groups.len());
    let mut lessons = Lessons::default();
    for group in groups {
        let question = Question::of(group, tokenizer, context, config.end_token);
        let question = question.map_err(|error| why(&error));
        let kept = question.and_then(|question| match nothing_to_compare(&question) {
            Some(why) if config.objective.only_compares() => Err(why),
            nothing => {
                lessons.imitated += u32::from(nothing.is_some() && config.objective.compares());
                Ok(question)
            }
        });
        match kept {
            Ok(question) => questions.push(question),
            Err(why) => {
                lessons.left_out += 1;
                if lessons.skipped.len() < MOST_NAMED {
                    let query = group.query.clone();
                    lessons.skipped.push(Skipped { query, why });
                }
            }
        }
    }
    lessons.learnt = questions.len() as u32;
    (questions, lessons)
}

fn nothing_to_compare(question: &Question) -> Option<Why> {
    let first = question.scores.first();
    if question.scores.len() < 2 {
        Some(Why::OneAnswer)
    } else if question.scores.iter().all(|score| Some(score) == first) {
        Some(Why::EquallyGood)
    } else {
        None
    }
}

fn why(error: &AlignmentError) -> Why {
    match error {
        AlignmentError::UnevenGroup {
            responses, scores, ..
        } => Why::Uneven {
            responses: *responses as u32,
            scores: *scores as u32,
        },
        AlignmentError::BadScore { .. } => Why::BadScore,
        AlignmentError::TooLong {
            length, context, ..
        } => Why::TooLong {
            length: *length as u32,
            context: *context as u32,
        },
        _ => Why::Empty,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_that_is_left_out_is_named_with_its_reason() {
        let group = |query: &str, responses: &[&str], scores: &[f32]| QueryGroup {
            query: query.into(),
            responses: responses.iter().map(|one| (*one).to_owned()).collect(),
            scores: scores.to_vec(),
            models: Vec::new(),
        };
        let long = "no . ".repeat(40);
        let groups = [
            group("<q> a ? <a>", &["yes .", "no ."], &[2.0, 5.0]),
            group("<q> b ? <a>", &["yes ."], &[2.0]),
            group("<q> c ? <a>", &["yes .", "no ."], &[4.0, 4.0]),
            group("<q> d ? <a>", &["yes .", "no ."], &[4.0]),
            group("<q> e ? <a>", &["yes .", "no ."], &[4.0, f32::NAN]),
            group("<q> f ? <a>", &["yes .", &long], &[4.0, 1.0]),
            group("", &["yes .", "no ."], &[4.0, 1.0]),
        ];
        let tokenizer = Tokenizer::village();
        let mut config = TrainingConfig::default();
        let (questions, lessons) = sorted(&groups, &tokenizer, 64, &config);
        assert_eq!(
            (questions.len(), lessons.learnt, lessons.imitated),
            (3, 3, 2)
        );
        let reasons: Vec<(&str, Why)> = lessons
            .skipped
            .iter()
            .map(|one| (one.query.as_str(), one.why))
            .collect();
        let damaged = [
            (
                "<q> d ? <a>",
                Why::Uneven {
                    responses: 2,
                    scores: 1,
                },
            ),
            ("<q> e ? <a>", Why::BadScore),
            (
                "<q> f ? <a>",
                Why::TooLong {
                    length: 87,
                    context: 64,
                },
            ),
            ("", Why::Empty),
        ];
        assert_eq!(reasons, damaged);
        config.objective = ObjectiveKind::Dpo;
        let (questions, lessons) = sorted(&groups, &tokenizer, 64, &config);
        assert_eq!(
            (questions.len(), lessons.left_out, lessons.imitated),
            (1, 6, 0)
        );
        assert_eq!(lessons.skipped[0].why, Why::OneAnswer);
        assert_eq!(lessons.skipped[1].why, Why::EquallyGood);
        config.objective = ObjectiveKind::SupervisedBest;
        let (_, lessons) = sorted(&groups, &tokenizer, 64, &config);
        assert_eq!((lessons.learnt, lessons.imitated), (3, 0));
    }
}
