//! Why a link or a file can't be opened, in the page's language. What only a program would say, such
//! as the name of a setting or the place of a wrong letter, stays as it is and stands behind.

use super::text::Opening;
use crate::lab::{LabError, share};
use leptos::prelude::*;

/// Why something can't be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A link was cut off or changed on its way.
    DamagedLink,
    /// A link was made by a version of the page that came later: the version of the format.
    NewerLink(u32),
    /// What computes is none of the engines.
    NoSuchEngine,
    /// What was brought is neither.
    NeitherRunNorLink,
    /// The browser can't read the file.
    Unreadable,
    /// A setting that can't be: which.
    Setting(String),
    /// A file that says it is a run and isn't one: where.
    NoRunFile(String),
    /// Anything else, as the program says it.
    Other(String),
}

impl From<LabError> for Why {
    fn from(error: LabError) -> Self {
        match error {
            LabError::BadLink(why) if why == share::NO_SUCH_ENGINE => Why::NoSuchEngine,
            LabError::BadLink(_) => Why::DamagedLink,
            LabError::LinkVersion { found, .. } => Why::NewerLink(found),
            LabError::Setting(why) => Why::Setting(why),
            LabError::BadRunFile(why) => Why::NoRunFile(why),
            other => Why::Other(other.to_string()),
        }
    }
}

impl Why {
    /// In the page's language, and what the program adds.
    fn words(self, text: &Opening) -> (String, Option<String>) {
        let trouble = &text.trouble;
        let plain = |words: &'static str| (words.to_owned(), None);
        match self {
            Why::DamagedLink => plain(trouble.damaged_link),
            Why::NewerLink(version) => ((trouble.newer_link)(version), None),
            Why::NoSuchEngine => plain(trouble.no_such_engine),
            Why::NeitherRunNorLink => plain(trouble.neither_run_nor_link),
            Why::Unreadable => plain(trouble.unreadable),
            Why::Setting(why) => (trouble.bad_setting.to_owned(), Some(why)),
            Why::NoRunFile(why) => (trouble.no_run_file.to_owned(), Some(why)),
            Why::Other(why) => (String::new(), Some(why)),
        }
    }

    /// As a line below what happened.
    pub fn line(self, text: &Opening) -> AnyView {
        let (words, program) = self.words(text);
        let program = program.map(|program| view! { " "<span lang="en">{program}</span> });
        view! { <span class="why">{words}{program}</span> }.into_any()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn a_bad_link_is_explained_in_the_language_of_the_page() {
        let of = |link: &str, language: Language| {
            let why = Why::from(share::decode(link).expect_err(link));
            why.words(language.opening())
        };
        let (english, none) = of("#v1.@@@", Language::English);
        assert!(english.contains("damaged") && none.is_none(), "{english}");
        let (chinese, none) = of("#v1.@@@", Language::Chinese);
        assert!(chinese.is_ascii() == chinese.is_empty() && none.is_none());
        for language in Language::ALL {
            let (words, none) = of("#v9.AAAA", language);
            assert!(words.contains('9') && none.is_none(), "{words}");
        }
        assert_eq!(
            share::decode("#engine=abacus").map_err(Why::from).err(),
            Some(Why::NoSuchEngine)
        );
        let (words, program) = Why::Setting("size 99".into()).words(Language::Chinese.opening());
        assert!(!words.is_ascii() && program.as_deref() == Some("size 99"));
    }
}
