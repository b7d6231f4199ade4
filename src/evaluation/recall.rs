//! What comes to mind: whether the memory nearest to a question is about the same thing, and from
//! which distance on it is better to remember nothing.
//!
//! Societies are drawn as they are born ([`Scene`]), a model embeds what is said in them, and every
//! question is put to every agent ([`Distances`]). A memory helps if it is of the same topic and as
//! harmless or harmful as the question; any other misleads. A threshold recalls what is nearer, and
//! is judged by both ([`Quality`]). The society's own library does the searching.

use crate::society::agent::{LESSONS, raise};
use crate::society::{Found, Memory, SocietyConfig, SocietyError, memory::Library};
use crate::world::Situation;
use crate::world::bank::{self, Upbringing};
use rand_core::Rng;
use serde::Serialize;
use std::collections::BTreeMap;

/// Thresholds are tried in steps of this, which is what a setting can be given as.
const STEP: f64 = 0.001;

/// Bars of a histogram.
pub const BINS: usize = 40;
/// Share of the distances that a histogram's last bar reaches; it holds the farther ones too.
const SHOWN: f64 = 0.99;

/// The rule by which a threshold is chosen, for people.
pub const RULE: &str = "the smallest multiple of 0.001 that maximises Youden's J: the share of helping \
                        memories that are recalled minus the share of misleading ones that are";

/// What two questions have to do with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kinship {
    /// The same topic, and harmful, fine or a dilemma alike.
    SameThing,
    /// The same topic only.
    SameTopic,
    /// Another topic.
    OtherTopic,
}

impl Kinship {
    /// The kinship of two situations.
    pub fn of(one: &Situation, other: &Situation) -> Self {
        let kind = |situation: &Situation| (situation.harmful(), situation.against().is_some());
        match (one.topic == other.topic, kind(one) == kind(other)) {
            (true, true) => Kinship::SameThing,
            (true, false) => Kinship::SameTopic,
            (false, _) => Kinship::OtherTopic,
        }
    }
}

/// A society at birth, and questions to put to it.
#[derive(Clone, Debug)]
pub struct Scene {
    library: Library,
    situations: BTreeMap<u32, Situation>,
    asked: Vec<u32>,
    lessons: Vec<u32>,
    agents: Vec<Vec<Memory>>,
}

impl Scene {
    /// Draws the lessons of both upbringings, half of the agents raised by each, and `questions`
    /// that nobody was taught on purpose.
    pub fn draw<R: Rng>(config: &SocietyConfig, questions: usize, rng: &mut R) -> Self {
        let pools = [Upbringing::Good, Upbringing::Bad]
            .map(|upbringing| bank::lessons(rng, upbringing, LESSONS));
        let mut scene = Self {
            library: Library::default(),
            situations: BTreeMap::new(),
            asked: Vec::new(),
            lessons: Vec::new(),
            agents: Vec::new(),
        };
        for lesson in pools.iter().flatten() {
            let number = scene.know(&lesson.situation);
            scene.lessons.push(number);
        }
        let wanted = config.memories_at_birth.into();
        for agent in 0..usize::from(config.agents()) {
            let [good, bad] = &pools;
            let pool = if agent % 2 == 0 { good } else { bad };
            let memories = raise(pool, wanted, &mut scene.library, rng);
            scene.agents.push(memories);
        }
        for situation in bank::questions(rng, questions) {
            let number = scene.know(&situation);
            scene.asked.push(number);
        }
        scene
    }

    fn know(&mut self, situation: &Situation) -> u32 {
        let number = self.library.number(&situation.question());
        self.situations.insert(number, situation.clone());
        number
    }

    /// Questions whose embedding is still missing.
    pub fn needs_embedding(&self) -> Vec<String> {
        self.library.missing()
    }

    /// Takes embeddings of questions.
    ///
    /// # Errors
    /// As [`Library::supply`].
    pub fn supply(&mut self, embeddings: Vec<(String, Vec<f32>)>) -> Result<(), SocietyError> {
        embeddings
            .into_iter()
            .try_for_each(|(question, embedding)| self.library.supply(&question, embedding))
    }

    fn kinship(&self, one: u32, other: u32) -> Kinship {
        let of = |number: u32| self.situations.get(&number);
        match (of(one), of(other)) {
            (Some(one), Some(other)) => Kinship::of(one, other),
            _ => Kinship::OtherTopic,
        }
    }
}

/// The nearest memory of one agent to one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Nearest {
    /// How far it is.
    pub distance: f32,
    /// What it has to do with the question.
    pub kinship: Kinship,
    /// Whether the agent remembers anything about the same thing at all.
    pub findable: bool,
}

/// Every distance in some societies.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Distances {
    /// The nearest memory of every agent to every question.
    pub nearest: Vec<Nearest>,
    /// Every question to every lesson of its society.
    pub pairs: Vec<(f32, Kinship)>,
}

