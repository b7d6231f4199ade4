//! What is said in a scene, on the page. All of it is laid out from the beginning and shown beat by
//! beat, so that nothing moves when something is said.

use super::super::conversation::{compared, verdict};
use super::super::live::{flag, maybe};
use super::super::record::voice_mark;
use super::super::score::rating;
use super::super::settings::values::by_values;
use super::super::state::Page;
use super::super::text::Opening;
use super::super::words::Piece;
use super::{Beat, Staged};
use crate::lab::script::{Comment, Script};
use crate::lab::view::{Label, prose};
use leptos::prelude::*;
use std::sync::Arc;

/// Where the scene stands, for one of its parts.
#[derive(Clone, Copy)]
struct Cues {
    /// The place of the beat that is on.
    beat: Memo<usize>,
    /// Everything is shown at once.
    at_once: Memo<bool>,
    heard: RwSignal<usize>,
}

impl Cues {
    /// Whether this part is not on yet.
    fn is_ahead(self, place: usize) -> bool {
        self.beat.get() < place
    }

    /// Whether this part is on just now.
    fn is_on(self, place: usize) -> bool {
        self.beat.get() == place && !self.at_once.get()
    }

    /// Whether so many words of a part can't be heard yet.
    fn is_unheard(self, place: usize, word: usize) -> bool {
        self.beat.get() == place && self.heard.get() <= word
    }
}

/// Every line of a scene.
pub fn lines(page: Page, staged: &Arc<Staged>) -> AnyView {
    let text = page.opening();
    let scene = &text.scene;
    let script = &staged.script;
    let head = page.theatre.head;
    let cues = Cues {
        beat: Memo::new(move |_| head.get().beat),
        at_once: Memo::new(move |_| head.get().at_once),
        heard: page.theatre.heard,
    };
    let raised = script.raised.map(|raised| match raised {
        Label::Good => scene.raised_well,
        Label::Bad => scene.raised_badly,
    });
    let first_comment = 2;
    let comments = script
        .comments
        .iter()
        .zip(first_comment..)
        .map(|(one, place)| comment(text, cues, place, one))
        .collect_view();
    let whose = staged
        .voice
        .map(|voice| view! { <p class="spoken-by">{voice_mark(page, voice)}</p> });
    let (pieces, note) = match &script.ending {
        Some(ending) => compared(&script.draft, &ending.revision),
        None => (vec![Piece::Kept(prose(&script.draft))], None),
    };
    // Where next to nothing is left of the first answer, marking all of it would say nothing.
    let marks = note.is_none();
    let after = first_comment + script.comments.len();
    // The words that the second answer drops are struck out once it is spoken, and not before.
    let draft = spoken(cues, 1, &pieces, false, marks.then_some(after));
    let heard_all = !script.comments.is_empty();
    let neighbours = (heard_all || script.ending.is_some()).then(|| {
        let inside = if heard_all {
            view! { <ul class="comments">{comments}</ul> }.into_any()
        } else {
            view! { <p class="aside">{scene.neighbour_none}</p> }.into_any()
        };
        part(cues, first_comment, None, scene.neighbours, inside)
    });
    let ending = script.ending.as_ref().map(|ending| {
        let note = note.map(|note| note.words(text)).map(|note| {
            view! { <p class="aside" class:unheard=flag(move || cues.is_unheard(after, usize::MAX - 1))>{note}</p> }
        });
        let said = spoken(cues, after, &pieces, true, marks.then_some(after));
        let words = view! { <p class="speech" lang="en">{said}</p>{note} }.into_any();
        let judged = after + 1;
        let verdict = verdict(text, ending, None);
        view! {
            {part(cues, after, Some(after), scene.revision, words)}
            <div class:ahead=flag(move || cues.is_ahead(judged)) class:on=flag(move || cues.is_on(judged)) class="beat">{verdict}</div>
            {by_values(page, script.round).filter(|_| page.theatre.recording.with_untracked(Option::is_none)).map(|line| view! { <p class="aside by-values" class:ahead=flag(move || cues.is_ahead(judged))>{line}</p> })}
        }
        .into_any()
    });
    let waits = (!staged.timing.whole).then(|| {
        let words = if script.comments.is_empty() {
            scene.thinking_neighbours
        } else {
            scene.thinking_revision
        };
        let last = staged.timing.last();
        maybe(move || {
            (!cues.is_ahead(last)).then(|| view! { <p class="waiting">{words}</p> }.into_any())
        })
    });
    view! {
        <p class="who"><strong>{(scene.person)(u32::from(script.author))}</strong>{raised.map(|raised| view! { <span>{raised}</span> })}</p>
        {part(cues, 0, Some(0), scene.asks, view! { <p class="question" lang="en">{prose(&script.question)}</p> }.into_any())}
        {whose}
        {part(cues, 1, Some(1), scene.draft, view! { <p class="speech" lang="en">{draft}</p> }.into_any())}
        {neighbours}
        {ending}
        {waits}
    }
    .into_any()
}

