//! What the page does with links: it takes over the runs and heeds the wishes of those that come,
//! and writes those that go.

use super::Page;
use crate::lab::share::{self, Shared};
use crate::lab::{LabError, Phase, Preset, RunConfig};
use crate::ui::memory;
use crate::ui::wishes::Wishes;
use leptos::prelude::*;

impl Page {
    /// Takes over a run that was shared; starts nothing.
    pub fn adopt_shared(self, shared: Shared) {
        self.promised.set(
            shared
                .receipt
                .map(|receipt| (shared.config.clone(), receipt)),
        );
        self.adopt(shared.preset, shared.config);
    }

    /// Takes over a preset's settings; starts nothing.
    pub fn begin_with(self, preset: Preset) {
        let mut config = preset.config();
        // The machine stays the visitor's choice.
        config.engine = self.draft.with_untracked(|draft| draft.engine);
        self.adopt(preset, config);
    }

    /// Opens a link, a run file or part of a configuration; gives the number of the run.
    ///
    /// # Errors
    /// Why it can't be opened; nothing has changed then.
    pub fn open_text(self, text: &str) -> Result<u32, LabError> {
        let shared = crate::ui::open::read(text, self.preset.get_untracked())?;
        self.adopt_shared(shared);
        self.notice.set(None);
        Ok(self.load_draft())
    }

    /// Does what a link wishes, for as long as the page is open: nothing of it is kept.
    pub fn heed(self, wishes: Wishes) {
        if let Some(language) = wishes.language {
            self.language.set(language);
        }
        if let Some(theme) = wishes.theme {
            self.theme.set(theme);
        }
        if wishes != Wishes::default() {
            self.wishes.update(|known| known.take(wishes));
        }
    }

    /// The link of the run: with its receipt if the settings in force are done.
    ///
    /// # Errors
    /// [`LabError::LinkTooLong`], or a setting out of range.
    pub fn address(self) -> Result<String, LabError> {
        self.address_with(true, &Wishes::default())
    }

    /// The link of the run, with or without its receipt, and with wishes for whoever opens it.
    ///
    /// # Errors
    /// [`LabError::LinkTooLong`], or a setting out of range.
    pub fn address_with(self, receipt: bool, wishes: &Wishes) -> Result<String, LabError> {
        let fragment = self
            .view
            .with_untracked(|view| match (&view.config, &view.receipt) {
                (Some(config), Some(made)) => share::encode(config, Some(made).filter(|_| receipt)),
                (Some(config), None) if view.phase() != Phase::Idle && view.imported.is_none() => {
                    share::encode(config, None)
                }
                _ => share::encode(&self.draft.get_untracked(), None),
            })?;
        Ok(format!(
            "{}{fragment}{}",
            memory::address_without_fragment(),
            wishes.written()
        ))
    }

    /// Whether two configurations ask for the same result: which engine computes it is the machine's
    /// affair.
    pub fn is_same_run(one: &RunConfig, other: &RunConfig) -> bool {
        one == other
            || *one
                == RunConfig {
                    engine: one.engine,
                    ..other.clone()
                }
    }
}
