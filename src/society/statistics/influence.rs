//! Whose feedback changes answers.
//!
//! An answer has several critics and changes once, so what follows a peer's comment also follows
//! the comments beside it: the figures tell who is around when answers change, and only the
//! comparison of places tells more. Authors heed above all what they read last; who is read last
//! was decided by the ratings, unless the society shuffles them.
//!
//! A comment is what the record's `critiques` hold, in the order of reading. One without a rating
//! was never shown to the author: it has no place and counts as unread.

use super::measured::{Measured, Pairs, Sample, partial, share};
use super::score::{Answer, alignment, change, on_scale};
use crate::society::grid::Label;
use crate::society::record::Interaction;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest change of an alignment score.
const FURTHEST: f64 = 6.0;

/// What followed the comments of one peer, of all peers raised alike, or of everybody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Voice {
    /// Comments that could be read.
    pub comments: u32,
    /// Comments that could not.
    pub unread: u32,
    /// Share of their comments after which the revision is another text than the draft.
    pub changed: Option<Measured>,
    /// Mean change of alignment from draft to revision after their comments, -6 to 6.
    pub change: Option<Measured>,
    /// The same where theirs was the comment read last.
    pub when_last: Option<Measured>,
    /// The same where another was read after it.
    pub when_not_last: Option<Measured>,
    /// The first less the second: what being read last adds. None if one of them is missing.
    pub last_adds: Option<Measured>,
    /// Correlation of their ratings with the observers' alignment scores of the drafts.
    pub agreement: Option<Measured>,
    /// Mean of their ratings less the observers' scores: above zero they are lenient.
    pub leniency: Option<Measured>,
}

/// One peer's voice.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerInfluence {
    /// The peer.
    pub peer: u16,
    /// How the peer was raised.
    pub label: Label,
    /// What followed their comments.
    pub voice: Voice,
}

/// What a comment did at one place of the reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// How many comments were read after it: 0 is the last.
    pub from_end: u16,
    /// Mean change of alignment where a peer raised well was read there.
    pub good: Option<Measured>,
    /// Mean change of alignment where a peer raised badly was read there.
    pub bad: Option<Measured>,
    /// Partial correlation of the rating read there with the alignment of the revision, given that
    /// of the draft: what it tells about the revision that the draft does not tell already.
    pub followed: Option<Measured>,
}

/// Whose feedback changes answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Influence {
    /// Drafts that somebody commented on.
    pub drafts: u32,
    /// Of those, how many have no alignment score before or after: they are in no mean change.
    pub lost: u32,
    /// Share of those drafts that were changed.
    pub changed: Option<Measured>,
    /// Mean change of alignment of those drafts.
    pub change: Option<Measured>,
    /// Everybody raised well.
    pub good: Option<Voice>,
    /// Everybody raised badly.
    pub bad: Option<Voice>,
    /// By place of reading, the last first.
    pub places: Vec<Place>,
    /// Every peer who ever commented, by number.
    pub peers: Vec<PeerInfluence>,
}

impl Influence {
    /// Over all interactions of a record, or of a part of it. O(comments * log(peers)).
    pub fn of<'a>(interactions: impl IntoIterator<Item = &'a Interaction>) -> Self {
        let (mut drafts, mut changed, mut lost) = (0, 0, 0);
        let mut changes = Sample::default();
        let mut labels: BTreeMap<Label, VoiceSums> = BTreeMap::new();
        let mut peers: BTreeMap<u16, (Label, VoiceSums)> = BTreeMap::new();
        let mut places: Vec<PlaceSums> = Vec::new();
        for one in interactions {
            if one.critiques.is_empty() {
                continue;
            }
            let outcome = Outcome::of(one);
            drafts += 1;
            changed += u32::from(outcome.changed);
            match outcome.change() {
                Some(change) => changes.add(change),
                None => lost += 1,
            }
            let mut after = 0;
            // From the comment read last to the first.
            for critique in one.critiques.iter().rev() {
                let (peer, label) = (critique.peer, critique.label);
                let place = critique.rating.map(|_| after);
                let known = peers.entry(peer).or_insert((label, VoiceSums::default()));
                for voice in [&mut known.1, labels.entry(label).or_default()] {
                    voice.hear(&outcome, place, critique.rating);
                }
                let Some(rating) = critique.rating else {
                    continue;
                };
                if places.len() <= after {
                    places.push(PlaceSums::default());
                }
                if let Some(place) = places.get_mut(after) {
                    place.hear(&outcome, label, rating);
                }
                after += 1;
            }
        }
        let label = |label| labels.get(&label).map(VoiceSums::voice);
        let peers = peers.iter().map(|(peer, (label, voice))| PeerInfluence {
            peer: *peer,
            label: *label,
            voice: voice.voice(),
        });
        Self {
            drafts,
            lost,
            changed: share(changed, drafts),
            change: changes.measured(-FURTHEST, FURTHEST),
            good: label(Label::Good),
            bad: label(Label::Bad),
            places: (0..)
                .zip(&places)
                .map(|(n, place)| place.place(n))
                .collect(),
            peers: peers.collect(),
        }
    }
}

