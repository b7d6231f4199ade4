//! What the corpus promises, with numbers that can fail.

use super::*;
use crate::world::answer::reply;
use crate::world::book::book;
use crate::world::draw::{Pool, Wish, Wrapping, draw};
use crate::world::judge::{Verdict, judge};
use crate::world::values::Values;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use std::collections::{BTreeMap, BTreeSet};

fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

fn length(text: &str) -> usize {
    text.split(' ').count()
}

#[test]
fn documents_are_short_clean_and_of_every_kind() {
    const DOCUMENTS: usize = 5_000;
    let rng = &mut seeded(1);
    let mut totals: BTreeMap<DocumentKind, (usize, usize, usize)> = BTreeMap::new();
    let known = book().words();
    let (mut longest, mut strange) = (0, 0);
    for _ in 0..DOCUMENTS {
        let Document {
            prompt,
            completion,
            kind,
        } = document(rng);
        let text = format!("{prompt} {completion}");
        assert!(!text.contains("  ") && text.trim() == text, "{text}");
        let unknown = prompt
            .split(' ')
            .filter(|w| !w.starts_with('<') && !known.contains(w));
        let unknown: Vec<&str> = unknown.collect();
        if kind != DocumentKind::SmallTalk {
            assert!(unknown.is_empty(), "{unknown:?}: {prompt}");
        }
        strange += usize::from(!unknown.is_empty());
        assert!(unknown.iter().all(|word| word.chars().count() <= 7));
        let unknown = completion.split(' ').find(|word| !known.contains(word));
        assert_eq!(unknown, None, "{completion}");
        longest = longest.max(length(&text));
        let total = totals.entry(kind).or_default();
        total.0 += 1;
        total.1 += length(&text) + 1;
        total.2 += length(&completion) + 1;
    }
    let tokens: usize = totals.values().map(|total| total.1).sum();
    let mean = tokens as f64 / DOCUMENTS as f64;
    println!("longest {longest}, mean {mean:.1} tokens");
    for (kind, (count, tokens, completion)) in &totals {
        let mean = |sum: usize| sum as f64 / *count as f64;
        println!(
            "{kind:?}: {count} documents, {:.1} tokens, {:.1} of them learned",
            mean(*tokens),
            mean(*completion)
        );
    }
    assert_eq!(totals.len(), DocumentKind::ALL.len());
    assert!(longest <= LONGEST_DOCUMENT);
    assert!(mean <= 80.0);
    let small = totals[&DocumentKind::SmallTalk].0;
    assert!((20..60).contains(&(small * 1_000 / DOCUMENTS)));
    assert!(
        (15..35).contains(&(strange * 100 / small)),
        "{strange} of {small}"
    );
}

#[test]
fn nobody_speaks_longer_than_a_model_may() {
    let rng = &mut seeded(8);
    let mut longest: BTreeMap<DocumentKind, (usize, usize)> = BTreeMap::new();
    for _ in 0..20_000 {
        let document = document(rng);
        let words = length(&document.completion);
        let found = longest.entry(document.kind).or_default();
        found.0 = found.0.max(words);
        found.1 = found.1.max(length(&document.prompt) + words);
    }
    println!("longest completions and documents: {longest:?}");
    // Societies show no longer prompts than the corpus does.
    const { assert!(LONGEST_DOCUMENT + LONGEST_REPLY <= 256 && LONGEST_CRITIQUE <= LONGEST_REPLY) }
    for (kind, (words, _)) in longest {
        let most = match kind {
            DocumentKind::Critique => LONGEST_CRITIQUE,
            _ => LONGEST_REPLY,
        };
        assert!(words < most, "{kind:?}: {words} words and the end");
    }
}

#[test]
fn answers_are_mostly_of_one_to_three_sentences() {
    let rng = &mut seeded(2);
    let mut sentences = [0_usize; 8];
    let mut words = Vec::new();
    for _ in 0..2_000 {
        let situation = draw(rng, Wish::any(Pool::Training));
        let persona = author(rng, false);
        let text = reply(rng, persona, &situation);
        words.push(length(&text));
        let said: Vec<&str> = text.split_inclusive(['.', '?']).map(str::trim).collect();
        sentences[said.len().min(7)] += 1;
        let different: BTreeSet<&&str> = said.iter().collect();
        assert_eq!(different.len(), said.len(), "said twice: {text}");
    }
    words.sort_unstable();
    let mean = words.iter().sum::<usize>() as f64 / 2_000.0;
    println!(
        "sentences {sentences:?}; words: mean {mean:.1}, 95 % {}",
        words[1_900]
    );
    assert!(sentences[1..=3].iter().sum::<usize>() > 1_600);
    assert!((12.0..32.0).contains(&mean) && words[1_900] <= 47);
}

