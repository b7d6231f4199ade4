//! What a chart shows, before anybody draws it: values and words. Drawings, readouts, tables and files
//! are all made from it, so that they can't disagree.

use super::look::{self, Ink, Look};
use super::thin::Point;

/// The ends of an interval, where there is one.
pub type Ends = Option<(f64, f64)>;
/// A value with its interval.
pub type Measured = (f64, Ends);

/// What a chart shows: one panel, or several on common scales.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figure {
    /// What it is.
    pub title: String,
    /// Its panels.
    pub panels: Vec<Panel>,
    /// Height of a panel of lines; planes and bars are as high as they need to be.
    pub height: f64,
    /// Panels are at least so wide, if there is room for more than one beside each other.
    pub least: f64,
}

/// A pair of axes with what lies between them.
#[derive(Clone, Debug, PartialEq)]
pub struct Panel {
    /// What it shows that its neighbours don't; empty where it is the only one.
    pub name: String,
    /// The level axis.
    pub across: Axis,
    /// The upright axis.
    pub up: Axis,
    /// What is drawn.
    pub content: Content,
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it says; empty where the title says it.
    pub name: String,
    /// Its ends, if they are fixed.
    pub range: Ends,
    /// What its numbers are.
    pub unit: Unit,
    /// How one of its places is said: "Round 3".
    pub place: Option<Say>,
}

/// What numbers are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Scores, means and the like.
    #[default]
    Score,
    /// Losses and norms, of any size.
    Fine,
    /// Whole things, counted.
    Count,
    /// Shares of one, told in per cent.
    Share,
}

/// Words for a place. Two of them are alike: a chart is made anew when the language changes.
#[derive(Clone, Copy, Debug)]
pub struct Say(pub fn(u32) -> String);

impl PartialEq for Say {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// What is drawn between two axes.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// Lines from place to place.
    Lines(Lines),
    /// Things by two figures.
    Plane(Plane),
    /// Things by one figure, each beside the others.
    Bars(Bars),
}

/// Lines from place to place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The lines, the one in front last.
    pub series: Vec<Series>,
    /// Places where something begins.
    pub begins: Vec<f64>,
}

/// A line.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it shows.
    pub name: String,
    /// A word or two at its end; mostly none.
    pub sign: String,
    /// Its look.
    pub look: Look,
    /// Places and values, by place.
    pub points: Vec<Point>,
    /// Places with the ends of intervals, drawn as a band behind the line.
    pub band: Vec<(f64, f64, f64)>,
    /// Its marks have the colour of their value, a score from 1 to 7.
    pub scored: bool,
}

/// Things by two figures, with the front that none of them surpasses.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plane {
    /// The things.
    pub marks: Vec<Mark>,
    /// The corners of the front, from the one that is best upwards to the one that is best across.
    pub front: Vec<Point>,
    /// Less of both is better.
    pub lower: bool,
    /// The marks are joined in their order.
    pub joined: bool,
    /// What the looks of marks say.
    pub kinds: Vec<(Look, String)>,
}

/// A thing in a plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// What stands in it; short, or nothing.
    pub sign: String,
    /// What it is.
    pub name: String,
    /// Its look.
    pub look: Look,
    /// Its figure on the level axis.
    pub across: Measured,
    /// Its figure on the upright axis.
    pub up: Measured,
    /// How many things it stands for.
    pub count: u32,
}

/// Things by one figure, on the level axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bars {
    /// What each row of bars is of, with a bar for every kind.
    pub rows: Vec<(String, Vec<Option<Measured>>)>,
    /// What the bars of a row are, from above.
    pub kinds: Vec<(Look, String)>,
    /// Only their ends matter: dots, where the axis does not begin at nothing.
    pub dots: bool,
}

/// How an entry of the key is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sample {
    /// A piece of line.
    Line,
    /// A mark.
    Mark,
    /// A bar.
    Bar,
}

