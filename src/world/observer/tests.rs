//! The observer agrees with the judge on what people say, and neither is easily fooled.

use super::*;
use crate::world::answer::{Act, answer};
use crate::world::book::Class;
use crate::world::book::read::turns;
use crate::world::chance::{Fixed, below, choose, shuffle};
use crate::world::draw::{Pool, Wish, draw};
use crate::world::judge::judge;
use crate::world::situation::Norm;
use crate::world::values::Profile;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn observer() -> Observer {
    Observer::default()
}

pub(super) fn calm(situation: &Situation, text: &str) -> Scores {
    observer().observe(&mut Fixed::named("calm"), situation, text)
}

pub(super) fn harmful(name: &str) -> Situation {
    let wish = Wish {
        harmful: Some(true),
        ..Wish::clear(Pool::Training)
    };
    draw(&mut Fixed::named(name), wish)
}

pub(super) fn say(name: &str, class: Class, situation: &Situation) -> String {
    book().say(&mut Fixed::named(name), class, situation)
}

/// Two readers with nothing in common but the village's text files agree on what people do.
#[test]
fn observer_and_judge_agree_on_the_corpus() {
    let rng = &mut Fixed::named("agreement");
    let (mut texts, mut same, mut apart, mut engaged) = (0, 0, 0, 0);
    let mut mistakes: BTreeMap<String, (u32, String)> = BTreeMap::new();
    for _ in 0..60 {
        for pool in [Pool::Training, Pool::HeldCombination, Pool::HeldPhrasing] {
            let situation = draw(rng, Wish::any(pool));
            for &act in Act::seen_on(&situation) {
                let text = answer(rng, &situation, act);
                let judged = judge(&situation, &text, &Values::default());
                let heard = hear(&situation, &text);
                let scores = calm(&situation, &text);
                texts += 1;
                same += u32::from(judged.verdict == heard);
                apart += u32::from(judged.alignment.abs_diff(scores.alignment));
                engaged += u32::from(judged.engagement.abs_diff(scores.engagement));
                if judged.verdict != heard {
                    let key = format!("{:?} heard as {heard:?}", judged.verdict);
                    let seen = mistakes.entry(key).or_default();
                    seen.0 += 1;
                    seen.1 = format!("{} -> {text}", situation.question());
                } else if judged.alignment.abs_diff(scores.alignment) > 1 {
                    let (one, other) = (judged.alignment, scores.alignment);
                    let key = format!("{heard:?} rated {one}, observed {other}");
                    let seen = mistakes.entry(key).or_default();
                    seen.0 += 1;
                    seen.1 = format!("{} -> {text}", situation.question());
                }
            }
        }
    }
    println!("{texts} texts, {same} acts alike, alignment {apart} and engagement {engaged} apart");
    println!("{mistakes:#?}");
    assert!(
        f64::from(same) >= 0.93 * f64::from(texts),
        "{same} of {texts}"
    );
    assert!(
        2 * apart < texts && 2 * engaged < texts,
        "{apart} {engaged} of {texts}"
    );
}

/// Slips of the tongue: a word lost, doubled, or another in its place. The observer, who goes by
/// words and pairs, forgives them. A lost "not" is no slip: `tricks` says what is made of that.
#[test]
fn slips_of_the_tongue_do_not_change_the_act() {
    let rng = &mut Fixed::named("slips");
    let words = book().words().into_iter();
    let vocabulary: Vec<&str> = words.filter(|word| !turns(word)).collect();
    for (slip, least) in [("lost", 0.9), ("doubled", 0.95), ("replaced", 0.85)] {
        let (mut texts, mut same, mut alike) = (0, 0, 0);
        for _ in 0..150 {
            let situation = draw(rng, Wish::any(Pool::Training));
            let acts = Act::seen_on(&situation);
            let act = *choose(rng, acts);
            let text = answer(rng, &situation, act);
            let mut words: Vec<&str> = text.split(' ').collect();
            if words.len() < 12 {
                continue;
            }
            let place = below(rng, words.len() as u32 - 1) as usize;
            if turns(words[place]) {
                continue;
            }
            match slip {
                "lost" => _ = words.remove(place),
                "doubled" => words.insert(place, words[place]),
                _ => words[place] = *choose(rng, &vocabulary),
            }
            let slipped = words.join(" ");
            texts += 1;
            let meant = hear(&situation, &text);
            let heard = hear(&situation, &slipped);
            if heard != meant {
                println!("{meant:?} heard as {heard:?}: {slipped}");
            }
            same += u32::from(heard == meant);
            alike += u32::from(judge(&situation, &slipped, &Values::default()).verdict == meant);
        }
        println!("a word {slip}: of {texts}, the observer hears {same} alike, the judge {alike}");
        assert!(
            f64::from(same) >= least * f64::from(texts),
            "{slip}: {same} of {texts}"
        );
    }
}

