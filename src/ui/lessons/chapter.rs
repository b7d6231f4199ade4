//! A chapter: what it is about, a guess, its runs, what they came to, and what to try next.

use super::chapters::CHAPTERS;
use super::going::{self, Loses, Standing};
use super::strip::strip;
use super::{Place, link, reveal, words};
use crate::lab::view::Progress as Done;
use crate::ui::app::focus;
use crate::ui::live::{act, flag, live, maybe, value};
use crate::ui::state::{Link, Page};
use crate::ui::text::ChapterText;
use crate::ui::{icons, live, memory, transport};
use leptos::prelude::*;

/// A chapter, from 0.
pub fn chapter(page: Page, chapter: usize) -> AnyView {
    let text = words(page);
    let said = &text.chapters[chapter];
    let has_runs = !CHAPTERS[chapter].runs.is_empty();
    let complete = Memo::new(move |_| page.course.with(|course| course.is_done(chapter)));
    let opening = said.opening.iter().map(|words| view! { <p>{*words}</p> });
    let question = has_runs.then(|| predict(page, chapter, said));
    let running = has_runs.then(|| run(page, chapter));
    // What is tried belongs to what was seen; where nothing is to be seen it is all there is.
    let after = maybe(move || {
        (has_runs && complete.get()).then(|| {
            view! { {reveal::reveal(page, chapter)}{tries(page, chapter, said)} }.into_any()
        })
    });
    let sandbox = (!has_runs).then(|| tries(page, chapter, said));
    let told = move || {
        let fresh = page.course.with(|course| course.fresh == Some(chapter));
        fresh.then_some(text.arrived)
    };
    let number = (text.chapter_of)(chapter as u32 + 1, CHAPTERS.len() as u32);
    view! {
        <p class="lesson-number">{number}</p>
        <h2 id="lesson-title" tabindex="-1">{said.title}</h2>
        <p class="lesson-idea">{said.idea}</p>
        {opening.collect_view()}
        {question}
        {running}
        <p class="hidden" role="status">{live::words(told)}</p>
        <div id="lesson-result" tabindex="-1">{after}</div>
        {sandbox}
        {turning(page, chapter)}
    }
    .into_any()
}

