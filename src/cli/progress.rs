//! One line that says how far the work has come, on a terminal only.

use std::io::{IsTerminal, Write};

/// A progress line on standard error.
pub(super) struct Progress {
    shown: bool,
    terminal: bool,
}

impl Progress {
    pub(super) fn new() -> Self {
        Self {
            shown: false,
            terminal: std::io::stderr().is_terminal(),
        }
    }

    /// Replaces the line.
    pub(super) fn say(&mut self, line: &str) {
        if self.terminal {
            // Losing a progress line harms nobody.
            let _ = write!(std::io::stderr(), "\r\x1b[K{line}");
            let _ = std::io::stderr().flush();
            self.shown = true;
        }
    }

    /// Removes the line.
    pub(super) fn end(&mut self) {
        if self.shown {
            let _ = write!(std::io::stderr(), "\r\x1b[K");
            self.shown = false;
        }
    }
}
