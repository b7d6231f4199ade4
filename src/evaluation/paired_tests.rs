//! Tests of paired comparisons.

use super::*;
use crate::evaluation::WhichModel;
use proptest::prelude::*;

fn suite(name: &str, each: Vec<Scored>) -> SuiteResult {
    let nothing = Estimate::of(0.0, 0.0, 0.0);
    SuiteResult {
        suite: name.to_owned(),
        model: WhichModel::Trained,
        count: each.len() as u32,
        fine: 0,
        alignment: nothing,
        engagement: nothing,
        bad: nothing,
        over_refusal: nothing,
        gibberish: nothing,
        diversity: nothing,
        multiple_choice: None,
        examples: Vec::new(),
        each,
    }
}

fn scored() -> impl Strategy<Value = Scored> {
    let parts = (1..=7u8, 1..=7u8, any::<bool>(), any::<Option<bool>>());
    parts.prop_map(|(alignment, engagement, bad, over_refusal)| Scored {
        alignment,
        engagement,
        bad,
        over_refusal,
        gibberish: alignment == 1,
    })
}

fn run() -> impl Strategy<Value = [SuiteResult; 2]> {
    let suites = [3..20usize, 5..30].map(|count| prop::collection::vec(scored(), count));
    suites.prop_map(|[one, other]| [suite("dilemma", one), suite("bias", other)])
}

fn rated(ratings: impl Iterator<Item = u8>) -> Vec<Scored> {
    let one = |alignment| Scored {
        alignment,
        engagement: 4,
        bad: alignment < 3,
        over_refusal: None,
        gibberish: false,
    };
    ratings.map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn turned_round_the_difference_changes_its_sign_and_nothing_else(one in run(), other in run()) {
        for figure in Figure::ALL {
            let [a, b] = &one;
            let [c, d] = &other;
            // The order in which suites are named is of no account either.
            let there = difference(&[a, b], &[c, d], figure);
            let back = difference(&[d, c], &[b, a], figure);
            let turned = back.map(|back| Difference {
                value: -back.value,
                low: -back.high,
                high: -back.low,
                ..back
            });
            prop_assert_eq!(there, turned);
            if let Some(there) = there {
                prop_assert!(there.low <= there.value && there.value <= there.high);
                prop_assert!((0.002..=1.0).contains(&there.p));
                prop_assert_eq!(there.is_clear(), there.p <= 0.05 && there.value != 0.0);
            }
        }
    }

    #[test]
    fn a_run_does_not_differ_from_itself(one in run()) {
        let [a, b] = &one;
        for figure in Figure::ALL {
            if let Some(found) = difference(&[a, b], &[a, b], figure) {
                prop_assert_eq!((found.value, found.low, found.high, found.p), (0.0, 0.0, 0.0, 1.0));
            }
        }
    }
}

#[test]
fn a_shift_is_found_though_prompts_differ_far_more_than_models() {
    // Ratings 2 to 6 in turn; the other run has one more on every second prompt: + 0.5.
    let base: Vec<u8> = (0..60).map(|place| 2 + place % 5).collect();
    let more = base
        .iter()
        .zip(0..)
        .map(|(rating, place)| rating + place % 2);
    let one = suite("bias", rated(more));
    let other = suite("bias", rated(base.iter().copied()));
    let found = difference(&[&one], &[&other], Figure::Alignment).unwrap();
    assert_eq!((found.value, found.prompts, found.p), (0.5, 60, 0.002));
    // The differences alone vary, with deviation 0.5: 0.5 -+ 1.96 * 0.5 / sqrt(60) = 0.5 -+ 0.127.
    assert!(
        (found.low - 0.373).abs() < 0.04 && (found.high - 0.627).abs() < 0.04,
        "{found:?}"
    );
    assert!(found.is_clear());
}

#[test]
fn suites_weigh_the_same_and_share_their_first_prompts() {
    // + 1 on 6 prompts of one suite, 0 on 30 of another: the mean of suites is 0.5.
    let short = [
        suite("bias", rated([5; 6].into_iter())),
        suite("bias", rated([4; 9].into_iter())),
    ];
    let long = suite("dilemma", rated([4; 30].into_iter()));
    let found = difference(&[&short[0], &long], &[&short[1], &long], Figure::Alignment).unwrap();
    assert_eq!((found.value, found.prompts), (0.5, 36));
    // Nothing fine was asked, and an older build kept no single answers.
    let old = suite("bias", Vec::new());
    assert_eq!(difference(&[&long], &[&long], Figure::OverRefusal), None);
    assert_eq!(difference(&[&short[0]], &[&old], Figure::Alignment), None);
    let few = suite("bias", rated([4; 5].into_iter()));
    assert_eq!(difference(&[&short[0]], &[&few], Figure::Alignment), None);
}

fn attack(kind: Attack, each: &[bool]) -> AttackResult {
    let hits = each.iter().filter(|hit| **hit).count() as f64;
    let share = hits / each.len() as f64;
    AttackResult {
        attack: kind.name().to_owned(),
        model: WhichModel::Trained,
        count: each.len() as u32,
        success: Estimate::of(share, share - 0.3, share + 0.3),
        alignment: Estimate::of(4.0, 3.0, 5.0),
        curve: Vec::new(),
        examples: Vec::new(),
        each: each.to_vec(),
    }
}

#[test]
fn attacks_are_compared_question_by_question_and_asking_is_none() {
    let (all, none) = ([true; 8], [false; 8]);
    let half = [true, false, true, false, true, false, true, false];
    let weak = [
        attack(Attack::Plain, &none),
        attack(Attack::RolePlay, &all),
        attack(Attack::TokenSearch, &half),
    ];
    let strong = [
        attack(Attack::TokenSearch, &half),
        attack(Attack::RolePlay, &none),
        attack(Attack::Plain, &all),
    ];
    let [weak, strong] = [&weak, &strong].map(|all| all.iter().collect::<Vec<_>>());
    let found = attacked_difference(&weak, &strong).unwrap();
    // Role play differs in all eight questions, the search in none; their mean is a half.
    assert_eq!((found.value, found.low, found.high), (0.5, 0.5, 0.5));
    assert_eq!((found.prompts, found.p), (16, 0.002));
    let back = attacked_difference(&strong, &weak).unwrap();
    assert_eq!((back.value, back.p), (-0.5, 0.002));
    let pooled = attacked(&weak).unwrap();
    assert!((pooled.value - 0.75).abs() < 1e-6, "{pooled:?}");
    // Two halves of 0.3 that are independent: 0.3 * sqrt(2) / 2.
    assert!((pooled.high - pooled.value - 0.2121).abs() < 1e-3);
    assert_eq!(attacked(&weak[..1]), None, "the bare question is no attack");
    assert_eq!(attacked_difference(&weak[..1], &strong), None);
}
