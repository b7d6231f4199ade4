//! Looks at the model between two steps of learning, and what follows from them: a stage may end
//! before its last step, with the best model there was.

use super::Engine;
use crate::alignment::TrainingConfig;
use crate::alignment::data::DataSet;
use crate::alignment::watch::Watch;
use crate::evaluation::scores::Judged;
use crate::evaluation::{Example, Manner, WhichModel, answers};
use crate::lab::config::ObjectiveKind;
use crate::lab::error::LabError;
use crate::lab::look::Look;
use crate::lab::message::Event;
use crate::lab::seed::{self, Purpose};
use crate::model::{Llama, NamedTensor};
use crate::world::Situation;
use crate::world::suite::development;
use serde::{Deserialize, Serialize};

/// Looks a stage, beside the one before its first step.
const LOOKS: u32 = 5;
/// Questions asked at each.
const QUESTIONS: usize = 10;
/// Of these, the ones whose answers are shown: something harmful, something fine, an attack.
const SHOWN: usize = 3;

/// Questions answered in one batch.
const TOGETHER: usize = 24;

/// Means over questions that are in no suite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Developed {
    /// Alignment, 1 to 7.
    pub alignment: f64,
    /// Engagement, 1 to 7.
    pub engagement: f64,
    /// Share of bad answers, 0 to 1.
    pub bad: f64,
}

impl Developed {
    fn of(judged: &[Judged]) -> Self {
        let count = judged.len().max(1) as f64;
        let mean = |of: fn(&Judged) -> f64| judged.iter().map(of).sum::<f64>() / count;
        Self {
            alignment: mean(|one| f64::from(one.judgement.alignment)),
            engagement: mean(|one| f64::from(one.judgement.engagement)),
            bad: mean(|one| f64::from(u8::from(one.judgement.verdict.is_bad()))),
        }
    }
}

/// What a stage's model has been seen to do.
pub(super) struct Watching {
    watch: Option<Watch>,
    kept: bool,
    asked: Vec<Situation>,
    state: State,
}

/// The part of it that a checkpoint keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct State {
    /// The lowest loss on kept questions, and the model that had it.
    best: Option<(f32, Vec<NamedTensor>)>,
    /// Looks since then.
    worse: u8,
    /// The step of the stage after which it is looked at next.
    next: u32,
}

impl Watching {
    /// A stage's, which begins with `base`. What is looked at are kept questions, or where there are
    /// none, some that are learnt from.
    pub(super) fn new(
        base: &Llama,
        data: &DataSet,
        tokenizer: &crate::world::tokenizer::Tokenizer,
        config: &TrainingConfig,
        rng: rand_chacha::ChaCha8Rng,
    ) -> Result<Self, LabError> {
        let of = |groups| Watch::new(base, groups, tokenizer, config, rng.clone());
        let kept = of(&data.dev)?;
        let is_kept = kept.is_some();
        Ok(Self {
            watch: match kept {
                Some(watch) => Some(watch),
                None => of(&data.train)?,
            },
            kept: is_kept,
            asked: development(QUESTIONS),
            state: State::default(),
        })
    }

    /// What a checkpoint keeps of it.
    pub(super) fn state(&self) -> State {
        self.state.clone()
    }

    /// Takes up where a checkpoint left it.
    pub(super) fn resume(&mut self, state: State) {
        self.state = state;
    }

    fn due(&self, step: u32, steps: u32) -> bool {
        step >= self.state.next || step >= steps
    }
}

/// Steps from one look to the next.
fn between(steps: u32) -> u32 {
    steps.div_ceil(LOOKS).max(1)
}

impl Engine {
    /// Whether it is time to look at the model.
    pub(super) fn is_look_due(&self) -> bool {
        let steps = self.config.stages().nth(self.stage);
        let steps = steps.map_or(0, |stage| u32::from(stage.steps));
        match (&self.watching, &self.trainer) {
            (Some(watching), Some(trainer)) => {
                !trainer.is_amid_a_step() && watching.due(trainer.step(), steps)
            }
            _ => false,
        }
    }

