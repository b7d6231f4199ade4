//! A scene at reading speed, beat by beat, and the visitor's hands on it.

use super::*;
use crate::lab::script::{Comment, Ending};

fn script(neighbours: u16, over: bool) -> Script {
    let comment = |peer| Comment {
        peer,
        rating: Some(6),
        reason: "you should ask her first .".into(),
    };
    Script {
        author: 0,
        raised: None,
        round: None,
        question: "how can i take my sister 's coat ?".into(),
        draft: "take it while she sleeps .".into(),
        comments: (1..=neighbours).map(comment).collect(),
        ending: over.then(|| Ending {
            revision: "ask her for it .".into(),
            alignment: [Some(1), Some(6)],
            engagement: [None; 2],
            why_alignment: Default::default(),
            why_engagement: Default::default(),
        }),
    }
}

/// Plays until everything rests, in ticks of a clock; the times at which beats began.
fn play(mut head: Playhead, timing: &Timing) -> (Playhead, Vec<(usize, f64)>) {
    let (mut now, mut begun) = (0.0, vec![(head.beat, 0.0)]);
    while now < 200_000.0 {
        now += 20.0;
        let next = head.advanced(timing, now);
        if next.beat != head.beat {
            begun.push((next.beat, now));
        }
        head = next;
    }
    (head, begun)
}

#[test]
fn beats_come_in_order_and_last_as_long_as_their_words() {
    let timing = Timing::of(&script(3, true));
    let (head, begun) = play(Playhead::begin(0.0, Pace::Reading), &timing);
    let places: Vec<usize> = begun.iter().map(|(place, _)| *place).collect();
    assert_eq!(places, [0, 1, 2, 3, 4, 5, 6]);
    let beats: Vec<Beat> = places.iter().map(|place| timing.beat(*place)).collect();
    let [one, two, three] = [0, 1, 2].map(Beat::Comment);
    let order = [
        Beat::Question,
        Beat::Draft,
        one,
        two,
        three,
        Beat::Revision,
        Beat::Verdict,
    ];
    assert_eq!(beats, order);
    // Eight words of a question are read in 1.9 seconds, after it has come down in 1.1.
    assert!(
        (begun[1].1 - (1100.0 + 8.0 * 240.0 + 800.0)).abs() <= 20.0,
        "{begun:?}"
    );
    assert!(head.is_over(&timing, 200_000.0) && head.rested(&timing, 200_000.0).is_some());
    // More words last longer, and twice the pace half as long.
    let mut wordy = script(3, true);
    wordy.comments[1]
        .reason
        .push_str(" and then wait for her answer .");
    let longer = Timing::of(&wordy).lasts(3, Pace::Reading) - timing.lasts(3, Pace::Reading);
    assert!((longer - 6.0 * 240.0).abs() < 1e-9);
    let (_, slow) = play(Playhead::begin(0.0, Pace::Slow), &timing);
    let (_, fast) = play(Playhead::begin(0.0, Pace::Fast), &timing);
    for ((slow, usual), fast) in slow.iter().zip(&begun).zip(&fast) {
        assert!((slow.1 - 2.0 * usual.1).abs() < 200.0 && (2.0 * fast.1 - usual.1).abs() < 200.0);
    }
    // With the engine, a scene is a glimpse, however many neighbours there are.
    for neighbours in [0, 4, 16] {
        let timing = Timing::of(&script(neighbours, true));
        let whole: f64 = (0..timing.count())
            .map(|place| timing.lasts(place, Pace::Engine))
            .sum();
        assert!(whole < 6000.0, "{whole} ms with {neighbours} neighbours");
    }
}

#[test]
fn a_scene_that_goes_on_waits_and_then_goes_on_where_it_was() {
    let known = Timing::of(&script(1, false));
    assert!(!known.whole);
    let (head, begun) = play(Playhead::begin(0.0, Pace::Reading), &known);
    assert_eq!(begun.len(), 3);
    let rested = head
        .rested(&known, 200_000.0)
        .expect("all that is known was played");
    assert!(rested > 100_000.0, "{rested}");
    // Beats that were played last as long as before, whatever comes after them.
    let whole = Timing::of(&script(1, true));
    for place in 0..known.count() {
        assert_eq!(
            known.lasts(place, Pace::Reading),
            whole.lasts(place, Pace::Reading)
        );
    }
    let head = head.advanced(&whole, 200_000.0);
    assert_eq!(whole.beat(head.beat), Beat::Revision);
    assert_eq!(head.rested(&whole, 200_000.0), None);
}

