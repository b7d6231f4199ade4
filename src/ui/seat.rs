//! A person in somebody's seat: choosing it, being asked, and saying something.

use super::fault::{Fault, fault_line};
use super::live::{act, flag, live, maybe, value, words};
use super::score;
use super::search::spelt;
use super::state::Page;
use super::text::Text;
use crate::lab::config::Seat;
use crate::lab::view::{Asked, Purpose, prose};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;

/// How long a village that goes on waits for somebody who has not begun to type.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
/// Most words the village takes; the engine says so too.
const MOST_WORDS: usize = 70;

impl Page {
    /// Takes a seat, or gives it up; from the next run on.
    pub fn sit(self, agent: Option<u16>) {
        self.pass_opened();
        self.draft.update(|draft| {
            let waits = draft.society.seat.is_none_or(|seat| seat.waits);
            draft.society.seat = agent.map(|agent| Seat { agent, waits });
        });
    }

    /// Whose seat the person will have in the next run.
    pub fn seat_to_be(self) -> Option<u16> {
        self.draft
            .with(|draft| draft.society.seat.map(|seat| seat.agent))
    }

    /// The seat that the person has in the run on stage, as long as anybody may be asked something.
    pub fn seat_taken(self) -> Option<Seat> {
        self.view.with(|view| {
            let config = view.config.as_ref()?;
            let talks = matches!(
                view.phase(),
                crate::lab::Phase::Preparing | crate::lab::Phase::Simulating
            );
            config.society.seat.filter(|_| talks)
        })
    }
}

/// Where the seat stands that will be theirs, and the way to give it up.
pub fn seat_note(page: Page) -> AnyView {
    let text = page.text();
    let seat = &text.seat;
    let begun = Memo::new(move |_| {
        page.view
            .with(|view| view.phase() != crate::lab::Phase::Idle)
    });
    let to_be = Memo::new(move |_| page.seat_to_be());
    let taken = Memo::new(move |_| page.seat_taken());
    maybe(move || {
        let agent = to_be.get()?;
        let whose = (seat.will_sit)(&(text.scene.person)(u32::from(agent)));
        let later = begun.get() && taken.get().map(|seat| seat.agent) != Some(agent);
        let line = format!("{whose} {}", if later { seat.after_this } else { "" });
        Some(
            view! {
                <p class="seat-note" role="status">{line}" "<button type="button" class="quiet" on:click=act(move |_| page.sit(None))>{seat.get_up}</button></p>
            }
            .into_any(),
        )
    })
}

/// The choice of a seat before anybody can be clicked.
#[component]
pub fn TakeSeat() -> impl IntoView {
    let page = Page::here();
    let seat = &page.text().seat;
    let typed = RwSignal::new(String::new());
    let fault = RwSignal::new(false);
    let most = Memo::new(move |_| page.draft.with(|draft| draft.society.agents() - 1));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let number = typed.get_untracked().trim().parse::<u16>().ok();
        let agent = number.filter(|agent| *agent <= most.get_untracked());
        fault.set(agent.is_none());
        if agent.is_some() {
            page.sit(agent);
        }
    };
    view! {
        <details class="take-seat">
            <summary>{seat.title}</summary>
            <form on:submit=send>
                <p class="aside">{seat.hint}</p>
                <div class="happening-fields">
                    <label class="field"><span>{seat.choose}</span>
                        <input id="seat-number" type="text" inputmode="numeric" autocomplete="off" aria-describedby="seat-fault" aria-invalid=value(move || fault.get().to_string())
                            prop:value=value(move || typed.get()) on:input=act(move |event| { fault.set(false); typed.set(event_target_value(&event)); }) />
                    </label>
                    <button type="submit" id="sit-down">{seat.sit_down}</button>
                </div>
                <p class="fault" id="seat-fault">{words(move || fault.get().then(|| (seat.choose_fault)(u32::from(most.get()))))}</p>
            </form>
            {seat_note(page)}
        </details>
    }
    .into_any()
}

