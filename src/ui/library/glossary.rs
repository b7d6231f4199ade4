//! The glossary: every term in words for everybody, more exactly for those who want to know, and as a
//! formula where there is one.

use super::{Reading, words};
use crate::ui::app::focus;
use crate::ui::live::{act, value, words as shown};
use crate::ui::memory::address_without_fragment;
use crate::ui::parts::{escaped, line, markup, named_line};
use crate::ui::state::Page;
use crate::ui::term::{Term, term_markup};
use crate::ui::text::glossary::{GROUPS, entry};
use crate::ui::text::{Language, LibraryText};
use leptos::prelude::*;

/// The id of an entry.
fn id(term: Term) -> String {
    format!("glossary-{}", term.name())
}

/// A term's name in a language.
fn name(term: Term, language: Language) -> &'static str {
    entry(term).name[language as usize]
}

/// What an entry says below its name, as markup.
fn body(text: &LibraryText, term: Term, language: Language) -> String {
    let found = entry(term);
    let mut markup = format!("<p>{}</p>", escaped(found.says[language as usize]));
    if !found.formula.is_empty() {
        markup.push_str(&format!("<p class=formula>{}</p>", found.formula));
    }
    let exactly = found.exactly[language as usize];
    if !exactly.is_empty() {
        markup.push_str(&format!(
            "<p class=exactly><i>{}</i> {}</p>",
            text.exactly,
            escaped(exactly)
        ));
    }
    if !found.also.is_empty() {
        let also = found.also.iter();
        let also: Vec<String> = also
            .map(|other| term_markup(*other, name(*other, language)))
            .collect();
        markup.push_str(&format!(
            "<p class=also><i>{}</i> {}</p>",
            text.also,
            also.join(text.between)
        ));
    }
    markup
}

/// The name as it heads an entry; papers use the English one.
fn heading(term: Term, language: Language) -> String {
    let own = escaped(name(term, language));
    let english = name(term, Language::English);
    if language == Language::English || english == name(term, language) {
        own
    } else {
        format!("{own} <small lang=en>{}</small>", escaped(english))
    }
}

fn listed(text: &LibraryText, term: Term, language: Language, page: &str) -> String {
    let link = (text.link_to)(name(term, language));
    format!(
        "<article class=entry id={} tabindex=-1><h4>{} <a class=here href='{}#glossary={}' aria-label='{}'>#</a></h4>{}</article>",
        id(term),
        heading(term, language),
        escaped(page),
        term.name(),
        escaped(&link),
        body(text, term, language)
    )
}

/// Terms in which something is mentioned: first those whose names do. Capital letters don't matter.
fn mentioning(sought: &str, language: Language) -> Vec<Term> {
    let sought = sought.trim().to_ascii_lowercase();
    let has = |text: &str| text.to_ascii_lowercase().contains(&sought);
    let named = |term: &Term| has(term.name()) || entry(*term).name.iter().any(|name| has(name));
    let said = |term: &Term| {
        let found = entry(*term);
        has(found.says[language as usize]) || has(found.exactly[language as usize])
    };
    let (mut first, others): (Vec<Term>, Vec<Term>) =
        Term::ALL.iter().partition(|term| named(term));
    first.extend(others.iter().filter(|term| said(term)));
    first
}

/// The list as markup: all in their groups, or what was sought. Links are whole addresses on `page`.
fn list(text: &LibraryText, sought: &str, language: Language, page: &str) -> String {
    let all = |terms: &[Term]| -> String {
        let listed = terms.iter().map(|term| listed(text, *term, language, page));
        listed.collect()
    };
    if !sought.trim().is_empty() {
        return all(&mentioning(sought, language));
    }
    let group = |(names, terms): &([&str; 2], &[Term])| {
        let name = names[language as usize];
        format!("<section><h3>{name}</h3>{}</section>", all(terms))
    };
    GROUPS.iter().map(group).collect()
}

/// The whole glossary.
pub fn glossary(page: Page) -> AnyView {
    let text = words(page);
    let language = page.language.get_untracked();
    let address = address_without_fragment();
    let sought = RwSignal::new(String::new());
    let count = move || {
        let sought = sought.get();
        let all = Term::ALL.len() as u32;
        if sought.trim().is_empty() {
            (text.terms)(all)
        } else {
            (text.found)(mentioning(&sought, language).len() as u32, all)
        }
    };
    Effect::new(move || {
        if let Reading::Glossary(Some(term)) = page.library.reading.get() {
            sought.set(String::new());
            // The list may have to be made first.
            request_animation_frame(move || go_to(term));
        }
    });
    let typing = act(move |event| sought.set(event_target_value(&event)));
    view! {
        <h2 id="library-title">{text.glossary}</h2>
        {line("lead", text.glossary_lead)}
        <div class="glossary-search">
            <label class="field"><span>{text.search}</span><input type="search" id="glossary-search" autocomplete="off" prop:value=value(move || sought.get()) on:input=typing /></label>
            <p class="aside" role="status">{shown(count)}</p>
        </div>
        {markup("glossary", move || list(text, &sought.get(), language, &address))}
        {named_line("glossary-none", "aside", shown(move || sought.with(|sought| mentioning(sought, language).is_empty()).then_some(text.none)))}
    }
    .into_any()
}

