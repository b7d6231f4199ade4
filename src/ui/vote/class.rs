//! The votes of a class: codes are pasted or come in files, checked, merged, and shown beside the judge's
//! verdicts. All of it happens here; nothing is sent anywhere.

use super::super::live::{act, live, maybe, value, words as text_of};
use super::super::parts::{self, escaped};
use super::super::share::passing;
use super::super::state::Page;
use super::super::text::VoteText;
use super::super::{app, memory, parcel};
use super::rates::{Rate, percent, table};
use super::{pairs, store, words};
use crate::lab::config::EngineChoice;
use crate::lab::vote::class::{Line, Standing};
use crate::lab::vote::code::Fault;
use crate::lab::vote::file::VotesFile;
use crate::lab::vote::tally::{Counts, FEWEST};
use crate::lab::vote::{Class, Kind, Pool, Preference};
use crate::lab::{Phase, RunConfig, share};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;

/// Lines that are not counted and told one by one.
const MOST_TOLD: usize = 20;
/// Characters of such a line that are shown.
const LONGEST: usize = 48;

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// What became of a line, in a sentence; none of one that is simply counted.
fn sentence(text: &VoteText, standing: Standing) -> Option<String> {
    Some(match standing {
        Standing::Counted => return None,
        Standing::Twin => text.twin.to_owned(),
        Standing::Repeated => text.repeated.to_owned(),
        Standing::Shorter => text.shorter.to_owned(),
        Standing::OtherRun => text.other_run.to_owned(),
        Standing::Broken(fault) => match fault {
            Fault::Strange(letter) => (text.strange)(&letter.to_string()),
            Fault::Length(letters) => (text.length)(count(letters)),
            Fault::Newer(_) => text.newer.to_owned(),
            Fault::Mistyped(Some(place)) => (text.mistyped_at)(count(place)),
            Fault::Mistyped(None) => text.mistyped.to_owned(),
            Fault::Nonsense => text.nonsense.to_owned(),
        },
    })
}

/// How many lines are counted, and what is wrong with the others; markup.
fn checked(text: &VoteText, lines: &[Line]) -> String {
    if lines.is_empty() {
        return format!("<p class=aside>{}</p>", text.class_empty);
    }
    let counted = lines
        .iter()
        .filter(|line| line.standing.is_counted())
        .count();
    let told: Vec<String> = lines
        .iter()
        .filter_map(|line| {
            let words = sentence(text, line.standing)?;
            let mut shown: String = line.text.chars().take(LONGEST).collect();
            if shown.len() < line.text.len() {
                shown.push('…');
            }
            Some(format!(
                "<li><code>{}</code> {}",
                escaped(&shown),
                escaped(&words)
            ))
        })
        .collect();
    let summary = (text.class_counted)(count(counted), count(lines.len() - counted));
    let mut markup = format!("<p><b>{summary}</b></p>");
    if !told.is_empty() {
        let shown: String = told.iter().take(MOST_TOLD).map(String::as_str).collect();
        markup.push_str(&format!(
            "<h3>{}</h3><ul class=vote-lines>{shown}</ul>",
            text.not_counted
        ));
    }
    if told.len() > MOST_TOLD {
        let more = (text.class_more)(count(told.len() - MOST_TOLD));
        markup.push_str(&format!("<p class=aside>{more}</p>"));
    }
    markup
}

/// The judge's verdicts on the votes that were cast, each pair weighing as much as people judged it.
fn judge_on(pool: &Pool, questions: &[Counts], asked: impl Fn(usize) -> bool) -> Counts {
    let mut counts = Counts::default();
    let judged = pool.pairs.iter().zip(questions).enumerate();
    for (_, (pair, votes)) in judged.filter(|(place, _)| asked(*place)) {
        counts.0[pair.judged() as usize] += votes.total();
    }
    counts
}

