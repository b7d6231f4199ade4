//! Happenings planned ahead: a list in the order of rounds, and a form that adds to it.
//!
//! What is typed stays in the form until it is something that can happen.

use super::controls::change;
use super::values;
use crate::lab::RunConfig;
use crate::lab::config::{Happening, Profile, Role, What};
use crate::lab::view::prose;
use crate::ui::app::focus;
use crate::ui::live::{act, flag, live, maybe, value, words};
use crate::ui::state::Page;
use crate::ui::text::Text;
use leptos::prelude::*;

/// Longest question or answer of a rumour, in words.
const MOST_WORDS: usize = 70;

/// What can be planned, by its place in the list of names; the last is a role.
const NORMS: usize = 0;
const RUMOUR: usize = 1;
const SILENCE: usize = 2;

/// A blank of the form. The order is that of the names in [`crate::ui::text`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Blank {
    Round,
    Who,
    Rounds,
    Question,
    Answer,
    Hearers,
}

impl Blank {
    fn id(self) -> String {
        format!("plan-{}", self as usize)
    }
}

/// The form as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// What is planned.
    kind: usize,
    /// Which profile the norms become, by its place.
    profile: usize,
    /// Which role somebody gets, by its place.
    role: usize,
    /// What was typed, by the place of the blank.
    typed: [String; 6],
    /// The blank that can't be read, once Add was pressed.
    fault: Option<Blank>,
}

impl Default for Plan {
    fn default() -> Self {
        let typed = ["2", "0", "1", "", "", ""].map(str::to_owned);
        Self {
            kind: NORMS,
            profile: 1,
            role: 2,
            typed,
            fault: None,
        }
    }
}

impl Plan {
    fn typed(&self, blank: Blank) -> &str {
        self.typed[blank as usize].trim()
    }

    /// A whole number of a blank.
    fn whole(&self, blank: Blank, low: u16, high: u16) -> Result<u16, Blank> {
        let number = self.typed(blank).parse::<u16>().ok();
        number
            .filter(|number| (low..=high).contains(number))
            .ok_or(blank)
    }

    /// Village words of a blank.
    fn said(&self, blank: Blank) -> Result<String, Blank> {
        let text = self.typed(blank);
        let count = text.split_whitespace().count();
        let speaks = text.chars().any(char::is_alphanumeric);
        if speaks && (1..=MOST_WORDS).contains(&count) {
            Ok(text.to_owned())
        } else {
            Err(blank)
        }
    }

    /// The happening that is planned.
    ///
    /// # Errors
    /// The first blank that can't be read in such a run.
    fn happening(&self, config: &RunConfig) -> Result<Happening, Blank> {
        let society = &config.society;
        let last = society.agents() - 1;
        let round = self.whole(Blank::Round, 1, society.rounds)? - 1;
        let what = match self.kind {
            NORMS => What::Norms(Profile::ALL[self.profile.min(Profile::ALL.len() - 1)].values()),
            RUMOUR => What::Rumour {
                question: self.said(Blank::Question)?,
                answer: self.said(Blank::Answer)?,
                hearers: self.hearers(last)?,
            },
            SILENCE => What::Silence {
                agent: self.whole(Blank::Who, 0, last)?,
                rounds: self.whole(Blank::Rounds, 0, 1000)?,
            },
            _ => What::Role {
                agent: self.whole(Blank::Who, 0, last)?,
                role: Role::ALL.get(self.role).copied().unwrap_or_default(),
            },
        };
        Ok(Happening { round, what })
    }

    /// Numbers of people, with whatever between; nothing means everybody.
    fn hearers(&self, last: u16) -> Result<Vec<u16>, Blank> {
        let parts = self.typed(Blank::Hearers).split(|letter: char| {
            letter.is_whitespace() || matches!(letter, ',' | ';' | '\u{ff0c}' | '\u{3001}')
        });
        let mut hearers: Vec<u16> = Vec::new();
        for part in parts.filter(|part| !part.is_empty()) {
            let agent = part.parse::<u16>().ok().filter(|agent| *agent <= last);
            let agent = agent.ok_or(Blank::Hearers)?;
            if !hearers.contains(&agent) {
                hearers.push(agent);
            }
        }
        Ok(hearers)
    }
}