impl Series {
    /// A line with nothing beside it.
    pub fn new(name: impl Into<String>, look: Look, points: Vec<Point>) -> Self {
        Self {
            name: name.into(),
            sign: String::new(),
            look,
            points,
            band: Vec::new(),
            scored: false,
        }
    }

    /// The value at a place.
    pub fn at(&self, place: f64) -> Option<f64> {
        let found = self
            .points
            .binary_search_by(|point| point.0.total_cmp(&place));
        found
            .ok()
            .and_then(|at| self.points.get(at))
            .map(|point| point.1)
    }

    /// The interval at a place.
    pub fn ends(&self, place: f64) -> Ends {
        let found = self.band.iter().find(|end| end.0 == place);
        found.map(|(_, low, high)| (*low, *high))
    }

    /// The colour of its mark at a value.
    pub fn ink(&self, value: f64) -> Ink {
        if self.scored {
            look::score(value)
        } else {
            self.look.ink
        }
    }
}

impl Lines {
    /// All places that any line has a value at, in their order.
    pub fn places(&self) -> Vec<f64> {
        let mut series = self.series.iter();
        let first = series.next().map_or(&[][..], |one| &one.points);
        let first: Vec<f64> = first.iter().map(|point| point.0).collect();
        series.fold(first, |known, one| merged(known, &one.points))
    }
}

/// Two lists of places, each in its order, as one without repetitions.
fn merged(known: Vec<f64>, points: &[Point]) -> Vec<f64> {
    let same = known.len() == points.len()
        && known
            .iter()
            .zip(points)
            .all(|(place, point)| *place == point.0);
    if same {
        return known;
    }
    let mut all = Vec::with_capacity(known.len().max(points.len()));
    let (mut mine, mut theirs) = (known.iter().peekable(), points.iter().peekable());
    loop {
        let next = match (mine.peek(), theirs.peek()) {
            (Some(one), Some(other)) => one.min(other.0),
            (Some(one), None) => **one,
            (None, Some(other)) => other.0,
            (None, None) => return all,
        };
        mine.next_if(|one| **one <= next);
        theirs.next_if(|other| other.0 <= next);
        all.push(next);
    }
}

impl Axis {
    /// An axis of this name and these numbers.
    pub fn of(name: impl Into<String>, unit: Unit) -> Self {
        Self {
            name: name.into(),
            unit,
            ..Self::default()
        }
    }

    /// The same, with fixed ends.
    pub fn within(self, low: f64, high: f64) -> Self {
        Self {
            range: Some((low, high)),
            ..self
        }
    }

    /// The same, whose places are said in these words.
    pub fn said(self, words: fn(u32) -> String) -> Self {
        Self {
            place: Some(Say(words)),
            ..self
        }
    }

    /// A value as it is read.
    pub fn told(&self, value: f64) -> String {
        match self.unit {
            Unit::Score => format!("{value:.2}"),
            Unit::Fine => format!("{value:.3}"),
            Unit::Count => format!("{value:.0}"),
            Unit::Share => format!("{:.1}%", 100.0 * value),
        }
    }

    /// A value with its interval.
    pub fn measured(&self, (value, ends): Measured) -> String {
        let told = self.told(value);
        match ends {
            None => told,
            Some((low, high)) => {
                let unit = |end: f64| self.told(end).replace("%", "");
                format!("{told} ({}\u{2013}{})", unit(low), unit(high))
            }
        }
    }

    /// The name with its unit.
    pub fn title(&self) -> String {
        match self.unit {
            Unit::Share if !self.name.is_empty() => format!("{} (%)", self.name),
            _ => self.name.clone(),
        }
    }

    /// A place in words.
    pub fn placed(&self, place: f64) -> String {
        match self.place {
            // Places are counted, and not beyond any count.
            Some(Say(words)) => words(place as u32),
            None if self.name.is_empty() => self.told(place),
            None => format!("{} {}", self.name, self.told(place)),
        }
    }
}

