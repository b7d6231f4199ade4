//! The figures as tables for people.

use super::{FOLLOWED, Report, Society, Trends};
use crate::society::statistics::{
    Influence, Measured, PeerInfluence, Place, RoundFigures, SocietyStatistics, Voice,
};
use std::fmt::Write as _;

/// Peers shown at each end of the list.
const SHOWN: usize = 3;
/// Comments without which a peer is not shown there.
const ENOUGH: u32 = 5;

/// All societies, and what they say together. Writing to a String cannot fail.
pub(super) fn text(report: &Report) -> String {
    let mut text = String::new();
    for society in &report.societies {
        text += &one(society);
        text.push('\n');
    }
    let averages = format!("moving averages of {} rounds", report.window);
    if let Some(over) = &report.over_seeds {
        let runs = report.societies.len() / if report.against.is_some() { 2 } else { 1 };
        let _ = writeln!(
            text,
            "{averages} over {runs} runs, with 95 % intervals over the runs"
        );
        text += &trends(over);
    }
    if let Some(against) = &report.against {
        let _ = writeln!(
            text,
            "{averages}: by how much the records of --against lie above the others"
        );
        text += &trends(against);
    }
    text
}

fn one(society: &Society) -> String {
    let found = &society.statistics;
    let mut text = format!(
        "{}: {} interactions on a grid of {} x {}",
        society.record, found.interactions, society.size, society.size
    );
    if found.lost > 0 {
        let _ = write!(text, ", {} of them with a score missing", found.lost);
    }
    text += "\n\n";
    text += &rounds(found);
    text.push('\n');
    text += &movement(found);
    text.push('\n');
    text += &influence(&found.influence);
    text
}

fn rounds(found: &SocietyStatistics) -> String {
    let mut text = format!(
        "{:>5}{:>5}  {:<15}{:<15}{:>7}{:>13}  {:<18}{:>8}{:>9}{:>13}\n",
        "round",
        "n",
        "alignment",
        "engagement",
        "to 7,7",
        "apart / any",
        "Moran's I",
        "clusters",
        "largest",
        "turned"
    );
    for (round, movement) in found.rounds.iter().zip(&found.convergence.rounds) {
        let RoundFigures {
            statistics,
            consensus,
            points,
            ..
        } = round;
        let both = |of: fn(&crate::society::statistics::Point) -> f32| {
            let figure = |point: Option<_>| number(point.as_ref().map(of));
            format!("{} -> {}", figure(points.draft), figure(points.revision))
        };
        let moran = consensus
            .moran
            .map_or("-".to_owned(), |moran| match moran.p {
                Some(p) if p < 0.01 => format!("{:+.2} (p < 0.01)", moran.value),
                Some(p) => format!("{:+.2} (p {p:.2})", moran.value),
                None => format!("{:+.2}", moran.value),
            });
        let apart = format!(
            "{} / {}",
            number(consensus.neighbour_difference),
            number(consensus.any_difference)
        );
        let turned = movement.turned.map_or("-".to_owned(), |turned| {
            format!("{} of {}", percent(turned.value), turned.count)
        });
        let _ = writeln!(
            text,
            "{:>5}{:>5}  {:<15}{:<15}{:>7}{apart:>13}  {moran:<18}{:>8}{:>9}{turned:>13}",
            statistics.round + 1,
            statistics.all.interactions,
            both(|point| point.alignment),
            both(|point| point.engagement),
            number(points.distance),
            consensus.clusters.clusters.len(),
            percent(consensus.clusters.largest),
        );
    }
    text + "drafts -> revisions; apart: mean difference of neighbours, and of any two; turned: agents now on\n\
            the other side of the scale with a question of a kind they know; all of alignment\n"
}

fn movement(found: &SocietyStatistics) -> String {
    let convergence = &found.convergence;
    let settling = &convergence.settling;
    let mut text = match convergence.settled {
        Some(round) => format!("stands still from round {} on", u32::from(round) + 1),
        None => "never stood still".to_owned(),
    };
    let _ = writeln!(
        text,
        " (moving averages of {} rounds within {} points for {} rounds more)",
        settling.window, settling.band, settling.window
    );
    let drift = &convergence.drift;
    for (name, [draft, revision]) in [
        (
            "alignment",
            [drift.alignment_draft, drift.alignment_revision],
        ),
        (
            "engagement",
            [drift.engagement_draft, drift.engagement_revision],
        ),
    ] {
        let _ = writeln!(
            text,
            "drift of {name} a round: drafts {}, revisions {}",
            signed(draft),
            signed(revision)
        );
    }
    let front: Vec<String> = found
        .revisions
        .agents
        .iter()
        .filter(|agent| agent.on_front)
        .map(|agent| agent.agent.to_string())
        .collect();
    let _ = writeln!(
        text,
        "front of alignment and engagement: agents {}; below it {} of the square",
        front.join(", "),
        percent(found.revisions.hypervolume)
    );
    text
}

