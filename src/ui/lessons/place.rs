//! Where somebody is in the course, as the address says it: `#lesson=3`, alone or beside a run.
//!
//! The page's first file needs no more of the lessons than this.

/// Chapters of the course.
pub const CHAPTERS: usize = 8;

/// What names a place in a fragment.
const KEY: &str = "lesson";

/// A place in the course.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The list of chapters.
    Contents,
    /// A chapter, from 0.
    Chapter(usize),
    /// The teacher's page.
    Teacher,
}

impl Place {
    /// Whether it plays a village of its own, whatever the settings say. Only the last chapter uses
    /// those of the visitor.
    pub fn has_its_own_village(self) -> bool {
        matches!(self, Place::Chapter(chapter) if chapter + 1 < CHAPTERS)
    }

    /// As part of a fragment.
    pub fn link(self) -> String {
        match self {
            Place::Contents => format!("#{KEY}=contents"),
            Place::Chapter(chapter) => format!("#{KEY}={}", chapter + 1),
            Place::Teacher => format!("#{KEY}=teacher"),
        }
    }

    /// The place of that name. A chapter that there is not leads to the list of those there are.
    fn named(name: &str) -> Place {
        if name == "teacher" {
            return Place::Teacher;
        }
        let chapter = (0..CHAPTERS).find(|chapter| (chapter + 1).to_string() == name);
        chapter.map_or(Place::Contents, Place::Chapter)
    }

    /// Takes the place out of a fragment; gives it with what is left, which begins with `#` like any
    /// fragment, or is empty.
    pub fn take(fragment: &str) -> (Option<Place>, String) {
        let mut place = None;
        let mut rest: Vec<&str> = Vec::new();
        let parts = fragment.trim_start_matches('#').split('&');
        for part in parts.filter(|part| !part.is_empty()) {
            match part.strip_prefix(KEY) {
                Some("" | "s") => place = Some(Place::Contents),
                Some(named) if named.starts_with('=') => place = Some(Place::named(&named[1..])),
                _ => rest.push(part),
            }
        }
        let rest = rest.join("&");
        let hash = if rest.is_empty() { "" } else { "#" };
        (place, format!("{hash}{rest}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_stands_alone_or_beside_a_run_and_leaves_the_rest_alone() {
        let taken = |fragment| Place::take(fragment);
        assert_eq!(taken("#lesson=3"), (Some(Place::Chapter(2)), String::new()));
        assert_eq!(taken("#lesson=teacher"), (Some(Place::Teacher), "".into()));
        assert_eq!(
            taken("#v1.Y2RgAAA&lesson=8&engine=cpu"),
            (Some(Place::Chapter(7)), "#v1.Y2RgAAA&engine=cpu".into())
        );
        assert_eq!(taken("#v1.lesson"), (None, "#v1.lesson".into()));
        assert_eq!(taken("#lessonx=1"), (None, "#lessonx=1".into()));
        assert_eq!(taken(""), (None, String::new()));
    }

    #[test]
    fn every_place_is_found_by_its_link_and_a_wrong_number_by_the_list() {
        let chapters = (0..CHAPTERS).map(Place::Chapter);
        for place in chapters.chain([Place::Contents, Place::Teacher]) {
            assert_eq!(Place::take(&place.link()), (Some(place), String::new()));
        }
        for wrong in [
            "#lesson=0",
            "#lesson=9",
            "#lesson=03",
            "#lesson=",
            "#lessons",
        ] {
            assert_eq!(Place::take(wrong).0, Some(Place::Contents), "{wrong}");
        }
    }
}
