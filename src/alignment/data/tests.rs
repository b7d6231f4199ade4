//! Mixtures: no question on both sides, the ratio kept, the default what it always was.

use super::*;
use crate::alignment::config::ScoreKind;
use crate::society::scripted::{Manner, played, small};
use crate::society::{Fidelity, Label, Mode, SocietyConfig};
use crate::world::prompt;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_core::SeedableRng;
use std::collections::BTreeSet;

/// An interaction made by hand: question, draft and revision, their alignment, and what was said.
pub(super) fn told<'a>(
    texts: [&'a str; 3],
    alignment: [i8; 2],
    said: &[(Option<u8>, &'a str)],
) -> Experience<'a> {
    let scores = [alignment, [4, 4]];
    Experience::told(Label::Good, texts, scores, said.iter().copied())
}

fn rng(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// The question within any query.
fn question(query: &str) -> String {
    let after = query.split("<q> ").nth(1);
    let after = after.or_else(|| query.split("<c> ").nth(1));
    let after = after.filter(|_| !query.starts_with("<v> "));
    let text = after.or_else(|| query.strip_prefix("<v> ")).unwrap();
    text.split(" <a>").next().unwrap().to_owned()
}

#[test]
fn the_default_is_all_imitation_and_draws_nothing() {
    let run = played(small(), Manner::Plain, 31);
    let (kind, fidelity) = (ScoreKind::MoralAndEngagement, Fidelity::default());
    let (mut used, untouched) = (rng(1), rng(1));
    let config = DataConfig::default();
    let data = mixture(run.record(), &config, kind, &fidelity, &mut used).unwrap();
    assert_eq!(data.train, imitation(run.record(), kind, &fidelity));
    assert!(data.dev.is_empty());
    assert_eq!(used, untouched);
    assert_eq!(data.counts.imitation.train as usize, data.train.len());
    assert_eq!(data.counts.self_critic, SetCounts::default());
}

#[test]
fn what_stands_aside_is_counted_and_nonsense_is_refused() {
    // Nothing improves, so there is no realignment.
    let record = [told(
        ["why ?", "so .", "no ."],
        [6, 2],
        &[(Some(3), "bad .")],
    )];
    let mix = |config: &DataConfig| {
        let fidelity = Fidelity::default();
        mixture(&record, config, ScoreKind::Moral, &fidelity, &mut rng(1))
    };
    let even = DataConfig {
        imitation: 1,
        ..DataConfig::PUBLISHED
    };
    let data = mix(&even).unwrap();
    assert_eq!(data.counts.realignment, SetCounts::default());
    assert_eq!(data.counts.self_critic.train, 1);
    assert_eq!((data.train.len(), data.counts.imitation.responses), (2, 2));
    let nothing = DataConfig {
        imitation: 0,
        ..DataConfig::default()
    };
    let refused = mix(&nothing).unwrap_err().to_string();
    assert!(refused.contains("parts of the mixture"), "{refused}");
    let all_kept = DataConfig {
        dev: 0.6,
        ..DataConfig::default()
    };
    assert!(mix(&all_kept).is_err());
    assert!(serde_json::from_str::<DataConfig>(r#"{"imitate":1}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn no_question_is_on_both_sides_and_the_ratio_holds_within_one_query(
        seed in 0u64..1000,
        mode in prop::sample::select(Mode::ALL.to_vec()),
        parts in [1u8..8, 0u8..4, 0u8..4],
        dev in 0.0f32..0.5,
    ) {
        let config = SocietyConfig { questions: 40, rounds: 5, ..small() };
        let run = played(config, Manner::Plain, seed);
        let [imitation, self_critic, realignment] = parts;
        let config = DataConfig { imitation, self_critic, realignment, dev };
        let fidelity = Fidelity::of(mode);
        let mix = |record: &[_]| {
            mixture(record, &config, ScoreKind::Moral, &fidelity, &mut rng(seed)).unwrap()
        };
        let data = mix(run.record());
        prop_assert_eq!(&data, &mix(run.record()));
        let questions = |groups: &[QueryGroup]| {
            groups.iter().map(|g| question(&g.query)).collect::<BTreeSet<_>>()
        };
        let (train, kept) = (questions(&data.train), questions(&data.dev));
        prop_assert!(train.is_disjoint(&kept));
        let counts = [data.counts.imitation, data.counts.self_critic, data.counts.realignment];
        for side in [|c: &SetCounts| c.train, |c: &SetCounts| c.dev] {
            let taken: Vec<(f64, f64)> = counts.iter().zip(parts)
                .filter(|(c, part)| *part > 0 && side(c) > 0)
                .map(|(c, part)| (f64::from(side(c)), f64::from(part)))
                .collect();
            let scale = taken.iter().map(|(n, part)| n / part).fold(0.0, f64::max);
            for (n, part) in taken {
                prop_assert!(n <= part * scale + 1e-9 && n > part * scale - part - 1.0);
            }
        }
        let sum: u32 = counts.iter().map(|c| c.train + c.dev).sum();
        prop_assert_eq!(sum as usize, data.train.len() + data.dev.len());

        // Half of the record: whatever is known there stands on the same side.
        let half = mix(&run.record()[..run.record().len() / 2]);
        prop_assert!(questions(&half.train).is_disjoint(&kept));
        prop_assert!(questions(&half.dev).is_disjoint(&train));
    }

    #[test]
    fn the_share_kept_is_about_the_one_asked_for(salt: u32) {
        let texts: Vec<String> = (0..2000).map(|n| format!("question {salt} {n} ?")).collect();
        let record: Vec<Experience> = texts.iter()
            .map(|text| told([text, "so .", "so ."], [4, 4], &[]))
            .collect();
        let config = DataConfig { dev: 0.1, ..DataConfig::default() };
        let (kind, fidelity) = (ScoreKind::Moral, Fidelity::default());
        let data = mixture(&record, &config, kind, &fidelity, &mut rng(1)).unwrap();
        // 200 of 2000; the standard deviation is 13.4.
        prop_assert!((130..=270).contains(&data.dev.len()), "{}", data.dev.len());
        prop_assert_eq!(data.train.len() + data.dev.len(), 2000);
        prop_assert_eq!(&data.train[0].query[..4], &prompt::draft(None, "q")[..4]);
    }
}
