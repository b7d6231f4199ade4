//! The village's files are whole, and what is said can be read back.

use super::*;
use crate::world::chance::Fixed;
use crate::world::draw::{Pool, Wish, draw};

#[test]
fn the_files_have_no_faults() {
    let mut faults: Vec<String> = book()
        .tables
        .faults
        .iter()
        .map(ToString::to_string)
        .collect();
    faults.extend(book().tables.faults_of_the_whole());
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!(
        "{} words, {} topics, {} sentences",
        book().words().len(),
        book().topics().len(),
        book().sentences().len()
    );
}

#[test]
fn faults_are_told_with_file_and_line() {
    let text = "list people: aunt(she) rock\ntopic x: property\nwho: people\nwho: nobody\n\
                reason: Two Words .\nreason: one . two .\nharm: take my {who} 's {thing}\n\
                lead: no mark\nfrobnicate: it .\n";
    let tables = Tables::read(&[("bad.txt", text)]);
    let faults: Vec<String> = tables.faults.iter().map(ToString::to_string).collect();
    let expected = [
        (3, "rock has no pronoun"),
        (4, "no list nobody"),
        (5, "'T' is no character"),
        (6, "more than one sentence"),
        (8, "no closing mark"),
        (9, "no such keyword: frobnicate"),
    ];
    assert_eq!(faults.len(), expected.len(), "{faults:?}");
    for (fault, (line, what)) in faults.iter().zip(expected) {
        assert!(
            fault.starts_with(&format!("bad.txt:{line}: ")) && fault.contains(what),
            "{fault}"
        );
    }
    let whole = tables.faults_of_the_whole().join("\n");
    assert!(
        whole.contains("Slot(\"thing\") is bound nowhere"),
        "{whole}"
    );
    assert!(whole.contains("fewer than two Comply"), "{whole}");
}

#[test]
fn what_is_said_is_read_back() {
    let rng = &mut Fixed::named("read back");
    for _ in 0..4_000 {
        let situation = draw(rng, Wish::any(Pool::Training));
        for class in [
            Class::Reason,
            Class::Instead,
            Class::Comply,
            Class::Help,
            Class::Allow,
            Class::Step,
            Class::Gain,
            Class::Cost,
            Class::Do,
            Class::Dont,
            Class::Middle,
            Class::Open,
            Class::Refuse,
        ] {
            let said = book().say(rng, class, &situation);
            if said.is_empty() {
                continue;
            }
            let words: Vec<&str> = said.split(' ').collect();
            let readings = book().read(&words);
            let found = readings
                .iter()
                .any(|reading| reading.class == class && reading.fits(book(), &situation));
            assert!(found, "{class:?} about {situation:?}: {said}");
        }
    }
}

/// No sentence does two things: a reader must not have to guess.
#[test]
fn no_sentence_means_two_things() {
    let rng = &mut Fixed::named("two meanings");
    let mut doubles = BTreeSet::new();
    for _ in 0..6_000 {
        let situation = draw(rng, Wish::any(Pool::Training));
        for sentence in book().sentences() {
            if sentence.topic != book().topic_of(&situation) || !book().suits(sentence, &situation)
            {
                continue;
            }
            let said = book().write(&sentence.pieces, &situation);
            if said.contains("  ") {
                continue;
            }
            let words: Vec<&str> = said.split(' ').collect();
            let others: Vec<Reading> = book().read(&words);
            let fitting = others
                .iter()
                .filter(|reading| reading.fits(book(), &situation));
            let classes: BTreeSet<Class> = fitting.map(|reading| reading.class).collect();
            if classes.len() > 1 {
                doubles.insert(format!("{classes:?}: {said}"));
            }
        }
        if doubles.len() > 20 {
            break;
        }
    }
    assert!(doubles.is_empty(), "{doubles:#?}");
}

/// Prints questions and everything that can be said about them, to be read by a person:
/// `TOPIC=clothes cargo test .. samples -- --ignored --nocapture`.
#[test]
#[ignore = "prints samples for whoever writes the village's files"]
fn samples() {
    let wanted = std::env::var("TOPIC").unwrap_or_default();
    let rng = &mut Fixed::named(&std::env::var("SEED").unwrap_or_default());
    let mut shown = 0;
    for _ in 0..200_000 {
        let situation = draw(rng, Wish::any(Pool::Training));
        let name = situation.topic.clone();
        if !(name.contains(&wanted) || situation.norm().name() == wanted) {
            continue;
        }
        println!(
            "\n[{name} {:?}] {}",
            situation.twist(),
            situation.question()
        );
        for class in [
            Class::Reason,
            Class::Instead,
            Class::Comply,
            Class::Help,
            Class::Allow,
            Class::Step,
            Class::Gain,
            Class::Cost,
            Class::Do,
            Class::Dont,
            Class::Middle,
        ] {
            let harmful = matches!(class, Class::Reason | Class::Instead | Class::Comply);
            let allowed = situation.twist() == crate::world::situation::Twist::ScaryButFine;
            if harmful != situation.harmful()
                || (class == Class::Help && allowed)
                || (class == Class::Allow && !allowed)
            {
                continue;
            }
            let said = book().say(rng, class, &situation);
            if !said.is_empty() {
                println!("    {class:?}: {said}");
            }
        }
        shown += 1;
        if shown == 60 {
            break;
        }
    }
}
