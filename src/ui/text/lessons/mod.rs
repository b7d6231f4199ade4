//! Texts: the lessons. They are in the file of that surface alone.
//!
//! Here is what every chapter says around its own words; those are in `english` and
//! `chinese`, the teacher's page in `teacher`.

mod chinese;
mod english;
mod teacher;

pub use teacher::{Part, TeacherText};

use super::{Count, Language, Of, One};

/// Figures of a chapter's bars, in their order, as they are shown.
pub struct Told(pub Vec<String>);

impl Told {
    /// A bar's figure.
    pub fn bar(&self, place: usize) -> &str {
        self.0.get(place).map_or("–", String::as_str)
    }
}

/// What a chapter says. Names of runs, bars and tries are in the order of
/// `crate::ui::lessons::chapters`.
pub struct ChapterText {
    pub title: &'static str,
    pub idea: &'static str,
    pub opening: &'static [&'static str],
    pub question: &'static str,
    pub answers: [&'static str; 3],
    pub runs: &'static [&'static str],
    /// What a bar belongs to, if to anything, and its name.
    pub bars: &'static [(&'static str, &'static str)],
    /// What is said when the answer of that place came true.
    pub came_true: [fn(&Told) -> String; 3],
    pub meaning: &'static [&'static str],
    pub tries: &'static [(&'static str, &'static str)],
}

/// What the lessons say.
pub struct LessonsText {
    pub name: &'static str,
    pub lead: &'static [&'static str],
    pub so_far: Of,
    /// Before the title of a chapter: the first, a later one, and the last when all are done.
    pub start: &'static str,
    pub go_on: &'static str,
    pub go_on_after: &'static str,
    pub done: &'static str,
    pub kept: &'static str,
    pub all_chapters: &'static str,
    pub for_teachers: &'static str,
    pub leave: &'static str,
    pub chapter_of: Of,
    pub previous: &'static str,
    pub next: &'static str,
    pub guess: &'static str,
    pub guess_first: &'static str,
    pub run_step: &'static str,
    pub run: &'static str,
    pub run_again: &'static str,
    /// How many runs, and seconds of all.
    pub takes: Of,
    /// What a chapter's run would take the place of.
    pub ends_run: &'static str,
    pub replaces_result: &'static str,
    pub own_village: &'static str,
    /// Which run, of how many, and what it is.
    pub run_of: fn(u32, u32, &str) -> String,
    pub on_stage: &'static str,
    pub held: &'static str,
    pub elsewhere: &'static str,
    pub broken: &'static str,
    pub back_to_lesson: &'static str,
    pub arrived: &'static str,
    pub reveal: &'static str,
    pub as_guessed: One,
    /// What was expected, and what came.
    pub otherwise: fn(&str, &str) -> String,
    pub came: One,
    pub unknown: &'static str,
    /// What learning cost; and in which of several runs.
    pub cost: One,
    pub cost_of: fn(&str, &str) -> String,
    pub heard: &'static str,
    pub before: &'static str,
    pub after: &'static str,
    pub other_village: &'static str,
    pub guess_again: &'static str,
    /// Number of the village, where it is not the chapter's own.
    pub village: Count,
    pub try_it: &'static str,
    pub try_hint: &'static str,
    pub opened: &'static str,
    pub chapters: [ChapterText; crate::ui::lessons::CHAPTERS],
    pub teacher: TeacherText,
}

impl Language {
    /// What the lessons say.
    pub fn lessons(self) -> &'static LessonsText {
        match self {
            Language::English => &english::ENGLISH,
            Language::Chinese => &chinese::CHINESE,
        }
    }
}

/// Minutes that some seconds on a quick device may take, at least and at most: usual laptops and
/// phones were seen to need up to two and a half times as long.
fn minutes(seconds: u32) -> [u32; 2] {
    let least = ((seconds + 15) / 60).max(1);
    [least, (seconds * 5 / 2).div_ceil(60).max(least + 1)]
}

/// A chapter without runs has nothing that could come true.
fn nothing(_: &Told) -> String {
    String::new()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::lessons::chapters::CHAPTERS;

    #[test]
    fn every_run_bar_and_try_has_its_words() {
        for language in Language::ALL {
            let chapters = language.lessons().chapters.iter().zip(&CHAPTERS);
            for (number, (said, plan)) in (1..).zip(chapters) {
                let words = (said.runs.len(), said.bars.len(), said.tries.len());
                let needed = (plan.runs.len(), plan.bars.len(), plan.tries.len());
                assert_eq!(words, needed, "chapter {number}, {language:?}");
            }
        }
    }

    #[test]
    fn a_time_is_told_as_a_range_that_holds_slow_devices() {
        let told = [30, 60, 80, 90, 120, 150].map(minutes);
        assert_eq!(told, [[1, 2], [1, 3], [1, 4], [1, 4], [2, 5], [2, 7]]);
    }

    #[test]
    fn what_came_true_names_every_figure_it_speaks_of() {
        for language in Language::ALL {
            for said in &language.lessons().chapters {
                let figures: Vec<String> =
                    (0..said.bars.len()).map(|bar| format!("<{bar}>")).collect();
                for told in said.came_true {
                    let sentence = told(&Told(figures.clone()));
                    assert!(!sentence.contains('–'), "{}: {sentence}", said.title);
                    let told_some = said.bars.is_empty() || sentence.contains('<');
                    assert!(told_some, "{}: {sentence}", said.title);
                }
            }
        }
    }
}
