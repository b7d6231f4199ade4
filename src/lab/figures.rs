//! A society in the few figures the page shows: small enough to be sent after every round.
//!
//! The engine computes them from its record when somebody looks ([`SocietyFigures::of`]); the page
//! only reads them. What a round's means are is known to the page already and is not repeated here.

use crate::society::statistics::{
    Camp, Convergence, Drift, Influence, Measured, Moran, RoundFigures, Settling, Voice, summary,
};
use crate::society::{AgentView, Interaction, Label};
use serde::{Deserialize, Serialize};

/// Peers named as those whose comments changed answers.
const MOST_PEERS: usize = 8;

/// How far a society agreed in one round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// The round, from 0.
    pub round: u16,
    /// Mean absolute difference of linked people's second answers, in points of alignment.
    pub neighbours: Option<f32>,
    /// The same of any two people.
    pub anybody: Option<f32>,
    /// Moran's I; none where all scores are equal or nobody is linked.
    pub moran: Option<Moran>,
    /// People with a score.
    pub people: u32,
    /// Groups of linked people on the same side of the scale.
    pub groups: u32,
    /// The largest of them: on which side, and how many people.
    pub largest: Option<(Camp, u32)>,
}

/// Where somebody stands: the mean of their second answers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// Who.
    pub agent: u16,
    /// How they were raised.
    pub label: Label,
    /// Mean alignment, 1 to 7.
    pub alignment: f32,
    /// Mean engagement, 1 to 7.
    pub engagement: f32,
    /// Whether nobody surpasses them.
    pub on_front: bool,
}

/// What followed the comments of somebody, or of all who were raised alike.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heard {
    /// The peer; none for all who were raised like this.
    pub peer: Option<u16>,
    /// How they were raised.
    pub label: Label,
    /// Comments that could be read.
    pub comments: u32,
    /// Share of drafts that were changed after them.
    pub changed: Option<Measured>,
    /// Mean change of alignment from draft to revision after them, -6 to 6.
    pub change: Option<Measured>,
}

impl Heard {
    fn of(peer: Option<u16>, label: Label, voice: &Voice) -> Self {
        Self {
            peer,
            label,
            comments: voice.comments,
            changed: voice.changed,
            change: voice.change,
        }
    }

    /// The share of drafts changed that can be relied on: with few comments it is low.
    fn surely_changed(&self) -> f32 {
        let interval = self.changed.and_then(|share| share.interval);
        interval.map_or(0.0, |(low, _)| low)
    }
}

/// A society in the figures the page shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SocietyFigures {
    /// Over how many of the first rounds.
    pub rounds: u16,
    /// Interactions in them.
    pub interactions: u32,
    /// Of those, how many lack a score.
    pub lost: u32,
    /// Round by round.
    pub agreement: Vec<Agreement>,
    /// Everybody with a score, by number.
    pub people: Vec<Standing>,
    /// Drafts that somebody commented on.
    pub drafts: u32,
    /// Share of those that were changed.
    pub changed: Option<Measured>,
    /// Mean change of their alignment, -6 to 6.
    pub change: Option<Measured>,
    /// All who were raised well, all who were raised badly, and the peers after whose comments most
    /// drafts were surely changed (by the lower end of the interval).
    pub voices: Vec<Heard>,
    /// What counts as standing still.
    pub settling: Settling,
    /// The round, from 0, from which on the society stood still.
    pub settled: Option<u16>,
    /// Where it drifts, in points a round.
    pub drift: Drift,
}

impl SocietyFigures {
    /// Over the first rounds of a record. `links` joins places; where people moved, they count as
    /// living where they live now. O(comments * log(people) + rounds * links).
    pub fn of(
        record: &[Interaction],
        agents: &[AgentView],
        links: &[Vec<u16>],
        rounds: u16,
    ) -> Self {
        // The record is in the order of rounds.
        let end = record.partition_point(|one| one.iteration < rounds);
        let played = record.get(..end).unwrap_or(record);
        let found = summary(played, &of_people(agents, links), Settling::default());
        let Convergence {
            settling,
            settled,
            drift,
            ..
        } = found.convergence;
        let standing = |agent: &crate::society::statistics::AgentPoint| Standing {
            agent: agent.agent,
            label: agent.label,
            alignment: agent.point.alignment,
            engagement: agent.point.engagement,
            on_front: agent.on_front,
        };
        Self {
            rounds,
            interactions: found.interactions,
            lost: found.lost,
            agreement: found.rounds.iter().map(agreement).collect(),
            people: found.revisions.agents.iter().map(standing).collect(),
            drafts: found.influence.drafts,
            changed: found.influence.changed,
            change: found.influence.change,
            voices: voices(&found.influence),
            settling,
            settled,
            drift,
        }
    }
}

fn agreement(round: &RoundFigures) -> Agreement {
    let consensus = &round.consensus;
    let clusters = &consensus.clusters.clusters;
    Agreement {
        round: round.statistics.round,
        neighbours: consensus.neighbour_difference,
        anybody: consensus.any_difference,
        moran: consensus.moran,
        people: consensus.agents,
        // Groups of at least two among at most 1,024 people.
        groups: clusters.len() as u32,
        largest: clusters.first().map(|one| (one.camp, one.agents)),
    }
}