/// What is wanted of the person, as it is read aloud.
fn told(text: &Text, asked: &Asked) -> String {
    let person = |id: u16| (text.scene.person)(u32::from(id));
    match asked.purpose {
        Purpose::Draft => (text.seat.told_draft)(&person(asked.speaker)),
        Purpose::Critique => (text.seat.told_critique)(&person(asked.author)),
        Purpose::Revision => (text.seat.told_revision)(&person(asked.speaker)),
    }
}

/// What the person is shown before they say something.
fn shown(text: &'static Text, asked: &Asked) -> AnyView {
    let seat = &text.seat;
    let person = |id: u16| (text.scene.person)(u32::from(id));
    let draft = asked.draft.as_ref().map(|draft| {
        let name = if asked.purpose == Purpose::Critique {
            (seat.says)(&person(asked.author))
        } else {
            seat.your_draft.to_owned()
        };
        view! { <div class="line"><h3>{name}</h3><p class="speech" lang="en">{prose(draft)}</p></div> }
    });
    let comments = asked.comments.iter().map(|(peer, rating, reason)| {
        view! { <li>{score::rating(*rating)}<span class="peer">{person(*peer)}</span><span class="reason" lang="en">{prose(reason)}</span></li> }
    });
    let heard = (asked.purpose == Purpose::Revision).then(|| {
        let rating = asked.rating.map(|rating| (seat.heard_rating)(u32::from(rating)));
        view! {
            <div class="line"><h3>{seat.heard}</h3><ul class="comments">{comments.collect_view()}</ul><p class="aside">{rating}</p></div>
        }
    });
    view! {
        <div class="line"><h3>{seat.asked}</h3><p class="question" lang="en">{prose(&asked.question)}</p></div>
        {draft}
        {heard}
    }
    .into_any()
}

/// Moves the keyboard to where the person is to act, unless they are busy elsewhere.
fn come_here(purpose: Purpose) {
    let busy = document().active_element().is_some_and(|active| {
        let within = |selector: &str| active.closest(selector).is_ok_and(|found| found.is_some());
        within("input, textarea, select, dialog") && !within(".seat-panel")
    });
    if !busy && !super::help::is_covered() {
        super::app::focus(if purpose == Purpose::Critique {
            "seat-rating-4"
        } else {
            "seat-words"
        });
    }
}

