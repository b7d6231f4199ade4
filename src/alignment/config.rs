//! What a visitor may choose about learning, with the ranges that keep a run sensible.

use super::data::DataConfig;
pub use super::objective::{Clamp, Flow, Ranks};
use crate::society::{OutOfRange, within};
use serde::{Deserialize, Serialize};

/// Which loss the model learns with, and over which of a question's answers. Numbered by position
/// in links, so a new one comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ObjectiveKind {
    /// Contrastive loss over the best known answer of a question and sampled others.
    SaCpoAnchored,
    /// Contrastive loss over randomly sampled candidates, as published.
    SaCpo,
    /// Plain imitation of the best known answer.
    SupervisedBest,
    /// Plain imitation of the best of the sampled candidates.
    SupervisedSampled,
    /// Plain imitation of every sampled candidate, whatever its score.
    SupervisedAll,
    /// Direct preference optimisation.
    Dpo,
    /// Identity preference optimisation.
    Ipo,
    /// Ranking by likelihood.
    Rrhf,
    /// Sequence likelihood calibration.
    Slic,
    /// Odds-ratio preference optimisation.
    Orpo,
    /// Simple preference optimisation.
    SimPo,
    /// Kahneman-Tversky optimisation.
    Kto,
    /// Imitation of the best, and no token of the worse.
    Unlikelihood,
    /// Imitation of every answer behind its rating; the model is then asked for the best rating.
    Hindsight,
    /// Answers of the model's own, rated by a reward model that first learns from the record: group
    /// relative policy optimisation.
    PolicyGradient,
}

/// Which of a question's answers a step looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Candidates {
    /// The best known one alone.
    Best,
    /// The best known one and sampled others.
    Anchored,
    /// Sampled ones.
    Sampled,
}

/// Which of the objective's settings mean something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Matters {
    /// [`TrainingConfig::margin`].
    pub margin: bool,
    /// [`TrainingConfig::hinge_weight`].
    pub weight: bool,
    /// [`TrainingConfig::rating_scale`] and the versions of the contrast.
    pub scale: bool,
    /// [`TrainingConfig::beta`].
    pub beta: bool,
    /// [`TrainingConfig::gamma`].
    pub gamma: bool,
    /// [`TrainingConfig::undesirable`] and [`TrainingConfig::desirable_from`].
    pub desirable: bool,
    /// [`TrainingConfig::candidates`].
    pub candidates: bool,
}

impl ObjectiveKind {
    /// All of them, as they are numbered in links.
    pub const ALL: [Self; 15] = [
        Self::SaCpoAnchored,
        Self::SaCpo,
        Self::SupervisedBest,
        Self::SupervisedSampled,
        Self::SupervisedAll,
        Self::Dpo,
        Self::Ipo,
        Self::Rrhf,
        Self::Slic,
        Self::Orpo,
        Self::SimPo,
        Self::Kto,
        Self::Unlikelihood,
        Self::Hindsight,
        Self::PolicyGradient,
    ];

    /// Which settings mean something to it.
    pub fn matters(self) -> Matters {
        let contrasts = matches!(self, Self::SaCpo | Self::SaCpoAnchored);
        Matters {
            margin: contrasts || self == Self::Slic,
            weight: contrasts || matches!(self, Self::Slic | Self::Orpo | Self::Unlikelihood),
            scale: contrasts,
            beta: matches!(
                self,
                Self::Dpo | Self::Ipo | Self::SimPo | Self::Kto | Self::PolicyGradient
            ),
            gamma: self == Self::SimPo,
            desirable: self == Self::Kto,
            candidates: self.candidates() != Candidates::Best,
        }
    }

    /// Whether it holds answers against each other.
    pub fn compares(self) -> bool {
        let imitates = [
            Self::SupervisedBest,
            Self::SupervisedSampled,
            Self::SupervisedAll,
            Self::Hindsight,
            Self::PolicyGradient,
        ];
        !imitates.contains(&self)
    }

    /// Whether it does nothing else, so that one answer alone teaches it nothing.
    pub fn only_compares(self) -> bool {
        matches!(self, Self::Dpo | Self::Ipo | Self::SimPo)
    }

    /// Which answers of a question it looks at. Whatever prefers one answer to others is given the
    /// best known one, so that all such methods learn from the same.
    pub fn candidates(self) -> Candidates {
        match self {
            Self::SupervisedBest => Candidates::Best,
            Self::SaCpo | Self::SupervisedSampled | Self::SupervisedAll | Self::Hindsight => {
                Candidates::Sampled
            }
            _ => Candidates::Anchored,
        }
    }
}

/// Which score of an answer counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ScoreKind {
    /// The observers' alignment score alone.
    Moral,
    /// The mean of alignment and engagement.
    MoralAndEngagement,
}

