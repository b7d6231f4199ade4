//! A record as a run to look at: everything that can be told of a run from what was said in it.
//!
//! A record does not say how its run was set up. People live where they were born, number by number,
//! and are linked with those whose feedback they got or gave; who moved, or what happened from
//! outside, is not known, and the settings of such a run are nobody's.

use super::{Desk, File};
use crate::formats::external_memory::Entry;
use crate::lab::config::RunConfig;
use crate::lab::error::LabError;
use crate::lab::message::Event;
use crate::lab::phase::Phase;
use crate::society::grid;
use crate::society::{AgentView, Interaction, Label, Role, RoundStatistics};
use std::collections::BTreeSet;

/// The interactions of a file that is a record and nothing else, in the order of rounds, with
/// settings they fit into.
pub(super) fn record(file: &File) -> Result<(Vec<&Interaction>, RunConfig), String> {
    if file.entries.is_empty() || !file.groups.is_empty() {
        return Err("only a record can be looked at as a run".into());
    }
    let whole = file.entries.iter().map(|entry| match entry {
        Entry::Whole(interaction) => Some(&**interaction),
        Entry::Published(_) => None,
    });
    let Some(record) = whole.collect::<Option<Vec<&Interaction>>>() else {
        return Err(
            "it has the published fields only: prompts and situations are missing".to_owned(),
        );
    };
    if !record.is_sorted_by_key(|one| one.iteration) {
        return Err("its rounds are not in order".into());
    }
    let ids = record.iter().flat_map(|one| {
        let peers = one.critiques.iter().map(|critique| critique.peer);
        std::iter::once(one.agent_id)
            .chain(one.target_id.iter().copied())
            .chain(peers)
    });
    let people = u32::from(ids.max().unwrap_or(0)) + 1;
    let mut config = RunConfig::default();
    let side = (2..=32u8).find(|side| u32::from(*side) * u32::from(*side) >= people);
    config.society.size = side.ok_or("it has more than 1,024 people")?;
    let last = record.last().map_or(0, |one| one.iteration);
    config.society.rounds = last.saturating_add(1);
    config.training.steps = 0;
    (config.testing.prompts, config.testing.attacks) = (0, 0);
    config.validate().map_err(|error| error.to_string())?;
    Ok((record, config))
}

/// Everybody as far as the record knows them.
fn people(record: &[&Interaction], size: u8) -> Vec<AgentView> {
    let count = u16::from(size) * u16::from(size);
    let nobody = |id: u16| {
        let (row, column) = grid::location(size, id);
        AgentView {
            id,
            place: id,
            row,
            column,
            label: Label::Good,
            mind: 0,
            role: Role::Ordinary,
            present: false,
            memories: 0,
        }
    };
    let mut people: Vec<AgentView> = (0..count).map(nobody).collect();
    // Backwards, so that what was first said of somebody stays.
    for one in record.iter().rev() {
        for critique in &one.critiques {
            if let Some(peer) = people.get_mut(usize::from(critique.peer)) {
                (peer.label, peer.present) = (critique.label, true);
            }
        }
        if let Some(author) = people.get_mut(usize::from(one.agent_id)) {
            (author.label, author.mind, author.role) = (one.label, one.mind, one.role);
            author.present = true;
        }
    }
    people
}

/// Who gave whom feedback, both ways.
fn links(record: &[&Interaction], people: usize) -> Vec<Vec<u16>> {
    let mut links = vec![BTreeSet::new(); people];
    for one in record {
        let others = one.target_id.iter().filter(|peer| **peer != one.agent_id);
        for peer in others {
            for (from, to) in [(one.agent_id, *peer), (*peer, one.agent_id)] {
                if let Some(of) = links.get_mut(usize::from(from)) {
                    of.insert(to);
                }
            }
        }
    }
    let lists = links.into_iter().map(|of| of.into_iter().collect());
    lists.collect()
}

impl Desk {
    /// What a run that made this record would have told, from its settings to its end.
    ///
    /// # Errors
    /// [`LabError::Import`] if nothing was read, or it is no whole record: why.
    pub fn open(&self) -> Result<Vec<Event>, LabError> {
        let file = self.file()?;
        let (record, config) = record(file).map_err(LabError::Import)?;
        let agents = people(&record, config.society.size);
        let links = links(&record, agents.len());
        let none_left = Event::RoundReached(config.society.rounds);
        let mut events = vec![
            Event::Loaded(Box::new(config)),
            Event::Imported(file.summary.name.clone()),
            Event::Society { agents, links },
        ];
        let rounds = record.chunk_by(|one, other| one.iteration == other.iteration);
        for round in rounds {
            let said: Vec<Interaction> = round.iter().map(|one| (*one).clone()).collect();
            let number = said.first().map_or(0, |one| one.iteration);
            let statistics = RoundStatistics::of(number, &said);
            let completed = said.into_iter().map(|one| Event::Completed(Box::new(one)));
            events.push(Event::RoundReached(number));
            events.extend(completed);
            events.extend(statistics.map(Event::Round));
        }
        events.push(none_left);
        events.push(Event::Phase(Phase::Done));
        Ok(events)
    }
}
