//! Where a scene stands: which beat is on, and how much of it is over. Pure, like the director: the
//! clock and the visitor's hands are arguments.

use super::timing::{Beat, Pace, TRAVEL, Timing};
use crate::canvas::{Cue, Letter, Spotlight};
use crate::lab::script::Script;

/// Seconds between the departures of letters that all leave at once, and seconds each takes.
const STAGGER: f64 = 0.18;
const FLIGHT: f64 = 0.9;
/// Where a scene stands.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Playhead {
    /// The place of the beat that is on.
    pub beat: usize,
    /// How much of it was over, 0 to 1, at the time of [`Self::at`].
    share: f64,
    /// Milliseconds of the page's clock.
    at: f64,
    /// Whether time goes by.
    pub playing: bool,
    /// Time stops when this beat is over.
    stops: Option<usize>,
    /// How fast.
    pub pace: Pace,
    /// Everything is there and all letters fly in at once, as when somebody turns to what is over.
    pub at_once: bool,
}

impl Playhead {
    /// The beginning of a scene.
    pub fn begin(now: f64, pace: Pace) -> Self {
        Self {
            at: now,
            playing: true,
            pace,
            ..Self::default()
        }
    }

    /// A scene seen as a whole.
    pub fn whole(timing: &Timing, now: f64, pace: Pace) -> Self {
        Self {
            beat: timing.last(),
            share: 1.0,
            at_once: true,
            ..Self::begin(now, pace)
        }
    }

    /// How much of the beat is over, in lengths of the beat.
    fn gone(&self, timing: &Timing, now: f64) -> f64 {
        if self.playing && !self.at_once {
            self.share + (now - self.at).max(0.0) / timing.lasts(self.beat, self.pace).max(1.0)
        } else {
            self.share
        }
    }

    /// The same, with what is over by now settled.
    fn settled(self, timing: &Timing, now: f64) -> Self {
        Self {
            share: self.gone(timing, now).min(1.0),
            at: now,
            at_once: false,
            ..self
        }
    }

    /// Goes on to the next beat where one is over.
    pub fn advanced(self, timing: &Timing, now: f64) -> Self {
        if self.gone(timing, now) < 1.0 || !self.playing || self.at_once {
            return self;
        }
        if self.stops == Some(self.beat) {
            return Self {
                playing: false,
                stops: None,
                ..self.settled(timing, now)
            };
        }
        if self.beat >= timing.last() {
            return self;
        }
        Self {
            beat: self.beat + 1,
            share: 0.0,
            at: now,
            ..self
        }
    }

    /// Milliseconds since all that is known was played; none before that, and while it is held.
    pub fn rested(&self, timing: &Timing, now: f64) -> Option<f64> {
        if self.at_once {
            return self.playing.then_some(now - self.at);
        }
        let over = self.gone(timing, now) - 1.0;
        let rests = self.playing && self.beat >= timing.last() && over >= 0.0;
        rests.then(|| over * timing.lasts(self.beat, self.pace))
    }

    /// Whether there is nothing left to play.
    pub fn is_over(&self, timing: &Timing, now: f64) -> bool {
        self.beat >= timing.last() && self.gone(timing, now) >= 1.0
    }

    // ---- the visitor's hands ----

    /// Holds, or goes on; from the beginning where all is over.
    pub fn toggled(self, timing: &Timing, now: f64) -> Self {
        let over = self.is_over(timing, now);
        if over && timing.whole {
            return Self::begin(now, self.pace);
        }
        Self {
            playing: !self.playing,
            stops: None,
            ..self.settled(timing, now)
        }
    }

    /// Goes on, whatever held it.
    pub fn released(self, timing: &Timing, now: f64) -> Self {
        if self.playing && self.stops.is_none() {
            return self;
        }
        Self {
            playing: true,
            stops: None,
            ..self.settled(timing, now)
        }
    }

    /// Plays the next beat and stops there; the one that is on, where it has only begun to be heard,
    /// is cut short.
    pub fn stepped(self, timing: &Timing, now: f64) -> Self {
        let head = self.settled(timing, now);
        if head.beat >= timing.last() {
            return Self {
                playing: false,
                share: 1.0,
                ..head
            };
        }
        Self {
            beat: head.beat + 1,
            share: 0.0,
            playing: true,
            stops: Some(head.beat + 1),
            ..head
        }
    }