/// The class's rates and, where the questions are known, the judge's: of all, and of each kind.
fn rates(text: &VoteText, class: &Class, pool: Option<&Pool>) -> Vec<Rate> {
    let questions = class.questions();
    let of_kind = |kind: Option<Kind>| {
        move |place: usize| match (kind, pool) {
            (None, _) => true,
            (Some(kind), Some(pool)) => pool.pairs.get(place).map(|pair| pair.kind()) == Some(kind),
            (Some(_), None) => false,
        }
    };
    let mut lines = Vec::new();
    let all = std::iter::once((None, ""));
    let kinds = Kind::ALL.into_iter().map(Some).zip(text.kinds);
    for (kind, name) in all.chain(kinds) {
        let counts = class.counts(of_kind(kind));
        if kind.is_some() && counts.total() < FEWEST {
            continue;
        }
        let named = |who: &str| match kind {
            None => who.to_owned(),
            Some(_) => format!("{name} · {who}"),
        };
        lines.push(Rate {
            name: named(text.the_class),
            rate: class.win_rate(of_kind(kind)),
            // Over people, of whom one says nothing about another.
            interval: class.ballots.len() > 1,
            counts,
        });
        if let Some(pool) = pool {
            let counts = judge_on(pool, &questions, of_kind(kind));
            lines.push(Rate {
                name: named(text.judge),
                rate: counts.win_rate(),
                interval: false,
                counts,
            });
        }
    }
    lines
}

/// The votes on a pair as one bar, and in words.
fn bar(text: &VoteText, votes: Counts) -> String {
    let total = votes.total().max(1) as f64;
    // What is alike and what is bad stands between the two models.
    let order = [
        Preference::Trained,
        Preference::Alike,
        Preference::BothBad,
        Preference::Base,
    ];
    let mut left = 0.0;
    let mut parts = String::new();
    for preference in order {
        let share = 100.0 * votes.get(preference) as f64 / total;
        if share > 0.0 {
            parts.push_str(&format!(
                "<rect class='vote-{}' x='{left:.2}%' width='{share:.2}%' y='1' height='12'/>",
                preference.name()
            ));
        }
        left += share;
    }
    let told = order
        .into_iter()
        .filter(|preference| votes.get(*preference) > 0)
        .map(|preference| {
            format!(
                "{} <b>{}</b>",
                text.preferences[preference as usize],
                votes.get(preference)
            )
        });
    format!(
        "<svg class='bars vote-bar' width='100%' height='14' aria-hidden='true' focusable='false'>{parts}</svg><p class=vote-verdicts><span>{}</span>",
        told.collect::<Vec<_>>().join(" · ")
    )
}

/// A pair on which the class voted: what it is, how they voted, and what the judge prefers.
fn question(page: Page, place: usize, votes: Counts, pool: Option<&Pool>) -> (bool, String) {
    let text = words(page);
    let bar = bar(text, votes);
    let Some(pair) = pool.and_then(|pool| pool.pairs.get(place)) else {
        let name = (text.pair)(count(place + 1));
        return (
            false,
            format!("<li class=vote-pair><p class=aside>{name}</p>{bar}</p></li>"),
        );
    };
    let judge = pair.judged();
    let favourite = votes.favourite();
    let differs = favourite.is_some_and(|favourite| !favourite.agrees(judge));
    let mark = match favourite {
        None => format!(" <em>{}</em>", text.split),
        Some(_) if differs => format!(" <em>{}</em>", text.differs),
        Some(_) => String::new(),
    };
    let below = format!(
        "{bar} <span>{}: <b>{}</b></span>{mark}</p>",
        text.judge, text.preferences[judge as usize]
    );
    (differs, pairs::pair(page, pair, &below))
}

/// Every pair, those first on which the class and the judge differ.
fn questions(page: Page, class: &Class, pool: Option<&Pool>) -> String {
    let votes = class.questions().into_iter().enumerate();
    let mut all: Vec<(bool, String)> = votes
        .map(|(place, votes)| question(page, place, votes, pool))
        .collect();
    all.sort_by_key(|(differs, _)| !differs);
    let lines: String = all.into_iter().map(|(_, line)| line).collect();
    format!("<ol class=vote-pairs>{lines}</ol>")
}

