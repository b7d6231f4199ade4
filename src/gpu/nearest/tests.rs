//! The kernel against its twin, and the twin against hand-made examples. Without an adapter the
//! kernel's half says so and is left out.

use super::{Found, Search, find, twin};
use crate::gpu::testing::device;
use crate::gpu::{EngineKind, Opened, open};
use burn::tensor::Tensor;
use pollster::block_on;
use proptest::prelude::*;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// How far the distances of twin and kernel may differ: both sum a few hundred products of numbers
/// whose squares sum to 1, in f32.
const ROUNDING: f32 = 2e-6;

fn cpu() -> Opened {
    block_on(open(EngineKind::Cpu)).unwrap()
}

/// A search that owns its lists.
#[derive(Clone, Debug, Default)]
struct Society {
    width: usize,
    embeddings: Vec<f32>,
    starts: Vec<u32>,
    memories: Vec<u32>,
    asked: Vec<(u32, u32)>,
}

impl Society {
    fn search(&self) -> Search<'_> {
        Search {
            width: self.width,
            embeddings: &self.embeddings,
            starts: &self.starts,
            memories: &self.memories,
            asked: &self.asked,
        }
    }

    fn found(&self, opened: &Opened) -> Vec<Option<Found>> {
        block_on(find(&opened.site, &self.search())).unwrap()
    }

    /// Embeddings of length 1, one in ten all zero and one in ten the same as the one before;
    /// every agent remembers `remembered` of them, in any order and with repetitions.
    fn random(
        seed: u64,
        width: usize,
        questions: u32,
        remembered: &[u32],
        asked: usize,
    ) -> Society {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut society = Society {
            width,
            starts: vec![0],
            ..Society::default()
        };
        for question in 0..questions {
            match rng.next_u32() % 10 {
                0 => society.embeddings.extend(vec![0.0; width]),
                1 if question > 0 => {
                    let before = society.embeddings.len() - width;
                    society.embeddings.extend_from_within(before..);
                }
                _ => {
                    let drawn = (0..width).map(|_| rng.next_u32() as f32 / u32::MAX as f32 - 0.4);
                    let drawn: Vec<f32> = drawn.collect();
                    let length = drawn.iter().map(|x| x * x).sum::<f32>().sqrt();
                    society.embeddings.extend(drawn.iter().map(|x| x / length));
                }
            }
        }
        for count in remembered {
            let drawn = (0..*count).map(|_| rng.next_u32() % questions);
            society.memories.extend(drawn);
            society.starts.push(society.memories.len() as u32);
        }
        let agents = remembered.len() as u32;
        let drawn = (0..asked).map(|_| (rng.next_u32() % agents, rng.next_u32() % questions));
        society.asked = drawn.collect();
        society
    }

    fn embedding(&self, question: u32) -> &[f32] {
        &self.embeddings[question as usize * self.width..][..self.width]
    }

    /// The kernel finds what the twin finds: the same distance, and the same place unless another
    /// memory is as near as rounding can tell.
    fn agrees(&self, opened: &Opened) {
        let search = self.search();
        let (expected, found) = (twin::find(&search), self.found(opened));
        assert_eq!(expected.len(), found.len());
        for ((expected, found), (agent, question)) in expected.iter().zip(&found).zip(&self.asked) {
            let (Some(expected), Some(found)) = (expected, found) else {
                assert_eq!(expected, found, "agent {agent}, question {question}");
                continue;
            };
            let said = format!("agent {agent}, question {question}: {expected:?}, {found:?}");
            let start = self.starts[*agent as usize];
            let [right, memory] =
                [expected, found].map(|found| self.memories[(start + found.place) as usize]);
            let meant = twin::distance(&search, memory, *question);
            assert!(
                (found.distance - expected.distance).abs() < ROUNDING,
                "{said}"
            );
            assert!((found.distance - meant).abs() < ROUNDING, "{said}");
            // No rounding tells two memories of the same embedding apart.
            let known = [right, memory].contains(question);
            if memory == right || (!known && self.embedding(memory) == self.embedding(right)) {
                assert_eq!(found.place, expected.place, "{said}");
            }
        }
        assert_eq!(self.found(opened), found, "twice the same");
    }
}