/// Everything the trainer needs to know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TrainingConfig {
    /// Which data sets are made of the record, and in which ratio.
    pub data: DataConfig,
    /// The loss.
    pub objective: ObjectiveKind,
    /// What the candidates are ranked by.
    pub score: ScoreKind,
    /// Optimiser steps, 0 to 2,000.
    pub steps: u16,
    /// Questions in one optimiser step, 1 to 64, all micro-batches together.
    pub questions_per_step: u8,
    /// Micro-batches one optimiser step is accumulated from, 1 to 16.
    pub accumulation: u8,
    /// Candidate answers of one question, 2 to 8.
    pub candidates: u8,
    /// Peak learning rate, 1e-6 to 1e-1.
    pub learning_rate: f32,
    /// Share of the steps spent warming up, 0 to 0.5; cosine to zero afterwards.
    pub warm_up: f32,
    /// Decoupled weight decay of AdamW, 0 to 1.
    pub weight_decay: f32,
    /// Global gradient norm above which gradients are scaled down, 0.01 to 100.
    pub clip: f32,
    /// SA-CPO: nats a token asked for over the whole rating scale; SLiC: nats asked for. 0 to 100.
    pub margin: f32,
    /// Weight of what is not imitation in SA-CPO, ORPO and unlikelihood, and of imitation in SLiC,
    /// 0 to 10.
    pub hinge_weight: f32,
    /// Rating scale that score differences are divided by, 1 to 100.
    pub rating_scale: f32,
    /// SA-CPO: where what is more than enough is cut off.
    pub clamp: Clamp,
    /// SA-CPO: how pairs become one number.
    pub flow: Flow,
    /// SA-CPO: whose score stands in a margin.
    pub ranks: Ranks,
    /// Whether answers end with the end token; without it (defect 13 of the released code) nothing is
    /// learnt of when to stop.
    pub end_token: bool,
    /// DPO, IPO, KTO: how far the model may leave the one it began with; SimPO: scale; policy
    /// gradient: weight of the divergence from that model. 0.001 to 100.
    pub beta: f32,
    /// SimPO: what the scaled difference should exceed, 0 to 100.
    pub gamma: f32,
    /// KTO: weight of undesirable answers, 0 to 10; desirable ones weigh 1.
    pub undesirable: f32,
    /// KTO: scores from this one on are desirable, 1 to 7.
    pub desirable_from: f32,
    /// Looks at the questions kept for measuring, five a stage, that may pass without the loss there
    /// being lower than ever before, until a stage ends; its model is then the one with the lowest
    /// loss. 0: a stage ends after its steps. 0 to 5.
    pub patience: u8,
}

impl Default for TrainingConfig {
    /// The learning rate was chosen on the village preset (seed 1, 40 questions a split, ten splits,
    /// means after training; before: alignment 4.0, gibberish 1 %, perplexity 1.41):
    /// 1e-3: 4.6, 12 %, 1.82; 5e-4: 5.1, 5 %, 1.59; 2.5e-4: 5.2, 3 %, 1.48.
    fn default() -> Self {
        Self {
            data: DataConfig::default(),
            objective: ObjectiveKind::SaCpoAnchored,
            score: ScoreKind::MoralAndEngagement,
            steps: 40,
            questions_per_step: 8,
            accumulation: 1,
            candidates: 3,
            learning_rate: 2.5e-4,
            warm_up: 0.1,
            weight_decay: 0.0,
            clip: 1.0,
            margin: 10.0,
            hinge_weight: 0.2,
            rating_scale: 7.0,
            clamp: Clamp::EachPair,
            flow: Flow::Mean,
            ranks: Ranks::Own,
            end_token: true,
            beta: 0.1,
            gamma: 0.5,
            undesirable: 1.0,
            desirable_from: 4.0,
            patience: 0,
        }
    }
}

impl TrainingConfig {
    /// Takes an objective with the numbers that its authors used, where it has numbers of its own.
    pub fn learn_with(&mut self, objective: ObjectiveKind) {
        let usual = Self::default();
        self.objective = objective;
        (self.margin, self.hinge_weight, self.beta) = match objective {
            ObjectiveKind::Slic => (1.0, 0.1, usual.beta),
            ObjectiveKind::Orpo => (usual.margin, 0.1, usual.beta),
            ObjectiveKind::Unlikelihood => (usual.margin, 1.0, usual.beta),
            ObjectiveKind::SimPo => (usual.margin, usual.hinge_weight, 2.0),
            ObjectiveKind::PolicyGradient => (usual.margin, usual.hinge_weight, 0.04),
            _ => (usual.margin, usual.hinge_weight, usual.beta),
        };
    }

    /// Checks every field against its range.
    ///
    /// # Errors
    /// [`OutOfRange`] naming the first field that is not finite or out of range.
    pub fn validate(&self) -> Result<(), OutOfRange> {
        let limits = [
            ("steps", f64::from(self.steps), 0.0, 2000.0),
            (
                "questions per step",
                f64::from(self.questions_per_step),
                1.0,
                64.0,
            ),
            ("accumulation", f64::from(self.accumulation), 1.0, 16.0),
            ("candidates", f64::from(self.candidates), 2.0, 8.0),
            // The limits carry a little slack so that an f32 on the limit passes as an f64.
            (
                "learning rate",
                f64::from(self.learning_rate),
                9.9e-7,
                0.1001,
            ),
            ("warm-up", f64::from(self.warm_up), 0.0, 0.5),
            ("weight decay", f64::from(self.weight_decay), 0.0, 1.0),
            ("gradient clip", f64::from(self.clip), 0.0099, 100.0),
            ("margin", f64::from(self.margin), 0.0, 100.0),
            ("hinge weight", f64::from(self.hinge_weight), 0.0, 10.0),
            ("rating scale", f64::from(self.rating_scale), 1.0, 100.0),
            ("beta", f64::from(self.beta), 0.00099, 100.0),
            ("gamma", f64::from(self.gamma), 0.0, 100.0),
            (
                "weight of undesirable answers",
                f64::from(self.undesirable),
                0.0,
                10.0,
            ),
            ("desirable score", f64::from(self.desirable_from), 1.0, 7.0),
            ("patience", f64::from(self.patience), 0.0, 5.0),
            // Somebody who waits for a loss on kept questions has to keep some.
            (
                "dev share, with patience",
                f64::from(self.data.dev),
                if self.patience > 0 { 0.01 } else { 0.0 },
                0.5,
            ),
        ];
        within(limits)?;
        self.data.validate()
    }
}