/// A part of the scene under its name; it is on in one beat, or in several that mark themselves.
fn part(
    cues: Cues,
    place: usize,
    on: Option<usize>,
    name: &'static str,
    inside: AnyView,
) -> AnyView {
    let is_on = move || on.is_some_and(|place| cues.is_on(place));
    view! { <div class="line beat" class:ahead=flag(move || cues.is_ahead(place)) class:on=flag(is_on)><h3>{name}</h3>{inside}</div> }
        .into_any()
}

/// An answer, heard word by word. What only this one of the two has is marked from the beat on in
/// which the second one has been heard.
fn spoken(
    cues: Cues,
    place: usize,
    pieces: &[Piece],
    after: bool,
    compared: Option<usize>,
) -> AnyView {
    let mut count = 0;
    let marked = move || {
        compared.is_some_and(|beat| !cues.is_ahead(beat) && !cues.is_unheard(beat, usize::MAX - 1))
    };
    let mut made = Vec::new();
    for piece in pieces {
        let (words, class) = match piece {
            Piece::Kept(words) => (words, ""),
            Piece::Dropped(words) if !after => (words, "dropped"),
            Piece::Added(words) if after => (words, "added"),
            _ => continue,
        };
        let mut run = Vec::new();
        for word in words.split_whitespace() {
            let mine = count;
            count += 1;
            let space = if mine > 0 && !run.is_empty() { " " } else { "" };
            run.push(view! { {space}<span class:unheard=flag(move || cues.is_unheard(place, mine))>{word.to_owned()}</span> }.into_any());
        }
        let space = if made.is_empty() { "" } else { " " };
        let run = run.collect_view();
        made.push(match class {
            "dropped" => view! { {space}<del class:marked=flag(marked)>{run}</del> }.into_any(),
            "added" => view! { {space}<ins class:marked=flag(marked)>{run}</ins> }.into_any(),
            _ => view! { {space}{run} }.into_any(),
        });
    }
    made.collect_view().into_any()
}

fn comment(text: &'static Opening, cues: Cues, place: usize, said: &Comment) -> AnyView {
    let scene = &text.scene;
    let words = reason(text, said);
    let flies = move || cues.is_unheard(place, 0);
    view! {
        <li class="beat" class:ahead=flag(move || cues.is_ahead(place)) class:on=flag(move || cues.is_on(place)) class:flies=flag(flies)>
            {rating(said.rating)}
            <span class="peer">{(scene.person)(u32::from(said.peer))}</span>
            <span class="reason" lang="en">{words}</span>
        </li>
    }
    .into_any()
}

/// Why a neighbour rates as they do, and that it could not be read where that is so.
fn reason(text: &Opening, said: &Comment) -> String {
    let mut words = prose(&said.reason);
    if words.trim().is_empty() {
        words = text.scene.no_reason.to_owned();
    }
    if said.rating.is_none() {
        words = format!("({}) {words}", text.scene.unreadable);
    }
    words
}

/// A beat in one line.
pub fn told(text: &Opening, script: &Script, beat: Beat) -> String {
    let scene = &text.scene;
    let person = |id: u16| (scene.person)(u32::from(id));
    let author = person(script.author);
    let scored =
        |score: Option<u8>| score.map_or_else(|| "?".to_owned(), |score| score.to_string());
    match (beat, &script.ending) {
        (Beat::Question, _) => format!("{author}. {}: {}", scene.asks, prose(&script.question)),
        (Beat::Draft, _) => format!("{author}. {}: {}", scene.draft, prose(&script.draft)),
        (Beat::Comment(place), _) => script.comments.get(place).map_or_else(String::new, |said| {
            let rating = scored(said.rating);
            format!(
                "{}. {}: {rating}. {}",
                person(said.peer),
                scene.rating,
                reason(text, said)
            )
        }),
        (Beat::Revision, Some(ending)) => {
            format!("{author}. {}: {}", scene.revision, prose(&ending.revision))
        }
        (Beat::Verdict, Some(ending)) => {
            let pair = |[before, after]: [Option<u8>; 2]| {
                format!("{} → {}", scored(before), scored(after))
            };
            format!(
                "{}, {}. {}: {}. {}: {}.",
                scene.observers,
                scene.before_after,
                scene.alignment,
                pair(ending.alignment),
                scene.engagement,
                pair(ending.engagement),
            )
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::view::Interaction;
    use crate::ui::text::Language;

    #[test]
    fn every_beat_can_be_told_in_every_language() {
        let mut one = Interaction::example();
        one.target_id = vec![7];
        one.rating = vec![Some(2)];
        one.feedback = vec!["that is not kind .".into()];
        let script = Script::from(&one);
        for language in Language::ALL {
            let text = language.opening();
            let beats = [Beat::Draft, Beat::Comment(0), Beat::Revision, Beat::Verdict];
            let told: Vec<String> = beats.map(|beat| told(text, &script, beat)).into();
            assert!(told[0].ends_with("Take it."), "{told:?}");
            assert!(
                told[1].contains('7') && told[1].contains(": 2."),
                "{told:?}"
            );
            assert!(told[2].ends_with("Ask for it."), "{told:?}");
            assert!(
                told[3].contains("2 → 6") && told[3].contains("4 → 4"),
                "{told:?}"
            );
        }
    }
}
