//! How lines and marks look: colours by their names in `style/tokens.css`, never by value, and for
//! every one a dash or a shape as well, because colour alone tells nothing to many eyes.

/// A colour by its name in `style/tokens.css`, without the dashes; empty for none.
pub type Ink = &'static str;

/// What a mark looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// A disc.
    #[default]
    Round,
    /// A square.
    Square,
}

/// How something looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Its colour.
    pub ink: Ink,
    /// Width of its line.
    pub width: f64,
    /// Lengths of dashes and gaps; empty for a line without gaps.
    pub dash: &'static str,
    /// Shape of its marks.
    pub shape: Shape,
    /// Marks and bars are only outlined.
    pub hollow: bool,
}

/// A line that is followed closely.
pub const MAIN: Look = Look {
    ink: "ink",
    width: 2.0,
    dash: "",
    shape: Shape::Round,
    hollow: false,
};
/// What the main line is held against: first answers, another setting, two people anywhere.
pub const BESIDE: Look = Look {
    ink: "ink-soft",
    width: 1.75,
    dash: "2 4",
    shape: Shape::Round,
    hollow: true,
};
/// The same figure before something happened to it, beside others that are dotted already.
pub const BEFORE: Look = Look {
    width: 1.25,
    dash: "7 3",
    ..BESIDE
};
/// People who were raised well: second answers.
pub const WELL: Look = Look {
    ink: "well-line",
    dash: "10 3",
    ..MAIN
};
/// People who were raised badly: second answers.
pub const BADLY: Look = Look {
    ink: "badly-line",
    dash: "5 3",
    shape: Shape::Square,
    ..MAIN
};
/// People who were raised well: first answers.
pub const WELL_FIRST: Look = Look {
    ink: "well-line",
    width: 1.25,
    dash: "10 3 2 3",
    ..BESIDE
};
/// People who were raised badly: first answers.
pub const BADLY_FIRST: Look = Look {
    ink: "badly-line",
    width: 1.25,
    dash: "5 3 1 3",
    shape: Shape::Square,
    ..BESIDE
};
/// Whatever stands for itself in a plane.
pub const PLAIN: Look = Look {
    ink: "ink-soft",
    width: 1.0,
    ..MAIN
};
/// A model before training, as a bar.
pub const BASE: Look = Look {
    ink: "plate",
    hollow: true,
    ..MAIN
};
/// A model after training, as a bar.
pub const TRAINED: Look = Look {
    ink: "rule-strong",
    ..MAIN
};
/// A run's model before training, in a plane.
pub const UNTRAINED: Look = Look {
    ink: "ink-soft",
    ..MAIN
};

/// Runs that are compared: eight colours, each with a dash of its own.
const RUNS: [(Ink, &str); 8] = [
    ("run-0", ""),
    ("run-1", "7 3"),
    ("run-2", "2 3"),
    ("run-3", "9 3 2 3"),
    ("run-4", "5 2"),
    ("run-5", "1 3"),
    ("run-6", "12 4"),
    ("run-7", "9 3 2 3 2 3"),
];

/// The look of the run at a place of the shelf; more runs share them.
pub fn run(place: usize) -> Look {
    let (ink, dash) = RUNS[place % RUNS.len()];
    Look {
        ink,
        dash,
        width: 1.75,
        ..MAIN
    }
}

/// The colours of scores from 1 to 7.
const SCORES: [Ink; 7] = [
    "align-1", "align-2", "align-3", "align-4", "align-5", "align-6", "align-7",
];

/// The colour of a score from 1 to 7, or of a mean of them.
pub fn score(value: f64) -> Ink {
    // Clamped to the scale, so it fits.
    SCORES[(value.round().clamp(1.0, 7.0) as usize) - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_chart_are_told_apart_by_more_than_colour() {
        let runs: Vec<Look> = (0..RUNS.len()).map(run).collect();
        let people = vec![MAIN, BESIDE, WELL, WELL_FIRST, BADLY, BADLY_FIRST];
        for looks in [runs, people, vec![MAIN, BEFORE, BESIDE]] {
            for (at, one) in looks.iter().enumerate() {
                let same = looks[..at].iter().any(|other| other.dash == one.dash);
                assert!(!same, "{one:?}");
            }
        }
        assert_eq!(
            [score(0.2), score(6.5), score(9.0)],
            ["align-1", "align-7", "align-7"]
        );
    }

    #[test]
    fn every_colour_is_a_token() {
        let tokens = include_str!("../../../style/tokens.css");
        let looks = [
            MAIN, BESIDE, BEFORE, WELL, BADLY, PLAIN, BASE, TRAINED, UNTRAINED,
        ];
        let runs = (0..RUNS.len()).map(run);
        let inks = looks.into_iter().chain(runs).map(|look| look.ink);
        for ink in inks.chain(SCORES) {
            assert!(tokens.contains(&format!("--{ink}: #")), "{ink}");
        }
    }
}
