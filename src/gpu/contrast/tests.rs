//! Slopes against the formula in double precision, and against differences of the loss that they are slopes of.

use super::*;
use crate::gpu::testing::{Table, apart, numbers};
use proptest::prelude::*;

/// By how much each answer falls short, and the loss of pairs.
fn loss(rule: Rule, group: &Group, means: &[f64]) -> f64 {
    let short =
        |place: usize| means[place] - means[group.best] + f64::from(group.answers[place].asked);
    let others = (0..means.len()).filter(|place| *place != group.best);
    let short: Vec<f64> = others.map(short).collect();
    let count = short.len().max(1) as f64;
    let pairs = match rule.pushing {
        Pushing::EachPair => short.iter().map(|one| one.max(0.0)).sum::<f64>() / count,
        Pushing::Together => (short.iter().sum::<f64>() / count).max(0.0),
        Pushing::Furthest => short.iter().fold(0.0, |most, one| f64::max(most, *one)),
    };
    let own = group.answers.iter().zip(means);
    let own: f64 = own.map(|(one, mean)| f64::from(one.own) * mean).sum();
    f64::from(rule.share) * (own + f64::from(rule.weight) * pairs)
}

fn hold(rule: Rule, groups: &[Group], seed: u32) {
    let Some(mut table) = Table::new(&[0.0], &[0.0], 0) else {
        return;
    };
    let answers = || groups.iter().flat_map(|group| &group.answers);
    let count = answers().map(|answer| answer.tokens).sum();
    // Log-probabilities are not above 0.
    let known: Vec<f32> = numbers(seed, count).iter().map(|one| one - 1.0).collect();
    let quads: Vec<f32> = known.iter().flat_map(|one| [*one, 7.0, 8.0, 9.0]).collect();
    let place = table.put(&quads);
    let webgpu = table.webgpu.clone();
    contrast(&webgpu, &mut table.script, (rule, groups), place);
    let found = table.run(&[place]).remove(0);
    assert!(
        found
            .chunks_exact(4)
            .zip(&known)
            .all(|(quad, one)| quad[0] == *one && quad[1] == 7.0)
    );
    let found: Vec<f32> = found.chunks_exact(4).map(|quad| quad[2]).collect();

    let mut rest = &known[..];
    let mut slopes = Vec::new();
    for group in groups {
        let means = group.answers.iter().map(|answer| {
            let (own, later) = rest.split_at(answer.tokens);
            rest = later;
            own.iter().copied().map(f64::from).sum::<f64>() / answer.tokens as f64
        });
        let means: Vec<f64> = means.collect();
        for (place, answer) in group.answers.iter().enumerate() {
            let moved = |by: f64| {
                let mut means = means.clone();
                means[place] += by;
                loss(rule, group, &means)
            };
            // The loss is straight but for where a pair begins to push.
            let slope = (moved(1e-7) - moved(-1e-7)) / 2e-7 / answer.tokens as f64;
            slopes.extend(std::iter::repeat_n(slope, answer.tokens));
        }
    }
    assert!(
        apart(&found, &slopes) < 1e-5,
        "{rule:?} {groups:?} {found:?} {slopes:?}"
    );
}

fn pushing() -> impl Strategy<Value = Pushing> {
    prop_oneof![
        Just(Pushing::EachPair),
        Just(Pushing::Together),
        Just(Pushing::Furthest)
    ]
}

fn group() -> impl Strategy<Value = Group> {
    let answer = (1usize..150, -1f32..1.0, -1f32..1.0);
    let answer = answer.prop_map(|(tokens, own, asked)| Answer { tokens, own, asked });
    let answers = proptest::collection::vec(answer, 1..7);
    (answers, any::<prop::sample::Index>()).prop_map(|(answers, best)| Group {
        best: best.index(answers.len()),
        answers,
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn slopes_are_those_of_the_loss(
        pushing in pushing(),
        weight in 0f32..2.0,
        groups in proptest::collection::vec(group(), 1..9),
        seed in 0u32..1_000,
    ) {
        hold(Rule { pushing, weight, share: 0.25 }, &groups, seed);
    }
}

#[test]
fn of_equals_the_first_pushes_and_a_single_answer_has_its_own_slope() {
    let answer = Answer {
        tokens: 1,
        own: 0.0,
        asked: 0.0,
    };
    let Some(mut table) = Table::new(&[0.0], &[0.0], 0) else {
        return;
    };
    let alone = Answer {
        own: -1.0,
        ..answer
    };
    let groups = [
        Group {
            best: 1,
            answers: vec![answer; 4],
        },
        Group {
            best: 0,
            answers: vec![alone],
        },
    ];
    let known = [-1.0, -2.0, -1.0, -3.0, -0.5].map(|one| [one, 0.0, 0.0, 0.0]);
    let place = table.put(known.as_flattened());
    let webgpu = table.webgpu.clone();
    let rule = Rule {
        pushing: Pushing::Furthest,
        weight: 0.5,
        share: 1.0,
    };
    contrast(&webgpu, &mut table.script, (rule, &groups), place);
    let found = table.run(&[place]).remove(0);
    let slopes: Vec<f32> = found.chunks_exact(4).map(|quad| quad[2]).collect();
    assert_eq!(slopes, [0.5, -0.5, 0.0, 0.0, -1.0]);
}

#[test]
fn a_question_without_a_loss_has_slopes_that_are_none_and_touches_no_other() {
    let answer = Answer {
        tokens: 2,
        own: -1.0,
        asked: 0.0,
    };
    let groups = vec![
        Group {
            best: 0,
            answers: vec![answer; 2],
        };
        3
    ];
    for odd in [f32::NEG_INFINITY, f32::NAN] {
        for at in 4..8 {
            let Some(mut table) = Table::new(&[0.0], &[0.0], 0) else {
                return;
            };
            let mut known = [[-1.0, 0.0, 0.0, 0.0]; 12];
            known[at][0] = odd;
            let place = table.put(known.as_flattened());
            let webgpu = table.webgpu.clone();
            let rule = Rule {
                pushing: Pushing::EachPair,
                weight: 1.0,
                share: 1.0,
            };
            contrast(&webgpu, &mut table.script, (rule, &groups), place);
            let found = table.run(&[place]).remove(0);
            for (token, quad) in found.chunks_exact(4).enumerate() {
                assert_eq!(
                    quad[2].is_nan(),
                    (4..8).contains(&token),
                    "{odd} {at} {token}"
                );
            }
        }
    }
}
