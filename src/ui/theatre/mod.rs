//! The conversation as theatre: one scene at a time, played beat by beat at the pace one reads.
//!
//! The [`director`] says which scene is on, the [`playhead`] where it stands; both are pure. Here
//! are the clock that asks them and what is on stage by their word; [`hands`] are the visitor's.
//! Before the first run, the scenes are those of a [`recording`], which nothing else on the page
//! ever sees: it is not the run, and no figure or file is made of it.
//!
//! [`director`]: super::director

mod controls;
mod hands;
mod playhead;
mod recording;
mod script;
mod timing;

pub use controls::{Controls, count, key};
pub use playhead::Playhead;
pub use script::lines;
pub use timing::{Beat, Pace, Timing};

use super::director::{Focus, Item, direct, parade};
use super::memory::{milliseconds, wants_stillness};
use super::record::other_voice;
use super::state::Page;
use crate::lab::RunView;
use crate::lab::recording::Recording;
use crate::lab::script::Script;
use crate::lab::view::Voice;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// Milliseconds between two looks at the clock.
const TICK: Duration = Duration::from_millis(60);
/// Milliseconds after which a scene that is over rests: the director goes on sooner if he goes on.
const REST: f64 = 900.0;
/// Pixels between what is on and the edge of the script.
const MARGIN: f64 = 10.0;

/// A scene on stage.
#[derive(Clone, Debug, PartialEq)]
pub struct Staged {
    /// Which.
    pub item: Item,
    /// What is said in it.
    pub script: Script,
    /// Its beats.
    pub timing: Timing,
    /// Whose words some of it are, where not all are the model's.
    pub voice: Option<Voice>,
}

/// What the theatre knows. Copies share everything.
#[derive(Clone, Copy)]
pub struct Theatre {
    /// What is on stage.
    pub staged: RwSignal<Option<Arc<Staged>>>,
    /// Where it stands.
    pub head: RwSignal<Playhead>,
    /// Words of the beat that can be heard.
    pub heard: RwSignal<usize>,
    /// The scene is over, and nobody goes on to the next one.
    pub rests: RwSignal<bool>,
    /// The pace that the visitor chose.
    pub pace: RwSignal<Option<Pace>>,
    /// What is played before the first run.
    pub recording: RwSignal<Option<Arc<Recording>>>,
    /// A recording was played and made room for the run.
    pub made_room: RwSignal<bool>,
    /// The beat that the visitor asked for, in words.
    pub told: RwSignal<String>,
    /// The visitor wants nothing to move.
    pub still: bool,
}

impl Default for Theatre {
    /// With an empty stage.
    fn default() -> Self {
        Self {
            staged: RwSignal::default(),
            head: RwSignal::default(),
            heard: RwSignal::default(),
            rests: RwSignal::default(),
            pace: RwSignal::default(),
            recording: RwSignal::default(),
            made_room: RwSignal::default(),
            told: RwSignal::default(),
            still: wants_stillness(),
        }
    }
}

/// Opens the theatre for as long as the page lives.
pub fn open(page: Page) {
    // The director looks at every change, and now and then by himself.
    Effect::new(move || {
        page.view.track();
        page.turn();
    });
    if let Ok(clock) = set_interval_with_handle(move || page.turn(), TICK) {
        on_cleanup(move || clock.clear());
    }
    recording::open(page);
}

/// Keeps what is on within the part of the script that is seen; the page itself stays where it is.
pub fn keep_in_view(page: Page, script: NodeRef<leptos::html::Div>) {
    let beat = Memo::new(move |_| {
        let item = page
            .theatre
            .staged
            .with(|staged| staged.as_ref().map(|staged| staged.item));
        let head = page.theatre.head.get();
        (item, head.beat, head.at_once)
    });
    Effect::new(move || {
        let (_, beat, at_once) = beat.get();
        request_animation_frame(move || {
            let Some(Some(frame)) = script.try_get_untracked() else {
                return;
            };
            if beat == 0 || at_once {
                frame.set_scroll_top(0);
                return;
            }
            // A neighbour's line lies within the part of all neighbours, and comes after it.
            let Ok(Some(on)) = frame.query_selector("li.on, .on") else {
                return;
            };
            let (seen, on) = (
                frame.get_bounding_client_rect(),
                on.get_bounding_client_rect(),
            );
            let below = (on.bottom() - seen.bottom() + MARGIN).max(0.0);
            let above = (seen.top() - on.top() + MARGIN).max(0.0);
            // Pixels of a page.
            let by = if below > 0.0 { below } else { -above } as i32;
            if by != 0 {
                frame.set_scroll_top(frame.scroll_top() + by);
            }
        });
    });
}

fn staged(page: Page, item: Item, heard: Option<&Script>) -> Option<Staged> {
    let mut voice = None;
    let script = match item {
        Item::Recorded(index) => {
            let recording = page.theatre.recording.get_untracked()?;
            recording.scenes.get(index)?.clone()
        }
        Item::Draft(agent) => page.view.with_untracked(|view| {
            let scene = view.stage.iter().find(|scene| scene.agent == agent);
            scene.map(Script::from)
        })?,
        Item::Done(index) => page.view.with_untracked(|view| {
            let one = view.interactions.get(index)?;
            voice = other_voice(one);
            let script = Script::from(one);
            Some(match heard {
                Some(heard) => script.as_heard(heard),
                None => script,
            })
        })?,
    };
    Some(Staged {
        item,
        timing: Timing::of(&script),
        script,
        voice,
    })
}

