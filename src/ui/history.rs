//! Undo and redo: what was, what is, and what was undone. Pure, of whatever is to be remembered.
//!
//! A change is noted together with the hand that made it. What one hand changes without a pause (a
//! number typed digit by digit, a slider drawn along) is one step.

/// Steps that are remembered.
const MOST: usize = 200;
/// Milliseconds after which the same hand begins another step.
const PAUSE: f64 = 2000.0;

/// States in the order they came.
#[derive(Clone, Debug, PartialEq)]
pub struct History<T> {
    past: Vec<T>,
    now: Option<T>,
    future: Vec<T>,
    /// The hand that made the last change, and when.
    last: Option<(String, f64)>,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        Self {
            past: Vec::new(),
            now: None,
            future: Vec::new(),
            last: None,
        }
    }
}

impl<T: Clone + PartialEq> History<T> {
    /// Notes a state; `hand` names the field it was typed into, and is empty for all other changes,
    /// each of which is a step. True if it is a change.
    pub fn note(&mut self, state: T, hand: &str, at: f64) -> bool {
        if self.now.as_ref() == Some(&state) {
            return false;
        }
        let goes_on = self
            .last
            .as_ref()
            .is_some_and(|(known, when)| known == hand && at - when <= PAUSE);
        if let Some(before) = self.now.replace(state) {
            if !goes_on {
                self.past.push(before);
            }
            self.future.clear();
            self.last = (!hand.is_empty()).then(|| (hand.to_owned(), at));
            // Typed back to what it was: as if it had not been touched.
            if goes_on && self.past.last() == self.now.as_ref() {
                self.past.pop();
                self.last = None;
            }
        }
        if self.past.len() > MOST {
            self.past.remove(0);
        }
        true
    }

    /// What was before the last step, which is from now on.
    pub fn undo(&mut self) -> Option<T> {
        let before = self.past.pop()?;
        self.future.extend(self.now.replace(before));
        self.last = None;
        self.now.clone()
    }

    /// What was undone last, which is again from now on.
    pub fn redo(&mut self) -> Option<T> {
        let after = self.future.pop()?;
        self.past.extend(self.now.replace(after));
        self.last = None;
        self.now.clone()
    }

    /// What is now.
    pub fn now(&self) -> Option<&T> {
        self.now.as_ref()
    }

    /// Whether there is something to undo.
    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    /// Whether there is something to redo.
    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }

    /// The states that were and the one that is, the newest first.
    pub fn known(&self) -> impl Iterator<Item = &T> {
        self.now.iter().chain(self.past.iter().rev())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes that 0 is there, and then these states by these hands, half a second apart.
    fn after(changes: &[(u32, &str)]) -> History<u32> {
        let mut history = History::default();
        history.note(0, "", 0.0);
        for (at, (state, hand)) in (1..).zip(changes) {
            history.note(*state, hand, f64::from(at) * 500.0);
        }
        history
    }

    fn undone(history: &mut History<u32>) -> Vec<u32> {
        std::iter::from_fn(|| history.undo()).collect()
    }

    #[test]
    fn every_step_can_be_undone_and_redone() {
        let mut history = after(&[(1, ""), (2, ""), (3, "")]);
        assert_eq!((history.can_undo(), history.can_redo()), (true, false));
        assert_eq!(undone(&mut history), [2, 1, 0]);
        assert_eq!((history.can_undo(), history.can_redo()), (false, true));
        let redone: Vec<u32> = std::iter::from_fn(|| history.redo()).collect();
        assert_eq!(redone, [1, 2, 3]);
        assert_eq!(
            history,
            History {
                last: None,
                ..after(&[(1, ""), (2, ""), (3, "")])
            }
        );
    }

    #[test]
    fn what_one_hand_types_is_one_step_until_it_pauses() {
        let typed = [
            (1, "rounds"),
            (12, "rounds"),
            (123, "rounds"),
            (5, "seed"),
            (50, "seed"),
        ];
        assert_eq!(undone(&mut after(&typed)), [123, 0]);
        let mut history = after(&[(1, "rounds")]);
        history.note(12, "rounds", 500.0 + PAUSE + 1.0);
        assert_eq!(undone(&mut history), [1, 0]);
        // Without a hand nothing is joined.
        assert_eq!(undone(&mut after(&[(1, ""), (2, "")])), [1, 0]);
    }

    #[test]
    fn typing_after_undoing_is_a_step_of_its_own() {
        let mut history = after(&[(1, "rounds"), (12, "rounds")]);
        assert_eq!(history.undo(), Some(0));
        history.note(7, "rounds", 1100.0);
        assert_eq!(history.redo(), None, "another way was taken");
        assert_eq!(undone(&mut history), [0]);
    }

    #[test]
    fn what_is_the_same_or_typed_back_is_no_step() {
        let mut history = after(&[(0, ""), (0, "seed")]);
        assert!(!history.can_undo());
        assert!(!history.note(0, "", 9.0));
        let mut history = after(&[(1, ""), (12, "seed"), (1, "seed")]);
        assert_eq!(undone(&mut history.clone()), [0]);
        history.note(13, "seed", 1600.0);
        assert_eq!(undone(&mut history), [1, 0]);
        // A state that is undone is noted once more by whoever watches, and changes nothing.
        let mut history = after(&[(1, ""), (2, "")]);
        history.undo();
        assert!(!history.note(1, "", 2000.0));
        assert_eq!(history.redo(), Some(2));
    }

    #[test]
    fn the_oldest_is_forgotten_first() {
        let changes: Vec<(u32, &str)> = (1..=500).map(|state| (state, "")).collect();
        let mut history = after(&changes);
        let known: Vec<u32> = history.known().copied().collect();
        assert_eq!((known.len(), known[0]), (MOST + 1, 500));
        assert_eq!(undone(&mut history).last(), Some(&(500 - MOST as u32)));
    }
}