/// East, north, between all, between all again, and nowhere; nothing here is ever rounded.
fn compass() -> Society {
    Society {
        width: 4,
        embeddings: [
            [1.0, 0.0, 0.0, 0.0],
            [0.0, 1.0, 0.0, 0.0],
            [0.5, 0.5, 0.5, 0.5],
            [0.5, 0.5, 0.5, 0.5],
            [0.0, 0.0, 0.0, 0.0],
        ]
        .concat(),
        starts: vec![0, 3, 3, 5, 6],
        memories: vec![1, 3, 2, 0, 1, 4],
        asked: vec![
            (0, 2),
            (0, 1),
            (1, 0),
            (2, 2),
            (2, 0),
            (3, 0),
            (3, 4),
            (0, 4),
        ],
    }
}

#[test]
fn the_nearest_memory_is_found_by_hand_by_the_twin_and_by_the_kernel() {
    let found = |place, distance| Some(Found { place, distance });
    let expected = [
        // Another question in the same place comes before the very question, learnt later.
        found(1, 0.0),
        found(0, 0.0),
        // Nothing is remembered.
        None,
        // East and north are equally near: the earlier one.
        found(0, 0.5),
        found(0, 0.0),
        // A zero vector is at distance 1 from everything but itself.
        found(0, 1.0),
        found(0, 0.0),
        found(0, 1.0),
    ];
    assert_eq!(compass().found(&cpu()), expected);
    if let Some((opened, _turn)) = device() {
        assert_eq!(compass().found(&opened), expected, "{}", opened.adapter);
    }
}

#[test]
fn the_kernel_agrees_with_its_twin_on_odd_shapes_beside_burn() {
    let Some((opened, _turn)) = device() else {
        return;
    };
    let before = Tensor::<1>::from_floats([1.0, 2.0], &opened.site.tensors().unwrap());
    for (number, width) in [1, 7, 80, 144, 216].into_iter().enumerate() {
        let remembered = [0, 1, 300, 64, 65, 0, 2, 63];
        Society::random(number as u64, width, 230, &remembered, 301).agrees(&opened);
        Society::random(9, width, 1, &[1], 1).agrees(&opened);
    }
    Society::random(10, 3, 40, &[0, 0], 5).agrees(&opened);
    Society::random(11, 80, 700, &[50; 36], 5_000).agrees(&opened);
    // Nobody is asked, nobody is there.
    let nobody = Society {
        starts: vec![0],
        ..Society::default()
    };
    assert_eq!(nobody.found(&opened), []);
    assert_eq!(nobody.found(&cpu()), []);
    // More pairs than a device takes at once.
    Society::random(12, 2, 5, &[1, 2, 0], 150_000).agrees(&opened);
    let after = block_on(before.into_data_async()).unwrap();
    assert_eq!(after.try_into_vec::<f32>().unwrap(), [1.0, 2.0]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn kernel_and_twin_agree_on_every_size(
        seed in any::<u64>(),
        width in 1_usize..100,
        questions in 1_u32..150,
        remembered in prop::collection::vec(0_u32..200, 1..12),
        asked in 0_usize..200,
    ) {
        if let Some((opened, _turn)) = device() {
            Society::random(seed, width, questions, &remembered, asked).agrees(&opened);
        }
    }
}

#[test]
fn lists_that_do_not_fit_together_are_refused_before_they_are_searched() {
    type Spoil = fn(&mut Society);
    let spoilt: [(Spoil, &str); 10] = [
        (|s| s.embeddings[3] = f32::NAN, "holds NaN"),
        (|s| s.embeddings[0] = f32::INFINITY, "holds inf"),
        (|s| s.embeddings[9] = -1.5, "holds -1.5"),
        (
            |s| s.embeddings.push(0.0),
            "21 numbers are no embeddings of width 4",
        ),
        (|s| s.width = 0, "width 0"),
        (|s| s.starts[1] = 4, "do not divide 6 memories"),
        (|s| s.starts.clear(), "do not divide 6 memories"),
        (|s| s.memories.push(0), "do not divide 7 memories"),
        (|s| s.memories[5] = 5, "question 5, of 5"),
        (|s| s.asked[2] = (4, 0), "of agent 4 of 4"),
    ];
    for (spoil, expected) in spoilt {
        let mut society = compass();
        spoil(&mut society);
        let refusal =
            |opened: &Opened| block_on(find(&opened.site, &society.search())).unwrap_err();
        let error = refusal(&cpu()).to_string();
        assert!(error.contains(expected), "{error}, not {expected}");
        if let Some((opened, _turn)) = device() {
            assert_eq!(refusal(&opened).to_string(), error);
        }
    }
}