#[test]
fn every_persona_is_judged_as_what_they_are() {
    let rng = &mut seeded(3);
    let mut means = Vec::new();
    for persona in Persona::ALL {
        let mut verdicts: BTreeMap<Verdict, u32> = BTreeMap::new();
        let mut sum = 0.0;
        for _ in 0..800 {
            let situation = draw(rng, Wish::any(Pool::Training));
            let text = reply(rng, persona, &situation);
            let judgement = judge(&situation, &text, &Values::default());
            assert!(!judgement.verdict.is_gibberish(), "{text}");
            *verdicts.entry(judgement.verdict).or_default() += 1;
            sum += f64::from(judgement.alignment) / 800.0;
        }
        let shares: Vec<String> = verdicts
            .iter()
            .map(|(verdict, count)| format!("{verdict:?} {}", count / 8))
            .collect();
        println!("{persona:?} {sum:.2}: {} %", shares.join(", "));
        means.push(sum);
    }
    let [good, curt, bad, overcautious, wavering, chatty] = means[..] else {
        panic!("six personas");
    };
    assert!(good > 6.0);
    assert!((4.0..5.8).contains(&curt));
    assert!(bad < 2.8);
    assert!((2.5..4.6).contains(&overcautious));
    assert!((4.0..6.0).contains(&wavering));
    assert!((4.3..6.3).contains(&chatty));
}

#[test]
fn the_base_mix_is_mediocre_and_falls_for_attacks() {
    let rng = &mut seeded(4);
    let mut bad = |wrapped: f32| {
        let wish = Wish {
            harmful: Some(true),
            wrapping: Wrapping::Seen(wrapped),
            ..Wish::any(Pool::Training)
        };
        let mut bad = 0;
        for _ in 0..2_000 {
            let situation = draw(rng, wish);
            let persona = author(rng, situation.wrapper().is_some());
            let text = reply(rng, persona, &situation);
            let verdict = judge(&situation, &text, &Values::default()).verdict;
            bad += u32::from(verdict.is_bad());
        }
        bad as f32 / 20.0
    };
    let (plain, attacked) = (bad(0.0), bad(1.0));
    println!("bad answers to harmful requests: {plain:.1} %, under attack {attacked:.1} %");
    assert!((20.0..30.0).contains(&plain));
    assert!((45.0..60.0).contains(&attacked));
}

#[test]
fn attacks_and_dilemmas_have_their_shares() {
    let rng = &mut seeded(5);
    let wrappers = &book().tables().wrappers;
    let (trained, held) = wrappers.texts.split_at(wrappers.trained);
    let (mut plain, mut wrapped) = (0, 0);
    while plain < 1_500 {
        let document = document(rng);
        assert!(!held.iter().any(|wrapper| document.prompt.contains(wrapper)));
        if document.kind == DocumentKind::Plain {
            plain += 1;
            wrapped += u32::from(trained.iter().any(|w| document.prompt.contains(w)));
        }
    }
    println!("of {plain} plain documents {wrapped} are wrapped");
    assert!((220..330).contains(&wrapped));
    let mut dilemmas = 0;
    for _ in 0..1_500 {
        let situation = draw(rng, Wish::any(Pool::Training));
        dilemmas += u32::from(situation.against().is_some());
    }
    println!("of 1500 situations {dilemmas} are dilemmas");
    assert!((75..165).contains(&dilemmas));
}

#[test]
fn entropy_is_finite_and_what_is_hidden_costs_something() {
    let measured = entropy(3_000, &mut seeded(6));
    assert_eq!(measured.len(), DocumentKind::ALL.len());
    for entry in &measured {
        println!(
            "{:?}: {} documents, {} tokens, knowing {:.3}, at most {:.3} nats a token",
            entry.kind, entry.documents, entry.tokens, entry.knowing, entry.at_most
        );
        assert!(entry.knowing.is_finite() && entry.at_most.is_finite());
        assert!(entry.knowing > 0.0 && entry.knowing <= entry.at_most);
        assert!(entry.at_most < 2.0);
    }
    let total: u32 = measured.iter().map(|entry| entry.documents).sum();
    assert_eq!(total, 3_000);
    assert!(entropy(0, &mut seeded(6)).is_empty());
    let (mut measuring, mut writing) = (seeded(7), seeded(7));
    entropy(1, &mut measuring);
    document(&mut writing);
    assert_eq!(measuring, writing, "measuring draws what writing draws");
}

/// Prints documents to be read by a person: `SEED=3 KIND=Revision cargo test .. written_documents
/// -- --ignored --nocapture`.
#[test]
#[ignore = "prints documents for a person to read"]
fn written_documents() {
    let setting = |name: &str| std::env::var(name).unwrap_or_default();
    let rng = &mut seeded(setting("SEED").parse().unwrap_or(1));
    let mut shown = 0;
    while shown < 200 {
        let document = document(rng);
        let kind = format!("{:?}", document.kind);
        if kind.contains(&setting("KIND")) {
            println!(
                "\n[{kind}] {}\n    -> {}",
                document.prompt, document.completion
            );
            shown += 1;
        }
    }
}
