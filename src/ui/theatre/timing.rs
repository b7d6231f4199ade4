//! The beats of a scene, and how long each lasts: it hangs on how many words are to be read in it.

use crate::lab::script::Script;

/// Milliseconds in which somebody reads a word.
const READING: f64 = 240.0;
/// Milliseconds in which somebody says a word.
const SAYING: f64 = 190.0;
/// Milliseconds in which something travels across the stage.
pub(super) const TRAVEL: f64 = 1100.0;
/// Milliseconds of quiet after something was said.
const QUIET: f64 = 800.0;
/// Milliseconds more for seeing what the second answer changed.
const COMPARING: f64 = 1400.0;
/// Milliseconds that a verdict stays.
const VERDICT: f64 = 4200.0;
/// Milliseconds of all neighbours together where the engine sets the pace.
const ROUND: f64 = 2000.0;

/// A part of a scene.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beat {
    /// Somebody is asked something.
    Question,
    /// They answer.
    Draft,
    /// A neighbour says something about it, by their place in the script.
    Comment(usize),
    /// The author answers again.
    Revision,
    /// The observers score both answers.
    Verdict,
}

/// How fast a scene goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Pace {
    /// Half as fast as one reads.
    Slow,
    /// As fast as one reads.
    #[default]
    Reading,
    /// Twice as fast.
    Fast,
    /// A glimpse of each scene, to keep up with the engine.
    Engine,
}

impl Pace {
    /// All of them, from the slowest.
    pub const ALL: [Pace; 4] = [Pace::Slow, Pace::Reading, Pace::Fast, Pace::Engine];

    /// How many times as fast as one reads; none where the words do not count.
    fn times(self) -> Option<f64> {
        match self {
            Pace::Slow => Some(0.5),
            Pace::Reading => Some(1.0),
            Pace::Fast => Some(2.0),
            Pace::Engine => None,
        }
    }
}

/// The beats of a scene with their lengths.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Timing {
    /// Beats with the number of their words.
    beats: Vec<(Beat, usize)>,
    neighbours: usize,
    /// Whether no more beats will come.
    pub whole: bool,
}

fn count(words: &str) -> usize {
    // Full stops stand alone in the village's spelling, and nobody reads them.
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    words.split_whitespace().filter(is_word).count()
}

impl Timing {
    /// Of a scene, as far as it is known.
    pub fn of(script: &Script) -> Self {
        let mut beats = vec![
            (Beat::Question, count(&script.question)),
            (Beat::Draft, count(&script.draft)),
        ];
        for (place, comment) in script.comments.iter().enumerate() {
            beats.push((Beat::Comment(place), count(&comment.reason)));
        }
        if let Some(ending) = &script.ending {
            beats.push((Beat::Revision, count(&ending.revision)));
            beats.push((Beat::Verdict, 0));
        }
        Self {
            beats,
            neighbours: script.comments.len(),
            whole: script.ending.is_some(),
        }
    }

    /// How many beats there are, as far as they are known.
    pub fn count(&self) -> usize {
        self.beats.len()
    }

    /// The place of the last beat.
    pub fn last(&self) -> usize {
        self.count().saturating_sub(1)
    }

    /// A beat by its place; the last one beyond the end.
    pub fn beat(&self, place: usize) -> Beat {
        let beat = self.beats.get(place).or(self.beats.last());
        beat.map_or(Beat::Question, |(beat, _)| *beat)
    }

    /// Words of a beat.
    pub(super) fn words(&self, place: usize) -> f64 {
        // Sentences of a few dozen words.
        self.beats.get(place).map_or(0, |(_, words)| *words) as f64
    }

    /// Milliseconds in which what is said in a beat is said, and what travels arrives.
    pub(super) fn travels(&self, place: usize, pace: Pace) -> f64 {
        let usual = match self.beat(place) {
            Beat::Draft | Beat::Revision => (self.words(place) * SAYING).max(TRAVEL),
            Beat::Question | Beat::Comment(_) | Beat::Verdict => TRAVEL,
        };
        match (pace.times(), self.beat(place)) {
            (Some(times), _) => usual / times,
            (None, Beat::Comment(_)) => self.lasts(place, pace) * 0.8,
            (None, _) => (usual * 0.3).min(500.0),
        }
    }

    /// Milliseconds that a beat lasts.
    pub fn lasts(&self, place: usize, pace: Pace) -> f64 {
        let Some(times) = pace.times() else {
            return match self.beat(place) {
                Beat::Question => 450.0,
                Beat::Draft => 600.0,
                Beat::Comment(_) => ROUND / self.neighbours.clamp(4, 20) as f64,
                Beat::Revision => 700.0,
                Beat::Verdict => 1500.0,
            };
        };
        let usual = match self.beat(place) {
            Beat::Question | Beat::Comment(_) => TRAVEL + self.words(place) * READING + QUIET,
            Beat::Draft => self.travels(place, Pace::Reading) + QUIET,
            Beat::Revision => self.travels(place, Pace::Reading) + QUIET + COMPARING,
            Beat::Verdict => TRAVEL + VERDICT,
        };
        usual / times
    }
}