/// What came out; nothing before there is a vote.
fn result(page: Page, class: &Class, pool: Option<&Arc<Pool>>) -> AnyView {
    let text = words(page);
    if class.ballots.is_empty() {
        return ().into_any();
    }
    let known = pool.filter(|pool| Some(pool.mark) == class.mark).cloned();
    let known_pool = known.as_deref();
    let all = class.counts(|_| true);
    let rate = class.win_rate(|_| true);
    let outcome = (text.class_outcome)(
        count(class.ballots.len()),
        count(all.total()),
        &percent(rate.value),
    );
    let drawn = table(text, &rates(text, class, known_pool));
    let agreement = class.agreement().map(|found| {
        let alpha = found
            .alpha
            .map(|alpha| parts::signed(alpha as f32).replace('+', ""));
        (text.agreement)(&percent(found.observed as f32), alpha.as_deref())
    });
    let by_pair = questions(page, class, known_pool);
    let refused = RwSignal::new(false);
    let merged = class.clone();
    let unknown = known.is_none().then_some(text.class_run);
    let save = act(move |_| {
        let made = merged.to_csv(known.as_deref());
        refused.set(parcel::save_text(&made, "text/csv", "class-votes.csv").is_none());
    });
    let inside = vec![
        view! { <p class="vote-outcome">{outcome}</p> }.into_any(),
        view! { <div class="table-frame" tabindex="0" role="region" aria-label=text.rates inner_html=drawn></div> }.into_any(),
        parts::line(
            "aside",
            if class.ballots.len() > 1 {
                text.class_rate_hint
            } else {
                text.class_of_one
            },
        ),
        parts::line("", agreement.unwrap_or_default()),
        parts::line("aside", unknown.unwrap_or_default()),
        view! { <div class="takes"><button type="button" id="take-class-csv" on:click=save>{text.take_csv}</button></div> }.into_any(),
        parts::line("fault", text_of(move || refused.get().then_some(text.refused))),
        view! { <h3>{text.questions}</h3> }.into_any(),
        parts::line("aside", text.questions_hint),
        parts::markup("", move || by_pair.clone()),
    ];
    view! { <section class="statistic" id="class-result">{inside}</section> }.into_any()
}

/// How a class votes, step by step, with the link that it needs.
fn steps(page: Page) -> AnyView {
    let text = words(page);
    let begun = Memo::new(move |_| page.view.with(|view| view.phase() != Phase::Idle));
    let address = Memo::new(move |_| {
        let draft = page.draft.get();
        let on_stage = page.view.with_untracked(|view| view.config.clone());
        let config = on_stage.filter(|_| begun.get()).unwrap_or(draft);
        // On it every machine says the same, so that all judge the same pairs.
        let config = RunConfig {
            engine: EngineChoice::Cpu,
            ..config
        };
        let fragment = share::encode(&config, None).unwrap_or_default();
        format!("{}{fragment}", memory::address_without_fragment())
    });
    let link = passing(page, "class-link", text.class, address);
    let [give, judge, code, paste] = text.class_steps;
    view! {
        <ol class="class-steps">
            <li>{give}{link}</li>
            <li>{judge}</li>
            <li>{code}</li>
            <li>{paste}</li>
        </ol>
        <p class="aside">{text.class_lead}</p>
    }
    .into_any()
}

/// What is brought: codes in a field, and the pairs of a file.
#[derive(Clone, Copy)]
struct Brought {
    codes: RwSignal<String>,
    pool: RwSignal<Option<Arc<Pool>>>,
    trouble: RwSignal<String>,
}

impl Brought {
    /// Writes lines below those there are.
    fn add(self, lines: &str) {
        self.codes.update(|codes| {
            if !codes.is_empty() && !codes.ends_with('\n') {
                codes.push('\n');
            }
            codes.push_str(lines.trim_end());
            codes.push('\n');
        });
    }

    /// Takes in a file: a vote with its pairs, or a list of codes.
    fn take(self, text: &VoteText, name: &str, content: &str) {
        if !content.trim_start().starts_with('{') {
            return self.add(content);
        }
        match VotesFile::read(content) {
            Some((pool, code)) => {
                self.pool.set(Some(Arc::new(pool)));
                self.add(&code);
            }
            None => self.trouble.set((text.not_votes)(name)),
        }
    }
}

