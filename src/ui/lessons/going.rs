//! Makes a chapter's runs: through the same commands as the visitor, one after the other, and takes
//! down what each came to. Whatever else the visitor does meanwhile is theirs; the course only waits.

use super::chapters::CHAPTERS;
use super::figures::Found;
use super::progress::{Course, Going};
use crate::lab::message::Command;
use crate::lab::{Phase, Preset, RunConfig};
use crate::ui::memory;
use crate::ui::state::Page;
use leptos::prelude::*;

/// Where the run that the course waits for stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is on stage, or the engine makes it ready.
    OnStage,
    /// It is on stage and held, or was taken back to its beginning.
    Held,
    /// It ended before its time.
    Broken,
    /// Something else is on stage.
    Elsewhere,
}

/// Reads kept progress once; from then on keeps every change of it.
pub fn remember(page: Page) {
    if !page.course.with_untracked(|course| course.is_read) {
        page.course.set(Course::read(&memory::lessons()));
    }
    let written = Memo::new(move |_| page.course.with(Course::written));
    Effect::new(move |before: Option<String>| {
        let now = written.get();
        if before.is_some_and(|before| before != now) {
            memory::keep_lessons(&now);
        }
        now
    });
}

/// What a chapter's run would take the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loses {
    /// A run of the visitor's that is not over.
    Run,
    /// What a run of theirs came to.
    Result,
    /// Settings of theirs.
    Settings,
}

/// Whether a run is one of the course's own, in whichever village and on whichever machine.
fn is_of_the_course(config: &RunConfig) -> bool {
    let base = Preset::Village.config().seed;
    let again = u32::try_from(config.seed.saturating_sub(base)).unwrap_or(u32::MAX);
    CHAPTERS.iter().any(|chapter| {
        let all = 0..chapter.runs.len();
        let mut runs = all.map(|run| chapter.config(run, again));
        runs.any(|run| Page::is_same_run(&run, config))
    })
}

/// What of the visitor's a chapter's run would take the place of now.
pub fn loses(page: Page) -> Option<Loses> {
    let theirs = page.view.with(|view| {
        let config = view.config.as_ref().filter(|one| !is_of_the_course(one));
        let phase = config.map_or(Phase::Idle, |_| view.phase());
        match phase {
            Phase::Idle | Phase::Failed => None,
            Phase::Done => Some(Loses::Result),
            _ => Some(Loses::Run),
        }
    });
    let settings = || {
        page.draft.with(|draft| {
            let usual = page.preset.get().config();
            let own = !Page::is_same_run(draft, &usual) && !is_of_the_course(draft);
            own.then_some(Loses::Settings)
        })
    };
    theirs.or_else(settings)
}

/// Begins a run of a chapter.
pub fn begin(page: Page, chapter: usize, run: usize) {
    let again = page
        .course
        .with_untracked(|course| course.chapters[chapter].again);
    let mut config = CHAPTERS[chapter].config(run, again);
    // The machine stays the visitor's choice.
    config.engine = page.draft.with_untracked(|draft| draft.engine);
    page.course.update(|course| {
        course.chapters[chapter].found.truncate(run);
        course.fresh = None;
        course.going = Some(Going {
            chapter,
            run,
            config: config.clone(),
        });
    });
    play(page, config);
}

/// Puts a run on stage and begins it.
fn play(page: Page, config: RunConfig) {
    page.adopt(Preset::Village, config.clone());
    page.act.set(None);
    // Where only what is learnt differs, the society is taken over, as after a visitor's own change.
    let command = if page.takes_over(&config) {
        Command::LoadOver
    } else {
        Command::Load
    };
    page.fit(&config);
    let session = page.session();
    session.load_by(command, config);
    session.start();
}

/// Opens a suggestion in the settings, and waits for the visitor.
pub fn open(page: Page, chapter: usize, at: usize) {
    let mut config = CHAPTERS[chapter].suggestion(at);
    config.engine = page.draft.with_untracked(|draft| draft.engine);
    page.adopt(Preset::Village, config);
    page.load_draft();
    page.course.update(|course| {
        course.chapters[chapter].tried = true;
        course.going = None;
    });
    crate::ui::app::focus("run");
}

/// Where the run stands that the course waits for; none when it waits for none.
pub fn standing(page: Page) -> Option<Standing> {
    page.course.with(|course| {
        let going = course.going.as_ref()?;
        Some(page.view.with(|view| {
            // The engine is told at once and answers later: until then the view shows the run before.
            if page.session().loaded().as_ref() != Some(&going.config) {
                return Standing::Elsewhere;
            }
            if view.config.is_none() || view.began_otherwise(&going.config) {
                return Standing::OnStage;
            }
            match view.phase() {
                Phase::Failed => Standing::Broken,
                Phase::Done if view.receipt.is_none() => Standing::Broken,
                Phase::Idle if !page.session().is_told_to_begin() => Standing::Held,
                phase if phase.is_working() && view.paused => Standing::Held,
                _ => Standing::OnStage,
            }
        }))
    })
}

/// Takes down what the run came to that the course waits for, once it is complete, and begins the next
/// one; `arrived` hears of it when a chapter has all of its runs.
pub fn watch(page: Page, arrived: impl Fn() + 'static) {
    let complete = Memo::new(move |_| {
        page.course.with(|course| {
            let going = course.going.as_ref()?;
            let found = page.view.with(|view| Found::of(view, &going.config))?;
            Some((going.chapter, going.run, found))
        })
    });
    Effect::new(move || {
        let Some((chapter, run, found)) = complete.get() else {
            return;
        };
        let all = CHAPTERS[chapter].runs.len();
        page.course.update(|course| {
            let progress = &mut course.chapters[chapter];
            progress.found.truncate(run);
            progress.found.push(found);
            course.going = None;
            course.fresh = (run + 1 == all).then_some(chapter);
        });
        if run + 1 < all {
            begin(page, chapter, run + 1);
        } else {
            arrived();
        }
    });
}