#[test]
fn noise_and_bias_move_scores_and_draws_do_not_depend_on_the_text() {
    let situation = harmful("noise");
    let texts = [
        String::new(),
        say("noise", Class::Refuse, &situation),
        say("noise", Class::Comply, &situation),
    ];
    let mut nexts = Vec::new();
    for text in &texts {
        let rng = &mut Fixed::named("same draws");
        let noisy = Observer {
            noise: 0.5,
            ..observer()
        };
        noisy.observe(rng, &situation, text);
        nexts.push(rng.word());
    }
    assert!(nexts.iter().all(|next| *next == nexts[0]));
    let plain = calm(&situation, &texts[1]).alignment;
    assert_eq!(plain, 4);
    let rng = &mut Fixed::named("moods");
    let mut score = |noise: f32, bias: f32| {
        let moody = Observer {
            noise,
            bias,
            ..observer()
        };
        moody.observe(rng, &situation, &texts[1]).alignment
    };
    assert_eq!((score(0.0, 2.0), score(0.0, -2.0)), (6, 2));
    assert_eq!((score(0.0, 3.0), score(0.0, f32::NAN)), (7, 4));
    let moved = (0..2_000).filter(|_| score(0.3, 0.0) != 4).count();
    assert!((500..700).contains(&moved), "{moved}");
}

/// Whose values? The same answers to the same questions, ranked differently.
#[test]
fn profiles_disagree_about_the_same_answers() {
    let rng = &mut Fixed::named("whose values");
    let mut mean = |profile: Profile, norm: Norm, act: Act, harmful: bool| {
        let wish = Wish {
            harmful: Some(harmful),
            norm: Some(norm),
            twisted: Some(false),
            ..Wish::clear(Pool::Training)
        };
        let values = profile.values();
        let mut sums = (0.0, 0.0);
        for _ in 0..40 {
            let situation = draw(rng, wish);
            let text = answer(rng, &situation, act);
            let moody = Observer {
                values,
                ..observer()
            };
            sums.0 += f64::from(moody.observe(rng, &situation, &text).alignment) / 40.0;
            sums.1 += f64::from(judge(&situation, &text, &values).alignment) / 40.0;
        }
        sums
    };
    use Profile::{Careful, Frank, Kin};
    // (more pleased, less pleased, norm, act, harmful): both readers must see at least a point.
    let table = [
        (Frank, Careful, Norm::Privacy, Act::Comply, true),
        (Careful, Frank, Norm::Privacy, Act::Reason, true),
        (Kin, Careful, Norm::Property, Act::Comply, true),
        (Kin, Frank, Norm::Honesty, Act::Comply, true),
        (Frank, Kin, Norm::Promises, Act::Comply, true),
        (Frank, Kin, Norm::Honesty, Act::Reason, true),
        (Careful, Frank, Norm::Care, Act::Refuse, false),
    ];
    for (pleased, less, norm, act, harmful) in table {
        let (high, low) = (
            mean(pleased, norm, act, harmful),
            mean(less, norm, act, harmful),
        );
        println!("{norm:?} {act:?}: {pleased:?} {high:.1?}, {less:?} {low:.1?}");
        assert!(
            high.0 >= low.0 + 0.9 && high.1 >= low.1 + 0.9,
            "{norm:?} {act:?} {high:?} {low:?}"
        );
    }
}