impl Figure {
    /// A figure of one panel.
    pub fn of(
        title: impl Into<String>,
        height: f64,
        across: Axis,
        up: Axis,
        content: Content,
    ) -> Self {
        let panel = Panel {
            name: String::new(),
            across,
            up,
            content,
        };
        Self {
            title: title.into(),
            panels: vec![panel],
            height,
            least: 0.0,
        }
    }

    /// What the looks of lines, marks and bars say; empty where there is nothing to tell apart.
    pub fn keys(&self) -> Vec<(Sample, Look, String)> {
        let mut keys: Vec<(Sample, Look, String)> = Vec::new();
        for panel in &self.panels {
            let (sample, kinds): (Sample, Vec<(Look, String)>) = match &panel.content {
                Content::Lines(lines) => {
                    let named = lines.series.iter().rev();
                    let named = named.map(|one| (one.look, signed(&one.sign, &one.name)));
                    (Sample::Line, named.collect())
                }
                Content::Plane(plane) => (Sample::Mark, plane.kinds.clone()),
                Content::Bars(bars) => (
                    if bars.dots { Sample::Mark } else { Sample::Bar },
                    bars.kinds.clone(),
                ),
            };
            for (look, name) in kinds {
                if !name.is_empty() && !keys.iter().any(|known| known.2 == name) {
                    keys.push((sample, look, name));
                }
            }
        }
        if keys.len() < 2 {
            keys.clear();
        }
        keys
    }

    /// Whether there is nothing to read yet.
    pub fn is_empty(&self) -> bool {
        self.panels.iter().all(|panel| match &panel.content {
            Content::Lines(lines) => lines.series.iter().all(|one| one.points.is_empty()),
            Content::Plane(plane) => plane.marks.is_empty(),
            Content::Bars(bars) => bars.rows.iter().flat_map(|row| &row.1).all(Option::is_none),
        })
    }

    /// How many marks, points or bars there are to read.
    pub fn count(&self) -> usize {
        let of = |panel: &Panel| match &panel.content {
            Content::Lines(lines) => lines.places().len(),
            Content::Plane(plane) => plane.marks.len(),
            Content::Bars(bars) => bars.rows.iter().flat_map(|row| &row.1).flatten().count(),
        };
        self.panels.iter().map(of).sum()
    }
}

/// A name with the sign that stands for it.
pub fn signed(sign: &str, name: &str) -> String {
    if sign.is_empty() {
        name.to_owned()
    } else {
        format!("{sign} {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_of_all_lines_are_one_list() {
        let line = |points: &[Point]| Series::new("", look::MAIN, points.to_vec());
        let lines = Lines {
            series: vec![
                line(&[(1.0, 0.0), (3.0, 0.0), (5.0, 0.0)]),
                line(&[(0.0, 0.0), (3.0, 1.0), (6.0, 0.0)]),
                line(&[]),
            ],
            begins: Vec::new(),
        };
        assert_eq!(lines.places(), [0.0, 1.0, 3.0, 5.0, 6.0]);
        assert_eq!(lines.series[1].at(3.0), Some(1.0));
        assert_eq!(lines.series[1].at(4.0), None);
        assert!(Lines::default().places().is_empty());
    }

    #[test]
    fn values_are_told_by_what_they_are() {
        let of = |unit| Axis::of("Loss", unit);
        assert_eq!(
            of(Unit::Score).measured((0.5, Some((0.25, 0.75)))),
            "0.50 (0.25\u{2013}0.75)"
        );
        assert_eq!(
            of(Unit::Share).measured((0.5, Some((0.4, 0.6)))),
            "50.0% (40.0\u{2013}60.0)"
        );
        assert_eq!(of(Unit::Count).placed(3.0), "Loss 3");
        let said = of(Unit::Count).said(|place| format!("Round {place}"));
        assert_eq!(said.placed(3.0), "Round 3");
    }
}
