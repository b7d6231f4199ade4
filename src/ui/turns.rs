//! Building the page in turns, so that no turn keeps it from answering: what the first picture does
//! without comes in tasks of its own, one after another.

use super::live::maybe;
use leptos::prelude::*;
use std::time::Duration;

/// Builds a part.
pub type Builder = Box<dyn Fn() -> AnyView + Send>;

/// The parts in their order, each in a task of its own, from turn `first` on; turn 0 is at once. Built
/// anew (in another language, say), all come in turns again.
pub fn in_turns<const PARTS: usize>(first: usize, parts: [Builder; PARTS]) -> AnyView {
    let turn = RwSignal::new(0usize);
    advance(turn, first + PARTS - 1);
    let parts = parts.into_iter().enumerate().map(|(place, build)| {
        let due = Memo::new(move |_| first + place <= turn.get());
        maybe(move || due.get().then(&build))
    });
    parts.collect_view().into_any()
}

/// Counts up to `last`, one task at a time; stops where whoever waits is gone.
fn advance(turn: RwSignal<usize>, last: usize) {
    set_timeout(
        move || {
            let next = turn.try_update(|turn| {
                *turn += 1;
                *turn
            });
            if next.is_some_and(|next| next < last) {
                advance(turn, last);
            }
        },
        Duration::ZERO,
    );
}