/// What became of a draft.
struct Outcome {
    changed: bool,
    draft: Option<u8>,
    revision: Option<u8>,
}

impl Outcome {
    fn of(one: &Interaction) -> Self {
        Self {
            changed: one.revised_answer != one.draft_answer,
            draft: alignment(one, Answer::Draft),
            revision: alignment(one, Answer::Revision),
        }
    }

    fn change(&self) -> Option<i64> {
        change(self.draft, self.revision)
    }
}

#[derive(Clone, Default)]
struct VoiceSums {
    comments: u32,
    unread: u32,
    changed: u32,
    last: Sample,
    not_last: Sample,
    all: Sample,
    agreement: Pairs,
    leniency: Sample,
}

impl VoiceSums {
    fn hear(&mut self, outcome: &Outcome, place: Option<usize>, rating: Option<u8>) {
        let Some(place) = place else {
            self.unread += 1;
            return;
        };
        self.comments += 1;
        self.changed += u32::from(outcome.changed);
        if let Some(change) = outcome.change() {
            self.all.add(change);
            let sample = if place == 0 {
                &mut self.last
            } else {
                &mut self.not_last
            };
            sample.add(change);
        }
        // The released code lets a "10" pass; it is no rating to compare with a score.
        if let (Some(rating), Some(score)) = (on_scale(rating), outcome.draft) {
            self.agreement.add(rating.into(), score.into());
            self.leniency.add(i64::from(rating) - i64::from(score));
        }
    }

    fn voice(&self) -> Voice {
        let measured = |sample: &Sample| sample.measured(-FURTHEST, FURTHEST);
        Voice {
            comments: self.comments,
            unread: self.unread,
            changed: share(self.changed, self.comments),
            change: measured(&self.all),
            when_last: measured(&self.last),
            when_not_last: measured(&self.not_last),
            last_adds: self.last.less(&self.not_last),
            agreement: self.agreement.measured(),
            leniency: measured(&self.leniency),
        }
    }
}

#[derive(Clone, Default)]
struct PlaceSums {
    good: Sample,
    bad: Sample,
    rating_revision: Pairs,
    rating_draft: Pairs,
    revision_draft: Pairs,
}

impl PlaceSums {
    fn hear(&mut self, outcome: &Outcome, label: Label, rating: u8) {
        let (Some(draft), Some(revision)) = (outcome.draft, outcome.revision) else {
            return;
        };
        let (draft, revision) = (i64::from(draft), i64::from(revision));
        let sample = match label {
            Label::Good => &mut self.good,
            Label::Bad => &mut self.bad,
        };
        sample.add(revision - draft);
        if let Some(rating) = on_scale(Some(rating)).map(i64::from) {
            self.rating_revision.add(rating, revision);
            self.rating_draft.add(rating, draft);
            self.revision_draft.add(revision, draft);
        }
    }

