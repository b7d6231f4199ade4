//! What a visitor does to a society that lives: other norms, a rumour, silence, a role.
//!
//! It happens at the next round and becomes part of the run's settings, and so of its link.

use super::fault::{Fault, fault_line};
use super::live::{act, flag, live, maybe, value, words};
use super::state::Page;
use super::text::Text;
use crate::lab::Phase;
use crate::lab::config::{Profile, Role, What};
use crate::lab::view::prose;
use leptos::prelude::*;

/// What happens, in words, and what is said in the village's English after them.
pub fn told(text: &Text, what: &What) -> (String, String) {
    let reel = &text.replay;
    let person = |agent: &u16| (text.scene.person)(u32::from(*agent));
    let words = match what {
        What::Norms(values) => {
            let profile = Profile::of(values);
            let place = profile.and_then(|one| Profile::ALL.iter().position(|other| *other == one));
            let name = text.scene.profiles[place.unwrap_or(Profile::ALL.len())];
            (reel.norms)(name)
        }
        What::Rumour { answer, .. } => return (reel.rumour.to_owned(), prose(answer)),
        What::Silence { agent, rounds: 0 } => (reel.speaks)(&person(agent)),
        What::Silence { agent, rounds } => (reel.silence)(&person(agent), u32::from(*rounds)),
        What::Role { agent, role } => (reel.given)(&person(agent), role_name(text, *role)),
        What::Said { text, .. } => return (String::new(), prose(text)),
    };
    (words, String::new())
}

/// A role in words.
pub fn role_name(text: &Text, role: Role) -> &'static str {
    let place = Role::ALL.iter().position(|one| *one == role).unwrap_or(0);
    text.inspector.roles[place]
}

/// The numbers of people in a text, none above `most`; none of it where something else is there.
pub fn numbers(typed: &str, most: u16) -> Option<Vec<u16>> {
    let parts = typed.split([',', '\u{ff0c}', '\u{3001}', ' ']);
    let parts = parts.filter(|part| !part.is_empty());
    parts
        .map(|part| part.parse().ok().filter(|number| *number <= most))
        .collect()
}

// Fields of the form.
const WHO: &str = "happening-who";
const QUESTION: &str = "happening-question";
const ANSWER: &str = "happening-answer";
const HEARERS: &str = "happening-hearers";
const ROUNDS: &str = "happening-rounds";

/// What is being filled in.
#[derive(Clone, Debug, Default)]
struct Form {
    kind: usize,
    profile: usize,
    question: String,
    answer: String,
    hearers: String,
    who: String,
    rounds: String,
    role: usize,
}

impl Form {
    /// What it says, or what is wrong with it.
    fn read(&self, text: &Text, most: u16) -> Result<What, Fault> {
        let reel = &text.replay;
        let nobody = |field| Fault::at(field, &(reel.who_fault)(u32::from(most)));
        let who = || match numbers(&self.who, most).as_deref() {
            Some([agent]) => Ok(*agent),
            _ => Err(nobody(WHO)),
        };
        Ok(match self.kind {
            0 => What::Norms(
                Profile::ALL
                    .get(self.profile)
                    .map(|one| one.values())
                    .unwrap_or_default(),
            ),
            1 => {
                let (question, answer) = (self.question.trim(), self.answer.trim());
                for (field, typed) in [(QUESTION, question), (ANSWER, answer)] {
                    if typed.is_empty() {
                        return Err(Fault::at(field, reel.words_fault));
                    }
                }
                What::Rumour {
                    question: question.to_owned(),
                    answer: answer.to_owned(),
                    hearers: numbers(&self.hearers, most).ok_or_else(|| nobody(HEARERS))?,
                }
            }
            2 => {
                let rounds = numbers(&self.rounds, u16::MAX);
                let Some([rounds]) = rounds.as_deref() else {
                    return Err(Fault::at(ROUNDS, reel.rounds_fault));
                };
                What::Silence {
                    agent: who()?,
                    rounds: *rounds,
                }
            }
            _ => What::Role {
                agent: who()?,
                role: Role::ALL.get(self.role).copied().unwrap_or_default(),
            },
        })
    }
}

