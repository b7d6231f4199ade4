//! What each switch of [`Fidelity`] changes, one test a switch: the same society with and without.

use super::scripted::{small, told};
use super::*;
use crate::world::prompt::format_critique;

/// A society of four with these switches, in which every critique is `critique(slot)`.
fn with(fidelity: Fidelity, critique: impl Fn(u64) -> String) -> Simulation {
    let config = SocietyConfig {
        size: 2,
        rounds: 2,
        peers: 3,
        global: true,
        dropout: 1.0,
        feedback_order: FeedbackOrder::HarshestLast,
        memory_distance: 0.3,
        observer_noise: 0.0,
        fidelity,
        ..small()
    };
    told(config, |prompt| match prompt.purpose {
        Purpose::Critique => critique(prompt.id & 0xff),
        Purpose::Draft | Purpose::Revision => "zebra zebra zebra".to_owned(),
    })
}

/// The peers say "hm .", 2 and 6.
fn mixed(slot: u64) -> String {
    match slot {
        0 => "hm .".to_owned(),
        1 => format_critique(2, "that is bad ."),
        _ => format_critique(6, "that is good ."),
    }
}

const OURS: fn() -> Fidelity = Fidelity::default;

#[test]
fn defect_2_an_unread_rating_is_recorded_as_eight_and_left_out_of_the_mean() {
    let ours = with(OURS(), mixed);
    let theirs = with(
        Fidelity {
            unread_rating_is_eight: true,
            ..OURS()
        },
        mixed,
    );
    for (ours, theirs) in ours.record().iter().zip(theirs.record()) {
        assert_eq!(ours.rating, [None, Some(6), Some(2)]);
        assert_eq!(theirs.rating, [Some(8), Some(6), Some(2)]);
        assert_eq!(theirs.mean_rating, Some(4.0));
    }
}

#[test]
fn defect_3_what_observers_cannot_read_scores_minus_one() {
    let ours = with(OURS(), mixed);
    let theirs = with(
        Fidelity {
            unread_score_is_minus_one: true,
            ..OURS()
        },
        mixed,
    );
    assert!(
        ours.record()
            .iter()
            .all(|one| one.gen_moral_score_after >= 1)
    );
    for one in theirs.record() {
        assert_eq!(one.gen_moral_score_before, -1);
        assert_eq!(one.gen_engagement_score_after, -1);
        assert_eq!(one.alignment(), [None, None]);
    }
}

#[test]
fn defect_4_any_number_is_a_rating_and_a_fraction_is_none() {
    let odd = |slot: u64| {
        let texts = ["10 : very good .", "5 / 7 : fine .", "3 : hm ."];
        texts[slot as usize].to_owned()
    };
    let ours = with(OURS(), odd);
    let theirs = with(
        Fidelity {
            unchecked_ratings: true,
            ..OURS()
        },
        odd,
    );
    assert_eq!(ours.record()[0].rating, [None, Some(5), Some(3)]);
    assert_eq!(theirs.record()[0].rating, [None, Some(10), Some(3)]);
    assert_eq!(theirs.record()[0].mean_rating, Some(6.5));
}

#[test]
fn defect_5_the_peers_numbers_stay_as_asked() {
    let rising = |slot: u64| format_critique(slot as u8 + 1, "so .");
    let ours = with(OURS(), rising);
    let theirs = with(
        Fidelity {
            unsorted_targets: true,
            ..OURS()
        },
        rising,
    );
    for (ours, theirs) in ours.record().iter().zip(theirs.record()) {
        assert_eq!(theirs.rating, [Some(3), Some(2), Some(1)]);
        // Asked in the order of their ratings, read in the opposite one.
        let mut asked = theirs.target_id.clone();
        asked.reverse();
        assert_eq!(ours.target_id, asked);
        let read: Vec<u16> = theirs.critiques.iter().map(|one| one.peer).collect();
        assert_eq!(read, asked);
    }
}

#[test]
fn defect_6_where_no_peer_can_be_read_the_interaction_is_lost() {
    let silent = |_: u64| "hm .".to_owned();
    let ours = with(OURS(), silent);
    assert_eq!(ours.progress(), (8, 8));
    assert!(
        ours.record()
            .iter()
            .all(|one| one.revision_prompt.is_some())
    );
    let fidelity = Fidelity {
        unreadable_peers_abort: true,
        ..OURS()
    };
    let theirs = with(fidelity, silent);
    assert!(theirs.record().is_empty() && theirs.finished());
    assert_eq!(theirs.progress(), (8, 8));
    let before = theirs.agents().iter().map(|agent| agent.memories).max();
    assert_eq!(before, Some(6), "nothing was learnt since birth");
    // Where some can be read, nothing is lost.
    assert_eq!(with(fidelity, mixed).record().len(), 8);
}

#[test]
fn defect_7_another_memory_than_the_nearest_is_told() {
    let ours = with(OURS(), mixed);
    let theirs = with(
        Fidelity {
            shuffled_memories: true,
            ..OURS()
        },
        mixed,
    );
    let told = |run: &Simulation| -> Vec<(Option<f32>, Option<String>)> {
        let record = run.record().iter();
        record
            .map(|one| {
                let memory = one.memory.as_ref().map(|memory| memory.question.clone());
                (one.nearest_distance, memory)
            })
            .collect()
    };
    let (ours, theirs) = (told(&ours), told(&theirs));
    let first = |told: &[(Option<f32>, Option<String>)]| -> Vec<Option<f32>> {
        told[..4].iter().map(|one| one.0).collect()
    };
    assert_eq!(first(&ours), first(&theirs), "the same place is nearest");
    let other = ours.iter().zip(&theirs).filter(|(one, two)| one.1 != two.1);
    assert!(other.count() > 0, "{ours:?}\n{theirs:?}");
}

#[test]
fn defect_8_the_first_answer_to_a_question_stays() {
    let run = |first_memory_stays| {
        let config = SocietyConfig {
            questions: 1,
            memories_at_birth: 0,
            rounds: 3,
            fidelity: Fidelity {
                first_memory_stays,
                ..OURS()
            },
            ..small()
        };
        told(config, |prompt| match prompt.purpose {
            Purpose::Critique => format_critique(4, "so ."),
            _ => format!("answer {}", prompt.id >> 32),
        })
    };
    assert_eq!(run(false).memories(0)[0].1, "answer 2");
    assert_eq!(run(true).memories(0)[0].1, "answer 0");
}