    /// The beat before, all of it, and no further.
    pub fn back(self, timing: &Timing, now: f64) -> Self {
        let head = self.settled(timing, now);
        Self {
            beat: head.beat.min(timing.last()).saturating_sub(1),
            share: 1.0,
            playing: false,
            stops: None,
            ..head
        }
    }

    /// The end of the scene.
    pub fn ended(self, timing: &Timing, now: f64) -> Self {
        Self {
            beat: timing.last(),
            share: 1.0,
            playing: false,
            stops: None,
            ..self.settled(timing, now)
        }
    }

    /// The same beat, as far as it has come, at another pace.
    pub fn at_pace(self, timing: &Timing, now: f64, pace: Pace) -> Self {
        if self.at_once || self.pace == pace {
            return Self { pace, ..self };
        }
        Self {
            pace,
            ..self.settled(timing, now)
        }
    }

    // ---- what is heard and seen ----

    /// How much of what travels or is said in this beat has arrived, 0 to 1.
    fn arrived(&self, timing: &Timing, now: f64) -> f64 {
        let lasts = timing.lasts(self.beat, self.pace);
        let gone = self.gone(timing, now) * lasts;
        (gone / timing.travels(self.beat, self.pace).max(1.0)).min(1.0)
    }

    /// How many words of this beat can be heard; all of them once it has arrived, or where nothing
    /// may move. Only answers are said word by word.
    pub fn heard(&self, timing: &Timing, now: f64, still: bool) -> usize {
        let share = self.arrived(timing, now);
        if still || share >= 1.0 || self.at_once {
            return usize::MAX;
        }
        match timing.beat(self.beat) {
            Beat::Draft | Beat::Revision => (share * timing.words(self.beat)) as usize + 1,
            Beat::Question | Beat::Verdict => usize::MAX,
            Beat::Comment(_) => 0,
        }
    }

    /// The moment for the canvas, in seconds: of this beat, or since all came in at once.
    pub fn seconds(&self, timing: &Timing, now: f64) -> f64 {
        if self.at_once {
            return (now - self.at).max(0.0) / 1000.0;
        }
        self.arrived(timing, now) * TRAVEL / 1000.0
    }

    /// What the canvas shows of a scene.
    pub fn spotlight(&self, script: &Script, timing: &Timing) -> Spotlight {
        let travel = TRAVEL / 1000.0;
        let listeners = script.comments.iter().map(|comment| comment.peer).collect();
        let verdict = script.ending.as_ref().map(|ending| ending.alignment);
        let lit = Spotlight {
            author: script.author,
            listeners,
            ..Spotlight::default()
        };
        let letters = |count: usize| {
            let heard = script.comments.iter().take(count);
            heard.map(|comment| Letter::arrived(comment.peer, comment.rating))
        };
        let all = script.comments.len();
        if self.at_once {
            let flown = (0u32..).zip(letters(all)).map(|(number, letter)| Letter {
                departs: f64::from(number) * STAGGER,
                flight: FLIGHT,
                ..letter
            });
            let cue = verdict.map_or(Cue::Letters, |scores| Cue::Judged(scores, travel));
            return Spotlight {
                letters: flown.collect(),
                cue,
                ..lit
            };
        }
        match timing.beat(self.beat) {
            Beat::Question => Spotlight {
                cue: Cue::Asked(travel),
                ..lit
            },
            Beat::Draft => Spotlight {
                cue: Cue::Speaks(travel),
                ..lit
            },
            Beat::Comment(place) => {
                let now = script.comments.get(place).map(|comment| Letter {
                    departs: 0.0,
                    flight: travel,
                    ..Letter::arrived(comment.peer, comment.rating)
                });
                Spotlight {
                    cue: now.map_or(Cue::Letters, |letter| Cue::Hears(letter.from)),
                    letters: letters(place).chain(now).collect(),
                    ..lit
                }
            }
            Beat::Revision => Spotlight {
                letters: letters(all).collect(),
                cue: Cue::Answers,
                ..lit
            },
            Beat::Verdict => Spotlight {
                letters: letters(all).collect(),
                cue: verdict.map_or(Cue::Letters, |scores| Cue::Judged(scores, travel)),
                ..lit
            },
        }
    }
}

#[cfg(test)]
#[path = "playhead_tests.rs"]
mod tests;
