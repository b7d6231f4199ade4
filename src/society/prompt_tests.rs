//! Golden files of every prompt that is sent, one for each version of the method: templates and
//! mechanics (who is told which memory, which comments in which order, what stands for a rating that
//! could not be read) change on purpose or not at all. `MORES_GOLDEN=write` makes them anew.

use super::scripted::{small, told};
use super::*;
use crate::world::prompt::format_critique;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::path::Path;

/// Everything that two rounds of four agents are told, and what they say to it.
fn transcript(mode: Mode, memory_distance: f32, score_only: bool) -> String {
    let config = SocietyConfig {
        size: 2,
        rounds: 2,
        peers: 3,
        global: true,
        dropout: 1.0,
        memories_at_birth: 6,
        memory_distance,
        observer_noise: 0.0,
        fidelity: Fidelity::of(mode),
        score_only,
        ..small()
    };
    let heard = RefCell::new(String::new());
    told(config, |prompt| {
        // Ratings that can be read, one that is too high, and none at all.
        let said = match (prompt.purpose, prompt.id & 0xff) {
            (Purpose::Draft, _) => "i will think about it .".to_owned(),
            (Purpose::Revision, _) => "i will ask the doctor first .".to_owned(),
            (Purpose::Critique, 0) => "9 : that is far too good .".to_owned(),
            (Purpose::Critique, 1) => "hm .".to_owned(),
            (Purpose::Critique, slot) => format_critique(slot as u8, "be kind to your friend ."),
        };
        let who = match (prompt.purpose, prompt.peer) {
            (Purpose::Critique, Some(peer)) => format!("{peer} comments on {}", prompt.agent),
            (Purpose::Critique, None) => format!("somebody comments on {}", prompt.agent),
            (Purpose::Draft, _) => format!("{} drafts", prompt.agent),
            (Purpose::Revision, _) => format!("{} revises", prompt.agent),
        };
        let line = format!("{who}\n    {}\n    > {said}\n", prompt.text);
        // Writing to a String cannot fail.
        let _ = heard.borrow_mut().write_str(&line);
        said
    });
    heard.into_inner()
}

#[test]
fn every_prompt_is_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/prompts");
    // The scripted embeddings are further from each other than a model's: some are nearer than 0.25.
    let versions = [
        ("paper", Mode::Paper, 0.3, false),
        ("official", Mode::Official, 0.3, false),
        ("corrected", Mode::Corrected, 0.25, false),
        ("score_only", Mode::Corrected, 0.25, true),
    ];
    for (name, mode, memory_distance, score_only) in versions {
        let path = folder.join(format!("{name}.txt"));
        let now = transcript(mode, memory_distance, score_only);
        if std::env::var("MORES_GOLDEN").is_ok_and(|wish| wish == "write") {
            std::fs::write(&path, &now).unwrap();
        }
        let golden = std::fs::read_to_string(&path).unwrap();
        let changed = golden
            .lines()
            .zip(now.lines())
            .find(|(old, new)| old != new);
        assert_eq!(changed, None, "{name}: the first line that differs");
        assert_eq!(golden, now, "{name}");
    }
}
