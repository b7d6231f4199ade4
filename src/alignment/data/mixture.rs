//! The three data sets in one: in which ratio, and which questions are kept for measuring.

use super::experience::Remembered;
use super::group::{Asked, QueryGroup};
use super::{imitation, realignment, self_critic};
use crate::alignment::config::ScoreKind;
use crate::society::{Fidelity, OutOfRange, within};
use crate::world::chance::{self, fingerprint};
use rand_core::Rng;
use serde::{Deserialize, Serialize};

/// What a model learns from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DataConfig {
    /// Parts of imitation in the mixture, 0 to 100.
    pub imitation: u8,
    /// Parts of self-critic, 0 to 100.
    pub self_critic: u8,
    /// Parts of realignment, 0 to 100.
    pub realignment: u8,
    /// Share of the questions that are kept for measuring and not learnt from, 0 to 0.5.
    pub dev: f32,
}

impl Default for DataConfig {
    /// Imitation only, all of it.
    fn default() -> Self {
        Self {
            imitation: 1,
            self_critic: 0,
            realignment: 0,
            dev: 0.0,
        }
    }
}

impl DataConfig {
    /// The mixture of the released data set, 5 : 1 : 1.
    pub const PUBLISHED: Self = Self {
        imitation: 5,
        self_critic: 1,
        realignment: 1,
        dev: 0.0,
    };

    /// Checks every field against its range.
    ///
    /// # Errors
    /// [`OutOfRange`] naming the first field that is not finite or out of range, or the sum of the
    /// parts where all are 0.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        let parts = self.parts().map(f64::from);
        within([
            ("parts of imitation", parts[0], 0.0, 100.0),
            ("parts of self-critic", parts[1], 0.0, 100.0),
            ("parts of realignment", parts[2], 0.0, 100.0),
            ("parts of the mixture", parts.iter().sum(), 1.0, 300.0),
            ("dev share", f64::from(self.dev), 0.0, 0.5),
        ])
    }

    fn parts(&self) -> [u8; 3] {
        [self.imitation, self.self_critic, self.realignment]
    }

    /// Whether a question is kept for measuring. It hangs on the question's own text, so neither
    /// the order nor the other questions matter, and a larger share keeps all that a smaller one
    /// kept.
    fn keeps(&self, question: u32) -> bool {
        // Hashed once more, so that it has nothing to do with the village's own reserve.
        let place = fingerprint(&format!("dev {question}"));
        f64::from(place) < f64::from(self.dev) * 4_294_967_296.0
    }
}

/// How much of one set there was, and how much of it was taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCounts {
    /// Queries there are.
    pub groups: u32,
    /// Responses to them.
    pub responses: u32,
    /// Queries taken to learn from.
    pub train: u32,
    /// Queries taken to measure by.
    pub dev: u32,
}

/// The account of a mixture. A set that was not asked for has zeros.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Imitation.
    pub imitation: SetCounts,
    /// Self-critic.
    pub self_critic: SetCounts,
    /// Realignment.
    pub realignment: SetCounts,
}

/// A mixture, divided by question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DataSet {
    /// What is learnt from.
    pub train: Vec<QueryGroup>,
    /// What is measured by: of other questions than `train`.
    pub dev: Vec<QueryGroup>,
    /// What it was made of.
    pub counts: Counts,
}

/// Mixes the three sets of a record.
///
/// Questions are divided first, so that everything about one question is on one side. Then, on
/// each side, queries are drawn in the ratio asked for, without replacement, until the scarcest
/// set is used up (rounded down, so that a ratio is never exceeded); a set that is empty there (no answer ever improved, say) stands aside, which
/// the counts tell. A set of which all is taken draws nothing from `rng`. The result lists
/// imitation, self-critic and realignment one after the other, each in the order of the record:
/// a trainer has an order of its own.
///
/// # Errors
/// [`OutOfRange`] as [`DataConfig::validate`].
pub fn mixture<R: Remembered>(
    record: &[R],
    config: &DataConfig,
    kind: ScoreKind,
    fidelity: &Fidelity,
    rng: &mut impl Rng,
) -> Result<DataSet, OutOfRange> {
    config.validate()?;
    let parts = config.parts();
    let sets = [
        wanted(parts[0], || imitation::asked(record, kind, fidelity)),
        wanted(parts[1], || self_critic::asked(record, fidelity)),
        wanted(parts[2], || realignment::asked(record, kind, fidelity)),
    ];
    let mut counts = sets.each_ref().map(|set| SetCounts {
        groups: set.len() as u32,
        responses: set
            .iter()
            .map(|asked| asked.group.responses.len() as u32)
            .sum(),
        ..SetCounts::default()
    });
    let divided = sets.map(|set| divide(set, config));
    let (train, dev) = divided.into_iter().unzip();
    let train = draw(train, parts, rng);
    let dev = draw(dev, parts, rng);
    for (place, counts) in counts.iter_mut().enumerate() {
        let taken = |side: &[Vec<QueryGroup>]| side.get(place).map_or(0, |set| set.len() as u32);
        (counts.train, counts.dev) = (taken(&train), taken(&dev));
    }
    let [imitation, self_critic, realignment] = counts;
    Ok(DataSet {
        train: train.concat(),
        dev: dev.concat(),
        counts: Counts {
            imitation,
            self_critic,
            realignment,
        },
    })
}

/// A set, if any of it is asked for.
fn wanted(parts: u8, set: impl FnOnce() -> Vec<Asked>) -> Vec<Asked> {
    if parts == 0 { Vec::new() } else { set() }
}

/// What is learnt from, and what is kept for measuring.
fn divide(set: Vec<Asked>, config: &DataConfig) -> (Vec<QueryGroup>, Vec<QueryGroup>) {
    let (mut train, mut dev) = (Vec::new(), Vec::new());
    for asked in set {
        let side = if config.keeps(asked.question) {
            &mut dev
        } else {
            &mut train
        };
        side.push(asked.group);
    }
    (train, dev)
}

/// Takes of every set as much as the ratio gives when the scarcest is used up.
fn draw(sets: Vec<Vec<QueryGroup>>, parts: [u8; 3], rng: &mut impl Rng) -> Vec<Vec<QueryGroup>> {
    let there = sets.iter().map(Vec::len).zip(parts.map(usize::from));
    let there = there.filter(|(length, parts)| *length > 0 && *parts > 0);
    // The scarcest set has the fewest queries a part; fractions are compared crosswise.
    let scarcest = there.min_by(|(one, its), (other, others)| (one * others).cmp(&(other * its)));
    let Some((length, its)) = scarcest else {
        return sets;
    };
    let take =
        |(set, parts): (Vec<QueryGroup>, u8)| some(set, usize::from(parts) * length / its, rng);
    sets.into_iter().zip(parts).map(take).collect()
}

/// So many of a set, each equally likely, in their old order.
fn some(set: Vec<QueryGroup>, count: usize, rng: &mut impl Rng) -> Vec<QueryGroup> {
    if count >= set.len() {
        return set;
    }
    let mut places: Vec<usize> = (0..set.len()).collect();
    chance::shuffle(rng, &mut places);
    let mut drawn = vec![false; set.len()];
    for place in places.into_iter().take(count) {
        drawn[place] = true;
    }
    let kept = set.into_iter().zip(drawn).filter(|(_, drawn)| *drawn);
    kept.map(|(group, _)| group).collect()
}
