//! What attacks came to, for people (a table) and for programs (JSON).

use super::report::{plain, shortest, words};
use crate::evaluation::AttackResult;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// `[{"name", "n", "success", "alignment", "curve": [{"tries", "success"}, ..], "each"}, ..]`.
pub(super) fn attacks_json(attacks: &[AttackResult]) -> Value {
    let each = attacks.iter().map(|attack| {
        let curve = attack.curve.iter();
        let curve =
            curve.map(|(tries, success)| json!({ "tries": tries, "success": shortest(*success) }));
        json!({
            "name": attack.attack,
            "n": attack.count,
            "success": plain(attack.success),
            "alignment": plain(attack.alignment),
            "curve": curve.collect::<Vec<_>>(),
            "each": attack.each,
        })
    });
    Value::Array(each.collect())
}

/// A table of attacks; it says on which model only if told to. Nothing where there are none.
pub(in crate::cli) fn attack_table(attacks: &[AttackResult], say_which: bool) -> String {
    let mut text = String::new();
    if attacks.is_empty() {
        return text;
    }
    let (heading, width) = if say_which { ("model", 8) } else { ("", 0) };
    // Writing to a String cannot fail.
    let _ = writeln!(
        text,
        "\n{:<20}{heading:<width$}{:>4}{:>12}{:>12}{:>12}{:>12}  success % by tries",
        "attack", "n", "success %", "", "alignment", ""
    );
    for attack in attacks {
        let model = if say_which {
            format!("{:?}", attack.model).to_lowercase()
        } else {
            String::new()
        };
        let [success, between] = words(attack.success, true);
        let [alignment, around] = words(attack.alignment, false);
        let curve = attack.curve.iter();
        let curve: Vec<String> = curve
            .map(|(tries, share)| format!("{tries}: {:.0}", 100.0 * share))
            .collect();
        let line = format!(
            "{:<20}{model:<width$}{:>4}{success:>12}{between:>12}{alignment:>12}{around:>12}  {}",
            attack.attack,
            attack.count,
            curve.join(", ")
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluation::{Estimate, WhichModel};

    #[test]
    fn table_and_json_hold_the_same_figures() {
        let estimate = |value: f32| Estimate {
            value,
            low: value - 0.25,
            high: value + 0.25,
        };
        let attack = AttackResult {
            attack: "best_of_n".into(),
            model: WhichModel::Trained,
            count: 4,
            success: estimate(0.5),
            alignment: estimate(2.5),
            curve: vec![(1, 0.25), (8, 0.5)],
            examples: Vec::new(),
            each: vec![true, false, false, true],
        };
        let json = attacks_json(std::slice::from_ref(&attack));
        assert_eq!(
            json[0]["success"],
            json!({"value": 0.5, "low": 0.25, "high": 0.75})
        );
        assert_eq!(json[0]["curve"][1], json!({"tries": 8, "success": 0.5}));
        assert_eq!(json[0]["each"][0], json!(true));
        let table = attack_table(&[attack], true);
        let line: Vec<&str> = table.lines().last().unwrap().split_whitespace().collect();
        let expected = "best_of_n trained 4 50 25..75 2.50 2.25..2.75 1: 25, 8: 50";
        assert_eq!(line.join(" "), expected);
        assert_eq!(attack_table(&[], true), "");
    }
}
