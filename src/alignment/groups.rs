//! An objective as a graphics card works it out by itself, where it can: those whose slopes need nothing but
//! log-probabilities and scores, imitation and SA-CPO. The others have theirs worked out on the host, which costs a
//! step one more way back and forth.

use super::batch::MicroBatch;
use super::objective::{Answer, Clamp, Contrast, Flow, Objective, best_of};
use crate::gpu::contrast::{self, Group, Pushing, Rule};

/// Whether a card can work it out.
pub fn can_be_told(objective: &Objective) -> bool {
    matches!(
        objective,
        Objective::SupervisedAll | Objective::SupervisedBest | Objective::SaCpo(_)
    )
}

/// What a card has to know of a micro-batch in a step of so many questions; `None` for other objectives.
pub fn groups(
    objective: &Objective,
    batch: &MicroBatch,
    questions: usize,
) -> Option<(Rule, Vec<Group>)> {
    let (imitation, pairs) = match objective {
        Objective::SupervisedAll => (Objective::SupervisedAll, None),
        Objective::SupervisedBest => (Objective::SupervisedBest, None),
        Objective::SaCpo(pairs) => (Objective::SupervisedBest, Some(pairs)),
        _ => return None,
    };
    let rule = Rule {
        pushing: pairs.map_or(Pushing::EachPair, pushing),
        weight: pairs.map_or(0.0, |pairs| pairs.weight as f32),
        share: (1.0 / questions.max(1) as f64) as f32,
    };
    let mut rows = batch.examples.iter();
    let group = |scores: &Vec<f32>| {
        let scores: Vec<f64> = scores.iter().copied().map(f64::from).collect();
        let answer = |score: &f64| Answer {
            score: *score,
            ..Answer::default()
        };
        // Imitation's slopes are the same whatever the log-probabilities are.
        let own = imitation.outcome(&scores.iter().map(answer).collect::<Vec<_>>());
        let asked = pairs.map_or(vec![0.0; scores.len()], |pairs| pairs.asked(&scores));
        let answers = own.slopes.iter().zip(asked).zip(rows.by_ref());
        let answers = answers.map(|((own, asked), row)| contrast::Answer {
            tokens: row.tokens.len() - row.prompt,
            own: own.by_mean as f32,
            asked: asked as f32,
        });
        Group {
            answers: answers.collect(),
            best: best_of(scores.into_iter()),
        }
    };
    Some((rule, batch.scores.iter().map(group).collect()))
}

fn pushing(pairs: &Contrast) -> Pushing {
    match (pairs.flow, pairs.clamp) {
        (Flow::Mean, Clamp::EachPair) => Pushing::EachPair,
        (Flow::Mean, Clamp::TheMean) => Pushing::Together,
        (Flow::Max, _) => Pushing::Furthest,
    }
}
