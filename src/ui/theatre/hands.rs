//! What the visitor's hands do to the scene on stage: hold it, turn it back and forth, go to another.

use super::super::director::Item;
use super::super::memory::milliseconds;
use super::super::state::Page;
use super::{Pace, Playhead, Timing, script};
use leptos::prelude::*;

impl Page {
    /// Does something to the scene on stage.
    fn handle(self, what: impl FnOnce(Playhead, &Timing, f64) -> Playhead) {
        let now = milliseconds();
        let Some(staged) = self.theatre.staged.get_untracked() else {
            return;
        };
        self.hold_scene();
        let head = self.theatre.head.get_untracked();
        // Whoever takes a scene in hand wants to read it.
        let head = head.at_pace(&staged.timing, now, self.usual_pace());
        self.theatre.head.set(what(head, &staged.timing, now));
        self.play_on(now);
    }

    /// The director keeps his hands off the scene of a run that is on stage.
    fn hold_scene(self) {
        let focus = self.focus.get_untracked();
        if let (Some(Item::Done(index)), false) = (focus.item, focus.held) {
            self.focus.set(focus.hold(index));
        }
    }

    /// Holds the scene, or goes on with it.
    pub fn play_scene(self) {
        self.handle(Playhead::toggled);
    }

    /// Plays the next beat.
    pub fn step_beat(self) {
        self.handle(Playhead::stepped);
        self.tell();
    }

    /// Shows the beat before.
    pub fn beat_back(self) {
        self.handle(Playhead::back);
        self.tell();
    }

    /// Shows all of the scene.
    pub fn end_scene(self) {
        self.handle(Playhead::ended);
        self.tell();
    }

    /// After the visitor let go of a scene, or took hold of it: what was let go of plays on.
    pub fn follow_again(self) {
        let now = milliseconds();
        let held = self.focus.get_untracked().held;
        if let Some(staged) = self.theatre.staged.get_untracked().filter(|_| !held) {
            let head = self.theatre.head.get_untracked();
            let released = head.released(&staged.timing, now);
            let pace = self.usual_pace();
            self.theatre
                .head
                .set(released.at_pace(&staged.timing, now, pace));
        }
    }

    /// Goes at another pace from now on.
    pub fn set_pace(self, pace: Pace) {
        self.theatre.pace.set(Some(pace));
        let now = milliseconds();
        if let Some(staged) = self.theatre.staged.get_untracked() {
            let head = self.theatre.head.get_untracked();
            self.theatre
                .head
                .set(head.at_pace(&staged.timing, now, pace));
        }
    }

    /// The scene before or after, if there is one: its place, and how many there are.
    pub fn neighbouring_scene(self, forwards: bool) -> Option<usize> {
        let count = match self.theatre.recording.get() {
            Some(recording) => recording.scenes.len(),
            None => self.view.with(|view| view.interactions.len()),
        };
        let place = match self.focus.get().item {
            Some(Item::Done(index) | Item::Recorded(index)) => Some(index),
            _ => None,
        };
        if forwards {
            let beginning = self.moment.get() == Some(0);
            let next = place.map_or(if beginning { 0 } else { count }, |index| index + 1);
            (next < count).then_some(next)
        } else {
            place.unwrap_or(count).checked_sub(1)
        }
    }

    /// Begins the scene before or after.
    pub fn next_scene(self, forwards: bool) {
        let Some(index) = untrack(|| self.neighbouring_scene(forwards)) else {
            return;
        };
        if self.theatre.recording.with_untracked(Option::is_some) {
            self.focus
                .update(|focus| focus.item = Some(Item::Recorded(index)));
        } else {
            self.turn_to(index);
        }
        let begin = Playhead::begin(milliseconds(), self.usual_pace());
        self.put_on_stage(None, begin);
        self.play_on(milliseconds());
    }

    /// Says the beat on stage, for those who don't see it. Only what somebody asked for is said:
    /// whoever lets a scene play reads it in their own time.
    fn tell(self) {
        if let Some(staged) = self.theatre.staged.get_untracked() {
            let beat = staged.timing.beat(self.theatre.head.get_untracked().beat);
            let words = script::told(self.opening(), &staged.script, beat);
            self.theatre.told.set(words);
        }
    }
}
