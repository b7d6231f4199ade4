//! How exactly the paper is followed: a version of the method, or a mixture of one's own.

use super::controls::{Named, change, choice, folded, places, radio, switch};
use crate::lab::RunConfig;
use crate::lab::config::{CriticScore, Mode, Realigning};
use crate::ui::live::{act, flag};
use crate::ui::state::Page;
use leptos::prelude::*;

/// The choice of no version: a mixture of one's own.
const OWN: usize = Mode::ALL.len();

const CRITICS: [CriticScore; 2] = [CriticScore::Agreement, CriticScore::PeersRating];
const REALIGNINGS: [Realigning; 3] = [
    Realigning::Contrast,
    Realigning::Joined,
    Realigning::EachFeedback,
];

/// Reading and writing the switches by their places in the list of names.
macro_rules! switches {
    ($($name:ident)+) => {
        [$((
            (|config: &RunConfig| config.society.fidelity.$name) as fn(&RunConfig) -> bool,
            (|config: &mut RunConfig, on: bool| config.society.fidelity.$name = on) as fn(&mut RunConfig, bool),
            concat!("fidelity-", stringify!($name)),
        ),)+]
    };
}

/// Reads a switch, writes it, and what its element is called.
type Switch = (
    fn(&RunConfig) -> bool,
    fn(&mut RunConfig, bool),
    &'static str,
);

const SWITCHES: [Switch; 8] = switches! {
    unread_rating_is_eight
    unread_score_is_minus_one
    unchecked_ratings
    unsorted_targets
    unreadable_peers_abort
    shuffled_memories
    first_memory_stays
    unique_across_queries
};

/// Which version a run follows, by its place in the list of names.
pub fn version(config: &RunConfig) -> usize {
    place_of(config.followed())
}

fn place_of(mode: Option<Mode>) -> usize {
    let place = mode.and_then(|found| Mode::ALL.iter().position(|one| *one == found));
    place.unwrap_or(OWN)
}

/// The whole group.
pub fn how_exactly(page: Page) -> AnyView {
    let text = &page.text().fidelity;
    // A mixture begins with the switches of a version: it stays chosen while they are still those.
    let begun_with = RwSignal::new(None::<usize>);
    let open = RwSignal::new(false);
    let chosen = Memo::new(move |_| {
        let now = page.draft.with(version);
        if begun_with.get() == Some(now) {
            OWN
        } else {
            now
        }
    });
    let mode = move |(at, named): (usize, Named)| {
        let pick = move |_| match Mode::ALL.get(at) {
            Some(mode) => {
                begun_with.set(None);
                change(page, |draft| draft.follow(*mode));
            }
            None => {
                begun_with.set(Some(page.draft.with_untracked(version)));
                open.set(true);
            }
        };
        let id = Mode::ALL.get(at).map_or("own", |mode| mode.name());
        let is_chosen = flag(move || chosen.get() == at);
        radio(format!("mode-{id}"), "mode", named, is_chosen, act(pick))
    };
    let one =
        move |((read, write, id), named): (Switch, Named)| switch(page, id, named, read, write);
    let (read, write) = places!(CRITICS, society.fidelity.critic_score);
    let critic = choice(
        page,
        "critic-score",
        text.critic,
        &text.critic_names,
        &text.critic_lines,
        read,
        write,
    );
    let (read, write) = places!(REALIGNINGS, society.fidelity.realigning);
    let realigning = choice(
        page,
        "realigning",
        text.realigning,
        &text.realigning_names,
        &text.realigning_lines,
        read,
        write,
    );
    let switches = view! {
        <p class="hint">{text.switches_hint}</p>
        {SWITCHES.into_iter().zip(text.switches).map(one).collect_view()}
        <div class="settings-grid">{critic}{realigning}</div>
    };
    view! {
        <fieldset class="values" aria-label=text.title aria-describedby="modes-hint">
            <p class="hint" id="modes-hint">{text.hint}</p>
            {text.modes.into_iter().enumerate().map(mode).collect_view()}
            {folded("weights every", text.each, open, switches.into_any())}
        </fieldset>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::config::Fidelity;

    #[test]
    fn every_switch_is_there_once_and_every_version_is_told_from_a_mixture() {
        let mut fidelity = serde_json::to_value(Fidelity::default()).expect("writes");
        let names = fidelity.as_object_mut().expect("an object");
        for (place, (read, write, id)) in SWITCHES.into_iter().enumerate() {
            let mut config = RunConfig::default();
            write(&mut config, true);
            assert_eq!(config.society.fidelity.mode(), None);
            let on: Vec<usize> = (0..SWITCHES.len())
                .filter(|one| (SWITCHES[*one].0)(&config))
                .collect();
            assert_eq!(on, [place]);
            assert!(read(&config));
            let name = id.strip_prefix("fidelity-").expect("its name");
            assert!(names.remove(name).is_some(), "{name}");
        }
        // The two that are choices of more than yes and no.
        let left: Vec<&String> = names.keys().collect();
        assert_eq!(left, ["critic_score", "realigning"]);

        let mut config = RunConfig::default();
        for (place, mode) in Mode::ALL.into_iter().enumerate() {
            config.follow(mode);
            assert_eq!(version(&config), place);
        }
        config.society.fidelity.unchecked_ratings = true;
        assert_eq!(version(&config), OWN);
    }
}
