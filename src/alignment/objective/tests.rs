//! Every loss by hand, against finite differences, and against PyTorch.

use super::*;
use serde::Deserialize;

/// Every objective, with numbers at which something happens.
fn all() -> Vec<(&'static str, Objective)> {
    let prospect = Prospect {
        beta: 0.3,
        desirable: 1.0,
        undesirable: 1.5,
        threshold: 4.0,
        reference_point: 0.4,
    };
    let contrast = |contrast| Objective::SaCpo(contrast);
    let small = |contrast| {
        Objective::SaCpo(Contrast {
            margin: 1.0,
            weight: 0.5,
            ..contrast
        })
    };
    let max = |contrast| Contrast {
        flow: Flow::Max,
        ..contrast
    };
    vec![
        ("sft-all", Objective::SupervisedAll),
        ("sft-best", Objective::SupervisedBest),
        ("sa-cpo corrected", contrast(Contrast::CORRECTED)),
        ("sa-cpo paper", contrast(Contrast::PAPER)),
        ("sa-cpo official", contrast(Contrast::OFFICIAL)),
        ("sa-cpo corrected small", small(Contrast::CORRECTED)),
        ("sa-cpo paper small", small(Contrast::PAPER)),
        ("sa-cpo official max", contrast(max(Contrast::OFFICIAL))),
        ("sa-cpo paper max small", small(max(Contrast::PAPER))),
        ("dpo", Objective::Dpo { beta: 0.1 }),
        ("ipo", Objective::Ipo { beta: 0.2 }),
        ("rrhf", Objective::Rrhf),
        (
            "slic",
            Objective::Slic {
                margin: 1.0,
                weight: 0.1,
            },
        ),
        ("orpo", Objective::Orpo { weight: 0.25 }),
        (
            "simpo",
            Objective::SimPo {
                beta: 2.0,
                gamma: 0.5,
            },
        ),
        ("kto", Objective::Kto(prospect)),
        ("unlikelihood", Objective::Unlikelihood { weight: 0.5 }),
        (
            "policy",
            Objective::PolicyGradient(Leash {
                clip: 0.2,
                kl_weight: 0.05,
            }),
        ),
    ]
}

/// Five answers of several lengths; nothing of them lies on an edge.
fn answers() -> Vec<Answer> {
    let answer = |tokens: &[f64], drift: f64, score: f64| {
        let reference = tokens.iter().enumerate();
        let reference = reference.map(|(at, token)| token - drift + 0.07 * at as f64);
        let mut answer = Answer::of(tokens.to_vec(), score).with_reference(reference.collect());
        let sampled = tokens.iter().enumerate();
        let away = [0.05, -0.3, 0.35, 0.02];
        answer.sampled_tokens = sampled
            .map(|(at, token)| token + away[at % away.len()])
            .collect();
        answer
    };
    vec![
        answer(&[-0.9, -0.2, -1.7], 0.2, 3.2),
        answer(&[-0.4, -1.1], -0.3, 6.5),
        answer(&[-2.3, -0.7, -0.1, -3.0], 0.1, 1.0),
        answer(&[-0.05, -0.3, -0.6], 0.4, 4.4),
        answer(&[-1.4, -2.6], -0.15, 6.0),
    ]
}

/// The same answers with one token of one of them moved.
fn moved(answers: &[Answer], place: usize, token: usize, step: f64) -> Vec<Answer> {
    let mut moved = answers.to_vec();
    let answer = &mut moved[place];
    answer.tokens[token] += step;
    answer.sum += step;
    answer.mean = answer.sum / answer.tokens.len() as f64;
    moved
}

#[test]
fn every_gradient_is_the_slope() {
    let answers = answers();
    for (name, objective) in all() {
        let slopes = objective.outcome(&answers).slopes;
        for (place, answer) in answers.iter().enumerate() {
            for token in 0..answer.tokens.len() {
                let at = |step| objective.outcome(&moved(&answers, place, token, step)).loss;
                let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                let found = slopes[place].of_token(token, answer.tokens.len());
                assert!(
                    (slope - found).abs() < 1e-7,
                    "{name}, answer {place}, token {token}: {slope} and {found}"
                );
            }
        }
    }
}

#[test]
fn three_candidates_by_hand() {
    // asked: (7-3)/7*10 = 5.714286 and (7-6)/7*10 = 1.428571
    // short: 1.5-2.0+5.714286 = 5.214286 and 1.5-4.0+1.428571 = -1.071429
    let answer = |mean: f64, score| Answer {
        mean,
        sum: 10.0 * mean,
        score,
        ..Answer::default()
    };
    let answers = [answer(-2.0, 3.0), answer(-1.5, 7.0), answer(-4.0, 6.0)];
    let of = |contrast: Contrast| contrast.outcome(&answers);
    let close = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found}");
    let each = of(Contrast::CORRECTED);
    close(each.loss, 1.5 + 0.1 * 5.214_286);
    let by_mean: Vec<f64> = each.slopes.iter().map(|slope| slope.by_mean).collect();
    assert_eq!(by_mean, [0.1, -1.1, 0.0]);
    assert_eq!((each.active, each.pairs, each.imitation), (1, 2, 1.5));
    close(each.margin_sum, 3.0);
    // The mean is (5.214286 - 1.071429) / 2 = 2.071429, and the far pair takes part.
    close(of(Contrast::PAPER).loss, 1.5 + 0.2 * 2.071_429);
    // By place: sorted scores are 7 6 3, so the first pair asks for 0, the second for 5.714286;
    // the mean of -0.5 and 3.214286 is 1.357143.
    close(of(Contrast::OFFICIAL).loss, 1.5 + 0.2 * 1.357_143);
    let max = Contrast {
        flow: Flow::Max,
        ..Contrast::PAPER
    };
    close(of(max).loss, 1.5 + 0.2 * 5.214_286);
}