impl Distances {
    /// Adds the distances of a scene that is fully embedded.
    pub fn add(&mut self, scene: &Scene) {
        let everybody = 0..scene.agents.len() as u32;
        let asked = scene.asked.iter();
        let asked = asked.flat_map(|question| everybody.clone().map(move |id| (id, *question)));
        let search = scene.library.search(scene.agents.iter(), asked.collect());
        let mut found = search.answer().into_iter();
        for &question in &scene.asked {
            self.pairs.extend(scene.lessons.iter().map(|&lesson| {
                let distance = search.distance(lesson, question);
                (distance, scene.kinship(lesson, question))
            }));
            for (memories, found) in scene.agents.iter().zip(&mut found) {
                let Some(Found { place, distance }) = found else {
                    continue;
                };
                let Some(memory) = memories.get(place as usize) else {
                    continue;
                };
                let kinship = |memory: &Memory| scene.kinship(memory.question, question);
                self.nearest.push(Nearest {
                    distance,
                    kinship: kinship(memory),
                    findable: memories
                        .iter()
                        .any(|other| kinship(other) == Kinship::SameThing),
                });
            }
        }
    }

    /// What a threshold recalls.
    pub fn at(&self, threshold: f32) -> Quality {
        let mut counts = Counts::default();
        for nearest in &self.nearest {
            counts.add(nearest, nearest.distance < threshold);
        }
        counts.quality(threshold)
    }

    /// The threshold of the [`RULE`].
    pub fn best(&self) -> f32 {
        let mut best = self.at(0.0);
        for step in 1..=(2.0 / STEP) as u32 {
            let quality = self.at((f64::from(step) * STEP) as f32);
            if quality.youden > best.youden {
                best = quality;
            }
        }
        best.threshold
    }

    /// Histograms of the nearest memories that help, and of those that mislead.
    pub fn nearest_histogram(&self) -> Histogram<2> {
        let all = self.nearest.iter();
        Histogram::of(all.map(|nearest| {
            let helps = nearest.kinship == Kinship::SameThing;
            (nearest.distance, usize::from(!helps))
        }))
    }

    /// Histograms of all pairs: the same thing, only the same topic, another topic.
    pub fn pair_histogram(&self) -> Histogram<3> {
        let all = self.pairs.iter();
        Histogram::of(all.map(|(distance, kinship)| (*distance, *kinship as usize)))
    }
}

/// How well a threshold tells memories that help from memories that mislead.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Quality {
    /// A memory is recalled if it is nearer than this.
    pub threshold: f32,
    /// Share of questions at which something is recalled.
    pub recalled: f64,
    /// Share of what is recalled that helps.
    pub precision: f64,
    /// Share of the nearest memories that help, if asked at any distance, which are recalled.
    pub recall: f64,
    /// Share of the nearest memories that mislead which are recalled all the same.
    pub fall_out: f64,
    /// Youden's J: recall minus fall-out.
    pub youden: f64,
    /// Share of questions that find a memory that helps, of those asked of somebody who has one.
    pub found: f64,
}

#[derive(Default)]
struct Counts {
    all: u32,
    findable: u32,
    helping: u32,
    recalled: u32,
    right: u32,
}

impl Counts {
    fn add(&mut self, nearest: &Nearest, recalled: bool) {
        let helps = nearest.kinship == Kinship::SameThing;
        self.all += 1;
        self.findable += u32::from(nearest.findable);
        self.helping += u32::from(helps);
        self.recalled += u32::from(recalled);
        self.right += u32::from(helps && recalled);
    }

    fn quality(&self, threshold: f32) -> Quality {
        // Of nothing at all: nothing.
        let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
        let wrong = self.recalled - self.right;
        let recall = share(self.right, self.helping);
        let fall_out = share(wrong, self.all - self.helping);
        Quality {
            threshold,
            recalled: share(self.recalled, self.all),
            precision: share(self.right, self.recalled),
            recall,
            fall_out,
            youden: recall - fall_out,
            found: share(self.right, self.findable),
        }
    }
}

/// Distances of several classes, counted in [`BINS`] bars of one width from 0 on.
#[derive(Clone, Debug, PartialEq)]
pub struct Histogram<const CLASSES: usize> {
    /// Width of a bar. The last one holds everything farther too.
    pub bin_width: f64,
    /// Counts of each class.
    pub counts: [Vec<u32>; CLASSES],
}