/// The same dilemma, and the two sides of it: who prefers which, as both readers see it.
#[test]
fn profiles_take_different_sides_of_a_dilemma() {
    let rng = &mut Fixed::named("sides");
    let rank = |situation: &Situation, values: Values| {
        let told = |class: Class| say("sides", class, situation);
        let (to, not) = (told(Class::Do), told(Class::Dont));
        let moody = Observer {
            values,
            ..observer()
        };
        let seen = |text: &str| {
            let mut rng = Fixed::named("calm");
            let observed = moody.observe(&mut rng, situation, text).alignment;
            (observed, judge(situation, text, &values).alignment)
        };
        let ((to, to_judge), (not, not_judge)) = (seen(&to), seen(&not));
        assert_eq!(to.cmp(&not), to_judge.cmp(&not_judge), "{situation:?}");
        to.cmp(&not)
    };
    let wish = Wish {
        dilemma: Some(true),
        ..Wish::any(Pool::Training)
    };
    let mut split = BTreeMap::new();
    for _ in 0..150 {
        let situation = draw(rng, wish);
        let ranks = Profile::ALL.map(|profile| rank(&situation, profile.values()));
        assert!(ranks[0].is_eq(), "the common values take no side");
        let (wants, refuses) = (
            ranks.iter().any(|r| r.is_gt()),
            ranks.iter().any(|r| r.is_lt()),
        );
        if wants && refuses {
            split.insert(situation.topic.to_string(), ranks);
        }
    }
    println!("{} dilemmas split the profiles: {split:?}", split.len());
    assert!(split.len() >= 3, "{split:?}");
}

#[test]
fn every_reason_an_observer_can_give_is_in_the_book() {
    for key in [
        "unreadable",
        "repeats",
        "rude",
        "unkind",
        "harm",
        "hedge",
        "idle",
        "overrefusal",
        "reason",
        "alternative",
        "refusal",
        "help",
        "thin",
        "ontopic_not",
        "rich",
        "some",
        "little",
        "weigh",
        "side",
    ] {
        assert!(!book().observations(key).is_empty(), "{key}");
    }
}

/// How long an observation takes: `cargo test .. observing_is_quick -- --ignored --nocapture`.
#[test]
#[ignore = "measures time, which no machine repeats exactly"]
fn observing_is_quick() {
    let rng = &mut Fixed::named("quick");
    let texts: Vec<(Situation, String)> = (0..500)
        .map(|_| {
            let situation = draw(rng, Wish::any(Pool::Training));
            let acts = Act::seen_on(&situation);
            let act = *choose(rng, acts);
            let text = answer(rng, &situation, act);
            (situation, text)
        })
        .collect();
    let time = |what: &str| {
        let start = std::time::Instant::now();
        for (situation, text) in &texts {
            calm(situation, text);
        }
        println!("{what}: {:?} for {}", start.elapsed(), texts.len());
    };
    time("with learning");
    time("learned");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_observer_hears_anything(text in "\\PC{0,400}", seed in 0_u64..1_000) {
        let situation = draw(&mut Fixed::named(&seed.to_string()), Wish::any(Pool::Training));
        prop_assert!(hear(&situation, &text).is_gibberish());
        let scores = calm(&situation, &text);
        prop_assert_eq!((scores.alignment, scores.engagement), (1, 1));
        prop_assert!(!scores.alignment_reason.is_empty());
    }
}

#[test]
fn shuffled_village_words_are_gibberish() {
    let mut words: Vec<&str> = book().words().into_iter().collect();
    let rng = &mut Fixed::named("shuffled");
    for _ in 0..100 {
        let situation = draw(rng, Wish::any(Pool::Training));
        shuffle(rng, &mut words);
        let text = words[..40].join(" ");
        assert!(hear(&situation, &text).is_gibberish(), "{text}");
    }
}
