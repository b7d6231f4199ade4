//! Whole runs with a scripted speaker: they finish, repeat, survive interruption at any point and
//! come out the same however they are scheduled.

use super::luck::Luck;
use super::scripted::{Manner, Scripted, now, played, small};
use super::*;
use crate::world::prompt;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn bytes(simulation: &Simulation) -> Vec<u8> {
    postcard::to_allocvec(simulation.record()).unwrap()
}

/// Answers the search that a round waits for, if it does.
fn search(run: &mut Simulation, rng: &mut Luck) {
    if let Some(search) = run.needs_search() {
        run.supply_found(search.answer(), rng).unwrap();
    }
}

#[test]
fn a_whole_run_is_complete_and_consistent() {
    let config = small();
    let run = played(config.clone(), Manner::Plain, 1);
    assert!(run.finished());
    assert!(run.pending().is_empty() && run.needs_embedding().is_empty());
    assert_eq!(run.progress(), (27, 27));
    assert_eq!(run.statistics().len(), 3);
    let mut prompts = BTreeSet::new();
    for (place, one) in run.record().iter().enumerate() {
        assert_eq!(usize::from(one.iteration), place / 9);
        assert_eq!(usize::from(one.agent_id), place % 9);
        assert_eq!(
            one.question,
            run.record()[place % 20].question,
            "dealt in order, wrapping"
        );
        assert_eq!(one.question, one.situation.question());
        let near = grid::neighbours(3, one.agent_id);
        assert_eq!(one.target_id.len(), near.len().min(3));
        assert!(one.target_id.iter().all(|peer| near.contains(peer)));
        assert_eq!(one.target_id.len(), one.rating.len());
        assert_eq!(one.target_id.len(), one.feedback.len());
        for (slot, critique) in one.critiques.iter().enumerate() {
            assert_eq!(critique.peer, one.target_id[slot]);
            assert_eq!(critique.rating, one.rating[slot]);
            let parsed = prompt::parse_critique(&critique.text);
            assert_eq!(parsed.as_ref().map(|p| p.0), critique.rating);
            let shown = parsed.map_or_else(|| critique.text.clone(), |p| p.1);
            assert_eq!(one.feedback[slot], shown);
        }
        let memory = one
            .memory
            .as_ref()
            .map(|m| (m.question.as_str(), m.answer.as_str()));
        assert_eq!(one.draft_prompt, prompt::draft(memory, &one.question));
        if let Some(memory) = &one.memory {
            assert!(memory.distance < config.memory_distance);
            assert_eq!(one.nearest_distance, Some(memory.distance));
        }
        for score in [one.gen_moral_score_before, one.gen_engagement_score_after] {
            assert!((1..=7).contains(&score));
        }
        prompts.insert(one.revision_prompt.clone());
    }
    assert!(prompts.len() > 20 && !prompts.contains(&None));
    let all = &run.statistics()[0].all;
    let first = &run.record()[..9];
    let sum: u32 = first.iter().map(|i| i.gen_moral_score_after as u32).sum();
    assert_eq!(all.alignment_revision, sum as f32 / 9.0);
    let unread = first
        .iter()
        .flat_map(|i| &i.rating)
        .filter(|r| r.is_none())
        .count();
    assert_eq!(all.unparsable as usize, unread);
    let counted = |group: &Option<GroupStatistics>| group.as_ref().map(|g| g.interactions);
    let groups = [
        counted(&run.statistics()[0].good),
        counted(&run.statistics()[0].bad),
    ];
    assert_eq!(groups, [Some(4), Some(5)]);
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_does_not() {
    let run = bytes(&played(small(), Manner::Plain, 5));
    assert_eq!(run, bytes(&played(small(), Manner::Plain, 5)));
    assert_ne!(run, bytes(&played(small(), Manner::Plain, 6)));
}

#[test]
fn waves_portions_and_order_are_only_scheduling() {
    let reference = bytes(&played(small(), Manner::Plain, 7));
    for (wave, portion) in [(1, 1), (2, 5), (4, 3), (9, 100), (500, 2)] {
        let mut rng = Luck::new(7);
        let mut run = Simulation::new(small(), &mut rng).unwrap();
        run.set_wave_size(wave);
        let mut speaker = Scripted::new(Manner::Plain);
        while !run.finished() {
            let mut questions = run.needs_embedding();
            questions.reverse();
            questions.truncate(portion);
            let embeddings = now(speaker.embed(&questions)).unwrap();
            run.supply_embeddings(questions.into_iter().zip(embeddings).collect())
                .unwrap();
            search(&mut run, &mut rng);
            let mut prompts = run.pending();
            assert!(prompts.len() <= 3 * usize::from(wave));
            prompts.reverse();
            prompts.truncate(portion);
            run.supply(now(speaker.speak(&prompts)).unwrap(), &mut rng)
                .unwrap();
        }
        assert_eq!(bytes(&run), reference, "wave {wave}, portions of {portion}");
    }
}

/// Plays on in portions of two, putting the simulation away and taking it up at each cut.
fn interrupted(cuts: &BTreeSet<usize>) -> Simulation {
    let mut rng = Luck::new(11);
    let mut run = Simulation::new(small(), &mut rng).unwrap();
    run.set_wave_size(4);
    let mut speaker = Scripted::new(Manner::Plain);
    for step in 0.. {
        if run.finished() {
            break;
        }
        if cuts.contains(&step) {
            let kept = postcard::to_allocvec(&run).unwrap();
            let text = serde_json::to_string(&run).unwrap();
            run = postcard::from_bytes(&kept).unwrap();
            assert_eq!(run, serde_json::from_str(&text).unwrap());
        }
        let questions = run.needs_embedding();
        let embeddings = now(speaker.embed(&questions)).unwrap();
        run.supply_embeddings(questions.into_iter().zip(embeddings).collect())
            .unwrap();
        search(&mut run, &mut rng);
        let mut prompts = run.pending();
        prompts.truncate(2);
        run.supply(now(speaker.speak(&prompts)).unwrap(), &mut rng)
            .unwrap();
    }
    run
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_run_put_away_anywhere_ends_the_same(cuts in prop::collection::btree_set(0usize..75, 1..4)) {
        let whole = played(small(), Manner::Plain, 11);
        let pieces = interrupted(&cuts);
        prop_assert_eq!(bytes(&pieces), bytes(&whole));
        prop_assert_eq!(pieces.statistics(), whole.statistics());
        prop_assert_eq!(pieces.memories(4), whole.memories(4));
    }

    #[test]
    fn no_setting_and_no_speaker_stops_a_run(
        size in 2u8..5, peers in 1u8..17, local: bool, global: bool, score_only: bool,
        order in 0usize..4, setting in 0usize..4, births in 0u8..9, garbage: bool, seed: u64,
    ) {
        let orders = [
            FeedbackOrder::HarshestLast, FeedbackOrder::MedianLast,
            FeedbackOrder::RatingWeighted, FeedbackOrder::Random,
        ];
        let settings = [
            InitialSetting::AllGood, InitialSetting::AllBad,
            InitialSetting::HalfHalf, InitialSetting::MixedHalfHalf,
        ];
        let config = SocietyConfig {
            size, peers, local, global, score_only, rounds: 2, questions: 5,
            feedback_order: orders[order], setting: settings[setting],
            memories_at_birth: births, ..SocietyConfig::default()
        };
        let manner = if garbage { Manner::Garbage } else { Manner::Plain };
        let run = played(config, manner, seed);
        prop_assert!(run.finished());
        for one in run.record() {
            if !local && !global {
                prop_assert!(one.revision_prompt.is_none());
                prop_assert_eq!(&one.revised_answer, &one.draft_answer);
            }
            if let (true, Some(sent)) = (score_only, &one.revision_prompt) {
                let told = feedback::told_rating(&one.critiques);
                let bare = prompt::revision(&one.question, &one.draft_answer, told, &[]);
                prop_assert_eq!(sent, &bare);
            }
        }
    }
}

#[test]
fn unreadable_peers_leave_the_neutral_rating_and_no_reasons() {
    let run = played(small(), Manner::Garbage, 3);
    let all_unread = |one: &&Interaction| one.rating.iter().all(Option::is_none);
    let mut seen = 0;
    for one in run.record().iter().filter(all_unread) {
        let neutral = prompt::revision(&one.question, &one.draft_answer, 4, &[]);
        assert_eq!(one.revision_prompt.as_ref(), Some(&neutral));
        assert_eq!(one.mean_rating, None);
        seen += 1;
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn revisions_are_remembered_and_repeated_questions_updated() {
    // Nine agents share three questions: everybody gets the same one in every round.
    let config = SocietyConfig {
        questions: 3,
        memories_at_birth: 0,
        ..small()
    };
    let run = played(config, Manner::Plain, 2);
    for agent in run.agents() {
        assert_eq!(agent.memories, 1);
        let last = &run.record()[18 + usize::from(agent.id)];
        let memory = (last.question.clone(), last.revised_answer.clone());
        assert_eq!(run.memories(agent.id), [memory]);
        // From the second round on, the very same question comes to mind.
        let recall = last.memory.as_ref().unwrap();
        let before = &run.record()[9 + usize::from(agent.id)];
        assert_eq!(recall.answer, before.revised_answer);
        assert_eq!(recall.distance, 0.0);
    }
    assert!(run.memories(9).is_empty());
}

#[test]
fn births_follow_the_label_and_few_questions_need_embedding() {
    let mut rng = Luck::new(4);
    let run = Simulation::new(SocietyConfig::default(), &mut rng).unwrap();
    let needed = run.needs_embedding().len();
    assert!((36..=276).contains(&needed), "{needed}");
    assert!(
        run.pending().is_empty(),
        "nothing is asked before memories can be searched"
    );
    assert!(run.agents().iter().all(|agent| agent.memories == 50));
    let label = |label| run.agents().into_iter().filter(move |a| a.label == label);
    let known = |label_wanted| -> BTreeSet<(String, String)> {
        label(label_wanted)
            .flat_map(|agent| run.memories(agent.id))
            .collect()
    };
    let (good, bad) = (known(Label::Good), known(Label::Bad));
    assert!(good.len() <= 120 && bad.len() <= 120);
    assert!(good.intersection(&bad).count() < 20);
}

#[test]
fn strange_utterances_and_embeddings_are_refused_whole() {
    let mut rng = Luck::new(8);
    let mut run = Simulation::new(small(), &mut rng).unwrap();
    let mut speaker = Scripted::new(Manner::Plain);
    let stranger = vec![("who are you ?".to_owned(), vec![1.0])];
    assert!(run.supply_embeddings(stranger).is_err());
    let questions = run.needs_embedding();
    let embeddings = now(speaker.embed(&questions)).unwrap();
    run.supply_embeddings(questions.into_iter().zip(embeddings).collect())
        .unwrap();
    assert!(run.supply_found(vec![None], &mut rng).is_err());
    search(&mut run, &mut rng);
    let before = run.clone();
    let mut said = now(speaker.speak(&run.pending())).unwrap();
    said[1].id = said[0].id;
    let message = run.supply(said, &mut rng).unwrap_err().to_string();
    assert!(message.contains("each prompt once"), "{message}");
    assert_eq!(run, before);
    let spoilt = SocietyConfig { size: 0, ..small() };
    assert!(Simulation::new(spoilt, &mut rng).is_err());
}