/// The field for codes, and the other ways to bring them.
fn bring(page: Page, brought: Brought, on_stage: Memo<Option<Arc<Pool>>>) -> AnyView {
    let text = words(page);
    let typed = act(move |event| brought.codes.set(event_target_value(&event)));
    let chosen = move |event: web_sys::Event| {
        let field = event
            .target()
            .and_then(|target| target.dyn_into::<web_sys::HtmlInputElement>().ok());
        let Some(field) = field else { return };
        brought.trouble.set(String::new());
        let files = field.files();
        let all = (0..files.as_ref().map_or(0, web_sys::FileList::length))
            .filter_map(|at| files.as_ref()?.get(at));
        for file in all.collect::<Vec<_>>() {
            leptos::task::spawn_local(async move {
                let read = JsFuture::from(file.text()).await.ok();
                let content = read.and_then(|content| content.as_string());
                brought.take(text, &file.name(), &content.unwrap_or_default());
            });
        }
        // So that the same files can be chosen again.
        field.set_value("");
    };
    let here = move |_| {
        let codes = on_stage.with_untracked(|pool| {
            let pool = pool.as_deref()?;
            let known = brought
                .codes
                .with_untracked(|codes| Class::merge(codes, Some(pool)));
            let cast = store::ballots(pool)
                .into_iter()
                .filter_map(|one| one.cast(pool));
            let new = cast.filter(|cast| !known.ballots.contains(cast));
            let new: Vec<String> = new.map(|cast| cast.to_code()).collect();
            (!new.is_empty()).then(|| new.join("\n"))
        });
        if let Some(codes) = codes {
            brought.add(&codes);
        }
        app::focus("class-codes");
    };
    let some_here = Memo::new(move |_| {
        on_stage.with(|pool| {
            let pool = pool.as_deref();
            pool.is_some_and(|pool| {
                store::ballots(pool)
                    .iter()
                    .any(|one| one.cast(pool).is_some())
            })
        })
    });
    let add_here = move || {
        let made = view! { <button type="button" id="class-here" on:click=act(here)>{text.class_here}</button> };
        some_here.get().then(|| made.into_any())
    };
    view! {
        {steps(page)}
        <label class="field"><span>{text.class_field}</span>
            <textarea id="class-codes" rows="6" spellcheck="false" autocomplete="off" prop:value=value(move || brought.codes.get()) on:input=typed></textarea>
        </label>
        <div class="takes">
            <label class="file"><span>{text.class_files}</span><input type="file" id="class-files" multiple accept=".json,.txt,.csv,application/json,text/plain,text/csv" on:change=act(chosen) /></label>
            {maybe(add_here)}
        </div>
        {parts::line("fault", text_of(move || brought.trouble.get()))}
    }
    .into_any()
}

/// The votes of a class.
pub fn class(page: Page, on_stage: Memo<Option<Arc<Pool>>>) -> AnyView {
    let text = words(page);
    let brought = Brought {
        codes: RwSignal::new(store::class()),
        pool: RwSignal::default(),
        trouble: RwSignal::default(),
    };
    let unkept = RwSignal::new(false);
    Effect::new(move || unkept.set(!brought.codes.with(|codes| store::keep_class(codes))));
    let pool = Memo::new(move |_| on_stage.get().or_else(|| brought.pool.get()));
    let merged = Memo::new(move |_| {
        let on_stage = on_stage.get();
        brought
            .codes
            .with(|codes| Class::merge(codes, on_stage.as_deref()))
    });
    let lines = move || merged.with(|class| checked(text, &class.lines));
    let shown = move || pool.with(|pool| merged.with(|class| result(page, class, pool.as_ref())));
    let inside = vec![
        bring(page, brought, on_stage),
        view! { <div class="vote-checked" role="status" inner_html=value(lines)></div> }.into_any(),
        parts::line(
            "fault",
            text_of(move || unkept.get().then_some(text.unkept)),
        ),
        live(shown),
        parts::line("aside", text.class_link),
    ];
    view! { <div class="vote-class">{inside}</div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    fn line(text: &str, standing: Standing) -> Line {
        Line {
            text: text.to_owned(),
            standing,
        }
    }

    #[test]
    fn every_line_that_is_not_counted_has_its_sentence() {
        let text = Language::English.vote();
        let lines = [
            line("A", Standing::Counted),
            line("B<i>", Standing::Broken(Fault::Mistyped(Some(7)))),
            line(&"C".repeat(60), Standing::Broken(Fault::Length(60))),
            line("D", Standing::Repeated),
            line("E", Standing::Twin),
        ];
        let told = checked(text, &lines);
        assert!(told.contains("2 votes count, 3 lines do not."), "{told}");
        assert!(
            told.contains("B&lt;i&gt;</code> a letter is wrong, most likely number 7"),
            "{told}"
        );
        assert!(
            told.contains(&format!("{}…</code> a code has 16 to 31", "C".repeat(48))),
            "{told}"
        );
        assert_eq!(told.matches("<li>").count(), 4);
        let many: Vec<Line> = (0..25).map(|_| line("x", Standing::OtherRun)).collect();
        let told = checked(text, &many);
        assert!(told.matches("<li>").count() == 20 && told.contains("And 5 more."));
    }

    #[test]
    fn a_bar_is_as_long_as_its_votes() {
        let text = Language::English.vote();
        let told = bar(text, Counts([1, 6, 0, 1]));
        for part in [
            "class='vote-trained' x='0.00%' width='75.00%'",
            "class='vote-both_bad' x='75.00%' width='12.50%'",
            "class='vote-base' x='87.50%'",
            "after <b>6</b> · both bad <b>1</b> · before <b>1</b>",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(!told.contains("alike"), "{told}");
    }
}
