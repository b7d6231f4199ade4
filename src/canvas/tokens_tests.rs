//! The style sheet's colours as eyes meet them, in both themes: the scale keeps its two hues for itself,
//! and every other set is told apart by lightness alone, as eyes do that don't see red and green.

use super::*;

/// CIE L*, a* and b*: how light a colour is, 0 to 100, and which hue it has.
fn lab(colour: Colour) -> [f64; 3] {
    let linear = |byte: u8| {
        let part = f64::from(byte) / 255.0;
        if part <= 0.040_45 {
            part / 12.92
        } else {
            libm::pow((part + 0.055) / 1.055, 2.4)
        }
    };
    let [red, green, blue] = [colour.red, colour.green, colour.blue].map(linear);
    let x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.950_47;
    let y = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    let z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.088_83;
    let [x, y, z] = [x, y, z].map(|part| {
        if part > 0.008_856 {
            libm::cbrt(part)
        } else {
            part * 7.787 + 16.0 / 116.0
        }
    });
    [116.0 * y - 16.0, 500.0 * (x - y), 200.0 * (y - z)]
}

/// How far apart two colours look; 2 is just seen side by side.
fn apart(one: Colour, other: Colour) -> f64 {
    let pairs = lab(one).into_iter().zip(lab(other));
    libm::sqrt(
        pairs
            .map(|(one, other)| (one - other) * (one - other))
            .sum(),
    )
}

/// The contrast of words in one colour on another, 1 to 21.
fn contrast(one: Colour, other: Colour) -> f64 {
    let light = |colour: Colour| {
        let share = (lab(colour)[0] + 16.0) / 116.0;
        share * share * share + 0.05
    };
    let (one, other) = (light(one), light(other));
    one.max(other) / one.min(other)
}

/// A token of a theme; what the dark one does not name is as in the light one.
fn token(dark: bool, name: &str) -> Colour {
    let sheet = include_str!("../../style/tokens.css");
    let (light, night) = sheet
        .split_once(":root[data-theme=\"dark\"]")
        .expect("two themes");
    let of = |part: &str| {
        let (_, value) = part.split_once(&format!("--{name}: "))?;
        let (value, _) = value.split_once(';')?;
        Some(Colour::read(value))
    };
    let found = if dark { of(night) } else { None };
    found.or_else(|| of(light)).expect(name)
}

fn scale(dark: bool, prefix: &str, numbers: std::ops::RangeInclusive<u8>) -> Vec<Colour> {
    numbers
        .map(|number| token(dark, &format!("{prefix}-{number}")))
        .collect()
}

#[test]
fn runs_groups_and_roles_are_told_apart_by_lightness_and_are_no_scores() {
    // Runs are letters too, so all of them are dark on light or light on dark: their steps are smaller.
    let sets = [
        ("run", 0..=7, 3.0),
        ("group", 1..=6, 7.5),
        ("role", 1..=5, 7.5),
    ];
    for dark in [false, true] {
        let meant = ["align-1", "align-2", "align-6", "align-7", "lamp", "light"];
        for (name, numbers, step) in sets.clone() {
            let colours = scale(dark, name, numbers);
            for (at, colour) in colours.iter().enumerate() {
                for token_name in meant {
                    let far = apart(*colour, token(dark, token_name));
                    assert!(
                        far > 25.0,
                        "{name} {at}, dark {dark}: {token_name} {far:.1}"
                    );
                }
                for other in &colours[..at] {
                    let lighter = (lab(*colour)[0] - lab(*other)[0]).abs();
                    assert!(lighter > step, "{name} {at}, dark {dark}: {lighter:.1}");
                }
            }
        }
        for (at, run) in scale(dark, "run", 0..=7).into_iter().enumerate() {
            let clear = contrast(run, token(dark, "plate"));
            assert!(clear > 4.5, "run {at}, dark {dark}: {clear:.1}");
        }
        let far = apart(token(dark, "fault"), token(dark, "align-1"));
        assert!(far > 25.0, "a fault is no harm, dark {dark}: {far:.1}");
    }
}

#[test]
fn both_halves_of_the_scale_grow_away_from_its_grey() {
    for dark in [false, true] {
        let scale = scale(dark, "align", 1..=7);
        let light: Vec<f64> = scale.iter().map(|colour| lab(*colour)[0]).collect();
        let rises = light[..4].windows(2).all(|pair| pair[1] > pair[0] + 4.0);
        let falls = light[3..].windows(2).all(|pair| pair[1] < pair[0] - 4.0);
        assert!(rises && falls, "dark {dark}: {light:.0?}");
        for (score, colour) in (1..).zip(scale) {
            let clear = contrast(token(dark, &format!("on-align-{score}")), colour);
            assert!(clear > 3.9, "score {score}, dark {dark}: {clear:.1}");
        }
    }
}
