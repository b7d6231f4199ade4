//! What a link wishes of the page that opens it: a language, a theme, a lesson, parts left out.
//!
//! Wishes stand in the fragment beside the run, as `&key=value`, and say nothing about the run
//! itself. They last as long as the page is open: what a visitor chose on earlier visits stays
//! theirs, and is there again without the link. A key that is not known is ignored, because a later
//! build may know it; a value that is not known is told.

use super::text::Language;
use super::theme::Theme;
use crate::lab::share;

/// A part of the page that a link can leave out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All settings, and whatever else changes them.
    Settings,
    /// What is behind "More settings".
    More,
    /// The four acts, and the panel of the one that is shown.
    Acts,
    /// The conversation.
    Conversation,
    /// The button that takes one step.
    Step,
    /// The button that begins anew.
    Reset,
}

impl Part {
    /// All of them, in the order of their names in links and of the page's words for them.
    pub const ALL: [Part; 6] = [
        Part::Settings,
        Part::More,
        Part::Acts,
        Part::Conversation,
        Part::Step,
        Part::Reset,
    ];

    /// Its name in links and in the style sheet.
    pub fn name(self) -> &'static str {
        match self {
            Part::Settings => "settings",
            Part::More => "more",
            Part::Acts => "acts",
            Part::Conversation => "conversation",
            Part::Step => "step",
            Part::Reset => "reset",
        }
    }
}

/// Lessons are counted from 1.
pub const LESSONS: u8 = 8;

/// What a link wishes; nothing where it does not say.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Wishes {
    /// The lesson to open.
    pub lesson: Option<u8>,
    /// The language to speak.
    pub language: Option<Language>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// What to leave out.
    pub hide: Option<Vec<Part>>,
    /// Whether it is a part of another page.
    pub embed: Option<bool>,
}

/// A wish that is not understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// As the link says it.
    pub said: String,
    /// What could have been said instead.
    pub known: String,
}

/// What a fragment holds.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Read {
    /// What it wishes.
    pub wishes: Wishes,
    /// What of that makes no sense.
    pub faults: Vec<Fault>,
    /// Whether there is anything besides: a run, or what ought to be one.
    pub has_run: bool,
    /// Keys that this build does not know.
    pub unknown: Vec<String>,
}

/// Reads what stands beside the run in a fragment.
pub fn read(fragment: &str) -> Read {
    let mut read = Read::default();
    let fragment = fragment.trim_start_matches('#');
    for part in fragment.split('&').filter(|part| !part.is_empty()) {
        match share::beside(part) {
            Some(("engine", _)) | None => read.has_run = true,
            Some((key, value)) => read.take(key, value),
        }
    }
    read
}

impl Read {
    fn take(&mut self, key: &str, value: &str) {
        let wishes = &mut self.wishes;
        let understood = match key {
            // Places of the lessons that are no lesson: see `lessons::Place`.
            "lesson" if matches!(value, "contents" | "teacher") => true,
            "lesson" => put(&mut wishes.lesson, lesson(value)),
            "lang" => put(&mut wishes.language, language(value)),
            "theme" => put(&mut wishes.theme, Theme::of_name(value)),
            "hide" => put(&mut wishes.hide, parts(value)),
            "embed" => put(&mut wishes.embed, yes(value)),
            _ => {
                self.unknown.push(key.to_owned());
                true
            }
        };
        if !understood {
            /// So that a sentence stays one.
            const LONGEST: usize = 40;
            let value: String = value.chars().take(LONGEST).collect();
            self.faults.push(Fault {
                said: format!("{key}={value}"),
                known: known(key),
            });
        }
    }
}

/// Takes a value that was understood, and says whether it was.
fn put<T>(place: &mut Option<T>, value: Option<T>) -> bool {
    let understood = value.is_some();
    if understood {
        *place = value;
    }
    understood
}

fn lesson(value: &str) -> Option<u8> {
    let number = value.parse::<u8>().ok()?;
    (1..=LESSONS).contains(&number).then_some(number)
}

fn language(value: &str) -> Option<Language> {
    // A language, and whatever says which kind of it.
    let (name, _) = value.split_once('-').unwrap_or((value, ""));
    Language::of_tag(name).filter(|_| name.len() == 2)
}

fn yes(value: &str) -> Option<bool> {
    match value {
        "1" => Some(true),
        "0" => Some(false),
        _ => None,
    }
}

/// Parts by their names; what sends links on may write a comma in three ways.
fn parts(value: &str) -> Option<Vec<Part>> {
    let value = value.replace("%2C", ".").replace("%2c", ".");
    let names = value.split(['.', ',', '+']).filter(|name| !name.is_empty());
    let part = |name: &str| Part::ALL.into_iter().find(|part| part.name() == name);
    names.map(part).collect()
}

/// What a key may be said to be.
fn known(key: &str) -> String {
    match key {
        "lesson" => format!("1–{LESSONS}"),
        "lang" => Language::ALL.map(Language::tag).join(", "),
        "theme" => Theme::ALL.map(Theme::name).join(", "),
        "hide" => Part::ALL.map(Part::name).join(", "),
        _ => "0, 1".to_owned(),
    }
}