/// Puts a happening where its round comes, behind those of the same round.
fn insert(all: &mut Vec<Happening>, happening: Happening) {
    let later = all.iter().position(|one| one.round > happening.round);
    all.insert(later.unwrap_or(all.len()), happening);
}

/// Places in the list, in the order of rounds.
fn in_order(all: &[Happening]) -> Vec<usize> {
    let mut places = Vec::new();
    for (place, one) in all.iter().enumerate() {
        let later = |other: &usize| all[*other].round > one.round;
        let at = places.iter().position(later).unwrap_or(places.len());
        places.insert(at, place);
    }
    places
}

/// A happening in words, without its round.
pub fn sentence(text: &Text, what: &What) -> String {
    let planned = &text.planned;
    match what {
        What::Norms(values) => (planned.norms)(text.scene.profiles[values::place(values)]),
        What::Rumour {
            question,
            answer,
            hearers,
        } => (planned.rumour)(&prose(question), &prose(answer), hearers.len() as u32),
        What::Silence { agent, rounds: 0 } => (planned.speaks)(u32::from(*agent)),
        What::Silence { agent, rounds } => (planned.silence)(u32::from(*agent), u32::from(*rounds)),
        What::Role { agent, role } => {
            let place = Role::ALL.iter().position(|one| one == role).unwrap_or(0);
            (planned.role)(planned.role_names[place], u32::from(*agent))
        }
        What::Said { text: said, .. } => (planned.said)(&prose(said)),
    }
}

/// The list.
fn list(page: Page) -> AnyView {
    let text = page.text();
    // The list is made anew when it says something else, and not whenever a setting changes.
    let told = Memo::new(move |_| {
        page.draft.with(|draft| {
            let rounds = draft.society.rounds;
            let one = |one: &Happening| {
                let (round, never) = (one.round, one.round >= rounds);
                format!("{round} {never} {}", sentence(text, &one.what))
            };
            draft.society.happenings.iter().map(one).collect::<String>()
        })
    });
    let item = move |place: usize, one: &Happening, rounds: u16| {
        let when = (text.scene.round)(u32::from(one.round) + 1);
        let words = sentence(text, &one.what);
        let never = (one.round >= rounds).then_some(text.planned.never);
        let label = format!("{}: {words}", text.planned.remove);
        let remove = move |_| {
            change(page, |draft| {
                if place < draft.society.happenings.len() {
                    draft.society.happenings.remove(place);
                }
            });
            focus("planned");
        };
        view! {
            <li>
                <b>{when}</b>
                <span>{words}{never.map(|never| view! { <small>{never}</small> }.into_any())}</span>
                <button type="button" class="quiet" aria-label=label on:click=act(remove)>{text.planned.remove}</button>
            </li>
        }
        .into_any()
    };
    let items = move || {
        if told.with(String::is_empty) {
            return view! { <li class="hint">{text.planned.nothing}</li> }.into_any();
        }
        page.draft.with_untracked(|draft| {
            let (all, rounds) = (&draft.society.happenings, draft.society.rounds);
            let items = in_order(all).into_iter();
            let items = items.map(|place| item(place, &all[place], rounds));
            items.collect_view().into_any()
        })
    };
    view! { <ol class="planned" id="planned" tabindex="-1" aria-live="polite" aria-label=text.planned.title>{live(items)}</ol> }
        .into_any()
}

