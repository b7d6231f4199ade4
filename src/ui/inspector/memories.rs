//! What somebody remembers now: asked of the engine, newest first, searched and shown in portions.

use super::super::live::{act, live, maybe, value, words};
use super::super::search::spelt;
use super::super::state::Page;
use crate::lab::view::prose;
use leptos::prelude::*;
use std::sync::Arc;

/// Memories shown at first, and added at a time.
const PORTION: usize = 12;

/// Question and answer, in the order learnt.
type Memories = Arc<Vec<(String, String)>>;

/// The places of those that have the words, newest first.
fn with_words(memories: &[(String, String)], words: &str) -> Vec<usize> {
    let found = memories
        .iter()
        .enumerate()
        .rev()
        .filter(|(_, (question, answer))| question.contains(words) || answer.contains(words));
    found.map(|(place, _)| place).collect()
}

/// The list, asked for as it is opened.
pub fn memories(page: Page, agent: u16) -> AnyView {
    if super::is_guest(page) {
        return ().into_any();
    }
    let text = &page.text().inspector;
    let known = RwSignal::new(None::<Result<Memories, String>>);
    let typed = RwSignal::new(String::new());
    let most = RwSignal::new(PORTION);
    let ask = move || {
        known.set(None);
        page.recollect(agent, move |answer| {
            let answer = answer.map(Arc::new).map_err(|failure| failure.message);
            // The dialog may show something else by now.
            known.try_set(Some(answer));
        });
    };
    ask();
    let found = Memo::new(move |_| {
        let wanted = spelt(&typed.get());
        known.with(|known| match known {
            Some(Ok(memories)) => with_words(memories, &wanted),
            _ => Vec::new(),
        })
    });
    let all = Memo::new(move |_| {
        known.with(|known| match known {
            Some(Ok(memories)) => memories.len(),
            _ => 0,
        })
    });
    let count = move || {
        let there = known.with(|known| matches!(known, Some(Ok(_))));
        there.then(|| (text.remember_found)(found.with(Vec::len) as u32, all.get() as u32))
    };
    let list = move || match known.get() {
        None => view! { <p class="waiting">{text.busy}</p> }.into_any(),
        Some(Err(why)) => {
            view! { <p class="fault">{text.no_answer}" "<span lang="en">{why}</span></p> }
                .into_any()
        }
        Some(Ok(memories)) => {
            let found = found.get();
            if found.is_empty() {
                return view! { <p class="aside">{text.remember_none}</p> }.into_any();
            }
            let shown = found
                .iter()
                .take(most.get())
                .filter_map(|place| memories.get(*place));
            let shown = shown.map(|(question, answer)| view! { <li><q>{prose(question)}</q><p>{prose(answer)}</p></li> });
            view! { <ol class="memories" lang="en">{shown.collect_view()}</ol> }.into_any()
        }
    };
    let rest = move || found.with(Vec::len).saturating_sub(most.get()).min(PORTION);
    let more = move || {
        (rest() > 0).then(|| {
            view! { <button type="button" class="quiet" on:click=act(move |_| most.update(|most| *most += PORTION))>{(text.more)(rest() as u32)}</button> }.into_any()
        })
    };
    let typing = move |event| {
        most.set(PORTION);
        typed.set(event_target_value(&event));
    };
    view! {
        <section class="remembered" aria-labelledby="remembered-title">
            <div class="record-head">
                <h3 id="remembered-title">{text.remember}</h3>
                <span class="aside" id="memories-found" role="status">{words(count)}</span>
                <label>
                    <span class="hidden">{text.remember_search}</span>
                    <input type="search" id="memory-search" placeholder=text.remember_search prop:value=value(move || typed.get()) on:input=act(typing) />
                </label>
            </div>
            {live(list)}
            <p class="more-line">{maybe(more)}" "<button type="button" class="quiet" on:click=act(move |_| ask())>{text.remember_again}</button></p>
        </section>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memories_come_newest_first_and_by_their_words() {
        let known = [
            ("why sing ?", "for joy ."),
            ("why cry ?", "let it be ."),
            ("who ?", "sing on ."),
        ];
        let known: Vec<(String, String)> = known.map(|(q, a)| (q.to_owned(), a.to_owned())).into();
        assert_eq!(with_words(&known, ""), [2, 1, 0]);
        assert_eq!(with_words(&known, &spelt("Sing")), [2, 0]);
        assert_eq!(with_words(&known, "dance"), [0usize; 0]);
    }
}