/// Brings an entry into view and the keyboard to it.
fn go_to(term: Term) {
    if let Some(found) = document().get_element_by_id(&id(term)) {
        found.scroll_into_view();
        focus(&id(term));
    }
}

/// One entry, for the note beside a word.
pub fn note(page: Page, term: Term) -> AnyView {
    let text = words(page);
    let language = page.language.get_untracked();
    let heading = heading(term, language);
    let body = body(text, term, language);
    let open = act(move |_| page.library.read(Reading::Glossary(Some(term))));
    view! {
        <h2 class="entry-name" inner_html=heading></h2>
        {markup("entry", move || body.clone())}
        <p class="to-glossary"><button type="button" class="quiet" on:click=open>{text.in_glossary}</button></p>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;
    use std::path::{Path, PathBuf};

    #[test]
    fn every_term_is_listed_once_and_says_something_in_both_languages() {
        let grouped: Vec<Term> = GROUPS
            .iter()
            .flat_map(|(_, terms)| terms.iter().copied())
            .collect();
        assert_eq!(grouped, Term::ALL, "in the order of their names");
        let mut names = BTreeSet::new();
        for term in Term::ALL {
            let found = entry(*term);
            for language in Language::ALL {
                let place = language as usize;
                assert!(names.insert((place, found.name[place])), "{term:?} twice");
                let said = found.says[place];
                let end = ['.', '。'].iter().any(|end| said.ends_with(*end));
                assert!(end && said.chars().count() > 15, "{term:?}: {said}");
                assert_eq!(
                    found.exactly[0].is_empty(),
                    found.exactly[place].is_empty(),
                    "{term:?}"
                );
                let text = language.library();
                assert!(body(text, *term, language).starts_with("<p>"));
            }
            assert!(!found.says[1].is_ascii(), "{term:?} in Chinese");
            assert!(!found.also.contains(term), "{term:?} names itself");
        }
    }

    fn sources(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                found.push((path, source));
            }
        }
    }

    /// Texts name terms by words, so the compiler can't hold them to it.
    #[test]
    fn every_term_that_a_text_names_is_one_and_every_entry_is_reached_from_somewhere() {
        let ui = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui");
        let mut files = Vec::new();
        sources(&ui, &mut files);
        let mut reached: BTreeSet<Term> = BTreeSet::new();
        for (path, source) in &files {
            let place = path
                .strip_prefix(&ui)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            if place == "term.rs"
                || place.starts_with("text/glossary")
                || place.starts_with("library/glossary")
            {
                continue;
            }
            for part in source.split("Term::").skip(1) {
                let name: String = part
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric())
                    .collect();
                let term = Term::ALL.iter().find(|term| format!("{term:?}") == name);
                reached.extend(term);
            }
            if place.starts_with("text/") {
                let said: String = source
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect();
                for part in said.split('[').skip(1) {
                    let Some((inside, _)) = part.split_once(']') else {
                        continue;
                    };
                    let Some((_, name)) = inside.split_once('|') else {
                        continue;
                    };
                    if name.is_empty()
                        || !name
                            .chars()
                            .all(|letter| letter.is_ascii_lowercase() || letter == '-')
                    {
                        continue;
                    }
                    let term = Term::of_name(name);
                    assert!(term.is_some(), "{place}: there is no term “{name}”");
                    reached.extend(term);
                }
            }
        }
        assert!(reached.len() * 2 > Term::ALL.len(), "{reached:?}");
        // What no surface names is one step away from what one does.
        let near: BTreeSet<Term> = reached
            .iter()
            .flat_map(|term| entry(*term).also.iter().copied())
            .collect();
        let lost: Vec<&Term> = Term::ALL
            .iter()
            .filter(|term| !reached.contains(term) && !near.contains(term))
            .collect();
        assert!(lost.is_empty(), "only in the list: {lost:?}");
    }

    #[test]
    fn a_search_finds_names_before_mentions_in_either_language() {
        let found = mentioning("WEIGHTS", Language::English);
        assert_eq!(found.first(), Some(&Term::Weights));
        assert!(found.len() > 1, "others mention it: {found:?}");
        assert_eq!(
            mentioning(" 困惑度 ", Language::Chinese).first(),
            Some(&Term::Perplexity)
        );
        assert_eq!(
            mentioning("困惑度", Language::English).first(),
            Some(&Term::Perplexity)
        );
        assert!(mentioning("zeppelin", Language::English).is_empty());
    }
}