impl Page {
    /// Asks the director what is on stage and the clock where it stands.
    pub fn turn(self) {
        let now = milliseconds();
        let theatre = self.theatre;
        let head = theatre.head.get_untracked();
        let before = theatre.staged.get_untracked();
        let rested = match &before {
            Some(staged) => head.rested(&staged.timing, now),
            None => Some(f64::INFINITY),
        };
        let focus = self.focus.get_untracked();
        let recorded = theatre
            .recording
            .with_untracked(|recording| recording.as_ref().map(|one| one.scenes.len()));
        let next = match recorded {
            Some(count) => parade(focus, count, rested),
            None => self.view.with_untracked(|view| direct(view, focus, rested)),
        };
        if next != focus {
            self.focus.set(next);
        }
        let was = before.as_ref().map(|staged| staged.item);
        if next.item != was {
            let goes_on = match (was, next.item) {
                (Some(Item::Draft(agent)), Some(Item::Done(index))) => {
                    let author = self.view.with_untracked(|view| {
                        view.interactions.get(index).map(|one| one.agent_id)
                    });
                    author == Some(agent)
                }
                _ => false,
            };
            if goes_on {
                let heard = before.as_ref().map(|staged| &staged.script);
                self.put_on_stage(heard, head);
            } else {
                self.put_on_stage(None, Playhead::begin(now, self.usual_pace()));
            }
        } else if matches!(was, Some(Item::Draft(_))) {
            self.put_on_stage(None, head);
        }
        self.play_on(now);
    }

    /// Puts on stage what the director turned to, as far as the head says.
    fn put_on_stage(self, heard: Option<&Script>, head: Playhead) {
        let item = self.focus.get_untracked().item;
        let made = item
            .and_then(|item| staged(self, item, heard))
            .map(Arc::new);
        let before = self.theatre.staged.get_untracked();
        if made.is_none() && before.is_none() {
            return;
        }
        if made != before {
            self.theatre.staged.set(made);
        }
        if head != self.theatre.head.get_untracked() {
            self.theatre.head.set(head);
        }
    }

    /// Moves the head on, and says how much can be heard.
    fn play_on(self, now: f64) {
        let theatre = self.theatre;
        let head = theatre.head.get_untracked();
        let Some(staged) = theatre.staged.get_untracked() else {
            return;
        };
        let next = head.advanced(&staged.timing, now);
        if next != head {
            theatre.head.set(next);
        }
        let heard = next.heard(&staged.timing, now, theatre.still);
        if heard != theatre.heard.get_untracked() {
            theatre.heard.set(heard);
        }
        let waited = next.rested(&staged.timing, now);
        let stays = next.at_once || waited.is_none_or(|waited| waited > REST);
        let rests = staged.timing.whole && next.is_over(&staged.timing, now) && stays;
        if rests != theatre.rests.get_untracked() {
            theatre.rests.set(rests);
        }
    }

    /// As fast as the visitor wants it; else as one reads, or as the engine goes while it is followed.
    fn usual_pace(self) -> Pace {
        let held = self.focus.get_untracked().held;
        let recorded = self.theatre.recording.with_untracked(Option::is_some);
        let usual = if held || recorded {
            Pace::Reading
        } else {
            Pace::Engine
        };
        self.theatre.pace.get_untracked().unwrap_or(usual)
    }

    /// Shows what the director turned to as a whole, at once.
    pub fn show_whole(self) {
        let now = milliseconds();
        self.put_on_stage(None, Playhead::default());
        if let Some(staged) = self.theatre.staged.get_untracked() {
            let whole = Playhead::whole(&staged.timing, now, self.usual_pace());
            self.theatre.head.set(whole);
        }
        self.play_on(now);
    }

    /// What the canvas shows of a recording, as far as it was played; none while a run is on stage.
    pub fn recorded_view(self) -> Option<RunView> {
        let recording = self.theatre.recording.get()?;
        let Some(Item::Recorded(index)) = self.focus.get().item else {
            return recording.view(0);
        };
        // Somebody shows what they said once it was scored.
        let scored = self.theatre.staged.with(|staged| {
            let last = staged.as_ref().map(|staged| staged.timing.last());
            last.is_some_and(|last| self.theatre.head.get().beat >= last)
        });
        recording.view(index + usize::from(scored))
    }

    /// Ends the recording: the stage is free for the run.
    pub fn end_recording(self) {
        let theatre = self.theatre;
        if theatre.recording.with_untracked(Option::is_none) {
            return;
        }
        theatre.recording.set(None);
        theatre.made_room.set(true);
        theatre.told.set(String::new());
        self.focus.set(Focus::default());
        self.put_on_stage(None, Playhead::default());
    }
}