impl Wishes {
    /// As a link says it, each with its `&`; empty where nothing is wished.
    pub fn written(&self) -> String {
        let parts = self.hide.as_ref().map(|parts| {
            let names: Vec<&str> = parts.iter().map(|part| part.name()).collect();
            names.join(".")
        });
        let said = [
            ("lesson", self.lesson.map(|number| number.to_string())),
            (
                "lang",
                self.language.map(|language| language.tag().to_owned()),
            ),
            ("theme", self.theme.map(|theme| theme.name().to_owned())),
            ("hide", parts.filter(|parts| !parts.is_empty())),
            ("embed", self.embed.map(|on| u8::from(on).to_string())),
        ];
        let said = said
            .into_iter()
            .filter_map(|(key, value)| Some((key, value?)));
        said.map(|(key, value)| format!("&{key}={value}")).collect()
    }

    /// Takes over the wishes of a later link; what that one does not mention stays.
    pub fn take(&mut self, later: Wishes) {
        self.lesson = later.lesson.or(self.lesson);
        self.language = later.language.or(self.language);
        self.theme = later.theme.or(self.theme);
        self.hide = later.hide.or(self.hide.take());
        self.embed = later.embed.or(self.embed);
    }

    /// Whether it is a part of another page.
    pub fn is_embedded(&self) -> bool {
        self.embed == Some(true)
    }

    /// Whether a part is left out.
    pub fn hides(&self, part: Part) -> bool {
        self.hide
            .as_ref()
            .is_some_and(|parts| parts.contains(&part))
    }

    /// The names of what is left out, as the style sheet asks for them.
    pub fn hidden(&self) -> String {
        let parts = self.hide.iter().flatten();
        parts.map(|part| part.name()).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Wishes {
        Wishes {
            lesson: Some(3),
            language: Some(Language::Chinese),
            theme: Some(Theme::Dark),
            hide: Some(vec![Part::Settings, Part::Step]),
            embed: Some(true),
        }
    }

    #[test]
    fn wishes_are_read_as_they_were_written_on_either_side_of_the_run() {
        let written = all().written();
        assert_eq!(
            written,
            "&lesson=3&lang=zh-Hans&theme=dark&hide=settings.step&embed=1"
        );
        for link in [
            format!("#v1.Y2RgAAA{written}"),
            format!("#{written}&v1.Y2RgAAA"),
        ] {
            let read = read(&link);
            assert_eq!((read.wishes, read.has_run), (all(), true));
            assert_eq!((read.faults, read.unknown), (vec![], vec![]));
        }
        assert_eq!(Wishes::default().written(), "");
        assert_eq!(
            Wishes {
                hide: Some(vec![]),
                ..Wishes::default()
            }
            .written(),
            ""
        );
        for part in Part::ALL {
            let wishes = read(&format!("#hide={}", part.name())).wishes;
            assert!(wishes.hides(part));
            assert_eq!(wishes.hidden(), part.name());
        }
    }

    #[test]
    fn other_spellings_mean_the_same() {
        let hidden = |text: &str| read(text).wishes.hide;
        let wanted = Some(vec![Part::Settings, Part::Reset]);
        for text in [
            "#hide=settings,reset",
            "#hide=settings%2Creset",
            "#hide=settings+reset",
        ] {
            assert_eq!(hidden(text), wanted, "{text}");
        }
        assert_eq!(hidden("#hide="), Some(vec![]));
        for tag in ["zh", "zh-CN", "ZH-hans"] {
            assert_eq!(
                read(&format!("lang={tag}")).wishes.language,
                Some(Language::Chinese)
            );
        }
    }

    #[test]
    fn what_makes_no_sense_is_told_and_what_is_not_known_is_not() {
        let read =
            read("#theme=purple&lang=enormous&lesson=9&lesson=0&hide=run&embed=yes&tomorrow=1");
        assert_eq!(read.wishes, Wishes::default());
        let said: Vec<&str> = read
            .faults
            .iter()
            .map(|fault| fault.said.as_str())
            .collect();
        assert_eq!(
            said,
            [
                "theme=purple",
                "lang=enormous",
                "lesson=9",
                "lesson=0",
                "hide=run",
                "embed=yes"
            ]
        );
        assert_eq!(read.faults[0].known, "system, light, dark");
        assert_eq!(
            (read.unknown, read.has_run),
            (vec!["tomorrow".to_owned()], false)
        );
        let long = super::read(&format!("#theme={}", "x".repeat(1000)));
        assert!(long.faults[0].said.len() < 50);
    }

    #[test]
    fn only_what_is_no_wish_can_be_a_run() {
        for (fragment, has_run) in [
            ("", false),
            ("#", false),
            ("#lesson=2", false),
            ("#engine=cpu", true),
            ("#v1.Y2RgAAA", true),
            ("#hello", true),
        ] {
            assert_eq!(read(fragment).has_run, has_run, "{fragment}");
        }
    }

    #[test]
    fn a_later_link_changes_only_what_it_mentions() {
        let mut wishes = all();
        wishes.take(read("#lesson=4&hide=").wishes);
        let expected = Wishes {
            lesson: Some(4),
            hide: Some(vec![]),
            ..all()
        };
        assert_eq!(wishes, expected);
        assert!(wishes.is_embedded() && !wishes.hides(Part::Settings));
    }
}
