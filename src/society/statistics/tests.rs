//! Whole records in figures: nothing depends on order, nothing stops at a strange record, and a
//! large one is quick.

use super::*;
use crate::society::grid;
use crate::society::record::Interaction;
use crate::society::scripted::{Manner, played, small};
use example::{Told, interaction};
use proptest::prelude::*;

#[test]
fn a_record_in_figures_agrees_with_the_rounds_a_run_tells() {
    let run = played(small(), Manner::Plain, 3);
    let found = summary(run.record(), &grid::links(3), Settling::default());
    let told: Vec<&RoundStatistics> = found.rounds.iter().map(|round| &round.statistics).collect();
    assert_eq!(told, run.statistics().iter().collect::<Vec<_>>());
    assert_eq!((found.interactions, found.lost), (27, 0));
    for (round, movement) in found.rounds.iter().zip(&found.convergence.rounds) {
        let mean = round.statistics.all.alignment_revision;
        assert!((movement.alignment.unwrap().value - mean).abs() < 1e-6);
        assert!((round.points.revision.unwrap().alignment - mean).abs() < 1e-6);
        // Nine agents in rows of three, each linked to the next: twelve pairs.
        assert_eq!((round.consensus.agents, round.consensus.links), (9, 12));
    }
    assert_eq!(found.revisions.agents.len(), 9);
    let text = serde_json::to_string(&found).unwrap();
    assert_eq!(
        serde_json::from_str::<SocietyStatistics>(&text).unwrap(),
        found
    );
    let bytes = postcard::to_allocvec(&found).unwrap();
    assert_eq!(
        postcard::from_bytes::<SocietyStatistics>(&bytes).unwrap(),
        found
    );
    let mut shuffled = run.record().to_vec();
    shuffled.sort_by_key(|one| core::cmp::Reverse(one.agent_id));
    assert_eq!(
        summary(&shuffled, &grid::links(3), Settling::default()),
        found
    );
}

#[test]
fn lost_scores_are_left_out_and_counted() {
    let told = |agent, draft, revision| Told {
        agent,
        draft,
        revision,
        ..Told::default()
    };
    let record = [
        told(0, 2, 6),
        told(1, -1, 4),
        told(2, 3, -1),
        told(3, 0, 99),
    ]
    .map(interaction);
    let found = summary(&record, &grid::links(2), Settling::default());
    assert_eq!((found.interactions, found.lost), (4, 3));
    let round = &found.rounds[0];
    assert_eq!(
        round.points.draft.map(|p| (p.count, p.alignment)),
        Some((2, 2.5))
    );
    assert_eq!(
        round.points.revision.map(|p| (p.count, p.alignment)),
        Some((2, 5.0))
    );
    assert_eq!(round.consensus.agents, 2);
    assert_eq!((found.influence.drafts, found.influence.lost), (4, 3));
    assert_eq!(found.revisions.agents.len(), 2);

    let lost = [told(0, -1, -1), told(1, -1, -1)].map(interaction);
    let found = summary(&lost, &grid::links(2), Settling::default());
    assert_eq!((found.lost, found.revisions.hypervolume), (2, 0.0));
    assert_eq!(found.rounds[0].points.distance, None);
    assert!(summary(&[], &[], Settling::default()).rounds.is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn no_record_stops_the_figures(
        told in prop::collection::vec(
            (0u16..12, 0u16..9, any::<i8>(), any::<i8>(), any::<i8>(), any::<u16>(), any::<Option<u8>>()), 0..40,
        ),
        links in prop::collection::vec(prop::collection::vec(any::<u16>(), 0..5), 0..10),
        window: u16, band: f32,
    ) {
        let record: Vec<Interaction> = told
            .into_iter()
            .map(|(agent, round, draft, revision, engagement, peer, rating)| {
                let told = Told { agent, round, draft, revision, engagement, ..Told::default() };
                let mut one = interaction(told);
                if let Some(critique) = one.critiques.first_mut() {
                    (critique.peer, critique.rating) = (peer, rating);
                }
                one
            })
            .collect();
        let found = summary(&record, &links, Settling { window, band });
        prop_assert_eq!(found.interactions as usize, record.len());
        let changes = [found.influence.change, found.influence.changed];
        for figure in changes.into_iter().flatten() {
            let (low, high) = figure.interval.unwrap_or((figure.value, figure.value));
            prop_assert!(low <= figure.value && figure.value <= high, "{figure:?}");
        }
        let values = series(&found.rounds, |round| round.points.distance);
        for value in values.into_iter().flatten() {
            prop_assert!((0.0..8.5).contains(&value));
        }
    }
}

/// What a summary costs: `cargo test --release --lib statistics::tests::cost -- --ignored --nocapture`.
#[test]
#[ignore = "measures time, which no machine repeats exactly"]
fn cost_of_a_large_society() {
    let links = grid::links(32);
    let record: Vec<Interaction> = (0..20)
        .flat_map(|round| (0..1024).map(move |agent| (round, agent)))
        .map(|(round, agent)| {
            let dice = (usize::from(agent) * 31 + usize::from(round) * 17) % 97;
            let score = |by: usize| (dice / by % 7) as i8 + 1;
            interaction(Told {
                agent,
                round,
                draft: score(1),
                revision: score(3),
                engagement: score(5),
                ..Told::default()
            })
        })
        .collect();
    let pairs: usize = links.iter().map(Vec::len).sum::<usize>() / 2;
    let begun = std::time::Instant::now();
    let found = summary(&record, &links, Settling::default());
    println!(
        "{} interactions, {pairs} pairs a round: {:?}",
        found.interactions,
        begun.elapsed()
    );
    let begun = std::time::Instant::now();
    let consensus = Consensus::of_round(&record[..1024], &links);
    println!("one consensus {:?}: {:?}", consensus.moran, begun.elapsed());
    let begun = std::time::Instant::now();
    println!("{} links, {:?}", grid::links(32).len(), begun.elapsed());
}