    fn place(&self, from_end: u16) -> Place {
        Place {
            from_end,
            good: self.good.measured(-FURTHEST, FURTHEST),
            bad: self.bad.measured(-FURTHEST, FURTHEST),
            followed: partial(
                &self.rating_revision,
                &self.rating_draft,
                &self.revision_draft,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::example::{Told, interaction};
    use super::*;
    use crate::society::scripted::{Manner, played, small};

    fn heard(told: Told, critics: &[(u16, Option<u8>)]) -> Interaction {
        let mut one = interaction(told);
        let template = one.critiques[0].clone();
        let critique = |(peer, rating): &(u16, Option<u8>)| {
            let mut critique = template.clone();
            (critique.peer, critique.rating) = (*peer, *rating);
            critique.label = if *peer < 10 { Label::Good } else { Label::Bad };
            critique
        };
        one.critiques = critics.iter().map(critique).collect();
        one
    }

    #[test]
    fn a_record_by_hand() {
        let told = |draft, revision| Told {
            draft,
            revision,
            ..Told::default()
        };
        let record = [
            // Peer 1 is last, and the answer gains 3; peer 12 is unread.
            heard(told(2, 5), &[(12, None), (11, Some(6)), (1, Some(3))]),
            // Peer 11 is last, and it loses 2.
            heard(told(6, 4), &[(1, Some(7)), (11, Some(1))]),
            // Peer 1 is last, and it gains 1.
            heard(told(4, 5), &[(11, Some(7)), (1, Some(4))]),
            // Nobody knows what became of it.
            heard(told(-1, 5), &[(11, Some(2)), (1, Some(10))]),
            // The same text as before.
            heard(
                Told {
                    same: true,
                    ..told(7, 7)
                },
                &[(1, Some(7))],
            ),
            // Nobody said anything.
            heard(told(1, 7), &[]),
        ];
        let found = Influence::of(&record);
        assert_eq!((found.drafts, found.lost), (5, 1));
        let value = |figure: &Option<Measured>| figure.map(|f| (f.count, f.value));
        assert_eq!(value(&found.changed), Some((5, 0.8)));
        assert_eq!(value(&found.change), Some((4, 0.5)));

        let numbers: Vec<u16> = found.peers.iter().map(|peer| peer.peer).collect();
        assert_eq!(numbers, [1, 11, 12]);
        let one = &found.peers[0].voice;
        assert_eq!((one.comments, one.unread), (5, 0));
        assert_eq!(value(&one.changed), Some((5, 0.8)));
        assert_eq!(value(&one.change), Some((4, 0.5)));
        assert_eq!(value(&one.when_last), Some((3, 4.0 / 3.0)));
        assert_eq!(value(&one.when_not_last), Some((1, -2.0)));
        assert_eq!(value(&one.last_adds), Some((4, 10.0 / 3.0)));
        assert_eq!(one.last_adds.unwrap().interval, None);
        // Ratings 3 7 4 7 against scores 2 6 4 7; the 10 is no rating.
        assert_eq!(value(&one.leniency), Some((4, 0.5)));
        let agreement = one.agreement.unwrap();
        let by_hand = 13.25 / (12.75_f32 * 14.75).sqrt();
        assert!(
            agreement.count == 4 && (agreement.value - by_hand).abs() < 1e-5,
            "{agreement:?}"
        );
        let silent = &found.peers[2].voice;
        assert_eq!(
            (silent.comments, silent.unread, silent.changed),
            (0, 1, None)
        );

        // Raised badly: peers 11 and 12.
        let bad = found.bad.unwrap();
        assert_eq!((bad.comments, bad.unread), (4, 1));
        assert_eq!(value(&bad.when_last), Some((1, -2.0)));
        assert_eq!(found.places.len(), 2);
        assert_eq!(value(&found.places[0].bad), Some((1, -2.0)));
        assert_eq!(value(&found.places[1].bad), Some((2, 2.0)));
    }

    #[test]
    fn comments_are_counted_once_each() {
        let run = played(small(), Manner::Plain, 4);
        let found = Influence::of(run.record());
        let sum = |count: fn(&Voice) -> u32| -> u32 {
            found.peers.iter().map(|peer| count(&peer.voice)).sum()
        };
        let ratings = run.record().iter().flat_map(|one| &one.rating);
        assert_eq!(
            sum(|voice| voice.comments + voice.unread),
            ratings.clone().count() as u32
        );
        assert_eq!(
            sum(|voice| voice.unread),
            ratings.filter(|r| r.is_none()).count() as u32
        );
        let labels = [found.good.as_ref(), found.bad.as_ref()];
        let comments: u32 = labels
            .into_iter()
            .flatten()
            .map(|voice| voice.comments)
            .sum();
        assert_eq!(comments, sum(|voice| voice.comments));
        let mut backwards = run.record().to_vec();
        backwards.reverse();
        assert_eq!(Influence::of(&backwards), found);
    }
}
