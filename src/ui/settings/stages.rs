//! Learning in stages: the list of them, and which one the fields below it are about.
//!
//! Fields and choices know the first stage only. While another one is on hand, the settings are
//! turned so that it stands in the first one's place, and turned back before they are kept.

use super::controls::{change, choice};
use crate::lab::RunConfig;
use crate::lab::config::{DataConfig, MOST_STAGES, TrainingConfig};
use crate::lab::pipeline::Pipeline;
use crate::ui::live::{act, flag, live, value};
use crate::ui::state::Page;
use crate::ui::text::Text;
use leptos::prelude::*;

/// Puts a stage in the first one's place, or back.
pub fn turn(config: &mut RunConfig, stage: usize) {
    if let Some(later) = stage.checked_sub(1).and_then(|at| config.then.get_mut(at)) {
        std::mem::swap(&mut config.training, later);
    }
}

/// The stage on hand.
pub fn on_hand(page: Page) -> usize {
    let most = page.draft.with(|draft| draft.then.len());
    page.stage.get().min(most)
}

/// Looks at the draft with the stage on hand in the first one's place.
pub fn look<T>(page: Page, read: impl FnOnce(&RunConfig) -> T) -> T {
    match on_hand(page) {
        0 => page.draft.with(read),
        stage => {
            let mut config = page.draft.get();
            turn(&mut config, stage);
            read(&config)
        }
    }
}

/// What a stage learns from, as a name.
pub fn name(text: &Text, data: &DataConfig) -> &'static str {
    let parts = [data.imitation, data.self_critic, data.realignment];
    let named = match parts.map(|part| part > 0) {
        [true, false, false] => 0,
        [false, true, false] => 1,
        [false, false, true] => 2,
        _ => 3,
    };
    text.learning.stage_names[named]
}

/// What can be done with the stage on hand.
#[derive(Clone, Copy)]
enum Deed {
    Add,
    Duplicate,
    Earlier,
    Later,
    Remove,
}

impl Deed {
    const ALL: [Deed; 5] = [
        Deed::Add,
        Deed::Duplicate,
        Deed::Earlier,
        Deed::Later,
        Deed::Remove,
    ];

    /// Whether it can be done with a stage of so many.
    fn can(self, stage: usize, stages: usize) -> bool {
        match self {
            Deed::Add | Deed::Duplicate => stages < MOST_STAGES,
            Deed::Earlier => stage > 0,
            Deed::Later => stage + 1 < stages,
            Deed::Remove => stages > 1,
        }
    }

    /// Does it; gives the stage that is on hand then.
    fn done(self, stages: &mut Vec<TrainingConfig>, stage: usize) -> usize {
        match self {
            Deed::Add => {
                stages.push(TrainingConfig::default());
                stages.len() - 1
            }
            Deed::Duplicate => {
                stages.insert(stage, stages[stage].clone());
                stage + 1
            }
            Deed::Earlier => {
                stages.swap(stage, stage - 1);
                stage - 1
            }
            Deed::Later => {
                stages.swap(stage, stage + 1);
                stage + 1
            }
            Deed::Remove => {
                stages.remove(stage);
                stage.min(stages.len() - 1)
            }
        }
    }
}

fn deed(config: &mut RunConfig, stage: usize, deed: Deed) -> usize {
    let mut stages: Vec<TrainingConfig> = config.stages().cloned().collect();
    if !deed.can(stage, stages.len()) {
        return stage;
    }
    let next = deed.done(&mut stages, stage);
    config.then = stages.split_off(1);
    config.training = stages.remove(0);
    next
}

/// The ready-made ways to learn, the list of stages, and what can be done with the one on hand.
pub fn list(page: Page) -> AnyView {
    let text = page.text();
    let learning = &text.learning;
    let read = |config: &RunConfig| {
        let followed = Pipeline::of(config);
        let place = Pipeline::ALL.iter().position(|one| Some(*one) == followed);
        Some(place.unwrap_or(Pipeline::ALL.len()))
    };
    let write = |config: &mut RunConfig, place: usize| {
        if let Some(pipeline) = Pipeline::ALL.get(place) {
            pipeline.apply(config);
        }
    };
    let pipeline = choice(
        page,
        "pipeline",
        learning.pipeline,
        &learning.pipeline_names,
        &learning.pipeline_lines,
        read,
        write,
    );
    let tab = move |(at, stage): (usize, TrainingConfig)| {
        let turn_to = act(move |_| {
            // What is typed belongs to the stage it was typed for.
            if !page.balks() {
                page.stage.set(at);
            }
        });
        let on = move || if on_hand(page) == at { "step" } else { "false" };
        let words = name(text, &stage.data);
        let steps = (learning.steps)(stage.steps.into());
        view! {
            <li><button type="button" class="tab" on:click=turn_to aria-current=value(move || on().to_owned())><b>{format!("{} {words}", at + 1)}</b><small>{steps}</small></button></li>
        }
        .into_any()
    };
    let stages = Memo::new(move |_| {
        page.draft
            .with(|draft| draft.stages().cloned().collect::<Vec<_>>())
    });
    let tabs = live(move || {
        let stages = stages.get();
        view! { <ol class="stages" id="stages">{stages.into_iter().enumerate().map(tab).collect_view()}</ol> }.into_any()
    });
    let button = move |(kind, words): (Deed, &'static str)| {
        let cannot =
            flag(move || !kind.can(on_hand(page), page.draft.with(|draft| draft.then.len()) + 1));
        let go = act(move |_| {
            if page.balks() {
                return;
            }
            let stage = on_hand(page);
            // Nothing is turned while stages change places.
            page.stage.set(0);
            let mut next = stage;
            change(page, |draft| next = deed(draft, stage, kind));
            page.stage.set(next);
        });
        view! { <button type="button" class="quiet" disabled=cannot on:click=go>{words}</button> }
            .into_any()
    };
    view! {
        <div class="settings-grid">{pipeline}</div>
        <h4 class="stages-title">{learning.stages}</h4>
        {tabs}
        <div class="stage-deeds">{Deed::ALL.into_iter().zip(learning.deeds).map(button).collect_view()}</div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_are_added_copied_moved_and_removed_and_turning_twice_changes_nothing() {
        let mut config = RunConfig::default();
        let steps = |config: &RunConfig| config.stages().map(|one| one.steps).collect::<Vec<_>>();
        config.training.steps = 1;
        assert_eq!(deed(&mut config, 0, Deed::Add), 1);
        config.then[0].steps = 2;
        assert_eq!(deed(&mut config, 0, Deed::Duplicate), 1);
        assert_eq!(steps(&config), [1, 1, 2]);
        assert_eq!(deed(&mut config, 2, Deed::Earlier), 1);
        assert_eq!(steps(&config), [1, 2, 1]);
        assert_eq!(deed(&mut config, 0, Deed::Later), 1);
        assert_eq!(steps(&config), [2, 1, 1]);
        assert_eq!(deed(&mut config, 1, Deed::Add), 3);
        assert_eq!(deed(&mut config, 1, Deed::Duplicate), 1, "there are four");
        for _ in 0..5 {
            deed(&mut config, 0, Deed::Remove);
        }
        assert_eq!(config.then.len(), 0, "the last one stays");
        for stage in 0..5 {
            let before = config.clone();
            turn(&mut config, stage);
            turn(&mut config, stage);
            assert_eq!(config, before);
        }
    }
}