/// A labelled field of the form. A rumour is told in the village's English.
fn field(
    (form, fault): (RwSignal<Form>, RwSignal<Fault>),
    id: &'static str,
    (name, hint): (&'static str, &'static str),
    read: fn(&Form) -> &String,
    write: fn(&mut Form) -> &mut String,
) -> AnyView {
    let typing = move |event| {
        let typed = event_target_value(&event);
        form.update(|form| *write(form) = typed);
        if fault.with_untracked(|fault| fault.field == Some(id)) {
            fault.set(Fault::default());
        }
    };
    let wrong = move || fault.with(|fault| fault.field == Some(id)).to_string();
    let language = matches!(id, QUESTION | ANSWER).then_some("en");
    view! {
        <label class="field">
            <span>{name}</span>
            <input type="text" id=id autocomplete="off" maxlength="400" lang=language aria-invalid=value(wrong) aria-describedby="happening-fault"
                prop:value=value(move || form.with(|form| read(form).clone())) on:input=act(typing) />
            {(!hint.is_empty()).then(|| view! { <small>{hint}</small> })}
        </label>
    }
    .into_any()
}

/// A labelled choice of the form.
fn choice(
    form: RwSignal<Form>,
    id: &'static str,
    name: &'static str,
    options: Vec<&'static str>,
    place: fn(&mut Form) -> &mut usize,
) -> AnyView {
    let option = |(at, words): (usize, &'static str)| {
        let chosen = flag(move || *place(&mut form.get()) == at);
        view! { <option value=at.to_string() selected=chosen>{words}</option> }
    };
    let change = move |event| {
        if let Ok(at) = event_target_value(&event).parse() {
            form.update(|form| *place(form) = at);
        }
    };
    view! {
        <label class="field"><span>{name}</span>
            <select id=id on:change=act(change)>{options.into_iter().enumerate().map(option).collect_view()}</select>
        </label>
    }
    .into_any()
}

/// What came or comes from outside, in the order of the settings: how, and what. A person's words
/// are in the record.
fn listed(page: Page) -> Vec<(bool, String, String)> {
    let text = page.text();
    page.view.with(|view| {
        let Some(config) = &view.config else {
            return Vec::new();
        };
        let from_outside = config.society.happenings.iter();
        let from_outside = from_outside.filter(|one| !matches!(one.what, What::Said { .. }));
        from_outside
            .map(|one| {
                let came = view.has_reached(one.round);
                let name = if came {
                    text.replay.did
                } else {
                    text.replay.will
                };
                let round = name(u32::from(one.round) + 1);
                let (words, said) = told(text, &one.what);
                (came, format!("{round}: {words}"), said)
            })
            .collect()
    })
}