fn influence(found: &Influence) -> String {
    if found.drafts == 0 {
        return "nobody gave feedback\n".to_owned();
    }
    let mut text = format!(
        "feedback on {} drafts changed {}, and their alignment by {}\n\n{:<14}{:>9}{:>8}  {:<26}{:<26}{}\n",
        found.drafts,
        share(found.changed),
        signed(found.change),
        "comments of",
        "comments",
        "unread",
        "change after them",
        "read last",
        "read before the last",
    );
    let good = found.good.iter().map(|voice| ("raised well", voice));
    let bad = found.bad.iter().map(|voice| ("raised badly", voice));
    let raised: Vec<(&str, &Voice)> = good.chain(bad).collect();
    let named = |peer: &'_ &PeerInfluence| format!("agent {}, {}", peer.peer, peer.label.name());
    let (heard, most, least) = ends(found);
    for (name, voice) in &raised {
        text += &row(name, voice);
    }
    if !most.is_empty() {
        let _ = writeln!(
            text,
            "of {heard} peers with {ENOUGH} comments or more, those after whom answers gained most, and least\n\
             (by luck alone, one interval in twenty leaves out zero):"
        );
        for peer in most.iter().chain(&least) {
            text += &row(&named(peer), &peer.voice);
        }
    }
    let _ = writeln!(
        text,
        "\n{:<33}{:<26}more lenient than they by",
        "critics", "agree with observers"
    );
    for (name, voice) in &raised {
        let (agreement, leniency) = (counted(voice.agreement), counted(voice.leniency));
        let _ = writeln!(text, "{name:<33}{agreement:<26}{leniency}");
    }
    let _ = writeln!(
        text,
        "\n{:<33}{:<26}{:<26}rating and revision, given the draft",
        "comment read", "change if raised well", "change if raised badly"
    );
    for place in &found.places {
        let Place {
            from_end,
            good,
            bad,
            followed,
        } = place;
        let name = match from_end {
            0 => "last".to_owned(),
            1 => "last but one".to_owned(),
            before => format!("last but {before}"),
        };
        let _ = writeln!(
            text,
            "{name:<33}{:<26}{:<26}{}",
            counted(*good),
            counted(*bad),
            counted(*followed)
        );
    }
    text
}

/// How many peers have spoken enough; those with the greatest and those with the least change.
fn ends(found: &Influence) -> (usize, Vec<&PeerInfluence>, Vec<&PeerInfluence>) {
    let change = |peer: &PeerInfluence| {
        let change = peer.voice.change.filter(|change| change.count >= ENOUGH);
        change.map(|change| change.value)
    };
    let mut heard: Vec<(f32, &PeerInfluence)> = found
        .peers
        .iter()
        .filter_map(|peer| Some((change(peer)?, peer)))
        .collect();
    heard.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    let peers: Vec<&PeerInfluence> = heard.into_iter().map(|(_, peer)| peer).collect();
    let count = peers.len();
    let shown = SHOWN.min(count / 2);
    let most = peers.iter().take(shown).copied().collect();
    let least = peers.iter().skip(count - shown).copied().collect();
    (count, most, least)
}

fn row(name: &str, voice: &Voice) -> String {
    let [all, last, before] = [voice.change, voice.when_last, voice.when_not_last].map(counted);
    format!(
        "{name:<14}{:>9}{:>8}  {all:<26}{last:<26}{before}\n",
        voice.comments, voice.unread
    )
}

fn trends(trends: &Trends) -> String {
    let mut text = format!("{:>5}", "round");
    let width = |name: &str| name.len().max(18) + 2;
    for figure in &FOLLOWED {
        let _ = write!(text, "{:>width$}", figure.name, width = width(figure.name));
    }
    text.push('\n');
    let rounds = trends.values().map(Vec::len).max().unwrap_or(0);
    for round in 0..rounds {
        let _ = write!(text, "{:>5}", round + 1);
        for figure in &FOLLOWED {
            let values = trends.get(figure.name);
            let value = values.and_then(|values| values.get(round).copied().flatten());
            let cell = value.map_or("-".to_owned(), |found| match found.interval {
                Some((low, high)) => format!("{:.2} {low:.2}..{high:.2}", found.value),
                None => format!("{:.2}", found.value),
            });
            let _ = write!(text, "{cell:>width$}", width = width(figure.name));
        }
        text.push('\n');
    }
    text
}

fn number(figure: Option<f32>) -> String {
    figure.map_or("-".to_owned(), |figure| format!("{figure:.2}"))
}

fn percent(share: f32) -> String {
    format!("{:.0} %", 100.0 * share)
}

fn share(figure: Option<Measured>) -> String {
    figure.map_or("-".to_owned(), |found| match found.interval {
        Some((low, high)) => {
            format!(
                "{} ({:.0}..{:.0})",
                percent(found.value),
                100.0 * low,
                100.0 * high
            )
        }
        None => percent(found.value),
    })
}

fn signed(figure: Option<Measured>) -> String {
    figure.map_or("-".to_owned(), |found| match found.interval {
        Some((low, high)) => format!("{:+.2} ({low:+.2}..{high:+.2})", found.value),
        None => format!("{:+.2}", found.value),
    })
}

/// With the number of observations: a figure of two must not look like one of two hundred.
fn counted(figure: Option<Measured>) -> String {
    figure.map_or("-".to_owned(), |found| match found.interval {
        Some((low, high)) => {
            format!("{:+.2} {low:.2}..{high:.2} of {}", found.value, found.count)
        }
        None => format!("{:+.2} of {}", found.value, found.count),
    })
}