/// A blank of the form.
fn blank(page: Page, blank: Blank) -> AnyView {
    let text = &page.text().planned;
    let place = blank as usize;
    let (name, hint) = text.blanks[place];
    let id = blank.id();
    let typing = move |event| {
        let typed = event_target_value(&event);
        page.plan.update(|plan| {
            plan.typed[place] = typed;
            plan.fault = plan.fault.filter(|fault| *fault != blank);
        });
    };
    let shown = value(move || page.plan.with(|plan| plan.typed[place].clone()));
    let invalid = value(move || page.plan.with(|plan| plan.fault == Some(blank)).to_string());
    let english = matches!(blank, Blank::Question | Blank::Answer);
    let class = if english { "setting wide" } else { "setting" };
    view! {
        <div class=class>
            <label for=id.clone()>{name}</label>
            <input id=id.clone() type="text" autocomplete="off" lang=english.then_some("en") prop:value=shown
                aria-invalid=invalid aria-describedby=format!("{id}-hint plan-fault") on:input=act(typing) />
            <p class="hint" id=format!("{id}-hint")>{hint}</p>
        </div>
    }
    .into_any()
}

/// A choice of the form.
fn pick(
    page: Page,
    (id, name): (&'static str, &'static str),
    options: Vec<&'static str>,
    read: fn(&Plan) -> usize,
    write: fn(&mut Plan, usize),
) -> AnyView {
    let option = move |(place, words): (usize, &'static str)| {
        let chosen = flag(move || page.plan.with(read) == place);
        view! { <option value=place.to_string() selected=chosen>{words}</option> }
    };
    let picked = move |event| {
        if let Ok(place) = event_target_value(&event).parse() {
            page.plan.update(|plan| {
                write(plan, place);
                plan.fault = None;
            });
        }
    };
    view! {
        <div class="setting">
            <label for=id>{name}</label>
            <select id=id on:change=act(picked)>{options.into_iter().enumerate().map(option).collect_view()}</select>
        </div>
    }
    .into_any()
}

/// What is wrong with a blank.
fn fault(text: &Text, config: &RunConfig, blank: Blank) -> String {
    let whole = |low: u32, high: u32| (text.settings.whole)(f64::from(low), f64::from(high));
    let society = &config.society;
    let about = match blank {
        Blank::Round => whole(1, society.rounds.into()),
        Blank::Who => whole(0, u32::from(society.agents()) - 1),
        Blank::Rounds => whole(0, 1000),
        Blank::Question | Blank::Answer => text.planned.wordy.to_owned(),
        Blank::Hearers => (text.planned.strangers)(u32::from(society.agents()) - 1),
    };
    format!("{}: {about}", text.planned.blanks[blank as usize].0)
}

/// The list and the form.
pub fn planned(page: Page) -> AnyView {
    let text = page.text();
    let planned = &text.planned;
    let kind = Memo::new(move |_| page.plan.with(|plan| plan.kind));
    let rest = move || {
        let profiles = text.scene.profiles[..Profile::ALL.len()].to_vec();
        let blanks = |blanks: &[Blank]| {
            let blanks = blanks.iter().map(|one| blank(page, *one));
            blanks.collect_view().into_any()
        };
        let becomes = |label, options, read, write| pick(page, label, options, read, write);
        match kind.get() {
            NORMS => becomes(
                ("plan-profile", planned.becomes),
                profiles,
                |plan| plan.profile,
                |plan, place| plan.profile = place,
            ),
            RUMOUR => blanks(&[Blank::Question, Blank::Answer, Blank::Hearers]),
            SILENCE => blanks(&[Blank::Who, Blank::Rounds]),
            _ => {
                let role = becomes(
                    ("plan-role", planned.becomes),
                    planned.role_names.to_vec(),
                    |plan| plan.role,
                    |plan, place| plan.role = place,
                );
                view! { {blanks(&[Blank::Who])}{role} }.into_any()
            }
        }
    };
    let add = move |_| {
        let plan = page.plan.get_untracked();
        let mut config = page.draft.get_untracked();
        match plan.happening(&config) {
            Ok(happening) => {
                insert(&mut config.society.happenings, happening);
                if config.validate().is_ok() {
                    change(page, |draft| {
                        draft.society.happenings = config.society.happenings
                    });
                    page.plan.update(|plan| plan.fault = None);
                }
            }
            Err(blank) => {
                page.plan.update(|plan| plan.fault = Some(blank));
                focus(&blank.id());
            }
        }
    };
    let wrong = move || {
        let blank = page.plan.with(|plan| plan.fault)?;
        Some(page.draft.with(|draft| fault(text, draft, blank)))
    };
    let full = Memo::new(move |_| {
        page.draft
            .with(|draft| draft.society.happenings.len() >= MOST_PLANNED)
    });
    let form = move || {
        view! {
            <div class="settings-grid">
                {pick(page, ("plan-kind", planned.kind), planned.kinds.to_vec(), |plan| plan.kind, |plan, place| plan.kind = place)}
                {blank(page, Blank::Round)}
                {live(rest)}
            </div>
            <p class="fault" id="plan-fault" role="alert">{words(wrong)}</p>
            <button type="button" id="plan-add" on:click=act(add)>{planned.add}</button>
        }
        .into_any()
    };
    view! {
        <fieldset class="values" aria-describedby="planned-hint">
            <legend>{planned.title}</legend>
            <p class="hint" id="planned-hint">{planned.hint}</p>
            {list(page)}
            {maybe(move || (!full.get()).then(form))}
        </fieldset>
    }
    .into_any()
}

