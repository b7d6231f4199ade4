//! What somebody has done in the course: their guesses, and what their own runs came to.
//!
//! It is kept in the browser as plain text, a line a chapter; a text of another version, or one that
//! can't be read, is as if nothing had been done.

use super::chapters::CHAPTERS;
use super::figures::{Found, Said};
use super::place;
use crate::lab::RunConfig;

/// How kept progress begins. Figures of other chapters would be told in the words of these: whoever
/// changes what a chapter runs changes this.
const VERSION: &str = "mores lessons 1";
/// Figures are kept in thousandths.
const FINE: f32 = 1000.0;
/// What stands for a figure that a run does not have.
const NONE: &str = "-";

/// A chapter as far as somebody has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Progress {
    /// What they expect, by its place among the answers.
    pub guess: Option<usize>,
    /// How far from the chapter's own seed theirs is: another village each time.
    pub again: u32,
    /// What the runs came to that are done, in their order.
    pub found: Vec<Found>,
    /// Whether they opened one of the suggestions.
    pub tried: bool,
}

impl Progress {
    /// Forgets the runs and the guess, and goes to the village so far from the chapter's own.
    pub fn begin_again(&mut self, again: u32) {
        *self = Progress {
            again,
            tried: self.tried,
            ..Progress::default()
        };
    }
}

/// A run that the course asked for and has not seen the end of.
#[derive(Clone, Debug, PartialEq)]
pub struct Going {
    /// Which chapter's.
    pub chapter: usize,
    /// Which of its runs.
    pub run: usize,
    /// Its settings.
    pub config: RunConfig,
}

/// The course as far as somebody has come.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Course {
    /// Chapter by chapter.
    pub chapters: [Progress; place::CHAPTERS],
    /// What is being run.
    pub going: Option<Going>,
    /// The chapter whose result has come and may not have been seen.
    pub fresh: Option<usize>,
    /// Whether kept progress was looked for.
    pub is_read: bool,
}

impl Course {
    /// Whether a chapter is done: all of its runs were made; or, where there are none, something was
    /// tried.
    pub fn is_done(&self, chapter: usize) -> bool {
        let progress = &self.chapters[chapter];
        let runs = CHAPTERS[chapter].runs.len();
        progress.found.len() >= runs && (runs > 0 || progress.tried)
    }

    /// How many chapters are done.
    pub fn done(&self) -> usize {
        (0..place::CHAPTERS)
            .filter(|chapter| self.is_done(*chapter))
            .count()
    }

    /// The first chapter that is not done, if there is one.
    pub fn next(&self) -> Option<usize> {
        (0..place::CHAPTERS).find(|chapter| !self.is_done(*chapter))
    }

    /// As text, to be kept.
    pub fn written(&self) -> String {
        let lines = self.chapters.iter().map(|progress| {
            let guess = progress
                .guess
                .map_or(NONE.to_owned(), |guess| guess.to_string());
            let tried = u8::from(progress.tried);
            let head = format!("{guess}\t{}\t{tried}", progress.again);
            let found = progress.found.iter().map(written);
            std::iter::once(head)
                .chain(found)
                .collect::<Vec<_>>()
                .join("\t")
        });
        let lines = std::iter::once(VERSION.to_owned()).chain(lines);
        lines.collect::<Vec<_>>().join("\n")
    }

    /// From kept text.
    pub fn read(text: &str) -> Course {
        let chapters = read(text).unwrap_or_default();
        Course {
            chapters,
            is_read: true,
            ..Course::default()
        }
    }
}

/// Figures and words of a run, in as many columns each time.
fn written(found: &Found) -> String {
    let figure = |value: &Option<f32>| {
        // Figures of the page are small numbers.
        value.map_or(NONE.to_owned(), |value| {
            ((value * FINE).round() as i32).to_string()
        })
    };
    let figures = found.figures.iter().map(figure).collect::<Vec<_>>();
    let said = found.said.as_ref();
    let words = said.map_or([""; 3], |said| [&said.question, &said.before, &said.after]);
    // What separates columns and lines is no word.
    let words = words.map(|words| words.replace(['\t', '\n', '\r'], " "));
    format!("{}\t{}", figures.join(","), words.join("\t"))
}

