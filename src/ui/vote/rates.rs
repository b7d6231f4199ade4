//! Win rates, drawn: a line from 0 to 100% for everybody who judged.

use super::super::parts::escaped;
use super::super::text::VoteText;
use crate::lab::view::Estimate;
use crate::lab::vote::Preference;
use crate::lab::vote::tally::Counts;

/// A line of the table.
pub struct Rate {
    /// Who judged what.
    pub name: String,
    /// How often the trained model won.
    pub rate: Estimate,
    /// Whether the interval says something.
    pub interval: bool,
    /// What was preferred how often.
    pub counts: Counts,
}

/// A share as people read it.
pub fn percent(share: f32) -> String {
    format!("{:.0}%", 100.0 * share)
}

fn drawing(rate: &Rate) -> String {
    let place = |share: f32| format!("{:.2}%", 100.0 * share.clamp(0.0, 1.0));
    let Estimate { value, low, high } = rate.rate;
    let whisker = if rate.interval {
        format!(
            "<line class='whisker' x1='{}' x2='{}' y1='9' y2='9'/>",
            place(low),
            place(high)
        )
    } else {
        String::new()
    };
    format!(
        "<svg class='claim-drawing' width='100%' height='18' aria-hidden='true' focusable='false'>\
        <line class='grid' x1='0' x2='100%' y1='9' y2='9'/><line class='zero' x1='50%' x2='50%' y1='1' y2='17'/>\
        {whisker}<circle class='dot' cx='{}' cy='9' r='4'/></svg>",
        place(value)
    )
}

/// Who won how many pairs, in words.
fn won(text: &VoteText, counts: Counts) -> String {
    let [trained, base] = [Preference::Trained, Preference::Base].map(|model| counts.get(model));
    let parts = [
        (text.trained, trained),
        (text.base, base),
        (text.neither, counts.total() - trained - base),
    ];
    let told = parts.map(|(name, count)| format!("{name} <b>{count}</b>"));
    told.join(" · ")
}

/// The table, as markup.
pub fn table(text: &VoteText, rates: &[Rate]) -> String {
    let line = |rate: &Rate| {
        let Estimate { value, low, high } = rate.rate;
        let interval = if rate.interval {
            format!("<small>{:.0}–{:.0}</small>", 100.0 * low, 100.0 * high)
        } else {
            String::new()
        };
        format!(
            "<tr><th scope=row>{}<td class=vote-rate><b>{}</b>{interval}<td class=vote-axis>{}<td class=vote-counts>{}",
            escaped(&rate.name),
            percent(value),
            drawing(rate),
            won(text, rate.counts),
        )
    };
    let lines: String = rates.iter().map(line).collect();
    format!(
        "<table class=vote-rates><caption class=hidden>{}</caption><thead><tr><th scope=col>{}<th scope=col>{}<td class=vote-axis><span>0%</span><span>50%</span><span>100%</span><th scope=col>{}<tbody>{lines}</table>",
        text.rates, text.who, text.rate, text.preferred
    )
}

/// What an interval says about two models, in one sentence.
pub fn verdict(text: &VoteText, rate: Estimate) -> &'static str {
    if rate.low > 0.5 {
        text.sure_trained
    } else if rate.high < 0.5 {
        text.sure_base
    } else {
        text.unsure
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::text::Language;

    #[test]
    fn a_rate_is_told_drawn_and_judged() {
        let text = Language::English.vote();
        let counts = Counts([2, 7, 1, 0]);
        let rate = Rate {
            name: "<b>".to_owned(),
            rate: counts.win_rate(),
            interval: true,
            counts,
        };
        let markup = table(text, &[rate]);
        for part in [
            "&lt;b&gt;",
            "<b>75%</b><small>44–92</small>",
            "cx='75.00%'",
            "after <b>7</b> · before <b>2</b> · neither <b>1</b>",
        ] {
            assert!(markup.contains(part), "{part} in {markup}");
        }
        assert_eq!(verdict(text, counts.win_rate()), text.unsure);
        assert_eq!(
            verdict(text, Counts([0, 9, 1, 0]).win_rate()),
            text.sure_trained
        );
        assert_eq!(
            verdict(text, Counts([10, 0, 0, 0]).win_rate()),
            text.sure_base
        );
    }
}
