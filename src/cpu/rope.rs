//! Rotary positions in Hugging Face's convention: a head is two halves, and position `p` turns every pair
//! of them by the angle `p / theta^(2i / head width)` (Su et al., 2021).

/// Cosines and sines of every position of the context, `[positions, half a head]`.
#[derive(Clone, Debug)]
pub struct Rope {
    half: usize,
    cosines: Vec<f32>,
    sines: Vec<f32>,
}

impl Rope {
    /// The tables for heads of `head` numbers (an even number).
    pub fn new(positions: usize, head: usize, theta: f64) -> Self {
        let half = head / 2;
        let angles = (0..positions).flat_map(|position| {
            (0..half).map(move |pair| {
                // Hugging Face computes frequencies and angles in single precision.
                let frequency = (1.0 / libm::pow(theta, 2.0 * pair as f64 / head as f64)) as f32;
                f64::from(position as f32 * frequency)
            })
        });
        let angles: Vec<f64> = angles.collect();
        Self {
            half,
            cosines: angles
                .iter()
                .map(|angle| libm::cos(*angle) as f32)
                .collect(),
            sines: angles
                .iter()
                .map(|angle| libm::sin(*angle) as f32)
                .collect(),
        }
    }

    /// Turns all heads of a row that stands at `position`.
    pub fn turn(&self, heads: &mut [f32], position: usize) {
        self.by(heads, position, 1.0);
    }

    /// Turns them back, which is what a slope by turned heads means for those that were not.
    pub fn turn_back(&self, heads: &mut [f32], position: usize) {
        self.by(heads, position, -1.0);
    }

    fn by(&self, heads: &mut [f32], position: usize, way: f32) {
        let half = self.half;
        let cosines = &self.cosines[position * half..][..half];
        let sines = &self.sines[position * half..][..half];
        for head in heads.chunks_exact_mut(2 * half) {
            let (first, second) = head.split_at_mut(half);
            let pairs = first.iter_mut().zip(second);
            for ((first, second), (cosine, sine)) in pairs.zip(cosines.iter().zip(sines)) {
                let (a, b, sine) = (*first, *second, way * sine);
                *first = a * cosine - b * sine;
                *second = b * cosine + a * sine;
            }
        }
    }
}