fn read(text: &str) -> Option<[Progress; place::CHAPTERS]> {
    let mut lines = text.split('\n');
    (lines.next()? == VERSION).then_some(())?;
    let mut chapters: [Progress; place::CHAPTERS] = Default::default();
    for progress in &mut chapters {
        let mut columns = lines.next()?.split('\t');
        let guess = columns.next()?;
        progress.guess = match guess {
            NONE => None,
            place => Some(place.parse().ok()?),
        };
        progress.again = columns.next()?.parse().ok()?;
        progress.tried = columns.next()? == "1";
        while let Some(figures) = columns.next() {
            let mut found = Found::default();
            let mut values = figures.split(',');
            for place in &mut found.figures {
                *place = match values.next() {
                    // Builds before this one knew fewer figures.
                    None | Some(NONE) => None,
                    // Thousandths of small numbers.
                    Some(value) => Some(value.parse::<i32>().ok()? as f32 / FINE),
                };
            }
            let words = [columns.next()?, columns.next()?, columns.next()?];
            let [question, before, after] = words.map(str::to_owned);
            found.said = (!question.is_empty()).then_some(Said {
                question,
                before,
                after,
            });
            progress.found.push(found);
        }
    }
    lines.next().is_none().then_some(chapters)
}

#[cfg(test)]
mod tests {
    use super::super::figures::Figure;
    use super::*;

    fn found(value: f32) -> Found {
        let mut found = Found::default();
        found.figures[Figure::AlignedAfter as usize] = Some(value);
        found.figures[Figure::RewardLast as usize] = Some(-value);
        found
    }

    #[test]
    fn what_was_done_survives_being_kept() {
        let mut course = Course::default();
        course.chapters[3].guess = Some(2);
        course.chapters[3].again = 4;
        course.chapters[3].found = vec![found(3.812), found(0.5)];
        course.chapters[3].found[0].said = Some(Said {
            question: "may i ?".into(),
            before: "yes\tand\nno .".into(),
            after: String::new(),
        });
        course.chapters[7].tried = true;
        let back = Course::read(&course.written());
        course.chapters[3].found[0].said = Some(Said {
            question: "may i ?".into(),
            before: "yes and no .".into(),
            after: String::new(),
        });
        assert!(back.is_read);
        assert_eq!(back.chapters, course.chapters);
    }

    #[test]
    fn what_cant_be_read_is_as_if_nothing_was_done() {
        let mut course = Course::default();
        course.chapters[0].found = vec![found(4.0)];
        let whole = course.written();
        let (cut, _) = whole.rsplit_once('\n').unwrap();
        let fewer = whole.replace("4000,-,", "4000,");
        assert!(fewer != whole && Course::read(&fewer).chapters[0].found.len() == 1);
        for text in ["", "mores lessons 0", cut, &whole.replace("4000", "four")] {
            assert_eq!(Course::read(text).chapters, Course::default().chapters);
        }
    }

    #[test]
    fn a_chapter_is_done_with_all_of_its_runs_and_the_last_with_a_try() {
        let mut course = Course::default();
        assert_eq!((course.done(), course.next()), (0, Some(0)));
        for (chapter, plan) in CHAPTERS.iter().enumerate() {
            assert!(!course.is_done(chapter));
            course.chapters[chapter].found = vec![found(1.0); plan.runs.len()];
            course.chapters[chapter].tried = plan.runs.is_empty();
            assert!(course.is_done(chapter));
        }
        assert_eq!((course.done(), course.next()), (place::CHAPTERS, None));
        course.chapters[4].found.pop();
        assert_eq!(course.next(), Some(4));
        course.chapters[3].guess = Some(1);
        course.chapters[3].begin_again(1);
        let begun = &course.chapters[3];
        assert_eq!((begun.guess, begun.again, begun.found.len()), (None, 1, 0));
    }
}
