//! One society of the plan, played and put into figures.

use super::plan::{Scale, Setting};
use crate::cli::EngineArgument;
use crate::cli::error::CliError;
use crate::cli::host::NativeHost;
use crate::formats::record;
use crate::lab::digest::Digest;
use crate::lab::message::{Command, Event};
use crate::lab::session::Session;
use crate::lab::view::RunView;
use crate::society::statistics::{Settling, SocietyStatistics, series, summary};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Figure {
    /// Mean alignment of drafts, 1 to 7: what people say before anybody comments is what they
    /// have learnt.
    Alignment,
    /// Mean alignment of revised answers, 1 to 7: what people say after they heard comments.
    Revised,
    /// Mean engagement of drafts, 1 to 7.
    Engagement,
    /// How near both means are to the best there is, 7 and 7: minus the Euclidean distance.
    Nearness,
}

impl Figure {
    pub(super) fn name(self) -> &'static str {
        match self {
            Figure::Alignment => "alignment of drafts",
            Figure::Revised => "alignment of revised answers",
            Figure::Engagement => "engagement of drafts",
            Figure::Nearness => "nearness of drafts to (7, 7)",
        }
    }
}

/// A run of the plan in figures, one line of the results file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Played {
    pub(super) setting: String,
    pub(super) scale: Scale,
    pub(super) seed: u64,
    /// First half of the SHA-256 of its record as JSONL, and of everything that decided it.
    pub(super) record: String,
    pub(super) config: String,
    /// One value a round.
    pub(super) draft_alignment: Vec<Option<f64>>,
    pub(super) revision_alignment: Vec<Option<f64>>,
    pub(super) draft_engagement: Vec<Option<f64>>,
    pub(super) revision_engagement: Vec<Option<f64>>,
    /// Moran's I of the revisions' alignment.
    pub(super) moran: Vec<Option<f64>>,
    /// Mean difference between linked agents, and between any two.
    pub(super) neighbour_difference: Vec<Option<f64>>,
    pub(super) any_difference: Vec<Option<f64>>,
    /// Share of critiques that could not be read.
    pub(super) unread: f64,
    /// Round from which it stands still, if it does.
    pub(super) settled: Option<u16>,
    /// Share of drafts that feedback changed.
    pub(super) changed: Option<f64>,
}

impl Played {
    /// The mean of a figure over the first third of the rounds.
    pub(super) fn beginning(&self, figure: Figure) -> Option<f64> {
        let first = self.draft_alignment.len().div_ceil(3);
        mean((0..first).filter_map(|round| self.round(figure, round)))
    }

    /// The mean of a figure over the last third of the rounds.
    pub(super) fn end(&self, figure: Figure) -> Option<f64> {
        let rounds = self.draft_alignment.len();
        let last = rounds.div_ceil(3);
        mean((rounds - last..rounds).filter_map(|round| self.round(figure, round)))
    }

    /// The mean of a figure over all rounds.
    pub(super) fn all(&self, figure: Figure) -> Option<f64> {
        let rounds = 0..self.draft_alignment.len();
        mean(rounds.filter_map(|round| self.round(figure, round)))
    }

    /// By how much revisions are better aligned than drafts.
    pub(super) fn lift(&self) -> Option<f64> {
        let pairs = self.revision_alignment.iter().zip(&self.draft_alignment);
        mean(pairs.filter_map(|(after, before)| Some((*after)? - (*before)?)))
    }

    fn round(&self, figure: Figure, round: usize) -> Option<f64> {
        let of = |values: &[Option<f64>]| values.get(round).copied().flatten();
        let (alignment, engagement) = (of(&self.draft_alignment), of(&self.draft_engagement));
        match figure {
            Figure::Alignment => alignment,
            Figure::Revised => of(&self.revision_alignment),
            Figure::Engagement => engagement,
            Figure::Nearness => {
                let (a, e) = (7.0 - alignment?, 7.0 - engagement?);
                Some(-libm::sqrt(a * a + e * e))
            }
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.fold((0.0, 0u32), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / f64::from(count))
}

/// What decides a run, as a digest: a result of other settings is never taken for this one's.
pub(super) fn config_digest(setting: &Setting, scale: Scale, seed: u64) -> String {
    let config = setting.config(scale, seed);
    let text = serde_json::to_string(&config).unwrap_or_default();
    short(&Digest::of(text.as_bytes()))
}

fn short(digest: &Digest) -> String {
    digest.hex().chars().take(32).collect()
}

/// Plays a society of the plan.
///
/// # Errors
/// [`CliError::Failed`] when the run fails.
pub(super) fn play(
    setting: &Setting,
    scale: Scale,
    seed: u64,
    models: &Path,
    mut progress: impl FnMut(u32, u32),
) -> Result<Played, CliError> {
    let mut session = Session::new(NativeHost::new(EngineArgument::Cpu, models.to_owned()));
    let mut view = RunView::default();
    let load = Command::Load(Box::new(setting.config(scale, seed)));
    for command in [load, Command::Start] {
        for event in pollster::block_on(session.handle(command)) {
            view.apply(&event);
        }
    }
    while session.is_busy() {
        for event in pollster::block_on(session.advance()) {
            if let Event::Progress { done, total, .. } = &event {
                progress(*done, *total);
            }
            view.apply(&event);
        }
    }
    if let Some(failure) = view.failure {
        return Err(CliError::Failed(failure.message));
    }
    let figures = summary(&view.interactions, &view.links, Settling::default());
    let bytes = record::write(&view.interactions)?;
    let mut played = in_figures(&figures);
    played.setting = setting.name.to_owned();
    played.scale = scale;
    played.seed = seed;
    played.record = short(&Digest::of(&bytes));
    played.config = config_digest(setting, scale, seed);
    Ok(played)
}

fn in_figures(figures: &SocietyStatistics) -> Played {
    let rounds = &figures.rounds;
    let (mut critiques, mut unread) = (0u32, 0u32);
    for round in rounds {
        critiques += round.statistics.all.critiques;
        unread += round.statistics.all.unparsable;
    }
    let all = |pick: fn(&crate::society::GroupStatistics) -> f32| {
        series(rounds, |round| Some(pick(&round.statistics.all)))
    };
    Played {
        setting: String::new(),
        scale: Scale { size: 0, rounds: 0 },
        seed: 0,
        record: String::new(),
        config: String::new(),
        draft_alignment: all(|group| group.alignment_draft),
        revision_alignment: all(|group| group.alignment_revision),
        draft_engagement: all(|group| group.engagement_draft),
        revision_engagement: all(|group| group.engagement_revision),
        moran: series(rounds, |round| {
            round.consensus.moran.map(|moran| moran.value)
        }),
        neighbour_difference: series(rounds, |round| round.consensus.neighbour_difference),
        any_difference: series(rounds, |round| round.consensus.any_difference),
        unread: f64::from(unread) / f64::from(critiques.max(1)),
        settled: figures.convergence.settled,
        changed: figures
            .influence
            .changed
            .map(|share| f64::from(share.value)),
    }
}