fn voices(influence: &Influence) -> Vec<Heard> {
    let raised = [(Label::Good, &influence.good), (Label::Bad, &influence.bad)];
    let raised = raised
        .into_iter()
        .filter_map(|(label, voice)| Some(Heard::of(None, label, voice.as_ref()?)));
    let peers = influence.peers.iter();
    let mut peers: Vec<Heard> = peers
        .map(|one| Heard::of(Some(one.peer), one.label, &one.voice))
        .filter(|one| one.comments > 0)
        .collect();
    // Stable: equals stay in the order of their numbers.
    peers.sort_by(|one, other| other.surely_changed().total_cmp(&one.surely_changed()));
    peers.truncate(MOST_PEERS);
    raised.chain(peers).collect()
}

/// Links between places as links between the people who live there.
fn of_people(agents: &[AgentView], links: &[Vec<u16>]) -> Vec<Vec<u16>> {
    let mut at = vec![None; links.len()];
    for agent in agents {
        if let Some(place) = at.get_mut(usize::from(agent.place)) {
            *place = Some(agent.id);
        }
    }
    let linked = |agent: &AgentView| {
        let places = links.get(usize::from(agent.place)).into_iter().flatten();
        let people = places.filter_map(|place| at.get(usize::from(*place)).copied().flatten());
        let mut people: Vec<u16> = people.collect();
        people.sort_unstable();
        people
    };
    agents.iter().map(linked).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::society::{Critique, Voice as By};

    /// Somebody's answers in a round, with one comment; the draft is changed or not.
    fn said(round: u16, agent_id: u16, scores: (i8, i8), peer: u16, changed: bool) -> Interaction {
        let mut one = Interaction::example();
        (one.iteration, one.agent_id) = (round, agent_id);
        (one.gen_moral_score_after, one.gen_engagement_score_after) = scores;
        if !changed {
            one.revised_answer.clone_from(&one.draft_answer);
        }
        one.critiques = vec![Critique {
            peer,
            label: if peer == 2 { Label::Bad } else { Label::Good },
            by: By::Role,
            prompt: String::new(),
            text: String::new(),
            rating: Some(3),
            reason: String::new(),
            log_probability: None,
        }];
        one
    }

    /// A chain of three places; the second round brings the ends together.
    fn record() -> Vec<Interaction> {
        vec![
            said(0, 0, (2, 5), 1, true),
            said(0, 1, (6, 2), 2, false),
            said(0, 2, (7, 3), 1, true),
            said(1, 0, (6, 5), 2, false),
            said(1, 1, (6, 2), 2, true),
            said(1, 2, (7, 3), 1, true),
        ]
    }

    const CHAIN: [&[u16]; 3] = [&[1], &[0, 2], &[1]];

    fn figures(agents: &[AgentView], rounds: u16) -> SocietyFigures {
        SocietyFigures::of(&record(), agents, &CHAIN.map(<[u16]>::to_vec), rounds)
    }

    #[test]
    fn a_small_society_by_hand() {
        let home: Vec<AgentView> = (0..3).map(|id| AgentView::example(id, id)).collect();
        let found = figures(&home, 2);
        assert_eq!((found.rounds, found.interactions, found.lost), (2, 6, 0));
        // First round: 2 6 7 in a chain. Differences 4 and 1 of linked ones; 4, 1 and 5 of any.
        let first = &found.agreement[0];
        assert_eq!(first.neighbours, Some(2.5));
        assert!((first.anybody.unwrap() - 10.0 / 3.0).abs() < 1e-6);
        assert_eq!((first.groups, first.largest), (1, Some((Camp::Aligned, 2))));
        // Second round: 6 6 7, all of one side.
        let last = &found.agreement[1];
        assert_eq!((last.neighbours, last.people), (Some(0.5), 3));
        assert_eq!(last.largest, Some((Camp::Aligned, 3)));
        // Means (4, 5), (6, 2) and (7, 3): the third surpasses the second.
        let front: Vec<bool> = found.people.iter().map(|one| one.on_front).collect();
        assert_eq!(front, [true, false, true]);
        assert_eq!(
            (found.people[0].alignment, found.people[0].engagement),
            (4.0, 5.0)
        );
        // Four of six drafts changed; all three after comments of 1, one of three after those of 2.
        assert_eq!((found.drafts, found.changed.unwrap().count), (6, 6));
        let heard: Vec<(Option<u16>, u32, f32)> = found
            .voices
            .iter()
            .map(|one| (one.peer, one.comments, one.changed.unwrap().value))
            .collect();
        let third = 1.0 / 3.0;
        assert_eq!(
            heard,
            [
                (None, 3, 1.0),
                (None, 3, third),
                (Some(1), 3, 1.0),
                (Some(2), 3, third)
            ]
        );
        assert_eq!(found.settled, None);
    }

    #[test]
    fn early_rounds_are_as_if_nothing_followed() {
        let home: Vec<AgentView> = (0..3).map(|id| AgentView::example(id, id)).collect();
        let early = figures(&home, 1);
        let only = SocietyFigures::of(&record()[..3], &home, &CHAIN.map(<[u16]>::to_vec), 1);
        assert_eq!(early, only);
        assert_eq!(figures(&home, 0).interactions, 0);
        assert_eq!(figures(&home, 9).interactions, 6);
    }

    #[test]
    fn links_follow_those_who_moved() {
        // Numbers 1 and 2 changed places: now 0 - 2 - 1.
        let moved = [
            AgentView::example(0, 0),
            AgentView::example(1, 2),
            AgentView::example(2, 1),
        ];
        let found = figures(&moved, 1);
        assert_eq!(found.agreement[0].neighbours, Some(3.0));
    }
}