/// The question and its answers. Once a run has begun, the guess stands.
fn predict(page: Page, chapter: usize, said: &'static ChapterText) -> AnyView {
    let text = words(page);
    let guess = Memo::new(move |_| page.course.with(|course| course.chapters[chapter].guess));
    let fixed = Memo::new(move |_| {
        page.course.with(|course| {
            let mine = |going: &super::progress::Going| going.chapter == chapter;
            course.going.as_ref().is_some_and(mine) || !course.chapters[chapter].found.is_empty()
        })
    });
    let answer = move |(place, words): (usize, &'static str)| {
        let choose = move |_| {
            page.course
                .update(|course| course.chapters[chapter].guess = Some(place))
        };
        let id = format!("guess-{place}");
        view! {
            <label class="guess" for=id.clone()>
                <input type="radio" name="guess" id=id.clone() prop:checked=flag(move || guess.get() == Some(place)) disabled=flag(move || fixed.get()) on:change=act(choose) />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="predict">
            <legend><span class="step-name">{text.guess}</span>" "{said.question}</legend>
            {said.answers.into_iter().enumerate().map(answer).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// The button, and what is going on.
fn run(page: Page, chapter: usize) -> AnyView {
    let text = words(page);
    let plan = &CHAPTERS[chapter];
    let runs = plan.runs.len();
    let said = &text.chapters[chapter];
    let state = Memo::new(move |_| {
        page.course.with(|course| {
            let mine = course
                .going
                .as_ref()
                .filter(|going| going.chapter == chapter);
            (
                mine.map(|going| going.run),
                course.chapters[chapter].guess.is_some(),
                course.is_done(chapter),
            )
        })
    });
    let standing = Memo::new(move |_| going::standing(page));
    let there = Memo::new(move |_| matches!(page.link.get(), Link::Fetching | Link::Ready));
    let begin = move |_| {
        if !state.get_untracked().1 {
            // The guess comes first; the words beside the button say so.
            focus("guess-0");
            return;
        }
        going::begin(page, chapter, 0);
        if memory::is_narrow() {
            focus("stage");
        }
    };
    let about = (text.takes)(runs as u32, plan.seconds);
    // What the run here would take the place of is said before, not after.
    let loses = Memo::new(move |_| going::loses(page));
    let place_of = move || {
        loses.get().map(|loses| match loses {
            Loses::Run => text.ends_run,
            Loses::Result => text.replaces_result,
            Loses::Settings => text.own_village,
        })
    };
    let before = move || {
        let guessed = state.get().1;
        let hint = if guessed {
            about.clone()
        } else {
            text.guess_first.to_owned()
        };
        view! {
            <button type="button" class="primary" id="lesson-run" aria-describedby="lesson-hint" disabled=flag(move || !there.get()) on:click=act(begin)>{icons::run()}<span>{text.run}</span></button>
            <p class="aside" id="lesson-hint">{hint}</p>
            <p class="aside" id="lesson-loses">{live::words(place_of)}</p>
        }
        .into_any()
    };
    let during = move |run: usize| {
        let name = said.runs[run];
        let which = if runs > 1 {
            (text.run_of)(run as u32 + 1, runs as u32, name)
        } else {
            name.to_owned()
        };
        let (words, help) = match standing.get() {
            Some(Standing::Elsewhere) => (text.elsewhere, true),
            Some(Standing::Broken) => (text.broken, true),
            Some(Standing::Held) => (text.held, false),
            Some(Standing::OnStage) | None => (text.on_stage, false),
        };
        let again = help.then(|| {
            let once_more = act(move |_| going::begin(page, chapter, run));
            view! { <button type="button" id="lesson-again" disabled=flag(move || !there.get()) on:click=once_more>{text.run_again}</button> }
        });
        view! {
            <p class="lesson-going"><strong>{which}</strong></p>
            <p class="aside">{words}</p>
            {again}
        }
        .into_any()
    };
    // Said apart from how far it has come, which changes many times a second.
    let told = live(move || match state.get() {
        (Some(run), ..) => during(run),
        (None, _, true) => ().into_any(),
        (None, ..) => before(),
    });
    let going_on = Memo::new(move |_| state.get().0.is_some());
    let bar = maybe(move || going_on.get().then(|| far(page)));
    let fresh = Memo::new(move |_| page.course.with(|course| course.fresh == Some(chapter)));
    view! {
        <div class="lesson-run" id="lesson-step" tabindex="-1">
            <span class="step-name">{text.run_step}</span>
            {told}
            {bar}
        </div>
        {maybe(move || (going_on.get() || fresh.get()).then(|| strip(page, fresh)))}
    }
    .into_any()
}

/// How far the work on hand has come.
fn far(page: Page) -> AnyView {
    let progress = Memo::new(move |_| page.view.with(|view| view.progress));
    let known = move |at: Option<Done>| at.filter(|at| at.total > 0);
    let done = move || known(progress.get()).map_or(String::new(), |at| at.done.to_string());
    let total = move || known(progress.get()).map_or("1".to_owned(), |at| at.total.to_string());
    let stage = move || {
        let stage = known(progress.get()).map(|at| at.stage)?;
        Some(transport::stage_words(page.opening(), stage))
    };
    view! {
        <progress aria-label=page.opening().frame.run prop:max=value(total) prop:value=value(done)></progress>
        <p class="aside lesson-stage">{live::words(stage)}</p>
    }
    .into_any()
}

/// What to try next: each opens in the settings and waits for Run.
fn tries(page: Page, chapter: usize, said: &'static ChapterText) -> AnyView {
    let text = words(page);
    let one = move |(at, (name, hint)): (usize, &'static (&'static str, &'static str))| {
        let open = act(move |_| going::open(page, chapter, at));
        let id = format!("try-{at}");
        view! { <li><button type="button" id=id on:click=open>{*name}</button><p class="aside">{*hint}</p></li> }
    };
    let opened = Memo::new(move |_| page.course.with(|course| course.chapters[chapter].tried));
    let note = move || {
        if opened.get() {
            text.opened
        } else {
            text.try_hint
        }
    };
    view! {
        <section class="tries" aria-labelledby="tries-title">
            <h3 id="tries-title">{text.try_it}</h3>
            <ul>{said.tries.iter().enumerate().map(one).collect_view()}</ul>
            <p class="aside">{live::words(note)}</p>
        </section>
    }
    .into_any()
}

/// On to the next chapter, and back to the one before.
fn turning(page: Page, chapter: usize) -> AnyView {
    let text = words(page);
    let title = |chapter: usize| text.chapters[chapter].title;
    let before = chapter.checked_sub(1).map(|before| {
        link(
            Place::Chapter(before),
            "",
            format!("{}{}", text.previous, title(before)),
        )
    });
    let next = chapter + 1;
    let on = if next < CHAPTERS.len() {
        link(
            Place::Chapter(next),
            "next-chapter",
            format!("{}{}", text.next, title(next)),
        )
    } else {
        link(Place::Contents, "next-chapter", text.all_chapters)
    };
    view! { <div class="turning-chapters">{on}{before}</div> }.into_any()
}
