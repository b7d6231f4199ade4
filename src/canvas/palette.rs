//! The style sheet's colours, for canvases: `style/tokens.css` is the only place that names them.

/// Colours as CSS strings, ready to be filled with.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Palette {
    /// What everything lies on.
    pub paper: String,
    /// Lines and words.
    pub ink: String,
    /// Faint lines.
    pub rule: String,
    /// Faint surfaces.
    pub shade: String,
    /// What is on stage now.
    pub light: String,
    /// The pool of light on the ground, and the beam.
    pub beam: String,
    /// Alignment 1 to 7.
    pub alignment: [String; 7],
    /// Words on alignment 1 to 7.
    pub on_alignment: [String; 7],
    /// The same seven colours as red, green and blue, to be mixed with the paper.
    rgb: [[f64; 3]; 7],
    paper_rgb: [f64; 3],
}

impl Palette {
    /// Reads the colours; `token` gives the value of a custom property, empty if there is none.
    pub fn read(token: impl Fn(&str) -> String) -> Self {
        let scale = |prefix: &str| std::array::from_fn(|i| token(&format!("{prefix}{}", i + 1)));
        let alignment: [String; 7] = scale("--align-");
        let paper = token("--plate");
        Self {
            ink: token("--ink"),
            rule: token("--rule"),
            shade: token("--shade"),
            light: token("--lamp"),
            beam: token("--beam"),
            rgb: std::array::from_fn(|i| rgb(&alignment[i])),
            paper_rgb: rgb(&paper),
            on_alignment: scale("--on-align-"),
            paper,
            alignment,
        }
    }

    /// The colour of somebody: alignment gives the hue, engagement how much of it shows.
    pub fn person(&self, alignment: Option<u8>, engagement: Option<u8>) -> String {
        let Some(score) = alignment else {
            return self.paper.clone();
        };
        let hue = self.rgb[index(score)];
        let share = 0.3 + 0.1 * f64::from(engagement.unwrap_or(7).clamp(1, 7));
        let mix = |i: usize| (hue[i] * share + self.paper_rgb[i] * (1.0 - share)).round();
        format!("rgb({} {} {})", mix(0), mix(1), mix(2))
    }

    /// The colour of a rating; the rule's where there is none.
    pub fn rating(&self, rating: Option<u8>) -> &str {
        rating.map_or(&self.rule, |score| &self.alignment[index(score)])
    }

    /// The colour of words on a rating.
    pub fn on_rating(&self, rating: Option<u8>) -> &str {
        rating.map_or(&self.ink, |score| &self.on_alignment[index(score)])
    }
}

fn index(score: u8) -> usize {
    usize::from(score.clamp(1, 7) - 1)
}

/// Reads `#rrggbb`; anything else is a middle grey, which shows and hurts nobody.
fn rgb(colour: &str) -> [f64; 3] {
    let digits = colour
        .trim()
        .strip_prefix('#')
        .filter(|digits| digits.len() == 6 && digits.is_ascii());
    let part = |at: usize| {
        let pair = digits.and_then(|digits| digits.get(at..at + 2));
        pair.and_then(|pair| u8::from_str_radix(pair, 16).ok())
            .map_or(128.0, f64::from)
    };
    [part(0), part(2), part(4)]
}

#[cfg(test)]
mod tests {
    use super::Palette;

    #[test]
    fn engagement_brings_the_colour_out_of_the_paper() {
        let palette = Palette::read(|name| {
            if name == "--plate" {
                "#ffffff".into()
            } else {
                "#0000c8".into()
            }
        });
        assert_eq!(palette.person(Some(7), Some(7)), "rgb(0 0 200)");
        assert_eq!(palette.person(Some(7), Some(2)), "rgb(128 128 228)");
        assert_eq!(palette.person(None, None), "#ffffff");
    }
}