#[test]
fn the_wrong_rank_is_wrong_in_five_of_six_orders() {
    let orders = [
        [7.0, 4.0, 1.0],
        [7.0, 1.0, 4.0],
        [4.0, 7.0, 1.0],
        [4.0, 1.0, 7.0],
        [1.0, 7.0, 4.0],
        [1.0, 4.0, 7.0],
    ];
    let wrong = orders.into_iter().filter(|scores| {
        let answers: Vec<Answer> = scores
            .iter()
            .enumerate()
            .map(|(place, score)| Answer::of(vec![-1.0 - 0.3 * place as f64], *score))
            .collect();
        // The mean hides who got whose margin, and the maximum hides the smaller one.
        let of = |ranks| {
            [Flow::Mean, Flow::Max].map(|flow| {
                let version = Contrast {
                    ranks,
                    flow,
                    ..Contrast::PAPER
                };
                version.outcome(&answers)
            })
        };
        of(Ranks::Own) != of(Ranks::ByPlace)
    });
    assert_eq!(wrong.count(), 5);
}

#[test]
fn nothing_to_compare_is_nothing_or_imitation() {
    let alone = [Answer::of(vec![-0.5, -1.5], 6.0).with_reference(vec![-0.6, -1.6])];
    let mut equal = answers();
    equal.iter_mut().for_each(|answer| answer.score = 5.0);
    for (name, objective) in all() {
        assert_eq!(objective.outcome(&[]), Outcome::default(), "{name}");
        for answers in [&alone[..], &equal[..]] {
            let outcome = objective.outcome(answers);
            let finite = outcome.loss.is_finite();
            assert!(finite && outcome.slopes.len() == answers.len(), "{name}");
            let preferring = matches!(
                objective,
                Objective::Dpo { .. } | Objective::Ipo { .. } | Objective::SimPo { .. }
            );
            if preferring {
                assert_eq!(outcome.loss, 0.0, "{name}");
            }
        }
        let imitating = matches!(
            objective,
            Objective::SupervisedBest | Objective::SaCpo(_) | Objective::Rrhf
        );
        if imitating {
            assert_eq!(objective.outcome(&alone).loss, 1.0, "{name}");
        }
    }
}

/// One case of `tests/fixtures/objectives.json`.
#[derive(Deserialize)]
struct Case {
    name: String,
    loss: f64,
    /// One list a response, one slope a token.
    gradient: Vec<Vec<f64>>,
}

#[derive(Deserialize)]
struct Fixture {
    responses: Vec<Tokens>,
    cases: Vec<Case>,
    reward: Reward,
}

#[derive(Deserialize)]
struct Tokens {
    tokens: Vec<f64>,
    reference: Vec<f64>,
    sampled: Vec<f64>,
    score: f64,
}

#[derive(Deserialize)]
struct Reward {
    predicted: Vec<f64>,
    scores: Vec<f64>,
    loss: f64,
    gradient: Vec<f64>,
}

/// `tests/reference/objectives.py` says the same with autograd.
#[test]
fn pytorch_finds_the_same_losses_and_gradients() {
    let text = include_str!("../../../tests/fixtures/objectives.json");
    let fixture: Fixture = serde_json::from_str(text).unwrap();
    let answers: Vec<Answer> = fixture
        .responses
        .into_iter()
        .map(|one| {
            let mut answer = Answer::of(one.tokens, one.score).with_reference(one.reference);
            answer.sampled_tokens = one.sampled;
            answer
        })
        .collect();
    let close = |one: f64, other: f64| (one - other).abs() < 1e-10;
    let all = all();
    assert_eq!(fixture.cases.len(), all.len());
    for (name, objective) in all {
        let case = fixture.cases.iter().find(|case| case.name == name);
        let case = case.unwrap_or_else(|| panic!("{name} is not in the fixture"));
        let outcome = objective.outcome(&answers);
        assert!(close(outcome.loss, case.loss), "{name}: {}", outcome.loss);
        for (place, expected) in case.gradient.iter().enumerate() {
            for (token, expected) in expected.iter().enumerate() {
                let found = outcome.slopes[place].of_token(token, answers[place].tokens.len());
                assert!(close(found, *expected), "{name}, {place}, {token}: {found}");
            }
        }
    }
    let reward = fixture.reward;
    let (loss, slopes) = reward_model(&reward.predicted, &reward.scores);
    assert!(close(loss, reward.loss), "{loss}");
    for (found, expected) in slopes.iter().zip(&reward.gradient) {
        assert!(close(*found, *expected), "{found} and {expected}");
    }
}