/// Where the form ends: more than that is no plan anybody follows, and no link.
const MOST_PLANNED: usize = 50;

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(kind: usize, typed: [&str; 6]) -> Plan {
        Plan {
            kind,
            typed: typed.map(str::to_owned),
            ..Plan::default()
        }
    }

    #[test]
    fn a_form_becomes_a_happening_or_names_its_blank() {
        let config = RunConfig::default();
        let made = |kind, typed| plan(kind, typed).happening(&config);
        let norms = What::Norms(Profile::Careful.values());
        let round = 1;
        assert_eq!(
            Plan::default().happening(&config),
            Ok(Happening { round, what: norms })
        );
        let question = "How can I help?";
        let rumour = What::Rumour {
            question: question.into(),
            answer: "Don't.".into(),
            hearers: vec![35, 3],
        };
        assert_eq!(
            made(RUMOUR, ["3", "", "", question, " Don't. ", "35, 3 35"]),
            Ok(Happening {
                round: 2,
                what: rumour
            })
        );
        let silence = What::Silence {
            agent: 35,
            rounds: 2,
        };
        assert_eq!(
            made(SILENCE, ["1", "35", "2", "", "", ""]),
            Ok(Happening {
                round: 0,
                what: silence
            })
        );
        let long = "so ".repeat(71);
        for (kind, typed, blank) in [
            (NORMS, ["0", "", "", "", "", ""], Blank::Round),
            (NORMS, ["4", "", "", "", "", ""], Blank::Round),
            (SILENCE, ["1", "36", "1", "", "", ""], Blank::Who),
            (SILENCE, ["1", "0", "-1", "", "", ""], Blank::Rounds),
            (3, ["1", "nobody", "", "", "", ""], Blank::Who),
            (RUMOUR, ["1", "", "", "?", "so .", ""], Blank::Question),
            (RUMOUR, ["1", "", "", "so ?", &long, ""], Blank::Answer),
            (
                RUMOUR,
                ["1", "", "", "so ?", "so .", "0 36"],
                Blank::Hearers,
            ),
        ] {
            assert_eq!(made(kind, typed), Err(blank), "{typed:?}");
        }
    }

    #[test]
    fn happenings_stand_in_the_order_of_rounds() {
        let at = |round, agent| Happening {
            round,
            what: What::Silence { agent, rounds: 1 },
        };
        let mut all = Vec::new();
        for (round, agent) in [(2, 0), (0, 1), (1, 2), (0, 3), (2, 4)] {
            insert(&mut all, at(round, agent));
        }
        assert_eq!(all, [at(0, 1), at(0, 3), at(1, 2), at(2, 0), at(2, 4)]);
        let mixed = [at(5, 0), at(1, 1), at(5, 2), at(0, 3)];
        assert_eq!(in_order(&mixed), [3, 1, 0, 2]);
    }
}