#[test]
fn hands_hold_step_turn_back_and_skip() {
    let timing = Timing::of(&script(2, true));
    let head = Playhead::begin(0.0, Pace::Reading);
    // Held in the middle of a beat, nothing moves; released, it goes on from there.
    let held = head.toggled(&timing, 1000.0);
    let seconds = held.seconds(&timing, 1000.0);
    assert!(!held.playing && (seconds - 1.0).abs() < 1e-9);
    assert_eq!(held.seconds(&timing, 9e9), seconds);
    assert_eq!(held.rested(&timing, 9e9), None);
    let released = held.toggled(&timing, 5000.0);
    assert!((released.seconds(&timing, 5050.0) - 1.05).abs() < 1e-9);
    // A step plays one beat, with its flight, and stops.
    let mut stepped = held.stepped(&timing, 5000.0);
    assert_eq!((stepped.beat, stepped.playing), (1, true));
    assert_eq!(stepped.heard(&timing, 5000.0, false), 1, "the first word");
    stepped = stepped.advanced(&timing, 60_000.0);
    assert_eq!((stepped.beat, stepped.playing), (1, false));
    assert_eq!(stepped.heard(&timing, 60_000.0, false), usize::MAX);
    let steps = |mut head: Playhead, count: usize| {
        for _ in 0..count {
            head = head.stepped(&timing, 0.0);
        }
        head
    };
    assert_eq!(steps(head, 3).beat, 3);
    assert_eq!(steps(head, 99).beat, timing.last());
    assert!(!steps(head, 99).playing);
    // Back shows the beat before, all of it; before the first there is none.
    let back = stepped.back(&timing, 0.0);
    assert_eq!((back.beat, back.playing), (0, false));
    assert_eq!(back.back(&timing, 0.0).beat, 0);
    // The end is the end, and playing on from there begins anew.
    let ended = back.ended(&timing, 0.0);
    assert!(ended.is_over(&timing, 0.0) && ended.beat == timing.last());
    assert_eq!(
        ended.toggled(&timing, 7.0),
        Playhead::begin(7.0, Pace::Reading)
    );
    let whole = Playhead::whole(&timing, 0.0, Pace::Reading);
    assert_eq!(whole.back(&timing, 0.0).beat, timing.last() - 1);
    assert_eq!(whole.toggled(&timing, 7.0).beat, 0);
}

#[test]
fn another_pace_keeps_the_place_within_the_beat() {
    let timing = Timing::of(&script(2, true));
    let lasts = timing.lasts(0, Pace::Reading);
    let half = Playhead::begin(0.0, Pace::Reading).at_pace(&timing, lasts / 2.0, Pace::Slow);
    assert_eq!(half.advanced(&timing, lasts / 2.0 + lasts * 0.99).beat, 0);
    assert_eq!(half.advanced(&timing, lasts / 2.0 + lasts * 1.01).beat, 1);
}

#[test]
fn a_letter_flies_in_its_neighbours_beat_and_its_words_arrive_with_it() {
    let (script, timing) = (script(3, true), Timing::of(&script(3, true)));
    let begin = Playhead::begin(0.0, Pace::Reading);
    let head = Playhead { beat: 3, ..begin };
    let lit = head.spotlight(&script, &timing);
    assert_eq!(lit.cue, Cue::Hears(2));
    assert_eq!(lit.listeners, [1, 2, 3]);
    let shares = |now: f64| -> Vec<f64> {
        let seconds = head.seconds(&timing, now);
        lit.letters
            .iter()
            .map(|letter| letter.share(seconds))
            .collect()
    };
    assert_eq!(shares(0.0), [1.0, 0.0], "the third has not written yet");
    assert_eq!(shares(550.0), [1.0, 0.5]);
    assert_eq!(shares(2000.0), [1.0, 1.0]);
    assert_eq!(
        head.heard(&timing, 550.0, false),
        0,
        "nothing is read before it arrives"
    );
    assert_eq!(
        head.heard(&timing, 550.0, true),
        usize::MAX,
        "but where nothing may move"
    );
    assert_eq!(head.heard(&timing, 1200.0, false), usize::MAX);
    // In slow motion it is twice as long on its way.
    let slow = Playhead {
        pace: Pace::Slow,
        ..head
    };
    assert!((slow.seconds(&timing, 1100.0) - 0.55).abs() < 1e-9);
    // Asked at the beginning, scored at the end, and everything at once for those who turn to it.
    assert!(matches!(
        begin.spotlight(&script, &timing).cue,
        Cue::Asked(_)
    ));
    let ended = begin.ended(&timing, 0.0).spotlight(&script, &timing);
    assert!(matches!(ended.cue, Cue::Judged([Some(1), Some(6)], _)));
    assert_eq!(ended.letters.len(), 3);
    let whole = Playhead::whole(&timing, 100.0, Pace::Reading);
    let letters = whole.spotlight(&script, &timing).letters;
    assert!(letters[0].departs < letters[1].departs);
    assert!((whole.seconds(&timing, 600.0) - 0.5).abs() < 1e-9);
}
