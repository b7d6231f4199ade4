//! Ready-made ways to learn: stages with their data, objectives and lengths.
//!
//! Each makes as many optimiser steps in all as the settings it replaces, of as many questions, so
//! that what comes of them can be compared. Nothing else of the settings changes.

use super::config::{Clamp, ObjectiveKind, Ranks, RunConfig, TrainingConfig};

/// A ready-made way to learn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pipeline {
    /// Ours: one stage, of answers alone.
    Default,
    /// As published: imitation of good answers by SFT, self-critic, realignment.
    AsPublished,
    /// The three data sets in one stage, in the ratio of the published data.
    OneMix,
    /// As published, without the first stage.
    WithoutImitation,
    /// As published, without the second stage.
    WithoutSelfCritic,
    /// As published, without the third stage.
    WithoutRealignment,
    /// Imitation of the best answers, then DPO.
    SftThenDpo,
}

/// Imitation, self-critic and realignment in the published data.
const PUBLISHED: [u8; 3] = [5, 1, 1];

/// A stage of one data set, with the numbers of the authors' README where it contrasts.
fn published(data: [u8; 3]) -> TrainingConfig {
    let mut stage = TrainingConfig::default();
    let objective = if data == [1, 0, 0] {
        ObjectiveKind::SupervisedBest
    } else {
        ObjectiveKind::SaCpo
    };
    stage.learn_with(objective);
    (stage.margin, stage.hinge_weight) = (10.0, 0.2);
    (stage.clamp, stage.ranks) = (Clamp::TheMean, Ranks::Own);
    set(&mut stage, data);
    stage
}

fn set(stage: &mut TrainingConfig, [imitation, self_critic, realignment]: [u8; 3]) {
    let data = &mut stage.data;
    (data.imitation, data.self_critic, data.realignment) = (imitation, self_critic, realignment);
}

fn learning_with(objective: ObjectiveKind) -> TrainingConfig {
    let mut stage = TrainingConfig::default();
    stage.learn_with(objective);
    stage
}

impl Pipeline {
    /// All of them.
    pub const ALL: [Pipeline; 7] = [
        Pipeline::Default,
        Pipeline::AsPublished,
        Pipeline::OneMix,
        Pipeline::WithoutImitation,
        Pipeline::WithoutSelfCritic,
        Pipeline::WithoutRealignment,
        Pipeline::SftThenDpo,
    ];

    /// Its stages, each with its part of the steps.
    fn stages(self) -> Vec<(u8, TrainingConfig)> {
        let [imitation, self_critic, realignment] = PUBLISHED;
        let imitating = (imitation, published([1, 0, 0]));
        let criticising = (self_critic, published([0, 1, 0]));
        let realigning = (realignment, published([0, 0, 1]));
        match self {
            Pipeline::Default => vec![(1, TrainingConfig::default())],
            Pipeline::AsPublished => vec![imitating, criticising, realigning],
            Pipeline::OneMix => vec![(1, published(PUBLISHED))],
            Pipeline::WithoutImitation => vec![criticising, realigning],
            Pipeline::WithoutSelfCritic => vec![imitating, realigning],
            Pipeline::WithoutRealignment => vec![imitating, criticising],
            Pipeline::SftThenDpo => vec![
                (1, learning_with(ObjectiveKind::SupervisedBest)),
                (1, learning_with(ObjectiveKind::Dpo)),
            ],
        }
    }

    /// Learns this way from now on.
    pub fn apply(self, config: &mut RunConfig) {
        let steps = config.steps_before(usize::MAX);
        let before = config.training.clone();
        let mut stages = self.stages();
        let parts: u32 = stages.iter().map(|(part, _)| u32::from(*part)).sum();
        let mut left = steps;
        // The first takes what the others leave.
        for (part, stage) in stages.iter_mut().rev() {
            let share = (steps * u32::from(*part) + parts / 2) / parts.max(1);
            let share = share.max(1).min(left);
            stage.steps = u16::try_from(share)
                .unwrap_or(u16::MAX)
                .min(TrainingConfig::MOST_STEPS);
            left -= share;
            stage.questions_per_step = before.questions_per_step;
            stage.accumulation = before.accumulation;
        }
        let mut stages = stages.into_iter().map(|(_, stage)| stage);
        if let Some(mut first) = stages.next() {
            let all = u32::from(first.steps) + left;
            first.steps = u16::try_from(all)
                .unwrap_or(u16::MAX)
                .min(TrainingConfig::MOST_STEPS);
            config.training = first;
            config.then = stages.collect();
        }
    }

    /// The one that is followed; none for a way of one's own.
    pub fn of(config: &RunConfig) -> Option<Pipeline> {
        Pipeline::ALL.into_iter().find(|pipeline| {
            let mut followed = config.clone();
            pipeline.apply(&mut followed);
            followed == *config
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::Preset;

    #[test]
    fn every_pipeline_is_valid_keeps_the_budget_and_is_known_again() {
        for preset in Preset::ALL {
            for steps in [0, 2, 3, 7, 40, 2000] {
                for pipeline in Pipeline::ALL {
                    let mut config = preset.config();
                    config.training.steps = steps;
                    pipeline.apply(&mut config);
                    assert!(config.validate().is_ok(), "{pipeline:?}");
                    assert_eq!(config.steps_before(usize::MAX), u32::from(steps));
                    assert_eq!(Pipeline::of(&config), Some(pipeline), "{steps} steps");
                    let mut without = config.clone();
                    (without.training, without.then) = (preset.config().training, Vec::new());
                    assert_eq!(without, preset.config(), "nothing else changes");
                }
            }
        }
    }

    #[test]
    fn as_published_learns_five_parts_one_part_and_one_part() {
        let mut config = RunConfig::default();
        config.training.steps = 70;
        Pipeline::AsPublished.apply(&mut config);
        let seen: Vec<_> = config
            .stages()
            .map(|stage| {
                (
                    stage.steps,
                    stage.objective,
                    stage.margin,
                    stage.hinge_weight,
                )
            })
            .collect();
        let expected = [
            (50, ObjectiveKind::SupervisedBest, 10.0, 0.2),
            (10, ObjectiveKind::SaCpo, 10.0, 0.2),
            (10, ObjectiveKind::SaCpo, 10.0, 0.2),
        ];
        assert_eq!(seen, expected);
        let data: Vec<_> = config
            .stages()
            .map(|stage| {
                [
                    stage.data.imitation,
                    stage.data.self_critic,
                    stage.data.realignment,
                ]
            })
            .collect();
        assert_eq!(data, [[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
    }
}