impl<const CLASSES: usize> Histogram<CLASSES> {
    fn of(all: impl Iterator<Item = (f32, usize)> + Clone) -> Self {
        let mut sorted: Vec<f32> = all.clone().map(|(distance, _)| distance).collect();
        sorted.sort_by(f32::total_cmp);
        let last = (SHOWN * sorted.len() as f64) as usize;
        let top = sorted.get(last).copied().unwrap_or(0.0);
        // Never zero, and whole thousandths where that is fine enough: axes like them.
        let thousandths = (f64::from(top) / BINS as f64 * 1000.0).ceil().max(1.0);
        let bin_width = thousandths / 1000.0;
        let mut counts = std::array::from_fn(|_| vec![0; BINS]);
        for (distance, class) in all {
            let bin = (f64::from(distance) / bin_width) as usize;
            let class: Option<&mut Vec<u32>> = counts.get_mut(class);
            if let Some(count) = class.and_then(|class| class.get_mut(bin.min(BINS - 1))) {
                *count += 1;
            }
        }
        Self { bin_width, counts }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand_chacha::ChaCha8Rng;
    use rand_chacha::rand_core::SeedableRng;

    fn nearest(distance: f32, helps: bool) -> Nearest {
        Nearest {
            distance,
            kinship: if helps {
                Kinship::SameThing
            } else {
                Kinship::OtherTopic
            },
            findable: helps || distance > 0.5,
        }
    }

    #[test]
    fn a_threshold_is_chosen_and_judged_by_hand() {
        let helping = [0.1, 0.2, 0.28, 0.3, 0.8].map(|distance| nearest(distance, true));
        let misleading = [0.25, 0.4, 0.6, 0.7, 0.9].map(|distance| nearest(distance, false));
        let distances = Distances {
            nearest: [helping, misleading].concat(),
            pairs: Vec::new(),
        };
        // Nearer than 0.301: four of five that help, one of five that mislead.
        let best = distances.best();
        assert_eq!(best, 0.301);
        let quality = distances.at(best);
        assert_eq!(quality.recalled, 0.5);
        assert_eq!(quality.precision, 0.8);
        assert_eq!(quality.recall, 0.8);
        assert_eq!(quality.fall_out, 0.2);
        assert!((quality.youden - 0.6).abs() < 1e-9);
        // Eight had something to find.
        assert_eq!(quality.found, 0.5);
        // Exactly at the threshold is not nearer.
        assert_eq!(distances.at(0.1).recalled, 0.0);
        assert_eq!(distances.at(0.1).precision, 0.0);

        let histogram = distances.nearest_histogram();
        assert_eq!(histogram.bin_width, 0.023);
        assert_eq!(histogram.counts[0].iter().sum::<u32>(), 5);
        assert_eq!((histogram.counts[0][4], histogram.counts[1][10]), (1, 1));
        assert_eq!(histogram.counts[1][BINS - 1], 1);
    }

    #[test]
    fn an_embedder_that_knows_the_thing_finds_it_and_one_that_knows_nothing_does_not() {
        let config = SocietyConfig {
            size: 4,
            ..SocietyConfig::default()
        };
        let rng = &mut ChaCha8Rng::seed_from_u64(5);
        let scene = Scene::draw(&config, 40, rng);
        let things: Vec<&Situation> = scene.situations.values().collect();
        let places: BTreeMap<String, usize> = things
            .iter()
            .map(|one| {
                let same = |other: &&Situation| Kinship::of(one, other) == Kinship::SameThing;
                (one.question(), things.iter().position(same).unwrap())
            })
            .collect();
        let embedded = |embedding: &dyn Fn(&str) -> Vec<f32>| {
            let mut scene = scene.clone();
            let waiting = scene.needs_embedding();
            assert!(waiting.len() > 250, "{}", waiting.len());
            let embeddings = waiting.into_iter().map(|question| {
                let embedding = embedding(&question);
                (question, embedding)
            });
            scene.supply(embeddings.collect()).unwrap();
            let mut distances = Distances::default();
            distances.add(&scene);
            distances
        };
        let knowing = embedded(&|question| {
            let mut one_hot = vec![0.0; things.len()];
            one_hot[places[question]] = 1.0;
            one_hot
        });
        assert_eq!(knowing.nearest.len(), 40 * 16);
        assert_eq!(knowing.pairs.len(), 40 * 240);
        let quality = knowing.at(knowing.best());
        assert_eq!((quality.youden, quality.found), (1.0, 1.0));
        // Somebody with 50 memories of a hundred things knows about the same thing less than half
        // of the time.
        assert!((0.2..0.6).contains(&quality.recalled), "{quality:?}");
        let helping = knowing.pair_histogram().counts[0].iter().sum::<u32>();
        assert!((60..1_000).contains(&helping), "{helping}");

        let ignorant = embedded(&|_| vec![1.0]);
        let quality = ignorant.at(ignorant.best());
        assert!(
            quality.youden < 0.1 && quality.precision < 0.2,
            "{quality:?}"
        );
    }
}