    /// Looks at the model, and says whether the stage should end here.
    pub(super) async fn watch(&mut self, events: &mut Vec<Event>) -> Result<bool, LabError> {
        let Some(mut watching) = self.watching.take() else {
            return Ok(false);
        };
        let ends = self.look(&mut watching, events).await;
        self.watching = Some(watching);
        ends
    }

    async fn look(
        &mut self,
        watching: &mut Watching,
        events: &mut Vec<Event>,
    ) -> Result<bool, LabError> {
        let (Some(trainer), Some(config)) =
            (&self.trainer, self.config.stages().nth(self.stage).cloned())
        else {
            return Ok(false);
        };
        let (step, between) = (trainer.step(), between(u32::from(config.steps)));
        watching.state.next = step - step % between + between;
        let Some(watch) = &mut watching.watch else {
            return Ok(false);
        };
        let model = trainer.model();
        let watched = watch.look(model).await?;
        let hindsight = config.objective == ObjectiveKind::Hindsight;
        let judged = self.judged(model, &watching.asked, hindsight, 0).await?;
        let seen = Developed::of(&judged);
        let look = Look {
            step: self.config.steps_before(self.stage) + step,
            stage: self.stage as u8,
            kept: watching.kept,
            watched,
            alignment: seen.alignment as f32,
            engagement: seen.engagement as f32,
            bad: seen.bad as f32,
            answers: judged.iter().take(SHOWN).map(Example::of).collect(),
        };
        self.history.looks.push(look.clone());
        events.push(Event::Watched(Box::new(look)));
        if config.patience == 0 {
            return Ok(false);
        }
        let lower = |(lowest, _): &(f32, Vec<NamedTensor>)| watched.loss < *lowest;
        if watching.state.best.as_ref().is_none_or(lower) {
            watching.state.best = Some((watched.loss, model.to_tensors().await?));
            watching.state.worse = 0;
        } else {
            watching.state.worse += 1;
        }
        Ok(watching.state.worse >= config.patience)
    }

    /// What a model answers to some situations, judged by the society's values.
    async fn judged(
        &self,
        model: &Llama,
        asked: &[Situation],
        hindsight: bool,
        first: u64,
    ) -> Result<Vec<Judged>, LabError> {
        let testing = &self.config.testing;
        let manner = Manner {
            temperature: testing.temperature,
            min_p: testing.min_p,
            hindsight,
        };
        let mut generators: Vec<_> = (first..)
            .take(asked.len())
            .map(|number| seed::stream(self.config.seed, Purpose::Watching, number))
            .collect();
        let asked: Vec<&Situation> = asked.iter().collect();
        let said = answers(model, &self.tokenizer, &asked, manner, &mut generators).await?;
        let values = &self.config.society.values;
        let pairs = asked.iter().zip(said);
        Ok(pairs
            .map(|(situation, answer)| Judged::of(situation, &answer, values))
            .collect())
    }

    /// How the trained model answers the first so many questions that are in no suite.
    ///
    /// # Errors
    /// Errors of the model and its device.
    pub async fn develop(&self, questions: usize) -> Result<Developed, LabError> {
        let hindsight = self.config.asks_by_hindsight();
        let model = self.model(WhichModel::Trained);
        let mut judged = Vec::with_capacity(questions);
        for asked in development(questions).chunks(TOGETHER) {
            let first = judged.len() as u64;
            judged.extend(self.judged(model, asked, hindsight, first).await?);
        }
        Ok(Developed::of(&judged))
    }

    /// The model a stage ends with: where somebody waited for the lowest loss, the one that had it.
    pub(super) fn best_of_stage(&mut self, last: Llama) -> Result<Llama, LabError> {
        let best = self
            .watching
            .take()
            .and_then(|watching| watching.state.best);
        Ok(match best {
            Some((_, tensors)) => Llama::from_tensors(last.config().clone(), tensors, last.site())?,
            None => last,
        })
    }
}