#[component]
pub fn SeatPanel() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let seat = &text.seat;
    let taken = Memo::new(move |_| page.seat_taken());
    let asked = Memo::new(move |_| page.view.with(|view| view.waiting.clone()));
    let waiting = asked;
    let typed = RwSignal::new(String::new());
    let rating = RwSignal::new(None::<u8>);
    let fault = RwSignal::new(Fault::default());
    let sending = RwSignal::new(false);
    Effect::new(move || {
        let Some(asked) = asked.get() else {
            return;
        };
        let draft = asked
            .draft
            .as_ref()
            .filter(|_| asked.purpose == Purpose::Revision);
        let asked_prompt = asked.prompt;
        let began = draft.map(|draft| prose(draft)).unwrap_or_default();
        typed.set(began.clone());
        rating.set(None);
        fault.set(Fault::default());
        sending.set(false);
        if taken.get_untracked().is_some_and(|seat| !seat.waits) {
            let at_a_loss = move || {
                let now = waiting.try_get_untracked().flatten();
                let idle = typed.try_with_untracked(|typed| typed.trim() == began.trim());
                if idle == Some(true) && now.is_some_and(|now| now.prompt == asked_prompt) {
                    page.pass(asked_prompt);
                }
            };
            set_timeout(at_a_loss, PATIENCE);
        }
        // After the panel has been made.
        request_animation_frame(move || come_here(asked.purpose));
    });
    let count = Memo::new(move |_| typed.with(|typed| spelt(typed).split_whitespace().count()));
    let send = move || {
        let Some(asked) = asked.get_untracked().filter(|_| !sending.get_untracked()) else {
            return;
        };
        let is_critique = asked.purpose == Purpose::Critique;
        let words = typed.get_untracked();
        let why = if is_critique && rating.get_untracked().is_none() {
            seat.no_rating
        } else if words.trim().is_empty() {
            seat.empty
        } else if count.get_untracked() > MOST_WORDS {
            seat.too_long
        } else {
            ""
        };
        fault.set(Fault::found(why));
        if !why.is_empty() {
            return;
        }
        sending.set(true);
        let rating = rating.get_untracked().filter(|_| is_critique);
        page.say(asked.prompt, rating, words, move |said| {
            if said.is_ok() {
                // The form is gone, and the keyboard is not to be nowhere.
                request_animation_frame(|| super::app::focus("seat-waiting"));
            }
            if let Err(failure) = said {
                // What was typed stays; the panel may be gone by now.
                fault.try_set(Fault::told(seat.refused, failure));
                sending.try_update(|sending| *sending = false);
            }
        });
    };
    let keys = move |event: KeyboardEvent| {
        if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
            event.prevent_default();
            send();
        }
    };
    let pip = move |value: u8| {
        let chosen = flag(move || rating.get() == Some(value));
        view! {
            <label><input type="radio" name="seat-rating" id=format!("seat-rating-{value}") prop:checked=chosen on:change=act(move |_| rating.set(Some(value))) />{score::rating(Some(value))}</label>
        }
        .into_any()
    };
    let ratings = move || {
        view! {
            <fieldset class="seat-rating">
                <legend>{seat.rating}</legend>
                <span class="aside">{seat.rating_ends[0]}</span>{(1..=7).map(pip).collect_view()}<span class="aside">{seat.rating_ends[1]}</span>
            </fieldset>
        }
        .into_any()
    };
    let form = move |asked: Asked| {
        let (purpose, prompt) = (asked.purpose, asked.prompt);
        let name = match purpose {
            Purpose::Draft => seat.answer,
            Purpose::Critique => seat.reason,
            Purpose::Revision => seat.revision,
        };
        let typing = move |event: leptos::ev::Event| {
            let area = event
                .target()
                .and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok());
            if let Some(area) = area {
                typed.set(area.value());
            }
        };
        view! {
            {shown(text, &asked)}
            <form class="seat-form" on:submit=move |event| { event.prevent_default(); send(); } on:keydown=act(keys)>
                {(purpose == Purpose::Critique).then(ratings)}
                <label class="field">
                    <span>{name}</span>
                    <textarea id="seat-words" rows="3" lang="en" maxlength="800" aria-describedby="seat-count seat-words-fault" prop:value=value(move || typed.get()) on:input=act(typing)></textarea>
                </label>
                <div class="seat-foot">
                    <button type="button" id="pass" class="quiet" on:click=act(move |_| page.pass(prompt))>{seat.pass}</button>
                    <p class="aside" id="seat-count">{words(move || (seat.words)(count.get() as u32, MOST_WORDS as u32))}" · "{seat.vocabulary}</p>
                    <button type="submit" id="say" class="primary" disabled=flag(move || sending.get())>{seat.say}<kbd>{seat.keys}</kbd></button>
                </div>
                {fault_line("seat-words-fault", fault)}
            </form>
        }
        .into_any()
    };
    let body = move || match asked.get() {
        Some(asked) => form(asked),
        None => {
            view! { <p class="waiting" id="seat-waiting" tabindex="-1">{seat.wait}</p> }.into_any()
        }
    };
    let panel = move |taken: Seat| {
        let whose = (seat.yours)(&(text.scene.person)(u32::from(taken.agent)));
        let class = move || {
            if asked.with(Option::is_some) {
                "panel seat-panel asked"
            } else {
                "panel seat-panel"
            }
        };
        view! {
            <section class=value(move || class().to_owned()) aria-labelledby="seat-title">
                <div class="panel-head">
                    <h2 id="seat-title">{whose}</h2>
                    <button type="button" id="leave-seat" class="plain" on:click=act(move |_| page.stand_up())>{seat.leave}</button>
                </div>
                {(!taken.waits).then(|| view! { <p class="aside">{seat.patience}</p> })}
                {live(body)}
            </section>
        }
        .into_any()
    };
    view! {
        <p class="hidden" role="status">{words(move || asked.with(|asked| asked.as_ref().map(|asked| told(text, asked))))}</p>
        {maybe(move || taken.get().map(panel))}
    }
    .into_any()
}