#[component]
pub fn Happenings() -> impl IntoView {
    let page = Page::here();
    let text = page.text();
    let reel = &text.replay;
    let form = RwSignal::new(Form::default());
    let fault = RwSignal::new(Fault::default());
    let both = (form, fault);
    let lives = Memo::new(move |_| {
        page.view
            .with(|view| view.phase() == Phase::Simulating && !view.villagers.is_empty())
    });
    let too_late = Memo::new(move |_| {
        page.view.with(|view| {
            let config = view.config.as_ref();
            let rounds = config.map_or(0, |config| u32::from(config.society.rounds));
            view.round() >= rounds
        })
    });
    let list = Memo::new(move |_| listed(page));
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let people = page.view.with_untracked(|view| view.villagers.len());
        // A society has at most 1024 people.
        let most = u16::try_from(people.saturating_sub(1)).unwrap_or(u16::MAX);
        let what = form.with_untracked(|form| form.read(text, most));
        match what {
            Err(why) => {
                // Typing resets it; said again, it is heard again.
                let field = why.field;
                fault.set(why);
                if let Some(field) = field {
                    super::app::focus(field);
                }
            }
            Ok(what) => {
                fault.set(Fault::default());
                page.happen(what, move |done| {
                    // The panel may be gone by the time the answer is there.
                    match done {
                        Ok(()) => {
                            form.try_update(|form| {
                                let kind = form.kind;
                                *form = Form {
                                    kind,
                                    ..Form::default()
                                };
                            });
                        }
                        Err(failure) => {
                            fault.try_set(Fault::told(reel.refused, failure));
                        }
                    }
                });
            }
        }
    };
    let profiles = text.scene.profiles[..Profile::ALL.len()].to_vec();
    let kind = Memo::new(move |_| form.with(|form| form.kind));
    let who = move || {
        field(
            both,
            WHO,
            (reel.who, ""),
            |form| &form.who,
            |form| &mut form.who,
        )
    };
    let fields = move || match kind.get() {
        0 => choice(
            form,
            "happening-values",
            reel.whose_values,
            profiles.clone(),
            |form| &mut form.profile,
        ),
        1 => {
            let question = field(
                both,
                QUESTION,
                (reel.rumour_question, ""),
                |form| &form.question,
                |form| &mut form.question,
            );
            let answer = field(
                both,
                ANSWER,
                (reel.rumour_answer, ""),
                |form| &form.answer,
                |form| &mut form.answer,
            );
            let hearers = field(
                both,
                HEARERS,
                (reel.hearers, reel.hearers_hint),
                |form| &form.hearers,
                |form| &mut form.hearers,
            );
            view! { {question}{answer}{hearers} }.into_any()
        }
        2 => {
            let rounds = field(
                both,
                ROUNDS,
                (reel.rounds, reel.rounds_hint),
                |form| &form.rounds,
                |form| &mut form.rounds,
            );
            view! { {who()}{rounds} }.into_any()
        }
        _ => {
            let role = choice(
                form,
                "happening-role",
                reel.role,
                text.inspector.roles.to_vec(),
                |form| &mut form.role,
            );
            view! { {who()}{role} }.into_any()
        }
    };
    let body = move || {
        let fields = fields.clone();
        view! {
            <form class="happening" on:submit=send>
                <p class="aside">{reel.happenings_hint}</p>
                <div class="happening-fields">
                    {choice(form, "happening-kind", reel.what, reel.kinds.to_vec(), |form| &mut form.kind)}
                    {live(fields)}
                    <button type="submit" id="happen" disabled=flag(move || too_late.get())>{reel.do_it}</button>
                </div>
                {fault_line("happening-fault", fault)}
                <p class="aside">{words(move || too_late.get().then_some(reel.too_late))}</p>
            </form>
        }
        .into_any()
    };
    let lines = move || {
        let line = |(came, words, said): (bool, String, String)| view! { <li class=if came { "came" } else { "comes" }>{words}<span lang="en">{said}</span></li> };
        list.get().into_iter().map(line).collect_view().into_any()
    };
    let is_listed = Memo::new(move |_| list.with(|list| !list.is_empty()));
    let is_shown = Memo::new(move |_| lives.get() || is_listed.get());
    let panel = move || {
        let body = body.clone();
        view! {
            <section class="happenings">
                <details open=is_listed.get_untracked()>
                    <summary>{reel.happenings}</summary>
                    {maybe(move || lives.get().then(&body))}
                    <ul class="happened" aria-live="polite" aria-label=reel.marks>{live(lines)}</ul>
                </details>
            </section>
        }
        .into_any()
    };
    maybe(move || is_shown.get().then(&panel))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn numbers_are_read_however_they_are_written_and_nothing_else_is() {
        assert_eq!(numbers("3, 4,9", 9), Some(vec![3, 4, 9]));
        assert_eq!(numbers(" 3\u{ff0c}4\u{3001}9 ", 9), Some(vec![3, 4, 9]));
        assert_eq!(numbers("", 9), Some(Vec::new()));
        for typed in ["10", "three", "3; 4", "-1", "3.5"] {
            assert_eq!(numbers(typed, 9), None, "{typed}");
        }
    }

    #[test]
    fn a_form_says_what_is_to_happen_or_what_is_missing() {
        for language in Language::ALL {
            let text = language.text();
            let empty = |kind| Form {
                kind,
                ..Form::default()
            };
            for kind in 1..4 {
                assert!(
                    empty(kind)
                        .read(text, 8)
                        .is_err_and(|why| !why.words.is_empty() && why.field.is_some())
                );
            }
            let norms = Form {
                profile: 1,
                ..empty(0)
            }
            .read(text, 8);
            assert_eq!(norms, Ok(What::Norms(Profile::ALL[1].values())));
            let who = |who: &str, kind| Form {
                who: who.into(),
                rounds: "2".into(),
                role: 2,
                ..empty(kind)
            };
            assert_eq!(
                who("8", 2).read(text, 8),
                Ok(What::Silence {
                    agent: 8,
                    rounds: 2
                })
            );
            assert_eq!(
                who("0", 3).read(text, 8),
                Ok(What::Role {
                    agent: 0,
                    role: Role::Troll
                })
            );
            for nobody in ["", "9", "1, 2", "all"] {
                assert!(who(nobody, 2).read(text, 8).is_err(), "{nobody}");
            }
            let (told, _) = told(
                text,
                &What::Role {
                    agent: 4,
                    role: Role::Stubborn,
                },
            );
            assert!(
                told.contains('4') && told.contains(text.inspector.roles[1]),
                "{told}"
            );
        }
    }
}
